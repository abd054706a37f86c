//! Comments that suppress findings: `# spaces-new: ignore[rule-id] reason`, on the line or the line above, in the comment syntax of
//! the file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use super::diagnostic::Diagnostic;
use super::rule::Rule;
use super::selection::Selection;
use super::space::Space;
use super::{renamed, rule};
use crate::order;
use crate::repo::Lines;
use crate::repo::Repo;

const MARK: &str = "spaces-new: ignore[";

/// The maximum number of suppressions in a file, and of files with some.
const MOST_IGNORES: usize = 500;
const MOST_FILES: usize = 20;

/// Endings of source files that are searched for comments without findings, if a rule has read them.
const SOURCES: [&str; 11] = ["py", "js", "jsx", "mjs", "ts", "tsx", "vue", "svelte", "html", "conf", "sh"];
/// Other files that are searched for them.
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

/// One rule named in one comment.
struct Ignore {
    /// The rule's name as written.
    written: String,
    /// The rule, also if the comment has its old id.
    rule: Option<&'static Rule>,
    /// Its place.
    range: Range<usize>,
    line: usize,
    used: bool,
}

/// A rule in a comment without effect.
pub(super) struct Unused {
    pub(super) path: String,
    pub(super) range: Range<usize>,
    /// The rule's name as written.
    pub(super) written: String,
    pub(super) why: Why,
}

/// The fault of a rule's name in a comment.
pub(super) enum Why {
    /// The rule ran and found nothing there.
    NothingFound,
    /// The rule does not exist.
    UnknownRule,
    /// It is the old name of a rule.
    Renamed(&'static str),
}

/// The result of suppression.
pub(super) struct Suppressed {
    pub(super) kept: Vec<Diagnostic>,
    /// Empty if it is not requested.
    pub(super) unused: Vec<Unused>,
}

/// Removes suppressed findings, and finds the comments that suppress nothing.
pub(super) fn apply(space: &Space<'_>, diagnostics: Vec<Diagnostic>, selection: &Selection<'_>) -> Suppressed {
    let repo = space.repo();
    let mut paths: BTreeSet<String> = order::set(diagnostics.iter().map(|found| found.place.path().to_owned()));
    if selection.finds_unused() {
        paths.extend(commented(space));
    }
    let mut files: BTreeMap<&str, Vec<Ignore>> = BTreeMap::new();
    for path in paths.iter().filter(|path| Syntax::of(path).is_some()) {
        if let Some(text) = repo.text(path).filter(|text| text.contains(MARK)) {
            if files.len() == MOST_FILES {
                repo.skip(path, format!("more than {MOST_FILES} files have suppressions"));
                break;
            }
            files.insert(path, ignores(repo, path, text));
        }
    }
    let kept = diagnostics.into_iter().filter(|diagnostic| !is_suppressed(repo, diagnostic, &mut files)).collect();
    let unused = files.into_iter().flat_map(|(path, ignores)| {
        ignores.into_iter().filter_map(|ignore| {
            let why = why_unused(&ignore, selection)?;
            Some(Unused { path: path.to_owned(), range: ignore.range, written: ignore.written, why })
        })
    });
    Suppressed { kept, unused: unused.collect() }
}

fn why_unused(ignore: &Ignore, selection: &Selection<'_>) -> Option<Why> {
    match ignore.rule {
        None => Some(Why::UnknownRule),
        Some(_) if renamed(&ignore.written).is_some() => renamed(&ignore.written).map(Why::Renamed),
        // A rule that did not run might have found something
        Some(rule) => (!ignore.used && selection.runs(rule)).then_some(Why::NothingFound),
    }
}

/// Reads the files that are searched for comments, before the beginnings of files are read.
pub(super) fn read(space: &Space<'_>, selection: &Selection<'_>) {
    for path in FILES.iter().filter(|_| selection.finds_unused()) {
        let _ = space.repo().text(path);
    }
}

/// The files that are searched for comments although they may have no findings.
fn commented(space: &Space<'_>) -> impl Iterator<Item = String> {
    let is_source = |path: &str| path.rsplit_once('.').is_some_and(|(_, ending)| SOURCES.contains(&ending));
    let sources = space.repo().files().filter(move |file| file.is_read() && is_source(file.path()));
    FILES.into_iter().chain(sources.map(|file| file.path())).map(str::to_owned)
}

/// The comment syntax of a kind of file.
#[derive(Clone, Copy)]
enum Syntax {
    /// `#`
    Hash,
    /// `//`
    Slashes,
    /// `<!--`, and `#` in the front matter.
    Markdown,
}

impl Syntax {
    /// The comment syntax of a file by its name; none if it has no comments, as JSON, or is unknown.
    fn of(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        if name.starts_with("Dockerfile") || name.starts_with(".env") {
            return Some(Self::Hash);
        }
        if matches!(name, ".gitignore" | ".gitattributes" | ".dockerignore" | "Procfile" | "Containerfile") {
            return Some(Self::Hash);
        }
        match Path::new(name).extension()?.to_str()? {
            "py" | "sh" | "yaml" | "yml" | "toml" | "txt" | "in" | "conf" | "dockerfile" => Some(Self::Hash),
            "js" | "mjs" | "cjs" | "jsx" | "ts" | "mts" | "cts" | "tsx" | "vue" | "svelte" | "astro" => {
                Some(Self::Slashes)
            }
            "md" | "html" | "htm" => Some(Self::Markdown),
            _ => None,
        }
    }

