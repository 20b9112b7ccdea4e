//! JavaScript values to plain data and back.

use crate::error::Issue;
use crate::input::Input;
use crate::value::{Value, decimal};
use js_sys::{Array, Function, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// Deeper than any form or document of the platforms, and shallow enough for the stack.
const MAX_DEPTH: usize = 64;

/// More than any form of a caller holds, and walked in the blink of an eye: objects that share others, or that make new
/// ones when asked, can hold more than there is time for.
const MAX_VALUES: usize = 50_000;

/// Enough for a person to see what is wrong.
const MAX_ISSUES: usize = 100;

#[wasm_bindgen]
extern "C" {
    // Unlike js_sys's, these catch: a Proxy may throw anywhere.
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["Object", "prototype", "toString"], js_name = call)]
    fn tag(value: &JsValue) -> Result<String, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn object_keys(object: &JsValue) -> Result<Array, JsValue>;

    #[wasm_bindgen(catch, js_namespace = JSON, js_name = parse)]
    fn json_parse(text: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = JSON, js_name = stringify)]
    fn json_stringify(value: &JsValue) -> Result<JsValue, JsValue>;
}

/// Reads what a caller gave, but for the members named in `except`.
pub fn read_input(value: &JsValue, except: &[&str]) -> Input {
    let mut reader = Reader::new(except, MAX_VALUES);
    let value = if value.is_undefined() && !except.is_empty() { Value::Map(Vec::new()) } else { reader.read(value) };
    Input { value, issues: reader.issues }
}

/// Reads a JSON document, as JavaScript values and as plain data; `None` for what is not JSON.
pub fn read_json(text: &JsValue) -> Option<(JsValue, Value)> {
    let document = json_parse(text).ok()?;
    let value = Reader::new(&[], usize::MAX).read(&document);
    Some((document, value))
}

/// Plain data as JavaScript values.
///
/// # Errors
/// None for the types of this crate.
pub fn to_js<T: Serialize>(data: &T) -> Result<JsValue, JsValue> {
    data.serialize(&Serializer::json_compatible()).map_err(JsValue::from)
}

/// Plain data as JSON text.
///
/// # Errors
/// None for the types of this crate.
pub fn to_json(value: &Value) -> Result<JsValue, JsValue> {
    json_stringify(&to_js(value)?)
}

/// The member `name` of any value; `undefined` where there is none or where reading it throws.
pub fn member(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A member of what a caller gave that is no data, and an issue where reading it throws.
pub fn special_member(value: &JsValue, name: &str) -> (JsValue, Option<Issue>) {
    match Reflect::get(value, &name.into()) {
        Err(_) if value.is_object() => (JsValue::UNDEFINED, Some(Issue::new(name, "invalid_type", "cannot be read"))),
        member => (member.unwrap_or(JsValue::UNDEFINED), None),
    }
}

struct Reader<'a> {
    issues: Vec<Issue>,
    path: Vec<String>,
    except: &'a [&'a str],
    /// The objects that hold the one being read
    holders: Vec<JsValue>,
    /// How many more values may be read
    values_left: usize,
}

