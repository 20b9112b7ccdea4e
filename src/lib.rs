//! outdial reads phone numbers exactly, and places contacts and outbound calls with voice platforms.
//!
//! This crate is the core of the npm package `outdial`. Data types know nothing of I/O, I/O knows nothing of providers,
//! and JavaScript types appear only in the `wasm` module.

#[cfg(feature = "client")]
pub mod call;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "client")]
pub mod config;
#[cfg(feature = "client")]
pub mod contact;
#[cfg(feature = "client")]
pub mod error;
#[cfg(feature = "client")]
pub mod event;
#[cfg(feature = "client")]
pub mod fields;
#[cfg(feature = "client")]
pub mod host;
#[cfg(feature = "client")]
pub mod http;
#[cfg(feature = "client")]
pub mod input;
#[cfg(feature = "client")]
mod journey;
#[cfg(feature = "client")]
pub mod number;
#[cfg(feature = "client")]
pub mod operation;
#[cfg(feature = "client")]
pub mod outcome;
pub mod phone;
#[cfg(feature = "client")]
pub mod policy;
#[cfg(feature = "client")]
pub mod providers;
#[cfg(feature = "client")]
pub mod retry;
#[cfg(feature = "client")]
pub mod text;
#[cfg(feature = "client")]
pub mod value;

#[cfg(target_arch = "wasm32")]
mod wasm;
