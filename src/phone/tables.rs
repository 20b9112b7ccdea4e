//! The numbering plans, decoded when first asked for and kept.
//!
//! Neighbouring calling codes share one compressed stream; a stream is decoded as a whole. This file alone knows the stored
//! form.

use std::sync::OnceLock;

use super::code::{Coder, transfer, transfer_examples};
use super::model::Model;
use super::plan::{EXAMPLE_END, EXAMPLE_KINDS, Plan, Region};

mod generated {
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

pub use generated::METADATA_VERSION;
use generated::{CODES, DATA, LETTERS, PRIORS, STREAM_COUNT, STREAMS};
pub(crate) use generated::{EXTENSIONS, RULES, TEMPLATES};

/// A region and where its plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// As in [`Region::letters`].
    pub letters: [u8; 2],
    /// Index of the plan.
    pub plan: u8,
    /// Index of the region in its plan.
    pub index: u8,
}

struct Directory {
    /// Index of a calling code's plan, plus 1.
    plan_of_code: [u8; 1000],
    codes: Vec<u16>,
    places: Vec<Place>,
    /// Index into `places` plus 1, by both letters.
    by_letters: [u8; 26 * 26],
}

/// Two capital letters as an index below 676.
fn index_of(letters: [u8; 2]) -> Option<usize> {
    let [first, second] = letters.map(|letter| usize::from(letter.wrapping_sub(b'A')));
    (first < 26 && second < 26).then_some(first * 26 + second)
}

/// A small letter opens a new calling code.
fn directory() -> &'static Directory {
    static DIRECTORY: OnceLock<Directory> = OnceLock::new();
    DIRECTORY.get_or_init(|| {
        let mut directory =
            Directory { plan_of_code: [0; 1000], codes: Vec::new(), places: Vec::new(), by_letters: [0; 26 * 26] };
        for (code, plan) in directory.plan_of_code.iter_mut().enumerate() {
            if CODES.get(code / 8).is_some_and(|byte| byte >> (code % 8) & 1 == 1) {
                directory.codes.push(code as u16);
                *plan = directory.codes.len() as u8;
            }
        }
        let (mut plan, mut index) = (u8::MAX, 0);
        for pair in LETTERS.chunks_exact(2) {
            let &[first, second] = pair else { continue };
            if first.is_ascii_uppercase() {
                index += 1;
            } else {
                (plan, index) = (plan.wrapping_add(1), 0);
            }
            let letters = [first.to_ascii_uppercase(), second];
            directory.places.push(Place { letters, plan, index });
            if let Some(slot) = index_of(letters).and_then(|at| directory.by_letters.get_mut(at)) {
                *slot = directory.places.len() as u8;
            }
        }
        directory
    })
}

/// All regions, by calling code, the main one first.
pub(crate) fn places() -> &'static [Place] {
    &directory().places
}

/// The place of a region that has one; the non-geographic entities have none.
pub(crate) fn place(letters: [u8; 2]) -> Option<Place> {
    let directory = directory();
    let number = *directory.by_letters.get(index_of(letters)?)?;
    directory.places.get(usize::from(number).checked_sub(1)?).copied()
}

/// The plan of a calling code.
pub(crate) fn plan_of_code(code: usize) -> Option<u8> {
    directory().plan_of_code.get(code)?.checked_sub(1)
}

/// The calling code of a plan, without decoding it.
pub(crate) fn code_of_plan(plan: u8) -> u16 {
    directory().codes.get(usize::from(plan)).copied().unwrap_or_default()
}

/// A run of neighbouring plans that are compressed together.
struct Stream {
    index: usize,
    /// Index of the first plan, and of the one after the last.
    plans: (u8, u8),
    /// Where its bytes start.
    start: usize,
}

/// The stream that holds a plan.
fn stream_of(plan: u8) -> Stream {
    let mut stream = Stream { index: 0, plans: (0, 0), start: 0 };
    for (index, (count, length)) in STREAMS.iter().enumerate() {
        (stream.index, stream.plans) = (index, (stream.plans.1, stream.plans.1.saturating_add(*count)));
        if plan < stream.plans.1 {
            break;
        }
        stream.start += usize::from(*length);
    }
    stream
}

