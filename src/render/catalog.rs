//! The catalogue of templates.

use std::sync::{Arc, LazyLock};

use super::context::Constants;
use super::engine::{Engine, RenderError};
use super::files::Files;
use super::template::{Shared, Template};
use crate::answers::{Common, HEADINGS, Manifest, Question, template_question};
use crate::order::Order;
use crate::target::{self, HuggingFaceSpaces, Target};
use crate::values::{Invalid, Pins, nearest};

/// The templates.
///
/// ```
/// use spaces_new::Catalog;
///
/// let names: Vec<&str> = Catalog::builtin().templates().iter().map(|template| template.name()).collect();
/// assert!(names.contains(&"gradio") && names.is_sorted());
/// ```
#[derive(Debug)]
pub struct Catalog {
    target: &'static dyn Target,
    templates: Vec<Template>,
}

impl Catalog {
    /// The built-in templates.
    ///
    /// # Panics
    /// Never in a released version: the embedded manifests are part of the program, and a test loads them all.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Catalog> = LazyLock::new(|| match Catalog::load(&HuggingFaceSpaces, []) {
            Ok(catalog) => catalog,
            #[expect(clippy::panic, reason = "the embedded templates are part of the program")]
            Err(error) => panic!("{error}"),
        });
        &BUILTIN
    }

    /// The templates for a target, with additional files that extend or replace the built-in ones: each by its path, as
    /// under `templates/`, with its text. So templates and targets can be added that the library does not contain.
    ///
    /// # Errors
    /// If a manifest is missing or invalid.
    pub fn load(
        target: &'static dyn Target,
        others: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, RenderError> {
        let files = Arc::new(Files::with(others));
        let read = |file: &str| files.manifest(file).ok_or_else(|| RenderError::new(file, "it is missing"));
        let pins = Pins::builtin();
        let names = files.template_names().into_iter();
        let texts = names.map(|name| Ok((name, read(&format!("{name}/template.toml"))?)));
        let texts = texts.collect::<Result<Vec<_>, RenderError>>()?;
        let common = Common {
            templates: read("_shared/template.toml")?,
            target: read(&format!("targets/{}/target.toml", target.id()))?,
            target_id: target.id(),
            contract: target.contract(),
            foreign: foreign_questions(target),
            pins,
        };
        let manifests = Manifest::load_all(&common, texts.into_iter());
        let manifests = manifests.map_err(|error| RenderError::new(error.file, error.reason))?;
        let shared = Arc::new(Shared { engine: Engine::new(&files)?, target, constants: Constants::new(pins) });
        let template = |manifest| Template::new(manifest, Arc::clone(&files), Arc::clone(&shared));
        Ok(Self { target, templates: manifests.into_iter().map(template).collect() })
    }

    /// The target that the templates are rendered for.
    #[must_use]
    pub fn target(&self) -> &'static dyn Target {
        self.target
    }

    /// The templates, by name.
    #[must_use]
    pub fn templates(&self) -> &[Template] {
        &self.templates
    }

    /// A template, by name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.name() == name)
    }

    /// The question for the template.
    #[must_use]
    pub fn question(&self) -> Question {
        let templates = self.templates.iter();
        template_question(templates.map(|template| (template.name().to_owned(), template.summary().to_owned())))
    }

    /// Every question of some template, each once, by the headings of the help: the common ones, then the templates' own.
    #[must_use]
    pub fn questions(&self) -> Vec<&Question> {
        let mut questions: Vec<&Question> = crate::answers::COMMON.iter().collect();
        questions.order_by_key(|common| HEADINGS.iter().position(|heading| *heading == common.group()));
        questions.retain(|common| self.templates.iter().any(|template| template.asks_common(common.key())));
        for own in self.templates.iter().flat_map(|template| template.own_questions()) {
            if !questions.iter().any(|known| known.key() == own.key()) {
                questions.push(own);
            }
        }
        questions
    }

    /// The error for an unknown name.
    #[must_use]
    pub fn unknown(&self, name: &str) -> Invalid {
        let names: Vec<&str> = self.templates.iter().map(|template| template.name()).collect();
        let error = Invalid::new(format!("unknown template `{name}`"));
        match nearest(name, names.iter().copied()) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint(format!("one of: {}", names.join(", "))),
        }
    }
}

/// The common questions that only make sense on other targets.
fn foreign_questions(target: &dyn Target) -> Vec<&'static str> {
    let others = target::ALL.iter().filter(|other| other.id() != target.id());
    others.flat_map(|other| other.common_questions()).copied().collect()
}
