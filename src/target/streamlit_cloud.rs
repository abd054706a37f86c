//! Streamlit Community Cloud: apps of Streamlit, from a repository on GitHub.
//!
//! Sources: <https://docs.streamlit.io/deploy/streamlit-community-cloud/deploy-your-app/app-dependencies>,
//! <https://docs.streamlit.io/deploy/streamlit-community-cloud/deploy-your-app/file-organization>,
//! <https://docs.streamlit.io/deploy/streamlit-community-cloud/status>.

use std::collections::BTreeSet;

use serde_json::json;

use super::{Added, Edit, Extension, Merger, Refusal, Step, Subject, Target};
use crate::app::start::in_image;
use crate::app::start::streamlit::SETTINGS;
use crate::app::{App, Note};
use crate::formats::dockerfile::Dockerfile;
use crate::formats::package_list;
use crate::formats::python::Sources;
use crate::formats::requirements::leading_name;
use crate::formats::streamlit_settings::{StreamlitSettings, without};
use crate::order;
use crate::repo::Repo;
use crate::values::{RepoPath, normalised};

/// Streamlit Community Cloud.
#[derive(Debug)]
pub(crate) struct StreamlitCloud;

/// The Python that it chooses by default.
const PYTHON: &str = "3.12";

/// The files that it installs from, the first of them first; those beside the app come before those at the root.
const INSTALLED_FROM: [&str; 5] = ["uv.lock", "Pipfile", "environment.yml", "requirements.txt", "pyproject.toml"];

/// The file that names the packages of Debian, at the root.
const PACKAGES: &str = "packages.txt";

/// The example of the file with the secrets.
const SECRETS: &str = ".streamlit/secrets.toml.example";

const DOCKERFILE: &str = "Dockerfile";

impl Target for StreamlitCloud {
    fn id(&self) -> &'static str {
        "streamlit-cloud"
    }

    fn name(&self) -> &'static str {
        "Streamlit Community Cloud"
    }

    fn takes_template(&self) -> bool {
        false
    }

    fn accepts(&self, app: &App) -> Result<(), Refusal> {
        if app.framework.id() == "streamlit" {
            return Ok(());
        }
        let reason =
            format!("{} runs apps of Streamlit, and `{}` is made with {}", self.name(), app.file, app.framework.name());
        Err(Refusal::new(reason, "`spaces-new advise` names platforms that run it"))
    }

    fn add(&self, subject: &Subject<'_>) -> Result<Added, Refusal> {
        let mut added = Added::default();
        requirements(subject, &mut added)?;
        packages(subject, &mut added)?;
        settings(subject.repo, &mut added)?;
        let secrets = secrets(subject);
        if !secrets.is_empty() {
            added.values = json!({"secrets": secrets});
            added.render("secrets.toml.example", SECRETS)?;
            let ignored = subject.repo.text(".gitignore").unwrap_or_default();
            if !ignored.lines().any(|line| line.contains("secrets.toml") || line.contains(".streamlit")) {
                let note = Note::new("`.gitignore` does not name `.streamlit/secrets.toml`, so git would push it");
                added.notes.push(note.help("add it before you write that file"));
            }
        }
        added.steps = steps(subject, &secrets);
        Ok(added)
    }

    fn recognises(&self, repo: &Repo) -> bool {
        repo.get(SECRETS).is_some()
    }

    fn merger(&self, path: &str) -> Option<Merger> {
        match path {
            PACKAGES => Some(Merger::Lines),
            SECRETS => Some(Merger::Own(with_secrets)),
            _ => None,
        }
    }
}

/// The file with the packages of Python: that of the app, or one that names all that it imports.
fn requirements(subject: &Subject<'_>, added: &mut Added) -> Result<(), Refusal> {
    match installed_from(subject) {
        Some(file) => its_own(subject, &file, added),
        None => from_imports(subject, added),
    }
}

/// The file of the app stays, and what it lacks is said.
fn its_own(subject: &Subject<'_>, file: &str, added: &mut Added) -> Result<(), Refusal> {
    added.write(file, subject.repo.text(file).unwrap_or_default().to_owned())?;
    added.notes.extend(subject.unnamed(file));
    Ok(())
}

