//! A platform that this package does not know, as its caller describes it: where each operation is, what its body looks like,
//! and where its answer says what. `GenericConfig` among the package's types documents the description.

use super::wire::json_request;
use super::{Attempt, BadAnswer, Capabilities, Provider, Rules};
use crate::call::status;
use crate::config;
use crate::fields::Fields;
use crate::http::{Method, Request, Response, encode, is_header_value};
use crate::operation::{Answer, Operation, Task};
use crate::text::{decimal, split, words};
use crate::value::{MAX_SAFE_INTEGER, Members, Name, Value};

/// The name by which callers choose it.
pub const NAME: &str = "generic";

const ANYTHING: Rules = Rules { platform: NAME, unsupported: "", required: "", max_name_chars: u32::MAX, wire: &[] };

/// What it can do and what it takes; a caller's description narrows both.
pub const CAPABILITIES: Capabilities = Capabilities {
    name: NAME,
    tasks: &[Task::CreateContact, Task::CreateCall, Task::GetCall],
    contact: ANYTHING,
    call: ANYTHING,
    inner_fields: &[],
    honours_keys: false,
    calls_contacts_only: false,
    holds_secret: true,
    config_fields: "headers createContact createCall getCall",
};

/// The fields of an input that a description may name.
fn sent(task: Task) -> &'static str {
    match task {
        Task::CreateContact => "phoneNumber firstName lastName name email salutation tags customFields extension",
        Task::CreateCall => "agentId phoneNumber contactId fromNumber variables settings",
        _ => "id",
    }
}

/// What an answer may say, but for a call's status.
const SAID: &str = "id agentId contactId phoneNumber fromNumber direction firstName lastName name email customFields \
                    createdAt updatedAt startedAt endedAt durationSeconds costUsd summary recordingUrl lastError context";

/// A platform as one caller describes it.
pub struct Generic {
    base_url: String,
    /// `headers`, and a description for each operation
    description: Value,
}

impl Generic {
    /// Reads the caller's configuration; problems are added to the reader's issues.
    pub fn read(fields: &mut Fields<'_>) -> Generic {
        fields.require("baseUrl");
        let base_url = config::base_url(fields, "");
        let mut description = Members::default();
        if let Some(headers) = fields.object("headers") {
            let mut inner = fields.nested(headers, "headers");
            for (name, _) in members(Some(headers)) {
                if let Some(value) = inner.text(name) {
                    check_header(&mut inner, name, name, &value);
                }
            }
            description.put("headers", Some(headers.clone()));
        }
        for task in CAPABILITIES.tasks {
            if let Some(way) = fields.object(task.name()) {
                check_way(&mut fields.nested(way, task.name()), *task);
                description.put(task.name(), Some(way.clone()));
            }
        }
        Generic { base_url, description: description.object() }
    }

    /// How the caller describes an operation.
    fn way(&self, task: Task) -> Option<&Value> {
        self.description.get(task.name())
    }
}

/// Checks a header whose name or value stands in the field `at`.
fn check_header(fields: &mut Fields<'_>, at: &str, name: &str, value: &str) {
    // RFC 9110, section 5.6.2, without the rarer signs; that of the body's type is set already.
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if !is_name || name.is_empty() || name.eq_ignore_ascii_case("content-type") || !is_header_value(value) {
        fields.issue(at, "invalid_format", "is no header that can be set so");
    }
}

fn check_way(fields: &mut Fields<'_>, task: Task) {
    let path = fields.required_text("path");
    let mut unknown = None;
    let mut check = |own: &str| {
        if words(sent(task)).all(|name| name != own) {
            unknown = Some(own.to_owned());
        }
    };
    in_path(&path).for_each(&mut check);
    fields.object("body").into_iter().for_each(|body| each_place(body, &mut check));
    if let Some(own) = unknown {
        let message = ["{", &own, "} is no field of it; it has ", sent(task)].concat();
        fields.issue("", "invalid_format", &message);
    }
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'#' | b'\\' | b'{' | b'}');
    let is_step = |step: &str| place(step).unwrap_or(step).bytes().all(plain);
    if !path.is_empty() && (!path.starts_with('/') || !split(&path, b'/').all(is_step)) {
        fields.issue("path", "invalid_format", "must be like /agents/{agentId}/calls");
    } else if task == Task::GetCall && in_path(&path).next().is_none() {
        fields.issue("path", "invalid_format", "must hold {id}");
    }
    if task == Task::CreateContact && fields.object("answer").and_then(|answer| answer.get("id")).is_none() {
        fields.issue("answer.id", "required", "is missing: where the answer says the contact's id");
    }
    if let Some(answer) = fields.object("answer") {
        let at = fields.path("answer");
        let mut inner = fields.nested(answer, &at);
        inner.only(&["status", SAID]);
        members(Some(answer)).iter().for_each(|(own, _)| drop(inner.required_text(own)));
    }
    if let Some(name) = fields.text("keyHeader") {
        check_header(fields, "keyHeader", &name, "k");
    }
    fields.only(&["path body answer", if task.dials() { "keyHeader" } else { "" }]);
}

