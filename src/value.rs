//! JSON as plain data, the common ground of inputs, wire bodies and answers.

use crate::text::{decimal, replace, split};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

/// The largest number up to which JavaScript counts without gaps.
pub const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// What a request and an answer usually fit in, so that their text is seldom moved while it grows.
const USUAL_JSON_BYTES: usize = 512;

/// As many members as most objects have.
const USUAL_MEMBERS: usize = 12;

/// The name of a member: most are this package's or a platform's own, known before anything is read.
pub type Name = Cow<'static, str>;

/// A JSON value; objects keep the order of their members.
///
/// ```
/// use outdial::value::Value;
/// let value = Value::object([("id", Value::from("ctc_1"))]);
/// assert_eq!(value.text("id"), Some("ctc_1"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// Any number; JSON and JavaScript know only this one kind.
    Number(f64),
    /// A string
    Text(String),
    /// An array
    List(Vec<Value>),
    /// An object
    Map(Vec<(Name, Value)>),
}

impl Value {
    /// An object of the given members.
    pub fn object<const N: usize>(members: [(&'static str, Value); N]) -> Value {
        let mut object = Members::default();
        for (name, value) in members {
            object.put(name, Some(value));
        }
        object.object()
    }

    /// Whether this is `true` or `false`, as `flag` says.
    pub fn is(&self, flag: bool) -> bool {
        matches!(self, Value::Bool(own) if *own == flag)
    }

    /// The member `name` of an object; `None` for a missing one, for `null`, and for what is no object.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let Value::Map(members) = self else { return None };
        members
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
            .filter(|value| !matches!(value, Value::Null))
    }

    /// The string member `name`.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_text()
    }

    /// The number member `name`.
    pub fn number(&self, name: &str) -> Option<f64> {
        match self.get(name)? {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The members of the list member `name`.
    pub fn list(&self, name: &str) -> Option<&[Value]> {
        match self.get(name)? {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// This value if it is a string.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Value {
    /// What stands at a path of names and indexes of one digit, such as `errors.0.msg`; `None` where there is nothing, or
    /// `null`.
    pub fn at(&self, path: &str) -> Option<&Value> {
        let mut value = self;
        for step in split(path, b'.') {
            value = match value {
                Value::List(items) => match step.as_bytes() {
                    [digit @ b'0'..=b'9'] => items.get(usize::from(digit - b'0'))?,
                    _ => return None,
                },
                _ => value.get(step)?,
            };
        }
        Some(value)
    }

    /// The first string among what stands at `paths`, which a space separates.
    ///
    /// ```
    /// use outdial::value::Value;
    /// let value = Value::object([("error", Value::object([("message", Value::from("no"))]))]);
    /// assert_eq!(value.first_text("message error.message"), Some("no"));
    /// ```
    pub fn first_text(&self, paths: &str) -> Option<&str> {
        split(paths, b' ').find_map(|path| self.at(path)?.as_text())
    }

    /// The first of what stands at `paths`, which a space separates.
    pub fn first(&self, paths: &str) -> Option<&Value> {
        split(paths, b' ').find_map(|path| self.at(path))
    }

    /// Takes the member `name` out of an object.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        let Value::Map(members) = self else { return None };
        let at = members.iter().position(|(own, _)| own == name)?;
        Some(members.swap_remove(at).1)
    }

    /// Replaces `from` by `to` in every text and name.
    pub fn replace(&mut self, from: &str, to: &str) {
        match self {
            Value::Text(text) => replace(text, from, to),
            Value::List(items) => items.iter_mut().for_each(|item| item.replace(from, to)),
            Value::Map(members) => {
                for (name, value) in members {
                    replace(name.to_mut(), from, to);
                    value.replace(from, to);
                }
            }
            _ => {}
        }
    }

    /// This value as JSON text (RFC 8259); `number_text` writes the numbers that are not whole.
    ///
    /// ```
    /// use outdial::value::Value;
    /// let value = Value::object([("a", Value::Number(600.0)), ("b", Value::from("\n"))]);
    /// assert_eq!(value.to_json(|number| number.to_string()), r#"{"a":600,"b":"\n"}"#);
    /// ```
    pub fn to_json(&self, number_text: impl Fn(f64) -> String) -> String {
        let mut json = String::with_capacity(USUAL_JSON_BYTES);
        self.write_json(&mut json, &number_text);
        json
    }

    fn write_json(&self, json: &mut String, number_text: &dyn Fn(f64) -> String) {
        match self {
            Value::Null => json.push_str("null"),
            Value::Bool(flag) => json.push_str(if *flag { "true" } else { "false" }),
            Value::Number(number) => write_number(json, *number, number_text),
            Value::Text(text) => write_text(json, text),
            Value::List(items) => {
                json.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        json.push(',');
                    }
                    item.write_json(json, number_text);
                }
                json.push(']');
            }
            Value::Map(members) => {
                json.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    if index > 0 {
                        json.push(',');
                    }
                    write_text(json, name);
                    json.push(':');
                    value.write_json(json, number_text);
                }
                json.push('}');
            }
        }
    }
}

