//! A Dockerfile that is there already: it is kept, whatever it runs.

use std::ops::Range;

use super::image::{self, At};
use super::model::{Answered, App, Evidence, Facts, Framework, Note};
use super::project::Project;
use super::servers::Given;
use super::space::ExistingSpace;
use crate::facts::limits::{APP_PORT_DEFAULT, APP_PORT_MIN};
use crate::formats::dockerfile::Dockerfile;
use crate::repo::{FileKind, Lines, Repo};

/// The name of the file at the root.
const NAME: &str = "Dockerfile";

/// Puts the Dockerfile before the apps, if there is one that is not of our making.
pub(super) fn first(project: &Project<'_>, space: &ExistingSpace, apps: Vec<App>) -> Vec<App> {
    let is_other = space.sdk.as_deref().is_some_and(|sdk| matches!(sdk, "gradio" | "static"));
    // A link may lead anywhere, and what it leads to is not read
    let regular = project.repo.get(NAME).filter(|file| file.kind() == FileKind::Regular);
    let Some(file) = regular.filter(|_| !is_other && !is_ours(project)) else { return apps };
    let mut facts = Facts::default();
    if let Some(best) = apps.first() {
        let inside = best.evidence.first().cloned().unwrap_or_else(|| Evidence::file(&best.file, "is in it"));
        facts.answers.push(("framework", Answered::One(format!("{} in it", best.framework.name())), inside));
        let kept = ["title", "secrets", "variables", "models", "datasets"];
        let answers = best.facts.answers.iter().filter(|(key, ..)| kept.contains(key));
        facts.answers.extend(answers.cloned());
    }
    facts.notes.extend(super::files::note(project.repo));
    let named = apps.first().and_then(|app| app.facts.port.clone().map(|port| (port, app.facts.port_is_fixed)));
    let in_code = named.clone().map(|(port, _)| port);
    facts.port = super::proposal::port_of_space(project, space)
        .or_else(|| port(project.repo, file.text()?, in_code, &mut facts.notes));
    // Where the image itself says on which port it listens, the code was read for it
    let is_exposed = facts.port.as_ref().is_some_and(|(_, evidence)| evidence.why.starts_with("exposes"));
    if let (Some((port, evidence)), Some(((named, inside), true))) = (&facts.port, named)
        && (is_exposed || evidence.path == "README.md")
        && named != *port
    {
        let note = Note::new(format!("the code listens on {named}, and {port} is exposed"));
        facts.notes.push(
            note.help(format!("take {named} if nothing else is done about it"))
                .or_answer("port", named.to_string())
                .seen(inside),
        );
    }
    let app = App {
        framework: Framework::Dockerfile,
        file: NAME.to_owned(),
        object: None,
        evidence: vec![Evidence::file(NAME, "is there, and is kept as it is")],
        score: i32::MAX / 2,
        facts,
    };
    std::iter::once(app).chain(apps).collect()
}

/// Whether the answers beside it say that a template made it.
fn is_ours(project: &Project<'_>) -> bool {
    let answers = project.repo.text(".spaces-new.toml").and_then(|text| text.parse::<toml::Table>().ok());
    answers.is_some_and(|answers| {
        answers.contains_key("template") && answers.get("app_file").and_then(|file| file.as_str()) != Some(NAME)
    })
}

/// The port that the image listens on: what its command, its settings or its script say, else the one that it exposes, else the
/// one that the code names. What is not certain is said.
fn port(repo: &Repo, text: &str, in_code: Option<(u16, Evidence)>, notes: &mut Vec<Note>) -> Option<(u16, Evidence)> {
    let dockerfile = Dockerfile::read(text);
    let lines = Lines::of_text(text);
    let line = |range: &Range<usize>, why: String| Evidence::line(NAME, lines.line(range.start), why);
    if let Some((port, at, variable)) = image::likely_port(repo, &dockerfile) {
        let why = match variable {
            None => format!("the server listens on {port}"),
            Some(name) => format!("the server listens on {port} where nothing sets `{name}`"),
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
    let exposed = image::exposed(&dockerfile);
    let why = if exposed.is_none() { "exposes what only its variables say" } else { "exposes no port" };
    let exposed = exposed.unwrap_or_default();
    let Some(Given { value: first, range }) = exposed.first() else {
        if in_code.is_none() {
            let note = Note::new("nothing says which port the server listens on")
                .help(format!("{APP_PORT_DEFAULT} is taken: say which, if it is another"));
            notes.push(note.or_answer_to("port").seen(Evidence::file(NAME, why)));
        }
        return in_code;
    };
    let evidence = line(range, format!("exposes {first}"));
    if exposed.iter().any(|port| port.value != *first) {
        let ports: Vec<String> = exposed.iter().map(|port| port.value.to_string()).collect();
        let note = Note::new(format!("{} are exposed, and nothing says which the server listens on", ports.join(", ")));
        let help = format!("{first} is taken: say which, if it is another");
        notes.push(note.help(help).or_answer_to("port").seen(evidence.clone()));
    }
    usable(*first, evidence, "exposes", notes)
}

/// A port that a Space can have.
fn usable(port: u16, evidence: Evidence, does: &str, notes: &mut Vec<Note>) -> Option<(u16, Evidence)> {
    if port >= APP_PORT_MIN {
        return Some((port, evidence));
    }
    let note = Note::new(format!("the Dockerfile {does} {port}, and a Space answers on {APP_PORT_MIN} or above"));
    notes.push(note.help("let the app listen on another port, and say which").or_answer_to("port").seen(evidence));
    None
}
