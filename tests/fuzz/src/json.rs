//! Any JSON: what is written is what was read, and what stands at a path is what others find there.

use outdial::value::Value;

/// A path and a text.
pub type Input = (String, String);

/// Checks what is promised of them.
pub fn check(input: Input) {
    let (path, text) = input;
    let Ok(other) = serde_json::from_str::<serde_json::Value>(&text) else { return };
    let value: Value = serde_json::from_value(other.clone()).expect("JSON is a value");
    let written = value.to_json(|number| number.to_string());
    assert_eq!(serde_json::from_str::<Value>(&written).ok().as_ref(), Some(&value), "{written}");
    let found = path.split(' ').find_map(|path| at(&other, path));
    assert_eq!(
        value.first(&path).cloned(),
        found.map(|found| serde_json::from_value(found.clone()).expect("JSON is a value"))
    );
    let mut rest = value.clone();
    assert_eq!(rest.take(&path).is_some(), other.get(&path).is_some());
    assert!(rest.get(&path).is_none());
    if !path.is_empty() {
        let mut hidden = value;
        hidden.replace(&path, "•");
        assert_eq!(hidden, replaced(&other, &path));
    }
}

/// What stands at a path as another reader finds it: a list is indexed by one digit, and `null` is nothing.
fn at<'a>(mut value: &'a serde_json::Value, path: &str) -> Option<&'a serde_json::Value> {
    for step in path.split('.') {
        value = match value {
            serde_json::Value::Array(items) if step.len() == 1 => items.get(step.parse::<usize>().ok()?)?,
            serde_json::Value::Object(members) => members.get(step).filter(|member| !member.is_null())?,
            _ => return None,
        };
    }
    Some(value)
}

fn replaced(value: &serde_json::Value, from: &str) -> Value {
    match value {
        serde_json::Value::String(text) => Value::Text(text.replace(from, "•")),
        serde_json::Value::Array(items) => Value::List(items.iter().map(|item| replaced(item, from)).collect()),
        serde_json::Value::Object(members) => {
            let one = |(name, member): (&String, &serde_json::Value)| {
                (name.replace(from, "•").into(), replaced(member, from))
            };
            Value::Map(members.iter().map(one).collect())
        }
        plain => serde_json::from_value(plain.clone()).expect("JSON is a value"),
    }
}
