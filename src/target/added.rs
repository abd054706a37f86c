//! What a target makes of an app that exists: files beside it, edits of its files, or a command.

use super::{Refusal, Step};
use crate::app::callable::{Argument, Callable, Callables, Functions, Obstacle};
use crate::app::{App, EnvironmentRead, Note};
use crate::facts::python_packages::GPU;
use crate::order;
use crate::repo::Repo;
use crate::values::RepoPath;

/// An app that is taken on to a target.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The files.
    pub(crate) repo: &'a Repo,
    /// The app in them.
    pub(crate) app: &'a App,
    /// The functions in its files.
    pub(crate) functions: &'a Functions<'a>,
    /// Those that it serves.
    pub(crate) callables: &'a Callables,
    /// The function that is asked for: `NAME` or `FILE:NAME`.
    pub(crate) function: Option<&'a str>,
    /// Whether a launch may be put under `if __name__ == "__main__":`.
    pub(crate) guards_launch: bool,
    /// Whether files that are in the way are replaced.
    pub(crate) replaces: bool,
}

/// What a target makes.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Added {
    /// The values for its templates.
    pub(crate) values: serde_json::Value,
    /// The files to render: the path under `templates/targets/<id>/repo/` without `.j2`, and the path in the repository.
    pub(crate) files: Vec<(String, RepoPath)>,
    /// Files that are made without a template.
    pub(crate) texts: Vec<(RepoPath, String)>,
    /// Files of the app that change.
    pub(crate) edits: Vec<Edit>,
    /// What is kept in `.spaces-new.toml`.
    pub(crate) kept: Vec<(&'static str, String)>,
    /// A command that is all there is to do.
    pub(crate) command: Option<String>,
    /// What a person should know.
    pub(crate) notes: Vec<Note>,
    /// What to do with what was made.
    pub(crate) steps: Vec<Step>,
}

/// A file of the app with its new text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) path: RepoPath,
    pub(crate) text: String,
    /// What changes, in a few words.
    pub(crate) what: String,
    /// Whether a flag asked for it.
    pub(crate) is_asked_for: bool,
}

/// The maximum number of functions that a message lists.
const NAMES_MAX: usize = 12;

/// What to do where no function can be called.
const WRITE_ONE: &str = "write a function that takes and returns plain values, and name it: `--function FILE:NAME`";

impl Added {
    /// Adds a file that a template makes.
    pub(crate) fn render(&mut self, template: &str, path: &str) -> Result<(), Refusal> {
        self.files.push((template.to_owned(), checked(path)?));
        Ok(())
    }

    /// Adds a file that needs no template.
    pub(crate) fn write(&mut self, path: &str, text: String) -> Result<(), Refusal> {
        self.texts.push((checked(path)?, text));
        Ok(())
    }

    /// Adds what a person should know.
    pub(crate) fn note(&mut self, message: impl Into<String>) {
        self.notes.push(Note::new(message));
    }
}

fn checked(path: &str) -> Result<RepoPath, Refusal> {
    path.parse().map_err(|_| Refusal::new(format!("`{path}` is not a valid path"), "rename it"))
}

