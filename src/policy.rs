//! Who may be dialled: a pure decision with its reason.

use crate::fields::Fields;
use crate::number::Number;
use crate::phone::{LineType, METADATA_VERSION, Region};
use crate::value::{Members, Value};

/// The kinds of line that nobody means to dial: what they cost, or whom they reach, is a surprise.
const CLOSED_TYPES: [LineType; 4] =
    [LineType::PremiumRate, LineType::SharedCost, LineType::PersonalNumber, LineType::Pager];

/// Satellite phones and other services of no country.
const NO_COUNTRY: &str = "001";

/// Who may be dialled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    regions: Option<Vec<String>>,
    refused_regions: Vec<String>,
    nanp_regions: Option<Vec<String>>,
    types: Option<Vec<String>>,
    refused_prefixes: Vec<String>,
    contact_ids: Option<bool>,
}

/// What was decided, and why: nothing of the number but its region and kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether it may be dialled
    pub allowed: bool,
    /// The rule that refuses it, by its name in the policy
    pub rule: Option<&'static str>,
    /// The number's region, if it has one
    pub region: Option<String>,
    /// The number's kind of line
    pub line_type: &'static str,
    /// The version of the numbering plan that says so
    pub metadata_version: &'static str,
}

impl Decision {
    /// The decision as plain data: `allowed`, `rule`, `region`, `type`, `metadataVersion`.
    pub fn to_value(&self) -> Value {
        Members::default()
            .put("allowed", Some(Value::Bool(self.allowed)))
            .text("rule", self.rule)
            .text("region", self.region.as_deref())
            .text("type", Some(self.line_type))
            .text("metadataVersion", Some(self.metadata_version))
            .object()
    }
}

/// The fields of a policy, separated by spaces.
pub const POLICY_FIELDS: &str = "regions refusedRegions nanpRegions types refusedPrefixes contactIds";

impl Policy {
    /// Reads a policy; problems are added to the reader's issues.
    pub fn read(fields: &mut Fields<'_>) -> Policy {
        let policy = Policy {
            regions: regions(fields, "regions"),
            refused_regions: regions(fields, "refusedRegions").unwrap_or_default(),
            nanp_regions: regions(fields, "nanpRegions"),
            types: types(fields),
            refused_prefixes: prefixes(fields),
            contact_ids: fields.flag("contactIds"),
        };
        fields.only(&[POLICY_FIELDS]);
        policy
    }

    /// Whether a call by a contact's id, whose number is not known here, may be placed: not under a policy that says
    /// anything else of numbers, unless it says so.
    pub fn allows_contact_ids(&self) -> bool {
        let silent = self.regions.is_none() && self.nanp_regions.is_none() && self.types.is_none();
        let refuses_none = self.refused_regions.is_empty() && self.refused_prefixes.is_empty();
        self.contact_ids.unwrap_or(silent && refuses_none)
    }

    /// What is decided of a contact whose number is not known, where that may not be called.
    pub fn unjudged() -> Decision {
        let line_type = LineType::Unknown.name();
        Decision {
            allowed: false,
            rule: Some("contactIds"),
            region: None,
            line_type,
            metadata_version: METADATA_VERSION,
        }
    }

    /// Decides about a number.
    pub fn decide(&self, number: &Number) -> Decision {
        let region = number.region.map(Region::code);
        let rule = self.refusing_rule(number, region.as_deref());
        Decision {
            allowed: rule.is_none(),
            rule,
            region,
            line_type: number.line_type.name(),
            metadata_version: METADATA_VERSION,
        }
    }

