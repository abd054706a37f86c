//! What a try of a Space has shown.

use serde::Serialize;
use serde_json::Value;

use super::Printable;
use super::diagnosed::{add_diagnosis, diagnoses_json};
use super::json::pretty;
use super::log_end::add_log_end;
use crate::check::Level;
use crate::repo::Repo;
use crate::try_out::{FailedLog, Fault, Step, Tried};

/// What the free hardware does with a Space.
/// Source: <https://huggingface.co/docs/hub/spaces-gpus#sleep-time>, and for the disk
/// <https://huggingface.co/docs/hub/spaces-overview#hardware-resources>.
const SLEEP: &str = "free hardware sleeps after 48 hours without visits; the next visit starts a new container";
const DISK_GB: u64 = 50;

/// The result as one document, with all keys: null where the try did not get. `repo` is the repository that was tried.
#[must_use]
pub fn tried_json(tried: &Tried, repo: &Repo) -> Printable {
    let diagnoses = tried.failed.as_ref().map(|failed| diagnoses_json(&failed.diagnoses, Some(repo)));
    pretty(&Document { tried, diagnoses })
}

/// What was seen, and what the output of what failed means.
#[derive(Serialize)]
struct Document<'t> {
    #[serde(flatten)]
    tried: &'t Tried,
    diagnoses: Option<Vec<Value>>,
}

/// The result on one screen: what holds, what was not checked, every fault with its place, and what the output of a failure means.
/// `space` is the repository that was tried, if there is one, with its name.
#[must_use]
pub fn tried_text(tried: &Tried, space: Option<(&str, &Repo)>) -> Printable {
    let mut text = Printable::new();
    text.line(heading(tried));
    let (holds, notes) = (holds(tried), notes(tried));
    if !(holds.is_empty() && notes.is_empty() && tried.not_checked.is_empty()) {
        text.blank();
    }
    for line in holds {
        text.line(format!("  ok           {line}"));
    }
    for line in notes {
        text.line(format!("  note         {line}"));
    }
    for line in &tried.not_checked {
        text.line(format!("  not checked  {line}"));
    }
    for fault in &tried.findings {
        text.blank();
        add_fault(&mut text, fault);
    }
    if let Some(failed) = &tried.failed {
        add_log(&mut text, failed, space);
    }
    text.blank();
    text.line(summary(tried));
    text
}

fn heading(tried: &Tried) -> String {
    let mut parts = Vec::new();
    match &tried.engine {
        Some(engine) => parts.push(format!("{} {}", engine.name, engine.version)),
        None if tried.stop.is_some() || tried.not_checked.iter().any(|line| line.starts_with("PID 1")) => {
            parts.push("without a container".to_owned());
        }
        None => parts.push("a static Space".to_owned()),
    }
    if let Some(image) = &tried.image {
        let built = image.build_s.map_or_else(String::new, |seconds| format!(", built in {seconds:.1} s"));
        parts.push(format!("image of {} MB{built}", image.mb));
    }
    if let Some(run) = &tried.run {
        if let (Some(memory), Some(cpus)) = (&run.memory, run.cpus) {
            parts.push(format!("{memory} of memory, {cpus} CPUs"));
        }
        if run.network == Some("host") && tried.engine.is_some() {
            parts.push("the network of this computer".to_owned());
        }
    }
    parts.join("; ")
}

