//! A text field that formats a number while it is typed, at whatever place it is edited.

use super::region::Region;
use super::text::{digit, is_plus, is_visible_separator, is_white, token};
use super::typist;

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
/// - Digits of any script are read. Invisible marks of direction and the like, as they come with a paste, are dropped.
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
/// assert_eq!((typed.text.as_str(), typed.caret), ("415-552671", 2));
/// ```
#[derive(Clone)]
pub struct AsYouType {
    region: Option<Region>,
    last: Typed,
}

/// What a character is to the formatter.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Digit(u8),
    Plus,
    Separator,
    Other,
}

fn part(c: char) -> Part {
    let token = token(c);
    if let Some(digit) = digit(token) {
        Part::Digit(digit)
    } else if is_plus(token) {
        Part::Plus
    } else if is_visible_separator(token) || is_white(token) || is_invisible(c) {
        Part::Separator
    } else {
        Part::Other
    }
}

/// Characters that change how others are shown and are nothing themselves.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// How far into a text, in UTF-16 units, its characters reach up to the digit with this number, counted from 1; the plus sign
/// counts as one.
fn after(text: &str, count: usize) -> usize {
    let (mut units, mut seen) = (0, 0);
    for c in text.chars() {
        if seen == count {
            break;
        }
        units += c.len_utf16();
        seen += usize::from(part(c) != Part::Separator);
    }
    units
}

impl AsYouType {
    /// An empty field; `region` is where its user is, for numbers typed without a calling code.
    pub fn new(region: Option<Region>) -> Self {
        AsYouType::resumed(region, Typed::default())
    }

    /// A field that holds what an earlier one gave last.
    ///
    /// ```
    /// use outdial::phone::{AsYouType, Region};
    ///
    /// let last = AsYouType::new(Region::new("US")).input("4155552671", None);
    /// let mut field = AsYouType::resumed(Region::new("US"), last);
    /// // The key that deletes forwards meets the first bracket: the caret steps over it.
    /// assert_eq!(field.input("415) 555-2671", Some(0)).text, "(415) 555-2671");
    /// ```
    pub fn resumed(region: Option<Region>, last: Typed) -> Self {
        AsYouType { region, last }
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
    /// assert_eq!((typed.text.as_str(), typed.caret), ("+44 3207 94609", 5));
    /// ```
    pub fn input(&mut self, text: &str, caret: Option<usize>) -> Typed {
        let caret = caret.unwrap_or(usize::MAX);
        let typed = self.formatted(text, caret).unwrap_or_else(|| {
            let end = text.chars().map(char::len_utf16).sum();
            Typed { text: text.to_owned(), caret: caret.min(end) }
        });
        self.last.clone_from(&typed);
        typed
    }

    /// None if the text stays as it is.
    fn formatted(&self, text: &str, caret: usize) -> Option<Typed> {
        let (mut digits, mut plain) = (Vec::new(), String::new());
        let (mut plus, mut units, mut before) = (false, 0, 0);
        for c in text.chars() {
            units += c.len_utf16();
            match part(c) {
                Part::Separator => continue,
                Part::Digit(digit) => digits.push(digit),
                Part::Plus if plain.is_empty() => plus = true,
                _ => return None,
            }
            plain.push(c);
            before += usize::from(units <= caret);
        }
        let mut shown = String::with_capacity(plain.len() + 8);
        let home = self.region.and_then(Region::place);
        if typist::format(home, plus, &digits, &mut shown) {
            shown.truncate(shown.trim_end_matches(' ').len());
        } else {
            shown = plain;
        }
        let mut place = after(&shown, before);
        // The key that deletes forwards met a separator: the caret has not moved, and the digits are as they were.
        if self.last.text == shown && self.last.caret == caret && text.len() < shown.len() {
            place = after(&shown, before + 1).saturating_sub(usize::from(before < digits.len() + usize::from(plus)));
        }
        Some(Typed { text: shown, caret: place })
    }
}
