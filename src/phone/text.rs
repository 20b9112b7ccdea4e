//! What characters mean in a phone number: each becomes one byte, so that the rest of the engine knows nothing of Unicode.
//!
//! ASCII stands for itself. With the high bit set a byte is a relative of that ASCII character: another digit with the same
//! value, a full-width letter, another space or dash. A few characters that only occur in labels of extensions have codes of
//! their own.

use super::letters::is_letter_or_number;

/// Most digits that are ever kept: nothing that starts out longer can become a number of at most 17 by losing prefixes.
const CAPACITY: usize = 64;

/// The zeros of the decimal digits (Unicode category Nd) beyond ASCII, in the basic plane.
const ZEROS: [u16; 36] = [
    0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50,
    0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50,
    0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
];

/// The same in the plane after it, less 0x10000.
const HIGH_ZEROS: [u16; 30] = [
    0x04a0, 0x0d30, 0x1066, 0x10f0, 0x1136, 0x11d0, 0x12f0, 0x1450, 0x14d0, 0x1650, 0x16c0, 0x1730, 0x18e0, 0x1950,
    0x1c50, 0x1d50, 0x1da0, 0x1f50, 0x6a60, 0x6ac0, 0x6b50, 0xd7ce, 0xd7d8, 0xd7e2, 0xd7ec, 0xd7f6, 0xe140, 0xe2f0,
    0xe950, 0xfbf0,
];

/// A character's meaning in the low byte, its place in the text in the high one.
pub(super) type Token = u16;

/// Longer texts are refused unread, as libphonenumber does.
pub(super) const LONGEST_TEXT: usize = 250;

const NOTHING: u8 = 0;
pub(super) const OTHER_LETTER: u8 = 0x7f;
/// The long vowel of Japanese, which people write for a dash: a separator, and yet a letter.
const LONG_VOWEL: u8 = 0x0e;
/// White space, and a separator, but not one that libphonenumber knows in an extension.
const WIDE_SPACE: u8 = 0x0f;
const WHITE: u8 = b'\n';
const DOTLESS_I: u8 = 5;
const LONG_S: u8 = 6;
const KELVIN: u8 = 7;
const DOTTED_I: u8 = 8;

/// The value of a decimal digit beyond ASCII.
fn digit_value(c: u32) -> Option<u8> {
    let zeros = match c >> 16 {
        0 => ZEROS.as_slice(),
        1 => HIGH_ZEROS.as_slice(),
        _ => return None,
    };
    let value = zeros.iter().map(|zero| (c & 0xffff).wrapping_sub(u32::from(*zero))).find(|value| *value < 10);
    value.map(|value| value as u8)
}

fn meaning(c: char) -> u8 {
    match c {
        '\t' | ' '..='~' => c as u8,
        '\u{a}'..='\u{d}'
        | '\u{85}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}' => WHITE,
        '\0'..='\u{7f}' => NOTHING,
        '\u{a0}' => b' ' | 0x80,
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{2053}' | '\u{223c}' => b'*' | 0x80,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | '\u{ff0f}' => b'-' | 0x80,
        '\u{30fc}' => LONG_VOWEL,
        '\u{3000}' => WIDE_SPACE,
        '\u{ff08}' | '\u{ff09}' | '\u{ff3b}' | '\u{ff3d}' => b'(' | 0x80,
        '\u{ff03}' | '\u{ff0b}' | '\u{ff0e}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '\u{ff5e}' => {
            small((u32::from(c) - 0xfee0) as u8) | 0x80
        }
        '\u{414}' | '\u{434}' => 1,
        '\u{41e}' | '\u{43e}' => 2,
        '\u{411}' | '\u{431}' => 3,
        '\u{d3}' | '\u{f3}' => 4,
        '\u{131}' => DOTLESS_I,
        '\u{17f}' => LONG_S,
        '\u{212a}' => KELVIN,
        '\u{130}' => DOTTED_I,
        '\u{301}' => 0x10,
        _ => match digit_value(u32::from(c)) {
            Some(value) => b'0' | 0x80 | value,
            None if is_letter_or_number(c) => OTHER_LETTER,
            None => NOTHING,
        },
    }
}

/// A character as a token whose place in the text is not known.
pub(super) fn token(c: char) -> Token {
    Token::from(meaning(c))
}

/// The characters of a text as tokens; None if there are too many.
pub(super) fn tokens<'a>(text: &str, space: &'a mut [Token; LONGEST_TEXT]) -> Option<&'a [Token]> {
    let mut count = 0;
    for c in text.chars() {
        *space.get_mut(count)? = Token::from(meaning(c)) | (count as Token) << 8;
        count += 1;
    }
    space.get(..count)
}

/// The value of a decimal digit of any script.
pub(super) fn decimal(c: char) -> Option<u8> {
    c.to_digit(10).map(|digit| digit as u8).or_else(|| digit_value(u32::from(c)))
}

