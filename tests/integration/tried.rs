//! `spaces-new try` without an engine: a script stands in for docker. `tests/containers` runs it with real ones.

mod command;
mod engines;
mod judged;
mod page;
mod secrets;
mod stand_in;

use stand_in::StandIn;
