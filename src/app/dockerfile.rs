//! An existing Dockerfile: it is kept, whatever it runs.

use std::ops::Range;

use super::compose::Compose;
use super::frameworks::DOCKERFILE;
use super::hub::space::ExistingSpace;
use super::model::{App, Evidence, Note, Seen};
use super::project::Project;
use super::start::in_image::{self, At};
use super::start::servers::Given;
use crate::facts::limits::{APP_PORT_DEFAULT, APP_PORT_MIN};
use crate::formats::dockerfile::{Dockerfile, image_defaults};
use crate::formats::own_file::{OWN_FILE, OwnFile};
use crate::formats::python::Sources;
use crate::repo::{FileKind, Lines, Repo};

/// The name of the file at the root.
const NAME: &str = "Dockerfile";

/// Puts the Dockerfile before the apps, if one exists that no template made.
pub(super) fn first(project: &Project<'_>, space: &ExistingSpace, apps: Vec<App>) -> Vec<App> {
    let is_other = space.sdk().is_some_and(|sdk| matches!(sdk, "gradio" | "static"));
    // A link may lead anywhere, and its target is not read
    let regular = project.repo.get(NAME).filter(|file| file.kind() == FileKind::Regular);
    let Some(file) = regular.filter(|_| !is_other && !is_ours(project)) else { return apps };
    let mut app = App::new(DOCKERFILE, NAME);
    app.evidence = vec![Evidence::file(NAME, "exists, and is kept")];
    app.score = i32::MAX / 2;
    if let Some(best) = apps.first() {
        let evidence = best.evidence.first().cloned().unwrap_or_else(|| Evidence::file(&best.file, "is in it"));
        app.inside = Some(Seen::usual(best.framework, evidence));
        app.title.clone_from(&best.title);
        app.environment.clone_from(&best.environment);
        app.models.clone_from(&best.models);
        app.datasets.clone_from(&best.datasets);
    }
    app.notes.extend(super::files::note(project.repo));
    let named = apps.first().and_then(|app| app.server.port.as_ref());
    // The image may start another file than the scripts
    let is_left_out = |port: &&Seen<u16>| {
        let text = file.text().unwrap_or_default();
        in_image::leaves_out(project.repo, &Dockerfile::read(text), &port.evidence.path)
    };
    let named = named.filter(|port| !is_left_out(port));
    app.server.port =
        space.app_port.clone().or_else(|| port(project.repo, file.text()?, named.cloned(), &mut app.notes));
    // If the image itself sets its port, the code was already read for it
    let is_said = |port: &Seen<u16>| port.evidence.why.starts_with("exposes") || port.evidence.path == "README.md";
    if let (Some(port), Some(named)) = (&app.server.port, named.filter(|named| named.is_certain()))
        && is_said(port)
        && named.value != port.value
    {
        let note = Note::new(format!("the code listens on {}, and {} is exposed", named.value, port.value));
        let help = format!("use {} unless you change one of the two", named.value);
        app.notes.push(note.help(help).or_answer("port", named.value.to_string()).seen(named.evidence.clone()));
    }
    std::iter::once(app).chain(apps).collect()
}

/// Whether the answers beside it show that a template made it.
fn is_ours(project: &Project<'_>) -> bool {
    let kept = project.repo.text(OWN_FILE).and_then(|text| OwnFile::read(text).ok());
    kept.is_some_and(|kept| kept.get("template").is_some() && kept.text("app_file") != Some(NAME))
}

