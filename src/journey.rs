//! The path of one operation: read -> policy -> key -> request -> send -> decide -> answer.

use crate::client::Client;
use crate::config::{Effort, Options};
use crate::error::{Code, Error, hide};
use crate::event::{Event, Kind, mask};
use crate::host::{Action, Host, Limits, Outcome, Refusal, SendError};
use crate::http::Response;
use crate::input::Input;
use crate::number::Number;
use crate::operation::{Answer, Operation, Task};
use crate::outcome::{self, Failed};
use crate::policy::Policy;
use crate::providers::{self, Attempt, BadAnswer, Credentials, errors};
use crate::retry::{Decision, Failure, Repeat, Standing, decide};
use crate::value::{Members, Value};

/// How many calls one bulk removal names; the vendor's page gives no limit.
const DELETED_AT_ONCE: usize = 100;

/// What an operation does next.
pub enum Next {
    /// Wait for this
    Act(Action),
    /// Nothing: this is the answer
    Done(Answer),
}

/// One operation on its way. Between two waits it decides; it never waits itself.
pub struct Journey<'a, H: Host> {
    client: &'a Client,
    host: &'a H,
    task: Task,
    effort: Effort,
    /// Under which a call is, or is to be, asked for
    key: Option<String>,
    start_ms: f64,
    /// How many requests were sent
    attempts: u32,
    /// Whether an attempt so far may have done it
    unknown: bool,
    /// What is asked of the platform, the last first
    steps: Vec<Operation>,
    /// How often the present step was tried. (Where the caller's function gives no token, nothing is sent.)
    tries: u32,
    fresh_token: bool,
    sent_ms: f64,
    number: Option<String>,
    /// The contact that was made for a call
    contact_id: Option<String>,
    /// What the parts of a removal did so far
    deleted: Option<Answer>,
    /// Why the last attempt failed
    failed: Option<Error>,
    /// What the next wait may take
    pub limits: Limits,
}