/// The field of an input that a text of a description stands for: `{agentId}`.
fn place(text: &str) -> Option<&str> {
    text.strip_prefix('{')?.strip_suffix('}')
}

/// The fields of an input that stand in a path, each as a step of it.
fn in_path(path: &str) -> impl Iterator<Item = &str> {
    split(path, b'/').filter_map(place)
}

/// Visits each field of an input that stands in a body.
fn each_place(template: &Value, visit: &mut dyn FnMut(&str)) {
    match template {
        Value::Text(text) => place(text).into_iter().for_each(visit),
        Value::List(items) => items.iter().for_each(|item| each_place(item, visit)),
        _ => members(Some(template)).iter().for_each(|(_, member)| each_place(member, visit)),
    }
}

/// A body as described, with what the caller gave in its places; what was not given is left out.
fn filled(template: &Value, input: &Value) -> Option<Value> {
    Some(match template {
        Value::Text(text) => return place(text).map_or(Some(template), |own| input.get(own)).cloned(),
        Value::List(items) => Value::List(items.iter().filter_map(|item| filled(item, input)).collect()),
        Value::Map(own) => {
            let filled = |(name, member): &(Name, Value)| Some((name.clone(), filled(member, input)?));
            Value::Map(own.iter().filter_map(filled).collect())
        }
        _ => template.clone(),
    })
}

fn members(object: Option<&Value>) -> &[(Name, Value)] {
    match object {
        Some(Value::Map(members)) => members,
        _ => &[],
    }
}

impl Provider for Generic {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn has(&self, task: Task) -> bool {
        self.way(task).is_some()
    }

    fn honours_keys(&self) -> bool {
        self.description.at("createCall.keyHeader").is_some()
    }

    fn check(&self, operation: &Operation, fields: &mut Fields<'_>) {
        let Some(way) = self.way(operation.task) else { return };
        let mut named = Vec::new();
        way.get("body").into_iter().for_each(|body| each_place(body, &mut |own| named.push(own.to_owned())));
        for own in in_path(way.text("path").unwrap_or_default()) {
            if matches!(operation.text(own), "" | "." | "..") {
                fields.issue(own, "required", "is missing, or cannot stand in a path");
            }
            named.push(own.to_owned());
        }
        for (own, value) in members(Some(&operation.input)) {
            if own == "extra" {
                for (name, _) in members(Some(value)) {
                    if members(way.get("body")).iter().any(|(theirs, _)| theirs == name) {
                        fields.issue(
                            &["extra.", name].concat(),
                            "reserved_field",
                            "is set by the client's description",
                        );
                    }
                }
            } else if named.iter().all(|name| name != own) {
                fields.issue(own, "unsupported_field", "has no place in the client's description");
            }
        }
    }

    fn to_request(&self, operation: &Operation, attempt: &Attempt) -> Request {
        let way = self.way(operation.task).unwrap_or(&Value::Null);
        let mut url = self.base_url.clone();
        for step in split(way.text("path").unwrap_or_default(), b'/').skip(1) {
            url.push('/');
            match place(step) {
                Some(own) => url.push_str(&encode(operation.text(own))),
                None => url.push_str(step),
            }
        }
        let mut headers = Vec::new();
        let mut set = |name: Name, value: Option<&str>| headers.extend(value.map(|value| (name, value.to_owned())));
        for (name, value) in members(self.description.get("headers")) {
            set(name.clone(), value.as_text());
        }
        if operation.task == Task::GetCall {
            return Request { method: Method::Get, url, headers, body: None };
        }
        if let Some(name) = way.text("keyHeader") {
            set(name.to_owned().into(), attempt.key.as_deref());
        }
        let mut body = Members::default();
        let described = way.get("body").and_then(|body| filled(body, &operation.input));
        body.all(described.as_ref()).all(operation.input.get("extra"));
        json_request(Method::Post, url, headers, body.object())
    }

