//! The path of one operation: read -> key -> request -> send -> decide -> answer.

use crate::call::{Call, Callee, NewCall};
use crate::config::{Config, Effort, Options};
use crate::contact::NewContact;
use crate::error::{Code, Error, Issue};
use crate::event::{Event, Kind, mask};
use crate::fields::Fields;
use crate::host::{Host, Limits, SendError};
use crate::http::Response;
use crate::input::Input;
use crate::number::{Number, Numbers};
use crate::operation::{Answer, Deleted, Operation, Task};
use crate::outcome::{self, Failed};
use crate::policy::Policy;
use crate::providers::{self, Attempt, BadAnswer, Provider};
use crate::retry::{Decision, Failure, Repeat, Standing, decide};
use crate::value::Value;

/// How many calls one bulk removal names; the vendor's page gives no limit.
const DELETED_AT_ONCE: usize = 100;

/// A platform, ready to be asked.
pub struct Client {
    provider: Box<dyn Provider>,
    numbers: Numbers,
    effort: Effort,
    policy: Policy,
}

impl Client {
    /// A client of a valid configuration.
    pub fn new(config: Config) -> Client {
        Client { provider: config.provider, numbers: config.numbers, effort: config.effort, policy: config.policy }
    }

    /// The name of the client's platform.
    pub fn provider_name(&self) -> &'static str {
        self.provider.capabilities().name
    }

    /// Whether the platform places a call once per idempotency key, so that an unknown outcome can be settled.
    pub fn honours_keys(&self) -> bool {
        self.provider.capabilities().honours_keys
    }

    /// Whether the platform takes many contacts in one request.
    pub fn creates_in_batches(&self) -> bool {
        self.provider.capabilities().tasks.contains(&Task::CreateContacts)
    }

    /// What is wrong with an input, without sending it.
    pub fn validate(&self, task: Task, input: &Input) -> Vec<Issue> {
        self.read(task, input).err().unwrap_or_default()
    }

    /// Does `task` with `input`; `resumed` says that it was asked for before, and how that ended is unknown.
    ///
    /// # Errors
    /// Any [`Error`], complete with provider, operation, attempts and key.
    pub async fn run<H: Host>(
        &self,
        host: &H,
        task: Task,
        input: &Input,
        options: &Input,
        resumed: bool,
    ) -> Result<Answer, Error> {
        let mut journey = Journey { unknown: resumed, ..Journey::new(self, host, task) };
        let answer = journey.go(input, options).await;
        answer.map_err(|error| journey.complete(error))
    }

    fn read(&self, task: Task, input: &Input) -> Result<Operation, Vec<Issue>> {
        let operation = Operation::read(task, input, self.provider.capabilities(), self.numbers)?;
        let mut issues = Vec::new();
        self.provider.check(&operation, &mut Fields::new(&input.value, "", &mut issues));
        if issues.is_empty() { Ok(operation) } else { Err(issues) }
    }
}

/// One operation on its way.
struct Journey<'a, H: Host> {
    client: &'a Client,
    host: &'a H,
    task: Task,
    effort: Effort,
    key: Option<String>,
    number: Option<String>,
    callee: Option<Callee>,
    start_ms: f64,
    attempts: u32,
    unknown: bool,
    contact_id: Option<String>,
}

