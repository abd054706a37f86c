//! The wizard, in a terminal: what it asks, what stops it, and that it never asks without a terminal.

mod back;
mod interrupted;
mod offer;
mod output;
mod refused;
pub(crate) mod screen;
mod silent;
pub(crate) mod terminal;
mod widths;
mod wizard;
