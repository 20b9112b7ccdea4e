//! The host over gloo-net. Plain gloo-net panics or hangs on what a caller can easily do (a mocked `fetch`, an abort
//! reason that is no `Error`), and a panic inside an exported async function leaves its promise pending for ever. So
//! gloo-net fills the headers, and everything that can throw goes through imports that catch.

use super::convert;
use crate::event::Event;
use crate::host::{Aborted, Action, Host, Limits, Outcome, Refusal, SendError, is_unsent};
use crate::http::{Request, Response, is_header_value};
use crate::number::Number;
use crate::phone::Region;
use crate::value::{Members, Value, decimal};
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
    type Attempt;

    #[wasm_bindgen(catch, constructor)]
    fn new(timeout_ms: u32, signal: &JsValue) -> Result<Attempt, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn ended(this: &Attempt) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn reason(this: &Attempt) -> JsValue;

    #[wasm_bindgen(method)]
    fn race(this: &Attempt, promise: &JsValue) -> Promise;

    #[wasm_bindgen(method)]
    fn expiry(this: &Attempt) -> Promise;

    #[wasm_bindgen(method)]
    fn close(this: &Attempt);

    #[wasm_bindgen(catch)]
    fn tell(listener: &Function, event: &JsValue) -> Result<(), JsValue>;
}

#[wasm_bindgen(raw_module = "../exchange.js")]
extern "C" {
    type Exchange;

    #[wasm_bindgen(catch, js_name = newHeaders)]
    fn new_headers() -> Result<web_sys::Headers, JsValue>;

    fn exchange(
        attempt: &Attempt,
        fetch: Option<Function>,
        url: &str,
        method: &str,
        headers: &web_sys::Headers,
        body: Option<String>,
    ) -> Promise;

    #[wasm_bindgen(method, getter)]
    fn packed(this: &Exchange) -> convert::Packed;

    #[wasm_bindgen(method, getter)]
    fn document(this: &Exchange) -> JsValue;

    #[wasm_bindgen(method, getter)]
    fn thrown(this: &Exchange) -> JsValue;
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
    document: RefCell<JsValue>,
    cause: RefCell<Option<JsValue>>,
}

impl Fetch {
    /// A host that works until `signal` fires.
    pub fn new(callbacks: Rc<Callbacks>, signal: JsValue) -> Fetch {
        Fetch { callbacks, signal, document: RefCell::new(JsValue::UNDEFINED), cause: RefCell::new(None) }
    }

    /// The document of the last answer, as it came.
    pub fn document(&self) -> JsValue {
        self.document.borrow().clone()
    }

    /// What was thrown last beneath a failure.
    pub fn cause(&self) -> Option<JsValue> {
        self.cause.borrow().clone()
    }

    fn unsent(&self, cause: JsValue, reason: &str) -> SendError {
        self.cause.replace(Some(cause));
        SendError::NotSent(reason.to_owned())
    }

    /// Starts what is waited for.
    fn start(&self, attempt: &Attempt, action: &Action) -> Result<Promise, SendError> {
        let ask = |function: &Option<Function>, question: &JsValue| {
            let Some(function) = function else { return Err(self.unsent(JsValue::UNDEFINED, "")) };
            let asked = function.call1(&JsValue::UNDEFINED, question);
            asked.map(|promise| attempt.race(&promise)).map_err(|thrown| self.unsent(thrown, ""))
        };
        match action {
            Action::Send(request) => self.send(attempt, request),
            Action::Sleep(_) => Ok(attempt.expiry()),
            Action::AskToken { fresh } => {
                ask(&self.callbacks.token, &serde_wasm_bindgen::to_value(fresh).unwrap_or_default())
            }
            Action::AskPermit(number) => {
                ask(&self.callbacks.permit, &convert::to_js(&described(number)).unwrap_or_default())
            }
        }
    }

    fn send(&self, attempt: &Attempt, request: &Request) -> Result<Promise, SendError> {
        let raw = new_headers().map_err(|thrown| self.unsent(thrown, "This runtime has no Headers"))?;
        let headers = Headers::from_raw(raw);
        for (name, value) in &request.headers {
            headers.append(name, value);
        }
        let body = request.body.as_ref().map(convert::to_json);
        let fetch = self.callbacks.fetch.clone();
        Ok(exchange(attempt, fetch, &request.url, request.method.name(), &headers.into_raw(), body))
    }

    /// Why what was waited for did not come.
    fn broken(&self, attempt: &Attempt, thrown: JsValue) -> SendError {
        match attempt.ended().as_deref() {
            Some("timeout") => SendError::TimedOut,
            Some(_) => {
                self.cause.replace(Some(attempt.reason()));
                SendError::Aborted { sent: false }
            }
            None => self.unsent(thrown, ""),
        }
    }

