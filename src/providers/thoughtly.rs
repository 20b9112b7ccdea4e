//! Thoughtly: <https://api.thoughtly.com>, as its pages "Call a contact" and "Create contact" describe it.
//!
//! Every answer is an envelope `{data, error}`, and one of status 200 with an `error` is a failure. Two headers carry the
//! credentials; the name of `team_id` has an underscore, which reverse proxies drop unless told otherwise (nginx:
//! `underscores_in_headers on`).

use super::wire::{As, Said, body, has_id, json_request, said};
use super::{Attempt, BadAnswer, Capabilities, Provider, Rules};
use crate::config;
use crate::fields::Fields;
use crate::http::{Method, Request, Response};
use crate::operation::{Answer, Operation, Task};
use crate::text::joined;
use crate::value::{Members, Value};

/// The name by which callers choose it.
pub const NAME: &str = "thoughtly";

const BASE_URL: &str = "https://api.thoughtly.com";

/// What it can do and what it takes.
pub const CAPABILITIES: Capabilities = Capabilities {
    name: NAME,
    tasks: &[Task::CreateContact, Task::CreateCall],
    // The request body of "Create contact".
    contact: Rules {
        platform: NAME,
        unsupported: "salutation extension",
        required: "",
        max_name_chars: u32::MAX,
        wire: &[
            ("phone_number", "phoneNumber"),
            ("name", "name"),
            ("email", "email"),
            ("tags", "tags"),
            ("attributes", "customFields"),
        ],
    },
    // The request body of "Call a contact".
    call: Rules {
        platform: NAME,
        unsupported: "fromNumber settings",
        required: "agentId",
        max_name_chars: u32::MAX,
        wire: &[("contact_id", "contactId"), ("interview_id", "agentId"), ("metadata", "variables")],
    },
    inner_fields: &[],
    honours_keys: false,
    calls_contacts_only: true,
    holds_secret: true,
    config_fields: "apiToken teamId",
};

const CONTACT: [Said; 7] = [
    ("id", As::Text, "id contact_id"),
    ("phoneNumber", As::Text, "phone_number"),
    ("name", As::Text, "name"),
    ("email", As::Text, "email"),
    ("customFields", As::Any, "attributes"),
    ("createdAt", As::Text, "created_at createdAt"),
    ("updatedAt", As::Text, "updated_at updatedAt"),
];

const CALL: [Said; 2] = [("id", As::Text, "id call_id"), ("createdAt", As::Text, "created_at createdAt")];

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
}

impl Provider for Thoughtly {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn to_request(&self, operation: &Operation, _: &Attempt) -> Request {
        let (path, body) = match operation.task {
            Task::CreateCall => ("/contact/call", body(&operation.input, CAPABILITIES.call.wire).object()),
            _ => ("/contact/create", body(&named(&operation.input), CAPABILITIES.contact.wire).object()),
        };
        let headers = vec![("x-api-token".into(), self.api_token.clone()), ("team_id".into(), self.team_id.clone())];
        json_request(Method::Post, [&self.base_url, path].concat(), headers, body)
    }

    fn read_response(&self, operation: &Operation, response: &Response) -> Result<Answer, BadAnswer> {
        let document = response.json.as_ref().ok_or(BadAnswer::Shape("is not JSON"))?;
        let calls = operation.task == Task::CreateCall;
        match document.get("error") {
            None => {}
            // The page's own sample of a success shows this, and its text says that it means a failure.
            Some(Value::Map(members)) if members.is_empty() && calls => {
                return Err(BadAnswer::Shape("has an empty error, which can mean either"));
            }
            // No page says what stands in it.
            Some(_) => return Err(BadAnswer::Failure),
        }
        let data = document.get("data").ok_or(BadAnswer::Shape("has no data"))?;
        let mut answer = match calls {
            // Its page leaves `data` open: a call without a status is one that waits to be placed.
            true => read_call(data, &operation.input),
            false if has_id(data, CONTACT[0].2) => read_contact(data, &named(&operation.input)),
            false => return Err(BadAnswer::Shape("has no contact id")),
        };
        answer.text("provider", Some(NAME)).text("requestId", response.request_id.as_deref());
        Ok(Answer::whole(answer.object()))
    }
}

/// A contact with one name, all that the platform keeps.
fn named(contact: &Value) -> Value {
    // A form gives an empty text for what was left out.
    let given = |part| contact.text(part).filter(|text| !text.is_empty());
    let name = joined(&mut ["firstName", "lastName"].into_iter().filter_map(given), " ");
    let whole = given("name").or(Some(name.as_str()).filter(|name| !name.is_empty()));
    Members::default().text("name", whole).missing("phoneNumber email tags customFields extra", contact).object()
}

/// What the platform says of the contact, and what was sent where it is silent: of the answer only the id is known.
fn read_contact(data: &Value, sent: &Value) -> Members {
    let mut members = said(data, &CONTACT);
    members.missing("phoneNumber name email customFields", sent);
    members
}

fn read_call(data: &Value, sent: &Value) -> Members {
    let mut members = said(data, &CALL);
    let status = data.text("status").map_or("queued", crate::call::status);
    members.text("status", Some(status)).text("direction", Some("outbound"));
    members.missing("agentId contactId", sent);
    members
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers::testing::{json, operation, response};

    const CALL: &str = r#"{"agentId":"a","contactId":"c"}"#;
    const CONTACT: &str = r#"{"phoneNumber":"+14155552671","firstName":"Ada"}"#;

    #[test]
    fn what_a_form_leaves_empty_is_no_part_of_a_name() {
        for (contact, name) in [
            (r#"{"firstName":"Ada","lastName":"Example"}"#, Some("Ada Example")),
            (r#"{"firstName":"","lastName":"Example"}"#, Some("Example")),
            (r#"{"firstName":"Ada","lastName":"Example","name":""}"#, Some("Ada Example")),
            (r#"{"firstName":"Ada","name":"Countess"}"#, Some("Countess")),
            (r#"{"firstName":"","lastName":"","name":""}"#, None),
        ] {
            assert_eq!(named(&json(contact)).text("name"), name, "{contact}");
        }
    }

    #[test]
    fn an_error_in_an_answer_is_a_failure_but_an_empty_one_to_a_call_may_mean_either() {
        let platform = Thoughtly { base_url: String::new(), api_token: "t".to_owned(), team_id: "m".to_owned() };
        let unclear = BadAnswer::Shape("has an empty error, which can mean either");
        for (task, input, error, expected) in [
            (Task::CreateCall, CALL, "{}", unclear),
            (Task::CreateCall, CALL, r#"{"message":"no"}"#, BadAnswer::Failure),
            (Task::CreateCall, CALL, r#""no""#, BadAnswer::Failure),
            (Task::CreateContact, CONTACT, "{}", BadAnswer::Failure),
        ] {
            let body = [r#"{"data":{"id":"x"},"error":"#, error, "}"].concat();
            let answer = platform.read_response(&operation(task, input, &CAPABILITIES), &response(200, &body));
            assert_eq!(answer, Err(expected), "{body}");
        }
    }
}
