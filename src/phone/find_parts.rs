//! The shapes that the search for numbers in a text looks for, where libphonenumber has regular expressions.
//!
//! A text is one byte a character here, as in `text`, with codes of their own for what only the search tells apart.

use super::extension::{is_comma, is_space, name, trim};
use super::text::{LONGEST_TEXT, OTHER_LETTER, Token, after, digit, ends_number, is, is_plus, is_punctuation, token};

const OPEN: u8 = b'[' | 0x80;
const CLOSE: u8 = b']' | 0x80;
/// A dash that may separate two numbers.
const WIDE: u8 = b'=' | 0x80;
/// The mark of a long vowel, which is punctuation and yet a letter.
const LONG: u8 = b'^' | 0x80;
const WIDE_SPACE: u8 = b'_' | 0x80;
/// A Latin letter or a currency sign, next to which there is no number.
const FORBIDDEN: u8 = b'%';

/// Most digits in a block, and most blocks after the first.
const BLOCK: usize = 20;
const BLOCKS: usize = 20;

/// Latin letters and currency signs of the basic plane beyond ASCII: first and last.
const FORBIDDEN_RANGES: [(u16, u16); 25] = [
    (0xa2, 0xa5),
    (0xaa, 0xaa),
    (0xb5, 0xb5),
    (0xba, 0xba),
    (0xc0, 0xd6),
    (0xd8, 0xf6),
    (0xf8, 0x24f),
    (0x300, 0x36f),
    (0x58f, 0x58f),
    (0x60b, 0x60b),
    (0x7fe, 0x7ff),
    (0x9f2, 0x9f3),
    (0x9fb, 0x9fb),
    (0xaf1, 0xaf1),
    (0xbf9, 0xbf9),
    (0xe3f, 0xe3f),
    (0x17db, 0x17db),
    (0x1e00, 0x1eff),
    (0x20a0, 0x20c0),
    (0xa838, 0xa838),
    (0xfdfc, 0xfdfc),
    (0xfe69, 0xfe69),
    (0xff04, 0xff04),
    (0xffe0, 0xffe1),
    (0xffe5, 0xffe6),
];

fn is_forbidden(c: char) -> bool {
    let code = u32::from(c);
    let is_in = |(first, last): &(u16, u16)| (u32::from(*first)..=u32::from(*last)).contains(&code);
    FORBIDDEN_RANGES.iter().any(is_in) || matches!(code, 0x11fdd..=0x11fe0 | 0x1e2ff | 0x1ecb0)
}

/// The meaning of a character for the search.
pub(super) fn kind(c: char) -> u8 {
    match c {
        '\u{ff08}' | '\u{ff3b}' => OPEN,
        '\u{ff09}' | '\u{ff3d}' => CLOSE,
        '\u{2012}'..='\u{2015}' | '\u{ff0d}' => WIDE,
        '\u{30fc}' => LONG,
        '\u{3000}' => WIDE_SPACE,
        // Some Latin letters occur in labels of extensions, which are read first.
        _ => match token(c) as u8 {
            0 | OTHER_LETTER if is_forbidden(c) => FORBIDDEN,
            meaning => meaning,
        },
    }
}

/// Whether a character next to a number means that it is none: a Latin letter, a percent or currency sign.
pub(super) fn forbids(kind: u8) -> bool {
    kind.is_ascii_alphabetic() || matches!(kind, FORBIDDEN | b'$' | 4..=6 | 8 | 0x10)
}

