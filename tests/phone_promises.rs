//! What holds for any text: an answer, in linear time, and the same from every function.

use std::time::{Duration, Instant};

use outdial::phone::{LineType, Mode, Reason, Region, Style, check_batch, example, is_e164, parse, regions, verdict};
use proptest::prelude::*;

#[test]
fn any_text_gets_an_answer_in_linear_time() {
    let long = |part: &str| part.repeat(1_000_000 / part.len());
    let texts = [
        String::new(),
        "\0".to_owned(),
        "🎉".to_owned(),
        "+".repeat(10_000),
        long("1"),
        long("+"),
        long(" "),
        long("x1"),
        long(", "),
        long(" ext. 1"),
        long(";ext="),
        long(";phone-context="),
        long("٣"),
        long("\u{10ffff}"),
        long("tel:+1"),
    ];
    for text in texts {
        let start = Instant::now();
        for region in [None, Region::new("US"), Region::new("AR"), Region::new("BR")] {
            for mode in [Mode::Strict, Mode::Lenient] {
                assert!(!verdict(&text, region, mode).is_valid());
                assert!(
                    parse(&text, region, mode).is_ok_and(|phone| phone.reason().is_some())
                        || parse(&text, region, mode).is_err()
                );
            }
        }
        assert!(start.elapsed() < Duration::from_secs(2), "{} bytes took {:?}", text.len(), start.elapsed());
    }
}

#[test]
fn texts_of_more_than_250_characters_are_too_long_to_be_a_number() {
    let number = "+14155552671";
    let spaces = " ".repeat(250 - number.len());
    assert!(parse(&format!("{number}{spaces}"), None, Mode::Strict).is_ok());
    assert_eq!(parse(&format!("{number}{spaces} "), None, Mode::Strict), Err(Reason::TooLong));
    assert_eq!(parse(&"é".repeat(251), None, Mode::Lenient), Err(Reason::TooLong));
}

#[test]
fn every_example_is_a_valid_number_of_its_region_and_kind() {
    let mut count = 0;
    for (region, code) in regions() {
        for kind in LineType::ALL {
            let Some(phone) = example(region, kind) else { continue };
            count += 1;
            assert!(phone.is_valid(), "{region} {kind:?}");
            assert_eq!(phone.calling_code(), code);
            let close = [phone.line_type(), LineType::FixedLineOrMobile].contains(&kind)
                || phone.line_type() == LineType::FixedLineOrMobile;
            assert!(close, "{region} {kind:?} is {:?}", phone.line_type());
        }
    }
    assert!(count > 1000, "{count} examples");
}

#[test]
fn every_region_has_a_calling_code_and_every_name_only_one_region() {
    let all: Vec<_> = regions().collect();
    assert_eq!(all.len(), 245);
    for (region, code) in &all {
        assert_eq!(Region::new(region.as_str()), Some(*region));
        assert_eq!(region.calling_code(), Some(*code));
    }
    for unknown in ["", "U", "USA", "us", "ZZ", "001", "XX", "\u{df}", "00", "U\0"] {
        assert_eq!(Region::new(unknown), None, "{unknown:?}");
    }
}

#[test]
fn non_geographic_numbers_belong_to_region_001() {
    for text in ["+800 1234 5678", "+883 510 012 345", "+870 301 234 567", "+979 123 456 789"] {
        let phone = parse(text, None, Mode::Strict).unwrap();
        assert!(phone.is_valid(), "{text}");
        assert_eq!(phone.region().unwrap().as_str(), "001");
        assert_eq!(verdict(text, None, Mode::Strict).region(), phone.region());
    }
}

#[test]
fn each_reason_has_a_text_that_brings_it_about() {
    let table = [
        ("hello", "", "not_a_number"),
        ("+999 123456", "", "invalid_calling_code"),
        ("030 123456", "", "invalid_calling_code"),
        ("00 1", "DE", "too_short_after_idd"),
        ("+1 41", "", "too_short"),
        ("+49 1", "", "too_short"),
        ("+1 415 555 26711", "", "too_long"),
        ("+1 555 2671", "", "local_only"),
        ("+42122123456", "", "invalid_length"),
        ("+1 000 555 2671", "", "unassigned"),
    ];
    for (text, region, code) in table {
        let verdict = verdict(text, Region::new(region), Mode::Strict);
        assert_eq!(verdict.reason().map(Reason::code), Some(code), "{text:?}");
        assert!(!verdict.is_valid());
    }
    let numbers: Vec<_> = (1..=10).map(|number| Reason::from_number(number).unwrap() as u32).collect();
    assert_eq!(numbers, (1..=10).collect::<Vec<_>>());
}

