//! The path of an operation, against a host whose answers are given.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use outdial::client::Client;
use outdial::config::Config;
use outdial::error::{Code, Error};
use outdial::event::{Event, Kind};
use outdial::host::{Aborted, Action, Host, Limits, Outcome, Refusal, SendError};
use outdial::http::{Request, Response};
use outdial::operation::{Answer, Raw, Task};
use outdial::value::Value;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// A host that answers from a list, whose clock moves only by waiting, and which remembers everything.
#[derive(Default)]
struct Script {
    answers: RefCell<VecDeque<Result<Response, SendError>>>,
    requests: RefCell<Vec<Request>>,
    waits_ms: RefCell<Vec<f64>>,
    tokens: RefCell<Vec<bool>>,
    /// What each request may take
    limits_ms: RefCell<Vec<u32>>,
    events: RefCell<Vec<Event>>,
    clock_ms: Cell<f64>,
    keys: Cell<u32>,
    /// How much longer than asked every pause takes
    late_ms: f64,
    /// How long the caller's function takes to give a token
    token_ms: f64,
    /// Whether the caller's signal fires in the first pause
    aborts: bool,
    /// Whether nobody hears what happens
    unheard: bool,
}

impl Host for Script {
    async fn act(&self, action: &Action, limits: Limits) -> Outcome {
        let wait_ms = match action {
            Action::Sleep(duration_ms) => *duration_ms + self.late_ms,
            Action::Send(_) => 10.0,
            Action::AskToken { .. } => self.token_ms,
            Action::AskPermit(_) => 0.0,
        };
        self.clock_ms.set(self.clock_ms.get() + wait_ms);
        match action {
            Action::Send(request) => {
                self.requests.borrow_mut().push(request.clone());
                self.limits_ms.borrow_mut().push(limits.timeout_ms);
                Outcome::Sent(self.answers.borrow_mut().pop_front().expect("no answer is left for this request"))
            }
            Action::Sleep(duration_ms) => {
                self.waits_ms.borrow_mut().push(*duration_ms);
                Outcome::Slept(if self.aborts { Err(Aborted) } else { Ok(()) })
            }
            Action::AskToken { fresh } => {
                self.tokens.borrow_mut().push(*fresh);
                Outcome::Token(Ok(if *fresh { "second".to_owned() } else { "first".to_owned() }))
            }
            Action::AskPermit(number) if number.e164.ends_with("9999") => {
                let reason = "On the do-not-call list".to_owned();
                Outcome::Permit(Err(Refusal { rule: Some("beforeCall".to_owned()), reason, next_allowed_at: None }))
            }
            Action::AskPermit(_) => Outcome::Permit(Ok(())),
        }
    }

    fn has_rules(&self) -> bool {
        true
    }

    fn is_heard(&self) -> bool {
        !self.unheard
    }

    fn now_ms(&self) -> f64 {
        self.clock_ms.get()
    }

    fn unix_ms(&self) -> f64 {
        1_000_000.0 + self.clock_ms.get()
    }

    fn parse_time(&self, text: &str) -> Option<f64> {
        text.strip_prefix("unix ")?.parse().ok()
    }

    fn random(&self) -> f64 {
        1.0
    }

