//! Which files git stores with LFS or Xet, according to the `.gitattributes` of the repository.
//!
//! Source: <https://git-scm.com/docs/gitattributes>: the last matching line of a file wins, and the file of the deepest
//! folder wins over those above it. A pattern only matches files, never the contents of a folder.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Once;

use super::Repo;
use super::file::{File, FileKind};
use super::skipped::SkippedList;
use crate::formats::wildmatch::{AttributeState, GitPattern, GitPatterns, Steps, Subject, Work, attribute_line};

const GITATTRIBUTES: &str = ".gitattributes";
/// The limits of the total size and of the number of lines about filters. A file that exceeds one is skipped.
const MOST_BYTES: u64 = 4 * 1024 * 1024;
const MOST_LINES: usize = 50_000;
/// With more macros, no macro is followed.
const MOST_MACROS: usize = 64;

/// The attribute to look up, by its index among those that lead to it.
const FILTER: usize = 0;

/// The lines of all `.gitattributes`, in order of precedence.
#[derive(Debug)]
pub struct Attributes {
    root: Lines,
    /// By folder, with a slash at the end.
    below: HashMap<String, Lines>,
    /// The effects of macros, by their index among the attributes that lead to the filter. None for the filter itself.
    macros: Vec<Option<States>>,
    skipped: SkippedList,
    work: Work,
    /// Whether the user was told that they take too long.
    is_given_up: Once,
    /// Whether some that git would follow were skipped.
    is_cut: bool,
}

/// The lines of a file about the filter, or about a macro that sets it.
#[derive(Debug, Default)]
struct Lines {
    patterns: GitPatterns,
    states: Vec<States>,
}

/// The values so far, by the index of the attribute.
type Known = [Option<State>; MOST_MACROS + 1];

/// The attributes that a line sets, in its order.
type States = Box<[(usize, State)]>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Through a filter for large files.
    Large,
    /// A macro, whose attributes count.
    Set,
    Other,
}

impl State {
    fn of(state: AttributeState<'_>) -> Self {
        match state {
            AttributeState::Value("lfs" | "xet") => Self::Large,
            AttributeState::Set => Self::Set,
            _ => Self::Other,
        }
    }
}

impl Attributes {
    /// Reads them.
    #[must_use]
    pub fn of(repo: &Repo) -> Self {
        let (skipped, work) = (repo.skipped.clone(), repo.work.clone());
        let (texts, mut is_cut) = texts(repo);
        let macros = texts.iter().find(|(path, _)| path == GITATTRIBUTES).map(|(_, text)| macros(text));
        let macros = macros.unwrap_or_default();
        let known = if macros.len() > MOST_MACROS {
            skipped.note(GITATTRIBUTES, format!("it defines more than {MOST_MACROS} macros, which were skipped"));
            is_cut = true;
            vec![("filter", None)]
        } else {
            leading_to_filter(&macros)
        };
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let macros = known.iter().map(|(_, said)| said.map(|said| states(said, &names))).collect();
        let (mut root, mut below) = (Lines::default(), HashMap::new());
        let mut count = 0;
        for (path, text) in &texts {
            let lines = Lines::read(text, &names, |why| skipped.note(path, why));
            count += lines.states.len();
            if count > MOST_LINES {
                is_cut = true;
                skipped.note(path, "it has too many lines, or all attribute files together have");
            } else if path == GITATTRIBUTES {
                root = lines;
            } else if !lines.patterns.is_empty() {
                below.insert(path.strip_suffix(GITATTRIBUTES).unwrap_or_default().to_owned(), lines);
            }
        }
        Self { root, below, macros, skipped, work, is_given_up: Once::new(), is_cut }
    }

    /// Whether a file goes through LFS or Xet: the last line about it wins.
    #[must_use]
    pub fn is_large(&self, path: &str) -> bool {
        if self.root.patterns.is_empty() && self.below.is_empty() {
            return false;
        }
        let (state, is_over) = self.work.spend(|steps| (self.filter(path, steps), steps.are_used_up()));
        if is_over {
            self.is_given_up.call_once(|| {
                let root = Some("").filter(|_| !self.root.patterns.is_empty());
                for folder in root.into_iter().chain(self.below.keys().map(String::as_str)) {
                    let why = "matching its patterns takes too long, so they were skipped";
                    self.skipped.note(format!("{folder}{GITATTRIBUTES}"), why);
                }
            });
        }
        state == Some(State::Large) && !is_over
    }

    /// Whether all lines were followed so far. If not, files in LFS may be missed.
    pub(crate) fn is_whole(&self) -> bool {
        !self.is_cut && !self.is_given_up.is_completed()
    }

