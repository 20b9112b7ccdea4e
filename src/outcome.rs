//! What a failed attempt means: whether the platform may have done what was asked, the error that says so, and whether the
//! attempt may be made again.

use crate::error::{Code, Error};
use crate::host::SendError;
use crate::operation::Task;
use crate::retry::Failure;

/// A failed attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Failed {
    /// What to report, if it is the last attempt
    pub error: Error,
    /// What it means for another attempt
    pub failure: Failure,
}

impl Failed {
    /// Whether the platform may have done it.
    pub fn is_unknown(&self) -> bool {
        self.failure == Failure::Unknown || self.error.code == Code::OutcomeUnknown
    }
}

/// The failure of an attempt without an answer.
pub fn of_send_error(task: Task, failure: &SendError) -> Failed {
    let (code, meaning, message) = match failure {
        SendError::NotSent(reason) => (Code::Network, Failure::Undone, reason.as_str()),
        SendError::Lost(reason) => (Code::Network, Failure::Unknown, reason.as_str()),
        SendError::TimedOut => (Code::Timeout, Failure::Unknown, "no answer came in time"),
        SendError::Aborted { .. } => (Code::Aborted, Failure::Final, "the caller's signal ended it"),
        SendError::Unreadable { reason, .. } => (Code::BadResponse, Failure::Unknown, *reason),
    };
    let sent = !matches!(failure, SendError::NotSent(_) | SendError::Aborted { sent: false });
    let unknown = sent && (task.dials() || (task.creates() && code == Code::Network));
    let mut error = missing_answer(task, unknown, code, message);
    if let SendError::Unreadable { status, .. } = failure {
        error.status = *status;
    }
    Failed { error, failure: meaning }
}

/// The failure of an answer that is no success, as a platform's mapping read it.
///
/// A platform that answers 5xx or 408 may have dialled before it failed, and so may one that answers with a redirect other
/// than those that mean "ask there instead" (RFC 9110, section 15.4).
pub fn of_refusal(task: Task, mut refusal: Error) -> Failed {
    let status = refusal.status.unwrap_or_default();
    let failure = match status {
        _ if refusal.code == Code::RateLimited => Failure::Undone,
        301 | 302 | 307 | 308 | 400..=407 | 409..=499 | 501 | 505 => Failure::Final,
        _ => Failure::Unknown,
    };
    let definite = !matches!(failure, Failure::Unknown) && status < 500;
    if !definite && task.dials() {
        make_unknown(task, &mut refusal);
    }
    Failed { error: refusal, failure }
}

/// The failure of a success whose body is not what the platform's page promises; `reason` follows "the answer ".
pub fn of_bad_body(task: Task, status: u16, reason: &str) -> Failed {
    let message = ["the answer ", reason].concat();
    let mut error = missing_answer(task, task.dials(), Code::BadResponse, &message);
    error.status = Some(status);
    Failed { error, failure: Failure::Unknown }
}

/// The error of an operation whose last attempt failed after an earlier one that may have done it: whatever the last answer
/// says, it says nothing of the earlier one.
pub fn after_unknown(task: Task, mut last: Error) -> Error {
    if task.creates() && last.code != Code::OutcomeUnknown {
        make_unknown(task, &mut last);
    }
    last
}

fn missing_answer(task: Task, unknown: bool, code: Code, message: &str) -> Error {
    let mut error = Error::new(code, message);
    if unknown {
        make_unknown(task, &mut error);
    } else {
        error.message = capital(message);
    }
    error
}

fn make_unknown(task: Task, error: &mut Error) {
    error.code = Code::OutcomeUnknown;
    error.message = [task.effect(), ", and nobody can say: ", &error.message].concat();
}

fn capital(message: &str) -> String {
    let mut capital = message.to_owned();
    if let Some(first) = capital.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    capital
}

#[cfg(test)]
mod tests {
    use super::*;

    const TASKS: [Task; 3] = [Task::GetCall, Task::CreateContact, Task::CreateCall];

    #[test]
    fn an_attempt_without_an_answer_is_unknown_where_it_may_have_dialled() {
        use Code::*;
        let unreadable = SendError::Unreadable { status: Some(201), reason: "r" };
        for (failure, codes, meaning) in [
            (SendError::NotSent("r".into()), [Network, Network, Network], Failure::Undone),
            (SendError::Lost("r".into()), [Network, OutcomeUnknown, OutcomeUnknown], Failure::Unknown),
            (SendError::TimedOut, [Timeout, Timeout, OutcomeUnknown], Failure::Unknown),
            (SendError::Aborted { sent: false }, [Aborted, Aborted, Aborted], Failure::Final),
            (SendError::Aborted { sent: true }, [Aborted, Aborted, OutcomeUnknown], Failure::Final),
            (unreadable, [BadResponse, BadResponse, OutcomeUnknown], Failure::Unknown),
        ] {
            let failed = TASKS.map(|task| of_send_error(task, &failure));
            assert_eq!(failed.clone().map(|failed| failed.error.code), codes, "{failure:?}");
            assert!(failed.iter().all(|failed| failed.failure == meaning), "{failure:?}");
        }
    }

    #[test]
    fn a_refusal_is_unknown_where_the_platform_may_have_dialled_first() {
        use Failure::*;
        for (status, failure, call_is_unknown) in [
            (301, Final, false),
            (303, Unknown, true),
            (400, Final, false),
            (402, Final, false),
            (408, Unknown, true),
            (409, Final, false),
            (422, Final, false),
            (500, Unknown, true),
            (501, Final, true),
            (502, Unknown, true),
            (0, Unknown, true),
        ] {
            let mut refusal = Error::new(Code::ProviderError, "m");
            refusal.status = Some(status);
            let failed = TASKS.map(|task| of_refusal(task, refusal.clone()));
            let call_code = if call_is_unknown { Code::OutcomeUnknown } else { Code::ProviderError };
            assert_eq!(
                failed.clone().map(|f| f.error.code),
                [Code::ProviderError, Code::ProviderError, call_code],
                "{status}"
            );
            assert!(failed.iter().all(|failed| failed.failure == failure), "{status}");
        }
    }

    #[test]
    fn what_came_too_often_was_not_done() {
        let mut refusal = Error::new(Code::RateLimited, "m");
        refusal.status = Some(429);
        let failed = of_refusal(Task::CreateCall, refusal);
        assert_eq!((failed.error.code, failed.failure), (Code::RateLimited, Failure::Undone));
    }

    #[test]
    fn a_success_without_its_promised_body_may_have_dialled() {
        let codes = TASKS.map(|task| of_bad_body(task, 201, "is not JSON").error.code);
        assert_eq!(codes, [Code::BadResponse, Code::BadResponse, Code::OutcomeUnknown]);
    }

    #[test]
    fn a_later_refusal_does_not_settle_an_earlier_unknown() {
        let refused = Error::new(Code::RateLimited, "m");
        assert_eq!(after_unknown(Task::CreateCall, refused.clone()).code, Code::OutcomeUnknown);
        assert_eq!(after_unknown(Task::GetCall, refused).code, Code::RateLimited);
    }
}