impl Subject<'_> {
    /// The function that is meant, whose file can be imported.
    pub(crate) fn callable(&self) -> Result<Callable, Refusal> {
        let callable = self.named_callable()?;
        self.refuse_launch_of(&callable)?;
        Ok(callable)
    }

    /// The function that is meant.
    pub(crate) fn named_callable(&self) -> Result<Callable, Refusal> {
        match self.function {
            Some(wanted) => self.functions.named(&self.app.file, wanted).map_err(|one| self.refused(&one)),
            None => self.only_callable(),
        }
    }

    fn only_callable(&self) -> Result<Callable, Refusal> {
        match &self.callables.found[..] {
            [one] => Ok(one.clone()),
            [] => Err(match self.callables.obstacles.first() {
                Some(obstacle) => self.refused(obstacle),
                None => Refusal::new(
                    format!("no function was found in `{}` that can be called from outside", self.app.file),
                    WRITE_ONE,
                ),
            }),
            several => {
                let shown = several.iter().map(|one| format!("`{}` ({})", one.name, place(&one.evidence)));
                let flags = several.iter().map(|one| format!("`--function {}`", one.name)).collect::<Vec<_>>();
                let reason = format!("several functions could be meant: {}", shown.collect::<Vec<_>>().join(", "));
                let functions = several.iter().map(|one| format!("{}:{}", one.file, one.name)).collect();
                Err(Refusal { functions, ..Refusal::new(reason, format!("choose one: {}", flags.join(" or "))) })
            }
        }
    }

    fn refused(&self, obstacle: &Obstacle) -> Refusal {
        if obstacle.is_missing {
            let names = self.functions.names(&self.app.file);
            let shown: Vec<String> = names.iter().take(NAMES_MAX).map(|name| format!("`{name}`")).collect();
            let more = if names.len() > NAMES_MAX { " and more" } else { "" };
            let help = match &shown[..] {
                [] => WRITE_ONE.to_owned(),
                shown => format!("the functions of the app: {}{more}", shown.join(", ")),
            };
            return Refusal::new(obstacle.reason.clone(), help);
        }
        let what = obstacle.name.as_ref().map_or_else(|| "what is served".to_owned(), |name| format!("`{name}`"));
        let others: Vec<String> = self.callables.found.iter().map(|one| format!("`--function {}`", one.name)).collect();
        let help = match &others[..] {
            [] => WRITE_ONE.to_owned(),
            _ => format!("take another function: {}", others.join(" or ")),
        };
        let place = place(&obstacle.evidence);
        Refusal::new(format!("{what} cannot be called from outside ({place}): {}", obstacle.reason), help)
    }

    /// The edits that let the file of a function be imported.
    pub(crate) fn guards(&self, callable: &Callable) -> Result<Vec<Edit>, Refusal> {
        self.guards_in(&callable.file)
    }

    /// The edits that let a file be imported.
    pub(crate) fn guards_in(&self, file: &str) -> Result<Vec<Edit>, Refusal> {
        super::guard::edits(self.repo, &self.functions.launches(file))
    }

    /// Refuses a function whose file starts a server when it is imported.
    pub(crate) fn refuse_launch_of(&self, callable: &Callable) -> Result<(), Refusal> {
        self.refuse_launch_in(&callable.file)
    }

    /// Refuses a file that starts a server when it is imported.
    pub(crate) fn refuse_launch_in(&self, file: &str) -> Result<(), Refusal> {
        let launches = self.functions.launches(file);
        let Some(launch) = launches.first().filter(|_| !self.guards_launch) else { return Ok(()) };
        let (written, place) = (&launch.written, place(&launch.evidence));
        let reason = format!(
            "`{written}` ({place}) starts the page as soon as its file is imported, so nothing in it can be called"
        );
        let help = "put it under `if __name__ == \"__main__\":`; `--guard-launch` does so";
        Err(Refusal { is_launch: true, ..Refusal::new(reason, help) })
    }

    /// The version of Python: major and minor.
    pub(crate) fn python(&self) -> String {
        let version = self.app.version.as_ref().filter(|_| self.app.framework.is_python());
        let version = version.map_or(crate::facts::python::DEFAULT, |version| version.value.as_str());
        version.split('.').take(2).collect::<Vec<_>>().join(".")
    }

    /// The Debian packages that it needs.
    pub(crate) fn debian_packages(&self) -> Vec<String> {
        let named = self.app.install.system.iter().map(|package| package.value.clone());
        let installed = crate::app::installed_by_dockerfile(self.repo);
        order::set(named.chain(installed)).into_iter().collect()
    }

    /// Whether a package of the app runs on a GPU.
    pub(crate) fn uses_gpu(&self) -> bool {
        GPU.iter().any(|(name, _)| self.app.install.names_of_packages.contains(*name))
    }

    /// The names of its secrets.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let secret = |read: &EnvironmentRead| match read {
            EnvironmentRead::Secret(name) => Some(name.clone()),
            EnvironmentRead::Variable(..) => None,
        };
        self.app.environment.iter().filter_map(|seen| secret(&seen.value)).collect()
    }

    /// A name that no file of the app has: `run.py`, else `replicate_run.py`, and so on. A file that begins with `ours` was
    /// made by an earlier run.
    pub(crate) fn free_name(&self, name: &str, prefix: &str, ours: &str) -> Option<RepoPath> {
        let numbered = (2..100).map(|number| format!("{prefix}{number}_{name}"));
        let names = [name.to_owned(), format!("{prefix}_{name}")].into_iter().chain(numbered);
        let is_ours = |path: &RepoPath| self.repo.text(path.as_str()).is_some_and(|text| text.starts_with(ours));
        // The app needs its own files
        let is_replaced = |path: &RepoPath| self.replaces && !self.app.parts.iter().any(|part| part == path.as_str());
        names
            .filter_map(|name| name.parse().ok())
            .find(|path| is_ours(path) || !self.repo.is_taken(path) || is_replaced(path))
    }
}

/// A place in a file, as messages name it.
pub(crate) fn place(evidence: &crate::app::Evidence) -> String {
    match evidence.line {
        Some(line) => format!("{}:{line}", evidence.path),
        None => evidence.path.clone(),
    }
}

/// The arguments that a caller gives.
pub(crate) fn inputs(callable: &Callable) -> impl Iterator<Item = &crate::app::callable::Input> {
    callable.arguments.iter().filter_map(|argument| match argument {
        Argument::Input(input) => Some(input),
        Argument::NoMessages { .. } => None,
    })
}
