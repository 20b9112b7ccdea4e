//! Kore.ai: its pages "Create a Contact by Giving Details API" and "SmartAssist dialout".
//!
//! Every request carries a JWT in the header `auth`: given, minted here from a JWT app's id and secret, or asked of the
//! caller. A contact is sent with its number split into calling code and national digits; the answer joins them again.

use super::wire::{As, Said, body, has_id, json_request, said};
use super::{Attempt, BadAnswer, Capabilities, Credentials, Provider, Rules, jwt};
use crate::config;
use crate::error::{Code, Error};
use crate::fields::Fields;
use crate::http::{Method, Request, Response, encode};
use crate::number::Number;
use crate::operation::{Answer, Operation, Raw, Task};
use crate::text::decimal;
use crate::value::{Members, Value};

/// The name by which callers choose it.
pub const NAME: &str = "kore";

/// What it can do and what it takes.
pub const CAPABILITIES: Capabilities = Capabilities {
    name: NAME,
    tasks: &[Task::CreateContact, Task::CreateContacts, Task::CreateCall],
    // One element of the body of "Create a Contact".
    contact: Rules {
        platform: NAME,
        unsupported: "name email tags customFields",
        required: "firstName lastName salutation",
        max_name_chars: u32::MAX,
        wire: &[
            ("firstName", "firstName"),
            ("lastName", "lastName"),
            ("salutation", "salutation"),
            ("cellPhone", "phoneNumber"),
        ],
    },
    // The body of "SmartAssist dialout". The page's table names the bot `botId`, its samples `bot`.
    call: Rules {
        platform: NAME,
        unsupported: "contactId settings",
        required: "fromNumber",
        max_name_chars: u32::MAX,
        wire: &[
            ("bot", "agentId"),
            ("botId", "agentId"),
            ("target", "phoneNumber"),
            ("caller", "fromNumber"),
            ("metadata", "variables"),
        ],
    },
    inner_fields: &[("phoneNumber", "phoneNumber"), ("extension", "extension")],
    honours_keys: false,
    calls_contacts_only: false,
    holds_secret: true,
    config_fields: "host streamId accountId botId auth",
};

const CONTACT: [Said; 6] = [
    ("id", As::Text, "id _id"),
    ("firstName", As::Text, "firstName"),
    ("lastName", As::Text, "lastName"),
    ("name", As::Text, "fullName"),
    ("createdAt", As::Text, "createdAt"),
    ("updatedAt", As::Text, "updatedAt"),
];

const CALL: [Said; 1] = [("id", As::Text, "callId conversationId sid")];

/// The longest life that the platform allows a token with a `jti`.
const LONGEST_TOKEN_SECONDS: u32 = 3_600;
const USUAL_TOKEN_SECONDS: u32 = 300;

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
    App { client_id: String, client_secret: String, life_seconds: Option<u32> },
    Asked,
}

impl Kore {
    /// Reads the caller's configuration; problems are added to the reader's issues.
    pub fn read(fields: &mut Fields<'_>) -> Kore {
        fields.require("streamId accountId auth");
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
            Auth::Asked => attempt.token.clone(),
            Auth::App { client_id, client_secret, life_seconds } => {
                let mut claims = Members::default();
                claims.text("sub", Some("outdial")).text("appId", Some(client_id));
                if let Some(life_seconds) = life_seconds {
                    claims
                        .number("iat", Some(attempt.unix_seconds))
                        .number("exp", Some(attempt.unix_seconds + f64::from(*life_seconds)))
                        .text("jti", Some(&attempt.nonce));
                }
                jwt::sign(&claims.object(), client_secret)
            }
        }
    }

    fn bot_id<'a>(&'a self, input: &'a Value) -> &'a str {
        input.text("agentId").or(self.bot_id.as_deref()).unwrap_or_default()
    }
}

impl Provider for Kore {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn credentials(&self) -> Credentials {
        match self.auth {
            Auth::Given(_) => Credentials::Given,
            Auth::App { .. } => Credentials::Minted,
            Auth::Asked => Credentials::Asked,
        }
    }

    fn check(&self, operation: &Operation, fields: &mut Fields<'_>) {
        if operation.task != Task::CreateCall {
            return;
        }
        match self.bot_id(&operation.input) {
            "" => fields.issue("agentId", "required", "is missing: the bot that calls, here or as botId of the client"),
            "." | ".." => fields.issue("agentId", "invalid_format", "is not an id"),
            _ => {}
        }
    }

    fn to_request(&self, operation: &Operation, attempt: &Attempt) -> Request {
        let mut headers = vec![("auth".into(), self.token(attempt))];
        let (path, body) = if operation.task == Task::CreateCall {
            let bot_id = self.bot_id(&operation.input);
            let path = ["/api/1.1/public/bot/", &encode(bot_id), "/smartassist/dialout"].concat();
            (path, call_body(&operation.input, bot_id))
        } else {
            headers.push(("accountId".into(), self.account_id.clone()));
            let path = ["/agentassist/api/v1/public/", &encode(&self.stream_id), "/contacts"].concat();
            (path, Value::List(operation.contacts().iter().map(contact_body).collect()))
        };
        json_request(Method::Post, [self.base_url.as_str(), &path].concat(), headers, body)
    }

