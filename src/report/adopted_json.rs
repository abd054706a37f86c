//! The Space around an existing app, as data.

use serde_json::{Map, Value, json};

use super::Printable;
use super::adopted::{Adopted, help, words, words_of};
use super::diff::{fixed_diff, merge_diff};
use super::json::{pretty, raw};
use crate::adopt::Found;
use crate::answers::Question;
use crate::app::{Evidence, Note};
use crate::merge::{Change, Clash, MergedFile};

/// What was done, or would be, as data.
#[must_use]
pub fn adopted_json(adopted: &Adopted<'_>) -> Printable {
    let spec = &adopted.adoption.spec;
    let keys = adopted.template.questions().iter().map(Question::key);
    let answers = keys.filter_map(|key| Some((key.to_owned(), raw(&spec.answer(key)?))));
    let mut value = json!({
        "ok": adopted.merge.conflicts().next().is_none() && adopted.adoption.marked().is_empty(),
        "dry_run": adopted.dry_run,
        "directory": adopted.folder.display().to_string(),
        "template": spec.template(),
        "answers": Value::Object(answers.collect::<Map<_, _>>()),
        "found": adopted.proposal.map_or_else(Vec::new, |proposal| proposal.found.iter().map(found_json).collect()),
        "notes": adopted.proposal.map_or_else(Vec::new, |proposal| proposal.notes.iter().map(note_json).collect()),
        "files": adopted.merge.files().iter().map(file_json).collect::<Vec<_>>(),
        "warnings": adopted.adoption.warnings(),
        "findings": super::check_json::findings(adopted.repo, &adopted.adoption.findings),
        "skipped": adopted.repo.skipped(),
        "fixes": fixed_diff(&adopted.adoption.fixes),
        "next_steps": adopted.next_steps(),
    });
    let marked = adopted.adoption.marked();
    let marked = marked.iter().map(|(path, line)| {
        json!({"message": format!("{path}: line {line}: a marker of a conflict to settle"), "path": path.as_str()})
    });
    let conflicts: Vec<Value> = adopted.merge.conflicts().map(conflict_json).chain(marked).collect();
    if !conflicts.is_empty()
        && let Some(object) = value.as_object_mut()
    {
        object.insert("errors".to_owned(), Value::from(conflicts));
    }
    if adopted.with_diff
        && let Some(object) = value.as_object_mut()
    {
        object.insert("diff".to_owned(), Value::from(merge_diff(adopted.merge)));
    }
    pretty(&value)
}

pub(super) fn file_json(file: &MergedFile) -> Value {
    let (action, detail) = words_of(file);
    let kept_as = match &file.change {
        Change::Replace(spare) => Some(spare.as_str()),
        _ => None,
    };
    let mut value = json!({"path": file.path.as_str(), "action": action, "detail": detail, "kept_as": kept_as});
    if !file.clashes.is_empty()
        && let Some(object) = value.as_object_mut()
    {
        let clash = |clash: &Clash| json!({"line": clash.line, "yours": clash.yours, "template": clash.template});
        object.insert("conflicts".to_owned(), file.clashes.iter().map(clash).collect());
    }
    value
}

/// A file that is in the way, in the form of other failures.
pub(super) fn conflict_json(file: &MergedFile) -> Value {
    json!({"message": format!("{}: {}", file.path, words(&file.change).1), "path": file.path.as_str()})
}

fn evidence_json(evidence: &Evidence) -> Value {
    json!({"path": evidence.path, "line": evidence.line, "why": evidence.why})
}

fn found_json(found: &Found) -> Value {
    json!({"key": found.key, "value": found.value, "evidence": evidence_json(&found.evidence)})
}

pub(super) fn note_json(note: &Note) -> Value {
    let answers: Vec<Value> =
        note.answers.iter().map(|answer| json!({"key": answer.key, "value": answer.value})).collect();
    json!({"message": note.message, "help": help(note), "answers": answers, "evidence": note.evidence.as_ref().map(evidence_json)})
}
