//! The platforms: pure mappings from this package's vocabulary to a vendor's wire format and back.

mod errors;
mod jwt;
mod kore;
mod relay;
mod thoughtly;
mod truedy;
mod wire;

use crate::call::CallRules;
use crate::contact::ContactRules;
use crate::error::Error;
use crate::fields::Fields;
use crate::http::{Request, Response};
use crate::operation::{Answer, Operation, Task};
use crate::outcome::Failed;

/// What a platform can do and what it takes.
pub struct Capabilities {
    /// The name by which callers choose it
    pub name: &'static str,
    /// The operations it has
    pub tasks: &'static [Task],
    /// What it takes as a contact
    pub contact: ContactRules,
    /// What it takes as a call
    pub call: CallRules,
    /// Whether it places a call once per idempotency key
    pub honours_keys: bool,
    /// Whether it calls contacts only, so that a number must become a contact first
    pub calls_contacts_only: bool,
    /// Its fields of a client's configuration
    pub config_fields: &'static [&'static str],
}

/// What differs from attempt to attempt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attempt {
    /// The idempotency key, the same for all attempts
    pub key: Option<String>,
    /// The token that the caller's function gave
    pub token: Option<String>,
    /// Seconds since 1970
    pub unix_seconds: u64,
    /// A random word of this attempt alone
    pub nonce: String,
    /// How long it may take, in milliseconds
    pub timeout_ms: u32,
}

/// A platform, with the credentials of one caller.
pub trait Provider {
    /// What it can do.
    fn capabilities(&self) -> &'static Capabilities;

    /// Whether its configuration holds a secret, which a page would show to everybody.
    fn holds_secret(&self) -> bool {
        true
    }

    /// Whether [`Attempt::token`] must be asked of the caller.
    fn asks_for_token(&self) -> bool {
        false
    }

    /// Whether [`Attempt::nonce`] goes into a token that is made for each attempt.
    fn mints_tokens(&self) -> bool {
        false
    }

    /// Adds what this caller's configuration leaves an operation without.
    fn check(&self, operation: &Operation, fields: &mut Fields<'_>) {
        let _ = (operation, fields);
    }

    /// The request for an operation that stands in [`Capabilities::tasks`].
    fn to_request(&self, operation: &Operation, attempt: &Attempt) -> Request;

    /// Reads an answer of a status in 200..300.
    ///
    /// # Errors
    /// [`BadAnswer`]
    fn read_response(&self, operation: &Operation, response: &Response) -> Result<Answer, BadAnswer>;

    /// This package's name for a field of the wire format, for issues that the platform reports.
    fn field_name(&self, wire_name: &str) -> Option<&'static str>;

    /// Reads an answer of any other status.
    fn error(&self, operation: &Operation, response: &Response) -> Error {
        let _ = operation;
        errors::read(response, &|wire_name| self.field_name(wire_name))
    }

    /// What became of the operation, where an answer of any other status says it itself; else its status decides.
    fn verdict(&self, response: &Response) -> Option<Failed> {
        let _ = response;
        None
    }

    /// The moment at which the platform takes requests again, as ISO 8601 text in an answer of status 429.
    fn reset_at<'a>(&self, response: &'a Response) -> Option<&'a str> {
        let _ = response;
        None
    }
}

/// Why an answer with a status of success is none.
#[derive(Clone, Debug, PartialEq)]
pub enum BadAnswer {
    /// It is not what the vendor's page promises, in words that follow "the answer "
    Shape(&'static str),
    /// It says itself that the operation failed
    Failure(Error),
}

/// All platforms.
pub const ALL: [&Capabilities; 4] =
    [&truedy::CAPABILITIES, &thoughtly::CAPABILITIES, &kore::CAPABILITIES, &relay::CAPABILITIES];

/// The name of the one that is no platform but the caller's own function, which does what a platform needs in parts.
pub const RELAY: &str = relay::NAME;

/// The names of all platforms.
pub fn names() -> String {
    ALL.map(|platform| platform.name).join(", ")
}

/// What the platform `name` can do, known without credentials.
pub fn capabilities(name: &str) -> Option<&'static Capabilities> {
    ALL.into_iter().find(|platform| platform.name == name)
}

/// Reads a platform's part of a client's configuration; `in_page` says whether it is a page's.
pub fn read(platform: &Capabilities, fields: &mut Fields<'_>, in_page: bool) -> Box<dyn Provider> {
    match platform.name {
        thoughtly::NAME => Box::new(thoughtly::Thoughtly::read(fields)),
        kore::NAME => Box::new(kore::Kore::read(fields)),
        relay::NAME => Box::new(relay::Relay::read(fields, in_page)),
        _ => Box::new(truedy::Truedy::read(fields)),
    }
}
