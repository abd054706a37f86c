//! A Space that was published, or would be.

use serde::Serialize;
use serde_json::{Value, json};

use super::Printable;
use super::check_json::findings;
use super::diagnosed::{add_diagnosis, diagnoses_json};
use super::json::pretty;
use super::log_end::add_log_end;
use super::wrap::wrap;
use crate::check::Diagnostic;
use crate::publish::{FailedSpace, PublishPlan, Published, SentFile};
use crate::repo::Repo;

/// How many files are named.
const NAMED: usize = 8;

/// The result as one document.
#[must_use]
pub fn published_json(published: &Published, repo: &Repo) -> Printable {
    let failed = published.failed.as_ref().map(|failed| {
        let diagnoses = diagnoses_json(&failed.diagnoses, Some(repo));
        json!({"message": failed.message, "of": failed.of, "log": failed.log, "diagnoses": diagnoses})
    });
    pretty(&Document { ok: published.is_well(), published, failed })
}

#[derive(Serialize)]
struct Document<'p> {
    ok: bool,
    #[serde(flatten)]
    published: &'p Published,
    failed: Option<Value>,
}

/// Why nothing was sent, with the findings of the check, as one document.
#[must_use]
pub fn publish_findings_json(message: &str, hint: Option<&str>, found: &[Diagnostic], repo: &Repo) -> Printable {
    let errors = [json!({"message": message})];
    pretty(&json!({"ok": false, "errors": errors, "hint": hint, "findings": findings(repo, found)}))
}

/// What would be sent, as one document.
#[must_use]
pub fn publish_plan_json(plan: &PublishPlan) -> Printable {
    pretty(&PlanDocument { ok: true, plan })
}

#[derive(Serialize)]
struct PlanDocument<'p> {
    ok: bool,
    #[serde(flatten)]
    plan: &'p PublishPlan,
}

/// What would be sent: every request in words.
#[must_use]
pub fn publish_plan_text(plan: &PublishPlan) -> Printable {
    let mut text = Printable::new();
    text.line(format!("Nothing is sent. To publish `{}`, these requests would be:", plan.space));
    text.blank();
    for request in &plan.requests {
        text.line(format!("  {:<4} {}", request.method(), request.address));
        let when = request.when.as_ref().map(|when| format!(" ({})", condition(when))).unwrap_or_default();
        wrap(&mut text, "         ", "         ", &format!("{}{when}", request.what));
    }
    if !plan.files.is_empty() {
        text.blank();
        let total = plan.files.iter().map(|file| file.bytes).sum();
        text.line(format!("{} with {} are compared with the Space:", counted(plan.files.len(), "file"), size(total)));
        for file in &plan.files {
            let large = if file.lfs { ", in LFS" } else { "" };
            text.line(format!("  {} ({}{large})", file.path, size(file.bytes)));
        }
    }
    notes(&plan.notes, &mut text);
    text
}

fn condition(when: &str) -> String {
    if when.starts_with("for ") || when.starts_with("until ") { when.to_owned() } else { format!("if {when}") }
}

/// The result on one screen. `space` is the name of the folder that was published, with its content.
#[must_use]
pub fn published_text(published: &Published, space: Option<(&str, &Repo)>) -> Printable {
    let mut text = Printable::new();
    let made = if published.created { "created" } else { "found" };
    row("space", &format!("{made} `{}`", published.space), &mut text);
    row("files", &files(published), &mut text);
    for (label, names) in [("secrets", &published.secrets), ("variables", &published.variables)] {
        if !names.is_empty() {
            row(label, &format!("set {}", names.join(", ")), &mut text);
        }
    }
    if let Some(hardware) = &published.hardware {
        row("hardware", &format!("requested `{hardware}`"), &mut text);
    }
    if let Some(stage) = &published.stage {
        row("app", &stage_in_words(stage), &mut text);
    }
    if !published.missing_secrets.is_empty() {
        let names = published.missing_secrets.join(", ");
        let sentence = format!(
            "note: {names}: no value was found in the environment or in `.env`, so the app runs without; set it, and publish again"
        );
        text.blank();
        wrap(&mut text, "", "  ", &sentence);
    }
    notes(&published.notes, &mut text);
    if let Some(failed) = &published.failed {
        add_failure(failed, space, &mut text);
    }
    text.blank();
    text.line(&published.page);
    if let Some(app) = &published.app {
        text.line(app);
    }
    text
}

fn row(label: &str, what: &str, text: &mut Printable) {
    wrap(text, &format!("  {label:<10} "), "             ", what);
}

fn notes(notes: &[String], text: &mut Printable) {
    for note in notes {
        text.blank();
        wrap(text, "note: ", "  ", note);
    }
}

fn files(published: &Published) -> String {
    let sent: u64 = published.files.iter().map(|file| file.bytes).sum();
    let mut parts = Vec::new();
    if !published.files.is_empty() {
        parts.push(format!("sent {} ({})", named(&published.files), size(sent)));
    }
    if !published.deleted.is_empty() {
        parts.push(format!("deleted {}", list(published.deleted.iter().map(String::as_str), published.deleted.len())));
    }
    let commit = published.commit.as_ref().map(|id| format!("; commit {}", id.chars().take(7).collect::<String>()));
    match (&commit, parts.is_empty()) {
        (None, true) => "nothing has changed, and nothing was sent".to_owned(),
        (Some(commit), true) => format!("pushed{commit}"),
        (_, false) => {
            parts.extend((published.unchanged > 0).then(|| format!("{} unchanged", published.unchanged)));
            format!("{}{}", parts.join(", "), commit.unwrap_or_default())
        }
    }
}

fn named(files: &[SentFile]) -> String {
    list(files.iter().map(|file| file.path.as_str()), files.len())
}

fn list<'a>(paths: impl Iterator<Item = &'a str>, count: usize) -> String {
    let shown: Vec<&str> = paths.take(NAMED).collect();
    let more = if count > shown.len() { format!(" and {} more", count - shown.len()) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// A stage of the Hub, for a person.
fn stage_in_words(stage: &str) -> String {
    match stage {
        "RUNNING" => "runs".to_owned(),
        "BUILD_ERROR" => "does not run: its build failed (BUILD_ERROR)".to_owned(),
        "RUNTIME_ERROR" => "does not run: it ended, or did not answer in time (RUNTIME_ERROR)".to_owned(),
        "CONFIG_ERROR" => "does not run: the Hub does not accept its settings (CONFIG_ERROR)".to_owned(),
        "NO_APP_FILE" => "does not run: the Hub finds no file to run (NO_APP_FILE)".to_owned(),
        "PAUSED" | "STOPPED" => format!("does not run: it was paused; its page has a button that starts it ({stage})"),
        "SLEEPING" => "sleeps; the next visit starts it (SLEEPING)".to_owned(),
        other => format!("does not run ({other})"),
    }
}

fn add_failure(failed: &FailedSpace, space: Option<(&str, &Repo)>, text: &mut Printable) {
    if let Some(message) = &failed.message {
        text.blank();
        wrap(text, "the Hub says: ", "  ", message);
    }
    add_log_end(text, &format!("the end of the {} log:", failed.of), &failed.log);
    for diagnosis in &failed.diagnoses {
        text.blank();
        add_diagnosis(text, &format!("the {} log", failed.of), diagnosis, space);
    }
}

fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// A size in decimal units, as the Hub counts.
fn size(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100),
        1_000_000..1_000_000_000 => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes % 1_000_000_000 / 100_000_000),
    }
}
