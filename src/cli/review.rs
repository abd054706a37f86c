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
use super::update::{BASE_FILE, OTHER_STARTER};

/// The possible decisions about a change.
const KEYS: &str = "y = yes, n = no, d = show the diff, a = yes to this and to all that is added after it, back = the question before, \
     q = stop and write nothing";

fn say_decisions(printer: &Printer) {
    for line in wrapped(KEYS, columns()) {
        printer.note(line);
    }
}

/// A question about files that would change.
struct Question<'m> {
    text: String,
    /// What Enter means.
    default: &'static str,
    files: Vec<&'m MergedFile>,
}

/// One for all new files, and one for each existing one that changes.
fn questions(merge: &Merge) -> Vec<Question<'_>> {
    let mut questions = Vec::new();
    let new: Vec<&MergedFile> = merge.files().iter().filter(|file| file.change == Change::Create).collect();
    if !new.is_empty() {
        let text = format!("Create {} new {}?", new.len(), if new.len() == 1 { "file" } else { "files" });
        questions.push(Question { text, default: "y", files: new });
    }
    // What was generated is recorded without a question
    for file in merge.files().iter().filter(|file| file.path.as_str() != BASE_FILE) {
        let path = &file.path;
        let (text, default) = match &file.change {
            Change::Extend(_) => (format!("Add to {path}: {}?", additions(&file.change)), "y"),
            Change::Update => (format!("Update {path}, which spaces-new created and nobody has changed since?"), "y"),
            Change::Remove => (format!("Remove {path}, which spaces-new created and nobody has changed since?"), "y"),
            Change::Replace(spare) => (format!("Replace {path}, and keep yours as {spare}?"), "n"),
            _ => continue,
        };
        questions.push(Question { text, default, files: vec![file] });
    }
    questions
}

/// Shows every file with its change, asks about each existing one that changes, and once for all new ones. None if the person goes
/// back from the first question, to one before it (`can_go_back`).
pub(super) fn go_through(
    dir: &Path,
    merge: &Merge,
    uncommitted: Option<usize>,
    can_go_back: bool,
    printer: &Printer,
) -> Result<Option<Merge>, Failure> {
    printer.note(format!("{}:", dir.display()));
    printer.note(merge_table(merge));
    printer.note("");
    if merge.is_nothing() {
        return Ok(Some(merge.clone()));
    }
    if let Some(count) = uncommitted.filter(|count| *count > 0) {
        printer.note(changed_files(count));
    }
    say_decisions(printer);
    let questions = questions(merge);
    let mut answered: Vec<(usize, Answer)> = Vec::new();
    let mut at = 0;
    while let Some(question) = questions.get(at) {
        if question.default == "y" && answered.iter().any(|(_, answer)| *answer == Answer::All) {
            at += 1;
            continue;
        }
        let show = || question.files.iter().map(|file| merged_file_diff(file)).collect();
        let can_go_back = can_go_back || !answered.is_empty();
        match (ask(&question.text, question.default, can_go_back, printer, show)?, answered.last()) {
            (Some(answer), _) => {
                answered.push((at, answer));
                at += 1;
            }
            (None, Some((before, _))) => {
                at = *before;
                answered.pop();
            }
            (None, None) => return Ok(None),
        }
    }
    let declined = answered.iter().filter(|(_, answer)| *answer == Answer::No);
    let declined = declined.filter_map(|(at, _)| questions.get(*at)).flat_map(|question| &question.files);
    let mut paths = BTreeSet::new();
    paths.extend(declined.map(|file| file.path.clone()));
    Ok(Some(merge.clone().without(&paths)))
}

/// Asks whether to apply fixes.
pub(super) fn wants_fixes(fixed: &Fixed, printer: &Printer) -> Result<bool, Failure> {
    let count = fixed.applied.len();
    let question = format!("Apply {count} safe {}?", if count == 1 { "fix" } else { "fixes" });
    let answer = ask(&question, "n", false, printer, || fixed_diff(fixed))?;
    Ok(answer.is_some_and(|answer| answer != Answer::No))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    All,
}

/// Asks one question. None if the person goes back.
fn ask(
    question: &str,
    default: &str,
    can_go_back: bool,
    printer: &Printer,
    diff: impl Fn() -> String,
) -> Result<Option<Answer>, Failure> {
    loop {
        let line = Line {
            prompt: &format!("{question} [y/n/d/a/q]"),
            default: Some(default.to_owned()),
            initial: String::new(),
            can_go_back,
        };
        let Some(typed) = line.ask(|text| Ok(text.trim().to_lowercase()))? else { return Ok(None) };
        match if typed.is_empty() { default } else { &typed } {
            "y" | "yes" => return Ok(Some(Answer::Yes)),
            "n" | "no" => return Ok(Some(Answer::No)),
            "a" | "all" => return Ok(Some(Answer::All)),
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
    if merge.conflicts().any(|file| file.change.is_of_another_app()) {
        let message = Message::new("the answers make another starter app; nothing was written", conflicts(merge));
        return Err(Failure::Conflict(message, OTHER_STARTER.to_owned()));
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
