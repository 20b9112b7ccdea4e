#![no_main]

use outdial_fuzz::as_you_type::{Input, check};

libfuzzer_sys::fuzz_target!(|input: Input| check(input));
