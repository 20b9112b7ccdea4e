//! Thoughtly: <https://api.thoughtly.com>, as its pages "Call a contact" and "Create contact" describe it.
//!
//! Every answer is an envelope `{data, error}`, and one of status 200 with an `error` is a failure. Two headers carry the
//! credentials; the name of `team_id` has an underscore, which reverse proxies drop unless told otherwise (nginx:
//! `underscores_in_headers on`).

use super::wire::{id, json_request, text};
use super::{Attempt, BadAnswer, Capabilities, Provider};
use crate::call::{Call, CallRules, CallStatus, Callee, NewCall};
use crate::config;
use crate::contact::{Contact, ContactRules, NewContact};
use crate::error::{Code, Error};
use crate::fields::Fields;
use crate::http::{Method, Request, Response};
use crate::operation::{Answer, Operation, Task};
use crate::value::{Members, Value};

/// The name by which callers choose it.
pub const NAME: &str = "thoughtly";

const BASE_URL: &str = "https://api.thoughtly.com";

/// What it can do and what it takes.
pub const CAPABILITIES: Capabilities = Capabilities {
    name: NAME,
    tasks: &[Task::CreateContact, Task::CreateCall],
    contact: ContactRules {
        unsupported: &["salutation", "extension"],
        required: &[],
        max_name_chars: usize::MAX,
        wire_names: &["phone_number", "name", "email", "tags", "attributes"],
    },
    call: CallRules {
        unsupported: &["fromNumber", "settings"],
        required: &["agentId"],
        wire_names: &["contact_id", "interview_id", "metadata"],
    },
    honours_keys: false,
    calls_contacts_only: true,
    config_fields: &["apiToken", "teamId"],
};

/// Thoughtly with one caller's credentials.
pub struct Thoughtly {
    base_url: String,
    api_token: String,
    team_id: String,
}

impl Thoughtly {
    /// Reads the caller's configuration; problems are added to the reader's issues.
    pub fn read(fields: &mut Fields<'_>) -> Thoughtly {
        Thoughtly {
            base_url: config::base_url(fields, BASE_URL),
            api_token: config::secret(fields, "apiToken"),
            team_id: config::secret(fields, "teamId"),
        }
    }

    fn post(&self, path: &str, body: Value) -> Request {
        let headers = vec![("x-api-token", self.api_token.clone()), ("team_id", self.team_id.clone())];
        json_request(Method::Post, [&self.base_url, path].concat(), headers, body)
    }
}

impl Provider for Thoughtly {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn to_request(&self, operation: &Operation, _: &Attempt) -> Request {
        match operation {
            Operation::CreateCall(call) => self.post("/contact/call", call_body(call)),
            Operation::CreateContact(contact) => self.post("/contact/create", contact_body(contact)),
            // Not among its capabilities; there is no such request.
            _ => self.post("", Value::Null),
        }
    }

    fn read_response(&self, operation: &Operation, response: &Response) -> Result<Answer, BadAnswer> {
        let document = response.json.as_ref().ok_or(BadAnswer::Shape("is not JSON"))?;
        match document.get("error") {
            None => {}
            // The page's own sample of a success shows this, and its text says that it means a failure.
            Some(Value::Map(members)) if members.is_empty() && matches!(operation, Operation::CreateCall(_)) => {
                return Err(BadAnswer::Shape("has an empty error, which can mean either"));
            }
            Some(_) => return Err(BadAnswer::Failure(self.failure(operation, response))),
        }
        let data = document.get("data").ok_or(BadAnswer::Shape("has no data"))?;
        let request_id = response.request_id.clone();
        match operation {
            Operation::CreateContact(contact) => {
                let id = id(data, &["id", "contact_id"]).ok_or(BadAnswer::Shape("has no contact id"))?;
                Ok(Answer::Contact(Contact { id, request_id, ..read_contact(data, contact) }))
            }
            Operation::CreateCall(call) => Ok(Answer::Call(Call { request_id, ..read_call(data, call) })),
            _ => Err(BadAnswer::Shape("belongs to no request")),
        }
    }

    fn field_name(&self, wire_name: &str) -> Option<&'static str> {
        Some(match wire_name {
            "phone_number" => "phoneNumber",
            "name" => "name",
            "email" => "email",
            "tags" => "tags",
            "attributes" => "customFields",
            "contact_id" => "contactId",
            "interview_id" => "agentId",
            "metadata" => "variables",
            _ => return None,
        })
    }
}

impl Thoughtly {
    /// The error of an answer of status 200 whose envelope holds one: the platform refused what was asked. No page says
    /// what stands in it.
    fn failure(&self, operation: &Operation, response: &Response) -> Error {
        let mut error = self.error(operation, response);
        error.code = Code::Rejected;
        error
    }
}

/// The request body of "Create contact". The platform keeps one name.
fn contact_body(contact: &NewContact) -> Value {
    let tags =
        contact.tags.as_ref().map(|tags| Value::List(tags.iter().map(|tag| Value::from(tag.as_str())).collect()));
    Members::default()
        .text("phone_number", Some(&contact.phone_number.e164))
        .text("name", whole_name(contact).as_deref())
        .text("email", contact.email.as_deref())
        .put("tags", tags)
        .put("attributes", contact.custom_fields.clone())
        .all(&contact.extra)
        .object()
}

fn whole_name(contact: &NewContact) -> Option<String> {
    let parts: Vec<&str> =
        [&contact.first_name, &contact.last_name].into_iter().flatten().map(String::as_str).collect();
    contact.name.clone().or_else(|| if parts.is_empty() { None } else { Some(parts.join(" ")) })
}

/// The request body of "Call a contact".
fn call_body(call: &NewCall) -> Value {
    let contact_id = match &call.callee {
        Callee::Contact(id) => Some(id.as_str()),
        Callee::Number(_) => None,
    };
    Members::default()
        .text("contact_id", contact_id)
        .text("interview_id", call.agent_id.as_deref())
        .put("metadata", call.variables.clone())
        .all(&call.extra)
        .object()
}

/// What the platform says of the contact, and what was sent where it is silent: of the answer only the id is known.
fn read_contact(data: &Value, sent: &NewContact) -> Contact {
    Contact {
        phone_number: text(data, &["phone_number"]).or_else(|| Some(sent.phone_number.e164.clone())),
        name: text(data, &["name"]).or_else(|| whole_name(sent)),
        email: text(data, &["email"]).or_else(|| sent.email.clone()),
        custom_fields: data.get("attributes").cloned().or_else(|| sent.custom_fields.clone()),
        created_at: text(data, &["created_at", "createdAt"]),
        updated_at: text(data, &["updated_at", "updatedAt"]),
        provider: NAME,
        ..Contact::default()
    }
}

/// What the platform says of the call. Its page leaves `data` open: a call without a status is one that waits to be placed.
fn read_call(data: &Value, sent: &NewCall) -> Call {
    let contact_id = match &sent.callee {
        Callee::Contact(id) => Some(id.clone()),
        Callee::Number(_) => None,
    };
    Call {
        id: id(data, &["id", "call_id"]),
        status: data.text("status").map_or(CallStatus::Queued, CallStatus::read),
        agent_id: sent.agent_id.clone(),
        contact_id,
        direction: Some("outbound".to_owned()),
        created_at: text(data, &["created_at", "createdAt"]),
        provider: NAME,
        ..Call::default()
    }
}
