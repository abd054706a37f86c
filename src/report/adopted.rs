//! The Space around an existing app, as text.

use std::path::Path;

use super::check_text::check_text;
use super::diff::{fixed_diff, merge_diff};
use super::made::git;
use super::masked::masked;
use super::text::what_to_do;
use super::wrap::wrap_to;
use super::{Printable, skipped};
use crate::adopt::{Adoption, Found, Proposal};
use crate::app::{Evidence, Note, Suggestion};
use crate::apply::VcsOutcome;
use crate::formats::base::BASE_FILE;
use crate::merge::{Change, Merge, MergedFile};
use crate::render::Template;
use crate::repo::Repo;
use crate::target::{Finished, Step, word};

/// A Space that was put around an app, or would be.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Adopted<'a> {
    pub(super) folder: &'a Path,
    pub(super) template: &'a Template,
    pub(super) adoption: &'a Adoption,
    pub(super) merge: &'a Merge,
    pub(super) proposal: Option<&'a Proposal>,
    pub(super) repo: &'a Repo,
    pub(super) vcs: &'a VcsOutcome,
    pub(super) dry_run: bool,
    pub(super) with_diff: bool,
    pub(super) columns: Option<usize>,
}

impl<'a> Adopted<'a> {
    /// A report about the changes in a folder.
    #[must_use]
    pub fn new(folder: &'a Path, template: &'a Template, adoption: &'a Adoption) -> Self {
        Self {
            folder,
            template,
            adoption,
            merge: &adoption.merge,
            proposal: None,
            repo: &adoption.after,
            vcs: &VcsOutcome::NotWanted,
            dry_run: false,
            with_diff: false,
            columns: None,
        }
    }

    /// Adds what was found in the files.
    #[must_use]
    pub fn proposed(self, proposal: Option<&'a Proposal>) -> Self {
        Self { proposal, ..self }
    }

    /// Adds whether there is a git repository.
    #[must_use]
    pub fn in_git(self, vcs: &'a VcsOutcome) -> Self {
        Self { vcs, ..self }
    }

    /// Breaks sentences between words for a terminal of this many columns. Commands stay whole, to be copied.
    #[must_use]
    pub fn in_columns(self, columns: Option<usize>) -> Self {
        Self { columns, ..self }
    }

    pub(super) fn next_steps(&self) -> Vec<Step> {
        // The Space is there and known
        if self.adoption.is_update {
            return Vec::new();
        }
        self.template.target().next_steps(&Finished {
            folder: self.folder,
            spec: &self.adoption.spec,
            template: self.template,
            git: git(self.vcs),
            repo: Some(self.repo),
        })
    }

    /// Whether a planned file does not exist.
    fn is_missing(&self, file: &MergedFile) -> bool {
        self.repo.get(file.path.as_str()).is_none()
    }

    /// Marks the report as one of a dry run: nothing was written.
    #[must_use]
    pub fn dry_run(self, dry_run: bool) -> Self {
        Self { dry_run, ..self }
    }

    /// Shows the changes as a diff.
    #[must_use]
    pub fn with_diff(self, with_diff: bool) -> Self {
        Self { with_diff, ..self }
    }
}

/// What was found in the files of an app: a line for each answer, with its evidence.
#[must_use]
pub fn proposal_text(proposal: &Proposal) -> Printable {
    let width = proposal.found.iter().map(|found| found.key.len()).max().unwrap_or(0);
    let mut text = Printable::from("Found:");
    for found in &proposal.found {
        let Found { key, value, evidence } = found;
        text.line(format!("    {key:width$}  {value}  ({})", said_by(evidence)));
    }
    for note in &proposal.notes {
        note_lines(note, &mut text);
    }
    text
}

/// A note, with what to do.
pub(super) fn note_lines(note: &Note, text: &mut Printable) {
    text.line(format!("note: {}", note_line(note)));
    if let Some(help) = help(note) {
        text.line(format!("      {help}"));
    }
}

fn said_by(evidence: &Evidence) -> String {
    match (matches!(evidence.path.as_str(), "" | "."), evidence.line) {
        (true, _) => evidence.why.clone(),
        (false, Some(line)) => format!("{}:{line} {}", evidence.path, evidence.why),
        (false, None) => format!("{} {}", evidence.path, evidence.why),
    }
}

