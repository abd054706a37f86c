//! What a log says, as text and as data.

use serde_json::{Value, json};

use super::Printable;
use super::check_json::findings;
use super::json::pretty;
use super::wrap::wrap;
use crate::check::{Diagnostic, Lines};
use crate::diagnose::{Confidence, Diagnosed, Diagnosis};
use crate::repo::Repo;

/// The maximum number of findings of a repository that are shown.
const SHOWN: usize = 5;

const INDENT: &str = "    ";

/// One screen: the line that decides, what it means, what to do; and where the fault is in a repository, if one was given with its
/// name. `log` is the name of the log.
#[must_use]
pub fn diagnosed_text(log: &str, diagnosed: &Diagnosed, space: Option<(&str, &Repo)>) -> Printable {
    let mut text = Printable::new();
    for (index, diagnosis) in diagnosed.diagnoses.iter().enumerate() {
        if index > 0 {
            text.blank();
        }
        add_diagnosis(&mut text, log, diagnosis, space);
    }
    if diagnosed.diagnoses.is_empty() {
        unknown(log, diagnosed, &mut text);
    }
    text
}

/// A known message: its line, what it means, what to do, and where the fault is in a repository.
pub(super) fn add_diagnosis(text: &mut Printable, log: &str, diagnosis: &Diagnosis, space: Option<(&str, &Repo)>) {
    let likely = if diagnosis.confidence == Confidence::Likely { " (likely, not certain)" } else { "" };
    text.line(format!("{log}:{}{likely}", diagnosis.line));
    text.line(format!("{INDENT}{}", diagnosis.message));
    text.blank();
    text.line("What it means:");
    wrap(text, INDENT, INDENT, &diagnosis.cause);
    text.line("What to do:");
    wrap(text, INDENT, INDENT, &diagnosis.fix);
    if let Some(rule) = diagnosis.rule {
        text.blank();
        text.line(format!("Rule: {rule} (`spaces-new explain {rule}`)"));
    }
    if let Some((name, repo)) = space {
        places(name, repo, diagnosis, text);
    }
}

/// What the check finds in the repository for the same fault.
fn places(name: &str, repo: &Repo, diagnosis: &Diagnosis, text: &mut Printable) {
    let found = &diagnosis.findings;
    if found.is_empty() && diagnosis.rule.is_none() {
        return;
    }
    if found.is_empty() {
        wrap(text, &format!("In `{name}`: "), INDENT, "`spaces-new check` does not find this fault there.");
        return;
    }
    text.line(format!("In `{name}`:"));
    for finding in found.iter().take(SHOWN) {
        wrap(text, INDENT, "      ", &format!("{}: {}", place(repo, finding), finding.message));
    }
    if found.len() > SHOWN {
        text.line(format!("{INDENT}and {} more", found.len() - SHOWN));
    }
}

/// `Dockerfile:7`
fn place(repo: &Repo, finding: &Diagnostic) -> String {
    let path = finding.place.path();
    let line = finding.place.range().and_then(|range| Some(Lines::of(repo, path)?.line(range.start)));
    line.map_or_else(|| path.to_owned(), |line| format!("{path}:{line}"))
}

fn unknown(log: &str, diagnosed: &Diagnosed, text: &mut Printable) {
    text.line(format!("{log}: no known message was found in {}", lines(diagnosed.lines)));
    match &diagnosed.first_error {
        Some(error) => {
            text.blank();
            text.line(format!("The first line that looks like an error is line {}:", error.line));
            text.line(format!("{INDENT}{}", error.message));
            text.blank();
            let may_be_own = error.message.split(": ").next().is_some_and(is_exception);
            let app = if may_be_own { ": it may be a fault of the app itself" } else { "" };
            wrap(text, "", "", &format!("What it means is not known here{app}."));
        }
        None if diagnosed.has_failed => {
            let why = "It says that something has failed, and not why: it is incomplete, or was cut. Get the whole log, with the \
                       lines before the end of the step that failed.";
            wrap(text, "", "", why);
        }
        None if diagnosed.lines > 0 => text.line("Nothing in it looks like an error."),
        None => {}
    }
}

/// `ValueError`, `sqlalchemy.exc.OperationalError`
fn is_exception(name: &str) -> bool {
    let is_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.');
    name.ends_with("Error") && name.chars().all(is_name)
}

fn lines(count: u64) -> String {
    match count {
        0 => "it: it is empty, or is not a text".to_owned(),
        1 => "its only line".to_owned(),
        _ => format!("its {count} lines"),
    }
}

/// The same as data.
#[must_use]
pub fn diagnosed_json(diagnosed: &Diagnosed, space: Option<&Repo>) -> Printable {
    let known = diagnoses_json(&diagnosed.diagnoses, space);
    let error = diagnosed.first_error.as_ref();
    pretty(&json!({
        "diagnoses": known,
        "first_error": error.map(|error| json!({"line": error.line, "message": error.message})),
        "has_failed": diagnosed.has_failed,
        "lines": diagnosed.lines,
    }))
}

pub(super) fn diagnoses_json(diagnoses: &[Diagnosis], space: Option<&Repo>) -> Vec<Value> {
    diagnoses.iter().map(|diagnosis| data(diagnosis, space)).collect()
}

fn data(diagnosis: &Diagnosis, space: Option<&Repo>) -> Value {
    let mut document = json!({
        "line": diagnosis.line,
        "message": diagnosis.message,
        "cause": diagnosis.cause,
        "fix": diagnosis.fix,
        "rule": diagnosis.rule,
        "confidence": diagnosis.confidence.as_str(),
        "id": diagnosis.id(),
        "stage": diagnosis.stage().as_str(),
        "source": diagnosis.source(),
    });
    if let (Some(repo), Some(object)) = (space, document.as_object_mut()) {
        object.insert("findings".to_owned(), Value::from(findings(repo, &diagnosis.findings)));
    }
    document
}
