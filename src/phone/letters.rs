//! Letters and numbers of all scripts, for one question: what may stay at the end of a number in lenient mode.
//!
//! The standard library knows them too, but takes four times the room and counts marks among them.

/// How far it is from each border between letters or numbers and other characters to the next, from U+0080 on, seven bits a
/// byte, the low ones first; the high bit says that more follow. Unicode 14, printed by
/// `tests/fixtures/phone/make_letters.py`.
#[rustfmt::skip]
const BORDERS: [u8; 818] = [
    42, 1, 7, 2, 1, 1, 3, 2, 1, 3, 1, 23, 1, 31, 1, 202, 3, 4, 12, 14, 5, 7, 1, 1,
    1, 129, 1, 5, 1, 8, 1, 5, 2, 1, 1, 110, 1, 139, 1, 8, 208, 1, 6, 41, 71, 35, 45, 43,
    21, 10, 4, 2, 1, 99, 1, 1, 15, 2, 7, 15, 2, 1, 16, 1, 1, 30, 29, 89, 11, 58, 9, 2,
    4, 3, 3, 22, 4, 1, 9, 1, 3, 1, 23, 25, 7, 40, 1, 7, 16, 42, 58, 54, 3, 1, 18, 1,
    7, 10, 4, 10, 1, 16, 4, 55, 1, 1, 16, 9, 5, 6, 4, 12, 2, 6, 2, 1, 8, 55, 29, 23,
    2, 3, 16, 55, 1, 1, 18, 18, 4, 10, 9, 1, 11, 55, 1, 1, 30, 6, 4, 10, 1, 17, 1, 59,
    18, 7, 15, 13, 18, 55, 1, 1, 26, 10, 4, 17, 1, 7, 1, 1, 4, 55, 1, 1, 31, 5, 4, 26,
    4, 55, 2, 1, 16, 1, 5, 3, 1, 10, 4, 19, 1, 7, 4, 69, 28, 12, 15, 48, 1, 2, 12, 7,
    9, 10, 39, 48, 1, 2, 9, 11, 8, 49, 31, 20, 12, 49, 23, 5, 115, 43, 20, 11, 6, 6, 4, 4,
    3, 1, 3, 2, 7, 3, 4, 13, 12, 1, 1, 10, 6, 91, 1, 225, 4, 12, 39, 16, 96, 1, 236, 4,
    2, 17, 1, 26, 5, 75, 3, 36, 13, 19, 14, 18, 14, 18, 14, 52, 35, 1, 4, 1, 3, 32, 16, 117,
    2, 34, 1, 118, 38, 152, 1, 34, 23, 9, 53, 43, 32, 7, 1, 93, 47, 17, 21, 41, 30, 13, 56, 26,
    36, 28, 62, 2, 64, 41, 4, 1, 6, 1, 2, 3, 198, 1, 64, 189, 3, 1, 1, 3, 11, 3, 13, 3,
    13, 5, 11, 115, 10, 5, 11, 6, 16, 98, 1, 4, 1, 2, 10, 1, 1, 3, 5, 6, 1, 1, 1, 1,
    1, 1, 4, 1, 11, 2, 4, 5, 5, 4, 1, 1, 58, 214, 5, 60, 78, 22, 246, 4, 30, 236, 8, 229,
    1, 6, 4, 3, 7, 4, 1, 2, 112, 16, 96, 79, 1, 213, 3, 3, 25, 9, 7, 5, 2, 5, 4, 88,
    4, 3, 1, 90, 1, 148, 1, 2, 4, 10, 32, 48, 16, 32, 10, 30, 8, 1, 15, 32, 10, 39, 15, 192,
    2, 192, 51, 64, 144, 173, 1, 64, 46, 2, 141, 2, 3, 95, 16, 31, 2, 80, 39, 9, 2, 103, 2, 119,
    1, 3, 1, 4, 1, 23, 13, 6, 10, 52, 14, 50, 28, 16, 18, 6, 3, 1, 1, 2, 1, 38, 10, 23,
    25, 32, 4, 47, 28, 15, 2, 5, 1, 67, 23, 3, 1, 8, 4, 12, 4, 23, 3, 1, 3, 50, 1, 1,
    3, 2, 2, 5, 2, 1, 1, 28, 2, 11, 7, 3, 12, 90, 1, 14, 6, 115, 13, 174, 158, 1, 1, 10,
    1, 136, 1, 33, 235, 2, 18, 127, 33, 12, 116, 143, 1, 17, 10, 7, 26, 6, 26, 11, 122, 32, 128, 2,
    7, 48, 9, 57, 17, 2, 244, 1, 96, 1, 149, 1, 10, 31, 1, 48, 1, 158, 3, 1, 231, 5, 1, 31,
    2, 166, 1, 1, 31, 65, 129, 1, 15, 40, 8, 16, 16, 31, 1, 72, 1, 28, 6, 5, 16, 57, 7, 89,
    16, 251, 2, 12, 251, 2, 5, 150, 1, 11, 4, 27, 18, 46, 80, 3, 53, 26, 30, 1, 2, 2, 10, 4,
    45, 32, 48, 3, 36, 15, 10, 4, 1, 2, 44, 3, 10, 3, 48, 14, 4, 11, 11, 1, 1, 4, 75, 84,
    41, 7, 47, 17, 16, 5, 54, 2, 1, 18, 7, 6, 5, 158, 1, 53, 18, 4, 5, 10, 5, 81, 20, 2,
    1, 232, 1, 41, 4, 36, 48, 20, 28, 32, 43, 13, 1, 7, 93, 19, 12, 4, 236, 1, 116, 144, 1, 15,
    1, 1, 1, 14, 129, 1, 16, 1, 1, 1, 28, 1, 10, 40, 7, 1, 21, 1, 11, 46, 19, 1, 18, 255,
    2, 17, 1, 15, 32, 2, 32, 110, 49, 21, 1, 9, 58, 14, 219, 2, 189, 1, 37, 43, 240, 8, 16, 241,
    22, 15, 176, 8, 208, 31, 238, 76, 2, 128, 1, 16, 48, 16, 4, 12, 199, 6, 105, 79, 1, 1, 66, 79,
    1, 1, 28, 156, 153, 1, 196, 44, 32, 96, 225, 6, 1, 25, 1, 31, 1, 25, 1, 31, 1, 25, 1, 31,
    1, 25, 1, 31, 1, 25, 1, 60, 128, 14, 128, 2, 128, 2, 48, 7, 24, 193, 2, 30, 18, 44, 4, 15,
    225, 9, 240, 1, 48, 68, 7, 19, 147, 6, 59, 1, 3, 1, 125, 1, 193, 3, 144, 4, 13, 227, 21, 145,
    136, 48,
];

