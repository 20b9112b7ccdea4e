//! What can be asked of a platform, and what it answers.

use crate::call::{Call, CallChanges, CallQuery, NewCall};
use crate::contact::{Contact, NewContact};
use crate::error::Issue;
use crate::fields::Fields;
use crate::input::Input;
use crate::number::Numbers;
use crate::providers::Capabilities;
use crate::value::{Members, Value};

/// The kinds of operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Create a contact
    CreateContact,
    /// Create many contacts in one request
    CreateContacts,
    /// Place a call
    CreateCall,
    /// Read a page of calls
    ListCalls,
    /// Read a call
    GetCall,
    /// Change what is stored with a call
    UpdateCall,
    /// Remove a call from the records
    DeleteCall,
    /// Remove many calls from the records
    DeleteCalls,
    /// Read where a call's recording is
    GetRecording,
    /// Read what was said
    GetTranscript,
}

impl Task {
    /// All of them.
    pub const ALL: [Task; 10] = [
        Task::CreateContact,
        Task::CreateContacts,
        Task::CreateCall,
        Task::ListCalls,
        Task::GetCall,
        Task::UpdateCall,
        Task::DeleteCall,
        Task::DeleteCalls,
        Task::GetRecording,
        Task::GetTranscript,
    ];

    /// The name of the operation in the package.
    pub fn name(self) -> &'static str {
        match self {
            Task::CreateContact => "createContact",
            Task::CreateContacts => "createContacts",
            Task::CreateCall => "createCall",
            Task::ListCalls => "listCalls",
            Task::GetCall => "getCall",
            Task::UpdateCall => "updateCall",
            Task::DeleteCall => "deleteCall",
            Task::DeleteCalls => "deleteCalls",
            Task::GetRecording => "getRecording",
            Task::GetTranscript => "getTranscript",
        }
    }

    /// Whether a phone rings if this is done, so that it must not be done twice.
    pub fn dials(self) -> bool {
        self == Task::CreateCall
    }

    /// Whether doing this twice leaves two things behind.
    pub fn creates(self) -> bool {
        matches!(self, Task::CreateContact | Task::CreateContacts | Task::CreateCall)
    }

    /// Whether doing this twice is the same as doing it once. A bulk removal is not: its second answer would say that
    /// nothing was there to remove.
    pub fn is_idempotent(self) -> bool {
        !self.creates() && self != Task::DeleteCalls
    }

    /// What it may have done, for an error that cannot say.
    pub fn effect(self) -> &'static str {
        match self {
            Task::CreateCall => "The call may have been placed",
            Task::CreateContacts => "The contacts may have been created",
            _ => "The contact may have been created",
        }
    }
}

/// One request of a caller, valid by construction.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// Create a contact
    CreateContact(NewContact),
    /// Create many contacts in one request
    CreateContacts(Vec<NewContact>),
    /// Place a call
    CreateCall(NewCall),
    /// Read a page of calls
    ListCalls(CallQuery),
    /// Read a call
    GetCall(String),
    /// Change what is stored with a call
    UpdateCall(String, CallChanges),
    /// Remove a call from the records
    DeleteCall(String),
    /// Remove many calls from the records
    DeleteCalls(Vec<String>),
    /// Read where a call's recording is
    GetRecording(String),
    /// Read what was said
    GetTranscript(String),
}

impl Operation {
    /// The kind of operation that it is.
    pub fn task(&self) -> Task {
        match self {
            Operation::CreateContact(_) => Task::CreateContact,
            Operation::CreateContacts(_) => Task::CreateContacts,
            Operation::CreateCall(_) => Task::CreateCall,
            Operation::ListCalls(_) => Task::ListCalls,
            Operation::GetCall(_) => Task::GetCall,
            Operation::UpdateCall(..) => Task::UpdateCall,
            Operation::DeleteCall(_) => Task::DeleteCall,
            Operation::DeleteCalls(_) => Task::DeleteCalls,
            Operation::GetRecording(_) => Task::GetRecording,
            Operation::GetTranscript(_) => Task::GetTranscript,
        }
    }

    /// Reads an input under a platform's rules.
    ///
    /// # Errors
    /// Every problem of the input, with its path.
    pub fn read(task: Task, input: &Input, platform: &Capabilities, numbers: Numbers) -> Result<Operation, Vec<Issue>> {
        let value = &input.value;
        let mut issues = Vec::new();
        let fields = &mut Fields::new(value, "", &mut issues);
        let operation = match task {
            Task::CreateContact => Operation::CreateContact(NewContact::read(fields, platform, numbers)),
            Task::CreateContacts => Operation::CreateContacts(contacts(fields, platform, numbers)),
            Task::CreateCall => Operation::CreateCall(NewCall::read(fields, platform, numbers)),
            Task::ListCalls => Operation::ListCalls(CallQuery::read(fields)),
            Task::UpdateCall => {
                let changes = CallChanges::read(fields);
                Operation::UpdateCall(id(fields), changes)
            }
            Task::DeleteCalls => Operation::DeleteCalls(ids(fields)),
            Task::GetCall => Operation::GetCall(only_id(fields)),
            Task::DeleteCall => Operation::DeleteCall(only_id(fields)),
            Task::GetRecording => Operation::GetRecording(only_id(fields)),
            Task::GetTranscript => Operation::GetTranscript(only_id(fields)),
        };
        let issues = input.with(issues);
        if issues.is_empty() { Ok(operation) } else { Err(issues) }
    }
}

