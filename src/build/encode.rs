//! Writes the plans through the model of `crate::code`, and measures what the model should expect at the start.

use crate::code::{CONTEXTS, Coder, transfer, transfer_examples};
use crate::model::Model;
use crate::plan::Plan;

/// Counts how often each context said yes, to give the model a start.
struct Census(Vec<[f64; 2]>);

impl Coder for Census {
    fn bit(&mut self, context: usize, bit: bool) -> bool {
        self.0[context][usize::from(bit)] += 1.0;
        bit
    }
}

/// A range coder, as in LZMA: `low` carries into the bytes already written.
pub struct Encoder {
    model: Model,
    low: u64,
    range: u32,
    bytes: Vec<u8>,
}

impl Coder for Encoder {
    fn bit(&mut self, context: usize, bit: bool) -> bool {
        let chance = self.model.chance(context);
        let bound = (self.range >> 16) * chance;
        if bit {
            self.range = bound;
        } else {
            self.low += u64::from(bound);
            self.range -= bound;
        }
        self.model.learn(context, bit);
        while self.range < 1 << 24 {
            self.range <<= 8;
            self.shift();
        }
        bit
    }
}

impl Encoder {
    pub fn new(priors: &[u8]) -> Self {
        Encoder { model: Model::new(priors), low: 0, range: u32::MAX, bytes: Vec::new() }
    }

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
    pub fn finish(mut self) -> Vec<u8> {
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

/// What the model expects of each context before it has seen anything.
pub fn priors(plans: &[Plan]) -> Vec<u8> {
    let mut census = Census(vec![[0.0; 2]; CONTEXTS]);
    for plan in plans {
        let mut plan = plan.clone();
        transfer(&mut census, &mut plan);
        transfer_examples(&mut census, &mut plan);
    }
    census.0.iter().map(|[no, yes]| ((yes + 0.4) / (no + yes + 0.8) * 256.0).clamp(1.0, 254.0) as u8).collect()
}

/// Writes plans one after the other into one stream: first all without examples, then all examples.
pub fn write(plans: &[Plan], priors: &[u8]) -> Vec<u8> {
    let mut encoder = Encoder::new(priors);
    let mut plans = plans.to_vec();
    plans.iter_mut().for_each(|plan| transfer(&mut encoder, plan));
    plans.iter_mut().for_each(|plan| transfer_examples(&mut encoder, plan));
    encoder.finish()
}
