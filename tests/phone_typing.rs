//! Typing a number shows what libphonenumber shows, and no edit loses a digit, mixes digits up or gets the field stuck.
//!
//! `PHONE_TYPING=file.tsv cargo test --test phone_typing` asks the same of other rows.

#![allow(clippy::unwrap_used)]

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

/// A field as a browser has it: text and caret in UTF-16 units.
struct Field {
    formatter: AsYouType,
    units: Vec<u16>,
    caret: usize,
}

impl Field {
    fn new(region: &str) -> Self {
        Field { formatter: AsYouType::new(Region::new(region)), units: Vec::new(), caret: 0 }
    }

    fn holding(region: &str, text: &str, caret: usize) -> Self {
        let mut field = Field::new(region);
        field.replace(0, 0, text);
        field.caret = caret;
        field
    }

    fn text(&self) -> String {
        String::from_utf16_lossy(&self.units)
    }

    /// Replaces `count` units at `from`, as typing, deleting and pasting do, and lets the formatter look at it. Returns what
    /// the field held in between.
    fn replace(&mut self, from: usize, count: usize, insert: &str) -> (String, usize) {
        let insert: Vec<u16> = insert.encode_utf16().collect();
        let caret = from + insert.len();
        self.units.splice(from..from + count, insert);
        let edited = self.text();
        let Typed { text, caret: place } = self.formatter.input(&edited, Some(caret));
        self.units = text.encode_utf16().collect();
        self.caret = place;
        (edited, caret)
    }

    fn backspace(&mut self) {
        if self.caret > 0 {
            self.replace(self.caret - 1, 1, "");
        }
    }

    fn delete(&mut self) {
        if self.caret < self.units.len() {
            self.replace(self.caret, 1, "");
        }
    }

    /// The text with the caret as a bar.
    fn shown(&self) -> String {
        let (before, after) = self.units.split_at(self.caret);
        format!("{}|{}", String::from_utf16_lossy(before), String::from_utf16_lossy(after))
    }
}

#[test]
fn a_digit_typed_in_the_middle_has_the_caret_behind_it() {
    let mut field = Field::holding("US", "415555267", 7);
    assert_eq!(field.shown(), "(415) 5|55-267");
    field.replace(7, 0, "9");
    assert_eq!(field.shown(), "(415) 59|5-5267");
}

#[test]
fn a_paste_over_a_selection_is_formatted_with_what_is_left() {
    let mut field = Field::holding("GB", "02079460958", 0);
    assert_eq!(field.shown(), "|020 7946 0958");
    field.replace(4, 9, "8765 4321");
    assert_eq!(field.shown(), "020 8765 4321|");
    field.replace(0, 13, "\u{202a}+1 (415) 555\u{2011}2671\u{202c}");
    assert_eq!(field.shown(), "+1 415-555-2671|");
}

#[test]
fn backspace_steps_over_a_separator_and_then_deletes_a_digit() {
    let mut field = Field::holding("US", "+14155552671", 7);
    assert_eq!(field.shown(), "+1 415-|555-2671");
    field.backspace();
    assert_eq!(field.shown(), "+1 415|-555-2671");
    field.backspace();
    assert_eq!(field.shown(), "+1 41|5-552-671");
}

#[test]
fn the_key_that_deletes_forwards_steps_over_a_separator_too() {
    let mut field = Field::holding("US", "+14155552671", 5);
    field.delete();
    assert_eq!(field.shown(), "+1 41|5-552-671");
    field.replace(5, 0, "5");
    assert_eq!(field.shown(), "+1 415|-555-2671");
    field.delete();
    assert_eq!(field.shown(), "+1 415-|555-2671");
}

#[test]
fn other_characters_leave_the_text_as_it_is_until_they_are_gone() {
    let mut field = Field::holding("US", "+14155552671", 15);
    field.replace(15, 0, " ext");
    assert_eq!(field.shown(), "+1 415-555-2671 ext|");
    field.replace(19, 0, " 5");
    assert_eq!(field.shown(), "+1 415-555-2671 ext 5|");
    field.replace(15, 6, "");
    assert_eq!(field.shown(), "+1 415-555-2671|");
    field.replace(3, 0, "+");
    assert_eq!(field.shown(), "+1 +|415-555-2671");
}

