//! Truedy: <https://api.truedy.ai/api/public/v1>, as its pages "Create Contact" and "Calls" describe it.
//!
//! The vendor documents its answers in two generations that differ in names (`phone_number` or `phone` or `to`); both are
//! read, and ids are opaque.

use super::wire::{id, json_request, text};
use super::{Attempt, BadAnswer, Capabilities, Provider, errors};
use crate::call::{Call, CallChanges, CallQuery, CallRules, CallSettings, CallStatus, Callee, NewCall};
use crate::config;
use crate::contact::{Contact, ContactRules, NewContact};
use crate::error::{Code, Error};
use crate::fields::Fields;
use crate::http::{Method, Request, Response, encode};
use crate::operation::{Answer, Deleted, Operation, Page, Recording, Task, Transcript};
use crate::value::{Members, Value, decimal};

const BASE_URL: &str = "https://api.truedy.ai/api/public/v1";

/// What it can do and what it takes.
pub const CAPABILITIES: Capabilities = Capabilities {
    name: "truedy",
    tasks: &[
        Task::CreateContact,
        Task::CreateCall,
        Task::ListCalls,
        Task::GetCall,
        Task::UpdateCall,
        Task::DeleteCall,
        Task::DeleteCalls,
        Task::GetRecording,
        Task::GetTranscript,
    ],
    contact: ContactRules {
        unsupported: &["name", "salutation", "tags", "extension"],
        required: &[],
        max_name_chars: 100,
        wire_names: &["phone_number", "first_name", "last_name", "email", "custom_fields"],
    },
    call: CallRules {
        unsupported: &["contactId"],
        required: &["agentId"],
        wire_names: &["agent_id", "phone_number", "from_number", "variables", "call_settings"],
    },
    honours_keys: true,
    calls_contacts_only: false,
    config_fields: &["apiKey"],
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

    fn headers(&self) -> Vec<(&'static str, String)> {
        vec![("Authorization", ["Bearer ", &self.api_key].concat())]
    }

    fn send(&self, method: Method, path: &[&str], body: Value) -> Request {
        json_request(method, self.url(path), self.headers(), body)
    }

    fn ask(&self, method: Method, path: &[&str]) -> Request {
        Request { method, url: self.url(path), headers: self.headers(), body: None }
    }

    fn url(&self, path: &[&str]) -> String {
        let mut url = self.base_url.clone();
        path.iter().for_each(|part| url.push_str(part));
        url
    }
}

impl Provider for Truedy {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn to_request(&self, operation: &Operation, attempt: &Attempt) -> Request {
        match operation {
            Operation::CreateContact(contact) => self.send(Method::Post, &["/contacts"], contact_body(contact)),
            Operation::CreateCall(call) => {
                let mut request = self.send(Method::Post, &["/calls"], call_body(call));
                request.headers.extend(attempt.key.clone().map(|key| ("X-Idempotency-Key", key)));
                request
            }
            Operation::UpdateCall(id, changes) => {
                self.send(Method::Patch, &["/calls/", &encode(id)], changes_body(changes))
            }
            Operation::DeleteCalls(ids) => {
                let ids = ids.iter().map(|id| Value::from(id.as_str())).collect();
                self.send(Method::Post, &["/calls/bulk-delete"], Value::object([("ids", Value::List(ids))]))
            }
            Operation::GetCall(id) => self.ask(Method::Get, &["/calls/", &encode(id)]),
            Operation::DeleteCall(id) => self.ask(Method::Delete, &["/calls/", &encode(id)]),
            Operation::GetRecording(id) => self.ask(Method::Get, &["/calls/", &encode(id), "/recording"]),
            Operation::GetTranscript(id) => self.ask(Method::Get, &["/calls/", &encode(id), "/transcript"]),
            Operation::ListCalls(query) => self.ask(Method::Get, &["/calls", &query_string(query)]),
            // Not among its capabilities; there is no such request.
            Operation::CreateContacts(_) => self.ask(Method::Get, &["/contacts"]),
        }
    }

