//! What a number is, and what is wrong with it.

/// The kind of line a number leads to.
///
/// The numbers are part of the boundary with JavaScript; 0 is an unknown kind.
///
/// ```
/// use outdial::phone::LineType;
///
/// assert_eq!(LineType::FixedLineOrMobile.name(), "fixed_line_or_mobile");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum LineType {
    /// No known kind: the number is not in use as far as the plan says.
    #[default]
    Unknown,
    /// A fixed line.
    FixedLine,
    /// A mobile phone.
    Mobile,
    /// One or the other; some regions, such as the US, do not tell them apart.
    FixedLineOrMobile,
    /// Free for the caller.
    TollFree,
    /// Costs more than a usual call.
    PremiumRate,
    /// The cost is shared between both ends.
    SharedCost,
    /// Voice over the internet.
    Voip,
    /// Belongs to a person and is forwarded wherever the person is.
    PersonalNumber,
    /// A pager.
    Pager,
    /// A company's number that may be forwarded to any of its offices.
    Uan,
    /// A voice mailbox.
    Voicemail,
}

impl LineType {
    /// Every kind, in the order of their numbers.
    pub const ALL: [LineType; 12] = [
        LineType::Unknown,
        LineType::FixedLine,
        LineType::Mobile,
        LineType::FixedLineOrMobile,
        LineType::TollFree,
        LineType::PremiumRate,
        LineType::SharedCost,
        LineType::Voip,
        LineType::PersonalNumber,
        LineType::Pager,
        LineType::Uan,
        LineType::Voicemail,
    ];

    /// The name in the package, in snake case.
    ///
    /// ```
    /// assert_eq!(outdial::phone::LineType::TollFree.name(), "toll_free");
    /// ```
    pub fn name(self) -> &'static str {
        const NAMES: [&str; 12] = [
            "unknown",
            "fixed_line",
            "mobile",
            "fixed_line_or_mobile",
            "toll_free",
            "premium_rate",
            "shared_cost",
            "voip",
            "personal_number",
            "pager",
            "uan",
            "voicemail",
        ];
        NAMES.get(self as usize).copied().unwrap_or_default()
    }

    /// The kind of this name.
    ///
    /// ```
    /// use outdial::phone::LineType;
    ///
    /// assert_eq!(LineType::named("toll_free"), Some(LineType::TollFree));
    /// assert_eq!(LineType::named("free"), None);
    /// ```
    pub fn named(name: &str) -> Option<LineType> {
        LineType::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind with this number; [`LineType::Unknown`] if there is none.
    ///
    /// ```
    /// assert_eq!(outdial::phone::LineType::from_number(2), outdial::phone::LineType::Mobile);
    /// ```
    pub fn from_number(number: u32) -> LineType {
        LineType::ALL.get(number as usize).copied().unwrap_or(LineType::Unknown)
    }
}

/// How much beside the number a text may hold.
///
/// ```
/// use outdial::phone::{Mode, verdict};
///
/// assert!(verdict("+1 415 555 CALL", None, Mode::Lenient).is_valid());
/// assert!(!verdict("+1 415 555 CALL", None, Mode::Strict).is_valid());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// The number, an extension and surrounding white space. Letters, masks, invisible characters and further text are refused.
    Strict,
    /// As libphonenumber reads: text before and after is passed over, letters are keys of a keypad.
    Lenient,
}

/// Whether a number has a length that the plan of its calling code knows (libphonenumber's `isPossibleNumberWithReason`).
///
/// ```
/// use outdial::phone::{Mode, Possibility, parse};
///
/// let phone = parse("+1 253 0000", None, Mode::Strict).unwrap();
/// assert_eq!(phone.possibility(), Possibility::LocalOnly);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Possibility {
    /// Has the length of a full number.
    Possible,
    /// Has the length of a number that can be dialled only locally.
    LocalOnly,
    /// Shorter than any number there.
    TooShort,
    /// Longer than any number there.
    TooLong,
    /// Between the shortest and the longest, but no number there is this long.
    InvalidLength,
}

