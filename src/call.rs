//! Calls: what a caller asks for and what a platform answers.

use crate::contact::extra;
use crate::fields::Fields;
use crate::number::{Number, Numbers};
use crate::providers::Capabilities;
use crate::value::{Members, Value};

/// The fields of a call in this package's vocabulary.
pub const CALL_FIELDS: [&str; 7] =
    ["agentId", "phoneNumber", "contactId", "fromNumber", "variables", "settings", "extra"];

/// The fields of a call's `settings`.
pub const SETTINGS_FIELDS: [&str; 5] =
    ["recordingEnabled", "transcriptionEnabled", "greeting", "maxDurationSeconds", "joinTimeoutSeconds"];

// No page names a limit; this one, some 136 years, keeps the number whole on every wire.
const MOST_SECONDS: u64 = u32::MAX as u64;

/// What a platform says of the calls it places.
pub struct CallRules {
    /// The fields of [`CALL_FIELDS`] that its wire format cannot carry
    pub unsupported: &'static [&'static str],
    /// The fields that it asks for, beside who is called
    pub required: &'static [&'static str],
    /// The wire names that fields of this vocabulary map to; `extra` may not set them
    pub wire_names: &'static [&'static str],
}

/// A call to place, valid by construction.
#[derive(Clone, Debug, PartialEq)]
pub struct NewCall {
    /// Who talks
    pub agent_id: Option<String>,
    /// Who is called
    pub callee: Callee,
    /// The caller's number
    pub from_number: Option<Number>,
    /// An object of values that the agent's script reads
    pub variables: Option<Value>,
    /// What to do differently in this call
    pub settings: CallSettings,
    /// Members that go into the platform's body as they are
    pub extra: Vec<(String, Value)>,
}

/// Who is called.
#[derive(Clone, Debug, PartialEq)]
pub enum Callee {
    /// A number
    Number(Number),
    /// A contact that exists on the platform
    Contact(String),
}

/// Settings of one call; what is `None` is left to the agent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallSettings {
    /// Whether to record it
    pub recording_enabled: Option<bool>,
    /// Whether to transcribe it
    pub transcription_enabled: Option<bool>,
    /// What the agent says first
    pub greeting: Option<String>,
    /// How long it may last
    pub max_duration_seconds: Option<u64>,
    /// How long to wait for the callee to answer
    pub join_timeout_seconds: Option<u64>,
}

impl NewCall {
    /// Reads an input under a platform's rules; problems are added to the reader's issues.
    pub fn read(fields: &mut Fields<'_>, platform: &Capabilities, numbers: Numbers) -> NewCall {
        let rules = &platform.call;
        fields.require(rules.required);
        let call = NewCall {
            agent_id: fields.text("agentId"),
            callee: callee(fields, rules, numbers),
            from_number: numbers.read(fields, "fromNumber"),
            variables: variables(fields),
            settings: settings(fields),
            extra: extra(fields, rules.wire_names),
        };
        fields.refuse(rules.unsupported, platform.name);
        fields.only(&CALL_FIELDS);
        call
    }
}

fn callee(fields: &mut Fields<'_>, rules: &CallRules, numbers: Numbers) -> Callee {
    let takes_contacts = !rules.unsupported.contains(&"contactId");
    match fields.value("contactId") {
        Some(_) if takes_contacts => {
            if fields.value("phoneNumber").is_some() {
                fields.issue(
                    "phoneNumber",
                    "reserved_field",
                    "cannot stand beside contactId: one of them says who is called",
                );
            }
            Callee::Contact(fields.required_text("contactId"))
        }
        _ => {
            fields.require(&["phoneNumber"]);
            Callee::Number(numbers.read(fields, "phoneNumber").unwrap_or_default())
        }
    }
}

/// What can be changed of a call that exists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallChanges {
    /// An object to store with it
    pub context: Option<Value>,
    /// Whether to record and to transcribe it
    pub settings: CallSettings,
}

