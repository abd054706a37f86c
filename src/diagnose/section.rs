//! A part of a log: a build, a start of a container, or all of it; and the messages in it that may decide.

use super::clean::Line;
use super::errors::Look;
use super::mask::masked;
use super::scanner::Row;
use crate::facts::messages::{Stage, Weight};

/// A longer line is cut around its message.
const SHOWN: usize = 300;

/// More refusals for one reason are not kept.
const REFUSALS_MOST: usize = 5;

/// What is kept of a long line before and after the place of its message.
const KEPT_BEFORE: usize = 1024;
const KEPT_AFTER: usize = 2048;

/// A line that may be shown. Its secrets are hidden only when it is: most lines are not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) line: u64,
    /// The line, or a part around its message.
    kept: String,
    /// Where its message begins.
    at: usize,
    /// Whether the line begins before, and ends after what is kept.
    is_cut: [bool; 2],
}

impl Shown {
    pub(super) fn new(line: &Line<'_>, at: usize) -> Self {
        let message = line.message();
        let at = at.saturating_sub(line.start);
        let mut from = message.floor_char_boundary(at.saturating_sub(KEPT_BEFORE));
        if from > 0 {
            // What begins within a word may be the rest of a token
            from += message[from..at].find(' ').unwrap_or(at - from);
        }
        let end = message.floor_char_boundary((at + KEPT_AFTER).min(message.len()));
        let kept = message[from..end].to_owned();
        Self { line: line.number, kept, at: at - from, is_cut: [from > 0, end < message.len()] }
    }

    /// Whether it begins with a text.
    pub(super) fn starts_with(&self, text: &str) -> bool {
        !self.is_cut[0] && self.kept.starts_with(text)
    }

    /// The line from its message on, without secrets.
    pub(super) fn text(&self) -> String {
        let text = masked(&self.kept);
        // Masks only shorten what is before the message; a little more is shown
        let is_long = text.chars().count() > SHOWN;
        let from = if is_long { text.floor_char_boundary(self.at.saturating_sub(SHOWN / 4)) } else { 0 };
        let rest = &text[from..];
        let end = rest.char_indices().nth(SHOWN).map_or(rest.len(), |(at, _)| at);
        let is_cut = [self.is_cut[0] || from > 0, self.is_cut[1] || end < rest.len()];
        let [before, after] = is_cut.map(|is_cut| if is_cut { ".." } else { "" });
        format!("{before}{}{after}", &rest[..end])
    }
}

/// Which step of a build printed a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The number that `BuildKit` gives it.
    Numbered(u32),
    /// The steps are not numbered: how many began before.
    Counted(u32),
}

/// A row that fits a line.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub(super) row: &'static Row,
    /// The place of the row in the table.
    pub(super) order: usize,
    pub(super) shown: Shown,
    pub(super) step: Step,
    /// The text of each gap.
    pub(super) gaps: Vec<(&'static str, String)>,
    /// Which chain of exceptions it ends.
    pub(super) chain: Option<u32>,
    /// Whether a server listened after it.
    pub(super) is_survived: bool,
    /// Whether the program itself logged it, as a warning or less.
    pub(super) is_logged: bool,
}

impl Hit {
    pub(super) fn weight(&self) -> Weight {
        self.row.message.weight
    }
}

/// An exception of which no row is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exception {
    pub(super) line: u64,
    pub(super) chain: u32,
}

/// A line that looks like an error.
#[derive(Debug, Clone)]
pub(super) struct Suspect {
    pub(super) shown: Shown,
    pub(super) step: Step,
    pub(super) look: Look,
}

/// What a section is about, if a line says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A build, up to its end.
    Build,
    /// A start of a container.
    Run,
}

