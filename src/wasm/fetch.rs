//! The host over gloo-net. Plain gloo-net panics or hangs on what a caller can easily do (a mocked `fetch`, an abort
//! reason that is no `Error`), and a panic inside an exported async function leaves its promise pending for ever. So
//! gloo-net builds the request, and sending and reading go through imports that catch.

use super::convert;
use crate::error::Issue;
use crate::event::Event;
use crate::host::{Aborted, Host, Limits, Refusal, SendError, is_unsent};
use crate::http::{Request, Response, is_header_value};
use crate::number::Number;
use crate::phone::Region;
use crate::value::{Members, Value, decimal};
use gloo_net::http::Headers;
use js_sys::{Function, Object, Promise};
use std::cell::RefCell;
use std::rc::Rc;
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

#[wasm_bindgen]
extern "C" {
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
    fn signal(this: &Attempt) -> AbortSignal;

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

    #[wasm_bindgen(catch, js_name = tryHeaders)]
    fn try_headers() -> Result<(), JsValue>;
}

#[wasm_bindgen(raw_module = "../answer.js")]
extern "C" {
    type Answer;

    #[wasm_bindgen(js_name = readAnswer)]
    fn read_answer(attempt: &Attempt, promise: &JsValue) -> Promise;

    #[wasm_bindgen(method, getter)]
    fn status(this: &Answer) -> Option<u16>;

    #[wasm_bindgen(method, getter, js_name = requestId)]
    fn request_id(this: &Answer) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn location(this: &Answer) -> Option<String>;

    #[wasm_bindgen(method, getter, js_name = retryAfter)]
    fn retry_after(this: &Answer) -> Option<String>;

    #[wasm_bindgen(method, getter, js_name = isJson)]
    fn is_json(this: &Answer) -> bool;

    #[wasm_bindgen(method, getter)]
    fn document(this: &Answer) -> JsValue;

    #[wasm_bindgen(method, getter)]
    fn problem(this: &Answer) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn thrown(this: &Answer) -> JsValue;
}

/// The `signal` among an operation's options, and an issue if it is none. A signal of another realm is one too.
pub fn signal(options: &JsValue) -> (JsValue, Option<Issue>) {
    if options.is_undefined() {
        return (JsValue::UNDEFINED, None);
    }
    let (signal, issue) = convert::special_member(options, "signal");
    let usable = convert::member(&signal, "addEventListener").is_function();
    if signal.is_undefined() || signal.is_null() || usable {
        return (signal, issue);
    }
    (JsValue::UNDEFINED, Some(Issue::new("signal", "invalid_type", "must be an AbortSignal")))
}

/// The functions of a client's configuration.
pub struct Callbacks {
    /// Sends a request in place of the runtime's own
    pub fetch: Option<Function>,
    /// Hears what happens
    pub on_event: Option<Function>,
    /// Gives a token
    pub token: Option<Function>,
    /// Asks the caller's own rules before a call
    pub permit: Option<Function>,
}