    fn read_response(&self, operation: &Operation, response: &Response) -> Result<Answer, BadAnswer> {
        let document = response.json.as_ref().ok_or(BadAnswer::Shape("is not JSON"))?;
        if document.get("errors").is_some() {
            return Err(BadAnswer::Failure);
        }
        let request_id = response.request_id.as_deref();
        let answer = match (operation.task, document) {
            (Task::CreateCall, _) => read_call(document, &operation.input, request_id).map(Answer::whole),
            (Task::CreateContact, Value::List(items)) => match items.as_slice() {
                [item] => read_contact(item, request_id).map(Answer::whole),
                _ => None,
            },
            (_, Value::List(items)) if items.len() == operation.contacts().len() => {
                let contacts: Vec<Value> = items.iter().filter_map(|item| read_contact(item, request_id)).collect();
                (contacts.len() == items.len()).then_some(Answer { value: Value::List(contacts), raw: Raw::Items })
            }
            _ => None,
        };
        answer.ok_or(BadAnswer::Shape("lacks what the vendor's page promises"))
    }

    /// No page gives the status of a number that is stored already, or of too many requests: their words decide.
    fn explain(&self, _: &Operation, error: &mut Error) {
        let words = error.message.as_bytes();
        let says = |part: &str| words.windows(part.len()).any(|own| own.eq_ignore_ascii_case(part.as_bytes()));
        match error.status {
            Some(400 | 422 | 500) if says("already exist") || says("duplicate") => error.code = Code::Conflict,
            Some(400 | 403) if says("rate limit") || says("per minute") => error.code = Code::RateLimited,
            _ => {}
        }
    }
}

/// `baseUrl`, or the `host` of the vendor's pages, with or without its scheme.
fn base_url(fields: &mut Fields<'_>) -> String {
    if fields.value("baseUrl").is_some() {
        return config::base_url(fields, "");
    }
    let host = fields.required_text("host");
    let name = host.strip_prefix("https://").unwrap_or(&host);
    let name = config::without_slashes(name);
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
    inner.only(&["clientId clientSecret jti expiresInSeconds"]);
    let life_seconds = inner.whole("expiresInSeconds", 1, LONGEST_TOKEN_SECONDS, "seconds");
    let single_use = inner.flag("jti").unwrap_or(life_seconds.is_some());
    if life_seconds.is_some() && !single_use {
        inner.issue(
            "expiresInSeconds",
            "unsupported_field",
            "is for tokens with a jti: without one a token has no end",
        );
    }
    Auth::App {
        client_id: inner.required_text("clientId"),
        client_secret: inner.required_text("clientSecret"),
        life_seconds: single_use.then_some(life_seconds.unwrap_or(USUAL_TOKEN_SECONDS)),
    }
}

/// The page asks for an extension and shows `+` for a number that has none.
fn contact_body(contact: &Value) -> Value {
    let number = Number::known(contact.text("phoneNumber").unwrap_or_default());
    let cell_phone = Members::default()
        .text("phoneNumber", Some(&number.national))
        .text("countryCode", Some(&["+", &decimal(u64::from(number.calling_code))].concat()))
        .text("extension", contact.text("extension").filter(|text| !text.is_empty()).or(Some("+")))
        .object();
    let mut split = Members::default();
    split.put("phoneNumber", Some(cell_phone)).missing("firstName lastName salutation extra", contact);
    body(&split.object(), CAPABILITIES.contact.wire).object()
}

/// The target is a `tel:` URI without a plus.
fn call_body(call: &Value, bot_id: &str) -> Value {
    let number = call.text("phoneNumber").unwrap_or_default();
    let target = ["tel:", number.strip_prefix('+').unwrap_or(number)].concat();
    let mut dialled = Members::default();
    dialled.text("agentId", Some(bot_id)).text("phoneNumber", Some(&target));
    dialled.missing("fromNumber variables extra", call);
    body(&dialled.object(), CAPABILITIES.call.wire).object()
}

/// What the platform says of a contact, its number joined again.
fn read_contact(data: &Value, request_id: Option<&str>) -> Option<Value> {
    let phone_number = data.at("cellPhone.phoneNumber").and_then(Value::as_text).map(|number| {
        let code = if number.starts_with('+') { None } else { data.first_text("cellPhone.countryCode") };
        [code.unwrap_or_default(), number].concat()
    });
    let mut contact = said(data, &CONTACT);
    contact.text("phoneNumber", phone_number.as_deref()).text("provider", Some(NAME)).text("requestId", request_id);
    has_id(data, CONTACT[0].2).then(|| contact.object())
}

