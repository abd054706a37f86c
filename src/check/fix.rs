//! Applies fixes, in memory. All edits of a fix are made, or none.

use std::collections::BTreeMap;

use super::Checker;
use super::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::order::Order;
use crate::repo::Repo;
use crate::values::RepoPath;

/// A fix may reveal the next finding; more rounds than this would be two fixes that undo each other.
const ROUNDS: usize = 10;

/// The maximum number of fixes in one run: each round checks the whole repository again, and a hostile one could need many.
const MOST_FIXES: usize = 1000;

/// A repository after its fixes.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Fixed {
    /// The files that changed, ordered by path.
    pub files: Vec<FixedFile>,
    /// What was fixed: the rule and the title of the fix.
    pub applied: Vec<(&'static str, String)>,
    /// The remaining findings.
    pub remaining: Vec<Diagnostic>,
}

/// A file that fixes changed or created.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FixedFile {
    /// The file.
    pub path: RepoPath,
    /// The old content; none if it is new.
    pub before: Option<String>,
    /// The new content.
    pub after: String,
}

impl Checker {
    /// Applies the fixes of its findings: the safe ones, and with `with_care` all others too. Nothing is written.
    ///
    /// A file that is not UTF-8, or is larger than 2 MiB, is never changed.
    #[must_use]
    pub fn fix(&self, repo: &Repo, with_care: bool) -> Fixed {
        self.fix_these(repo, self.check(repo), with_care)
    }

    /// The same for its findings, if they are known.
    pub(crate) fn fix_these(&self, repo: &Repo, findings: Vec<Diagnostic>, with_care: bool) -> Fixed {
        let allowed = if with_care { Safety::Unsafe } else { Safety::Safe };
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        let mut applied = Vec::new();
        let mut remaining = findings;
        for _ in 0..ROUNDS {
            if applied.len() >= MOST_FIXES {
                break;
            }
            let done = round(repo, &mut texts, &remaining, allowed);
            if done.is_empty() {
                break;
            }
            applied.extend(done);
            let changed = texts.iter().filter_map(|(path, text)| Some((path.parse().ok()?, text.as_bytes().to_vec())));
            remaining = self.check(&repo.with(changed));
        }
        let files = texts.into_iter().filter_map(|(path, after)| {
            let before = repo.text(&path).map(str::to_owned);
            let changed = before.as_deref() != Some(&after);
            changed.then_some(())?;
            Some(FixedFile { path: path.parse().ok()?, before, after })
        });
        Fixed { files: files.collect(), applied, remaining }
    }
}

/// Applies the first allowed fix of each finding, unless another one of this round changed the same bytes.
fn round(
    repo: &Repo,
    texts: &mut BTreeMap<String, String>,
    diagnostics: &[Diagnostic],
    allowed: Safety,
) -> Vec<(&'static str, String)> {
    let mut edits: Taken = BTreeMap::new();
    let mut done = Vec::new();
    for diagnostic in diagnostics {
        let Some(fix) = diagnostic.fixes.iter().find(|fix| fix.safety <= allowed) else { continue };
        if fits(repo, texts, &edits, diagnostic.rule, fix) {
            done.push((diagnostic.rule, fix.title.clone()));
            for edit in &fix.edits {
                edits.entry(edit.path.clone()).or_default().push((diagnostic.rule, edit.clone()));
            }
        }
    }
    for (path, mut edits) in edits {
        let mut text = current(repo, texts, &path).unwrap_or_default().to_owned();
        edits.order_by_key(|(_, edit)| edit.range.start);
        for (_, edit) in edits.iter().rev() {
            text.replace_range(edit.range.clone(), &edit.text);
        }
        texts.insert(path, text);
    }
    done
}

fn current<'a>(repo: &'a Repo, texts: &'a BTreeMap<String, String>, path: &str) -> Option<&'a str> {
    texts.get(path).map(String::as_str).or_else(|| repo.text(path))
}

/// The edits of a round by file, each with its rule.
type Taken = BTreeMap<String, Vec<(&'static str, Edit)>>;

/// Whether both insert lines at the same place for one rule, as for each ending of binary files: they do not conflict.
fn are_other_lines(rule: &str, one: &Edit, other_rule: &str, other: &Edit) -> bool {
    let is_line = |edit: &Edit| edit.range.is_empty() && edit.text.ends_with('\n');
    rule == other_rule && is_line(one) && is_line(other) && one.text != other.text
}

fn fits(repo: &Repo, texts: &BTreeMap<String, String>, taken: &Taken, rule: &str, fix: &Fix) -> bool {
    !fix.edits.is_empty()
        && fix.edits.iter().all(|edit| {
            let there = repo.get(&edit.path).is_some() || texts.contains_key(&edit.path);
            let text = current(repo, texts, &edit.path);
            let within = match text {
                Some(text) => text.get(edit.range.clone()).is_some(),
                // A file that cannot be read as text is skipped; a missing one is created
                None => !there && edit.range == (0..0),
            };
            let apart = |(other_rule, other): &(&str, Edit)| {
                are_other_lines(rule, edit, other_rule, other)
                    || other.range.end < edit.range.start
                    || edit.range.end < other.range.start
                    || (other.range.end == edit.range.start && !other.range.is_empty() && !edit.range.is_empty())
                    || (edit.range.end == other.range.start && !other.range.is_empty() && !edit.range.is_empty())
            };
            within
                && edit.path.parse::<RepoPath>().is_ok()
                && taken.get(&edit.path).is_none_or(|taken| taken.iter().all(apart))
        })
}
