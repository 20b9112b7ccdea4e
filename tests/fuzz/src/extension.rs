//! Anything behind a number: an extension is a few digits, of the script they were written in, and survives being written as a URI and read.

use outdial::phone::{Mode, Style, parse};

const NUMBERS: [&str; 4] = ["+1 415 555 2671", "tel:+44-20-7946-0958", "+49 30 123456", "+54 9 11 2345-6789"];

/// What the bytes are read as.
pub type Input = (u8, String);

/// Checks what is promised of it.
pub fn check(input: Input) {
    let (index, rest) = input;
    let text = format!("{}{rest}", NUMBERS[usize::from(index) % NUMBERS.len()]);
    for mode in [Mode::Strict, Mode::Lenient] {
        let Ok(phone) = parse(&text, None, mode) else { continue };
        let Some(extension) = phone.extension() else { continue };
        assert!((1..=20).contains(&extension.chars().count()), "{extension}");
        assert!(extension.chars().all(char::is_numeric), "{extension}");
        let uri = phone.format(Style::Uri);
        assert!(uri.ends_with(&format!(";ext={extension}")), "{uri}");
        let reads_uris = if extension.is_ascii() { Mode::Strict } else { Mode::Lenient };
        if phone.is_valid() {
            assert!(parse(&uri, None, reads_uris) == Ok(phone), "{uri}");
        }
    }
}
