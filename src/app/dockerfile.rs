//! A Dockerfile that is there already: it is kept, whatever it runs.

use super::model::{Answered, App, Evidence, Facts, Framework, Note};
use super::project::Project;
use super::space::ExistingSpace;
use crate::formats::own_file::{OWN_FILE, OwnFile};
use crate::repo::FileKind;

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
    let inside = apps.first().filter(|app| app.facts.port_is_fixed).and_then(|app| app.facts.port.clone());
    facts.notes.extend(super::files::note(project.repo));
    facts.port = super::proposal::port_of_space(project, space).or_else(|| exposed(file.text()?, &mut facts.notes));
    if let (Some((port, _)), Some((named, evidence))) = (&facts.port, inside)
        && named != *port
    {
        let note = Note::new(format!("the code listens on {named}, and {port} is exposed"));
        facts.notes.push(
            note.help(format!("take {named} if nothing else is done about it"))
                .or_answer("port", named.to_string())
                .seen(evidence),
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
    let kept = project.repo.text(OWN_FILE).and_then(|text| OwnFile::read(text).ok());
    kept.is_some_and(|kept| kept.get("template").is_some() && kept.text("app_file") != Some(NAME))
}

/// The port of the last `EXPOSE`, if it names one, and one that a Space can have.
fn exposed(text: &str, notes: &mut Vec<Note>) -> Option<(u16, Evidence)> {
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
    Some((port, evidence))
}
