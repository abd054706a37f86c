//! How an app is installed and started without an image: from its Dockerfile as far as that says so, otherwise from what its
//! own files say.

use super::hub_image;
use super::space::{DOCKERFILE, Space};
use crate::app::{App, PORT, detect};
use crate::formats::dockerfile::{Dockerfile, Form};
use crate::repo::Repo;
use crate::values::Sdk;

/// Programs that a command is started by here. Another one belongs to an image.
const PROGRAMS: [&str; 13] = [
    "python",
    "python3",
    "uvicorn",
    "gunicorn",
    "hypercorn",
    "streamlit",
    "gradio",
    "fastapi",
    "flask",
    "panel",
    "chainlit",
    "node",
    "npm",
];

/// What runs natively.
#[derive(Debug, Default)]
pub(super) struct NativeApp {
    /// The words of its command.
    pub(super) command: Vec<String>,
    /// The environment that its image would give it.
    pub(super) environment: Vec<(String, String)>,
    /// The port on which it listens here, if its code allows no other.
    pub(super) fixed_port: Option<u16>,
    /// The version of Python that it asks for.
    pub(super) python: Option<String>,
    /// Files from which its packages are installed.
    pub(super) files: Vec<String>,
    /// Packages that are in no file.
    pub(super) packages: Vec<String>,
    /// The words of the command that builds a Node app.
    pub(super) build: Vec<String>,
    pub(super) is_node: bool,
}

impl NativeApp {
    /// Finds out how a Space is run. None if nothing here can start it.
    pub(super) fn of(space: &Space<'_>) -> Option<Self> {
        let repo = space.repo;
        let detected = detect(&repo.without(DOCKERFILE));
        let apps = detected.apps();
        let mut native = Self::default();
        if space.sdk == Sdk::Gradio {
            let (python, version) = hub_image::versions(space);
            native.command = vec!["python".to_owned(), space.app_file()];
            native.python = Some(python);
            native.packages = vec![hub_image::gradio(version.as_deref()), "spaces".to_owned()];
            let files = ["pre-requirements.txt", "requirements.txt"];
            native.files.extend(files.iter().filter(|file| repo.get(file).is_some()).map(|file| (*file).to_owned()));
            native.fixed_port = apps.iter().find(|app| app.file == space.app_file()).and_then(fixed_port);
            return Some(native);
        }
        let text = repo.text(DOCKERFILE)?;
        let dockerfile = Dockerfile::read(text);
        native.environment = environment(&dockerfile);
        let command = command(&dockerfile);
        // The app whose file the image starts, otherwise the likeliest one
        let is_started = |app: &&App| command.iter().flatten().any(|word| *word == app.file);
        let app = apps.iter().find(is_started).or(apps.first());
        native.command = command.or_else(|| app?.command.as_ref().map(|seen| seen.value.clone()))?;
        if let Some(app) = app {
            native.take(app, repo);
        }
        native.is_node = matches!(native.command.first().map(String::as_str), Some("node" | "npm"));
        Some(native)
    }

    fn take(&mut self, app: &App, repo: &Repo) {
        self.fixed_port = fixed_port(app);
        self.python = app.version.as_ref().map(|seen| seen.value.clone());
        let file = app.install.dependencies.as_ref().and_then(|seen| seen.value.clone());
        self.files.extend(file.filter(|file| repo.get(file).is_some()));
        let packages = app.install.listed.iter().chain(&app.install.missing);
        self.packages.extend(packages.map(|seen| seen.value.clone()));
        self.build = app.install.build.as_ref().map(|seen| seen.value.clone()).unwrap_or_default();
    }

    /// The command and its environment on another port than the Space's.
    pub(super) fn on_port(&mut self, from: u16, to: u16) {
        for word in &mut self.command {
            *word = with_port(&word.replace(PORT, &to.to_string()), from, to);
        }
        for (_, value) in &mut self.environment {
            *value = with_port(value, from, to);
        }
        for name in ["PORT", "GRADIO_SERVER_PORT", "STREAMLIT_SERVER_PORT", "UVICORN_PORT"] {
            if !self.environment.iter().any(|(known, _)| known == name) {
                self.environment.push((name.to_owned(), to.to_string()));
            }
        }
    }
}

/// The port in the code, if the environment and the command cannot change it.
fn fixed_port(app: &App) -> Option<u16> {
    let port = app.server.port.as_ref()?;
    // What the README says is what the Hub connects to
    (port.is_certain() && port.evidence.path == app.file).then_some(port.value)
}

