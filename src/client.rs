//! A platform with a caller's configuration, and what can be asked without one.

use crate::config::{Config, Effort};
use crate::error::{Error, Issue};
use crate::fields::Fields;
use crate::host::Host;
use crate::input::Input;
use crate::journey::{Journey, Next};
use crate::number::{Number, Numbers};
use crate::operation::{Answer, Operation, Task};
use crate::policy::Policy;
use crate::providers::{self, Provider};
use crate::value::Value;

/// A platform, ready to be asked.
pub struct Client {
    /// The platform, with the caller's credentials
    pub(crate) provider: Box<dyn Provider>,
    numbers: Numbers,
    /// What one operation may take
    pub(crate) effort: Effort,
    /// Who may be called
    pub(crate) policy: Policy,
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
        self.provider.honours_keys()
    }

    /// Whether the platform takes many contacts in one request.
    pub fn creates_in_batches(&self) -> bool {
        self.provider.has(Task::CreateContacts)
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
        let mut journey = Journey::new(self, host, task, resumed);
        let mut next = journey.begin(input, options);
        loop {
            let action = match next {
                Ok(Next::Act(action)) => action,
                Ok(Next::Done(answer)) => return Ok(answer),
                Err(error) => return Err(journey.complete(error)),
            };
            let outcome = host.act(&action, journey.limits).await;
            next = journey.follow(action, outcome);
        }
    }

    /// Reads an input under the rules of the platform and of this caller's configuration.
    ///
    /// # Errors
    /// Every problem, with its path.
    pub(crate) fn read(&self, task: Task, input: &Input) -> Result<Operation, Vec<Issue>> {
        let operation = Operation::read(task, input, self.provider.capabilities(), self.numbers)?;
        let mut issues = Vec::new();
        self.provider.check(&operation, &mut Fields::new(&input.value, "", &mut issues));
        if issues.is_empty() { Ok(operation) } else { Err(issues) }
    }
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
    let text = fields.required_text("phoneNumber");
    let number = Numbers::default().read(&mut fields, "phoneNumber", &text);
    let mut all = policy.issues.clone();
    all.extend(phone_number.with(issues));
    let issues = all;
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
