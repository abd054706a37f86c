//! A rule: an id, a group, its documentation and one function.

use serde::Serialize;

use super::diagnostic::{Finding, Level};
use super::space::Space;

/// What a rule is about. The group sets the level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Group {
    /// The push or the Hub's builder rejects it.
    Refused,
    /// It builds or runs wrong for sure.
    Broken,
    /// It fails for many.
    Risky,
    /// It costs time, size or money for nothing.
    Wasteful,
    /// A matter of care; off unless asked for.
    Pedantic,
}

impl Group {
    /// Every group, the worst first.
    pub const ALL: [Self; 5] = [Self::Refused, Self::Broken, Self::Risky, Self::Wasteful, Self::Pedantic];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Broken => "broken",
            Self::Risky => "risky",
            Self::Wasteful => "wasteful",
            Self::Pedantic => "pedantic",
        }
    }

    /// What its rules have in common.
    #[must_use]
    pub fn summary(self) -> &'static str {
        match self {
            Self::Refused => "the push or the Hub's builder rejects it",
            Self::Broken => "it builds or runs wrong for sure",
            Self::Risky => "it fails for many",
            Self::Wasteful => "it costs time, size or money for nothing",
            Self::Pedantic => "a matter of care, off unless asked for",
        }
    }

    /// The level of its rules.
    #[must_use]
    pub fn level(self) -> Level {
        match self {
            Self::Refused | Self::Broken => Level::Error,
            Self::Risky | Self::Wasteful | Self::Pedantic => Level::Warning,
        }
    }
}

/// A rule. Its documentation is the `//!` comment of its file.
#[derive(Debug)]
pub struct Rule {
    pub(super) id: &'static str,
    pub(super) group: Group,
    /// The whole source file: its doc comment is the documentation.
    pub(super) source: &'static str,
    pub(super) check: fn(&Space<'_>, &mut Vec<Finding>),
}

impl Rule {
    /// Its name: kebab-case, of the bad pattern.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// What it is about.
    #[must_use]
    pub fn group(&self) -> Group {
        self.group
    }

    /// One sentence: what it finds.
    #[must_use]
    pub fn summary(&self) -> String {
        self.docs().lines().next().unwrap_or_default().to_owned()
    }

    /// The documentation in Markdown: a summary, then `## What it does`, `## Why it matters`, `## Example`,
    /// `## Use instead` and `## Source`. Code blocks are marked with the file that they stand for.
    #[must_use]
    pub fn docs(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
    }
}
