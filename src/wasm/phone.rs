//! Phone numbers: only numbers cross the boundary, and texts lie in a memory that both sides know. So nothing of
//! wasm-bindgen's machinery for strings travels, and a call costs little more than the work.

use crate::phone::{self, AsYouType, LineType, Mode, Phone, Possibility, Reason, Region, Style, Verdict};
use std::cell::{Cell, RefCell};
use wasm_bindgen::prelude::*;

thread_local! {
    /// JavaScript writes a text here before a call: UTF-8, which a string need not be checked for again.
    static TEXT: RefCell<String> = const { RefCell::new(String::new()) };
    /// What a call wrote.
    static ANSWER: RefCell<String> = const { RefCell::new(String::new()) };
    /// What `check` found, one for each line.
    static VERDICTS: RefCell<Vec<Verdict>> = const { RefCell::new(Vec::new()) };
    /// What `e164` read.
    static E164_VALUE: Cell<f64> = const { Cell::new(0.0) };
    /// The field of the last `retype`, with the letters of its region.
    static FIELD: RefCell<Option<(u32, AsYouType)>> = const { RefCell::new(None) };
}

/// What the exports answer for a region that does not exist.
const NO_SUCH_REGION: u32 = u32::MAX;

/// Makes room for a text of this many bytes; gives the address, which holds until more room is asked for.
#[wasm_bindgen]
pub fn room(bytes: usize) -> usize {
    TEXT.with_borrow_mut(|text| {
        if text.len() < bytes {
            *text = "\0".repeat(bytes);
        }
        text.as_ptr() as usize
    })
}

/// Calls `read` with the first bytes of the text.
fn with_text<T>(length: usize, read: impl FnOnce(&str) -> T) -> T {
    TEXT.with_borrow(|text| read(text.get(..length).unwrap_or_default()))
}

/// Keeps a text for JavaScript to read; gives its length.
fn answer(text: String) -> u32 {
    let length = text.len() as u32;
    ANSWER.set(text);
    length
}

/// The address of what the last call wrote.
#[wasm_bindgen]
pub fn answered() -> usize {
    ANSWER.with_borrow(|text| text.as_ptr() as usize)
}

/// A region from the codes of its two letters: the first times 256, plus the second; 0 is none.
fn region(letters: u32) -> Result<Option<Region>, u32> {
    if letters == 0 {
        return Ok(None);
    }
    Region::of_letters([(letters >> 8) as u8, letters as u8]).map(Some).ok_or(NO_SUCH_REGION)
}

fn mode(lenient: bool) -> Mode {
    if lenient { Mode::Lenient } else { Mode::Strict }
}

fn push_number(number: u32, all: &mut String) {
    if number > 9 {
        push_number(number / 10, all);
    }
    all.push(char::from(b'0' + (number % 10) as u8));
}

fn push_region(region: Option<Region>, all: &mut String) {
    let Some([first, second]) = region.map(Region::letters) else { return };
    all.push(char::from(first));
    all.push(char::from(second));
    if second == b'0' {
        all.push('1');
    }
}

/// See `isE164` in the package.
#[wasm_bindgen]
pub fn is_e164(length: usize) -> bool {
    with_text(length, phone::is_e164)
}

/// The bits of the `Verdict` on the text.
#[wasm_bindgen]
pub fn verdict(length: usize, letters: u32, lenient: bool) -> u32 {
    match region(letters) {
        Ok(home) => with_text(length, |text| phone::verdict(text, home, mode(lenient))).0,
        Err(unknown) => unknown,
    }
}

/// Set in what `e164` answers where the text is the E.164 form itself: JavaScript has that already.
const AS_WRITTEN: u32 = 1 << 24;

/// The same, perhaps with `AS_WRITTEN`, for a call of `e164_value`.
#[wasm_bindgen]
pub fn e164(length: usize, letters: u32, lenient: bool) -> u32 {
    let home = match region(letters) {
        Ok(home) => home,
        Err(unknown) => return unknown,
    };
    with_text(length, |text| match phone::parse(text, home, mode(lenient)) {
        Ok(phone) => {
            let value = phone.e164_value().unwrap_or_default();
            E164_VALUE.set(value as f64);
            let as_written = phone::is_e164(text)
                && text.bytes().skip(1).fold(0, |all, byte| all * 10 + u64::from(byte - b'0')) == value;
            phone.verdict().0 | if as_written { AS_WRITTEN } else { 0 }
        }
        Err(reason) => (reason as u32) << 8,
    })
}

/// The number that `e164` has read, as it is after the plus sign; 0 if it is too long for a number.
#[wasm_bindgen]
pub fn e164_value() -> f64 {
    E164_VALUE.get()
}

/// Writes the bits of the `Verdict` on the text and, one a line, all that is known of the number; if there is none, no more than
/// the region whose plan was asked. Gives the length.
#[wasm_bindgen]
pub fn describe(length: usize, letters: u32, lenient: bool) -> u32 {
    let home = match region(letters) {
        Ok(home) => home,
        Err(unknown) => return unknown,
    };
    let mut all = String::new();
    with_text(length, |text| match phone::parse(text, home, mode(lenient)) {
        Ok(phone) => push_phone(&phone, &mut all),
        Err(reason) => {
            push_number((reason as u32) << 8, &mut all);
            all.push('\n');
            push_region(plan_asked(text, home, reason), &mut all);
        }
    });
    answer(all)
}

