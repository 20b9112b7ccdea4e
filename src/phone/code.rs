//! The compressed form of a plan: one description of it, read in both directions.
//!
//! Every choice is a yes or no that a [`Coder`] takes together with facts that make it likely or not. The encoder of the build
//! script passes the plan through [`transfer`] and gets it back unchanged; the decoder passes an empty plan and gets it
//! filled. So the two cannot disagree.

use super::code_graph;
use super::plan::{EXAMPLE_END, EXAMPLE_KINDS, Format, LENGTHS, Plan, ROW, Region};

/// Writes or reads one yes or no; a reader ignores `bit` and returns what was written.
pub trait Coder {
    /// Whether it writes: a reader is spared the search for what it would ignore.
    const WRITES: bool;

    /// Each of `facts` is below [`FACTS`].
    fn bit(&mut self, facts: &[usize], bit: bool) -> bool;
}

/// The kinds of graph of a plan, which learn apart.
pub const TYPES: usize = 0;
pub const AREAS: usize = 1;
pub const LAYOUT: usize = 2;
pub const GENERAL: usize = 3;
pub const PREFIX: usize = 4;
pub const ABROAD: usize = 5;
pub const KINDS: usize = 6;

/// Depths that are told apart.
pub const DEPTHS: usize = 8;

/// Facts that a number of `number` needs.
pub const NUMBER: usize = 24;

/// Where the facts of each choice start.
pub mod at {
    use super::{DEPTHS, KINDS, NUMBER};

    pub const SAME_DIGIT: usize = 0;
    pub const SAME_HISTORY: usize = SAME_DIGIT + KINDS * DEPTHS * 16;
    pub const SAME_MODEL: usize = SAME_HISTORY + KINDS * 64;
    pub const SEEN: usize = SAME_MODEL + KINDS * 64;
    pub const SEEN_MODEL: usize = SEEN + KINDS * DEPTHS * 4;
    pub const SEEN_HISTORY: usize = SEEN_MODEL + KINDS * 8;
    pub const WHICH: usize = SEEN_HISTORY + KINDS * 32;
    pub const WHICH_ROW: usize = WHICH + KINDS * 64;
    pub const IS_ROW: usize = WHICH_ROW + KINDS * 16;
    pub const IS_ROW_MODEL: usize = IS_ROW + KINDS * DEPTHS * 4;
    pub const IS_NEW: usize = IS_ROW_MODEL + KINDS * 16;
    pub const BACK: usize = IS_NEW + KINDS * DEPTHS;
    pub const RANK_MODEL: usize = BACK + NUMBER;
    pub const RANK_PLACE: usize = RANK_MODEL + KINDS * 8 * NUMBER;
    pub const END: usize = RANK_PLACE + KINDS * DEPTHS * NUMBER;
    pub const REPEATED: usize = END + KINDS * 4;
    pub const REPEATED_SHAPE: usize = REPEATED + KINDS * 64;
    pub const ZERO: usize = REPEATED_SHAPE + KINDS * 32;
    pub const KIND_OF_LINE: usize = ZERO + KINDS * 64;
    pub const SAME_REGION: usize = KIND_OF_LINE + 16;
    pub const VALUE: usize = SAME_REGION + 1;
    pub const SET: usize = VALUE + KINDS * NUMBER;
    pub const EXAMPLE_ENDS: usize = SET + 16;
    pub const EXAMPLE_DIGIT: usize = EXAMPLE_ENDS + 64;
    pub const EXAMPLE_PLACE: usize = EXAMPLE_DIGIT + 64;
    pub const EXAMPLE_RUN: usize = EXAMPLE_PLACE + 64;
    pub const SAME_TWIN: usize = EXAMPLE_RUN + 64;
    pub const IS_ROW_TWIN: usize = SAME_TWIN + KINDS * 8;
    pub const FIELD: usize = IS_ROW_TWIN + KINDS * 4;
}

/// Fields of regions and formats.
mod field {
    // A set of lengths takes the room of two numbers.
    pub const LENGTHS: usize = 0;
    pub const LOCAL: usize = 2;
    pub const SHARED: usize = 4;
    pub const INSERTS: usize = 5;
    pub const INSERT: usize = 6;
    pub const EXTENSION: usize = 7;
    pub const FORMATS: usize = 8;
    // By the template before.
    pub const TEMPLATE: usize = 9;
    pub const INTERNATIONAL: usize = 17;
    pub const RULE: usize = 18;
    pub const FLAGS: usize = 19;
    pub const WIDE: usize = 20;
    pub const EXTRA: usize = 21;
    pub const GROUP: usize = 22;
    pub const COUNT: usize = 28;
}

/// How many facts there are.
pub const FACTS: usize = at::FIELD + field::COUNT * NUMBER;

const _: () = assert!(FACTS <= super::model::ROOM);

/// Passes a plan through `coder`, without its examples; no more than most numbers need to be judged, unless the `whole` is
/// wanted. The letters of its regions are known already.
pub fn transfer<C: Coder>(coder: &mut C, plan: &mut Plan, whole: bool) {
    region_fields(coder, &mut plan.regions);
    plan.extension = small(coder, field::EXTENSION, plan.extension);
    let formats = small(coder, field::FORMATS, plan.formats.len() as u8);
    plan.formats.resize(usize::from(formats), Format::default());
    let mut last = 0;
    for format in &mut plan.formats {
        format_fields(coder, format, last);
        last = usize::from(format.template).min(7);
    }
    code_graph::transfer(coder, plan, whole);
    plan.whole = whole;
}

