//! The steps that install a Python app in an image: with which tool, from which files, with which secrets.
//!
//! Templates print the steps and decide nothing.

use minijinja::Value;

use super::derived::Derived;
use super::engine::RenderError;
use super::{filters, torch};
use crate::answers::Spec;
use crate::values::{Installer, Pins};

/// A step: comments and one instruction of a Dockerfile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// Whether an empty line precedes it.
    pub(super) apart: bool,
    pub(super) comments: Vec<&'static str>,
    /// The instruction, with its continuation lines.
    pub(super) instruction: String,
}

/// Steps under construction: comments belong to the next instruction.
#[derive(Default)]
struct Steps {
    done: Vec<Step>,
    comments: Vec<&'static str>,
    apart: bool,
}

impl Steps {
    fn apart(&mut self) {
        self.apart = true;
    }

    fn comment(&mut self, comment: &'static str) {
        self.comments.push(comment);
    }

    fn instruction(&mut self, instruction: String) {
        let (apart, comments) = (std::mem::take(&mut self.apart), std::mem::take(&mut self.comments));
        self.done.push(Step { apart, comments, instruction });
    }
}

/// A command of a RUN.
struct Command {
    text: String,
    /// Whether the build secrets are set for it.
    has_secrets: bool,
}

impl Command {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), has_secrets: false }
    }

    fn with_secrets(text: impl Into<String>) -> Self {
        Self { text: text.into(), has_secrets: true }
    }
}

const PACKAGE: &[&str] =
    &["An app with a build system is a package: it is installed too, from the folder that it stands in"];
const POETRY_PACKAGE: &[&str] = &[
    "An app with a build system is a package: it is installed too, from the folder that it stands in. Poetry lets an app say that it",
    "is one and have none: that one runs from its folder as it is",
];

const UV_PIP_INSTALL: &str = "/tmp/uv/bin/uv pip install --no-cache --compile-bytecode";

/// The source of an app's dependencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    /// `requirements.txt`: that of the starter app, or the app's own.
    Requirements,
    Pyproject,
    UvLock,
    PoetryLock,
    PdmLock,
    PipfileLock,
    Nothing,
}

impl Named {
    fn of(spec: &Spec) -> Self {
        match spec.dependencies().map(|file| file.as_str()) {
            _ if spec.app_file().is_none() => Self::Requirements,
            Some("requirements.txt") => Self::Requirements,
            Some("pyproject.toml") => Self::Pyproject,
            Some("uv.lock") => Self::UvLock,
            Some("poetry.lock") => Self::PoetryLock,
            Some("pdm.lock") => Self::PdmLock,
            Some("Pipfile.lock") => Self::PipfileLock,
            _ => Self::Nothing,
        }
    }
}

/// What one app needs.
pub(super) struct Install<'a> {
    spec: &'a Spec,
    derived: &'a Derived,
    pins: &'a Pins,
    named: Named,
    /// The packages that are listed one by one, quoted for a shell.
    packages: String,
}

impl<'a> Install<'a> {
    /// # Errors
    /// If a package cannot be quoted, which does not happen with checked ones.
    pub(super) fn of(spec: &'a Spec, derived: &'a Derived, pins: &'a Pins) -> Result<Self, RenderError> {
        let packages: Value = spec.pip().iter().map(|requirement| requirement.as_str()).collect();
        let packages = filters::shell(&packages).map_err(|error| RenderError::new("Dockerfile", error))?;
        Ok(Self { spec, derived, pins, named: Named::of(spec), packages })
    }

    /// The dependencies, before the code.
    pub(super) fn dependencies(&self) -> Vec<Step> {
        let mut steps = Steps::default();
        match self.named {
            Named::UvLock | Named::PoetryLock | Named::PdmLock | Named::PipfileLock => self.by_lock_file(&mut steps),
            Named::Nothing if self.packages.is_empty() => {}
            _ => self.by_names(&mut steps),
        }
        steps.done
    }

    /// The app itself, if it is a package, after its code.
    pub(super) fn project(&self) -> Vec<Step> {
        let install = "install --no-cache-dir --no-deps --editable .";
        let (unless, command) = match self.named {
            Named::PoetryLock => (
                " && ! grep -q '^package-mode *= *false' pyproject.toml",
                format!("pip {install} || echo \"no package, and not installed as one\""),
            ),
            Named::PdmLock => (" && ! grep -q '^distribution *= *false' pyproject.toml", format!("pip {install}")),
            Named::UvLock => ("", format!("pip --python \"$VIRTUAL_ENV\" {install}")),
            Named::Pyproject => ("", format!("pip {install}")),
            Named::PipfileLock | Named::Requirements | Named::Nothing => return Vec::new(),
        };
        let mut steps = Steps::default();
        for line in if self.named == Named::PoetryLock { POETRY_PACKAGE } else { PACKAGE } {
            steps.comment(line);
        }
        let has_build_system = r"grep -q '^\[build-system\]' pyproject.toml";
        steps.instruction(format!("RUN if {has_build_system}{unless}; then \\\n    {command}; \\\n    fi"));
        steps.done
    }

