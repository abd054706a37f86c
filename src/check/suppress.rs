//! Comments that take findings back: `# spaces-new: ignore[rule-id] reason`, on the line or the line above.

use std::collections::BTreeMap;
use std::ops::Range;

use super::diagnostic::{Diagnostic, Finding, Place};
use super::rule::{Group, Rule};
use super::space::Space;
use crate::repo::Lines;
use crate::repo::Repo;

const MARK: &str = "spaces-new: ignore[";

/// More suppressions than these in a file are not looked at, nor more files with some.
const MOST_IGNORES: usize = 500;
const MOST_FILES: usize = 20;

/// One rule named in one comment.
struct Ignore {
    rule: String,
    /// The rule's name in the comment.
    range: Range<usize>,
    line: usize,
    used: bool,
}

/// Takes suppressed findings out, and says which comments suppress nothing.
pub(super) fn apply(repo: &Repo, diagnostics: Vec<Diagnostic>, unused: Option<&Rule>) -> Vec<Diagnostic> {
    let mut files: BTreeMap<&str, Vec<Ignore>> = BTreeMap::new();
    for path in commented(repo) {
        if let Some(text) = repo.text(path).filter(|text| text.contains(MARK)) {
            if files.len() == MOST_FILES {
                repo.skip(path, format!("more than {MOST_FILES} files have suppressions"));
                break;
            }
            files.insert(path, ignores(repo, path, text));
        }
    }
    if files.is_empty() {
        return diagnostics;
    }
    let mut kept: Vec<Diagnostic> =
        diagnostics.into_iter().filter(|diagnostic| !is_suppressed(repo, diagnostic, &mut files)).collect();
    let Some(rule) = unused else { return kept };
    for (path, ignores) in files {
        for ignore in ignores.into_iter().filter(|ignore| !ignore.used) {
            let known = super::rules().iter().any(|rule| rule.id() == ignore.rule);
            let message = if known {
                format!("`{}` finds nothing here", ignore.rule)
            } else {
                format!("there is no rule `{}`", ignore.rule)
            };
            let finding = Finding::new(Place::bytes(path, ignore.range), message)
                .label("ignored for nothing")
                .help("take it out of the comment; `spaces-new rules` lists every rule");
            kept.push(finding.named(rule.id(), Group::Wasteful.level()));
        }
    }
    kept
}

/// Reads the files with comments, before their beginnings are looked at.
pub(super) fn read(repo: &Repo) {
    for path in commented(repo) {
        let _ = repo.text(path);
    }
}

/// The files in which `#` begins a comment and which the rules read.
fn commented(repo: &Repo) -> impl Iterator<Item = &str> {
    const FILES: [&str; 9] = [
        "README.md",
        "Dockerfile",
        "requirements.txt",
        "packages.txt",
        ".gitattributes",
        ".gitignore",
        ".dockerignore",
        ".streamlit/config.toml",
        ".env",
    ];
    let python = repo.files().map(|file| file.path()).filter(|path| {
        !path.contains('/')
            && std::path::Path::new(path).extension().is_some_and(|ending| ending == "py" || ending == "sh")
    });
    FILES.into_iter().chain(python)
}

/// The rules that the comments of a text name. A text with too many of them is noted.
fn ignores(repo: &Repo, path: &str, text: &str) -> Vec<Ignore> {
    let mut ignores = Vec::new();
    let mut at = 0;
    for (number, line) in text.split('\n').enumerate() {
        let mut from = 0;
        while let Some((named, end)) = comment(line, from) {
            for name in line[named.clone()].split(',') {
                if ignores.len() == MOST_IGNORES {
                    repo.skip(path, format!("it has more than {MOST_IGNORES} suppressions"));
                    return ignores;
                }
                let start = at + (name.as_ptr().addr() - line.as_ptr().addr());
                let blanks = name.len() - name.trim_start().len();
                let rule = name.trim();
                let range = start + blanks..start + blanks + rule.len();
                ignores.push(Ignore { rule: rule.to_owned(), range, line: number + 1, used: false });
            }
            from = end;
        }
        at += line.len() + 1;
    }
    ignores
}

/// The next comment of a line that names rules: where the names are, and where to look on.
fn comment(line: &str, from: usize) -> Option<(Range<usize>, usize)> {
    let mut from = from;
    loop {
        let at = from + line[from..].find(MARK)?;
        let start = at + MARK.len();
        let hashes = line[..at].trim_end();
        let before = hashes.trim_end_matches('#');
        let is_comment = before.len() < hashes.len() && before.chars().next_back().is_none_or(char::is_whitespace);
        if is_comment {
            // What is not closed here is closed nowhere on the line
            let length = line[start..].find(']')?;
            return Some((start..start + length, start + length));
        }
        from = start;
    }
}

fn is_suppressed(repo: &Repo, diagnostic: &Diagnostic, files: &mut BTreeMap<&str, Vec<Ignore>>) -> bool {
    let Some(ignores) = files.get_mut(diagnostic.place.path()) else { return false };
    let Some(lines) = Lines::of(repo, diagnostic.place.path()) else { return false };
    // A finding on a whole file is taken back by a comment anywhere in it
    let line = diagnostic.place.range().map(|range| lines.line(range.start));
    let mut suppressed = false;
    for ignore in ignores.iter_mut().filter(|ignore| ignore.rule == diagnostic.rule) {
        if line.is_none_or(|line| ignore.line == line || ignore.line + 1 == line) {
            ignore.used = true;
            suppressed = true;
        }
    }
    suppressed
}

/// The engine itself gives these findings: the rule has nothing to look for.
pub(super) fn nothing(_: &Space<'_>, _: &mut Vec<Finding>) {}
