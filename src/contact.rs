//! Contacts: what a caller asks for and what a platform answers.

use crate::fields::Fields;
use crate::number::{Number, Numbers};
use crate::providers::Capabilities;
use crate::value::{Members, Value};

/// The fields of a contact in this package's vocabulary.
pub const CONTACT_FIELDS: [&str; 10] = [
    "phoneNumber",
    "firstName",
    "lastName",
    "name",
    "email",
    "salutation",
    "tags",
    "customFields",
    "extension",
    "extra",
];

/// What a platform says of the contacts it takes.
pub struct ContactRules {
    /// The fields of [`CONTACT_FIELDS`] that its wire format cannot carry
    pub unsupported: &'static [&'static str],
    /// The fields that it asks for, beside `phoneNumber`
    pub required: &'static [&'static str],
    /// The most characters (Unicode code points) of a name
    pub max_name_chars: usize,
    /// The wire names that fields of this vocabulary map to; `extra` may not set them
    pub wire_names: &'static [&'static str],
}

/// A contact to create, valid by construction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewContact {
    /// Whom it stands for
    pub phone_number: Number,
    /// Given name
    pub first_name: Option<String>,
    /// Family name
    pub last_name: Option<String>,
    /// Whole name
    pub name: Option<String>,
    /// An e-mail address
    pub email: Option<String>,
    /// Mr. or Mrs., in the platform's words
    pub salutation: Option<String>,
    /// Words to find it by
    pub tags: Option<Vec<String>>,
    /// An object of the caller's own fields
    pub custom_fields: Option<Value>,
    /// What to dial behind the number
    pub extension: Option<String>,
    /// Members that go into the platform's body as they are
    pub extra: Vec<(String, Value)>,
}

impl NewContact {
    /// Reads an input under a platform's rules; problems are added to the reader's issues.
    pub fn read(fields: &mut Fields<'_>, platform: &Capabilities, numbers: Numbers) -> NewContact {
        let rules = &platform.contact;
        fields.require(&["phoneNumber"]);
        fields.require(rules.required);
        let contact = NewContact {
            phone_number: numbers.read(fields, "phoneNumber").unwrap_or_default(),
            first_name: name(fields, "firstName", rules.max_name_chars),
            last_name: name(fields, "lastName", rules.max_name_chars),
            name: name(fields, "name", rules.max_name_chars),
            email: email(fields, "email"),
            salutation: fields.text("salutation"),
            tags: tags(fields),
            custom_fields: fields.object("customFields").cloned(),
            extension: fields.text("extension"),
            extra: extra(fields, rules.wire_names),
        };
        fields.refuse(rules.unsupported, platform.name);
        fields.only(&CONTACT_FIELDS);
        contact
    }
}

/// A contact as a platform answers it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contact {
    /// The platform's name for it; opaque
    pub id: String,
    /// As the platform writes it
    pub phone_number: Option<String>,
    /// Given name
    pub first_name: Option<String>,
    /// Family name
    pub last_name: Option<String>,
    /// Whole name, where the platform keeps one
    pub name: Option<String>,
    /// E-mail address
    pub email: Option<String>,
    /// The caller's own fields
    pub custom_fields: Option<Value>,
    /// ISO 8601
    pub created_at: Option<String>,
    /// ISO 8601
    pub updated_at: Option<String>,
    /// The platform
    pub provider: &'static str,
    /// The platform's name for the request
    pub request_id: Option<String>,
}

impl Contact {
    /// The contact as the package gives it.
    pub fn to_value(&self) -> Value {
        Members::default()
            .text("id", Some(&self.id))
            .text("phoneNumber", self.phone_number.as_deref())
            .text("firstName", self.first_name.as_deref())
            .text("lastName", self.last_name.as_deref())
            .text("name", self.name.as_deref())
            .text("email", self.email.as_deref())
            .put("customFields", self.custom_fields.clone())
            .text("createdAt", self.created_at.as_deref())
            .text("updatedAt", self.updated_at.as_deref())
            .text("provider", Some(self.provider))
            .text("requestId", self.request_id.as_deref())
            .object()
    }
}

/// Reads `extra`: an object whose members go into the body as they are, except those that the vocabulary maps itself.
pub fn extra(fields: &mut Fields<'_>, wire_names: &[&str]) -> Vec<(String, Value)> {
    let Some(Value::Map(members)) = fields.object("extra") else { return Vec::new() };
    for (name, _) in members {
        if wire_names.contains(&name.as_str()) {
            let path = ["extra.", name].concat();
            fields.issue(&path, "reserved_field", "is set by a field of this package; use that field");
        }
    }
    members.clone()
}

fn name(fields: &mut Fields<'_>, field: &str, max_chars: usize) -> Option<String> {
    let text = fields.text(field)?;
    if text.chars().count() > max_chars {
        let limit = crate::value::decimal(max_chars as u64);
        fields.issue(field, "too_long", &["is longer than ", &limit, " characters"].concat());
    }
    Some(text)
}

fn tags(fields: &mut Fields<'_>) -> Option<Vec<String>> {
    let Value::List(items) = fields.value("tags")? else {
        fields.issue("tags", "invalid_type", "must be a list of strings");
        return None;
    };
    let tags: Vec<String> = items.iter().filter_map(Value::as_text).map(str::to_owned).collect();
    if tags.len() < items.len() {
        fields.issue("tags", "invalid_type", "must be a list of strings");
    }
    Some(tags)
}

fn email(fields: &mut Fields<'_>, field: &str) -> Option<String> {
    let text = fields.text(field)?;
    if !is_email(&text) {
        fields.issue(field, "invalid_format", "must be an e-mail address, such as john@example.com");
    }
    Some(text)
}

/// Whether `text` has the shape of an e-mail address: a local part, `@`, and a domain of two labels or more; no white
/// space (RFC 5321, sections 4.1.2 and 4.5.3.1, without its quoted forms).
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let in_local = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric() || c == '-')
    };
    text.len() <= 254
        && (1..=64).contains(&local.len())
        && local.split('.').all(|atom| !atom.is_empty())
        && local.chars().all(in_local)
        && domain.contains('.')
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
