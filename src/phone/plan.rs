//! The numbering plan of one calling code, as the build script writes it and as the engine walks it.

/// Lengths of a national number that a row tells apart: 0 to 17 digits, and more.
pub const LENGTHS: usize = 19;

/// The longest national number; Germany has some of 17 digits although the ITU says 15.
pub const LONGEST: usize = LENGTHS - 2;

/// What a walk finds once further digits no longer matter: the answer for each total length.
pub type Row = [u16; LENGTHS];

/// Where each of the ten digits leads, and the answer if the number ends here. A step is the index of a node, or
/// [`ROW`] plus the index of a row.
pub type Node = [u16; 11];

/// Marks a step that leads to a row.
pub const ROW: u16 = 0x8000;

/// Kinds of line that have an example, by number, in the order in which a plan has the examples of a region.
pub const EXAMPLE_KINDS: [u8; 10] = [1, 2, 4, 5, 6, 7, 8, 9, 10, 11];

/// Stands for a kind of line that a graph of its own tells: most numbers of a long plan have a simple kind, and are judged
/// before the rest is decoded.
pub const DETAIL: u16 = 15;

/// Ends an example; digits are below.
pub const EXAMPLE_END: u8 = 10;

/// Everything about one calling code.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// For example 44.
    pub calling_code: u16,
    /// The main region first, then in the order of the metadata.
    pub regions: Vec<Region>,
    /// The formats of the main region, which serve every region of the code.
    pub formats: Vec<Format>,
    /// All graphs of this code.
    pub nodes: Vec<Node>,
    /// The rows in which they end.
    pub rows: Vec<Row>,
    /// Kind of line and, for a region without leading digits of its own beside others, its index plus 1, times 16; or
    /// [`DETAIL`].
    pub types: u16,
    /// The same for the numbers whose kind is [`DETAIL`].
    pub detail: u16,
    /// The region, as index plus 1, whose leading digits a number has.
    pub areas: u16,
    /// See [`offer`]; past the longest number, the index of a set.
    pub layout: u16,
    /// Sets of formats whose leading digits a number has, bit n for format n.
    pub sets: Vec<u32>,
    /// Index into the table of extension prefixes; 0 is the usual one.
    pub extension: u8,
    /// Whether there is more than what most numbers need to be judged.
    pub whole: bool,
    /// For each region and each of [`EXAMPLE_KINDS`] the digits of an example, then [`EXAMPLE_END`]. Only on demand.
    pub examples: Vec<u8>,
}

impl Plan {
    /// No calling code at all.
    pub const NONE: Plan = Plan {
        calling_code: 0,
        regions: Vec::new(),
        formats: Vec::new(),
        nodes: Vec::new(),
        rows: Vec::new(),
        types: ROW,
        detail: ROW,
        areas: ROW,
        layout: ROW,
        sets: Vec::new(),
        extension: 0,
        whole: false,
        examples: Vec::new(),
    };
}

/// What differs between the regions that share a calling code.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Region {
    /// Two capital letters, or "00" for the non-geographic entities that share the name 001.
    pub letters: [u8; 2],
    /// Possible lengths, bit n for n digits.
    pub lengths: u32,
    /// Lengths that can be dialled only locally.
    pub local: u32,
    /// Answers 1 where the general pattern matches.
    pub general: u16,
    /// The national prefix: see [`strip`].
    pub prefix: u16,
    /// The prefix for calls abroad: see [`strip`].
    pub abroad: u16,
    /// How many of `insert` count.
    pub inserts: u8,
    /// Digits that the transform rule puts before those it keeps.
    pub insert: [u8; 4],
}

impl Region {
    /// No region at all.
    pub const NONE: Region = Region {
        letters: [0; 2],
        lengths: 0,
        local: 0,
        general: ROW,
        prefix: ROW,
        abroad: ROW,
        inserts: 0,
        insert: [0; 4],
    };
}

/// Most groups of a format.
pub const GROUPS: usize = 6;

/// How a national number is written.
#[derive(Default, Clone, Copy, PartialEq, Debug)]
pub struct Format {
    /// Digits in each group, up to the first 0.
    pub groups: [u8; GROUPS],
    /// The group that may be longer, and by how many digits.
    pub wide: u8,
    /// See `wide`.
    pub extra: u8,
    /// Index into the table of templates.
    pub template: u8,
    /// 0: as `template`; 1: not used in international format; else the index of a template, plus 2.
    pub international: u8,
    /// Index into the table of national prefix rules; 0 is none.
    pub rule: u8,
    /// Bit 0: people often leave the national prefix out. Bit 1: there is a rule for carrier codes. Bit 2: no number lacks the
    /// prefix, since its pattern also matches nothing.
    pub flags: u8,
}

impl Format {
    /// The fewest digits that the format has room for.
    pub fn least(&self) -> usize {
        self.groups.iter().map(|size| usize::from(*size)).sum()
    }
}

/// Offers a format, by its index plus 1, for every length that has none yet. A row of formats holds the national one, plus 32
/// times the international one.
pub fn offer(row: &mut Row, format: &Format, number: u16) {
    for answer in row.iter_mut().skip(format.least()).take(usize::from(format.extra) + 1) {
        if *answer & 31 == 0 {
            *answer |= number;
        }
        if *answer >> 5 == 0 && format.international != 1 {
            *answer |= number << 5;
        }
    }
}

/// The index of a set of formats in the list of those of a plan, where it is added if new.
pub fn intern_set(sets: &mut Vec<u32>, set: u32) -> u16 {
    let index = sets.iter().position(|known| *known == set).unwrap_or_else(|| {
        sets.push(set);
        sets.len() - 1
    });
    index as u16
}

/// The parts of what a prefix pattern finds: how many digits it covers, and from where to where those are that the transform
/// rule keeps (`to` is 0 if the rule does not apply). The build script packs them: `end`, `from` times 32, `to` times 512.
pub fn strip(found: u16) -> (usize, usize, usize) {
    (usize::from(found & 31), usize::from(found >> 5 & 15), usize::from(found >> 9))
}
