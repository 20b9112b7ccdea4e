//! What the numbering plan is asked: the kind of line, the format, the prefix to strip.

use crate::graph::Question;
use crate::regex::{Machine, Match, State};

/// The machines that can still say something, by their place in a list.
pub type Live = Vec<(usize, State)>;

fn start_all(machines: &[Machine]) -> Live {
    machines.iter().map(|machine| machine.start().forget_place()).enumerate().filter(|(_, s)| !s.is_dead()).collect()
}

fn feed_all(machines: &[Machine], live: &Live, digit: u8, position: u8) -> Live {
    let next = live.iter().map(|(i, state)| (*i, machines[*i].feed(state, digit, position).forget_place()));
    next.filter(|(_, state)| !state.is_dead()).collect()
}

fn matching(machines: &[Machine], live: &Live, length: u8) -> Vec<bool> {
    let mut matched = vec![false; machines.len()];
    for (i, state) in live {
        matched[*i] = machines[*i].finish(state, length).is_some();
    }
    matched
}

fn has(lengths: u32, length: u8) -> bool {
    lengths >> length & 1 == 1
}

/// One kind of line of a region.
pub struct Line {
    pub machine: usize,
    pub lengths: u32,
    pub kind: u8,
}

pub struct TypeRegion {
    pub general: Line,
    pub leading_digits: Option<usize>,
    /// In the order in which libphonenumber asks, fixed line and mobile last.
    pub special: Vec<Line>,
    pub fixed: Option<Line>,
    pub mobile: Option<Line>,
    pub same_fixed_and_mobile: bool,
}

/// What kind of line a number leads to: see `crate::plan::Plan::types`.
pub struct TypeQuestion {
    pub machines: Vec<Machine>,
    pub regions: Vec<TypeRegion>,
}

/// Which region's leading digits a number has: the index of the region plus 1.
pub struct AreaQuestion {
    pub machines: Vec<Machine>,
    /// The region of each machine.
    pub regions: Vec<u16>,
}

impl Question for AreaQuestion {
    type State = Live;

    fn start(&self) -> Live {
        start_all(&self.machines)
    }

    fn feed(&self, live: &Live, digit: u8, position: u8) -> Live {
        feed_all(&self.machines, live, digit, position)
    }

    fn answer(&self, live: &Live, length: u8) -> u16 {
        let matched = matching(&self.machines, live, length);
        matched.iter().position(|yes| *yes).map_or(0, |first| self.regions[first] + 1)
    }
}

pub const FIXED_OR_MOBILE: u8 = 3;

impl TypeQuestion {
    fn kind(&self, region: &TypeRegion, matched: &[bool], length: u8) -> u8 {
        let is = |line: &Line| matched[line.machine] && has(line.lengths, length);
        if !is(&region.general) {
            return 0;
        }
        if let Some(line) = region.special.iter().find(|line| is(line)) {
            return line.kind;
        }
        let mobile = region.mobile.as_ref().filter(|line| is(line));
        match region.fixed.as_ref().filter(|line| is(line)) {
            Some(_) if region.same_fixed_and_mobile || mobile.is_some() => FIXED_OR_MOBILE,
            Some(fixed) => fixed.kind,
            None if region.same_fixed_and_mobile => 0,
            None => mobile.map_or(0, |line| line.kind),
        }
    }
}

impl Question for TypeQuestion {
    type State = Live;

    fn start(&self) -> Live {
        start_all(&self.machines)
    }

    fn feed(&self, live: &Live, digit: u8, position: u8) -> Live {
        feed_all(&self.machines, live, digit, position)
    }

    fn answer(&self, live: &Live, length: u8) -> u16 {
        let matched = matching(&self.machines, live, length);
        if let [only] = self.regions.as_slice() {
            return u16::from(self.kind(only, &matched, length));
        }
        for (i, region) in self.regions.iter().enumerate() {
            let kind = self.kind(region, &matched, length);
            let found = region.leading_digits.map_or(kind != 0, |machine| matched[machine]);
            if found {
                // Leading digits are asked on their own: that keeps this graph small.
                let own = if region.leading_digits.is_some() { 0 } else { i as u16 + 1 };
                return own * 16 + u16::from(kind);
            }
        }
        0
    }
}

/// Whether a region's general pattern matches, whatever the possible lengths.
pub struct GeneralQuestion(pub Machine);

impl Question for GeneralQuestion {
    type State = State;

    fn start(&self) -> State {
        self.0.start().forget_place()
    }

    fn feed(&self, state: &State, digit: u8, position: u8) -> State {
        self.0.feed(state, digit, position).forget_place()
    }

    fn answer(&self, state: &State, length: u8) -> u16 {
        u16::from(self.0.finish(state, length).is_some())
    }
}

/// Which formats are used: of those whose leading digits match, the first with room. Past the longest number, which of them
/// these are, as an index into `sets`.
pub struct FormatQuestion<'a> {
    pub machines: Vec<Machine>,
    pub formats: &'a [crate::plan::Format],
    pub sets: std::cell::RefCell<Vec<u32>>,
}

impl Question for FormatQuestion<'_> {
    type State = Live;

    fn start(&self) -> Live {
        start_all(&self.machines)
    }

    fn feed(&self, live: &Live, digit: u8, position: u8) -> Live {
        feed_all(&self.machines, live, digit, position)
    }

    fn answer(&self, live: &Live, length: u8) -> u16 {
        let matched = matching(&self.machines, live, length);
        if usize::from(length) > crate::plan::LONGEST {
            let set = matched.iter().enumerate().fold(0, |set, (i, yes)| set | u32::from(*yes) << i);
            return crate::plan::intern_set(&mut self.sets.borrow_mut(), set);
        }
        let mut row = crate::plan::Row::default();
        for ((format, matched), number) in self.formats.iter().zip(matched).zip(1..) {
            if matched {
                crate::plan::offer(&mut row, format, number);
            }
        }
        row[usize::from(length)]
    }
}

/// How much of the start of a number a prefix covers, and which digits the transform rule keeps (see `crate::plan::strip`).
pub struct PrefixQuestion {
    pub machine: Machine,
    /// The group that the transform rule quotes.
    pub kept: Option<usize>,
}

impl Question for PrefixQuestion {
    type State = State;

    fn start(&self) -> State {
        self.machine.start()
    }

    fn feed(&self, state: &State, digit: u8, position: u8) -> State {
        self.machine.feed(state, digit, position)
    }

    fn answer(&self, state: &State, length: u8) -> u16 {
        let Some(Match { end, groups }) = self.machine.finish(state, length) else { return 0 };
        let last = self.machine.groups.checked_sub(1).and_then(|last| groups[last]);
        match (self.kept, last) {
            (Some(kept), Some(_)) => {
                let (from, to) = groups[kept].expect("the transform rule quotes a group that took part");
                pack(end, from, to)
            }
            _ => pack(end, 0, 0),
        }
    }
}

/// See `crate::plan::strip`.
fn pack(end: u8, from: u8, to: u8) -> u16 {
    let packed = u16::from(end) | u16::from(from) << 5 | u16::from(to) << 9;
    assert_eq!(crate::plan::strip(packed), (end.into(), from.into(), to.into()));
    packed
}
