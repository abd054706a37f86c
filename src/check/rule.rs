//! A rule: an id, a group, what it looks at and when, and its documentation.

use serde::Serialize;

use super::config::Config;
use super::diagnostic::{Diagnostic, Finding, Level};
use super::space::{PythonFile, Space, SpaceSdk};
use super::suppress::Unused;
use super::verdict::Verdict;
use crate::formats::dockerfile::Dockerfile;
use crate::formats::front_matter::Readme;
use crate::target::Scope;

/// What a rule is about. The group sets the level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Group {
    /// The push or the Hub's builder rejects it.
    Refused,
    /// It certainly fails at build time or at run time.
    Broken,
    /// It often fails.
    Risky,
    /// It costs time, size or money for nothing.
    Wasteful,
    /// A matter of care; off by default.
    Pedantic,
}

impl Group {
    /// Every group, the worst first.
    pub const ALL: [Self; 5] = [Self::Refused, Self::Broken, Self::Risky, Self::Wasteful, Self::Pedantic];

    /// Its name.
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
            Self::Broken => "it certainly fails at build time or at run time",
            Self::Risky => "it often fails",
            Self::Wasteful => "it costs time, size or money for nothing",
            Self::Pedantic => "a matter of care, off by default",
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

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// The README and its front matter.
    FrontMatter,
    /// The Dockerfile of a Docker Space.
    Dockerfile,
    /// The source code of the app.
    Source,
    /// `requirements.txt`.
    Requirements,
    /// Which files there are, and the content of others than those above.
    Files,
    /// `[check]` of `.spaces-new.toml`, and comments that suppress findings.
    Settings,
}

/// When a rule runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// First: rules that read parsed views of a few files.
    Views,
    /// Then rules that look at the beginning of every file: a file that another rule has read is not opened again.
    WholeFiles,
    /// Then what the Hub has answered, which is reported where no other rule has reported it.
    Online,
    /// Last, when it is known which comments suppressed something.
    AfterSuppression,
}

impl Phase {
    pub(super) const ALL: [Self; 4] = [Self::Views, Self::WholeFiles, Self::Online, Self::AfterSuppression];
}

/// Whose choice the cause of a finding is in a Space that is about to be made; a template is at fault otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// The start command, where the answers have one.
    Command,
    /// The same, and the answers have a warning of their own for it.
    WarnedCommand,
    /// The values of variables, where the answers have some.
    Variables,
}

