//! The rules: their examples, their cases, and what is said of them.

mod cases;
mod command;
mod registry;
pub(crate) mod repository;
