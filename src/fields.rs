//! Reading an input object field by field, with all its problems collected at once.

use crate::error::Issue;
use crate::value::{MAX_SAFE_INTEGER, Value, decimal};

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

    /// Fields that must be there, and not be empty strings.
    pub fn require(&mut self, names: &[&str]) {
        for name in names {
            match self.value(name) {
                None => self.issue(name, "required", "is missing"),
                Some(Value::Text(text)) if text.is_empty() => self.issue(name, "required", "is empty"),
                Some(_) => {}
            }
        }
    }

    /// A field that must be a string of at least one character and must be there.
    pub fn required_text(&mut self, name: &str) -> String {
        self.require(&[name]);
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

    /// A field that must be a whole number from `least` to `most`.
    pub fn whole(&mut self, name: &str, least: u64, most: u64, unit: &str) -> Option<u64> {
        let value = self.value(name)?;
        let number = match value {
            Value::Number(number) if number.fract() == 0.0 && (0.0..=MAX_SAFE_INTEGER).contains(number) => {
                *number as u64
            }
            Value::Number(_) => u64::MAX,
            _ => {
                self.issue(name, "invalid_type", &["must be a number of ", unit].concat());
                return None;
            }
        };
        if number < least || number > most {
            let range = ["from ", &decimal(least), " to ", &decimal(most)].concat();
            self.issue(name, "out_of_range", &["must be a whole number of ", unit, " ", &range].concat());
            return None;
        }
        Some(number)
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

    /// A field that must be a list of at least one item and must be there.
    pub fn required_list(&mut self, name: &str) -> &'a [Value] {
        match self.value(name) {
            None => self.issue(name, "required", "is missing"),
            Some(Value::List(items)) if items.is_empty() => self.issue(name, "required", "is empty"),
            Some(Value::List(items)) => return items,
            Some(_) => self.issue(name, "invalid_type", "must be a list"),
        }
        &[]
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

    /// Refuses those fields that stand in `unsupported`, which this package knows and `provider` cannot carry.
    pub fn refuse(&mut self, unsupported: &[&str], provider: &str) {
        for name in unsupported {
            if self.value(name).is_some() {
                self.issue(name, "unsupported_field", &["cannot be sent to ", provider].concat());
            }
        }
    }

    /// The path of the field `name`.
    pub fn path(&self, name: &str) -> String {
        if self.prefix.is_empty() {
            name.to_owned()
        } else {
            [self.prefix, ".", name].concat().trim_end_matches('.').to_owned()
        }
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
            assert_eq!(fields.whole("d", 1, 9, "seconds"), None);
            assert_eq!(fields.whole("e", 1, 9, "seconds"), None);
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
                fields.whole("a", 1, u64::MAX - 1, "seconds");
            }),
            ["settings.a: out_of_range"]
        );
    }
}
