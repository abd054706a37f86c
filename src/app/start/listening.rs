//! Where a program listens that a container starts.

use std::ops::Range;

use super::startup::Spot;

/// Longer files are generated.
pub(super) const LARGEST: u64 = 128 * 1024;
/// The maximum number of files of a program.
pub(super) const MOST_FILES: usize = 200;

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

/// What is between an open bracket and its partner.
pub(super) fn arguments(text: &str) -> Option<&str> {
    let mut depth = 1_usize;
    let end = text.char_indices().find_map(|(at, char)| {
        match char {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    Some(&text[..end])
}