    fn filter(&self, path: &str, steps: &mut Steps) -> Option<State> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let mut known: Known = [None; MOST_MACROS + 1];
        // Most repositories have one file, at the root
        let ends = path.rmatch_indices('/').map(|(at, _)| at + 1).filter(|_| !self.below.is_empty());
        for end in ends {
            steps.take(1 + end / 8);
            let Some(lines) = self.below.get(&path[..end]) else { continue };
            self.ask(lines, (&path[end..], name), &mut known, steps);
            if known[FILTER].is_some() || steps.are_used_up() {
                return known[FILTER];
            }
        }
        self.ask(&self.root, (path, name), &mut known, steps);
        known[FILTER]
    }

    /// What the lines of a file set for a path below its folder.
    fn ask(&self, lines: &Lines, (within, name): (&str, &str), known: &mut Known, steps: &mut Steps) {
        if self.macros.len() == 1 {
            let last = lines.patterns.last(within, name, false, steps);
            return last.into_iter().for_each(|at| self.fill(&lines.states[at], known));
        }
        let mut before = usize::MAX;
        while let Some(at) = lines.patterns.last_before(before, within, name, steps) {
            self.fill(&lines.states[at], known);
            before = if known[FILTER].is_some() { 0 } else { at };
        }
    }

    /// Adds what a line sets, unless it is set already. A macro is never followed twice, so this terminates.
    fn fill(&self, states: &[(usize, State)], known: &mut Known) {
        for (id, state) in states.iter().rev() {
            if known[*id].is_some() {
                continue;
            }
            known[*id] = Some(*state);
            if let Some(more) = self.macros[*id].as_ref().filter(|_| *state == State::Set) {
                self.fill(more, known);
            }
        }
    }
}

impl Lines {
    fn read(text: &str, names: &[&str], mut leave_out: impl FnMut(String)) -> Self {
        // Because all matching lines are needed and not only the last one, every line is tried
        let patterns = if names.len() == 1 { GitPatterns::default() } else { GitPatterns::all() };
        let mut lines = Self { patterns, states: Vec::new() };
        for (index, line) in text.split('\n').enumerate() {
            match attribute_line(line) {
                Err(most) => leave_out(format!("line {} has {most} bytes or more, and git ignores it", index + 1)),
                Ok(Some(line)) => {
                    let Subject::Pattern(pattern) = &line.subject else { continue };
                    let states = states(&line.states, names);
                    if !states.is_empty() {
                        lines.patterns.push(GitPattern::read(pattern));
                        lines.states.push(states);
                    }
                }
                Ok(None) => {}
            }
        }
        lines
    }
}

/// The files with their texts, and whether some were skipped. Files beyond the limits are not read: contents stay in memory.
fn texts(repo: &Repo) -> (Vec<(String, String)>, bool) {
    let mut is_cut = false;
    let mut bytes = 0;
    let mut texts = Vec::new();
    for file in repo.files().filter(|file| file.name() == GITATTRIBUTES) {
        bytes += file.size();
        if bytes > MOST_BYTES {
            repo.skip(file.path(), "it is too large, or all attribute files together are");
            is_cut = true;
        } else if let Some(bytes) = File::bytes(file) {
            let text = String::from_utf8_lossy(bytes);
            texts.push((file.path().to_owned(), text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()));
        } else {
            is_cut |= file.kind() == FileKind::Regular;
        }
    }
    (texts, is_cut)
}

/// What a macro or a line sets.
type Said<'t> = Vec<(&'t str, AttributeState<'t>)>;

/// The macros of the file at the root: git ignores them in other files. The last definition of a name wins.
fn macros(text: &str) -> HashMap<Cow<'_, str>, Said<'_>> {
    // In quotes the name can be written in other ways
    let lines = text.split('\n').filter(|line| line.contains("[attr]") || line.contains('"'));
    let macros = lines.filter_map(|line| attribute_line(line).ok().flatten());
    let macros = macros.filter_map(|line| match line.subject {
        Subject::Macro(name) => Some((name, line.states)),
        Subject::Pattern(_) => None,
    });
    macros.collect()
}

/// The filter, and the macros that set it, directly or through another macro.
fn leading_to_filter<'m>(macros: &'m HashMap<Cow<'_, str>, Said<'m>>) -> Vec<(&'m str, Option<&'m Said<'m>>)> {
    let mut known = vec![("filter", None)];
    loop {
        let speaks = |said: &Said<'_>| said.iter().any(|(name, _)| known.iter().any(|(known, _)| known == name));
        let is_new = |name: &str| known.iter().all(|(known, _)| *known != name);
        let next = macros.iter().find(|(name, said)| is_new(name) && speaks(said));
        let Some((name, said)) = next else { return known };
        known.push((name, Some(said)));
    }
}

