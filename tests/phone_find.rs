//! The numbers found in a text are those that libphonenumber finds, and the search of a hostile text ends.
//!
//! `PHONE_FIND=file.jsonl cargo test --test phone_find` asks the same of other texts.

#![allow(clippy::unwrap_used)]

use std::io::Read;
use std::time::{Duration, Instant};

use outdial::phone::{Mode, Region, Style, find, parse};
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

#[test]
fn offsets_are_in_utf16_units() {
    let found: Vec<_> =
        find("\u{1f4de}\u{1f4de} +1 415 555 2671!", None).map(|found| (found.start, found.end)).collect();
    assert_eq!(found, [(5, 20)]);
}

#[test]
fn what_looks_like_a_number_and_is_none_is_passed_over() {
    let us = Region::new("US");
    for text in [
        "It was on 8/31/2005",
        "2012-01-02 08:00 and later",
        "abc4155552671",
        "4155552671def",
        "pp. 650-253 (0000)",
        "$4155552671",
        "4155552671%",
        "415)555(2671",
        "415555267",
    ] {
        assert_eq!(find(text, us).count(), 0, "{text:?}");
    }
    assert_eq!(find("a 4155552671 b", us).count(), 1);
}

#[test]
fn two_numbers_in_one_run_are_two() {
    let starts = |text: &str| find(text, Region::new("US")).map(|found| (found.start, found.end)).collect::<Vec<_>>();
    assert_eq!(starts("415-555-2671/415-555-2672"), [(0, 12), (13, 25)]);
    assert_eq!(starts("(650) 253 0000 (650) 253 0001"), [(0, 14), (15, 29)]);
    assert_eq!(starts("6502530000 6502530001"), [(0, 10), (11, 21)]);
    assert_eq!(starts("6502530000 - 650-253-0001"), [(0, 10), (13, 25)]);
    assert_eq!(starts("650-253-0000 x302/x2303"), [(0, 17)]);
}

#[test]
fn the_search_of_a_hostile_text_ends() {
    let hostile = [
        "1",
        "+",
        "(1",
        "/",
        "(",
        "((((((((((1",
        "1/",
        "1-",
        "1 - ",
        "1.",
        "1#,",
        " ",
        "1 ext     ",
        "1xx",
        "1;ext=",
        "1\u{2013}2",
        "0 30 12345 / ",
    ];
    let start = Instant::now();
    for pattern in hostile {
        let text = pattern.repeat(20_000 / pattern.len());
        let found = find(&text, Region::new("DE")).count();
        assert!(found < 2_000, "{found} numbers in {pattern:?}");
    }
    // A few seconds without optimisation; a quadratic search would need minutes for each.
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

proptest! {
    #[test]
    fn any_text_is_searched_and_what_is_found_is_there(
        region in proptest::sample::select(&["", "US", "DE", "AR", "BR"][..]),
        text in "(\\PC{0,12}|[0-9 .()/+x#-]{0,25}|\\+1 415 555 267[0-9]|030 123456|[\u{1f600}\u{ff11}\u{2013}\u{3000}é]){0,6}",
    ) {
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut last = 0;
        for found in find(&text, Region::new(region)) {
            prop_assert!(last <= found.start && found.start < found.end && found.end <= units.len());
            prop_assert!(found.phone.is_valid());
            let part = String::from_utf16(&units[found.start..found.end]).unwrap();
            prop_assert_eq!(parse(&part, Region::new(region), Mode::Lenient), Ok(found.phone));
            last = found.end;
        }
    }
}
