//! JSON Web Tokens signed with HS256 (RFC 7515, RFC 7518 section 3.2).

use crate::value::Value;
use hmac::{KeyInit, Mac, SimpleHmac};
use sha2::Sha256;

/// A token with these claims, signed with `secret`.
pub fn sign(claims: &Value, secret: &str) -> String {
    let header = base64_url(br#"{"alg":"HS256","typ":"JWT"}"#);
    // Claims hold texts and whole seconds, which need no printer of fractions.
    let payload = base64_url(claims.to_json(|_| String::from("0")).as_bytes());
    let signed = [header.as_str(), ".", &payload].concat();
    let signature = SimpleHmac::<Sha256>::new_from_slice(secret.as_bytes()).map(|mut mac| {
        mac.update(signed.as_bytes());
        base64_url(&mac.finalize().into_bytes())
    });
    // HMAC takes keys of any length (RFC 2104, section 2).
    [signed.as_str(), ".", &signature.unwrap_or_default()].concat()
}

/// RFC 4648, section 5, without padding.
fn base64_url(bytes: &[u8]) -> String {
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for sextet in 0..=group.len() {
            text.push(match (bits >> (18 - 6 * sextet) & 63) as u8 {
                upper @ 0..=25 => char::from(b'A' + upper),
                lower @ 26..=51 => char::from(b'a' + lower - 26),
                digit @ 52..=61 => char::from(b'0' + digit - 52),
                62 => '-',
                _ => '_',
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_base64_is_its_own() {
        // The test vectors of RFC 4648, section 10, and the two letters in which the alphabets differ.
        let vectors = [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE")];
        for (text, encoded) in vectors {
            assert_eq!(base64_url(text.as_bytes()), encoded);
        }
        assert_eq!(base64_url(&[0x00, 0x10, 0x83, 0x10, 0x51, 0x87, 0xFB, 0xFF, 0xBF]), "ABCDEFGH-_-_");
    }

    #[test]
    fn signs_as_others_do() {
        // Python's hmac and hashlib over the same header and claims.
        let claims = Value::object([("sub", Value::from("1234567890")), ("appId", Value::from("cs-1"))]);
        assert_eq!(
            sign(&claims, "secret"),
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwiYXBwSWQiOiJjcy0xIn0.ystdZrU-tu82r2hueSiIcu-hIfe5PgQie6q9U9ABzM0"
        );
    }
}
