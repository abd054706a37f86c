//! Rules that the whole project keeps, each named for what it keeps.

mod app_modules;
mod package;
mod questions;
mod readme;
mod sources;
mod templates;
