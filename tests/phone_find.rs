//! The numbers found in a text are those that libphonenumber finds, and the search of a hostile text ends.
//!
//! `PHONE_FIND=file.jsonl cargo test --test phone_find` asks the same of other texts.

use std::io::Read;
use std::time::{Duration, Instant};

use outdial::phone::{Region, Style, find};
use proptest::prelude::*;
use serde_json::Value;

fn rows() -> String {
    if let Ok(path) = std::env::var("PHONE_FIND") {
        return std::fs::read_to_string(path).unwrap();
    }
    let packed = std::fs::File::open("tests/fixtures/phone/find.jsonl.gz").unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    text
}

/// As the fixture has it: start, end, E.164, extension.
fn answer(text: &str, region: &str) -> Value {
    let found = find(text, Region::new(region));
    found
        .map(|found| {
            serde_json::json!([
                found.start,
                found.end,
                found.phone.format(Style::E164),
                found.phone.extension().unwrap_or_default()
            ])
        })
        .collect()
}

#[test]
fn the_numbers_in_a_text_are_those_of_libphonenumber() {
    let rows = rows();
    let (mut count, mut numbers, mut wrong) = (0, 0, Vec::new());
    for line in rows.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let (text, region) = (row["text"].as_str().unwrap(), row["region"].as_str().unwrap());
        let actual = answer(text, region);
        if actual != row["matches"] {
            wrong.push(format!("{text:?} in {region:?}\n  is        {actual}\n  should be {}", row["matches"]));
        }
        numbers += row["matches"].as_array().unwrap().len();
        count += 1;
    }
    assert!(count >= 1000 && numbers >= 1000, "only {numbers} numbers in {count} texts");
    assert!(wrong.is_empty(), "{} of {count} texts differ:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}