/// The region whose plan refused a text for its length: that of the number which it would be if it were longer or shorter.
fn plan_asked(text: &str, home: Option<Region>, reason: Reason) -> Option<Region> {
    let mut fitting = String::new();
    let (most, more) = match reason {
        Reason::TooShort => (usize::MAX, "00000"),
        Reason::TooLong => (16, ""),
        _ => return None,
    };
    text.chars().take(most).for_each(|c| fitting.push(c));
    fitting.push_str(more);
    phone::parse(&fitting, home, Mode::Lenient).ok().and_then(|phone| phone.plan_region())
}

fn push_phone(phone: &Phone, all: &mut String) {
    push_number(phone.verdict().0, all);
    all.push('\n');
    push_region(phone.plan_region(), all);
    all.push('\n');
    all.push_str(&phone.national_number());
    all.push('\n');
    all.push_str(phone.extension().unwrap_or_default());
    for style in [Style::E164, Style::International, Style::National, Style::Uri] {
        all.push('\n');
        phone.format_into(style, all);
    }
}

/// Judges each line of the text; gives how many there were. They are at the address that `verdicts` gives, 32 bits each.
#[wasm_bindgen]
pub fn check(length: usize, letters: u32, lenient: bool) -> u32 {
    let home = match region(letters) {
        Ok(home) => home,
        Err(unknown) => return unknown,
    };
    VERDICTS.with_borrow_mut(|verdicts| {
        verdicts.clear();
        TEXT.with_borrow(|text| {
            phone::check_batch(text.get(..length).unwrap_or_default(), home, mode(lenient), verdicts);
        });
        verdicts.len() as u32
    })
}

/// See `check`.
#[wasm_bindgen]
pub fn verdicts() -> usize {
    VERDICTS.with_borrow(|verdicts| verdicts.as_ptr() as usize)
}

/// Writes the numbers in the text, each as `describe` does after two lines that say where it starts and ends; gives the length.
#[wasm_bindgen]
pub fn find(length: usize, letters: u32) -> u32 {
    let home = match region(letters) {
        Ok(home) => home,
        Err(unknown) => return unknown,
    };
    let mut all = String::new();
    with_text(length, |text| {
        for found in phone::find(text, home) {
            for place in [found.start, found.end] {
                push_number(place as u32, &mut all);
                all.push('\n');
            }
            push_phone(&found.phone, &mut all);
            all.push('\n');
        }
    });
    answer(all)
}

/// A step of `asYouType`: a field remembers two numbers of its last step, `caret` and `digits`. Writes what it should hold; gives
/// the length.
#[wasm_bindgen]
pub fn retype(letters: u32, last_caret: usize, last_digits: usize, length: usize, caret: usize) -> u32 {
    let home = match region(letters) {
        Ok(home) => home,
        Err(unknown) => return unknown,
    };
    FIELD.with_borrow_mut(|last| {
        let known = last.take().filter(|(known, _)| *known == letters);
        let (_, field) = last.insert(known.unwrap_or_else(|| (letters, AsYouType::new(home))));
        field.resume((last_caret, last_digits));
        answer(with_text(length, |text| field.input(text, Some(caret))).text)
    })
}

fn field_state() -> (usize, usize) {
    FIELD.with_borrow(|field| field.as_ref().map(|(_, field)| field.state()).unwrap_or_default())
}

/// Where the caret belongs after `retype`.
#[wasm_bindgen]
pub fn caret() -> usize {
    field_state().0
}

/// How many digits the field had at `retype`.
#[wasm_bindgen]
pub fn digits() -> usize {
    field_state().1
}

/// Writes the regions with their calling codes, such as `US1`, one a line; gives the length.
#[wasm_bindgen]
pub fn regions() -> u32 {
    let mut all = String::new();
    for (region, code) in phone::regions() {
        push_region(Some(region), &mut all);
        push_number(u32::from(code), &mut all);
        all.push('\n');
    }
    answer(all)
}

/// Writes the E.164 form of an example; gives its length, 0 if there is none.
#[wasm_bindgen]
pub fn example(letters: u32, kind: u32) -> u32 {
    match region(letters) {
        Ok(Some(region)) => {
            phone::example(region, LineType::from_number(kind)).map_or(0, |phone| answer(phone.format(Style::E164)))
        }
        _ => NO_SUCH_REGION,
    }
}

/// Writes the names behind the numbers of a verdict, one a line, with an empty line after each list: kinds of line,
/// possibilities, codes of reasons, their messages; gives the length.
#[wasm_bindgen]
pub fn names() -> u32 {
    let mut all = String::new();
    LineType::ALL.iter().for_each(|kind| push_line(kind.name(), &mut all));
    all.push('\n');
    (0..5).for_each(|number| push_line(Possibility::from_number(number).name(), &mut all));
    for text in [Reason::code, Reason::message] {
        all.push('\n');
        for reason in (1..).map_while(Reason::from_number) {
            push_line(text(reason), &mut all);
        }
    }
    answer(all)
}

fn push_line(line: &str, all: &mut String) {
    all.push_str(line);
    all.push('\n');
}
