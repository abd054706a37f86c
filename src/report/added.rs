//! What is added to an app for another platform, as text and as data.

use std::path::Path;

use serde_json::{Value, json};

use super::Printable;
use super::adopted::{counted, merge_table, note_lines};
use super::adopted_json::{conflict_json, file_json, note_json};
use super::check_text::check_text;
use super::diff::merge_diff;
use super::json::pretty;
use super::text::what_to_do;
use super::wrap::wrap_to;
use crate::adopt::Addition;

/// An addition that was made, or would be.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct AddedTo<'a> {
    folder: &'a Path,
    addition: &'a Addition,
    dry_run: bool,
    with_diff: bool,
    columns: Option<usize>,
}

impl<'a> AddedTo<'a> {
    /// A report about the changes in a folder.
    #[must_use]
    pub fn new(folder: &'a Path, addition: &'a Addition) -> Self {
        Self { folder, addition, dry_run: false, with_diff: false, columns: None }
    }

    /// Marks the report as one of a dry run: nothing was written.
    #[must_use]
    pub fn dry_run(self, dry_run: bool) -> Self {
        Self { dry_run, ..self }
    }

    /// Shows the changes as a diff.
    #[must_use]
    pub fn with_diff(self, with_diff: bool) -> Self {
        Self { with_diff, ..self }
    }

    /// Breaks sentences between words for a terminal of this many columns. Commands stay whole, to be copied.
    #[must_use]
    pub fn in_columns(self, columns: Option<usize>) -> Self {
        Self { columns, ..self }
    }
}

/// What was added, what is left to do, and the next steps.
#[must_use]
pub fn added_text(report: &AddedTo<'_>) -> Printable {
    let addition = report.addition;
    let (mut text, width) = (Printable::new(), report.columns.unwrap_or(usize::MAX));
    if let Some(command) = &addition.added.command {
        text.line(command);
    } else {
        wrap_to(&mut text, "", "", &headline(report), width);
        text.blank();
        text.line(format!("{}:", report.folder.display()));
        text.append(&merge_table(&addition.merge));
    }
    for note in &addition.added.notes {
        text.blank();
        note_lines(note, &mut text);
    }
    if report.with_diff {
        text.blank();
        text.source(merge_diff(&addition.merge));
    }
    if !addition.findings.is_empty() {
        text.blank();
        text.line("The check reports on the result:");
        text.blank();
        text.append(&check_text(&report.folder.display().to_string(), &addition.after, &addition.findings));
    }
    if addition.added.command.is_none() && (report.dry_run || addition.merge.is_nothing()) {
        text.blank();
        text.line(if report.dry_run {
            "Nothing was written."
        } else {
            "Everything exists already; nothing was written."
        });
    }
    if report.dry_run {
        return text;
    }
    for step in &addition.added.steps {
        what_to_do(step, width, &mut text);
    }
    text
}

fn headline(report: &AddedTo<'_>) -> String {
    let verb = if report.dry_run { "Would add" } else { "Added" };
    let (name, file) = (report.addition.target.name(), &report.addition.app.file);
    format!("{verb} what {name} needs to `{file}`: {}", counted(&report.addition.merge))
}

/// The same as data.
#[must_use]
pub fn added_json(report: &AddedTo<'_>) -> Printable {
    let addition = report.addition;
    let kept = addition.added.kept.iter().map(|(key, value)| ((*key).to_owned(), Value::from(value.as_str())));
    let mut value = json!({
        "ok": addition.merge.conflicts().next().is_none(),
        "dry_run": report.dry_run,
        "directory": report.folder.display().to_string(),
        "target": addition.target.id(),
        "app_file": addition.app.file,
        "choices": Value::Object(kept.collect()),
        "command": addition.added.command,
        "notes": addition.added.notes.iter().map(note_json).collect::<Vec<_>>(),
        "files": addition.merge.files().iter().map(file_json).collect::<Vec<_>>(),
        "findings": super::check_json::findings(&addition.after, &addition.findings),
        "next_steps": addition.added.steps,
    });
    let conflicts: Vec<Value> = addition.merge.conflicts().map(conflict_json).collect();
    if let Some(object) = value.as_object_mut() {
        if !conflicts.is_empty() {
            object.insert("errors".to_owned(), Value::from(conflicts));
        }
        if report.with_diff {
            object.insert("diff".to_owned(), Value::from(merge_diff(&addition.merge)));
        }
    }
    pretty(&value)
}
