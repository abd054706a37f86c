//! Brings planned files into a repository that has files already, without losing a byte of theirs.
//!
//! Pure: a [`Plan`] and a [`Repo`] in, a [`Merge`] out. Files that are not there are created. The README gets the front
//! matter, or the keys that it lacks; ignore lists and other files of lines get the lines that they lack; Streamlit's settings get
//! the keys that they lack, and `.spaces-new.toml` the answers. Any other file that is there and differs stays as it is,
//! unless replacing it is asked for.

mod answers;
mod base;
mod change;
mod choices;
mod clash;
mod lines;
mod made;
mod metadata;
mod options;
mod readme_text;
mod requirement_lines;
mod settings;
mod starter;
mod three_way;
mod toml_text;
mod update;
mod write;

pub use change::{Change, MergedFile, OnConflict};
pub(crate) use choices::with_choices;
pub use clash::Clash;
pub(crate) use clash::first_marker;
pub use options::MergeOptions;
pub(crate) use readme_text::clashing_line;
pub(crate) use starter::StarterMove;
pub(crate) use three_way::{Part, parts};
pub(crate) use update::{MovedKeys, moved_keys};

use std::collections::BTreeSet;

use base::Bases;
use made::Made;

use crate::disk;
use crate::formats::base::BASE_FILE;
use crate::order::{self, Order};
use crate::plan::{Content, Plan, PlannedFile};
use crate::repo::{FileKind, Repo, Zeros};
use crate::target::{Extension, Merger};
use crate::values::RepoPath;

/// What a repository becomes when a plan is brought into it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merge {
    files: Vec<MergedFile>,
    /// What `.spaces-new.base` says before and after.
    bases: Option<Bases>,
}

impl Merge {
    /// Works it out.
    #[must_use]
    pub fn of(plan: &Plan, repo: &Repo, options: &MergeOptions) -> Self {
        let lower = order::map(repo.files().map(|file| (file.path().to_lowercase(), file.path())));
        let files = plan.files().map(|(path, planned)| {
            let existing = lower.get(&path.as_str().to_lowercase()).copied();
            let (change, content) = match existing {
                None if repo.has_folder(path.as_str()) => conflict("a folder has this name", options),
                None if repo.is_taken(path) => conflict(repo.hidden_reason(path), options),
                None => match path.folders().find(|folder| repo.get(folder).is_some()) {
                    Some(file) => conflict(&format!("`{file}` is a file, not a folder"), options),
                    None => match update::deleted(path, options) {
                        Some(change) => starter::missing(path, planned, options, change),
                        None => (Change::Create, Some(planned.content().clone())),
                    },
                },
                Some(other) if other != path.as_str() => {
                    let rename = format!("`{other}` differs from it in case alone; rename it: `git mv {other} {path}`");
                    conflict(&rename, options)
                }
                Some(_) => starter::guarded(path, planned, repo, options, merged(path, planned, repo, options)),
            };
            let change = update::settled(path, planned, change, options);
            let clashes = match (&change, planned.as_text()) {
                // Lines of two apps say nothing beside each other
                (change, _) if change.is_of_another_app() => None,
                (Change::Conflict(_), Some(wanted))
                    if options.updates && options.target.merger(path.as_str()).is_none() =>
                {
                    update::clashes(path, repo, wanted, options)
                }
                _ => None,
            };
            let before = match (&change, repo.get(path.as_str())) {
                (Change::Create, _) => None,
                (change, Some(file)) if change.is_written() || clashes.is_some() => file.bytes().map(<[u8]>::to_vec),
                _ => None,
            };
            let (clashes, of_template) = clashes.unzip();
            let (path, mode, clashes) = (path.clone(), planned.mode(), clashes.unwrap_or_default());
            MergedFile { path, change, content, before, mode, clashes, of_template }
        });
        let unused = options.unused.iter().filter(|(path, _)| plan.get(path).is_none());
        let unused = unused.filter_map(|(path, why)| without_effect(path, why, repo, options));
        let mut files: Vec<MergedFile> = files.chain(unused).collect();
        files.extend(update::without_plan(plan, repo, options));
        starter::without_plan(&mut files, plan, repo, options);
        update::without_others_locks(&mut files, plan, repo, options);
        files.order_by(|one, other| one.path.cmp(&other.path));
        Self { files, bases: Bases::of(plan, repo, options) }.settled()
    }

    /// The same merge without what was declined: those files stay as they are.
    #[must_use]
    pub fn without(mut self, declined: &BTreeSet<RepoPath>) -> Self {
        for file in self.files.iter_mut().filter(|file| declined.contains(&file.path)) {
            file.change = Change::Keep(change::DECLINED.to_owned());
            (file.content, file.before, file.of_template) = (None, None, None);
        }
        self.settled()
    }

