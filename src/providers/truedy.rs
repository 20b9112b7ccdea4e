//! Truedy: <https://api.truedy.ai/api/public/v1>, as its pages "Create Contact" and "Calls" describe it.
//!
//! The vendor documents its answers in two generations that differ in names (`phone_number` or `phone` or `to`); both are
//! read, and ids are opaque.

use super::wire::{As, Said, body, has_id, json_request, said};
use super::{Attempt, BadAnswer, Capabilities, Provider, Rules, Wire};
use crate::config;
use crate::error::{Code, Error};
use crate::fields::Fields;
use crate::http::{Method, Request, Response, encode};
use crate::operation::{Answer, Operation, Raw, Task};
use crate::text::decimal;
use crate::value::{Members, Value};

const NAME: &str = "truedy";
const BASE_URL: &str = "https://api.truedy.ai/api/public/v1";

/// What it can do and what it takes.
pub const CAPABILITIES: Capabilities = Capabilities {
    name: NAME,
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
    // `ContactCreateRequest` of the page "Create Contact".
    contact: Rules {
        platform: NAME,
        unsupported: "name salutation tags extension",
        required: "",
        max_name_chars: 100,
        wire: &[
            ("phone_number", "phoneNumber"),
            ("first_name", "firstName"),
            ("last_name", "lastName"),
            ("email", "email"),
            ("custom_fields", "customFields"),
        ],
    },
    // The request body of "Create Call" on the page "Calls".
    call: Rules {
        platform: NAME,
        unsupported: "contactId",
        required: "agentId",
        max_name_chars: u32::MAX,
        wire: &[
            ("agent_id", "agentId"),
            ("phone_number", "phoneNumber"),
            ("from_number", "fromNumber"),
            ("variables", "variables"),
            ("call_settings", "settings"),
        ],
    },
    inner_fields: &SETTINGS,
    honours_keys: true,
    calls_contacts_only: false,
    holds_secret: true,
    config_fields: "apiKey",
};

const SETTINGS: [Wire; 6] = [
    ("recording_enabled", "recordingEnabled"),
    ("transcription_enabled", "transcriptionEnabled"),
    ("greeting", "greeting"),
    ("max_duration", "maxDurationSeconds"),
    ("join_timeout", "joinTimeoutSeconds"),
    ("ids", "ids"),
];

/// The request body of "Update Call".
const CHANGES: [Wire; 2] = [("context", "context"), ("call_settings", "settings")];

/// The query of "List Calls".
const QUERY: [Wire; 5] = [
    ("status", "status"),
    ("direction", "direction"),
    ("agent_id", "agentId"),
    ("limit", "limit"),
    ("offset", "offset"),
];

const CONTACT: [Said; 9] = [
    ("id", As::Text, "id"),
    ("phoneNumber", As::Text, "phone_number phone"),
    ("firstName", As::Text, "first_name"),
    ("lastName", As::Text, "last_name"),
    ("name", As::Text, "name"),
    ("email", As::Text, "email"),
    ("customFields", As::Any, "custom_fields"),
    ("createdAt", As::Text, "created_at"),
    ("updatedAt", As::Text, "updated_at"),
];

const CALL: [Said; 15] = [
    ("id", As::Text, "id"),
    ("status", As::Status, "status"),
    ("agentId", As::Text, "agent_id"),
    ("phoneNumber", As::Text, "phone_number to to_number"),
    ("fromNumber", As::Text, "from_number from"),
    ("direction", As::Text, "direction"),
    ("createdAt", As::Text, "created_at"),
    ("startedAt", As::Text, "started_at"),
    ("endedAt", As::Text, "ended_at"),
    ("durationSeconds", As::Number, "duration_seconds"),
    ("costUsd", As::Number, "cost_usd"),
    ("summary", As::Text, "summary"),
    ("recordingUrl", As::Text, "recording_url"),
    ("lastError", As::Text, "context.last_error metadata.last_error"),
    ("context", As::Any, "context metadata"),
];

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
}

