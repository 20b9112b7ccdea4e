//! Asking a plan: every question is one walk over its digits.

use super::kind::{LineType, Possibility};
use super::plan::{DETAIL, LENGTHS, Plan, ROW, Region, strip};
use super::text::Digits;

impl Plan {
    /// The answer of the graph that starts at `root` for these digits.
    pub(super) fn ask(&self, root: u16, digits: &[u8]) -> u16 {
        let mut step = root;
        for digit in digits {
            if step & ROW != 0 {
                break;
            }
            step = self.step(step, *digit);
        }
        let answer = if step & ROW != 0 {
            let row = self.rows.get(usize::from(step & !ROW));
            row.and_then(|row| row.get(digits.len().min(LENGTHS - 1)))
        } else {
            self.nodes.get(usize::from(step)).map(|[.., end]| end)
        };
        answer.copied().unwrap_or_default()
    }

    /// Which region a number belongs to, by index, and what kind of line it is (`getRegionCodeForNumber`, `getNumberType`).
    /// None if only the whole plan knows.
    pub(super) fn judge(&self, digits: &[u8]) -> Option<(Option<u8>, LineType)> {
        let mut answer = self.ask(self.types, digits);
        if answer & 15 == DETAIL {
            answer = self.whole.then(|| self.ask(self.detail, digits))?;
        }
        let kind = LineType::from_number(u32::from(answer & 15));
        if self.regions.len() == 1 {
            return Some((Some(0), kind));
        }
        let region = match answer >> 4 {
            0 => self.whole.then(|| self.ask(self.areas, digits))?,
            own => own,
        };
        Some((region.checked_sub(1).map(|index| index as u8), kind))
    }

    /// Removes a national prefix (`maybeStripNationalPrefixAndCarrierCode`). None if the number stays as it is.
    pub(super) fn strip(&self, region: &Region, digits: &[u8]) -> Option<Digits> {
        let found = self.ask(region.prefix, digits);
        if found == 0 {
            return None;
        }
        let (end, from, to) = strip(found);
        let mut rest = Digits::new();
        if to > 0 {
            rest.extend(region.insert.get(..usize::from(region.inserts)).unwrap_or_default());
            rest.extend(digits.get(from..to).unwrap_or_default());
        }
        rest.extend(digits.get(end..).unwrap_or_default());
        let looks_right = |digits| self.ask(region.general, digits) == 1;
        (looks_right(rest.as_slice()) || !looks_right(digits)).then_some(rest)
    }

    /// How many digits at the start are the national prefix; 0 if they are none.
    pub(super) fn prefix(&self, region: &Region, digits: &[u8]) -> usize {
        strip(self.ask(region.prefix, digits)).0
    }

    /// How many digits at the start are the prefix for calls abroad; 0 if they are none.
    pub(super) fn abroad(&self, region: &Region, digits: &[u8]) -> usize {
        strip(self.ask(region.abroad, digits)).0
    }
}

impl Region {
    /// Whether a number may have this many digits (`testNumberLength`).
    pub(super) fn possibility(&self, length: usize) -> Possibility {
        let bit = 1_u32.checked_shl(length as u32).unwrap_or_default();
        if self.local & bit != 0 {
            Possibility::LocalOnly
        } else if self.lengths & bit != 0 {
            Possibility::Possible
        } else if length < self.lengths.trailing_zeros() as usize {
            Possibility::TooShort
        } else if length >= 32 - self.lengths.leading_zeros() as usize {
            Possibility::TooLong
        } else {
            Possibility::InvalidLength
        }
    }
}
