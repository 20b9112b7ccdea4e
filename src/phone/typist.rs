//! Formatting a number while it is typed, step for step as libphonenumber's `AsYouTypeFormatter` does.
//!
//! A prefix of a number may still become any number that starts with it. So the formats to choose from are those that the
//! walk over its digits can still reach, and no list of leading digits is needed.

use super::format::Style;
use super::plan::{Format, GROUPS, Plan, ROW};
use super::read::split_code;
use super::tables::{self, Place};
use super::text::write_digits;

/// More digits than this are shown as they are: no format has room for them.
const MOST_DIGITS: usize = 40;

/// The fewest digits of a national number that choose a format.
const LEAST_DIGITS: usize = 3;

/// The most digits for which there is a format; the metadata has two longer ones that are not used while typing.
const ROOM: usize = 15;

/// What a field shows.
#[derive(Clone, Copy)]
enum Shown {
    /// The digits as typed.
    Typed,
    /// The prefix, then the national number without a format.
    Plain,
    /// The prefix, a space if the format asks for one, then the national number in a format that has room for so many digits.
    Formatted(Option<&'static Format>, usize),
}

/// What has been understood of the digits so far. The names of the fields follow the reference, where there is one.
#[derive(Clone)]
pub(super) struct Typist {
    home: Option<Place>,
    plan: &'static Plan,
    plus: bool,
    /// What has been typed, without the plus sign.
    digits: Vec<u8>,
    /// Where the national number starts in `digits`.
    national: usize,
    /// What is before the national number, with its plus sign and spaces.
    prefix: String,
    /// How many digits of the prefix are a national prefix that may turn out to be longer.
    extracted: usize,
    able: bool,
    complete: bool,
    expects_code: bool,
    space_after_prefix: bool,
    /// The formats that are still possible, bit n for format n, and whether they are used for their international form.
    possible: u32,
    style: Style,
    /// The format that is being filled.
    template: Option<&'static Format>,
    shown: Shown,
}

impl Typist {
    pub(super) fn new(home: Option<Place>) -> Self {
        static NONE: Plan = Plan::NONE;
        Typist {
            home,
            plan: home.map_or(&NONE, |home| tables::plan(home.plan)),
            plus: false,
            digits: Vec::new(),
            national: 0,
            prefix: String::new(),
            extracted: 0,
            able: true,
            complete: false,
            expects_code: false,
            space_after_prefix: false,
            possible: 0,
            style: Style::National,
            template: None,
            shown: Shown::Typed,
        }
    }

    /// The number that starts with these digits as it should be shown. What was typed before is not read again if this only
    /// adds to it.
    pub(super) fn show(&mut self, plus: bool, digits: &[u8]) -> String {
        if self.plus != plus || !digits.starts_with(&self.digits) {
            *self = Typist::new(self.home);
            self.plus = plus;
        }
        let fits = digits.len() <= MOST_DIGITS;
        for digit in digits.iter().skip(self.digits.len()).filter(|_| fits) {
            self.digits.push(*digit);
            self.shown = self.input();
        }
        let mut out = String::new();
        match self.shown {
            Shown::Formatted(format, room) if fits => self.write(format, room, &mut out),
            Shown::Plain if fits => {
                out.push_str(&self.prefix);
                write_digits(self.number(), &mut out);
            }
            _ => {
                if plus {
                    out.push('+');
                }
                write_digits(digits, &mut out);
            }
        }
        out.truncate(out.trim_ascii_end().len());
        out
    }

    /// One more digit has been typed.
    fn input(&mut self) -> Shown {
        if !self.able {
            return self.retry();
        }
        match self.digits.len() + usize::from(self.plus) {
            0..=2 => return Shown::Typed,
            3 if self.extract_abroad() => self.expects_code = true,
            3 => {
                self.extracted = self.remove_prefix();
                return self.choose();
            }
            _ => {}
        }
        if self.expects_code {
            self.expects_code = !self.extract_code();
            return Shown::Plain;
        }
        if self.possible == 0 {
            return self.choose();
        }
        let filled = self.fill();
        if let Some(exact) = self.exact() {
            return exact;
        }
        self.possible &= self.reachable();
        if self.new_template() {
            return self.fill();
        }
        if self.able { filled } else { Shown::Typed }
    }