/// Whether a character belongs to a class of [`matches`]. A class is a character that stands for itself or for others:
/// `d` any digit, `0` to `3` a figure up to it, `y` 1 or 2, `h` a hyphen or slash, `s` white space, `o` and `c` brackets that open
/// and close, `w` a wide dash, `l` what can stand before a number, `p` punctuation; a capital is anything but its small letter,
/// `N` anything but a bracket, `D` anything but a full stop, `A` anything.
fn is_in(class: u8, kind: u8) -> bool {
    let token = Token::from(kind);
    let (open, close) = (matches!(kind, b'(' | b'[' | OPEN), matches!(kind, b')' | b']' | CLOSE));
    let white = matches!(kind, b' ' | b'\t' | WIDE_SPACE) || kind == b' ' | 0x80;
    match class {
        b'd' => digit(token).is_some(),
        b'0'..=b'3' => kind <= class && kind >= b'0',
        b'y' => matches!(kind, b'1' | b'2'),
        b'h' => matches!(kind, b'-' | b'/'),
        b's' => white,
        b'S' => !white,
        b'o' => open,
        b'c' => close,
        b'w' => kind == WIDE,
        b'l' => open || is_plus(token),
        b'p' => open || close || matches!(kind, WIDE | LONG | WIDE_SPACE) || kind != b'*' && is_punctuation(token),
        b'N' => !open && !close,
        b'D' => kind != b'.',
        b'O' => kind != b'(',
        b'A' => true,
        _ => kind == class,
    }
}

/// How many characters at the start are of a class, up to `most`.
fn run(text: &[u8], class: u8, most: usize) -> usize {
    text.iter().take(most).take_while(|kind| is_in(class, **kind)).count()
}

/// How much of the start of a text a pattern matches: a sequence of classes, each with an optional `?`, `+` or `*`, which take
/// as much as they can.
pub(super) fn matches(pattern: &[u8], text: &[u8]) -> Option<usize> {
    let [class, rest @ ..] = pattern else { return Some(0) };
    let (least, most, rest) = match rest {
        [b'?', rest @ ..] => (0, 1, rest),
        [b'*', rest @ ..] => (0, usize::MAX, rest),
        [b'+', rest @ ..] => (1, usize::MAX, rest),
        _ => (1, 1, rest),
    };
    let count = run(text, *class, most);
    (least..=count).rev().find_map(|count| Some(count + matches(rest, text.get(count..)?)?))
}

fn matches_anywhere(pattern: &[u8], text: &[u8]) -> Option<usize> {
    (0..text.len()).find(|at| text.get(*at..).is_some_and(|rest| matches(pattern, rest).is_some()))
}

/// Where the first candidate at or after `at` starts and ends (`_PATTERN` of the reference, searched).
pub(super) fn candidate(text: &[u8], at: usize) -> Option<(usize, usize)> {
    let first_digit = |start: usize| {
        let rest = text.get(start..)?;
        let patterns: [&[u8]; 3] = [b"d", b"lp?p?p?p?d", b"lp?p?p?p?lp?p?p?p?d"];
        patterns.iter().find_map(|pattern| matches(pattern, rest)).map(|length| (start, start + length - 1))
    };
    let (start, mut end) = (at..text.len()).find_map(first_digit)?;
    for _ in 0..=BLOCKS {
        let rest = text.get(end..).unwrap_or_default();
        let Some(gap) = matches(b"p?p?p?p?d", rest) else { break };
        end += gap - 1 + run(rest.get(gap - 1..).unwrap_or_default(), b'd', BLOCK);
    }
    let end = end + extension(text.get(end..).unwrap_or_default()).unwrap_or_default();
    // What follows a slash and an `x` is a second extension, and so a second number.
    let candidate = text.get(start..end)?;
    Some((start, matches_anywhere(b"/ *x", candidate).map_or(end, |slash| start + slash)))
}