/// The port of the image: from its command, its settings or its script, otherwise the exposed one. If neither says it, or several
/// do, that is reported, with the port in the code as a hint.
fn port(repo: &Repo, text: &str, in_code: Option<Seen<u16>>, notes: &mut Vec<Note>) -> Option<Seen<u16>> {
    let dockerfile = Dockerfile::read(text);
    let lines = Lines::of_text(text);
    let line = |range: &Range<usize>, why: String| Evidence::line(NAME, lines.line(range.start), why);
    if let Some((port, at, variable)) = in_image::likely_port(repo, &dockerfile, &Sources::default()) {
        let why = match variable {
            None => format!("the server listens on {port}"),
            Some(name) => format!("the server listens on {port} unless `{name}` is set"),
        };
        let evidence = match at {
            At::Dockerfile(range) => line(&range, why),
            At::File { path, range, .. } => {
                let number = Lines::of(repo, &path).map(|lines| lines.line(range.start));
                Evidence { path, line: number, why }
            }
        };
        return usable(port, evidence, "listens on", notes);
    }
    if let Some(own) = image_defaults::port(&dockerfile) {
        let name = own.application.name;
        let why = match own.open {
            None => format!("{name} in `{}` listens on {}", own.image, own.port),
            Some(variable) => format!("{name} in `{}` listens on {} unless `{variable}` is set", own.image, own.port),
        };
        return usable(own.port, line(&own.at, why), "listens on", notes);
    }
    let compose = Compose::of(repo);
    if let Some(note) = compose.as_ref().and_then(|compose| without_command(&dockerfile, compose)) {
        notes.push(note);
    }
    let exposed = in_image::exposed(&dockerfile);
    if let Some(port) = compose.and_then(|compose| compose.port()) {
        let is_clear = exposed.as_ref().is_some_and(|exposed| exposed.len() == 1);
        if !is_clear {
            return usable(port.value, port.evidence, "listens on", notes);
        }
    }
    let why = if exposed.is_none() { "exposes the port of an unknown variable" } else { "exposes no port" };
    let exposed = exposed.unwrap_or_default();
    let Some(Given { value: first, range }) = exposed.first() else {
        // The program in the image may use another port than the code, and its environment may set it
        let is_set = dockerfile.last_stage().is_some_and(|stage| stage.end.sets_env("PORT"));
        let in_code = in_code.filter(|port| port.value >= APP_PORT_MIN && !is_set);
        let (evidence, used) = match &in_code {
            Some(port) => (port.evidence.clone(), format!("{}, which the code names, is used", port.value)),
            None => (Evidence::file(NAME, why), format!("{APP_PORT_DEFAULT} is used")),
        };
        let note =
            Note::new("the port of the server is unknown").help(format!("{used}: give the port if it is another"));
        notes.push(note.or_answer_to("port").seen(evidence));
        return in_code;
    };
    let evidence = line(range, format!("exposes {first}"));
    if exposed.iter().any(|port| port.value != *first) {
        let ports: Vec<String> = exposed.iter().map(|port| port.value.to_string()).collect();
        let note =
            Note::new(format!("{} are exposed, and it is unknown which the server listens on", ports.join(", ")));
        let help = format!("{first} is used: give the port if it is another");
        notes.push(note.help(help).or_answer_to("port").seen(evidence.clone()));
    }
    usable(*first, evidence, "exposes", notes)
}

/// A note about a start command that only the Compose file has.
fn without_command(dockerfile: &Dockerfile<'_>, compose: &Compose<'_>) -> Option<Note> {
    if dockerfile.last_stage().is_none() || dockerfile.cmd().is_some() || dockerfile.entrypoint().is_some() {
        return None;
    }
    let (command, evidence) = compose.command()?;
    let note = Note::new(format!("the Dockerfile has no `CMD`, and the Hub does not read `{}`", compose.path));
    Some(note.help(format!("add `CMD {command}` to the Dockerfile")).seen(evidence))
}

/// A port that a Space can use.
fn usable(port: u16, evidence: Evidence, does: &str, notes: &mut Vec<Note>) -> Option<Seen<u16>> {
    if port >= APP_PORT_MIN {
        return Some(Seen::usual(port, evidence));
    }
    let note = Note::new(format!("the Dockerfile {does} {port}, and a Space answers on {APP_PORT_MIN} or above"));
    notes.push(note.help("let the app listen on another port, and give that port").or_answer_to("port").seen(evidence));
    None
}
