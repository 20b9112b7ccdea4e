//! The platforms: pure mappings from this package's vocabulary to a vendor's wire format and back.

pub mod errors;
mod generic;
mod jwt;
mod kore;
mod relay;
#[cfg(test)]
mod testing;
mod thoughtly;
mod truedy;
mod wire;

use crate::error::Error;
use crate::fields::Fields;
use crate::http::{Request, Response};
use crate::operation::{Answer, Operation, Task};
use crate::outcome::Failed;
use crate::text::{joined, words};

/// A name of a wire format, and the field of this package's vocabulary that it carries.
pub type Wire = (&'static str, &'static str);

/// What a platform takes as a contact or as a call.
#[derive(Clone, Copy)]
pub struct Rules {
    /// The platform's name
    pub platform: &'static str,
    /// The fields of the vocabulary that its wire format cannot carry, separated by spaces
    pub unsupported: &'static str,
    /// The fields that it asks for, beside the number
    pub required: &'static str,
    /// The most characters (Unicode code points) of a name
    pub max_name_chars: u32,
    /// The names of its body; `extra` may not set them
    pub wire: &'static [Wire],
}

impl Rules {
    /// Whether its wire format cannot carry the field `name`.
    pub fn refuses(&self, name: &str) -> bool {
        words(self.unsupported).any(|own| own == name)
    }
}

/// What a platform can do and what it takes.
pub struct Capabilities {
    /// The name by which callers choose it
    pub name: &'static str,
    /// The operations it has
    pub tasks: &'static [Task],
    /// What it takes as a contact
    pub contact: Rules,
    /// What it takes as a call
    pub call: Rules,
    /// More names of its wire format, for issues that it reports
    pub inner_fields: &'static [Wire],
    /// Whether it places a call once per idempotency key
    pub honours_keys: bool,
    /// Whether it calls contacts only, so that a number must become a contact first
    pub calls_contacts_only: bool,
    /// Whether its configuration holds a secret, which a page would show to everybody
    pub holds_secret: bool,
    /// Its fields of a client's configuration, separated by spaces
    pub config_fields: &'static str,
}

/// What differs from attempt to attempt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attempt {
    /// The idempotency key, the same for all attempts
    pub key: Option<String>,
    /// The token that the caller's function gave
    pub token: String,
    /// Seconds since 1970
    pub unix_seconds: f64,
    /// A random word of this attempt alone
    pub nonce: String,
    /// How long it may take, in milliseconds
    pub timeout_ms: u32,
}

/// Where the credentials of a request come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// The configuration has them
    Given,
    /// They are made for each attempt, of [`Attempt::unix_seconds`] and [`Attempt::nonce`]
    Minted,
    /// [`Attempt::token`] must be asked of the caller
    Asked,
}

/// A platform, with the credentials of one caller.
pub trait Provider {
    /// What it can do.
    fn capabilities(&self) -> &'static Capabilities;

    /// Whether it has the operation.
    fn has(&self, task: Task) -> bool {
        self.capabilities().tasks.contains(&task)
    }

    /// Whether it places a call once per idempotency key.
    fn honours_keys(&self) -> bool {
        self.capabilities().honours_keys
    }

    /// Where the credentials of its requests come from.
    fn credentials(&self) -> Credentials {
        Credentials::Given
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

    /// Adds to the error that an answer of any other status was read as what only this platform means by it.
    fn explain(&self, operation: &Operation, error: &mut Error) {
        let _ = (operation, error);
    }

    /// What became of the operation, where an answer of any other status says it itself; else its status decides.
    fn verdict(&self, operation: &Operation, response: &Response) -> Option<Failed> {
        let _ = (operation, response);
        None
    }
}

/// The error that an answer of no success is, or one of success whose body says that it failed.
pub fn error(provider: &dyn Provider, operation: &Operation, response: &Response) -> Error {
    let mut error = errors::read(response, provider.capabilities());
    provider.explain(operation, &mut error);
    error
}

/// Why an answer with a status of success is none.
#[derive(Clone, Debug, PartialEq)]
pub enum BadAnswer {
    /// It is not what the vendor's page promises, in words that follow "the answer "
    Shape(&'static str),
    /// It says itself that the operation failed
    Failure,
}

/// All platforms.
pub const ALL: [&Capabilities; 5] = [
    &truedy::CAPABILITIES,
    &thoughtly::CAPABILITIES,
    &kore::CAPABILITIES,
    &relay::CAPABILITIES,
    &generic::CAPABILITIES,
];

/// The name of the one that is no platform but the caller's own function, which does what a platform needs in parts.
pub const RELAY: &str = relay::NAME;

/// The names of all platforms.
pub fn names() -> String {
    joined(&mut ALL.iter().map(|platform| platform.name), ", ")
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
        generic::NAME => Box::new(generic::Generic::read(fields)),
        relay::NAME => Box::new(relay::Relay::read(fields, in_page)),
        _ => Box::new(truedy::Truedy::read(fields)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_platform_has_its_name() {
        assert_eq!(names(), "truedy, thoughtly, kore, relay, generic");
        assert!(ALL.iter().all(|platform| capabilities(platform.name).is_some()));
        assert!(capabilities("twilio").is_none());
    }
}
