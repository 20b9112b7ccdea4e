//! Lenient reading agrees with libphonenumber on every column of every row of the corpus, and strict reading with lenient.
//!
//! `PHONE_CORPUS=file.tsv cargo test --test phone_corpus` asks the same of another seed.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use std::io::Read;

use outdial::phone::{METADATA_VERSION, Mode, Possibility, Reason, Region, Style, parse, verdict};

fn corpus() -> String {
    if let Ok(path) = std::env::var("PHONE_CORPUS") {
        return std::fs::read_to_string(path).unwrap();
    }
    let packed = std::fs::File::open("tests/fixtures/phone/corpus.tsv.gz").unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    text
}

fn error_name(reason: Reason) -> &'static str {
    match reason {
        Reason::NotANumber => "NOT_A_NUMBER",
        Reason::InvalidCallingCode => "INVALID_COUNTRY_CODE",
        Reason::TooShortAfterIdd => "TOO_SHORT_AFTER_IDD",
        Reason::TooShort => "TOO_SHORT_NSN",
        Reason::TooLong => "TOO_LONG",
        other => panic!("{other:?} is no failure to read"),
    }
}

fn possibility_name(possibility: Possibility) -> &'static str {
    match possibility {
        Possibility::Possible => "IS_POSSIBLE",
        Possibility::LocalOnly => "IS_POSSIBLE_LOCAL_ONLY",
        Possibility::TooShort => "TOO_SHORT",
        Possibility::TooLong => "TOO_LONG",
        Possibility::InvalidLength => "INVALID_LENGTH",
    }
}

/// The columns of the corpus after input and region.
fn answer(text: &str, region: Option<Region>) -> Vec<String> {
    let phone = match parse(text, region, Mode::Lenient) {
        Ok(phone) => phone,
        Err(reason) => return [vec![error_name(reason).to_owned()], vec![String::new(); 11]].concat(),
    };
    assert_eq!(verdict(text, region, Mode::Lenient), phone.verdict(), "the verdict on {text:?}");
    let mut columns = vec![
        String::new(),
        phone.calling_code().to_string(),
        phone.national_number(),
        phone.extension().unwrap_or_default().to_owned(),
        possibility_name(phone.possibility()).to_owned(),
        u8::from(phone.is_valid()).to_string(),
        phone.region().map_or(String::new(), |region| region.to_string()),
        phone.line_type().name().to_uppercase(),
    ];
    columns.extend([Style::E164, Style::International, Style::National, Style::Uri].map(|style| phone.format(style)));
    columns
}

#[test]
fn lenient_reading_equals_libphonenumber_on_every_column_of_every_row() {
    let corpus = corpus();
    let mut rows = 0;
    let mut wrong = Vec::new();
    for line in corpus.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [text, region, expected @ ..] = columns.as_slice() else { panic!("a short row: {line}") };
        let actual = answer(text, Region::new(region));
        if actual != expected {
            wrong.push(format!("{text:?} in {region:?}\n  is        {actual:?}\n  should be {expected:?}"));
        }
        rows += 1;
    }
    assert!(rows >= 1000, "only {rows} rows");
    assert!(wrong.is_empty(), "{} of {rows} rows differ:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn what_strict_reading_accepts_lenient_reading_reads_alike() {
    let corpus = corpus();
    let mut accepted = 0;
    for line in corpus.lines().skip(1) {
        let mut columns = line.split('\t');
        let (text, region) = (columns.next().unwrap(), Region::new(columns.next().unwrap()));
        if let Ok(strict) = parse(text, region, Mode::Strict) {
            accepted += 1;
            let lenient = parse(text, region, Mode::Lenient).unwrap();
            assert_eq!(
                (lenient.verdict(), lenient.format(Style::E164)),
                (strict.verdict(), strict.format(Style::E164)),
                "{text:?}"
            );
            // Lenient reading leaves an extension in the digits of its script.
            assert!(lenient == strict || lenient.extension().is_some_and(|digits| !digits.is_ascii()), "{text:?}");
        }
    }
    assert!(accepted >= 1000, "only {accepted} rows were accepted");
}

#[test]
fn the_metadata_is_that_of_the_corpus() {
    assert_eq!(METADATA_VERSION, "9.0.33");
}
