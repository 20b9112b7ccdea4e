//! Steps with texts. Those of the standard library are made for any pattern, and weigh more than all of these.

/// Whether an ASCII character stands in a text.
pub fn has(text: &str, character: u8) -> bool {
    text.bytes().any(|byte| byte == character)
}

/// `text` before and behind the first `separator`, an ASCII character.
///
/// ```
/// use outdial::text::cut;
/// assert_eq!((cut("a.b.c", b'.'), cut("a", b'.')), (Some(("a", "b.c")), None));
/// ```
pub fn cut(text: &str, separator: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == separator)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The parts of a text between separators, which are ASCII characters.
///
/// ```
/// let parts: Vec<&str> = outdial::text::split("a..b", b'.').collect();
/// assert_eq!(parts, ["a", "", "b"]);
/// ```
pub fn split(text: &str, separator: u8) -> Parts<'_> {
    Parts { rest: Some(text), separator }
}

/// See [`split`].
pub struct Parts<'a> {
    rest: Option<&'a str>,
    separator: u8,
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        let (part, behind) = cut(rest, self.separator).unzip();
        self.rest = behind;
        Some(part.unwrap_or(rest))
    }
}

/// Texts in one, with a separator between them.
pub fn joined(parts: &mut dyn Iterator<Item = &str>, separator: &str) -> String {
    let mut text = String::new();
    for (index, part) in parts.enumerate() {
        if index > 0 {
            text.push_str(separator);
        }
        text.push_str(part);
    }
    text
}

/// The words of a text, which single spaces separate.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    split(text, b' ').filter(|word| !word.is_empty())
}

/// Replaces `from`, which is not empty, by `to` in a text.
pub fn replace(text: &mut String, from: &str, to: &str) {
    let mut replaced = String::new();
    let mut rest = text.as_str();
    while let Some(letter) = rest.chars().next() {
        match rest.strip_prefix(from) {
            Some(behind) => {
                replaced.push_str(to);
                rest = behind;
            }
            None => {
                replaced.push(letter);
                rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            }
        }
    }
    *text = replaced;
}

/// `number` in decimal digits.
///
/// ```
/// assert_eq!(outdial::text::decimal(600), "600");
/// ```
pub fn decimal(number: u64) -> String {
    let mut digits = String::new();
    write_decimal(&mut digits, number);
    digits
}

fn write_decimal(digits: &mut String, number: u64) {
    if number > 9 {
        write_decimal(digits, number / 10);
    }
    digits.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_replaced_wherever_it_stands() {
        let mut text = "abcabéabc".to_owned();
        replace(&mut text, "abc", "-");
        assert_eq!(text, "-abé-");
    }

    #[test]
    fn writes_decimal_digits() {
        for (number, text) in [(0, "0"), (9, "9"), (10, "10"), (600, "600"), (u64::MAX, "18446744073709551615")] {
            assert_eq!(decimal(number), text);
        }
    }
}
