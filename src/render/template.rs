//! One template: its questions and its files.

use std::sync::Arc;

use minijinja::Value;

use super::catalog::Catalog;
use super::context::Constants;
use super::embedded;
use super::engine::{Engine, RenderError};
use super::manifest::{FileRule, Manifest, Requirement, Variant};
use super::pins::Pins;
use crate::answers::{COMMON, Kind, Question, Raw};
use crate::facts;
use crate::facts::base_images::Runtime;
use crate::values::{Invalid, RepoPath, Sdk, nearest, runtime_named};

/// What every Space has, so that every template asks it: name and title, made from the folder, and the card, which
/// each template has its defaults for.
const ESSENTIAL: [&str; 5] = ["name", "title", "emoji", "color_from", "color_to"];

/// What all templates share.
pub(super) struct Shared {
    pub(super) engine: Engine,
    pub(super) pins: Pins,
    pub(super) constants: Constants,
    pub(super) files: Vec<FileRule>,
    pub(super) require: Vec<Requirement>,
}

/// A file of a template.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// Where it will stand in the repository.
    pub(super) path: RepoPath,
    /// The template file, under `templates/`.
    pub(super) file: &'static str,
}

/// Files that are there together: always, or with a variant.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    pub(super) variant: Option<Variant>,
    pub(super) sources: Vec<Source>,
}

/// A kind of Space that can be made.
pub struct Template {
    name: &'static str,
    manifest: Manifest,
    sdks: Vec<Sdk>,
    runtime: Option<Runtime>,
    questions: Vec<Question>,
    own: Vec<Question>,
    layers: Vec<Layer>,
    pub(super) shared: Arc<Shared>,
}

impl std::fmt::Debug for Template {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Template").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Template {
    pub(super) fn load(name: &'static str, shared: Arc<Shared>) -> Result<Self, RenderError> {
        let path = format!("{name}/template.toml");
        let fail = |reason: String| RenderError::new(&path, reason);
        let text = embedded::text(&path).ok_or_else(|| fail("the manifest is missing".to_owned()))?;
        let mut manifest: Manifest = toml::from_str(text).map_err(|error| fail(error.to_string()))?;
        let sdks: Vec<Sdk> = manifest
            .sdks
            .iter()
            .map(|sdk| sdk.parse())
            .collect::<Result<_, Invalid>>()
            .map_err(|error| fail(error.to_string()))?;
        let asks = |key: &str| manifest.questions.iter().any(|listed| listed == key);
        let shared_needs: Vec<Requirement> =
            shared.require.iter().filter(|needed| asks(&needed.key)).cloned().collect();
        manifest.require.extend(shared_needs);
        let runtime = manifest
            .runtime
            .as_deref()
            .map(|name| runtime_named(name).ok_or_else(|| fail(format!("`{name}` is no runtime"))));
        let runtime = runtime.transpose()?;
        if sdks.is_empty() {
            return Err(fail("`sdks` names none".to_owned()));
        }
        if let Some(key) = manifest.questions.iter().find(|key| !COMMON.iter().any(|question| question.key() == *key)) {
            return Err(fail(format!("`{key}` is no common question")));
        }
        let group = format!("Only for the {name} template");
        let own = manifest.question.iter().map(super::manifest::OwnQuestion::question);
        let own: Vec<Question> = own.map(|question| Question { group: group.clone().into(), ..question }).collect();
        if let Some(key) = ESSENTIAL[2..].iter().find(|key| !manifest.defaults.contains_key(**key)) {
            return Err(fail(format!("`defaults` has no `{key}`")));
        }
        if sdks.contains(&Sdk::Docker) && !manifest.questions.iter().any(|key| key == "port") {
            return Err(fail("a Docker Space has a port: `questions` does not name it".to_owned()));
        }
        let unlisted = ESSENTIAL.iter().copied().filter(|key| !manifest.questions.iter().any(|listed| listed == key));
        let keys = unlisted.chain(manifest.questions.iter().map(String::as_str));
        let common = keys.filter_map(|key| COMMON.iter().find(|question| question.key() == key));
        let questions = common.map(|question| with_default(question, &manifest)).chain(own.iter().cloned()).collect();
        let layers = layers(name, &manifest);
        Ok(Self { name, manifest, sdks, runtime, questions, own, layers, shared })
    }