/// The command of an image, if it is a single one of a program that may be here.
fn command(dockerfile: &Dockerfile<'_>) -> Option<Vec<String>> {
    let entrypoint = dockerfile.entrypoint();
    let (step, line) = dockerfile.cmd().filter(|_| entrypoint.is_none()).or(entrypoint)?;
    let words: Vec<String> = match &line.form {
        Form::Exec(words) => words.iter().map(|word| word.text.to_string()).collect(),
        Form::Shell(_) => {
            let commands = line.commands();
            let [command] = &*commands else { return None };
            let words = command.argv().iter().map(|word| step.before.expand(&word.text));
            words.collect::<Option<_>>()?
        }
    };
    let mut words = words;
    // A process of this computer needs no init
    if words.first().is_some_and(|word| word == "tini" || word == "dumb-init") {
        words.remove(0);
        words.retain(|word| word != "--" && word != "-g");
    }
    let program = words.first()?;
    PROGRAMS.contains(&program.as_str()).then_some(words)
}

/// What `ENV` sets and has a meaning outside of the image.
fn environment(dockerfile: &Dockerfile<'_>) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for (step, assignments) in dockerfile.image_envs() {
        for assignment in assignments {
            let value = assignment.value.as_ref().and_then(|value| step.before.expand(&value.text));
            let name = assignment.name.text.to_string();
            found.retain(|(known, _)| *known != name);
            // Paths of the image do not exist here
            found.extend(value.filter(|value| !value.starts_with('/') && name != "PATH").map(|value| (name, value)));
        }
    }
    found
}

/// A text with another port, where a port stands by itself.
fn with_port(text: &str, from: u16, to: u16) -> String {
    let from = from.to_string();
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(&from) {
        let end = at + from.len();
        let is_digit = |char: Option<char>| char.is_some_and(|char| char.is_ascii_digit());
        let is_alone = !is_digit(rest[..at].chars().next_back()) && !is_digit(rest[end..].chars().next());
        out.push_str(&rest[..at]);
        out.push_str(&if is_alone { to.to_string() } else { from.clone() });
        rest = &rest[end..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn native(files: &[(&str, &str)]) -> Option<NativeApp> {
        let files = files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
        let repo = Repo::from_files(files);
        NativeApp::of(&Space::of(&repo, None).unwrap())
    }

    #[test]
    fn a_dockerfile_says_how_an_app_is_started() {
        let dockerfile = "FROM python:3.13\nENV GRADIO_SERVER_PORT=7860 HF_HOME=/data A=1\nENTRYPOINT [\"uvicorn\", \"app:app\", \"--port=7860\"]\n";
        let app = "from fastapi import FastAPI\napp = FastAPI()\n";
        let mut native = native(&[
            ("README.md", "---\nsdk: docker\n---\n"),
            ("Dockerfile", dockerfile),
            ("app.py", app),
            ("requirements.txt", "fastapi\nuvicorn\n"),
        ])
        .unwrap();
        native.on_port(7860, 4000);
        assert_eq!(native.command, ["uvicorn", "app:app", "--port=4000"]);
        assert_eq!(native.files, ["requirements.txt"]);
        assert!(native.environment.contains(&("GRADIO_SERVER_PORT".to_owned(), "4000".to_owned())));
        assert!(native.environment.iter().all(|(name, _)| name != "HF_HOME"), "{:?}", native.environment);
        assert_eq!(native.fixed_port, None);
    }

    #[test]
    fn an_image_that_starts_something_else_is_not_run() {
        assert!(native(&[("Dockerfile", "FROM a\nCMD [\"/bin/server\"]\n")]).is_none());
        assert!(native(&[("Dockerfile", "FROM a\nCMD nginx && python x.py\n")]).is_none());
    }

    #[test]
    fn a_gradio_space_gets_the_declared_versions() {
        let readme = "---\nsdk: gradio\nsdk_version: 6.31.0\npython_version: \"3.12\"\napp_file: demo.py\n---\n";
        let native = native(&[("README.md", readme), ("demo.py", ""), ("requirements.txt", "numpy\n")]).unwrap();
        assert_eq!((native.command[1].as_str(), native.python.as_deref()), ("demo.py", Some("3.12")));
        assert_eq!(native.packages[0], "gradio[oauth,mcp]==6.31.0");
    }

    #[test]
    fn only_a_whole_number_is_a_port() {
        assert_eq!(with_port("0.0.0.0:7860 17860 78601 7860", 7860, 1), "0.0.0.0:1 17860 78601 1");
    }
}
