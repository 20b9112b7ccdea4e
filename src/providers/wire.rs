//! Small steps that the wire formats share.

use crate::http::{Method, Request};
use crate::value::Value;

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
