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

#[wasm_bindgen]
extern "C" {
    // Unlike js_sys's, these catch: a Proxy may throw anywhere.
    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn object_keys(object: &JsValue) -> Result<Array, JsValue>;

    #[wasm_bindgen(catch, js_namespace = JSON, js_name = parse)]
    fn json_parse(text: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = JSON, js_name = stringify)]
    fn json_stringify(value: &JsValue) -> Result<JsValue, JsValue>;
}

/// Reads what a caller gave, but for the members named in `except`.
pub fn read_input(value: &JsValue, except: &[&str]) -> Input {
    let mut reader = Reader { issues: Vec::new(), path: Vec::new(), except };
    let value = if value.is_undefined() && !except.is_empty() { Value::Map(Vec::new()) } else { reader.read(value) };
    Input { value, issues: reader.issues }
}

/// Reads a JSON document, as JavaScript values and as plain data; `None` for what is not JSON.
pub fn read_json(text: &JsValue) -> Option<(JsValue, Value)> {
    let document = json_parse(text).ok()?;
    let value = Reader { issues: Vec::new(), path: Vec::new(), except: &[] }.read(&document);
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

struct Reader<'a> {
    issues: Vec<Issue>,
    path: Vec<String>,
    except: &'a [&'a str],
}

impl Reader<'_> {
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
            return Value::Text(text);
        }
        if !value.is_object() || value.is_function() {
            return self.refuse("cannot be sent as JSON");
        }
        if self.path.len() >= MAX_DEPTH {
            return self.refuse("is nested too deeply, or holds itself");
        }
        // Dates and URLs say themselves what they are in JSON.
        if let Ok(to_json) = member(value, "toJSON").dyn_into::<Function>() {
            return match to_json.call0(value) {
                Ok(json) if !json.is_object() => self.read(&json),
                _ => self.refuse("cannot be sent as JSON"),
            };
        }
        if Array::is_array(value) { self.read_list(value.unchecked_ref()) } else { self.read_map(value) }
    }

    fn read_list(&mut self, list: &Array) -> Value {
        let mut items = Vec::new();
        for index in 0..list.length() {
            let item = self.read_member(list, &index.into(), decimal(u64::from(index)));
            items.push(item);
        }
        Value::List(items)
    }

    fn read_map(&mut self, object: &JsValue) -> Value {
        let Ok(keys) = object_keys(object) else { return self.refuse("cannot be read") };
        let mut members = Vec::new();
        for key in keys.iter() {
            let name = key.as_string().unwrap_or_default();
            if self.path.is_empty() && self.except.contains(&name.as_str()) {
                continue;
            }
            // Set on a fresh object, this name would change its prototype instead of becoming a member.
            if name == "__proto__" {
                self.path.push(name);
                self.refuse("cannot be the name of a field");
                self.path.pop();
                continue;
            }
            match self.read_member(object, &key, name.clone()) {
                Value::Null => {}
                value => members.push((name, value)),
            }
        }
        Value::Map(members)
    }

    fn read_member(&mut self, object: &JsValue, key: &JsValue, name: String) -> Value {
        self.path.push(name);
        let value = match Reflect::get(object, key) {
            Ok(value) => self.read(&value),
            Err(_) => self.refuse("cannot be read"),
        };
        self.path.pop();
        value
    }

    fn refuse(&mut self, message: &str) -> Value {
        self.issues.push(Issue::new(&self.path.join("."), "invalid_type", message));
        Value::Null
    }
}
