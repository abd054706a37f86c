//! Updates files by what was generated before: who wrote which line is known.

use super::clash::{self, Clash, Clashing};
use super::metadata::README;
use super::requirement_lines;
use super::three_way::{self, Merged};
use super::{Change, MergeOptions, MergedFile, OWN_WORK, OnConflict, Outcome, conflict};
use crate::formats::base::{Base, Generated};
use crate::formats::front_matter::Readme;
use crate::plan::{Content, Plan, PlannedFile};
use crate::repo::{FileKind, Repo};
use crate::values::{BlobId, RepoPath};

/// Why a file stays away.
const DELETED: &str = "deleted since it was made; it stays so";

/// Why a file stays that no run has made.
pub(super) const NOT_OURS: &str = "spaces-new did not create it";

/// Why a file stays that a newer template is without.
const CHANGED_AND_GONE: &str = "the template no longer has it; changed by you, so it stays";

/// Why a file stays that the base names and that no version of the template is known to have given up.
const NOT_PLANNED: &str = "it is not made for this app any more; it stays as it is, and later updates leave it alone";

/// Why no lock file is created.
pub(super) const NO_LOCK: &str =
    "`package.json` is not as it was generated: run `npm install`, which makes this file for it";

/// Why a file of the starter stays of which it is not known what was generated.
pub(super) const MAY_BE_WORK: &str = "it differs, and may be your work";

/// What to say of a file of which it is not known what was generated.
pub(super) const NO_BASE: &str = "it differs, and it is not known which lines are yours: no `.spaces-new.base` has it";

/// Leaves out new lock files that would not be those of the `package.json` beside them.
pub(super) fn without_others_locks(files: &mut [MergedFile], plan: &Plan, repo: &Repo, options: &MergeOptions) {
    if !options.updates {
        return;
    }
    let is_planned = |manifest: &MergedFile| {
        let after = match &manifest.content {
            Some(Content::Bytes(bytes)) => Some(bytes.as_slice()),
            _ => repo.get(manifest.path.as_str()).and_then(|file| file.bytes()),
        };
        let planned = plan.get(&manifest.path).and_then(PlannedFile::as_text);
        planned.zip(after.and_then(Text::of)).is_none_or(|(planned, text)| text.lines == planned)
    };
    let of_persons = files
        .iter()
        .filter(|file| !is_planned(file))
        .filter_map(|file| file.path.as_str().strip_suffix("package.json"));
    let locks: Vec<String> = of_persons.map(|folder| format!("{folder}package-lock.json")).collect();
    for lock in files.iter_mut().filter(|file| file.change == Change::Create && locks.contains(&file.path.to_string()))
    {
        (lock.change, lock.content) = (Change::Keep(NO_LOCK.to_owned()), None);
    }
}

/// A planned file that is not there, if it was there once.
pub(super) fn deleted(path: &RepoPath, options: &MergeOptions) -> Option<Change> {
    let known = options.base.as_ref().filter(|_| options.updates).and_then(|base| base.get(path));
    let is_known = known.is_some_and(|known| !known.is_of_the_person());
    // One that was not a part of the Space before, with other answers, may be one now
    let was_part = options.before.paths.as_ref().is_none_or(|paths| paths.contains(path));
    (is_known && was_part).then(|| Change::Keep(DELETED.to_owned()))
}

/// The change, unless it is a conflict about a file that the template has not changed: whatever is in its place stays.
pub(super) fn settled(path: &RepoPath, planned: &PlannedFile, change: Change, options: &MergeOptions) -> Change {
    let known = options.base.as_ref().filter(|_| options.updates).and_then(|base| base.get(path));
    let is_as_before =
        known.zip(planned.as_text()).is_some_and(|(known, text)| known.id == BlobId::of(text.as_bytes()));
    match change {
        Change::Conflict(why) if is_as_before => Change::Keep(why),
        change => change,
    }
}