    fn random_key(&self) -> Result<String, &'static str> {
        self.keys.set(self.keys.get() + 1);
        Ok(format!("key-{}", self.keys.get()))
    }

    fn emit(&self, event: &Event) {
        self.events.borrow_mut().push(event.clone());
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn answer(status: u16, body: &str) -> Result<Response, SendError> {
    Ok(Response { status, json: serde_json::from_str(body).ok(), ..Response::default() })
}

fn lost() -> Result<Response, SendError> {
    Err(SendError::Lost("the connection broke".to_owned()))
}

const TRUEDY: &str = r#"{"provider":"truedy","apiKey":"k"}"#;
const THOUGHTLY: &str = r#"{"provider":"thoughtly","apiToken":"k","teamId":"t"}"#;
const KORE: &str =
    r#"{"provider":"kore","host":"kore.example","streamId":"st","accountId":"a","botId":"b","auth":true}"#;
const RELAY: &str = r#"{"provider":"relay","url":"https://shop.example/api"}"#;
const CALL: &str = r#"{"agentId":"a","phoneNumber":"+14155552671"}"#;
const CALLED: &str = r#"{"data":{"id":"call_1","status":"queued"},"meta":{"request_id":"r"}}"#;

/// Runs an operation to its end; no answer may be left over.
fn run(
    config: &str,
    task: Task,
    input: &str,
    answers: Vec<Result<Response, SendError>>,
) -> (Result<Answer, Error>, Script) {
    run_in(Script::default(), config, task, input, "{}", answers)
}

/// The same in these surroundings, with these options.
fn run_in(
    script: Script,
    config: &str,
    task: Task,
    input: &str,
    options: &str,
    answers: Vec<Result<Response, SendError>>,
) -> (Result<Answer, Error>, Script) {
    let script = Script { answers: RefCell::new(answers.into()), ..script };
    let client = Client::new(Config::read(&json(config).into(), false).unwrap());
    let result = {
        let (input, options) = (json(input).into(), json(options).into());
        let mut future = pin!(client.run(&script, task, &input, &options, false));
        match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => result,
            Poll::Pending => panic!("a scripted host never waits"),
        }
    };
    assert!(script.answers.borrow().is_empty(), "an answer was not asked for");
    (result, script)
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
}

#[test]
fn a_call_whose_answer_is_lost_is_asked_for_again_under_the_same_key_with_the_same_bytes() {
    let (result, script) = run(TRUEDY, Task::CreateCall, CALL, vec![lost(), answer(502, ""), answer(201, CALLED)]);
    let Ok(Answer { value: call, .. }) = result else { panic!("{result:?}") };
    assert_eq!(call.text("id"), Some("call_1"));
    let requests = script.requests.borrow();
    assert!(requests.iter().all(|request| request == &requests[0]));
    assert_eq!(header(&requests[0], "X-Idempotency-Key"), Some("key-1"));
    assert_eq!(*script.waits_ms.borrow(), [500.0, 1_000.0]);
}

#[test]
fn a_call_without_a_keyed_platform_is_never_asked_for_again() {
    let call = r#"{"agentId":"a","contactId":"c"}"#;
    for failure in [lost(), answer(500, ""), answer(200, "<html>"), Err(SendError::TimedOut)] {
        let (result, script) = run(THOUGHTLY, Task::CreateCall, call, vec![failure]);
        let error = result.unwrap_err();
        assert_eq!((error.code, error.attempts), (Code::OutcomeUnknown, 1));
        assert_eq!(script.requests.borrow().len(), 1);
    }
}