impl<'a, H: Host> Journey<'a, H> {
    fn new(client: &'a Client, host: &'a H, task: Task) -> Journey<'a, H> {
        Journey {
            client,
            host,
            task,
            effort: client.effort,
            key: None,
            number: None,
            callee: None,
            start_ms: host.now_ms(),
            attempts: 0,
            unknown: false,
            contact_id: None,
        }
    }

    async fn go(&mut self, input: &Input, options: &Input) -> Result<Answer, Error> {
        let platform = self.client.provider.capabilities();
        if !platform.tasks.contains(&self.task) {
            return Err(Error::new(Code::Unsupported, &[platform.name, " has no ", self.task.name()].concat()));
        }
        let operation = self.client.read(self.task, input);
        let options = Options::read(options, self.task.dials(), self.client.effort);
        let (operation, options) = match (operation, options) {
            (Ok(operation), Ok(options)) => (operation, options),
            (operation, options) => {
                let issues = [operation.err().unwrap_or_default(), options.err().unwrap_or_default()].concat();
                return Err(Error::invalid_input(issues));
            }
        };
        self.effort = options.effort;
        if let Operation::CreateCall(call) = &operation {
            self.permit(&call.callee).await?;
            self.callee = Some(call.callee.clone());
        }
        if self.task.dials() {
            let key = options.idempotency_key.map_or_else(|| self.host.random_key(), Ok);
            self.key = Some(key.map_err(|reason| Error::new(Code::Internal, reason))?);
        }
        match operation {
            Operation::CreateCall(call) if platform.calls_contacts_only => self.create_contact_and_call(call).await,
            Operation::DeleteCalls(ids) if ids.len() > DELETED_AT_ONCE && platform.name != providers::RELAY => {
                self.delete_in_parts(&ids).await
            }
            operation => self.perform(self.task, &operation).await,
        }
    }

    /// Asks the policy, then the caller's own rules.
    async fn permit(&mut self, callee: &Callee) -> Result<(), Error> {
        let policy = &self.client.policy;
        let number = match callee {
            Callee::Number(number) => number,
            Callee::Contact(_) if policy.allows_contact_ids() => return Ok(()),
            Callee::Contact(_) => {
                let details = Value::object([("allowed", Value::Bool(false)), ("rule", Value::from("contactIds"))]);
                let message = "The policy cannot judge a contact whose number is not known; contactIds: true lets such calls pass";
                return Err(Error { details: Some(details), ..Error::new(Code::NotAllowed, message) });
            }
        };
        self.number = Some(mask(number));
        let mut decision = policy.decide(number);
        if let Some(rule) = decision.rule {
            let message = ["The policy refuses this number by its rule ", rule].concat();
            return Err(Error { details: Some(decision.to_value()), ..Error::new(Code::NotAllowed, &message) });
        }
        let limits = Limits { timeout_ms: self.effort.timeout_ms };
        let Err(refusal) = self.host.permit(number, limits).await else { return Ok(()) };
        let Some(rule) = refusal.rule else {
            return Err(outcome::of_send_error(self.task, &SendError::Aborted { sent: false }).error);
        };
        decision.allowed = false;
        let mut details = decision.to_value();
        if let Value::Map(members) = &mut details {
            members.push(("rule".to_owned(), Value::Text(rule)));
            members.extend(refusal.next_allowed_at.map(|at| ("nextAllowedAt".to_owned(), Value::Text(at))));
        }
        Err(Error { details: Some(details), ..Error::new(Code::NotAllowed, &refusal.reason) })
    }

    async fn permit_again(&mut self) -> Result<(), Error> {
        let Some(callee) = self.callee.clone() else { return Ok(()) };
        let permitted = self.permit(&callee).await;
        permitted.map_err(|refusal| self.last_word(Task::CreateCall, refusal))
    }

    /// Makes a contact of a number, then calls it. If the call fails, the error names the contact, so that a second try can
    /// call it and none is made twice.
    async fn create_contact_and_call(&mut self, mut call: NewCall) -> Result<Answer, Error> {
        let called = match &call.callee {
            Callee::Number(number) => Some(number.clone()),
            Callee::Contact(_) => None,
        };
        if let Some(number) = &called {
            let contact = NewContact { phone_number: number.clone(), ..NewContact::default() };
            match self.perform(Task::CreateContact, &Operation::CreateContact(contact)).await? {
                Answer::Contact(contact) => {
                    self.contact_id = Some(contact.id.clone());
                    call.callee = Callee::Contact(contact.id);
                }
                _ => return Err(Error::new(Code::Internal, "a contact was asked for")),
            }
        }
        match self.perform(Task::CreateCall, &Operation::CreateCall(call)).await? {
            Answer::Call(placed) => {
                let phone_number = placed.phone_number.or_else(|| called.map(|number| number.e164));
                Ok(Answer::Call(Call { phone_number, ..placed }))
            }
            other => Ok(other),
        }
    }

    async fn delete_in_parts(&mut self, ids: &[String]) -> Result<Answer, Error> {
        let mut all = Deleted::default();
        for part in ids.chunks(DELETED_AT_ONCE) {
            match self.perform(self.task, &Operation::DeleteCalls(part.to_vec())).await {
                Ok(Answer::Deleted(deleted)) => {
                    all.deleted_ids.extend(deleted.deleted_ids);
                    all.failed_ids.extend(deleted.failed_ids);
                    all.request_id = deleted.request_id;
                }
                Ok(_) => return Err(Error::new(Code::Internal, "a removal was asked for")),
                // What is gone already must not be lost with the rest.
                Err(error) => {
                    let gone = all.deleted_ids.iter().map(|id| Value::from(id.as_str())).collect();
                    let details = Value::object([("deletedIds", Value::List(gone))]);
                    return Err(Error { details: Some(details), ..error });
                }
            }
        }
        Ok(Answer::Deleted(all))
    }

    /// Sends one operation until it is done, or must not or need not be sent again.
    async fn perform(&mut self, task: Task, operation: &Operation) -> Result<Answer, Error> {
        if let Some(number) = number_of(operation) {
            self.number = Some(mask(number));
        }
        let repeat = match task {
            _ if task.is_idempotent() => Repeat::Freely,
            Task::CreateCall if self.client.honours_keys() => Repeat::UnderKey,
            _ => Repeat::IfUndone,
        };
        // Not self.attempts: where the caller's function gives no token, nothing is sent.
        let mut tries = 0;
        let mut fresh_token = false;
        loop {
            tries += 1;
            // Time has passed since the first attempt of all, and quiet hours may have begun.
            if self.attempts > 0 && task == Task::CreateCall {
                self.permit_again().await?;
            }
            let failed = match self.attempt(task, operation, fresh_token).await {
                Ok(answer) => return Ok(answer),
                Err(failed) => failed,
            };
            // A removal whose first answer was lost finds nothing left to remove.
            if task == Task::DeleteCall && self.unknown && failed.error.code == Code::NotFound {
                return Ok(gone(operation));
            }
            let unauthorized = failed.error.status == Some(401);
            let decision = if unauthorized && self.client.provider.asks_for_token() && !fresh_token {
                fresh_token = true;
                Decision::After(0.0)
            } else {
                self.decide(&failed, repeat, tries)
            };
            let Decision::After(delay_ms) = decision else { return Err(self.last_word(task, failed.error)) };
            self.unknown |= failed.is_unknown();
            self.host.emit(&Event {
                delay_ms: Some(delay_ms),
                code: Some(failed.error.code),
                ..self.event(Kind::Retry)
            });
            if delay_ms > 0.0 && self.host.sleep(delay_ms).await.is_err() {
                let aborted = outcome::of_send_error(task, &SendError::Aborted { sent: false });
                return Err(self.last_word(task, aborted.error));
            }
            // A timer that fires late can use up what was left for another attempt.
            if self.left_ms() < 1.0 {
                return Err(self.last_word(task, failed.error));
            }
        }
    }

    fn decide(&self, failed: &Failed, repeat: Repeat, attempts: u32) -> Decision {
        if failed.error.code == Code::RateLimited && !self.effort.retry_rate_limited {
            return Decision::Stop;
        }
        let standing = Standing {
            attempts,
            max_retries: self.effort.max_retries,
            left_ms: self.left_ms(),
            timeout_ms: self.effort.timeout_ms,
            retry_after_ms: failed.error.retry_after_ms,
        };
        decide(repeat, failed.failure, standing, self.host.random())
    }

    /// The error of the last attempt, in the light of those before it.
    fn last_word(&self, task: Task, error: Error) -> Error {
        if self.unknown { outcome::after_unknown(task, error) } else { error }
    }

    async fn attempt(&mut self, task: Task, operation: &Operation, fresh_token: bool) -> Result<Answer, Failed> {
        let provider = &self.client.provider;
        let left_ms = self.left_ms();
        if left_ms < 1.0 {
            let error = Error::new(Code::Timeout, "Nothing was sent: totalTimeoutMs was over before");
            return Err(Failed { error, failure: Failure::Final });
        }
        let limits = Limits { timeout_ms: self.effort.timeout_ms.min(left_ms as u32) };
        let token = match provider.asks_for_token() {
            true => Some(self.host.token(fresh_token, limits).await),
            false => None,
        };
        let attempt = Attempt {
            key: self.key.clone(),
            token: token.transpose().map_err(|failure| outcome::of_send_error(task, &failure))?,
            unix_seconds: (self.host.unix_ms() / 1000.0) as u64,
            nonce: if provider.mints_tokens() { self.host.random_key().unwrap_or_default() } else { String::new() },
            timeout_ms: limits.timeout_ms,
        };
        let request = provider.to_request(operation, &attempt);
        self.attempts += 1;
        self.host.emit(&self.event(Kind::Request));
        let sent_ms = self.host.now_ms();
        let response = match self.host.send(&request, limits).await {
            Ok(response) => response,
            Err(failure) => {
                if failure == (SendError::Aborted { sent: false }) {
                    self.attempts -= 1;
                }
                return Err(outcome::of_send_error(task, &failure));
            }
        };
        let duration_ms = Some(self.host.now_ms() - sent_ms);
        let (status, request_id) = (Some(response.status), response.request_id.clone());
        self.host.emit(&Event { status, request_id, duration_ms, ..self.event(Kind::Response) });
        self.read(task, operation, &response).map_err(|mut failed| {
            request.secrets().into_iter().for_each(|secret| failed.error.hide(secret));
            failed
        })
    }

    fn read(&self, task: Task, operation: &Operation, response: &Response) -> Result<Answer, Failed> {
        let provider = &self.client.provider;
        if !(200..300).contains(&response.status) {
            if let Some(failed) = provider.verdict(response) {
                return Err(failed);
            }
            let mut error = provider.error(operation, response);
            error.retry_after_ms = response.retry_after_ms.or_else(|| self.until(provider.reset_at(response)?));
            return Err(outcome::of_refusal(task, error));
        }
        provider.read_response(operation, response).map_err(|bad| match bad {
            BadAnswer::Shape(reason) => outcome::of_bad_body(task, response.status, reason),
            BadAnswer::Failure(error) => Failed { error, failure: Failure::Final },
        })
    }

    /// Milliseconds until the moment that a text names, at least 0.
    fn until(&self, moment: &str) -> Option<u32> {
        let wait_ms = self.host.parse_time(moment)? - self.host.unix_ms();
        Some(wait_ms.clamp(0.0, f64::from(u32::MAX)) as u32)
    }

    fn left_ms(&self) -> f64 {
        self.start_ms + f64::from(self.effort.total_timeout_ms) - self.host.now_ms()
    }

    fn event(&self, kind: Kind) -> Event {
        Event {
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
        }
    }

    /// Adds to an error what every error of this operation says, and tells the client's owner.
    fn complete(self, mut error: Error) -> Error {
        if let Some(contact_id) = &self.contact_id {
            let member = ("contactId".to_owned(), Value::from(contact_id.as_str()));
            match &mut error.details {
                Some(Value::Map(members)) => members.push(member),
                details => *details = Some(Value::Map(vec![member])),
            }
            error.message.push_str("; the contact exists, and can be called by details.contactId");
        }
        let error = Error {
            provider: error.provider.or_else(|| Some(self.client.provider_name())),
            operation: Some(self.task.name()),
            attempts: self.attempts,
            idempotency_key: self.key.clone(),
            ..error
        };
        self.host.emit(&Event {
            status: error.status,
            request_id: error.request_id.clone(),
            duration_ms: Some(self.host.now_ms() - self.start_ms),
            code: Some(error.code),
            ..self.event(Kind::Failure)
        });
        error
    }
}

