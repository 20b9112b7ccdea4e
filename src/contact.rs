//! Contacts in this package's vocabulary.

use crate::fields::{Field, Kind};
use crate::http::has;

/// The fields of a contact to create.
pub const CONTACT_FIELDS: [Field; 10] = [
    ("phoneNumber", Kind::Phone),
    ("firstName", Kind::Name),
    ("lastName", Kind::Name),
    ("name", Kind::Name),
    ("email", Kind::Email),
    ("salutation", Kind::Text),
    ("tags", Kind::Tags),
    ("customFields", Kind::Object),
    ("extension", Kind::Text),
    ("extra", Kind::Extra),
];

/// Whether `text` has the shape of an e-mail address: a local part, `@`, and a domain of two labels or more; no white
/// space (RFC 5321, sections 4.1.2 and 4.5.3.1, without its quoted forms).
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let in_local = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || has("!#$%&'*+-/=?^_`{|}~.", byte);
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii() || byte == b'-')
    };
    text.len() <= 254
        && (1..=64).contains(&local.len())
        && local.split('.').all(|atom| !atom.is_empty())
        && local.bytes().all(in_local)
        && has(domain, b'.')
        && domain.split('.').all(is_label)
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_an_email_address_by_its_shape() {
        for text in ["john@example.com", "a.b+c@x-y.co.uk", "jörg@müller.example", "o'neil@mail.example"] {
            assert!(is_email(text), "{text}");
        }
        for text in [
            "",
            "john",
            "@example.com",
            "john@",
            "john@example",
            "john@@example.com",
            "a b@example.com",
            ".a@example.com",
            "a..b@example.com",
            "a@-x.com",
            "a@x..com",
            "a@x.com\n",
            "a@x.com.",
            "a@exa_mple.com",
            "<a@x.com>",
        ] {
            assert!(!is_email(text), "{text}");
        }
        assert!(!is_email(&["a".repeat(65).as_str(), "@example.com"].concat()));
    }
}
