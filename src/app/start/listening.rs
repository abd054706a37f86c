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

/// The loopback address.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OnlyHere {
    /// The address as the code has it; none if it is the default.
    pub(super) host: Option<String>,
    /// The variable that sets another.
    pub(super) variable: Option<String>,
}

impl OnlyHere {
    /// The default of a server.
    pub(super) const fn by_default() -> Self {
        Self { host: None, variable: None }
    }

    /// The default of a server that reads a variable.
    pub(super) fn unless_set(variable: &str) -> Self {
        Self { host: None, variable: Some(variable.to_owned()) }
    }

    /// An address that is written.
    pub(super) fn given(host: &str) -> Self {
        Self { host: Some(host.to_owned()), variable: None }
    }
}