/// Passes the examples of a plan that has already been passed.
pub fn transfer_examples<C: Coder>(coder: &mut C, plan: &mut Plan) {
    let mut written = plan.examples.iter().copied();
    let mut examples = Vec::new();
    for region in &plan.regions {
        for kind in EXAMPLE_KINDS {
            let (mut step, mut last, mut length, mut run) = (plan.types, 0, 0, 0);
            loop {
                let wanted = written.next().unwrap_or(EXAMPLE_END);
                let possible = usize::from(region.lengths >> length & 1 == 1);
                let place = if length == 0 { usize::from(kind) } else { 16 + possible * 16 + length.min(15) };
                if coder.bit(&[at::EXAMPLE_ENDS + place], wanted == EXAMPLE_END) {
                    break;
                }
                let digit = example_digit(coder, plan, step, length, last, wanted, run);
                run = if digit == (last + 1) % 10 { (run + 1).min(3) } else { 0 };
                last = digit;
                step = plan.step(step, last);
                examples.push(last);
                length += 1;
            }
            examples.push(EXAMPLE_END);
        }
    }
    plan.examples = examples;
}

/// One digit of an example: as a rule the one after the last digit, and always one that leads to numbers in use.
fn example_digit<C: Coder>(
    coder: &mut C,
    plan: &Plan,
    step: u16,
    length: usize,
    last: u8,
    wanted: u8,
    run: usize,
) -> u8 {
    for order in 0..9 {
        let digit = (last + 1 + order) % 10;
        let next = plan.step(step, digit);
        let used = next & ROW == 0
            || plan.rows.get(usize::from(next & !ROW)).is_some_and(|row| row.iter().any(|value| *value != 0));
        let free = usize::from(step & ROW != 0);
        let facts = [
            at::EXAMPLE_DIGIT + (usize::from(used) * 2 + free) * 16 + usize::from(order),
            at::EXAMPLE_RUN + (run * 2 + free) * 8 + usize::from(order.min(7)),
            at::EXAMPLE_PLACE + (length.min(3) * 2 + usize::from(used)) * 8 + usize::from(order.min(7)),
        ];
        if coder.bit(&facts, wanted == digit) {
            return digit;
        }
    }
    last
}

/// A number that is small as a rule: its length in bits in unary, then the bits below the highest. The facts about it start
/// at each of `bases`.
pub fn number<C: Coder>(coder: &mut C, bases: [usize; 2], value: u32) -> u32 {
    let mut bit = |known: u32, bit: bool| {
        let facts = bases.map(|base| base + known as usize);
        let count = if bases[0] == bases[1] { 1 } else { 2 };
        coder.bit(facts.get(..count).unwrap_or_default(), bit)
    };
    let wanted = 32 - (value + 1).leading_zeros();
    let mut length = 1;
    while length < 20 && bit(length.min(7), wanted > length) {
        length += 1;
    }
    let mut read = 1;
    for shift in (0..length - 1).rev() {
        let known = if read < 8 { 8 + read } else { 16 + shift.min(7) };
        read = read << 1 | u32::from(bit(known, (value + 1) >> shift & 1 == 1));
    }
    read - 1
}

pub fn plain<C: Coder>(coder: &mut C, base: usize, value: u32) -> u32 {
    number(coder, [base; 2], value)
}

fn small<C: Coder>(coder: &mut C, field: usize, value: u8) -> u8 {
    plain(coder, at::FIELD + field * NUMBER, u32::from(value)) as u8
}

/// A set of lengths, each likely or not by its size and by whether the one before is in the set.
fn lengths<C: Coder>(coder: &mut C, field: usize, set: u32) -> u32 {
    let mut read = 0;
    for length in 2..LENGTHS - 1 {
        let fact = at::FIELD + field * NUMBER + length.min(15) + if read >> (length - 1) & 1 == 1 { 16 } else { 0 };
        read |= u32::from(coder.bit(&[fact], set >> length & 1 == 1)) << length;
    }
    read
}

fn region_fields<C: Coder>(coder: &mut C, regions: &mut [Region]) {
    let mut before = (0, 0);
    for region in regions {
        let own = (region.lengths, region.local);
        if before == (0, 0) || !coder.bit(&[at::FIELD + field::SHARED * NUMBER], own == before) {
            before = (lengths(coder, field::LENGTHS, own.0), 0);
            if coder.bit(&[at::FIELD + field::SHARED * NUMBER + 1], own.1 != 0) {
                before.1 = lengths(coder, field::LOCAL, own.1);
            }
        }
        (region.lengths, region.local) = before;
        region.inserts = small(coder, field::INSERTS, region.inserts);
        for digit in region.insert.iter_mut().take(usize::from(region.inserts)) {
            *digit = small(coder, field::INSERT, *digit);
        }
    }
}

fn format_fields<C: Coder>(coder: &mut C, format: &mut Format, last: usize) {
    format.template = small(coder, field::TEMPLATE + last, format.template);
    format.international = small(coder, field::INTERNATIONAL, format.international);
    format.rule = small(coder, field::RULE, format.rule);
    format.flags = small(coder, field::FLAGS, format.flags);
    for (place, size) in format.groups.iter_mut().enumerate() {
        *size = small(coder, field::GROUP + place, *size);
        if *size == 0 {
            break;
        }
    }
    format.extra = small(coder, field::EXTRA, format.extra);
    if format.extra > 0 {
        format.wide = small(coder, field::WIDE, format.wide);
    }
}