    /// From a requirements file, or only by names.
    fn by_names(&self, steps: &mut Steps) {
        steps.apart();
        let own = match self.named {
            Named::Requirements if self.spec.app_file().is_none() => Some("requirements.txt"),
            Named::Requirements => Some("requirements*.txt"),
            Named::Pyproject => Some("pyproject.toml"),
            _ => None,
        };
        if self.needs_all() {
            self.copy_all(steps);
        } else {
            steps
                .comment("Dependencies come before the code, so that a change of the code does not install them again");
            self.copy(own, steps);
        }
        if !self.spec.build_secrets().is_empty() {
            steps.comment(
                "The secrets exist during this RUN only and stay out of the image; requirements.txt may name them as ${NAME}",
            );
        }
        let from = self.requirements();
        if self.spec.installer() != Some(Installer::Uv) && self.named != Named::Pyproject {
            let pip = Command::with_secrets(format!("pip install --no-cache-dir{from}"));
            return steps.instruction(self.run(&[pip], false));
        }
        steps.comment(
            "uv is needed in this RUN only. It compiles what it installs, so that the app need not do so at each start",
        );
        let into = r#"--python "$(command -v python)" --prefix "$HOME/.local""#;
        // Otherwise uv takes every package that the second index happens to have from there, also in an old version
        let has_second_index = torch::cpu_index(self.spec).is_some();
        let strategy = if has_second_index { " --index-strategy unsafe-best-match" } else { "" };
        let commands = [
            self.uv(),
            Command::with_secrets(format!("{UV_PIP_INSTALL}{strategy} {into} \\\n   {from}")),
            Command::plain("rm -rf /tmp/uv"),
        ];
        steps.instruction(self.run(&commands, false));
    }

    /// What to install: a file, and what the image needs in addition to the app's own file.
    fn requirements(&self) -> String {
        let file = match self.named {
            Named::Requirements => " --requirement requirements.txt",
            Named::Pyproject => " --requirement pyproject.toml",
            _ => "",
        };
        // The starter app's packages are in its file
        let beside = self.spec.app_file().is_some() && !self.packages.is_empty();
        format!("{file}{}", if beside { format!(" {}", self.packages) } else { String::new() })
    }

    /// From a lock file: the tool that wrote it is installed, installs, and is removed.
    fn by_lock_file(&self, steps: &mut Steps) {
        let home = &self.derived.home;
        steps.apart();
        steps.comment(
            "The app's packages have an environment of their own, outside of its folder. Its commands are found first",
        );
        steps.instruction(format!("ENV VIRTUAL_ENV={home}/.venv \\\n    PATH={home}/.venv/bin:$PATH"));
        steps.apart();
        if self.needs_all() {
            self.copy_all(steps);
            steps.comment("The versions are those of the lock file; what wrote it is needed in this RUN only");
        } else {
            steps.comment(
                "Dependencies come before the code, so that a change of the code does not install them again. The versions are those of",
            );
            steps.comment("the lock file; what wrote it is needed in this RUN only");
            self.copy(
                Some(match self.named {
                    Named::UvLock => "pyproject.toml uv.lock",
                    // An app may have no lock file yet
                    Named::PoetryLock => "pyproject.toml poetry.lock*",
                    Named::PipfileLock => "Pipfile Pipfile.lock",
                    _ => "pyproject.toml pdm.lock",
                }),
                steps,
            );
        }
        if !self.spec.build_secrets().is_empty() {
            steps.comment("The secrets exist during this RUN only and stay out of the image");
        }
        let commands = match self.named {
            Named::UvLock => self.uv_sync(),
            Named::PoetryLock => self.poetry_install(),
            Named::PipfileLock => self.pipenv_sync(),
            _ => self.pdm_sync(),
        };
        steps.instruction(self.run(&commands, true));
    }

    fn uv_sync(&self) -> Vec<Command> {
        let sync = "UV_PROJECT_ENVIRONMENT=\"$VIRTUAL_ENV\" UV_PYTHON_DOWNLOADS=never \\\n    \
            /tmp/uv/bin/uv sync --locked --no-dev --no-install-project --no-cache --compile-bytecode";
        let mut commands = vec![self.uv(), Command::with_secrets(sync)];
        commands.extend(self.beside(UV_PIP_INSTALL));
        commands.push(Command::plain("rm -rf /tmp/uv"));
        commands
    }