impl CallChanges {
    /// Reads an input, whose `id` is read elsewhere; problems are added to the reader's issues.
    pub fn read(fields: &mut Fields<'_>) -> CallChanges {
        let changes = CallChanges { context: fields.object("context").cloned(), settings: changed_settings(fields) };
        if changes == CallChanges::default() && fields.value("context").is_none() && fields.value("settings").is_none()
        {
            fields.issue("", "required", "must hold context or settings");
        }
        fields.only(&["id", "context", "settings"]);
        changes
    }
}

fn changed_settings(fields: &mut Fields<'_>) -> CallSettings {
    let Some(object) = fields.object("settings") else { return CallSettings::default() };
    let mut inner = fields.nested(object, "settings");
    let settings = CallSettings {
        recording_enabled: inner.flag("recordingEnabled"),
        transcription_enabled: inner.flag("transcriptionEnabled"),
        ..CallSettings::default()
    };
    inner.only(&["recordingEnabled", "transcriptionEnabled"]);
    settings
}

/// Which calls to list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallQuery {
    /// How far they are, in this package's words
    pub status: Option<String>,
    /// `inbound` or `outbound`
    pub direction: Option<String>,
    /// Who talks
    pub agent_id: Option<String>,
    /// How many at the most, 1 to 100
    pub limit: Option<u64>,
    /// How many to pass over
    pub offset: Option<u64>,
}

impl CallQuery {
    /// Reads an input; problems are added to the reader's issues.
    pub fn read(fields: &mut Fields<'_>) -> CallQuery {
        let query = CallQuery {
            status: one_of(fields, "status", &STATUSES),
            direction: one_of(fields, "direction", &["inbound", "outbound"]),
            agent_id: fields.text("agentId"),
            limit: fields.whole("limit", 1, 100, "calls"),
            offset: fields.whole("offset", 0, u64::from(u32::MAX), "calls"),
        };
        fields.only(&["status", "direction", "agentId", "limit", "offset"]);
        query
    }
}

/// The words of [`CallStatus`] by which calls can be listed.
const STATUSES: [&str; 8] =
    ["queued", "ringing", "in_progress", "completed", "failed", "no_answer", "busy", "voicemail"];

fn one_of(fields: &mut Fields<'_>, name: &str, words: &[&str]) -> Option<String> {
    let word = fields.text(name)?;
    if !words.contains(&word.as_str()) {
        fields.issue(name, "invalid_format", &["must be one of ", &words.join(", ")].concat());
    }
    Some(word)
}

fn variables(fields: &mut Fields<'_>) -> Option<Value> {
    let object = fields.object("variables")?;
    if let Value::Map(members) = object {
        for (name, value) in members {
            if matches!(value, Value::Null | Value::List(_) | Value::Map(_)) {
                let path = ["variables.", name].concat();
                fields.issue(&path, "invalid_type", "must be a string, a number, true or false");
            }
        }
    }
    Some(object.clone())
}

fn settings(fields: &mut Fields<'_>) -> CallSettings {
    let Some(object) = fields.object("settings") else { return CallSettings::default() };
    let mut inner = fields.nested(object, "settings");
    let settings = CallSettings {
        recording_enabled: inner.flag("recordingEnabled"),
        transcription_enabled: inner.flag("transcriptionEnabled"),
        greeting: inner.text("greeting"),
        max_duration_seconds: inner.whole("maxDurationSeconds", 1, MOST_SECONDS, "seconds"),
        join_timeout_seconds: inner.whole("joinTimeoutSeconds", 1, MOST_SECONDS, "seconds"),
    };
    inner.only(&SETTINGS_FIELDS);
    settings
}

/// How far a call is, in one vocabulary for every platform.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CallStatus {
    /// Waiting to be placed
    Queued,
    /// The phone rings
    Ringing,
    /// Somebody talks
    InProgress,
    /// Ended normally
    Completed,
    /// Could not be placed; `last_error` says why
    Failed,
    /// Nobody answered
    NoAnswer,
    /// The line was busy
    Busy,
    /// A machine answered
    Voicemail,
    /// Taken back before it was answered
    Canceled,
    /// A word that this package does not know; the raw answer has it
    #[default]
    Unknown,
}

