#![no_main]

use outdial_fuzz::find::{Input, check};

libfuzzer_sys::fuzz_target!(|input: Input| check(input));
