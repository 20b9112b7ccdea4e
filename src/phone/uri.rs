//! Finding the number in a text, and the parameters of RFC 3966.

use super::kind::Reason;
use super::read::starts_number;
use super::text::digit;

fn position(text: &[char], wanted: &str) -> Option<usize> {
    (0..text.len()).find(|at| {
        let mut rest = text.iter().skip(*at);
        wanted.chars().all(|c| rest.next() == Some(&c))
    })
}

/// Reduces a text to the number in it (`buildNationalNumberForParsing`).
pub(super) fn extract(text: &mut Vec<char>) -> Result<(), Reason> {
    if let Some(at) = position(text, ";phone-context=") {
        let context = text.get(at + ";phone-context=".len()..).unwrap_or_default();
        let context = context.split(|c| *c == ';').next().unwrap_or_default();
        let mut number = match context {
            ['+', rest @ ..] if is_global(rest) => context.to_vec(),
            _ if is_domain(context) => Vec::new(),
            _ => return Err(Reason::NotANumber),
        };
        let from = position(text, "tel:").map_or(0, |tel| tel + "tel:".len());
        number.extend_from_slice(text.get(from..at).unwrap_or_default());
        *text = number;
    } else {
        let from = text.iter().position(|c| starts_number(*c)).unwrap_or(text.len());
        text.drain(..from);
        let end = text.iter().rposition(|c| c.is_alphanumeric() || *c == '#').map_or(0, |last| last + 1);
        text.truncate(end);
        if let Some(end) = second_number(text) {
            text.truncate(end);
        }
    }
    if let Some(end) = position(text, ";isub=").filter(|at| *at > 0) {
        text.truncate(end);
    }
    Ok(())
}

/// Where a second number starts, as in `(530) 583-6985 x302/x2303`.
fn second_number(text: &[char]) -> Option<usize> {
    text.iter()
        .enumerate()
        .position(|(at, c)| matches!(c, '/' | '\\') && text.iter().skip(at + 1).find(|c| **c != ' ') == Some(&'x'))
}

/// The rest of a global number, after its `+`: digits, and visual separators.
fn is_global(text: &[char]) -> bool {
    let is_digit = |c: &char| digit(*c).is_some();
    text.iter().any(is_digit) && text.iter().all(|c| is_digit(c) || matches!(c, '-' | '.' | '(' | ')'))
}

/// A domain name: labels of letters, digits and inner hyphens, of which the last starts with a letter.
fn is_domain(text: &[char]) -> bool {
    let text = text.strip_suffix(&['.']).unwrap_or(text);
    let is_inner = |c: &char| c.is_ascii_alphabetic() || digit(*c).is_some();
    let is_label = |label: &[char]| match label {
        [first, .., last] => is_inner(first) && is_inner(last) && label.iter().all(|c| is_inner(c) || *c == '-'),
        [only] => is_inner(only),
        [] => false,
    };
    let last = text.rsplit(|c| *c == '.').next().and_then(|label| label.first());
    text.split(|c| *c == '.').all(is_label) && last.is_some_and(char::is_ascii_alphabetic)
}
