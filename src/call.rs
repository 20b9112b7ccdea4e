//! Calls in this package's vocabulary.

use crate::fields::{Field, Kind};
use crate::text::words;

/// The fields of a call to place.
pub const CALL_FIELDS: [Field; 7] = [
    ("agentId", Kind::Text),
    ("phoneNumber", Kind::Phone),
    ("contactId", Kind::Text),
    ("fromNumber", Kind::Phone),
    ("variables", Kind::Variables),
    ("settings", Kind::Nested(&SETTINGS_FIELDS)),
    ("extra", Kind::Extra),
];

// No page names a limit; this one, some 136 years, keeps the number whole on every wire.
const SECONDS: Kind = Kind::Whole(1, u32::MAX, "seconds");

/// What to do differently in one call; what is not said is left to the agent.
const SETTINGS_FIELDS: [Field; 5] = [
    ("recordingEnabled", Kind::Flag),
    ("transcriptionEnabled", Kind::Flag),
    ("greeting", Kind::Text),
    ("maxDurationSeconds", SECONDS),
    ("joinTimeoutSeconds", SECONDS),
];

/// What can be changed of a call that exists.
pub const CHANGES_FIELDS: [Field; 3] = [
    ("id", Kind::Id),
    ("context", Kind::Object),
    ("settings", Kind::Nested(&[("recordingEnabled", Kind::Flag), ("transcriptionEnabled", Kind::Flag)])),
];

/// Which calls to list.
pub const QUERY_FIELDS: [Field; 5] = [
    ("status", Kind::OneOf("queued ringing in_progress completed failed no_answer busy voicemail")),
    ("direction", Kind::OneOf("inbound outbound")),
    ("agentId", Kind::Text),
    ("limit", Kind::Whole(1, 100, "calls")),
    ("offset", Kind::Whole(0, u32::MAX, "calls")),
];

/// The words that platforms have for each status of this package, as their letters alone.
const STATUSES: [(&str, &str); 9] = [
    ("queued", "queued scheduled registered initiated"),
    ("ringing", "ringing"),
    ("in_progress", "inprogress ongoing answered callinprogress"),
    ("completed", "completed complete ended done"),
    ("failed", "failed error notconnected"),
    ("no_answer", "noanswer"),
    ("busy", "busy"),
    ("voicemail", "voicemail"),
    ("canceled", "canceled cancelled"),
];

/// A platform's word for how far a call is, in this package's words; case does not matter, nor whether words are joined by
/// `_`, `-` or a space. What is not known is `unknown`.
///
/// ```
/// assert_eq!(outdial::call::status("in-progress"), "in_progress");
/// ```
pub fn status(word: &str) -> &'static str {
    let mut letters = String::new();
    for letter in word.chars().filter(char::is_ascii_alphabetic) {
        letters.push(letter.to_ascii_lowercase());
    }
    let known = STATUSES.iter().find(|(_, theirs)| words(theirs).any(|one| one == letters));
    known.map_or("unknown", |(own, _)| own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_vendors_page_has_a_status() {
        for (word, expected) in [
            ("queued", "queued"),
            ("ringing", "ringing"),
            ("in_progress", "in_progress"),
            ("in-progress", "in_progress"),
            ("Call-In-Progress", "in_progress"),
            ("completed", "completed"),
            ("ended", "completed"),
            ("failed", "failed"),
            ("no_answer", "no_answer"),
            ("busy", "busy"),
            ("voicemail", "voicemail"),
            ("cancelled", "canceled"),
            ("teleported", "unknown"),
        ] {
            assert_eq!(status(word), expected, "{word}");
        }
    }
}
