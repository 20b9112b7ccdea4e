//! JSON Web Tokens signed with HS256 (RFC 7515, RFC 7518 section 3.2).

use crate::value::Value;
use base64ct::{Base64UrlUnpadded, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A token with these claims, signed with `secret`.
pub fn sign(claims: &Value, secret: &str) -> String {
    let header = Base64UrlUnpadded::encode_string(br#"{"alg":"HS256","typ":"JWT"}"#);
    // Claims hold texts and whole seconds, which need no printer of fractions.
    let payload = Base64UrlUnpadded::encode_string(claims.to_json(|_| String::from("0")).as_bytes());
    let signed = [header.as_str(), ".", &payload].concat();
    let signature = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map(|mut mac| {
        mac.update(signed.as_bytes());
        Base64UrlUnpadded::encode_string(&mac.finalize().into_bytes())
    });
    // HMAC takes keys of any length (RFC 2104, section 2).
    [signed.as_str(), ".", &signature.unwrap_or_default()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

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
