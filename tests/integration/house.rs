//! Rules that the whole project keeps, each named for what it keeps.

mod package;
mod questions;
mod readers;
mod readme;
mod sources;
mod templates;
