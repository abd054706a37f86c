//! The answers about an existing app: its entry file, its dependency file, its build command.

use std::str::FromStr;

use super::command::StartCommand;
use super::value::{Invalid, not_listed, one_line, text_value};
use crate::facts::base_images::Runtime;
use crate::values::RepoPath;

text_value!(
    /// The entry file of an existing app: a path inside the repository.
    AppFile,
    app_file
);

impl AppFile {
    /// Whether the app is the user's own Dockerfile, so that none is generated.
    #[must_use]
    pub fn is_dockerfile(&self) -> bool {
        self.as_str() == "Dockerfile"
    }

    /// The runtime that the file is for, if its name shows it: the inner none for a page, the outer one for any other name.
    pub(crate) fn runtime(&self) -> Option<Runtime> {
        let name = self.as_str().rsplit('/').next().unwrap_or_default();
        match (name, name.rsplit('.').next().unwrap_or_default()) {
            ("package.json", _) | (_, "js" | "mjs" | "cjs" | "ts" | "mts" | "cts") => Some(Runtime::Node),
            ("go.mod", _) | (_, "go") => Some(Runtime::Go),
            ("Cargo.toml", _) | (_, "rs") => Some(Runtime::Rust),
            (_, "py") => Some(Runtime::Python),
            (_, "html" | "htm") => Some(Runtime::None),
            _ => None,
        }
    }

    /// The folder of the file, `.` for the root.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.as_str().rsplit_once('/').map_or(".", |(folder, _)| folder)
    }
}

fn app_file(text: &str) -> Result<String, Invalid> {
    let path: RepoPath = one_line(text)?.parse()?;
    if path.as_str().starts_with('-') {
        return Err(Invalid::new(format!("`{path}` would be read as an option")).hint("rename the file"));
    }
    Ok(path.to_string())
}

/// Dependency files, with their runtime, and for a lock file the program that installs from it.
const FILES: [(&str, Runtime, Option<&str>); 12] = [
    ("requirements.txt", Runtime::Python, None),
    ("pyproject.toml", Runtime::Python, None),
    ("uv.lock", Runtime::Python, Some("uv")),
    ("poetry.lock", Runtime::Python, Some("poetry")),
    ("pdm.lock", Runtime::Python, Some("pdm")),
    ("Pipfile.lock", Runtime::Python, Some("pipenv")),
    ("package.json", Runtime::Node, None),
    ("package-lock.json", Runtime::Node, Some("npm")),
    ("yarn.lock", Runtime::Node, Some("yarn")),
    ("pnpm-lock.yaml", Runtime::Node, Some("pnpm")),
    ("bun.lock", Runtime::Node, Some("bun")),
    ("bun.lockb", Runtime::Node, Some("bun")),
];

/// For an app without dependencies.
const NO_FILE: &str = "none";

text_value!(
    /// The dependency file of an app, or `none`.
    Dependencies,
    dependencies
);

impl Dependencies {
    /// Every choice.
    pub(crate) fn choices() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|(file, ..)| *file).chain([NO_FILE])
    }

    /// The default dependency file of an app.
    pub(crate) fn usual(runtime: Runtime) -> &'static str {
        match runtime {
            Runtime::Python => "requirements.txt",
            Runtime::Node => "package.json",
            _ => NO_FILE,
        }
    }

    /// The lock files of a runtime, of which the first existing one counts, and the programs that install from them.
    pub(crate) fn locks(of: Runtime) -> impl Iterator<Item = (&'static str, &'static str)> {
        FILES
            .iter()
            .filter(move |(_, runtime, _)| *runtime == of)
            .filter_map(|(file, _, program)| Some((*file, (*program)?)))
    }

    /// The runtime of the packages in the file; none without a file.
    #[must_use]
    pub fn runtime(&self) -> Option<Runtime> {
        FILES.iter().find(|(file, ..)| *file == self.as_str()).map(|(_, runtime, _)| *runtime)
    }
}

fn dependencies(text: &str) -> Result<String, Invalid> {
    let known: Vec<&str> = Dependencies::choices().collect();
    if known.contains(&text) {
        return Ok(text.to_owned());
    }
    Err(not_listed(text, &known, "a supported dependency file"))
}

/// The whole repository, if no part of it is enough.
const EVERYTHING: &str = ".";

text_value!(
    /// A file or a folder of an existing app that installing its dependencies needs, `.` for the whole repository.
    InstallFile,
    install_file
);

impl InstallFile {
    /// Whether it is the whole repository.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.as_str() == EVERYTHING
    }
}

/// A word of `COPY`, in which `*?[` and `$` have a special meaning.
fn install_file(text: &str) -> Result<String, Invalid> {
    if text == EVERYTHING {
        return Ok(text.to_owned());
    }
    let path = app_file(text)?;
    let is_plain = |char: char| char.is_alphanumeric() || matches!(char, '.' | '_' | '-' | '+' | '@' | '/');
    match path.chars().find(|char| !is_plain(*char)) {
        Some(char) => Err(Invalid::new(format!("the path {path:?} contains {char:?}"))
            .hint("rename it, or give `.` for everything in the repository")),
        None => Ok(path),
    }
}

/// The words of the command that builds an app. What needs a shell is written `["sh","-c","..."]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildCommand(StartCommand);

impl BuildCommand {
    /// The words.
    #[must_use]
    pub fn words(&self) -> &[String] {
        self.0.words()
    }

    /// The command as a shell reads it. None for a word that cannot be quoted, which a checked command does not have.
    #[must_use]
    pub fn line(&self) -> Option<String> {
        shlex::try_join(self.words().iter().map(String::as_str)).ok()
    }
}

impl FromStr for BuildCommand {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        text.parse().map(Self)
    }
}

impl TryFrom<Vec<String>> for BuildCommand {
    type Error = Invalid;

    fn try_from(words: Vec<String>) -> Result<Self, Invalid> {
        StartCommand::try_from(words).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_file_stays_inside_the_repository() {
        for text in ["", "/app.py", "../app.py", "a//b.py", "-c", "a\nb.py", ".git/config"] {
            assert!(text.parse::<AppFile>().is_err(), "{text:?}");
        }
        let file: AppFile = "src/web/main.go".parse().unwrap();
        assert_eq!(file.folder(), "src/web");
        assert_eq!("main.go".parse::<AppFile>().unwrap().folder(), ".");
    }

    #[test]
    fn a_file_of_dependencies_is_one_of_those_that_can_be_installed() {
        assert_eq!("uv.lock".parse::<Dependencies>().unwrap().runtime(), Some(Runtime::Python));
        assert_eq!("none".parse::<Dependencies>().unwrap().runtime(), None);
        let error = "poetry.lok".parse::<Dependencies>().unwrap_err();
        assert_eq!(error.hint_text(), Some("did you mean `poetry.lock`?"));
    }

    #[test]
    fn what_installing_needs_is_a_plain_path_or_everything() {
        for text in [".", "requirements/base.txt", ".yarn/releases", "vendor/x-1.0+cpu-py3-none-any.whl"] {
            assert!(text.parse::<InstallFile>().is_ok(), "{text:?}");
        }
        for text in ["", "..", "./a", "a b", "a*", "$HOME/a", "-r", "a\"b"] {
            assert!(text.parse::<InstallFile>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_build_command_is_one_line_for_a_shell() {
        let command: BuildCommand = r#"["sh","-c","a && b"]"#.parse().unwrap();
        assert_eq!(command.line().as_deref(), Some("sh -c 'a && b'"));
        assert!("a && b".parse::<BuildCommand>().is_err());
    }
}
