//! Reading a number out of a text, step for step as libphonenumber's `parse` does.

use super::kind::{Mode, Possibility, Reason};
use super::plan::{LONGEST, Plan, Region};
use super::tables::{self, Place};
use super::text::{Digits, LONGEST_TEXT, Token, after_plus, is_plus, tokens};
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
    let plus = after_plus(text);
    let mut found = calling_code(text, home);
    if found == Err(Reason::InvalidCallingCode) && plus > 0 {
        found = match calling_code(text.get(plus..).unwrap_or_default(), home) {
            Ok(None) => found,
            again => again,
        };
    }
    let found = found?;
    let number = match (found, home) {
        (Some((plan, rest)), _) => national(plan, 0, rest.as_slice()),
        (None, Some(home)) => national(home.plan, home.index, Digits::read(text).as_slice()),
        (None, None) => Err(Reason::InvalidCallingCode),
    }?;
    Ok(Reading { number, extension, national: found.is_none() })
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
fn calling_code(text: &[Token], home: Option<Place>) -> Result<Option<(u8, Digits)>, Reason> {
    let from = after_plus(text);
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
