//! What the Hub's own validator says of a README, as findings.

use super::diagnostic::{Diagnostic, Finding, Level, Place};
use super::rule::Rule;
use super::space::{README, Space, in_readme};

/// The answer of the Hub's validator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verdict {
    /// Why a push would be refused.
    pub errors: Vec<String>,
    /// What it remarks.
    pub warnings: Vec<String>,
}

impl Verdict {
    /// An answer with these messages.
    pub fn new(errors: impl IntoIterator<Item = String>, warnings: impl IntoIterator<Item = String>) -> Self {
        Self { errors: errors.into_iter().collect(), warnings: warnings.into_iter().collect() }
    }

    /// A finding for each message about which nothing has been said yet.
    pub(super) fn findings(
        &self,
        space: &Space<'_>,
        rule: &Rule,
        level: Level,
        said: &[Diagnostic],
    ) -> Vec<Diagnostic> {
        let errors = self.errors.iter().map(|message| (message, level));
        let warnings = self.warnings.iter().map(|message| (message, Level::Warning));
        let mut findings = Vec::new();
        for (message, level) in errors.chain(warnings) {
            let place = place(space, message);
            let is_said =
                place.range().is_some() && said.iter().any(|known| known.level >= level && known.place == place);
            if !is_said {
                let finding = Finding::new(place, format!("the Hub says: {message}"))
                    .help("change what it names; `--online` asks again");
                findings.push(finding.named(rule.id, level));
            }
        }
        findings
    }
}

/// The value of the key that a message begins with, as in `"colorFrom" must be ...`; else the README.
fn place(space: &Space<'_>, message: &str) -> Place {
    let key =
        message.trim_start_matches(['-', ' ']).strip_prefix('"').and_then(|rest| rest.split(['"', '[', '.']).next());
    let value = key.and_then(|key| space.readme()?.value(key));
    value.map_or_else(|| Place::file(README), |node| in_readme(node.range.clone()))
}
