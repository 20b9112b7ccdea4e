//! The host over gloo-net. Plain gloo-net panics or hangs on what a caller can easily do (a mocked `fetch`, an abort
//! reason that is no `Error`), and a panic inside an exported async function leaves its promise pending for ever. So
//! gloo-net builds the request, and sending and reading go through imports that catch.

use super::convert;
use crate::error::Issue;
use crate::host::{Host, Limits, SendError, is_unsent};
use crate::http::{Request, Response};
use gloo_net::http::Headers;
use js_sys::{Function, Promise};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, RequestRedirect};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(url: &str, init: &RequestInit) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = crypto, js_name = randomUUID)]
    fn random_uuid() -> Result<String, JsValue>;
}

#[wasm_bindgen(raw_module = "../attempt.js")]
extern "C" {
    type Attempt;

    #[wasm_bindgen(catch, constructor)]
    fn new(timeout_ms: u32, signal: &JsValue) -> Result<Attempt, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn signal(this: &Attempt) -> AbortSignal;

    #[wasm_bindgen(method, getter)]
    fn ended(this: &Attempt) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn reason(this: &Attempt) -> JsValue;

    #[wasm_bindgen(method)]
    fn race(this: &Attempt, promise: &JsValue) -> Promise;

    #[wasm_bindgen(method)]
    fn close(this: &Attempt);
}

/// The `signal` among an operation's options, and an issue if it is none. A signal of another realm is one too.
pub fn signal(options: &JsValue) -> (JsValue, Option<Issue>) {
    let signal = convert::member(options, "signal");
    let usable = convert::member(&signal, "addEventListener").is_function();
    if signal.is_undefined() || signal.is_null() || usable {
        return (signal, None);
    }
    (JsValue::UNDEFINED, Some(Issue::new("signal", "invalid_type", "must be an AbortSignal")))
}

/// The host of one operation.
pub struct Fetch {
    fetch: Option<Function>,
    signal: JsValue,
    document: RefCell<JsValue>,
    cause: RefCell<Option<JsValue>>,
}

impl Fetch {
    /// A host that sends through `fetch`, or through the runtime's own, until `signal` fires.
    pub fn new(fetch: Option<Function>, signal: JsValue) -> Fetch {
        Fetch { fetch, signal, document: RefCell::new(JsValue::UNDEFINED), cause: RefCell::new(None) }
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

    fn build(&self, request: &Request, signal: &AbortSignal) -> RequestInit {
        let headers = Headers::new();
        for (name, value) in &request.headers {
            headers.append(name, value);
        }
        let init = RequestInit::new();
        init.set_method(request.method.name());
        init.set_headers(&headers.into_raw());
        init.set_redirect(RequestRedirect::Manual);
        init.set_signal(Some(signal));
        if let Some(body) = &request.body {
            init.set_body(&convert::to_json(body).into());
        }
        init
    }

    /// Starts the exchange. A `fetch` of the caller's gets one `Request`; the runtime's own gets URL and options, which saves
    /// it a copy of everything.
    fn start(&self, request: &Request, init: &RequestInit) -> Result<JsValue, SendError> {
        let sent = match &self.fetch {
            Some(fetch) => web_sys::Request::new_with_str_and_init(&request.url, init)
                .map_err(|thrown| self.unsent(thrown, "The request could not be built; check baseUrl"))
                .map(|request| fetch.call1(&JsValue::UNDEFINED, &request))?,
            None => global_fetch(&request.url, init),
        };
        sent.map_err(|thrown| {
            if self.fetch.is_none() && !convert::member(&js_sys::global(), "fetch").is_function() {
                return self.unsent(thrown, "This runtime has no fetch; pass one to createClient");
            }
            self.cause.replace(Some(thrown));
            SendError::Lost("fetch threw".to_owned())
        })
    }

    /// Waits for `promise` no longer than the attempt lasts.
    async fn wait(&self, attempt: &Attempt, promise: &JsValue) -> Result<JsValue, SendError> {
        JsFuture::from(attempt.race(promise)).await.map_err(|thrown| match attempt.ended().as_deref() {
            Some("timeout") => SendError::TimedOut,
            Some(_) => {
                self.cause.replace(Some(attempt.reason()));
                SendError::Aborted { sent: true }
            }
            None if is_unsent(&network_code(&thrown)) => self.unsent(thrown, "There is no connection to the platform"),
            None => {
                self.cause.replace(Some(thrown));
                SendError::Lost("the connection broke".to_owned())
            }
        })
    }

    async fn exchange(&self, attempt: &Attempt, request: &Request) -> Result<Response, SendError> {
        if attempt.ended().is_some() {
            self.cause.replace(Some(attempt.reason()));
            return Err(SendError::Aborted { sent: false });
        }
        let init = self.build(request, &attempt.signal());
        let promise = self.start(request, &init)?;
        let answer = self.wait(attempt, &promise).await?;
        self.read(attempt, &answer).await
    }

    async fn read(&self, attempt: &Attempt, answer: &JsValue) -> Result<Response, SendError> {
        let status = convert::member(answer, "status").as_f64().map(|status| status as u16);
        let unreadable = |reason| SendError::Unreadable { status, reason };
        let text = convert::member(answer, "text").dyn_into::<Function>();
        let (Some(status), Ok(text)) = (status, text) else {
            return Err(unreadable("fetch answered something that is no Response"));
        };
        let promise = text.call0(answer).map_err(|thrown| {
            self.cause.replace(Some(thrown));
            unreadable("the body could not be read")
        })?;
        let body = self.wait(attempt, &promise).await?;
        let json = convert::read_json(&body).map(|(document, value)| {
            self.document.replace(document);
            value
        });
        Ok(Response { status, request_id: header(answer, "x-request-id"), location: header(answer, "location"), json })
    }
}

impl Host for Fetch {
    async fn send(&self, request: &Request, limits: Limits) -> Result<Response, SendError> {
        let attempt = Attempt::new(limits.timeout_ms, &self.signal)
            .map_err(|thrown| self.unsent(thrown, "The signal could not be listened to"))?;
        let result = self.exchange(&attempt, request).await;
        attempt.close();
        result
    }

    fn random_key(&self) -> Result<String, &'static str> {
        random_uuid().map_err(|_| "This runtime has no crypto.randomUUID; pass an idempotencyKey")
    }
}

/// The code of a network error: undici's stands on its cause, Bun's on itself.
fn network_code(thrown: &JsValue) -> String {
    let cause = convert::member(&convert::member(thrown, "cause"), "code").as_string();
    cause.or_else(|| convert::member(thrown, "code").as_string()).unwrap_or_default()
}

fn header(answer: &JsValue, name: &str) -> Option<String> {
    let headers = convert::member(answer, "headers");
    let get = convert::member(&headers, "get").dyn_into::<Function>().ok()?;
    get.call1(&headers, &name.into()).ok()?.as_string()
}