fn states(said: &[(&str, AttributeState<'_>)], names: &[&str]) -> States {
    let states = said.iter().filter_map(|(name, state)| {
        let id = names.iter().position(|known| known == name)?;
        Some((id, State::of(*state)))
    });
    states.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes(files: &[(&str, &str)]) -> Attributes {
        let files = files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
        Attributes::of(&Repo::from_files(files))
    }

    /// The paths among these that a file at the root sends to LFS.
    fn large<'p>(text: &str, paths: &[&'p str]) -> Vec<&'p str> {
        let attributes = attributes(&[(".gitattributes", text)]);
        paths.iter().copied().filter(|path| attributes.is_large(path)).collect()
    }

    #[test]
    fn the_last_line_counts() {
        let text = "*.png filter=lfs diff=lfs\nicons/*.png -filter\nmodels/** filter=xet\n";
        assert_eq!(
            large(text, &["a/b.png", "icons/b.png", "models/deep/weights", "app.py"]),
            ["a/b.png", "models/deep/weights"]
        );
        let text = "*tfevents* filter=lfs\n*.tar.* filter=lfs\n/a/b/** filter=lfs\nc/**/* filter=lfs\n";
        let good = ["x/events.out.tfevents.1", "tfevents", "x/a.tar.zst", "a/b/c", "a/b/c/d", "c/d", "c/d/e"];
        assert_eq!(large(text, &good), good);
        assert!(large(text, &["x/events", "x.tar", "tfevents/a", "a/b", "x/a/b/c", "c", "x/c/d", "cc/d"]).is_empty());
        let text = "icons/* -filter\n*.png filter=lfs\n*.a.png -filter\n*b.png !filter\n*c.png filter\n";
        assert_eq!(large(text, &["icons/x.png", "c.a.png", "xb.png", "xc.png"]), ["icons/x.png"]);
    }

    #[test]
    fn a_pattern_of_a_folder_says_nothing_of_what_is_in_it() {
        let text = "a filter=lfs\nb/ filter=lfs\n/c/ filter=lfs\n!d filter=lfs\n\"e f\" filter=lfs\n\\!g filter=lfs\n";
        assert_eq!(large(text, &["a", "a/x", "b", "b/x", "c/x", "d", "x/e f", "e", "!g"]), ["a", "x/e f", "!g"]);
    }

    #[test]
    fn the_file_of_the_deepest_folder_counts_first() {
        let attributes = attributes(&[
            (".gitattributes", "*.bin filter=lfs\n/a/x filter=lfs\n"),
            ("a/.gitattributes", "*.bin -filter\n/y filter=lfs\n"),
            ("a/b/.gitattributes", "c.bin filter=lfs\n"),
        ]);
        let paths = ["x.bin", "a/x.bin", "a/b/x.bin", "a/b/c.bin", "a/x", "a/y", "y", "a-b/x.bin"];
        let large: Vec<&str> = paths.into_iter().filter(|path| attributes.is_large(path)).collect();
        assert_eq!(large, ["x.bin", "a/b/c.bin", "a/x", "a/y", "a-b/x.bin"]);
    }

    #[test]
    fn macros_are_followed_where_they_are_set() {
        let text = "*.a big\n[attr]big large diff\n[attr]large filter=lfs big\n*.b -big\n*.c big\n*.c -filter\n\
            *.d -filter\n*.d big\n*.e big\nx.e -large\n*.f big=1\n*.g big -filter\n*.h -filter big\n*.i filter=lfs\nx.i -big\n";
        let paths = ["x.a", "x.b", "x.c", "x.d", "x.e", "y.e", "x.f", "x.g", "x.h", "x.i"];
        assert_eq!(large(text, &paths), ["x.a", "x.d", "y.e", "x.h", "x.i"]);
        let deeper = attributes(&[("a/.gitattributes", "[attr]big filter=lfs\n* big\n")]);
        assert!(!deeper.is_large("a/x"), "only the file at the root defines macros");
        let many: String = (0..100).map(|number| format!("[attr]m{number} m{}\n", number + 1)).collect();
        let attributes =
            attributes(&[(".gitattributes", &format!("{many}[attr]m100 filter=lfs\n* m0\nx filter=lfs\n"))]);
        assert!(!attributes.is_large("y") && attributes.is_large("x"));
        assert_eq!(attributes.skipped.all().len(), 1);
    }

    #[test]
    fn what_exceeds_a_limit_is_skipped_and_reported() {
        let long = format!("{} filter=lfs\nx filter=lfs\n", "*".repeat(400_000));
        let attributes = attributes(&[(".gitattributes", &long)]);
        assert!(attributes.is_large("x") && !attributes.is_large("y"));
        assert_eq!(attributes.skipped.all()[0].why, "line 1 has 2048 bytes or more, and git ignores it");
        let hard = "*a*a*a*a*c* filter=lfs\n".repeat(100);
        let repo = Repo::from_files([(".gitattributes".parse().unwrap(), hard.into_bytes())]);
        let attributes = Attributes { work: Work::of(10_000), ..Attributes::of(&repo) };
        assert!(!attributes.is_large(&"a".repeat(200)));
        assert_eq!(repo.skipped().len(), 1);
    }
}
