//! Small steps that the wire formats share.

use crate::http::{Method, Request};
use crate::value::Value;

/// Members of a body, added where there is something to add.
#[derive(Default)]
pub struct Body(Vec<(String, Value)>);

impl Body {
    /// Adds a member, if there is a value.
    pub fn put(mut self, name: &str, value: Option<Value>) -> Body {
        self.0.extend(value.map(|value| (name.to_owned(), value)));
        self
    }

    /// Adds a string, if there is one.
    pub fn text(self, name: &str, text: Option<&str>) -> Body {
        self.put(name, text.map(Value::from))
    }

    /// Adds the caller's own members, which this body does not name.
    pub fn extra(mut self, extra: &[(String, Value)]) -> Body {
        self.0.extend(extra.iter().cloned());
        self
    }

    /// The body as an object.
    pub fn object(self) -> Value {
        Value::Map(self.0)
    }

    /// The body as an object, or nothing if it has no member.
    pub fn object_if_any(self) -> Option<Value> {
        if self.0.is_empty() { None } else { Some(self.object()) }
    }
}

/// A request with a JSON body.
pub fn json_request(method: Method, url: String, mut headers: Vec<(&'static str, String)>, body: Value) -> Request {
    headers.push(("Content-Type", "application/json".to_owned()));
    Request { method, url, headers, body: Some(body) }
}

/// The id among the members `names` of `data`; an empty string is none.
pub fn id(data: &Value, names: &[&str]) -> Option<String> {
    text(data, names).filter(|id| !id.is_empty())
}

/// The first string among the members `names` of `data`.
pub fn text(data: &Value, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| data.text(name)).map(str::to_owned)
}