    /// Whether a text that ends before a comment mark really opens a comment there.
    fn opens(self, before: &str) -> bool {
        let before = before.trim_end();
        let stands_alone = |rest: &str| rest.chars().next_back().is_none_or(char::is_whitespace);
        let hashes = || {
            let rest = before.trim_end_matches('#');
            rest.len() < before.len() && stands_alone(rest)
        };
        match self {
            Self::Hash => hashes(),
            Self::Slashes => before.strip_suffix("//").is_some_and(stands_alone),
            Self::Markdown => before.ends_with("<!--") || hashes(),
        }
    }
}

/// The rules that the comments of a text name. A text with too many of them is recorded.
fn ignores(repo: &Repo, path: &str, text: &str) -> Vec<Ignore> {
    let Some(syntax) = Syntax::of(path) else { return Vec::new() };
    let mut ignores = Vec::new();
    let mut at = 0;
    for (number, line) in text.split('\n').enumerate() {
        let mut from = 0;
        while let Some((named, end)) = comment(line, from, syntax) {
            for name in line[named.clone()].split(',') {
                if ignores.len() == MOST_IGNORES {
                    repo.skip(path, format!("it has more than {MOST_IGNORES} suppressions"));
                    return ignores;
                }
                let start = at + (name.as_ptr().addr() - line.as_ptr().addr());
                let blanks = name.len() - name.trim_start().len();
                let written = name.trim();
                let range = start + blanks..start + blanks + written.len();
                ignores.push(Ignore {
                    written: written.to_owned(),
                    rule: rule(written),
                    range,
                    line: number + 1,
                    used: false,
                });
            }
            from = end;
        }
        at += line.len() + 1;
    }
    ignores
}

/// The next comment of a line that names rules: the place of the names, and where to continue.
fn comment(line: &str, from: usize, syntax: Syntax) -> Option<(Range<usize>, usize)> {
    let mut from = from;
    loop {
        let at = from + line[from..].find(MARK)?;
        let start = at + MARK.len();
        if syntax.opens(&line[..at]) {
            // What is unclosed here is closed nowhere on the line
            let length = line[start..].find(']')?;
            return Some((start..start + length, start + length));
        }
        from = start;
    }
}

fn is_suppressed(repo: &Repo, diagnostic: &Diagnostic, files: &mut BTreeMap<&str, Vec<Ignore>>) -> bool {
    let Some(ignores) = files.get_mut(diagnostic.place.path()) else { return false };
    let Some(lines) = Lines::of(repo, diagnostic.place.path()) else { return false };
    // A finding on a whole file can be suppressed by a comment anywhere in it
    let line = diagnostic.place.range().map(|range| lines.line(range.start));
    let mut suppressed = false;
    for ignore in ignores.iter_mut().filter(|ignore| ignore.rule.is_some_and(|rule| rule.id == diagnostic.rule)) {
        if line.is_none_or(|line| ignore.line == line || ignore.line + 1 == line) {
            ignore.used = true;
            suppressed = true;
        }
    }
    suppressed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Checker;

    /// What is left of a finding on line 2 of a file, suppressed by a comment on line 1.
    fn suppresses(path: &str, comment: &str) -> bool {
        let header = "x-frame-options: deny";
        let text = format!("{comment}\nsend(\"{header}\")\n");
        let card = "---\nsdk: docker\n---\n";
        let files = [("README.md", card), ("Dockerfile", "FROM httpd\nCOPY . .\n"), (path, text.as_str())];
        let repo = Repo::from_files(files.map(|(path, text)| (path.parse().unwrap(), text.into())));
        let checker = Checker::new().only(["refused-frame"]).unwrap();
        let found = checker.check(&repo.with([(path.parse().unwrap(), text.replace(comment, "").into())]));
        assert_eq!(found.len(), 1, "{path}: {found:?}");
        checker.check(&repo).is_empty()
    }

    #[test]
    fn comments_suppress_in_the_syntax_of_the_file() {
        for (path, comment) in [
            ("app.py", "# spaces-new: ignore[refused-frame]"),
            ("web/app.py", "## spaces-new: ignore[refused-frame] the reason"),
            ("web/server.ts", "// spaces-new: ignore[refused-frame]"),
            ("server.js", "start(); // spaces-new: ignore[unknown-key, refused-frame]"),
            ("web/nginx.conf", "# spaces-new: ignore[refused-frame]"),
        ] {
            assert!(suppresses(path, comment), "{path}");
        }
        for (path, comment) in [
            ("server.js", "# spaces-new: ignore[refused-frame]"),
            ("app.py", "// spaces-new: ignore[refused-frame]"),
            ("app.py", "spaces-new: ignore[refused-frame]"),
            ("app.py", "<!-- spaces-new: ignore[refused-frame] -->"),
        ] {
            assert!(!suppresses(path, comment), "{path}: {comment}");
        }
    }

    #[test]
    fn markdown_takes_its_own_comments_and_those_of_the_front_matter() {
        let card = |comment: &str| format!("---\nsdk: docker\n{comment}\ncolorFrom: grey\n---\n");
        let found = |text: String| {
            let repo = Repo::from_files([("README.md".parse().unwrap(), text.into())]);
            Checker::new().only(["unknown-color", "text-before-front-matter"]).unwrap().check(&repo).len()
        };
        assert_eq!(found(card("")), 1);
        assert_eq!(found(card("# spaces-new: ignore[unknown-color]")), 0);
        let late = "<!-- spaces-new: ignore[text-before-front-matter] -->\n---\nsdk: docker\n---\n";
        assert_eq!(found(format!("# Demo\n\n{late}")), 0);
        assert_eq!(found(format!("# Demo\n\n{}", late.replace("<!--", "<--"))), 1);
    }
}
