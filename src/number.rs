//! A phone number of an input: read strictly, and long enough to be somebody's.

use crate::fields::Fields;
use crate::phone::{LineType, Mode, Phone, Possibility, Region, Style, parse, regions};
use crate::text::cut;

/// How the numbers of inputs are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Where numbers without a calling code are called from
    pub region: Option<Region>,
    /// Whether a number must be valid in the numbering plan; else it is enough that it is possible, since a range can be
    /// opened before the plan's data knows it
    pub valid: bool,
}

/// A number that can be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Number {
    /// E.164: `+14155552671`
    pub e164: String,
    /// The country calling code: `1`
    pub calling_code: u16,
    /// The national significant number: `4155552671`
    pub national: String,
    /// Where it belongs; for a number that the plan does not know yet, the region of its calling code if there is but one
    pub region: Option<Region>,
    /// The kind of line
    pub line_type: LineType,
}

impl Number {
    /// The number that an E.164 text stands for.
    pub fn known(e164: &str) -> Number {
        parse(e164, None, Mode::Strict).map(|phone| Number::of(&phone)).unwrap_or_default()
    }

    fn of(phone: &Phone) -> Number {
        Number {
            e164: phone.format(Style::E164),
            calling_code: phone.calling_code(),
            national: phone.national_number(),
            region: phone.region().or_else(|| only_region(phone)),
            line_type: phone.line_type(),
        }
    }
}

/// A message with the region's code where it says `{region}`.
fn in_region(message: &str, region: &str) -> String {
    let parts = cut(message, b'{').and_then(|(before, rest)| Some((before, cut(rest, b'}')?.1)));
    parts.map_or(message.to_owned(), |(before, behind)| [before, region, behind].concat())
}

fn only_region(phone: &Phone) -> Option<Region> {
    let code = phone.calling_code();
    let shared = regions().filter(|(_, own)| *own == code).count() > 1;
    if shared { None } else { phone.plan_region() }
}

impl Numbers {
    /// Reads the text of the field `name`, if it is not empty; what is wrong with it is an issue of `fields`.
    pub fn read(self, fields: &mut Fields<'_>, name: &str, text: &str) -> Option<Number> {
        if text.is_empty() {
            return None;
        }
        let phone = match parse(text, self.region, Mode::Strict) {
            Ok(phone) => phone,
            Err(reason) => {
                fields.issue(name, reason.code(), reason.message());
                return None;
            }
        };
        if let Some(reason) = phone.reason()
            && (self.valid || phone.possibility() != Possibility::Possible)
        {
            let place = phone.plan_region().map_or("this country".to_owned(), Region::code);
            fields.issue(name, reason.code(), &in_region(reason.message(), &place));
            return None;
        }
        // The plan has longer numbers, and no platform takes them.
        if phone.e164_value().is_none() {
            fields.issue(name, "too_long", "has more than the 15 digits of E.164");
            return None;
        }
        if phone.extension().is_some() {
            fields.issue(name, "unsupported_field", "has an extension, which cannot be dialled along with it");
            return None;
        }
        Some(Number::of(&phone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    fn read(text: &str, numbers: Numbers) -> Result<String, &'static str> {
        let (object, mut issues) = (Value::object([]), Vec::new());
        let number = numbers.read(&mut Fields::new(&object, "", &mut issues), "phoneNumber", text);
        number.map(|number| number.e164).ok_or_else(|| issues[0].code)
    }

    #[test]
    fn reads_what_a_person_writes_and_refuses_what_a_dialler_must_not_guess() {
        for (text, expected) in [
            ("+14155552671", Ok("+14155552671")),
            ("+1 (415) 555-2671", Ok("+14155552671")),
            ("tel:+1-415-555-2671", Ok("+14155552671")),
            ("+9198765xxxxx", Err("not_a_number")),
            ("call +14155552671", Err("not_a_number")),
            ("415 555 2671", Err("invalid_calling_code")),
            ("+1415555", Err("too_short")),
            ("+1 555 2671", Err("local_only")),
            ("+14155552671123", Err("too_long")),
            ("+14155552671 ext. 5", Err("unsupported_field")),
            ("+49691234567890123", Err("too_long")),
        ] {
            assert_eq!(read(text, Numbers::default()).as_deref(), expected.as_ref().copied(), "{text}");
        }
    }

    #[test]
    fn a_possible_number_is_enough_unless_a_valid_one_is_asked_for() {
        assert_eq!(read("+12345678901", Numbers::default()).as_deref(), Ok("+12345678901"));
        let valid = Numbers { valid: true, ..Numbers::default() };
        assert_eq!(read("+11234567890", valid), Err("unassigned"));
    }

    #[test]
    fn a_region_reads_numbers_without_a_calling_code() {
        let numbers = Numbers { region: Region::new("GB"), valid: false };
        assert_eq!(read("020 7946 0958", numbers).as_deref(), Ok("+442079460958"));
    }
}
