//! Calls: what a caller asks for and what a platform answers.

use crate::contact::{extra, phone_number};
use crate::error::Issue;
use crate::fields::Fields;
use crate::value::Value;
use serde::Serialize;

/// The fields of a call in this package's vocabulary.
pub const CALL_FIELDS: [&str; 7] =
    ["agentId", "phoneNumber", "contactId", "fromNumber", "variables", "settings", "extra"];

/// The fields of a call's `settings`.
pub const SETTINGS_FIELDS: [&str; 5] =
    ["recordingEnabled", "transcriptionEnabled", "greeting", "maxDurationSeconds", "joinTimeoutSeconds"];

/// What a platform says of the calls it places.
pub struct CallRules {
    /// The platform's name, for messages
    pub provider: &'static str,
    /// The fields of [`CALL_FIELDS`] that its wire format cannot carry
    pub unsupported: &'static [&'static str],
    /// The wire names that fields of this vocabulary map to; `extra` may not set them
    pub wire_names: &'static [&'static str],
}

/// A call to place, valid by construction.
#[derive(Clone, Debug, PartialEq)]
pub struct NewCall {
    /// Who talks
    pub agent_id: String,
    /// Who is called, in E.164
    pub phone_number: String,
    /// The caller's number, in E.164
    pub from_number: Option<String>,
    /// An object of values that the agent's script reads
    pub variables: Option<Value>,
    /// What to do differently in this call
    pub settings: CallSettings,
    /// Members that go into the platform's body as they are
    pub extra: Vec<(String, Value)>,
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
    /// Reads an input under a platform's rules.
    ///
    /// # Errors
    /// Every problem of the input, with its path.
    pub fn read(input: &Value, rules: &CallRules) -> Result<NewCall, Vec<Issue>> {
        let mut issues = Vec::new();
        let mut fields = Fields::new(input, "", &mut issues);
        let call = NewCall {
            agent_id: fields.required_text("agentId"),
            phone_number: phone_number(&mut fields, "phoneNumber", true).unwrap_or_default(),
            from_number: phone_number(&mut fields, "fromNumber", false),
            variables: variables(&mut fields),
            settings: settings(&mut fields),
            extra: extra(&mut fields, rules.wire_names),
        };
        fields.refuse(rules.unsupported, rules.provider);
        fields.only(&CALL_FIELDS);
        if issues.is_empty() { Ok(call) } else { Err(issues) }
    }
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
        max_duration_seconds: inner.positive("maxDurationSeconds", "seconds"),
        join_timeout_seconds: inner.positive("joinTimeoutSeconds", "seconds"),
    };
    inner.only(&SETTINGS_FIELDS);
    settings
}

/// How far a call is, in one vocabulary for every platform.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
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
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Call {
    /// The platform's name for it; opaque
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How far it is
    pub status: CallStatus,
    /// Who talks
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<String>,
    /// Who is called
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// The caller's number
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_number: Option<String>,
    /// The contact that is called
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_id: Option<String>,
    /// `inbound` or `outbound`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
    /// ISO 8601
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// ISO 8601
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<String>,
    /// ISO 8601
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<String>,
    /// Length in seconds
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_seconds: Option<f64>,
    /// Cost in US dollars
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_usd: Option<f64>,
    /// What was said, in short
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Where the recording is
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording_url: Option<String>,
    /// Why it failed
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
    /// What is stored with it
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    /// The platform
    pub provider: &'static str,
    /// The platform's name for the request
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
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
