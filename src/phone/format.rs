//! Writing a number in its four formats.

use super::plan::{Format, Plan};
use super::tables::{self, EXTENSIONS, RULES, TEMPLATES};
use super::text::write_digits;

/// A way to write a number.
///
/// ```
/// use outdial::phone::{Mode, Style, parse};
///
/// let phone = parse("+44 20 7946 0958", None, Mode::Strict).unwrap();
/// assert_eq!(phone.format(Style::National), "020 7946 0958");
/// assert_eq!(phone.format(Style::International), "+44 20 7946 0958");
/// assert_eq!(phone.format(Style::Uri), "tel:+44-20-7946-0958");
/// assert_eq!(phone.format(Style::E164), "+442079460958");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Style {
    /// `+` and digits, without the extension: what a voice platform wants (ITU-T E.164).
    E164,
    /// As written abroad (ITU-T E.123).
    International,
    /// As written at home.
    National,
    /// A `tel:` URI (RFC 3966).
    Uri,
}

/// Appends a number to `out`.
pub(super) fn write(plan_index: u8, digits: &[u8], extension: &str, style: Style, out: &mut String) {
    let plan = tables::plan(plan_index);
    if style != Style::National {
        out.push_str(if style == Style::Uri { "tel:+" } else { "+" });
        push_code(plan.calling_code, out);
        match style {
            Style::International => out.push(' '),
            Style::Uri => out.push('-'),
            _ => {}
        }
    }
    match plan.format_for(digits, style).filter(|_| style != Style::E164) {
        Some(format) => format.write(digits, style, out),
        None => write_digits(digits, out),
    }
    if style != Style::E164 && !extension.is_empty() {
        let usual = EXTENSIONS.get(usize::from(plan.extension)).copied().unwrap_or_default();
        out.push_str(if style == Style::Uri { ";ext=" } else { usual });
        out.push_str(extension);
    }
}

fn push_code(code: u16, out: &mut String) {
    let digits = [code / 100, code / 10 % 10, code % 10].map(|digit| digit as u8);
    let from = digits.iter().position(|digit| *digit > 0).unwrap_or(2);
    write_digits(digits.get(from..).unwrap_or_default(), out);
}

impl Plan {
    /// The format that serves these digits (`chooseFormattingPatternForNumber`).
    pub(super) fn format_for(&self, digits: &[u8], style: Style) -> Option<&Format> {
        let answer = self.ask(self.layout, digits);
        let number = if style == Style::National { answer & 31 } else { answer >> 5 };
        self.formats.get(usize::from(number).checked_sub(1)?)
    }
}

impl Format {
    /// The template, in which `$1` stands for the first group.
    pub(crate) fn template(&self, style: Style) -> &'static str {
        let own =
            if style == Style::National || self.international < 2 { self.template } else { self.international - 2 };
        TEMPLATES.get(usize::from(own)).copied().unwrap_or_default()
    }

    /// What replaces the first group in national format, in which `$1` stands for the group; empty if there is no rule.
    pub(crate) fn rule(&self) -> &'static str {
        RULES.get(usize::from(self.rule)).copied().unwrap_or_default()
    }

    /// The digits of the group with this number, from 1.
    fn group<'a>(&self, digits: &'a [u8], number: usize) -> &'a [u8] {
        let surplus = digits.len().saturating_sub(self.least());
        let mut start = 0;
        for (at, size) in self.groups.iter().enumerate() {
            let size = usize::from(*size) + if at == usize::from(self.wide) { surplus } else { 0 };
            if at + 1 == number {
                return digits.get(start..start + size).unwrap_or_default();
            }
            start += size;
        }
        &[]
    }

    fn write(&self, digits: &[u8], style: Style, out: &mut String) {
        let rule = if style == Style::National { self.rule() } else { "" };
        let start = out.len();
        let mut first = true;
        let mut template = self.template(style).bytes();
        while let Some(byte) = template.next() {
            if byte != b'$' {
                push_literal(byte, style, start, out);
                continue;
            }
            let group = self.group(digits, usize::from(template.next().unwrap_or(b'0') - b'0'));
            if std::mem::take(&mut first) && !rule.is_empty() {
                let mut rule = rule.bytes();
                while let Some(byte) = rule.next() {
                    if byte == b'$' {
                        rule.next();
                        write_digits(group, out);
                    } else {
                        out.push(char::from(byte));
                    }
                }
            } else {
                write_digits(group, out);
            }
        }
    }
}

/// In a URI the groups are joined by single hyphens, whatever the template has between them.
fn push_literal(byte: u8, style: Style, start: usize, out: &mut String) {
    if style != Style::Uri || byte.is_ascii_digit() {
        out.push(char::from(byte));
    } else if out.len() > start && !out.ends_with('-') {
        out.push('-');
    }
}