    /// Both merges, of which the other was worked out over the result of this one.
    #[must_use]
    pub(crate) fn and(mut self, other: Self) -> Self {
        for file in other.files {
            match self.files.iter_mut().find(|known| known.path == file.path) {
                Some(known) if matches!(known.change, Change::Conflict(_)) || file.change == Change::Unchanged => {}
                // What was there before the first of them counts
                Some(known) if known.content.is_some() && file.content.is_some() => known.content = file.content,
                Some(known) => *known = file,
                None => self.files.push(file),
            }
        }
        self.files.order_by(|one, other| one.path.cmp(&other.path));
        self
    }

    /// Every file of the plan, in the order of their paths.
    #[must_use]
    pub fn files(&self) -> &[MergedFile] {
        &self.files
    }

    /// The files that stand in the way.
    pub fn conflicts(&self) -> impl Iterator<Item = &MergedFile> {
        self.files.iter().filter(|file| matches!(file.change, Change::Conflict(_)))
    }

    /// Whether somebody declined a change.
    #[must_use]
    pub fn is_declined(&self) -> bool {
        self.files.iter().any(|file| file.change.is_declined())
    }

    /// Whether nothing has to be written.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        !self.files.iter().any(|file| file.change.is_written())
    }
}

/// A file that has no effect any more.
fn without_effect(path: &RepoPath, why: &str, repo: &Repo, options: &MergeOptions) -> Option<MergedFile> {
    let file = repo.get(path.as_str())?;
    let there = file.bytes().filter(|_| file.kind() == FileKind::Regular);
    let made = options.earlier.get(path).map(PlannedFile::content);
    let is_made = |there: &[u8]| made == Some(&Content::Bytes(there.to_vec()));
    let is_ours = there.is_some_and(|there| is_made(there) || update::is_as_generated(path, there, options));
    let change = if is_ours { Change::Remove } else { Change::Keep(why.to_owned()) };
    let before = there.filter(|_| is_ours).map(<[u8]>::to_vec);
    Some(MergedFile::without_content(path, change, before))
}

/// Why a file cannot be merged of which nothing else is to be said.
const DIFFERS: &str = "it is there and differs";

/// Why a file stays that an earlier run made and that is not as it made it.
const OWN_WORK: &str = "changed by you since it was made";

/// The same where it is not known how it made it.
const MAY_BE_OLD: &str =
    "it differs from what is generated now, and it is not known who changed it; `spaces-new update` asks";

/// Whether an earlier run planned the very same file. To replace it is said in so many words.
fn asks_nothing_new(path: &RepoPath, planned: &PlannedFile, options: &MergeOptions) -> bool {
    let earlier = options.earlier.get(path).map(PlannedFile::content);
    earlier == Some(planned.content()) && options.on_conflict != OnConflict::Replace
}

/// Why such a file stays.
fn own_work(path: &RepoPath, options: &MergeOptions) -> &'static str {
    let is_known = options.base.as_ref().is_some_and(|base| base.get(path).is_some());
    if is_known || options.work.contains(path) { OWN_WORK } else { MAY_BE_OLD }
}

type Outcome = (Change, Option<Content>);

fn conflict(why: &str, options: &MergeOptions) -> Outcome {
    let change = match options.on_conflict {
        OnConflict::Keep => Change::Keep(why.to_owned()),
        OnConflict::Refuse | OnConflict::Replace | OnConflict::Markers => Change::Conflict(why.to_owned()),
    };
    (change, None)
}

