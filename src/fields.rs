//! Reading an input object field by field, with all its problems collected at once.

use crate::error::Issue;
use crate::value::{MAX_SAFE_INTEGER, Value};

/// A reader of one object of an input.
pub struct Fields<'a> {
    object: &'a Value,
    prefix: &'a str,
    issues: &'a mut Vec<Issue>,
}

impl<'a> Fields<'a> {
    /// A reader of `object`, which stands at `prefix` (empty at the top); anything but an object is an issue.
    pub fn new(object: &'a Value, prefix: &'a str, issues: &'a mut Vec<Issue>) -> Fields<'a> {
        if !matches!(object, Value::Map(_)) {
            issues.push(Issue::new(prefix, "invalid_type", "must be an object"));
        }
        Fields { object, prefix, issues }
    }

    /// A reader of an object inside this one, at `path`, which shares the list of issues.
    pub fn nested<'b>(&'b mut self, object: &'b Value, path: &'b str) -> Fields<'b> {
        Fields::new(object, path, self.issues)
    }

    /// Adds an issue with the field `name`.
    pub fn issue(&mut self, name: &str, code: &'static str, message: &str) {
        let path = self.path(name);
        self.issues.push(Issue::new(&path, code, message));
    }

    /// The field `name` as it was given, if it was; `null` counts as not given.
    pub fn value(&self, name: &str) -> Option<&'a Value> {
        self.object.get(name)
    }

    /// A field that must be a string.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let value = self.value(name)?;
        if value.as_text().is_none() {
            self.issue(name, "invalid_type", "must be a string");
        }
        value.as_text().map(str::to_owned)
    }

    /// A field that must be a string of at least one character and must be there.
    pub fn required_text(&mut self, name: &str) -> String {
        if self.value(name).is_none() {
            self.issue(name, "required", "is missing");
            return String::new();
        }
        let text = self.text(name);
        if text.as_deref() == Some("") {
            self.issue(name, "required", "is empty");
        }
        text.unwrap_or_default()
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

    /// A field that must be a whole number of at least 1.
    pub fn positive(&mut self, name: &str, unit: &str) -> Option<u64> {
        match self.value(name)? {
            Value::Number(number) if number.fract() == 0.0 && (1.0..=MAX_SAFE_INTEGER).contains(number) => {
                Some(*number as u64)
            }
            Value::Number(_) => {
                self.issue(name, "out_of_range", &["must be a whole number of ", unit, ", at least 1"].concat());
                None
            }
            _ => {
                self.issue(name, "invalid_type", &["must be a number of ", unit].concat());
                None
            }
        }
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

    /// Refuses every field that `known` does not list.
    pub fn only(&mut self, known: &[&str]) {
        let Value::Map(members) = self.object else { return };
        for (name, _) in members {
            if !known.contains(&name.as_str()) {
                let mut message = ["is not a field here; it takes ", &known.join(", ")].concat();
                if known.contains(&"extra") {
                    message.push_str(" (in extra, whatever else the platform reads)");
                }
                self.issue(name, "unknown_field", &message);
            }
        }
    }

    /// Refuses those fields of `object` that stand in `unsupported`, which this package knows and `provider` cannot carry.
    pub fn refuse(&mut self, unsupported: &[&str], provider: &str) {
        for name in unsupported {
            if self.value(name).is_some() {
                self.issue(name, "unsupported_field", &["cannot be sent to ", provider].concat());
            }
        }
    }

    /// The path of the field `name`.
    pub fn path(&self, name: &str) -> String {
        if self.prefix.is_empty() { name.to_owned() } else { [self.prefix, ".", name].concat() }
    }
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
    fn names_every_problem_with_its_path() {
        let issues = read(r#"{"a":1,"b":"x","c":[],"d":0,"e":1.5,"f":"","g":null,"z":1}"#, |fields| {
            assert_eq!(fields.text("a"), None);
            assert_eq!(fields.flag("b"), None);
            assert_eq!(fields.object("c"), None);
            assert_eq!(fields.positive("d", "seconds"), None);
            assert_eq!(fields.positive("e", "seconds"), None);
            fields.required_text("f");
            fields.required_text("g");
            fields.only(&["a", "b", "c", "d", "e", "f", "g"]);
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
                fields.positive("a", "seconds");
            }),
            ["settings.a: out_of_range"]
        );
    }
}
