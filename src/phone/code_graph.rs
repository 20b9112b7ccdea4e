//! The compressed form of the graphs of a plan: node by node from the root down, each as far as it is not foreseen.
//!
//! Foreseen from the nodes before it at its depth, and from the graph of kinds of line at the same digits: formats and general
//! patterns are cut much alike.

use super::code::{ABROAD, AREAS, Coder, DEPTHS, GENERAL, LAYOUT, NUMBER, PREFIX, TYPES, at, number, plain};
use super::plan::{DETAIL, LENGTHS, Node, Plan, ROW, Row, intern_set, offer};

/// What a plan is passed as: first what most numbers need to be judged. Details are of the kind [`TYPES`] too.
const PASSES: [usize; 7] = [TYPES, PREFIX, AREAS, LAYOUT, GENERAL, ABROAD, TYPES];
const FIRST_PASSES: usize = 2;

/// Passes the graphs of a plan.
pub fn transfer<C: Coder>(coder: &mut C, plan: &mut Plan, whole: bool) {
    let mut writer = Writer {
        coder,
        plan,
        kind: 0,
        in_detail: false,
        region: 0,
        end: 0,
        nodes: 0,
        rows: 0,
        recent: Vec::new(),
        latest: [ROW; LENGTHS],
        earlier: Vec::new(),
        used: 0,
    };
    let mut has_detail = false;
    for (pass, kind) in PASSES.into_iter().enumerate().take(if whole { PASSES.len() } else { FIRST_PASSES }) {
        writer.start(kind);
        writer.in_detail = pass > 0;
        let regions = writer.plan.regions.len();
        let roots = match kind {
            AREAS if regions == 1 => 0,
            TYPES if pass > 0 => usize::from(has_detail),
            TYPES | AREAS | LAYOUT => 1,
            _ => regions,
        };
        for index in 0..roots {
            let step = *writer.root(index);
            let twin = if kind == TYPES { ROW } else { writer.plan.types };
            *writer.root(index) = writer.target(step, 0, &Cut { twin, ..Cut::NONE });
        }
        if pass == 0 {
            let mut rows = writer.plan.rows.iter().take(usize::from(writer.rows)).flatten();
            has_detail = rows.any(|value| value & 15 == DETAIL);
        }
    }
}

