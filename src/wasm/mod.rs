//! The JavaScript surface: it translates and decides nothing.

use wasm_bindgen::prelude::*;

/// See `isE164` in the package.
#[wasm_bindgen(js_name = isE164)]
pub fn is_e164(text: &str) -> bool {
    crate::phone::is_e164(text)
}
