//! A number that was read, with everything that can be said of it.

use super::format::{self, Style};
use super::kind::{LineType, Mode, Possibility, Reason};
use super::read::{self, Number, Reading};
use super::region::Region;
use super::tables;
use super::text::decimal;
use super::text::write_digits;
use super::verdict::Verdict;

/// A number that was read: not necessarily a valid one, see [`Phone::reason`].
///
/// ```
/// use outdial::phone::{LineType, Mode, Style, parse};
///
/// let phone = parse("+1 (415) 555-2671 ext. 5", None, Mode::Strict).unwrap();
/// assert!(phone.is_valid());
/// assert_eq!(phone.region().unwrap().as_str(), "US");
/// assert_eq!(phone.line_type(), LineType::FixedLineOrMobile);
/// assert_eq!(phone.extension(), Some("5"));
/// assert_eq!(phone.format(Style::E164), "+14155552671");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Phone {
    number: Number,
    extension: String,
    verdict: Verdict,
}

/// Reads a text that is a phone number (strict) or holds one (lenient); `region` is the region to call from, for numbers
/// without a calling code (libphonenumber's `parse`).
///
/// What is read may still be a number that nobody has: see [`Phone::reason`].
///
/// # Errors
///
/// [`Reason::NotANumber`], [`Reason::InvalidCallingCode`], [`Reason::TooShortAfterIdd`], [`Reason::TooShort`] or
/// [`Reason::TooLong`], if there is no number to speak of.
///
/// ```
/// use outdial::phone::{Mode, Reason, Region, parse};
///
/// assert!(parse("020 7946 0958", Region::new("GB"), Mode::Strict).unwrap().is_valid());
/// assert_eq!(parse("call +1 415 555 2671", None, Mode::Strict), Err(Reason::NotANumber));
/// assert!(parse("call +1 415 555 2671", None, Mode::Lenient).unwrap().is_valid());
/// ```
pub fn parse(text: &str, region: Option<Region>, mode: Mode) -> Result<Phone, Reason> {
    let home = region.and_then(Region::place);
    let mut number = Number::NONE;
    if let Some(read) = read::read_plain(text.as_bytes(), home, &mut number) {
        return read.map(|()| Phone::plain(number));
    }
    let mut phone = read::read(text, home, mode).map(|reading| Phone::of(text, &reading))?;
    if mode == Mode::Strict {
        // As libphonenumber reads it, it stays as it was written; no dialler and no URI (RFC 3966) has such digits.
        phone.extension = phone.extension.chars().filter_map(decimal).map(|digit| char::from(b'0' + digit)).collect();
    }
    Ok(phone)
}

impl Phone {
    pub(super) fn of(text: &str, reading: &Reading) -> Phone {
        let (first, count) = reading.extension;
        let extension = text.chars().skip(first).take(count).collect();
        Phone { number: reading.number, extension, verdict: Verdict::of(&reading.number, count > 0) }
    }

    pub(super) fn plain(number: Number) -> Phone {
        Phone { number, extension: String::new(), verdict: Verdict::of(&number, false) }
    }

    /// Everything that needs no text, in one number.
    ///
    /// ```
    /// use outdial::phone::{Mode, parse};
    ///
    /// let phone = parse("+14155552671", None, Mode::Strict).unwrap();
    /// assert!(phone.verdict().is_valid());
    /// ```
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Whether the numbering plan gives such numbers to somebody (`isValidNumber`).
    ///
    /// ```
    /// use outdial::phone::{Mode, parse};
    ///
    /// let phone = parse("+1 000 555 2671", None, Mode::Strict).unwrap();
    /// assert!(!phone.is_valid());
    /// ```
    pub fn is_valid(&self) -> bool {
        self.verdict.is_valid()
    }

    /// What is wrong with the number; none if it is valid.
    ///
    /// ```
    /// use outdial::phone::{Mode, Reason, parse};
    ///
    /// assert_eq!(parse("+1 41", None, Mode::Strict).unwrap().reason(), Some(Reason::TooShort));
    /// ```
    pub fn reason(&self) -> Option<Reason> {
        self.verdict.reason()
    }

    /// The region it belongs to, as far as the plan says (`getRegionCodeForNumber`).
    ///
    /// ```
    /// use outdial::phone::{Mode, parse};
    ///
    /// let phone = parse("+7 701 234 5678", None, Mode::Strict).unwrap();
    /// assert_eq!(phone.region().unwrap().as_str(), "KZ");
    /// ```
    pub fn region(&self) -> Option<Region> {
        self.verdict.region()
    }

