//! The manifest of a template: its questions, its pinned packages, and the conditions of its files.
//!
//! Resolving answers only needs the manifest of a template; its files belong to the renderer.

use std::sync::{Arc, OnceLock};

use minijinja::Value;

use super::common_questions::{COMMON, common_question, group};
use super::condition::{ConditionError, Conditions};
use super::local_run::RunRow;
use super::question::Question;
use super::raw::Raw;
use super::template_toml::{FileRule, ManifestText, OwnQuestion, Requirement, TemplateToml, Variant};
use crate::facts;
use crate::facts::base_images::Runtime;
use crate::facts::contract::Contract;
use crate::values::{Invalid, Pins, RepoPath, Sdk, nearest, runtime_named};

/// What every template asks: name and title, derived from the folder, and the card, which
/// each template has its defaults for.
const ESSENTIAL: [&str; 5] = ["name", "title", "emoji", "color_from", "color_to"];

/// An invalid manifest.
#[derive(Debug)]
pub(crate) struct ManifestError {
    /// The file, under `templates/`.
    pub(crate) file: String,
    pub(crate) reason: String,
}

/// The inputs for reading the manifests of a catalogue.
pub(crate) struct Common<'a> {
    /// The manifest that applies to all templates.
    pub(crate) templates: ManifestText<'a>,
    /// The manifest of the target.
    pub(crate) target: ManifestText<'a>,
    /// The target.
    pub(crate) target_id: &'a str,
    /// Its requirements.
    pub(crate) contract: Contract,
    /// Common questions that only make sense on other targets.
    pub(crate) foreign: Vec<&'static str>,
    pub(crate) pins: &'a Pins,
}

/// What the manifests of one catalogue share.
struct Shared {
    pins: Pins,
    conditions: Conditions,
    contract: Contract,
    foreign: Vec<&'static str>,
    /// Questions of the target.
    questions: Vec<Question>,
    files: Vec<FileRule>,
    require: Vec<Requirement>,
}

/// A key of some template of the catalogue.
struct KnownKey {
    key: String,
    flag: String,
    templates: Vec<Arc<str>>,
}

/// A template without its files.
pub struct Manifest {
    name: Arc<str>,
    written: TemplateToml,
    sdks: Vec<Sdk>,
    runtime: Option<Runtime>,
    /// With its own defaults; of most templates nobody asks.
    questions: OnceLock<Vec<Question>>,
    own: Vec<Question>,
    shared: Arc<Shared>,
    known: Arc<Vec<KnownKey>>,
}

impl std::fmt::Debug for Manifest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Manifest").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The file of the manifest that applies to all templates.
const SHARED: &str = "_shared/template.toml";

