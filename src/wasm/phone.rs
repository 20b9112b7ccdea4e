//! Phone numbers: only numbers cross the boundary, and texts lie in a memory that both sides know. So nothing of
//! wasm-bindgen's machinery for strings travels, and a call costs little more than the work.

use crate::phone::{self, LineType, Mode, Phone, Possibility, Reason, Region, Style, Verdict};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

thread_local! {
    /// JavaScript writes a text here as UTF-8 before a call, and reads what a call wrote.
    static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    /// What `check` found, one for each line.
    static VERDICTS: RefCell<Vec<Verdict>> = const { RefCell::new(Vec::new()) };
}

/// What the exports answer for a region that does not exist.
const NO_SUCH_REGION: u32 = u32::MAX;

/// Makes room for a text of this many bytes; gives the address, which holds until more room is asked for.
#[wasm_bindgen]
pub fn room(bytes: usize) -> usize {
    TEXT.with_borrow_mut(|text| {
        if text.len() < bytes {
            *text = vec![0; bytes];
        }
        text.as_ptr() as usize
    })
}

/// Calls `read` with the first `length` bytes of the text.
fn with_text<T>(length: usize, read: impl FnOnce(&str) -> T) -> T {
    TEXT.with_borrow(|text| read(std::str::from_utf8(text.get(..length).unwrap_or_default()).unwrap_or("\u{fffd}")))
}

/// Writes a text for JavaScript to read; gives its length.
fn answer(text: &str) -> usize {
    room(text.len());
    TEXT.with_borrow_mut(|place| {
        place.iter_mut().zip(text.bytes()).for_each(|(place, byte)| *place = byte);
    });
    text.len()
}

/// A region from the codes of its two letters: first times 256 plus second; 0 is none.
fn region(letters: u32) -> Result<Option<Region>, u32> {
    if letters == 0 {
        return Ok(None);
    }
    let letters = [(letters >> 8) as u8, letters as u8];
    std::str::from_utf8(&letters).ok().and_then(Region::new).map(Some).ok_or(NO_SUCH_REGION)
}

fn mode(lenient: bool) -> Mode {
    if lenient { Mode::Lenient } else { Mode::Strict }
}

/// See `isE164` in the package.
#[wasm_bindgen]
pub fn is_e164(length: usize) -> bool {
    with_text(length, phone::is_e164)
}

/// The bits of the `Verdict` on the text.
#[wasm_bindgen]
pub fn verdict(length: usize, letters: u32, lenient: bool) -> u32 {
    region(letters)
        .map_or_else(|unknown| unknown, |home| with_text(length, |text| phone::verdict(text, home, mode(lenient)).0))
}

/// The same; if a number was read, the length of its E.164 form is in bits 24 to 31, and the text is that form.
#[wasm_bindgen]
pub fn e164(length: usize, letters: u32, lenient: bool) -> u32 {
    let home = match region(letters) {
        Ok(home) => home,
        Err(unknown) => return unknown,
    };
    match with_text(length, |text| phone::parse(text, home, mode(lenient))) {
        Ok(phone) => phone.verdict().0 | (answer(&phone.format(Style::E164)) as u32) << 24,
        Err(reason) => (reason as u32) << 8,
    }
}

/// Writes what else is known of a number, one a line; gives the length. 0 if nothing could be read.
#[wasm_bindgen]
pub fn describe(length: usize, letters: u32, lenient: bool) -> usize {
    let Ok(home) = region(letters) else { return 0 };
    match with_text(length, |text| phone::parse(text, home, mode(lenient))) {
        Ok(phone) => answer(&description(&phone)),
        Err(_) => 0,
    }
}

fn description(phone: &Phone) -> String {
    let mut all = phone.national_number();
    let mut line = |text: &str| {
        all.push('\n');
        all.push_str(text);
    };
    line(phone.extension().unwrap_or_default());
    line(phone.plan_region().as_ref().map_or("", Region::as_str));
    for style in [Style::E164, Style::International, Style::National, Style::Uri] {
        line(&phone.format(style));
    }
    all
}

/// Judges each line of the text; gives how many there were. `verdicts` has what was found.
#[wasm_bindgen]
pub fn check(length: usize, letters: u32, lenient: bool) -> u32 {
    let Ok(home) = region(letters) else { return NO_SUCH_REGION };
    VERDICTS.with_borrow_mut(|verdicts| {
        verdicts.clear();
        TEXT.with_borrow(|text| {
            phone::check_batch(text.get(..length).unwrap_or_default(), home, mode(lenient), verdicts);
        });
        verdicts.len() as u32
    })
}

/// The address of what `check` found: 32 bits a line.
#[wasm_bindgen]
pub fn verdicts() -> usize {
    VERDICTS.with_borrow(|verdicts| verdicts.as_ptr() as usize)
}

/// Writes the regions with their calling codes, such as `US1`, one a line.
#[wasm_bindgen]
pub fn regions() -> usize {
    let mut all = String::new();
    for (region, code) in phone::regions() {
        all.push_str(region.as_str());
        for digit in [code / 100, code / 10 % 10, code % 10].into_iter().skip_while(|digit| *digit == 0) {
            all.push(char::from(b'0' + digit as u8));
        }
        all.push('\n');
    }
    answer(&all)
}

/// Writes the E.164 form of an example; gives its length, 0 if there is none.
#[wasm_bindgen]
pub fn example(letters: u32, kind: u32) -> u32 {
    match region(letters) {
        Ok(Some(region)) => phone::example(region, LineType::from_number(kind))
            .map_or(0, |phone| answer(&phone.format(Style::E164)) as u32),
        _ => NO_SUCH_REGION,
    }
}

/// Writes the names behind the numbers of a verdict, one a line: kinds of line, possibilities, codes of reasons and their
/// messages, each list after an empty line; then the version of the metadata.
#[wasm_bindgen]
pub fn names() -> usize {
    let mut all = String::new();
    let mut line = |text: &str| {
        all.push_str(text);
        all.push('\n');
    };
    LineType::ALL.iter().for_each(|kind| line(kind.name()));
    line("");
    (0..5).for_each(|number| line(Possibility::from_number(number).name()));
    line("");
    let reasons = || (1..).map_while(Reason::from_number);
    reasons().for_each(|reason| line(reason.code()));
    line("");
    reasons().for_each(|reason| line(reason.message()));
    line("");
    line(phone::METADATA_VERSION);
    answer(&all)
}
