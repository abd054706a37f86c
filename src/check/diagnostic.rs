//! The results of a check: plain values, without colour or terminal.

use std::ops::Range;

use serde::Serialize;

/// How severe a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Level {
    /// It may fail, or costs more than necessary.
    Warning,
    /// It will be refused, or will not work.
    Error,
}

impl Level {
    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place in the repository.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    path: String,
    range: Option<(usize, usize)>,
}

impl Place {
    /// A whole file, also a missing one.
    #[must_use]
    pub fn file(path: impl Into<String>) -> Self {
        Self { path: path.into(), range: None }
    }

    /// A byte range of a file.
    #[must_use]
    pub fn bytes(path: impl Into<String>, range: Range<usize>) -> Self {
        Self { path: path.into(), range: Some((range.start, range.end)) }
    }

    /// The file, with `/` between its parts.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The byte range; none means the whole file.
    #[must_use]
    pub fn range(&self) -> Option<Range<usize>> {
        self.range.map(|(start, end)| start..end)
    }
}

/// Another place that a finding mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// A description.
    pub label: String,
}

/// Whether a fix can be applied without review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Safety {
    /// It does what the author intended.
    Safe,
    /// It may change what the Space does.
    Unsafe,
}

/// The replacement of a byte range of a file. A missing file has no bytes: `0..0` creates it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub path: String,
    /// The bytes to replace.
    pub range: Range<usize>,
    /// The new text.
    pub text: String,
}

/// A fix of a finding: all of its edits are applied, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Its effect, as an imperative: "write `blue`".
    pub title: String,
    /// Whether it needs review.
    pub safety: Safety,
    /// The edits.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that does what the author intended.
    #[must_use]
    pub fn safe(title: impl Into<String>) -> Self {
        Self { title: title.into(), safety: Safety::Safe, edits: Vec::new() }
    }

    /// A fix that may change what the Space does.
    #[must_use]
    pub fn with_care(title: impl Into<String>) -> Self {
        Self { title: title.into(), safety: Safety::Unsafe, edits: Vec::new() }
    }

    /// Replaces a byte range of a file.
    #[must_use]
    pub fn replace(mut self, path: impl Into<String>, range: Range<usize>, text: impl Into<String>) -> Self {
        self.edits.push(Edit { path: path.into(), range, text: text.into() });
        self
    }

    /// Inserts text before a byte.
    #[must_use]
    pub fn insert(self, path: impl Into<String>, at: usize, text: impl Into<String>) -> Self {
        self.replace(path, at..at, text)
    }
}

/// A finding of a rule, before the engine adds the rule's id and level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    place: Place,
    message: String,
    label: String,
    related: Vec<Related>,
    help: Option<String>,
    fixes: Vec<Fix>,
    most: Option<Level>,
}

impl Finding {
    /// `message` is the fault, with names in backticks, lower case, no full stop.
    pub(crate) fn new(place: Place, message: impl Into<String>) -> Self {
        Self {
            place,
            message: message.into(),
            label: String::new(),
            related: Vec::new(),
            help: None,
            fixes: Vec::new(),
            most: None,
        }
    }

    /// Its place.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// The text under the marked bytes.
    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds another place that belongs to it.
    pub(crate) fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push(Related { place, label: label.into() });
        self
    }

    /// What to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A fix.
    pub(crate) fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Limits its level to this one or a lower one, whatever the level of its rule is.
    pub(crate) fn at_most(mut self, level: Level) -> Self {
        self.most = Some(level);
        self
    }

    pub(super) fn named(self, rule: &'static str, level: Level) -> Diagnostic {
        let Self { place, message, label, related, help, fixes, most } = self;
        let level = most.map_or(level, |most| most.min(level));
        Diagnostic { rule, level, place, message, label, related, help, fixes }
    }
}

/// A fault in a repository, or a possible one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The id of the rule.
    pub rule: &'static str,
    /// How bad it is.
    pub level: Level,
    /// Where.
    pub place: Place,
    /// The fault.
    pub message: String,
    /// The text under the marked bytes; may be empty.
    pub label: String,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// What to do.
    pub help: Option<String>,
    /// Fixes, the best one first.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// Whether a safe fix is known.
    #[must_use]
    pub fn is_fixable(&self) -> bool {
        self.fixes.iter().any(|fix| fix.safety == Safety::Safe)
    }
}
