//! The template engine: MiniJinja, configured so that unquoted text cannot be printed.
//!
//! Every value from a person reaches a template as a plain string, and the formatter refuses to print
//! plain strings: they must pass a quoting filter for the language of the file first. The output of a filter, and
//! values whose type is harmless everywhere (a port, a colour, the name of a Debian package), are marked as safe.

use std::fmt;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::ValueKind;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};

use super::files::Files;
use super::filters;
use crate::values::RepoPath;

/// Why a plan could not be created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RenderErrorKind {
    /// A mistake in the template, not in the answers.
    Template,
    /// A file to bundle has the same path as one of the template's.
    AssetTaken,
    /// Specification, template and assets do not belong together.
    Mismatch,
}

/// The error of a plan that could not be created.
#[derive(Debug)]
pub struct RenderError {
    kind: RenderErrorKind,
    file: String,
    reason: String,
}

impl RenderError {
    pub(crate) fn new(file: impl Into<String>, reason: impl fmt::Display) -> Self {
        Self { kind: RenderErrorKind::Template, file: file.into(), reason: reason.to_string() }
    }

    pub(crate) fn asset_taken(path: &RepoPath) -> Self {
        let reason = "the template has a file of that name, so none can be bundled there".to_owned();
        Self { kind: RenderErrorKind::AssetTaken, file: path.to_string(), reason }
    }

    pub(crate) fn mismatch(reason: impl Into<String>) -> Self {
        Self { kind: RenderErrorKind::Mismatch, file: String::new(), reason: reason.into() }
    }

    /// Why the plan could not be created.
    #[must_use]
    pub fn kind(&self) -> RenderErrorKind {
        self.kind
    }

    /// The template file, under `templates/`, or the generated file.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }
}

impl fmt::Display for RenderError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            RenderErrorKind::Template => write!(out, "cannot render `{}`: {}", self.file, self.reason),
            RenderErrorKind::AssetTaken => write!(out, "cannot bundle `{}`: {}", self.file, self.reason),
            RenderErrorKind::Mismatch => out.write_str(&self.reason),
        }
    }
}

impl std::error::Error for RenderError {}

/// Renders template files.
pub(super) struct Engine {
    environment: Environment<'static>,
}

impl Engine {
    pub(super) fn new(files: &Arc<Files>) -> Result<Self, RenderError> {
        let mut environment = Environment::new();
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        environment.set_syntax(syntax.map_err(|error| RenderError::new("", error))?);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_formatter(|out, _, value| {
            check_safe(value)?;
            write!(out, "{value}").map_err(Error::from)
        });
        let files = Arc::clone(files);
        environment.set_loader(move |name| Ok(files.text(name).map(str::to_owned)));
        filters::add(&mut environment);
        Ok(Self { environment })
    }

    /// Renders a file, by its path under `templates/`.
    pub(super) fn render(&self, file: &str, context: &Value) -> Result<String, RenderError> {
        let template = self.environment.get_template(file).map_err(|error| RenderError::new(file, trace(&error)))?;
        template.render(context.clone()).map_err(|error| RenderError::new(file, trace(&error)))
    }

    /// The names that a file and its includes take from the context.
    pub(super) fn variables(&self, file: &str) -> Result<Vec<String>, RenderError> {
        let template = self.environment.get_template(file).map_err(|error| RenderError::new(file, trace(&error)))?;
        Ok(template.undeclared_variables(true).into_iter().collect())
    }
}

fn check_safe(value: &Value) -> Result<(), Error> {
    match value.kind() {
        ValueKind::String if value.is_safe() => Ok(()),
        ValueKind::Number => Ok(()),
        kind => {
            let why = format!("a {kind} is printed as it is: pass it through the filter for this file's language");
            Err(Error::new(ErrorKind::InvalidOperation, why))
        }
    }
}

/// An error with where it happened, innermost last.
fn trace(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    text
}
