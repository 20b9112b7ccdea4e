//! A caller's input, with what could not be read of it.

use crate::error::Issue;
use crate::value::Value;

/// An input as plain data. What is not plain data (a function, a number that is not finite, an object inside itself)
/// stands as `null` in the value and as an issue beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// What could be read
    pub value: Value,
    /// What could not
    pub issues: Vec<Issue>,
}

impl Input {
    /// The input's own issues and those that reading it gave; a field that could not be read is named once.
    pub fn with(&self, found: Vec<Issue>) -> Vec<Issue> {
        let mut all = self.issues.clone();
        for issue in found {
            if !self.issues.iter().any(|own| own.path == issue.path) {
                all.push(issue);
            }
        }
        all
    }
}

impl Input {
    /// Says that the member `name`, which is a function, was taken out: it stands as `true`.
    pub fn asks_for(&mut self, name: &str) {
        self.issues.retain(|issue| issue.path != name);
        if let Value::Map(members) = &mut self.value {
            members.push((name.to_owned(), Value::Bool(true)));
        }
    }
}

impl From<Value> for Input {
    fn from(value: Value) -> Input {
        Input { value, issues: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unreadable_field_is_named_once() {
        let input = Input { value: Value::Null, issues: vec![Issue::new("a", "invalid_type", "is a function")] };
        let all =
            input.with(vec![Issue::new("a", "required", "is missing"), Issue::new("b", "required", "is missing")]);
        let paths: Vec<_> = all.iter().map(|issue| issue.path.as_str()).collect();
        assert_eq!(paths, ["a", "b"]);
    }
}
