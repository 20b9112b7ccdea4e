//! What can be asked of a platform, and what it answers.

use crate::call::{Call, NewCall};
use crate::contact::{Contact, NewContact};

/// One request of a caller, valid by construction.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// Create a contact
    CreateContact(NewContact),
    /// Place a call
    CreateCall(NewCall),
}

impl Operation {
    /// The name of the operation in the package.
    pub fn name(&self) -> &'static str {
        match self {
            Operation::CreateContact(_) => "createContact",
            Operation::CreateCall(_) => "createCall",
        }
    }

    /// Whether a phone rings if this is done, so that it must not be done twice.
    pub fn dials(&self) -> bool {
        matches!(self, Operation::CreateCall(_))
    }

    /// Whether doing this twice leaves two things behind.
    pub fn creates(&self) -> bool {
        matches!(self, Operation::CreateContact(_) | Operation::CreateCall(_))
    }
}

/// What a platform answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The contact that exists now
    Contact(Contact),
    /// The call that exists now
    Call(Call),
}
