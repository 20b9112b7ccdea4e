//! Kore.ai: its pages "Create a Contact by Giving Details API" and "SmartAssist dialout".
//!
//! Every request carries a JWT in the header `auth`: given, minted here from a JWT app's id and secret, or asked of the
//! caller. A contact is sent with its number split into calling code and national digits; the answer joins them again.

use super::wire::{id, json_request, text};
use super::{Attempt, BadAnswer, Capabilities, Provider, errors, jwt};
use crate::call::{Call, CallRules, CallStatus, Callee, NewCall};
use crate::config;
use crate::contact::{Contact, ContactRules, NewContact};
use crate::error::{Code, Error};
use crate::fields::Fields;
use crate::http::{Method, Request, Response, encode};
use crate::operation::{Answer, Operation, Task};
use crate::value::{Members, Value, decimal};

/// The name by which callers choose it.
pub const NAME: &str = "kore";

/// What it can do and what it takes.
pub const CAPABILITIES: Capabilities = Capabilities {
    name: NAME,
    tasks: &[Task::CreateContact, Task::CreateContacts, Task::CreateCall],
    contact: ContactRules {
        unsupported: &["name", "email", "tags", "customFields"],
        required: &["firstName", "lastName", "salutation"],
        max_name_chars: usize::MAX,
        wire_names: &["firstName", "lastName", "salutation", "cellPhone"],
    },
    call: CallRules {
        unsupported: &["contactId", "settings"],
        required: &["fromNumber"],
        wire_names: &["bot", "botId", "target", "caller", "metadata"],
    },
    honours_keys: false,
    calls_contacts_only: false,
    config_fields: &["host", "streamId", "accountId", "botId", "auth"],
};

/// The longest life that the platform allows a token with a `jti`.
const LONGEST_TOKEN_SECONDS: u64 = 3_600;
const USUAL_TOKEN_SECONDS: u64 = 300;

/// Kore.ai with one caller's credentials.
pub struct Kore {
    base_url: String,
    stream_id: String,
    account_id: String,
    bot_id: Option<String>,
    auth: Auth,
}

/// Where the token comes from.
enum Auth {
    Given(String),
    App { client_id: String, client_secret: String, life_seconds: Option<u64> },
    Asked,
}

impl Kore {
    /// Reads the caller's configuration; problems are added to the reader's issues.
    pub fn read(fields: &mut Fields<'_>) -> Kore {
        fields.require(&["streamId", "accountId", "auth"]);
        Kore {
            base_url: base_url(fields),
            stream_id: config::id(fields, "streamId").unwrap_or_default(),
            account_id: config::secret(fields, "accountId"),
            bot_id: config::id(fields, "botId"),
            auth: auth(fields),
        }
    }

    fn token(&self, attempt: &Attempt) -> String {
        match &self.auth {
            Auth::Given(token) => token.clone(),
            Auth::Asked => attempt.token.clone().unwrap_or_default(),
            Auth::App { client_id, client_secret, life_seconds } => {
                let mut claims = Members::default().text("sub", Some("outdial")).text("appId", Some(client_id));
                if let Some(life_seconds) = life_seconds {
                    let number = |seconds: u64| Some(Value::Number(seconds as f64));
                    claims = claims
                        .put("iat", number(attempt.unix_seconds))
                        .put("exp", number(attempt.unix_seconds + life_seconds))
                        .text("jti", Some(&attempt.nonce));
                }
                jwt::sign(&claims.object(), client_secret)
            }
        }
    }

    fn create_contacts(&self, contacts: &[NewContact], attempt: &Attempt) -> Request {
        let url = [&self.base_url, "/agentassist/api/v1/public/", &encode(&self.stream_id), "/contacts"].concat();
        let headers = vec![("auth", self.token(attempt)), ("accountId", self.account_id.clone())];
        let batch = contacts.iter().map(contact_body).collect();
        json_request(Method::Post, url, headers, Value::List(batch))
    }

