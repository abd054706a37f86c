//! Rules that the whole project keeps, each named for what it keeps.

mod app_modules;
mod contributing;
mod graph;
mod package;
mod questions;
mod readers;
mod readme;
mod rust;
mod sizes;
mod sources;
mod templates;
