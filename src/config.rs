//! A client's configuration, read from a plain object.

use crate::error::{Code, Error, Issue};
use crate::fields::Fields;
use crate::http::is_header_value;
use crate::input::Input;
use crate::number::Numbers;
use crate::phone::Region;
use crate::policy::Policy;
use crate::providers::{self, Provider};
use crate::text::{cut, has};

// `fetch` and `onEvent` here, a function as `auth`, and `signal` among the options, are no data: where they are what they must
// be, the binding leaves `true` in their place.
const COMMON_FIELDS: &str = "provider baseUrl region numbers timeoutMs totalTimeoutMs maxRetries fetch onEvent policy \
                             dangerouslyAllowBrowser";
const MOST_RETRIES: u32 = 10;

/// The longest that a timer of the web platform can wait.
const LONGEST_TIMER_MS: u32 = i32::MAX as u32;

/// A valid configuration.
pub struct Config {
    /// The platform, with the caller's credentials
    pub provider: Box<dyn Provider>,
    /// How numbers are read
    pub numbers: Numbers,
    /// What one operation may take
    pub effort: Effort,
    /// Who may be called
    pub policy: Policy,
}

/// What one operation may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// For one attempt, its body included, in milliseconds
    pub timeout_ms: u32,
    /// For all attempts and the waits between them, in milliseconds
    pub total_timeout_ms: u32,
    /// How many attempts may follow the first
    pub max_retries: u32,
    /// Whether one of them may follow a 429
    pub retry_rate_limited: bool,
}

impl Effort {
    const USUAL: Effort =
        Effort { timeout_ms: 30_000, total_timeout_ms: 120_000, max_retries: 2, retry_rate_limited: true };

    /// This effort but for what `fields` say.
    fn read(self, fields: &mut Fields<'_>) -> Effort {
        let mut milliseconds = |name| fields.whole(name, 1, LONGEST_TIMER_MS, "milliseconds");
        let (timeout_ms, total_timeout_ms) = (milliseconds("timeoutMs"), milliseconds("totalTimeoutMs"));
        Effort {
            timeout_ms: timeout_ms.unwrap_or(self.timeout_ms),
            total_timeout_ms: total_timeout_ms.unwrap_or(self.total_timeout_ms),
            max_retries: fields.whole("maxRetries", 0, MOST_RETRIES, "retries").unwrap_or(self.max_retries),
            ..self
        }
    }
}

impl Config {
    /// Reads a configuration; `in_page` says whether this runs in a page, where anybody can read a secret.
    ///
    /// # Errors
    /// `invalid_input` with every problem, or `not_allowed` for a secret in a page; no message repeats a secret.
    pub fn read(input: &Input, in_page: bool) -> Result<Config, Error> {
        let mut issues = Vec::new();
        let mut fields = Fields::new(&input.value, "", &mut issues);
        let name = fields.required_text("provider");
        let platform = providers::capabilities(&name);
        let numbers = numbers(&mut fields);
        let effort = Effort::USUAL.read(&mut fields);
        let policy = match fields.object("policy") {
            Some(object) => Policy::read(&mut fields.nested(object, "policy")),
            None => Policy::default(),
        };
        fields.stands("fetch", "must be a function");
        fields.stands("onEvent", "must be a function");
        let allowed = fields.flag("dangerouslyAllowBrowser").unwrap_or(false);
        let Some(platform) = platform else {
            if !name.is_empty() {
                fields.issue("provider", "invalid_format", &["must be one of ", &providers::names()].concat());
            }
            return Err(Error::invalid_input(input.with(issues)));
        };
        let provider = providers::read(platform, &mut fields, in_page);
        fields.only(&[COMMON_FIELDS, platform.config_fields]);
        let issues = input.with(issues);
        if !issues.is_empty() {
            return Err(Error::invalid_input(issues));
        }
        if in_page && !allowed && platform.holds_secret {
            return Err(secret_in_page(platform.name));
        }
        Ok(Config { provider, numbers, effort, policy })
    }
}

fn secret_in_page(provider: &'static str) -> Error {
    let message = "A page shows its secrets to everybody who opens it. Call from a server; \
                   dangerouslyAllowBrowser: true says that this secret may be seen";
    let mut error = Error::new(Code::NotAllowed, message);
    error.provider = Some(provider);
    error
}

/// Options of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What it may take
    pub effort: Effort,
    /// The key under which a call is asked for; a fresh one, if not given
    pub idempotency_key: Option<String>,
}

