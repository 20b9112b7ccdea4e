//! The build script reads the patterns of the numbering plan as regular expressions are read, and refuses what it does not know.

#![allow(
    dead_code,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the file of a build script"
)]

#[path = "../src/build/regex.rs"]
mod regex;

use regex::{Machine, Match};

fn run(machine: &Machine, digits: &str) -> Option<Match> {
    let mut state = machine.start();
    for (position, digit) in digits.bytes().enumerate() {
        state = machine.feed(&state, digit - b'0', position as u8);
    }
    machine.finish(&state, digits.len() as u8)
}

fn whole(pattern: &str, digits: &str) -> bool {
    run(&Machine::whole(pattern), digits).is_some()
}

fn end(pattern: &str, digits: &str) -> Option<u8> {
    run(&Machine::prefix(pattern), digits).map(|found| found.end)
}

#[test]
fn a_whole_number_matches_or_does_not() {
    assert!(whole(r"[2-9]\d{7}", "20123456"));
    assert!(!whole(r"[2-9]\d{7}", "201234567"));
    assert!(!whole(r"[2-9]\d{7}", "10123456"));
    assert!(whole(r"(?:1|2[0-24])\d{3,4}", "1000"));
    assert!(whole(r"(?:1|2[0-24])\d{3,4}", "241234"));
    assert!(!whole(r"(?:1|2[0-24])\d{3,4}", "231234"));
    assert!(whole("1|12|123", "12"));
    assert!(whole("12?3?", "13"));
    assert!(!whole("12?3?", "133"));
    assert!(whole("(?:12){2}", "1212"));
    assert!(whole(r"[\d]", "7"));
    assert!(whole(" 1 \n 2 ", "12"));
    assert!(whole("", ""));
}

#[test]
fn a_prefix_takes_the_first_choice_and_as_much_as_it_can() {
    assert_eq!(end("0|00", "001"), Some(1));
    assert_eq!(end("00|0", "001"), Some(2));
    assert_eq!(end(r"00(?:1\d)?", "00123"), Some(4));
    assert_eq!(end(r"00(?:1\d)?", "00203"), Some(2));
    assert_eq!(end(r"0\d{1,3}", "0123456"), Some(4));
    assert_eq!(end("0?", "123"), Some(0));
    assert_eq!(end("99", "912"), None);
    assert_eq!(end(r"([59]\d{2})$|0", "512"), Some(3));
    assert_eq!(end(r"([59]\d{2})$|0", "5123"), None);
    assert_eq!(end(r"([59]\d{2})$|0", "0123"), Some(1));
}

#[test]
fn groups_tell_which_digits_they_hold() {
    let groups = |pattern, digits| run(&Machine::prefix(pattern), digits).expect("a match").groups;
    assert_eq!(groups(r"0(1\d)?", "0123"), [Some((1, 3)), None]);
    assert_eq!(groups(r"0(1\d)?", "0223"), [None, None]);
    assert_eq!(groups(r"0(?:(1[2-4])(\d{3}))?", "012345"), [Some((1, 3)), Some((3, 6))]);
    assert_eq!(groups(r"0(?:(1[2-4])(\d{3}))?", "01234"), [None, None]);
    assert_eq!(groups("0?(?:(11|2)15)?", "21599"), [Some((0, 1)), None]);
}

/// Every construct here is legal in a regular expression, or nearly, and unknown to the engine.
macro_rules! refused {
    ($($name:ident: $pattern:expr),* $(,)?) => {
        $(
            #[test]
            #[should_panic(expected = "of the pattern")]
            fn $name() {
                Machine::prefix($pattern);
            }
        )*
    };
}

refused! {
    a_star_fails_the_build: r"1\d*",
    a_plus_fails_the_build: r"1\d+",
    a_dot_fails_the_build: "1.2",
    a_look_ahead_fails_the_build: "(?=1)2",
    a_negated_class_fails_the_build: "[^1]",
    a_backward_range_fails_the_build: "[5-2]",
    another_escape_fails_the_build: r"\D",
    a_start_anchor_fails_the_build: "^1",
    an_inner_end_anchor_fails_the_build: "1$2",
    an_open_count_fails_the_build: "1{2,}",
    a_lazy_count_fails_the_build: "1??",
    an_unclosed_group_fails_the_build: "(1",
    a_letter_fails_the_build: "1a",
}

#[test]
#[should_panic(expected = "unbalanced parenthesis")]
fn an_unopened_group_fails_the_build() {
    Machine::prefix("1)");
}