    /// No format has room: perhaps a prefix was longer than thought.
    fn retry(&mut self) -> Shown {
        if self.extract_abroad() {
            if self.extract_code() {
                return self.start_again();
            }
        } else if self.extract_longer_prefix() {
            self.prefix.push(' ');
            return self.start_again();
        }
        Shown::Typed
    }

    fn start_again(&mut self) -> Shown {
        self.able = true;
        self.expects_code = false;
        (self.possible, self.template) = (0, None);
        self.choose()
    }

    /// The national number so far.
    fn number(&self) -> &[u8] {
        self.digits.get(self.national..).unwrap_or_default()
    }

    fn choose(&mut self) -> Shown {
        if self.number().len() < LEAST_DIGITS {
            return Shown::Formatted(None, 0);
        }
        self.available();
        if let Some(exact) = self.exact() {
            return exact;
        }
        if self.new_template() { self.fill() } else { Shown::Typed }
    }

    /// The formats that go with the prefix and the first digits (`getAvailableFormats`).
    fn available(&mut self) {
        let prefixed = self.extracted > 0;
        let abroad = self.complete && !prefixed;
        self.style = if abroad { Style::International } else { Style::National };
        let fits = |format: &&Format| {
            let (optional, bare) = (format.flags & 1 != 0, format.rule_is_bare());
            let refused = if prefixed { bare && format.flags & 3 == 0 } else { !self.complete && !bare && !optional };
            !(abroad && format.international == 1 || refused) && format.is_eligible(self.style)
        };
        let set = self
            .plan
            .formats
            .iter()
            .enumerate()
            .fold(0, |set, (index, format)| set | u32::from(fits(&format)) << index);
        self.possible = set & self.reachable();
    }

    /// The formats that a number with these first digits may still have.
    fn reachable(&self) -> u32 {
        let step = self.number().iter().fold(self.plan.layout, |step, digit| self.plan.step(step, *digit));
        self.plan.reachable(step)
    }

    fn formats(&self) -> impl Iterator<Item = (usize, &'static Format)> + use<> {
        let possible = self.possible;
        self.plan.formats.iter().enumerate().filter(move |(index, _)| possible >> index & 1 == 1)
    }

    /// The first format that the digits fill.
    fn exact(&mut self) -> Option<Shown> {
        let length = self.number().len();
        let fills = |format: &Format| length.wrapping_sub(format.least()) <= usize::from(format.extra);
        let (_, format) = self.formats().find(|(_, format)| fills(format))?;
        self.space_after_prefix = format.separates_prefix();
        Some(Shown::Formatted(Some(format), length))
    }

    /// Whether another template is to be filled: that of the first format that has room.
    fn new_template(&mut self) -> bool {
        let length = self.number().len();
        for (index, format) in self.formats() {
            if self.template.is_some_and(|current| current.shape() == format.shape()) {
                return false;
            }
            if format.room() >= length {
                self.template = Some(format);
                self.space_after_prefix = format.separates_prefix();
                return true;
            }
            self.possible &= !(1 << index);
        }
        self.able = false;
        false
    }

    /// The digits in the template, if it has room.
    fn fill(&mut self) -> Shown {
        let length = self.number().len();
        if let Some(format) = self.template.filter(|format| format.room() >= length) {
            return Shown::Formatted(Some(format), format.room());
        }
        self.able &= self.possible.count_ones() != 1;
        self.template = None;
        Shown::Typed
    }
}

/// Prefixes: the plus sign or prefix for calls abroad, the calling code, the national prefix.
impl Typist {
    /// Takes the prefix for calls abroad (`attemptToExtractIdd`).
    fn extract_abroad(&mut self) -> bool {
        if self.plus {
            (self.complete, self.national) = (true, 0);
            self.prefix.clear();
            self.prefix.push('+');
            return true;
        }
        let Some(main) = self.plan.regions.first() else { return false };
        let end = self.plan.abroad(main, &self.digits);
        // The entities of no country have no such prefix, and the reference takes that for an empty one.
        if end == 0 && main.letters != *b"00" {
            return false;
        }
        (self.complete, self.national) = (true, 0);
        self.prefix.clear();
        self.move_to_prefix(end);
        self.prefix.push(' ');
        true
    }

