//! A text field that formats a number while it is typed, at whatever place it is edited.

use super::region::Region;
use super::text::{digit, is_plus, is_visible_separator, is_white, token};
use super::typist::Typist;

/// What a text field should hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The text of the field.
    pub text: String,
    /// Where the caret belongs, in UTF-16 units from the start of the text.
    pub caret: usize,
}

/// Formats the number in a text field while somebody types it (libphonenumber's `AsYouTypeFormatter`).
///
/// After each edit, whatever it was, give it the text of the field and the place of the caret, and put into the field what comes
/// back. Digits keep their order and none is lost; the caret stays behind the same digit.
///
/// - Separators belong to the format: those that were typed are dropped, and deleting one moves the caret over it, so that the
///   next key deletes a digit. A digit is never deleted that the user did not delete.
/// - Digits of any script become ASCII digits. Invisible marks of direction and the like, as they come with a paste, are dropped.
/// - Any other character, such as the `x` of an extension, leaves the text as it is until it is deleted.
///
/// ```
/// use outdial::phone::{AsYouType, Region};
///
/// let mut field = AsYouType::new(Region::new("US"));
/// assert_eq!(field.input("4155", None).text, "415-5");
/// assert_eq!(field.input("415-5552671", None).text, "(415) 555-2671");
///
/// // Backspace over the space: the caret steps over it.
/// let typed = field.input("(415)555-2671", Some(5));
/// assert_eq!((typed.text.as_str(), typed.caret), ("(415) 555-2671", 4));
/// // Once more: now a digit goes.
/// let typed = field.input("(41) 555-2671", Some(3));
/// assert_eq!((typed.text.as_str(), typed.caret), ("(415) 552-671", 3));
/// ```
#[derive(Clone)]
pub struct AsYouType {
    typist: Typist,
    /// Where the caret was put last, and how many digits there were.
    last: (usize, usize),
}

/// Characters that change how others are shown and are nothing themselves.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// How much of a formatted text reaches up to the digit with this number, counted from 1; the plus sign counts as one.
fn reach(shown: &str, count: usize) -> usize {
    let mut places =
        shown.bytes().zip(1..).filter(|(byte, _)| matches!(byte, b'+' | b'0'..=b'9')).map(|(_, place)| place);
    count.checked_sub(1).map_or(0, |before| places.nth(before).unwrap_or(shown.len()))
}

impl AsYouType {
    /// An empty field; `region` is where its user is, for numbers typed without a calling code.
    pub fn new(region: Option<Region>) -> Self {
        AsYouType { typist: Typist::new(region.and_then(Region::place)), last: (0, 0) }
    }

    /// All that matters of earlier edits: where the caret was put last, and how many digits there were.
    ///
    /// ```
    /// use outdial::phone::{AsYouType, Region};
    ///
    /// let mut one = AsYouType::new(Region::new("US"));
    /// one.input("4155552671", Some(0));
    /// let mut other = AsYouType::new(Region::new("US"));
    /// other.resume(one.state());
    /// // The key that deletes forwards meets the first bracket: the caret steps over it.
    /// assert_eq!(other.input("415) 555-2671", Some(0)).caret, 1);
    /// ```
    pub fn state(&self) -> (usize, usize) {
        self.last
    }

    /// Goes on where a field of the same region was in this state. It is quick if that was the field of the last edit.
    pub fn resume(&mut self, state: (usize, usize)) {
        self.last = state;
    }

    /// Takes what the field holds after an edit and returns what it should hold. `caret` is in UTF-16 units; without it the caret
    /// is at the end.
    ///
    /// ```
    /// use outdial::phone::AsYouType;
    ///
    /// let mut field = AsYouType::new(None);
    /// let typed = field.input("+4420 7946 09", None);
    /// assert_eq!((typed.text.as_str(), typed.caret), ("+44 20 7946 09", 14));
    /// // A digit is put in behind the calling code.
    /// let typed = field.input("+44 320 7946 09", Some(5));
    /// assert_eq!((typed.text.as_str(), typed.caret), ("+44 320 794 609", 5));
    /// ```
    pub fn input(&mut self, text: &str, caret: Option<usize>) -> Typed {
        let caret = caret.unwrap_or(usize::MAX);
        let (mut digits, mut plus, mut other) = (Vec::new(), false, false);
        let (mut units, mut before) = (0, 0);
        for c in text.chars() {
            let token = token(c);
            units += c.len_utf16();
            if let Some(digit) = digit(token) {
                digits.push(digit);
            } else if is_plus(token) && digits.is_empty() && !plus {
                plus = true;
            } else {
                other |= !is_visible_separator(token) && !is_white(token) && !is_invisible(c);
                continue;
            }
            before += usize::from(units <= caret);
        }
        let typed = if other {
            Typed { text: text.to_owned(), caret: caret.min(units) }
        } else {
            let shown = self.typist.show(plus, &digits);
            let mut place = reach(&shown, before);
            // The caret is where it was, and so are the digits: the key that deletes forwards met a separator.
            if self.last == (caret, digits.len()) && units < shown.len() {
                place = reach(&shown, before + 1).max(place + 1) - 1;
            }
            Typed { text: shown, caret: place }
        };
        self.last = (typed.caret, digits.len());
        typed
    }
}