/// A part of a log.
#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    pub(super) kind: Option<Kind>,
    /// The first fit of each row.
    pub(super) hits: Vec<Hit>,
    /// The first and the last line of each text that rows look for in other lines; 0 if there is none.
    pub(super) contexts: Vec<(u64, u64)>,
    /// Where a server last said that it listens.
    pub(super) up: Option<u64>,
    /// Whether a step has succeeded, or a server listens that runs its app for each visit only.
    pub(super) is_ready: bool,
    /// Where a visitor was last answered.
    pub(super) answered: Option<u64>,
    /// Where it last said that something has failed.
    pub(super) failed: Option<u64>,
    /// The first and the last exception of which no row is known.
    pub(super) unknown: Option<(Exception, Exception)>,
    /// The first line that looks like an error.
    pub(super) error: Option<Suspect>,
}

impl Section {
    pub(super) fn new(kind: Option<Kind>, contexts: usize) -> Self {
        Self { kind, contexts: vec![(0, 0); contexts], ..Self::default() }
    }

    /// Whether it shows something by itself.
    pub(super) fn is_telling(&self) -> bool {
        !self.hits.is_empty() || self.up.is_some() || self.unknown.is_some() || self.is_answered() || self.is_ready
    }

    /// Whether visitors were answered.
    pub(super) fn is_answered(&self) -> bool {
        self.answered.is_some()
    }

    /// A step has succeeded: what it printed did not stop it.
    pub(super) fn succeed(&mut self, step: Step) {
        self.hits.retain(|hit| hit.step != step);
        self.error.take_if(|suspect| suspect.step == step);
        self.is_ready = true;
    }

    /// Every step of the build has succeeded.
    pub(super) fn finish_build(&mut self) {
        self.hits.retain(|hit| matches!(hit.row.message.stage, Stage::Push | Stage::Configuration));
        self.error = None;
        self.failed = None;
        self.is_ready = true;
    }

    /// A server listens: the exceptions before it did not prevent that.
    pub(super) fn listens(&mut self, line: u64) {
        self.hits.retain(|hit| hit.weight() != Weight::Raised);
        // Of several programs in a container, another one may have stopped
        for hit in &mut self.hits {
            hit.is_survived = true;
        }
        self.unknown = None;
        self.error = None;
        self.up = Some(line);
    }

    /// A push has succeeded.
    pub(super) fn pushed(&mut self) {
        self.hits.retain(|hit| hit.row.message.stage != Stage::Push);
        self.error = None;
    }

    /// pip has installed everything: what it printed before did not stop it.
    pub(super) fn installed(&mut self, step: Step) {
        let is_warning = |hit: &Hit| hit.weight() == Weight::Warns || hit.shown.starts_with("WARNING: ");
        let is_of_pip = |hit: &Hit| hit.row.message.stage == Stage::Build && is_warning(hit);
        self.hits.retain(|hit| hit.step != step || !is_of_pip(hit));
    }

    /// Whether a fit of a row counts: its first one. A push may be refused for several keys, a line each.
    pub(super) fn takes(&self, order: usize, message: &str) -> bool {
        let most = if message.contains("- Error: \"") { REFUSALS_MOST } else { 1 };
        self.hits.iter().filter(|known| known.order == order).count() < most
    }

    /// Notes a line that looks like an error. The first one counts, and one that says what is wrong before one that does not. What
    /// programs also log and go on says nothing once a server listens.
    pub(super) fn suspect(&mut self, suspect: Suspect) {
        let is_vague = suspect.look == Look::Vague;
        let is_better = self.error.as_ref().is_none_or(|known| known.look == Look::Vague && !is_vague);
        let is_up = self.up.is_some() || self.is_answered() || self.is_ready && self.kind == Some(Kind::Run);
        if is_better && !(is_vague && is_up) {
            self.error = Some(suspect);
        }
    }

    /// Notes an exception of which no row is known.
    pub(super) fn add_unknown(&mut self, exception: Exception) {
        let first = self.unknown.map_or(exception, |(first, _)| first);
        self.unknown = Some((first, exception));
    }

    /// Whether a text that rows look for is in it.
    pub(super) fn has(&self, context: usize) -> bool {
        self.contexts.get(context).is_some_and(|(first, _)| *first > 0)
    }

    /// Whether it is in a line from `first` on.
    pub(super) fn has_since(&self, context: usize, first: u64) -> bool {
        self.contexts.get(context).is_some_and(|(_, last)| *last > 0 && *last >= first)
    }
}
