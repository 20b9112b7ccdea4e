//! What holds for any input of the core's decisions.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, clippy::unwrap_used)]

#[path = "fuzz/src/script.rs"]
mod script;

use outdial::client::{check_policy, validate};
use outdial::config::Config;
use outdial::contact::is_email;
use outdial::error::{Code, Error};
use outdial::event::mask;
use outdial::fields::Fields;
use outdial::host::SendError;
use outdial::http::{Response, encode, is_header_value};
use outdial::number::{Number, Numbers};
use outdial::operation::Task;
use outdial::outcome::{after_unknown, of_bad_body, of_refusal, of_send_error};
use outdial::policy::Policy;
use outdial::providers::{ALL, errors};
use outdial::retry::{Decision, Failure, Repeat, Standing, decide};
use outdial::text::{cut, decimal, joined, replace, split, words};
use outdial::value::{Members, Value};
use proptest::prelude::*;
use proptest::sample::select;
use script::{CONFIGS, SECRET, Script, client, json, run};

const REPEATS: [Repeat; 3] = [Repeat::Freely, Repeat::UnderKey, Repeat::IfUndone];
const FAILURES: [Failure; 4] = [Failure::Undone, Failure::Unknown, Failure::UnderKey, Failure::Final];

fn standing() -> impl Strategy<Value = Standing> {
    let wait = proptest::option::of(any::<u32>());
    (1..40_u32, 0..12_u32, -1e9..1e9_f64, -1e9..1e9_f64, wait).prop_map(
        |(attempts, max_retries, left_ms, took_ms, retry_after_ms)| Standing {
            attempts,
            max_retries,
            left_ms,
            took_ms,
            retry_after_ms,
        },
    )
}

/// Any JSON of a few levels, some of its names those that platforms use.
fn any_json() -> impl Strategy<Value = Value> {
    const NAMES: &str = "error errors detail details message msg code loc meta request_id data id reset_at body 0 1";
    let name = prop_oneof![select(words(NAMES).collect::<Vec<_>>()).prop_map(str::to_owned), "\\PC{0,6}"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<f64>().prop_filter("JSON has no others", |number| number.is_finite()).prop_map(Value::Number),
        any::<i32>().prop_map(|number| Value::Number(number.into())),
        any::<String>().prop_map(Value::Text),
    ];
    leaf.prop_recursive(4, 40, 5, move |inner| {
        let members = proptest::collection::vec((name.clone(), inner.clone()), 0..5).prop_map(|members| {
            let mut own: Vec<(String, Value)> = Vec::new();
            for (name, value) in members {
                if own.iter().all(|(known, _)| *known != name) {
                    own.push((name, value));
                }
            }
            Value::Map(own.into_iter().map(|(name, value)| (name.into(), value)).collect())
        });
        prop_oneof![proptest::collection::vec(inner, 0..5).prop_map(Value::List), members]
    })
}

fn text(value: &Value) -> String {
    value.to_json(|number| number.to_string())
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = |byte: Option<u8>| char::from(byte.unwrap()).to_digit(16).unwrap() as u8;
        bytes.push(if byte == b'%' { hex(rest.next()) << 4 | hex(rest.next()) } else { byte });
    }
    String::from_utf8(bytes).unwrap()
}

