//! Reading a number out of a text, step for step as libphonenumber's `parse` does.

use super::kind::{Mode, Possibility, Reason};
use super::plan::{LONGEST, Plan, Region};
use super::tables::{self, Place};
use super::text::{Digits, LONGEST_TEXT, after_plus, is_plus, tokens};
use super::{extension, strict, uri};

const SHORTEST: usize = 2;

/// A number as it was read: not yet judged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// Index of the plan of its calling code.
    pub plan: u8,
    length: u8,
    digits: [u8; LONGEST],
}

impl Number {
    /// No number: what a reading fills. (Handing one back and forth costs a tenth of the time of a reading.)
    pub(super) const NONE: Number = Number { plan: 0, length: 0, digits: [0; LONGEST] };

    /// The national (significant) number.
    pub(super) fn digits(&self) -> &[u8] {
        self.digits.get(..usize::from(self.length)).unwrap_or_default()
    }
}

/// What a text holds.
pub(super) struct Reading {
    pub number: Number,
    /// The characters of the text that are the extension: the first, and how many.
    pub extension: (usize, usize),
    /// Written without a calling code.
    pub national: bool,
}

/// Reads a text; `home` is the region to call from.
pub(super) fn read(text: &str, home: Option<Place>, mode: Mode) -> Result<Reading, Reason> {
    let (mut space, mut spare) = ([0; LONGEST_TEXT], [0; LONGEST_TEXT]);
    let all = tokens(text, &mut space).ok_or(Reason::TooLong)?;
    if mode == Mode::Strict && !strict::is_number_alone(all) {
        return Err(Reason::NotANumber);
    }
    let all = uri::extract(all, &mut spare).filter(|text| extension::is_viable(text)).ok_or(Reason::NotANumber)?;
    if home.is_none() && !all.first().is_some_and(|token| is_plus(*token)) {
        return Err(Reason::InvalidCallingCode);
    }
    let (mut text, mut extension) = (all, (0, 0));
    if let Some(found) = extension::find(all) {
        let before = all.get(..found.start).unwrap_or_default();
        if extension::is_viable(before) {
            let first = all.get(found.digits.0).copied().unwrap_or_default();
            (text, extension) = (before, (usize::from(first >> 8), found.digits.1 - found.digits.0));
        }
    }
    let mut number = Number::NONE;
    let national = resolve(Digits::read(text).as_slice(), after_plus(text) > 0, home, &mut number)?;
    Ok(Reading { number, extension, national })
}

/// Fills `number` in the common case, without allocating: digits and plain separators in ASCII, perhaps after a `+`. None if a
/// text is anything else.
pub(super) fn read_plain(text: &[u8], home: Option<Place>, number: &mut Number) -> Option<Result<(), Reason>> {
    let (plus, rest) = match text {
        [b'+', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    if text.len() > LONGEST_TEXT || !plus && home.is_none() {
        return None;
    }
    let mut digits = Digits::new();
    for byte in rest {
        match byte {
            b'0'..=b'9' => digits.push(byte - b'0'),
            b' ' | b'(' => {}
            b'-' | b'.' | b')' | b'/' if plus || !digits.as_slice().is_empty() => {}
            _ => return None,
        }
    }
    // Two digits may be a number, but only alone.
    (digits.as_slice().len() > SHORTEST).then(|| resolve(digits.as_slice(), plus, home, number).map(|_| ()))
}

/// Finds out what the digits of a text are: with or without calling code, prefix for calls abroad, national prefix. True if
/// the number, which is filled in, has no calling code of its own.
fn resolve(digits: &[u8], plus: bool, home: Option<Place>, number: &mut Number) -> Result<bool, Reason> {
    let mut international = |plan, rest| national(plan, 0, rest, number).map(|()| false);
    if plus {
        match after_abroad(digits) {
            // libphonenumber then reads the number as if it had no plus sign.
            Err(Reason::InvalidCallingCode) => {}
            found => return found.and_then(|(plan, rest)| international(plan, rest)),
        }
    }
    let home = home.ok_or(Reason::InvalidCallingCode)?;
    let plan = tables::plan(home.plan);
    let prefix = plan.abroad(region(plan, home.index), digits);
    if let Some(rest) = digits.get(prefix..).filter(|rest| prefix > 0 && rest.first() != Some(&0)) {
        let (plan, rest) = after_abroad(rest)?;
        return international(plan, rest);
    }
    match own_code(home, digits) {
        Some(rest) => international(home.plan, rest.as_slice()),
        None if plus => Err(Reason::InvalidCallingCode),
        None => national(home.plan, home.index, digits, number).map(|()| true),
    }
}

/// The plan and the national number of what follows a plus sign or a prefix for calls abroad (`maybeExtractCountryCode`).
fn after_abroad(digits: &[u8]) -> Result<(u8, &[u8]), Reason> {
    if digits.len() <= SHORTEST {
        Err(Reason::TooShortAfterIdd)
    } else {
        split_code(digits).ok_or(Reason::InvalidCallingCode)
    }
}

fn region(plan: &'static Plan, index: u8) -> &'static Region {
    static NONE: Region = Region::NONE;
    plan.regions.get(usize::from(index)).unwrap_or(&NONE)
}

/// The plan of the calling code that a number without its `+` starts with, and the digits after it.
pub(super) fn split_code(digits: &[u8]) -> Option<(u8, &[u8])> {
    let mut code = 0;
    for (at, digit) in digits.iter().take(3).enumerate() {
        code = code * 10 + usize::from(*digit);
        if code == 0 {
            return None;
        }
        if let Some(plan) = tables::plan_of_code(code) {
            return Some((plan, digits.get(at + 1..).unwrap_or_default()));
        }
    }
    None
}

/// The digits after the region's own calling code, if the number makes more sense without it.
fn own_code(home: Place, all: &[u8]) -> Option<Digits> {
    let plan = tables::plan(home.plan);
    let region = region(plan, home.index);
    let (code, rest) = split_code(all)?;
    if code != home.plan {
        return None;
    }
    let rest = plan.strip(region, rest).unwrap_or_else(|| Digits::of(rest));
    let looks_right = |digits| plan.ask(region.general, digits) == 1;
    let better = !looks_right(all) && looks_right(rest.as_slice());
    (better || region.possibility(all.len()) == Possibility::TooLong).then_some(rest)
}

/// The number without its national prefix, if it has one: most have none, which is soon known.
fn strip(plan: u8, region_index: u8, digits: &[u8]) -> Option<Digits> {
    let quick = tables::quick_plan(plan);
    if quick.ask(region(quick, region_index).prefix, digits) == 0 {
        return None;
    }
    let plan = tables::plan(plan);
    plan.strip(region(plan, region_index), digits)
}

/// Removes the national prefix of the region, checks the length and fills `number`.
pub(super) fn national(plan_index: u8, region_index: u8, digits: &[u8], number: &mut Number) -> Result<(), Reason> {
    if digits.len() < SHORTEST {
        return Err(Reason::TooShort);
    }
    let region = region(tables::quick_plan(plan_index), region_index);
    let fits = |rest: &Digits| {
        matches!(region.possibility(rest.as_slice().len()), Possibility::Possible | Possibility::TooLong)
    };
    let stripped = strip(plan_index, region_index, digits).filter(fits);
    let digits = stripped.as_ref().map_or(digits, Digits::as_slice);
    if digits.len() < SHORTEST {
        return Err(Reason::TooShort);
    }
    number.digits.get_mut(..digits.len()).ok_or(Reason::TooLong)?.copy_from_slice(digits);
    (number.plan, number.length) = (plan_index, digits.len() as u8);
    Ok(())
}