/// The function of a rule, with what it looks at and when: a rule takes the narrowest one.
#[derive(Debug, Clone, Copy)]
pub(super) enum Check {
    /// A README in UTF-8.
    FrontMatter(fn(&Readme<'_>, &mut Vec<Finding>)),
    /// The Dockerfile, if this is a Docker Space or may be one.
    Dockerfile(fn(&Dockerfile<'_>, &mut Vec<Finding>)),
    /// The same, beside something else.
    DockerfileAnd(&'static [Subject], fn(&Dockerfile<'_>, &Space<'_>, &mut Vec<Finding>)),
    /// Each Python file of the app.
    Python(fn(&PythonFile<'_>, &mut Vec<Finding>)),
    /// Several views.
    Views(&'static [Subject], fn(&Space<'_>, &mut Vec<Finding>)),
    /// The beginning of every file.
    WholeFiles(fn(&Space<'_>, &mut Vec<Finding>)),
    /// The settings of the check.
    Settings(fn(&Config, &mut Vec<Finding>)),
    /// What the Hub has answered.
    Online(fn(&Online<'_, '_>, &mut Vec<Finding>)),
    /// Comments that suppressed nothing.
    Suppressions(fn(&[Unused], &mut Vec<Finding>)),
}

/// What a rule about the Hub's answer looks at.
pub(super) struct Online<'i, 'r> {
    pub(super) space: &'i Space<'r>,
    pub(super) verdict: &'i Verdict,
    /// What other rules have reported.
    pub(super) reported: &'i [Diagnostic],
    /// The level of the rule.
    pub(super) level: Level,
}

/// Everything that rules look at.
pub(super) struct Input<'i, 'r> {
    pub(super) space: &'i Space<'r>,
    pub(super) config: &'i Config,
    pub(super) verdict: &'i Verdict,
    pub(super) reported: &'i [Diagnostic],
    pub(super) unused: &'i [Unused],
}

/// A rule. Its documentation is the `//!` comment of its file.
#[derive(Debug)]
pub struct Rule {
    pub(super) id: &'static str,
    group: Group,
    check: Check,
    scope: Scope,
    /// The SDKs of the Spaces that it checks; empty for all.
    sdks: &'static [SpaceSdk],
    pub(super) cause: Option<Cause>,
    docs: &'static str,
}

impl Rule {
    /// A rule of every target if it looks at a Dockerfile or at source, of Spaces alone otherwise.
    pub(super) const fn new(id: &'static str, group: Group, check: Check) -> Self {
        let scope = match check {
            Check::Dockerfile(_) | Check::DockerfileAnd(..) | Check::Python(_) | Check::Settings(_) => {
                Scope::EveryTarget
            }
            Check::Suppressions(_) => Scope::EveryTarget,
            Check::FrontMatter(_) | Check::Views(..) | Check::WholeFiles(_) | Check::Online(_) => Scope::SPACES,
        };
        Self { id, group, check, scope, sdks: &[], cause: None, docs: "" }
    }

    /// Sets whose contract it checks, where that is not what its subject suggests.
    pub(super) const fn of(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    /// Runs it in Spaces of these SDKs alone.
    pub(super) const fn only_in(self, sdks: &'static [SpaceSdk]) -> Self {
        Self { sdks, ..self }
    }

    /// Says whose choice the cause is in a Space that is about to be made.
    pub(super) const fn caused_by(self, cause: Cause) -> Self {
        Self { cause: Some(cause), ..self }
    }

    /// Adds the documentation, which the build takes from the file of the rule.
    pub(super) const fn documented(self, docs: &'static str) -> Self {
        Self { docs, ..self }
    }

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

    /// One sentence: the fault that it reports.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.docs.lines().next().unwrap_or_default()
    }

    /// The documentation in Markdown: a summary, then `## What it does`, `## Why it matters`, `## Example`,
    /// `## Use instead` and `## Source`. Code blocks are marked with the file that they stand for.
    #[must_use]
    pub fn docs(&self) -> &'static str {
        self.docs
    }

    /// Whose contract it checks.
    pub(crate) fn scope(&self) -> Scope {
        self.scope
    }

    /// Whether it looks at something.
    pub(super) fn looks_at(&self, subject: Subject) -> bool {
        let (one, more): (Subject, &[Subject]) = match self.check {
            Check::FrontMatter(_) | Check::Online(_) => (Subject::FrontMatter, &[]),
            Check::Dockerfile(_) => (Subject::Dockerfile, &[]),
            Check::DockerfileAnd(more, _) => (Subject::Dockerfile, more),
            Check::Python(_) => (Subject::Source, &[]),
            Check::Views(subjects, _) => return subjects.contains(&subject),
            Check::WholeFiles(_) => (Subject::Files, &[]),
            Check::Settings(_) | Check::Suppressions(_) => (Subject::Settings, &[]),
        };
        one == subject || more.contains(&subject)
    }

    /// When it runs.
    pub(super) fn phase(&self) -> Phase {
        match self.check {
            Check::WholeFiles(_) => Phase::WholeFiles,
            Check::Online(_) => Phase::Online,
            Check::Suppressions(_) => Phase::AfterSuppression,
            _ => Phase::Views,
        }
    }

    /// What it finds.
    pub(super) fn run(&self, input: &Input<'_, '_>, level: Level) -> Vec<Finding> {
        let space = input.space;
        let mut found = Vec::new();
        if !self.sdks.is_empty() && !self.sdks.contains(&space.sdk()) {
            return found;
        }
        match self.check {
            Check::FrontMatter(check) => space.readme().into_iter().for_each(|readme| check(readme, &mut found)),
            Check::Dockerfile(check) => space.docker().into_iter().for_each(|file| check(file, &mut found)),
            Check::DockerfileAnd(_, check) => {
                space.docker().into_iter().for_each(|file| check(file, space, &mut found));
            }
            Check::Python(check) => space.python_files().iter().for_each(|file| check(file, &mut found)),
            Check::Views(_, check) | Check::WholeFiles(check) => check(space, &mut found),
            Check::Settings(check) => check(input.config, &mut found),
            Check::Online(check) => {
                let Input { verdict, reported, .. } = *input;
                check(&Online { space, verdict, reported, level }, &mut found);
            }
            Check::Suppressions(check) => check(input.unused, &mut found),
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{rule, rules};

    #[test]
    fn the_scope_follows_from_the_subject_unless_a_rule_says_otherwise() {
        let scope = |id: &str| rule(id).unwrap().scope();
        assert_eq!(scope("invalid-exec-form"), Scope::EveryTarget, "a Dockerfile");
        assert_eq!(scope("app-port-too-low"), Scope::SPACES, "front matter");
        assert_eq!(scope("root-user"), Scope::SPACES, "the user id of Spaces");
        let is_foreign = |rule: &&Rule| rule.looks_at(Subject::FrontMatter) && !rule.looks_at(Subject::Requirements);
        assert!(
            rules().iter().filter(is_foreign).all(|rule| rule.scope() == Scope::SPACES || rule.id == "not-analysed")
        );
    }
}
