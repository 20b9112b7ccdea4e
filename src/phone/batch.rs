//! Many numbers at once, one a line.

use super::kind::{Mode, Reason};
use super::region::Region;
use super::verdict::{Verdict, verdict};

/// Appends the verdict on each line of `lines` to `verdicts`. A final line feed ends the last line and starts no other.
///
/// Memory stays bounded if a long text is passed in pieces that end in a line feed.
///
/// ```
/// use outdial::phone::{Mode, check_batch};
///
/// let mut verdicts = Vec::new();
/// check_batch(b"+14155552671\n+1415555XXXX\n", None, Mode::Strict, &mut verdicts);
/// assert_eq!(verdicts.iter().map(|verdict| verdict.is_valid()).collect::<Vec<_>>(), [true, false]);
/// ```
pub fn check_batch(lines: &[u8], region: Option<Region>, mode: Mode, verdicts: &mut Vec<Verdict>) {
    if lines.is_empty() {
        return;
    }
    for line in lines.strip_suffix(b"\n").unwrap_or(lines).split(|byte| *byte == b'\n') {
        let text = std::str::from_utf8(line);
        verdicts.push(text.map_or(Verdict::refused(Reason::NotANumber), |text| verdict(text, region, mode)));
    }
}
