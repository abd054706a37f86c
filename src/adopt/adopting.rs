//! The decisions that come before a Space is put around an app: which app, which answers, which template.

use super::adoption::{DOCKERFILE, earlier_plan};
use super::card::{answers_in_readme, title_in_readme};
use super::choose::{Chooser, Undecided, no_app, no_such_app, propose, without_outdated};
use super::proposal::Proposal;
use super::{AdoptError, Adoption, Stated, card, readme};
use crate::answers::{Answers, Cancelled, Prompter, Raw, Source, is_zero_gpu, offer_changes, wants_zero_gpu};
use crate::app::{Detected, detect};
use crate::facts::python::ZERO_GPU_VERSIONS;
use crate::merge::OnConflict;
use crate::plan::Content;
use crate::render::{Catalog, Template};
use crate::repo::{File, Repo};
use crate::target::is_built_elsewhere;

/// An adoption of which not all is decided. Made by [`Adoption::begin`].
#[derive(Debug, Clone)]
#[must_use]
pub struct Adopting<'a> {
    pub(super) repo: &'a Repo,
    pub(super) catalog: &'a Catalog,
    pub(super) on_conflict: OnConflict,
    pub(super) migrate: bool,
    pub(super) given: Answers,
    pub(super) folder: String,
    /// Whether it brings newer templates in, and possibly versions alone.
    pub(super) updates: bool,
    pub(super) pins_only: bool,
}

impl<'a> Adopting<'a> {
    pub(super) fn new(repo: &'a Repo) -> Self {
        Self {
            repo,
            catalog: Catalog::builtin(),
            on_conflict: OnConflict::default(),
            migrate: false,
            given: Answers::new(),
            folder: folder_name(repo),
            updates: false,
            pins_only: false,
        }
    }

    /// Gives answers. They count before those that an earlier run kept, these before the README, that before what is found.
    pub fn given(self, given: Answers) -> Self {
        Self { given, ..self }
    }

    /// Chooses what is done with files that cannot be merged. By default they are refused.
    pub fn on_conflict(self, on_conflict: OnConflict) -> Self {
        Self { on_conflict, ..self }
    }

    /// Moves a Space that has another SDK to the one that is planned.
    pub fn migrate(self, migrate: bool) -> Self {
        Self { migrate, ..self }
    }

    /// Takes templates from another catalogue than the built-in one.
    pub fn catalog(self, catalog: &'a Catalog) -> Self {
        Self { catalog, ..self }
    }

    /// Whether the Space may get another SDK: it is asked for, or follows from what is.
    pub(super) fn moves(&self) -> bool {
        self.migrate || self.given.get("sdk").is_some() || wants_zero_gpu(&self.given)
    }

    /// The answers that an earlier run kept in the folder; none if there was no such run.
    ///
    /// # Errors
    /// When they cannot be used: [`AdoptError::Kept`].
    pub fn kept(&self) -> Result<Option<Answers>, AdoptError> {
        card::kept_answers(self.repo).map_err(AdoptError::Kept)
    }

