//! How likely a yes is in each context: what the build measured, corrected by what has been seen since.

/// How much what was measured weighs, and how slowly the model learns in the end, in observations.
const START: u8 = 4;
const SLOWEST: u8 = 40;

/// The adaptive state of all contexts: the chance of a yes in 65,536ths, and observations so far.
pub struct Model(Vec<(u16, u8)>);

impl Model {
    /// `priors` holds for each context the chance of a yes in 256ths.
    pub fn new(priors: &[u8]) -> Self {
        Model(priors.iter().map(|prior| (u16::from(*prior) << 8 | 0x80, START)).collect())
    }

    /// The chance of a yes, in 65,536ths, never 0 nor 1.
    pub fn chance(&self, context: usize) -> u32 {
        self.0.get(context).map_or(0x8000, |slot| u32::from(slot.0))
    }

    /// Corrects the chance by what was seen.
    pub fn learn(&mut self, context: usize, bit: bool) {
        if let Some((chance, seen)) = self.0.get_mut(context) {
            let target = if bit { 0xff80 } else { 0x80 };
            *chance = (i32::from(*chance) + (target - i32::from(*chance)) / (i32::from(*seen) + 1)) as u16;
            *seen = (*seen + 1).min(SLOWEST);
        }
    }
}