fn from_imports(subject: &Subject<'_>, added: &mut Added) -> Result<(), Refusal> {
    let mut lines = subject.requirement_lines(&mut added.notes);
    let mut names: BTreeSet<String> = order::set(lines.iter().filter_map(|line| leading_name(line)));
    for (module, line) in subject.functions.imported(&subject.app.file) {
        match line {
            Some(line) if leading_name(&line).is_some_and(|name| names.insert(name)) => lines.push(line),
            Some(_) => {}
            None if names.contains(&normalised(&module)) => {}
            None => {
                let note = Note::new(format!("`{module}` is imported, and it is unknown which package provides it"));
                added.notes.push(
                    note.help("name that package in `requirements.txt`, if none of those in it provides the module"),
                );
            }
        }
    }
    added.write("requirements.txt", lines.iter().map(|line| format!("{line}\n")).collect())
}

/// The file that it installs from, if there is one. Of a `pyproject.toml` it installs what Poetry does.
fn installed_from(subject: &Subject<'_>) -> Option<String> {
    let folder = subject.app.file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let paths = [folder, ""].into_iter().flat_map(|folder| INSTALLED_FROM.map(|name| within(folder, name)));
    let is_used = |path: &String| {
        let text = subject.repo.text(path);
        text.is_some_and(|text| !path.ends_with("pyproject.toml") || text.contains("[tool.poetry"))
    };
    paths.into_iter().find(is_used)
}

