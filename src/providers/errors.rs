//! Reading the error bodies of all platforms, whose shapes overlap.

use crate::error::{Code, Error, Issue};
use crate::http::Response;
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

/// Reads an error answer: `{error: {code, message, details}, meta}`, the same without `meta` or with its members inside
/// `error`, `{detail: [{loc, msg, type}]}`, `{detail: {error: …}}`, `{errors: [{msg, code}]}`, `{message}`, or anything else.
pub fn read(response: &Response, field_name: &dyn Fn(&str) -> Option<&'static str>) -> Error {
    let null = Value::Null;
    let document = response.json.as_ref().unwrap_or(&null);
    let holder = document.get("detail").filter(|detail| matches!(detail, Value::Map(_))).unwrap_or(document);
    let error = holder.get("error").filter(|error| matches!(error, Value::Map(_))).unwrap_or(holder);
    let meta = document.get("meta").unwrap_or(error);

    let mut found = Error::new(code(response.status), "");
    found.status = Some(response.status).filter(|status| *status != 0);
    found.request_id = meta.text("request_id").map(str::to_owned).or_else(|| response.request_id.clone());
    found.details = error.get("details").cloned();
    found.issues = issues(document, field_name);
    found.message = message(document, holder, error, &found.issues).unwrap_or_else(|| fallback(response));
    found
}

fn message(document: &Value, holder: &Value, error: &Value, issues: &[Issue]) -> Option<String> {
    if let Some(issue) = issues.first() {
        return Some([&issue.path, ": ", &issue.message].concat());
    }
    let listed = document.list("errors").and_then(|errors| errors.first());
    let text = (error.text("message"))
        .or_else(|| document.text("detail"))
        .or_else(|| {
            listed.and_then(|first| first.text("msg").or_else(|| first.text("message")).or_else(|| first.as_text()))
        })
        .or_else(|| document.text("message"))
        .or_else(|| document.list("message").and_then(|lines| lines.first()).and_then(Value::as_text))
        .or_else(|| holder.text("error"))?;
    Some(text.to_owned())
}

fn fallback(response: &Response) -> String {
    // What a page is told of a redirect.
    if response.status == 0 {
        return "The platform answered with a redirect, which is not followed; check baseUrl".to_owned();
    }
    let status = crate::value::decimal(u64::from(response.status));
    match &response.location {
        Some(location) => {
            ["The platform answered ", &status, " and points to ", location, ", which is not followed; check baseUrl"]
                .concat()
        }
        None => ["The platform answered ", &status, " without a reason"].concat(),
    }
}

/// FastAPI's list of what is wrong with which field, in this package's names.
fn issues(document: &Value, field_name: &dyn Fn(&str) -> Option<&'static str>) -> Vec<Issue> {
    let Some(details) = document.list("detail") else { return Vec::new() };
    let issue = |detail: &Value| {
        let path = path(detail.list("loc").unwrap_or_default(), field_name);
        Issue::new(&path, "rejected", detail.text("msg").unwrap_or("was refused"))
    };
    details.iter().map(issue).collect()
}

/// A `loc` such as `["body", "call_settings", "greeting"]` as a path. Inside `CALLERS_OWN` the names are the caller's.
fn path(loc: &[Value], field_name: &dyn Fn(&str) -> Option<&'static str>) -> String {
    const CALLERS_OWN: [&str; 2] = ["customFields", "variables"];
    let inside = match loc {
        [first, rest @ ..] if first.as_text() == Some("body") => rest,
        all => all,
    };
    let mut names: Vec<&str> = Vec::new();
    for part in inside.iter().filter_map(Value::as_text) {
        let own = names.first().is_some_and(|name| CALLERS_OWN.contains(name));
        names.push(if own { part } else { field_name(part).unwrap_or(part) });
    }
    names.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(status: u16, body: &str) -> Error {
        let response = Response { status, json: serde_json::from_str(body).ok(), ..Response::default() };
        read(&response, &|name| (name == "phone_number").then_some("phoneNumber"))
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
        let loc = |text| serde_json::from_str::<Value>(text).unwrap();
        let name = |wire: &str| match wire {
            "phone_number" => Some("phoneNumber"),
            "custom_fields" => Some("customFields"),
            _ => None,
        };
        for (parts, expected) in [
            (r#"["body","custom_fields","phone_number"]"#, "customFields.phone_number"),
            (r#"["body","custom_fields","body"]"#, "customFields.body"),
            (r#"["phone_number"]"#, "phoneNumber"),
            (r#"["body"]"#, ""),
        ] {
            let Value::List(parts) = loc(parts) else { panic!("no list") };
            assert_eq!(path(&parts, &name), expected);
        }
    }

    #[test]
    fn a_redirect_in_a_page_has_no_status() {
        let error = read(&Response::default(), &|_| None);
        assert_eq!((error.code, error.status), (Code::BadResponse, None));
        assert!(error.message.contains("redirect"));
    }

    #[test]
    fn details_are_kept() {
        let error = error(402, r#"{"error":{"code":"x","message":"m","details":{"reason":"trial_expired"}}}"#);
        assert_eq!(error.details.unwrap().text("reason"), Some("trial_expired"));
    }

    #[test]
    fn an_answer_without_words_still_says_its_status() {
        assert_eq!(error(500, "<html>").message, "The platform answered 500 without a reason");
    }

    #[test]
    fn a_redirect_says_where_to() {
        let response = Response { status: 301, location: Some("https://x.example/".into()), ..Response::default() };
        assert!(read(&response, &|_| None).message.contains("https://x.example/"));
    }
}
