//! The compressed form of a plan: one description of it, read in both directions.
//!
//! Every choice is a yes or no that a [`Coder`] takes together with facts that make it likely or not. The encoder of the build
//! script passes the plan through [`transfer`] and gets it back unchanged; the decoder passes an empty plan and gets it
//! filled. So the two cannot disagree.

use super::plan::{EXAMPLE_END, EXAMPLE_KINDS, Format, LENGTHS, Node, Plan, ROW, Region, Row, intern_set, offer};

/// Writes or reads one yes or no; a reader ignores `bit` and returns what was written.
pub trait Coder {
    /// Whether it writes: a reader is spared the search for what it would ignore.
    const WRITES: bool;

    /// Each of `facts` is below [`FACTS`].
    fn bit(&mut self, facts: &[usize], bit: bool) -> bool;
}

/// The kinds of graph of a plan, which learn apart.
const TYPES: usize = 0;
const AREAS: usize = 1;
const LAYOUT: usize = 2;
const GENERAL: usize = 3;
const PREFIX: usize = 4;
const ABROAD: usize = 5;
const KINDS: usize = 6;

/// Depths that are told apart.
const DEPTHS: usize = 8;

/// Facts that a number of `number` needs.
const NUMBER: usize = 24;

/// Where the facts of each choice start.
mod at {
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
    pub const RANK_DEPTH: usize = RANK_MODEL + KINDS * 8 * NUMBER;
    pub const END: usize = RANK_DEPTH + KINDS * DEPTHS * NUMBER;
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
    pub const FIELD: usize = EXAMPLE_RUN + 64;
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

/// How many facts there are, for the build script, which learns a weight for each.
#[allow(dead_code)]
pub const FACTS: usize = at::FIELD + field::COUNT * NUMBER;

/// Passes a plan through `coder`, without its examples. The letters of its regions are known already.
pub fn transfer<C: Coder>(coder: &mut C, plan: &mut Plan) {
    region_fields(coder, &mut plan.regions);
    plan.extension = small(coder, field::EXTENSION, plan.extension);
    let formats = small(coder, field::FORMATS, plan.formats.len() as u8);
    plan.formats.resize(usize::from(formats), Format::default());
    let mut last = 0;
    for format in &mut plan.formats {
        format_fields(coder, format, last);
        last = usize::from(format.template).min(7);
    }
    let mut writer = Writer {
        coder,
        plan,
        kind: 0,
        region: 0,
        end: 0,
        nodes: 0,
        rows: 0,
        recent: Vec::new(),
        latest: [ROW; LENGTHS],
        earlier: Vec::new(),
        used: 0,
    };
    for kind in TYPES..=ABROAD {
        writer.start(kind);
        let regions = writer.plan.regions.len();
        let roots = match kind {
            AREAS if regions == 1 => 0,
            TYPES | AREAS | LAYOUT => 1,
            _ => regions,
        };
        for index in 0..roots {
            let step = *writer.root(index);
            *writer.root(index) = writer.target(step, 0, 0, ROW, &[]);
        }
    }
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
fn number<C: Coder>(coder: &mut C, bases: [usize; 2], value: u32) -> u32 {
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

fn plain<C: Coder>(coder: &mut C, base: usize, value: u32) -> u32 {
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

struct Writer<'a, C> {
    coder: &'a mut C,
    plan: &'a mut Plan,
    kind: usize,
    /// The region of the last value, with 1 added; 0 where the code has one region.
    region: u16,
    /// The answer at the last node.
    end: u16,
    /// How many nodes and rows have been passed.
    nodes: u16,
    rows: u16,
    /// Rows of this kind, the last used first.
    recent: Vec<u16>,
    /// The latest finished node of this kind at each depth, and for each node the one before it.
    latest: [u16; LENGTHS],
    earlier: Vec<u16>,
    used: u32,
}

impl Plan {
    /// A set of formats by its index.
    pub fn set(&self, index: u16) -> u32 {
        self.sets.get(usize::from(index)).copied().unwrap_or_default()
    }

    /// Where a digit leads.
    pub fn step(&self, step: u16, digit: u8) -> u16 {
        if step & ROW != 0 {
            return step;
        }
        self.nodes.get(usize::from(step)).and_then(|node| node.get(usize::from(digit))).copied().unwrap_or(ROW)
    }
}

/// Moves a step to the front.
fn to_front(steps: &mut [u16], rank: usize) {
    let mut front = steps.get(rank).copied().unwrap_or(ROW);
    for step in steps.iter_mut().take(rank + 1) {
        std::mem::swap(step, &mut front);
    }
}

/// The place of `wanted`, or how many there are.
fn position(steps: &[u16], wanted: u16) -> usize {
    steps.iter().position(|step| *step == wanted).unwrap_or(steps.len())
}

impl<C: Coder> Writer<'_, C> {
    fn start(&mut self, kind: usize) {
        self.kind = kind;
        self.end = 0;
        self.recent.clear();
        self.latest = [ROW; LENGTHS];
    }

    /// Where the walk of this kind for a region starts.
    fn root(&mut self, index: usize) -> &mut u16 {
        let region = match self.kind {
            TYPES => return &mut self.plan.types,
            AREAS => return &mut self.plan.areas,
            LAYOUT => return &mut self.plan.layout,
            _ => self.plan.regions.get_mut(index),
        };
        match region {
            Some(region) if self.kind == GENERAL => &mut region.general,
            Some(region) if self.kind == PREFIX => &mut region.prefix,
            Some(region) => &mut region.abroad,
            None => &mut self.plan.types,
        }
    }

    /// A step that its node has not taken before. `near` tells what it has taken, `model` is the step of the node before.
    fn target(&mut self, step: u16, depth: usize, near: usize, model: u16, taken: &[u16]) -> u16 {
        let place = self.kind * DEPTHS + depth.min(DEPTHS - 1);
        let facts =
            [at::IS_ROW + place * 4 + near, at::IS_ROW_MODEL + self.kind * 16 + usize::from(model >> 14) * 4 + near];
        if self.coder.bit(&facts, step & ROW != 0) {
            return self.row(step, depth, model, taken);
        }
        let mut known = self.latest.get(depth).copied().unwrap_or(ROW);
        if known == ROW || self.coder.bit(&[at::IS_NEW + place], step == self.nodes) {
            return self.node(depth);
        }
        let mut back = 0;
        while C::WRITES && known != step && known != ROW {
            known = self.before(known);
            back += 1;
        }
        let back = plain(self.coder, at::BACK, back);
        (0..back).fold(self.latest.get(depth).copied().unwrap_or(ROW), |node, _| self.before(node))
    }

    fn before(&self, node: u16) -> u16 {
        self.earlier.get(usize::from(node)).copied().unwrap_or(ROW)
    }

    fn row(&mut self, step: u16, depth: usize, model: u16, taken: &[u16]) -> u16 {
        // Only rows that this node has not taken yet, the last used first.
        let free = || self.recent.iter().filter(|row| !taken.contains(row));
        let mut chosen = None;
        if free().next().is_some() {
            let hint = free().take(6).position(|row| *row == model).unwrap_or(7);
            let bases = [
                at::RANK_MODEL + (self.kind * 8 + hint) * NUMBER,
                at::RANK_DEPTH + (self.kind * DEPTHS + depth.min(DEPTHS - 1)) * NUMBER,
            ];
            // 0 is a new row.
            let coded =
                if C::WRITES { free().position(|row| *row == step).map_or(0, |rank| rank as u32 + 1) } else { 0 };
            let coded = number(self.coder, bases, coded) as usize;
            chosen = coded
                .checked_sub(1)
                .and_then(|rank| self.recent.iter().filter(|row| !taken.contains(row)).nth(rank))
                .copied();
        }
        let rank = chosen.map_or(self.recent.len(), |chosen| position(&self.recent, chosen));
        if chosen.is_none() {
            self.recent.push(ROW | self.rows);
            self.row_values();
        }
        to_front(&mut self.recent, rank);
        self.recent.first().copied().unwrap_or(ROW)
    }

    fn row_values(&mut self) {
        let index = usize::from(self.rows);
        self.rows += 1;
        let mut row = self.plan.rows.get(index).copied().unwrap_or([0; LENGTHS]);
        if self.kind == LAYOUT {
            row = self.row_of_formats(&row);
        } else {
            // A kind of line has only numbers of possible lengths.
            let allowed = match self.kind {
                TYPES => self.plan.regions.iter().fold(0, |all, region| all | region.lengths),
                _ => u32::MAX,
            };
            let mut last = 0;
            for (length, value) in row.iter_mut().enumerate().filter(|(length, _)| allowed >> length & 1 == 1) {
                let place = (self.kind * 2 + usize::from(last != 0)) * 32 + length;
                if self.coder.bit(
                    &[
                        at::REPEATED + place,
                        at::REPEATED_SHAPE
                            + ((self.kind * 4 + self.recent.len().min(3)) * 4 + allowed.count_ones().min(4) as usize
                                - 1)
                                * 2
                            + usize::from(last != 0),
                    ],
                    *value == last,
                ) {
                    *value = last;
                } else if last != 0 && self.coder.bit(&[at::ZERO + place], *value == 0) {
                    *value = 0;
                } else {
                    *value = self.value(*value);
                }
                last = *value;
            }
        }
        match self.plan.rows.get_mut(index) {
            Some(place) => *place = row,
            None => self.plan.rows.push(row),
        }
    }

    /// A row of formats is told by the set of those offered, in their order.
    fn row_of_formats(&mut self, [.., written]: &Row) -> Row {
        let (written, mut set, mut row) = (self.plan.set(*written), 0, [0; LENGTHS]);
        for (format, number) in self.plan.formats.iter().zip(0..) {
            let mut with = row;
            offer(&mut with, format, number + 1);
            let known = usize::from(self.used >> number & 1 == 1) + if self.used >> number == 0 { 2 } else { 0 };
            let fact = at::SET + usize::from(set != 0) * 4 + known + if with == row { 8 } else { 0 };
            if self.coder.bit(&[fact], written >> number & 1 == 1) {
                (row, set) = (with, set | 1 << number);
            }
        }
        self.used |= set;
        let [.., last] = &mut row;
        *last = intern_set(&mut self.plan.sets, set);
        row
    }

    /// An answer other than 0.
    fn value(&mut self, value: u16) -> u16 {
        if self.kind == GENERAL {
            return 1;
        }
        if self.kind != TYPES {
            return plain(self.coder, at::VALUE + self.kind * NUMBER, u32::from(value)) as u16;
        }
        let mut node = 1;
        for shift in (0..4).rev() {
            node = node << 1 | usize::from(self.coder.bit(&[at::KIND_OF_LINE + node], value >> shift & 1 == 1));
        }
        if self.plan.regions.len() > 1 && !self.coder.bit(&[at::SAME_REGION], value >> 4 == self.region) {
            self.region = plain(self.coder, at::VALUE, u32::from(value >> 4)) as u16;
        }
        self.region << 4 | node as u16 & 15
    }

    fn node(&mut self, depth: usize) -> u16 {
        let id = self.nodes;
        self.nodes += 1;
        let index = usize::from(id);
        if self.plan.nodes.len() <= index {
            self.plan.nodes.push([0; 11]);
        }
        if self.earlier.len() <= index {
            self.earlier.push(ROW);
        }
        let mut node = self.plan.nodes.get(index).copied().unwrap_or_default();
        let [.., end] = &mut node;
        let place = at::END + self.kind * 4 + usize::from(self.end != 0);
        if !self.coder.bit(&[place], *end == self.end) {
            self.end = if self.end != 0 && self.coder.bit(&[place + 2], *end == 0) { 0 } else { self.value(*end) };
        }
        *end = self.end;
        self.steps(depth, &mut node);
        if let Some(place) = self.plan.nodes.get_mut(index) {
            *place = node;
        }
        if let (Some(latest), Some(earlier)) = (self.latest.get_mut(depth), self.earlier.get_mut(index)) {
            *earlier = std::mem::replace(latest, id);
        }
        id
    }

    fn steps(&mut self, depth: usize, node: &mut Node) {
        let (kind, shallow) = (self.kind, depth.min(DEPTHS - 1));
        let place = kind * DEPTHS + shallow;
        // The node before at this depth: its neighbours in the plan are often cut alike.
        let model = self.latest.get(depth).and_then(|latest| self.plan.nodes.get(usize::from(*latest))).copied();
        // The steps taken, the last one first.
        let mut taken: [u16; 10] = [ROW; 10];
        let (mut count, mut history, mut model_before) = (0, 1, ROW);
        for (digit, step) in node.iter_mut().take(10).enumerate() {
            let wanted = *step;
            let hint = model.and_then(|node| node.get(digit).copied()).unwrap_or(u16::MAX);
            let last = taken.first().copied().unwrap_or(ROW);
            let is_row = usize::from(last >> 15);
            let second_is_row = usize::from(taken.get(1).is_some_and(|step| step & ROW != 0));
            let known = taken.get(..count).unwrap_or_default();
            let mut rank = if C::WRITES { position(known, wanted) } else { 0 };
            let hint_rank = position(known, hint);
            if count > 0 {
                let shape = is_row * 4 + count.min(4) - 1;
                let cut = match model {
                    None => 0,
                    Some(_) => 1 + usize::from(hint == model_before),
                };
                let facts = [
                    at::SAME_DIGIT + place * 16 + digit,
                    at::SAME_HISTORY + kind * 64 + (history & 7) * 8 + shape,
                    at::SAME_MODEL + kind * 64 + cut * 16 + usize::from(hint == last) * 8 + shape,
                ];
                let same = self.coder.bit(&facts, wanted == last);
                history = history << 1 | usize::from(same);
                rank = if same { 0 } else { rank.max(1) };
            }
            model_before = hint;
            if rank > 0 || count == 0 {
                let hinted = if hint_rank < count { hint_rank.min(4) + 1 } else { 0 };
                let facts = [
                    at::SEEN + place * 4 + count.min(5).saturating_sub(2),
                    at::SEEN_MODEL + kind * 8 + hinted,
                    at::SEEN_HISTORY + (kind * 8 + (history & 7)) * 4 + is_row * 2 + second_is_row,
                ];
                if count > 1 && self.coder.bit(&facts, rank < count) {
                    let stop = rank;
                    rank = 1;
                    while rank + 1 < count
                        && self.coder.bit(
                            &[
                                at::WHICH + kind * 64 + rank.min(7) * 8 + hinted,
                                at::WHICH_ROW
                                    + (kind * 8 + rank.min(7)) * 2
                                    + usize::from(taken.get(rank).is_some_and(|step| step & ROW != 0)),
                            ],
                            stop != rank,
                        )
                    {
                        rank += 1;
                    }
                } else {
                    let near = if count > 1 { 3 } else { count * (1 + is_row) };
                    let known = taken;
                    let new = self.target(wanted, depth + 1, near, hint, known.get(..count).unwrap_or_default());
                    rank = count;
                    count += 1;
                    if let Some(place) = taken.get_mut(rank) {
                        *place = new;
                    }
                }
                to_front(&mut taken, rank);
            }
            *step = taken.first().copied().unwrap_or(ROW);
        }
    }
}