impl Options {
    /// Reads the options of an operation; only one that `dials` takes a key.
    ///
    /// # Errors
    /// Every problem, with its path.
    pub fn read(input: &Input, dials: bool, effort: Effort) -> Result<Options, Vec<Issue>> {
        let mut issues = Vec::new();
        let mut fields = Fields::new(&input.value, "", &mut issues);
        let mut effort = effort.read(&mut fields);
        effort.retry_rate_limited = fields.flag("retryRateLimited").unwrap_or(effort.retry_rate_limited);
        let idempotency_key = fields.text("idempotencyKey");
        match &idempotency_key {
            Some(_) if !dials => {
                fields.issue("idempotencyKey", "unsupported_field", "is for calls only: this could be done twice");
            }
            Some(key) if key.len() > 255 || !is_header_value(key) => {
                fields.issue(
                    "idempotencyKey",
                    "invalid_format",
                    "must be 1 to 255 visible ASCII characters, best a UUID",
                );
            }
            _ => {}
        }
        fields.stands("signal", "must be an AbortSignal");
        fields.only(&["signal timeoutMs totalTimeoutMs maxRetries retryRateLimited idempotencyKey"]);
        let issues = input.with(issues);
        if issues.is_empty() { Ok(Options { effort, idempotency_key }) } else { Err(issues) }
    }
}

fn numbers(fields: &mut Fields<'_>) -> Numbers {
    let region = fields.text("region").and_then(|code| {
        let region = Region::new(&code);
        if region.is_none() {
            fields.issue("region", "invalid_format", "must be a region's two letters, such as GB");
        }
        region
    });
    let valid = match fields.text("numbers").as_deref() {
        Some("valid") => true,
        None | Some("possible") => false,
        Some(_) => {
            fields.issue("numbers", "invalid_format", "must be possible or valid");
            false
        }
    };
    Numbers { region, valid }
}

/// Reads an id that stands in a path.
pub fn id(fields: &mut Fields<'_>, name: &str) -> Option<String> {
    let id = fields.text(name)?;
    // `.` and `..` are steps in a path even when they are percent-encoded (URL Standard, section 4.4).
    if matches!(id.as_str(), "" | "." | "..") {
        fields.issue(name, "invalid_format", "is not an id");
    }
    Some(id)
}

/// Reads `baseUrl`, without a slash at its end; the vendor's own if it is not given.
pub fn base_url(fields: &mut Fields<'_>, default: &str) -> String {
    let Some(url) = fields.text("baseUrl") else { return default.to_owned() };
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#' | b'@' | b'\\');
    let authority = cut(rest, b'/').map_or(rest, |(authority, _)| authority);
    let url = without_slashes(&url);
    // A step back would take slashes along that stand before what follows.
    let steps = url.ends_with("/.") || url.ends_with("/..");
    if steps || !is_authority(authority) || !rest.bytes().all(plain) {
        fields.issue("baseUrl", "invalid_format", "must be an http or https URL without user, query or fragment");
    }
    url.to_owned()
}

/// A text without the slashes at its end.
pub fn without_slashes(text: &str) -> &str {
    text.strip_suffix('/').map_or(text, without_slashes)
}

/// Whether `text` is a host, as a name, an IPv4 address or an IPv6 address in brackets, with a port or without.
fn is_authority(text: &str) -> bool {
    let in_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let in_brackets = |byte: u8| byte.is_ascii_hexdigit() || b":.".contains(&byte);
    let (host_is_good, port) = match text.strip_prefix('[').and_then(|rest| cut(rest, b']')) {
        Some((host, rest)) => (
            has(host, b':') && host.bytes().all(in_brackets),
            rest.strip_prefix(':').or((!rest.is_empty()).then_some("x")),
        ),
        None => match cut(text, b':') {
            Some((host, port)) => (!host.is_empty() && host.bytes().all(in_name), Some(port)),
            None => (!text.is_empty() && text.bytes().all(in_name), None),
        },
    };
    host_is_good && port.is_none_or(is_port)
}

fn is_port(text: &str) -> bool {
    let add = |port: u32, byte: u8| byte.is_ascii_digit().then(|| port * 10 + u32::from(byte - b'0'));
    // Five digits at most, so that none overflows.
    matches!(text.len(), 1..=5) && text.bytes().try_fold(0, add).is_some_and(|port| port <= u32::from(u16::MAX))
}

