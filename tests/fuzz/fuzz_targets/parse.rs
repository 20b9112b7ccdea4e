#![no_main]

use outdial_fuzz::parse::{Input, check};

libfuzzer_sys::fuzz_target!(|input: Input| check(input));
