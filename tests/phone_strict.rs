//! Strict reading takes a phone number and nothing else.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use outdial::phone::{Mode, Reason, Region, Style, parse, verdict};

#[track_caller]
fn refused(text: &str) {
    for region in [None, Region::new("US"), Region::new("GB"), Region::new("IN")] {
        assert_eq!(
            parse(text, region, Mode::Strict).map(|phone| phone.format(Style::E164)),
            Err(Reason::NotANumber),
            "{text:?}"
        );
        assert_eq!(verdict(text, region, Mode::Strict).reason(), Some(Reason::NotANumber), "{text:?}");
    }
}

#[track_caller]
fn reads(text: &str, region: &str, e164: &str, extension: Option<&str>) {
    let phone = parse(text, Region::new(region), Mode::Strict);
    let phone = phone.unwrap_or_else(|reason| panic!("{text:?} is refused as {}", reason.code()));
    assert_eq!((phone.format(Style::E164).as_str(), phone.extension()), (e164, extension), "{text:?}");
    assert!(parse(text, Region::new(region), Mode::Lenient) == Ok(phone), "lenient reads {text:?} otherwise");
}

#[test]
fn masked_numbers_are_refused() {
    for text in [
        "+9198765xxxxx",
        "+1415555XXXX",
        "+1 415 555 xxxx",
        "+1 (415) 555-****",
        "+1 415 555 ####",
        "+1415555____",
        "+1415555????",
        "+1 415 XXX 2671",
        "+91 98765 xx123",
    ] {
        refused(text);
    }
}

#[test]
fn letters_are_refused() {
    for text in
        ["+44 7911 12ABCD", "+14155552671ABC", "+1 800 FLOWERS", "1-800-MICROSOFT", "+1415555267l", "+1O155552671"]
    {
        refused(text);
    }
}

#[test]
fn text_beside_the_number_is_refused() {
    for text in [
        "call +1 415 555 2671",
        "Tel. +1 415 555 2671",
        "+1 415 555 2671 (home)",
        "phone: +14155552671",
        "+1 415 555 2671!",
        "<+14155552671>",
        "\"+14155552671\"",
        "+14155552671\u{1f4de}",
        "",
        " ",
        "+",
        "()",
    ] {
        refused(text);
    }
}

#[test]
fn invisible_and_control_characters_are_refused() {
    for c in [
        '\0',
        '\u{1}',
        '\u{7f}',
        '\u{ad}',
        '\u{200b}',
        '\u{200d}',
        '\u{200e}',
        '\u{200f}',
        '\u{202a}',
        '\u{202c}',
        '\u{202d}',
        '\u{202e}',
        '\u{2060}',
        '\u{2066}',
        '\u{2069}',
        '\u{feff}',
        '\u{fffd}',
        '\u{e0031}',
    ] {
        refused(&format!("+14155552671{c}"));
        refused(&format!("{c}+14155552671"));
        refused(&format!("+1415{c}5552671"));
    }
    for c in ['\n', '\r', '\t', '\u{b}', '\u{2028}', '\u{85}'] {
        refused(&format!("+1415{c}5552671"));
    }
}

#[test]
fn two_numbers_in_one_text_are_refused() {
    for text in [
        "+1 415 555 2671 +1 415 555 2672",
        "+14155552671+14155552672",
        "+14155552671, +14155552672",
        "+14155552671;+14155552672",
        "+14155552671\n+14155552672",
        "+1 415 555 2671, 5552672",
        "+14155552671 / +14155552672",
        "(530) 583-6985 x302/x2303",
        "+1 415 555 2671 or 2672",
        "++14155552671",
        "+1+4155552671",
    ] {
        refused(text);
    }
    let long = parse("+1 415 555 2671 415 555 2672", None, Mode::Strict);
    assert_eq!(long.err(), Some(Reason::TooLong), "without a second plus sign it is one number that is too long");
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for text in [
        "+14155552671",
        "+1 415 555 2671",
        "+1 (415) 555-2671",
        "(+1) 415-555-2671",
        "+1.415.555.2671",
        "+1/415/555/2671",
        "+1\u{a0}415\u{a0}555\u{a0}2671",
        "+1\u{2010}415\u{2011}555\u{2013}2671",
        "＋１４１５５５５２６７１",
        "+١٤١٥٥٥٥٢٦٧١",
        "  +14155552671\r\n",
        "\u{3000}+14155552671\u{a0}",
        "+1 [415] 555 2671",
    ] {
        reads(text, "", "+14155552671", None);
    }
    reads("020 7946 0958", "GB", "+442079460958", None);
    reads("(020) 7946 0958", "GB", "+442079460958", None);
    reads("00 44 20 7946 0958", "DE", "+442079460958", None);
    reads("011 44 20 7946 0958", "US", "+442079460958", None);
}

#[test]
fn extensions_are_read() {
    for text in [
        "+1 415 555 2671 ext. 5",
        "+1 415 555 2671 x5",
        "+1 415 555 2671 X 5",
        "+1 415 555 2671 extension: 5",
        "+1 415 555 2671#5",
        "+1 415 555 2671,5",
        "+1 415 555 2671,,5#",
        "+1 415 555 2671;5",
        "+1 415 555 2671;ext=5",
        "+1 415 555 2671 доб. 5",
        "+1 415 555 2671 anexo 5",
        "+1 415 555 2671 int 5",
        "+1 415 555 2671 - 5#",
    ] {
        reads(text, "", "+14155552671", Some("5"));
    }
    refused("+1 415 555 2671 ext.");
    refused("+1 415 555 2671 ext. 5 or 6");
    refused("+1 415 555 2671~5");
    refused("+1 415 555 2671 x1234567890");
}

#[test]
fn an_extension_in_digits_of_another_script_can_be_dialled() {
    for text in ["+49 30 123456 x48\u{664}87", "+49 30 123456 ext. \u{ff14}\u{ff18}487"] {
        let phone = parse(text, None, Mode::Strict).unwrap();
        assert_eq!(
            (phone.extension(), phone.format(Style::Uri).as_str()),
            (Some("48487"), "tel:+49-30-123456;ext=48487")
        );
    }
}

#[test]
fn a_second_number_is_no_extension_of_the_first() {
    for between in [",", ",,", ";", "; ", ", "] {
        for second in ["4155550124", "14155550124", "5550124"] {
            refused(&format!("+14155552671{between}{second}"));
        }
        reads(&format!("+14155552671{between}123456"), "", "+14155552671", Some("123456"));
    }
    reads("+14155552671,,123456789#", "", "+14155552671", Some("123456789"));
}

#[test]
fn tel_uris_are_read() {
    reads("tel:+1-415-555-2671", "", "+14155552671", None);
    reads("TEL:+1-415-555-2671", "", "+14155552671", None);
    reads("tel:+1-415-555-2671;ext=5", "", "+14155552671", Some("5"));
    reads("tel:+1-415-555-2671;isub=12345", "", "+14155552671", None);
    reads("tel:555-2671;phone-context=+1-415", "", "+14155552671", None);
    reads("tel:020-7946-0958;phone-context=example.com", "GB", "+442079460958", None);
    refused("tel:+1415555XXXX");
    refused("tel:+14155552671;ext=5\u{202c}");
    refused("tel:+14155552671;foo=bar");
    refused("tel:");
}
