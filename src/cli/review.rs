//! Reviews the files that would change with the user.

use std::collections::BTreeSet;
use std::path::Path;

use spaces_new::Fixed;
use spaces_new::report::{Printable, additions, fixed_diff, merge_table, merged_file_diff};
use spaces_new::{Change, Merge, MergedFile, OnConflict};

use super::failure::{Failure, Message};
use super::init::changed_files;
use super::line::Line;
use super::printer::Printer;
use super::screen::{columns, wrapped};
use super::update::BASE_FILE;

/// The possible decisions about a change.
const KEYS: &str =
    "y = yes, n = no, d = show the diff, a = yes to this and to all that is added after it, q = stop and write nothing";

fn say_decisions(printer: &Printer) {
    for line in wrapped(KEYS, columns()) {
        printer.note(line);
    }
}

/// Shows every file with its change, asks about each existing one that changes, and once for all new ones.
pub(super) fn go_through(
    dir: &Path,
    merge: Merge,
    uncommitted: Option<usize>,
    printer: &Printer,
) -> Result<Merge, Failure> {
    printer.note(format!("{}:", dir.display()));
    printer.note(merge_table(&merge));
    printer.note("");
    if merge.is_nothing() {
        return Ok(merge);
    }
    if let Some(count) = uncommitted.filter(|count| *count > 0) {
        printer.note(changed_files(count));
    }
    say_decisions(printer);
    let mut declined = BTreeSet::new();
    let new: Vec<&MergedFile> = merge.files().iter().filter(|file| file.change == Change::Create).collect();
    let mut all = false;
    if !new.is_empty() {
        let question = format!("Create {} new {}?", new.len(), if new.len() == 1 { "file" } else { "files" });
        let show = || new.iter().map(|file| merged_file_diff(file)).collect();
        match ask(&question, "y", printer, show)? {
            Answer::All => all = true,
            Answer::Yes => {}
            Answer::No => declined.extend(new.iter().map(|file| file.path.clone())),
        }
    }
    // What was generated is recorded without a question
    for file in merge.files().iter().filter(|file| file.path.as_str() != BASE_FILE) {
        let (question, default) = match &file.change {
            Change::Extend(_) => (format!("Add to {}: {}?", file.path, additions(&file.change)), "y"),
            Change::Update => {
                (format!("Update {}, which spaces-new created and nobody has changed since?", file.path), "y")
            }
            Change::Remove => {
                (format!("Remove {}, which spaces-new created and nobody has changed since?", file.path), "y")
            }
            Change::Replace(spare) => (format!("Replace {}, and keep yours as {spare}?", file.path), "n"),
            _ => continue,
        };
        if all && default == "y" {
            continue;
        }
        match ask(&question, default, printer, || merged_file_diff(file))? {
            Answer::All => all = true,
            Answer::Yes => {}
            Answer::No => drop(declined.insert(file.path.clone())),
        }
    }
    Ok(merge.without(&declined))
}

/// Asks whether to apply fixes.
pub(super) fn wants_fixes(fixed: &Fixed, printer: &Printer) -> Result<bool, Failure> {
    let count = fixed.applied.len();
    let question = format!("Apply {count} safe {}?", if count == 1 { "fix" } else { "fixes" });
    let answer = ask(&question, "n", printer, || fixed_diff(fixed))?;
    Ok(!matches!(answer, Answer::No))
}

enum Answer {
    Yes,
    No,
    All,
}

fn ask(question: &str, default: &str, printer: &Printer, diff: impl Fn() -> String) -> Result<Answer, Failure> {
    loop {
        let line = Line {
            prompt: &format!("{question} [y/n/d/a/q]"),
            default: Some(default.to_owned()),
            initial: String::new(),
            can_go_back: false,
        };
        let typed = line.ask(|text| Ok(text.trim().to_lowercase()))?.unwrap_or_default();
        match if typed.is_empty() { default } else { &typed } {
            "y" | "yes" => return Ok(Answer::Yes),
            "n" | "no" => return Ok(Answer::No),
            "a" | "all" => return Ok(Answer::All),
            "q" | "quit" => return Err(Failure::Cancelled),
            "d" | "diff" => {
                let mut text = Printable::new();
                text.source(diff());
                text.blank();
                printer.note(text);
            }
            _ => say_decisions(printer),
        }
    }
}

/// Files are in the way: nothing is written. A dry run ends in the same way.
pub(super) fn refuse_conflicts(merge: &Merge, on_conflict: OnConflict, interactive: bool) -> Result<(), Failure> {
    let count = merge.conflicts().count();
    if count == 0 {
        return Ok(());
    }
    let files = if count == 1 { "file stands" } else { "files stand" };
    let message = format!("{count} {files} in the way; nothing was written");
    let hint = if on_conflict == OnConflict::Refuse && !interactive {
        "fix or move them; `--on-conflict keep` leaves them as they are, `--on-conflict replace` keeps yours as FILE.orig"
    } else {
        "fix or move them, or leave them as they are with `--on-conflict keep`"
    };
    let is_known = |file: &MergedFile| file.path.as_str() == BASE_FILE && file.change != Change::Create;
    let merges = if merge.files().iter().any(is_known) { "; `spaces-new update` merges what both changed" } else { "" };
    Err(Failure::Conflict(Message::new(message, conflicts(merge)), format!("{hint}{merges}")))
}

/// The files that are in the way, one per line.
fn conflicts(merge: &Merge) -> Vec<String> {
    let line = |file: &MergedFile| match &file.change {
        Change::Conflict(why) => Some(format!("{}: {why}", file.path)),
        _ => None,
    };
    merge.conflicts().filter_map(line).collect()
}
