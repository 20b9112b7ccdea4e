//! Reading the error bodies of all platforms, whose shapes overlap.

use super::Capabilities;
use super::wire::field_name;
use crate::error::{Code, Error, Issue};
use crate::http::Response;
use crate::text::{decimal, joined};
use crate::value::Value;

/// The code of an HTTP status that is no success.
pub fn code(status: u16) -> Code {
    match status {
        401 | 403 => Code::Unauthorized,
        402 => Code::PaymentRequired,
        404 => Code::NotFound,
        408 => Code::Timeout,
        409 => Code::Conflict,
        429 => Code::RateLimited,
        400..=499 => Code::Rejected,
        500..=599 => Code::ProviderError,
        _ => Code::BadResponse,
    }
}

// Where the parts of an error stand: `{error: {code, message, details}, meta}`, the same without `meta` or with its members
// inside `error`, `{detail: {error: ...}}`, `{detail: ...}`, `{errors: [{msg, code}]}`, `{message}`.
const MESSAGE: &str = "detail.error.message detail.message error.message detail errors.0.msg errors.0.message errors.0 \
                       message message.0 detail.error error";
const REQUEST_ID: &str = "meta.request_id detail.error.request_id detail.request_id error.request_id request_id";
const DETAILS: &str = "detail.error.details detail.details error.details details";
const RESET_AT: &str = "error.details.reset_at detail.error.details.reset_at";

/// Reads an error answer, with the names of fields as this package has them.
pub fn read(response: &Response, platform: &Capabilities) -> Error {
    let null = Value::Null;
    let document = response.json.as_ref().unwrap_or(&null);
    let mut found = Error::new(code(response.status), "");
    found.status = Some(response.status).filter(|status| *status != 0);
    found.request_id = document.first_text(REQUEST_ID).or(response.request_id.as_deref()).map(str::to_owned);
    found.details = document.first(DETAILS).cloned();
    for detail in document.list("detail").unwrap_or_default() {
        let path = path(detail.list("loc").unwrap_or_default(), platform);
        found.issues.push(Issue::new(&path, "rejected", detail.text("msg").unwrap_or("was refused")));
    }
    found.message = match (found.issues.first(), document.first_text(MESSAGE)) {
        (Some(issue), _) => [&issue.path, ": ", &issue.message].concat(),
        (None, Some(message)) if !message.is_empty() => message.to_owned(),
        _ => fallback(response),
    };
    found
}

/// The moment at which the platform takes requests again, as ISO 8601 text.
pub fn reset_at(response: &Response) -> Option<&str> {
    response.json.as_ref()?.first_text(RESET_AT)
}

fn fallback(response: &Response) -> String {
    const NOT_FOLLOWED: &str = ", which is not followed; check baseUrl";
    let status = decimal(u64::from(response.status));
    match &response.location {
        // What a page is told of a redirect.
        _ if response.status == 0 => ["The platform answered with a redirect", NOT_FOLLOWED].concat(),
        Some(location) => ["The platform answered ", &status, " and points to ", location, NOT_FOLLOWED].concat(),
        None => ["The platform answered ", &status, " without a reason"].concat(),
    }
}

/// A `loc` such as `["body", "call_settings", "greeting"]` (FastAPI's) as a path. Inside `CALLERS_OWN` the names are the
/// caller's.
fn path(loc: &[Value], platform: &Capabilities) -> String {
    const CALLERS_OWN: [&str; 2] = ["customFields", "variables"];
    let mut names: Vec<&str> = Vec::new();
    for (index, part) in loc.iter().enumerate() {
        match part.as_text() {
            Some("body") if index == 0 => {}
            Some(part) if names.first().is_some_and(|name| CALLERS_OWN.contains(name)) => names.push(part),
            Some(part) => names.push(field_name(platform, part).unwrap_or(part)),
            None => {}
        }
    }
    joined(&mut names.into_iter(), ".")
}

