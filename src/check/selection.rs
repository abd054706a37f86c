//! Which rules run, and at which level.

use super::config::Config;
use super::diagnostic::Level;
use super::rule::{Group, Phase, Rule, Subject};
use super::{Checker, rules};

/// The rules that a check and the settings of a repository select.
pub(super) struct Selection<'c> {
    checker: &'c Checker,
    config: &'c Config,
    /// Whether unused suppressions are reported: only a rule that ran can show that a comment is unused.
    finds_unused: bool,
}

impl<'c> Selection<'c> {
    pub(super) fn new(checker: &'c Checker, config: &'c Config) -> Self {
        let mut selection = Self { checker, config, finds_unused: false };
        let mut last = rules().iter().filter(|rule| rule.phase() == Phase::AfterSuppression);
        selection.finds_unused = last.any(|rule| selection.level(rule).is_some());
        selection
    }

    /// The level at which a rule reports; none if it reports nothing.
    pub(super) fn level(&self, rule: &Rule) -> Option<Level> {
        let only = &self.checker.only;
        let is_wanted = if only.is_empty() { self.is_on(rule) } else { only.contains(rule.id) };
        if is_wanted && !self.is_skipped(rule) { self.own_level(rule) } else { None }
    }

    /// Whether a rule runs, if only to find unused suppressions.
    pub(super) fn runs(&self, rule: &Rule) -> bool {
        let is_due = self.finds_unused && !self.is_skipped(rule) && self.is_on(rule) && self.own_level(rule).is_some();
        is_due || self.level(rule).is_some()
    }

    /// Whether unused suppressions are reported.
    pub(super) fn finds_unused(&self) -> bool {
        self.finds_unused
    }

    /// The level that the settings or the group give; none if it is off.
    fn own_level(&self, rule: &Rule) -> Option<Level> {
        self.config.levels.get(rule.id).copied().unwrap_or(Some(rule.group().level()))
    }

    /// Whether a rule is skipped by its name or because files are missing.
    fn is_skipped(&self, rule: &Rule) -> bool {
        let compares_files = || rule.looks_at(Subject::FrontMatter) && rule.looks_at(Subject::Files);
        let is_foreign = !self.checker.target.checks(rule.scope());
        is_foreign || self.checker.skip.contains(rule.id) || (self.checker.readme_alone && compares_files())
    }

    /// Whether a rule runs by default.
    fn is_on(&self, rule: &Rule) -> bool {
        let pedantic = self.checker.pedantic || self.config.pedantic;
        rule.group() != Group::Pedantic || pedantic || self.config.levels.contains_key(rule.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::Repo;

    /// A Dockerfile that suppresses one rule which finds something, one that does not, one that does not run, and none.
    fn repo(settings: &str) -> Repo {
        let dockerfile =
            "# spaces-new: ignore[missing-user, apt-after-user, floating-base, missing-users]\nFROM python:3.13-slim\n";
        let files =
            [("README.md", "---\nsdk: docker\n---\n"), ("Dockerfile", dockerfile), (".spaces-new.toml", settings)];
        Repo::from_files(files.map(|(path, text)| (path.parse().unwrap(), text.into())))
    }

    fn unused(checker: &Checker, settings: &str) -> Vec<(Level, String)> {
        let found = checker.check(&repo(settings)).into_iter();
        found.filter(|found| found.rule == "unused-suppression").map(|found| (found.level, found.message)).collect()
    }

    #[test]
    fn a_suppression_is_unused_if_its_rule_ran_and_found_nothing() {
        let nothing = "`apt-after-user` finds nothing here".to_owned();
        let unknown = "unknown rule `missing-users`".to_owned();
        let expected = [(Level::Warning, nothing.clone()), (Level::Warning, unknown.clone())];
        assert_eq!(unused(&Checker::new(), ""), expected);
        assert_eq!(unused(&Checker::new().pedantic(true), ""), expected, "`floating-base` finds something");
        let skipping = Checker::new().skip(["apt-after-user"]).unwrap();
        assert_eq!(unused(&skipping, ""), expected[1..]);
    }

    #[test]
    fn unused_suppressions_have_a_level_and_are_found_alone() {
        let alone = || Checker::new().only(["unused-suppression"]).unwrap();
        assert_eq!(alone().check(&repo("")).len(), 2, "{:?}", alone().check(&repo("")));
        let levels = |settings| unused(&alone(), settings).into_iter().map(|(level, _)| level).collect::<Vec<_>>();
        assert_eq!(levels("[check]\nunused-suppression = \"error\"\n"), [Level::Error; 2]);
        assert_eq!(levels("[check]\nunused-suppression = \"off\"\n"), []);
    }

    #[test]
    fn an_old_name_is_understood_and_reported() {
        assert_eq!(Checker::new().only(["unused-ignore"]).unwrap().check(&repo("")).len(), 2);
        let settings = repo("[check]\nunused-ignore = \"off\"\n");
        let found = Checker::new().skip(["missing-cmd"]).unwrap().check(&settings);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].message, "the rule `unused-ignore` is now called `unused-suppression`");
        let fixed = Checker::new().fix(&settings, false);
        assert_eq!(fixed.files[0].after, "[check]\nunused-suppression = \"off\"\n");
    }

    #[test]
    fn without_other_files_nothing_is_compared_with_them() {
        let repo = Repo::from_files([("README.md".parse().unwrap(), "---\nsdk: docker\ncolorTo: Red\n---\n".into())]);
        let found = |checker: Checker| checker.check(&repo).into_iter().map(|found| found.rule).collect::<Vec<_>>();
        assert_eq!(found(Checker::new()), ["missing-dockerfile", "unknown-color"]);
        assert_eq!(found(Checker::new().readme_alone()), ["unknown-color"]);
    }
}
