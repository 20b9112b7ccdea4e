//! The shapes that the search for numbers in a text looks for, each scanned by hand where libphonenumber has a regular
//! expression.

use super::extension::{is_comma, is_space, name, trim};
use super::text::{LONGEST_TEXT, Token, after, digit, is, is_plus, is_punctuation, token, tokens};

/// Most digits in a block, most blocks after the first, most punctuation between two, most digits after a plain `#`.
const BLOCK: usize = 20;
const BLOCKS: usize = 20;
const PUNCTUATION: usize = 4;

fn is_digit(c: char) -> bool {
    digit(token(c)).is_some()
}

fn is_open(c: char) -> bool {
    matches!(c, '(' | '[' | '\u{ff08}' | '\u{ff3b}')
}

fn is_close(c: char) -> bool {
    matches!(c, ')' | ']' | '\u{ff09}' | '\u{ff3d}')
}

/// Whether a character can stand before the digits of a number.
pub(super) fn is_lead(c: char) -> bool {
    is_open(c) || is_plus(token(c))
}

fn is_between(c: char) -> bool {
    c != '*' && is_punctuation(token(c))
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{3000}')
}

fn from(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// The bytes of the characters at the start that are of a class, at most `most` characters.
fn run(text: &str, most: usize, class: fn(char) -> bool) -> usize {
    text.chars().take(most).take_while(|c| class(*c)).map(char::len_utf8).sum()
}

/// Where the first candidate at or after `at` starts and ends (`_PATTERN` of the reference, searched).
pub(super) fn candidate(text: &str, at: usize) -> Option<(usize, usize)> {
    let (start, first) = from(text, at).char_indices().find_map(|(start, c)| {
        let start = at + start;
        let lead = if is_lead(c) { lead(from(text, start))? } else { 0 };
        (lead > 0 || is_digit(c)).then_some((start, start + lead))
    })?;
    let mut end = first + run(from(text, first), BLOCK, is_digit);
    for _ in 0..BLOCKS {
        let gap = run(from(text, end), PUNCTUATION, is_between);
        let block = run(from(text, end + gap), BLOCK, is_digit);
        if block == 0 {
            break;
        }
        end += gap + block;
    }
    Some((start, end + extension(from(text, end))))
}

/// How far the first digit is: up to two times a lead character and punctuation. Punctuation may be brackets too, so both
/// readings are followed: how much punctuation there has been after the first lead character, and after the second.
fn lead(text: &str) -> Option<usize> {
    const NEVER: usize = usize::MAX - 1;
    let (mut first, mut second) = (0, NEVER);
    for (at, c) in text.char_indices().skip(1) {
        if is_digit(c) {
            return Some(at);
        }
        let more = |count: usize| if is_between(c) && count < PUNCTUATION { count + 1 } else { NEVER };
        second = if is_lead(c) && first != NEVER { 0 } else { more(second) };
        first = more(first);
        if first == NEVER && second == NEVER {
            return None;
        }
    }
    None
}

/// The bytes of the extension that a text starts with, or 0 (`_EXTN_PATTERNS_FOR_MATCHING`). One that is further away than the
/// longest text of a number is not seen.
fn extension(text: &str) -> usize {
    let head = text.char_indices().nth(LONGEST_TEXT).map_or(text, |(end, _)| text.get(..end).unwrap_or_default());
    let mut space = [0; LONGEST_TEXT];
    let all = tokens(head, &mut space).unwrap_or_default();
    let count = spoken(all).unwrap_or_default();
    head.chars().take(count).map(char::len_utf8).sum()
}

/// How many characters at the start are an extension with its label.
fn spoken(all: &[Token]) -> Option<usize> {
    let is_hash = |token: &&Token| is(**token, b'#');
    let digits =
        |rest: &[Token], most: usize| rest.iter().take(most).take_while(|token| digit(**token).is_some()).count();
    // The place behind the digits with which `rest` starts.
    let end = |rest: &[Token], most: usize| {
        Some(digits(rest, most)).filter(|count| *count > 0).map(|count| all.len() - rest.len() + count)
    };
    if let Some(rest) = after(all, b";ext=") {
        return end(rest, 20);
    }
    if let Some((label, rest)) = name(trim(all, |token| is_space(token) || is_comma(token))) {
        let rest = match rest {
            [first, rest @ ..] if is(*first, b':') || *first as u8 & 0x7f == b'.' => rest,
            _ => rest,
        };
        let rest = trim(rest, |token| is_space(token) || is_comma(token) || is(token, b'-'));
        let end = end(rest, label.most_digits())?;
        return Some(end + usize::from(all.get(end).filter(is_hash).is_some()));
    }
    let rest = trim(all, |token| is(token, b' ') || is(token, b'-'));
    let end = end(rest, 6).filter(|_| rest.len() < all.len())?;
    all.get(end).filter(is_hash).map(|_| end + 1)
}

/// Where a second extension, and so a second number, starts, as in `x302/x2303`; else the end.
pub(super) fn second_number(candidate: &str) -> usize {
    let starts = |at: &usize| from(candidate, at + 1).trim_start_matches(' ').starts_with('x');
    candidate.match_indices('/').map(|(at, _)| at).find(starts).unwrap_or(candidate.len())
}

/// Whether a date such as 31/10/96 is in a candidate.
pub(super) fn has_date(candidate: &str) -> bool {
    let ends_in_digit = |text: &str| text.chars().next_back().is_some_and(is_digit);
    let is_part = |text: &str| {
        let mut chars = text.chars();
        let last = chars.next_back();
        last.is_some_and(is_digit) && matches!(chars.as_str(), "" | "0" | "1" | "2" | "3")
    };
    let (mut first, mut second) = ("", "");
    candidate.split('/').any(|third| {
        let found =
            ends_in_digit(first) && is_part(second) && third.chars().take(2).filter(|c| is_digit(*c)).count() == 2;
        (first, second) = (second, third);
        found
    })
}

/// Whether a candidate ends in a time stamp such as 2012-01-02 08, and `next` goes on with `:00`.
pub(super) fn is_time_stamp(candidate: &str, next: &str) -> bool {
    let [b':', b'0'..=b'5', ..] = next.as_bytes() else { return false };
    if !from(next, 2).chars().next().is_some_and(is_digit) {
        return false;
    }
    let mut rest = candidate;
    // From the end: a letter is any digit, a figure a digit up to it, a hyphen an optional separator.
    for class in b"d2 d3-d1-dddy" {
        let before = rest;
        rest = match class {
            b' ' => rest.trim_end_matches(' '),
            b'-' => rest.strip_suffix(['-', '/']).unwrap_or(rest),
            b'd' => rest.strip_suffix(is_digit).unwrap_or(rest),
            b'y' => rest.strip_suffix(['1', '2']).unwrap_or(rest),
            most => rest.strip_suffix(|c: char| c.is_ascii_digit() && c as u8 <= *most).unwrap_or(rest),
        };
        if rest.len() == before.len() && *class != b'-' {
            return false;
        }
    }
    true
}

/// Whether the pages of a publication are in a candidate, such as 211-227 (2003.
pub(super) fn has_pages(candidate: &str) -> bool {
    candidate.match_indices('(').any(|(at, _)| {
        let before = candidate.get(..at).unwrap_or_default();
        let text = before.trim_end_matches(is_gap);
        let rest = text.trim_end_matches(is_digit);
        let start = rest.trim_end_matches('-');
        let count = |longer: &str, shorter: &str| from(longer, shorter.len()).chars().count();
        from(candidate, at + 1).chars().next().is_some_and(is_digit)
            && count(before, text) <= 4
            && (1..=5).contains(&count(text, rest))
            && start.len() < rest.len()
            && start.chars().next_back().is_some_and(is_digit)
    })
}

/// Whether brackets match: one that opens at the start may be left open, and one that opened before the start may be closed;
/// then up to three pairs, side by side (`_MATCHING_BRACKETS`).
pub(super) fn brackets_match(candidate: &str) -> bool {
    let plain = |text: &str| run(text, usize::MAX, |c| !is_open(c) && !is_close(c));
    let mut rest = candidate.strip_prefix(is_open).unwrap_or(candidate);
    let first = plain(rest);
    if let Some(closed) = from(rest, first).strip_prefix(is_close) {
        rest = closed;
    }
    if first == 0 || plain(rest) == 0 {
        return false;
    }
    rest = from(rest, plain(rest));
    for _ in 0..3 {
        let Some(inside) = rest.strip_prefix(is_open) else { break };
        let length = plain(inside);
        match from(inside, length).strip_prefix(is_close).filter(|_| length > 0) {
            Some(closed) => rest = closed,
            None => return false,
        }
    }
    plain(rest) == rest.len()
}

/// Whether a character next to a number means that it is none: a Latin letter, a percent or currency sign.
pub(super) fn forbids(c: char) -> bool {
    match c {
        '%'
        | '$'
        | '\u{a2}'..='\u{a5}'
        | '\u{aa}'
        | '\u{b5}'
        | '\u{ba}'
        | '\u{58f}'
        | '\u{60b}'
        | '\u{7fe}'
        | '\u{7ff}' => true,
        '\u{9f2}'
        | '\u{9f3}'
        | '\u{9fb}'
        | '\u{af1}'
        | '\u{bf9}'
        | '\u{e3f}'
        | '\u{17db}'
        | '\u{20a0}'..='\u{20c0}' => true,
        '\u{a838}' | '\u{fdfc}' | '\u{fe69}' | '\u{ff04}' | '\u{ffe0}' | '\u{ffe1}' | '\u{ffe5}' | '\u{ffe6}' => true,
        '\u{11fdd}'..='\u{11fe0}' | '\u{1e2ff}' | '\u{1ecb0}' => true,
        '\u{d7}' | '\u{f7}' => false,
        '\u{c0}'..='\u{24f}' | '\u{300}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}' => true,
        _ => c.is_ascii_alphabetic(),
    }
}

/// A place where a candidate may be two numbers.
pub(super) struct Inner {
    /// Where the separator is.
    pub start: usize,
    /// Where what follows it starts and ends.
    pub group: (usize, usize),
    /// Where to look further, and how often the reference finds the same group again before.
    pub next: usize,
    pub repeats: usize,
}

/// How many kinds of separator there are.
pub(super) const KINDS: usize = 6;

/// The next separator of a kind at or after `at` (`_INNER_MATCHES`): a slash, an opening bracket, a hyphen with a space, a wide
/// hyphen, a full stop, a space.
pub(super) fn inner(kind: usize, candidate: &str, at: usize) -> Option<Inner> {
    let is_separator: fn(char) -> bool = match kind {
        0 => |c| c == '/',
        1 => |c| c == '(',
        2 => |c| c == '-' || is_gap(c),
        3 => |c| matches!(c, '\u{2012}'..='\u{2015}' | '\u{ff0d}'),
        4 => |c| c == '.',
        _ => is_gap,
    };
    let starts = |start: &usize| {
        let mut chars = from(candidate, *start).chars();
        let (first, second) = (chars.next().unwrap_or_default(), chars.next().unwrap_or_default());
        is_separator(first) && (kind != 2 || is_separator(second) && (first == '-') != (second == '-'))
    };
    let start = from(candidate, at).char_indices().map(|(start, _)| at + start).find(starts)?;
    let rest = from(candidate, start);
    let one = run(rest, 1, is_separator);
    let all = match kind {
        2 => run(rest, 2, is_separator),
        1 | 3 => one,
        _ => run(rest, usize::MAX, is_separator),
    };
    let body = from(rest, all);
    if body.is_empty() && kind > 1 {
        return None;
    }
    let group = match kind {
        1 => start,
        2..=4 => start + all + run(body, usize::MAX, is_gap),
        _ => start + all,
    };
    let is_end: fn(char) -> bool = match kind {
        1 | 4 => is_separator,
        5 => is_gap,
        _ => |_| false,
    };
    let text = from(candidate, group);
    let end =
        text.char_indices().skip(usize::from(kind == 1)).find(|(_, c)| is_end(*c)).map_or(text.len(), |(end, _)| end);
    let next = start + if (1..=3).contains(&kind) { one } else { all };
    let repeats = candidate.get(start + one..next).map_or(0, |run| run.chars().count());
    Some(Inner { start, group: (group, group + end), next, repeats })
}

/// A group without what cannot end a number.
pub(super) fn trimmed(group: &str) -> &str {
    group.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '#')
}
