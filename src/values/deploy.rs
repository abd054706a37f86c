//! Where a workflow that publishes the Space runs.

use std::str::FromStr;

use super::value::{Invalid, not_listed};

/// Where a workflow pushes each change of the repository to its Space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Deploy {
    /// GitHub Actions.
    Github,
}

impl Deploy {
    /// The name, as an answer.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Github => "github",
        }
    }
}

impl FromStr for Deploy {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text {
            "github" => Ok(Self::Github),
            _ => Err(not_listed(text, &["github"], "a service that publishes Spaces")),
        }
    }
}
