//! Many numbers at once, one a line.

use super::kind::Mode;
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
/// check_batch("+14155552671\n+1415555XXXX\n", None, Mode::Strict, &mut verdicts);
/// assert_eq!(verdicts.iter().map(|verdict| verdict.is_valid()).collect::<Vec<_>>(), [true, false]);
/// ```
pub fn check_batch(lines: &str, region: Option<Region>, mode: Mode, verdicts: &mut Vec<Verdict>) {
    let mut rest = lines;
    while !rest.is_empty() {
        let end = rest.bytes().position(|byte| byte == b'\n').unwrap_or(rest.len());
        verdicts.push(verdict(rest.get(..end).unwrap_or_default(), region, mode));
        rest = rest.get(end + 1..).unwrap_or_default();
    }
}
