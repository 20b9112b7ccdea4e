//! How likely a yes is, given what else is known: every fact known adds its weight, and the weights learn as they go.
//!
//! The build script measures the weights to start with. Both it and the decoder run this very code, in whole numbers, so that
//! they always agree.

/// 65,536 / (1 + e^-x) for x from -8 to 8 in halves.
const CURVE: [u16; 33] = [
    22, 36, 60, 98, 162, 267, 439, 720, 1179, 1921, 3108, 4971, 7812, 11951, 17625, 24743, 32768, 40793, 47911, 53585,
    57724, 60565, 62428, 63615, 64357, 64816, 65097, 65269, 65374, 65438, 65476, 65500, 65514,
];

/// How fast a weight learns the first times it is used and from then on, in 16ths.
const RATES: [i32; 4] = [18, 12, 9, 9];

/// A smaller error teaches nothing: most choices are foreseen, and time is short.
const WORTHWHILE: i32 = 4096;

/// 64 shared among the facts that are known together.
const SHARES: [i32; 5] = [0, 64, 32, 21, 16];

/// More than there are facts; a power of two, so that finding a weight needs no check.
pub const ROOM: usize = 1 << 13;

/// The weights of all facts, in 65,536ths; the two lowest bits count how often each was used.
pub struct Model(Box<[i32; ROOM]>);

impl Model {
    /// `priors` holds the weight of each fact in whole numbers, plus 128.
    pub fn new(priors: &[u8]) -> Self {
        let mut weights = Box::new([0; ROOM]);
        for (weight, prior) in weights.iter_mut().zip(priors) {
            *weight = (i32::from(*prior) - 128) << 16;
        }
        Model(weights)
    }

    /// The chance of a yes, in 65,536ths, never 0 nor 1.
    pub fn chance(&self, facts: &[usize]) -> u32 {
        let sum: i32 = facts.iter().filter_map(|fact| self.0.get(*fact % ROOM)).sum();
        let x = ((sum >> 8) + 2048).clamp(0, 4095) as u32;
        let (at, part) = ((x >> 7) as usize % 32, x & 127);
        let curve = |at: usize| CURVE.get(at).copied().map_or(0, u32::from);
        (curve(at) * (128 - part) + curve(at + 1) * part) >> 7
    }

    /// Corrects the weights by how far `chance` was off.
    pub fn learn(&mut self, facts: &[usize], bit: bool, chance: u32) {
        let error = if bit { 65535 } else { 0 } - chance as i32;
        if error.abs() < WORTHWHILE {
            return;
        }
        let error = error * SHARES.get(facts.len()).copied().unwrap_or_default();
        for fact in facts {
            if let Some(weight) = self.0.get_mut(*fact % ROOM) {
                let used = *weight & 3;
                let rate = RATES.get(used as usize).copied().unwrap_or_default();
                *weight = (*weight + ((error * rate) >> 10)) & !3 | (used + 1).min(3);
            }
        }
    }
}
