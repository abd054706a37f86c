//! The functions that an app serves, and what a caller from outside has to give them.
//!
//! Other platforms call a function where Gradio shows a page. So a function counts only if it is known what it takes, and
//! if it can be imported without starting the page.

mod component;
mod function;
mod input;
mod launch;
mod names;
mod output;
mod page;
mod routes;
mod served;

use std::collections::BTreeMap;

use super::model::Evidence;
use super::project::Project;
use crate::formats::python::Literal;
use crate::repo::Repo;

pub(crate) use crate::facts::python_types::{Kind, Passed, Picture, Shape};
pub(crate) use launch::Launch;
pub(crate) use page::{Page, Share};

/// The functions of an app.
#[derive(Debug, Clone, Default)]
pub(crate) struct Callables {
    /// Those that can be called from outside.
    pub(crate) found: Vec<Callable>,
    /// What is served and cannot be called, and why.
    pub(crate) obstacles: Vec<Obstacle>,
    /// Whether the app serves pages of Gradio, whatever becomes of their functions.
    pub(crate) has_page: bool,
}

/// A function that can be called from outside.
#[derive(Debug, Clone)]
pub(crate) struct Callable {
    /// The file that defines it.
    pub(crate) file: String,
    pub(crate) name: String,
    /// What its arguments are, in the order of its parameters.
    pub(crate) arguments: Vec<Argument>,
    pub(crate) output: Output,
    /// The annotation of its result, as written.
    pub(crate) returns: Option<String>,
    pub(crate) is_async: bool,
    pub(crate) is_generator: bool,
    /// The first paragraph of its docstring.
    pub(crate) about: Option<String>,
    /// Where it is served, or defined if it is not.
    pub(crate) evidence: Evidence,
}

/// What is passed to a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Argument {
    /// What the caller gives.
    Input(Input),
    /// No message so far: for the history of a conversation.
    NoMessages {
        /// The parameter.
        name: String,
    },
}

/// What a caller gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    /// The parameter.
    pub(crate) name: String,
    /// Whether it is passed by name, since its position is not enough.
    pub(crate) by_name: bool,
    pub(crate) kind: Kind,
    /// What it is, in words.
    pub(crate) about: Option<String>,
    pub(crate) default: Option<Literal>,
    pub(crate) least: Option<Literal>,
    pub(crate) most: Option<Literal>,
    pub(crate) choices: Vec<Literal>,
    /// The mode into which a picture is converted: `RGB`, if the component names no other.
    pub(crate) mode: Option<String>,
    /// Whether the function gets an `int` where a number is whole, as Gradio passes it.
    pub(crate) narrows: bool,
}

/// What a function returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Output {
    /// One value.
    One(Shape),
    /// Several values, each with its name.
    Several(Vec<(String, Shape)>),
}

/// Why something that is served cannot be called from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Obstacle {
    /// The function, if it has a name.
    pub(crate) name: Option<String>,
    /// What is in the way, in a sentence without its end.
    pub(crate) reason: String,
    pub(crate) evidence: Evidence,
    /// Whether it was asked for and does not exist; the reason says all then.
    pub(crate) is_missing: bool,
}

impl Obstacle {
    fn new(name: impl Into<Option<String>>, reason: String, evidence: Evidence) -> Self {
        Self { name: name.into(), reason, evidence, is_missing: false }
    }
}

/// The Python of a repository, read once to find functions in it.
pub(crate) struct Functions<'r> {
    project: Project<'r>,
}

impl std::fmt::Debug for Functions<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Functions").finish_non_exhaustive()
    }
}

impl<'r> Functions<'r> {
    /// Reads a repository.
    pub(crate) fn of(repo: &'r Repo) -> Self {
        Self { project: Project::of(repo, super::frameworks::packages()) }
    }

    /// The functions that an app serves: those of its file, and of the files that it imports.
    pub(crate) fn served(&self, file: &str) -> Callables {
        let mut callables = Callables::default();
        for file in self.project.reachable(file) {
            served::read(&self.project, file, &mut callables);
            routes::read(file, &mut callables);
        }
        callables
    }

