//! Everything that can be asked about a text without building a string, packed into one number.

use super::kind::{LineType, Mode, Possibility, Reason};
use super::read::{self, Number};
use super::region::Region;
use super::tables;

/// What is known of a text, in 32 bits:
///
/// | bits | meaning |
/// |---|---|
/// | 0 | valid |
/// | 1–4 | [`LineType`] |
/// | 5–7 | [`Possibility`] |
/// | 8–11 | [`Reason`], 0 if valid |
/// | 12 | has an extension |
/// | 13 | a number was read |
/// | 14–23 | region: first letter times 26 plus second letter, 1000 for `001`, 1023 for none |
///
/// ```
/// use outdial::phone::{LineType, Mode, verdict};
///
/// let verdict = verdict("+1 800 555 0199", None, Mode::Strict);
/// assert!(verdict.is_valid());
/// assert_eq!(verdict.line_type(), LineType::TollFree);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict(pub u32);

const NO_REGION: u32 = 1023;

impl Verdict {
    /// Nothing could be read.
    pub(super) fn refused(reason: Reason) -> Verdict {
        Verdict((reason as u32) << 8 | NO_REGION << 14)
    }

    pub(super) fn of(number: &Number, has_extension: bool) -> Verdict {
        let plan = tables::quick_plan(number.plan);
        let digits = number.digits();
        let judged = plan.judge(digits).or_else(|| tables::plan(number.plan).judge(digits));
        let (index, kind) = judged.unwrap_or((None, LineType::Unknown));
        let possibility = plan.regions.first().map_or(Possibility::Possible, |main| main.possibility(digits.len()));
        let valid = kind != LineType::Unknown;
        let reason = match possibility {
            _ if valid => 0,
            Possibility::Possible => Reason::Unassigned as u32,
            Possibility::LocalOnly => Reason::LocalOnly as u32,
            Possibility::TooShort => Reason::TooShort as u32,
            Possibility::TooLong => Reason::TooLong as u32,
            Possibility::InvalidLength => Reason::InvalidLength as u32,
        };
        let region = index.and_then(|index| plan.regions.get(usize::from(index)));
        let region = region.map_or(NO_REGION, |region| Region::of(region.letters).packed());
        let flags = u32::from(valid) | u32::from(has_extension) << 12 | 1 << 13;
        Verdict(flags | (kind as u32) << 1 | (possibility as u32) << 5 | reason << 8 | region << 14)
    }

    /// Whether the numbering plan gives such numbers to somebody (`isValidNumber`).
    ///
    /// ```
    /// use outdial::phone::{Mode, verdict};
    ///
    /// let verdict = verdict("+14155552671", None, Mode::Strict);
    /// assert!(verdict.is_valid());
    /// ```
    pub fn is_valid(self) -> bool {
        self.0 & 1 == 1
    }

    /// Whether a number could be read, valid or not.
    ///
    /// ```
    /// use outdial::phone::{Mode, verdict};
    ///
    /// let verdict = verdict("+1 000 555 2671", None, Mode::Strict);
    /// assert!(verdict.is_read() && !verdict.is_valid());
    /// ```
    pub fn is_read(self) -> bool {
        self.0 >> 13 & 1 == 1
    }

    /// Whether the text has an extension.
    ///
    /// ```
    /// use outdial::phone::{Mode, verdict};
    ///
    /// let verdict = verdict("+1 415 555 2671 x5", None, Mode::Strict);
    /// assert!(verdict.has_extension());
    /// ```
    pub fn has_extension(self) -> bool {
        self.0 >> 12 & 1 == 1
    }

    /// The kind of line.
    ///
    /// ```
    /// use outdial::phone::{LineType, Mode, verdict};
    ///
    /// let verdict = verdict("+44 7400 123456", None, Mode::Strict);
    /// assert_eq!(verdict.line_type(), LineType::Mobile);
    /// ```
    pub fn line_type(self) -> LineType {
        LineType::from_number(self.0 >> 1 & 15)
    }

    /// Whether the length is possible.
    ///
    /// ```
    /// use outdial::phone::{Mode, Possibility, verdict};
    ///
    /// let verdict = verdict("+1 415 555 26711", None, Mode::Strict);
    /// assert_eq!(verdict.possibility(), Possibility::TooLong);
    /// ```
    pub fn possibility(self) -> Possibility {
        Possibility::from_number(self.0 >> 5 & 7)
    }

    /// What is wrong; none if the number is valid.
    ///
    /// ```
    /// use outdial::phone::{Mode, verdict};
    ///
    /// let verdict = verdict("+1 415 555 26711", None, Mode::Strict);
    /// assert_eq!(verdict.reason().unwrap().code(), "too_long");
    /// ```
    pub fn reason(self) -> Option<Reason> {
        Reason::from_number(self.0 >> 8 & 15)
    }

    /// The region the number belongs to, if the plan says so (`getRegionCodeForNumber`).
    ///
    /// ```
    /// use outdial::phone::{Mode, verdict};
    ///
    /// let verdict = verdict("+44 1481 256789", None, Mode::Strict);
    /// assert_eq!(verdict.region().unwrap().as_str(), "GG");
    /// ```
    pub fn region(self) -> Option<Region> {
        Region::unpacked(self.0 >> 14 & 1023)
    }
}

/// Reads and judges a text: the quickest way to know whether a number is valid, and of what kind.
///
/// ```
/// use outdial::phone::{Mode, Reason, Region, verdict};
///
/// assert!(verdict("030 123456", Region::new("DE"), Mode::Strict).is_valid());
/// assert_eq!(verdict("+9198765xxxxx", None, Mode::Strict).reason(), Some(Reason::NotANumber));
/// ```
pub fn verdict(text: &str, region: Option<Region>, mode: Mode) -> Verdict {
    let home = region.and_then(Region::place);
    let mut number = Number::NONE;
    match read::read_plain(text.as_bytes(), home, &mut number) {
        Some(Ok(())) => Verdict::of(&number, false),
        Some(Err(reason)) => Verdict::refused(reason),
        None => match read::read(text, home, mode) {
            Ok(reading) => Verdict::of(&reading.number, reading.extension.1 > 0),
            Err(reason) => Verdict::refused(reason),
        },
    }
}