/// How much of the start of a text is an extension with its label (`_EXTN_PATTERNS_FOR_MATCHING`). One that is further away than
/// the longest text of a number is not seen.
fn extension(text: &[u8]) -> Option<usize> {
    let mut space = [0; LONGEST_TEXT];
    space.iter_mut().zip(text).for_each(|(token, kind)| *token = Token::from(*kind));
    let all = space.get(..text.len().min(LONGEST_TEXT))?;
    let (most, rest) = match name(trim(all, |token| is_space(token) || is_comma(token))) {
        _ if is(*all.first()?, b';') => (20, after(all, b";ext=")?),
        Some((label, rest)) => {
            let dot = rest.first().is_some_and(|first| is(*first, b':') || *first as u8 & 0x7f == b'.');
            let rest = rest.get(usize::from(dot)..)?;
            (label.most_digits(), trim(rest, |token| is_space(token) || is_comma(token) || is(token, b'-')))
        }
        None => (0, trim(all, |token| is(token, b' ') || is(token, b'-'))),
    };
    let start = all.len() - rest.len();
    let count = run(text.get(start..)?, b'd', if most == 0 { 6 } else { most });
    let end = start + count;
    let hash = text.get(end) == Some(&b'#') && !is(*all.first()?, b';');
    let complete = count > 0 && (most > 0 || hash && start > 0);
    complete.then_some(end + usize::from(hash))
}

/// Whether a candidate has a date in it, such as 31/10/96, or ends in a time stamp such as 2012-01-02 08 and the text goes on
/// with `:00`.
pub(super) fn is_date(candidate: &[u8], next: &[u8]) -> bool {
    let is_stamp =
        |at: usize| candidate.get(at..).is_some_and(|rest| matches(b"ydddh?1dh?3d +2d", rest) == Some(rest.len()));
    matches_anywhere(b"d/3?d/dd", candidate).is_some() || is_minutes(next) && (0..candidate.len()).any(is_stamp)
}

fn is_minutes(text: &[u8]) -> bool {
    matches!(text, [b':', b'0'..=b'5', ..]) && matches(b":dd", text).is_some()
}

/// Whether the brackets of a candidate match, and it has no pages of a publication in it, such as 211-227 (2003.
///
/// A bracket that opens at the start may be left open, and one that opened before the start may be closed; then come up to three
/// pairs, side by side.
pub(super) fn is_plausible(candidate: &[u8]) -> bool {
    let Some(mut end) = matches(b"o?N+cN+", candidate).or_else(|| matches(b"o?N+", candidate)) else { return false };
    for _ in 0..3 {
        end += candidate.get(end..).and_then(|rest| matches(b"oN+c", rest)).unwrap_or_default();
    }
    let closed = candidate.get(end..).and_then(|rest| matches(b"N*", rest)) == Some(candidate.len() - end);
    closed && matches_anywhere(b"d-+dd?d?d?d?s?s?s?s?(d", candidate).is_none()
}

/// The separators at which a candidate may be two numbers, each with the first character of what follows, and the class of the
/// other characters of that (`_INNER_MATCHES`).
pub(super) const SEPARATORS: [(&[&[u8]], u8); 6] = [
    (&[b"/+"], b'A'),
    (&[b"("], b'O'),
    (&[b"s-s*A", b"-ss*A"], b'A'),
    (&[b"ws*A"], b'A'),
    (&[b".+s*D"], b'D'),
    (&[b"s+S"], b'S'),
];

/// The next separator at or after `at`: where it starts, and where what follows it starts and ends.
pub(super) fn inner((patterns, class): (&[&[u8]], u8), candidate: &[u8], at: usize) -> Option<(usize, usize, usize)> {
    (at..candidate.len()).find_map(|start| {
        let rest = candidate.get(start..)?;
        let length = patterns.iter().find_map(|pattern| matches(pattern, rest))?;
        let end = start + length + run(rest.get(length..)?, class, usize::MAX);
        // A slash is the one separator that nothing may follow.
        let taken = usize::from(rest.first() != Some(&b'/'));
        Some((start, start + length - taken, end))
    })
}

/// How long a group is without what cannot end a number.
pub(super) fn trimmed(group: &[u8]) -> usize {
    let ends = |kind: &u8| *kind == LONG || ends_number(Token::from(*kind));
    group.iter().rposition(ends).map_or(0, |last| last + 1)
}
