//! Findings in SARIF 2.1.0, for code scanning.
//!
//! Source: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use serde_json::{Map, Value, json};

use super::check_json::{Location, location};
use super::checked::Failed;
use super::{Checked, Printable, skipped};
use crate::check::{Diagnostic, Edit, Level, rules};
use crate::repo::Repo;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The log of one run over several folders. A folder that could not be checked is a notification of the run.
pub(super) fn all(folders: &[Checked]) -> Printable {
    let results: Vec<Value> = folders
        .iter()
        .filter_map(Checked::found)
        .flat_map(|(name, repo, diagnostics)| diagnostics.iter().map(move |found| result(name, repo, found)))
        .collect();
    let failures: Vec<Value> =
        folders.iter().filter_map(|folder| folder.outcome.as_ref().err()).map(notification).collect();
    let skipped = folders.iter().filter_map(Checked::found).filter_map(|(name, repo, _)| {
        Some(json!({"level": "note", "message": {"text": format!("{name}: {}", skipped::line(repo)?)}}))
    });
    let notifications: Vec<Value> = failures.iter().cloned().chain(skipped).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "spaces-new",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": descriptors(),
            }},
            "invocations": [{"executionSuccessful": failures.is_empty(), "toolExecutionNotifications": notifications}],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    super::json::pretty(&log)
}

fn notification(failed: &Failed) -> Value {
    let hint = failed.hint.as_ref().map(|hint| format!("\n{hint}")).unwrap_or_default();
    json!({"level": "error", "message": {"text": format!("{}{hint}", failed.message)}})
}

fn descriptors() -> Vec<Value> {
    let descriptor = |rule: &crate::check::Rule| {
        json!({
            "id": rule.id(),
            "shortDescription": {"text": rule.summary()},
            "fullDescription": {"text": rule.summary()},
            "help": {"text": rule.docs(), "markdown": rule.docs()},
            "defaultConfiguration": {"level": rule.group().level().as_str()},
            "properties": {"tags": [rule.group().as_str()]},
        })
    };
    rules().iter().map(descriptor).collect()
}

fn result(name: &str, repo: &Repo, diagnostic: &Diagnostic) -> Value {
    let help = diagnostic.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    let mut result = json!({
        "ruleId": diagnostic.rule,
        "ruleIndex": rules().iter().position(|rule| rule.id() == diagnostic.rule),
        "level": if diagnostic.level == Level::Error { "error" } else { "warning" },
        "message": {"text": format!("{}{help}", diagnostic.message)},
        "locations": [physical(name, &location(repo, &diagnostic.place))],
    });
    let Some(fields) = result.as_object_mut() else { return result };
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().map(|related| {
            let mut place = physical(name, &location(repo, &related.place));
            if let Some(place) = place.as_object_mut() {
                place.insert("message".to_owned(), json!({"text": related.label}));
            }
            place
        });
        fields.insert("relatedLocations".to_owned(), related.collect());
    }
    if !diagnostic.fixes.is_empty() {
        let fixes = diagnostic.fixes.iter().map(|fix| {
            json!({
                "description": {"text": fix.title},
                "artifactChanges": fix.edits.iter().map(|edit| change(name, edit)).collect::<Vec<_>>(),
            })
        });
        fields.insert("fixes".to_owned(), fixes.collect());
    }
    result
}

fn change(name: &str, edit: &Edit) -> Value {
    json!({
        "artifactLocation": {"uri": uri(name, &edit.path)},
        "replacements": [{
            "deletedRegion": {"byteOffset": edit.range.start, "byteLength": edit.range.len()},
            "insertedContent": {"text": edit.text},
        }],
    })
}

fn physical(name: &str, place: &Location<'_>) -> Value {
    let mut inside = Map::new();
    inside.insert("artifactLocation".to_owned(), json!({"uri": uri(name, place.path)}));
    if let (Some(line), Some(column)) = (place.line, place.column) {
        let region = json!({
            "startLine": line,
            "startColumn": column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        });
        inside.insert("region".to_owned(), region);
    }
    json!({"physicalLocation": inside})
}

/// A relative URI: characters with a special meaning are escaped.
fn uri(name: &str, path: &str) -> String {
    let folder = if matches!(name, "." | "-") { String::new() } else { format!("{}/", name.trim_end_matches('/')) };
    let mut uri = String::new();
    for byte in format!("{folder}{path}").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}
