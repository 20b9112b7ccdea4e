//! Typing a number shows what libphonenumber shows, and no edit loses a digit, mixes digits up or gets the field stuck.
//!
//! `PHONE_TYPING=file.tsv cargo test --test phone_typing` asks the same of other rows.

use std::io::Read;

use outdial::phone::{AsYouType, Region, Typed};
use proptest::prelude::*;

fn rows() -> String {
    if let Ok(path) = std::env::var("PHONE_TYPING") {
        return std::fs::read_to_string(path).unwrap();
    }
    let packed = std::fs::File::open("tests/fixtures/phone/typing.tsv.gz").unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_text_after_each_character_is_that_of_libphonenumber() {
    let rows = rows();
    let (mut count, mut wrong) = (0, Vec::new());
    for line in rows.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [typed, region, expected] = columns.as_slice() else { panic!("not three columns: {line}") };
        let mut field = AsYouType::new(Region::new(region));
        let (mut shown, mut all) = (String::new(), Vec::new());
        for c in typed.chars() {
            let Typed { text, caret } = field.input(&format!("{shown}{c}"), None);
            assert_eq!(caret, text.chars().map(char::len_utf16).sum::<usize>(), "the caret of {line}");
            all.push(text.clone());
            shown = text;
        }
        let expected: Vec<&str> = expected.split('|').map(|text| text.trim_end_matches(' ')).collect();
        if all != expected {
            wrong.push(format!(
                "{typed:?} in {region:?}\n  is        {}\n  should be {}",
                all.join("|"),
                expected.join("|")
            ));
        }
        count += 1;
    }
    assert!(count >= 1000, "only {count} rows");
    assert!(wrong.is_empty(), "{} of {count} rows differ:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}
