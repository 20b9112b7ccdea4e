//! What must hold for any bytes from outside, each promise as one function. Fuzzers look for bytes that break one
//! (`fuzz_targets/`), and `cargo test` checks all that they have collected (`corpus/`).

pub mod answers;
pub mod as_you_type;
pub mod extension;
pub mod find;
pub mod json;
pub mod jwt;
pub mod parse;
pub mod requests;
mod script;
