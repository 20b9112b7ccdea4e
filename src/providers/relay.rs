//! The caller's own relay: a function on a server that holds the secret, made by `createRelay` of the package's `relay.js`,
//! whose head documents the wire format.
//!
//! Which platform stands behind it is not known here, so everything of the vocabulary that is well-formed is sent, and the
//! relay judges the rest. It has done its own repeating, and its errors say themselves what became of the operation.

use super::wire::json_request;
use super::{ALL, Attempt, BadAnswer, Capabilities, Provider, Rules};
use crate::error::{Code, Error, Issue};
use crate::fields::Fields;
use crate::http::{Method, Request, Response};
use crate::operation::{Answer, Operation, Raw, Task};
use crate::outcome::Failed;
use crate::phone::Reason;
use crate::retry::Failure;
use crate::text::{cut, has, words};
use crate::value::{Members, Value};

/// The name by which callers choose it.
pub const NAME: &str = "relay";

const VERSION: f64 = 1.0;

const ANYTHING: Rules = Rules { platform: NAME, unsupported: "", required: "", max_name_chars: u32::MAX, wire: &[] };

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
    contact: ANYTHING,
    call: ANYTHING,
    inner_fields: &[],
    // Its platform may, but a lost answer does not say so.
    honours_keys: false,
    calls_contacts_only: false,
    holds_secret: false,
    config_fields: "url",
};

/// The relay at one address.
pub struct Relay {
    url: String,
}

impl Relay {
    /// Reads the caller's configuration; problems are added to the reader's issues. Only a page (`in_page`) has an address
    /// that a relative one can follow.
    pub fn read(fields: &mut Fields<'_>, in_page: bool) -> Relay {
        if fields.value("baseUrl").is_some() {
            fields.issue("baseUrl", "unsupported_field", "is not for a relay, whose whole address is its url");
        }
        let url = fields.required_text("url");
        if !url.is_empty() && !is_absolute(&url) && !is_path(&url) {
            let message = "must be an http or https URL, or a path such as /api/outdial, without user or fragment";
            fields.issue("url", "invalid_format", message);
        } else if is_path(&url) && !in_page {
            fields.issue("url", "invalid_format", "is a path, which has a meaning only in a page; give the whole URL");
        }
        Relay { url }
    }
}

fn is_absolute(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    let authority = cut(rest, b'/').map_or(rest, |(authority, _)| authority);
    let host = cut(authority, b'?').map_or(authority, |(host, _)| host);
    !host.is_empty() && !has(host, b'@') && is_plain(rest)
}

/// Two slashes would name another host.
fn is_path(url: &str) -> bool {
    url.starts_with('/') && !url.starts_with("//") && is_plain(url)
}

fn is_plain(url: &str) -> bool {
    url.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'#' | b'\\'))
}

impl Provider for Relay {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn to_request(&self, operation: &Operation, attempt: &Attempt) -> Request {
        let mut options = Members::default();
        options.text("idempotencyKey", attempt.key.as_deref());
        options.number("timeoutMs", Some(f64::from(attempt.timeout_ms)));
        let mut body = Members::default();
        body.number("version", Some(VERSION)).text("operation", Some(operation.task.name()));
        body.put("input", Some(operation.input.clone())).put("options", Some(options.object()));
        json_request(Method::Post, self.url.clone(), Vec::new(), body.object())
    }

    fn read_response(&self, operation: &Operation, response: &Response) -> Result<Answer, BadAnswer> {
        let document = response.json.as_ref().ok_or(BadAnswer::Shape("is not JSON; check the relay's url"))?;
        if document.number("version") != Some(VERSION) || !document.get("ok").is_some_and(|ok| ok.is(true)) {
            return Err(BadAnswer::Shape("is not a relay's; check its url"));
        }
        let value = document.get("value").filter(|value| is_promised(operation.task, value));
        let value = value.ok_or(BadAnswer::Shape("lacks what a relay promises"))?;
        Ok(Answer { value: value.clone(), raw: Raw::Relayed })
    }

