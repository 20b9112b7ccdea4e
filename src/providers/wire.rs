//! Steps that the wire formats share.

use super::{Capabilities, Wire};
use crate::call::status;
use crate::http::{Method, Request};
use crate::value::{Members, Name, Value};

/// A request with a JSON body.
pub fn json_request(method: Method, url: String, mut headers: Vec<(Name, String)>, body: Value) -> Request {
    headers.push(("Content-Type".into(), "application/json".to_owned()));
    Request { method, url, headers, body: Some(body) }
}

/// A body of those fields of an input that `wire` maps, in its order, and of the input's `extra`.
pub fn body(input: &Value, wire: &[Wire]) -> Members {
    let mut members = Members::default();
    for (theirs, own) in wire {
        members.put(theirs, input.get(own).cloned());
    }
    members.all(input.get("extra"));
    members
}

/// How a field of an answer is read.
#[derive(Clone, Copy)]
pub enum As {
    /// A string
    Text,
    /// A number
    Number,
    /// A string, as a word for how far a call is
    Status,
    /// Anything
    Any,
}

/// A field of this package's vocabulary, how it is read, and the paths at which a platform says it, the best first.
pub type Said = (&'static str, As, &'static str);

/// What a platform's `data` says of a contact or a call.
pub fn said(data: &Value, table: &[Said]) -> Members {
    let mut members = Members::default();
    for (name, kind, paths) in table {
        let value = match kind {
            As::Text => data.first_text(paths).map(Value::from),
            As::Status => Some(Value::from(data.first_text(paths).map_or("unknown", status))),
            As::Number => data.first(paths).filter(|value| matches!(value, Value::Number(_))).cloned(),
            As::Any => data.first(paths).cloned(),
        };
        members.put(name, value);
    }
    members
}

/// Whether `data` has an id at one of `paths`: a string that is not empty.
pub fn has_id(data: &Value, paths: &str) -> bool {
    data.first_text(paths).is_some_and(|id| !id.is_empty())
}

/// This package's name for a field of a platform's wire format.
pub fn field_name(platform: &Capabilities, wire_name: &str) -> Option<&'static str> {
    for table in [platform.contact.wire, platform.call.wire, platform.inner_fields] {
        for (theirs, own) in table {
            if *theirs == wire_name {
                return Some(own);
            }
        }
    }
    None
}