    fn poetry_install(&self) -> Vec<Command> {
        let mut commands = vec![
            Command::plain("python -m venv \"$VIRTUAL_ENV\""),
            Command::plain("python -m venv /tmp/poetry"),
            Command::plain(format!("/tmp/poetry/bin/pip install --no-cache-dir poetry=={}", self.pin("poetry"))),
            Command::with_secrets(
                "/tmp/poetry/bin/poetry install --only main --no-root --no-interaction --no-cache --compile",
            ),
        ];
        commands.extend(self.beside("pip install --no-cache-dir"));
        commands.push(Command::plain("rm -rf /tmp/poetry"));
        commands
    }

    fn pdm_sync(&self) -> Vec<Command> {
        let (pdm, hishel) = (self.pin("pdm"), self.pin("hishel"));
        let mut commands = vec![
            Command::plain("python -m venv \"$VIRTUAL_ENV\""),
            Command::plain("python -m venv /tmp/pdm"),
            Command::plain(format!("/tmp/pdm/bin/pip install --no-cache-dir pdm=={pdm} hishel=={hishel}")),
            Command::with_secrets("/tmp/pdm/bin/pdm --no-cache sync --prod --no-self --no-editable"),
            Command::plain("(python -m compileall -qq \"$VIRTUAL_ENV\" || true)"),
        ];
        commands.extend(self.beside("pip install --no-cache-dir"));
        commands.push(Command::plain("rm -rf /tmp/pdm"));
        commands
    }

    /// Pipenv installs into the environment that is active.
    fn pipenv_sync(&self) -> Vec<Command> {
        let mut commands = vec![
            Command::plain("python -m venv \"$VIRTUAL_ENV\""),
            Command::plain("python -m venv /tmp/pipenv"),
            Command::plain(format!("/tmp/pipenv/bin/pip install --no-cache-dir pipenv=={}", self.pin("pipenv"))),
            Command::with_secrets("PIP_NO_CACHE_DIR=1 PIPENV_VERBOSITY=-1 /tmp/pipenv/bin/pipenv sync"),
        ];
        commands.extend(self.beside("pip install --no-cache-dir"));
        commands.push(Command::plain("rm -rf /tmp/pipenv"));
        commands
    }

    /// Adds uv to the image for one step.
    fn uv(&self) -> Command {
        Command::plain(format!("pip install --no-cache-dir --target /tmp/uv uv=={}", self.pin("uv")))
    }

    /// Installs what the image needs in addition to the lock file.
    fn beside(&self, install: &str) -> Option<Command> {
        (!self.packages.is_empty()).then(|| Command::plain(format!("{install} {}", self.packages)))
    }

    fn pin(&self, package: &str) -> &str {
        self.pins.version(package).unwrap_or_default()
    }

    /// Whether installing the dependencies needs the whole app.
    fn needs_all(&self) -> bool {
        self.spec.install_files().iter().any(|file| file.as_str() == ".")
    }

    fn copy_all(&self, steps: &mut Steps) {
        steps.comment("Installing the dependencies needs the code too, so that all of it comes first");
        steps.instruction(self.copied(". ./"));
    }

    /// The dependency files, and what installing needs beside them, each at its own path.
    fn copy(&self, own: Option<&str>, steps: &mut Steps) {
        if let Some(own) = own {
            steps.instruction(self.copied(&format!("{own} ./")));
        }
        for file in self.spec.install_files() {
            steps.instruction(self.copied(&format!("{file} ./{file}")));
        }
    }

    fn copied(&self, files: &str) -> String {
        format!("COPY --chown={}:{} {files}", self.derived.user, self.derived.group)
    }

    /// A RUN of several commands. The build secrets are mounted for all of it, but only set for the command that needs them.
    fn run(&self, commands: &[Command], is_long: bool) -> String {
        let secrets = self.spec.build_secrets();
        let is_long = is_long || !secrets.is_empty();
        let mut text = "RUN ".to_owned();
        if is_long {
            text.push_str("\\\n");
            text.extend(
                secrets.iter().map(|name| format!("    --mount=type=secret,id={name},mode=0444,required=true \\\n")),
            );
        }
        for (index, command) in commands.iter().enumerate() {
            let on_its_own = is_long && (index == 0 || command.has_secrets);
            if index > 0 {
                text.push_str(if on_its_own { " \\\n && \\\n" } else { " \\\n && " });
            }
            if command.has_secrets {
                text.extend(secrets.iter().map(|name| format!("    {name}=\"$(cat /run/secrets/{name})\" \\\n")));
            }
            text.push_str(if on_its_own { "    " } else { "" });
            text.push_str(&command.text);
        }
        text
    }
}