impl Manifest {
    /// Reads the manifests of a catalogue, by the name and text of each.
    ///
    /// # Errors
    /// If one of them is invalid.
    pub(crate) fn load_all<'a>(
        common: &Common<'_>,
        templates: impl Iterator<Item = (&'a str, ManifestText<'a>)>,
    ) -> Result<Vec<Self>, ManifestError> {
        let parse = |file: String, text: ManifestText<'_>| {
            TemplateToml::read(text).map_err(|reason| ManifestError { file, reason })
        };
        let of_target = parse(format!("targets/{}/target.toml", common.target_id), common.target)?;
        let of_all = parse(SHARED.to_owned(), common.templates)?;
        let shared = Arc::new(Shared {
            pins: common.pins.clone(),
            conditions: Conditions::new(),
            contract: common.contract,
            foreign: common.foreign.clone(),
            questions: of_target
                .question
                .iter()
                .map(|own| own.question(&format!("Only for {}", common.target_id)))
                .collect(),
            files: [of_target.file, of_all.file].concat(),
            require: [of_target.require, of_all.require].concat(),
        });
        let load = |(name, text): (&str, ManifestText<'_>)| {
            let fail = |reason| ManifestError { file: format!("{name}/template.toml"), reason };
            Self::load(name, text, Arc::clone(&shared)).map_err(fail)
        };
        let mut manifests = templates.map(load).collect::<Result<Vec<_>, _>>()?;
        let known = Arc::new(known_keys(&manifests));
        for manifest in &mut manifests {
            manifest.known = Arc::clone(&known);
        }
        Ok(manifests)
    }

    fn load(name: &str, text: ManifestText<'_>, shared: Arc<Shared>) -> Result<Self, String> {
        let mut written = TemplateToml::read(text)?;
        let sdks = written.sdks.iter().map(|sdk| sdk.parse());
        let sdks: Vec<Sdk> = sdks.collect::<Result<_, Invalid>>().map_err(|error| error.to_string())?;
        written.questions = listed(&written.questions)?;
        written.check(&sdks, &ESSENTIAL[2..])?;
        let named = |name: &str| runtime_named(name).ok_or_else(|| format!("unknown runtime `{name}`"));
        let runtime = written.runtime.as_deref().map(named).transpose()?;
        let needed = shared.require.iter().filter(|needed| written.questions.contains(&needed.key));
        written.require.extend(needed.cloned().collect::<Vec<_>>());
        let group = format!("Only for the {name} template");
        let own: Vec<Question> = written.question.iter().map(|own| OwnQuestion::question(own, &group)).collect();
        let own = [shared.questions.clone(), own].concat();
        let (known, questions) = (Arc::default(), OnceLock::new());
        Ok(Self { name: name.into(), written, sdks, runtime, questions, own, shared, known })
    }

    /// Its name, as given to `--template`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A one-line description.
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.written.summary
    }

    /// Its version, which is raised whenever its output changes.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.written.version
    }

    /// The SDKs that it supports, the default first. Never empty.
    #[must_use]
    pub fn sdks(&self) -> &[Sdk] {
        &self.sdks
    }

    /// Its questions, the common ones first.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        let adapt = |question| self.written.adapted(question, self.shared.contract);
        self.questions.get_or_init(|| self.common().map(adapt).chain(self.own.iter().cloned()).collect())
    }

    /// Its common questions, without its defaults for them.
    fn common(&self) -> impl Iterator<Item = &Question> {
        COMMON.iter().filter(|question| self.asks_common(question.key()))
    }

    /// Whether it asks a common question.
    pub(crate) fn asks_common(&self, key: &str) -> bool {
        let is_listed = ESSENTIAL.contains(&key) || self.written.questions.iter().any(|listed| listed == key);
        is_listed && !self.shared.foreign.contains(&key)
    }

    /// Its own questions.
    #[must_use]
    pub fn own_questions(&self) -> &[Question] {
        &self.own
    }

    /// A question, by its key.
    #[must_use]
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions().iter().find(|question| question.key() == key)
    }

    /// The language runtime that it is made for, if there is only one.
    pub(super) fn runtime(&self) -> Option<Runtime> {
        self.runtime
    }

    /// Whether it runs an app of any language: then the base image determines what can run.
    pub(super) fn takes_any_app(&self) -> bool {
        self.runtime.is_none() && self.question("base").is_some()
    }

    /// The pinned packages that it installs, with those of the active variants.
    pub(super) fn active_pins(&self, holds: impl Fn(&str) -> bool) -> Vec<&str> {
        let variants = self.variants().iter().filter(|variant| !variant.pins.is_empty() && holds(&variant.when));
        self.pins().iter().chain(variants.flat_map(|variant| &variant.pins)).map(String::as_str).collect()
    }

    /// The pinned packages that it installs.
    #[must_use]
    pub fn pins(&self) -> &[String] {
        &self.written.pins
    }

    /// The versions of all pinned packages of its catalogue.
    pub(crate) fn versions(&self) -> &Pins {
        &self.shared.pins
    }

    /// The Python versions that it supports, oldest first; on ZeroGPU, those of ZeroGPU.
    #[must_use]
    pub fn pythons(&self, zero_gpu: bool) -> Vec<&'static str> {
        let known = if zero_gpu { facts::python::ZERO_GPU_VERSIONS } else { facts::python::IMAGE_VERSIONS };
        let fits = |version: &&&str| self.pins().iter().all(|pin| self.versions().supports(pin, version));
        known.iter().filter(fits).copied().collect()
    }

    pub(super) fn default_python(&self, zero_gpu: bool) -> Option<&'static str> {
        let offered = self.pythons(zero_gpu);
        let preferred =
            if zero_gpu { offered.first() } else { offered.iter().find(|known| **known == facts::python::DEFAULT) };
        preferred.or(offered.last()).copied()
    }

    pub(super) fn requirements(&self) -> &[Requirement] {
        &self.written.require
    }

    /// A valid example for a required answer.
    #[must_use]
    pub fn example(&self, key: &str) -> Option<&str> {
        self.requirements().iter().find(|needed| needed.key == key).map(|needed| needed.example.as_str())
    }

    /// The flag for a key of this template, or of another one in its catalogue.
    pub(super) fn flag_of(&self, key: &str) -> Option<&str> {
        let elsewhere = || self.known.iter().find(|known| known.key == key).map(|known| known.flag.as_str());
        self.question(key).map(Question::flag).or_else(elsewhere)
    }

    /// Whether a condition of the manifest holds in a context.
    pub(crate) fn holds(&self, condition: &str, context: Value) -> Result<bool, ConditionError> {
        self.shared.conditions.holds(condition, context)
    }

    /// Why a key that is not a question of this template is refused.
    pub(super) fn unknown_key(&self, key: &str) -> Invalid {
        if let Some(known) = self.known.iter().find(|known| known.key == key) {
            let names: Vec<String> = known.templates.iter().map(|name| format!("`{name}`")).collect();
            let message = format!("the `{}` template does not use it", self.name);
            return Invalid::new(message).hint(format!("leave it out; it belongs to {}", names.join(", ")));
        }
        let error = Invalid::new("unknown question");
        match nearest(key, self.questions().iter().map(Question::key).chain(["template"])) {
            Some(name) => error.hint(format!("did you mean `{name}`?")),
            None => error.hint("`spaces-new schema` lists every key"),
        }
    }

    /// Its default for a common question, also for one that its target does not have.
    pub(super) fn own_default(&self, key: &str) -> Option<Raw> {
        self.written.defaults.get(key).cloned().map(Raw::Text)
    }

    /// The platform's requirements for the container.
    pub(super) fn contract(&self) -> Contract {
        self.shared.contract
    }

    /// How the starter app is run without a container, each with its condition.
    pub(super) fn run_rows(&self) -> &[RunRow] {
        &self.written.run
    }

    /// Its variants, in the order in which they are applied.
    pub(crate) fn variants(&self) -> &[Variant] {
        &self.written.variant
    }

    /// The files that earlier versions generated and this one does not.
    pub(crate) fn dropped(&self) -> &[String] {
        &self.written.dropped
    }

    /// The rules of the manifests for a file; the template's own come before the shared one.
    pub(crate) fn file_rule(&self, path: &RepoPath) -> Option<&FileRule> {
        self.written.file.iter().chain(&self.shared.files).find(|rule| rule.path == path.as_str())
    }
}

