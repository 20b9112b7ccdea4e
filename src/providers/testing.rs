//! What the tests of every platform begin with.

use crate::http::Response;
use crate::input::Input;
use crate::number::Numbers;
use crate::operation::{Operation, Task};
use crate::providers::Capabilities;
use crate::value::Value;

pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The operation that a caller asks for with `input`, which must be right.
pub fn operation(task: Task, input: &str, capabilities: &Capabilities) -> Operation {
    Operation::read(task, &Input::from(json(input)), capabilities, Numbers::default()).unwrap()
}

/// An answer with a body, which is none where it is no JSON.
pub fn response(status: u16, body: &str) -> Response {
    Response { status, json: serde_json::from_str(body).ok(), ..Response::default() }
}
