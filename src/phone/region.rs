//! Regions: the countries and territories of the numbering plan.

use super::tables::{self, Place};

/// A region by its two-letter code (CLDR, as ISO 3166-1), or `001`, which stands for no country: free and shared-cost numbers
/// of the world, satellite phones.
///
/// ```
/// use outdial::phone::Region;
///
/// let region = Region::new("DE").unwrap();
/// assert_eq!(region.as_str(), "DE");
/// assert_eq!(region.calling_code(), Some(49));
/// assert_eq!(Region::new("ZZ"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Region([u8; 2]);

impl Region {
    /// The region with this code, if it has a numbering plan. Codes are in capital letters; `001` has no plan of its own.
    ///
    /// ```
    /// assert!(outdial::phone::Region::new("GB").is_some());
    /// assert!(outdial::phone::Region::new("gb").is_none());
    /// ```
    pub fn new(code: &str) -> Option<Region> {
        Region::of_letters(code.as_bytes().try_into().ok()?)
    }

    /// The code: two letters, or `001`.
    ///
    /// ```
    /// assert_eq!(outdial::phone::Region::new("GB").unwrap().as_str(), "GB");
    /// ```
    pub fn as_str(&self) -> &str {
        if self.0 == *b"00" { "001" } else { std::str::from_utf8(&self.0).unwrap_or_default() }
    }

    /// The code as a text of its own. (Where nothing asks for [`Region::as_str`], the check of UTF-8 behind it does not travel.)
    #[cfg(feature = "client")]
    pub(crate) fn code(self) -> String {
        if self.0 == *b"00" {
            return "001".to_owned();
        }
        let mut code = String::new();
        self.0.iter().for_each(|letter| code.push(char::from(*letter)));
        code
    }

    /// The country calling code, for example 44; none for `001`, which has several.
    ///
    /// ```
    /// assert_eq!(outdial::phone::Region::new("GG").unwrap().calling_code(), Some(44));
    /// ```
    pub fn calling_code(self) -> Option<u16> {
        self.place().map(|place| tables::code_of_plan(place.plan))
    }

    /// The region with the code of these letters.
    pub(crate) fn of_letters(letters: [u8; 2]) -> Option<Region> {
        tables::place(letters).map(|place| Region(place.letters))
    }

    /// The letters of the code; `00` for `001`.
    pub(crate) fn letters(self) -> [u8; 2] {
        self.0
    }

    pub(super) fn of(letters: [u8; 2]) -> Region {
        Region(letters)
    }

    pub(super) fn place(self) -> Option<Place> {
        tables::place(self.0)
    }

    /// First letter times 26 plus second letter, each counted from A; 1000 for `001`.
    pub(super) fn packed(self) -> u32 {
        let [first, second] = self.letters();
        if first == b'0' {
            1000
        } else {
            u32::from(first.wrapping_sub(b'A')) * 26 + u32::from(second.wrapping_sub(b'A'))
        }
    }

    pub(super) fn unpacked(packed: u32) -> Option<Region> {
        match packed {
            0..676 => Some(Region([b'A' + (packed / 26) as u8, b'A' + (packed % 26) as u8])),
            1000 => Some(Region(*b"00")),
            _ => None,
        }
    }
}

impl std::fmt::Debug for Region {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Display for Region {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// All regions with their calling codes, by calling code, the main region of each first.
///
/// ```
/// let (region, code) = outdial::phone::regions().next().unwrap();
/// assert_eq!((region.as_str(), code), ("US", 1));
/// ```
pub fn regions() -> impl Iterator<Item = (Region, u16)> {
    let own = tables::places().iter().filter(|place| place.letters != *b"00");
    own.map(|place| (Region(place.letters), tables::code_of_plan(place.plan)))
}
