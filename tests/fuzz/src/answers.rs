//! Any answers of a platform: an outcome that says what it promises, no secret in it, and nobody rung twice.

use outdial::error::Code;
use outdial::http::{Request, Response};
use outdial::operation::Task;
use outdial::value::Value;

use super::script::{CONFIGS, SECRET, Script, client, json, run};

/// A platform, an operation, and answers: a line each, whose first letter stands for a status and whose second for headers.
pub type Input = (u8, u8, String);

const STATUSES: [u16; 25] = [
    200, 201, 204, 299, 0, 199, 300, 301, 303, 307, 400, 401, 402, 403, 404, 408, 409, 422, 429, 499, 500, 501, 502,
    503, 999,
];

const INPUTS: [(Task, &str); 9] = [
    (Task::CreateContact, r#"{"phoneNumber":"+14155552671","firstName":"A","lastName":"B","salutation":"Mr"}"#),
    (Task::CreateCall, r#"{"agentId":"ag","phoneNumber":"+14155552671","fromNumber":"+14155550100"}"#),
    (Task::ListCalls, r#"{"limit":5,"offset":10}"#),
    (Task::GetCall, r#"{"id":"call_1"}"#),
    (Task::UpdateCall, r#"{"id":"call_1","context":{"a":1}}"#),
    (Task::DeleteCall, r#"{"id":"call_1"}"#),
    (Task::DeleteCalls, r#"{"ids":["call_1","call_2"]}"#),
    (Task::GetRecording, r#"{"id":"call_1"}"#),
    (Task::GetTranscript, r#"{"id":"call_1"}"#),
];

/// Checks what is promised of any answers.
pub fn check(input: Input) {
    let (platform, task, lines) = input;
    let config = CONFIGS[usize::from(platform) % CONFIGS.len()];
    let (task, given) = INPUTS[usize::from(task) % INPUTS.len()];
    let client = client(config);
    let mut given = json(given);
    if client.provider_name() == "thoughtly" {
        given.take("fromNumber");
        given.take("salutation");
    } else if client.provider_name() == "truedy" {
        given.take("salutation");
    }
    let answers: Vec<Response> = lines.lines().map(answer).collect();
    let script = Script::new(answers.clone());
    let result = run(&client, &script, task, &given);
    let requests = script.requests.take();
    assert!(requests.len() <= 8, "{} requests", requests.len());
    rings_once(client.honours_keys(), &requests, &answers);
    for event in script.events.take() {
        // What a platform calls a request is its own affair.
        let event = outdial::event::Event { request_id: None, ..event };
        let told = text(&event.to_value());
        assert!(!told.contains(SECRET) && !told.contains("4155552671"), "{told}");
    }
    match result {
        Ok(answer) => {
            // A relay answers for itself.
            if client.provider_name() != "relay" {
                says_what_it_promises(task, &answer.value);
            }
        }
        Err(error) => {
            assert!(!error.message.is_empty());
            assert_eq!(error.attempts as usize, requests.len());
            assert_eq!(error.operation, Some(task.name()));
            assert!(error.idempotency_key.is_none() || task.dials());
            let travelled =
                requests.iter().any(|request| request.headers.iter().any(|(_, value)| value.contains(SECRET)));
            // The id of what exists already is what the platform calls it.
            let known = answers.iter().any(|answer| (200..300).contains(&answer.status));
            if travelled && !known {
                assert!(!text(&error.to_value()).contains(SECRET), "{error:?}");
            }
            if error.code == Code::OutcomeUnknown {
                assert!(task.creates());
            }
        }
    }
}

fn answer(line: &str) -> Response {
    let mut letters = line.chars();
    let mut next = || letters.next().map_or(0, u32::from);
    let (status, headers) = (next(), next());
    let body = letters.as_str();
    let start = |has: bool| has.then(|| body.chars().take(24).collect::<String>());
    Response {
        status: STATUSES[status as usize % STATUSES.len()],
        request_id: start(headers & 1 != 0),
        location: start(headers & 2 != 0),
        retry_after_ms: (headers & 4 != 0).then_some(headers * 100),
        json: serde_json::from_str(body).ok(),
    }
}

/// Where a platform knows no keys, only a refusal that says that nothing was done may be followed by another attempt.
fn rings_once(honours_keys: bool, requests: &[Request], answers: &[Response]) {
    let calls = |request: &Request| request.url.ends_with("/dialout") || request.url.ends_with("/contact/call");
    for (index, request) in requests.iter().enumerate() {
        if honours_keys || !calls(request) || index + 1 == requests.len() {
            continue;
        }
        let status = answers.get(index).map(|answer| answer.status);
        assert!(matches!(status, Some(429 | 400 | 401 | 403)), "rung again after {status:?}");
    }
}

fn says_what_it_promises(task: Task, answer: &Value) {
    let says = |name: &str| answer.text(name).is_some_and(|text| !text.is_empty());
    let kept = match task {
        Task::CreateContact => says("id"),
        Task::CreateCall => says("status"),
        Task::GetCall | Task::UpdateCall => says("id") && says("status"),
        Task::ListCalls => {
            let calls = answer.list("items").expect("a page has items");
            calls.iter().all(|call| call.text("id").is_some_and(|id| !id.is_empty()) && call.text("status").is_some())
                && answer.number("offset").is_some()
                && answer.get("hasMore").is_some()
        }
        Task::DeleteCall | Task::DeleteCalls => {
            answer.list("deletedIds").is_some() && answer.list("failedIds").is_some()
        }
        Task::GetRecording => answer.text("recordingUrl").is_some(),
        Task::GetTranscript => answer.get("transcript").is_some(),
        Task::CreateContacts => false,
    };
    assert!(kept, "{task:?} gave {answer:?}");
}

fn text(value: &Value) -> String {
    value.to_json(|number| number.to_string())
}
