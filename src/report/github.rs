//! Findings as commands of a GitHub workflow, which shows them beside the lines.
//!
//! Source: <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>.

use super::check_json::location;
use crate::check::{Diagnostic, Level};
use crate::repo::Repo;

/// A command for each finding.
#[must_use]
pub fn check_github(folders: &[(String, Repo, Vec<Diagnostic>)]) -> String {
    let mut text = String::new();
    for (name, repo, diagnostics) in folders {
        for diagnostic in diagnostics {
            text.push_str(&command(name, repo, diagnostic));
        }
    }
    text
}

fn command(name: &str, repo: &Repo, diagnostic: &Diagnostic) -> String {
    let place = location(repo, &diagnostic.place);
    let folder = if matches!(name, "." | "-") { String::new() } else { format!("{}/", name.trim_end_matches('/')) };
    let mut properties = vec![("file", format!("{folder}{}", place.path))];
    let numbers = [
        ("line", place.line),
        ("endLine", place.end_line),
        // Columns are for findings within one line
        ("col", place.column.filter(|_| place.line == place.end_line)),
        ("endColumn", place.end_column.filter(|_| place.line == place.end_line)),
    ];
    properties.extend(numbers.into_iter().filter_map(|(key, value)| Some((key, value?.to_string()))));
    properties.push(("title", diagnostic.rule.to_owned()));
    let properties: Vec<String> = properties.iter().map(|(key, value)| format!("{key}={}", property(value))).collect();
    let word = if diagnostic.level == Level::Error { "error" } else { "warning" };
    let help = diagnostic.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    format!("::{word} {}::{}\n", properties.join(","), data(&format!("{}{help}", diagnostic.message)))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
