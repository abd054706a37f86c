//! The steps from a folder to a running Space.
//!
//! Sources: <https://huggingface.co/docs/huggingface_hub/guides/cli>, <https://huggingface.co/docs/hub/spaces-overview>.

use std::path::Path;

use super::{image_name, is_zero_gpu, plan_to_say, value_in_readme};
use crate::answers::Spec;
use crate::app::migrate_command;
use crate::facts;
use crate::repo::Repo;
use crate::target::step::{Finished, Git, Step, word};
use crate::values::{EnvName, Port, Sdk};

/// Sets what an env file says, for a program that is started without Docker.
const EXPORT_SETTINGS: &str =
    r#"while IFS= read -r line; do case "$line" in [A-Za-z_]*=*) export "$line" ;; esac; done < .env"#;

pub(super) fn next_steps(made: &Finished<'_>) -> Vec<Step> {
    let local = start_starter(made);
    let is_entered = local.is_some();
    let mut steps: Vec<Step> = missing_files(made.spec).into_iter().chain(local).collect();
    let mut run = match (made.repo, made.spec.sdk()) {
        (Some(_), Sdk::Static) => serve_here(made),
        // The README may name the Gradio that an app runs with
        (Some(repo), Sdk::Gradio) => start_here(made, repo),
        _ => run_here(made, is_entered),
    };
    let mut push = push(made);
    if let Some(repo) = made.repo {
        // Values that somebody has put there already must not be overwritten
        if ".env".parse().is_ok_and(|path| repo.is_taken(&path)) {
            run.commands.retain(|command| command != COPY_SETTINGS);
        }
        // What git has as it is must be fixed after the last commit and before the push
        if let Some(migrate) = migrate_command(repo).filter(|_| made.git == Git::Existing) {
            push.commands.insert(push.commands.len().saturating_sub(1), migrate);
        }
    }
    steps.extend([run, publish(made.spec), push]);
    steps
}

/// The starter app without a container, as its template says.
fn start_starter(made: &Finished<'_>) -> Option<Step> {
    let spec = made.spec;
    let run = made.template.local_run(spec)?;
    let mut commands: Vec<String> = enter(made.folder).into_iter().collect();
    let (start, before) = run.commands.split_last()?;
    if has_settings(spec) {
        commands.push(COPY_SETTINGS.to_owned());
    }
    commands.extend(before.iter().cloned());
    if has_settings(spec) {
        commands.push(EXPORT_SETTINGS.to_owned());
    }
    commands.push(start.clone());
    let step = Step::new("Run it here", commands);
    let step = if has_settings(spec) {
        step.note("put the values into .env first; git and the image leave it out")
    } else {
        step
    };
    Some(step.note(format!("then open http://localhost:{}", run.port)))
}

fn has_settings(spec: &Spec) -> bool {
    !(spec.secrets().is_empty() && spec.variables().is_empty())
}

/// A page that is there, built first where it has to be.
fn serve_here(made: &Finished<'_>) -> Step {
    let spec = made.spec;
    let mut commands: Vec<String> = enter(made.folder).into_iter().collect();
    if let Some(build) = spec.build_command() {
        // The shell of a package in a folder installs it there
        if build.words().first().is_some_and(|word| word != "sh") {
            commands.push("npm install".to_owned());
        }
        commands.push(shlex::try_join(build.words().iter().map(String::as_str)).unwrap_or_default());
    }
    let page = spec.app_file().map(ToString::to_string).unwrap_or_default();
    let within = page.rsplit_once('/').map(|(folder, _)| format!(" --directory {}", word(folder))).unwrap_or_default();
    let port = Port::default();
    commands.push(format!("python3 -m http.server {port}{within}"));
    Step::new("Run it here", commands).note(format!("then open http://localhost:{port}"))
}