fn read_call(data: &Value, sent: &Value, request_id: Option<&str>) -> Option<Value> {
    data.first_text(CALL[0].2)?;
    let mut call = said(data, &CALL);
    call.text("status", Some("queued")).text("direction", Some("outbound")).text("provider", Some(NAME));
    call.text("requestId", request_id).missing("agentId phoneNumber fromNumber", sent);
    Some(call.object())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers::testing::{self, json, response};

    const CONTACT: &str =
        r#"{"firstName":"Ada","lastName":"Example","salutation":"Dr.","phoneNumber":"+14155552671","extension":"12"}"#;
    const CALL: &str = r#"{"phoneNumber":"+14155552671","fromNumber":"+14155550100","variables":{"plan":"pro"}}"#;

    fn platform() -> Kore {
        let config = json(
            r#"{"host":"kore.example","streamId":"st/1","accountId":"acc","botId":"bot?1","auth":{"jwt":"a.b.c"}}"#,
        );
        let mut issues = Vec::new();
        let platform = Kore::read(&mut Fields::new(&config, "", &mut issues));
        assert_eq!(issues, []);
        platform
    }

    fn operation(task: Task, input: &str) -> Operation {
        testing::operation(task, input, &CAPABILITIES)
    }

    #[test]
    fn a_call_and_a_contact_go_where_the_pages_say_with_the_token_in_auth() {
        let contacts = ["{\"contacts\":[", CONTACT, "]}"].concat();
        let contact = r#"{"firstName":"Ada","lastName":"Example","salutation":"Dr.",
            "cellPhone":{"phoneNumber":"4155552671","countryCode":"+1","extension":"12"}}"#;
        let contact = ["[", contact, "]"].concat();
        let call = r#"{"bot":"bot?1","botId":"bot?1","target":"tel:14155552671","caller":"+14155550100",
            "metadata":{"plan":"pro"}}"#;
        for (task, input, path, headers, body) in [
            (Task::CreateCall, CALL, "/api/1.1/public/bot/bot%3F1/smartassist/dialout", "auth Content-Type", call),
            (
                Task::CreateContact,
                CONTACT,
                "/agentassist/api/v1/public/st%2F1/contacts",
                "auth accountId Content-Type",
                &contact,
            ),
            (
                Task::CreateContacts,
                &contacts,
                "/agentassist/api/v1/public/st%2F1/contacts",
                "auth accountId Content-Type",
                &contact,
            ),
        ] {
            let request = platform().to_request(&operation(task, input), &Attempt::default());
            assert_eq!((request.method, request.url), (Method::Post, ["https://kore.example", path].concat()));
            assert_eq!(request.headers.iter().map(|(name, _)| name.as_ref()).collect::<Vec<_>>().join(" "), headers);
            assert_eq!(request.headers[0].1, "a.b.c");
            let sorted = |body: Option<Value>| serde_json::to_value(body).unwrap();
            assert_eq!(sorted(request.body), sorted(Some(json(body))), "{}", task.name());
        }
    }

    #[test]
    fn a_bot_is_no_step_in_the_path() {
        for (bot, expected) in
            [("b", &[][..]), (".", &["agentId: invalid_format"]), ("..", &["agentId: invalid_format"])]
        {
            let input = CALL.replacen('{', &["{\"agentId\":\"", bot, "\","].concat(), 1);
            let mut issues = Vec::new();
            platform().check(
                &operation(Task::CreateCall, &input),
                &mut Fields::new(&Value::Map(Vec::new()), "", &mut issues),
            );
            let issues: Vec<_> = issues.iter().map(|issue| [&issue.path, ": ", issue.code].concat()).collect();
            assert_eq!(issues, expected, "{bot}");
        }
    }

    #[test]
    fn a_token_that_is_to_end_has_a_jti() {
        for (auth, expected) in [
            (r#"{"clientId":"c","clientSecret":"s","jti":false}"#, &[][..]),
            (r#"{"clientId":"c","clientSecret":"s","expiresInSeconds":600}"#, &[]),
            (r#"{"clientId":"c","clientSecret":"s","jti":false,"expiresInSeconds":600}"#, &["auth.expiresInSeconds"]),
        ] {
            let config =
                json(&[r#"{"host":"kore.example","streamId":"s","accountId":"a","auth":"#, auth, "}"].concat());
            let mut issues = Vec::new();
            Kore::read(&mut Fields::new(&config, "", &mut issues));
            assert_eq!(issues.iter().map(|issue| issue.path.as_str()).collect::<Vec<_>>(), expected, "{auth}");
        }
    }

    #[test]
    fn one_contact_is_the_only_element_of_its_answer() {
        let element =
            r#"{"_id":"c-1","fullName":"Ada Example","cellPhone":{"countryCode":"+1","phoneNumber":"4155552671"}}"#;
        let read = |body: &str| {
            let response = response(200, body);
            platform().read_response(&operation(Task::CreateContact, CONTACT), &response)
        };
        let contact = read(&["[", element, "]"].concat()).unwrap().value;
        assert_eq!((contact.text("id"), contact.text("phoneNumber")), (Some("c-1"), Some("+14155552671")));
        for body in [element, "[]", &["[", element, ",", element, "]"].concat()] {
            assert!(matches!(read(body), Err(BadAnswer::Shape(_))), "{body}");
        }
    }
}
