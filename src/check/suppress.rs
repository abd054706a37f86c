//! Comments that take findings back: `# spaces-new: ignore[rule-id] reason`, on the line or the line above.

use std::collections::BTreeMap;
use std::ops::Range;

use super::diagnostic::{Diagnostic, Finding, Place};
use super::lines::Lines;
use super::rule::{Group, Rule};
use super::space::Space;
use crate::repo::Repo;

const MARK: &str = "spaces-new: ignore[";

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
            files.extend(Lines::of(repo, path).map(|lines| (path, ignores(text, &lines))));
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

fn ignores(text: &str, lines: &Lines<'_>) -> Vec<Ignore> {
    let mut ignores = Vec::new();
    for (at, _) in text.match_indices(MARK) {
        let line_start = text[..at].rfind('\n').map_or(0, |found| found + 1);
        let before = &text[line_start..at];
        let is_comment = before.trim_end().ends_with('#')
            && before.trim_end().trim_end_matches('#').chars().last().is_none_or(char::is_whitespace);
        let start = at + MARK.len();
        let Some(length) = text[start..].find([']', '\n']).filter(|end| text[start + end..].starts_with(']')) else {
            continue;
        };
        if !is_comment {
            continue;
        }
        let mut offset = start;
        for name in text[start..start + length].split(',') {
            let blanks = name.len() - name.trim_start().len();
            let rule = name.trim();
            let range = offset + blanks..offset + blanks + rule.len();
            ignores.push(Ignore { rule: rule.to_owned(), range, line: lines.line(at), used: false });
            offset += name.len() + 1;
        }
    }
    ignores
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