/// Reads a required secret that travels in a header.
pub fn secret(fields: &mut Fields<'_>, name: &str) -> String {
    let secret = fields.required_text(name);
    if !secret.is_empty() && (!is_header_value(&secret) || has(&secret, b' ')) {
        let message = "holds a space, a line break or a character beyond ASCII; copy it again";
        fields.issue(name, "invalid_format", message);
    }
    secret
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    fn problems(json: &str) -> Vec<String> {
        let input: Value = serde_json::from_str(json).unwrap();
        match Config::read(&input.into(), false) {
            Ok(_) => Vec::new(),
            Err(error) => error.issues.iter().map(|issue| [&issue.path, ": ", issue.code].concat()).collect(),
        }
    }

    #[test]
    fn names_what_is_wrong_with_a_configuration() {
        for (json, expected) in [
            (r#"{"provider":"truedy","apiKey":"truedy_1"}"#, &[][..]),
            (r#"{"provider":"truedy","apiKey":"k","baseUrl":"http://127.0.0.1:1/x/","timeoutMs":1}"#, &[]),
            ("{}", &["provider: required"]),
            ("[]", &[": invalid_type", "provider: required"]),
            (r#"{"provider":"nobody"}"#, &["provider: invalid_format"]),
            (r#"{"provider":"truedy"}"#, &["apiKey: required"]),
            (r#"{"provider":"truedy","apiKey":"k\n"}"#, &["apiKey: invalid_format"]),
            (r#"{"provider":"truedy","apiKey":"Bearer k"}"#, &["apiKey: invalid_format"]),
            (r#"{"provider":"truedy","apiKey":"k\u00e9"}"#, &["apiKey: invalid_format"]),
            (r#"{"provider":"truedy","apiKey":"k","apiSecret":"x"}"#, &["apiSecret: unknown_field"]),
            (r#"{"provider":"truedy","apiKey":"k","baseUrl":"ftp://x"}"#, &["baseUrl: invalid_format"]),
            (r#"{"provider":"truedy","apiKey":"k","baseUrl":"https://u@x"}"#, &["baseUrl: invalid_format"]),
            (r#"{"provider":"truedy","apiKey":"k","baseUrl":"https://x/?a"}"#, &["baseUrl: invalid_format"]),
            (r#"{"provider":"truedy","apiKey":"k","baseUrl":"https://[::1]:8080/x"}"#, &[]),
            (r#"{"provider":"truedy","apiKey":"k","baseUrl":"https://x/v1///.."}"#, &["baseUrl: invalid_format"]),
            (r#"{"provider":"truedy","apiKey":"k","baseUrl":"https://["}"#, &["baseUrl: invalid_format"]),
            (r#"{"provider":"truedy","apiKey":"k","baseUrl":"https://[::1]x"}"#, &["baseUrl: invalid_format"]),
            (r#"{"provider":"truedy","apiKey":"k","baseUrl":"https://x:65536"}"#, &["baseUrl: invalid_format"]),
            (r#"{"provider":"truedy","apiKey":"k","baseUrl":"https://:80"}"#, &["baseUrl: invalid_format"]),
            (r#"{"provider":"truedy","apiKey":"k","timeoutMs":0}"#, &["timeoutMs: out_of_range"]),
            (r#"{"provider":"truedy","apiKey":"k","timeoutMs":1e10}"#, &["timeoutMs: out_of_range"]),
            (r#"{"provider":"truedy","apiKey":"k","maxRetries":11}"#, &["maxRetries: out_of_range"]),
            (
                r#"{"provider":"truedy","apiKey":"k","region":"ZZ","numbers":"some"}"#,
                &["region: invalid_format", "numbers: invalid_format"],
            ),
            (r#"{"provider":"thoughtly","apiToken":"k"}"#, &["teamId: required"]),
            (r#"{"provider":"relay"}"#, &["url: required"]),
            (
                r#"{"provider":"relay","url":"/api","baseUrl":"https://x","apiKey":"k"}"#,
                &["baseUrl: unsupported_field", "url: invalid_format", "apiKey: unknown_field"],
            ),
            (
                r#"{"provider":"kore","host":"x.example","streamId":"..","accountId":"a","auth":{"jwt":"t"}}"#,
                &["streamId: invalid_format"],
            ),
            (
                r#"{"provider":"kore","host":"x/y","streamId":"s","accountId":"a","auth":{"clientId":"c"}}"#,
                &["host: invalid_format", "auth.clientSecret: required"],
            ),
        ] {
            assert_eq!(problems(json), expected, "{json}");
        }
    }

    #[test]
    fn no_message_repeats_a_secret() {
        let input: Value = serde_json::from_str(r#"{"provider":"truedy","apiKey":"hush hush\n"}"#).unwrap();
        let Err(error) = Config::read(&input.into(), false) else { panic!("a bad key was taken") };
        assert!(!error.to_value().to_json(|_| String::new()).contains("hush"));
    }

    #[test]
    fn a_page_holds_no_secret_unless_its_owner_says_so() {
        let config = |allow: bool| {
            let fields =
                [("provider", "truedy".into()), ("apiKey", "k".into()), ("dangerouslyAllowBrowser", allow.into())];
            Config::read(&Value::object(fields).into(), true).map(|_| ()).map_err(|error| error.code)
        };
        assert_eq!([config(false), config(true)], [Err(Code::NotAllowed), Ok(())]);
        let relay = Value::object([("provider", "relay".into()), ("url", "/api/outdial".into())]);
        assert!(Config::read(&relay.into(), true).is_ok());
    }

    #[test]
    fn a_key_is_for_calls_only() {
        let input = Input::from(Value::object([("idempotencyKey", Value::from("k"))]));
        let effort = Effort { timeout_ms: 1, total_timeout_ms: 1, max_retries: 0, retry_rate_limited: true };
        assert!(Options::read(&input, true, effort).is_ok());
        assert_eq!(Options::read(&input, false, effort).unwrap_err()[0].code, "unsupported_field");
    }
}
