//! Any text, any region: an answer that all functions agree on, and a number that survives being written and read.

use outdial::phone::{Mode, Style, parse, regions, verdict};

/// What the bytes are read as.
pub type Input = (u8, String);

/// Checks what is promised of it.
pub fn check(input: Input) {
    let (index, text) = input;
    let home = regions().nth(usize::from(index)).map(|(region, _)| region);
    for mode in [Mode::Strict, Mode::Lenient] {
        let verdict = verdict(&text, home, mode);
        match parse(&text, home, mode) {
            Ok(phone) => {
                assert_eq!(phone.verdict(), verdict);
                survives(&phone);
                if mode == Mode::Strict {
                    let lenient = parse(&text, home, Mode::Lenient).expect("what is strictly a number is one");
                    assert!(phone.extension().is_none_or(str::is_ascii));
                    // Lenient reading leaves an extension as it was written, whatever the script of its digits.
                    if lenient.extension().is_none_or(str::is_ascii) {
                        assert!(lenient == phone);
                    } else {
                        assert_eq!(
                            (lenient.verdict(), lenient.format(Style::E164)),
                            (verdict, phone.format(Style::E164))
                        );
                    }
                }
            }
            Err(reason) => assert_eq!(verdict.reason(), Some(reason)),
        }
    }
}

fn survives(phone: &outdial::phone::Phone) {
    if !phone.is_valid() {
        return;
    }
    // Behind the label of a country an extension may have six digits, and a URI is ASCII.
    let (short, ascii) = phone.extension().map_or((true, true), |digits| (digits.len() <= 6, digits.is_ascii()));
    for (style, is_kept) in [(Style::International, short), (Style::Uri, ascii)] {
        let written = phone.format(style);
        let read = parse(&written, None, if ascii { Mode::Strict } else { Mode::Lenient });
        assert!(!is_kept || read.as_ref() == Ok(phone), "{written}");
    }
}
