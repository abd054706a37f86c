//! Every template there is.

use std::sync::{Arc, LazyLock};

use super::context::Constants;
use super::embedded;
use super::engine::{Engine, RenderError};
use super::manifest::Manifest;
use super::pins::Pins;
use super::template::{Shared, Template};
use crate::answers::{Question, template_question};
use crate::values::{Invalid, nearest};

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
        let manifest = "_shared/template.toml";
        let files: Manifest = toml::from_str(read(manifest)?).map_err(|error| RenderError::new(manifest, error))?;
        let pins: Pins = toml::from_str(read("pins.toml")?).map_err(|error| RenderError::new("pins.toml", error))?;
        let constants = Constants::new(&pins);
        let shared =
            Arc::new(Shared { engine: Engine::new()?, pins, constants, files: files.file, require: files.require });
        let names = embedded::template_names().into_iter();
        Ok(Self { templates: names.map(|name| Template::load(name, Arc::clone(&shared))).collect::<Result<_, _>>()? })
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

    /// The version of a package that generated Spaces pin.
    pub(crate) fn pin(&self, package: &str) -> Option<&str> {
        self.templates.first()?.versions().version(package)
    }

    /// The question which template to use.
    #[must_use]
    pub fn question(&self) -> Question {
        template_question(self.templates.iter().map(|template| template.name().to_owned()).collect())
    }

    /// Every question that some template asks, each once: the common ones first, then the templates' own.
    #[must_use]
    pub fn questions(&self) -> Vec<&Question> {
        let mut questions: Vec<&Question> = crate::answers::COMMON.iter().collect();
        questions.retain(|common| self.templates.iter().any(|template| template.question(common.key()).is_some()));
        for own in self.templates.iter().flat_map(Template::own_questions) {
            if !questions.iter().any(|known| known.key() == own.key()) {
                questions.push(own);
            }
        }
        questions
    }

    /// Why a name that is no template is refused.
    #[must_use]
    pub fn unknown(&self, name: &str) -> Invalid {
        let names: Vec<&str> = self.templates.iter().map(Template::name).collect();
        let error = Invalid::new(format!("there is no template `{name}`"));
        match nearest(name, names.iter().copied()) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint(format!("one of: {}", names.join(", "))),
        }
    }
}
