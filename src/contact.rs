//! Contacts in this package's vocabulary.

use crate::fields::{Field, Kind};
use crate::text::{cut, has, split};

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
    // No `@` stands in either part, so there is one.
    let Some((local, domain)) = cut(text, b'@') else { return false };
    text.len() <= 254
        && local.len() <= 64
        && split(local, b'.').all(|atom| is_word(atom, "!#$%&'*+-/=?^_`{|}~"))
        && has(domain, b'.')
        && split(domain, b'.').all(|label| is_word(label, "-") && label.len() <= 63 && !is_at_an_end(label, b'-'))
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// Whether a text is of letters, digits and these other characters, and not empty.
fn is_word(text: &str, others: &str) -> bool {
    let may_stand = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || has(others, byte);
    !text.is_empty() && text.bytes().all(may_stand)
}

fn is_at_an_end(text: &str, character: u8) -> bool {
    [text.as_bytes().first(), text.as_bytes().last()].contains(&Some(&character))
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
