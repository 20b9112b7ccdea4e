//! The compressed form of a plan: one description of it, read in both directions.
//!
//! Every choice is a yes or no that a [`Coder`] takes with a context. The encoder of the build script passes the plan
//! through [`transfer`] and gets it back unchanged; the decoder passes an empty plan and gets it filled. So the two cannot
//! disagree.

use super::plan::{Format, LENGTHS, Plan, ROW, Region, intern_set, pick};

/// Writes or reads one yes or no; a reader ignores `bit` and returns what was written.
pub trait Coder {
    /// `context` is below [`CONTEXTS`] and says what else is known.
    fn bit(&mut self, context: usize, bit: bool) -> bool;
}

/// Numbers of a graph's kind, which learn apart.
const TYPES: usize = 0;
const LAYOUT: usize = 1;
const GENERAL: usize = 2;
const PREFIX: usize = 3;
const ABROAD: usize = 4;
const KINDS: usize = 5;

const DEPTHS: usize = 8;

const SAME: usize = 0;
const OLD: usize = SAME + KINDS * DEPTHS * 16;
const WHICH: usize = OLD + KINDS * DEPTHS * 4;
const IS_ROW: usize = WHICH + KINDS * 16;
const IS_NEW: usize = IS_ROW + KINDS * DEPTHS * 4;
const BACK: usize = IS_NEW + KINDS * DEPTHS;
const ROW_RANK: usize = BACK + 32;
const END: usize = ROW_RANK + KINDS * 32;
const ROW_SAME: usize = END + KINDS;
const VALUE: usize = ROW_SAME + KINDS * 4 * 32;
const PLAIN: usize = VALUE + KINDS * 64;
/// Contexts of whole fields, 32 each.
const FIELDS: usize = 64;
/// How many contexts there are.
pub const CONTEXTS: usize = PLAIN + FIELDS * 32;

/// Fields that are written as plain numbers.
mod field {
    pub const LENGTHS: usize = 0;
    pub const LOCAL: usize = 1;
    pub const INSERT: usize = 2;
    pub const INSERT_DIGIT: usize = 3;
    pub const FORMATS: usize = 4;
    pub const GROUPS: usize = 5;
    pub const SIZE: usize = 6;
    pub const EXTRA: usize = 16;
    pub const WIDE: usize = 17;
    pub const TEMPLATE: usize = 18;
    pub const INTERNATIONAL: usize = 26;
    pub const RULE: usize = 27;
    pub const FLAGS: usize = 28;
    pub const EXTENSION: usize = 29;
    pub const EXAMPLE_LENGTH: usize = 30;
    pub const EXAMPLE_DIGIT: usize = 31;
    pub const EXAMPLE: usize = 35;
    pub const SAME_REGION: usize = 36;
    pub const ROW_SET: usize = 38;
}

struct Writer<'a, C> {
    coder: &'a mut C,
    plan: &'a mut Plan,
    kind: usize,
    next_node: u16,
    next_row: u16,
    /// Rows of this kind, the last used first.
    recent: Vec<u16>,
    /// Nodes of this kind by depth, in the order in which they came.
    by_depth: [Vec<u16>; LENGTHS],
    /// Values of this kind's rows, the last used first.
    values: Vec<u16>,
}

/// Passes a plan through `coder`, without its examples.
pub fn transfer<C: Coder>(coder: &mut C, plan: &mut Plan) {
    let count = plan.regions.len();
    for index in 0..count {
        let mut region = plan.regions.get(index).cloned().unwrap_or(Region::NONE);
        let main = plan.regions.first().filter(|_| index > 0).cloned();
        region_fields(coder, &mut region, main.as_ref());
        if let Some(place) = plan.regions.get_mut(index) {
            *place = region;
        }
    }
    plan.extension = number(coder, field::EXTENSION, plan.extension.into()) as u8;
    let formats = number(coder, field::FORMATS, plan.formats.len() as u32) as usize;
    plan.formats.resize(formats, Format::default());
    let mut last = 0;
    for format in &mut plan.formats {
        format_fields(coder, format, last);
        last = usize::from(format.template).min(7);
    }
    let mut writer = Writer {
        coder,
        plan,
        kind: 0,
        next_node: 0,
        next_row: 0,
        recent: Vec::new(),
        by_depth: Default::default(),
        values: Vec::new(),
    };
    writer.plan.types = writer.root(TYPES, writer.plan.types);
    writer.plan.layout = writer.root(LAYOUT, writer.plan.layout);
    for kind in GENERAL..=ABROAD {
        writer.forget(kind);
        for index in 0..count {
            let root = writer.plan.regions.get(index).map_or(0, |region| *slot(&mut region.clone(), kind));
            let root = writer.target(root, 0, 0);
            if let Some(region) = writer.plan.regions.get_mut(index) {
                *slot(region, kind) = root;
            }
        }
    }
}

