//! A client's configuration, read from a plain object.

use crate::error::{Error, Issue};
use crate::fields::Fields;
use crate::http::is_header_value;
use crate::input::Input;
use crate::providers::{self, Provider};
use crate::value::Value;

// `fetch` here, and `signal` among the options, are no data: the binding takes them out before, and they are listed for the message.
const COMMON_FIELDS: [&str; 4] = ["provider", "baseUrl", "fetch", "timeoutMs"];
const DEFAULT_TIMEOUT_MS: u32 = 30_000;
const MAX_TIMEOUT_MS: u64 = i32::MAX as u64;

/// A valid configuration.
pub struct Config {
    /// The platform, with the caller's credentials
    pub provider: Box<dyn Provider>,
    /// How long one attempt may take, in milliseconds
    pub timeout_ms: u32,
}

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    /// `invalid_input` with every problem; no message repeats a secret.
    pub fn read(input: &Input) -> Result<Config, Error> {
        let mut issues = Vec::new();
        let mut fields = Fields::new(&input.value, "", &mut issues);
        let name = fields.required_text("provider");
        let timeout_ms = timeout_ms(&mut fields).unwrap_or(DEFAULT_TIMEOUT_MS);
        let known = providers::read(&name, &mut fields);
        match &known {
            Some((_, own_fields)) => fields.only(&[&COMMON_FIELDS, *own_fields].concat()),
            None if name.is_empty() => {}
            None => {
                let message = ["must be one of ", &providers::NAMES.join(", ")].concat();
                fields.issue("provider", "invalid_format", &message);
            }
        }
        match known {
            Some((provider, _)) if issues.is_empty() && input.issues.is_empty() => Ok(Config { provider, timeout_ms }),
            _ => Err(Error::invalid_input(input.with(issues))),
        }
    }
}

/// Options of one operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How long one attempt may take, in milliseconds; the client's, if not given
    pub timeout_ms: Option<u32>,
    /// The key under which a call is asked for; a fresh one, if not given
    pub idempotency_key: Option<String>,
}

impl Options {
    /// Reads the options of an operation; only one that `dials` takes a key.
    ///
    /// # Errors
    /// Every problem, with its path.
    pub fn read(input: &Value, dials: bool) -> Result<Options, Vec<Issue>> {
        let mut issues = Vec::new();
        let mut fields = Fields::new(input, "", &mut issues);
        let options = Options { timeout_ms: timeout_ms(&mut fields), idempotency_key: fields.text("idempotencyKey") };
        match &options.idempotency_key {
            Some(_) if !dials => {
                fields.issue(
                    "idempotencyKey",
                    "unsupported_field",
                    "is honoured for calls only: this could be done twice",
                );
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
        fields.only(&["signal", "timeoutMs", "idempotencyKey"]);
        if issues.is_empty() { Ok(options) } else { Err(issues) }
    }
}

/// Reads `baseUrl`, without a slash at its end; the vendor's own if it is not given.
pub fn base_url(fields: &mut Fields<'_>, default: &str) -> String {
    let Some(url) = fields.text("baseUrl") else { return default.to_owned() };
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#' | b'@' | b'\\');
    let authority = rest.split('/').next().unwrap_or_default();
    if !is_authority(authority) || !rest.bytes().all(plain) {
        fields.issue("baseUrl", "invalid_format", "must be an http or https URL without user, query or fragment");
    }
    url.trim_end_matches('/').to_owned()
}

/// Whether `text` is a host, as a name, an IPv4 address or an IPv6 address in brackets, with a port or without.
fn is_authority(text: &str) -> bool {
    let in_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let in_brackets = |byte: u8| byte.is_ascii_hexdigit() || b":.".contains(&byte);
    let (host_is_good, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, rest)) => (
            host.contains(':') && host.bytes().all(in_brackets),
            rest.strip_prefix(':').or((!rest.is_empty()).then_some("x")),
        ),
        None => match text.split_once(':') {
            Some((host, port)) => (!host.is_empty() && host.bytes().all(in_name), Some(port)),
            None => (!text.is_empty() && text.bytes().all(in_name), None),
        },
    };
    host_is_good && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

/// Reads a required secret that travels in a header.
pub fn secret(fields: &mut Fields<'_>, name: &str) -> String {
    let secret = fields.required_text(name);
    if !secret.is_empty() && (!is_header_value(&secret) || secret.contains(' ')) {
        let message = "holds a space, a line break or a character beyond ASCII; copy it again";
        fields.issue(name, "invalid_format", message);
    }
    secret
}

fn timeout_ms(fields: &mut Fields<'_>) -> Option<u32> {
    let timeout_ms = fields.positive("timeoutMs", "milliseconds")?;
    if timeout_ms > MAX_TIMEOUT_MS {
        fields.issue("timeoutMs", "out_of_range", "must be at most 2147483647 milliseconds");
    }
    u32::try_from(timeout_ms).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(json: &str) -> Vec<String> {
        let input: Value = serde_json::from_str(json).unwrap();
        match Config::read(&input.into()) {
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
            (r#"{"provider":"truedy","apiKey":"k","baseUrl":"https://["}"#, &["baseUrl: invalid_format"]),
            (r#"{"provider":"truedy","apiKey":"k","baseUrl":"https://[::1]x"}"#, &["baseUrl: invalid_format"]),
            (r#"{"provider":"truedy","apiKey":"k","baseUrl":"https://x:65536"}"#, &["baseUrl: invalid_format"]),
            (r#"{"provider":"truedy","apiKey":"k","baseUrl":"https://:80"}"#, &["baseUrl: invalid_format"]),
            (r#"{"provider":"truedy","apiKey":"k","timeoutMs":0}"#, &["timeoutMs: out_of_range"]),
            (r#"{"provider":"truedy","apiKey":"k","timeoutMs":1e10}"#, &["timeoutMs: out_of_range"]),
        ] {
            assert_eq!(problems(json), expected, "{json}");
        }
    }

    #[test]
    fn no_message_repeats_a_secret() {
        let input: Value = serde_json::from_str(r#"{"provider":"truedy","apiKey":"hush hush\n"}"#).unwrap();
        let Err(error) = Config::read(&input.into()) else { panic!("a bad key was taken") };
        assert!(!serde_json::to_string(&error).unwrap().contains("hush"));
    }

    #[test]
    fn a_key_is_for_calls_only() {
        let input = serde_json::from_str(r#"{"idempotencyKey":"k"}"#).unwrap();
        assert!(Options::read(&input, true).is_ok());
        assert_eq!(Options::read(&input, false).unwrap_err()[0].code, "unsupported_field");
    }
}
