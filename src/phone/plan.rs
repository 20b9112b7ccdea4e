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
    /// Region (if there are several: index + 1, times 16) and kind of line.
    pub types: u16,
    /// See [`pick`]; past the longest number, the index of a set.
    pub layout: u16,
    /// Sets of formats whose leading digits a number has, bit n for format n.
    pub sets: Vec<u32>,
    /// Index into the table of extension prefixes; 0 is the usual one.
    pub extension: u8,
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
        layout: ROW,
        sets: Vec::new(),
        extension: 0,
    };
}

/// What differs between the regions that share a calling code.
#[derive(Clone, PartialEq, Debug)]
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
    /// Digits that the transform rule puts before those it keeps.
    pub insert: Vec<u8>,
    /// An example of each kind of line, by its number; empty where the region has none. Only on demand.
    pub examples: Vec<Vec<u8>>,
}

/// How a national number is written.
#[derive(Default, Clone, PartialEq, Debug)]
pub struct Format {
    /// Digits in each group.
    pub groups: Vec<u8>,
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
    /// Whether people often leave the national prefix out.
    pub optional_prefix: bool,
    /// Whether there is a rule for carrier codes.
    pub carrier: bool,
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
        insert: Vec::new(),
        examples: Vec::new(),
    };
}

impl Format {
    /// Whether the format has room for exactly `length` digits.
    pub fn fits(&self, length: usize) -> bool {
        let least: usize = self.groups.iter().map(|size| usize::from(*size)).sum();
        length >= least && length <= least + usize::from(self.extra)
    }
}

/// Of a set of formats (bit n for format n), the first that fits `length` digits: index + 1 of the national one, plus 32
/// times index + 1 of the international one.
pub fn pick(formats: &[Format], set: u32, length: usize) -> u16 {
    let (mut national, mut international) = (0, 0);
    for (format, number) in formats.iter().zip(1..) {
        if set >> (number - 1) & 1 == 1 && format.fits(length) {
            if national == 0 {
                national = number;
            }
            if international == 0 && format.international != 1 {
                international = number;
            }
        }
    }
    national | international << 5
}

/// The index of a set of formats in the list of those of a plan, where it is added if new.
pub fn intern_set(sets: &mut Vec<u32>, set: u32) -> u16 {
    let index = sets.iter().position(|known| *known == set).unwrap_or_else(|| {
        sets.push(set);
        sets.len() - 1
    });
    index as u16
}

/// Packs what a prefix pattern found: how many digits it covers, and from where to where those are that the transform rule
/// keeps (`to` is 0 if the rule does not apply).
pub fn strip(end: u8, from: u8, to: u8) -> u16 {
    u16::from(end) | u16::from(from) << 5 | u16::from(to) << 9
}