    fn create_call(&self, call: &NewCall, attempt: &Attempt) -> Request {
        let bot_id = call.agent_id.as_ref().or(self.bot_id.as_ref()).map(String::as_str).unwrap_or_default();
        let url = [&self.base_url, "/api/1.1/public/bot/", &encode(bot_id), "/smartassist/dialout"].concat();
        json_request(Method::Post, url, vec![("auth", self.token(attempt))], call_body(call, bot_id))
    }
}

impl Provider for Kore {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn asks_for_token(&self) -> bool {
        matches!(self.auth, Auth::Asked)
    }

    fn mints_tokens(&self) -> bool {
        matches!(self.auth, Auth::App { .. })
    }

    fn check(&self, operation: &Operation, fields: &mut Fields<'_>) {
        match operation {
            Operation::CreateCall(call) if call.agent_id.is_none() && self.bot_id.is_none() => {
                fields.issue("agentId", "required", "is missing: the bot that calls, here or as botId of the client");
            }
            _ => {}
        }
    }

    fn to_request(&self, operation: &Operation, attempt: &Attempt) -> Request {
        match operation {
            Operation::CreateContact(contact) => self.create_contacts(std::slice::from_ref(contact), attempt),
            Operation::CreateContacts(contacts) => self.create_contacts(contacts, attempt),
            Operation::CreateCall(call) => self.create_call(call, attempt),
            // Not among its capabilities; there is no such request.
            _ => self.create_contacts(&[], attempt),
        }
    }

    fn read_response(&self, operation: &Operation, response: &Response) -> Result<Answer, BadAnswer> {
        let document = response.json.as_ref().ok_or(BadAnswer::Shape("is not JSON"))?;
        if document.get("errors").is_some() {
            return Err(BadAnswer::Failure(Error { code: Code::Rejected, ..self.error(operation, response) }));
        }
        let request_id = &response.request_id;
        let contacts = |count: usize| match document {
            Value::List(items) if items.len() == count => {
                items.iter().map(|item| read_contact(item, request_id)).collect::<Option<Vec<Contact>>>()
            }
            _ => None,
        };
        let answer = match operation {
            Operation::CreateContact(_) => contacts(1).and_then(|mut all| all.pop()).map(Answer::Contact),
            Operation::CreateContacts(sent) => contacts(sent.len()).map(Answer::Contacts),
            Operation::CreateCall(call) => read_call(document, call, request_id).map(Answer::Call),
            _ => None,
        };
        answer.ok_or(BadAnswer::Shape("lacks what the vendor's page promises"))
    }

    /// No page gives the status of a number that is stored already, or of too many requests: their words decide.
    fn error(&self, _: &Operation, response: &Response) -> Error {
        let error = errors::read(response, &|wire_name| self.field_name(wire_name));
        let words = error.message.as_bytes();
        let says = |parts: &[&str]| {
            parts.iter().any(|part| words.windows(part.len()).any(|own| own.eq_ignore_ascii_case(part.as_bytes())))
        };
        let code = match response.status {
            400 | 422 | 500 if says(&["already exist", "duplicate"]) => Code::Conflict,
            400 | 403 if says(&["rate limit", "per minute"]) => Code::RateLimited,
            _ => error.code,
        };
        Error { code, ..error }
    }

    fn field_name(&self, wire_name: &str) -> Option<&'static str> {
        Some(match wire_name {
            "firstName" => "firstName",
            "lastName" => "lastName",
            "salutation" => "salutation",
            "cellPhone" | "phoneNumber" | "target" => "phoneNumber",
            "extension" => "extension",
            "bot" | "botId" => "agentId",
            "caller" => "fromNumber",
            "metadata" => "variables",
            _ => return None,
        })
    }
}

/// `baseUrl`, or the `host` of the vendor's pages, with or without its scheme.
fn base_url(fields: &mut Fields<'_>) -> String {
    if fields.value("baseUrl").is_some() {
        return config::base_url(fields, "");
    }
    let host = fields.required_text("host");
    let name = host.strip_prefix("https://").unwrap_or(&host).trim_end_matches('/');
    if !host.is_empty()
        && (name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte)))
    {
        fields.issue("host", "invalid_format", "must be a host name, such as platform.kore.ai");
    }
    ["https://", name].concat()
}