    /// Decides which app the Space runs, and with which template and answers. What cannot be decided is an error that says what
    /// is open; an answer given before decides it.
    ///
    /// # Errors
    /// When something is open, or no app is found.
    pub fn decide(self) -> Result<Decided<'a>, AdoptError> {
        self.decide_with(&mut Undecided)
    }

    /// The same with somebody who decides what is open.
    ///
    /// # Errors
    /// When something stays open, or no app is found.
    pub fn decide_with(mut self, chooser: &mut dyn Chooser) -> Result<Decided<'a>, AdoptError> {
        if let Some((file, why)) = self.repo.unreadable_file() {
            return Err(AdoptError::Unreadable { file: file.to_owned(), why });
        }
        if let Some(sdk) = readme::retired_sdk_of(self.repo).filter(|_| !self.migrate) {
            self.migrate = chooser.migrate(&sdk)?;
            if !self.migrate {
                return Err(AdoptError::RetiredSdk(sdk));
            }
        }
        let kept = self.kept()?;
        // Otherwise somebody has made another app of the starter, or names it as theirs
        if let Some(kept) = kept.as_ref().filter(|kept| is_made_from_template(kept))
            && (self.given.keys().next().is_none() || self.given.get("app_file").is_none() && self.is_as_made(kept))
        {
            return self.with_other_answers(kept.clone());
        }
        let detected = detect(self.repo);
        let mut stated = self.stated(kept.clone(), &detected)?;
        let ours = if kept.is_none() { self.app_of_our_dockerfile(&stated, &detected) } else { None };
        if let Some((file, spec)) = ours {
            self = self.with_app(&file);
            stated = self.stated(None, &detected)?.made_by(spec);
        }
        let mut proposal = propose(&detected, &stated.with(None), self.catalog.target(), chooser)?;
        let answers = stated.with(proposal.as_mut()).over(title_in_readme(self.repo));
        let proposed = proposal.as_ref().and_then(|proposal| self.catalog.get(proposal.template));
        let template = self.catalog.named(&answers)?.or(proposed).ok_or_else(|| no_app(&detected))?;
        // What is given is not left out, so that it is refused if the template does not ask for it
        let answers = answers.only_for(template).over(self.given.clone()).in_folder(&self.folder);
        let answers = on_zero_gpu(template, answers);
        let is_for_zero_gpu = is_zero_gpu(template, &answers);
        if let Some(proposal) = &mut proposal {
            proposal.say_what_counts(&answers, is_for_zero_gpu);
        }
        if let Some(proposal) = proposal.as_mut().filter(|_| is_for_zero_gpu) {
            proposal.notes.retain(|note| note.answers.iter().all(|answer| answer.key != "hardware"));
        }
        let kept = kept.map(|kept| kept.in_folder(&self.folder));
        Ok(Decided { adopting: self, kept, template, answers, proposal })
    }

    /// Whether a Space that was made from a template has the starter app as it was made, and nothing that may depend on it.
    fn is_as_made(&self, kept: &Answers) -> bool {
        let Some((_, earlier)) = earlier_plan(kept, self.catalog) else { return false };
        let is_app = |path: &str| path != DOCKERFILE && self.catalog.target().merger(path).is_none();
        let is_there = |path: &str, content: &Content| match content {
            Content::Bytes(bytes) => self.repo.get(path).and_then(File::bytes) == Some(bytes),
            Content::Copy { .. } => self.repo.get(path).is_some(),
        };
        let mut planned = earlier.files().filter(|(path, _)| is_app(path.as_str()));
        let is_code = |path: &str| [".py", ".ipynb"].iter().any(|ending| path.ends_with(ending));
        let is_added =
            |file: &File| is_code(file.path()) && file.path().parse().is_ok_and(|path| earlier.get(&path).is_none());
        planned.all(|(path, file)| is_there(path.as_str(), file.content()))
            && !self.repo.files().any(is_added)
            && !is_built_elsewhere(self.repo)
    }

    /// A Space that was made from a template, with the answers that are given now. The starter app is made anew too.
    fn with_other_answers(self, kept: Answers) -> Result<Decided<'a>, AdoptError> {
        let name = kept.template().unwrap_or_default().to_owned();
        let is_another = self.given.template().is_some_and(|given| given != name);
        let Some(template) = self.catalog.named(&kept)?.filter(|_| !is_another && self.given.keys().next().is_some())
        else {
            return Err(AdoptError::MadeFromTemplate(name));
        };
        let stated = self.stated(Some(kept.clone()), &Detected::default())?;
        let answers = stated.with(None).only_for(template).over(self.given.clone());
        Ok(self.decided(template, answers, kept))
    }

    /// The decision for answers that need no look at an app.
    pub(super) fn decided(self, template: &'a Template, answers: Answers, kept: Answers) -> Decided<'a> {
        let answers = on_zero_gpu(template, answers.in_folder(&self.folder));
        let kept = Some(kept.in_folder(&self.folder));
        Decided { adopting: self, kept, template, answers, proposal: None }
    }

    /// What is said about the app in different places.
    fn stated(&self, kept: Option<Answers>, detected: &Detected) -> Result<Stated<'a>, AdoptError> {
        let stated = Stated {
            given: self.given.clone(),
            kept: kept.unwrap_or_default(),
            in_readme: answers_in_readme(self.repo),
            catalog: self.catalog,
            earlier: None,
        };
        let stated = stated.made_again().on_the_given_platform();
        match stated.given.get("app_file") {
            Some(Raw::Text(file)) if self.repo.get(file).is_none() && !detected.has(file) => {
                Err(no_such_app(file, detected))
            }
            _ => Ok(without_outdated(stated, self.repo, detected)),
        }
    }
}