/// An app that the Hub's own Gradio image runs, with the Gradio that its README names.
fn start_here(made: &Finished<'_>, repo: &Repo) -> Step {
    let mut commands: Vec<String> = enter(made.folder).into_iter().collect();
    commands.push("python -m venv .venv && . .venv/bin/activate".to_owned());
    let version = value_in_readme(repo, "sdk_version").map(|version| format!("=={version}")).unwrap_or_default();
    let requirements = if repo.get("requirements.txt").is_some() { " -r requirements.txt" } else { "" };
    let spaces = made.template.versions().version("spaces").filter(|_| is_zero_gpu(made.spec));
    let spaces = spaces.map(|version| format!(" spaces=={version}")).unwrap_or_default();
    commands.push(format!("pip install gradio{version}{spaces}{requirements}"));
    let app = value_in_readme(repo, "app_file").unwrap_or_else(|| "app.py".to_owned());
    commands.push(format!("python {}", word(&app)));
    let step = Step::new("Run it here", commands);
    step.note(format!("then open http://localhost:{}", Port::default()))
}

/// Makes the file for values that git and the image leave out.
const COPY_SETTINGS: &str = "cp .env.example .env";

/// The command that enters a folder, unless one is in it.
fn enter(folder: &Path) -> Option<String> {
    (folder != Path::new(".")).then(|| format!("cd {}", word(&folder.to_string_lossy())))
}

/// The files that the start command needs and nobody has written yet.
fn missing_files(spec: &Spec) -> Option<Step> {
    let command = spec.command().filter(|_| spec.app_file().is_none())?;
    let files = command.expected_files();
    let step = Step::new("Add your app", Vec::new());
    let shown = command.words().join(" ");
    Some(if files.is_empty() {
        step.note(format!("the container starts `{shown}`: put what it needs into the folder"))
    } else {
        step.note(format!("the container starts `{shown}`, which needs {} in the folder", files.join(", ")))
    })
}

/// The app in its container, or a page, or an app that the Hub's own image runs; after the step that started it without a container,
/// if there is one.
fn run_here(made: &Finished<'_>, is_entered: bool) -> Step {
    let spec = made.spec;
    let title = if is_entered { "Or run it in its container, as the Space does" } else { "Run it here" };
    let mut commands: Vec<String> = enter(made.folder).filter(|_| !is_entered).into_iter().collect();
    let has_settings = has_settings(spec);
    // An image of the app's own, without such a list, copies what lies in the folder
    let stays_out = made.repo.is_none_or(|repo| repo.get(".dockerignore").is_some());
    let values = if stays_out {
        "put the values into .env first; git and the image leave it out"
    } else {
        "put the values into .env first; git leaves it out, but the Dockerfile may copy it: list it in .dockerignore"
    };
    if has_settings && !is_entered {
        commands.push(COPY_SETTINGS.to_owned());
    }
    let (mut step, port) = match (spec.sdk(), spec.port()) {
        (Sdk::Docker, Some(port)) => {
            let image = image_name(spec);
            let secrets = spec.build_secrets().iter().map(|name| format!(" --secret id={name},env={name}"));
            let arguments = spec.build_variables().iter().map(|name| format!(" --build-arg {name}"));
            commands.push(format!("docker build{} -t {image} .", secrets.chain(arguments).collect::<String>()));
            let settings = if has_settings { " --env-file .env" } else { "" };
            commands.push(format!("docker run --rm -it -p {port}:{port}{settings} {image}"));
            (Step::new(title, commands), port)
        }
        (Sdk::Static, _) => {
            commands.push(format!("python3 -m http.server {}", Port::default()));
            (Step::new("Run it here", commands), Port::default())
        }
        _ => {
            commands.push("python -m venv .venv && . .venv/bin/activate".to_owned());
            let version = |package: &str| {
                let pin = made.template.versions().version(package);
                pin.map(|version| format!(" {package}=={version}")).unwrap_or_default()
            };
            let spaces = if is_zero_gpu(spec) { version("spaces") } else { String::new() };
            commands.push(format!("pip install{}{spaces} -r requirements.txt", version("gradio")));
            if has_settings {
                commands.push(EXPORT_SETTINGS.to_owned());
            }
            commands.push(format!("python {}", word(spec.app_file().map_or("app.py", |file| file.as_str()))));
            (Step::new("Run it here", commands), Port::default())
        }
    };
    if !spec.build_secrets().is_empty() {
        let names = names(spec.build_secrets());
        step = step.note(format!("the build takes {names} from your shell: export it first"));
    }
    if !spec.build_variables().is_empty() {
        step = step.note(format!("the build takes {} from your shell", names(spec.build_variables())));
    }
    if has_settings && !is_entered {
        step = step.note(values);
    }
    step.note(format!("then open http://localhost:{port}"))
}

