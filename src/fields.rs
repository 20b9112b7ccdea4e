//! Reading an input object field by field, with all its problems collected at once.

use crate::contact::is_email;
use crate::error::{Issue, MOST_ISSUES};
use crate::number::{Number, Numbers};
use crate::providers::Rules;
use crate::text::{decimal, joined, words};
use crate::value::{Members, Name, Value};

/// A field of this package's vocabulary, and what it takes.
pub type Field = (&'static str, Kind);

/// What a field takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A string
    Text,
    /// A string that stands in a path
    Id,
    /// Ids, at least one
    Ids,
    /// A string no longer than the platform takes
    Name,
    /// An e-mail address
    Email,
    /// A list of strings
    Tags,
    /// `true` or `false`
    Flag,
    /// An object
    Object,
    /// An object of strings, numbers and flags
    Variables,
    /// An object of the platform's own fields but for those that this vocabulary maps
    Extra,
    /// An object of these fields
    Nested(&'static [Field]),
    /// A phone number; sent in E.164
    Phone,
    /// One of these words, which a space separates
    OneOf(&'static str),
    /// A whole number from the first to the second, and what it counts
    Whole(u32, u32, &'static str),
}

/// How the fields of an input are read.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// How phone numbers are read
    pub numbers: Numbers,
    /// What the platform takes
    pub rules: &'a Rules,
}

/// A reader of one object of an input.
pub struct Fields<'a> {
    object: &'a Value,
    prefix: &'a str,
    issues: &'a mut Vec<Issue>,
    number: Option<Number>,
}

impl<'a> Fields<'a> {
    /// A reader of `object`, which stands at `prefix` (empty at the top); anything but an object is an issue.
    pub fn new(object: &'a Value, prefix: &'a str, issues: &'a mut Vec<Issue>) -> Fields<'a> {
        if !matches!(object, Value::Map(_)) {
            issues.push(Issue::new(prefix, "invalid_type", "must be an object"));
        }
        Fields { object, prefix, issues, number: None }
    }

    /// A reader of an object inside this one, at `path`, which shares the list of issues.
    pub fn nested<'b>(&'b mut self, object: &'b Value, path: &'b str) -> Fields<'b> {
        Fields::new(object, path, self.issues)
    }

    /// Adds an issue with the field `name`, unless there are as many already as anybody reads.
    pub fn issue(&mut self, name: &str, code: &'static str, message: &str) {
        if self.issues.len() < MOST_ISSUES {
            let path = self.path(name);
            self.issues.push(Issue::new(&path, code, message));
        }
    }

    /// The field `name` as it was given, if it was; `null` counts as not given.
    pub fn value(&self, name: &str) -> Option<&'a Value> {
        self.object.get(name)
    }

    /// The number that `phoneNumber` was read as.
    pub fn take_number(&mut self) -> Option<Number> {
        self.number.take()
    }

    /// Reads the fields of `table` that were given, as they can be sent; what else was given is an issue.
    pub fn read(&mut self, table: &[Field], reading: Reading<'_>) -> Members {
        let mut members = Members::default();
        for (name, kind) in table {
            if let Some(value) = self.value(name) {
                members.put(name, self.checked(name, value, *kind, reading));
            }
        }
        for name in words(reading.rules.unsupported) {
            if self.value(name).is_some() {
                self.issue(name, "unsupported_field", &["cannot be sent to ", reading.rules.platform].concat());
            }
        }
        let taken = |name: &&str| words(reading.rules.unsupported).all(|other| other != *name);
        let mut fit = table.iter().map(|(name, _)| *name).filter(taken);
        self.refuse_others(&|name| table.iter().any(|(own, _)| *own == name), &mut fit);
        members
    }

    /// A value as it can be sent; `None` with an issue, or for an object that says nothing.
    fn checked(&mut self, name: &str, value: &'a Value, kind: Kind, reading: Reading<'_>) -> Option<Value> {
        let expected = match (kind, value) {
            (Kind::Phone, Value::Text(text)) => return self.phone(name, text, reading.numbers),
            (Kind::Nested(table), Value::Map(_)) => return self.settings(name, value, table, reading),
            (Kind::Whole(least, most, unit), _) => {
                return self.whole(name, least, most, unit).map(|number| Value::Number(f64::from(number)));
            }
            (Kind::Ids, Value::List(items)) if !items.is_empty() => {
                self.check_ids(name, items);
                return Some(value.clone());
            }
            (Kind::Id | Kind::Name | Kind::Email | Kind::OneOf(_) | Kind::Text, Value::Text(text)) => {
                self.check_text(name, text, kind, reading.rules);
                return Some(value.clone());
            }
            (Kind::Variables | Kind::Extra, Value::Map(members)) => {
                self.check_members(name, members, kind, reading.rules);
                return if members.is_empty() && matches!(kind, Kind::Extra) { None } else { Some(value.clone()) };
            }
            (Kind::Object, Value::Map(_)) | (Kind::Flag, Value::Bool(_)) => return Some(value.clone()),
            (Kind::Tags, Value::List(items)) if items.iter().all(|item| item.as_text().is_some()) => {
                return Some(value.clone());
            }
            (Kind::Ids, Value::List(_)) => {
                self.issue(name, "required", "is empty");
                return None;
            }
            (Kind::Flag, _) => "must be true or false",
            (Kind::Tags, _) => "must be a list of strings",
            (Kind::Ids, _) => "must be a list",
            (Kind::Object | Kind::Nested(_) | Kind::Variables | Kind::Extra, _) => "must be an object",
            _ => "must be a string",
        };
        self.issue(name, "invalid_type", expected);
        None
    }

    /// A number in E.164; `None` for an empty text and for one that cannot be sent.
    fn phone(&mut self, name: &str, text: &str, numbers: Numbers) -> Option<Value> {
        let number = numbers.read(self, name, text)?;
        let e164 = number.e164.clone();
        if name == "phoneNumber" {
            self.number = Some(number);
        }
        Some(Value::Text(e164))
    }

    fn settings(
        &mut self,
        name: &str,
        object: &'a Value,
        table: &'static [Field],
        reading: Reading<'_>,
    ) -> Option<Value> {
        let path = self.path(name);
        let mut inner = Fields::new(object, &path, self.issues);
        let rules = Rules { unsupported: "", ..*reading.rules };
        let mut members = inner.read(table, Reading { rules: &rules, ..reading });
        if members.is_empty() { None } else { Some(members.object()) }
    }

    fn check_text(&mut self, name: &str, text: &str, kind: Kind, rules: &Rules) {
        match kind {
            Kind::Id => self.check_id(name, text),
            Kind::Email if !is_email(text) => {
                self.issue(name, "invalid_format", "must be an e-mail address, such as john@example.com");
            }
            Kind::Name if characters(text) > rules.max_name_chars => {
                let limit = decimal(u64::from(rules.max_name_chars));
                self.issue(name, "too_long", &["is longer than ", &limit, " characters"].concat());
            }
            Kind::OneOf(allowed) if words(allowed).all(|word| word != text) => {
                let list = joined(&mut words(allowed), ", ");
                self.issue(name, "invalid_format", &["must be one of ", &list].concat());
            }
            _ => {}
        }
    }

    /// `.` and `..` are steps in a path even when they are percent-encoded (URL Standard, section 4.4), so they are no ids.
    fn check_id(&mut self, path: &str, id: &str) {
        if matches!(id, "." | "..") {
            self.issue(path, "invalid_format", "is not an id");
        }
    }

    fn check_ids(&mut self, name: &str, items: &[Value]) {
        for (index, item) in items.iter().enumerate() {
            let path = [name, ".", &decimal(index as u64)].concat();
            match item.as_text() {
                Some(id) if !id.is_empty() => self.check_id(&path, id),
                _ => self.issue(&path, "invalid_type", "must be an id, a string"),
            }
        }
    }

    fn check_members(&mut self, name: &str, members: &[(Name, Value)], kind: Kind, rules: &Rules) {
        for (member, value) in members {
            let path = [name, ".", member].concat();
            match kind {
                Kind::Extra if rules.wire.iter().any(|(wire, _)| wire == member) => {
                    self.issue(&path, "reserved_field", "is set by a field of this package; use that field");
                }
                Kind::Variables if matches!(value, Value::Null | Value::List(_) | Value::Map(_)) => {
                    self.issue(&path, "invalid_type", "must be a string, a number, true or false");
                }
                _ => {}
            }
        }
    }

    /// A field that must be a string.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let value = self.value(name)?;
        if value.as_text().is_none() {
            self.issue(name, "invalid_type", "must be a string");
        }
        value.as_text().map(str::to_owned)
    }

    /// Fields that must be there, and not be empty strings; a space separates their names.
    pub fn require(&mut self, names: &str) {
        for name in words(names) {
            match self.value(name) {
                None => self.issue(name, "required", "is missing"),
                Some(Value::Text(text)) if text.is_empty() => self.issue(name, "required", "is empty"),
                Some(_) => {}
            }
        }
    }

    /// A field that must be a string of at least one character and must be there.
    pub fn required_text(&mut self, name: &str) -> String {
        self.require(name);
        self.text(name).unwrap_or_default()
    }

    /// A field that must be `true` or `false`.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        match self.value(name)? {
            Value::Bool(flag) => Some(*flag),
            _ => {
                self.issue(name, "invalid_type", "must be true or false");
                None
            }
        }
    }

    /// A field that is no data, in whose place the binding left `true`.
    pub fn stands(&mut self, name: &str, message: &str) {
        if self.value(name).is_some_and(|value| !value.is(true)) {
            self.issue(name, "invalid_type", message);
        }
    }

    /// A field that must be a whole number from `least` to `most`.
    pub fn whole(&mut self, name: &str, least: u32, most: u32, unit: &str) -> Option<u32> {
        let Value::Number(number) = self.value(name)? else {
            self.issue(name, "invalid_type", &["must be a number of ", unit].concat());
            return None;
        };
        if number.fract() == 0.0 && (f64::from(least)..=f64::from(most)).contains(number) {
            return Some(*number as u32);
        }
        let (least, most) = (decimal(u64::from(least)), decimal(u64::from(most)));
        let message = ["must be a whole number of ", unit, " from ", &least, " to ", &most].concat();
        self.issue(name, "out_of_range", &message);
        None
    }

    /// A field that must be an object.
    pub fn object(&mut self, name: &str) -> Option<&'a Value> {
        let value = self.value(name)?;
        if !matches!(value, Value::Map(_)) {
            self.issue(name, "invalid_type", "must be an object");
            return None;
        }
        Some(value)
    }

    /// Refuses every field that `known` does not list; a space separates names.
    pub fn only(&mut self, known: &[&'static str]) {
        let names = || known.iter().flat_map(|list| words(list));
        self.refuse_others(&|name| names().any(|own| own == name), &mut names());
    }

    /// Refuses what `is_known` does not know; `known` lists what it knows.
    fn refuse_others(&mut self, is_known: &dyn Fn(&str) -> bool, known: &mut dyn Iterator<Item = &str>) {
        let Value::Map(members) = self.object else { return };
        let mut takes = String::new();
        for (name, _) in members.iter().filter(|(name, _)| !is_known(name)) {
            if takes.is_empty() {
                let more = if is_known("extra") { " (in extra, whatever else the platform reads)" } else { "" };
                takes = ["is not a field here; it takes ", &joined(known, ", "), more].concat();
            }
            self.issue(name, "unknown_field", &takes);
        }
    }

    /// The path of the field `name`; that of the object itself, if it is empty.
    pub fn path(&self, name: &str) -> String {
        match (self.prefix, name) {
            ("", path) | (path, "") => path.to_owned(),
            _ => [self.prefix, ".", name].concat(),
        }
    }
}

