//! HTTP messages as plain data.

use crate::text::cut;
use crate::value::{Name, Value};

/// The method of a [`Request`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Read
    Get,
    /// Create
    Post,
    /// Change
    Patch,
    /// Remove
    Delete,
}

impl Method {
    /// The method as it stands in a request.
    pub fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }
}

/// A request, before anything is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The method
    pub method: Method,
    /// The absolute URL
    pub url: String,
    /// Name and value pairs. `Debug` prints secrets, so nothing prints a request.
    pub headers: Vec<(Name, String)>,
    /// The JSON body
    pub body: Option<Value>,
}

/// The headers that say nothing secret; what any other holds is never shown.
const PUBLIC_HEADERS: [&str; 2] = ["Content-Type", "X-Idempotency-Key"];

/// Anything shorter would take innocent text with it where it is hidden.
const SHORTEST_SECRET: usize = 8;

impl Request {
    /// The secrets that travel with it, without their scheme.
    pub fn secrets(&self) -> Vec<&str> {
        let mut secrets = Vec::new();
        for (name, value) in &self.headers {
            let bare = cut(value, b' ').map_or(value.as_str(), |(_, behind)| behind);
            if !PUBLIC_HEADERS.contains(&&**name) && bare.len() >= SHORTEST_SECRET {
                secrets.push(bare);
            }
        }
        secrets
    }
}

/// An answer whose body was read to its end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Response {
    /// The HTTP status
    pub status: u16,
    /// The `x-request-id` header
    pub request_id: Option<String>,
    /// The `location` header: where a redirect, which is never followed, points
    pub location: Option<String>,
    /// The `retry-after` header, seconds and dates alike as milliseconds from now
    pub retry_after_ms: Option<u32>,
    /// The body, if it is JSON
    pub json: Option<Value>,
}

/// Whether `value` may stand in an HTTP header: visible ASCII, with single spaces inside at most.
///
/// Runtimes accept a little more; a key that needs more is a key that was pasted badly.
///
/// ```
/// assert!(outdial::http::is_header_value("Bearer truedy_1"));
/// assert!(!outdial::http::is_header_value("truedy_1\n"));
/// ```
pub fn is_header_value(value: &str) -> bool {
    !value.is_empty()
        && !value.starts_with(' ')
        && !value.ends_with(' ')
        && value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

/// `text` as one segment of a path, or one value of a query: everything but letters, digits, `-`, `.`, `_` and `~`
/// percent-encoded (RFC 3986, section 2.3), so that an id can never change the host or the path. `.` and `..` must be
/// refused before.
///
/// ```
/// assert_eq!(outdial::http::encode("../x@y#z"), "..%2Fx%40y%23z");
/// ```
pub fn encode(text: &str) -> String {
    const HEX: &[char; 16] = &['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend(HEX.get(usize::from(byte >> 4)));
            encoded.extend(HEX.get(usize::from(byte & 15)));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_a_badly_pasted_key_holds() {
        for value in ["", " x", "x ", "x\n", "a\r\nb", "k\u{e9}y", "a\tb", "\0"] {
            assert!(!is_header_value(value), "{value:?}");
        }
        assert!(is_header_value("8b7e6494-3839-49dc-9638-a1944fdd8cda"));
    }
}