/// The answers with a Python that ZeroGPU has, if nobody chose another one just now.
fn on_zero_gpu(template: &Template, mut answers: Answers) -> Answers {
    let Some(Raw::Text(python)) = answers.get("python").cloned() else { return answers };
    let is_chosen = matches!(answers.source("python"), Some(Source::Flag | Source::Prompt));
    if is_chosen || !is_zero_gpu(template, &answers) || ZERO_GPU_VERSIONS.contains(&&*python) {
        return answers;
    }
    match ZERO_GPU_VERSIONS.iter().find(|known| known.starts_with(&format!("{python}."))) {
        Some(known) => answers.insert("python", *known, Source::Detected),
        None => answers.remove("python"),
    }
    answers
}

/// Whether kept answers are those of a Space that was made from a template, and not put around an app.
pub(super) fn is_made_from_template(kept: &Answers) -> bool {
    kept.template().is_some() && kept.get("app_file").is_none()
}

/// The name of the folder that a repository was read from.
fn folder_name(repo: &Repo) -> String {
    let Some(root) = repo.root() else { return String::new() };
    let named = |path: &std::path::Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let real = || fs_err::canonicalize(root).ok().as_deref().and_then(named);
    named(root).or_else(real).unwrap_or_else(|| "my-space".to_owned())
}

/// An adoption of which all is decided: the template, and the answers before they are checked.
#[derive(Debug, Clone)]
pub struct Decided<'a> {
    pub(super) adopting: Adopting<'a>,
    /// The answers of an earlier run.
    pub(super) kept: Option<Answers>,
    pub(super) template: &'a Template,
    pub(super) answers: Answers,
    proposal: Option<Proposal>,
}

impl<'a> Decided<'a> {
    /// The template.
    #[must_use]
    pub fn template(&self) -> &'a Template {
        self.template
    }

    /// The answers, from everywhere.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// What was found in the files; none if no app was.
    #[must_use]
    pub fn proposal(&self) -> Option<&Proposal> {
        self.proposal.as_ref()
    }

    /// Whether the Space is moved to another SDK.
    #[must_use]
    pub fn migrates(&self) -> bool {
        self.adopting.migrate
    }

    /// Offers every answer for change, until the person is content.
    ///
    /// # Errors
    /// When the person stops.
    pub fn offer_changes(mut self, prompter: &mut dyn Prompter) -> Result<Self, Cancelled> {
        self.answers = offer_changes(self.template, self.answers, prompter)?;
        Ok(self)
    }

    /// Leaves out the answers that have no effect, which is an error: a person who is told so cannot be offered their questions.
    #[must_use]
    pub fn only_with_effect(mut self) -> Self {
        self.answers = self.answers.by_effect(self.template).0;
        self
    }

    /// Checks the answers, and works out what the folder becomes. Nothing is written.
    ///
    /// # Errors
    /// When answers are invalid or missing, or the README says that this is a Space of another kind.
    pub fn adopt(&self) -> Result<Adoption, AdoptError> {
        Adoption::of(self)
    }
}
