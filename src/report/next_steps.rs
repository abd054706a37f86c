//! What to do with a Space that was just made: as data, from which text and JSON are made.

use std::path::Path;

use serde::Serialize;

use crate::hub;
use crate::plan::Derived;
use crate::spec::{ImageRef, Spec};
use crate::template::Template;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Step {
    /// What it is for.
    pub title: String,
    /// What to type, a line each.
    pub commands: Vec<String>,
    /// What to know.
    pub notes: Vec<String>,
}

impl Step {
    fn new(title: impl Into<String>, commands: Vec<String>) -> Self {
        Self { title: title.into(), commands, notes: Vec::new() }
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// The steps from a folder to a running Space.
///
/// Sources: <https://huggingface.co/docs/huggingface_hub/guides/cli>, <https://huggingface.co/docs/hub/spaces-overview>.
#[must_use]
pub fn next_steps(spec: &Spec, folder: &Path, template: &Template) -> Vec<Step> {
    let mut steps: Vec<Step> = missing_files(spec).into_iter().collect();
    steps.push(run_here(spec, folder, template));
    steps.push(publish(spec));
    steps.push(push(spec));
    steps
}

/// The files that the start command needs and nobody has written yet.
fn missing_files(spec: &Spec) -> Option<Step> {
    let command = spec.command()?;
    let files = command.expected_files();
    let step = Step::new("Add your app", Vec::new());
    let shown = command.words().join(" ");
    Some(if files.is_empty() {
        step.note(format!("the container starts `{shown}`: put what it needs into the folder"))
    } else {
        step.note(format!("the container starts `{shown}`, which needs {} in the folder", files.join(", ")))
    })
}

fn run_here(spec: &Spec, folder: &Path, template: &Template) -> Step {
    let mut commands = Vec::new();
    if folder != Path::new(".") {
        commands.push(format!("cd {}", word(&folder.to_string_lossy())));
    }
    let has_settings = !(spec.secrets().is_empty() && spec.variables().is_empty());
    if has_settings {
        commands.push("cp .env.example .env".to_owned());
    }
    match spec.port() {
        Some(port) => {
            let image = image_name(spec);
            let secrets = spec.build_secrets().iter().map(|name| format!(" --secret id={name},env={name}"));
            commands.push(format!("docker build{} -t {image} .", secrets.collect::<String>()));
            let settings = if has_settings { " --env-file .env" } else { "" };
            commands.push(format!("docker run --rm -it -p {port}:{port}{settings} {image}"));
            let step = Step::new("Run it here", commands).note(format!("then open http://localhost:{port}"));
            if has_settings {
                step.note("put the values into .env first; git and the image leave it out")
            } else {
                step
            }
        }
        None => {
            commands.push("python -m venv .venv && . .venv/bin/activate".to_owned());
            let zero_gpu = if Derived::of(spec).zero_gpu { " spaces" } else { "" };
            let gradio = template.versions().version("gradio").unwrap_or_default();
            commands.push(format!("pip install gradio=={gradio}{zero_gpu} -r requirements.txt"));
            commands.push("python app.py".to_owned());
            Step::new("Run it here", commands).note("then open http://localhost:7860")
        }
    }
}

fn publish(spec: &Spec) -> Step {
    let name = spec.name();
    let derived = Derived::of(spec);
    let flavor = if derived.zero_gpu { format!(" --flavor {}", hub::hardware::ZERO_GPU) } else { String::new() };
    let mut commands = vec![
        "hf auth login".to_owned(),
        format!("hf repos create {name} --type space --space-sdk {}{flavor}", spec.sdk()),
    ];
    let secrets = secrets(spec);
    if !secrets.is_empty() {
        let flags: String = secrets.iter().map(|secret| format!(" --secrets {secret}")).collect();
        commands.push(format!("hf spaces secrets add USER/{name}{flags}"));
    }
    commands.push(format!("hf upload {name} . --repo-type space"));
    commands.push(format!("hf spaces wait USER/{name}"));
    let step = Step::new("Publish it", commands).note(derived.hub_plan);
    if secrets.is_empty() {
        return step;
    }
    step.note("each secret's value is taken from the variable of that name in your shell")
}

fn push(spec: &Spec) -> Step {
    let commands = vec![
        "git lfs install".to_owned(),
        format!("git remote add space https://huggingface.co/spaces/USER/{}", spec.name()),
        "git fetch space && git reset --soft space/main".to_owned(),
        "git add --all && git commit -m \"Make the Space\" && git push space HEAD:main".to_owned(),
    ];
    Step::new("Or, instead of the upload, push it with git", commands)
        .note("without git-lfs, binary files go in plain and the push is refused")
}

/// The names of all secrets, at run time and at build time, each once.
fn secrets(spec: &Spec) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for secret in spec.secrets().iter().chain(spec.build_secrets()) {
        if !names.contains(&secret.as_str()) {
            names.push(secret.as_str());
        }
    }
    names
}

/// A name for the image, from the repository's name.
fn image_name(spec: &Spec) -> String {
    let name = spec.name().as_str().to_lowercase();
    if name.parse::<ImageRef>().is_ok() { name } else { "my-space".to_owned() }
}

fn word(text: &str) -> String {
    shlex::try_quote(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}