/// The keys that a manifest lists, with those of its groups, which begin with `@`.
fn listed(written: &[String]) -> Result<Vec<String>, String> {
    let mut keys = Vec::new();
    for listed in written {
        match listed.strip_prefix('@').map(group) {
            None if common_question(listed).is_none() => return Err(format!("`{listed}` is not a common question")),
            None => keys.push(listed.clone()),
            Some(group) if group.is_empty() => return Err(format!("unknown group of questions `{listed}`")),
            Some(group) => keys.extend(group.into_iter().map(str::to_owned)),
        }
    }
    Ok(keys)
}

/// Every key of some template, once, with the templates that have it.
fn known_keys(manifests: &[Manifest]) -> Vec<KnownKey> {
    let mut known: Vec<KnownKey> = Vec::new();
    for manifest in manifests {
        for question in manifest.common().chain(&manifest.own) {
            match known.iter_mut().find(|known| known.key == question.key()) {
                Some(known) => known.templates.push(Arc::clone(&manifest.name)),
                None => known.push(KnownKey {
                    key: question.key().to_owned(),
                    flag: question.flag().to_owned(),
                    templates: vec![Arc::clone(&manifest.name)],
                }),
            }
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(questions: &str) -> Result<Vec<Manifest>, ManifestError> {
        let text = format!(
            "sdks = [\"static\"]\nquestions = [{questions}]\n[defaults]\nemoji = \"🐳\"\ncolor_from = \"red\"\ncolor_to = \"blue\"\n"
        );
        let common = Common {
            templates: ManifestText::Toml(""),
            target: ManifestText::Toml(""),
            target_id: "mine",
            contract: crate::facts::contract::SPACES,
            foreign: Vec::new(),
            pins: Pins::builtin(),
        };
        Manifest::load_all(&common, std::iter::once(("mine", ManifestText::Toml(&text))))
    }

    #[test]
    fn a_group_stands_for_its_questions() {
        let manifest = load("\"assets\", \"@card\"").unwrap().remove(0);
        let keys: Vec<&str> = manifest.questions().iter().map(Question::key).collect();
        let card = ["plan", "name", "title", "emoji", "color_from", "color_to", "license", "short_description"];
        assert!(keys.starts_with(&card) && keys.ends_with(&["assets", "deploy"]), "{keys:?}");
    }

    #[test]
    fn unknown_questions_and_groups_are_refused() {
        assert_eq!(load("\"titel\"").unwrap_err().reason, "`titel` is not a common question");
        assert_eq!(load("\"@crad\"").unwrap_err().reason, "unknown group of questions `@crad`");
    }

    #[test]
    fn every_common_question_is_in_a_known_place() {
        let groups = ["card", "app", "dependencies", "docker", "python"];
        let alone: Vec<&str> = COMMON
            .iter()
            .map(Question::key)
            .filter(|key| !groups.iter().any(|name| group(name).contains(key)))
            .collect();
        assert_eq!(alone, ["sdk", "dev_dependencies", "build_command", "base", "build_variables"]);
    }
}
