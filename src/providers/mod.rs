//! The platforms: pure mappings from this package's vocabulary to a vendor's wire format and back.

mod errors;
mod truedy;

use crate::call::CallRules;
use crate::contact::ContactRules;
use crate::error::Error;
use crate::fields::Fields;
use crate::http::{Request, Response};
use crate::operation::{Answer, Operation};

/// A platform, with the credentials of one caller.
pub trait Provider {
    /// The name by which callers choose it.
    fn name(&self) -> &'static str;

    /// What it takes as a contact.
    fn contact_rules(&self) -> &'static ContactRules;

    /// What it takes as a call.
    fn call_rules(&self) -> &'static CallRules;

    /// The request for an operation; `key` goes along where the platform honours idempotency keys.
    fn to_request(&self, operation: &Operation, key: Option<&str>) -> Request;

    /// Reads an answer of a status in 200..300.
    ///
    /// # Errors
    /// Why the answer is not what the vendor's page promises, in words that follow "The answer ".
    fn read_response(&self, operation: &Operation, response: &Response) -> Result<Answer, &'static str>;

    /// This package's name for a field of the wire format, for issues that the platform reports.
    fn field_name(&self, wire_name: &str) -> Option<&'static str>;

    /// Reads an answer of any other status.
    fn error(&self, response: &Response) -> Error {
        errors::read(response, |wire_name| self.field_name(wire_name))
    }
}

/// The names by which callers choose a platform.
pub const NAMES: [&str; 1] = [truedy::NAME];

/// What a platform takes, known without credentials; `None` for a name that is not in [`NAMES`].
pub fn rules(name: &str) -> Option<(&'static ContactRules, &'static CallRules)> {
    match name {
        truedy::NAME => Some((&truedy::CONTACT_RULES, &truedy::CALL_RULES)),
        _ => None,
    }
}

/// Reads the part of a client's configuration that belongs to the platform `name`: the platform, and its fields' names.
pub fn read(name: &str, fields: &mut Fields<'_>) -> Option<(Box<dyn Provider>, &'static [&'static str])> {
    match name {
        truedy::NAME => Some((Box::new(truedy::Truedy::read(fields)), &truedy::CONFIG_FIELDS)),
        _ => None,
    }
}