fn within(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The packages of Debian.
fn packages(subject: &Subject<'_>, added: &mut Added) -> Result<(), Refusal> {
    let wanted: BTreeSet<String> = order::set(subject.debian_packages().iter().map(|name| of_debian_11(name)));
    if wanted.is_empty() {
        return Ok(());
    }
    let there = subject.repo.text(PACKAGES);
    let known: BTreeSet<&str> = order::set(package_list::names(there.unwrap_or_default()).map(|(name, _)| name));
    let missing = wanted.iter().filter(|name| !known.contains(name.as_str()));
    let lines: String = missing.map(|name| format!("{name}\n")).collect();
    let text = match there {
        Some(there) if lines.is_empty() => there.to_owned(),
        _ => lines,
    };
    added.write(PACKAGES, text)
}

/// The name before the libraries with 64-bit times were renamed, which came after Debian 11.
fn of_debian_11(name: &str) -> String {
    name.strip_suffix("t64").unwrap_or(name).to_owned()
}

/// Takes the port and the address out of the settings, which it reads too, and gives them to the image.
fn settings(repo: &Repo, added: &mut Added) -> Result<(), Refusal> {
    let Some(text) = repo.text(SETTINGS) else { return Ok(()) };
    let refused = |why: String| {
        Refusal::new(format!("`{SETTINGS}` cannot be changed: {why}"), "take `port` and `address` out of it")
    };
    let left = without(text, &["port", "address"]).map_err(refused)?;
    if left == text {
        return Ok(());
    }
    let read = StreamlitSettings::read(text).unwrap_or_default();
    let names = [("port", read.port.is_some()), ("address", read.address.is_some())];
    let names: Vec<String> =
        names.iter().filter(|(_, is_set)| *is_set).map(|(name, _)| format!("`server.{name}`")).collect();
    let what = format!("{} taken out", names.join(" and "));
    let path: RepoPath = SETTINGS.parse().map_err(|_| refused("it has an unusual name".to_owned()))?;
    let after = repo.with([(path.clone(), left.clone().into_bytes())]);
    added.edits.push(Edit { path, text: left, what, is_asked_for: false });
    let Some((text, what)) = dockerfile(repo, &after, &read) else { return Ok(()) };
    let path = DOCKERFILE.parse().map_err(|_| refused("its Dockerfile has an unusual name".to_owned()))?;
    added.edits.push(Edit { path, text, what, is_asked_for: false });
    Ok(())
}

/// The Dockerfile with what has left the settings, if its command does not have it anyway.
fn dockerfile(repo: &Repo, after: &Repo, read: &StreamlitSettings) -> Option<(String, String)> {
    let text = repo.text(DOCKERFILE)?;
    let dockerfile = Dockerfile::read(text);
    let port_of = |repo: &Repo| in_image::likely_port(repo, &dockerfile, &Sources::default()).map(|(port, ..)| port);
    let (before, now) = (port_of(repo), port_of(after));
    let port = read.port.as_ref().map(|(port, _)| before.map_or(*port, i64::from));
    let port = port.filter(|_| before.is_none() || before != now);
    let port = port.filter(|_| !is_said(repo, text, &["--server.port", "STREAMLIT_SERVER_PORT"]));
    let is_said = is_said(repo, text, &["--server.address", "STREAMLIT_SERVER_ADDRESS"]);
    // Without one it listens on all addresses
    let is_needed = |address: &&String| port.is_some() || !matches!(address.as_str(), "" | "0.0.0.0" | "::");
    let address = read.address.as_ref().filter(|_| !is_said).filter(is_needed);
    let variables = [
        port.map(|port| format!("STREAMLIT_SERVER_PORT={port}")),
        address.filter(|address| is_plain(address)).map(|address| format!("STREAMLIT_SERVER_ADDRESS={address}")),
    ];
    let variables: Vec<String> = variables.into_iter().flatten().collect();
    if variables.is_empty() {
        return None;
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let line = format!("ENV {}{end}", variables.join(&format!(" \\{end}    ")));
    let stage = dockerfile.last_stage()?;
    let start = [dockerfile.entrypoint(), dockerfile.cmd()].into_iter().flatten().map(|(step, _)| step.keyword.start);
    let start = start.filter(|start| stage.steps.iter().any(|step| step.keyword.start == *start)).min();
    let text = match start.map(|start| above_comments(text, start)) {
        Some(at) => format!("{}{line}{}", &text[..at], &text[at..]),
        None => format!("{}{end}{line}", text.trim_end_matches(['\r', '\n'])),
    };
    let names = variables.iter().filter_map(|variable| Some(format!("`{}`", variable.split_once('=')?.0)));
    Some((text, format!("{} set", names.collect::<Vec<_>>().join(" and "))))
}

/// Whether the Dockerfile, or a script that it may start, has one of some settings.
fn is_said(repo: &Repo, dockerfile: &str, names: &[&str]) -> bool {
    let is_script = |path: &str| path.rsplit('.').next() == Some("sh") || path.ends_with("supervisord.conf");
    let scripts = repo.files().filter(|file| is_script(file.path())).filter_map(|file| file.text());
    std::iter::once(dockerfile).chain(scripts).any(|text| names.iter().any(|name| text.contains(name)))
}

/// Whether a text can stand in `ENV` as it is.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b':' | b'-' | b'_'))
}

/// The beginning of a line, or of the comments above it.
fn above_comments(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let above = text[..start].split_inclusive('\n').rev();
    let comments = above.take_while(|line| line.starts_with('#')).map(str::len).sum::<usize>();
    // A comment at the top may be a directive
    if comments == start { start } else { start - comments }
}

/// The names of the secrets: of the environment, and of `st.secrets`, which may have small letters.
fn secrets(subject: &Subject<'_>) -> Vec<String> {
    let named = subject.functions.streamlit_secrets(&subject.app.file);
    order::set(subject.secrets().into_iter().chain(named)).into_iter().collect()
}

/// The example with the names that it lacks, before any table.
#[expect(clippy::unnecessary_wraps, reason = "other mergers may fail")]
fn with_secrets(there: &str, wanted: &str) -> Result<Extension, String> {
    let name = |line: &str| line.split('=').next().unwrap_or_default().trim().trim_matches('"').to_owned();
    let known: BTreeSet<String> = order::set(there.lines().map(|line| name(line.trim_start_matches(['#', ' ']))));
    let is_missing = |line: &&str| !line.starts_with('#') && !line.trim().is_empty() && !known.contains(&name(line));
    let missing: Vec<&str> = wanted.lines().filter(is_missing).collect();
    let end = if there.contains("\r\n") { "\r\n" } else { "\n" };
    let lines: String = missing.iter().map(|line| format!("{line}{end}")).collect();
    let added = missing.iter().map(|line| format!("`{}`", name(line))).collect();
    Ok(Extension { text: format!("{lines}{there}"), added })
}

/// The Python to choose.
fn python(subject: &Subject<'_>) -> String {
    let of_image = || {
        let dockerfile = Dockerfile::read(subject.repo.text(DOCKERFILE)?);
        let (major, minor) = dockerfile.base_image()?.python_version()?;
        Some(format!("{major}.{minor}"))
    };
    match &subject.app.version {
        Some(_) => subject.python(),
        None => of_image().unwrap_or_else(|| PYTHON.to_owned()),
    }
}

fn steps(subject: &Subject<'_>, secrets: &[String]) -> Vec<Step> {
    let push = ["git add --all", "git commit -m \"Prepare for Streamlit Community Cloud\"", "git push"];
    let push =
        Step::new("Push it to GitHub, the only place that it is deployed from", push.map(str::to_owned).to_vec());
    let python = python(subject);
    let version = if python == PYTHON {
        format!("\"Advanced settings\": Python {PYTHON}, as by default")
    } else {
        format!("\"Advanced settings\": choose Python {python}; {PYTHON} is the default")
    };
    let mut deploy = Step::new("Deploy it on https://share.streamlit.io", Vec::new())
        .note("\"Create app\", then the repository and the branch")
        .note(format!("\"Main file path\": {}", subject.app.file))
        .note(version);
    if !secrets.is_empty() {
        deploy = deploy.note(format!("\"Secrets\": {}, as in {SECRETS}", secrets.join(", ")));
    }
    vec![push, deploy]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(dockerfile_text: &str, config: &str) -> Option<String> {
        let file = |path: &str, text: &str| (path.parse().unwrap(), text.as_bytes().to_vec());
        let repo = Repo::from_files([
            file("Dockerfile", dockerfile_text),
            file(SETTINGS, config),
            file("app.py", "import streamlit as st\n"),
        ]);
        let left = without(config, &["port", "address"]).unwrap();
        let after = repo.with([file(SETTINGS, &left)]);
        dockerfile(&repo, &after, &StreamlitSettings::read(config).unwrap()).map(|(text, _)| text)
    }

    #[test]
    fn what_leaves_the_settings_goes_to_the_image() {
        const CONFIG: &str = "[server]\nport = 8080\naddress = \"0.0.0.0\"\n";
        let env = "ENV STREAMLIT_SERVER_PORT=8080 \\\n    STREAMLIT_SERVER_ADDRESS=0.0.0.0\n";
        let (from, cmd) = ("FROM python:3.13\nCOPY . .\n", "# Start\nCMD [\"streamlit\", \"run\", \"app.py\"]\n");
        assert_eq!(of(&format!("{from}{cmd}"), CONFIG), Some(format!("{from}{env}{cmd}")));
        for given in [
            "CMD [\"streamlit\", \"run\", \"app.py\", \"--server.port=8080\", \"--server.address=0.0.0.0\"]\n",
            "CMD streamlit run app.py --server.port 8080\n",
            "CMD streamlit run app.py --server.port $PORT --server.address $HOST\n",
            "ENV STREAMLIT_SERVER_PORT=8080\nCMD streamlit run app.py\n",
        ] {
            assert_eq!(of(&format!("{from}{given}"), CONFIG), None, "{given}");
        }
        // The variable counted before, and the default now is the same
        assert_eq!(of(&format!("{from}{cmd}"), "[server]\nport = 8501\n"), None);
        let odd = format!("{from}ENTRYPOINT [\"sh\", \"-c\"]\nCMD [\"streamlit run $APP\"]\n");
        assert_eq!(of(&odd, CONFIG).map(|text| text.matches(env).count()), Some(1));
    }

    #[test]
    fn secrets_are_added_before_tables() {
        let merged =
            with_secrets("# mine\nKEY = \"\"\n[db]\nuser = \"\"\n", "# ours\nKEY = \"\"\nOTHER = \"\"\n").unwrap();
        assert_eq!(merged.text, "OTHER = \"\"\n# mine\nKEY = \"\"\n[db]\nuser = \"\"\n");
        assert_eq!(merged.added, ["`OTHER`"]);
    }
}
