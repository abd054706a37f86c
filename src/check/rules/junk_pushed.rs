//! Files that programs made for themselves, and that git would push.
//!
//! ## What it does
//! Looks for compiled Python, `node_modules`, virtual environments, caches, and files of Finder and Explorer that no
//! `.gitignore` excludes. `node_modules` and environments count only if nothing in the repository names them.
//!
//! ## Why it matters
//! They make each clone and build larger, and may be wrong for another system. Many of them are binary, and a push with binary
//! files is refused: `Your push was rejected because it contains binary files`. They belong in no LFS either.
//!
//! ## Example
//! ```.DS_Store zeros=64 hidden
//! Bud1
//! ```
//!
//! ## Use instead
//! ```.gitignore
//! .DS_Store
//! ```
//!
//! ## Source
//! <https://github.com/github/gitignore>, <https://huggingface.co/docs/hub/repositories-getting-started>

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Deref;

use super::{Check, Finding, Fix, Group, Place, Rule, Space};
use crate::check::Level;
use crate::check::by_git::ByGit;
use crate::check::junk::{junk, may_be_needed};
use crate::repo::{File, Repo, look_at};

pub(super) const RULE: Rule = Rule::new("junk-pushed", Group::Refused, Check::WholeFiles(check));

const GITIGNORE: &str = ".gitignore";
/// More files of a kind are not looked at for being binary.
const LOOKED_AT: usize = 200;
/// More files than these are counted, not shown.
const SHOWN: usize = 3;

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let repo = space.repo();
    let mut kinds: BTreeMap<String, Vec<&File>> = BTreeMap::new();
    for file in repo.files().filter(|file| !repo.may_ignore(file.path())) {
        if let Some(pattern) = junk(repo, file.path()) {
            kinds.entry(pattern).or_default().push(file);
        }
    }
    kinds.retain(|pattern, _| !may_be_needed(pattern) || !is_named(repo, pattern));
    let by_git = LazyCell::new(|| ByGit::of(space));
    found.extend(kinds.iter().filter_map(|(pattern, files)| finding(space, pattern, files, &by_git)));
}

fn finding(space: &Space<'_>, pattern: &str, files: &[&File], by_git: &impl Deref<Target = ByGit>) -> Option<Finding> {
    let [first, rest @ ..] = files else { return None };
    let looked_at = &files[..files.len().min(LOOKED_AT)];
    look_at(looked_at);
    let plain = &space.by_lfs().plain;
    let is_plain = |file: &File| plain.binary_search_by_key(&file.path(), |plain| plain.path()).is_ok();
    let is_binary = |file: &&File| file.is_binary() == Some(true) && is_plain(file);
    let is_refused = looked_at.iter().copied().any(|file| is_binary(&file) && by_git.pushes(file.path()));
    let what = match rest.len() {
        0 => format!("git would push `{}`", first.path()),
        more => format!("git would push `{}` and {more} more like it", first.path()),
    };
    let why = if is_refused { "it is binary, so the push is refused" } else { "a program made it for itself" };
    let mut finding = Finding::new(Place::file(first.path()), format!("{what}: {why}"));
    if !is_refused {
        finding = finding.at_most(Level::Warning);
    }
    for file in rest.iter().take(SHOWN) {
        finding = finding.related(Place::file(file.path()), "");
    }
    Some(advised(space.repo(), pattern, files, finding))
}

/// What to do, depending on what git knows.
fn advised(repo: &Repo, pattern: &str, files: &[&File], finding: Finding) -> Finding {
    let text = repo.text(GITIGNORE);
    let has_line = text.is_some_and(|text| text.lines().any(|line| line.trim_end() == pattern));
    let named = named(pattern, files);
    let untrack = format!("run `git rm -r --cached {named}`");
    let is_tracked = files.iter().any(|file| repo.is_tracked(file.path()));
    let finding = match (has_line, is_tracked) {
        (true, _) => finding.help(format!("git tracks it although {GITIGNORE} has `{pattern}`: {untrack}")),
        (false, true) => finding.help(format!(
            "add `{pattern}` to {GITIGNORE}, and {untrack}; if it was committed, also remove it from the history"
        )),
        (false, false) => finding.help(format!("add `{pattern}` to {GITIGNORE}")),
    };
    if has_line {
        return finding;
    }
    let at = text.map_or(0, str::len);
    let gap = if text.is_some_and(|text| !text.is_empty() && !text.ends_with('\n')) { "\n" } else { "" };
    let fix = Fix::safe(format!("add `{pattern}` to {GITIGNORE}"));
    finding.fix(fix.insert(GITIGNORE, at, format!("{gap}{pattern}\n")))
}

/// The files for git: those of many folders by a pattern, others by their folder.
fn named(pattern: &str, files: &[&File]) -> String {
    let name = pattern.trim_start_matches('*');
    match (name.strip_suffix('/'), files.first()) {
        (Some(folder), Some(first)) if !name.starts_with(['_', '.']) => {
            let end = first.path().find(name).map_or(0, |at| at + folder.len());
            first.path()[..end].to_owned()
        }
        (Some(_), _) => format!("'*{name}*'"),
        _ => format!("'*{name}'"),
    }
}

/// Whether a page, a script or the Dockerfile names a folder.
fn is_named(repo: &Repo, pattern: &str) -> bool {
    let folder = pattern.trim_end_matches('/');
    let mut files = repo.files().filter(|file| {
        let is_script = [".html", ".sh", ".py", ".js", ".mjs"].iter().any(|ending| file.name().ends_with(ending));
        let is_outside = junk(repo, file.path()).is_none();
        is_outside && (is_script || matches!(file.name(), "Dockerfile" | "Procfile"))
    });
    let copies = |text: &str| text.contains(&format!("{folder}/")) || (text.contains("COPY") && text.contains(folder));
    files.by_ref().take(500).any(|file| file.text().is_some_and(copies))
}
