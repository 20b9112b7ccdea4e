//! The JavaScript surface: it translates and decides nothing.

mod convert;
mod error;
mod fetch;

use crate::client::{self, Task};
use crate::config::Config;
use crate::error::{Code, Error, Issue};
use crate::operation::Answer;
use fetch::Fetch;
use js_sys::{Function, Object, Reflect};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// See `isE164` in the package.
#[wasm_bindgen(js_name = isE164)]
pub fn is_e164(text: &str) -> bool {
    crate::phone::is_e164(text)
}

/// A client behind the package's `Client`.
#[wasm_bindgen]
pub struct Client {
    inner: Rc<client::Client>,
    fetch: Option<Function>,
}

#[wasm_bindgen]
impl Client {
    /// See `createClient` in the package.
    ///
    /// # Errors
    /// `invalid_input`
    #[wasm_bindgen(constructor)]
    pub fn new(config: &JsValue) -> Result<Client, JsValue> {
        let (fetch, fetch_issue) = function(config, "fetch");
        let mut input = convert::read_input(config, "fetch");
        input.issues.extend(fetch_issue);
        let config = Config::read(&input).map_err(|error| error::to_js(&error, None))?;
        Ok(Client { inner: Rc::new(client::Client::new(config)), fetch })
    }

    /// The name of the client's platform.
    #[wasm_bindgen(getter)]
    pub fn provider(&self) -> String {
        self.inner.provider_name().to_owned()
    }

    /// Does the operation `name` with `input`.
    ///
    /// # Errors
    /// An `OutdialError`
    pub async fn run(&self, name: &str, input: JsValue, options: JsValue) -> Result<JsValue, JsValue> {
        let (signal, signal_issue) = fetch::signal(&options);
        let input = convert::read_input(&input, "");
        let options = if options.is_undefined() { Object::new().into() } else { options };
        let mut options = convert::read_input(&options, "signal");
        options.issues.extend(signal_issue);
        let host = Fetch::new(self.fetch.clone(), signal);
        let client = self.inner.clone();
        match client.run(&host, task(name)?, &input, &options).await {
            Ok(answer) => answer_to_js(&answer, &host.document()),
            Err(error) => Err(error::to_js(&error, host.cause())),
        }
    }
}

/// See `validateContact` and `validateCall` in the package.
///
/// # Errors
/// `invalid_input` for an unknown platform
#[wasm_bindgen]
pub fn validate(provider: &str, name: &str, input: &JsValue) -> Result<JsValue, JsValue> {
    let input = convert::read_input(input, "");
    let issues = client::validate(provider, task(name)?, &input).map_err(|error| error::to_js(&error, None))?;
    convert::to_js(&issues)
}

fn task(name: &str) -> Result<Task, JsValue> {
    [Task::CreateContact, Task::CreateCall]
        .into_iter()
        .find(|task| task.name() == name)
        .ok_or_else(|| error::to_js(&Error::new(Code::Internal, "no such operation"), None))
}

/// The function-valued member `name` of a configuration, and an issue if it is something else.
fn function(config: &JsValue, name: &str) -> (Option<Function>, Option<Issue>) {
    let value = convert::member(config, name);
    if value.is_undefined() || value.is_null() {
        return (None, None);
    }
    match value.dyn_into() {
        Ok(function) => (Some(function), None),
        Err(_) => (None, Some(Issue::new(name, "invalid_type", "must be a function"))),
    }
}

/// An answer as plain data, with the platform's own document as `raw`.
fn answer_to_js(answer: &Answer, document: &JsValue) -> Result<JsValue, JsValue> {
    let value = match answer {
        Answer::Contact(contact) => convert::to_js(contact),
        Answer::Call(call) => convert::to_js(call),
    }?;
    Reflect::set(&value, &"raw".into(), document)?;
    Ok(value)
}
