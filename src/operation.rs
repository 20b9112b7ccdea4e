//! What can be asked of a platform, and what it answers.

use crate::call::{CALL_FIELDS, CHANGES_FIELDS, QUERY_FIELDS};
use crate::contact::CONTACT_FIELDS;
use crate::error::Issue;
use crate::fields::{Field, Fields, Kind, Reading};
use crate::input::Input;
use crate::number::{Number, Numbers};
use crate::providers::{Capabilities, Rules};
use crate::text::decimal;
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

/// One request of a caller.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// What is asked
    pub task: Task,
    /// The input as it was checked, in this package's vocabulary, its numbers in E.164
    pub input: Value,
    /// The number that is called or stored, if it is one
    pub number: Option<Number>,
}

const ID_FIELDS: [Field; 1] = [("id", Kind::Id)];
const IDS_FIELDS: [Field; 1] = [("ids", Kind::Ids)];

/// The rules of operations in which every platform is alike.
const NO_RULES: Rules = Rules { platform: "", unsupported: "", required: "", max_name_chars: u32::MAX, wire: &[] };

impl Operation {
    /// Reads an input under a platform's rules.
    ///
    /// # Errors
    /// Every problem of the input, with its path.
    pub fn read(task: Task, input: &Input, platform: &Capabilities, numbers: Numbers) -> Result<Operation, Vec<Issue>> {
        let mut issues = Vec::new();
        let fields = &mut Fields::new(&input.value, "", &mut issues);
        let value = match task {
            Task::CreateContacts => contacts(fields, platform, numbers),
            _ => one(task, fields, platform, numbers),
        };
        let number = fields.take_number();
        let issues = input.with(issues);
        if issues.is_empty() { Ok(Operation { task, input: value, number }) } else { Err(issues) }
    }

    /// The member `name` of its input, a string; empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.input.text(name).unwrap_or_default()
    }

    /// The contacts of its input: one, or many.
    pub fn contacts(&self) -> &[Value] {
        self.input.list("contacts").unwrap_or(std::slice::from_ref(&self.input))
    }
}

fn one(task: Task, fields: &mut Fields<'_>, platform: &Capabilities, numbers: Numbers) -> Value {
    let (table, rules): (&[Field], &Rules) = match task {
        Task::CreateContact | Task::CreateContacts => {
            fields.require("phoneNumber");
            fields.require(platform.contact.required);
            (&CONTACT_FIELDS, &platform.contact)
        }
        Task::CreateCall => {
            fields.require(platform.call.required);
            require_callee(fields, &platform.call);
            (&CALL_FIELDS, &platform.call)
        }
        Task::ListCalls => (&QUERY_FIELDS, &NO_RULES),
        Task::UpdateCall => {
            fields.require("id");
            let says_nothing = |settings: &Value| matches!(settings, Value::Map(own) if own.iter().all(|(_, value)| matches!(value, Value::Null)));
            if fields.value("context").is_none() && fields.value("settings").is_none_or(says_nothing) {
                fields.issue("", "required", "must hold context or settings");
            }
            (&CHANGES_FIELDS, &NO_RULES)
        }
        Task::DeleteCalls => {
            fields.require("ids");
            (&IDS_FIELDS, &NO_RULES)
        }
        _ => {
            fields.require("id");
            (&ID_FIELDS, &NO_RULES)
        }
    };
    fields.read(table, Reading { numbers, rules }).object()
}

fn require_callee(fields: &mut Fields<'_>, rules: &Rules) {
    let by_contact = fields.value("contactId").is_some() && !rules.refuses("contactId");
    fields.require(if by_contact { "contactId" } else { "phoneNumber" });
    if by_contact && fields.value("phoneNumber").is_some() {
        let message = "cannot stand beside contactId: one of them says who is called";
        fields.issue("phoneNumber", "reserved_field", message);
    }
}

fn contacts(fields: &mut Fields<'_>, platform: &Capabilities, numbers: Numbers) -> Value {
    fields.require("contacts");
    let mut contacts = Vec::new();
    match fields.value("contacts") {
        Some(Value::List(inputs)) => {
            for (index, input) in inputs.iter().enumerate() {
                let path = ["contacts.", &decimal(index as u64)].concat();
                contacts.push(one(Task::CreateContacts, &mut fields.nested(input, &path), platform, numbers));
            }
            if contacts.is_empty() {
                fields.issue("contacts", "required", "is empty");
            }
        }
        Some(_) => fields.issue("contacts", "invalid_type", "must be a list"),
        None => {}
    }
    fields.only(&["contacts"]);
    Value::object([("contacts", Value::List(contacts))])
}

/// What a platform answered, as the package gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What it is about
    pub value: Value,
    /// Where the platform's own words for it stand
    pub raw: Raw,
}

/// Which part of the platform's document an answer shows as its `raw`; exchange.js knows them by their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raw {
    /// All of it
    Whole,
    /// Each item of the answer, a list, has its own item of the document
    Items,
    /// Each of the answer's `items` has its own item of the document's `data`, and the answer has all of it
    Page,
    /// The answer is the document's `value` as it came: it is in this package's words already
    Relayed,
}

impl Answer {
    /// The answer with all of the document as its `raw`.
    pub fn whole(value: Value) -> Answer {
        Answer { value, raw: Raw::Whole }
    }

    /// What a removal did.
    pub fn deleted(deleted: Vec<Value>, failed: Vec<Value>, request_id: Option<&str>) -> Answer {
        let mut members = Members::default();
        members.put("deletedIds", Some(Value::List(deleted)));
        members.put("failedIds", Some(Value::List(failed)));
        members.text("requestId", request_id);
        Answer::whole(members.object())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers::capabilities;

    #[test]
    fn a_contact_stands_in_for_a_number_only_where_the_platform_takes_one() {
        for (name, input, expected) in [
            ("thoughtly", r#"{"agentId":"a","contactId":"c"}"#, &[][..]),
            (
                "thoughtly",
                r#"{"agentId":"a","contactId":"c","phoneNumber":"+14155552671"}"#,
                &["phoneNumber: reserved_field"],
            ),
            (
                "truedy",
                r#"{"agentId":"a","contactId":"c"}"#,
                &["phoneNumber: required", "contactId: unsupported_field"],
            ),
            (
                "kore",
                r#"{"fromNumber":"+14155550100","contactId":"c","phoneNumber":"+14155552671"}"#,
                &["contactId: unsupported_field"],
            ),
        ] {
            let platform = capabilities(name).unwrap();
            let input = Input::from(serde_json::from_str::<Value>(input).unwrap());
            let issues =
                Operation::read(Task::CreateCall, &input, platform, Numbers::default()).err().unwrap_or_default();
            let issues: Vec<_> = issues.iter().map(|issue| [&issue.path, ": ", issue.code].concat()).collect();
            assert_eq!(issues, expected, "{name}: {input:?}");
        }
    }
}
