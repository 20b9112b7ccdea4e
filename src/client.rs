//! The path of one operation: read -> key -> request -> send -> answer.

use crate::call::NewCall;
use crate::config::{Config, Options};
use crate::contact::NewContact;
use crate::error::{Code, Error, Issue};
use crate::host::{Host, Limits, SendError};
use crate::input::Input;
use crate::operation::{Answer, Operation};
use crate::outcome;
use crate::providers::{self, Provider};

/// What a caller asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Create a contact
    CreateContact,
    /// Place a call
    CreateCall,
}

impl Task {
    /// The name of the operation in the package.
    pub fn name(self) -> &'static str {
        match self {
            Task::CreateContact => "createContact",
            Task::CreateCall => "createCall",
        }
    }
}

/// A platform, ready to be asked.
pub struct Client {
    provider: Box<dyn Provider>,
    timeout_ms: u32,
}

impl Client {
    /// A client of a valid configuration.
    pub fn new(config: Config) -> Client {
        Client { provider: config.provider, timeout_ms: config.timeout_ms }
    }

    /// The name of the client's platform.
    pub fn provider_name(&self) -> &'static str {
        self.provider.name()
    }

    /// Does `task` with `input`, once.
    ///
    /// # Errors
    /// Any [`Error`], complete with provider, operation, attempts and key.
    pub async fn run<H: Host>(&self, host: &H, task: Task, input: &Input, options: &Input) -> Result<Answer, Error> {
        let mut context = Context { provider: self.provider.name(), operation: task.name(), attempts: 0, key: None };
        let answer = self.attempt(host, task, input, options, &mut context).await;
        answer.map_err(|error| context.complete(error))
    }

    async fn attempt<H: Host>(
        &self,
        host: &H,
        task: Task,
        input: &Input,
        options: &Input,
        context: &mut Context,
    ) -> Result<Answer, Error> {
        let (operation, options) = self.read(task, input, options).map_err(Error::invalid_input)?;
        if operation.dials() {
            let key = options.idempotency_key.map_or_else(|| host.random_key(), Ok);
            context.key = Some(key.map_err(|reason| Error::new(Code::Internal, reason))?);
        }
        let request = self.provider.to_request(&operation, context.key.as_deref());
        let limits = Limits { timeout_ms: options.timeout_ms.unwrap_or(self.timeout_ms) };
        let sent = host.send(&request, limits).await;
        context.attempts += u32::from(!matches!(sent, Err(SendError::Aborted { sent: false })));
        let response = sent.map_err(|failure| outcome::of_send_error(&operation, &failure))?;
        if !(200..300).contains(&response.status) {
            return Err(outcome::of_refusal(&operation, self.provider.error(&response)));
        }
        self.provider
            .read_response(&operation, &response)
            .map_err(|reason| outcome::of_bad_body(&operation, response.status, reason))
    }

    /// Reads input and options, and gives the problems of both.
    fn read(&self, task: Task, input: &Input, options: &Input) -> Result<(Operation, Options), Vec<Issue>> {
        let operation = match task {
            Task::CreateContact => {
                NewContact::read(&input.value, self.provider.contact_rules()).map(Operation::CreateContact)
            }
            Task::CreateCall => NewCall::read(&input.value, self.provider.call_rules()).map(Operation::CreateCall),
        };
        let read_options = Options::read(&options.value, task == Task::CreateCall);
        match (operation, read_options) {
            (Ok(operation), Ok(read)) if input.issues.is_empty() && options.issues.is_empty() => Ok((operation, read)),
            (operation, read) => {
                Err([input.with(operation.err().unwrap_or_default()), options.with(read.err().unwrap_or_default())]
                    .concat())
            }
        }
    }
}

/// What every error of one operation says.
struct Context {
    provider: &'static str,
    operation: &'static str,
    attempts: u32,
    key: Option<String>,
}

impl Context {
    fn complete(self, error: Error) -> Error {
        Error {
            provider: Some(self.provider),
            operation: Some(self.operation),
            attempts: self.attempts,
            idempotency_key: self.key,
            ..error
        }
    }
}

/// What is wrong with an input for the platform `provider`, without sending it; nothing, if it can be sent.
///
/// # Errors
/// `invalid_input` for a platform that is not known.
pub fn validate(provider: &str, task: Task, input: &Input) -> Result<Vec<Issue>, Error> {
    let Some((contact_rules, call_rules)) = providers::rules(provider) else {
        let message = ["must be a client or one of ", &providers::NAMES.join(", ")].concat();
        return Err(Error::invalid_input(vec![Issue::new("provider", "invalid_format", &message)]));
    };
    let issues = match task {
        Task::CreateContact => NewContact::read(&input.value, contact_rules).err(),
        Task::CreateCall => NewCall::read(&input.value, call_rules).err(),
    };
    Ok(input.with(issues.unwrap_or_default()))
}