fn note_line(note: &Note) -> String {
    let shown = note.evidence.as_ref().filter(|evidence| !matches!(evidence.path.as_str(), "" | "."));
    let place = shown.map(|evidence| match evidence.line {
        Some(line) => format!(" ({}:{line})", evidence.path),
        None => format!(" ({})", evidence.path),
    });
    format!("{}{}", note.message, place.unwrap_or_default())
}

/// What to do, with the flags of the answers that settle it.
pub(super) fn help(note: &Note) -> Option<String> {
    let flags: Vec<String> = note.answers.iter().map(flag).collect();
    let help = note.help.as_deref().unwrap_or("choose one");
    if flags.is_empty() { note.help.clone() } else { Some(format!("{help}: {}", flags.join(" or "))) }
}

/// An answer in the form of a command line.
fn flag(suggestion: &Suggestion) -> String {
    let question = crate::answers::common_question(suggestion.key);
    let (flag, value_name) = question.map_or((suggestion.key, "VALUE"), |known| (known.flag(), known.value_name()));
    let value = suggestion.value.as_deref().unwrap_or(value_name);
    // `NAME=VALUE` needs no quotes in any shell, although shlex quotes `=`
    let is_plain = value.chars().all(|letter| letter.is_ascii_alphanumeric() || "_=.:/-".contains(letter));
    let value = if is_plain { value.to_owned() } else { word(value) };
    // A leading dash would be read as another flag
    let between = if value.starts_with('-') { '=' } else { ' ' };
    format!("`--{flag}{between}{value}`")
}

/// Every file of the Space with its change.
#[must_use]
pub fn merge_table(merge: &Merge) -> Printable {
    let width = merge.files().iter().map(|file| file.path.as_str().len()).max().unwrap_or(0);
    let mut text = Printable::new();
    for file in merge.files() {
        let (action, detail) = words_of(file);
        let line = format!("    {action:9} {:width$}  {detail}", file.path.as_str());
        text.line(line.trim_end());
    }
    text
}

/// The change of a file in one word, with details.
pub(super) fn words_of(file: &MergedFile) -> (&'static str, String) {
    match &file.change {
        Change::Update if file.path.as_str() == BASE_FILE => ("update", "what was generated".to_owned()),
        change => words(change),
    }
}

/// The maximum number of listed additions to a file; the diff has all.
const SHOWN_MOST: usize = 5;

/// A change in one word, with details.
pub(super) fn words(change: &Change) -> (&'static str, String) {
    match change {
        Change::Create => ("create", String::new()),
        Change::Extend(what) if what.len() > SHOWN_MOST => {
            ("extend", format!("{}, and {} more", what[..SHOWN_MOST].join(", "), what.len() - SHOWN_MOST))
        }
        Change::Extend(what) => ("extend", what.join(", ")),
        Change::Update => ("update", "created by spaces-new and not changed since".to_owned()),
        Change::Merge => ("merge", "your changes, and those of the template".to_owned()),
        Change::Mark(1) => ("mark", "1 conflict, with both versions".to_owned()),
        Change::Mark(count) => ("mark", format!("{count} conflicts, with both versions")),
        Change::Remove => {
            ("remove", "created by spaces-new and not changed since; it is not a part of the Space any more".to_owned())
        }
        Change::Unchanged => ("unchanged", String::new()),
        Change::Keep(_) if change.is_declined() => ("skip", "declined".to_owned()),
        Change::Keep(why) => ("keep", why.clone()),
        Change::Conflict(why) => ("conflict", why.clone()),
        Change::Replace(spare) => ("replace", format!("yours is kept as {spare}")),
    }
}

