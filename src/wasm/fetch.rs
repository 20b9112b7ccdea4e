//! The host over gloo-net. Plain gloo-net panics or hangs on what a caller can easily do (a mocked `fetch`, an abort
//! reason that is no `Error`), and a panic inside an exported async function leaves its promise pending for ever. So
//! gloo-net fills the headers, and everything that can throw goes through imports that catch.

use super::convert;
use crate::event::Event;
use crate::host::{Aborted, Action, Host, Limits, Outcome, Refusal, SendError, is_unsent};
use crate::http::{Request, Response, is_header_value};
use crate::number::Number;
use crate::phone::Region;
use crate::text::decimal;
use crate::value::{Members, Value};
use gloo_net::http::Headers;
use js_sys::{Function, Promise};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = crypto, js_name = randomUUID)]
    fn random_uuid() -> Result<String, JsValue>;

    #[wasm_bindgen(catch, js_namespace = performance, js_name = now)]
    fn performance_now() -> Result<f64, JsValue>;

    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn date_now() -> f64;

    #[wasm_bindgen(js_namespace = Date, js_name = parse)]
    fn date_parse(text: &str) -> f64;

    #[wasm_bindgen(js_namespace = Math, js_name = random)]
    fn math_random() -> f64;
}

#[wasm_bindgen(raw_module = "../attempt.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn tell(listener: &Function, event: &JsValue) -> Result<(), JsValue>;
}

#[wasm_bindgen(raw_module = "../exchange.js")]
extern "C" {
    #[wasm_bindgen(js_name = newHeaders)]
    fn new_headers() -> Option<web_sys::Headers>;

    fn exchange(
        timeout_ms: u32,
        signal: &JsValue,
        fetch: Option<Function>,
        one_of_many: bool,
        url: &str,
        method: &str,
        headers: Option<web_sys::Headers>,
        body: Option<String>,
    ) -> Promise;

    fn ask(timeout_ms: u32, signal: &JsValue, asked: Option<Function>, question: &JsValue) -> Promise;

    fn sleep(timeout_ms: u32, signal: &JsValue) -> Promise;

    type Ending;

    #[wasm_bindgen(method, getter)]
    fn packed(this: &Ending) -> convert::Packed;

    #[wasm_bindgen(method, getter)]
    fn document(this: &Ending) -> JsValue;

    #[wasm_bindgen(method, getter)]
    fn thrown(this: &Ending) -> JsValue;
}

/// The functions of a client's configuration.
pub struct Callbacks {
    /// Sends a request in place of the runtime's own
    pub fetch: Option<Function>,
    /// Hears what happens
    pub on_event: Option<Function>,
    /// Gives a token; it is asked whether the last was refused
    pub token: Option<Function>,
    /// Asks the caller's own rules before a call
    pub permit: Option<Function>,
}

/// The host of one operation.
pub struct Fetch {
    callbacks: Rc<Callbacks>,
    signal: JsValue,
    one_of_many: bool,
    document: RefCell<JsValue>,
    cause: RefCell<Option<JsValue>>,
}

impl Fetch {
    /// A host that works until `signal` fires, for an operation that may be one of many.
    pub fn new(callbacks: Rc<Callbacks>, signal: JsValue, one_of_many: bool) -> Fetch {
        Fetch { callbacks, signal, one_of_many, document: RefCell::new(JsValue::UNDEFINED), cause: RefCell::new(None) }
    }

    /// The document of the last answer, as it came.
    pub fn document(&self) -> JsValue {
        self.document.borrow().clone()
    }

    /// What was thrown last beneath a failure.
    pub fn cause(&self) -> Option<JsValue> {
        self.cause.borrow().clone()
    }

    /// Starts what is waited for.
    fn start(&self, action: &Action, timeout_ms: u32) -> Promise {
        let ask = |asked: &Option<Function>, question| ask(timeout_ms, &self.signal, asked.clone(), &question);
        match action {
            Action::Send(request) => self.send(request, timeout_ms),
            Action::Sleep(duration_ms) => sleep(*duration_ms as u32, &self.signal),
            Action::AskToken { fresh } => {
                ask(&self.callbacks.token, serde_wasm_bindgen::to_value(fresh).unwrap_or_default())
            }
            Action::AskPermit(number) => {
                ask(&self.callbacks.permit, convert::to_js(&described(number)).unwrap_or_default())
            }
        }
    }

    fn send(&self, request: &Request, timeout_ms: u32) -> Promise {
        let headers = new_headers().map(|raw| {
            let headers = Headers::from_raw(raw);
            for (name, value) in &request.headers {
                headers.append(name, value);
            }
            headers.into_raw()
        });
        let body = request.body.as_ref().map(convert::to_json);
        let fetch = self.callbacks.fetch.clone();
        exchange(timeout_ms, &self.signal, fetch, self.one_of_many, &request.url, request.method.name(), headers, body)
    }

    /// The answer to a request, or why there is none.
    fn response(&self, ending: &Ending, mut facts: Value, failure: Option<SendError>) -> Result<Response, SendError> {
        let status = facts.number("status").map(|status| status as u16);
        // A refusal is one even where its words are lost.
        let is_refusal = status.is_some_and(|status| !(200..300).contains(&status));
        match failure {
            Some(SendError::Lost(_)) if is_refusal => {}
            Some(failure) => return Err(failure),
            None => {}
        }
        self.cause.replace(None);
        self.document.replace(ending.document());
        let text = |name| facts.text(name).map(str::to_owned);
        Ok(Response {
            status: status.unwrap_or_default(),
            request_id: text("requestId"),
            location: text("location"),
            retry_after_ms: facts.number("retryAfterMs").map(|wait_ms| wait_ms as u32),
            json: facts.take("document"),
        })
    }
}

