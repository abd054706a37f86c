//! A Streamlit app whose file uploads fail with 403 on the Hub.
//!
//! ## What it does
//! Looks for `enableXsrfProtection` in `.streamlit/config.toml`, in the command and in the environment of an image that
//! starts Streamlit, and checks whether that file is copied into the image. An app whose code takes no file is left alone.
//!
//! ## Why it matters
//! The app runs in a frame of another site, where browsers withhold its cookie: `AxiosError: Request failed with status
//! code 403` for every upload.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! COPY --chown=user . ./
//! CMD ["streamlit", "run", "app.py", "--server.port", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! COPY --chown=user . ./
//! CMD ["streamlit", "run", "app.py", "--server.port", "7860", "--server.enableXsrfProtection=false"]
//! ```
//!
//! ## Source
//! <https://github.com/huggingface/huggingface_hub/issues/1496>,
//! <https://huggingface.co/docs/hub/spaces-cookie-limitations>

use std::ops::Range;

use super::{Cause, Check, Finding, Fix, Group, Place, Rule, Scope, Space, Subject, in_dockerfile};
use crate::app::start::in_image::started_as;
use crate::check::space::DOCKERFILE;
use crate::formats::dockerfile::{Dockerfile, Step, Who, Word};
use crate::formats::python::{Call, Source};
use crate::formats::streamlit_settings::{SETTINGS as CONFIG, StreamlitSettings, XSRF as KEY};

pub(super) const RULE: Rule =
    Rule::new("streamlit-xsrf", Group::Risky, Check::DockerfileAnd(&[Subject::Source, Subject::Files], check))
        .of(Scope::SPACES)
        .caused_by(Cause::Command);

const VARIABLE: &str = "STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION";

/// What sends a file of the visitor to the server: <https://docs.streamlit.io/develop/api-reference/widgets>.
const UPLOADERS: [&str; 3] = ["file_uploader", "camera_input", "audio_input"];
/// The same, with the arguments of `chat_input` for files and speech.
const UPLOADS: [&str; 5] = ["file_uploader", "camera_input", "audio_input", "accept_file", "accept_audio"];

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(server) = started_as(space.repo(), dockerfile, "streamlit") else { return };
    let sets_variable = dockerfile.last_stage().is_none_or(|stage| stage.end.sets_env(VARIABLE));
    let for_root = written_for_root(dockerfile);
    // As a flag, or in a file that a step writes
    if sets_variable || dockerfile.text.matches(KEY).count() > for_root.len() {
        return;
    }
    let reaches = reaches_image(space, dockerfile);
    let text = space.repo().text(CONFIG).unwrap_or_default();
    // What stands in a file that cannot be read is not known
    let Some(settings) = StreamlitSettings::read(text) else { return };
    if let Some((value, key)) = settings.xsrf {
        let is_off = value == Some(false);
        found.extend((is_off && reaches == Some(false)).then(|| left_behind(space, dockerfile, key)));
        return;
    }
    if uploads_nothing(space) {
        return;
    }
    let upload = python(space).find_map(|(path, text)| Some(Place::bytes(path, uploader(text)?)));
    let mut finding =
        Finding::new(in_dockerfile(server.command.range()), "uploads to this app fail with 403 on the Hub")
            .label("XSRF protection is on by default")
            .help(format!(
                "set `enableXsrfProtection = false` under `[server]` in {CONFIG}, and copy that folder into the image"
            ));
    let misspelt = misspelt_variable(dockerfile);
    if let Some(name) = misspelt {
        let fix = Fix::safe(format!("write `{VARIABLE}`")).replace(DOCKERFILE, name.range.clone(), VARIABLE);
        finding = finding
            .related(in_dockerfile(name.range.clone()), format!("Streamlit does not know `{}`", name.text))
            .help(format!("write `{VARIABLE}`"))
            .fix(fix);
    }
    if let Some(place) = for_root.into_iter().next() {
        finding =
            finding.related(in_dockerfile(place), "this is in the home of root, and the Hub runs the app as UID 1000");
    }
    if let Some(place) = upload {
        finding = finding.related(place, "this upload");
    }
    if reaches != Some(true) || misspelt.is_some() {
        found.push(finding);
        return;
    }
    if space.repo().get(CONFIG).is_none() {
        let text = "[server]\nenableXsrfProtection = false\n";
        finding = finding.fix(Fix::safe(format!("create {CONFIG}")).insert(CONFIG, 0, text));
    } else if let Some(at) = settings.first_line_of_server {
        let fix = Fix::safe(format!("set it in {CONFIG}"));
        finding = finding.fix(fix.insert(CONFIG, at, "enableXsrfProtection = false\n"));
    }
    found.push(finding);
}

