//! Reads the metadata and asks every question of it.

use std::collections::HashMap;

use phonenumber::Metadata;
use phonenumber::metadata::{DATABASE, Descriptor};

use crate::graph::{Graph, Target};
use crate::plan::{DETAIL, EXAMPLE_END, EXAMPLE_KINDS, Format, GROUPS, LONGEST, Plan, ROW, Region};
use crate::questions::{AreaQuestion, FormatQuestion, GeneralQuestion, Line, PrefixQuestion, TypeQuestion, TypeRegion};
use crate::regex::Machine;

/// The plan of every calling code, and the texts that they share.
#[derive(Default)]
pub struct World {
    pub plans: Vec<Plan>,
    pub templates: Vec<String>,
    pub rules: Vec<String>,
    pub extensions: Vec<String>,
}

/// Kinds of line in the order in which libphonenumber asks, with the numbers of `LineType`.
type Kind = (u8, fn(&Metadata) -> Option<&Descriptor>);
const FIXED: Kind = (1, |m| m.descriptors().fixed_line());
const MOBILE: Kind = (2, |m| m.descriptors().mobile());
const SPECIAL: [Kind; 8] = [
    (5, |m| m.descriptors().premium_rate()),
    (4, |m| m.descriptors().toll_free()),
    (6, |m| m.descriptors().shared_cost()),
    (7, |m| m.descriptors().voip()),
    (8, |m| m.descriptors().personal_number()),
    (9, |m| m.descriptors().pager()),
    (10, |m| m.descriptors().uan()),
    (11, |m| m.descriptors().voicemail()),
];

fn kinds() -> impl Iterator<Item = Kind> {
    [FIXED, MOBILE].into_iter().chain(SPECIAL)
}

pub fn world() -> World {
    let mut world = World { rules: vec![String::new()], extensions: vec![" ext. ".to_owned()], ..World::default() };
    for code in 1..1000 {
        if let Some(regions) = DATABASE.by_code(&code) {
            let plan = world.plan(code, &regions);
            world.plans.push(plan);
        }
    }
    world
}

/// The index of `text` in `table`, where it is added if new.
fn intern(table: &mut Vec<String>, text: &str) -> u8 {
    let index = table.iter().position(|known| known == text).unwrap_or_else(|| {
        table.push(text.to_owned());
        table.len() - 1
    });
    u8::try_from(index).expect("at most 256 shared texts")
}

fn mask(lengths: &[u16]) -> u32 {
    lengths.iter().fold(0, |mask, length| {
        assert!(usize::from(*length) <= LONGEST, "a number of {length} digits is longer than the engine reads");
        mask | 1 << length
    })
}

/// General possible lengths and local-only ones: the metadata leaves them to be gathered from the kinds of line.
fn lengths(meta: &Metadata) -> (u32, u32) {
    let all = kinds().filter_map(|(_, descriptor)| descriptor(meta));
    let (lengths, local) = all.fold((0, 0), |(lengths, local), descriptor| {
        (lengths | mask(descriptor.possible_length()), local | mask(descriptor.possible_local_length()))
    });
    (lengths, local & !lengths)
}

fn type_question(regions: &[&Metadata]) -> TypeQuestion {
    let mut machines = Vec::new();
    let mut add = |machine: Machine| {
        machines.push(machine);
        machines.len() - 1
    };
    let mut describe = |meta: &Metadata| {
        let mut line = |(kind, descriptor): Kind| {
            let descriptor = descriptor(meta)?;
            let machine = add(Machine::whole(descriptor.national_number().as_str()));
            Some(Line { machine, lengths: mask(descriptor.possible_length()), kind })
        };
        let special = SPECIAL.into_iter().filter_map(&mut line).collect();
        let (fixed, mobile) = (line(FIXED), line(MOBILE));
        let pattern = |kind: Kind| kind.1(meta).map(|d| squeeze(d.national_number().as_str()));
        let general = Machine::whole(meta.descriptors().general().national_number().as_str());
        TypeRegion {
            general: Line { machine: add(general), lengths: lengths(meta).0, kind: 0 },
            leading_digits: meta.leading_digits().map(|pattern| add(Machine::prefix(pattern.as_str()))),
            special,
            fixed,
            mobile,
            same_fixed_and_mobile: pattern(FIXED) == pattern(MOBILE),
        }
    };
    let regions = regions.iter().map(|meta| describe(meta)).collect();
    TypeQuestion { machines, regions }
}

/// More nodes than these are decoded in two steps.
const MOST_NODES: usize = 300;

/// Digits after which a number of a long plan is simple or needs the detailed graph: an area code of North America and one more.
const SIMPLE_DEPTH: usize = 4;

type Rooted = (Graph, Vec<Target>);