    /// Reads what became of a request.
    fn read(&self, exchange: &Exchange) -> Result<Response, SendError> {
        let mut facts = convert::read(&exchange.packed()).value;
        let status = facts.number("status").map(|status| status as u16);
        if let Some(problem) = facts.text("problem") {
            let unreadable = |reason| SendError::Unreadable { status, reason };
            let failure = match problem {
                "timeout" => return Err(SendError::TimedOut),
                "not_begun" => SendError::Aborted { sent: false },
                "aborted" => SendError::Aborted { sent: true },
                "no_abort" => SendError::NotSent("This runtime has no AbortController".to_owned()),
                "not_built" => SendError::NotSent("The request could not be built; check baseUrl".to_owned()),
                "no_fetch" => SendError::NotSent("This runtime has no fetch; pass one to createClient".to_owned()),
                "threw" => SendError::Lost("fetch threw".to_owned()),
                "no_response" => unreadable("fetch answered something that is no Response"),
                "unreadable" => unreadable("the body could not be read"),
                _ if is_unsent(facts.text("networkCode").unwrap_or_default()) => {
                    SendError::NotSent("There is no connection to the platform".to_owned())
                }
                _ => SendError::Lost("the connection broke".to_owned()),
            };
            // A refusal is one even where its words are lost.
            let is_refusal = status.is_some_and(|status| !(200..300).contains(&status));
            if !(is_refusal && matches!(failure, SendError::Lost(_))) {
                self.cause.replace(Some(exchange.thrown()));
                return Err(failure);
            }
        }
        self.document.replace(exchange.document());
        let text = |name| facts.text(name).map(str::to_owned);
        Ok(Response {
            status: status.unwrap_or_default(),
            request_id: text("requestId"),
            location: text("location"),
            retry_after_ms: facts.number("retryAfterMs").map(|wait_ms| wait_ms as u32),
            json: facts.take("document"),
        })
    }

    fn finish(&self, attempt: &Attempt, action: &Action, end: Result<JsValue, SendError>) -> Outcome {
        match action {
            Action::Send(_) => Outcome::Sent(end.and_then(|exchange| self.read(exchange.unchecked_ref()))),
            // It ends by its time or by the caller's signal, and both reject.
            Action::Sleep(_) => Outcome::Slept(match attempt.ended().as_deref() {
                Some("aborted") => Err(Aborted),
                _ => Ok(()),
            }),
            Action::AskToken { .. } => Outcome::Token(self.token(end)),
            Action::AskPermit(_) => Outcome::Permit(permit(end)),
        }
    }

    fn token(&self, end: Result<JsValue, SendError>) -> Result<String, SendError> {
        let no_token = "the function of auth gave no token";
        match end {
            Ok(token) => {
                let token = token.as_string().filter(|text| is_header_value(text));
                token.ok_or_else(|| self.unsent(JsValue::UNDEFINED, no_token))
            }
            Err(SendError::Aborted { sent }) => Err(SendError::Aborted { sent }),
            Err(SendError::TimedOut) => Err(SendError::NotSent([no_token, " in time"].concat())),
            Err(_) => Err(SendError::NotSent(no_token.to_owned())),
        }
    }
}

/// What the caller's own rules said.
fn permit(end: Result<JsValue, SendError>) -> Result<(), Refusal> {
    let (rule, reason) = ("beforeCall".to_owned(), "The caller's own rules gave no answer".to_owned());
    let refusal = match end {
        Ok(refusal) if refusal.is_undefined() => return Ok(()),
        Ok(refusal) => refusal,
        Err(SendError::Aborted { .. }) => return Err(Refusal::default()),
        Err(_) => return Err(Refusal { rule: Some(rule), reason, next_allowed_at: None }),
    };
    let text = |name| convert::member(&refusal, name).as_string();
    Err(Refusal {
        rule: text("rule").or(Some(rule)),
        reason: text("reason").unwrap_or_else(|| "The caller's own rules refuse this number".to_owned()),
        next_allowed_at: text("nextAllowedAt"),
    })
}

impl Host for Fetch {
    async fn act(&self, action: &Action, limits: Limits) -> Outcome {
        let limit_ms = match action {
            Action::Sleep(duration_ms) => *duration_ms as u32,
            _ => limits.timeout_ms,
        };
        let attempt = match Attempt::new(limit_ms, &self.signal) {
            Ok(attempt) => attempt,
            Err(thrown) => return deaf(action, self.unsent(thrown, "The signal could not be listened to")),
        };
        let end = match self.start(&attempt, action) {
            Ok(promise) => JsFuture::from(promise).await.map_err(|thrown| self.broken(&attempt, thrown)),
            Err(failure) => Err(failure),
        };
        attempt.close();
        self.finish(&attempt, action, end)
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

/// What becomes of an action where the caller's signal cannot be listened to.
fn deaf(action: &Action, failure: SendError) -> Outcome {
    match action {
        Action::Send(_) => Outcome::Sent(Err(failure)),
        Action::Sleep(_) => Outcome::Slept(Err(Aborted)),
        Action::AskToken { .. } => Outcome::Token(Err(failure)),
        Action::AskPermit(_) => Outcome::Permit(permit(Err(failure))),
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
