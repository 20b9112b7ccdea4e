//! Turns the metadata of the `phonenumber` crate into the tables of `src/phone/`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a build that meets new metadata must fail"
)]

#[path = "phone/code.rs"]
mod code;
#[path = "phone/code_graph.rs"]
mod code_graph;
#[path = "build/encode.rs"]
mod encode;
#[path = "build/graph.rs"]
mod graph;
#[path = "phone/model.rs"]
mod model;
#[path = "phone/plan.rs"]
mod plan;
#[path = "build/questions.rs"]
mod questions;
#[path = "build/read.rs"]
mod read;
#[path = "build/regex.rs"]
mod regex;

#[path = "build/write.rs"]
mod write;

fn main() {
    println!("cargo:rerun-if-changed=src/build.rs");
    println!("cargo:rerun-if-changed=src/build");
    println!("cargo:rerun-if-changed=src/phone");
    println!("cargo:rerun-if-changed=Cargo.lock");
    let directory = std::env::var_os("OUT_DIR").expect("cargo names OUT_DIR");
    write::write(&read::world(), std::path::Path::new(&directory));
}
