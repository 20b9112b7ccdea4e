//! Extensions: ` ext. 12`, `x12`, `;ext=12`, `доб. 12`, `,,12`, `- 12#` and the like.

use super::text::{digit, is_letter, is_plus, is_punctuation, small};

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
    fn most_digits(self) -> usize {
        match self {
            Label::Explicit => 20,
            Label::Dialled => 15,
            Label::Letter | Label::Tilde | Label::Commas => 9,
            Label::Hash => 6,
        }
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\t')
}

/// The digits that end a text, before an optional `#`.
fn last_digits(text: &[char]) -> Option<(usize, usize)> {
    let end = text.len() - usize::from(text.last() == Some(&'#'));
    let count = text.get(..end)?.iter().rev().take_while(|c| digit(**c).is_some()).count();
    (count > 0).then_some((end - count, end))
}

/// The leftmost extension that a text ends in (`_EXTN_PATTERN` of libphonenumber, searched).
pub(super) fn find(text: &[char]) -> Option<Extension> {
    let digits = last_digits(text)?;
    (0..digits.0).find_map(|start| at(text, start, digits))
}

fn at(text: &[char], start: usize, digits: (usize, usize)) -> Option<Extension> {
    let hash = digits.1 < text.len();
    let label = label(text.get(start..digits.0)?, digits.1 - digits.0, hash)?;
    Some(Extension { start, digits, label })
}

/// What the text between a number and the digits of its extension is, all of it.
fn label(text: &[char], count: usize, hash: bool) -> Option<Label> {
    let fits = |label: &Label| count <= label.most_digits();
    if !hash && text.len() == 5 && text.iter().map(|c| small(*c)).eq(";ext=".chars()) {
        return Some(Label::Explicit).filter(fits);
    }
    let spaced = trim(text, is_space);
    let named = trim(text, |c| is_space(c) || c == ',');
    if let Some((label, rest)) = name(named)
        && ends(rest)
        && fits(&label)
    {
        return Some(label);
    }
    if hash && !text.is_empty() && text.iter().all(|c| matches!(c, ' ' | '-')) && fits(&Label::Hash) {
        return Some(Label::Hash);
    }
    let dialled = match spaced {
        [',', ',', rest @ ..] | [';', rest @ ..] => ends(rest),
        _ => false,
    };
    if dialled && fits(&Label::Dialled) {
        return Some(Label::Dialled);
    }
    let commas = trim(spaced, |c| c == ',');
    (commas.len() < spaced.len() && ends(commas)).then_some(Label::Commas).filter(fits)
}

fn trim(text: &[char], drop: impl Fn(char) -> bool) -> &[char] {
    let from = text.iter().position(|c| !drop(*c)).unwrap_or(text.len());
    text.get(from..).unwrap_or_default()
}

/// Whether only what may follow a label is left: a full stop or colon, then spaces, commas and hyphens.
fn ends(rest: &[char]) -> bool {
    let rest = match rest {
        [':' | '.' | '\u{ff0e}', rest @ ..] => rest,
        _ => rest,
    };
    rest.iter().all(|c| is_space(*c) || matches!(c, ',' | '-'))
}

fn after<'a>(text: &'a [char], word: &str) -> Option<&'a [char]> {
    let mut rest = text;
    for letter in word.chars() {
        rest = match rest {
            [first, others @ ..] if small(*first) == letter => others,
            _ => return None,
        };
    }
    Some(rest)
}

/// The name that a text starts with, and what follows it.
fn name(text: &[char]) -> Option<(Label, &[char])> {
    if let Some(rest) = after(text, "ext").or_else(|| after(text, "xt")) {
        let long = after(rest, "ensi")
            .and_then(|rest| after(rest, "o\u{301}").or_else(|| after(rest, "o")).or_else(|| after(rest, "\u{f3}")));
        let rest = long.unwrap_or(rest);
        return Some((Label::Explicit, after(rest, "n").unwrap_or(rest)));
    }
    if let Some(rest) = after(text, "\u{ff45}\u{ff58}\u{ff54}").or_else(|| after(text, "\u{ff58}\u{ff54}")) {
        return Some((Label::Explicit, after(rest, "\u{ff4e}").unwrap_or(rest)));
    }
    if let Some(rest) = after(text, "\u{434}\u{43e}\u{431}").or_else(|| after(text, "anexo")) {
        return Some((Label::Explicit, rest));
    }
    if let Some(rest) = after(text, "int").or_else(|| after(text, "\u{ff49}\u{ff4e}\u{ff54}")) {
        return Some((Label::Letter, rest));
    }
    match text {
        ['x' | 'X' | '\u{ff58}' | '\u{ff38}' | '#' | '\u{ff03}', rest @ ..] => Some((Label::Letter, rest)),
        ['~' | '\u{ff5e}', rest @ ..] => Some((Label::Tilde, rest)),
        _ => None,
    }
}

/// Whether a text could be a phone number at all (`_VALID_PHONE_NUMBER_PATTERN` of libphonenumber): two digits alone, or three
/// digits or more among punctuation, then letters too, then perhaps an extension.
pub(super) fn is_viable(text: &[char]) -> bool {
    if let [a, b] = text {
        return digit(*a).is_some() && digit(*b).is_some();
    }
    let body = text.iter().position(|c| !is_plus(*c)).unwrap_or(text.len());
    let (mut count, mut viable_from, mut end) = (0, None, body);
    for (at, c) in text.iter().enumerate().skip(body) {
        if digit(*c).is_some() {
            count += 1;
            if count == 3 {
                viable_from = Some(at + 1);
            }
        } else if !is_punctuation(*c) && (count < 3 || !is_letter(*c)) {
            break;
        }
        end = at + 1;
    }
    let Some(from) = viable_from else { return false };
    end == text.len()
        || last_digits(text)
            .is_some_and(|digits| (from..=end.min(digits.0)).any(|start| at(text, start, digits).is_some()))
}