fn publish(spec: &Spec) -> Step {
    let name = spec.name();
    let flavor = if is_zero_gpu(spec) { format!(" --flavor {}", facts::hardware::ZERO_GPU) } else { String::new() };
    let mut commands = vec![
        "hf auth login".to_owned(),
        format!("hf repos create {name} --type space --space-sdk {}{flavor}", spec.sdk()),
    ];
    let secrets = secrets(spec);
    if !secrets.is_empty() {
        let flags: String = secrets.iter().map(|secret| format!(" --secrets {secret}")).collect();
        commands.push(format!("hf spaces secrets add USER/{name}{flags}"));
    }
    // It sends the first bytes of each file before it asks which ones git ignores
    commands.push(format!("hf upload {name} . --repo-type space --exclude \".env*\""));
    commands.push(format!("hf spaces wait USER/{name}"));
    let mut step = Step::new("Publish it", commands);
    if let Some(plan) = plan_to_say(spec) {
        step = step.note(plan);
    }
    if !spec.build_variables().is_empty() {
        let names = names(spec.build_variables());
        step = step.note(format!(
            "set {names} as variables in the settings of the Space, and rebuild it: the build reads them"
        ));
    }
    if secrets.is_empty() {
        return step;
    }
    step.note("each secret's value is taken from the variable of that name in your shell")
}

/// The push fits what became of version control: inside another work tree, git would push that one.
fn push(made: &Finished<'_>) -> Step {
    let title = "Or, instead of the upload, push it with git";
    let plain_binaries = "without git-lfs, binary files go in plain and the push is refused";
    let line = |text: &str| text.to_owned();
    let remote = format!("git remote add space https://huggingface.co/spaces/USER/{}", made.spec.name());
    let join = "git fetch space && git reset --soft space/main";
    let commit = "git add --all && git commit -m \"Make the Space\"";
    let has_no_remote = made.git == Git::Existing && Repo::has_remote(made.folder) == Some(false);
    let commands = match made.git {
        Git::Inside(root) => {
            let note = format!("not from here: git would push the repository around it, `{}`", root.display());
            return Step::new(title, Vec::new())
                .note(note)
                .note("use the upload, or move the folder out of that repository");
        }
        Git::Existing if has_no_remote => {
            vec![line("git lfs install"), remote, line(commit), line("git push --force space HEAD:main")]
        }
        Git::Existing => vec![line("git lfs install"), line(commit), line("git push")],
        Git::New => {
            vec![line("git lfs install"), remote, line(join), format!("{commit} && git push space HEAD:main")]
        }
        Git::None => vec![
            line("git lfs install && git init --initial-branch main"),
            remote,
            line(join),
            format!("{commit} && git push space HEAD:main"),
        ],
    };
    let step = Step::new(title, commands).note(plain_binaries);
    if has_no_remote {
        return step
            .note("`--force` replaces the commit that the Hub makes with a new Space; leave it out for another one");
    }
    if made.git == Git::Existing {
        return step.note("if it is not a clone of the Space, add the Space as a remote first");
    }
    step
}

fn names(names: &[EnvName]) -> String {
    names.iter().map(EnvName::as_str).collect::<Vec<_>>().join(" and ")
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