impl Provider for Truedy {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn to_request(&self, operation: &Operation, attempt: &Attempt) -> Request {
        let input = &operation.input;
        let id = encode(operation.text("id"));
        let id = id.as_str();
        let (method, path, body) = match operation.task {
            Task::CreateContact => (Method::Post, ["/contacts", "", ""], Some(body(input, CAPABILITIES.contact.wire))),
            Task::CreateCall => (Method::Post, ["/calls", "", ""], Some(call_body(input, CAPABILITIES.call.wire))),
            Task::UpdateCall => (Method::Patch, ["/calls/", id, ""], Some(call_body(input, &CHANGES))),
            Task::DeleteCalls => (Method::Post, ["/calls/bulk-delete", "", ""], Some(body(input, &[("ids", "ids")]))),
            Task::DeleteCall => (Method::Delete, ["/calls/", id, ""], None),
            Task::GetRecording => (Method::Get, ["/calls/", id, "/recording"], None),
            Task::GetTranscript => (Method::Get, ["/calls/", id, "/transcript"], None),
            Task::GetCall => (Method::Get, ["/calls/", id, ""], None),
            // The last of its capabilities.
            Task::ListCalls | Task::CreateContacts => (Method::Get, ["/calls", "", ""], None),
        };
        let mut url = [self.base_url.as_str(), &path.concat()].concat();
        if operation.task == Task::ListCalls {
            url.push_str(&query_string(input));
        }
        let mut headers = vec![("Authorization".into(), ["Bearer ", &self.api_key].concat())];
        if operation.task == Task::CreateCall {
            headers.extend(attempt.key.clone().map(|key| ("X-Idempotency-Key".into(), key)));
        }
        match body {
            Some(mut body) => json_request(method, url, headers, body.object()),
            None => Request { method, url, headers, body: None },
        }
    }

    fn read_response(&self, operation: &Operation, response: &Response) -> Result<Answer, BadAnswer> {
        let null = Value::Null;
        let document = response.json.as_ref().unwrap_or(&null);
        let request_id = document.first_text("meta.request_id").or(response.request_id.as_deref());
        if operation.task == Task::DeleteCall {
            return Ok(Answer::deleted(vec![Value::from(operation.text("id"))], Vec::new(), request_id));
        }
        if response.json.is_none() {
            return Err(BadAnswer::Shape("is not JSON"));
        }
        let data = document.get("data").ok_or(BadAnswer::Shape("has no data"))?;
        let answer = match operation.task {
            Task::ListCalls => read_page(&operation.input, data, document, request_id),
            Task::DeleteCalls => {
                return Ok(Answer::deleted(ids(data, "deleted_ids"), ids(data, "failed_ids"), request_id));
            }
            Task::GetRecording => {
                let recording = said(data, &[("recordingUrl", As::Text, "recording_url")]);
                (data.text("recording_url").is_some()).then(|| whole(recording, None, request_id))
            }
            Task::GetTranscript => {
                let said = said(data, &[("transcript", As::Any, "transcript"), ("summary", As::Text, "summary")]);
                data.get("transcript").is_some().then(|| whole(said, None, request_id))
            }
            task => has_id(data, "id").then(|| whole(one(data, task), Some(NAME), request_id)),
        };
        answer.ok_or(BadAnswer::Shape("lacks what the vendor's page promises"))
    }

    fn explain(&self, operation: &Operation, error: &mut Error) {
        let why = match operation.task {
            _ if error.code != Code::NotFound => return,
            Task::GetRecording => " (no such call, or it was not recorded)",
            Task::GetTranscript => " (no such call, or its transcript is not ready yet, or it was not transcribed)",
            _ => return,
        };
        error.message.push_str(why);
    }
}

fn call_body(input: &Value, wire: &[Wire]) -> Members {
    let mut members = Members::default();
    for (theirs, own) in wire {
        let value = input.get(own);
        members.put(theirs, if *own == "settings" { value.map(settings_body) } else { value.cloned() });
    }
    members.all(input.get("extra"));
    members
}

