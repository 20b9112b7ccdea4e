//! Numbers to show as an example.

use super::kind::LineType;
use super::number::Phone;
use super::read::{self, Number};
use super::region::Region;
use super::tables;

/// The example of the metadata for a region and a kind of line (`getExampleNumberForType`).
///
/// None if the region has no such numbers.
///
/// ```
/// use outdial::phone::{LineType, Region, Style, example};
///
/// let mobile = example(Region::new("GB").unwrap(), LineType::Mobile).unwrap();
/// assert_eq!(mobile.format(Style::E164), "+447400123456");
/// assert!(example(Region::new("AD").unwrap(), LineType::Pager).is_none());
/// ```
pub fn example(region: Region, kind: LineType) -> Option<Phone> {
    let place = region.place()?;
    let kind = if kind == LineType::FixedLineOrMobile { LineType::FixedLine } else { kind };
    let digits = tables::example(place, kind as u8);
    let mut number = Number::NONE;
    read::national(place.plan, place.index, digits, &mut number).ok()?;
    Some(Phone::plain(number))
}
