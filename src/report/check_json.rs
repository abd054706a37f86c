//! Findings for programs.

use serde::Serialize;

use super::checked::Failed;
use super::{Checked, Printable};
use crate::check::{Diagnostic, Edit, Level, Lines, Place, Rule, Safety, rule};
use crate::repo::{Repo, Skipped};

#[derive(Serialize)]
struct Folder<'a> {
    #[serde(rename = "folder")]
    name: &'a str,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Finding<'a>>,
    /// What was skipped; empty if nothing was.
    skipped: Vec<Skipped>,
    #[serde(skip_serializing_if = "Option::is_none")]
    diff: Option<&'a str>,
    /// Why the folder could not be checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<Failure<'a>>,
}

#[derive(Serialize)]
struct Failure<'a> {
    message: &'a str,
    hint: Option<&'a str>,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'static str,
    group: Option<&'static str>,
    level: &'static str,
    message: &'a str,
    #[serde(flatten)]
    location: Location<'a>,
    label: &'a str,
    help: Option<&'a str>,
    related: Vec<Related<'a>>,
    fixes: Vec<Repair<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    location: Location<'a>,
    label: &'a str,
}

/// A place. Lines and columns count from 1, columns in characters, bytes from 0; a whole file has none of them.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Location<'a> {
    pub(super) path: &'a str,
    pub(super) line: Option<usize>,
    pub(super) column: Option<usize>,
    pub(super) end_line: Option<usize>,
    pub(super) end_column: Option<usize>,
    pub(super) byte_start: Option<usize>,
    pub(super) byte_end: Option<usize>,
}

#[derive(Serialize)]
struct Repair<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    path: &'a str,
    byte_start: usize,
    byte_end: usize,
    text: &'a str,
}

/// The findings of folders.
pub(super) fn all(folders: &[Checked]) -> Printable {
    let folders: Vec<Folder<'_>> = folders
        .iter()
        .map(|folder| Folder {
            name: &folder.name,
            errors: folder.count(Level::Error),
            warnings: folder.count(Level::Warning),
            diagnostics: folder.found().map_or_else(Vec::new, |(_, repo, diagnostics)| {
                diagnostics.iter().map(|diagnostic| finding(repo, diagnostic)).collect()
            }),
            skipped: folder.found().map_or_else(Vec::new, |(_, repo, _)| repo.skipped()),
            diff: folder.diff(),
            failure: folder
                .outcome
                .as_ref()
                .err()
                .map(|Failed { message, hint }| Failure { message, hint: hint.as_deref() }),
        })
        .collect();
    super::json::pretty(&folders)
}

/// Findings as data.
pub(super) fn findings(repo: &Repo, diagnostics: &[Diagnostic]) -> Vec<serde_json::Value> {
    diagnostics.iter().filter_map(|diagnostic| serde_json::to_value(finding(repo, diagnostic)).ok()).collect()
}

fn finding<'a>(repo: &Repo, diagnostic: &'a Diagnostic) -> Finding<'a> {
    let change = |edit: &'a Edit| Change {
        path: &edit.path,
        byte_start: edit.range.start,
        byte_end: edit.range.end,
        text: &edit.text,
    };
    let fixes = diagnostic.fixes.iter().map(|fix| Repair {
        title: &fix.title,
        safe: fix.safety == Safety::Safe,
        edits: fix.edits.iter().map(change).collect(),
    });
    let related = diagnostic
        .related
        .iter()
        .map(|related| Related { location: location(repo, &related.place), label: &related.label });
    Finding {
        rule: diagnostic.rule,
        group: rule(diagnostic.rule).map(|rule| rule.group().as_str()),
        level: diagnostic.level.as_str(),
        message: &diagnostic.message,
        location: location(repo, &diagnostic.place),
        label: &diagnostic.label,
        help: diagnostic.help.as_deref(),
        related: related.collect(),
        fixes: fixes.collect(),
    }
}

/// The lines and columns of a place, if the file is text.
pub(super) fn location<'a>(repo: &Repo, place: &'a Place) -> Location<'a> {
    let range = place.range();
    let positions = range
        .clone()
        .zip(Lines::of(repo, place.path()))
        .map(|(range, lines)| (lines.position(range.start), lines.position(range.end)));
    Location {
        path: place.path(),
        line: positions.map(|(start, _)| start.0),
        column: positions.map(|(start, _)| start.1),
        end_line: positions.map(|(_, end)| end.0),
        end_column: positions.map(|(_, end)| end.1),
        byte_start: range.as_ref().map(|range| range.start),
        byte_end: range.as_ref().map(|range| range.end),
    }
}

#[derive(Serialize)]
struct RuleRow {
    id: &'static str,
    group: &'static str,
    level: &'static str,
    summary: &'static str,
}

impl RuleRow {
    fn of(rule: &Rule) -> Self {
        Self {
            id: rule.id(),
            group: rule.group().as_str(),
            level: rule.group().level().as_str(),
            summary: rule.summary(),
        }
    }
}

/// Every rule.
#[must_use]
pub fn rules_json() -> Printable {
    super::json::pretty(&crate::check::rules().iter().map(RuleRow::of).collect::<Vec<_>>())
}

/// A rule, with its documentation and the messages of logs that it explains.
#[derive(Serialize)]
struct ExplainedRule {
    #[serde(flatten)]
    rule: RuleRow,
    documentation: &'static str,
    messages: Vec<&'static str>,
}

/// A rule's documentation, for programs.
#[must_use]
pub fn explain_json(rule: &Rule) -> Printable {
    let (documentation, messages) = (rule.docs(), super::rules::seen(rule));
    super::json::pretty(&ExplainedRule { rule: RuleRow::of(rule), documentation, messages })
}