    /// Takes the calling code (`attemptToExtractCcc`).
    fn extract_code(&mut self) -> bool {
        let Some((plan, rest)) = split_code(self.number()) else { return false };
        let length = self.number().len() - rest.len();
        if self.home.is_none_or(|home| home.plan != plan || home.index != 0) {
            self.plan = tables::plan(plan);
        }
        self.move_to_prefix(length);
        self.prefix.push(' ');
        self.extracted = 0;
        true
    }

    /// Counts the first digits of the national number as prefix.
    fn move_to_prefix(&mut self, length: usize) {
        let end = self.national + length;
        write_digits(self.digits.get(self.national..end).unwrap_or_default(), &mut self.prefix);
        self.national = end;
    }

    /// Takes the national prefix and returns how many digits it has (`removeNationalPrefixFromNationalNumber`).
    fn remove_prefix(&mut self) -> usize {
        // In North America no area code starts with 0 or 1.
        let american = self.plan.calling_code == 1 && matches!(self.number(), [1, 2..=9, ..]);
        let length = self.plan.regions.first().map_or(0, |main| self.plan.prefix(main, self.number()));
        self.complete |= length > 0;
        self.move_to_prefix(length);
        if american {
            self.prefix.push(' ');
        }
        length
    }

    /// Whether the national prefix is another one than before (`ableToExtractLongerNdd`).
    fn extract_longer_prefix(&mut self) -> bool {
        if self.extracted > 0 {
            self.national = self.national.saturating_sub(self.extracted);
            let kept = self.prefix.trim_ascii_end().len().saturating_sub(self.extracted);
            self.prefix.truncate(kept);
        }
        self.remove_prefix() != self.extracted
    }

    fn write(&self, format: Option<&Format>, room: usize, out: &mut String) {
        out.push_str(&self.prefix);
        if self.space_after_prefix && !matches!(out.as_bytes(), [] | [.., b' ']) {
            out.push(' ');
        }
        match format {
            Some(format) => format.fill(self.number(), room, self.style, out),
            None => write_digits(self.number(), out),
        }
    }
}

impl Plan {
    /// The formats of all numbers that a step can still lead to.
    fn reachable(&self, step: u16) -> u32 {
        if step & ROW != 0 {
            let row = self.rows.get(usize::from(step & !ROW));
            return row.map_or(0, |[.., set]| self.set(*set));
        }
        let (mut set, mut before) = (0, step);
        for next in self.nodes.get(usize::from(step)).iter().flat_map(|node| node.iter().take(10)) {
            if *next != before {
                set |= self.reachable(*next);
                before = *next;
            }
        }
        set
    }
}

/// How many digits a text has.
fn figures(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

impl Format {
    /// The most digits that the format has room for while typing.
    fn room(&self) -> usize {
        (self.least() + usize::from(self.extra)).min(ROOM)
    }

    /// Whether a number is written without its national prefix (`formattingRuleHasFirstGroupOnly`): the build allows no other
    /// rule with one digit than that of the first group, perhaps in brackets.
    pub(super) fn rule_is_bare(&self) -> bool {
        figures(self.rule()) < 2
    }

    fn separates_prefix(&self) -> bool {
        self.rule().bytes().any(|byte| matches!(byte, b' ' | b'-'))
    }

    /// Whether the template starts with the first group and has nothing but punctuation beside the groups: the build allows no
    /// other such template than one with a digit for each group.
    fn is_eligible(&self, style: Style) -> bool {
        let template = self.template(style);
        matches!(template.as_bytes(), [b'$', b'1', ..] | [b'(', b'$', b'1', ..])
    }

    /// Appends digits in a format that has room for `room`, up to the last one.
    fn fill(&self, digits: &[u8], room: usize, style: Style, out: &mut String) {
        let surplus = room.saturating_sub(self.least());
        let mut sizes = self
            .groups
            .iter()
            .zip(0..)
            .map(|(size, at)| usize::from(*size) + if at == self.wide { surplus } else { 0 });
        let mut at = 0;
        for byte in self.template(style).bytes() {
            if byte.is_ascii_digit() {
                let end = digits.len().min(at + sizes.next().unwrap_or_default());
                write_digits(digits.get(at..end).unwrap_or_default(), out);
                at = end;
            } else if at == digits.len() {
                break;
            } else if byte != b'$' {
                out.push(char::from(byte));
            }
        }
    }

    /// What the pattern of the format is made of.
    fn shape(&self) -> ([u8; GROUPS], u8, u8) {
        (self.groups, self.wide, self.extra)
    }
}