/// The numbers among the settings are seconds, and travel as `600s`.
fn settings_body(settings: &Value) -> Value {
    let mut body = body(settings, &SETTINGS).object();
    if let Value::Map(members) = &mut body {
        for (_, value) in members {
            if let Value::Number(seconds) = value {
                *value = Value::Text([&decimal(*seconds as u64), "s"].concat());
            }
        }
    }
    body
}

/// The query of "List Calls", with its question mark; empty if nothing is asked.
fn query_string(query: &Value) -> String {
    let mut text = String::new();
    for (theirs, own) in QUERY {
        let value = match query.get(own) {
            Some(Value::Number(number)) => decimal(*number as u64),
            Some(Value::Text(word)) => encode(word),
            _ => continue,
        };
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(&[theirs, "=", &value].concat());
    }
    text
}

fn whole(mut members: Members, provider: Option<&str>, request_id: Option<&str>) -> Answer {
    Answer::whole(members.text("provider", provider).text("requestId", request_id).object())
}

fn one(data: &Value, task: Task) -> Members {
    said(data, if task == Task::CreateContact { &CONTACT } else { &CALL })
}

fn read_page(query: &Value, data: &Value, document: &Value, request_id: Option<&str>) -> Option<Answer> {
    let Value::List(calls) = data else { return None };
    let mut items = Vec::new();
    for call in calls {
        // A call that cannot be read must not be lost in silence.
        if !has_id(call, "id") {
            return None;
        }
        items.push(one(call, Task::GetCall).text("provider", Some(NAME)).object());
    }
    let number = |value: Option<&Value>| match value {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    };
    let offset = number(document.at("pagination.offset")).or(query.number("offset")).unwrap_or_default();
    let total = number(document.at("pagination.total"));
    let has_more = match document.at("pagination.has_more") {
        Some(Value::Bool(flag)) => *flag,
        _ => total.is_some_and(|total| offset + (items.len() as f64) < total),
    };
    let mut page = Members::default();
    page.put("items", Some(Value::List(items))).number("total", total).number("offset", Some(offset));
    page.put("hasMore", Some(Value::Bool(has_more))).text("requestId", request_id);
    Some(Answer { value: page.object(), raw: Raw::Page })
}

