//! What a failed attempt means: whether the platform may have done what was asked, and the error that says so.

use crate::error::{Code, Error};
use crate::host::SendError;
use crate::operation::Operation;

/// The error for an attempt without an answer.
pub fn of_send_error(operation: &Operation, failure: &SendError) -> Error {
    let (code, sent, message) = match failure {
        SendError::NotSent(reason) => (Code::Network, false, reason.as_str()),
        SendError::Lost(reason) => (Code::Network, true, reason.as_str()),
        SendError::TimedOut => (Code::Timeout, true, "No answer came in time"),
        SendError::Aborted { sent } => (Code::Aborted, *sent, "The caller ended it"),
        SendError::Unreadable { reason, .. } => (Code::BadResponse, true, *reason),
    };
    let unknown = sent && (operation.dials() || (operation.creates() && code == Code::Network));
    let mut error = if unknown { unknown_outcome(operation, message) } else { Error::new(code, message) };
    if let SendError::Unreadable { status, .. } = failure {
        error.status = *status;
    }
    error
}

/// The error for an answer that is no success, as a platform's mapping read it.
///
/// A platform that answers 5xx or 408 may have dialled before it failed, and so may one that answers with a redirect other
/// than those that mean "ask there instead" (RFC 9110, section 15.4).
pub fn of_refusal(operation: &Operation, refusal: Error) -> Error {
    let definite = matches!(refusal.status, Some(301 | 302 | 307 | 308 | 400..=407 | 409..=499));
    if definite || !operation.dials() {
        return refusal;
    }
    let unknown = unknown_outcome(operation, &refusal.message);
    Error { code: unknown.code, message: unknown.message, ..refusal }
}

/// The error for a success whose body is not what the platform's page promises; `reason` follows "The answer ".
pub fn of_bad_body(operation: &Operation, status: u16, reason: &str) -> Error {
    let message = ["The answer ", reason].concat();
    let error =
        if operation.dials() { unknown_outcome(operation, &message) } else { Error::new(Code::BadResponse, &message) };
    Error { status: Some(status), ..error }
}

fn unknown_outcome(operation: &Operation, reason: &str) -> Error {
    let what = if operation.dials() { "The call may have been placed" } else { "The contact may have been created" };
    Error::new(Code::OutcomeUnknown, &[what, ", and was not asked for again: ", reason].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{CallSettings, NewCall};
    use crate::contact::NewContact;

    fn operations() -> [Operation; 2] {
        let phone_number = "+14155552671".to_owned();
        [
            Operation::CreateContact(NewContact {
                phone_number: phone_number.clone(),
                first_name: None,
                last_name: None,
                email: None,
                custom_fields: None,
                extra: Vec::new(),
            }),
            Operation::CreateCall(NewCall {
                agent_id: "a".to_owned(),
                phone_number,
                from_number: None,
                variables: None,
                settings: CallSettings::default(),
                extra: Vec::new(),
            }),
        ]
    }

    #[test]
    fn an_attempt_without_an_answer_is_unknown_where_it_may_have_dialled() {
        use Code::*;
        let unreadable = SendError::Unreadable { status: Some(201), reason: "r" };
        for (failure, contact_code, call_code) in [
            (SendError::NotSent("r".into()), Network, Network),
            (SendError::Lost("r".into()), OutcomeUnknown, OutcomeUnknown),
            (SendError::TimedOut, Timeout, OutcomeUnknown),
            (SendError::Aborted { sent: false }, Aborted, Aborted),
            (SendError::Aborted { sent: true }, Aborted, OutcomeUnknown),
            (unreadable, BadResponse, OutcomeUnknown),
        ] {
            let codes = operations().map(|operation| of_send_error(&operation, &failure).code);
            assert_eq!(codes, [contact_code, call_code], "{failure:?}");
        }
    }

    #[test]
    fn a_refusal_is_unknown_where_the_platform_may_have_dialled_first() {
        for (status, call_is_unknown) in [
            (301, false),
            (303, true),
            (400, false),
            (402, false),
            (408, true),
            (409, false),
            (422, false),
            (429, false),
            (500, true),
            (502, true),
            (0, true),
        ] {
            let refusal = Error { status: Some(status), ..Error::new(Code::ProviderError, "m") };
            let codes = operations().map(|operation| of_refusal(&operation, refusal.clone()).code);
            let call_code = if call_is_unknown { Code::OutcomeUnknown } else { Code::ProviderError };
            assert_eq!(codes, [Code::ProviderError, call_code], "{status}");
        }
    }

    #[test]
    fn a_success_without_its_promised_body_may_have_dialled() {
        let codes = operations().map(|operation| of_bad_body(&operation, 201, "is not JSON").code);
        assert_eq!(codes, [Code::BadResponse, Code::OutcomeUnknown]);
    }
}
