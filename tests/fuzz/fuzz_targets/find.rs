//! Any text: what is found is valid, in order, and the same number when read alone.

#![no_main]

use libfuzzer_sys::fuzz_target;
use outdial::phone::{Mode, find, parse, regions};

fuzz_target!(|input: (u8, String)| {
    let (index, text) = input;
    let home = regions().nth(usize::from(index)).map(|(region, _)| region);
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut last = 0;
    for found in find(&text, home) {
        assert!(last <= found.start && found.start < found.end && found.end <= units.len());
        last = found.end;
        let alone = String::from_utf16(&units[found.start..found.end]).expect("a number starts and ends between characters");
        assert!(found.phone.is_valid());
        assert!(parse(&alone, home, Mode::Lenient) == Ok(found.phone), "{alone:?}");
    }
});
