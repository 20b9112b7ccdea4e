//! JavaScript values to plain data and back.

use crate::error::{Issue, MOST_ISSUES};
use crate::input::Input;
use crate::text::decimal;
use crate::value::{Name, Value};
use wasm_bindgen::prelude::*;

/// How many members are given room before they are read.
const MOST_AT_ONCE: usize = 64;

#[wasm_bindgen]
extern "C" {
    /// What pack.js gives.
    pub type Packed;

    #[wasm_bindgen(method, getter)]
    fn tape(this: &Packed) -> Vec<f64>;

    #[wasm_bindgen(method, getter)]
    fn text(this: &Packed) -> String;
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = String)]
    fn number_text(number: f64) -> String;
}

/// Reads what pack.js has packed.
pub fn read(packed: &Packed) -> Input {
    let (tape, text) = (packed.tape(), packed.text());
    let mut reader = Reader { tape: tape.iter(), text: &text, path: Vec::new(), issues: Vec::new() };
    let value = reader.read().unwrap_or(Value::Null);
    Input { value, issues: reader.issues }
}

/// Plain data as JavaScript values: one text that the runtime parses costs less than a crossing for every member.
///
/// # Errors
/// None that is known: what is written is JSON.
pub fn to_js(data: &Value) -> Result<JsValue, JsValue> {
    js_sys::JSON::parse(&to_json(data))
}

/// Plain data as JSON text.
pub fn to_json(value: &Value) -> String {
    value.to_json(number_text)
}

/// A reader of the tape that pack.js writes.
struct Reader<'a> {
    tape: std::slice::Iter<'a, f64>,
    text: &'a str,
    path: Vec<Step<'a>>,
    issues: Vec<Issue>,
}

/// One step down into an input.
enum Step<'a> {
    Name(&'a str),
    Index(u32),
}

impl<'a> Reader<'a> {
    fn number(&mut self) -> f64 {
        self.tape.next().copied().unwrap_or_default()
    }

    /// The next value; `None` if it was refused.
    fn read(&mut self) -> Option<Value> {
        Some(match self.number() as u32 {
            1 => Value::Bool(false),
            2 => Value::Bool(true),
            3 => Value::Number(self.number()),
            4 => Value::Text(self.read_text().to_owned()),
            5 => {
                let count = self.number() as u32;
                let mut items = Vec::new();
                for index in 0..count {
                    items.push(self.read_member(Step::Index(index)).unwrap_or(Value::Null));
                }
                Value::List(items)
            }
            6 => {
                let count = self.number() as u32;
                let mut members = Vec::with_capacity((count as usize).min(MOST_AT_ONCE));
                for _ in 0..count {
                    let name = self.read_text();
                    if let Some(value) = self.read_member(Step::Name(name)) {
                        members.push((Name::Owned(name.to_owned()), value));
                    }
                }
                Value::Map(members)
            }
            7 => {
                let reason = match self.number() as u32 {
                    0 => "must be a finite number",
                    2 => "is nested too deeply",
                    3 => "cannot be read: it throws",
                    4 => "is too large",
                    5 => "cannot be the name of a field",
                    6 => "holds half a character (a lone surrogate)",
                    7 => "holds itself",
                    _ => "cannot be sent as JSON",
                };
                if self.issues.len() < MOST_ISSUES {
                    self.issues.push(Issue::new(&self.path(), "invalid_type", reason));
                }
                return None;
            }
            _ => Value::Null,
        })
    }

    fn read_member(&mut self, step: Step<'a>) -> Option<Value> {
        self.path.push(step);
        let value = self.read();
        self.path.pop();
        value
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for step in &self.path {
            if !path.is_empty() {
                path.push('.');
            }
            match step {
                Step::Name(name) => path.push_str(name),
                Step::Index(index) => path.push_str(&decimal(u64::from(*index))),
            }
        }
        path
    }

    /// The next text, whose length on the tape is in UTF-16 units; a separator stands behind it.
    fn read_text(&mut self) -> &'a str {
        let units = self.number() as usize;
        let end = match self.text.as_bytes().get(..units) {
            // Letters of one byte are one unit each, and most texts hold no others.
            Some(bytes) if bytes.is_ascii() => units,
            _ => self.end_of(units),
        };
        let (text, rest) = self.text.split_at_checked(end).unwrap_or_default();
        self.text = rest.strip_prefix('\0').unwrap_or(rest);
        text
    }

    fn end_of(&self, units: usize) -> usize {
        let mut seen = 0;
        let end = self.text.char_indices().find(|(_, c)| {
            let ends = seen >= units;
            seen += c.len_utf16();
            ends
        });
        end.map_or(self.text.len(), |(at, _)| at)
    }
}