/// How many characters (Unicode code points) a text has.
fn characters(text: &str) -> u32 {
    text.bytes().filter(|byte| byte & 0xC0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str, check: impl FnOnce(&mut Fields<'_>)) -> Vec<String> {
        let object: Value = serde_json::from_str(json).unwrap();
        let mut issues = Vec::new();
        check(&mut Fields::new(&object, "settings", &mut issues));
        issues.into_iter().map(|issue| [issue.path.as_str(), ": ", issue.code].concat()).collect()
    }

    #[test]
    fn of_thousands_of_problems_a_hundred_are_named() {
        let issues = read("{}", |fields| (0..5_000).for_each(|_| fields.issue("a", "required", "is missing")));
        assert_eq!(issues.len(), MOST_ISSUES);
    }

    #[test]
    fn names_every_problem_with_its_path() {
        let issues = read(r#"{"a":1,"b":"x","c":[],"d":0,"e":1.5,"f":"","g":null,"z":1}"#, |fields| {
            assert_eq!(fields.text("a"), None);
            assert_eq!(fields.flag("b"), None);
            assert_eq!(fields.object("c"), None);
            assert_eq!(fields.whole("d", 1, 9, "seconds"), None);
            assert_eq!(fields.whole("e", 1, 9, "seconds"), None);
            fields.required_text("f");
            fields.required_text("g");
            fields.only(&["a b c d e f g"]);
        });
        assert_eq!(
            issues,
            [
                "settings.a: invalid_type",
                "settings.b: invalid_type",
                "settings.c: invalid_type",
                "settings.d: out_of_range",
                "settings.e: out_of_range",
                "settings.f: required",
                "settings.g: required",
                "settings.z: unknown_field",
            ]
        );
    }

    #[test]
    fn what_is_no_object_is_one_problem() {
        assert_eq!(
            read("[]", |fields| {
                fields.text("a");
                fields.only(&[]);
            }),
            ["settings: invalid_type"]
        );
    }

    #[test]
    fn numbers_beyond_the_safe_range_are_refused() {
        assert_eq!(
            read(r#"{"a":9007199254740992}"#, |fields| {
                fields.whole("a", 1, u32::MAX, "seconds");
            }),
            ["settings.a: out_of_range"]
        );
    }
}