#[test]
fn digits_of_any_script_become_ascii_digits() {
    let mut field = AsYouType::new(Region::new("EG"));
    assert_eq!(
        field.input("\u{660}\u{661}\u{660}\u{660}", None).text,
        AsYouType::new(Region::new("EG")).input("0100", None).text
    );
    assert_eq!(field.input("\u{ff0b}\u{ff14}\u{ff14}20", None).text, "+44 20");
    // A digit of two UTF-16 units before the caret.
    assert_eq!(field.input("\u{1d7d9}2", Some(2)), Typed { text: "12".to_owned(), caret: 1 });
}

#[test]
fn a_very_long_text_keeps_its_digits_and_takes_no_time() {
    let digits = "4155552671".repeat(100_000);
    let mut field = AsYouType::new(Region::new("US"));
    assert_eq!(field.input(&digits, None), Typed { text: digits.clone(), caret: 1_000_000 });
    assert_eq!(field.input(&" -".repeat(500_000), None), Typed::default());
}

/// The digits and the leading plus sign of a text, as far as `units` reach.
fn digits(text: &str, units: usize) -> String {
    let mut seen = 0;
    let mut found = String::new();
    for c in text.chars() {
        seen += c.len_utf16();
        if seen > units {
            break;
        }
        let ascii = match c {
            '\u{ff10}'..='\u{ff19}' => char::from(b'0' + (u32::from(c) - 0xff10) as u8),
            '\u{660}'..='\u{669}' => char::from(b'0' + (u32::from(c) - 0x660) as u8),
            '\u{ff0b}' => '+',
            _ => c,
        };
        if ascii == '+' || ascii.is_ascii_digit() {
            found.push(ascii);
        }
    }
    found
}

const REGIONS: [&str; 12] = ["", "US", "GB", "DE", "AR", "BR", "MX", "IT", "RU", "CO", "JP", "SY"];

proptest! {
    #[test]
    fn no_edit_loses_or_moves_a_digit(
        region in proptest::sample::select(&REGIONS[..]),
        edits in proptest::collection::vec((any::<u16>(), 0..3_usize, "[0-9]{0,6}|[+]|[0-9+() .\\-/\u{a0}\u{2011}\u{200e}]{0,8}|[x#*;a\u{ff10}-\u{ff19}\u{660}-\u{669}\u{1f600}\u{ff0b}]{1,2}"), 1..14),
    ) {
        let mut field = Field::new(region);
        for (place, count, insert) in edits {
            let from = usize::from(place) % (field.units.len() + 1);
            let from = if from > 0 && (0xdc00..0xe000).contains(field.units.get(from).unwrap_or(&0)) { from - 1 } else { from };
            let mut count = count.min(field.units.len() - from);
            count += usize::from((0xdc00..0xe000).contains(field.units.get(from + count).unwrap_or(&0)));
            let (edited, caret) = field.replace(from, count, &insert);
            let text = field.text();
            prop_assert_eq!(digits(&text, usize::MAX), digits(&edited, usize::MAX), "{:?} became {:?}", edited, text);
            prop_assert!(field.caret <= field.units.len());
            prop_assert_eq!(digits(&text, field.caret), digits(&edited, caret), "the caret of {:?} in {:?}", edited, text);
        }
    }

    #[test]
    fn backspace_and_delete_always_get_on(
        region in proptest::sample::select(&REGIONS[..]),
        text in "[+]?[0-9]{0,20}",
        place in any::<u16>(),
    ) {
        let mut field = Field::holding(region, &text, 0);
        field.caret = usize::from(place) % (field.units.len() + 1);
        let after = digits(&String::from_utf16_lossy(&field.units[field.caret..]), usize::MAX);
        for _ in 0..80 {
            field.backspace();
        }
        prop_assert_eq!(field.caret, 0, "{}", field.shown());
        prop_assert_eq!(digits(&field.text(), usize::MAX), after);
        for _ in 0..80 {
            field.delete();
        }
        prop_assert_eq!(field.text(), "");
    }

    #[test]
    fn any_text_is_taken(region in proptest::sample::select(&REGIONS[..]), text in "\\PC{0,40}", caret in any::<Option<usize>>()) {
        let Typed { text, caret } = AsYouType::new(Region::new(region)).input(&text, caret);
        prop_assert!(caret <= text.encode_utf16().count());
    }
}