    fn verdict(&self, operation: &Operation, response: &Response) -> Option<Failed> {
        let document = response.json.as_ref()?;
        let told = document.get("error")?;
        if document.number("version") != Some(VERSION) || !document.get("ok").is_some_and(|ok| ok.is(false)) {
            return None;
        }
        let error = read_error(told, response)?;
        // Nobody can be in doubt about what a question, a change or a removal did.
        if error.code == Code::OutcomeUnknown && !operation.task.creates() {
            return None;
        }
        let failure = match (told.text("repeat"), error.code) {
            (Some("undone"), _) => Failure::Undone,
            (Some("under_key"), Code::OutcomeUnknown) => Failure::UnderKey,
            (_, Code::OutcomeUnknown) => Failure::Unknown,
            _ => Failure::Final,
        };
        Some(Failed { error, failure })
    }
}

/// Whether a value is what the operation gives; what else stands in it is the relay's business.
fn is_promised(task: Task, value: &Value) -> bool {
    match task {
        Task::CreateContact => value.text("id").is_some(),
        Task::CreateCall | Task::GetCall | Task::UpdateCall => value.text("status").is_some(),
        Task::ListCalls => value.list("items").is_some() && value.number("offset").is_some(),
        Task::DeleteCall | Task::DeleteCalls => value.list("deletedIds").is_some(),
        Task::GetRecording => value.text("recordingUrl").is_some(),
        Task::GetTranscript => value.get("transcript").is_some(),
        Task::CreateContacts => false,
    }
}

/// Reads a relay's error; `None` if its code is none of this package's.
fn read_error(told: &Value, response: &Response) -> Option<Error> {
    let message = told.text("message").filter(|message| !message.is_empty()).unwrap_or("The relay gives no reason");
    let mut error = Error::new(Code::named(told.text("code")?)?, message);
    let whole = |name: &str, most: f64| {
        told.number(name).filter(|number| number.fract() == 0.0 && (0.0..=most).contains(number))
    };
    let provider = told.text("provider").and_then(|name| ALL.iter().find(|platform| platform.name == name));
    error.provider = provider.map(|platform| platform.name);
    error.status = whole("status", 999.0).map(|status| status as u16);
    error.request_id = told.text("requestId").map(str::to_owned);
    error.retry_after_ms =
        whole("retryAfterMs", f64::from(u32::MAX)).map(|wait| wait as u32).or(response.retry_after_ms);
    error.issues.extend(told.list("issues").unwrap_or_default().iter().map(read_issue));
    error.details = told.get("details").cloned();
    Some(error)
}

