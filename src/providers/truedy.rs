//! Truedy: <https://api.truedy.ai/api/public/v1>, as its pages "Create Contact" and "Calls" describe it.
//!
//! The vendor documents its answers in two generations that differ in names (`phone_number` or `phone` or `to`); both are
//! read, and ids are opaque.

use super::Provider;
use crate::call::{Call, CallRules, CallSettings, CallStatus, NewCall};
use crate::config;
use crate::contact::{Contact, ContactRules, NewContact};
use crate::fields::Fields;
use crate::http::{Method, Request, Response};
use crate::operation::{Answer, Operation};
use crate::value::{Value, decimal};

/// The name by which callers choose it.
pub const NAME: &str = "truedy";

/// Its part of a client's configuration.
pub const CONFIG_FIELDS: [&str; 1] = ["apiKey"];

const BASE_URL: &str = "https://api.truedy.ai/api/public/v1";

/// What it takes as a contact.
pub const CONTACT_RULES: ContactRules = ContactRules {
    provider: NAME,
    unsupported: &["name", "salutation", "tags", "extension"],
    max_name_chars: 100,
    wire_names: &["phone_number", "first_name", "last_name", "email", "custom_fields"],
};

/// What it takes as a call.
pub const CALL_RULES: CallRules = CallRules {
    provider: NAME,
    unsupported: &["contactId"],
    wire_names: &["agent_id", "phone_number", "from_number", "variables", "call_settings"],
};

/// Truedy with one caller's key.
pub struct Truedy {
    base_url: String,
    api_key: String,
}

impl Truedy {
    /// Reads the caller's configuration; problems are added to the reader's issues.
    pub fn read(fields: &mut Fields<'_>) -> Truedy {
        Truedy { base_url: config::base_url(fields, BASE_URL), api_key: config::secret(fields, "apiKey") }
    }

    fn post(&self, path: &str, body: Value) -> Request {
        Request {
            method: Method::Post,
            url: [&self.base_url, path].concat(),
            headers: vec![
                ("Authorization", ["Bearer ", &self.api_key].concat()),
                ("Content-Type", "application/json".to_owned()),
            ],
            body: Some(body),
        }
    }
}

impl Provider for Truedy {
    fn name(&self) -> &'static str {
        NAME
    }

    fn contact_rules(&self) -> &'static ContactRules {
        &CONTACT_RULES
    }

    fn call_rules(&self) -> &'static CallRules {
        &CALL_RULES
    }

    fn to_request(&self, operation: &Operation, key: Option<&str>) -> Request {
        match operation {
            Operation::CreateContact(contact) => self.post("/contacts", contact_body(contact)),
            Operation::CreateCall(call) => {
                let mut request = self.post("/calls", call_body(call));
                request.headers.extend(key.map(|key| ("X-Idempotency-Key", key.to_owned())));
                request
            }
        }
    }

    fn read_response(&self, operation: &Operation, response: &Response) -> Result<Answer, &'static str> {
        let document = response.json.as_ref().ok_or("is not JSON")?;
        let data = document.get("data").ok_or("has no data")?;
        let request_id = request_id(document).or_else(|| response.request_id.clone());
        match operation {
            Operation::CreateContact(_) => {
                let contact = read_contact(data).ok_or("has no contact id")?;
                Ok(Answer::Contact(Contact { request_id, ..contact }))
            }
            Operation::CreateCall(_) => {
                let call = read_call(data).ok_or("has no call id")?;
                Ok(Answer::Call(Call { request_id, ..call }))
            }
        }
    }

    fn field_name(&self, wire_name: &str) -> Option<&'static str> {
        Some(match wire_name {
            "phone_number" => "phoneNumber",
            "first_name" => "firstName",
            "last_name" => "lastName",
            "email" => "email",
            "custom_fields" => "customFields",
            "agent_id" => "agentId",
            "from_number" => "fromNumber",
            "variables" => "variables",
            "call_settings" => "settings",
            "recording_enabled" => "recordingEnabled",
            "transcription_enabled" => "transcriptionEnabled",
            "greeting" => "greeting",
            "max_duration" => "maxDurationSeconds",
            "join_timeout" => "joinTimeoutSeconds",
            _ => return None,
        })
    }
}