fn slot(region: &mut Region, kind: usize) -> &mut u16 {
    match kind {
        GENERAL => &mut region.general,
        PREFIX => &mut region.prefix,
        _ => &mut region.abroad,
    }
}

/// Passes the examples of a plan that has already been passed.
pub fn transfer_examples<C: Coder>(coder: &mut C, plan: &mut Plan) {
    for region in &mut plan.regions {
        region.examples.resize(12, Vec::new());
        for (kind, example) in region.examples.iter_mut().enumerate() {
            if kind == 0 || kind == 3 {
                continue;
            }
            let length = number(coder, field::EXAMPLE_LENGTH, example.len() as u32) as usize;
            example.resize(length, 0);
            let (mut last, mut run) = (0, 0);
            for (at, digit) in example.iter_mut().enumerate() {
                let next = (last + 1) % 10;
                let follows = coder.bit(PLAIN + field::EXAMPLE * 32 + run * 8 + at.min(7), *digit == next);
                if follows {
                    *digit = next;
                    run = (run + 1).min(3);
                } else {
                    *digit = tree(coder, PLAIN + (field::EXAMPLE_DIGIT + at.min(3)) * 32, 4, u32::from(*digit)) as u8;
                    run = 0;
                }
                last = *digit;
            }
        }
    }
}

/// A number below 2 to the power of `bits`, highest bit first, each bit in the context of those before it.
fn tree<C: Coder>(coder: &mut C, base: usize, bits: u32, value: u32) -> u32 {
    let mut node = 1;
    for shift in (0..bits).rev() {
        let bit = coder.bit(base + node, value >> shift & 1 == 1);
        node = node << 1 | usize::from(bit);
    }
    node as u32 & ((1 << bits) - 1)
}

/// A number that is small as a rule: its length in bits in unary, then the bits below the highest.
fn number_at<C: Coder>(coder: &mut C, base: usize, value: u32) -> u32 {
    let wanted = 32 - (value + 1).leading_zeros();
    let mut length = 1;
    while coder.bit(base + length.min(8) as usize, wanted > length) {
        length += 1;
    }
    let mut read = 1;
    for shift in (0..length - 1).rev() {
        let known = if read < 8 { 8 + read as usize } else { 16 + shift as usize % 16 };
        let bit = coder.bit(base + known, (value + 1) >> shift & 1 == 1);
        read = read << 1 | u32::from(bit);
    }
    read - 1
}

fn number<C: Coder>(coder: &mut C, field: usize, value: u32) -> u32 {
    number_at(coder, PLAIN + field * 32, value)
}

fn lengths<C: Coder>(coder: &mut C, field: usize, mask: u32) -> u32 {
    let mut read = 0;
    for length in 2..LENGTHS - 1 {
        let context = length.min(15) + if read >> (length - 1) & 1 == 1 { 16 } else { 0 };
        if coder.bit(PLAIN + field * 32 + context, mask >> length & 1 == 1) {
            read |= 1 << length;
        }
    }
    read
}