/// A file that is there and differs from the planned one. None if it is merged as `init` merges it.
pub(super) fn updated(path: &RepoPath, there: &[u8], wanted: &str, options: &MergeOptions) -> Option<Outcome> {
    let known = options.base.as_ref()?.get(path);
    let text = Text::of(there);
    if let (Some(known), Some(text)) = (known, &text)
        && known.id == BlobId::of(text.lines.as_bytes())
        // The file that says so is untrusted: an id alone, which a program can print, replaces only files of lines
        && (known.text.is_some() || options.target.merger(path.as_str()).is_some())
    {
        let is_newest = text.lines == wanted;
        return Some(if is_newest { (Change::Unchanged, None) } else { (Change::Update, Some(text.back(wanted))) });
    }
    let keep = |why: &str| Some((Change::Keep(why.to_owned()), None));
    if known.is_some_and(|known| known.id == BlobId::of(wanted.as_bytes())) {
        let has_markers = text.is_some_and(|text| clash::has_markers(&text.lines));
        return keep(if has_markers { "it has markers of a conflict to settle" } else { OWN_WORK });
    }
    match (known, text) {
        _ if options.target.merger(path.as_str()).is_some() => None,
        // All that this version makes was recorded: a line that is not there was taken out
        (None, _) if options.before.is_same_version => None,
        (None, _) => keep(NOT_OURS),
        (Some(known), _) if known.is_of_the_person() => keep(NOT_OURS),
        (Some(_), None) => Some(conflict("it is not text in UTF-8", options)),
        (Some(known), Some(text)) => Some(merged(path, known, &text, wanted, options)),
    }
}

fn merged(path: &RepoPath, known: &Generated, text: &Text, wanted: &str, options: &MergeOptions) -> Outcome {
    if text.lines == wanted {
        return (Change::Unchanged, None);
    }
    if clash::has_markers(&text.lines) {
        return conflict("it has markers of a conflict: settle it first", options);
    }
    let Some(base) = &known.text else { return conflict(NO_BASE, options) };
    match three_texts(path, base, &text.lines, wanted) {
        Merged::Clean(lines) if lines == text.lines => (Change::Unchanged, None),
        Merged::Clean(lines) => (Change::Merge, Some(text.back(&lines))),
        Merged::Clashing(clashing) => in_conflict(&clashing, text, options),
    }
}

/// Merges a file as git does, and requirements that git cannot merge one by one.
fn three_texts(path: &RepoPath, base: &str, there: &str, wanted: &str) -> Merged {
    let merged = three_way::merge(base, there, wanted);
    if matches!(merged, Merged::Clean(_)) || !requirement_lines::is_of_requirements(path.as_str()) {
        return merged;
    }
    requirement_lines::merge(base, there, wanted).map_or(merged, Merged::Clean)
}

/// What becomes of a file with conflicts.
fn in_conflict(clashing: &Clashing, text: &Text, options: &MergeOptions) -> Outcome {
    let clashes = clashing.clashes();
    let lines: Vec<String> = clashes.iter().map(|clash| clash.line.to_string()).collect();
    let many = if lines.len() == 1 { "line" } else { "lines" };
    match options.on_conflict {
        OnConflict::Markers => (Change::Mark(clashes.len()), Some(text.back(&clashing.marked()))),
        _ => {
            conflict(&format!("you and the template changed the same lines, from {many} {}", lines.join(", ")), options)
        }
    }
}

/// A file that is there and differs, of which nothing is known.
pub(super) fn two_way(there: &[u8], wanted: &str, options: &MergeOptions) -> Outcome {
    match (options.on_conflict, Text::of(there)) {
        (OnConflict::Markers, Some(text)) if !clash::has_markers(&text.lines) => {
            in_conflict(&Clashing::all(&text.lines, wanted), &text, options)
        }
        _ => conflict(NO_BASE, options),
    }
}

/// The lines that stand in the way of a file that is a conflict, and its text with those of the template in their place.
pub(super) fn clashes(
    path: &RepoPath,
    repo: &Repo,
    wanted: &str,
    options: &MergeOptions,
) -> Option<(Vec<Clash>, String)> {
    let text = Text::of(repo.get(path.as_str())?.bytes()?).filter(|text| !clash::has_markers(&text.lines))?;
    let base = options.base.as_ref().and_then(|base| base.get(path)?.text.as_deref());
    let clashing = match base.map(|base| three_texts(path, base, &text.lines, wanted)) {
        Some(Merged::Clean(_)) => return None,
        Some(Merged::Clashing(clashing)) => clashing,
        None => Clashing::all(&text.lines, wanted),
    };
    Some((clashing.clashes(), text.with_its_ends(&clashing.of_template())))
}

