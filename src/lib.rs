//! outdial reads phone numbers exactly, and places contacts and outbound calls with voice platforms.
//!
//! This crate is the core of the npm package `outdial`. Data types know nothing of I/O, I/O knows nothing of providers,
//! and JavaScript types appear only in the `wasm` module.

pub mod call;
pub mod client;
pub mod config;
pub mod contact;
pub mod error;
pub mod event;
pub mod fields;
pub mod host;
pub mod http;
pub mod input;
pub mod number;
pub mod operation;
pub mod outcome;
pub mod phone;
pub mod policy;
pub mod providers;
pub mod retry;
pub mod value;

#[cfg(target_arch = "wasm32")]
mod wasm;