/// How many files change, and how.
pub(super) fn counted(merge: &Merge) -> String {
    let count = |wanted: fn(&Change) -> bool| merge.files().iter().filter(|file| wanted(&file.change)).count();
    let parts = [
        (count(|change| *change == Change::Create), "created"),
        (count(|change| matches!(change, Change::Extend(_))), "added to"),
        (count(|change| *change == Change::Update), "updated"),
        (count(|change| *change == Change::Merge), "merged"),
        (count(|change| matches!(change, Change::Mark(_))), "with conflicts"),
        (count(|change| *change == Change::Remove), "removed"),
        (count(|change| matches!(change, Change::Replace(_))), "replaced"),
        (count(|change| matches!(change, Change::Conflict(_))), "in the way"),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> =
        parts.map(|(count, what)| format!("{count} {} {what}", if count == 1 { "file" } else { "files" })).collect();
    if parts.is_empty() { "no file changed".to_owned() } else { parts.join(", ") }
}

/// The result, in one line.
fn headline(adopted: &Adopted<'_>) -> String {
    let spec = &adopted.adoption.spec;
    let what = counted(adopted.merge);
    if adopted.adoption.is_update {
        let verb = if adopted.dry_run { "Would update" } else { "Updated" };
        return format!("{verb} the Space (template {}, sdk: {}): {what}", spec.template(), spec.sdk());
    }
    let verb = if adopted.dry_run { "Would put" } else { "Put" };
    let app = spec.app_file().map(|file| format!(" around `{file}`")).unwrap_or_default();
    format!("{verb} a Space (template {}, sdk: {}){app}: {what}", spec.template(), spec.sdk())
}

/// The additions to a file, in a few words.
#[must_use]
pub fn additions(change: &Change) -> String {
    words(change).1
}

/// What was done, what is left to do, and the next steps.
#[must_use]
pub fn adopted_text(adopted: &Adopted<'_>) -> Printable {
    let (mut text, width) = (Printable::new(), adopted.columns.unwrap_or(usize::MAX));
    wrap_to(&mut text, "", "", &headline(adopted), width);
    text.blank();
    text.line(format!("{}:", adopted.folder.display()));
    text.append(&merge_table(adopted.merge));
    // The diff shows them with the lines around them
    let clashing = |file: &&MergedFile| !file.clashes.is_empty() && !adopted.with_diff;
    for file in adopted.merge.files().iter().filter(clashing) {
        text.blank();
        text.append(&clashes_text(file));
    }
    if adopted.with_diff {
        text.blank();
        text.source(merge_diff(adopted.merge));
    }
    let findings = &adopted.adoption.findings;
    if !findings.is_empty() {
        text.blank();
        text.line("The check reports on the result:");
        text.blank();
        text.append(&check_text(&adopted.folder.display().to_string(), adopted.repo, findings));
    }
    if !adopted.adoption.fixes.files.is_empty() {
        text.blank();
        text.line(format!("What `spaces-new check {} --fix` would change:", adopted.folder.display()));
        text.blank();
        text.source(fixed_diff(&adopted.adoption.fixes));
    }
    if let Some(line) = skipped::line(adopted.repo) {
        text.blank();
        text.line(line);
    }
    if adopted.dry_run {
        text.blank();
        text.line("Nothing was written.");
        return text;
    }
    if adopted.merge.is_nothing() {
        let why = match (adopted.merge.is_declined(), adopted.adoption.is_update) {
            (true, _) => "You declined every change",
            (_, true) if !adopted.adoption.marked().is_empty() => {
                "Conflicts are to be settled, and nothing else is new"
            }
            (_, true) => "Everything is up to date",
            _ => "Everything exists already",
        };
        text.blank();
        text.line(format!("{why}; nothing was written."));
        return text;
    }
    if lacks_files(adopted) {
        text.blank();
        let line = "Some files were declined, so the Space is incomplete; `spaces-new check` reports what is missing.";
        wrap_to(&mut text, "", "", line, width);
        return text;
    }
    for step in adopted.next_steps() {
        what_to_do(&step, width, &mut text);
    }
    text
}

/// The maximum number of lines of a side of a conflict that are shown.
const CLASH_LINES_MAX: usize = 20;

/// The lines that stand in the way in a file.
fn clashes_text(file: &MergedFile) -> Printable {
    let mut text = Printable::new();
    for clash in &file.clashes {
        text.line(format!("{}:{}: yours, and those of the template:", file.path, clash.line));
        for (sign, lines) in [("<", &clash.yours), (">", &clash.template)] {
            for line in lines.lines().take(CLASH_LINES_MAX) {
                text.line(format!("    {sign} {}", masked(line)));
            }
            let more = lines.lines().count().saturating_sub(CLASH_LINES_MAX);
            if more > 0 {
                text.line(format!("    {sign} and {more} more lines"));
            }
        }
    }
    text
}

/// Whether files that the Space needs were declined. In an update, those that are not there were deleted before.
fn lacks_files(adopted: &Adopted<'_>) -> bool {
    if adopted.adoption.is_update {
        return false;
    }
    let files = adopted.merge.files().iter();
    let is_declined = |file: &&MergedFile| matches!(file.change, Change::Keep(_)) && adopted.is_missing(file);
    files.filter(is_declined).count() > 0
}