/// The value of any decimal digit.
pub(super) fn digit(token: Token) -> Option<u8> {
    let value = (token as u8 & 0x7f).wrapping_sub(b'0');
    (value < 10).then_some(value)
}

pub(super) fn is(token: Token, wanted: u8) -> bool {
    token as u8 == wanted
}

pub(super) fn is_plus(token: Token) -> bool {
    token as u8 & 0x7f == b'+'
}

/// Where the plus signs at the start of a text end.
pub(super) fn after_plus(text: &[Token]) -> usize {
    text.iter().position(|token| !is_plus(*token)).unwrap_or(text.len())
}

/// Whether a character can start a number.
pub(super) fn starts_number(token: Token) -> bool {
    is_plus(token) || digit(token).is_some()
}

/// Whether a character can end a number: any letter or digit, and the sign that ends some extensions.
pub(super) fn ends_number(token: Token) -> bool {
    let byte = token as u8;
    (byte & 0x7f).is_ascii_alphanumeric() || matches!(byte, b'#' | 1..=8 | LONG_VOWEL | OTHER_LETTER)
}

pub(super) fn is_white(token: Token) -> bool {
    matches!(token as u8 & 0x7f, b' ' | b'\t' | WHITE | WIDE_SPACE)
}

/// What people write between the groups of one number, where it can be seen.
pub(super) fn is_visible_separator(token: Token) -> bool {
    matches!(token as u8 & 0x7f, b' ' | b'-' | b'.' | b'(')
        || matches!(token as u8, b'/' | b')' | b'[' | b']' | LONG_VOWEL | WIDE_SPACE)
}

/// Punctuation of libphonenumber's `VALID_PUNCTUATION`, with the star; `x` stands for a carrier code.
pub(super) fn is_punctuation(token: Token) -> bool {
    is_visible_separator(token) || matches!(token as u8 & 0x7f, b'*' | b'~') || matches!(token as u8, b'x' | b'X')
}

/// A letter of a vanity number. The regular expressions of libphonenumber ignore case by Unicode's rules, which adds four.
pub(super) fn is_letter(token: Token) -> bool {
    let byte = token as u8;
    byte.is_ascii_alphabetic() || (DOTLESS_I..=DOTTED_I).contains(&byte)
}

/// The small form of the letters that occur in labels of extensions.
pub(super) fn small(byte: u8) -> u8 {
    match byte {
        DOTLESS_I | DOTTED_I => b'i',
        LONG_S => b's',
        _ => byte.to_ascii_lowercase(),
    }
}

/// Whether a text starts with `word`, which is in small letters, and what follows it.
pub(super) fn after<'a>(text: &'a [Token], word: &[u8]) -> Option<&'a [Token]> {
    let (start, rest) = text.split_at_checked(word.len())?;
    start.iter().map(|token| small(*token as u8)).eq(word.iter().copied()).then_some(rest)
}

/// The digit on whose key a letter is (ITU-T E.161).
fn key(byte: u8) -> Option<u8> {
    let letter = match byte {
        DOTLESS_I | LONG_S => small(byte),
        _ => byte | 0x20,
    };
    b"22233344455566677778889999".get(usize::from(letter.wrapping_sub(b'a'))).map(|digit| digit - b'0')
}

/// Appends digits, each 0 to 9, in ASCII.
pub(super) fn write_digits(digits: &[u8], out: &mut String) {
    digits.iter().for_each(|digit| out.push(char::from(b'0' + digit)));
}

/// A run of digits, each 0 to 9.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Digits {
    all: [u8; CAPACITY],
    length: u8,
}

impl Digits {
    pub(super) fn new() -> Self {
        Digits { all: [0; CAPACITY], length: 0 }
    }

    pub(super) fn push(&mut self, digit: u8) {
        if let Some(place) = self.all.get_mut(usize::from(self.length)) {
            *place = digit;
            self.length += 1;
        }
    }

    pub(super) fn extend(&mut self, digits: &[u8]) {
        digits.iter().for_each(|digit| self.push(*digit));
    }

    pub(super) fn of(digits: &[u8]) -> Self {
        let mut copy = Digits::new();
        copy.extend(digits);
        copy
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        self.all.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// The digits of a text, or what it spells on a keypad if it has three letters or more; then only ASCII digits count.
    pub(super) fn read(text: &[Token]) -> Self {
        let spelled = text.iter().filter(|token| (**token as u8).is_ascii_alphabetic()).count() >= 3;
        let mut digits = Digits::new();
        for token in text {
            let value = match digit(*token) {
                Some(value) if !spelled || (*token as u8) < 0x80 => Some(value),
                None if spelled && (*token as u8) < 0x80 => key(*token as u8),
                _ => None,
            };
            value.into_iter().for_each(|value| digits.push(value));
        }
        digits
    }
}
