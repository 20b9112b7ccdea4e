//! Any credentials of a JWT app: three parts of base64url that hold exactly the claims, signed with exactly the secret.

use arbitrary::Arbitrary;
use hmac::{Hmac, KeyInit, Mac};
use outdial::client::Client;
use outdial::config::Config;
use outdial::operation::Task;
use outdial::value::{Members, Value};
use sha2::Sha256;

use super::script::{Script, json, run};

/// What a token is made of.
#[derive(Arbitrary, Debug)]
pub struct Input {
    life_seconds: Option<u16>,
    unix_seconds: u32,
    nonce: String,
    client_id: String,
    client_secret: String,
}

/// Checks what is promised of it.
pub fn check(input: Input) {
    let Input { life_seconds, unix_seconds, nonce, client_id, client_secret } = input;
    let mut auth = Members::default();
    auth.text("clientId", Some(&client_id)).text("clientSecret", Some(&client_secret));
    auth.number("expiresInSeconds", life_seconds.map(f64::from));
    let mut config = Members::default();
    config.text("provider", Some("kore")).text("host", Some("kore.example"));
    config.text("streamId", Some("st")).text("accountId", Some("a")).text("botId", Some("b"));
    config.put("auth", Some(auth.object()));
    let config = Config::read(&config.object().into(), false);
    let good_life = life_seconds.is_none_or(|seconds| (1..=3_600).contains(&seconds));
    assert_eq!(config.is_ok(), good_life && !client_id.is_empty() && !client_secret.is_empty());
    let Ok(config) = config else { return };
    let mut script = Script::new(Vec::new());
    (script.unix_seconds, script.nonce) = (f64::from(unix_seconds), nonce.clone());
    let call = json(r#"{"phoneNumber":"+14155552671","fromNumber":"+14155550100"}"#);
    let result = run(&Client::new(config), &script, Task::CreateCall, &call);
    assert!(result.is_err(), "nobody answered");
    let requests = script.requests.take();
    let token = requests[0].headers.iter().find(|(name, _)| *name == "auth").map(|(_, token)| token.as_str());
    let parts: Vec<&str> = token.expect("a token travels").split('.').collect();
    let [header, payload, signature] = parts[..] else { panic!("{token:?}") };
    assert_eq!(decode(header), br#"{"alg":"HS256","typ":"JWT"}"#);
    let mut claims = Members::default();
    claims.text("sub", Some("outdial")).text("appId", Some(&client_id));
    if let Some(life_seconds) = life_seconds {
        let now = f64::from(unix_seconds);
        claims.number("iat", Some(now)).number("exp", Some(now + f64::from(life_seconds))).text("jti", Some(&nonce));
    }
    let read: Value = serde_json::from_slice(&decode(payload)).expect("claims are JSON");
    assert_eq!(read, claims.object());
    let mut mac = Hmac::<Sha256>::new_from_slice(client_secret.as_bytes()).expect("any key is taken");
    mac.update([header, ".", payload].concat().as_bytes());
    mac.verify_slice(&decode(signature)).expect("it is signed");
}

/// Base64url without padding (RFC 4648, section 5), refusing bits that mean nothing.
fn decode(text: &str) -> Vec<u8> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0, 0);
    for letter in text.chars() {
        let sextet = LETTERS.find(letter).expect("a letter of base64url");
        bits = bits << 6 | sextet;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    assert!(held < 6 && bits == 0, "{text}");
    bytes
}
