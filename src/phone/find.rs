//! Finding numbers in a text.

use super::find_parts as parts;
use super::format::Style;
use super::kind::{Mode, Reason};
use super::number::{Phone, parse};
use super::read::{self, Reading};
use super::region::Region;
use super::tables::{self, Place};
use super::text::{Digits, LONGEST_TEXT, Token, digit};

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
    let kinds = text.chars().map(parts::kind).collect();
    Finder {
        text,
        kinds,
        home: region.and_then(Region::place),
        at: 0,
        mark: Mark::default(),
        tries: MOST_TRIES,
        found: None,
    }
}

/// A place in a text, in characters, bytes and UTF-16 units.
#[derive(Clone, Copy, Default)]
struct Mark {
    character: usize,
    byte: usize,
    unit: usize,
}

struct Finder<'a> {
    text: &'a str,
    /// The characters of the text.
    kinds: Vec<u8>,
    home: Option<Place>,
    /// How far the text has been searched, in characters.
    at: usize,
    /// Where the candidate starts.
    mark: Mark,
    tries: usize,
    found: Option<Found>,
}

impl Iterator for Finder<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while self.tries > 0 && self.found.is_none() {
            let (start, end) = parts::candidate(&self.kinds, self.at)?;
            self.mark = self.mark(start);
            self.at = end;
            self.extract(start, end);
        }
        self.found.take()
    }
}

impl Finder<'_> {
    fn between(&self, start: usize, end: usize) -> &[u8] {
        self.kinds.get(start..end).unwrap_or_default()
    }

    /// A place that is not before the start of the candidate.
    fn mark(&self, character: usize) -> Mark {
        let mut mark = self.mark;
        for c in self.text.get(mark.byte..).unwrap_or_default().chars().take(character - mark.character) {
            mark.byte += c.len_utf8();
            mark.unit += c.len_utf16();
        }
        Mark { character, ..mark }
    }

    /// Looks for a number in a candidate: the whole of it, else a part.
    fn extract(&mut self, start: usize, end: usize) {
        if parts::is_date(self.between(start, end), self.between(end, self.kinds.len())) {
            self.tries -= 1;
            return;
        }
        if self.verify(start, end) {
            return;
        }
        for separator in parts::SEPARATORS {
            let (mut at, mut is_first) = (0, true);
            while self.tries > 0
                && let Some((next, from, to)) = parts::inner(separator, self.between(start, end), at)
            {
                at = next + 1;
                // What is before the first separator is a part too.
                let before = std::mem::take(&mut is_first) && self.verify_part(start, start + next);
                if before || self.verify_part(start + from, start + to) {
                    return;
                }
            }
        }
        self.tries = self.tries.saturating_sub(1);
    }

    /// Tries a part without what cannot end a number.
    fn verify_part(&mut self, start: usize, end: usize) -> bool {
        let is_number = self.verify(start, start + parts::trimmed(self.between(start, end)));
        self.tries = self.tries.saturating_sub(usize::from(!is_number));
        is_number
    }

    /// Whether a part of the text is a number, which is then what has been found (`parseAndVerify`).
    fn verify(&mut self, start: usize, end: usize) -> bool {
        let kinds = self.between(start, end);
        let before = start.wrapping_sub(usize::from(parts::matches(b"l", kinds).is_none()));
        let forbids = |at: usize| self.kinds.get(at).is_some_and(|kind| parts::forbids(*kind));
        if kinds.len() > LONGEST_TEXT || !parts::is_plausible(kinds) || forbids(before) || forbids(end) {
            return false;
        }
        let (from, to) = (self.mark(start), self.mark(end));
        let candidate = self.text.get(from.byte..to.byte).unwrap_or_default();
        let Ok(reading) = read::read(candidate, self.home, Mode::Lenient) else { return false };
        let phone = Phone::of(candidate, &reading);
        if !phone.is_valid() || lacks_prefix(&reading, kinds) || !letters_fit(&phone, kinds, candidate) {
            return false;
        }
        self.found = Some(Found { start: from.unit, end: to.unit, phone });
        self.at = end;
        true
    }
}

fn digits(kinds: &[u8]) -> impl Iterator<Item = u8> {
    kinds.iter().filter_map(|kind| digit(Token::from(*kind)))
}

/// Whether each `x` introduces the extension, and each `xx`, a placeholder for a carrier code, the number
/// (`containsOnlyValidXChars`).
fn letters_fit(phone: &Phone, kinds: &[u8], candidate: &str) -> bool {
    let is_x = |kind: Option<&u8>| matches!(kind, Some(b'x' | b'X'));
    let mut at = 0;
    while let Some(rest) = kinds.get(at..).filter(|rest| rest.len() > 1) {
        let carrier = is_x(rest.get(1));
        let fits = match phone.extension() {
            _ if !is_x(rest.first()) => true,
            _ if carrier => {
                at += 1;
                let byte = candidate.char_indices().nth(at).map_or(0, |(byte, _)| byte);
                is_same(phone, candidate.get(byte..).unwrap_or_default())
            }
            extension => digits(rest).map(|digit| b'0' + digit).eq(extension.unwrap_or("-").bytes()),
        };
        if !fits {
            return false;
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
fn lacks_prefix(reading: &Reading, candidate: &[u8]) -> bool {
    let plan = tables::plan(reading.number.plan);
    let format = plan.format_for(reading.number.digits(), Style::National).filter(|_| reading.national);
    // A prefix whose pattern also matches nothing, as in Argentina, is never missing.
    let needs = format.is_some_and(|format| !format.rule_is_bare() && format.flags & 5 == 0);
    let mut all = Digits::new();
    digits(candidate).for_each(|digit| all.push(digit));
    needs && plan.regions.first().is_some_and(|main| plan.strip(main, all.as_slice()).is_none())
}
