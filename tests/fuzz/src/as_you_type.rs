//! Any sequence of edits of a text field: no digit is lost, added or moved, and the caret stays behind the same digit.

use arbitrary::Arbitrary;
use outdial::phone::{AsYouType, regions};

/// Replaces what is selected by `typed`; both ends are taken modulo the length.
#[derive(Arbitrary, Debug)]
pub struct Edit {
    from: u8,
    to: u8,
    typed: String,
}

/// What the bytes are read as.
pub type Input = (u8, Vec<Edit>);

/// Checks what is promised of it.
pub fn check(input: Input) {
    let (region, edits) = input;
    let home = regions().nth(usize::from(region)).map(|(region, _)| region);
    let mut field = AsYouType::new(home);
    let mut shown = String::new();
    for Edit { from, to, typed } in edits {
        let mut all: Vec<char> = shown.chars().collect();
        let (from, to) = (usize::from(from) % (all.len() + 1), usize::from(to) % (all.len() + 1));
        let (from, to) = (from.min(to), from.max(to));
        let inserted: Vec<char> = typed.chars().collect();
        all.splice(from..to, inserted.iter().copied());
        let before: String = all[..from + inserted.len()].iter().collect();
        let text: String = all.iter().collect();
        let answer = field.input(&text, Some(before.encode_utf16().count()));
        assert!(answer.caret <= answer.text.encode_utf16().count());
        if answer.text != text && text.is_ascii() {
            assert_eq!(figures(&answer.text), figures(&text));
            let kept = answer.text.chars().take(answer.caret).collect::<String>();
            assert_eq!(figures(&kept), figures(&before), "{text:?} became {answer:?}");
        }
        let fresh = AsYouType::new(home).input(&text, None);
        assert_eq!(fresh.text, answer.text, "what was typed before must not matter");
        shown = answer.text;
    }
}

fn figures(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
