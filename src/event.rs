//! What a client tells its owner while it works: no secret, no body, and phone numbers masked.

use crate::error::Code;
use crate::number::Number;
use crate::value::{Members, Value};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A request is sent
    Request,
    /// An answer came
    Response,
    /// An attempt failed and another one follows
    Retry,
    /// The operation failed
    Failure,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What happened
    pub kind: Kind,
    /// The platform
    pub provider: &'static str,
    /// The operation as the package names it
    pub operation: &'static str,
    /// Which request of the operation it is about, from 1; 0 before the first
    pub attempt: u32,
    /// The number that is called or stored, masked: `+1•••••••671`
    pub phone_number: Option<String>,
    /// The HTTP status of the answer
    pub status: Option<u16>,
    /// The platform's name for the request
    pub request_id: Option<String>,
    /// How long the attempt took, in milliseconds; with a failure, how long the operation took
    pub duration_ms: Option<f64>,
    /// How long until the next attempt, in milliseconds
    pub delay_ms: Option<f64>,
    /// The code of the failure
    pub code: Option<Code>,
}

impl Kind {
    /// The kind in the package.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Request => "request",
            Kind::Response => "response",
            Kind::Retry => "retry",
            Kind::Failure => "failure",
        }
    }
}

impl Event {
    /// The event as the package gives it.
    pub fn to_value(&self) -> Value {
        Members::default()
            .text("type", Some(self.kind.name()))
            .text("provider", Some(self.provider))
            .text("operation", Some(self.operation))
            .number("attempt", Some(f64::from(self.attempt)))
            .text("phoneNumber", self.phone_number.as_deref())
            .number("status", self.status.map(f64::from))
            .text("requestId", self.request_id.as_deref())
            .number("durationMs", self.duration_ms)
            .number("delayMs", self.delay_ms)
            .text("code", self.code.map(Code::name))
            .object()
    }
}

/// A number with all but its calling code and its last three digits hidden; never a letter, which a dialler could read as a
/// digit.
///
/// ```
/// use outdial::event::mask;
/// use outdial::number::Number;
/// let number = Number { calling_code: 1, national: "4155552671".into(), ..Number::default() };
/// assert_eq!(mask(&number), "+1•••••••671");
/// ```
pub fn mask(number: &Number) -> String {
    let hidden = number.national.len().saturating_sub(3);
    let mut masked = String::from("+");
    masked.push_str(&crate::text::decimal(u64::from(number.calling_code)));
    for _ in 0..hidden {
        masked.push('•');
    }
    masked.push_str(number.national.get(hidden..).unwrap_or_default());
    masked
}
