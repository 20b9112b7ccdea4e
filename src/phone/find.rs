//! Finding numbers in a text.

use super::find_parts as parts;
use super::format::Style;
use super::kind::{Mode, Reason};
use super::number::{Phone, parse};
use super::read::{self, Reading};
use super::region::Region;
use super::tables;
use super::text::{Digits, LONGEST_TEXT, digit, token};

/// Texts that look like a number and are none, after which the search gives up.
const MOST_TRIES: usize = 65_535;

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it starts, in UTF-16 units from the start of the text.
    pub start: usize,
    /// Where it ends, in UTF-16 units.
    pub end: usize,
    /// The number, which is valid.
    pub phone: Phone,
}

/// The valid numbers in a text, in their order (libphonenumber's `PhoneNumberMatcher` at leniency `VALID`); `region` is where the
/// text was written, for numbers without a calling code.
///
/// Dates, time stamps, page numbers and parts of words are passed over, and numbers written at home without a national prefix
/// where one is usual. The search takes time in proportion to the length of the text: after 65,535 candidates that are no
/// numbers it ends, as the reference does; and spaces before an extension are followed for 250 characters only.
///
/// ```
/// use outdial::phone::{Region, Style, find};
///
/// let text = "Ring 020 7946 0958 or +1 (415) 555-2671 x12 before 31/10/2025.";
/// let found: Vec<_> = find(text, Region::new("GB")).collect();
/// assert_eq!((found[0].start, found[0].end), (5, 18));
/// assert_eq!(found[1].phone.format(Style::E164), "+14155552671");
/// assert_eq!(found[1].phone.extension(), Some("12"));
/// assert_eq!(found.len(), 2);
/// ```
pub fn find(text: &str, region: Option<Region>) -> impl Iterator<Item = Found> {
    Finder { text, region, at: 0, units: (0, 0), tries: MOST_TRIES }
}

struct Finder<'a> {
    text: &'a str,
    region: Option<Region>,
    /// How far the text has been searched, in bytes, and the same in UTF-16 units up to the last number found.
    at: usize,
    units: (usize, usize),
    tries: usize,
}

/// A verified number and where it is, in bytes.
type Place = (usize, usize, Phone);

impl Iterator for Finder<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while self.tries > 0 {
            let (start, end) = parts::candidate(self.text, self.at)?;
            let end = start + parts::second_number(self.between(start, end));
            if let Some((start, end, phone)) = self.extract(start, end) {
                self.at = end;
                return Some(Found { start: self.units(start), end: self.units(end), phone });
            }
            self.tries = self.tries.saturating_sub(1);
            self.at = end;
        }
        None
    }
}

impl Finder<'_> {
    fn between(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// A place in UTF-16 units; places may only grow.
    fn units(&mut self, at: usize) -> usize {
        let more: usize = self.between(self.units.0, at).chars().map(char::len_utf16).sum();
        self.units = (at, self.units.1 + more);
        self.units.1
    }

    /// The number that a candidate is, or the first one in it.
    fn extract(&mut self, start: usize, end: usize) -> Option<Place> {
        let candidate = self.between(start, end);
        if parts::has_date(candidate) || parts::is_time_stamp(candidate, self.between(end, self.text.len())) {
            return None;
        }
        self.verify(start, end).or_else(|| self.extract_inner(start, end))
    }

    fn extract_inner(&mut self, start: usize, end: usize) -> Option<Place> {
        for kind in 0..parts::KINDS {
            let (mut at, mut is_first) = (0, true);
            while self.tries > 0
                && let Some(inner) = parts::inner(kind, self.between(start, end), at)
            {
                if std::mem::take(&mut is_first)
                    && let Some(place) = self.attempt(start, start + inner.start, 1)
                {
                    return Some(place);
                }
                if let Some(place) = self.attempt(start + inner.group.0, start + inner.group.1, 1 + inner.repeats) {
                    return Some(place);
                }
                at = inner.next;
            }
        }
        None
    }

    /// Verifies a part of a candidate; if it is no number that costs some tries.
    fn attempt(&mut self, start: usize, end: usize, cost: usize) -> Option<Place> {
        let length = parts::trimmed(self.between(start, end)).len();
        let place = self.verify(start, start + length);
        if place.is_none() {
            self.tries = self.tries.saturating_sub(cost);
        }
        place
    }

    /// Whether this part of the text is a number (`parseAndVerify`).
    fn verify(&self, start: usize, end: usize) -> Option<Place> {
        let candidate = self.between(start, end);
        if candidate.len() > LONGEST_TEXT * 4 || !parts::brackets_match(candidate) || parts::has_pages(candidate) {
            return None;
        }
        let before = self.between(0, start).chars().next_back().filter(|_| !candidate.starts_with(parts::is_lead));
        let behind = self.between(end, self.text.len()).chars().next();
        if before.is_some_and(parts::forbids) || behind.is_some_and(parts::forbids) {
            return None;
        }
        let reading = read::read(candidate, self.region.and_then(Region::place), Mode::Lenient).ok()?;
        let phone = Phone::of(candidate, &reading);
        let fits = phone.is_valid() && letters_fit(&phone, candidate) && !lacks_prefix(&reading, candidate);
        fits.then_some((start, end, phone))
    }
}

/// The digits of a text.
fn digits(text: &str) -> impl Iterator<Item = u8> {
    text.chars().filter_map(|c| digit(token(c)))
}

/// Whether each `x` introduces the extension, and each `xx`, a placeholder for a carrier code, the number
/// (`containsOnlyValidXChars`).
fn letters_fit(phone: &Phone, candidate: &str) -> bool {
    let is_x = |byte: Option<&u8>| byte.is_some_and(|byte| byte | 0x20 == b'x');
    let bytes = candidate.as_bytes();
    let mut at = 0;
    while at + 1 < bytes.len() {
        if is_x(bytes.get(at)) {
            let carrier = is_x(bytes.get(at + 1));
            at += usize::from(carrier);
            let rest = candidate.get(at..).unwrap_or_default();
            let fits = match phone.extension() {
                _ if carrier => is_same(phone, rest),
                Some(extension) => digits(rest).map(|digit| char::from(b'0' + digit)).eq(extension.chars()),
                None => false,
            };
            if !fits {
                return false;
            }
        }
        at += 1;
    }
    true
}

/// Whether a text without a calling code is the same number (`isNumberMatch` says `NSN_MATCH`).
fn is_same(phone: &Phone, text: &str) -> bool {
    parse(text, None, Mode::Lenient) == Err(Reason::InvalidCallingCode)
        && parse(text, phone.plan_region(), Mode::Lenient).as_ref() == Ok(phone)
}

/// Whether the number should have been written with a national prefix and was not (`isNationalPrefixPresentIfRequired`).
fn lacks_prefix(reading: &Reading, candidate: &str) -> bool {
    let plan = tables::plan(reading.number.plan);
    let format = plan.format_for(reading.number.digits(), Style::National).filter(|_| reading.national);
    // A prefix whose pattern also matches nothing, as in Argentina, is never missing.
    let needs = format.is_some_and(|format| !format.rule_is_bare() && format.flags & 5 == 0);
    let mut all = Digits::new();
    digits(candidate).for_each(|digit| all.push(digit));
    needs && plan.regions.first().is_some_and(|main| plan.strip(main, all.as_slice()).is_none())
}