impl<'a, H: Host> Journey<'a, H> {
    /// The beginning of `task`; `resumed` says that it was asked for before, and how that ended is unknown.
    pub fn new(client: &'a Client, host: &'a H, task: Task, resumed: bool) -> Journey<'a, H> {
        Journey {
            client,
            host,
            task,
            effort: client.effort,
            key: None,
            start_ms: host.now_ms(),
            attempts: 0,
            unknown: resumed,
            steps: Vec::new(),
            tries: 0,
            fresh_token: false,
            sent_ms: 0.0,
            number: None,
            contact_id: None,
            deleted: None,
            failed: None,
            limits: Limits { timeout_ms: client.effort.timeout_ms },
        }
    }

    /// Reads what is asked and decides what comes first.
    ///
    /// # Errors
    /// What ends the operation; to be completed.
    pub fn begin(&mut self, input: &Input, options: &Input) -> Result<Next, Error> {
        let provider = &self.client.provider;
        if !provider.has(self.task) {
            return Err(Error::new(
                Code::Unsupported,
                &[self.client.provider_name(), " has no ", self.task.name()].concat(),
            ));
        }
        let operation = self.client.read(self.task, input);
        let options = Options::read(options, self.task.dials(), self.client.effort);
        let (operation, options) = match (operation, options) {
            (Ok(operation), Ok(options)) => (operation, options),
            (operation, options) => {
                let mut issues = operation.err().unwrap_or_default();
                issues.extend(options.err().unwrap_or_default());
                return Err(Error::invalid_input(issues));
            }
        };
        self.effort = options.effort;
        self.limits.timeout_ms = self.effort.timeout_ms;
        self.key = options.idempotency_key;
        if self.host.is_heard() {
            self.number = operation.number.as_ref().map(mask);
        }
        let judged = if self.task.dials() { self.judge(&operation) } else { Ok(None) };
        let asked = judged.map_err(|refusal| self.last_word(refusal))?;
        self.plan(operation);
        match asked {
            Some(number) => Ok(self.ask_permit(number)),
            None => self.depart(),
        }
    }

    /// The caller's own rules have no more time than an attempt, and no more than is left.
    fn ask_permit(&mut self, number: Number) -> Next {
        self.limits.timeout_ms = self.effort.timeout_ms.min(self.left_ms() as u32);
        Next::Act(Action::AskPermit(number))
    }

    /// Splits what one request of the platform cannot do into steps.
    fn plan(&mut self, operation: Operation) {
        let platform = self.client.provider.capabilities();
        if self.task == Task::DeleteCalls && platform.name != providers::RELAY {
            let ids = operation.input.list("ids").unwrap_or_default();
            for part in ids.chunks(DELETED_AT_ONCE).rev() {
                let input = Value::object([("ids", Value::List(part.to_vec()))]);
                self.steps.push(Operation { input, ..operation.clone() });
            }
            return;
        }
        let contact = (self.task.dials() && platform.calls_contacts_only && operation.number.is_some()).then(|| {
            let input = Members::default().missing("phoneNumber", &operation.input).object();
            Operation { task: Task::CreateContact, input, number: operation.number.clone() }
        });
        self.steps.push(operation);
        self.steps.extend(contact);
    }

    /// Asks the policy about a call; gives the number about which the caller's own rules are to be asked.
    fn judge(&self, call: &Operation) -> Result<Option<Number>, Error> {
        let policy = &self.client.policy;
        let Some(number) = &call.number else {
            if policy.allows_contact_ids() {
                return Ok(None);
            }
            let message =
                "The policy cannot judge a contact whose number is not known; contactIds: true lets such calls pass";
            return Err(Error::new(Code::NotAllowed, message).with_details(Policy::unjudged().to_value()));
        };
        let decision = policy.decide(number);
        let Some(rule) = decision.rule else { return Ok(self.host.has_rules().then(|| number.clone())) };
        let message = ["The policy refuses this number by its rule ", rule].concat();
        Err(Error::new(Code::NotAllowed, &message).with_details(decision.to_value()))
    }

    /// The error of a refusal by the caller's own rules.
    fn refused(&self, number: &Number, refusal: Refusal) -> Error {
        let Some(rule) = refusal.rule else {
            return outcome::of_send_error(self.task, &SendError::Aborted { sent: false }).error;
        };
        let mut decision = self.client.policy.decide(number);
        decision.allowed = false;
        let mut details = Members::default();
        details.all(Some(&decision.to_value())).text("rule", Some(&rule));
        details.text("nextAllowedAt", refusal.next_allowed_at.as_deref());
        Error::new(Code::NotAllowed, &refusal.reason).with_details(details.object())
    }

    /// What follows when the caller's own rules have let it pass.
    fn depart(&mut self) -> Result<Next, Error> {
        if self.task.dials() && self.key.is_none() {
            self.key = Some(self.host.random_key().map_err(|reason| Error::new(Code::Internal, reason))?);
        }
        self.attempt()
    }

    /// What follows on the end of a wait.
    ///
    /// # Errors
    /// What ends the operation; to be completed.
    pub fn follow(&mut self, action: Action, outcome: Outcome) -> Result<Next, Error> {
        match (action, outcome) {
            (Action::AskPermit(number), Outcome::Permit(Err(refusal))) => {
                Err(self.last_word(self.refused(&number, refusal)))
            }
            (_, Outcome::Permit(_)) if self.key.is_some() => self.try_once(),
            (_, Outcome::Permit(_)) => self.depart(),
            // The caller's function may have taken what was left.
            (_, Outcome::Token(Ok(_))) if self.is_late() => self.fail_late(),
            (_, Outcome::Token(Ok(token))) => self.send(token),
            (_, Outcome::Token(Err(failure))) => self.fail(outcome::of_send_error(self.step_task(), &failure)),
            (Action::Send(request), Outcome::Sent(mut result)) => {
                let secrets = request.secrets();
                if let Ok(Response { request_id: Some(id), .. }) = &mut result {
                    secrets.iter().for_each(|secret| hide(id, secret));
                }
                match self.arrive(result) {
                    Ok(answer) => self.advance(answer),
                    Err(mut failed) => {
                        secrets.iter().for_each(|secret| failed.error.hide(secret));
                        self.fail(failed)
                    }
                }
            }
            (_, Outcome::Slept(Err(_))) => {
                let aborted = outcome::of_send_error(self.step_task(), &SendError::Aborted { sent: false });
                Err(self.last_word(aborted.error))
            }
            // A timer that fires late can use up what was left for another attempt.
            (_, Outcome::Slept(Ok(()))) if self.left_ms() < 1.0 => {
                let failed = self.failed.take();
                Err(self.last_word(failed.unwrap_or_else(|| Error::new(Code::Timeout, "The time is over"))))
            }
            _ => self.attempt(),
        }
    }

    /// Starts an attempt at the present step.
    fn attempt(&mut self) -> Result<Next, Error> {
        // Time has passed since the first attempt of all, and quiet hours may have begun.
        if self.attempts > 0 && self.step_task() == Task::CreateCall && self.host.has_rules() {
            let callee = self.steps.last().and_then(|call| call.number.clone());
            if let Some(number) = callee {
                return Ok(self.ask_permit(number));
            }
        }
        self.try_once()
    }

    fn try_once(&mut self) -> Result<Next, Error> {
        self.tries += 1;
        if self.is_late() {
            return self.fail_late();
        }
        match self.client.provider.credentials() {
            Credentials::Asked => Ok(Next::Act(Action::AskToken { fresh: self.fresh_token })),
            _ => self.send(String::new()),
        }
    }

    /// Whether nothing is left of the operation's time; else the next wait gets no more than that.
    fn is_late(&mut self) -> bool {
        let left_ms = self.left_ms();
        self.limits.timeout_ms = self.effort.timeout_ms.min(left_ms as u32);
        left_ms < 1.0
    }

    fn fail_late(&mut self) -> Result<Next, Error> {
        let error = Error::new(Code::Timeout, "Nothing was sent: totalTimeoutMs was over before");
        self.fail(Failed { error, failure: Failure::Final })
    }

    fn send(&mut self, token: String) -> Result<Next, Error> {
        let timeout_ms = self.limits.timeout_ms;
        let mut attempt = Attempt { key: self.key.clone(), token, timeout_ms, ..Attempt::default() };
        let provider = &self.client.provider;
        if provider.credentials() == Credentials::Minted {
            attempt.unix_seconds = (self.host.unix_ms() / 1000.0).trunc();
            attempt.nonce = self.host.random_key().unwrap_or_default();
        }
        let Some(operation) = self.steps.last() else {
            return Err(Error::new(Code::Internal, "nothing is left to do"));
        };
        let request = provider.to_request(operation, &attempt);
        self.attempts += 1;
        self.emit(Kind::Request, &|_| {});
        self.sent_ms = self.host.now_ms();
        Ok(Next::Act(Action::Send(request)))
    }

    fn step_task(&self) -> Task {
        self.steps.last().map_or(self.task, |operation| operation.task)
    }

    /// Reads what came of a request.
    fn arrive(&mut self, result: Result<Response, SendError>) -> Result<Answer, Failed> {
        let task = self.step_task();
        let response = result.map_err(|failure| {
            if matches!(failure, SendError::Aborted { sent: false }) {
                self.attempts -= 1;
            }
            outcome::of_send_error(task, &failure)
        })?;
        self.emit(Kind::Response, &|event| {
            event.status = Some(response.status);
            event.request_id = response.request_id.clone();
            event.duration_ms = Some(self.host.now_ms() - self.sent_ms);
        });
        let (provider, Some(operation)) = (&*self.client.provider, self.steps.last()) else {
            return Err(outcome::of_bad_body(task, response.status, "belongs to no request"));
        };
        if !(200..300).contains(&response.status) {
            if let Some(failed) = provider.verdict(operation, &response) {
                return Err(failed);
            }
            let mut error = providers::error(provider, operation, &response);
            let until_reset = || self.until(errors::reset_at(&response)?);
            error.retry_after_ms = response.retry_after_ms.or_else(until_reset);
            return Err(outcome::of_refusal(task, error));
        }
        provider.read_response(operation, &response).map_err(|bad| match bad {
            BadAnswer::Shape(reason) => outcome::of_bad_body(task, response.status, reason),
            BadAnswer::Failure => {
                let mut error = providers::error(provider, operation, &response);
                error.code = Code::Rejected;
                Failed { error, failure: Failure::Final }
            }
        })
    }

    /// Goes on to the next step with the answer of one, or ends with it.
    fn advance(&mut self, mut answer: Answer) -> Result<Next, Error> {
        let done = self.steps.pop();
        self.tries = 0;
        self.fresh_token = false;
        if let Some(earlier) = &self.deleted {
            answer = joined(earlier, &answer);
        }
        match (self.steps.last_mut(), self.task) {
            (Some(call), Task::CreateCall) => {
                self.contact_id = answer.value.text("id").map(str::to_owned);
                let mut input = Members::default();
                input.text("contactId", self.contact_id.as_deref());
                input.missing("agentId variables extra", &call.input);
                call.input = input.object();
                self.attempt()
            }
            (Some(_), _) => {
                self.deleted = Some(answer);
                self.attempt()
            }
            (None, Task::CreateCall) if self.contact_id.is_some() => {
                let e164 = done.and_then(|call| call.number).map(|number| Value::Text(number.e164));
                if let (Value::Map(members), Some(e164)) = (&mut answer.value, e164) {
                    members.push(("phoneNumber".into(), e164));
                }
                Ok(Next::Done(answer))
            }
            (None, _) => Ok(Next::Done(answer)),
        }
    }

    /// What follows on a failed attempt: another one, now or later, or the end.
    fn fail(&mut self, failed: Failed) -> Result<Next, Error> {
        let task = self.step_task();
        // A removal whose first answer was lost finds nothing left to remove.
        if task == Task::DeleteCall && self.unknown && failed.error.code == Code::NotFound {
            let id = self.steps.last().map(|operation| Value::from(operation.text("id")));
            return Ok(Next::Done(Answer::deleted(id.into_iter().collect(), Vec::new(), None)));
        }
        let asks = self.client.provider.credentials() == Credentials::Asked;
        let decision = if failed.error.status == Some(401) && asks && !self.fresh_token {
            self.fresh_token = true;
            Decision::After(0.0)
        } else {
            self.decide(&failed, task)
        };
        let Decision::After(delay_ms) = decision else { return Err(self.last_word(failed.error)) };
        self.unknown |= failed.is_unknown();
        self.emit(Kind::Retry, &|event| {
            event.delay_ms = Some(delay_ms);
            event.code = Some(failed.error.code);
        });
        if delay_ms > 0.0 {
            self.failed = Some(failed.error);
            return Ok(Next::Act(Action::Sleep(delay_ms)));
        }
        self.follow_at_once(failed.error)
    }

    fn follow_at_once(&mut self, error: Error) -> Result<Next, Error> {
        if self.left_ms() < 1.0 { Err(self.last_word(error)) } else { self.attempt() }
    }

    fn decide(&self, failed: &Failed, task: Task) -> Decision {
        // Begun anew, the operation would make the contact of the call once more.
        if failed.error.code == Code::RateLimited && !self.effort.retry_rate_limited && self.contact_id.is_none() {
            return Decision::Stop;
        }
        let repeat = match task {
            _ if task.is_idempotent() => Repeat::Freely,
            Task::CreateCall if self.client.honours_keys() => Repeat::UnderKey,
            _ => Repeat::IfUndone,
        };
        let standing = Standing {
            attempts: self.tries,
            max_retries: self.effort.max_retries,
            left_ms: self.left_ms(),
            took_ms: self.host.now_ms() - self.sent_ms,
            retry_after_ms: failed.error.retry_after_ms,
        };
        decide(repeat, failed.failure, standing, self.host.random())
    }

    /// The error of the last attempt, in the light of those before it.
    fn last_word(&self, error: Error) -> Error {
        if self.unknown { outcome::after_unknown(self.step_task(), error) } else { error }
    }

    /// Milliseconds until the moment that a text names, at least 0.
    fn until(&self, moment: &str) -> Option<u32> {
        let wait_ms = self.host.parse_time(moment)? - self.host.unix_ms();
        Some(wait_ms.clamp(0.0, f64::from(u32::MAX)) as u32)
    }

    fn left_ms(&self) -> f64 {
        self.start_ms + f64::from(self.effort.total_timeout_ms) - self.host.now_ms()
    }

    fn emit(&self, kind: Kind, tell: &dyn Fn(&mut Event)) {
        if !self.host.is_heard() {
            return;
        }
        let mut event = Event {
            kind,
            provider: self.client.provider_name(),
            operation: self.task.name(),
            attempt: self.attempts,
            phone_number: self.number.clone(),
            status: None,
            request_id: None,
            duration_ms: None,
            delay_ms: None,
            code: None,
        };
        tell(&mut event);
        self.host.emit(&event);
    }

    /// Adds to an error what every error of this operation says, and tells the client's owner.
    pub fn complete(self, mut error: Error) -> Error {
        let mut more = Members::default();
        if let Some(contact_id) = &self.contact_id {
            more.text("contactId", Some(contact_id));
            error.message.push_str("; the contact exists, and can be called by details.contactId");
        }
        // What is gone already must not be lost with the rest.
        if let Some(deleted) = &self.deleted {
            error.details = None;
            more.missing("deletedIds", &deleted.value);
        }
        if !more.is_empty() {
            let mut details = Members::default();
            details.all(error.details.as_ref()).all(Some(&more.object()));
            error.details = Some(details.object());
        }
        error.provider = error.provider.or_else(|| Some(self.client.provider_name()));
        error.operation = Some(self.task.name());
        error.attempts = self.attempts;
        // Of a call that was refused before it was begun there is nothing to ask for again.
        if self.unknown || self.tries > 0 || self.attempts > 0 {
            error.idempotency_key = self.key.clone();
        }
        self.emit(Kind::Failure, &|event| {
            event.status = error.status;
            event.request_id = error.request_id.clone();
            event.duration_ms = Some(self.host.now_ms() - self.start_ms);
            event.code = Some(error.code);
        });
        error
    }
}

/// What two parts of a removal did.
fn joined(earlier: &Answer, later: &Answer) -> Answer {
    let both = |name: &str| {
        [earlier.value.list(name).unwrap_or_default(), later.value.list(name).unwrap_or_default()].concat()
    };
    Answer::deleted(both("deletedIds"), both("failedIds"), later.value.text("requestId"))
}
