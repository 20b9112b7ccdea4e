//! Any input and configuration: what is refused says where, and what is taken becomes a request to the caller's own platform
//! and nobody else.

use outdial::client::Client;
use outdial::config::Config;
use outdial::http::{Method, is_header_value};
use outdial::operation::Task;
use outdial::value::Value;

use super::script::{CONFIGS, Script, json, run};

/// A platform, an operation, its input as JSON, and behind a line break more members of the configuration.
pub type Input = (u8, u8, String);

/// Checks what is promised of them.
pub fn check(input: Input) {
    let (platform, task, texts) = input;
    let (given, more) = texts.split_once('\n').unwrap_or((&texts, ""));
    let Ok(given) = serde_json::from_str::<Value>(given) else { return };
    let mut config = json(CONFIGS[usize::from(platform) % CONFIGS.len()]);
    if let (Value::Map(own), Ok(Value::Map(more))) = (&mut config, serde_json::from_str::<Value>(more)) {
        // What a caller itself writes into the path of a described operation is no input.
        let free = |name: &str| !matches!(name, "provider" | "createContact" | "createCall" | "getCall");
        let more: Vec<_> = more.into_iter().filter(|(name, _)| free(name)).collect();
        own.retain(|(known, _)| more.iter().all(|(name, _)| name != known));
        own.extend(more);
    }
    let home = match (config.text("baseUrl"), config.text("host"), config.text("url")) {
        (Some(url), _, _) | (None, None, Some(url)) => url.to_owned(),
        (_, Some(host), _) => ["https://", host.trim_start_matches("https://")].concat(),
        _ => String::from("https://"),
    };
    let config = match Config::read(&config.into(), false) {
        Ok(config) => config,
        Err(error) => {
            assert!(!error.issues.is_empty() && error.message.starts_with("Nothing was sent: "), "{error:?}");
            return;
        }
    };
    let task = Task::ALL[usize::from(task) % Task::ALL.len()];
    let client = Client::new(config);
    let script = Script::new(Vec::new());
    let problems = client.validate(task, &given.clone().into());
    let result = run(&client, &script, task, &given);
    let requests = script.requests.take();
    assert!(problems.is_empty() || requests.is_empty(), "{problems:?}");
    assert!(!requests.is_empty() || result.is_err_and(|error| error.attempts == 0 && !error.message.is_empty()));
    let home = home.trim_end_matches('/');
    for request in requests {
        let path = request.url.strip_prefix(home).expect("it goes to the platform");
        assert!(path.is_empty() || path.starts_with('/'), "{path}");
        assert!(request.url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\'), "{}", request.url);
        assert!(path.split(['/', '?']).all(|step| !matches!(step, "." | "..")), "{path}");
        assert!(!path.contains(['#', '@']) && path.matches('?').count() <= 1, "{path}");
        assert!(request.headers.iter().all(|(_, value)| is_header_value(value)), "{task:?}");
        assert_eq!(request.body.is_some(), matches!(request.method, Method::Post | Method::Patch));
    }
}
