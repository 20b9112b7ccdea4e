//! A platform that answers what it is given.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use outdial::client::Client;
use outdial::config::Config;
use outdial::error::Error;
use outdial::event::Event;
use outdial::host::{Action, Host, Limits, Outcome, SendError};
use outdial::http::{Request, Response};
use outdial::operation::{Answer, Task};
use outdial::value::Value;

/// A client's secret, which nothing may repeat.
pub const SECRET: &str = "s3cret-0utdial";

/// A configuration of each platform.
pub const CONFIGS: [&str; 7] = [
    r#"{"provider":"truedy","apiKey":"s3cret-0utdial","baseUrl":"https://truedy.example/v1"}"#,
    r#"{"provider":"thoughtly","apiToken":"s3cret-0utdial","teamId":"team","baseUrl":"https://thoughtly.example"}"#,
    r#"{"provider":"kore","host":"kore.example","streamId":"st-1","accountId":"a","botId":"b","auth":{"jwt":"s3cret-0utdial"}}"#,
    r#"{"provider":"kore","host":"kore.example","streamId":"st-1","accountId":"a","botId":"b","auth":true}"#,
    r#"{"provider":"kore","host":"kore.example","streamId":"st-1","accountId":"a","botId":"b","auth":{"clientId":"c","clientSecret":"s3cret-0utdial","jti":true}}"#,
    r#"{"provider":"generic","baseUrl":"https://acme.example/v1","headers":{"X-Api-Key":"s3cret-0utdial"},
        "createContact":{"path":"/people","body":{"phone":"{phoneNumber}","name":"{firstName}","rest":["{lastName}","{salutation}"]},"answer":{"id":"data.id"}},
        "createCall":{"path":"/agents/{agentId}/dialout","body":{"to":"{phoneNumber}","from":"{fromNumber}","facts":"{variables}"},"answer":{"id":"call.id id","status":"state","costUsd":"cost"}},
        "getCall":{"path":"/calls/{id}","answer":{"id":"id","status":"state","durationSeconds":"seconds","context":"notes"}}}"#,
    r#"{"provider":"relay","url":"https://shop.example/api/outdial"}"#,
];

/// JSON as plain data.
pub fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

/// A client of one of [`CONFIGS`].
pub fn client(config: &str) -> Client {
    Client::new(Config::read(&json(config).into(), false).expect("it is a configuration"))
}

/// A host with a list of answers, and lost connections when they are over. Its clock moves only by waiting.
pub struct Script {
    /// What is answered
    pub answers: RefCell<VecDeque<Response>>,
    /// What was asked
    pub requests: RefCell<Vec<Request>>,
    /// What the client's owner was told
    pub events: RefCell<Vec<Event>>,
    /// Seconds since 1970
    pub unix_seconds: f64,
    /// What is random
    pub nonce: String,
    clock_ms: Cell<f64>,
}

impl Script {
    /// A platform that gives these answers.
    pub fn new(answers: Vec<Response>) -> Script {
        Script {
            answers: RefCell::new(answers.into()),
            requests: RefCell::default(),
            events: RefCell::default(),
            unix_seconds: 0.0,
            nonce: "nonce".to_owned(),
            clock_ms: Cell::new(0.0),
        }
    }
}

impl Host for Script {
    async fn act(&self, action: &Action, limits: Limits) -> Outcome {
        assert!(limits.timeout_ms > 0);
        let wait_ms = if let Action::Sleep(duration_ms) = action { *duration_ms } else { 10.0 };
        assert!((0.0..=120_000.0).contains(&wait_ms), "a wait of {wait_ms} ms");
        self.clock_ms.set(self.clock_ms.get() + wait_ms);
        match action {
            Action::Send(request) => {
                self.requests.borrow_mut().push(request.clone());
                let answer = self.answers.borrow_mut().pop_front();
                Outcome::Sent(answer.ok_or_else(|| SendError::Lost("the connection broke".to_owned())))
            }
            Action::Sleep(_) => Outcome::Slept(Ok(())),
            Action::AskToken { .. } => Outcome::Token(Ok(SECRET.to_owned())),
            Action::AskPermit(_) => Outcome::Permit(Ok(())),
        }
    }

    fn has_rules(&self) -> bool {
        false
    }

    fn is_heard(&self) -> bool {
        true
    }

    fn now_ms(&self) -> f64 {
        self.clock_ms.get()
    }

    fn unix_ms(&self) -> f64 {
        self.unix_seconds * 1_000.0 + self.clock_ms.get()
    }

    fn parse_time(&self, text: &str) -> Option<f64> {
        text.parse().ok().filter(|moment: &f64| moment.is_finite())
    }

    fn random(&self) -> f64 {
        1.0
    }

    fn random_key(&self) -> Result<String, &'static str> {
        Ok(self.nonce.clone())
    }

    fn emit(&self, event: &Event) {
        self.events.borrow_mut().push(event.clone());
    }
}

/// Does an operation to its end.
pub fn run(client: &Client, script: &Script, task: Task, input: &Value) -> Result<Answer, Error> {
    let (input, options) = (input.clone().into(), Value::object([]).into());
    let mut future = pin!(client.run(script, task, &input, &options, false));
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("a scripted host never waits"),
    }
}
