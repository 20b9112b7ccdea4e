//! What characters mean in a phone number.

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

/// The value of any decimal digit.
pub(super) fn digit(c: char) -> Option<u8> {
    let code = u32::from(c);
    if code < 0x80 {
        return if c.is_ascii_digit() { Some((code - 0x30) as u8) } else { None };
    }
    let zeros = match code >> 16 {
        0 => ZEROS.as_slice(),
        1 => HIGH_ZEROS.as_slice(),
        _ => return None,
    };
    let value = zeros.iter().map(|zero| (code & 0xffff).wrapping_sub(u32::from(*zero))).find(|value| *value < 10);
    value.map(|value| value as u8)
}

pub(super) fn is_plus(c: char) -> bool {
    matches!(c, '+' | '\u{ff0b}')
}

/// Punctuation of libphonenumber's `VALID_PUNCTUATION`, with the star; `x` stands for a carrier code.
pub(super) fn is_punctuation(c: char) -> bool {
    is_visible_separator(c)
        || matches!(
            c,
            'x' | 'X' | '*' | '~' | '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{2053}' | '\u{223c}' | '\u{ff5e}'
        )
}

/// What people write between the groups of one number.
pub(super) fn is_visible_separator(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '/' | '(' | ')' | '[' | ']' | '\u{a0}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{3000}' | '\u{30fc}'
        | '\u{ff08}' | '\u{ff09}' | '\u{ff0d}'..='\u{ff0f}' | '\u{ff3b}' | '\u{ff3d}')
}

/// A letter of a vanity number. The regular expressions of libphonenumber ignore case by Unicode's rules, which adds four.
pub(super) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{130}' | '\u{131}' | '\u{17f}' | '\u{212a}')
}

/// The small form of the letters that occur in labels of extensions.
pub(super) fn small(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\u{ff21}'..='\u{ff3a}' | '\u{410}'..='\u{42f}' | '\u{d3}' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
        '\u{130}' | '\u{131}' => 'i',
        '\u{17f}' => 's',
        _ => c,
    }
}

/// The digit on whose key a letter is (ITU-T E.161).
fn key(c: char) -> Option<u8> {
    let letter = match c {
        '\u{131}' => b'I',
        '\u{17f}' => b'S',
        _ if c.is_ascii_alphabetic() => (c as u8).to_ascii_uppercase(),
        _ => return None,
    };
    b"22233344455566677778889999".get(usize::from(letter - b'A')).map(|digit| digit - b'0')
}

/// A run of digits, each 0 to 9.
#[derive(Clone, Copy)]
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

    /// The digits of a text, or what it spells on a keypad if it has three letters or more.
    pub(super) fn read(text: &[char]) -> Self {
        let spelled = text.iter().filter(|c| c.is_ascii_alphabetic()).count() >= 3;
        let mut digits = Digits::new();
        for c in text {
            let value = match spelled {
                true => key(*c).or_else(|| digit(*c).filter(|_| c.is_ascii())),
                false => digit(*c),
            };
            if let Some(value) = value {
                digits.push(value);
            }
        }
        digits
    }
}