#[test]
fn debug_output_never_shows_the_number() {
    let phone = parse("+1 415 555 2671 ext. 5", None, Mode::Strict).unwrap();
    assert!(!format!("{phone:?}").contains("2671"));
}

#[test]
fn a_batch_has_a_verdict_for_each_line() {
    let lines = "+14155552671\n\n+442079460958\r\n030 123456\nnonsense\n+14155552671";
    let mut verdicts = Vec::new();
    check_batch(lines, Region::new("DE"), Mode::Strict, &mut verdicts);
    let expected: Vec<_> = lines.split('\n').map(|line| verdict(line, Region::new("DE"), Mode::Strict)).collect();
    assert_eq!(verdicts, expected);
    assert_eq!(verdicts.iter().filter(|verdict| verdict.is_valid()).count(), 4);

    verdicts.clear();
    check_batch("", None, Mode::Strict, &mut verdicts);
    assert!(verdicts.is_empty());
    check_batch("\n", None, Mode::Strict, &mut verdicts);
    assert_eq!(verdicts.iter().map(|verdict| verdict.reason()).collect::<Vec<_>>(), [Some(Reason::NotANumber)]);
}

#[test]
fn the_shape_of_e164_is_checked_and_no_more() {
    for text in ["+12", "+14155552671", "+999999999999999"] {
        assert!(is_e164(text), "{text}");
    }
    for text in ["", "+", "+1", "+0123", "14155552671", "+1 415", "+1415555267a", "+1234567890123456", "+１２３"] {
        assert!(!is_e164(text), "{text}");
    }
}

/// Texts that come close to numbers: their characters, labels of extensions, parts of URIs.
fn near_numbers() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        8 => "[0-9]{1,4}",
        3 => "[-+ ().,/;#x*~]",
        1 => Just("+".to_owned()),
        1 => Just(" ext. ".to_owned()),
        1 => Just(";ext=".to_owned()),
        1 => Just("tel:".to_owned()),
        1 => Just(";phone-context=".to_owned()),
        1 => Just(";isub=".to_owned()),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

fn a_region() -> impl Strategy<Value = Option<Region>> {
    (0..246_usize).prop_map(|index| regions().nth(index).map(|(region, _)| region))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(text in prop_oneof![near_numbers(), any::<String>()], region in a_region()) {
        for mode in [Mode::Strict, Mode::Lenient] {
            let verdict = verdict(&text, region, mode);
            match parse(&text, region, mode) {
                Ok(phone) => {
                    prop_assert_eq!(phone.verdict(), verdict);
                    for style in [Style::E164, Style::International, Style::National, Style::Uri] {
                        prop_assert!(!phone.format(style).is_empty());
                    }
                }
                Err(reason) => prop_assert_eq!(verdict.reason(), Some(reason)),
            }
        }
    }

    #[test]
    fn what_strict_reads_lenient_reads_alike(text in near_numbers(), region in a_region()) {
        if let Ok(phone) = parse(&text, region, Mode::Strict) {
            prop_assert!(parse(&text, region, Mode::Lenient) == Ok(phone));
        }
    }

    #[test]
    fn a_valid_number_survives_being_written_and_read(code in 1..1000_u16, digits in "[1-9][0-9]{5,11}") {
        let text = format!("+{code}{digits}");
        if let Some(phone) = parse(&text, None, Mode::Strict).ok().filter(|phone| phone.is_valid()) {
            for style in [Style::E164, Style::International, Style::Uri] {
                let written = phone.format(style);
                prop_assert!(parse(&written, None, Mode::Strict).as_ref() == Ok(&phone), "{}", written);
            }
            // A number is written at home by the formats of its calling code's main region.
            let home = phone.plan_region().filter(|region| region.as_str() != "001");
            if let Some(home) = home.filter(|home| Some(*home) == phone.region()) {
                let written = phone.format(Style::National);
                let read = parse(&written, Some(home), Mode::Strict);
                // Gabon's old numbers are written with a zero that is no prefix: as such they are no numbers.
                let is_none = read.as_ref().is_ok_and(|read| !read.is_valid());
                prop_assert!(is_none || read.as_ref() == Ok(&phone), "{}", written);
            }
        }
    }
}
