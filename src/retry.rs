//! Whether a failed attempt is made again, and when: a pure decision.

/// What an operation allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Doing it twice is doing it once
    Freely,
    /// The platform does it once per key, so it may be sent again under the same key
    UnderKey,
    /// Only where it is sure that it was not done
    IfUndone,
}

/// How an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It was not processed: no connection, or 429
    Undone,
    /// It may have been processed, and may still be
    Unknown,
    /// The same, and the answer says that the platform does it once per key
    UnderKey,
    /// The platform refuses it, or the caller ended it
    Final,
}

/// Where an operation stands after a failed attempt.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// How many attempts were made
    pub attempts: u32,
    /// How many may be made after the first
    pub max_retries: u32,
    /// What is left of the operation's time, in milliseconds
    pub left_ms: f64,
    /// How long the failed attempt took, in milliseconds
    pub took_ms: f64,
    /// How long the platform asks to wait, in milliseconds
    pub retry_after_ms: Option<u32>,
}

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decision {
    /// Report the failure
    Stop,
    /// Try again after so many milliseconds
    After(f64),
}

const FIRST_BACKOFF_MS: f64 = 500.0;
const LONGEST_BACKOFF_MS: f64 = 8_000.0;
const LONGEST_SETTLING_MS: f64 = 10_000.0;

/// Decides after a failed attempt; `random` is from 0 to 1.
///
/// Backoff is exponential with full jitter. A platform's own wait is kept to, never shortened: where it is longer than the
/// time that is left, the failure is reported at once. Behind a timeout, a lost connection or a gateway's 504 the platform
/// may still be at work, and one that looks keys up before it has stored them would dial twice; so the next attempt waits
/// at least as long again as the failed one took (at most 10 s).
pub fn decide(repeat: Repeat, failure: Failure, standing: Standing, random: f64) -> Decision {
    let may_repeat = match failure {
        Failure::Final => false,
        Failure::Undone | Failure::UnderKey => true,
        Failure::Unknown => repeat != Repeat::IfUndone,
    };
    if !may_repeat || standing.attempts > standing.max_retries {
        return Decision::Stop;
    }
    let doublings = standing.attempts.saturating_sub(1).min(16);
    let ceiling = (FIRST_BACKOFF_MS * f64::from(1u32 << doublings)).min(LONGEST_BACKOFF_MS);
    let settling = match (failure, repeat) {
        (Failure::Unknown, Repeat::UnderKey) | (Failure::UnderKey, _) => standing.took_ms.min(LONGEST_SETTLING_MS),
        _ => 0.0,
    };
    let wait = match standing.retry_after_ms {
        Some(asked) => f64::from(asked).max(settling) + random * ceiling / 10.0,
        None => (random * ceiling).max(settling),
    };
    if wait >= standing.left_ms { Decision::Stop } else { Decision::After(wait) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STANDING: Standing =
        Standing { attempts: 1, max_retries: 2, left_ms: 100_000.0, took_ms: 100.0, retry_after_ms: None };

    #[test]
    fn only_what_cannot_ring_twice_is_sent_again() {
        use Failure::{Final, Undone, Unknown};
        use Repeat::*;
        for (repeat, failure, again) in [
            (Freely, Undone, true),
            (Freely, Unknown, true),
            (Freely, Final, false),
            (UnderKey, Undone, true),
            (UnderKey, Unknown, true),
            (UnderKey, Final, false),
            (IfUndone, Undone, true),
            (IfUndone, Unknown, false),
            (IfUndone, Failure::UnderKey, true),
            (IfUndone, Final, false),
        ] {
            let decision = decide(repeat, failure, STANDING, 0.5);
            assert_eq!(decision != Decision::Stop, again, "{repeat:?} {failure:?}");
        }
    }

    #[test]
    fn backoff_doubles_up_to_its_limit() {
        for (attempts, wait) in [(1, 500.0), (2, 1_000.0), (3, 2_000.0), (5, 8_000.0), (6, 8_000.0), (60, 8_000.0)] {
            let standing = Standing { attempts, max_retries: 100, ..STANDING };
            assert_eq!(decide(Repeat::Freely, Failure::Unknown, standing, 1.0), Decision::After(wait), "{attempts}");
        }
    }

    #[test]
    fn attempts_are_counted() {
        for (attempts, max_retries, again) in [(1, 0, false), (1, 1, true), (2, 1, false), (2, 2, true), (3, 2, false)]
        {
            let standing = Standing { attempts, max_retries, ..STANDING };
            let decision = decide(Repeat::Freely, Failure::Undone, standing, 0.0);
            assert_eq!(decision != Decision::Stop, again, "{attempts} of {max_retries}");
        }
    }

    #[test]
    fn a_platforms_wait_is_kept_or_reported() {
        let standing = Standing { retry_after_ms: Some(20_000), ..STANDING };
        assert_eq!(decide(Repeat::IfUndone, Failure::Undone, standing, 1.0), Decision::After(20_050.0));
        let late = Standing { left_ms: 20_000.0, ..standing };
        assert_eq!(decide(Repeat::IfUndone, Failure::Undone, late, 0.0), Decision::Stop);
    }

    #[test]
    fn a_keyed_call_waits_as_long_again_for_the_platform_to_settle() {
        use Repeat::*;
        for (repeat, failure, took_ms, wait) in [
            (UnderKey, Failure::Unknown, 3_000.0, 3_000.0),
            (UnderKey, Failure::Unknown, 30_000.0, 10_000.0),
            (IfUndone, Failure::UnderKey, 3_000.0, 3_000.0),
            // Where nobody was asked, or nobody can ring, there is nothing to wait for.
            (UnderKey, Failure::Undone, 3_000.0, 0.0),
            (Freely, Failure::Unknown, 3_000.0, 0.0),
        ] {
            let decision = decide(repeat, failure, Standing { took_ms, ..STANDING }, 0.0);
            assert_eq!(decision, Decision::After(wait), "{repeat:?} {failure:?} {took_ms}");
        }
        // A gateway that says "now" knows nothing of what is behind it.
        for (asked_ms, wait) in [(0, 3_000.0), (4_000, 4_000.0)] {
            let standing = Standing { took_ms: 3_000.0, retry_after_ms: Some(asked_ms), ..STANDING };
            assert_eq!(decide(UnderKey, Failure::Unknown, standing, 0.0), Decision::After(wait), "{asked_ms}");
        }
        let backoff = decide(UnderKey, Failure::Unknown, STANDING, 1.0);
        assert_eq!(backoff, Decision::After(500.0), "an attempt that failed soon has its backoff");
    }
}