    fn read_response(&self, operation: &Operation, response: &Response) -> Result<Answer, BadAnswer> {
        if let Operation::DeleteCall(id) = operation {
            let deleted_ids = vec![id.clone()];
            let request_id = response.json.as_ref().and_then(request_id).or_else(|| response.request_id.clone());
            return Ok(Answer::Deleted(Deleted { deleted_ids, failed_ids: Vec::new(), request_id }));
        }
        let document = response.json.as_ref().ok_or(BadAnswer::Shape("is not JSON"))?;
        let data = document.get("data").ok_or(BadAnswer::Shape("has no data"))?;
        let request_id = request_id(document).or_else(|| response.request_id.clone());
        let answer = match operation {
            Operation::CreateContact(_) => {
                read_contact(data).map(|contact| Answer::Contact(Contact { request_id, ..contact }))
            }
            Operation::CreateCall(_) | Operation::GetCall(_) | Operation::UpdateCall(..) => {
                read_call(data).map(|call| Answer::Call(Call { request_id, ..call }))
            }
            Operation::ListCalls(query) => {
                read_page(query, data, document.get("pagination")).map(|page| Answer::Page(Page { request_id, ..page }))
            }
            Operation::GetRecording(_) => text(data, &["recording_url"])
                .map(|recording_url| Answer::Recording(Recording { recording_url, request_id })),
            Operation::GetTranscript(_) => data.get("transcript").map(|transcript| {
                let summary = text(data, &["summary"]);
                Answer::Transcript(Transcript { transcript: transcript.clone(), summary, request_id })
            }),
            Operation::DeleteCalls(_) => Some(Answer::Deleted(Deleted {
                deleted_ids: ids(data, "deleted_ids"),
                failed_ids: ids(data, "failed_ids"),
                request_id,
            })),
            Operation::DeleteCall(_) | Operation::CreateContacts(_) => None,
        };
        answer.ok_or(BadAnswer::Shape("lacks what the vendor's page promises"))
    }

    fn error(&self, operation: &Operation, response: &Response) -> Error {
        let mut error = errors::read(response, &|wire_name| self.field_name(wire_name));
        if error.code == Code::NotFound {
            let why = match operation {
                Operation::GetRecording(_) => " (no such call, or it was not recorded)",
                Operation::GetTranscript(_) => {
                    " (no such call, or its transcript is not ready yet, or it was not transcribed)"
                }
                _ => "",
            };
            error.message.push_str(why);
        }
        error
    }

    fn reset_at<'a>(&self, response: &'a Response) -> Option<&'a str> {
        let document = response.json.as_ref()?;
        let error = document.get("error").or_else(|| document.get("detail")?.get("error"))?;
        error.get("details")?.text("reset_at")
    }

    fn field_name(&self, wire_name: &str) -> Option<&'static str> {
        const NAMES: [(&str, &str); 15] = [
            ("phone_number", "phoneNumber"),
            ("first_name", "firstName"),
            ("last_name", "lastName"),
            ("email", "email"),
            ("custom_fields", "customFields"),
            ("agent_id", "agentId"),
            ("from_number", "fromNumber"),
            ("variables", "variables"),
            ("call_settings", "settings"),
            ("recording_enabled", "recordingEnabled"),
            ("transcription_enabled", "transcriptionEnabled"),
            ("greeting", "greeting"),
            ("max_duration", "maxDurationSeconds"),
            ("join_timeout", "joinTimeoutSeconds"),
            ("ids", "ids"),
        ];
        NAMES.into_iter().find(|(wire, _)| *wire == wire_name).map(|(_, name)| name)
    }
}

/// `ContactCreateRequest` of the page "Create Contact".
fn contact_body(contact: &NewContact) -> Value {
    Members::default()
        .text("phone_number", Some(&contact.phone_number.e164))
        .text("first_name", contact.first_name.as_deref())
        .text("last_name", contact.last_name.as_deref())
        .text("email", contact.email.as_deref())
        .put("custom_fields", contact.custom_fields.clone())
        .all(&contact.extra)
        .object()
}

/// The request body of "Create Call" on the page "Calls".
fn call_body(call: &NewCall) -> Value {
    let phone_number = match &call.callee {
        Callee::Number(number) => Some(number.e164.as_str()),
        Callee::Contact(_) => None,
    };
    Members::default()
        .text("agent_id", call.agent_id.as_deref())
        .text("phone_number", phone_number)
        .text("from_number", call.from_number.as_ref().map(|number| number.e164.as_str()))
        .put("variables", call.variables.clone())
        .put("call_settings", settings_body(&call.settings))
        .all(&call.extra)
        .object()
}