    fn refusing_rule(&self, number: &Number, region: Option<&str>) -> Option<&'static str> {
        let is_in = |list: &[String]| region.is_some_and(|region| list.iter().any(|one| one == region));
        let type_is_open = match &self.types {
            Some(types) => types.iter().any(|name| name == number.line_type.name()),
            None => !CLOSED_TYPES.contains(&number.line_type),
        };
        let region_is_open = match &self.regions {
            Some(regions) => is_in(regions),
            None => region != Some(NO_COUNTRY),
        };
        let nanp_is_open = number.calling_code != 1 || self.nanp_regions.as_ref().is_none_or(|list| is_in(list));
        if !region_is_open {
            Some("regions")
        } else if is_in(&self.refused_regions) {
            Some("refusedRegions")
        } else if !nanp_is_open {
            Some("nanpRegions")
        } else if !type_is_open {
            Some("types")
        } else if self.refused_prefixes.iter().any(|prefix| number.e164.starts_with(prefix)) {
            Some("refusedPrefixes")
        } else {
            None
        }
    }
}

fn regions(fields: &mut Fields<'_>, name: &str) -> Option<Vec<String>> {
    words(fields, name, "a region's two letters, such as GB, or 001", &|word| {
        word == NO_COUNTRY || Region::new(word).is_some()
    })
}

fn types(fields: &mut Fields<'_>) -> Option<Vec<String>> {
    words(fields, "types", "a kind of line, such as mobile", &|word| LineType::named(word).is_some())
}