/// What was seen to hold. What a fault is about is not among it.
fn holds(tried: &Tried) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((status, seconds)) = tried.probe.as_ref().and_then(|probe| Some((probe.status?, probe.first_200_s?))) {
        lines.push(format!("answers {status} after {seconds:.1} s"));
    }
    let is_faulty = tried.findings.iter().any(|fault| fault.step == Step::Probe);
    if let Some(status) =
        tried.probe.as_ref().filter(|probe| probe.first_200_s.is_none() && !is_faulty).and_then(|probe| probe.status)
    {
        lines.push(format!("answers {status}"));
    }
    let run = tried.run.as_ref();
    let port = run.map_or(0, |run| run.port);
    let mut listening = run.and_then(|run| run.listening.as_ref()).into_iter().flatten();
    let here = listening.find(|address| address.ends_with(&format!(":{port}")));
    if let Some(address) = here.filter(|_| tried.probe.as_ref().is_some_and(|probe| probe.status.is_some())) {
        lines.push(format!("listens at {address}"));
    }
    if tried.engine.is_some() && tried.frame.as_ref().is_some_and(|frame| !frame.is_refused()) {
        lines.push("no header keeps it out of the frame of the Hub's page".to_owned());
    }
    if let Some(uid) = run.and_then(|run| run.uid).filter(|uid| *uid == 1000) {
        lines.push(format!("runs as UID {uid}"));
    }
    if tried.not_writable.as_ref().is_some_and(Vec::is_empty) {
        lines.push("its output shows no refused write".to_owned());
    }
    if tried.oom == Some(false) {
        let memory = run.and_then(|run| run.memory.as_deref()).unwrap_or_default();
        lines.push(format!("stays below {memory} of memory"));
    }
    if let Some(stop) = tried.stop.as_ref().filter(|_| !tried.findings.iter().any(|fault| fault.step == Step::Stop)) {
        let exit = stop.exit.map_or_else(String::new, |exit| format!(", exit code {exit}"));
        lines.push(format!("stops on {} in {:.1} s{exit}", stop.signal, stop.seconds));
    }
    if !tried.secrets.set.is_empty() {
        lines.push(format!("has the secrets {}", tried.secrets.set.join(", ")));
    }
    lines
}

fn notes(tried: &Tried) -> Vec<String> {
    let mut lines = Vec::new();
    for lost in tried.written_then_lost.iter().flatten() {
        lines.push(format!(
            "a restart loses `{}`, which {}:{} reads: what must stay belongs outside of the Space",
            lost.path, lost.file, lost.line
        ));
    }
    if tried.probe.is_none() || tried.engine.is_none() {
        return lines;
    }
    lines.push(SLEEP.to_owned());
    if let (Some(image), Some(written)) = (&tried.image, tried.run.as_ref().and_then(|run| run.written_bytes)) {
        lines.push(format!(
            "of {DISK_GB} GB of disk, the image takes {} and the app wrote {}",
            size(image.mb * 1_000_000),
            size(written)
        ));
    }
    if let Some(tag) = &tried.kept {
        lines.push(format!("the image is kept as `{tag}`"));
    }
    lines
}

/// A size in decimal units, as engines show it.
fn size(bytes: u64) -> String {
    match bytes {
        1 => "1 byte".to_owned(),
        0..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{} kB", bytes / 1000),
        1_000_000..1_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10),
    }
}

fn add_fault(text: &mut Printable, fault: &Fault) {
    let level = fault.level.as_str();
    let rule = fault.rule.map_or_else(String::new, |rule| format!("[{rule}]"));
    text.line(format!("{level}{rule}: {}", fault.message));
    match (&fault.file, fault.line) {
        (Some(file), Some(line)) => text.line(format!("  --> {file}:{line}")),
        (Some(file), None) => text.line(format!("  --> {file}")),
        _ => {}
    }
    if let Some(help) = &fault.help {
        text.line(format!("  help: {help}"));
    }
}

fn add_log(text: &mut Printable, failed: &FailedLog, space: Option<(&str, &Repo)>) {
    let what = match failed.step {
        Step::Probe => "the app",
        Step::Install => "the installation",
        _ => "the build",
    };
    if !add_log_end(text, &format!("the end of what {what} printed:"), &failed.text) {
        return;
    }
    for diagnosis in &failed.diagnoses {
        text.blank();
        add_diagnosis(text, &format!("the output of {what}"), diagnosis, space);
    }
}

fn summary(tried: &Tried) -> String {
    let count = |level: Level| tried.findings.iter().filter(|fault| fault.level == level).count();
    let counted = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    };
    let counts: Vec<String> = [counted(count(Level::Error), "error"), counted(count(Level::Warning), "warning")]
        .into_iter()
        .flatten()
        .collect();
    if counts.is_empty() {
        let ran = tried.probe.is_some();
        return if ran { "no problems found" } else { "nothing was tried: no problem is known" }.to_owned();
    }
    let rule = tried.findings.iter().find_map(|fault| fault.rule);
    let explained =
        rule.map_or_else(String::new, |rule| format!("; `spaces-new explain {rule}` explains the first rule"));
    counts.join(", ") + &explained
}