/// Whether `.streamlit/config.toml` gets into the image; none if that is not known.
fn reaches_image(space: &Space<'_>, dockerfile: &Dockerfile<'_>) -> Option<bool> {
    if space.dockerignore().keeps_out(CONFIG).is_some() {
        return Some(false);
    }
    let copies = |matches: fn(&str) -> bool| {
        let copies = dockerfile.copies().filter(|(_, copy)| copy.flag("from").is_none());
        let mut sources = copies.flat_map(|(_, copy)| &copy.sources);
        sources.any(|source| matches(source.text.trim_start_matches("./").trim_matches('/')))
    };
    if copies(|path| matches!(path, "" | ".") || path.starts_with(".streamlit")) {
        return Some(true);
    }
    let may_bring = dockerfile.runs().any(|(_, run)| {
        let fetches = |name: &str| matches!(name, "git" | "curl" | "wget");
        !run.flags.is_empty() || run.commands.iter().any(|command| command.program().is_some_and(fetches))
    });
    (!may_bring && !copies(|path| path.contains(['*', '?', '[', '$', ':']))).then_some(false)
}

/// The settings are right, and no step copies them.
fn left_behind(space: &Space<'_>, dockerfile: &Dockerfile<'_>, key: Range<usize>) -> Finding {
    let finding = Finding::new(Place::bytes(CONFIG, key), "this setting is not in the image")
        .label("uploads fail with 403 on the Hub without it")
        .help("copy the folder: `COPY .streamlit ./.streamlit`");
    let start = dockerfile.cmd().or_else(|| dockerfile.entrypoint()).map(|(step, _)| step.keyword.start);
    match start.filter(|_| space.dockerignore().keeps_out(CONFIG).is_none()) {
        Some(start) => {
            let fix = Fix::safe("copy it before the app starts");
            finding.fix(fix.insert(DOCKERFILE, start, "COPY .streamlit ./.streamlit\n"))
        }
        None => finding,
    }
}

/// Where a step that runs as root writes the setting under its own home, which the Hub's user cannot read.
fn written_for_root(dockerfile: &Dockerfile<'_>) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let as_root = |step: &Step<'_>| step.before.who() == Who::Root && !step.before.sets_env("HOME");
    for (_, run) in dockerfile.image_runs().filter(|(step, _)| as_root(step)) {
        let text = run.line.text();
        if ["~/.streamlit", "/root/.streamlit", "$HOME/.streamlit"].iter().any(|folder| text.contains(folder)) {
            let start = run.line.range.start;
            places.extend(text.match_indices(KEY).map(|(at, _)| start + at..start + at + KEY.len()));
        }
    }
    places
}

/// The variable without its inner underscores, which people write and Streamlit does not read.
fn misspelt_variable<'d>(dockerfile: &'d Dockerfile<'d>) -> Option<&'d Word<'d>> {
    let assignments = dockerfile.image_envs().map(|(_, assignments)| assignments);
    let plain = |name: &str| name.replace('_', "").to_uppercase();
    assignments.flatten().map(|assignment| &assignment.name).find(|name| plain(&name.text) == plain(VARIABLE))
}

/// Whether the app is here, and none of its code names what sends files.
fn uploads_nothing(space: &Space<'_>) -> bool {
    let names = |words: &[&str]| python(space).any(|(_, text)| words.iter().any(|word| text.contains(word)));
    names(&["import streamlit", "from streamlit"]) && !names(&UPLOADS)
}

/// Where code asks for an upload.
fn uploader(text: &str) -> Option<Range<usize>> {
    // Few files do, and others are not read
    let is_read = UPLOADERS.iter().any(|name| text.contains(name));
    let source = is_read.then(|| Source::read(text))?;
    source.calls.iter().find(|call| UPLOADERS.contains(&call.method())).map(Call::method_range)
}

/// The files of code that can be read.
fn python<'s>(space: &'s Space<'_>) -> impl Iterator<Item = (&'s str, &'s str)> {
    let is_python = |path: &str| std::path::Path::new(path).extension().is_some_and(|ending| ending == "py");
    let files = space.repo().files().filter(move |file| is_python(file.path()));
    files.filter_map(|file| Some((file.path(), file.text()?)))
}