/// The graph of kinds of line, and a detailed one apart if it is a long one.
fn graph_of_types(regions: &[&Metadata]) -> (Rooted, Option<Rooted>) {
    let mut graph = Graph::default();
    let root = graph.add(&type_question(regions));
    if graph.nodes.len() <= MOST_NODES {
        return ((graph, vec![root]), None);
    }
    let allowed = regions.iter().fold(0, |all, meta| all | lengths(meta).0);
    let detail = std::array::from_fn(|length| if allowed >> length & 1 == 1 { DETAIL } else { 0 });
    let (simple, detailed) = (graph.above(root, SIMPLE_DEPTH, detail), graph.below(root, SIMPLE_DEPTH));
    (simple, Some(detailed))
}

fn area_question(regions: &[&Metadata]) -> AreaQuestion {
    let own = regions.iter().zip(0..).filter_map(|(meta, index)| Some((meta.leading_digits()?, index)));
    let (machines, regions) = own.map(|(pattern, index)| (Machine::prefix(pattern.as_str()), index)).unzip();
    AreaQuestion { machines, regions }
}

fn squeeze(pattern: &str) -> String {
    pattern.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Digits that a transform rule inserts, and the group that it then quotes.
fn transform(rule: &str) -> (Vec<u8>, usize) {
    let (insert, group) = rule.split_once('$').expect("a transform rule quotes a group");
    assert!(insert.bytes().all(|b| b.is_ascii_digit()), "a transform rule inserts digits: {rule}");
    let group: usize = group.parse().expect("a transform rule ends in the group it quotes");
    (insert.bytes().map(|b| b - b'0').collect(), group - 1)
}

fn examples(meta: &Metadata) -> Vec<u8> {
    let mut examples = Vec::new();
    for kind in EXAMPLE_KINDS {
        let descriptor = kinds().find(|(number, _)| *number == kind).and_then(|(_, descriptor)| descriptor(meta));
        let example = descriptor.and_then(Descriptor::example).unwrap_or("");
        assert!(example.bytes().all(|b| b.is_ascii_digit()), "an example of digits alone: {example}");
        examples.extend(example.bytes().map(|b| b - b'0'));
        examples.push(EXAMPLE_END);
    }
    examples
}

impl World {
    fn plan(&mut self, code: u16, regions: &[&Metadata]) -> Plan {
        let main = regions[0];
        let formats: Vec<Format> = main.formats().iter().map(|format| self.format(main, format)).collect();
        assert!(
            formats.is_empty() || formats.iter().any(|f| f.international != 1),
            "{code} has no international format"
        );
        let last = |format: &phonenumber::metadata::Format| {
            Machine::prefix(format.leading_digits().last().map_or("", |pattern| pattern.as_str()))
        };
        let machines = main.formats().iter().map(last).collect();
        let mut plan = Plan { calling_code: code, whole: true, ..Plan::NONE };
        if let Some(prefix) = main.preferred_extension_prefix() {
            plan.extension = intern(&mut self.extensions, prefix);
        }
        let prefix = |m: &&Metadata| {
            let kept = m.national_prefix_transform_rule().map(|rule| transform(rule).1);
            PrefixQuestion { machine: prefix(m), kept }
        };
        let general =
            |m: &&Metadata| GeneralQuestion(Machine::whole(m.descriptors().general().national_number().as_str()));
        let abroad = |m: &&Metadata| {
            let machine = Machine::prefix(m.international_prefix().map_or("", |pattern| pattern.as_str()));
            PrefixQuestion { machine, kept: None }
        };
        // In the order of the code: what judges most numbers first.
        let (types, detail) = graph_of_types(regions);
        plan.types = plan.write_all(types)[0];
        let prefixes = plan.place(&regions.iter().map(prefix).collect::<Vec<_>>());
        if regions.len() > 1 {
            plan.areas = plan.place(&[area_question(regions)])[0];
        }
        let layout = [FormatQuestion { machines, formats: &formats, sets: Default::default() }];
        plan.layout = plan.place(&layout)[0];
        let [FormatQuestion { sets, .. }] = layout;
        plan.sets = sets.into_inner();
        plan.formats = formats;
        plan.regions = regions.iter().map(|meta| region(meta)).collect();
        plan.examples = regions.iter().flat_map(|meta| examples(meta)).collect();
        let general = plan.place(&regions.iter().map(general).collect::<Vec<_>>());
        let abroad = plan.place(&regions.iter().map(abroad).collect::<Vec<_>>());
        if let Some(detail) = detail {
            plan.detail = plan.write_all(detail)[0];
        }
        for (i, region) in plan.regions.iter_mut().enumerate() {
            (region.general, region.prefix, region.abroad) = (general[i], prefixes[i], abroad[i]);
        }
        plan
    }

    fn format(&mut self, main: &Metadata, format: &phonenumber::metadata::Format) -> Format {
        let (groups, wide, extra) = groups(format.pattern().as_str());
        let template = intern(&mut self.templates, format.format());
        let twin = |other: &&phonenumber::metadata::Format| {
            other.pattern().as_str() == format.pattern().as_str()
                && other
                    .leading_digits()
                    .iter()
                    .map(|p| p.as_str())
                    .eq(format.leading_digits().iter().map(|p| p.as_str()))
        };
        let international = match main.international_formats().iter().find(twin) {
            None => 1,
            Some(twin) if twin.format() == format.format() => 0,
            Some(twin) => intern(&mut self.templates, twin.format()) + 2,
        };
        let rule = format.national_prefix().unwrap_or("");
        let rule = rule.replace("$NP", main.national_prefix().unwrap_or("")).replace("$FG", "$1");
        assert_is_typed(&rule, format.format());
        Format {
            groups,
            wide,
            extra,
            template,
            international,
            rule: intern(&mut self.rules, &rule),
            flags: u8::from(format.is_national_prefix_optional())
                | u8::from(format.domestic_carrier().is_some()) << 1
                | u8::from(prefix_matches_nothing(main)) << 2,
        }
    }
}

/// What formatting while typing takes for granted: a rule with a single digit has nothing but the first group, perhaps in
/// brackets, and a template that starts with the first group has all groups in their order and no other figures.
fn assert_is_typed(rule: &str, template: &str) {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let bare = rule.trim_start_matches('(').trim_end_matches(')');
    assert!(digits(rule).len() > 1 || matches!(bare, "" | "$1"), "a rule without a prefix: {rule}");
    if template.trim_start_matches('(').starts_with("$1") {
        let groups = template.matches('$').count();
        assert!(
            "123456789".starts_with(&digits(template)) && digits(template).len() == groups,
            "groups in disorder: {template}"
        );
        assert!(
            !template.contains('*') && template.ends_with(|last: char| last.is_ascii_digit()),
            "an unknown template: {template}"
        );
    }
}

/// The pattern of the national prefix.
fn prefix(meta: &Metadata) -> Machine {
    let default = meta.national_prefix().unwrap_or("");
    Machine::prefix(meta.national_prefix_for_parsing().map_or(default, |pattern| pattern.as_str()))
}

fn prefix_matches_nothing(meta: &Metadata) -> bool {
    let machine = prefix(meta);
    meta.national_prefix_for_parsing().is_some() && machine.finish(&machine.start(), 0).is_some()
}

fn region(meta: &Metadata) -> Region {
    let (lengths, local) = lengths(meta);
    let letters = if meta.id() == "001" { *b"00" } else { meta.id().as_bytes().try_into().expect("two letters") };
    let mut region = Region { letters, lengths, local, ..Region::NONE };
    if let Some(rule) = meta.national_prefix_transform_rule() {
        let insert = transform(rule).0;
        region.inserts = insert.len() as u8;
        region.insert[..insert.len()].copy_from_slice(&insert);
    }
    region
}

/// The sizes of the groups of a format's pattern, of which one may vary: its index and by how much.
fn groups(pattern: &str) -> ([u8; GROUPS], u8, u8) {
    let pattern = squeeze(pattern);
    let (mut sizes, mut filled, mut wide, mut extra) = ([0; GROUPS], 0, 0, 0);
    for group in pattern.strip_suffix(')').expect("groups only").split(')') {
        let inside = group.strip_prefix("(\\d").unwrap_or_else(|| panic!("unknown group in the format {pattern}"));
        let count = inside.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        assert!(count.is_some() || inside.is_empty(), "unknown group in the format {pattern}");
        let count = count.unwrap_or("1");
        let (least, most) = count.split_once(',').unwrap_or((count, count));
        let (least, most): (u8, u8) = (least.parse().expect("a count"), most.parse().expect("a count"));
        if most > least {
            assert_eq!(extra, 0, "two groups vary in the format {pattern}");
            (wide, extra) = (filled as u8, most - least);
        }
        sizes[filled] = least;
        filled += 1;
    }
    (sizes, wide, extra)
}

impl Plan {
    /// Adds questions of one kind, which share rows and nodes, and returns where their walks start.
    fn place<Q: crate::graph::Question>(&mut self, questions: &[Q]) -> Vec<u16> {
        let mut graph = Graph::default();
        let roots = questions.iter().map(|question| graph.add(question)).collect();
        self.write_all((graph, roots))
    }

    fn write_all(&mut self, (graph, roots): (Graph, Vec<Target>)) -> Vec<u16> {
        let (graph, roots) = graph.merged(&roots);
        let mut placed = HashMap::new();
        roots.iter().map(|root| self.write(&graph, *root, &mut placed)).collect()
    }

    /// Numbers nodes and rows in the order in which a walk over them meets them, which is the order of the code.
    fn write(&mut self, graph: &Graph, target: Target, placed: &mut HashMap<Target, u16>) -> u16 {
        if let Some(step) = placed.get(&target) {
            return *step;
        }
        let step = match target {
            Target::Row(id) => {
                self.rows.push(graph.rows[id]);
                ROW | (self.rows.len() - 1) as u16
            }
            Target::Node(_) => {
                self.nodes.push([0; 11]);
                (self.nodes.len() - 1) as u16
            }
        };
        placed.insert(target, step);
        if let Target::Node(id) = target {
            let node = &graph.nodes[id];
            self.nodes[usize::from(step)][10] = node.end;
            for (digit, child) in node.children.iter().enumerate() {
                let child = self.write(graph, *child, placed);
                self.nodes[usize::from(step)][digit] = child;
            }
        }
        step
    }
}
