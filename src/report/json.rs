//! Reports for programs. Fields are stable across minor releases; wording is not.

use serde_json::{Map, Value, json};

use super::next_steps::Step;
use super::{Made, Printable, diff};
use crate::answers::{Question, Raw, SpecError};
use crate::apply::{VcsOutcome, WriteError};
use crate::render::{Catalog, Template};

/// What was made, or would be, with the next steps; with the diff if it is wanted.
#[must_use]
pub fn made_json(made: &Made<'_>, template: &Template, steps: &[Step], with_diff: bool) -> Printable {
    let files: Vec<Value> = made
        .report
        .files
        .iter()
        .map(|file| {
            json!({
                "path": file.path.as_str(),
                "action": file.action.as_str(),
                "bytes": file.bytes,
                "mode": format!("{:o}", file.mode.bits()),
            })
        })
        .collect();
    let mut value = json!({
        "ok": true,
        "dry_run": made.dry_run,
        "directory": made.folder().display().to_string(),
        "template": made.spec.template(),
        "template_version": made.spec.template_version(),
        "answers": answers(made, template),
        "files": files,
        "vcs": vcs(&made.report.vcs),
        "finished_earlier_run": made.report.finished_earlier_run,
        "warnings": made.spec.cautions(),
        "next_steps": steps,
    });
    if with_diff && let Some(object) = value.as_object_mut() {
        object.insert("diff".to_owned(), Value::from(diff(made.plan)));
    }
    pretty(&value)
}

fn answers(made: &Made<'_>, template: &Template) -> Value {
    let keys = template.questions().iter().map(Question::key);
    let answers = keys.filter_map(|key| Some((key.to_owned(), raw(&crate::answers::answer(made.spec, key)?))));
    Value::Object(answers.collect::<Map<_, _>>())
}

pub(super) fn raw(raw: &Raw) -> Value {
    match raw {
        Raw::Text(text) => Value::from(text.as_str()),
        Raw::Integer(number) => Value::from(*number),
        Raw::Boolean(value) => Value::from(*value),
        Raw::List(items) => Value::from(items.clone()),
    }
}

fn vcs(outcome: &VcsOutcome) -> Value {
    match outcome {
        VcsOutcome::Initialised => json!({"outcome": "initialised", "branch": "main"}),
        VcsOutcome::AlreadyThere => json!({"outcome": "already-there"}),
        VcsOutcome::InsideWorkTree(root) => json!({"outcome": "inside-work-tree", "root": root.display().to_string()}),
        VcsOutcome::GitMissing => json!({"outcome": "git-missing"}),
        VcsOutcome::Failed(why) => json!({"outcome": "failed", "message": why}),
        VcsOutcome::NotWanted => json!({"outcome": "not-wanted"}),
    }
}

/// Problems with answers, and what would mend them all.
#[must_use]
pub fn errors_json(errors: &[SpecError], hint: Option<&str>) -> Printable {
    let of_answer = |error: &SpecError| {
        json!({
            "key": error.key(),
            "flag": error.flag().map(|flag| format!("--{flag}")),
            "line": error.line(),
            "missing": error.is_missing(),
            "message": error.message(),
            "hint": error.hint(),
        })
    };
    let errors: Vec<Value> = errors.iter().map(of_answer).collect();
    pretty(&json!({"ok": false, "errors": errors, "hint": hint}))
}

/// Why nothing could be written.
#[must_use]
pub fn write_error_json(error: &WriteError) -> Printable {
    let found: Vec<&str> = error.entries().collect();
    pretty(&json!({"ok": false, "errors": [{"message": error.to_string(), "found": found}], "hint": error.hint()}))
}

/// Any other failure.
#[must_use]
pub fn message_json(message: &str, hint: Option<&str>) -> Printable {
    pretty(&json!({"ok": false, "errors": [{"message": message}], "hint": hint}))
}

/// The list of templates with their questions.
#[must_use]
pub fn templates_json(catalog: &Catalog) -> Printable {
    let of_template = |template: &Template| {
        json!({
            "name": template.name(),
            "version": template.version(),
            "summary": template.summary(),
            "sdks": template.sdks().iter().map(|sdk| sdk.as_str()).collect::<Vec<_>>(),
            "questions": template.questions().iter().map(Question::key).collect::<Vec<_>>(),
        })
    };
    pretty(&Value::from(catalog.templates().iter().map(of_template).collect::<Vec<_>>()))
}

/// A document.
pub(super) fn pretty(value: &impl serde::Serialize) -> Printable {
    // What was built in memory has nothing in it that could fail to be written.
    Printable::document(&(serde_json::to_string_pretty(value).unwrap_or_default() + "\n"))
}