fn region_fields<C: Coder>(coder: &mut C, region: &mut Region, main: Option<&Region>) {
    let same = main.is_some_and(|main| main.lengths == region.lengths && main.local == region.local);
    if let Some(main) = main
        && coder.bit(PLAIN + field::SAME_REGION * 32, same)
    {
        (region.lengths, region.local) = (main.lengths, main.local);
    } else {
        region.lengths = lengths(coder, field::LENGTHS, region.lengths);
        if coder.bit(PLAIN + field::SAME_REGION * 32 + 1, region.local != 0) {
            region.local = lengths(coder, field::LOCAL, region.local);
        }
    }
    let count = number(coder, field::INSERT, region.insert.len() as u32) as usize;
    region.insert.resize(count, 0);
    for digit in &mut region.insert {
        *digit = tree(coder, PLAIN + field::INSERT_DIGIT * 32, 4, u32::from(*digit)) as u8;
    }
}

fn format_fields<C: Coder>(coder: &mut C, format: &mut Format, last: usize) {
    let mut plain = |field: usize, value: u8| number(coder, field, value.into()) as u8;
    format.template = plain(field::TEMPLATE + last, format.template);
    format.international = plain(field::INTERNATIONAL, format.international);
    format.rule = plain(field::RULE, format.rule);
    let count = plain(field::GROUPS, format.groups.len() as u8) as usize;
    format.groups.resize(count, 0);
    for (at, size) in format.groups.iter_mut().enumerate() {
        *size = plain(field::SIZE + at.min(4) + if at + 1 == count { 5 } else { 0 }, *size);
    }
    format.extra = plain(field::EXTRA, format.extra);
    if format.extra > 0 {
        format.wide = count as u8 - plain(field::WIDE, (count as u8).wrapping_sub(format.wide));
    }
    let flags = u32::from(format.optional_prefix) | u32::from(format.carrier) << 1;
    let flags = tree(coder, PLAIN + field::FLAGS * 32, 2, flags);
    (format.optional_prefix, format.carrier) = (flags & 1 == 1, flags & 2 == 2);
}