#[cfg(test)]
mod tests {
    use super::super::truedy::CAPABILITIES;
    use super::*;
    use crate::providers::testing::{json, response};

    fn error(status: u16, body: &str) -> Error {
        read(&response(status, body), &CAPABILITIES)
    }

    #[test]
    fn every_status_has_its_code() {
        use Code::*;
        for (status, expected) in [
            (304, BadResponse),
            (400, Rejected),
            (401, Unauthorized),
            (402, PaymentRequired),
            (403, Unauthorized),
            (404, NotFound),
            (405, Rejected),
            (408, Timeout),
            (409, Conflict),
            (422, Rejected),
            (429, RateLimited),
            (500, ProviderError),
            (502, ProviderError),
        ] {
            assert_eq!(code(status), expected, "{status}");
        }
    }

    #[test]
    fn every_documented_shape_gives_its_message() {
        for body in [
            r#"{"error":{"code":"x","message":"No."},"meta":{"request_id":"req_1"}}"#,
            r#"{"error":{"code":"x","message":"No.","request_id":"req_1"}}"#,
            r#"{"detail":{"error":{"code":"x","message":"No.","request_id":"req_1"}}}"#,
            r#"{"errors":[{"msg":"No.","code":401}],"request_id":"req_1"}"#,
            r#"{"message":["No."],"request_id":"req_1"}"#,
            r#"{"message":"No.","request_id":"req_1"}"#,
            r#"{"error":"No.","request_id":"req_1"}"#,
            r#"{"detail":"No.","request_id":"req_1"}"#,
        ] {
            let error = error(401, body);
            assert_eq!((error.message.as_str(), error.request_id.as_deref()), ("No.", Some("req_1")), "{body}");
        }
    }

    #[test]
    fn field_problems_come_back_under_this_packages_names() {
        let error = error(
            422,
            r#"{"detail":[{"loc":["body","phone_number"],"msg":"bad number","type":"value_error"},{"loc":["body","x",0],"msg":"odd","type":"t"}]}"#,
        );
        let issues: Vec<_> = error.issues.iter().map(|issue| (issue.path.as_str(), issue.message.as_str())).collect();
        assert_eq!(issues, [("phoneNumber", "bad number"), ("x", "odd")]);
        assert_eq!(error.message, "phoneNumber: bad number");
    }

    #[test]
    fn names_inside_the_callers_own_objects_stay() {
        for (parts, expected) in [
            (r#"["body","custom_fields","phone_number"]"#, "customFields.phone_number"),
            (r#"["body","custom_fields","body"]"#, "customFields.body"),
            (r#"["phone_number"]"#, "phoneNumber"),
            (r#"["body"]"#, ""),
        ] {
            let Value::List(parts) = json(parts) else { panic!("no list") };
            assert_eq!(path(&parts, &CAPABILITIES), expected);
        }
    }

    #[test]
    fn a_redirect_in_a_page_has_no_status() {
        let error = read(&Response::default(), &CAPABILITIES);
        assert_eq!((error.code, error.status), (Code::BadResponse, None));
        assert!(error.message.contains("redirect"));
    }

    #[test]
    fn details_are_kept() {
        let error = error(402, r#"{"error":{"code":"x","message":"m","details":{"reason":"trial_expired"}}}"#);
        assert_eq!(error.details.as_ref().unwrap().text("reason"), Some("trial_expired"));
    }

    #[test]
    fn an_answer_without_words_still_says_its_status() {
        for body in ["<html>", "{}", r#"{"message":""}"#] {
            assert_eq!(error(500, body).message, "The platform answered 500 without a reason", "{body}");
        }
    }

    #[test]
    fn a_redirect_says_where_to() {
        let response = Response { status: 301, location: Some("https://x.example/".into()), ..Response::default() };
        assert!(read(&response, &CAPABILITIES).message.contains("https://x.example/"));
    }
}