/// A file that is there under the very same path.
fn merged(path: &RepoPath, planned: &PlannedFile, repo: &Repo, options: &MergeOptions) -> Outcome {
    let Some(file) = repo.get(path.as_str()).filter(|file| file.kind() == FileKind::Regular) else {
        return conflict("it is not a regular file", options);
    };
    let wanted = match planned.content() {
        Content::Bytes(wanted) => wanted,
        Content::Copy { from, .. } if repo.root().is_some_and(|root| root.join(path.to_path()) == *from) => {
            return (Change::Unchanged, None);
        }
        Content::Copy { from, .. }
            if repo.root().is_some_and(|root| disk::is_same(&root.join(path.to_path()), from)) =>
        {
            return (Change::Unchanged, None);
        }
        Content::Copy { .. } => return conflict("it is there already", options),
    };
    let Some(there) = file.bytes() else { return conflict("it is too large, or unreadable", options) };
    if path.as_str() == BASE_FILE {
        return (Change::Update, Some(planned.content().clone()));
    }
    if options.updates
        && let Some(outcome) = planned.as_text().and_then(|wanted| update::updated(path, there, wanted, options))
    {
        return replaced(outcome, path, planned, repo, options);
    }
    let is_ours = options.earlier.get(path).is_some_and(|earlier| *earlier.content() == Content::Bytes(there.to_vec()));
    if is_ours && wanted != there {
        return (Change::Update, Some(planned.content().clone()));
    }
    if wanted == there {
        return (Change::Unchanged, None);
    }
    let texts = std::str::from_utf8(there).ok().zip(std::str::from_utf8(wanted).ok());
    let differs = || match Zeros::of(path.as_str(), there) {
        Zeros::Utf16 => Err("it is UTF-16: save it as UTF-8".to_owned()),
        _ => Err(DIFFERS.to_owned()),
    };
    let extended = match options.edits.get(path) {
        Some((what, true)) => {
            return (Change::Extend(vec![what.clone()]), Some(planned.content().clone()));
        }
        Some((what, false)) => Err(format!("it needs a change: {what}")),
        None => texts.map_or_else(differs, |(there, wanted)| extend(path.as_str(), there, wanted, options)),
    };
    match extended {
        Ok(Extension { added, .. }) if added.is_empty() => (Change::Unchanged, None),
        Ok(Extension { text, added }) => (Change::Extend(added), Some(Content::Bytes(text.into_bytes()))),
        Err(why) if options.updates => {
            let is_work = options.work.contains(path) && options.on_conflict == OnConflict::Refuse;
            let outcome = match planned.as_text() {
                Some(_) if is_work => (Change::Keep(update::MAY_BE_WORK.to_owned()), None),
                // Other programs read it: markers would break it, and what is wrong with it has a name
                Some(_) if options.target.merger(path.as_str()).is_some() => conflict(&why, options),
                Some(wanted) if why == DIFFERS => update::two_way(there, wanted, options),
                _ => conflict(&why, options),
            };
            replaced(outcome, path, planned, repo, options)
        }
        // Nothing else is asked for than before: the person who changed the file wanted it so
        Err(_) if asks_nothing_new(path, planned, options) => (Change::Keep(own_work(path, options).to_owned()), None),
        Err(_) if options.work.contains(path) && options.on_conflict != OnConflict::Replace => {
            (Change::Keep(OWN_WORK.to_owned()), None)
        }
        Err(why) => replaced(conflict(&why, options), path, planned, repo, options),
    }
}

/// The planned file in place of one that is a conflict, if that is asked for.
fn replaced(outcome: Outcome, path: &RepoPath, planned: &PlannedFile, repo: &Repo, options: &MergeOptions) -> Outcome {
    if !matches!(outcome.0, Change::Conflict(_)) || options.on_conflict != OnConflict::Replace {
        return outcome;
    }
    match spare_path(path, repo) {
        Some(spare) => (Change::Replace(spare), Some(planned.content().clone())),
        None => conflict("it differs, and no name is free to keep it under", options),
    }
}

/// The merged text, for files that can be merged; why not, for those that cannot.
fn extend(path: &str, there: &str, wanted: &str, options: &MergeOptions) -> Result<Extension, String> {
    let made = Made::of(path, options);
    match options.target.merger(path) {
        Some(Merger::FrontMatter) => {
            metadata::extend(there, wanted, options).map(|merged| readme_text::with_text(merged, wanted, options))
        }
        Some(Merger::Lines) => Ok(lines::extend(there, wanted, lines::Kind::Ignore, made)),
        Some(Merger::AttributeLines) => Ok(lines::extend(there, wanted, lines::Kind::Attributes, made)),
        Some(Merger::SettingLines) => Ok(lines::extend(there, wanted, lines::Kind::Settings, made)),
        Some(Merger::Answers) => answers::extend(there, wanted, &options.answer_keys),
        Some(Merger::Toml) => settings::extend(there, wanted, made),
        Some(Merger::Own(extend)) => extend(there, wanted),
        None => Err(DIFFERS.to_owned()),
    }
}

/// `NAME.orig`, or `NAME.orig.2` and so on where that is taken.
fn spare_path(path: &RepoPath, repo: &Repo) -> Option<RepoPath> {
    let numbered = (2..100).map(|number| format!("{path}.orig.{number}"));
    let names = std::iter::once(format!("{path}.orig")).chain(numbered);
    names.filter_map(|name| name.parse().ok()).find(|spare| !repo.is_taken(spare))
}

/// The line break that a text uses.
fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// A text with a line break at its end, unless it is empty.
fn ended(text: &str) -> String {
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { line_break(text) };
    format!("{text}{end}")
}