impl CallStatus {
    /// The status in the package's words.
    pub fn name(self) -> &'static str {
        match self {
            CallStatus::Queued => "queued",
            CallStatus::Ringing => "ringing",
            CallStatus::InProgress => "in_progress",
            CallStatus::Completed => "completed",
            CallStatus::Failed => "failed",
            CallStatus::NoAnswer => "no_answer",
            CallStatus::Busy => "busy",
            CallStatus::Voicemail => "voicemail",
            CallStatus::Canceled => "canceled",
            CallStatus::Unknown => "unknown",
        }
    }

    /// Reads a platform's word; case does not matter, nor whether words are joined by `_`, `-` or a space.
    ///
    /// ```
    /// use outdial::call::CallStatus;
    /// assert_eq!(CallStatus::read("in-progress"), CallStatus::InProgress);
    /// ```
    pub fn read(word: &str) -> CallStatus {
        let letters: String = word.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
        match letters.as_str() {
            "queued" | "scheduled" | "registered" | "initiated" => CallStatus::Queued,
            "ringing" => CallStatus::Ringing,
            "inprogress" | "ongoing" | "answered" | "callinprogress" => CallStatus::InProgress,
            "completed" | "complete" | "ended" | "done" => CallStatus::Completed,
            "failed" | "error" | "notconnected" => CallStatus::Failed,
            "noanswer" => CallStatus::NoAnswer,
            "busy" => CallStatus::Busy,
            "voicemail" => CallStatus::Voicemail,
            "canceled" | "cancelled" => CallStatus::Canceled,
            _ => CallStatus::Unknown,
        }
    }
}

/// A call as a platform answers it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Call {
    /// The platform's name for it; opaque
    pub id: Option<String>,
    /// How far it is
    pub status: CallStatus,
    /// Who talks
    pub agent_id: Option<String>,
    /// Who is called
    pub phone_number: Option<String>,
    /// The caller's number
    pub from_number: Option<String>,
    /// The contact that is called
    pub contact_id: Option<String>,
    /// `inbound` or `outbound`
    pub direction: Option<String>,
    /// ISO 8601
    pub created_at: Option<String>,
    /// ISO 8601
    pub started_at: Option<String>,
    /// ISO 8601
    pub ended_at: Option<String>,
    /// Length in seconds
    pub duration_seconds: Option<f64>,
    /// Cost in US dollars
    pub cost_usd: Option<f64>,
    /// What was said, in short
    pub summary: Option<String>,
    /// Where the recording is
    pub recording_url: Option<String>,
    /// Why it failed
    pub last_error: Option<String>,
    /// What is stored with it
    pub context: Option<Value>,
    /// The platform
    pub provider: &'static str,
    /// The platform's name for the request
    pub request_id: Option<String>,
}

impl Call {
    /// The call as the package gives it.
    pub fn to_value(&self) -> Value {
        Members::default()
            .text("id", self.id.as_deref())
            .text("status", Some(self.status.name()))
            .text("agentId", self.agent_id.as_deref())
            .text("phoneNumber", self.phone_number.as_deref())
            .text("fromNumber", self.from_number.as_deref())
            .text("contactId", self.contact_id.as_deref())
            .text("direction", self.direction.as_deref())
            .text("createdAt", self.created_at.as_deref())
            .text("startedAt", self.started_at.as_deref())
            .text("endedAt", self.ended_at.as_deref())
            .number("durationSeconds", self.duration_seconds)
            .number("costUsd", self.cost_usd)
            .text("summary", self.summary.as_deref())
            .text("recordingUrl", self.recording_url.as_deref())
            .text("lastError", self.last_error.as_deref())
            .put("context", self.context.clone())
            .text("provider", Some(self.provider))
            .text("requestId", self.request_id.as_deref())
            .object()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_vendors_page_has_a_status() {
        use CallStatus::*;
        for (word, status) in [
            ("queued", Queued),
            ("ringing", Ringing),
            ("in_progress", InProgress),
            ("in-progress", InProgress),
            ("Call-In-Progress", InProgress),
            ("completed", Completed),
            ("ended", Completed),
            ("failed", Failed),
            ("no_answer", NoAnswer),
            ("busy", Busy),
            ("voicemail", Voicemail),
            ("cancelled", Canceled),
            ("teleported", Unknown),
        ] {
            assert_eq!(CallStatus::read(word), status, "{word}");
        }
    }
}