impl<C: Coder> Writer<'_, C> {
    fn forget(&mut self, kind: usize) {
        self.kind = kind;
        self.recent.clear();
        self.values.clear();
        self.by_depth = Default::default();
    }

    fn root(&mut self, kind: usize, step: u16) -> u16 {
        self.forget(kind);
        self.target(step, 0, 0)
    }

    /// A step that its node has not taken before.
    fn target(&mut self, step: u16, depth: usize, near: usize) -> u16 {
        let shallow = depth.min(DEPTHS - 1);
        let place = self.kind * DEPTHS + shallow;
        if self.coder.bit(IS_ROW + place * 4 + near, step & ROW != 0) {
            return self.row(step);
        }
        let list = self.by_depth.get(depth).map_or(0, Vec::len);
        if list == 0 || self.coder.bit(IS_NEW + place, step == self.next_node) {
            return self.node(depth);
        }
        let list = self.by_depth.get(depth).map_or(&[][..], Vec::as_slice);
        let back = list.iter().rev().position(|known| *known == step).unwrap_or(0);
        let back = number_at(self.coder, BACK, back as u32) as usize;
        list.iter().rev().nth(back).copied().unwrap_or(0)
    }

    fn row(&mut self, step: u16) -> u16 {
        let rank = self.recent.iter().position(|known| *known == step).map_or(0, |rank| rank as u32 + 1);
        let rank = if self.recent.is_empty() { 0 } else { number_at(self.coder, ROW_RANK + self.kind * 32, rank) } as usize;
        let step = if rank == 0 {
            let new = self.next_row;
            self.next_row += 1;
            self.row_values(usize::from(new));
            ROW | new
        } else if rank <= self.recent.len() {
            self.recent.remove(rank - 1)
        } else {
            0
        };
        self.recent.insert(0, step);
        step
    }

    fn row_values(&mut self, index: usize) {
        let mut row = self.plan.rows.get(index).copied().unwrap_or_default();
        if self.kind == LAYOUT {
            let [.., known] = row;
            let (known, mut set) = (self.plan.sets.get(usize::from(known)).copied().unwrap_or_default(), 0);
            for at in 0..self.plan.formats.len() {
                if self.coder.bit(PLAIN + field::ROW_SET * 32 + usize::from(set != 0), known >> at & 1 == 1) {
                    set |= 1 << at;
                }
            }
            row = std::array::from_fn(|length| pick(&self.plan.formats, set, length));
            let [.., last] = &mut row;
            *last = intern_set(&mut self.plan.sets, set);
        } else {
            let allowed = match (self.kind, self.plan.regions.as_slice()) {
                (TYPES, [only]) => only.lengths,
                (TYPES, _) => u32::MAX,
                _ => u32::MAX,
            };
            let mut last = 0;
            for (length, value) in row.iter_mut().enumerate() {
                if allowed >> length & 1 == 0 {
                    continue;
                }
                let context = ROW_SAME + (self.kind * 4 + usize::from(last != 0)) * 32 + length;
                if self.coder.bit(context, *value == last) {
                    *value = last;
                } else {
                    *value = if last != 0 && self.coder.bit(context + 64, *value == 0) { 0 } else { self.value(*value) };
                    last = *value;
                }
            }
        }
        match self.plan.rows.get_mut(index) {
            Some(known) => *known = row,
            None => self.plan.rows.push(row),
        }
    }

    /// An answer other than 0: one of the values seen, or a new one.
    fn value(&mut self, value: u16) -> u16 {
        let base = VALUE + self.kind * 64;
        if self.kind == GENERAL {
            return 1;
        }
        if self.kind == TYPES && self.plan.regions.len() == 1 {
            return tree(self.coder, base, 4, value.into()) as u16;
        }
        let rank = self.values.iter().position(|known| *known == value).map_or(0, |rank| rank as u32 + 1);
        let rank = number_at(self.coder, base, rank) as usize;
        let value = if rank == 0 {
            number_at(self.coder, base + 32, value.into()) as u16
        } else if rank <= self.values.len() {
            self.values.remove(rank - 1)
        } else {
            0
        };
        self.values.insert(0, value);
        value
    }

    fn node(&mut self, depth: usize) -> u16 {
        let id = self.next_node;
        self.next_node += 1;
        let index = usize::from(id);
        if self.plan.nodes.len() <= index {
            self.plan.nodes.push([0; 11]);
        }
        let known = self.plan.nodes.get(index).copied().unwrap_or_default();
        let mut node = known;
        let [.., end] = known;
        let end = if self.coder.bit(END + self.kind, end != 0) { self.end(end) } else { 0 };
        let place = self.kind * DEPTHS + depth.min(DEPTHS - 1);
        // Steps of this node, the last taken first.
        let mut steps: Vec<u16> = Vec::with_capacity(10);
        let mut history = 1;
        for step in node.iter_mut().take(10) {
            let wanted = *step;
            let near = match steps.as_slice() {
                [] => 0,
                [last] => 1 + usize::from(last & ROW != 0),
                _ => 3,
            };
            if let Some(last) = steps.first().copied() {
                let same = self.coder.bit(SAME + place * 16 + (history & 7) * 2 + usize::from(last & ROW != 0), wanted == last);
                history = history << 1 | usize::from(same);
                if same {
                    *step = last;
                    continue;
                }
            }
            let seen = steps.iter().position(|known| *known == wanted);
            if steps.len() > 1 && self.coder.bit(OLD + place * 4 + (steps.len() - 2).min(3), seen.is_some()) {
                let mut rank = 1;
                while rank + 1 < steps.len() && self.coder.bit(WHICH + self.kind * 16 + rank, seen != Some(rank)) {
                    rank += 1;
                }
                *step = if rank < steps.len() { steps.remove(rank) } else { 0 };
            } else {
                *step = self.target(wanted, depth + 1, near);
            }
            steps.insert(0, *step);
        }
        let [.., place] = &mut node;
        *place = end;
        if let Some(place) = self.plan.nodes.get_mut(index) {
            *place = node;
        }
        if let Some(list) = self.by_depth.get_mut(depth) {
            list.push(id);
        }
        id
    }

    fn end(&mut self, end: u16) -> u16 {
        if self.kind == LAYOUT { number_at(self.coder, VALUE + LAYOUT * 64, end.into()) as u16 } else { self.value(end) }
    }
}
