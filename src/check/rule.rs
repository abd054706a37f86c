//! A rule: an id, a group, its subject, when it runs, and its documentation.

use std::ops::Range;
use std::sync::LazyLock;

use miniz_oxide::inflate::decompress_to_vec;
use serde::Serialize;

use super::config::Config;
use super::diagnostic::{Diagnostic, Finding, Level};
use super::space::{PythonFile, Space, SpaceSdk};
use super::suppress::Unused;
use super::verdict::Verdict;
use crate::formats::dockerfile::Dockerfile;
use crate::formats::front_matter::Readme;
use crate::target::Scope;

/// The topic of a rule. The group sets the level.
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
    /// It wastes time, disk space or money.
    Wasteful,
    /// A precaution; off by default.
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

    /// The common property of its rules.
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

/// The subject of a rule.
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
    /// Which files exist, and the content of others than those above.
    Files,
    /// `[check]` of `.spaces-new.toml`, and comments that suppress findings.
    Settings,
}

/// When a rule runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// First: rules that read parsed views of a few files.
    Views,
    /// Then rules that read the beginning of every file: a file that another rule has read is not opened again.
    WholeFiles,
    /// Then the answer of the Hub, which is only reported if no other rule has found the same.
    Online,
    /// Last, when it is known which comments suppressed something.
    AfterSuppression,
}

impl Phase {
    pub(super) const ALL: [Self; 4] = [Self::Views, Self::WholeFiles, Self::Online, Self::AfterSuppression];
}

/// Which answer can cause a finding in a generated Space; otherwise the template is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// The start command, if the answers have one.
    Command,
    /// The same, and the answers already have a warning for it.
    WarnedCommand,
    /// The values of variables, if the answers have some.
    Variables,
    /// The Debian packages, if the answers have some.
    Apt,
    /// The Python packages, if the answers have some.
    Pip,
}

/// What a rule says of text that its reader cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// Nothing.
    Other,
    /// That it is invalid, and where.
    Invalid,
    /// Why it is, from the place of the finding to the related one: a finding there that says no more than that it is invalid goes.
    Explained,
}

/// The function of a rule, with its subject and phase: a rule uses the narrowest one.
#[derive(Debug, Clone, Copy)]
pub(super) enum Check {
    /// A README in UTF-8.
    FrontMatter(fn(&Readme<'_>, &mut Vec<Finding>)),
    /// The Dockerfile, if this is a Docker Space or may be one.
    Dockerfile(fn(&Dockerfile<'_>, &mut Vec<Finding>)),
    /// The same, together with other views.
    DockerfileAnd(&'static [Subject], fn(&Dockerfile<'_>, &Space<'_>, &mut Vec<Finding>)),
    /// Each Python file of the app.
    Python(fn(&PythonFile<'_>, &mut Vec<Finding>)),
    /// Several views.
    Views(&'static [Subject], fn(&Space<'_>, &mut Vec<Finding>)),
    /// The beginning of every file.
    WholeFiles(fn(&Space<'_>, &mut Vec<Finding>)),
    /// The settings of the check.
    Settings(fn(&Config, &mut Vec<Finding>)),
    /// The answer of the Hub.
    Online(fn(&Online<'_, '_>, &mut Vec<Finding>)),
    /// Comments that suppressed nothing.
    Suppressions(fn(&[Unused], &mut Vec<Finding>)),
}

/// The input of a rule about the Hub's answer.
pub(super) struct Online<'i, 'r> {
    pub(super) space: &'i Space<'r>,
    pub(super) verdict: &'i Verdict,
    /// The findings of other rules.
    pub(super) reported: &'i [Diagnostic],
    /// The level of the rule.
    pub(super) level: Level,
}

/// The input of all rules.
pub(super) struct Input<'i, 'r> {
    pub(super) space: &'i Space<'r>,
    pub(super) config: &'i Config,
    pub(super) verdict: &'i Verdict,
    pub(super) reported: &'i [Diagnostic],
    pub(super) unused: &'i [Unused],
}

/// The documentation of every rule, one after the other. The program holds it deflated, which is a third of its size.
static DOCS: LazyLock<String> = LazyLock::new(|| {
    let deflated = include_bytes!(concat!(env!("OUT_DIR"), "/rules.deflate"));
    decompress_to_vec(deflated).ok().and_then(|docs| String::from_utf8(docs).ok()).unwrap_or_default()
});

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
    pub(super) syntax: Syntax,
    /// Where its documentation is in [`DOCS`].
    docs: Range<usize>,
}

impl Rule {
    /// A rule of every target if its subject is a Dockerfile or source code, otherwise only of Spaces.
    pub(super) const fn new(id: &'static str, group: Group, check: Check) -> Self {
        let scope = match check {
            Check::Dockerfile(_) | Check::DockerfileAnd(..) | Check::Python(_) | Check::Settings(_) => {
                Scope::EveryTarget
            }
            Check::Suppressions(_) => Scope::EveryTarget,
            Check::FrontMatter(_) | Check::Views(..) | Check::WholeFiles(_) | Check::Online(_) => Scope::SPACES,
        };
        Self { id, group, check, scope, sdks: &[], cause: None, syntax: Syntax::Other, docs: 0..0 }
    }

    /// Sets whose contract it checks, if its subject does not show it.
    pub(super) const fn of(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    /// Runs it only in Spaces of these SDKs.
    pub(super) const fn only_in(self, sdks: &'static [SpaceSdk]) -> Self {
        Self { sdks, ..self }
    }

    /// Sets which answer can cause a finding in a generated Space.
    pub(super) const fn caused_by(self, cause: Cause) -> Self {
        Self { cause: Some(cause), ..self }
    }

    /// Says that it finds invalid syntax.
    pub(super) const fn of_syntax(self) -> Self {
        Self { syntax: Syntax::Invalid, ..self }
    }

    /// Says that it finds the reason of invalid syntax.
    pub(super) const fn explaining_syntax(self) -> Self {
        Self { syntax: Syntax::Explained, ..self }
    }

    /// Says where its documentation is, which the build takes from the file of the rule.
    pub(super) const fn documented(mut self, docs: Range<usize>) -> Self {
        self.docs = docs;
        self
    }

    /// Its name: kebab-case, for the bad pattern.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// Its topic.
    #[must_use]
    pub fn group(&self) -> Group {
        self.group
    }

    /// One sentence: the fault.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.docs().lines().next().unwrap_or_default()
    }

    /// The documentation in Markdown: a summary, then `## What it does`, `## Why it matters`, `## Example`,
    /// `## Use instead` and `## Source`. Code blocks are marked with the name of their file.
    #[must_use]
    pub fn docs(&self) -> &'static str {
        DOCS.get(self.docs.clone()).unwrap_or_default()
    }

    /// Whose contract it checks.
    pub(crate) fn scope(&self) -> Scope {
        self.scope
    }

    /// Whether this is one of its subjects.
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

    /// Its findings.
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
