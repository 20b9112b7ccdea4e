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

/// What a client needs of its surroundings.
#[allow(async_fn_in_trait)]
pub trait Host {
    /// Sends one request and reads its answer to the end. Redirects are not followed.
    ///
    /// # Errors
    /// [`SendError`] says whether the request may have reached the platform.
    async fn send(&self, request: &Request, limits: Limits) -> Result<Response, SendError>;

    /// Waits for `duration_ms` milliseconds.
    ///
    /// # Errors
    /// The caller's signal fired before.
    async fn sleep(&self, duration_ms: f64) -> Result<(), Aborted>;

    /// Asks the caller for a token, where the platform's credentials are a function of the caller's; a `fresh` one if the
    /// last was refused.
    ///
    /// # Errors
    /// Why there is none.
    async fn token(&self, fresh: bool, limits: Limits) -> Result<String, SendError>;

    /// Asks the caller's own rules whether a number may be called; without such rules it may.
    ///
    /// # Errors
    /// Why not. Rules that fail to answer refuse.
    async fn permit(&self, number: &Number, limits: Limits) -> Result<(), Refusal>;

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