#[test]
fn what_was_not_processed_is_asked_for_again_by_any_platform() {
    let call = r#"{"agentId":"a","contactId":"c"}"#;
    let answers = vec![answer(429, ""), Err(SendError::NotSent("r".to_owned())), answer(200, r#"{"data":{}}"#)];
    let (result, _) = run(THOUGHTLY, Task::CreateCall, call, answers);
    assert!(result.is_ok_and(|answer| answer.value.text("status").is_some()));
}

#[test]
fn a_refusal_after_a_lost_answer_settles_nothing() {
    let refused = answer(401, r#"{"error":{"code":"unauthorized","message":"No."}}"#);
    let (result, _) = run(TRUEDY, Task::CreateCall, CALL, vec![lost(), refused]);
    let error = result.unwrap_err();
    assert_eq!((error.code, error.status, error.attempts), (Code::OutcomeUnknown, Some(401), 2));
    assert_eq!(error.idempotency_key.as_deref(), Some("key-1"));
}

#[test]
fn a_number_becomes_a_contact_first_where_only_contacts_are_called() {
    let answers = vec![answer(200, r#"{"data":{"id":"c1"}}"#), answer(200, r#"{"data":{},"error":null}"#)];
    let (result, script) = run(THOUGHTLY, Task::CreateCall, CALL, answers);
    let Ok(Answer { value: call, .. }) = result else { panic!("{result:?}") };
    assert_eq!(call.text("contactId"), Some("c1"));
    assert_eq!(call.text("phoneNumber"), Some("+14155552671"));
    let bodies: Vec<_> = script.requests.borrow().iter().map(|request| request.body.clone().unwrap()).collect();
    assert_eq!(bodies[0], json(r#"{"phone_number":"+14155552671"}"#));
    assert_eq!(bodies[1], json(r#"{"contact_id":"c1","interview_id":"a"}"#));
}

#[test]
fn a_contact_whose_call_failed_is_named_by_the_error() {
    let answers =
        vec![answer(200, r#"{"data":{"id":"c1"}}"#), answer(200, r#"{"data":{},"error":{"message":"No agent."}}"#)];
    let (result, _) = run(THOUGHTLY, Task::CreateCall, CALL, answers);
    let error = result.unwrap_err();
    assert_eq!((error.code, error.attempts), (Code::Rejected, 2));
    assert_eq!(error.details.as_ref().unwrap().text("contactId"), Some("c1"));
}

#[test]
fn a_function_of_the_callers_is_asked_for_a_fresh_token_once_after_401() {
    let call = r#"{"phoneNumber":"+14155552671","fromNumber":"+14155550100"}"#;
    let answers = vec![answer(401, ""), answer(200, r#"{"sid":"s","callId":"c"}"#)];
    let (result, script) = run(KORE, Task::CreateCall, call, answers);
    assert!(result.is_ok());
    assert_eq!(*script.tokens.borrow(), [false, true]);
    let sent: Vec<_> =
        script.requests.borrow().iter().map(|request| header(request, "auth").unwrap().to_owned()).collect();
    assert_eq!(sent, ["first", "second"]);

    let (result, script) = run(KORE, Task::CreateCall, call, vec![answer(401, ""), answer(401, "")]);
    assert_eq!(result.unwrap_err().code, Code::Unauthorized);
    assert_eq!(*script.tokens.borrow(), [false, true]);
}

#[test]
fn the_platforms_wait_is_kept() {
    let limited =
        answer(429, r#"{"error":{"code":"rate_limit_exceeded","message":"m","details":{"reset_at":"unix 1003010"}}}"#);
    let (result, script) = run(TRUEDY, Task::CreateCall, CALL, vec![limited, answer(201, CALLED)]);
    assert!(result.is_ok());
    assert_eq!(*script.waits_ms.borrow(), [3_050.0]);
}

#[test]
fn a_wait_beyond_the_time_that_is_left_is_reported_at_once() {
    let limited =
        answer(429, r#"{"error":{"code":"rate_limit_exceeded","message":"m","details":{"reset_at":"unix 1200010"}}}"#);
    let (result, script) = run(TRUEDY, Task::CreateCall, CALL, vec![limited]);
    let error = result.unwrap_err();
    assert_eq!((error.code, error.retry_after_ms), (Code::RateLimited, Some(200_000)));
    assert!(script.waits_ms.borrow().is_empty());
}

#[test]
fn a_removal_whose_answer_was_lost_is_done_when_nothing_is_left() {
    let (result, _) = run(TRUEDY, Task::DeleteCall, r#"{"id":"x"}"#, vec![lost(), answer(404, "")]);
    assert!(result.is_ok_and(|answer| answer.value.list("deletedIds").is_some()));
    let (result, _) = run(TRUEDY, Task::DeleteCall, r#"{"id":"x"}"#, vec![answer(404, "")]);
    assert_eq!(result.unwrap_err().code, Code::NotFound);
}

#[test]
fn many_removals_go_in_parts_and_what_is_gone_is_not_forgotten() {
    let ids: Vec<String> = (0..250).map(|index| format!("\"id-{index}\"")).collect();
    let input = format!("{{\"ids\":[{}]}}", ids.join(","));
    let done = || answer(200, r#"{"data":{"deleted_ids":["d"],"failed_ids":["f"]},"meta":{}}"#);
    let (result, _) = run(TRUEDY, Task::DeleteCalls, &input, vec![done(), done(), done()]);
    let Ok(Answer { value: deleted, .. }) = result else { panic!("{result:?}") };
    assert_eq!(["deletedIds", "failedIds"].map(|name| deleted.list(name).unwrap().len()), [3, 3]);

    let (result, _) = run(TRUEDY, Task::DeleteCalls, &input, vec![done(), answer(401, "")]);
    let error = result.unwrap_err();
    assert_eq!(error.details.as_ref().unwrap().list("deletedIds").unwrap().len(), 1);
}

#[test]
fn events_tell_what_happens_without_number_or_secret() {
    let (result, script) = run(TRUEDY, Task::CreateCall, CALL, vec![lost(), answer(402, "")]);
    assert!(result.is_err());
    let events = script.events.borrow();
    let kinds: Vec<Kind> = events.iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [Kind::Request, Kind::Retry, Kind::Request, Kind::Response, Kind::Failure]);
    assert!(events.iter().all(|event| event.phone_number.as_deref() == Some("+1•••••••671")));
}

#[test]
fn a_call_that_the_policy_refuses_is_not_sent() {
    let gb_only = r#"{"provider":"truedy","apiKey":"k","policy":{"regions":["GB"]}}"#;
    for (config, number, rule) in [
        (TRUEDY, "+19002345678", "types"),
        (TRUEDY, "+8816000000001", "regions"),
        (TRUEDY, "+14155559999", "beforeCall"),
        (gb_only, "+14155552671", "regions"),
    ] {
        let (result, script) = run(config, Task::CreateCall, &CALL.replace("+14155552671", number), Vec::new());
        let error = result.unwrap_err();
        assert_eq!((error.code, error.attempts), (Code::NotAllowed, 0), "{number}");
        assert_eq!(error.details.as_ref().unwrap().text("rule"), Some(rule), "{number}");
        assert!(script.requests.borrow().is_empty());
    }
}

#[test]
fn a_policy_on_numbers_refuses_contacts_whose_number_it_cannot_see() {
    let config = r#"{"provider":"thoughtly","apiToken":"k","teamId":"t","policy":{"regions":["US"]}}"#;
    let call = r#"{"agentId":"a","contactId":"c"}"#;
    let (result, _) = run(config, Task::CreateCall, call, Vec::new());
    assert_eq!(result.unwrap_err().details.as_ref().unwrap().text("rule"), Some("contactIds"));
}

#[test]
fn a_contact_may_have_a_number_that_must_not_be_called() {
    let contact = r#"{"phoneNumber":"+19002345678"}"#;
    let (result, _) = run(TRUEDY, Task::CreateContact, contact, vec![answer(201, r#"{"data":{"id":"c"}}"#)]);
    assert!(result.is_ok());
}

#[test]
fn an_operation_that_a_platform_lacks_is_refused_by_name() {
    let (result, _) = run(THOUGHTLY, Task::GetCall, r#"{"id":"x"}"#, Vec::new());
    let error = result.unwrap_err();
    assert_eq!((error.code, error.message.as_str()), (Code::Unsupported, "thoughtly has no getCall"));
}

#[test]
fn an_id_never_changes_the_path() {
    let found = || answer(200, CALLED);
    for (id, url) in [
        ("a/../b", "https://api.truedy.ai/api/public/v1/calls/a%2F..%2Fb"),
        ("x?y#z", "https://api.truedy.ai/api/public/v1/calls/x%3Fy%23z"),
        ("@h.example", "https://api.truedy.ai/api/public/v1/calls/%40h.example"),
    ] {
        let (_, script) = run(TRUEDY, Task::GetCall, &format!("{{\"id\":\"{id}\"}}"), vec![found()]);
        assert_eq!(script.requests.borrow()[0].url, url);
    }
    for id in ["", ".", ".."] {
        let (result, _) = run(TRUEDY, Task::GetCall, &format!("{{\"id\":\"{id}\"}}"), Vec::new());
        assert_eq!(result.unwrap_err().code, Code::InvalidInput);
    }
}

fn relayed_error(status: u16, error: &str) -> Result<Response, SendError> {
    answer(status, &format!(r#"{{"version":1,"ok":false,"error":{error}}}"#))
}

fn key_of(request: &Request) -> &str {
    request.body.as_ref().unwrap().get("options").unwrap().text("idempotencyKey").unwrap()
}

#[test]
fn a_call_through_a_relay_is_sent_again_only_where_the_relay_says_so() {
    let placed = || answer(200, r#"{"version":1,"ok":true,"value":{"id":"c","status":"queued"}}"#);
    for error in [
        r#"{"code":"rate_limited","message":"m","repeat":"undone"}"#,
        r#"{"code":"outcome_unknown","message":"m","repeat":"under_key"}"#,
    ] {
        let (result, script) = run(RELAY, Task::CreateCall, CALL, vec![relayed_error(504, error), placed()]);
        assert!(matches!(result, Ok(Answer { raw: Raw::Relayed, .. })), "{error}");
        let requests = script.requests.borrow();
        assert_eq!(requests.iter().map(key_of).collect::<Vec<_>>(), ["key-1"; 2]);
    }
    for (failure, code) in [
        (lost(), Code::OutcomeUnknown),
        (answer(502, ""), Code::OutcomeUnknown),
        (relayed_error(504, r#"{"code":"outcome_unknown","message":"m"}"#), Code::OutcomeUnknown),
        (relayed_error(502, r#"{"code":"network","message":"m"}"#), Code::Network),
        (relayed_error(429, r#"{"code":"rate_limited","message":"m"}"#), Code::RateLimited),
    ] {
        let (result, script) = run(RELAY, Task::CreateCall, CALL, vec![failure]);
        let error = result.unwrap_err();
        assert_eq!((error.code, error.attempts), (code, 1));
        assert_eq!(error.idempotency_key.as_deref(), Some(key_of(&script.requests.borrow()[0])));
    }
}

#[test]
fn a_relays_error_names_the_platform_behind_it() {
    for (error, provider) in [
        (r#"{"code":"rejected","message":"m","provider":"truedy"}"#, "truedy"),
        (r#"{"code":"rejected","message":"m","provider":"nobody"}"#, "relay"),
        (r#"{"code":"rejected","message":"m"}"#, "relay"),
    ] {
        let (result, _) = run(RELAY, Task::CreateCall, CALL, vec![relayed_error(422, error)]);
        assert_eq!(result.unwrap_err().provider, Some(provider));
    }
}

#[test]
fn a_relay_does_a_long_removal_in_one_request() {
    let ids: Vec<String> = (0..250).map(|index| format!("\"id-{index}\"")).collect();
    let done = answer(200, r#"{"version":1,"ok":true,"value":{"deletedIds":["d"],"failedIds":[]}}"#);
    let (result, _) = run(RELAY, Task::DeleteCalls, &format!("{{\"ids\":[{}]}}", ids.join(",")), vec![done]);
    assert!(result.is_ok());
}

#[test]
fn what_has_no_time_left_is_not_sent_and_says_what_was_done_before() {
    let config = r#"{"provider":"thoughtly","apiToken":"k","teamId":"t","totalTimeoutMs":10}"#;
    let (result, script) = run(config, Task::CreateCall, CALL, vec![answer(200, r#"{"data":{"id":"c"}}"#)]);
    let error = result.unwrap_err();
    assert_eq!((error.code, error.attempts, script.requests.borrow().len()), (Code::Timeout, 1, 1));
    assert_eq!(error.details.as_ref().unwrap().text("contactId"), Some("c"));
}

#[test]
fn a_signal_in_a_pause_ends_the_operation_and_forgets_nothing() {
    for (task, input, code) in
        [(Task::CreateCall, CALL, Code::OutcomeUnknown), (Task::GetCall, r#"{"id":"c"}"#, Code::Aborted)]
    {
        let script = Script { aborts: true, ..Script::default() };
        let (result, script) = run_in(script, TRUEDY, task, input, "{}", vec![lost()]);
        let error = result.unwrap_err();
        assert_eq!((error.code, error.attempts, script.waits_ms.borrow().len()), (code, 1, 1));
    }
}

#[test]
fn a_pause_that_ends_too_late_is_followed_by_no_attempt() {
    let script = Script { late_ms: 1e6, ..Script::default() };
    let refused = answer(503, r#"{"error":{"message":"Later."}}"#);
    let (result, script) = run_in(script, TRUEDY, Task::GetCall, r#"{"id":"c"}"#, "{}", vec![refused]);
    let error = result.unwrap_err();
    assert_eq!((error.code, error.message.as_str()), (Code::ProviderError, "Later."));
    assert_eq!(script.requests.borrow().len(), 1);
}

#[test]
fn a_caller_can_have_a_429_reported_at_once() {
    for (options, requests) in [("{}", 3), (r#"{"retryRateLimited":false}"#, 1)] {
        let answers = vec![answer(429, ""); requests];
        let (result, _) = run_in(Script::default(), TRUEDY, Task::GetCall, r#"{"id":"c"}"#, options, answers);
        assert_eq!(result.unwrap_err().code, Code::RateLimited);
    }
}

#[test]
fn an_operation_that_nobody_hears_is_the_same() {
    let script = Script { unheard: true, ..Script::default() };
    let (result, script) =
        run_in(script, TRUEDY, Task::CreateCall, CALL, "{}", vec![answer(502, ""), answer(201, CALLED)]);
    assert!(result.is_ok() && script.events.borrow().is_empty());
    let script = Script { unheard: true, ..Script::default() };
    let (result, script) = run_in(script, TRUEDY, Task::CreateCall, CALL, "{}", vec![answer(402, "")]);
    assert!(result.is_err_and(|error| error.code == Code::PaymentRequired) && script.events.borrow().is_empty());
}

#[test]
fn a_fresh_token_that_comes_too_late_is_not_used() {
    let config = KORE.replace(r#""auth":true"#, r#""auth":true,"totalTimeoutMs":10"#);
    let call = r#"{"phoneNumber":"+14155552671","fromNumber":"+14155550100"}"#;
    let (result, script) = run(&config, Task::CreateCall, call, vec![answer(401, "")]);
    assert_eq!(result.unwrap_err().code, Code::Unauthorized);
    assert_eq!(*script.tokens.borrow(), [false]);
}

#[test]
fn a_token_takes_of_the_operations_time() {
    let config = KORE.replace(r#""auth":true"#, r#""auth":true,"totalTimeoutMs":1000,"timeoutMs":1000"#);
    let call = r#"{"phoneNumber":"+14155552671","fromNumber":"+14155550100"}"#;
    for (token_ms, limits_ms, code) in [(900.0, &[100][..], Code::OutcomeUnknown), (1_000.0, &[], Code::Timeout)] {
        let script = Script { token_ms, ..Script::default() };
        let answers = vec![Err(SendError::TimedOut); limits_ms.len()];
        let (result, script) = run_in(script, &config, Task::CreateCall, call, "{}", answers);
        assert_eq!(result.unwrap_err().code, code, "{token_ms}");
        assert_eq!(*script.limits_ms.borrow(), limits_ms, "{token_ms}");
    }
}