fn read_issue(told: &Value) -> Issue {
    const CODES: &str = "required invalid_type invalid_format out_of_range too_long unknown_field unsupported_field \
                         reserved_field rejected";
    let word = told.text("code").unwrap_or_default();
    let of_phone = || (1..=10).filter_map(Reason::from_number).map(Reason::code).find(|code| *code == word);
    let code = words(CODES).find(|code| *code == word).or_else(of_phone).unwrap_or("rejected");
    Issue::new(told.text("path").unwrap_or_default(), code, told.text("message").unwrap_or("was refused"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers::testing::{self, json, response};

    const RELAY_URL: &str = "https://shop.example/api/outdial";

    fn operation(task: Task, input: &str) -> Operation {
        testing::operation(task, input, &CAPABILITIES)
    }

    fn sent(task: Task, input: &str) -> Value {
        let attempt = Attempt { key: Some("k".to_owned()), timeout_ms: 30_000, ..Attempt::default() };
        let request = Relay { url: RELAY_URL.to_owned() }.to_request(&operation(task, input), &attempt);
        assert_eq!((request.method, request.url.as_str()), (Method::Post, RELAY_URL));
        assert_eq!(request.headers, [("Content-Type".into(), "application/json".to_owned())]);
        request.body.unwrap()
    }

    fn verdict_of(task: Task, input: &str, error: &str) -> Option<Failed> {
        let body = [r#"{"version":1,"ok":false,"error":"#, error, "}"].concat();
        Relay { url: RELAY_URL.to_owned() }.verdict(&operation(task, input), &response(403, &body))
    }

    fn verdict(error: &str) -> Option<Failed> {
        verdict_of(Task::CreateCall, r#"{"agentId":"a","contactId":"c"}"#, error)
    }

    #[test]
    fn an_input_arrives_whole_in_the_same_words() {
        for (task, input) in [
            (
                Task::CreateContact,
                r#"{"phoneNumber":"+14155552671","firstName":"A","lastName":"B","name":"A B","email":"a@example.com","salutation":"Mr","tags":["x"],"customFields":{"plan":"pro"},"extension":"9","extra":{"folder_id":"f"}}"#,
            ),
            (
                Task::CreateCall,
                r#"{"agentId":"a","phoneNumber":"+14155552671","fromNumber":"+14155550100","variables":{"n":1},"settings":{"recordingEnabled":true,"transcriptionEnabled":false,"greeting":"Hi","maxDurationSeconds":600,"joinTimeoutSeconds":30},"extra":{"x":1}}"#,
            ),
            (Task::CreateCall, r#"{"agentId":"a","contactId":"c"}"#),
            (Task::ListCalls, r#"{"status":"failed","direction":"outbound","agentId":"a","limit":5,"offset":10}"#),
            (Task::GetCall, r#"{"id":"c"}"#),
            (Task::UpdateCall, r#"{"id":"c","context":{"a":1},"settings":{"recordingEnabled":true}}"#),
            (Task::DeleteCall, r#"{"id":"c"}"#),
            (Task::DeleteCalls, r#"{"ids":["c","d"]}"#),
            (Task::GetRecording, r#"{"id":"c"}"#),
            (Task::GetTranscript, r#"{"id":"c"}"#),
        ] {
            let body = sent(task, input);
            assert_eq!(body.get("input"), Some(&json(input)), "{input}");
            assert_eq!(body.text("operation"), Some(task.name()));
            assert_eq!(body.get("version"), Some(&Value::Number(1.0)));
            assert_eq!(body.get("options"), Some(&json(r#"{"idempotencyKey":"k","timeoutMs":30000}"#)));
        }
    }

    #[test]
    fn an_address_is_absolute_or_in_a_page_a_path() {
        for (url, in_page, elsewhere) in [
            ("https://shop.example/api/outdial", true, true),
            ("http://127.0.0.1:3000/api?x=1", true, true),
            ("/api/outdial", true, false),
            ("//evil.example/api", false, false),
            ("api/outdial", false, false),
            ("https://user@shop.example/", false, false),
            ("https://shop.example/#x", false, false),
            ("https:///x", false, false),
            ("/a\\b", false, false),
            ("/a b", false, false),
            ("ftp://shop.example/", false, false),
            ("", false, false),
        ] {
            let accepted = |in_page| {
                let (config, mut issues) = (Value::object([("url", Value::from(url))]), Vec::new());
                Relay::read(&mut Fields::new(&config, "", &mut issues), in_page);
                issues.is_empty()
            };
            assert_eq!([accepted(true), accepted(false)], [in_page, elsewhere], "{url}");
        }
    }

    #[test]
    fn only_what_the_relay_calls_repeatable_is_repeated() {
        for (error, failure) in [
            (r#"{"code":"rate_limited","repeat":"undone"}"#, Failure::Undone),
            (r#"{"code":"rate_limited"}"#, Failure::Final),
            (r#"{"code":"outcome_unknown","repeat":"under_key"}"#, Failure::UnderKey),
            (r#"{"code":"outcome_unknown"}"#, Failure::Unknown),
            (r#"{"code":"provider_error","repeat":"under_key"}"#, Failure::Final),
            (r#"{"code":"network"}"#, Failure::Final),
        ] {
            assert_eq!(verdict(error).unwrap().failure, failure, "{error}");
        }
    }

    #[test]
    fn an_error_comes_back_as_the_server_saw_it() {
        let failed = verdict(
            r#"{"code":"rejected","message":"m","provider":"truedy","status":422,"requestId":"r","retryAfterMs":5,
                "issues":[{"path":"phoneNumber","code":"too_short","message":"x"},{"path":"a","code":"odd","message":"y"}],
                "details":{"rule":"regions"},"attempts":3}"#,
        );
        let error = failed.unwrap().error;
        let issues = vec![Issue::new("phoneNumber", "too_short", "x"), Issue::new("a", "rejected", "y")];
        let mut expected = Error::new(Code::Rejected, "m").with_details(json(r#"{"rule":"regions"}"#));
        expected.provider = Some("truedy");
        expected.status = Some(422);
        expected.request_id = Some("r".to_owned());
        expected.retry_after_ms = Some(5);
        expected.issues = issues;
        assert_eq!(error, expected);
    }

    #[test]
    fn a_success_is_of_this_version_says_that_it_is_one_and_holds_what_was_asked_for() {
        let relay = Relay { url: RELAY_URL.to_owned() };
        let (call, list) = (operation(Task::GetCall, r#"{"id":"c"}"#), operation(Task::ListCalls, "{}"));
        for (asked, body, is_one) in [
            (&call, r#"{"version":1,"ok":true,"value":{"status":"queued"}}"#, true),
            (&call, r#"{"version":2,"ok":true,"value":{"status":"queued"}}"#, false),
            (&call, r#"{"version":1,"ok":false,"value":{"status":"queued"}}"#, false),
            (&call, r#"{"version":1,"value":{"status":"queued"}}"#, false),
            (&list, r#"{"version":1,"ok":true,"value":{"items":[],"offset":0}}"#, true),
            (&list, r#"{"version":1,"ok":true,"value":{"items":[]}}"#, false),
            (&list, r#"{"version":1,"ok":true,"value":{"offset":0}}"#, false),
        ] {
            assert_eq!(relay.read_response(asked, &response(200, body)).is_ok(), is_one, "{body}");
        }
    }

    #[test]
    fn numbers_that_a_relay_cannot_mean_are_left_out() {
        for (members, status, retry_after_ms) in [
            (r#""status":422,"retryAfterMs":5"#, Some(422), Some(5)),
            (r#""status":422.5,"retryAfterMs":0.5"#, None, None),
            (r#""status":-1,"retryAfterMs":-5"#, None, None),
            (r#""status":1000,"retryAfterMs":4294967296"#, None, None),
            (r#""status":"422""#, None, None),
        ] {
            let error = verdict(&[r#"{"code":"rejected","message":"m","#, members, "}"].concat()).unwrap().error;
            assert_eq!((error.status, error.retry_after_ms), (status, retry_after_ms), "{members}");
        }
    }

    #[test]
    fn an_answer_that_is_no_relays_decides_nothing() {
        let relay = Relay { url: RELAY_URL.to_owned() };
        let call = operation(Task::GetCall, r#"{"id":"c"}"#);
        for body in ["", "{}", r#"{"version":2,"ok":false,"error":{"code":"network"}}"#, r#"{"error":"no"}"#] {
            assert_eq!(relay.verdict(&call, &response(502, body)), None, "{body}");
            assert!(relay.read_response(&call, &response(200, body)).is_err(), "{body}");
        }
        assert_eq!(verdict(r#"{"code":"unheard_of"}"#), None);
        assert_eq!(verdict_of(Task::GetCall, r#"{"id":"c"}"#, r#"{"code":"outcome_unknown"}"#), None);
        for silent in [r#"{"code":"rejected"}"#, r#"{"code":"rejected","message":""}"#] {
            assert_eq!(verdict(silent).unwrap().error.message, "The relay gives no reason");
        }
        let empty = response(200, r#"{"version":1,"ok":true,"value":{}}"#);
        assert_eq!(relay.read_response(&call, &empty), Err(BadAnswer::Shape("lacks what a relay promises")));
    }
}
