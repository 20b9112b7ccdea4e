//! The outside world: everything impure that the client needs.

use crate::event::Event;
use crate::http::{Request, Response};
use crate::number::Number;

/// How long one attempt may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For one attempt, its body included, in milliseconds
    pub timeout_ms: u32,
}

/// Why there is no [`Response`].
#[derive(Clone, Debug, PartialEq)]
pub enum SendError {
    /// The request cannot have reached the platform: it could not be built, or no connection came about
    NotSent(String),
    /// The connection broke, so the request may have reached the platform
    Lost(String),
    /// The attempt took longer than [`Limits::timeout_ms`]
    TimedOut,
    /// The caller's signal ended it; `sent` says whether the request was on its way
    Aborted {
        /// Whether the request may have reached the platform
        sent: bool,
    },
    /// An answer came that is none: `status` says how far it was readable
    Unreadable {
        /// The status, if that much could be read
        status: Option<u16>,
        /// What is wrong with it
        reason: &'static str,
    },
}

/// What a client waits for.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Send one request and read its answer to the end. Redirects are not followed.
    Send(Request),
    /// Wait for so many milliseconds
    Sleep(f64),
    /// Ask the caller for a token, where the platform's credentials are a function of the caller's
    AskToken {
        /// Whether the last was refused
        fresh: bool,
    },
    /// Ask the caller's own rules whether a number may be called; without such rules it may
    AskPermit(Number),
}

/// What became of an [`Action`].
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The answer to a request, or why there is none
    Sent(Result<Response, SendError>),
    /// The time is over, or the caller's signal fired before
    Slept(Result<(), Aborted>),
    /// A token, or why there is none
    Token(Result<String, SendError>),
    /// Whether the number may be called. Rules that fail to answer refuse.
    Permit(Result<(), Refusal>),
}

/// What a client needs of its surroundings.
#[allow(async_fn_in_trait)]
pub trait Host {
    /// Does what a client waits for, within `limits`.
    async fn act(&self, action: &Action, limits: Limits) -> Outcome;

    /// Milliseconds since some moment, never going back.
    fn now_ms(&self) -> f64;

    /// Milliseconds since 1970.
    fn unix_ms(&self) -> f64;

    /// The moment that an ISO 8601 text names, in milliseconds since 1970.
    fn parse_time(&self, text: &str) -> Option<f64>;

    /// A number from 0 to 1.
    fn random(&self) -> f64;

    /// A fresh random key: a version 4 UUID from a secure source.
    ///
    /// # Errors
    /// Where the runtime has no such source.
    fn random_key(&self) -> Result<String, &'static str>;

    /// Whether the caller has rules of its own, so that [`Action::AskPermit`] asks somebody.
    fn has_rules(&self) -> bool;

    /// Whether anybody hears what happens.
    fn is_heard(&self) -> bool;

    /// Tells the client's owner what happens.
    fn emit(&self, event: &Event);
}

/// A refusal by the caller's own rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The rule's name in the policy; none if the caller's signal fired
    pub rule: Option<String>,
    /// Why, in the caller's words
    pub reason: String,
    /// When it would be allowed, in ISO 8601
    pub next_allowed_at: Option<String>,
}

/// The caller's signal fired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aborted;

/// Whether an error code of the runtime's network layer says that no connection came about, so that nothing was sent
/// (Node's and undici's `cause.code`, Bun's `code`). The texts of such errors differ in every runtime and say nothing sure.
pub fn is_unsent(code: &str) -> bool {
    matches!(
        code,
        "ECONNREFUSED"
            | "ENOTFOUND"
            | "EAI_AGAIN"
            | "UND_ERR_CONNECT_TIMEOUT"
            | "ConnectionRefused"
            | "FailedToOpenSocket"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_connection_may_have_sent_the_request() {
        for (code, unsent) in
            [("ECONNREFUSED", true), ("ENOTFOUND", true), ("ECONNRESET", false), ("EPIPE", false), ("", false)]
        {
            assert_eq!(is_unsent(code), unsent, "{code}");
        }
    }
}
