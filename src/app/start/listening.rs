//! Where a program listens that a container starts.

use std::ops::Range;

use super::startup::Spot;

/// Where a program listens.
pub(super) struct Listens {
    /// The port, with the variable that changes it.
    pub(super) port: Option<(u16, Option<String>)>,
    /// The address, if only this computer can reach it.
    pub(super) loopback: Option<OnlyHere>,
    pub(super) at: Spot,
    /// Where the Dockerfile starts it.
    pub(super) started: Range<usize>,
}

/// The loopback address, as the code has it; none if it is the default.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OnlyHere(pub(super) Option<String>);