static NONE: Plan = Plan::NONE;

/// How far a stream is decoded.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Depth {
    /// What most numbers need to be judged; the whole where a stream has several plans.
    Quick,
    Whole,
    /// With the examples, which few ever want.
    Examples,
}

/// The plan with this index, as far as it has been asked for.
fn decoded(index: u8, depth: Depth) -> &'static Plan {
    static DECODED: [[OnceLock<Vec<Plan>>; STREAM_COUNT]; 3] = [const { [const { OnceLock::new() }; STREAM_COUNT] }; 3];
    let stream = stream_of(index);
    let depth = if stream.plans.1 - stream.plans.0 > 1 && depth == Depth::Quick { Depth::Whole } else { depth };
    let cell = DECODED.get(depth as usize).and_then(|cells| cells.get(stream.index));
    let plans = cell.map(|cell| cell.get_or_init(|| decode(&stream, depth)));
    plans.and_then(|plans| plans.get(usize::from(index.wrapping_sub(stream.plans.0)))).unwrap_or(&NONE)
}

/// The plan with this index.
pub(crate) fn plan(index: u8) -> &'static Plan {
    kept(index, Depth::Whole)
}

/// The plan with this index, perhaps with no more than most numbers need to be judged.
pub(crate) fn quick_plan(index: u8) -> &'static Plan {
    kept(index, Depth::Quick)
}

fn kept(index: u8, depth: Depth) -> &'static Plan {
    // Asked for many times in each reading: no search for its stream.
    static PLANS: [[OnceLock<&Plan>; 256]; 2] = [const { [const { OnceLock::new() }; 256] }; 2];
    let plan = PLANS.get(depth as usize).and_then(|plans| plans.get(usize::from(index)));
    plan.map_or(&NONE, |plan| plan.get_or_init(|| decoded(index, depth)))
}

/// The digits of the example of a region for a kind of line; empty if there is none.
pub(crate) fn example(place: Place, kind: u8) -> &'static [u8] {
    let order = EXAMPLE_KINDS.iter().position(|known| *known == kind);
    let mut examples = decoded(place.plan, Depth::Examples).examples.split(|digit| *digit == EXAMPLE_END);
    order.and_then(|order| examples.nth(usize::from(place.index) * EXAMPLE_KINDS.len() + order)).unwrap_or_default()
}

/// The one place where stored bytes become plans.
fn decode(stream: &Stream, depth: Depth) -> Vec<Plan> {
    let mut decoder = Decoder::new(DATA.get(stream.start..).unwrap_or_default());
    let mut plans: Vec<Plan> = Vec::new();
    for place in places().iter().filter(|place| place.plan >= stream.plans.0 && place.plan < stream.plans.1) {
        if place.index == 0 {
            plans.push(Plan { calling_code: code_of_plan(place.plan), ..Plan::NONE });
        }
        if let Some(plan) = plans.last_mut() {
            plan.regions.push(Region { letters: place.letters, ..Region::NONE });
        }
    }
    plans.iter_mut().for_each(|plan| transfer(&mut decoder, plan, depth != Depth::Quick));
    if depth == Depth::Examples {
        plans.iter_mut().for_each(|plan| transfer_examples(&mut decoder, plan));
    }
    plans
}

/// A range decoder, the mirror of the encoder in the build script.
struct Decoder {
    model: Model,
    range: u32,
    code: u32,
    bytes: std::slice::Iter<'static, u8>,
}

impl Decoder {
    fn new(bytes: &'static [u8]) -> Self {
        let mut decoder = Decoder { model: Model::new(PRIORS), range: u32::MAX, code: 0, bytes: bytes.iter() };
        (0..4).for_each(|_| decoder.shift());
        decoder
    }

    fn shift(&mut self) {
        self.code = self.code << 8 | u32::from(self.bytes.next().copied().unwrap_or_default());
    }
}

impl Coder for Decoder {
    const WRITES: bool = false;

    fn bit(&mut self, facts: &[usize], _: bool) -> bool {
        let chance = self.model.chance(facts);
        let bound = (self.range >> 16) * chance;
        let bit = self.code < bound;
        if bit {
            self.range = bound;
        } else {
            self.code = self.code.wrapping_sub(bound);
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