impl<'a> Reader<'a> {
    fn new(except: &'a [&'a str], max_values: usize) -> Reader<'a> {
        Reader { issues: Vec::new(), path: Vec::new(), except, holders: Vec::new(), values_left: max_values }
    }

    fn read(&mut self, value: &JsValue) -> Value {
        if value.is_undefined() || value.is_null() {
            return Value::Null;
        }
        if let Some(flag) = value.as_bool() {
            return Value::Bool(flag);
        }
        if let Some(number) = value.as_f64() {
            return if number.is_finite() { Value::Number(number) } else { self.refuse("must be a finite number") };
        }
        if let Some(text) = value.as_string() {
            return if is_whole(&text, value) { Value::Text(text) } else { self.refuse(HALF_A_CHARACTER) };
        }
        if !value.is_object() || value.is_function() {
            return self.refuse(NO_JSON);
        }
        if self.holders.contains(value) {
            return self.refuse("holds itself");
        }
        if self.holders.len() >= MAX_DEPTH {
            return self.refuse("is nested too deeply");
        }
        self.holders.push(value.clone());
        let read = self.read_object(value);
        self.holders.pop();
        read
    }

    fn read_object(&mut self, value: &JsValue) -> Value {
        // Dates and URLs say themselves what they are in JSON; a date that is none says null.
        if let Ok(to_json) = member(value, "toJSON").dyn_into::<Function>() {
            return match to_json.call0(value) {
                Ok(json) if !json.is_object() && !json.is_null() && !json.is_undefined() => self.read(&json),
                _ => self.refuse(NO_JSON),
            };
        }
        match is_array(value) {
            Ok(true) => self.read_list(value),
            // What a Map, a form or a buffer holds is not in its members: read as an object it would be empty.
            Ok(false) if tag(value).is_ok_and(|tag| tag == "[object Object]") => self.read_map(value),
            Ok(false) => self.refuse(NO_JSON),
            Err(_) => self.refuse(UNREADABLE),
        }
    }

    fn read_list(&mut self, list: &JsValue) -> Value {
        let Some(length) = member(list, "length").as_f64() else { return self.refuse(UNREADABLE) };
        let mut items = Vec::new();
        while (items.len() as f64) < length && self.goes_on() {
            let index = items.len() as f64;
            let item = self.read_member(list, &index.into(), decimal(items.len() as u64));
            items.push(item.unwrap_or(Value::Null));
        }
        Value::List(items)
    }

    fn read_map(&mut self, object: &JsValue) -> Value {
        let Ok(keys) = object_keys(object) else { return self.refuse(UNREADABLE) };
        let mut members = Vec::new();
        for key in keys.iter() {
            let name = key.as_string().unwrap_or_default();
            if self.path.is_empty() && self.except.contains(&name.as_str()) {
                continue;
            }
            if !self.goes_on() {
                break;
            }
            // Set on a fresh object, this name would change its prototype instead of becoming a member.
            let problem = if name == "__proto__" {
                Some("cannot be the name of a field")
            } else {
                Some(HALF_A_CHARACTER).filter(|_| !is_whole(&name, &key))
            };
            if let Some(problem) = problem {
                self.path.push(name);
                self.refuse(problem);
                self.path.pop();
            } else if let Some(value) = self.read_member(object, &key, name.clone()) {
                members.push((name, value));
            }
        }
        Value::Map(members)
    }

    /// Reads a member; `None` if it is `undefined`, as in JSON.
    fn read_member(&mut self, object: &JsValue, key: &JsValue, name: String) -> Option<Value> {
        self.path.push(name);
        let value = match Reflect::get(object, key) {
            Ok(value) if value.is_undefined() => None,
            Ok(value) => Some(self.read(&value)),
            Err(_) => Some(self.refuse(UNREADABLE)),
        };
        self.path.pop();
        value
    }

    /// Counts one more value, unless there are too many already.
    fn goes_on(&mut self) -> bool {
        if self.values_left == 1 {
            self.path.truncate(1);
            self.refuse("holds too many values");
        }
        self.values_left = self.values_left.saturating_sub(1);
        self.values_left > 0 && self.issues.len() < MAX_ISSUES
    }

    fn refuse(&mut self, message: &str) -> Value {
        self.issues.push(Issue::new(&self.path.join("."), "invalid_type", message));
        Value::Null
    }
}

const NO_JSON: &str = "cannot be sent as JSON";
const UNREADABLE: &str = "cannot be read";
const HALF_A_CHARACTER: &str = "holds half a character (an unpaired surrogate)";

/// Whether `text` is all of the JavaScript string `value`: half a surrogate pair has no place in UTF-8 and was replaced.
fn is_whole(text: &str, value: &JsValue) -> bool {
    !text.contains('\u{fffd}') || JsValue::from_str(text) == *value
}