fn prefixes(fields: &mut Fields<'_>) -> Vec<String> {
    let prefix = |word: &str| {
        let digits = word.strip_prefix('+').unwrap_or_default();
        (1..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    words(fields, "refusedPrefixes", "the first digits of a number in E.164, such as +1900", &prefix)
        .unwrap_or_default()
}

/// Reads a list of words; each that is not `known` is an issue with its place.
fn words(fields: &mut Fields<'_>, name: &str, what: &str, known: &dyn Fn(&str) -> bool) -> Option<Vec<String>> {
    let Value::List(items) = fields.value(name)? else {
        fields.issue(name, "invalid_type", "must be a list");
        return None;
    };
    let mut found = Vec::new();
    for (index, item) in items.iter().enumerate() {
        match item.as_text() {
            Some(word) if known(word) => found.push(word.to_owned()),
            _ => {
                let path = [name, ".", &crate::text::decimal(index as u64)].concat();
                fields.issue(&path, "invalid_format", &["must be ", what].concat());
            }
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Numbers;
    use crate::phone::{Style, example, regions as all_regions};

    fn policy(json: &str) -> Result<Policy, Vec<String>> {
        let object: Value = serde_json::from_str(json).unwrap();
        let mut issues = Vec::new();
        let policy = Policy::read(&mut Fields::new(&object, "policy", &mut issues));
        if issues.is_empty() { Ok(policy) } else { Err(issues.into_iter().map(|issue| issue.path).collect()) }
    }

    fn number(text: &str) -> Number {
        Numbers::default().read(&mut Fields::new(&Value::object([]), "", &mut Vec::new()), "n", text).unwrap()
    }

    fn rule(json: &str, text: &str) -> Option<&'static str> {
        policy(json).unwrap().decide(&number(text)).rule
    }

    #[test]
    fn what_nobody_means_to_dial_is_closed_unless_it_is_opened() {
        for (text, closed_by) in [
            ("+14155552671", None),
            ("+19002345678", Some("types")),
            ("+448431234567", Some("types")),
            ("+447012345678", Some("types")),
            ("+447640123456", Some("types")),
            ("+881612345678", Some("regions")),
            ("+870773111632", Some("regions")),
            ("+8816000000001", Some("regions")),
            ("+80012345678", Some("regions")),
        ] {
            assert_eq!(rule("{}", text), closed_by, "{text}");
        }
        let open = r#"{"types":["premium_rate"],"regions":["US","001"]}"#;
        assert_eq!([rule(open, "+19002345678"), rule(open, "+14155552671")], [None, Some("types")]);
        assert_eq!(rule(r#"{"regions":["001"]}"#, "+870773111632"), None);
    }

    #[test]
    fn each_rule_refuses_what_it_names() {
        for (json, text, expected) in [
            (r#"{"regions":["GB"]}"#, "+442079460958", None),
            (r#"{"regions":["GB"]}"#, "+14155552671", Some("regions")),
            (r#"{"refusedRegions":["US"]}"#, "+14155552671", Some("refusedRegions")),
            (r#"{"nanpRegions":["US"]}"#, "+18765230123", Some("nanpRegions")),
            (r#"{"nanpRegions":["US"]}"#, "+14155552671", None),
            (r#"{"nanpRegions":["US"]}"#, "+442079460958", None),
            (r#"{"types":["mobile"]}"#, "+442079460958", Some("types")),
            (r#"{"refusedPrefixes":["+44207"]}"#, "+442079460958", Some("refusedPrefixes")),
            (r#"{"refusedPrefixes":["+44208"]}"#, "+442079460958", None),
        ] {
            assert_eq!(rule(json, text), expected, "{json} {text}");
        }
    }

    #[test]
    fn every_region_and_kind_of_the_plan_is_decided_as_the_rules_say() {
        let mut decided = 0;
        for (region, _) in all_regions() {
            for kind in LineType::ALL {
                let Some(phone) = example(region, kind) else { continue };
                let number = number(&phone.format(Style::E164));
                let own = region.as_str();
                let closed = CLOSED_TYPES.contains(&number.line_type);
                let open = Policy {
                    types: Some(LineType::ALL.map(|kind| kind.name().to_owned()).to_vec()),
                    ..Policy::default()
                };
                let elsewhere =
                    Policy { refused_regions: vec![number.region.unwrap().as_str().to_owned()], ..open.clone() };
                assert_eq!(Policy::default().decide(&number).allowed, !closed, "{own} {kind:?}");
                assert!(open.decide(&number).allowed, "{own} {kind:?}");
                assert_eq!(elsewhere.decide(&number).rule, Some("refusedRegions"), "{own} {kind:?}");
                let home = Policy { nanp_regions: Some(vec!["US".to_owned()]), ..open.clone() };
                let abroad = number.calling_code == 1 && number.region.is_some_and(|region| region.as_str() != "US");
                assert_eq!(home.decide(&number).rule, abroad.then_some("nanpRegions"), "{own} {kind:?}");
                let prefix: String = number.e164.chars().take(4).collect();
                let blocked = Policy { refused_prefixes: vec![prefix], ..open.clone() };
                assert_eq!(blocked.decide(&number).rule, Some("refusedPrefixes"), "{own} {kind:?}");
                for other in LineType::ALL {
                    let only = Policy { types: Some(vec![other.name().to_owned()]), ..Policy::default() };
                    let expected = (other != number.line_type).then_some("types");
                    assert_eq!(only.decide(&number).rule, expected, "{own} {kind:?} {other:?}");
                }
                decided += 1;
            }
        }
        assert!(decided > 1_000, "{decided}");
    }

    #[test]
    fn a_policy_that_names_what_is_not_there_is_refused() {
        for (json, path) in [
            (r#"{"regions":["XX"]}"#, "policy.regions.0"),
            (r#"{"regions":"US"}"#, "policy.regions"),
            (r#"{"types":["mobile","cell"]}"#, "policy.types.1"),
            (r#"{"refusedPrefixes":["1900"]}"#, "policy.refusedPrefixes.0"),
            (r#"{"region":["US"]}"#, "policy.region"),
        ] {
            assert_eq!(policy(json), Err(vec![path.to_owned()]), "{json}");
        }
    }

    #[test]
    fn a_decision_holds_nothing_of_the_number() {
        let decision = Policy::default().decide(&number("+19002345678")).to_value().to_json(|_| String::new());
        assert!(
            !decision.contains("900") && decision.contains(r#""rule":"types","region":"US","type":"premium_rate""#),
            "{decision}"
        );
    }
}