/// The request body of "Update Call".
fn changes_body(changes: &CallChanges) -> Value {
    Members::default()
        .put("context", changes.context.clone())
        .put("call_settings", settings_body(&changes.settings))
        .object()
}

fn settings_body(settings: &CallSettings) -> Option<Value> {
    let seconds = |count: u64| Value::Text([&decimal(count), "s"].concat());
    Members::default()
        .put("recording_enabled", settings.recording_enabled.map(Value::Bool))
        .put("transcription_enabled", settings.transcription_enabled.map(Value::Bool))
        .text("greeting", settings.greeting.as_deref())
        .put("max_duration", settings.max_duration_seconds.map(seconds))
        .put("join_timeout", settings.join_timeout_seconds.map(seconds))
        .object_if_any()
}

/// The query of "List Calls", with its question mark; empty if nothing is asked.
fn query_string(query: &CallQuery) -> String {
    let limit = query.limit.map(decimal);
    let offset = query.offset.map(decimal);
    let mut text = String::new();
    for (name, value) in [
        ("status", &query.status),
        ("direction", &query.direction),
        ("agent_id", &query.agent_id),
        ("limit", &limit),
        ("offset", &offset),
    ] {
        if let Some(value) = value {
            text.push(if text.is_empty() { '?' } else { '&' });
            text.push_str(name);
            text.push('=');
            text.push_str(&encode(value));
        }
    }
    text
}

fn read_page(query: &CallQuery, data: &Value, pagination: Option<&Value>) -> Option<Page> {
    let Value::List(calls) = data else { return None };
    let items: Vec<Call> = calls.iter().filter_map(read_call).collect();
    let asked_offset = query.offset.unwrap_or_default() as f64;
    let offset = pagination.and_then(|page| page.number("offset")).unwrap_or(asked_offset);
    let total = pagination.and_then(|page| page.number("total"));
    let has_more = match pagination.and_then(|page| page.get("has_more")) {
        Some(Value::Bool(flag)) => *flag,
        _ => total.is_some_and(|total| offset + (items.len() as f64) < total),
    };
    // A call that cannot be read must not be lost in silence.
    (items.len() == calls.len()).then_some(Page { items, total, offset, has_more, request_id: None })
}

fn ids(data: &Value, name: &str) -> Vec<String> {
    data.list(name).unwrap_or_default().iter().filter_map(Value::as_text).map(str::to_owned).collect()
}

fn request_id(document: &Value) -> Option<String> {
    document.get("meta")?.text("request_id").map(str::to_owned)
}

fn read_contact(data: &Value) -> Option<Contact> {
    Some(Contact {
        id: id(data, &["id"])?,
        phone_number: text(data, &["phone_number", "phone"]),
        first_name: text(data, &["first_name"]),
        last_name: text(data, &["last_name"]),
        name: text(data, &["name"]),
        email: text(data, &["email"]),
        custom_fields: data.get("custom_fields").cloned(),
        created_at: text(data, &["created_at"]),
        updated_at: text(data, &["updated_at"]),
        provider: CAPABILITIES.name,
        request_id: None,
    })
}

fn read_call(data: &Value) -> Option<Call> {
    let context = data.get("context").or_else(|| data.get("metadata"));
    Some(Call {
        id: Some(id(data, &["id"])?),
        status: data.text("status").map(CallStatus::read).unwrap_or_default(),
        agent_id: text(data, &["agent_id"]),
        phone_number: text(data, &["phone_number", "to", "to_number"]),
        from_number: text(data, &["from_number", "from"]),
        contact_id: None,
        direction: text(data, &["direction"]),
        created_at: text(data, &["created_at"]),
        started_at: text(data, &["started_at"]),
        ended_at: text(data, &["ended_at"]),
        duration_seconds: data.number("duration_seconds"),
        cost_usd: data.number("cost_usd"),
        summary: text(data, &["summary"]),
        recording_url: text(data, &["recording_url"]),
        last_error: context.and_then(|context| text(context, &["last_error"])),
        context: context.cloned(),
        provider: CAPABILITIES.name,
        request_id: None,
    })
}
