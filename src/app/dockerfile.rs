//! A Dockerfile that is there already: it is kept, whatever it runs.

use super::frameworks::DOCKERFILE;
use super::model::{App, Evidence, Note, Seen};
use super::project::Project;
use super::space::ExistingSpace;
use crate::formats::own_file::{OWN_FILE, OwnFile};
use crate::repo::FileKind;

/// The name of the file at the root.
const NAME: &str = "Dockerfile";

/// Puts the Dockerfile before the apps, if there is one that is not of our making.
pub(super) fn first(project: &Project<'_>, space: &ExistingSpace, apps: Vec<App>) -> Vec<App> {
    let is_other = space.sdk().is_some_and(|sdk| matches!(sdk, "gradio" | "static"));
    // A link may lead anywhere, and what it leads to is not read
    let regular = project.repo.get(NAME).filter(|file| file.kind() == FileKind::Regular);
    let Some(file) = regular.filter(|_| !is_other && !is_ours(project)) else { return apps };
    let mut app = App::new(DOCKERFILE, NAME);
    app.evidence = vec![Evidence::file(NAME, "is there, and is kept as it is")];
    app.score = i32::MAX / 2;
    if let Some(best) = apps.first() {
        let evidence = best.evidence.first().cloned().unwrap_or_else(|| Evidence::file(&best.file, "is in it"));
        app.inside = Some(Seen::usual(best.framework, evidence));
        app.title.clone_from(&best.title);
        app.environment.clone_from(&best.environment);
        app.models.clone_from(&best.models);
        app.datasets.clone_from(&best.datasets);
    }
    let inside = apps.first().and_then(|app| app.server.port.as_ref()).filter(|port| port.is_certain());
    app.notes.extend(super::files::note(project.repo));
    app.server.port = space.app_port.clone().or_else(|| exposed(file.text()?, &mut app.notes));
    if let (Some(port), Some(named)) = (&app.server.port, inside)
        && named.value != port.value
    {
        let note = Note::new(format!("the code listens on {}, and {} is exposed", named.value, port.value));
        let help = format!("take {} if nothing else is done about it", named.value);
        app.notes.push(note.help(help).or_answer("port", named.value.to_string()).seen(named.evidence.clone()));
    }
    std::iter::once(app).chain(apps).collect()
}

/// Whether the answers beside it say that a template made it.
fn is_ours(project: &Project<'_>) -> bool {
    let kept = project.repo.text(OWN_FILE).and_then(|text| OwnFile::read(text).ok());
    kept.is_some_and(|kept| kept.get("template").is_some() && kept.text("app_file") != Some(NAME))
}

/// The port of the last `EXPOSE`, if it names one, and one that a Space can have.
fn exposed(text: &str, notes: &mut Vec<Note>) -> Option<Seen<u16>> {
    let keyword = "EXPOSE";
    let exposes = |line: &str| {
        let line = line.trim_start();
        line.get(..keyword.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(keyword))
            .then(|| line[keyword.len()..].trim().to_owned())
    };
    let lines = text.lines().enumerate().filter_map(|(number, line)| Some((number + 1, exposes(line)?)));
    let (line, ports) = lines.last()?;
    let port: u16 = ports.trim_end_matches("/tcp").parse().ok()?;
    let evidence = Evidence::line(NAME, line, format!("exposes {port}"));
    if port < crate::facts::limits::APP_PORT_MIN {
        let note = Note::new(format!(
            "the Dockerfile exposes {port}, and a Space answers on {} or above",
            crate::facts::limits::APP_PORT_MIN
        ));
        notes.push(note.help("let the app listen on another port, and say which").or_answer_to("port").seen(evidence));
        return None;
    }
    Some(Seen::usual(port, evidence))
}
