//! Strict mode: the text is one phone number and nothing else.
//!
//! libphonenumber reads letters as digits of a keypad, passes over text before and after the number, and takes what looks like
//! a mask for a number. That is right for a search, and wrong before a call.

use super::extension::{self, Label};
use super::text::{Token, after, digit, is, is_plus, is_visible_separator, is_white};

/// Most digits after a pause without a name, unless a `#` ends them: more may well be a second number.
const MOST_AFTER_PAUSE: usize = 6;

/// Whether a text holds one number, perhaps with an extension, perhaps as a `tel:` URI, between white space.
pub(super) fn is_number_alone(text: &[Token]) -> bool {
    let from = text.iter().position(|token| !is_white(*token)).unwrap_or(text.len());
    let end = text.iter().rposition(|token| !is_white(*token)).map_or(from, |last| last + 1);
    let text = text.get(from..end).unwrap_or_default();
    if let Some(uri) = after(text, b"tel:") {
        let body = uri.split(|token| is(*token, b';')).next().unwrap_or_default();
        return digits_of(body) > 0 && uri.iter().skip(body.len()).all(|token| (*token as u8).is_ascii_graphic());
    }
    let Some(found) = extension::find(text) else { return digits_of(text) > 0 };
    let is_short = found.digits.1 - found.digits.0 <= MOST_AFTER_PAUSE;
    let named = match found.label {
        Label::Commas => is_short,
        Label::Dialled => is_short || found.digits.1 < text.len(),
        Label::Tilde => false,
        _ => true,
    };
    // With fewer digits libphonenumber does not see an extension, but one number.
    named && digits_of(text.get(..found.start).unwrap_or_default()) >= 3
}

/// How many digits a text has; 0 if it has more than digits, what is written between them, and at most one `+` before them.
fn digits_of(text: &[Token]) -> usize {
    let (mut digits, mut plus) = (0, false);
    for token in text {
        if digit(*token).is_some() {
            digits += 1;
        } else if is_plus(*token) && !plus && digits == 0 {
            plus = true;
        } else if !is_visible_separator(*token)
            || !plus && digits == 0 && !matches!(*token as u8 & 0x7f, b'(' | b'[' | b' ')
        {
            return 0;
        }
    }
    digits
}