fn with<T>(object: &Value, read: impl FnOnce(&mut Fields<'_>) -> T) -> (T, Vec<String>) {
    let mut issues = Vec::new();
    let read = read(&mut Fields::new(object, "", &mut issues));
    (read, issues.into_iter().map(|issue| issue.path).collect())
}

fn parsed(e164: &str) -> Option<Number> {
    with(&Value::object([]), |fields| Numbers::default().read(fields, "n", e164)).0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_wait_is_within_its_bounds_and_no_shorter_than_asked_for(
        repeat in select(&REPEATS[..]), failure in select(&FAILURES[..]), standing in standing(), random in 0.0..=1.0_f64,
    ) {
        let Decision::After(wait_ms) = decide(repeat, failure, standing, random) else { return Ok(()) };
        prop_assert!(wait_ms >= 0.0 && wait_ms < standing.left_ms);
        prop_assert!(wait_ms >= standing.retry_after_ms.map_or(0.0, f64::from));
        prop_assert!(wait_ms <= f64::from(standing.retry_after_ms.unwrap_or(0)).max(10_000.0) + 800.0);
        prop_assert!(standing.attempts <= standing.max_retries && failure != Failure::Final);
        prop_assert!(repeat != Repeat::IfUndone || matches!(failure, Failure::Undone | Failure::UnderKey));
    }

    #[test]
    fn a_keyed_call_that_may_be_under_way_is_never_overtaken(
        failure in select(&FAILURES[1..3]), standing in standing(), random in 0.0..=1.0_f64,
    ) {
        let Decision::After(wait_ms) = decide(Repeat::UnderKey, failure, standing, random) else { return Ok(()) };
        prop_assert!(wait_ms >= standing.took_ms.min(10_000.0));
    }

    #[test]
    fn more_time_never_ends_an_operation_sooner(
        repeat in select(&REPEATS[..]), failure in select(&FAILURES[..]), standing in standing(), random in 0.0..=1.0_f64,
        more_ms in 0.0..1e9_f64,
    ) {
        let later = Standing { left_ms: standing.left_ms + more_ms, ..standing };
        let (now, then) = (decide(repeat, failure, standing, random), decide(repeat, failure, later, random));
        prop_assert!(now == Decision::Stop || now == then);
    }

    #[test]
    fn a_policy_refuses_whatever_it_cannot_read(
        name in select(words("regions refusedRegions nanpRegions types refusedPrefixes contactIds region x").collect::<Vec<_>>()),
        given in prop_oneof![
            any_json(),
            proptest::collection::vec(
                select(&["US", "GB", "001", "us", "", "mobile", "pager", "cell", "+1900", "+", "1900", "+1234567890123456"][..])
                    .prop_map(Value::from),
                0..3,
            ).prop_map(Value::List),
        ],
    ) {
        let mut object = Members::default();
        object.put(name, Some(given.clone()));
        let (_, issues) = with(&object.object(), Policy::read);
        let known = |word: &Value| word.as_text().is_some_and(|word| match name {
            "types" => ["mobile", "pager"].contains(&word),
            "refusedPrefixes" => word == "+1900",
            _ => ["US", "GB", "001"].contains(&word),
        });
        let readable = match (&given, name) {
            (_, "region" | "x") => false,
            (Value::Null, _) => true,
            (Value::Bool(_), "contactIds") => true,
            (Value::List(words), name) if name != "contactIds" => words.iter().all(known),
            _ => false,
        };
        let strange = !readable && matches!(&given, Value::List(words) if words.iter().any(|word| word.as_text().is_some_and(|word| word.len() > 1)));
        prop_assert!(strange || issues.is_empty() == readable, "{name}: {given:?} gave {issues:?}");
    }

    #[test]
    fn json_comes_back_as_it_went(value in any_json()) {
        prop_assert_eq!(serde_json::from_str::<Value>(&text(&value)).unwrap(), value.clone());
        prop_assert_eq!(serde_json::to_value(&value).unwrap(), serde_json::from_str::<serde_json::Value>(&serde_json::to_string(&value).unwrap()).unwrap());
    }

    #[test]
    fn members_that_are_there_already_stay(one in any_json(), other in any_json()) {
        let own = Value::object([("id", one.clone())]);
        let theirs = Value::object([("id", other.clone()), ("data", other.clone())]);
        let mut merged = Members::default();
        merged.all(Some(&own)).missing("id data code", &theirs);
        let merged = merged.object();
        prop_assert_eq!(merged.get("id"), own.get("id"));
        prop_assert_eq!(merged.get("data"), theirs.get("data"));
    }

    #[test]
    fn an_id_can_never_change_the_host_or_the_path(id in prop_oneof![any::<String>(), "[./%@#?:\\\\a-z\r\n]{0,8}"]) {
        for (config, task, path) in [
            (CONFIGS[0], Task::GetCall, "https://truedy.example/v1/calls/"),
            (CONFIGS[5], Task::GetCall, "https://acme.example/v1/calls/"),
        ] {
            let script = Script::new(Vec::new());
            let _ = run(&client(config), &script, task, &Value::object([("id", Value::from(id.as_str()))]));
            for request in script.requests.take() {
                let step = request.url.strip_prefix(path).expect("it goes where it must");
                prop_assert!(step.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)), "{step}");
                prop_assert!(!matches!(step, "" | "." | ".."));
                prop_assert_eq!(decoded(step), id.as_str());
            }
        }
        prop_assert_eq!(decoded(&encode(&id)), id);
    }

    #[test]
    fn any_body_of_an_error_gives_a_message_no_longer_than_itself(body in any_json(), status in 0..1000_u16, platform in 0..ALL.len()) {
        let response = Response { status, json: Some(body.clone()), location: Some("https://x.example/".into()), ..Response::default() };
        let error = errors::read(&response, ALL[platform]);
        prop_assert!(!error.message.is_empty());
        prop_assert!(error.message.len() <= text(&body).len() + 120, "{}", error.message);
        prop_assert_eq!(error.status, Some(status).filter(|status| *status != 0));
        prop_assert_eq!(error.code, errors::code(status));
    }

    #[test]
    fn an_outcome_is_unknown_exactly_where_a_phone_may_ring(status in 0..1000_u16, task in select(&Task::ALL[..])) {
        let mut refusal = Error::new(errors::code(status), "m");
        refusal.status = Some(status);
        let failed = of_refusal(task, refusal.clone());
        let sure = matches!(status, 301 | 302 | 307 | 308 | 400..=407 | 409..=499);
        prop_assert_eq!(failed.is_unknown(), !sure && (task.dials() || !matches!(status, 501 | 505)));
        prop_assert_eq!(failed.error.code == Code::OutcomeUnknown, !sure && task.dials());
        prop_assert_eq!(after_unknown(task, refusal).code == Code::OutcomeUnknown, task.creates());
        prop_assert_eq!(of_bad_body(task, status, "is odd").error.code == Code::OutcomeUnknown, task.dials());
    }

    #[test]
    fn texts_are_cut_and_put_together_as_by_the_standard_library(text in any::<String>(), from in "[a.é]{1,2}", to in any::<String>(), number in any::<u64>()) {
        prop_assert_eq!(split(&text, b'.').collect::<Vec<_>>(), text.split('.').collect::<Vec<_>>());
        prop_assert_eq!(cut(&text, b'.'), text.split_once('.'));
        prop_assert_eq!(joined(&mut split(&text, b'.'), "."), text.clone());
        prop_assert_eq!(words(&text).collect::<Vec<_>>(), text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>());
        let mut replaced = text.clone();
        replace(&mut replaced, &from, &to);
        prop_assert_eq!(replaced, text.replace(&from, &to));
        prop_assert_eq!(decimal(number), number.to_string());
    }

    #[test]
    fn a_header_is_one_line_of_visible_letters(value in any::<String>()) {
        let good = !value.is_empty() && value.trim() == value && value.chars().all(|c| (' '..='~').contains(&c));
        prop_assert_eq!(is_header_value(&value), good);
    }

    #[test]
    fn a_whole_number_is_taken_exactly_within_its_range(number in prop_oneof![any::<f64>(), any::<i16>().prop_map(f64::from)], least in 0..50_u32, more in 0..1000_u32) {
        let object = Value::object([("a", Value::Number(number))]);
        let (taken, issues) = with(&object, |fields| fields.whole("a", least, least + more, "seconds"));
        let fits = number.fract() == 0.0 && number >= f64::from(least) && number <= f64::from(least + more);
        prop_assert_eq!(taken.map(f64::from), fits.then_some(number));
        prop_assert_eq!(issues.is_empty(), fits);
    }

    #[test]
    fn a_masked_number_shows_its_calling_code_and_three_digits(digits in "[2-9][0-9]{2}[2-9][0-9]{6}") {
        let Some(number) = parsed(&["+1", &digits].concat()) else { return Ok(()) };
        let masked = mask(&number);
        prop_assert!(masked.starts_with("+1•••••••") && masked.ends_with(&digits[7..]));
        prop_assert_eq!(masked.chars().filter(char::is_ascii_digit).count(), 4);
    }

    #[test]
    fn no_configuration_ends_in_a_panic_or_says_a_secret(
        platform in 0..CONFIGS.len(), name in select(words("baseUrl host url auth apiKey headers createCall policy region timeoutMs fetch onEvent streamId").collect::<Vec<_>>()),
        given in any_json(), in_page in any::<bool>(),
    ) {
        let mut config = json(CONFIGS[platform]);
        config.take(name);
        if let Value::Map(members) = &mut config {
            members.push((name.into(), given));
        }
        match Config::read(&config.into(), in_page) {
            Ok(config) => prop_assert!(!in_page || !config.provider.capabilities().holds_secret),
            Err(error) => {
                prop_assert!(matches!(error.code, Code::InvalidInput | Code::NotAllowed));
                prop_assert!(!text(&error.to_value()).contains(SECRET));
            }
        }
    }

    #[test]
    fn an_address_has_one_at_sign_no_space_and_a_domain(local in "[a-z.+]{0,66}", domain in "[a-z.-]{0,70}", odd in any::<char>()) {
        let address = [local.as_str(), "@", &domain].concat();
        if is_email(&address) {
            let label = |label: &str| (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-');
            prop_assert!(domain.contains('.') && domain.split('.').all(label));
            prop_assert!((1..=64).contains(&local.len()) && local.split('.').all(|atom| !atom.is_empty()));
            prop_assert!(!is_email(&[&address, "@"].concat()) && !is_email(&["@", &address].concat()));
            prop_assert!(!(odd.is_whitespace() || odd.is_control()) || !is_email(&[odd.to_string(), address].concat()));
        }
    }
}