fn write_number(json: &mut String, number: f64, number_text: &dyn Fn(f64) -> String) {
    if number.fract() != 0.0 || number.abs() > MAX_SAFE_INTEGER {
        json.push_str(&number_text(number));
        return;
    }
    if number < 0.0 {
        json.push('-');
    }
    json.push_str(&decimal(number.abs() as u64));
}

/// Copies what needs no escape in runs: most texts are one.
fn write_text(json: &mut String, text: &str) {
    json.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        let (run, behind) = rest.split_at_checked(at).unwrap_or_default();
        json.push_str(run);
        let mut letters = behind.chars();
        write_escaped(json, letters.next().unwrap_or_default());
        rest = letters.as_str();
    }
    json.push_str(rest);
    json.push('"');
}

fn write_escaped(json: &mut String, c: char) {
    match c {
        '"' => json.push_str("\\\""),
        '\\' => json.push_str("\\\\"),
        '\n' => json.push_str("\\n"),
        '\r' => json.push_str("\\r"),
        '\t' => json.push_str("\\t"),
        _ => {
            json.push_str(if c < '\x10' { "\\u000" } else { "\\u001" });
            json.extend(char::from_digit(u32::from(c) & 15, 16));
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Value {
        Value::Bool(flag)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value::Number(number)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::Number(number) => serializer.serialize_f64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Value::Map(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut members = Vec::new();
        while let Some((name, value)) = access.next_entry::<String, Value>()? {
            members.push((Name::Owned(name), value));
        }
        Ok(Value::Map(members))
    }
}

/// The members of an object that is put together: what is not there is left out.
///
/// ```
/// use outdial::value::{Members, Value};
/// let object = Members::default().text("id", Some("x")).text("name", None).object();
/// assert_eq!(object, Value::object([("id", Value::from("x"))]));
/// ```
#[derive(Default)]
pub struct Members(Vec<(Name, Value)>);

impl Members {
    /// Adds a member, if there is a value.
    pub fn put(&mut self, name: &'static str, value: Option<Value>) -> &mut Members {
        if let Some(value) = value {
            if self.0.is_empty() {
                self.0.reserve(USUAL_MEMBERS);
            }
            self.0.push((Name::Borrowed(name), value));
        }
        self
    }

    /// Adds a string, if there is one.
    pub fn text(&mut self, name: &'static str, text: Option<&str>) -> &mut Members {
        self.put(name, text.map(Value::from))
    }

    /// Adds a number, if there is one.
    pub fn number(&mut self, name: &'static str, number: Option<f64>) -> &mut Members {
        self.put(name, number.map(Value::Number))
    }

    /// Adds those members `names` of another object, separated by spaces, that are not there yet.
    pub fn missing(&mut self, names: &'static str, other: &Value) -> &mut Members {
        for name in split(names, b' ') {
            if !self.0.iter().any(|(own, _)| own == name) {
                self.put(name, other.get(name).cloned());
            }
        }
        self
    }

    /// Adds all members of another object.
    pub fn all(&mut self, other: Option<&Value>) -> &mut Members {
        if let Some(Value::Map(members)) = other {
            self.0.extend_from_slice(members);
        }
        self
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The object; none of the members stays.
    pub fn object(&mut self) -> Value {
        Value::Map(std::mem::take(&mut self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_at_a_path_is_found() {
        let value: Value = serde_json::from_str(r#"{"a":{"b":[{"c":"x"},"y"]},"d":null,"e":"z"}"#).unwrap();
        for (paths, found) in [
            ("a.b.0.c", Some("x")),
            ("a.b.1", Some("y")),
            ("a.b.2 d e.f e", Some("z")),
            ("a.b a.b.c d", None),
            ("a.b.00 a.b.10 a.b.:", None),
        ] {
            assert_eq!(value.first_text(paths), found, "{paths}");
        }
        assert!(value.first("d a.b").is_some_and(|list| matches!(list, Value::List(_))));
    }

    #[test]
    fn json_comes_back_as_it_went() {
        let text = r#"{"a":[1.0,null,true,"x"],"b":{"c":-2.5}}"#;
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), text);
    }

    #[test]
    fn writes_the_json_that_others_read() {
        let controls: String = (0..0x30).filter_map(char::from_u32).collect();
        let value = Value::object([
            ("n", Value::List([0.0, -0.0, 1.0, -7.0, 9007199254740991.0, 0.1, -2.5e-7, 1e300].map(Value::from).into())),
            ("t", Value::Text(controls)),
            ("\"\\é😀", Value::Map(vec![("x".into(), Value::Null), ("y".into(), Value::Bool(false))])),
            ("e", Value::List(Vec::new())),
        ]);
        let json = value.to_json(|number| serde_json::to_string(&number).unwrap());
        assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), value, "{json}");
    }

    #[test]
    fn null_members_count_as_missing() {
        let value: Value = serde_json::from_str(r#"{"a":null,"b":"x"}"#).unwrap();
        assert_eq!((value.get("a"), value.text("b"), value.text("c")), (None, Some("x"), None));
    }
}
