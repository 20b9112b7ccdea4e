//! Phone numbers: all of libphonenumber's numbering plan, read, judged and written without a regular expression.
//!
//! A text goes through [`parse`] (or [`verdict`], which builds no string). Reading is libphonenumber's, step for step; every
//! question to the plan is one walk over the digits in a decision graph (`plan`, `walk`), which the build script makes from the
//! metadata and `tables` decodes when a calling code is first met.
//!
//! A refusal is a [`Reason`]: a code, and a message in which `{region}` stands for the name of a region. Names of regions are not
//! here (a browser has them: `Intl.DisplayNames`): fill in that of [`Phone::plan_region`] if a number was read, else that of the
//! region to call from, and leave ` in {region}` out if there is none.

mod batch;
mod code;
mod code_graph;
mod example;
mod extension;
mod find;
mod find_parts;
mod format;
mod kind;
mod letters;
mod model;
mod number;
mod plan;
mod read;
mod region;
mod strict;
mod tables;
mod text;
mod typing;
mod typist;
mod uri;
mod verdict;
mod walk;

pub use batch::check_batch;
pub use example::example;
pub use find::{Found, find};
pub use format::Style;
pub use kind::{LineType, Mode, Possibility, Reason};
pub use number::{Phone, parse};
pub use region::{Region, regions};
pub use tables::METADATA_VERSION;
pub use typing::{AsYouType, Typed};
pub use verdict::{Verdict, verdict};

/// Whether `text` has the shape of an E.164 number: `+`, then 2 to 15 digits of which the first is not 0.
///
/// This is a check of shape alone; it does not say that the number exists.
///
/// ```
/// assert!(outdial::phone::is_e164("+14155552671"));
/// assert!(!outdial::phone::is_e164("+1 415 555 2671"));
/// ```
pub fn is_e164(text: &str) -> bool {
    match text.as_bytes() {
        [b'+', b'1'..=b'9', rest @ ..] => (1..=14).contains(&rest.len()) && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}