    /// Its name, as `--template` takes it.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name
    }

    /// One line on what it makes.
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.manifest.summary
    }

    /// Its version, which grows whenever what it makes changes.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.manifest.version
    }

    /// The SDKs it can be made for, the default first. Never empty.
    #[must_use]
    pub fn sdks(&self) -> &[Sdk] {
        &self.sdks
    }

    /// Its questions, the common ones first.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// The questions that it alone asks.
    #[must_use]
    pub fn own_questions(&self) -> &[Question] {
        &self.own
    }

    /// A question, by its key.
    #[must_use]
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.key() == key)
    }

    /// The language runtime that it is made for, if it is made for one alone.
    pub(crate) fn runtime(&self) -> Option<Runtime> {
        self.runtime
    }

    /// Whether it runs an app of any language: what runs it is the base image's affair.
    pub(crate) fn takes_any_app(&self) -> bool {
        self.runtime.is_none() && self.question("base").is_some()
    }

    /// The pinned packages that it installs, with those of the variants whose condition holds.
    pub(crate) fn active_pins(&self, holds: impl Fn(&str) -> bool) -> Vec<&str> {
        let variants = self.manifest.variant.iter().filter(|variant| !variant.pins.is_empty() && holds(&variant.when));
        self.pins().iter().chain(variants.flat_map(|variant| &variant.pins)).map(String::as_str).collect()
    }

    /// The pinned packages that it installs.
    #[must_use]
    pub fn pins(&self) -> &[String] {
        &self.manifest.pins
    }

    /// The Python versions that it can be made for, oldest first; on ZeroGPU, those of ZeroGPU.
    #[must_use]
    pub fn pythons(&self, zero_gpu: bool) -> Vec<&'static str> {
        let known = if zero_gpu { facts::python::ZERO_GPU_VERSIONS } else { facts::python::IMAGE_VERSIONS };
        let fits = |version: &&&str| self.pins().iter().all(|pin| self.shared.pins.supports(pin, version));
        known.iter().filter(fits).copied().collect()
    }

    pub(crate) fn default_python(&self, zero_gpu: bool) -> Option<&'static str> {
        let offered = self.pythons(zero_gpu);
        let preferred =
            if zero_gpu { offered.first() } else { offered.iter().find(|known| **known == facts::python::DEFAULT) };
        preferred.or(offered.last()).copied()
    }

    pub(crate) fn requirements(&self) -> &[Requirement] {
        &self.manifest.require
    }

    /// An answer that would do for a question which the template cannot do without.
    #[must_use]
    pub fn example(&self, key: &str) -> Option<&str> {
        self.requirements().iter().find(|needed| needed.key == key).map(|needed| needed.example.as_str())
    }

    pub(crate) fn versions(&self) -> &Pins {
        &self.shared.pins
    }

    pub(crate) fn flag_of(&self, key: &str) -> Option<&str> {
        let elsewhere = || Catalog::builtin().questions().into_iter().find(|question| question.key() == key);
        self.question(key).or_else(elsewhere).map(Question::flag)
    }

    pub(crate) fn holds(&self, condition: &str, context: Value) -> Result<bool, RenderError> {
        self.shared.engine.holds(condition, context)
    }

    /// Why a key that is no question of this template is refused.
    pub(crate) fn unknown_key(&self, key: &str) -> Invalid {
        let asking = Catalog::builtin().templates().iter().filter(|template| template.question(key).is_some());
        let names: Vec<String> = asking.map(|template| format!("`{}`", template.name)).collect();
        if !names.is_empty() {
            let message = format!("the `{}` template does not ask for it", self.name);
            return Invalid::new(message).hint(format!("leave it out; it belongs to {}", names.join(", ")));
        }
        let error = Invalid::new("there is no such question");
        match nearest(key, self.questions.iter().map(Question::key).chain(["template"])) {
            Some(name) => error.hint(format!("did you mean `{name}`?")),
            None => error.hint("`spaces-new schema` lists every key"),
        }
    }

    /// Every file that it can make, by layer: shared, its own, those of each variant.
    pub(super) fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// What the manifests say of a file; the template's own counts before the shared one.
    pub(super) fn rule(&self, path: &RepoPath) -> Option<&FileRule> {
        let rules = self.manifest.file.iter().chain(&self.shared.files);
        rules.into_iter().find(|rule| rule.path == path.as_str())
    }

    /// The files and conditions of the template, each with the names that it takes from the context. For tests: a
    /// name that is none of [`Template::context_names`] would fail when it is rendered.
    ///
    /// # Errors
    /// When a file or a condition cannot be compiled.
    #[doc(hidden)]
    pub fn names_used(&self) -> Result<Vec<(String, Vec<String>)>, RenderError> {
        let files = self.layers().iter().flat_map(|layer| &layer.sources);
        files.map(|source| Ok((source.file.to_owned(), self.shared.engine.variables(source.file)?))).collect()
    }
}

fn layers(name: &str, manifest: &Manifest) -> Vec<Layer> {
    let folders = ["_shared/repo".to_owned(), format!("{name}/repo")].map(|folder| (None, folder));
    let variants =
        manifest.variant.iter().map(|variant| (Some(variant.clone()), format!("{name}/variants/{}", variant.name)));
    let folders = folders.into_iter().chain(variants);
    folders.map(|(variant, folder)| Layer { variant, sources: sources(&folder) }).collect()
}

fn sources(folder: &str) -> Vec<Source> {
    let files = embedded::files_under(folder).into_iter();
    files
        .filter_map(|(file, within)| Some((file, within.strip_suffix(".j2")?)))
        .filter_map(|(file, path)| Some(Source { path: path.parse().ok()?, file }))
        .collect()
}

/// A common question with the template's default for it, and its choices for it.
fn with_default(question: &Question, manifest: &Manifest) -> Question {
    let mut question = question.clone();
    if let Some(default) = manifest.defaults.get(question.key()) {
        question.default = Some(Raw::Text(default.clone()));
    }
    if let Some(when) = manifest.when.get(question.key()) {
        question.when = Some(when.clone().into());
    }
    if question.key() == "sdk" {
        question.default = manifest.sdks.first().cloned().map(Raw::Text);
        question.kind = Kind::Choice(manifest.sdks.iter().cloned().map(Into::into).collect());
    }
    question
}
