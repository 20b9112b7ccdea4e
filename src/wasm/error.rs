//! The package's error class.

use super::convert;
use crate::error::Error;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "../error.js")]
extern "C" {
    type OutdialError;

    #[wasm_bindgen(constructor)]
    fn new(fields: &JsValue, cause: &JsValue) -> OutdialError;
}

/// An `OutdialError`, with what was thrown beneath it.
pub fn to_js(error: &Error, cause: Option<JsValue>) -> JsValue {
    match convert::to_js(&error.to_value()) {
        Ok(fields) => OutdialError::new(&fields, &cause.unwrap_or(JsValue::UNDEFINED)).into(),
        Err(thrown) => thrown,
    }
}
