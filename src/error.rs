//! What can go wrong, in one type with promised codes.

use crate::text::replace;
use crate::value::{Members, Value};
use std::ops::{Deref, DerefMut};

/// The promised codes of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The input cannot be sent; `issues` says what is wrong with it. Nothing was sent.
    InvalidInput,
    /// A rule of this package or of the caller's policy refuses it. Nothing was sent.
    NotAllowed,
    /// The platform has no such operation. Nothing was sent.
    Unsupported,
    /// The platform refuses the credentials (401) or what they may do (403).
    Unauthorized,
    /// The platform wants credits or a subscription (402).
    PaymentRequired,
    /// There is no such thing on the platform (404).
    NotFound,
    /// It exists already (409).
    Conflict,
    /// The platform refuses the request (other 4xx); `issues` names fields where it does.
    Rejected,
    /// Too many requests (429); `retry_after_ms` says how long to wait where the platform does.
    RateLimited,
    /// The platform failed (5xx).
    ProviderError,
    /// The answer is not what the platform's documentation promises.
    BadResponse,
    /// There is no connection; the request did not reach the platform.
    Network,
    /// No answer in time.
    Timeout,
    /// The caller's signal ended it.
    Aborted,
    /// It may have happened, and nobody can say: the answer was lost. It is never repeated without a key.
    OutcomeUnknown,
    /// The WebAssembly module is not loaded yet.
    NotReady,
    /// A mistake in this package.
    Internal,
}

impl Code {
    /// All of them.
    pub const ALL: [Code; 17] = [
        Code::InvalidInput,
        Code::NotAllowed,
        Code::Unsupported,
        Code::Unauthorized,
        Code::PaymentRequired,
        Code::NotFound,
        Code::Conflict,
        Code::Rejected,
        Code::RateLimited,
        Code::ProviderError,
        Code::BadResponse,
        Code::Network,
        Code::Timeout,
        Code::Aborted,
        Code::OutcomeUnknown,
        Code::NotReady,
        Code::Internal,
    ];

    /// The code with this name in the package.
    pub fn named(name: &str) -> Option<Code> {
        Code::ALL.into_iter().find(|code| code.name() == name)
    }

    /// The code in the package.
    pub fn name(self) -> &'static str {
        match self {
            Code::InvalidInput => "invalid_input",
            Code::NotAllowed => "not_allowed",
            Code::Unsupported => "unsupported",
            Code::Unauthorized => "unauthorized",
            Code::PaymentRequired => "payment_required",
            Code::NotFound => "not_found",
            Code::Conflict => "conflict",
            Code::Rejected => "rejected",
            Code::RateLimited => "rate_limited",
            Code::ProviderError => "provider_error",
            Code::BadResponse => "bad_response",
            Code::Network => "network",
            Code::Timeout => "timeout",
            Code::Aborted => "aborted",
            Code::OutcomeUnknown => "outcome_unknown",
            Code::NotReady => "not_ready",
            Code::Internal => "internal",
        }
    }
}

/// As many problems as a person will read at once: an input may hold thousands, and each would take more room than its place there.
pub const MOST_ISSUES: usize = 100;

/// One thing wrong with an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// Where, in this package's names: `settings.maxDurationSeconds`.
    pub path: String,
    /// What kind: `required`, `invalid_type`, `invalid_format`, `out_of_range`, `too_long`, `unknown_field`,
    /// `unsupported_field`, `reserved_field`, `rejected`, or a code of the phone engine.
    pub code: &'static str,
    /// For the person who will read it.
    pub message: String,
}

impl Issue {
    /// An issue at `path`.
    pub fn new(path: &str, code: &'static str, message: &str) -> Issue {
        Issue { path: path.to_owned(), code, message: message.to_owned() }
    }
}

impl Issue {
    /// Issues as the package gives them.
    pub fn list_to_value(issues: &[Issue]) -> Value {
        let one = |issue: &Issue| {
            Members::default()
                .text("path", Some(&issue.path))
                .text("code", Some(issue.code))
                .text("message", Some(&issue.message))
                .object()
        };
        Value::List(issues.iter().map(one).collect())
    }
}

/// A failed operation. It is moved through every step on the way out, so what it holds stays in one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Error(Box<Facts>);

