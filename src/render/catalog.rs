//! Every template there is.

use std::sync::{Arc, LazyLock};

use super::context::Constants;
use super::embedded;
use super::engine::{Engine, RenderError};
use super::template::{Shared, Template};
use crate::answers::{HEADINGS, Manifest, Question, template_question};
use crate::values::{Invalid, Pins, nearest};

/// The templates.
///
/// ```
/// use spaces_new::Catalog;
///
/// let names: Vec<&str> = Catalog::builtin().templates().iter().map(|template| template.name()).collect();
/// assert_eq!(names, ["docker", "fastapi", "flask", "go", "gradio", "node", "rust", "static", "streamlit"]);
/// ```
#[derive(Debug)]
pub struct Catalog {
    templates: Vec<Template>,
}

impl Catalog {
    /// The templates in the library.
    ///
    /// # Panics
    /// Never in a released version: the embedded manifests are part of the program, and a test loads them all.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Catalog> = LazyLock::new(|| match Catalog::load() {
            Ok(catalog) => catalog,
            #[expect(clippy::panic, reason = "the embedded templates are part of the program")]
            Err(error) => panic!("{error}"),
        });
        &BUILTIN
    }

    fn load() -> Result<Self, RenderError> {
        let read = |file: &str| embedded::text(file).ok_or_else(|| RenderError::new(file, "it is missing"));
        let pins = Pins::builtin();
        let names = embedded::template_names().into_iter();
        let texts = names.map(|name| Ok((name, read(&format!("{name}/template.toml"))?)));
        let texts = texts.collect::<Result<Vec<_>, RenderError>>()?;
        let manifests = Manifest::load_all(read("_shared/template.toml")?, pins, texts.into_iter())
            .map_err(|error| RenderError::new(error.file, error.reason))?;
        let shared = Arc::new(Shared { engine: Engine::new()?, constants: Constants::new(pins) });
        Ok(Self {
            templates: manifests.into_iter().map(|manifest| Template::new(manifest, Arc::clone(&shared))).collect(),
        })
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

    /// The question which template to use.
    #[must_use]
    pub fn question(&self) -> Question {
        template_question(self.templates.iter().map(|template| template.name().to_owned()).collect())
    }

    /// Every question that some template asks, each once, by the headings of the help: the common ones, then the templates' own.
    #[must_use]
    pub fn questions(&self) -> Vec<&Question> {
        let mut questions: Vec<&Question> = crate::answers::COMMON.iter().collect();
        questions.sort_by_key(|common| HEADINGS.iter().position(|heading| *heading == common.group()));
        questions.retain(|common| self.templates.iter().any(|template| template.question(common.key()).is_some()));
        for own in self.templates.iter().flat_map(|template| template.own_questions()) {
            if !questions.iter().any(|known| known.key() == own.key()) {
                questions.push(own);
            }
        }
        questions
    }

    /// Why an unknown name is refused.
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
