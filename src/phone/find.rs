//! Finding numbers in a text.

use super::find_parts as parts;
use super::format::Style;
use super::kind::{Mode, Reason};
use super::number::{Phone, parse};
use super::read::{self, Reading};
use super::region::Region;
use super::tables::{self, Place};
use super::text::{Digits, LONGEST_TEXT, Token, digit, token};

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
    Finder { text, kinds, home: region.and_then(Region::place), at: 0, mark: Mark::default(), tries: MOST_TRIES }
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
    /// Where the candidate is.
    mark: Mark,
    tries: usize,
}

impl Iterator for Finder<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while self.tries > 0 {
            let (start, end) = parts::candidate(&self.kinds, self.at)?;
            self.mark = self.mark(start);
            self.at = end;
            if let Some((found, end)) = self.extract(start, end) {
                self.at = end;
                return Some(found);
            }
            self.tries = self.tries.saturating_sub(1);
        }
        None
    }
}

impl Finder<'_> {
    fn between(&self, start: usize, end: usize) -> &[u8] {
        self.kinds.get(start..end).unwrap_or_default()
    }

    /// A place that is not before the last one marked.
    fn mark(&self, character: usize) -> Mark {
        let mut mark = self.mark;
        for c in self.text.get(mark.byte..).unwrap_or_default().chars().take(character - mark.character) {
            mark.byte += c.len_utf8();
            mark.unit += c.len_utf16();
        }
        Mark { character, ..mark }
    }

    /// The number that a candidate is, or the first one in it, and where it ends.
    fn extract(&mut self, start: usize, end: usize) -> Option<(Found, usize)> {
        if parts::is_date(self.between(start, end), self.between(end, self.kinds.len())) {
            return None;
        }
        let whole = self.verify(start, end);
        if whole.is_some() {
            return whole;
        }
        for separator in parts::SEPARATORS {
            let (mut at, mut is_first) = (0, true);
            while self.tries > 0
                && let Some((next, from, to)) = parts::inner(separator, self.between(start, end), at)
            {
                at = next + 1;
                let groups = [(0, next), (from, to)];
                for (from, to) in groups.into_iter().skip(usize::from(!std::mem::take(&mut is_first))) {
                    let length = parts::trimmed(self.between(start + from, start + to));
                    let found = self.verify(start + from, start + from + length);
                    if found.is_some() {
                        return found;
                    }
                    self.tries = self.tries.saturating_sub(1);
                }
            }
        }
        None
    }

    /// Whether a part of the text is a number (`parseAndVerify`).
    fn verify(&self, start: usize, end: usize) -> Option<(Found, usize)> {
        let kinds = self.between(start, end);
        let before = start.checked_sub(1).filter(|_| parts::matches(b"l", kinds).is_none());
        let forbids = |at: usize| self.kinds.get(at).is_some_and(|kind| parts::forbids(*kind));
        if kinds.len() > LONGEST_TEXT || !parts::is_plausible(kinds) || before.is_some_and(forbids) || forbids(end) {
            return None;
        }
        let (from, to) = (self.mark(start), self.mark(end));
        let candidate = self.text.get(from.byte..to.byte)?;
        let reading = read::read(candidate, self.home, Mode::Lenient).ok()?;
        let phone = Phone::of(candidate, &reading);
        let fits = phone.is_valid() && letters_fit(&phone, candidate) && !lacks_prefix(&reading, kinds);
        fits.then_some((Found { start: from.unit, end: to.unit, phone }, end))
    }
}

fn digits(kinds: &[u8]) -> impl Iterator<Item = u8> {
    kinds.iter().filter_map(|kind| digit(Token::from(*kind)))
}

/// Whether each `x` introduces the extension, and each `xx`, a placeholder for a carrier code, the number
/// (`containsOnlyValidXChars`).
fn letters_fit(phone: &Phone, candidate: &str) -> bool {
    let mut skipped = 0;
    for (at, c) in candidate.char_indices() {
        let rest = candidate.get(at + 1..).unwrap_or_default();
        if at < skipped || !matches!(c, 'x' | 'X') || rest.is_empty() {
            continue;
        }
        let fits = if rest.starts_with(['x', 'X']) {
            skipped = at + 2;
            is_same(phone, rest)
        } else {
            let digits = rest.chars().filter_map(|c| digit(token(c))).map(|digit| char::from(b'0' + digit));
            phone.extension().is_some_and(|extension| digits.eq(extension.chars()))
        };
        if !fits {
            return false;
        }
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
