//! What the fuzzers have collected keeps every promise.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, clippy::unwrap_used)]

#[path = "fuzz/src/lib.rs"]
mod fuzz;

use std::fs::read_dir;
use std::path::Path;

use arbitrary::{Arbitrary, Unstructured};

/// Checks each file of a target's corpus, read as the fuzzer reads it.
fn replay<Input: for<'a> Arbitrary<'a>>(target: &str, check: fn(Input)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let mut replayed = 0;
    for file in read_dir(&folder).expect("every target has a corpus") {
        let path = file.expect("a folder can be read").path();
        let bytes = std::fs::read(&path).expect("a file can be read");
        if let Ok(input) = Input::arbitrary_take_rest(Unstructured::new(&bytes)) {
            replayed += 1;
            // A test that fails shows what it printed.
            println!("{}", path.display());
            check(input);
        }
    }
    assert!(replayed > 10, "{} holds {replayed} inputs", folder.display());
}

macro_rules! replays {
    ($($target:ident),*) => { $(
        #[test]
        fn $target() {
            replay(stringify!($target), fuzz::$target::check);
        }
    )* };
}

replays!(answers, as_you_type, extension, find, json, jwt, parse, requests);