fn ids(data: &Value, name: &str) -> Vec<Value> {
    data.list(name).unwrap_or_default().iter().filter(|id| id.as_text().is_some()).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers::testing::{self, response};

    const CONTACT: &str = r#"{"phoneNumber":"+14155552671","firstName":"Ada"}"#;
    const CALL: &str = r#"{"agentId":"a","phoneNumber":"+14155552671","variables":{"n":"x"},
        "settings":{"greeting":"Hi","maxDurationSeconds":600},"extra":{"more":true}}"#;
    const ID: &str = r#"{"id":"c/1"}"#;

    fn platform() -> Truedy {
        Truedy { base_url: "https://a.example/v1".to_owned(), api_key: "truedy_k".to_owned() }
    }

    fn operation(task: Task, input: &str) -> Operation {
        testing::operation(task, input, &CAPABILITIES)
    }

    fn answer(task: Task, input: &str, body: &str) -> Option<serde_json::Value> {
        let answer = platform().read_response(&operation(task, input), &response(200, body)).ok()?;
        Some(serde_json::to_value(answer.value).unwrap())
    }

    #[test]
    fn each_operation_is_the_request_of_its_page() {
        let call = r#"{"agent_id":"a","phone_number":"+14155552671","variables":{"n":"x"},
            "call_settings":{"greeting":"Hi","max_duration":"600s"},"more":true}"#;
        let changes = r#"{"id":"c/1","context":{"a":"x"},"settings":{"recordingEnabled":false}}"#;
        let changed = r#"{"context":{"a":"x"},"call_settings":{"recording_enabled":false}}"#;
        for (task, input, method, path, body) in [
            (
                Task::CreateContact,
                CONTACT,
                "POST",
                "/contacts",
                r#"{"phone_number":"+14155552671","first_name":"Ada"}"#,
            ),
            (Task::CreateCall, CALL, "POST", "/calls", call),
            (Task::UpdateCall, changes, "PATCH", "/calls/c%2F1", changed),
            (Task::DeleteCalls, r#"{"ids":["c"]}"#, "POST", "/calls/bulk-delete", r#"{"ids":["c"]}"#),
            (Task::DeleteCall, ID, "DELETE", "/calls/c%2F1", "null"),
            (Task::GetRecording, ID, "GET", "/calls/c%2F1/recording", "null"),
            (Task::GetTranscript, ID, "GET", "/calls/c%2F1/transcript", "null"),
            (Task::GetCall, ID, "GET", "/calls/c%2F1", "null"),
            (Task::ListCalls, "{}", "GET", "/calls", "null"),
            (
                Task::ListCalls,
                r#"{"status":"no_answer","agentId":"a&b","limit":20,"offset":40}"#,
                "GET",
                "/calls?status=no_answer&agent_id=a%26b&limit=20&offset=40",
                "null",
            ),
        ] {
            let attempt = Attempt { key: Some("k".to_owned()), ..Attempt::default() };
            let request = platform().to_request(&operation(task, input), &attempt);
            let asked = [request.method.name(), " ", &request.url].concat();
            assert_eq!(asked, [method, " https://a.example/v1", path].concat());
            let named =
                |wanted: &str| request.headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
            assert_eq!(named("Authorization"), Some("Bearer truedy_k"));
            assert_eq!(named("X-Idempotency-Key"), (task == Task::CreateCall).then_some("k"), "{asked}");
            let sent = serde_json::to_value(&request.body).unwrap();
            assert_eq!(sent, serde_json::from_str::<serde_json::Value>(body).unwrap(), "{asked}");
        }
    }

    #[test]
    fn a_page_tells_whether_another_follows() {
        let page = |query: &str, pagination: &str| {
            let body = [r#"{"data":[{"id":"c","to":"+14155552671"}],"pagination":"#, pagination, "}"].concat();
            let page = answer(Task::ListCalls, query, &body).unwrap();
            assert_eq!(page["items"][0]["id"], "c");
            let told = [&page["total"], &page["offset"], &page["hasMore"]];
            told.map(ToString::to_string).join(" ")
        };
        for (query, pagination, expected) in [
            ("{}", r#"{"total":3,"offset":1}"#, "3.0 1.0 true"),
            ("{}", r#"{"total":2,"offset":1}"#, "2.0 1.0 false"),
            ("{}", r#"{"total":1,"offset":1}"#, "1.0 1.0 false"),
            (r#"{"offset":5}"#, r#"{"total":7}"#, "7.0 5.0 true"),
            (r#"{"offset":5}"#, r#"{"total":7,"has_more":false}"#, "7.0 5.0 false"),
            ("{}", r#"{"has_more":true}"#, "null 0.0 true"),
            ("{}", r#"{"total":"3"}"#, "null 0.0 false"),
            ("{}", "null", "null 0.0 false"),
        ] {
            assert_eq!(page(query, pagination), expected, "{query} {pagination}");
        }
        for body in [r#"{"data":{}}"#, r#"{"data":[{"to":"+14155552671"}]}"#, "{}"] {
            assert_eq!(answer(Task::ListCalls, "{}", body), None, "{body}");
        }
    }

    #[test]
    fn what_is_missing_behind_a_call_has_a_reason_more() {
        for (task, code, more) in [
            (Task::GetRecording, Code::NotFound, "not recorded"),
            (Task::GetTranscript, Code::NotFound, "not ready yet"),
            (Task::GetCall, Code::NotFound, ""),
            (Task::GetRecording, Code::Unauthorized, ""),
        ] {
            let mut error = Error::new(code, "No");
            platform().explain(&operation(task, ID), &mut error);
            assert!(error.message.contains(more) && (error.message == "No") == more.is_empty(), "{}", error.message);
        }
    }
}