    /// The main region of its calling code: the one to name in a message, since it is there for numbers of no region too.
    ///
    /// ```
    /// use outdial::phone::{Mode, parse};
    ///
    /// assert_eq!(parse("+1 000", None, Mode::Strict).unwrap().plan_region().unwrap().as_str(), "US");
    /// ```
    pub fn plan_region(&self) -> Option<Region> {
        tables::plan(self.number.plan).regions.first().map(|main| Region::of(main.letters))
    }

    /// The country calling code, for example 44.
    ///
    /// ```
    /// use outdial::phone::{Mode, parse};
    ///
    /// let phone = parse("+44 20 7946 0958", None, Mode::Strict).unwrap();
    /// assert_eq!(phone.calling_code(), 44);
    /// ```
    pub fn calling_code(&self) -> u16 {
        tables::code_of_plan(self.number.plan)
    }

    /// The digits after the calling code, leading zeros included (`getNationalSignificantNumber`).
    ///
    /// ```
    /// use outdial::phone::{Mode, parse};
    ///
    /// assert_eq!(parse("+39 06 698 12345", None, Mode::Strict).unwrap().national_number(), "0669812345");
    /// ```
    pub fn national_number(&self) -> String {
        let mut out = String::new();
        write_digits(self.number.digits(), &mut out);
        out
    }

    /// The E.164 form without its plus sign as a number; none if it has more than 15 digits, as some that Germany has given out.
    ///
    /// ```
    /// use outdial::phone::{Mode, parse};
    ///
    /// assert_eq!(parse("+1 415 555 2671", None, Mode::Strict).unwrap().e164_value(), Some(14_155_552_671));
    /// ```
    pub fn e164_value(&self) -> Option<u64> {
        let append = |value: u64, digit: &u8| value * 10 + u64::from(*digit);
        let value = self.number.digits().iter().fold(u64::from(self.calling_code()), append);
        (value < 10_u64.pow(15)).then_some(value)
    }

    /// The extension, if there is one: as it was written in lenient reading, in ASCII digits in strict.
    ///
    /// ```
    /// use outdial::phone::{Mode, parse};
    ///
    /// let phone = parse("+1 415 555 2671 x5", None, Mode::Strict).unwrap();
    /// assert_eq!(phone.extension(), Some("5"));
    /// ```
    pub fn extension(&self) -> Option<&str> {
        (!self.extension.is_empty()).then_some(&self.extension)
    }

    /// The kind of line (`getNumberType`).
    ///
    /// ```
    /// use outdial::phone::{LineType, Mode, parse};
    ///
    /// let phone = parse("+44 7400 123456", None, Mode::Strict).unwrap();
    /// assert_eq!(phone.line_type(), LineType::Mobile);
    /// ```
    pub fn line_type(&self) -> LineType {
        self.verdict.line_type()
    }

    /// Whether the length is possible (`isPossibleNumberWithReason`).
    ///
    /// ```
    /// use outdial::phone::{Mode, Possibility, parse};
    ///
    /// let phone = parse("+49 30 1", None, Mode::Strict).unwrap();
    /// assert_eq!(phone.possibility(), Possibility::LocalOnly);
    /// ```
    pub fn possibility(&self) -> Possibility {
        self.verdict.possibility()
    }

    /// The number in a format (`format`). A number without a format of its own is written in one group.
    ///
    /// ```
    /// use outdial::phone::{Mode, Style, parse};
    ///
    /// let phone = parse("+14155552671", None, Mode::Strict).unwrap();
    /// assert_eq!(phone.format(Style::National), "(415) 555-2671");
    /// ```
    pub fn format(&self, style: Style) -> String {
        let mut out = String::with_capacity(32);
        self.format_into(style, &mut out);
        out
    }

    /// Appends the number in a format to `out`, without allocating if there is room.
    ///
    /// ```
    /// use outdial::phone::{Mode, Style, parse};
    ///
    /// let mut out = String::from("Call ");
    /// parse("+442079460958", None, Mode::Strict).unwrap().format_into(Style::International, &mut out);
    /// assert_eq!(out, "Call +44 20 7946 0958");
    /// ```
    pub fn format_into(&self, style: Style, out: &mut String) {
        format::write(self.number.plan, self.number.digits(), &self.extension, style, out);
    }
}

impl std::fmt::Debug for Phone {
    /// Hides the number: it belongs to somebody, and debug output ends in logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Phone").field(&self.verdict).finish()
    }
}