/// What an [`Error`] says.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// What kind; promised.
    pub code: Code,
    /// For the person who will read it; not promised.
    pub message: String,
    /// The platform that was asked.
    pub provider: Option<&'static str>,
    /// The operation, as the package names it: `createCall`.
    pub operation: Option<&'static str>,
    /// The HTTP status of the answer, if there was one.
    pub status: Option<u16>,
    /// The platform's name for the request.
    pub request_id: Option<String>,
    /// How long the platform asks to wait, in milliseconds.
    pub retry_after_ms: Option<u32>,
    /// What is wrong with which field.
    pub issues: Vec<Issue>,
    /// The platform's own details.
    pub details: Option<Value>,
    /// How often the network was tried; 0 if it failed or was ended before.
    pub attempts: u32,
    /// The key under which a call was asked for.
    pub idempotency_key: Option<String>,
}

impl Error {
    /// An error with a code and a message.
    pub fn new(code: Code, message: &str) -> Error {
        Error(Box::new(Facts {
            code,
            message: message.to_owned(),
            provider: None,
            operation: None,
            status: None,
            request_id: None,
            retry_after_ms: None,
            issues: Vec::new(),
            details: None,
            attempts: 0,
            idempotency_key: None,
        }))
    }

    /// This error with `details`.
    pub fn with_details(mut self, details: Value) -> Error {
        self.details = Some(details);
        self
    }

    /// The error as the package gives it, without empty members.
    pub fn to_value(&self) -> Value {
        let issues = if self.issues.is_empty() { None } else { Some(Issue::list_to_value(&self.issues)) };
        Members::default()
            .text("code", Some(self.code.name()))
            .text("message", Some(&self.message))
            .text("provider", self.provider)
            .text("operation", self.operation)
            .number("status", self.status.map(f64::from))
            .text("requestId", self.request_id.as_deref())
            .number("retryAfterMs", self.retry_after_ms.map(f64::from))
            .put("issues", issues)
            .put("details", self.details.clone())
            .number("attempts", Some(f64::from(self.attempts)))
            .text("idempotencyKey", self.idempotency_key.as_deref())
            .object()
    }

    /// Hides a secret that an answer repeats, wherever it stands.
    pub fn hide(&mut self, secret: &str) {
        let hide = |text: &mut String| hide(text, secret);
        hide(&mut self.message);
        self.request_id.iter_mut().for_each(hide);
        for issue in &mut self.issues {
            hide(&mut issue.path);
            hide(&mut issue.message);
        }
        if let Some(details) = &mut self.details {
            details.replace(secret, HIDDEN);
        }
    }

    /// An `invalid_input` error that lists `issues`, all of them in its message.
    pub fn invalid_input(issues: Vec<Issue>) -> Error {
        let mut message = String::from("Nothing was sent: ");
        for (index, issue) in issues.iter().enumerate() {
            if index > 0 {
                message.push_str("; ");
            }
            if !issue.path.is_empty() {
                message.push_str(&issue.path);
                message.push_str(": ");
            }
            message.push_str(&issue.message);
        }
        let mut error = Error::new(Code::InvalidInput, &message);
        error.issues = issues;
        error
    }
}

const HIDDEN: &str = "••••";

/// Hides a secret that stands in a text of the platform's.
pub fn hide(text: &mut String, secret: &str) {
    replace(text, secret, HIDDEN);
}

impl Deref for Error {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.0
    }
}

impl DerefMut for Error {
    fn deref_mut(&mut self) -> &mut Facts {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_found_by_its_name() {
        for code in Code::ALL {
            assert_eq!(Code::named(code.name()), Some(code));
        }
        assert_eq!(Code::named(""), None);
    }

    #[test]
    fn an_error_without_extras_has_no_empty_members() {
        let json = Error::new(Code::OutcomeUnknown, "lost").to_value().to_json(|_| String::new());
        assert_eq!(json, r#"{"code":"outcome_unknown","message":"lost","attempts":0}"#);
    }

    #[test]
    fn a_secret_that_an_answer_repeats_is_hidden() {
        let mut error = Error::new(Code::Unauthorized, "No such key: k_12345678");
        error.request_id = Some("k_12345678".to_owned());
        error.issues = vec![Issue::new("k_12345678.x", "rejected", "k_12345678?")];
        let inner = Value::List(vec![Value::from("Bearer k_12345678"), Value::Null]);
        error.details = Some(Value::object([("k_12345678", inner)]));
        error.hide("k_12345678");
        assert!(!error.to_value().to_json(|_| String::new()).contains("12345678"));
        assert_eq!(error.message, "No such key: ••••");
    }

    #[test]
    fn the_message_names_every_issue() {
        let error = Error::invalid_input(vec![
            Issue::new("phoneNumber", "required", "is missing"),
            Issue::new("", "invalid_type", "must be an object"),
        ]);
        assert_eq!(error.message, "Nothing was sent: phoneNumber: is missing; must be an object");
    }
}