fn auth(fields: &mut Fields<'_>) -> Auth {
    match fields.value("auth") {
        Some(Value::Bool(true)) => return Auth::Asked,
        Some(Value::Map(_)) => {}
        Some(_) => {
            fields.issue("auth", "invalid_type", "must be { jwt }, { clientId, clientSecret } or a function");
            return Auth::Asked;
        }
        None => return Auth::Asked,
    }
    let Some(object) = fields.object("auth") else { return Auth::Asked };
    let mut inner = fields.nested(object, "auth");
    if inner.value("jwt").is_some() {
        inner.only(&["jwt"]);
        return Auth::Given(config::secret(&mut inner, "jwt"));
    }
    inner.only(&["clientId", "clientSecret", "jti", "expiresInSeconds"]);
    let life_seconds = inner.whole("expiresInSeconds", 1, LONGEST_TOKEN_SECONDS, "seconds");
    let single_use = inner.flag("jti").unwrap_or(life_seconds.is_some());
    Auth::App {
        client_id: inner.required_text("clientId"),
        client_secret: inner.required_text("clientSecret"),
        life_seconds: single_use.then_some(life_seconds.unwrap_or(USUAL_TOKEN_SECONDS)),
    }
}

/// One element of the body of "Create a Contact". The page asks for an extension and shows `+` for one that has none.
fn contact_body(contact: &NewContact) -> Value {
    let number = &contact.phone_number;
    let cell_phone = Members::default()
        .text("phoneNumber", Some(&number.national))
        .put("countryCode", Some(Value::Text(["+", &decimal(u64::from(number.calling_code))].concat())))
        .text("extension", Some(contact.extension.as_deref().unwrap_or("+")))
        .object();
    Members::default()
        .text("firstName", contact.first_name.as_deref())
        .text("lastName", contact.last_name.as_deref())
        .text("salutation", contact.salutation.as_deref())
        .put("cellPhone", Some(cell_phone))
        .all(&contact.extra)
        .object()
}

/// The body of "SmartAssist dialout". The page's table names the bot `botId`, its samples `bot`; the target is a `tel:` URI
/// without a plus.
fn call_body(call: &NewCall, bot_id: &str) -> Value {
    let target = match &call.callee {
        Callee::Number(number) => ["tel:", number.e164.trim_start_matches('+')].concat(),
        Callee::Contact(_) => String::new(),
    };
    Members::default()
        .text("bot", Some(bot_id))
        .text("botId", Some(bot_id))
        .text("target", Some(&target))
        .text("caller", call.from_number.as_ref().map(|number| number.e164.as_str()))
        .put("metadata", call.variables.clone())
        .all(&call.extra)
        .object()
}

fn read_contact(data: &Value, request_id: &Option<String>) -> Option<Contact> {
    let phone_number = data.get("cellPhone").and_then(|phone| {
        let number = phone.text("phoneNumber")?;
        let code = phone.text("countryCode").unwrap_or_default();
        Some(if number.starts_with('+') { number.to_owned() } else { [code, number].concat() })
    });
    Some(Contact {
        id: id(data, &["id", "_id"])?,
        phone_number,
        first_name: text(data, &["firstName"]),
        last_name: text(data, &["lastName"]),
        name: text(data, &["fullName"]),
        created_at: text(data, &["createdAt"]),
        updated_at: text(data, &["updatedAt"]),
        provider: NAME,
        request_id: request_id.clone(),
        ..Contact::default()
    })
}

fn read_call(data: &Value, sent: &NewCall, request_id: &Option<String>) -> Option<Call> {
    let phone_number = match &sent.callee {
        Callee::Number(number) => Some(number.e164.clone()),
        Callee::Contact(_) => None,
    };
    Some(Call {
        id: Some(text(data, &["callId", "conversationId", "sid"])?),
        status: CallStatus::Queued,
        agent_id: sent.agent_id.clone(),
        phone_number,
        from_number: sent.from_number.as_ref().map(|number| number.e164.clone()),
        direction: Some("outbound".to_owned()),
        provider: NAME,
        request_id: request_id.clone(),
        ..Call::default()
    })
}
