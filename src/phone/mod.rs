//! Phone numbers.

/// Whether `text` has the shape of an E.164 number: `+`, then 2 to 15 digits of which the first is not 0.
///
/// This is a check of shape alone; it does not say that the number exists.
///
/// ```
/// assert!(outdial::phone::is_e164("+14155552671"));
/// assert!(!outdial::phone::is_e164("+1 415 555 2671"));
/// ```
pub fn is_e164(text: &str) -> bool {
    match text.as_bytes() {
        [b'+', b'1'..=b'9', rest @ ..] => (1..=14).contains(&rest.len()) && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}
