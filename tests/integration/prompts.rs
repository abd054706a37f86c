//! The wizard, in a terminal: what it asks, what stops it, and that it never asks where nobody is.

mod interrupted;
mod silent;
pub(crate) mod terminal;
mod wizard;
