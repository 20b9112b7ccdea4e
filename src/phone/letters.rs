//! Letters and numbers of all scripts, for one question: what may stay at the end of a number in lenient mode.
//!
//! The standard library knows them too, but takes four times the room and counts marks among them.

/// How far it is from each border between letters or numbers and other characters to the next, from U+0080 on, seven bits a
/// byte, the low ones first; the high bit says that more follow. Unicode 14, printed by
/// `tests/fixtures/phone/make_letters.py`.
#[rustfmt::skip]
const BORDERS: [u8; 557] = [
    42, 1, 7, 2, 1, 1, 3, 2, 1, 3, 1, 23, 1, 31, 1, 202, 3, 4, 12, 14, 5, 7, 1, 1,
    1, 129, 1, 5, 1, 8, 1, 5, 2, 1, 1, 110, 1, 139, 1, 8, 208, 1, 6, 41, 71, 35, 45, 74,
    4, 102, 1, 8, 8, 4, 5, 15, 2, 1, 16, 230, 1, 4, 4, 2, 48, 16, 30, 2, 40, 1, 7, 16,
    66, 34, 96, 2, 10, 1, 129, 1, 2, 6, 2, 1, 8, 113, 15, 107, 9, 119, 1, 130, 1, 18, 114, 1,
    7, 1, 4, 1, 202, 1, 5, 37, 1, 122, 13, 62, 1, 15, 1, 10, 39, 128, 1, 31, 20, 12, 69, 3,
    54, 66, 74, 6, 78, 2, 91, 1, 228, 4, 9, 39, 16, 96, 1, 236, 4, 2, 17, 1, 26, 5, 75, 3,
    71, 11, 148, 1, 3, 1, 4, 36, 16, 176, 2, 6, 152, 1, 34, 30, 2, 128, 1, 7, 1, 93, 85, 41,
    121, 4, 59, 5, 62, 2, 64, 41, 212, 5, 1, 1, 3, 11, 3, 13, 3, 13, 5, 11, 115, 10, 5, 11,
    6, 16, 98, 1, 4, 1, 2, 10, 1, 1, 3, 5, 6, 1, 1, 1, 1, 1, 1, 4, 1, 11, 2, 4,
    5, 5, 4, 1, 1, 58, 214, 5, 60, 78, 22, 246, 4, 30, 236, 8, 229, 1, 6, 14, 4, 1, 2, 112,
    16, 128, 1, 47, 1, 213, 3, 3, 25, 15, 1, 5, 2, 5, 4, 90, 2, 3, 1, 90, 1, 148, 1, 2,
    4, 10, 32, 48, 16, 32, 10, 30, 8, 1, 15, 32, 10, 39, 15, 192, 2, 192, 51, 64, 144, 173, 1, 64,
    46, 2, 141, 2, 3, 99, 12, 115, 37, 9, 2, 103, 2, 157, 1, 8, 6, 10, 52, 14, 76, 2, 40, 3,
    1, 1, 49, 2, 47, 1, 97, 14, 15, 2, 124, 4, 23, 3, 100, 2, 16, 2, 105, 1, 14, 6, 123, 5,
    185, 158, 1, 1, 136, 1, 33, 235, 2, 18, 127, 33, 12, 116, 143, 1, 17, 10, 7, 26, 6, 26, 11, 122,
    32, 128, 2, 7, 48, 9, 57, 17, 2, 244, 1, 159, 2, 1, 48, 1, 158, 3, 1, 231, 5, 1, 31, 2,
    166, 1, 1, 31, 65, 208, 1, 16, 31, 1, 72, 1, 39, 16, 57, 7, 89, 16, 132, 6, 3, 165, 1, 27,
    22, 42, 151, 1, 11, 105, 21, 112, 4, 48, 2, 79, 11, 11, 1, 1, 4, 87, 72, 41, 7, 155, 3, 5,
    10, 5, 103, 1, 250, 1, 23, 105, 3, 28, 32, 57, 7, 124, 4, 251, 1, 101, 164, 1, 12, 146, 1, 1,
    92, 17, 74, 3, 1, 18, 145, 3, 15, 32, 2, 133, 5, 185, 1, 37, 43, 240, 8, 16, 241, 22, 15, 176,
    8, 208, 31, 238, 76, 2, 133, 1, 11, 55, 9, 4, 12, 199, 6, 105, 226, 1, 1, 185, 153, 1, 196, 44,
    32, 96, 225, 6, 1, 25, 1, 31, 1, 25, 1, 31, 1, 25, 1, 31, 1, 25, 1, 31, 1, 25, 1, 60,
    128, 14, 207, 4, 193, 2, 111, 225, 9, 254, 2, 147, 6, 59, 1, 3, 1, 125, 1, 193, 3, 144, 4, 13,
    227, 21, 145, 136, 48,
];

/// Whether a character beyond ASCII is a letter or a number (Unicode categories L and N).
pub(super) fn is_letter_or_number(c: char) -> bool {
    let (mut border, mut step, mut shift, mut inside) = (0x80, 0, 0, false);
    for byte in BORDERS {
        step |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            border += step;
            if u32::from(c) < border {
                return inside;
            }
            (step, shift, inside) = (0, 0, !inside);
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::is_letter_or_number;

    #[test]
    fn letters_and_numbers_are_told_from_symbols() {
        for c in "é Ω ж א ع क 日 あ ﬁ ² ½ ٣ 𝟗 Ⅷ ª".split(' ').flat_map(str::chars) {
            assert!(is_letter_or_number(c), "{c}");
        }
        for c in ['\u{80}', '\u{a0}', '×', '–', '…', '€', '☎', '。', '،', '।', '🎉', '\u{200e}', '\u{feff}']
        {
            assert!(!is_letter_or_number(c), "{c}");
        }
    }
}