/// `ContactCreateRequest` of the page "Create Contact".
fn contact_body(contact: &NewContact) -> Value {
    let mut body = vec![("phone_number".to_owned(), Value::from(contact.phone_number.as_str()))];
    put_text(&mut body, "first_name", &contact.first_name);
    put_text(&mut body, "last_name", &contact.last_name);
    put_text(&mut body, "email", &contact.email);
    put(&mut body, "custom_fields", contact.custom_fields.clone());
    body.extend(contact.extra.iter().cloned());
    Value::Map(body)
}

/// The request body of "Create Call" on the page "Calls".
fn call_body(call: &NewCall) -> Value {
    let mut body = vec![
        ("agent_id".to_owned(), Value::from(call.agent_id.as_str())),
        ("phone_number".to_owned(), Value::from(call.phone_number.as_str())),
    ];
    put_text(&mut body, "from_number", &call.from_number);
    put(&mut body, "variables", call.variables.clone());
    put(&mut body, "call_settings", settings_body(&call.settings));
    body.extend(call.extra.iter().cloned());
    Value::Map(body)
}

fn settings_body(settings: &CallSettings) -> Option<Value> {
    let mut body = Vec::new();
    let seconds = |count: u64| Value::Text([&decimal(count), "s"].concat());
    put(&mut body, "recording_enabled", settings.recording_enabled.map(Value::Bool));
    put(&mut body, "transcription_enabled", settings.transcription_enabled.map(Value::Bool));
    put_text(&mut body, "greeting", &settings.greeting);
    put(&mut body, "max_duration", settings.max_duration_seconds.map(seconds));
    put(&mut body, "join_timeout", settings.join_timeout_seconds.map(seconds));
    if body.is_empty() { None } else { Some(Value::Map(body)) }
}

fn put(body: &mut Vec<(String, Value)>, name: &str, value: Option<Value>) {
    body.extend(value.map(|value| (name.to_owned(), value)));
}

fn put_text(body: &mut Vec<(String, Value)>, name: &str, text: &Option<String>) {
    put(body, name, text.as_deref().map(Value::from));
}

fn request_id(document: &Value) -> Option<String> {
    document.get("meta")?.text("request_id").map(str::to_owned)
}

fn owned(data: &Value, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| data.text(name)).map(str::to_owned)
}

fn id(data: &Value) -> Option<String> {
    owned(data, &["id"]).filter(|id| !id.is_empty())
}

fn read_contact(data: &Value) -> Option<Contact> {
    Some(Contact {
        id: id(data)?,
        phone_number: owned(data, &["phone_number", "phone"]),
        first_name: owned(data, &["first_name"]),
        last_name: owned(data, &["last_name"]),
        name: owned(data, &["name"]),
        email: owned(data, &["email"]),
        custom_fields: data.get("custom_fields").cloned(),
        created_at: owned(data, &["created_at"]),
        updated_at: owned(data, &["updated_at"]),
        provider: NAME,
        request_id: None,
    })
}

fn read_call(data: &Value) -> Option<Call> {
    let context = data.get("context").or_else(|| data.get("metadata"));
    Some(Call {
        id: Some(id(data)?),
        status: data.text("status").map(CallStatus::read).unwrap_or_default(),
        agent_id: owned(data, &["agent_id"]),
        phone_number: owned(data, &["phone_number", "to", "to_number"]),
        from_number: owned(data, &["from_number", "from"]),
        contact_id: None,
        direction: owned(data, &["direction"]),
        created_at: owned(data, &["created_at"]),
        started_at: owned(data, &["started_at"]),
        ended_at: owned(data, &["ended_at"]),
        duration_seconds: data.number("duration_seconds"),
        cost_usd: data.number("cost_usd"),
        summary: owned(data, &["summary"]),
        recording_url: owned(data, &["recording_url"]),
        last_error: context.and_then(|context| owned(context, &["last_error"])),
        context: context.cloned(),
        provider: NAME,
        request_id: None,
    })
}
