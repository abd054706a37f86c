//! An app that is taken on to another platform: the files beside it, what becomes of those that are there, and what the
//! check finds afterwards.

use super::imaged::Imaged;
use super::{AdoptError, Chooser};
use crate::app::callable::Functions;
use crate::app::{App, Detected, detect};
use crate::check::{Checker, Diagnostic};
use crate::formats::own_file::{OWN_FILE, OwnFile};
use crate::merge::{Change, Merge, MergeOptions, OnConflict, with_choices};
use crate::plan::Plan;
use crate::render::added_plan;
use crate::repo::Repo;
use crate::target::{self, Added, Edit, Refusal, Subject, Target};

/// An addition of which not all is decided. Made by [`Addition::begin`].
#[derive(Debug, Clone)]
#[must_use]
pub struct Adding<'a> {
    pub(super) repo: &'a Repo,
    pub(super) target: &'static dyn Target,
    app_file: Option<String>,
    function: Option<String>,
    pub(super) on_conflict: OnConflict,
    guards_launch: bool,
}

/// What is added to an app for another platform, before anything is written.
#[derive(Debug)]
#[non_exhaustive]
pub struct Addition {
    /// The platform.
    pub target: &'static dyn Target,
    /// The app.
    pub app: App,
    /// What the platform makes of it.
    pub added: Added,
    /// What becomes of the files that are there.
    pub merge: Merge,
    /// The folder as it would be.
    pub after: Repo,
    /// What the check finds in that and did not find before.
    pub findings: Vec<Diagnostic>,
}

impl Addition {
    /// The ids of the platforms.
    #[must_use]
    pub fn targets() -> Vec<&'static str> {
        target::ALL.iter().map(|target| target.id()).filter(|id| *id != "huggingface-spaces").collect()
    }

    /// Begins to take the app in a repository on to a platform, by its id. None if there is no such platform.
    #[must_use]
    pub fn begin<'a>(repo: &'a Repo, target: &str) -> Option<Adding<'a>> {
        let target = target::named(target)?;
        let (app_file, function) = (None, None);
        Some(Adding { repo, target, app_file, function, on_conflict: OnConflict::default(), guards_launch: false })
    }
}

