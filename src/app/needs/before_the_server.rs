//! Commands that another platform runs before the server, according to a `Procfile`.
//!
//! Source: <https://devcenter.heroku.com/articles/procfile>.

use crate::app::command::PORT;
use crate::app::model::{App, Evidence, Note};
use crate::app::project::Project;
use crate::facts::limits::APP_PORT_DEFAULT;
use crate::formats::dockerfile::{Command, CommandLine};
use crate::formats::procfile::processes;

const FILE: &str = "Procfile";
/// More commands than that are a script.
const COMMANDS_MAX: usize = 8;

/// The note about them: the image runs one command.
pub(super) fn note(project: &Project<'_>, app: &App) -> Option<Note> {
    let text = project.repo.text(FILE)?;
    let mut steps: Vec<String> = Vec::new();
    let mut at = None;
    for process in processes(text).filter(|process| matches!(process.name, "release" | "web")) {
        let mut commands = shown(process.command);
        if process.name == "web" {
            commands.pop();
        }
        if !commands.is_empty() {
            at = at.or(Some(process.span.start));
            // `release` runs first, wherever it stands
            let place = if process.name == "release" { 0 } else { steps.len() };
            steps.splice(place..place, commands);
        }
    }
    let at = at.filter(|_| steps.len() <= COMMANDS_MAX)?;
    let command = app.command.as_ref()?;
    let evidence: Evidence = project.evidence_at(FILE, at, "runs them before the server");
    let names: Vec<String> = steps.iter().map(|step| format!("`{step}`")).collect();
    let them = if steps.len() == 1 { "it" } else { "them" };
    let port = app.server.port.as_ref().map_or(APP_PORT_DEFAULT, |port| port.value).to_string();
    let words: Vec<String> = command.value.iter().map(|word| word.replace(PORT, &port)).collect();
    let server = shlex::try_join(words.iter().map(String::as_str)).ok()?;
    let note = Note::new(format!("`{FILE}` runs {} before the server, and the image does not", names.join(" and ")));
    let help = format!(
        "to run {them} at each start, make the start command `sh -c \"{} && exec {server}\"`; a database file is lost at each restart",
        steps.join(" && ")
    );
    Some(note.help(help).seen(evidence))
}

/// The commands of a line, as they are written. None if it is more than a list of commands.
fn shown(line: &str) -> Vec<String> {
    if line.contains(['|', ';', '`', '"', '\n']) || line.ends_with('&') {
        return Vec::new();
    }
    let commands = CommandLine::of_shell(line).commands();
    let text = |command: &Command<'_>| {
        let start = command.assignments.iter().chain(&command.words).map(|word| word.range.start).min()?;
        let end = command.words.iter().map(|word| word.range.end).max()?;
        line.get(start..end).map(str::to_owned)
    };
    commands.iter().filter_map(text).collect()
}