fn contacts(fields: &mut Fields<'_>, platform: &Capabilities, numbers: Numbers) -> Vec<NewContact> {
    let inputs = fields.required_list("contacts");
    let mut contacts = Vec::new();
    for (index, input) in inputs.iter().enumerate() {
        let path = ["contacts.", &crate::value::decimal(index as u64)].concat();
        contacts.push(NewContact::read(&mut fields.nested(input, &path), platform, numbers));
    }
    fields.only(&["contacts"]);
    contacts
}

fn only_id(fields: &mut Fields<'_>) -> String {
    fields.only(&["id"]);
    id(fields)
}

fn id(fields: &mut Fields<'_>) -> String {
    let id = fields.required_text("id");
    check_id(fields, "id", &id);
    id
}

fn ids(fields: &mut Fields<'_>) -> Vec<String> {
    fields.only(&["ids"]);
    let mut ids = Vec::new();
    for (index, value) in fields.required_list("ids").iter().enumerate() {
        let path = ["ids.", &crate::value::decimal(index as u64)].concat();
        match value.as_text() {
            Some(id) if !id.is_empty() => {
                check_id(fields, &path, id);
                ids.push(id.to_owned());
            }
            _ => fields.issue(&path, "invalid_type", "must be an id, a string"),
        }
    }
    ids
}

/// `.` and `..` are steps in a path even when they are percent-encoded (URL Standard, section 4.4), so they are no ids.
fn check_id(fields: &mut Fields<'_>, path: &str, id: &str) {
    if matches!(id, "." | "..") {
        fields.issue(path, "invalid_format", "is not an id");
    }
}

/// What a platform answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The contact that exists now
    Contact(Contact),
    /// The contacts that exist now, in the order of the request
    Contacts(Vec<Contact>),
    /// The call, as it is now
    Call(Call),
    /// Some of the calls
    Page(Page),
    /// What was removed and what was not
    Deleted(Deleted),
    /// Where the recording is
    Recording(Recording),
    /// What was said
    Transcript(Transcript),
    /// What a relay gave, in this package's words already
    Relayed(Value),
}

/// Some of the calls, from `offset` on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The calls
    pub items: Vec<Call>,
    /// How many there are in all, where the platform says it
    pub total: Option<f64>,
    /// Where this page starts
    pub offset: f64,
    /// Whether there are more behind this page
    pub has_more: bool,
    /// The platform's name for the request
    pub request_id: Option<String>,
}

/// What a removal did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deleted {
    /// The ids that are gone
    pub deleted_ids: Vec<String>,
    /// The ids that are not: calls still going on, or none of the caller's
    pub failed_ids: Vec<String>,
    /// The platform's name for the request
    pub request_id: Option<String>,
}

/// Where a recording is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    /// An address of the audio
    pub recording_url: String,
    /// The platform's name for the request
    pub request_id: Option<String>,
}

/// What was said.
#[derive(Clone, Debug, PartialEq)]
pub struct Transcript {
    /// The platform's list of what was said, as it came
    pub transcript: Value,
    /// What was said, in short
    pub summary: Option<String>,
    /// The platform's name for the request
    pub request_id: Option<String>,
}

impl Answer {
    /// The answer as the package gives it.
    pub fn to_value(&self) -> Value {
        match self {
            Answer::Contact(contact) => contact.to_value(),
            Answer::Contacts(contacts) => Value::List(contacts.iter().map(Contact::to_value).collect()),
            Answer::Call(call) => call.to_value(),
            Answer::Page(page) => Members::default()
                .put("items", Some(Value::List(page.items.iter().map(Call::to_value).collect())))
                .number("total", page.total)
                .number("offset", Some(page.offset))
                .put("hasMore", Some(Value::Bool(page.has_more)))
                .text("requestId", page.request_id.as_deref())
                .object(),
            Answer::Deleted(deleted) => Members::default()
                .put("deletedIds", Some(texts(&deleted.deleted_ids)))
                .put("failedIds", Some(texts(&deleted.failed_ids)))
                .text("requestId", deleted.request_id.as_deref())
                .object(),
            Answer::Recording(recording) => Members::default()
                .text("recordingUrl", Some(&recording.recording_url))
                .text("requestId", recording.request_id.as_deref())
                .object(),
            Answer::Transcript(transcript) => Members::default()
                .put("transcript", Some(transcript.transcript.clone()))
                .text("summary", transcript.summary.as_deref())
                .text("requestId", transcript.request_id.as_deref())
                .object(),
            Answer::Relayed(value) => value.clone(),
        }
    }
}

fn texts(items: &[String]) -> Value {
    Value::List(items.iter().map(|item| Value::from(item.as_str())).collect())
}