impl Adding<'_> {
    /// Names the file of the app, where several are likely.
    pub fn app_file(self, file: impl Into<String>) -> Self {
        Self { app_file: Some(file.into()), ..self }
    }

    /// Names the function that the platform calls: `NAME` or `FILE:NAME`.
    pub fn function(self, function: impl Into<String>) -> Self {
        Self { function: Some(function.into()), ..self }
    }

    /// Chooses what is done with files that are in the way. By default they are refused.
    pub fn on_conflict(self, on_conflict: OnConflict) -> Self {
        Self { on_conflict, ..self }
    }

    /// Lets a launch be put under `if __name__ == "__main__":`.
    pub fn guard_launch(self, guards_launch: bool) -> Self {
        Self { guards_launch, ..self }
    }

    /// The platform.
    #[must_use]
    pub fn target(&self) -> &'static dyn Target {
        self.target
    }

    /// Decides everything. What cannot be decided is an error that says what is open.
    ///
    /// # Errors
    /// If no app is found, something is open, or the platform cannot take the app.
    pub fn decide(self, chooser: &mut dyn Chooser) -> Result<Addition, AdoptError> {
        if let Some((file, why)) = self.repo.unreadable_file() {
            return Err(AdoptError::Unreadable { file: file.to_owned(), why });
        }
        let detected = detect(self.repo);
        let app = self.app(&detected, chooser)?.clone();
        if app.file.chars().any(char::is_control) {
            let reason = format!("the name of {:?} has a line break or another control character", app.file);
            return Err(Refusal::new(reason, "rename the file").into());
        }
        let image = self.image(&app, chooser)?;
        let repo = image.as_ref().map_or(self.repo, |image| &image.after);
        let functions = Functions::of(repo);
        let callables = functions.served(&app.file);
        let kept = self.repo.text(OWN_FILE).and_then(|text| OwnFile::added(text, self.target.id(), "function"));
        let add_with = |function: Option<&str>, guards_launch: bool| {
            self.target.add(&Subject {
                repo,
                app: &app,
                functions: &functions,
                callables: &callables,
                function,
                guards_launch,
                replaces: self.on_conflict == OnConflict::Replace,
            })
        };
        let add = |function: Option<&str>| add_with(function, self.guards_launch);
        let function = self.function.as_deref().or(kept.as_deref());
        let mut added = add(function);
        let mut chosen = None;
        if let Err(refusal) = &added
            && let Some(index) = choose_function(chooser, &refusal.functions)?
        {
            chosen = refusal.functions.get(index).cloned();
            added = add(chosen.as_deref());
        }
        if matches!(&added, Err(refusal) if refusal.is_launch)
            && let Ok(guarded) = add_with(chosen.as_deref().or(function), true)
            && chooser.guard_launch(&changes(repo, &guarded.edits))?
        {
            added = Ok(guarded);
        }
        let added = added?;
        // What an earlier run made for another function is nobody's work
        let earlier = kept.as_deref().filter(|kept| Some(*kept) != function).and_then(|kept| add(Some(kept)).ok());
        let earlier = earlier.and_then(|earlier| added_plan(self.target, &earlier).ok());
        self.finish(app, added, earlier.unwrap_or_default(), image)
    }

    /// The app that is meant: of those that the platform can take, the best.
    fn app<'d>(&self, detected: &'d Detected, chooser: &mut dyn Chooser) -> Result<&'d App, AdoptError> {
        let apps = detected.apps();
        if let Some(file) = &self.app_file {
            let known = || apps.iter().map(|app| app.file.clone()).collect();
            let named = apps.iter().find(|app| app.file == *file);
            let named = named.ok_or_else(|| AdoptError::NoSuchApp { file: file.clone(), known: known() })?;
            self.target.accepts(named)?;
            return Ok(named);
        }
        let taken: Vec<&App> = apps.iter().filter(|app| self.target.accepts(app).is_ok()).collect();
        match &taken[..] {
            // What a Dockerfile runs says more than that there is one
            [] => match apps.iter().find(|app| app.inside.is_none()).or(apps.first()) {
                Some(app) => {
                    Err(self.target.accepts(app).err().map_or_else(|| super::choose::no_app(detected), Into::into))
                }
                None => Err(super::choose::no_app(detected)),
            },
            [only] => Ok(*only),
            several => {
                let several: Vec<App> = several.iter().map(|app| (*app).clone()).collect();
                if !Detected::are_ambiguous(&several) {
                    return Ok(taken[0]);
                }
                let chosen = chooser.app(&several)?.and_then(|index| taken.get(index).copied());
                chosen.ok_or(AdoptError::SeveralApps(several))
            }
        }
    }

    fn finish(self, app: App, mut added: Added, earlier: Plan, image: Option<Imaged>) -> Result<Addition, AdoptError> {
        let repo = image.as_ref().map_or(self.repo, |image| &image.after);
        if let Some(function) = self.function.as_ref().filter(|_| added.kept.is_empty()) {
            added.note(format!("`--function {function}` has no effect: {} runs the whole app", self.target.name()));
        }
        if !added.kept.is_empty() {
            let there = repo.text(OWN_FILE);
            let text = with_choices(there, self.target.id(), &added.kept);
            let text = text.map_err(|why| AdoptError::Unreadable { file: OWN_FILE.to_owned(), why })?;
            if there != Some(text.as_str()) {
                let what = format!("`add.{}`", self.target.id());
                let path = OWN_FILE.parse().map_err(|_| AdoptError::NoApp(Vec::new()))?;
                added.edits.push(Edit { path, text, what, is_asked_for: true });
            }
        }
        let plan = added_plan(self.target, &added)?;
        let mut options = MergeOptions::new().target(self.target).on_conflict(self.on_conflict).earlier(earlier);
        for edit in &added.edits {
            options = options.edit(edit.path.clone(), edit.what.clone(), edit.is_asked_for);
        }
        let mut merge = Merge::of(&plan, repo, &options);
        for file in merge.files().iter().filter(|file| matches!(file.change, Change::Keep(_))) {
            added.note(format!("`{}` stays as it is, so check that it fits the other files", file.path));
        }
        if let Some(image) = image {
            if image.is_space {
                let name = self.target.name();
                added.note(format!("the Space stays as it is: the Dockerfile is for {name} alone"));
            }
            merge = image.merge.and(merge);
        }
        let addition = Addition {
            target: self.target,
            app,
            added,
            merge: Merge::default(),
            after: Repo::default(),
            findings: Vec::new(),
        };
        Ok(addition.agreed(merge, self.repo))
    }
}

/// The function that is chosen, if that would help.
fn choose_function(chooser: &mut dyn Chooser, functions: &[String]) -> Result<Option<usize>, AdoptError> {
    if functions.is_empty() { Ok(None) } else { Ok(chooser.function(functions)?) }
}

/// The edits with the texts that they change.
fn changes(repo: &Repo, edits: &[Edit]) -> Vec<(String, String, String)> {
    let before = |edit: &Edit| repo.text(edit.path.as_str()).unwrap_or_default().to_owned();
    edits.iter().map(|edit| (edit.path.to_string(), before(edit), edit.text.clone())).collect()
}

impl Addition {
    /// The same with the part of the merge that somebody agreed to.
    #[must_use]
    pub fn agreed(self, merge: Merge, repo: &Repo) -> Self {
        let after = merge.over(repo);
        let checker = Checker::new();
        let before = checker.check(repo);
        let is_new = |found: &Diagnostic| {
            !before.iter().any(|known| (known.rule, &known.message) == (found.rule, &found.message))
        };
        let findings = checker.check(&after).into_iter().filter(is_new).collect();
        Self { merge, after, findings, ..self }
    }
}