/// How many bytes of `BORDERS` are gone through at most, or a few more.
const STRIDE: usize = 64;

/// Places to start from: a border, the byte after it, and whether letters or numbers follow it.
#[allow(clippy::indexing_slicing, reason = "a panic here fails the build")]
const STARTS: [(u32, usize, bool); BORDERS.len() / STRIDE] = {
    let mut starts = [(0x80, 0, false); BORDERS.len() / STRIDE];
    let (mut at, mut next, mut border, mut step, mut shift, mut inside) = (0, 1, 0x80, 0, 0, false);
    while at < BORDERS.len() {
        step |= ((BORDERS[at] & 0x7f) as u32) << shift;
        shift += 7;
        if BORDERS[at] < 0x80 {
            border += step;
            (step, shift, inside) = (0, 0, !inside);
            if next < starts.len() && at + 1 >= next * STRIDE {
                starts[next] = (border, at + 1, inside);
                next += 1;
            }
        }
        at += 1;
    }
    starts
};

/// Whether a character beyond ASCII is a letter or a number (Unicode categories L and N).
pub(super) fn is_letter_or_number(c: char) -> bool {
    let start = STARTS.iter().rfind(|(border, ..)| *border <= u32::from(c));
    let (mut border, at, mut inside) = start.copied().unwrap_or((0x80, 0, false));
    let (mut step, mut shift) = (0, 0);
    for byte in BORDERS.iter().skip(at).copied() {
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
