//! Files that are made and that an existing `.gitignore`, or `.git/info/exclude`, would keep from being pushed.

use std::collections::BTreeSet;

use crate::formats::base::BASE_FILE;
use crate::formats::own_file::OWN_FILE;
use crate::order;
use crate::plan::{Plan, PlannedFile};
use crate::repo::Repo;
use crate::values::RepoPath;

const GITIGNORE: &str = ".gitignore";

/// The files at the root without which the Hub makes another Space, or none, and those that the next run needs.
const NEEDED: [&str; 9] = [
    ".dockerignore",
    ".env.example",
    ".gitattributes",
    BASE_FILE,
    OWN_FILE,
    "Dockerfile",
    "README.md",
    "packages.txt",
    "requirements.txt",
];

/// The plan with an exception in `.gitignore` for each file that would be made and not be pushed. A file that exists is left to the
/// person, who may have hidden it.
pub(super) fn with_exceptions(mut plan: Plan, repo: &Repo) -> Plan {
    // What it includes again counts before what `.git/info/exclude` leaves out
    let there = repo.text(GITIGNORE).unwrap_or_default();
    let is_wanted = |path: &RepoPath| {
        // Once the line is there, it stays a part of the plan
        let has_line = || there.lines().any(|line| line == exception(path));
        NEEDED.contains(&path.as_str()) && (has_line() || !repo.is_taken(path) && repo.ignores(path))
    };
    // It is made of the others, and so last
    let last = BASE_FILE.parse().ok().filter(|path| plan.get(path).is_none());
    let made: BTreeSet<&RepoPath> = order::set(plan.files().map(|(path, _)| path).chain(&last));
    let lines: String = made.into_iter().filter(|path| is_wanted(path)).map(|path| exception(path) + "\n").collect();
    let Some(path) = GITIGNORE.parse().ok().filter(|_| !lines.is_empty()) else { return plan };
    if let Some((text, mode)) = plan.get(&path).and_then(|file| Some((file.as_text()?, file.mode()))) {
        let file = PlannedFile::text(format!("{text}\n# The Space needs it\n{lines}"), mode);
        plan.replace(path, file);
    }
    plan
}

fn exception(path: &RepoPath) -> String {
    format!("!/{path}")
}