    fn read_response(&self, operation: &Operation, response: &Response) -> Result<Answer, BadAnswer> {
        let document = response.json.as_ref().ok_or(BadAnswer::Shape("is not JSON"))?;
        let places = self.way(operation.task).and_then(|way| way.get("answer")).unwrap_or(&Value::Null);
        let said = |own: &str| document.first(places.text(own)?);
        let mut answer = Members::default();
        for own in words(SAID) {
            answer.put(own, said(own).and_then(|value| read(own, value)));
        }
        if operation.task != Task::CreateContact {
            let silent = if operation.task.dials() { "queued" } else { "unknown" };
            if operation.task.dials() {
                answer.missing("direction", &Value::object([("direction", "outbound".into())]));
            }
            answer.text("status", Some(said("status").and_then(Value::as_text).map_or(silent, status)));
        }
        // What was sent stands in for what an answer leaves out.
        answer.missing(SAID, &operation.input);
        answer.text("provider", Some(NAME)).text("requestId", response.request_id.as_deref());
        let answer = answer.object();
        // A call may be known by nothing.
        if (operation.task == Task::CreateContact || places.get("id").is_some())
            && answer.text("id").is_none_or(str::is_empty)
        {
            return Err(BadAnswer::Shape("has no id where the client's description says"));
        }
        Ok(Answer::whole(answer))
    }
}