impl Possibility {
    /// The name in the package, in snake case.
    ///
    /// ```
    /// assert_eq!(outdial::phone::Possibility::LocalOnly.name(), "is_possible_local_only");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Possibility::Possible => "is_possible",
            Possibility::LocalOnly => "is_possible_local_only",
            Possibility::TooShort => "too_short",
            Possibility::TooLong => "too_long",
            Possibility::InvalidLength => "invalid_length",
        }
    }

    /// The possibility with this number.
    ///
    /// ```
    /// assert_eq!(outdial::phone::Possibility::from_number(3), outdial::phone::Possibility::TooLong);
    /// ```
    pub fn from_number(number: u32) -> Possibility {
        match number {
            1 => Possibility::LocalOnly,
            2 => Possibility::TooShort,
            3 => Possibility::TooLong,
            4 => Possibility::InvalidLength,
            _ => Possibility::Possible,
        }
    }
}

/// Why a text is refused.
///
/// The first five may come before anything could be read; the last two only where the caller restricts what may be dialled.
///
/// ```
/// use outdial::phone::{Mode, Reason, parse};
///
/// assert_eq!(parse("call me", None, Mode::Strict).unwrap_err(), Reason::NotANumber);
/// assert_eq!(parse("030 123456", None, Mode::Strict).unwrap_err(), Reason::InvalidCallingCode);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Reason {
    /// There is no phone number in the text, or in strict mode something else beside it.
    NotANumber = 1,
    /// The calling code does not exist, or there is neither a `+` nor a region to take it from.
    InvalidCallingCode,
    /// An international prefix was read, and hardly anything after it.
    TooShortAfterIdd,
    /// Shorter than any number of its plan.
    TooShort,
    /// Longer than any number of its plan, or than any text that can be a number.
    TooLong,
    /// Can be dialled only locally: the area code is missing.
    LocalOnly,
    /// No number of its plan has this many digits.
    InvalidLength,
    /// The length is right, but the plan gives such numbers to nobody.
    Unassigned,
    /// Valid, but not of a kind that the caller allows.
    TypeNotAllowed,
    /// Valid, but not of a region that the caller allows.
    RegionNotAllowed,
}

impl Reason {
    const ALL: [Reason; 10] = [
        Reason::NotANumber,
        Reason::InvalidCallingCode,
        Reason::TooShortAfterIdd,
        Reason::TooShort,
        Reason::TooLong,
        Reason::LocalOnly,
        Reason::InvalidLength,
        Reason::Unassigned,
        Reason::TypeNotAllowed,
        Reason::RegionNotAllowed,
    ];

    /// The code in the package, in snake case.
    ///
    /// ```
    /// assert_eq!(outdial::phone::Reason::TooShort.code(), "too_short");
    /// ```
    pub fn code(self) -> &'static str {
        const CODES: [&str; 10] = [
            "not_a_number",
            "invalid_calling_code",
            "too_short_after_idd",
            "too_short",
            "too_long",
            "local_only",
            "invalid_length",
            "unassigned",
            "type_not_allowed",
            "region_not_allowed",
        ];
        CODES.get(self as usize - 1).copied().unwrap_or_default()
    }

    /// The message for a person, in which `{region}` stands for the name of the region whose plan was asked: see
    /// [`Phone::plan_region`](crate::phone::Phone::plan_region). Without a region, leave out ` in {region}`.
    ///
    /// ```
    /// assert_eq!(outdial::phone::Reason::TooShort.message(), "Too short for a number in {region}");
    /// ```
    pub fn message(self) -> &'static str {
        const MESSAGES: [&str; 10] = [
            "Not a phone number",
            "The country calling code is missing or does not exist",
            "Too short: hardly anything follows the international prefix",
            "Too short for a number in {region}",
            "Too long for a number in {region}",
            "The area code is missing for a number in {region}",
            "Not the right number of digits for a number in {region}",
            "No such number in {region}",
            "This kind of number is not accepted",
            "Numbers in {region} are not accepted",
        ];
        MESSAGES.get(self as usize - 1).copied().unwrap_or_default()
    }

    /// The reason with this number, from 1.
    ///
    /// ```
    /// use outdial::phone::Reason;
    ///
    /// assert_eq!(Reason::from_number(4), Some(Reason::TooShort));
    /// assert_eq!(Reason::from_number(0), None);
    /// ```
    pub fn from_number(number: u32) -> Option<Reason> {
        Reason::ALL.get((number as usize).checked_sub(1)?).copied()
    }
}
