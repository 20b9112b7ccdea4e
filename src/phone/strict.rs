//! Strict mode: the text is one phone number and nothing else.
//!
//! libphonenumber reads letters as digits of a keypad, passes over text before and after the number, and takes what looks like
//! a mask for a number. That is right for a search, and wrong before a call.

use super::extension::{self, Label};
use super::text::{digit, is_plus, is_visible_separator};

/// Most digits after a pause without a name: more may well be a second number.
const MOST_AFTER_PAUSE: usize = 6;

/// Whether a text holds one number, perhaps with an extension, perhaps as a `tel:` URI, between white space.
pub(super) fn is_number_alone(text: &[char]) -> bool {
    let from = text.iter().position(|c| !c.is_whitespace()).unwrap_or(text.len());
    let end = text.iter().rposition(|c| !c.is_whitespace()).map_or(0, |last| last + 1);
    let text = text.get(from..end).unwrap_or_default();
    if let ['t' | 'T', 'e' | 'E', 'l' | 'L', ':', rest @ ..] = text {
        let body = rest.split(|c| *c == ';').next().unwrap_or_default();
        return is_plain(body).is_some() && rest.iter().skip(body.len()).all(char::is_ascii_graphic);
    }
    match extension::find(text) {
        None => is_plain(text).is_some(),
        Some(found) => {
            let count = found.digits.1 - found.digits.0;
            let named = match found.label {
                Label::Explicit | Label::Dialled | Label::Letter | Label::Hash => true,
                Label::Commas => count <= MOST_AFTER_PAUSE,
                Label::Tilde => false,
            };
            // With fewer digits libphonenumber does not see an extension, but one number.
            named && is_plain(text.get(..found.start).unwrap_or_default()).is_some_and(|digits| digits >= 3)
        }
    }
}

/// How many digits a text has if it has only digits and what is written between them, and at most one `+` before them.
fn is_plain(text: &[char]) -> Option<usize> {
    let (mut digits, mut plus) = (0, false);
    for c in text {
        if digit(*c).is_some() {
            digits += 1;
        } else if is_plus(*c) {
            if plus || digits > 0 {
                return None;
            }
            plus = true;
        } else if !is_visible_separator(*c) || digits == 0 && !plus && !matches!(c, '(' | '[' | ' ' | '\u{ff08}') {
            return None;
        }
    }
    (digits > 0).then_some(digits)
}