fn number_of(operation: &Operation) -> Option<&Number> {
    match operation {
        Operation::CreateContact(contact) => Some(&contact.phone_number),
        Operation::CreateCall(NewCall { callee: Callee::Number(number), .. }) => Some(number),
        _ => None,
    }
}

fn gone(operation: &Operation) -> Answer {
    let deleted_ids = match operation {
        Operation::DeleteCall(id) => vec![id.clone()],
        _ => Vec::new(),
    };
    Answer::Deleted(Deleted { deleted_ids, ..Deleted::default() })
}

/// What a policy says of a number, without a client.
///
/// # Errors
/// `invalid_input` for a policy or a number that cannot be read.
pub fn check_policy(policy: &Input, phone_number: &Input) -> Result<(Number, Value), Error> {
    let mut issues = Vec::new();
    let read = Policy::read(&mut Fields::new(&policy.value, "policy", &mut issues));
    let object = Value::object([("phoneNumber", phone_number.value.clone())]);
    let mut fields = Fields::new(&object, "", &mut issues);
    fields.require(&["phoneNumber"]);
    let number = Numbers::default().read(&mut fields, "phoneNumber");
    let issues = [policy.with(Vec::new()), phone_number.with(issues)].concat();
    match number {
        Some(number) if issues.is_empty() => {
            let decision = read.decide(&number).to_value();
            Ok((number, decision))
        }
        _ => Err(Error::invalid_input(issues)),
    }
}

/// What is wrong with an input for the platform `provider`, without sending it; nothing, if it can be sent.
///
/// # Errors
/// `invalid_input` for a platform that is not known.
pub fn validate(provider: &str, task: Task, input: &Input) -> Result<Vec<Issue>, Error> {
    let Some(platform) = providers::capabilities(provider) else {
        let message = ["must be a client or one of ", &providers::names()].concat();
        return Err(Error::invalid_input(vec![Issue::new("provider", "invalid_format", &message)]));
    };
    Ok(Operation::read(task, input, platform, Numbers::default()).err().unwrap_or_default())
}