/// A field of an answer; `None` for what it cannot be.
fn read(own: &str, value: &Value) -> Option<Value> {
    let is_whole = |number: f64| number.fract() == 0.0 && (0.0..=MAX_SAFE_INTEGER).contains(&number);
    match (own, value) {
        ("customFields" | "context", _) | ("durationSeconds" | "costUsd", Value::Number(_)) => Some(value.clone()),
        ("durationSeconds" | "costUsd", _) => None,
        // An id may be a number.
        (_, Value::Number(number)) if is_whole(*number) => Some(Value::Text(decimal(*number as u64))),
        (_, Value::Text(_)) => Some(value.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::providers::testing::{self, json, response};

    const DESCRIBED: &str = r#"{
        "provider": "generic",
        "baseUrl": "https://api.acme.example/v1/",
        "headers": { "X-Api-Key": "acme_secret_1" },
        "createContact": { "path": "/people", "body": { "phone": "{phoneNumber}" }, "answer": { "id": "data.id" } },
        "createCall": {
            "path": "/agents/{agentId}/calls",
            "body": { "customer": { "number": "{phoneNumber}" }, "facts": "{variables}", "kind": "outbound" },
            "answer": { "id": "call.id call_id", "status": "call.state", "costUsd": "call.cost", "context": "call.notes" },
            "keyHeader": "Idempotency-Key"
        },
        "getCall": { "path": "/calls/{id}", "answer": { "status": "state", "durationSeconds": "seconds" } }
    }"#;

    /// The platform as [`DESCRIBED`], but for what stands at one path.
    fn described(path: &str, member: &str) -> Value {
        let mut config = json(DESCRIBED);
        let mut at = &mut config;
        for step in path.split('.') {
            let Value::Map(members) = at else { panic!("{path}") };
            if !members.iter().any(|(name, _)| name == step) {
                members.push((step.to_owned().into(), Value::Null));
            }
            at = &mut members.iter_mut().find(|(name, _)| name == step).unwrap().1;
        }
        *at = json(member);
        config
    }

    fn problems(config: Value) -> Vec<String> {
        match Config::read(&config.into(), false) {
            Ok(_) => Vec::new(),
            Err(error) => error.issues.iter().map(|issue| [&issue.path, ": ", issue.code].concat()).collect(),
        }
    }

    fn platform() -> Generic {
        let (config, mut issues) = (json(DESCRIBED), Vec::new());
        let platform = Generic::read(&mut Fields::new(&config, "", &mut issues));
        assert_eq!(issues, []);
        platform
    }

    fn operation(task: Task, input: &str) -> Operation {
        testing::operation(task, input, &CAPABILITIES)
    }

    fn answer(task: Task, input: &str, body: &str) -> Result<Value, BadAnswer> {
        platform().read_response(&operation(task, input), &response(200, body)).map(|answer| answer.value)
    }

    const CALL: &str = r#"{"agentId":"a/b","phoneNumber":"+14155552671","extra":{"note":"n"}}"#;
    const CALL_ID: &str = r#"{"id":"c"}"#;

    #[test]
    fn a_request_is_the_one_that_is_described() {
        let attempt = Attempt { key: Some("k".to_owned()), ..Attempt::default() };
        let request = platform().to_request(&operation(Task::CreateCall, CALL), &attempt);
        assert_eq!(
            (request.method, request.url.as_str()),
            (Method::Post, "https://api.acme.example/v1/agents/a%2Fb/calls")
        );
        let header = |name: &'static str, value: &str| (Name::from(name), value.to_owned());
        let headers = [
            header("X-Api-Key", "acme_secret_1"),
            header("Idempotency-Key", "k"),
            header("Content-Type", "application/json"),
        ];
        assert_eq!(request.headers, headers);
        let body = r#"{"customer":{"number":"+14155552671"},"kind":"outbound","note":"n"}"#;
        assert_eq!(request.body, Some(json(body)), "variables were not given");
        assert_eq!(request.secrets(), ["acme_secret_1"]);
        let request = platform().to_request(&operation(Task::GetCall, r#"{"id":"../c?x"}"#), &attempt);
        assert_eq!(request.url, "https://api.acme.example/v1/calls/..%2Fc%3Fx");
        assert_eq!((request.method, request.headers.len(), request.body), (Method::Get, 1, None));
    }

    #[test]
    fn lists_of_a_body_hold_what_was_given() {
        let template = json(r#"{"to":["{phoneNumber}","{fromNumber}",{"who":"{firstName}"},7],"tags":["a"]}"#);
        let input = json(r#"{"phoneNumber":"+14155552671","firstName":"Ada"}"#);
        assert_eq!(filled(&template, &input), Some(json(r#"{"to":["+14155552671",{"who":"Ada"},7],"tags":["a"]}"#)));
    }

    #[test]
    fn a_contact_has_an_id_wherever_it_stands_and_a_call_only_where_the_description_names_one() {
        let response = response(200, "{}");
        for (task, input) in [(Task::CreateContact, r#"{"phoneNumber":"+14155552671"}"#), (Task::CreateCall, CALL)] {
            let config = described([task.name(), ".answer"].concat().as_str(), r#"{"status":"state"}"#);
            let platform = Generic::read(&mut Fields::new(&config, "", &mut Vec::new()));
            let answer = platform.read_response(&operation(task, input), &response);
            assert_eq!(answer.is_ok(), task == Task::CreateCall, "{}", task.name());
        }
    }

    #[test]
    fn an_answer_is_read_where_the_description_says() {
        let call = r#"{"call":{"id":7,"state":"In-Progress","cost":0.5,"notes":[1]}}"#;
        let expected = r#"{"id":"7","costUsd":0.5,"context":[1],"agentId":"a/b","phoneNumber":"+14155552671",
            "direction":"outbound","status":"in_progress","provider":"generic"}"#;
        let same = |value: Value, expected: &str| {
            let mut members = [members(Some(&value)).to_vec(), members(Some(&json(expected))).to_vec()];
            members.iter_mut().for_each(|members| members.sort_by(|(a, _), (b, _)| a.cmp(b)));
            assert_eq!(members[0], members[1]);
        };
        same(answer(Task::CreateCall, CALL, call).unwrap(), expected);
        same(
            answer(Task::GetCall, CALL_ID, r#"{"state":"ended","seconds":"long"}"#).unwrap(),
            r#"{"id":"c","status":"completed","provider":"generic"}"#,
        );
        same(
            answer(Task::GetCall, CALL_ID, r#"{"seconds":9}"#).unwrap(),
            r#"{"id":"c","status":"unknown","durationSeconds":9,"provider":"generic"}"#,
        );
    }

    #[test]
    fn an_answer_without_its_id_is_none() {
        let contact = r#"{"phoneNumber":"+14155552671"}"#;
        for (task, input, body) in [
            (Task::CreateCall, CALL, "{}"),
            (Task::CreateCall, CALL, r#"{"call":{"id":""}}"#),
            (Task::CreateCall, CALL, r#"{"call":{"id":1.5}}"#),
            (Task::CreateCall, CALL, "<html>"),
            (Task::CreateContact, contact, r#"{"data":[]}"#),
        ] {
            assert!(matches!(answer(task, input, body), Err(BadAnswer::Shape(_))), "{body}");
        }
        assert_eq!(answer(Task::CreateCall, CALL, r#"{"call_id":"c"}"#).unwrap().text("id"), Some("c"));
    }

    #[test]
    fn what_the_description_has_no_place_for_is_refused_and_never_left_out() {
        for (task, input, expected) in [
            (Task::CreateCall, CALL, &[][..]),
            (
                Task::CreateCall,
                r#"{"agentId":"a","phoneNumber":"+14155552671","fromNumber":"+14155550100"}"#,
                &["fromNumber: unsupported_field"],
            ),
            (Task::CreateCall, r#"{"agentId":"a","contactId":"c"}"#, &["contactId: unsupported_field"]),
            (Task::CreateCall, r#"{"phoneNumber":"+14155552671"}"#, &["agentId: required"]),
            (Task::CreateCall, r#"{"agentId":"..","phoneNumber":"+14155552671"}"#, &["agentId: required"]),
            (
                Task::CreateCall,
                r#"{"agentId":"a","phoneNumber":"+14155552671","extra":{"customer":{}}}"#,
                &["extra.customer: reserved_field"],
            ),
            (Task::CreateContact, r#"{"phoneNumber":"+14155552671","tags":["x"]}"#, &["tags: unsupported_field"]),
        ] {
            let mut issues = Vec::new();
            platform().check(&operation(task, input), &mut Fields::new(&Value::Map(Vec::new()), "", &mut issues));
            let issues: Vec<_> = issues.iter().map(|issue| [&issue.path, ": ", issue.code].concat()).collect();
            assert_eq!(issues, expected, "{input}");
        }
    }

    #[test]
    fn a_description_that_cannot_be_followed_is_refused_by_name() {
        for (path, member, expected) in [
            ("baseUrl", r#""https://api.acme.example""#, &[][..]),
            ("baseUrl", "null", &["baseUrl: required"]),
            ("headers.X-Api-Key", r#""k\n""#, &["headers.X-Api-Key: invalid_format"]),
            ("headers.X-Api-Key", "1", &["headers.X-Api-Key: invalid_type"]),
            ("headers.a b", r#""k""#, &["headers.a b: invalid_format"]),
            ("headers.Content-Type", r#""text/xml""#, &["headers.Content-Type: invalid_format"]),
            ("headers.Empty", r#""""#, &["headers.Empty: invalid_format"]),
            ("headers", "[]", &["headers: invalid_type"]),
            ("createCall", "1", &["createCall: invalid_type"]),
            ("createCall.path", "null", &["createCall.path: required"]),
            ("createCall.path", r#""calls""#, &["createCall.path: invalid_format"]),
            ("createCall.path", r#""/x#{agentId}""#, &["createCall.path: invalid_format"]),
            ("createCall.path", r#""/calls/{agentId""#, &["createCall.path: invalid_format"]),
            ("createCall.path", r#""/calls/{firstName}""#, &["createCall: invalid_format"]),
            ("createCall.body", r#"{"a":[{"b":"{firstName}"}]}"#, &["createCall: invalid_format"]),
            ("createCall.body", "[]", &["createCall.body: invalid_type"]),
            ("createContact.answer", "null", &["createContact.answer.id: required"]),
            ("createContact.answer", r#"{"status":"s"}"#, &["createContact.answer.id: required"]),
            ("createCall.answer.state", r#""x""#, &["createCall.answer.state: unknown_field"]),
            ("createCall.answer.id", "7", &["createCall.answer.id: invalid_type"]),
            ("createCall.keyHeader", r#""a:b""#, &["createCall.keyHeader: invalid_format"]),
            ("createCall.method", r#""PUT""#, &["createCall.method: unknown_field"]),
            ("getCall.path", r#""/calls""#, &["getCall.path: invalid_format"]),
            ("getCall.keyHeader", r#""K""#, &["getCall.keyHeader: unknown_field"]),
            ("apiKey", r#""k""#, &["apiKey: unknown_field"]),
        ] {
            assert_eq!(problems(described(path, member)), expected, "{path}: {member}");
        }
    }

    #[test]
    fn it_does_what_is_described_and_repeats_a_call_only_under_a_key_that_is() {
        let platform = platform();
        let has = CAPABILITIES.tasks.iter().all(|task| platform.has(*task));
        assert!(has && platform.honours_keys() && !platform.has(Task::DeleteCall));
        let mut issues = Vec::new();
        let config = described("createCall", r#"{"path":"/calls"}"#);
        let keyless = Generic::read(&mut Fields::new(&config, "", &mut issues));
        assert!(!keyless.honours_keys());
    }
}
