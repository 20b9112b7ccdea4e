//! Writes the plans through the description in `crate::code`, and measures what weighs how much in it.

use std::collections::BTreeMap;

use crate::code::{Coder, FACTS, transfer, transfer_examples};
use crate::model::Model;
use crate::plan::Plan;

/// How often the answer was no and yes where these facts were known.
#[derive(Default)]
struct Census(BTreeMap<Vec<usize>, [f64; 2]>);

impl Coder for Census {
    const WRITES: bool = true;

    fn bit(&mut self, facts: &[usize], bit: bool) -> bool {
        self.0.entry(facts.to_vec()).or_default()[usize::from(bit)] += 1.0;
        bit
    }
}

/// A range coder, as in LZMA: `low` carries into the bytes already written.
struct Encoder {
    model: Model,
    low: u64,
    range: u32,
    bytes: Vec<u8>,
}

impl Coder for Encoder {
    const WRITES: bool = true;

    fn bit(&mut self, facts: &[usize], bit: bool) -> bool {
        let chance = self.model.chance(facts);
        let bound = (self.range >> 16) * chance;
        if bit {
            self.range = bound;
        } else {
            self.low += u64::from(bound);
            self.range -= bound;
        }
        self.model.learn(facts, bit, chance);
        while self.range < 1 << 24 {
            self.range <<= 8;
            self.shift();
        }
        bit
    }
}

impl Encoder {
    fn shift(&mut self) {
        if self.low >> 32 != 0 {
            for byte in self.bytes.iter_mut().rev() {
                *byte = byte.wrapping_add(1);
                if *byte != 0 {
                    break;
                }
            }
        }
        self.bytes.push((self.low >> 24) as u8);
        self.low = (self.low & 0x00ff_ffff) << 8;
    }

    /// The fewest bytes that decide every choice, whatever follows them.
    fn finish(mut self) -> Vec<u8> {
        let high = self.low + u64::from(self.range);
        for kept in 1..=4 {
            let unit = 1_u64 << (32 - 8 * kept);
            let value = self.low.div_ceil(unit) * unit;
            if value + unit <= high {
                self.low = value;
                for _ in 0..kept {
                    self.shift();
                }
                break;
            }
        }
        self.bytes
    }
}

/// How often the census is gone through, how strongly weights are held near 0, and how often a fact must have been known to
/// get a weight at all.
const ROUNDS: usize = 200;
const PULL: f64 = 0.3;
const STEP: f64 = 2.0;
const FEWEST: f64 = 15.0;

/// The weights to start with: logistic regression over every choice in all plans, in whole numbers plus 128.
pub fn priors(plans: &[Plan]) -> Vec<u8> {
    let mut census = Census::default();
    for plan in plans {
        let mut plan = plan.clone();
        transfer(&mut census, &mut plan, true);
        transfer_examples(&mut census, &mut plan);
    }
    let mut counts = vec![0.0; FACTS];
    for (facts, [no, yes]) in &census.0 {
        facts.iter().for_each(|fact| counts[*fact] += no + yes);
    }
    let (mut weights, mut slopes) = (vec![0.0_f64; FACTS], vec![1e-3_f64; FACTS]);
    for _ in 0..ROUNDS {
        for (facts, [no, yes]) in &census.0 {
            let sum: f64 = facts.iter().map(|fact| weights[*fact]).sum();
            let error = yes - (no + yes) / (1.0 + (-sum).exp());
            for fact in facts {
                let slope = error - PULL * weights[*fact] * (no + yes) / counts[*fact];
                slopes[*fact] += slope * slope;
                weights[*fact] += STEP * slope / slopes[*fact].sqrt();
            }
        }
    }
    let prior = |(weight, count): (&f64, &f64)| {
        if *count < FEWEST { 128 } else { (weight.round().clamp(-8.0, 8.0) + 128.0) as u8 }
    };
    weights.iter().zip(&counts).map(prior).collect()
}

/// Writes plans one after the other into one stream: first all without examples, then all examples.
pub fn write(plans: &[Plan], priors: &[u8]) -> Vec<u8> {
    let mut encoder = Encoder { model: Model::new(priors), low: 0, range: u32::MAX, bytes: Vec::new() };
    let mut passed = plans.to_vec();
    passed.iter_mut().for_each(|plan| transfer(&mut encoder, plan, true));
    passed.iter_mut().for_each(|plan| transfer_examples(&mut encoder, plan));
    passed.iter().zip(plans).for_each(|(passed, plan)| check(passed, plan));
    encoder.finish()
}

/// A plan comes out as it went in, except that a row may say more of lengths that a walk to it has already passed.
fn check(passed: &Plan, plan: &Plan) {
    let rows = passed.rows.iter().flatten().zip(plan.rows.iter().flatten());
    assert!(
        rows.into_iter().all(|(after, before)| after == before || *before == 0),
        "{}: a row changed",
        plan.calling_code
    );
    assert!(Plan { rows: plan.rows.clone(), ..passed.clone() } == *plan, "{}: the plan changed", plan.calling_code);
}
