//! Reading a number out of a text, step for step as libphonenumber's `parse` does.

use super::kind::{Mode, Possibility, Reason};
use super::plan::{LONGEST, Plan, Region};
use super::tables::{self, Place};
use super::text::{Digits, digit, is_plus};
use super::{extension, strict, uri};

/// Longer texts are refused unread, as libphonenumber does.
const LONGEST_TEXT: usize = 250;
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
    /// The national (significant) number.
    pub(super) fn digits(&self) -> &[u8] {
        self.digits.get(..usize::from(self.length)).unwrap_or_default()
    }
}

/// What a text holds: a number and its extension, as typed.
pub(super) struct Reading {
    pub number: Number,
    pub extension: Vec<char>,
}

/// Reads a text; `home` is the region to call from.
pub(super) fn read(text: &str, home: Option<Place>, mode: Mode) -> Result<Reading, Reason> {
    let mut all: Vec<char> = text.chars().take(LONGEST_TEXT + 1).collect();
    if all.len() > LONGEST_TEXT {
        return Err(Reason::TooLong);
    }
    if mode == Mode::Strict && !strict::is_number_alone(&all) {
        return Err(Reason::NotANumber);
    }
    uri::extract(&mut all)?;
    if !extension::is_viable(&all) {
        return Err(Reason::NotANumber);
    }
    if home.is_none() && !all.first().is_some_and(|c| is_plus(*c)) {
        return Err(Reason::InvalidCallingCode);
    }
    let found = extension::find(&all).filter(|found| extension::is_viable(all.get(..found.start).unwrap_or_default()));
    let (text, extension) = match found {
        Some(found) => (all.get(..found.start), all.get(found.digits.0..found.digits.1)),
        None => (Some(all.as_slice()), None),
    };
    let text = text.unwrap_or_default();
    let number = match calling_code(text, home) {
        Err(Reason::InvalidCallingCode) if text.first().is_some_and(|c| is_plus(*c)) => {
            let from = text.iter().position(|c| !is_plus(*c)).unwrap_or(text.len());
            match calling_code(text.get(from..).unwrap_or_default(), home)? {
                Some((plan, rest)) => national(plan, 0, rest.as_slice()),
                None => Err(Reason::InvalidCallingCode),
            }
        }
        Err(reason) => Err(reason),
        Ok(Some((plan, rest))) => national(plan, 0, rest.as_slice()),
        Ok(None) => match home {
            Some(home) => national(home.plan, home.index, Digits::read(text).as_slice()),
            None => Err(Reason::InvalidCallingCode),
        },
    }?;
    Ok(Reading { number, extension: extension.unwrap_or_default().to_vec() })
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

/// The calling code of a number that is written with one, and the digits after it (`maybeExtractCountryCode`).
fn calling_code(text: &[char], home: Option<Place>) -> Result<Option<(u8, Digits)>, Reason> {
    let from = text.iter().position(|c| !is_plus(*c)).unwrap_or(text.len());
    let digits = Digits::read(text.get(from..).unwrap_or_default());
    let all = digits.as_slice();
    let mut abroad = (from > 0).then_some(all);
    if let (None, Some(home)) = (abroad, home) {
        let plan = tables::plan(home.plan);
        let prefix = plan.abroad(region(plan, home.index), all);
        abroad = all.get(prefix..).filter(|rest| prefix > 0 && rest.first() != Some(&0));
    }
    if let Some(rest) = abroad {
        if rest.len() <= SHORTEST {
            return Err(Reason::TooShortAfterIdd);
        }
        let (plan, rest) = split_code(rest).ok_or(Reason::InvalidCallingCode)?;
        return Ok(Some((plan, Digits::of(rest))));
    }
    Ok(home.and_then(|home| own_code(home, all).map(|rest| (home.plan, rest))))
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

/// Removes the national prefix of the region and checks the length.
pub(super) fn national(plan_index: u8, region_index: u8, digits: &[u8]) -> Result<Number, Reason> {
    if digits.len() < SHORTEST {
        return Err(Reason::TooShort);
    }
    let plan = tables::plan(plan_index);
    let region = region(plan, region_index);
    let fits = |rest: &Digits| {
        matches!(region.possibility(rest.as_slice().len()), Possibility::Possible | Possibility::TooLong)
    };
    let stripped = plan.strip(region, digits).filter(fits);
    let digits = stripped.as_ref().map_or(digits, Digits::as_slice);
    if digits.len() < SHORTEST {
        return Err(Reason::TooShort);
    }
    let mut number = Number { plan: plan_index, length: digits.len() as u8, digits: [0; LONGEST] };
    number.digits.get_mut(..digits.len()).ok_or(Reason::TooLong)?.copy_from_slice(digits);
    Ok(number)
}

/// The common case, without allocating: a `+`, then ASCII digits and plain separators. None if the text is anything else.
pub(super) fn read_plain(text: &[u8]) -> Option<Result<Number, Reason>> {
    let [b'+', rest @ ..] = text else { return None };
    if rest.len() >= LONGEST_TEXT {
        return None;
    }
    let mut digits = Digits::new();
    for byte in rest {
        match byte {
            b'0'..=b'9' => digits.push(byte - b'0'),
            b' ' | b'-' | b'.' | b'(' | b')' | b'/' => {}
            _ => return None,
        }
    }
    let digits = digits.as_slice();
    if digits.len() <= SHORTEST {
        return None;
    }
    let (plan, rest) = split_code(digits)?;
    Some(national(plan, 0, rest))
}

/// Whether a character can start a number.
pub(super) fn starts_number(c: char) -> bool {
    is_plus(c) || digit(c).is_some()
}