const NO_RESPONSE: &str = "fetch answered something that is no Response";

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
        let sent = match &self.callbacks.fetch {
            Some(fetch) => web_sys::Request::new_with_str_and_init(&request.url, init)
                .map_err(|thrown| self.unsent(thrown, "The request could not be built; check baseUrl"))
                .map(|request| fetch.call1(&JsValue::UNDEFINED, &request))?,
            None => global_fetch(&request.url, init),
        };
        sent.map_err(|thrown| {
            if self.callbacks.fetch.is_none() && !convert::member(&js_sys::global(), "fetch").is_function() {
                return self.unsent(thrown, "This runtime has no fetch; pass one to createClient");
            }
            self.cause.replace(Some(thrown));
            SendError::Lost("fetch threw".to_owned())
        })
    }

    /// Waits for `promise` no longer than the attempt lasts.
    async fn wait(&self, attempt: &Attempt, promise: &JsValue) -> Result<JsValue, SendError> {
        JsFuture::from(attempt.race(promise)).await.map_err(|thrown| self.broken(attempt, thrown))
    }

    /// Why what was waited for did not come.
    fn broken(&self, attempt: &Attempt, thrown: JsValue) -> SendError {
        match attempt.ended().as_deref() {
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
        }
    }

    async fn exchange(&self, attempt: &Attempt, request: &Request) -> Result<Response, SendError> {
        if attempt.ended().is_some() {
            self.cause.replace(Some(attempt.reason()));
            return Err(SendError::Aborted { sent: false });
        }
        try_headers().map_err(|thrown| self.unsent(thrown, "This runtime has no Headers"))?;
        let init = self.build(request, &attempt.signal());
        let promise = self.start(request, &init)?;
        let answer = JsFuture::from(read_answer(attempt, &promise)).await;
        self.read(attempt, &answer.map_err(|thrown| self.broken(attempt, thrown))?.unchecked_into())
    }

    fn read(&self, attempt: &Attempt, answer: &Answer) -> Result<Response, SendError> {
        let status = answer.status();
        let unreadable = |reason| SendError::Unreadable { status, reason };
        let Some(status) = status else { return Err(unreadable(NO_RESPONSE)) };
        match answer.problem().as_deref() {
            None => {}
            Some("no_response") => return Err(unreadable(NO_RESPONSE)),
            Some("unreadable") => {
                self.cause.replace(Some(answer.thrown()));
                return Err(unreadable("the body could not be read"));
            }
            Some(_) => match self.broken(attempt, answer.thrown()) {
                // A refusal is one even where its words are lost.
                SendError::Lost(_) if !(200..300).contains(&status) => {}
                failure => return Err(failure),
            },
        }
        let json = answer.is_json().then(|| {
            let document = answer.document();
            let value = convert::read_document(&document);
            self.document.replace(document);
            value
        });
        let retry_after_ms = answer.retry_after().and_then(|text| milliseconds_until(&text));
        let (request_id, location) = (answer.request_id(), answer.location());
        Ok(Response { status, request_id, location, retry_after_ms, json })
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

    async fn sleep(&self, duration_ms: f64) -> Result<(), Aborted> {
        let Ok(wait) = Attempt::new(duration_ms as u32, &self.signal) else { return Err(Aborted) };
        // It ends by its time or by the caller's signal, and both reject.
        let _ = JsFuture::from(wait.expiry()).await;
        match wait.ended().as_deref() {
            Some("aborted") => {
                self.cause.replace(Some(wait.reason()));
                Err(Aborted)
            }
            _ => Ok(()),
        }
    }

    async fn token(&self, fresh: bool, limits: Limits) -> Result<String, SendError> {
        let no_token = |thrown| self.unsent(thrown, "the function of auth gave no token");
        let Some(ask) = &self.callbacks.token else { return Err(no_token(JsValue::UNDEFINED)) };
        let attempt = Attempt::new(limits.timeout_ms, &self.signal).map_err(no_token)?;
        let reason = Object::new();
        let _ = js_sys::Reflect::set(&reason, &"fresh".into(), &fresh.into());
        let token = match ask.call1(&JsValue::UNDEFINED, &reason) {
            Ok(promise) => self.wait(&attempt, &promise).await,
            Err(thrown) => Err(no_token(thrown)),
        };
        attempt.close();
        let token = token.map_err(|failure| match failure {
            SendError::Aborted { .. } => SendError::Aborted { sent: false },
            SendError::TimedOut => SendError::NotSent("the function of auth gave no token in time".to_owned()),
            _ => SendError::NotSent("the function of auth gave no token".to_owned()),
        })?;
        token.as_string().filter(|text| is_header_value(text)).ok_or_else(|| no_token(JsValue::UNDEFINED))
    }

    async fn permit(&self, number: &Number, limits: Limits) -> Result<(), Refusal> {
        let Some(permit) = &self.callbacks.permit else { return Ok(()) };
        let silent =
            |why: &str| Refusal { rule: Some("beforeCall".to_owned()), reason: why.to_owned(), ..Refusal::default() };
        let attempt =
            Attempt::new(limits.timeout_ms, &self.signal).map_err(|_| silent("The signal cannot be heard"))?;
        let asked = convert::to_js(&described(number)).and_then(|phone| permit.call1(&JsValue::UNDEFINED, &phone));
        let answer = match asked {
            Ok(promise) => self.wait(&attempt, &promise).await,
            Err(_) => Err(SendError::NotSent(String::new())),
        };
        attempt.close();
        let refusal = match answer {
            Ok(refusal) => refusal,
            Err(SendError::Aborted { .. }) => return Err(Refusal::default()),
            Err(_) => return Err(silent("The caller's own rules gave no answer")),
        };
        if refusal.is_undefined() {
            return Ok(());
        }
        let text = |name| convert::member(&refusal, name).as_string();
        Err(Refusal {
            rule: Some(text("rule").unwrap_or_else(|| "beforeCall".to_owned())),
            reason: text("reason").unwrap_or_else(|| "The caller's own rules refuse this number".to_owned()),
            next_allowed_at: text("nextAllowedAt"),
        })
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
        .text("region", number.region.as_ref().map(Region::as_str))
        .object()
}

/// A `retry-after` header, in seconds or as a date, as milliseconds from now (RFC 9110, section 10.2.3).
fn milliseconds_until(text: &str) -> Option<u32> {
    let wait_ms = match text.trim().parse::<u32>() {
        Ok(seconds) => f64::from(seconds) * 1000.0,
        Err(_) => date_parse(text) - date_now(),
    };
    wait_ms.is_finite().then_some(wait_ms.clamp(0.0, f64::from(u32::MAX)) as u32)
}

/// The code of a network error: undici's stands on its cause, Bun's on itself.
fn network_code(thrown: &JsValue) -> String {
    let cause = convert::member(&convert::member(thrown, "cause"), "code").as_string();
    cause.or_else(|| convert::member(thrown, "code").as_string()).unwrap_or_default()
}