    /// A function by its name, served or not: `NAME`, or `FILE:NAME`.
    ///
    /// # Errors
    /// Why it cannot be called.
    pub(crate) fn named(&self, app: &str, wanted: &str) -> Result<Callable, Obstacle> {
        let (file, name) = wanted.rsplit_once(':').unwrap_or((app, wanted));
        let file = file.strip_prefix("./").unwrap_or(file);
        let module = format!("{}.py", file.replace('.', "/"));
        let is_module = self.project.python.contains_key(module.as_str()) && !self.project.python.contains_key(file);
        let file = if is_module { module.as_str() } else { file };
        let read = self.project.python.get(file);
        let defined = read.and_then(|read| function::of_name(&self.project, read, name, names::STEPS_MAX).ok());
        let mut known = self.served(app);
        let is_meant = |one: &Callable| match &defined {
            Some(found) => one.name == found.function.name && one.file == found.file.path,
            None => one.name == name && !wanted.contains(':'),
        };
        if let Some(index) = known.found.iter().position(is_meant) {
            return Ok(known.found.swap_remove(index));
        }
        let last = name.rsplit('.').next();
        let is_it =
            |one: &Obstacle| one.name.as_deref() == Some(name) || (defined.is_some() && one.name.as_deref() == last);
        if let Some(obstacle) = known.obstacles.into_iter().find(is_it) {
            return Err(obstacle);
        }
        function::alone(&self.project, file, name)
    }

    /// The functions at the top level of the files of an app, but for those whose name begins with `_`.
    pub(crate) fn names(&self, app: &str) -> Vec<&str> {
        let functions = self.project.reachable(app).into_iter().flat_map(|file| &file.source.functions);
        let plain = functions.filter(|one| one.scope.is_top_level() && !one.name.starts_with('_'));
        plain.map(|one| one.name).collect()
    }

    /// The calls that start a server when a file is imported: its own, and those of the files that it imports.
    pub(crate) fn launches(&self, file: &str) -> Vec<Launch> {
        launch::of(&self.project, file)
    }

    /// The calls that start a page of Gradio when a file is run.
    pub(crate) fn pages(&self, file: &str) -> Vec<Page> {
        page::of(&self.project, file)
    }

    /// The words that run a file: `python app.py`.
    pub(crate) fn script(&self, path: &str) -> Option<Vec<String>> {
        Some(super::command::script(&self.project, self.project.python.get(path)?))
    }

    /// The line of pip for each module that an app imports; none if the package is unknown.
    pub(crate) fn imported(&self, file: &str) -> BTreeMap<String, Option<String>> {
        super::needs::imports::lines(&self.project, &self.project.reachable(file))
    }

    /// The names that an app reads from the secrets of Streamlit.
    pub(crate) fn streamlit_secrets(&self, file: &str) -> Vec<String> {
        super::environment::streamlit_secrets(&self.project.reachable(file)).into_keys().collect()
    }

    /// The folder from which a file of an app is imported, and its name there: `src` and `core.model` for `src/core/model.py`.
    pub(crate) fn module(&self, app: &str, path: &str) -> Option<(String, String)> {
        let root_of = |path: &str| Some(super::import_root::of_script(&self.project, self.project.python.get(path)?));
        let of_app = root_of(app).filter(|root| root.is_empty() || path.starts_with(&format!("{root}/")));
        let root = of_app.or_else(|| root_of(path))?;
        let name = super::import_root::module_name(&root, path);
        Some((root, name))
    }
}

impl Callables {
    fn add(&mut self, result: Result<Callable, Obstacle>) {
        match result {
            // Served twice: what is known of it first counts
            Ok(one) if self.found.iter().any(|known| (&known.file, &known.name) == (&one.file, &one.name)) => {}
            Ok(one) => self.found.push(one),
            Err(obstacle) if self.obstacles.contains(&obstacle) => {}
            Err(obstacle) => self.obstacles.push(obstacle),
        }
    }
}

#[cfg(test)]
mod tests;
