//! Findings as commands of a GitHub workflow, which shows them beside the lines.
//!
//! Source: <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>.

use super::check_json::location;
use super::{Checked, Printable, skipped};
use crate::check::{Diagnostic, Level};
use crate::escape::{defused, shown};
use crate::repo::Repo;

/// A command for each finding, and for each folder that could not be checked.
pub(super) fn all(folders: &[Checked]) -> Printable {
    let mut text = Printable::new();
    for folder in folders {
        if let Err(failed) = &folder.outcome {
            text.workflow_command("error", "title=spaces-new", &data(&failed.message));
        }
    }
    for (name, repo, diagnostics) in folders.iter().filter_map(Checked::found) {
        for diagnostic in diagnostics {
            command(name, repo, diagnostic, &mut text);
        }
        if let Some(line) = skipped::line(repo) {
            text.workflow_command("notice", "title=skipped", &data(&format!("{name}: {line}")));
        }
    }
    text
}

fn command(name: &str, repo: &Repo, diagnostic: &Diagnostic, text: &mut Printable) {
    let place = location(repo, &diagnostic.place);
    let folder = if matches!(name, "." | "-") { String::new() } else { format!("{}/", name.trim_end_matches('/')) };
    let mut properties = vec![("file", format!("{folder}{}", place.path))];
    let numbers = [
        ("line", place.line),
        ("endLine", place.end_line),
        // Columns are only for findings within one line
        ("col", place.column.filter(|_| place.line == place.end_line)),
        ("endColumn", place.end_column.filter(|_| place.line == place.end_line)),
    ];
    properties.extend(numbers.into_iter().filter_map(|(key, value)| Some((key, value?.to_string()))));
    properties.push(("title", diagnostic.rule.to_owned()));
    let properties: Vec<String> = properties.iter().map(|(key, value)| format!("{key}={}", property(value))).collect();
    let word = if diagnostic.level == Level::Error { "error" } else { "warning" };
    let help = diagnostic.help.as_ref().map(|help| format!("%0Ahelp: {}", data(help))).unwrap_or_default();
    text.workflow_command(word, &properties.join(","), &format!("{}{help}", data(&diagnostic.message)));
}

/// A one-line value for GitHub. [`shown`] ensures that it contains no line break.
fn data(text: &str) -> String {
    defused(&shown(text)).replace('%', "%25")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
