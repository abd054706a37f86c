//! Rules for the whole project, each named after what it enforces.

mod app_modules;
mod contributing;
mod graph;
mod links;
mod package;
mod questions;
mod readers;
mod readme;
mod rust;
mod sizes;
mod sources;
mod templates;
