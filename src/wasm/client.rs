//! Clients: the operations of a platform.

use super::convert::{self, Packed};
use super::error;
use super::fetch::{self, Callbacks, Fetch};
use crate::client;
use crate::config::Config;
use crate::error::{Code, Error, Issue};
use crate::operation::{Answer, Task};
use crate::value::Value;
use js_sys::Function;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// A client behind the package's `Client`.
#[wasm_bindgen]
pub struct Client {
    inner: Rc<client::Client>,
    callbacks: Rc<Callbacks>,
}

#[wasm_bindgen]
impl Client {
    /// See `createClient` in the package; `in_page` says whether anybody can read what this runs. The functions are those of
    /// the configuration, where it has them; `permit` asks the caller's own rules before a call, and gives `true` or a refusal.
    ///
    /// # Errors
    /// `invalid_input`, `not_allowed`
    #[wasm_bindgen(constructor)]
    pub fn new(
        config: &Packed,
        in_page: bool,
        fetch: Option<Function>,
        on_event: Option<Function>,
        token: Option<Function>,
        permit: Option<Function>,
    ) -> Result<Client, JsValue> {
        let config = Config::read(&convert::read(config), in_page).map_err(|error| error::to_js(&error, None))?;
        let callbacks = Rc::new(Callbacks { fetch, on_event, token, permit });
        Ok(Client { inner: Rc::new(client::Client::new(config)), callbacks })
    }

    /// The name of the client's platform.
    #[wasm_bindgen(getter)]
    pub fn provider(&self) -> String {
        self.inner.provider_name().to_owned()
    }

    /// Whether the platform places a call once per idempotency key.
    #[wasm_bindgen(getter, js_name = honoursKeys)]
    pub fn honours_keys(&self) -> bool {
        self.inner.honours_keys()
    }

    /// Whether the platform takes many contacts in one request.
    #[wasm_bindgen(getter, js_name = createsInBatches)]
    pub fn creates_in_batches(&self) -> bool {
        self.inner.creates_in_batches()
    }

    /// What is wrong with an input of the operation `name`.
    ///
    /// # Errors
    /// None for the operations of this package.
    pub fn validate(&self, name: &str, input: &Packed) -> Result<JsValue, JsValue> {
        convert::to_js(&Issue::list_to_value(&self.inner.validate(task(name)?, &convert::read(input))))
    }

    /// Does the operation `name` with `input`; `resumed` says that it was asked for before, and how that ended is unknown;
    /// `one_of_many` is for redirects.js.
    ///
    /// # Errors
    /// An `OutdialError`
    pub async fn run(
        &self,
        name: &str,
        input: Packed,
        options: Option<Packed>,
        signal: JsValue,
        resumed: bool,
        one_of_many: bool,
    ) -> Result<JsValue, JsValue> {
        let input = convert::read(&input);
        let options = options.map_or_else(|| Value::Map(Vec::new()).into(), |options| convert::read(&options));
        let host = Fetch::new(self.callbacks.clone(), signal, one_of_many);
        let client = self.inner.clone();
        match client.run(&host, task(name)?, &input, &options, resumed).await {
            Ok(answer) => Ok(answer_to_js(&answer, &host.document())),
            Err(error) => Err(error::to_js(&error, host.cause())),
        }
    }
}

/// What is wrong with an input of the operation `name` for a platform, known without a client.
///
/// # Errors
/// `invalid_input` for an unknown platform
#[wasm_bindgen]
pub fn validate(provider: &str, name: &str, input: &Packed) -> Result<JsValue, JsValue> {
    let input = convert::read(input);
    let issues = client::validate(provider, task(name)?, &input).map_err(|error| error::to_js(&error, None))?;
    convert::to_js(&Issue::list_to_value(&issues))
}

/// What a policy says of a number: `{ number, decision }`.
///
/// # Errors
/// `invalid_input`
#[wasm_bindgen(js_name = checkPolicy)]
pub fn check_policy(policy: &Packed, phone_number: &Packed) -> Result<JsValue, JsValue> {
    let (policy, phone_number) = (convert::read(policy), convert::read(phone_number));
    let checked = client::check_policy(&policy, &phone_number);
    let (number, decision) = checked.map_err(|error| error::to_js(&error, None))?;
    convert::to_js(&Value::object([("number", fetch::described(&number)), ("decision", decision)]))
}

fn task(name: &str) -> Result<Task, JsValue> {
    Task::ALL
        .into_iter()
        .find(|task| task.name() == name)
        .ok_or_else(|| error::to_js(&Error::new(Code::Internal, "no such operation"), None))
}

#[wasm_bindgen(raw_module = "../exchange.js")]
extern "C" {
    #[wasm_bindgen(js_name = answerOf)]
    fn answer_of(json: &str, raw: u32, document: &JsValue) -> JsValue;
}

/// An answer as plain data, with the platform's own document as `raw`. One text that the runtime parses costs less than a
/// crossing for every member.
fn answer_to_js(answer: &Answer, document: &JsValue) -> JsValue {
    answer_of(&convert::to_json(&answer.value), answer.raw as u32, document)
}