/// Whether a file has the very content that was generated, in any line breaks. An id is not enough to remove one.
pub(super) fn is_as_generated(path: &RepoPath, there: &[u8], options: &MergeOptions) -> bool {
    let known = options.base.as_ref().and_then(|base| base.get(path)?.text.as_deref());
    known.zip(Text::of(there)).is_some_and(|(known, text)| text.lines == known)
}

/// The files that were generated and are planned no more.
pub(super) fn without_plan(plan: &Plan, repo: &Repo, options: &MergeOptions) -> Vec<MergedFile> {
    let Some(base) = options.base.as_ref().filter(|_| options.updates && !options.is_partial) else {
        return Vec::new();
    };
    let is_gone = |path: &RepoPath| plan.get(path).is_none() && !options.unused.contains_key(path);
    let gone = base.files().filter(|(path, known)| is_gone(path) && !known.is_of_the_person());
    let gone = gone.filter_map(|(path, _)| {
        let file = repo.get(path.as_str())?;
        let there = file.bytes().filter(|_| file.kind() == FileKind::Regular);
        let may_go = options.removable.contains(path);
        let is_ours = may_go && there.is_some_and(|there| is_as_generated(path, there, options));
        let why = if may_go { CHANGED_AND_GONE } else { NOT_PLANNED };
        let change = if is_ours { Change::Remove } else { Change::Keep(why.to_owned()) };
        let before = there.filter(|_| is_ours).map(<[u8]>::to_vec);
        Some(MergedFile::without_content(path, change, before))
    });
    gone.collect()
}

/// A text with line breaks as templates have them.
struct Text {
    lines: String,
    has_crlf: bool,
}

impl Text {
    fn of(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let has_crlf = three_way::has_crlf(text);
        Some(Self { lines: if has_crlf { text.replace("\r\n", "\n") } else { text.to_owned() }, has_crlf })
    }

    /// Other lines, with the line breaks that this text had.
    fn back(&self, lines: &str) -> Content {
        Content::Bytes(self.with_its_ends(lines).into_bytes())
    }

    fn with_its_ends(&self, lines: &str) -> String {
        if self.has_crlf { lines.replace('\n', "\r\n") } else { lines.to_owned() }
    }
}

/// Keys of the front matter, by what an update does with them.
#[derive(Default)]
pub(crate) struct MovedKeys {
    /// The template gives them other values, and they are still as they were made.
    pub(crate) replaced: Vec<String>,
    /// The template takes them away, and they are still as they were made.
    pub(crate) dropped: Vec<String>,
    /// They were made, and somebody has taken them out.
    pub(crate) gone: Vec<String>,
}

/// What becomes of the keys that were generated.
pub(crate) fn moved_keys(base: &Base, repo: &Repo, plan: &Plan) -> MovedKeys {
    let mut keys = MovedKeys::default();
    let texts = README.parse().ok().and_then(|path| {
        Some((base.get(&path)?.text.as_deref()?, repo.text(path.as_str())?, plan.get(&path)?.as_text()?))
    });
    let Some((base, there, wanted)) = texts else { return keys };
    let (was, is, planned) = (Readme::read(base), Readme::read(there), Readme::read(wanted));
    let lines = |text: &str| text.replace("\r\n", "\n");
    for entry in was.entries() {
        let Some(key) = entry.key.as_str() else { continue };
        let old = &base[entry.range()];
        let Some(now) = is.entry(key) else {
            keys.gone.push(key.to_owned());
            continue;
        };
        if lines(&there[now.range()]) != old {
            continue;
        }
        match planned.entry(key) {
            None => keys.dropped.push(key.to_owned()),
            Some(new) if wanted[new.range()] != *old => keys.replaced.push(key.to_owned()),
            Some(_) => {}
        }
    }
    keys
}
