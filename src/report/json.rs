//! Reports for programs. Fields are stable across minor releases; wording is not.

use serde_json::{Map, Value, json};

use super::{Made, Printable, diff};
use crate::answers::{Question, Raw};
use crate::apply::VcsOutcome;
use crate::render::{Catalog, Template};

/// The new Space, or the planned one, with the next steps.
#[must_use]
pub fn made_json(made: &Made<'_>) -> Printable {
    let files: Vec<Value> = made
        .report
        .files
        .iter()
        .map(|file| {
            json!({
                "path": file.path.as_str(),
                "action": "create",
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
        "answers": answers(made),
        "files": files,
        "vcs": vcs(&made.report.vcs),
        "finished_earlier_run": made.report.finished_earlier_run,
        "warnings": made.spec.warnings(),
        "next_steps": made.next_steps(),
    });
    if made.with_diff
        && let Some(object) = value.as_object_mut()
    {
        object.insert("diff".to_owned(), Value::from(diff(made.plan)));
    }
    pretty(&value)
}

fn answers(made: &Made<'_>) -> Value {
    let keys = made.template.questions().iter().map(Question::key);
    let answers = keys.filter_map(|key| Some((key.to_owned(), raw(&made.spec.answer(key)?))));
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
    // Documents are built in memory and contain nothing that cannot be serialised.
    Printable::document(&(serde_json::to_string_pretty(value).unwrap_or_default() + "\n"))
}
