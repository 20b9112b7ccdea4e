//! One job of the engine over rows of `region<TAB>text`, so many times, for callgrind to count what it takes:
//! `instructions <job> <passes> <file>`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "pkg/tools/test-instructions.mjs alone runs it"
)]

use std::hint::black_box;

use outdial::phone::{AsYouType, Mode, Region, Style, find, parse, verdict};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let job = arguments.next().expect("a job");
    let passes: u32 = arguments.next().expect("passes").parse().expect("a number of passes");
    let file = std::fs::read_to_string(arguments.next().expect("a file")).expect("a file of rows");
    for _ in 0..passes {
        for row in file.lines() {
            let (region, text) = row.split_once('\t').expect("a region and a text");
            work(&job, text, Region::new(region));
        }
    }
}

fn work(job: &str, text: &str, home: Option<Region>) {
    match job {
        "strict" => drop(black_box(parse(text, home, Mode::Strict))),
        "lenient" => drop(black_box(parse(text, home, Mode::Lenient))),
        "isValid" => drop(black_box(verdict(text, home, Mode::Strict).is_valid())),
        "toE164" => drop(black_box(parse(text, home, Mode::Strict).map(|phone| phone.format(Style::E164)))),
        "find" => drop(black_box(find(text, home).into_iter().count())),
        "typing" => {
            let mut field = AsYouType::new(home);
            for (at, letter) in text.char_indices() {
                let typed = &text[..at + letter.len_utf8()];
                black_box(field.input(typed, None));
            }
        }
        _ => panic!("no job is named {job}"),
    }
}
