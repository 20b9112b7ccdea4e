//! Any text: what is found is valid, in order, and the same number when read alone.

use outdial::phone::{Mode, find, parse, regions};

/// What the bytes are read as.
pub type Input = (u8, String);

/// Checks what is promised of it.
pub fn check(input: Input) {
    let (index, text) = input;
    let home = regions().nth(usize::from(index)).map(|(region, _)| region);
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut last = 0;
    for found in find(&text, home) {
        assert!(last <= found.start && found.start < found.end && found.end <= units.len());
        last = found.end;
        let alone =
            String::from_utf16(&units[found.start..found.end]).expect("a number starts and ends between characters");
        assert!(found.phone.is_valid());
        assert!(parse(&alone, home, Mode::Lenient) == Ok(found.phone), "{alone:?}");
    }
}
