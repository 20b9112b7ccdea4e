//! Writes `tables.rs` and the compressed plans into the build directory.

use std::fmt::Write;
use std::path::Path;

use crate::encode;
use crate::plan::Plan;
use crate::read::World;

/// A stream ends after this many nodes: more in one stream compress better, fewer are decoded sooner.
const NODES_PER_STREAM: usize = 100;

pub fn write(world: &World, directory: &Path) {
    let priors = encode::priors(&world.plans);
    let (mut data, mut streams, mut first) = (Vec::new(), Vec::new(), 0);
    while first < world.plans.len() {
        let mut nodes = 0;
        let fits = |plan: &&Plan| {
            nodes += plan.nodes.len();
            nodes <= NODES_PER_STREAM
        };
        let count = world.plans[first..].iter().take_while(fits).count().max(1);
        let stream = encode::write(&world.plans[first..first + count], &priors);
        streams.push((count, stream.len()));
        data.extend(stream);
        first += count;
    }
    let mut codes = [0_u8; 125];
    let mut letters = String::new();
    for plan in &world.plans {
        codes[usize::from(plan.calling_code) / 8] |= 1 << (plan.calling_code % 8);
        for (index, region) in plan.regions.iter().enumerate() {
            let [a, b] = region.letters.map(char::from);
            letters.push(if index == 0 { if a == '0' { '0' } else { a.to_ascii_lowercase() } } else { a });
            letters.push(b);
        }
    }
    let mut source = String::new();
    writeln!(source, "/// The version of libphonenumber's metadata, for example \"9.0.33\".").expect("a string grows");
    writeln!(source, "pub const METADATA_VERSION: &str = {:?};", version()).expect("a string grows");
    let mut constant = |name: &str, kind: &str, value: &dyn std::fmt::Debug| {
        writeln!(source, "pub const {name}: {kind} = {value:?};").expect("a string grows");
    };
    constant("TEMPLATES", "&[&str]", &world.templates);
    constant("RULES", "&[&str]", &world.rules);
    constant("EXTENSIONS", "&[&str]", &world.extensions);
    constant("CODES", "&[u8]", &codes);
    constant("STREAM_COUNT", "usize", &streams.len());
    source.push_str(&format!("pub static STREAMS: &[(u8, u16)] = &{streams:?};\n"));
    source.push_str(&format!("pub static LETTERS: &[u8] = b{letters:?};\n"));
    source.push_str("pub static PRIORS: &[u8] = include_bytes!(concat!(env!(\"OUT_DIR\"), \"/priors.bin\"));\n");
    source.push_str("pub static DATA: &[u8] = include_bytes!(concat!(env!(\"OUT_DIR\"), \"/plans.bin\"));\n");
    let source = source.replace("= [", "= &[");
    for (name, content) in [("tables.rs", source.as_bytes()), ("plans.bin", &data), ("priors.bin", &priors)] {
        std::fs::write(directory.join(name), content).expect("the build directory can be written");
    }
}

/// The metadata version is the build part of the version of the `phonenumber` crate.
fn version() -> String {
    let manifest = std::env::var("CARGO_MANIFEST_DIR").expect("cargo names the manifest directory");
    let lock = std::fs::read_to_string(Path::new(&manifest).join("Cargo.lock")).expect("Cargo.lock can be read");
    let entry = lock.split("[[package]]").find(|entry| entry.contains("name = \"phonenumber\"\n"));
    let version = entry.and_then(|entry| entry.split("version = \"").nth(1)).and_then(|rest| rest.split('"').next());
    version.and_then(|version| version.split_once('+')).expect("phonenumber names its metadata").1.to_owned()
}
