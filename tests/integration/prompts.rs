//! The wizard, in a terminal: what it asks, what stops it, and that it never asks without a terminal.

mod interrupted;
mod silent;
pub(crate) mod terminal;
mod wizard;