#[test]
fn the_longest_address_has_254_bytes() {
    let label = "a".repeat(63);
    let domain =
        |last: usize| [&label, &label, &label[..last], "example"].map(|label: &str| label.to_owned()).join(".");
    let local = "l".repeat(64);
    let addresses = [50, 51, 52, 53, 54, 55].map(|last| format!("{local}@{}", domain(last)));
    for address in addresses {
        assert_eq!(is_email(&address), address.len() <= 254, "{}", address.len());
    }
    for (text, good) in [("a\u{a0}b@example.com", false), ("é@example.com", true), ("a@-x.com", false), ("a@x", false)]
    {
        assert_eq!(is_email(text), good, "{text}");
    }
    assert!(!is_email(&format!("a@{}.com", "b".repeat(64))));
}

#[test]
fn a_contact_whose_number_is_unknown_passes_only_a_policy_that_says_nothing_of_numbers() {
    for (policy, passes) in [
        ("{}", true),
        (r#"{"contactIds":true}"#, true),
        (r#"{"contactIds":false}"#, false),
        (r#"{"regions":["US"]}"#, false),
        (r#"{"nanpRegions":["US"]}"#, false),
        (r#"{"types":["mobile"]}"#, false),
        (r#"{"refusedRegions":["US"]}"#, false),
        (r#"{"refusedPrefixes":["+1900"]}"#, false),
        (r#"{"regions":["US"],"contactIds":true}"#, true),
    ] {
        let (read, issues) = with(&json(policy), Policy::read);
        assert_eq!((read.allows_contact_ids(), issues), (passes, Vec::new()), "{policy}");
    }
}

#[test]
fn a_policy_can_be_asked_without_a_client() {
    let ask = |policy: &str, number: &str| check_policy(&json(policy).into(), &json(number).into());
    let (number, decision) = ask(r#"{"regions":["GB"]}"#, r#""+14155552671""#).unwrap();
    assert_eq!((number.e164.as_str(), decision.text("rule")), ("+14155552671", Some("regions")));
    let paths = |policy: &str, number: &str| -> Vec<String> {
        ask(policy, number).unwrap_err().issues.iter().map(|issue| issue.path.clone()).collect()
    };
    assert_eq!(paths(r#"{"regions":"GB"}"#, r#""+14155552671""#), ["policy.regions"]);
    assert_eq!(paths("{}", r#""+1415""#), ["phoneNumber"]);
    assert_eq!(paths("[]", "7"), ["policy", "phoneNumber"]);
}

#[test]
fn an_input_can_be_checked_without_a_client() {
    let call = json(r#"{"agentId":"a","phoneNumber":"+1415"}"#).into();
    let issues = validate("truedy", Task::CreateCall, &call).unwrap();
    assert_eq!(issues.iter().map(|issue| issue.path.as_str()).collect::<Vec<_>>(), ["phoneNumber"]);
    assert_eq!(validate("nobody", Task::CreateCall, &call).unwrap_err().code, Code::InvalidInput);
    for (input, path, code) in [
        (r#"{"contacts":[]}"#, "contacts", "required"),
        (r#"{"contacts":7}"#, "contacts", "invalid_type"),
        ("{}", "contacts", "required"),
        (
            r#"{"contacts":[{"phoneNumber":"x","firstName":"A","lastName":"B","salutation":"Mr"}]}"#,
            "contacts.0.phoneNumber",
            "not_a_number",
        ),
    ] {
        let issues = validate("kore", Task::CreateContacts, &json(input).into()).unwrap();
        assert_eq!(
            issues.iter().map(|issue| (issue.path.as_str(), issue.code)).collect::<Vec<_>>(),
            [(path, code)],
            "{input}"
        );
    }
    let both = json(r#"{"agentId":"a","contactId":"c","phoneNumber":"+14155552671"}"#).into();
    assert_eq!(validate("thoughtly", Task::CreateCall, &both).unwrap()[0].code, "reserved_field");
    let odd =
        json(r#"{"phoneNumber":"+14155552671","tags":["a",7],"extra":{"phone_number":"x"},"customFields":[]}"#).into();
    let odd: Vec<_> = validate("thoughtly", Task::CreateContact, &odd)
        .unwrap()
        .iter()
        .map(|issue| (issue.path.clone(), issue.code))
        .collect();
    assert_eq!(
        odd,
        [
            ("tags".to_owned(), "invalid_type"),
            ("customFields".to_owned(), "invalid_type"),
            ("extra.phone_number".to_owned(), "reserved_field")
        ]
    );
}

#[test]
fn a_key_or_a_callback_that_cannot_be_is_refused() {
    let options = |key: String| {
        let object = Value::object([("idempotencyKey", Value::Text(key))]).into();
        let effort =
            outdial::config::Effort { timeout_ms: 1, total_timeout_ms: 1, max_retries: 0, retry_rate_limited: true };
        outdial::config::Options::read(&object, true, effort).is_ok()
    };
    assert_eq!(
        ["k".repeat(255), "k".repeat(256), "k\n".to_owned(), String::new()].map(options),
        [true, false, false, false]
    );
    for field in ["fetch", "onEvent"] {
        let config = |given: Value| {
            Config::read(
                &Value::object([("provider", "truedy".into()), ("apiKey", "k".into()), (field, given)]).into(),
                false,
            )
            .is_ok()
        };
        assert_eq!([config(true.into()), config("x".into()), config(false.into())], [true, false, false], "{field}");
    }
}

#[test]
fn kore_is_understood_by_its_words_where_it_gives_no_status() {
    let contact = json(r#"{"phoneNumber":"+14155552671","firstName":"A","lastName":"B","salutation":"Mr"}"#);
    for (status, message, code) in [
        (400, "Contact Already Exists", Code::Conflict),
        (422, "a DUPLICATE contact", Code::Conflict),
        (500, "duplicate key", Code::Conflict),
        (404, "duplicate", Code::NotFound),
        (400, "Rate Limit reached", Code::RateLimited),
        (403, "5 requests per minute", Code::RateLimited),
        (422, "rate limit", Code::Rejected),
        (400, "no", Code::Rejected),
        (403, "no", Code::Unauthorized),
    ] {
        let body = Value::object([("message", Value::from(message))]);
        let answer = Response { status, json: Some(body), ..Response::default() };
        let script = Script::new(vec![answer; 3]);
        let error = run(&client(CONFIGS[2]), &script, Task::CreateContact, &contact).unwrap_err();
        let expected = if status == 500 && code == Code::ProviderError { Code::ProviderError } else { code };
        assert_eq!(error.code, expected, "{status} {message}");
    }
}

#[test]
fn kore_answers_for_every_contact_or_for_none() {
    let contact = r#"{"phoneNumber":"+14155552671","firstName":"A","lastName":"B","salutation":"Mr"}"#;
    let two = json(&format!(r#"{{"contacts":[{contact},{contact}]}}"#));
    let ask = |task, input: &Value, body: &str| {
        let script = Script::new(vec![Response { status: 200, json: Some(json(body)), ..Response::default() }]);
        run(&client(CONFIGS[2]), &script, task, input).map(|answer| answer.value)
    };
    let answer = ask(Task::CreateContacts, &two, r#"[{"id":"a","cellPhone":{"phoneNumber":"4155552671","countryCode":"+1"}},{"_id":"b","cellPhone":{"phoneNumber":"+14155552671","countryCode":"+1"}}]"#).unwrap();
    let Value::List(contacts) = answer else { panic!("{answer:?}") };
    assert_eq!(
        contacts.iter().map(|one| (one.text("id"), one.text("phoneNumber"))).collect::<Vec<_>>(),
        [(Some("a"), Some("+14155552671")), (Some("b"), Some("+14155552671")),]
    );
    for body in [r#"[{"id":"a"}]"#, r#"[{"id":"a"},{"id":""}]"#, r#"[{"id":"a"},{}]"#, "{}", "7"] {
        assert_eq!(ask(Task::CreateContacts, &two, body).unwrap_err().code, Code::BadResponse, "{body}");
    }
    assert_eq!(
        ask(Task::CreateContact, &json(contact), r#"[{"id":"a"},{"id":"b"}]"#).unwrap_err().code,
        Code::BadResponse
    );
    assert_eq!(
        ask(Task::CreateContact, &json(contact), r#"{"errors":[{"msg":"No."}]}"#).unwrap_err().code,
        Code::Rejected
    );
}

#[test]
fn kore_needs_a_bot_a_host_and_a_way_to_sign() {
    let problems = |more: &str| -> Vec<String> {
        let mut config = json(r#"{"provider":"kore","streamId":"s","accountId":"a"}"#);
        if let (Value::Map(own), Value::Map(more)) = (&mut config, json(more)) {
            own.extend(more);
        }
        match Config::read(&config.into(), false) {
            Ok(_) => Vec::new(),
            Err(error) => error.issues.iter().map(|issue| issue.path.clone()).collect(),
        }
    };
    for (more, expected) in [
        (r#"{"host":"https://kore.example/","auth":true}"#, &[][..]),
        (r#"{"baseUrl":"http://127.0.0.1:1","auth":{"jwt":"t"}}"#, &[]),
        (r#"{"host":"/","auth":true}"#, &["host"]),
        (r#"{"host":"https://","auth":true}"#, &["host"]),
        (r#"{"auth":true}"#, &["host"]),
        (r#"{"host":"kore.example","auth":7}"#, &["auth"]),
        (r#"{"host":"kore.example"}"#, &["auth"]),
        (r#"{"host":"kore.example","auth":{"jwt":"t","clientId":"c"}}"#, &["auth.clientId"]),
        (
            r#"{"host":"kore.example","auth":{"clientId":"c","clientSecret":"s","expiresInSeconds":3601}}"#,
            &["auth.expiresInSeconds"],
        ),
    ] {
        assert_eq!(problems(more), expected, "{more}");
    }
    let nobody = CONFIGS[2].replace(r#""botId":"b","#, "");
    let call = json(r#"{"phoneNumber":"+14155552671","fromNumber":"+14155550100"}"#).into();
    assert_eq!(client(&nobody).validate(Task::CreateCall, &call)[0].path, "agentId");
    assert!(client(CONFIGS[2]).validate(Task::CreateCall, &call).is_empty());
}

#[test]
fn what_was_lost_after_it_was_sent_is_unknown_only_where_it_creates() {
    for task in Task::ALL {
        let code = |failure: SendError| of_send_error(task, &failure).error.code;
        assert_eq!(code(SendError::Lost(String::new())) == Code::OutcomeUnknown, task.creates());
        assert_eq!(code(SendError::TimedOut) == Code::OutcomeUnknown, task.dials());
        assert_eq!(code(SendError::NotSent("é".into())), Code::Network);
    }
}