struct Writer<'a, C> {
    coder: &'a mut C,
    plan: &'a mut Plan,
    kind: usize,
    /// Whether kinds of line are the detailed ones.
    in_detail: bool,
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
            TYPES if self.in_detail => return &mut self.plan.detail,
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

    /// A step that a node cut so far in this way has not taken before.
    fn target(&mut self, step: u16, depth: usize, cut: &Cut) -> u16 {
        let place = self.kind * DEPTHS + depth.min(DEPTHS - 1);
        let near = if cut.count > 1 { 3 } else { cut.count * (1 + cut.is_row(0)) };
        let shape = self.kind * 16 + usize::from(cut.hint >> 14) * 4 + near;
        let facts = [
            at::IS_ROW + place * 4 + near,
            at::IS_ROW_MODEL + shape,
            at::IS_ROW_TWIN + self.kind * 4 + self.use_of(cut.twin),
        ];
        if self.coder.bit(self.twinned(&facts), step & ROW != 0) {
            return self.row(step, depth, cut);
        }
        let mut known = self.latest.get(depth).copied().unwrap_or(ROW);
        if known == ROW || self.coder.bit(&[at::IS_NEW + place], step == self.nodes) {
            return self.node(depth, cut.twin);
        }
        let mut back = 0;
        while C::WRITES && known != step && known != ROW {
            known = self.before(known);
            back += 1;
        }
        let back = plain(self.coder, at::BACK, back);
        (0..back).fold(self.latest.get(depth).copied().unwrap_or(ROW), |node, _| self.before(node))
    }

    /// The facts about a choice, of which the last is about the graph of kinds of line, which has no such twin itself.
    fn twinned<'f>(&self, facts: &'f [usize]) -> &'f [usize] {
        let count = facts.len() - usize::from(self.kind == TYPES);
        facts.get(..count).unwrap_or_default()
    }

    /// What a step of the graph of kinds of line says of a number: 0 if more digits matter, 1 if nobody has it, 2 if somebody.
    fn use_of(&self, step: u16) -> usize {
        let row = self.plan.rows.get(usize::from(step & !ROW)).filter(|_| step & ROW != 0);
        row.map_or(0, |row| 1 + usize::from(row.iter().any(|answer| *answer != 0)))
    }

    fn before(&self, node: u16) -> u16 {
        self.earlier.get(usize::from(node)).copied().unwrap_or(ROW)
    }

    fn row(&mut self, step: u16, depth: usize, cut: &Cut) -> u16 {
        // Only rows that this node has not taken yet, the last used first.
        let free = || self.recent.iter().copied().filter(|row| !cut.known().contains(row));
        let mut chosen = None;
        if free().next().is_some() {
            let place = match self.kind {
                LAYOUT | GENERAL => self.use_of(cut.twin),
                _ => depth.min(DEPTHS - 1),
            };
            let hint = free().take(6).position(|row| row == cut.hint).unwrap_or(7);
            let bases = [
                at::RANK_MODEL + (self.kind * 8 + hint) * NUMBER,
                at::RANK_PLACE + (self.kind * DEPTHS + place) * NUMBER,
            ];
            // 0 is a new row.
            let coded =
                if C::WRITES { free().position(|row| row == step).map_or(0, |rank| rank as u32 + 1) } else { 0 };
            let coded = number(&mut *self.coder, bases, coded) as usize;
            chosen = coded.checked_sub(1).and_then(|rank| free().nth(rank));
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

    fn node(&mut self, depth: usize, twin: u16) -> u16 {
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
        self.steps(depth, &mut node, twin);
        if let Some(place) = self.plan.nodes.get_mut(index) {
            *place = node;
        }
        if let (Some(latest), Some(earlier)) = (self.latest.get_mut(depth), self.earlier.get_mut(index)) {
            *earlier = std::mem::replace(latest, id);
        }
        id
    }

    fn steps(&mut self, depth: usize, node: &mut Node, twin: u16) {
        let place = self.kind * DEPTHS + depth.min(DEPTHS - 1);
        // The node before at this depth: its neighbours in the plan are often cut alike.
        let model = self.latest.get(depth).and_then(|latest| self.plan.nodes.get(usize::from(*latest))).copied();
        let mut cut = Cut { model: model.is_some(), ..Cut::NONE };
        for (digit, step) in node.iter_mut().take(10).enumerate() {
            cut.twin_before = cut.twin;
            cut.twin = self.plan.step(twin, digit as u8);
            cut.hint_before = cut.hint;
            cut.hint = model.and_then(|node| node.get(digit).copied()).unwrap_or(u16::MAX);
            if cut.count == 0 || !self.repeats(place, digit, &mut cut, *step) {
                let rank = self.returns(place, &cut, *step).unwrap_or(cut.count);
                if rank == cut.count {
                    let new = self.target(*step, depth + 1, &cut);
                    if let Some(place) = cut.taken.get_mut(rank) {
                        *place = new;
                    }
                    cut.count += 1;
                }
                to_front(&mut cut.taken, rank);
            }
            *step = cut.last();
        }
    }

    /// Whether a digit leads where the one before it did.
    fn repeats(&mut self, place: usize, digit: usize, cut: &mut Cut, wanted: u16) -> bool {
        let last = cut.last();
        let shape = usize::from(last >> 15) * 4 + cut.count.min(4) - 1;
        let modelled = if cut.model { 1 + usize::from(cut.hint == cut.hint_before) } else { 0 };
        let twinned = usize::from(cut.twin == cut.twin_before) * 2 + usize::from(cut.twin >> 15) * 4;
        let facts = [
            at::SAME_DIGIT + place * 16 + digit,
            at::SAME_HISTORY + self.kind * 64 + (cut.history & 7) * 8 + shape,
            at::SAME_MODEL + self.kind * 64 + modelled * 16 + usize::from(cut.hint == last) * 8 + shape,
            at::SAME_TWIN + self.kind * 8 + twinned + usize::from(last >> 15),
        ];
        let repeats = self.coder.bit(self.twinned(&facts), wanted == last);
        cut.history = cut.history << 1 | usize::from(repeats);
        repeats
    }

    /// The step before the last one to which a digit leads back, by its place among those taken.
    fn returns(&mut self, place: usize, cut: &Cut, wanted: u16) -> Option<usize> {
        if cut.count < 2 {
            return None;
        }
        let hint = position(cut.known(), cut.hint);
        let hint = if hint < cut.count { hint.min(4) + 1 } else { 0 };
        let rows = cut.is_row(0) * 2 + cut.is_row(1);
        let facts = [
            at::SEEN + place * 4 + cut.count.min(5) - 2,
            at::SEEN_MODEL + self.kind * 8 + hint,
            at::SEEN_HISTORY + (self.kind * 8 + (cut.history & 7)) * 4 + rows,
        ];
        let stop = if C::WRITES { position(cut.known(), wanted) } else { 0 };
        if !self.coder.bit(&facts, stop < cut.count) {
            return None;
        }
        let mut rank = 1;
        while rank + 1 < cut.count {
            let shown = self.kind * 8 + rank.min(7);
            let facts = [at::WHICH + shown * 8 + hint, at::WHICH_ROW + shown * 2 + cut.is_row(rank)];
            if !self.coder.bit(&facts, stop != rank) {
                break;
            }
            rank += 1;
        }
        Some(rank)
    }
}

/// How the ten digits of a node have been shared out so far.
struct Cut {
    /// The steps taken, the last one first.
    taken: [u16; 10],
    count: usize,
    /// For each digit whether it led where the one before did, the last one lowest.
    history: usize,
    /// Whether there is a node to go by, and where the digit leads there, and the one before it.
    model: bool,
    hint: u16,
    hint_before: u16,
    /// Where the digit leads in the graph of kinds of line, and the one before it.
    twin: u16,
    twin_before: u16,
}

impl Cut {
    const NONE: Cut = Cut {
        taken: [ROW; 10],
        count: 0,
        history: 1,
        model: false,
        hint: ROW,
        hint_before: ROW,
        twin: ROW,
        twin_before: ROW,
    };

    fn known(&self) -> &[u16] {
        self.taken.get(..self.count).unwrap_or_default()
    }

    fn last(&self) -> u16 {
        self.taken.first().copied().unwrap_or(ROW)
    }

    fn is_row(&self, rank: usize) -> usize {
        self.taken.get(rank).map_or(0, |step| usize::from(step >> 15))
    }
}