/// Why what was waited for did not come, if it did not.
fn failure(facts: &Value) -> Option<SendError> {
    let status = facts.number("status").map(|status| status as u16);
    let not_sent = |reason: &str| SendError::NotSent(reason.to_owned());
    let lost = |reason: &str| SendError::Lost(reason.to_owned());
    let unreadable = |reason| SendError::Unreadable { status, reason };
    Some(match facts.text("problem")? {
        "timeout" => SendError::TimedOut,
        "not_begun" => SendError::Aborted { sent: false },
        "aborted" => SendError::Aborted { sent: true },
        "deaf" => not_sent("The signal could not be listened to"),
        "no_headers" => not_sent("This runtime has no Headers"),
        "no_abort" => not_sent("This runtime has no AbortController"),
        "not_built" => not_sent("The request could not be built; check baseUrl"),
        "no_fetch" => not_sent("This runtime has no fetch; pass one to createClient"),
        "threw" => lost("fetch threw"),
        "no_response" => unreadable("fetch answered something that is no Response"),
        "unreadable" => unreadable("the body could not be read"),
        _ if is_unsent(facts.text("networkCode").unwrap_or_default()) => {
            not_sent("There is no connection to the platform")
        }
        _ => lost("the connection broke"),
    })
}

/// The token that the function of `auth` gave.
fn token(facts: &Value, failure: Option<SendError>) -> Result<String, SendError> {
    let no_token = "the function of auth gave no token";
    match failure {
        None => {
            let token = facts.text("value").filter(|text| is_header_value(text));
            token.map(str::to_owned).ok_or_else(|| SendError::NotSent(no_token.to_owned()))
        }
        Some(SendError::Aborted { .. }) => Err(SendError::Aborted { sent: false }),
        Some(SendError::TimedOut) => Err(SendError::NotSent([no_token, " in time"].concat())),
        Some(_) => Err(SendError::NotSent(no_token.to_owned())),
    }
}

/// What the caller's own rules said.
fn permit(facts: &Value, failure: Option<SendError>) -> Result<(), Refusal> {
    let refusal = facts.get("value");
    let reason = match failure {
        None if refusal.is_some_and(|value| value.is(true)) => return Ok(()),
        None => "The caller's own rules refuse this number",
        Some(SendError::Aborted { .. }) => return Err(Refusal::default()),
        Some(_) => "The caller's own rules gave no answer",
    };
    let text = |name| refusal.and_then(|refusal| refusal.text(name)).map(str::to_owned);
    Err(Refusal {
        rule: text("rule").or(Some("beforeCall".to_owned())),
        reason: text("reason").unwrap_or_else(|| reason.to_owned()),
        next_allowed_at: text("nextAllowedAt"),
    })
}

impl Host for Fetch {
    async fn act(&self, action: &Action, limits: Limits) -> Outcome {
        // It never rejects: see exchange.js.
        let ending = JsFuture::from(self.start(action, limits.timeout_ms)).await.unwrap_or_default();
        let ending: Ending = ending.unchecked_into();
        let facts = convert::read(&ending.packed()).value;
        let failure = failure(&facts);
        // The end of a pause is no failure, and leaves the cause of the one before it.
        if !matches!((action, &failure), (Action::Sleep(_), Some(SendError::TimedOut))) {
            self.cause.replace(failure.as_ref().map(|_| ending.thrown()));
        }
        match action {
            Action::Send(_) => Outcome::Sent(self.response(&ending, facts, failure)),
            // It ends by its time or by the caller's signal.
            Action::Sleep(_) => Outcome::Slept(match failure {
                Some(SendError::TimedOut) => Ok(()),
                _ => Err(Aborted),
            }),
            Action::AskToken { .. } => Outcome::Token(token(&facts, failure)),
            Action::AskPermit(_) => Outcome::Permit(permit(&facts, failure)),
        }
    }

    fn has_rules(&self) -> bool {
        self.callbacks.permit.is_some()
    }

    fn is_heard(&self) -> bool {
        self.callbacks.on_event.is_some()
    }

    fn now_ms(&self) -> f64 {
        performance_now().unwrap_or_else(|_| date_now())
    }

    fn unix_ms(&self) -> f64 {
        date_now()
    }

    fn parse_time(&self, text: &str) -> Option<f64> {
        Some(date_parse(text)).filter(|moment| moment.is_finite())
    }

    fn random(&self) -> f64 {
        math_random()
    }

    fn random_key(&self) -> Result<String, &'static str> {
        random_uuid().map_err(|_| "This runtime has no crypto.randomUUID; pass an idempotencyKey")
    }

    fn emit(&self, event: &Event) {
        let Some(listener) = &self.callbacks.on_event else { return };
        if let Ok(event) = convert::to_js(&event.to_value()) {
            let _ = tell(listener, &event);
        }
    }
}

/// A number as the caller's own rules see it.
pub fn described(number: &Number) -> Value {
    Members::default()
        .text("e164", Some(&number.e164))
        .text("callingCode", Some(&decimal(u64::from(number.calling_code))))
        .text("nationalNumber", Some(&number.national))
        .text("type", Some(number.line_type.name()))
        .text("region", number.region.map(Region::code).as_deref())
        .object()
}
