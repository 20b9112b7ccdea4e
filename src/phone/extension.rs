//! Extensions: ` ext. 12`, `x12`, `;ext=12`, `доб. 12`, `,,12`, `- 12#` and the like.

use super::text::{Token, after, after_plus, digit, is, is_letter, is_punctuation};

/// Where an extension was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extension {
    /// Where its label starts.
    pub start: usize,
    /// Where its digits start and end.
    pub digits: (usize, usize),
    pub label: Label,
}

/// How an extension is introduced; the vaguer the label, the fewer digits may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Explicit,
    /// Pauses such as `,,` and `;`.
    Dialled,
    Letter,
    Tilde,
    Commas,
    /// Nothing but a `#` at the end.
    Hash,
}

impl Label {
    pub(super) fn most_digits(self) -> usize {
        match self {
            Label::Explicit => 20,
            Label::Dialled => 15,
            Label::Letter | Label::Tilde | Label::Commas => 9,
            Label::Hash => 6,
        }
    }
}

fn is_space(token: Token) -> bool {
    token as u8 & 0x7f == b' ' || is(token, b'\t')
}

fn is_comma(token: Token) -> bool {
    is(token, b',')
}

/// The digits that end a text, before an optional `#`.
fn last_digits(text: &[Token]) -> Option<(usize, usize)> {
    let end = text.len() - usize::from(text.last().is_some_and(|token| is(*token, b'#')));
    let count = text.get(..end)?.iter().rev().take_while(|token| digit(**token).is_some()).count();
    (count > 0).then_some((end - count, end))
}

/// The leftmost extension that a text ends in (`_EXTN_PATTERN` of libphonenumber, searched).
pub(super) fn find(text: &[Token]) -> Option<Extension> {
    let digits = last_digits(text)?;
    (label_from(text, digits)..digits.0).find_map(|start| at(text, start, digits))
}

/// Where a label can start at the earliest: labels have no digits.
fn label_from(text: &[Token], digits: (usize, usize)) -> usize {
    let before = text.get(..digits.0).unwrap_or_default();
    before.iter().rposition(|token| digit(*token).is_some()).map_or(0, |last| last + 1)
}

fn at(text: &[Token], start: usize, digits: (usize, usize)) -> Option<Extension> {
    let count = digits.1 - digits.0;
    let between = text.get(start..digits.0)?;
    let label = label(between, digits.1 < text.len(), |label: Label| count <= label.most_digits())?;
    Some(Extension { start, digits, label })
}

/// What the text between a number and the digits of its extension is, all of it.
fn label(text: &[Token], hash: bool, fits: impl Fn(Label) -> bool) -> Option<Label> {
    let spaced = trim(text, is_space);
    let (label, rest) = match spaced {
        _ if !hash && after(text, b";ext=").is_some_and(<[Token]>::is_empty) => (Label::Explicit, [].as_slice()),
        [comma, second, rest @ ..] if is_comma(*comma) && is_comma(*second) && ends(rest) && fits(Label::Dialled) => {
            (Label::Dialled, rest)
        }
        [semicolon, rest @ ..] if is(*semicolon, b';') => (Label::Dialled, rest),
        [comma, ..] if is_comma(*comma) && ends(trim(spaced, is_comma)) => (Label::Commas, [].as_slice()),
        [] | [_, ..] if hash && !text.is_empty() && text.iter().all(|token| matches!(*token as u8, b' ' | b'-')) => {
            (Label::Hash, [].as_slice())
        }
        _ => name(trim(text, |token| is_space(token) || is_comma(token)))?,
    };
    (ends(rest) && fits(label)).then_some(label)
}

fn trim(text: &[Token], drop: impl Fn(Token) -> bool) -> &[Token] {
    let from = text.iter().position(|token| !drop(*token)).unwrap_or(text.len());
    text.get(from..).unwrap_or_default()
}

/// Whether only what may follow a label is left: a full stop or colon, then spaces, commas and hyphens.
fn ends(rest: &[Token]) -> bool {
    let rest = match rest {
        [first, rest @ ..] if is(*first, b':') || *first as u8 & 0x7f == b'.' => rest,
        _ => rest,
    };
    rest.iter().all(|token| is_space(*token) || is_comma(*token) || is(*token, b'-'))
}

/// Labels in small letters, full-width and Cyrillic ones as tokens; a longer one before its start.
const NAMES: [(&[u8], Label); 11] = [
    (b"ext", Label::Explicit),
    (b"xt", Label::Explicit),
    (b"\xe5\xf8\xf4", Label::Explicit),
    (b"\xf8\xf4", Label::Explicit),
    (b"\x01\x02\x03", Label::Explicit),
    (b"anexo", Label::Explicit),
    (b"int", Label::Letter),
    (b"\xe9\xee\xf4", Label::Letter),
    (b"x", Label::Letter),
    (b"#", Label::Letter),
    (b"~", Label::Tilde),
];

/// The name that a text starts with, and what follows it.
pub(super) fn name(text: &[Token]) -> Option<(Label, &[Token])> {
    let (index, label, rest) = NAMES.iter().enumerate().find_map(|(index, (name, label))| {
        let full_width = text.first().map(|token| [*token as u8 & 0x7f]).filter(|byte| name.len() == 1 && byte == name);
        let rest = if full_width.is_some() { text.get(1..) } else { after(text, name) };
        rest.map(|rest| (index, *label, rest))
    })?;
    let long = after(rest, b"ensi").filter(|_| index < 2);
    let long =
        long.and_then(|rest| after(rest, b"o\x10").or_else(|| after(rest, b"o")).or_else(|| after(rest, b"\x04")));
    let rest = long.unwrap_or(rest);
    let plural = match index {
        0 | 1 => after(rest, b"n"),
        2 | 3 => after(rest, b"\xee"),
        _ => None,
    };
    Some((label, plural.unwrap_or(rest)))
}

/// Whether a text could be a phone number at all (`_VALID_PHONE_NUMBER_PATTERN` of libphonenumber): two digits alone, or three
/// digits or more among punctuation, then letters too, then perhaps an extension.
pub(super) fn is_viable(text: &[Token]) -> bool {
    if text.len() == 2 {
        return text.iter().all(|token| digit(*token).is_some());
    }
    let (mut count, mut viable_from, mut end) = (0, 0, after_plus(text));
    for token in text.iter().skip(end) {
        if digit(*token).is_some() {
            count += 1;
        } else if !is_punctuation(*token) && (count < 3 || !is_letter(*token)) {
            break;
        }
        end += 1;
        if count < 3 {
            viable_from = end + 1;
        }
    }
    if count < 3 || end == text.len() {
        return count >= 3;
    }
    last_digits(text).is_some_and(|digits| {
        let from = viable_from.max(label_from(text, digits));
        (from..=end.min(digits.0)).any(|start| at(text, start, digits).is_some())
    })
}
