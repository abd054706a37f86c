//! The patterns of a `.dockerignore`, and those of a `COPY`.
//!
//! Sources: <https://docs.docker.com/build/concepts/context/#syntax>, whose rules are those of moby's `patternmatcher` and
//! `ignorefile`; <https://docs.docker.com/reference/dockerfile/#copy> and <https://pkg.go.dev/path/filepath#Match>.
//!
//! The builder translates a pattern into a regular expression, which gives some characters an undocumented meaning, as
//! `\d`. The matches of such a pattern are unknown.

use super::class::Class;
use super::glob::{Glob, Token, Unit};
use super::work::Steps;

/// A pattern of a `.dockerignore`.
#[derive(Debug)]
pub(crate) struct DockerPattern {
    /// Whether it began with `!`.
    pub(crate) is_exception: bool,
    shape: Shape,
}

#[derive(Debug)]
enum Shape {
    Exact(Box<str>),
    /// `docs/**`: the part before the stars.
    Prefix(Box<str>),
    /// `**/a`, `**a`: the part after the stars, as written.
    Suffix(Box<str>),
    Glob(Glob),
}

/// The patterns of a file as the builder reads them, with their line numbers from 0.
pub(crate) fn dockerignore_lines(text: &str) -> impl Iterator<Item = (usize, String)> {
    let lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate();
    lines.filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty()).map(|(index, line)| {
        let line = line.trim();
        let (mark, path) = line.strip_prefix('!').map_or(("", line), |path| ("!", path.trim()));
        let path = if path.is_empty() { String::new() } else { clean(path) };
        let path = path.strip_prefix('/').filter(|rest| !rest.is_empty()).unwrap_or(&path);
        (index, format!("{mark}{path}"))
    })
}

impl DockerPattern {
    /// Reads a pattern of [`dockerignore_lines`]. None if the builder refuses it, or if its matches are unknown.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let cleaned = clean(line.trim());
        let (is_exception, pattern) = cleaned.strip_prefix('!').map_or((false, &*cleaned), |rest| (true, rest));
        if pattern.is_empty() {
            return None;
        }
        Some(Self { is_exception, shape: shape(pattern)? })
    }

    /// Whether it matches a path; the folders above it are checked separately.
    pub(crate) fn matches(&self, path: &str, steps: &mut Steps) -> bool {
        match &self.shape {
            Shape::Exact(own) => steps.take(1) && **own == *path,
            Shape::Prefix(prefix) => steps.take(1) && path.starts_with(&**prefix),
            Shape::Suffix(suffix) => {
                steps.take(1) && (path.ends_with(&**suffix) || suffix.strip_prefix('/') == Some(path))
            }
            Shape::Glob(glob) => glob.matches(path, steps),
        }
    }
}

fn shape(pattern: &str) -> Option<Shape> {
    let is_wild = |text: &str| text.contains(['*', '?', '[', ']', '\\']);
    let plain = |text: &str| Some(Box::from(text)).filter(|_| !is_wild(text));
    if let Some(text) = plain(pattern) {
        return Some(Shape::Exact(text));
    }
    if let Some(suffix) = pattern.strip_prefix("**").and_then(plain) {
        return Some(Shape::Suffix(suffix));
    }
    if let Some(prefix) = pattern.strip_suffix("**").and_then(plain) {
        return Some(Shape::Prefix(prefix));
    }
    Some(Shape::Glob(Glob::new(Reader::of(pattern, true).tokens()?, Unit::Char)))
}

/// The pattern of a `COPY`, by the rules of Go's `filepath.Match`: `**` equals `*`. None if it is malformed.
pub(crate) fn go_glob(pattern: &str) -> Option<Glob> {
    Some(Glob::new(Reader::of(pattern, false).tokens()?, Unit::Char))
}

struct Reader<'p> {
    chars: std::iter::Peekable<std::str::Chars<'p>>,
    /// Whether it becomes a regular expression.
    of_dockerignore: bool,
}

impl<'p> Reader<'p> {
    fn of(pattern: &'p str, of_dockerignore: bool) -> Self {
        Self { chars: pattern.chars().peekable(), of_dockerignore }
    }

    fn tokens(mut self) -> Option<Vec<Token>> {
        let mut tokens = Vec::new();
        while let Some(char) = self.chars.next() {
            tokens.push(match char {
                '*' if self.of_dockerignore && self.chars.next_if_eq(&'*').is_some() => {
                    // A following slash belongs to it
                    self.chars.next_if_eq(&'/');
                    if self.chars.peek().is_none() { Token::Deep } else { Token::Folders }
                }
                '*' => Token::Star,
                '?' => Token::Any,
                '[' => Token::Class(Box::new(self.class()?)),
                '\\' => Token::One(u32::from(self.escaped()?)),
                // The beginning of the text in a regular expression
                '^' if self.of_dockerignore => return None,
                char => Token::One(u32::from(char)),
            });
        }
        Some(tokens)
    }

    fn escaped(&mut self) -> Option<char> {
        let is_known = |char: &char| !self.of_dockerignore || char.is_ascii() && !char.is_ascii_alphanumeric();
        self.chars.next().filter(is_known)
    }

    fn class(&mut self) -> Option<Class> {
        let is_negated = self.chars.next_if_eq(&'^').is_some();
        let mut ranges = Vec::new();
        while ranges.is_empty() || self.chars.next_if_eq(&']').is_none() {
            let low = self.one_of_class()?;
            let high = if self.chars.next_if_eq(&'-').is_some() { self.one_of_class()? } else { low };
            if self.of_dockerignore && low > high {
                return None;
            }
            ranges.push((u32::from(low), u32::from(high)));
            self.chars.peek()?;
        }
        Some(Class::new(ranges, is_negated, true))
    }

    fn one_of_class(&mut self) -> Option<char> {
        let is_open = |char: char, next: Option<&char>| matches!(char, '*' | '?') || char == '[' && next == Some(&':');
        match self.chars.next()? {
            '-' | ']' => None,
            '\\' => self.escaped(),
            char if self.of_dockerignore && is_open(char, self.chars.peek()) => None,
            char => Some(char),
        }
    }
}

/// A path as Go's `filepath.Clean` returns it: without `.`, doubled slashes and a trailing slash, `..` resolved.
fn clean(path: &str) -> String {
    let root = if path.starts_with('/') { "/" } else { "" };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            ".." if !root.is_empty() => {}
            part => parts.push(part),
        }
    }
    let cleaned = format!("{root}{}", parts.join("/"));
    if cleaned.is_empty() { ".".to_owned() } else { cleaned }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Option<DockerPattern> {
        dockerignore_lines(text).next().and_then(|(_, line)| DockerPattern::read(&line))
    }

    /// Each row: a pattern, paths that it matches, and paths that it does not match.
    const ROWS: &[(&str, &[&str], &[&str])] = &[
        ("a", &["a"], &["x/a", "ab"]),
        ("/a/", &["a"], &["x/a"]),
        ("./x//y/../a", &["x/a"], &["x/y/a"]),
        ("../a", &["../a"], &["a"]),
        ("x/..", &["."], &["x"]),
        ("*", &["a", ".a"], &["x/a"]),
        ("*.md", &["a.md", ".md"], &["x/a.md"]),
        ("x/*/a", &["x/y/a"], &["x/a", "x/y/z/a"]),
        ("a?c", &["abc", "aéc"], &["a/c", "ac"]),
        // Two stars
        ("**", &["a", "x/a"], &[]),
        ("**/a", &["a", "x/a", "x/y/a"], &["xa", "a/x"]),
        ("**/x/a", &["x/a", "y/x/a"], &["xx/a"]),
        ("**/*.md", &["a.md", "x/y/a.md"], &["md"]),
        ("x/**", &["x/a", "x/y/a"], &["x", "y/x/a"]),
        ("x/**/a", &["x/a", "x/y/z/a"], &["x/ya", "xa"]),
        ("x/**/*.md", &["x/a.md", "x/y/a.md"], &["a.md"]),
        ("**/x/**", &["x/a", "y/x/a"], &["x"]),
        ("x/**/**/a", &["x/a", "x/y/a"], &["x/ya"]),
        ("***/a", &["x/a", "x/y/a"], &[]),
        // At the beginning they match any prefix; elsewhere only whole parts
        ("**.md", &["a.md", "x/y/a.md"], &["a.py"]),
        ("**a", &["a", "xa", "x/ya"], &["ab"]),
        ("x**a", &["xa", "x/a", "xy/a"], &["xya"]),
        ("x**", &["x", "xy", "x/a"], &["y"]),
        ("**a*", &["ab", "x/ab"], &["xab"]),
        // Sets: only `^` negates
        ("[a-c]", &["a", "c"], &["d", "ab"]),
        ("[^a-c]", &["d"], &["a"]),
        ("[!a]", &["!", "a"], &["b"]),
        ("x[^a]y", &["x/y", "xby"], &["xay"]),
        ("a[.]b", &["a.b"], &["axb"]),
        ("[\\]a]", &["]", "a"], &["\\"]),
        ("[\\-x]", &["-", "x"], &["\\"]),
        ("[a-ζ]*", &["α"], &["ю"]),
        ("*.py[cod]", &["a.pyc"], &["a.py"]),
        // Escapes
        ("\\*", &["*"], &["a"]),
        ("a\\?", &["a?"], &["ab"]),
        ("\\!a", &["!a"], &["a"]),
        ("\\#a", &["#a"], &[]),
        // No other special characters, except a hash at the beginning of the line
        ("{a,b}", &["{a,b}"], &["a", "b"]),
        ("a.b+(c)|$*", &["a.b+(c)|$"], &["axb+(c)|$"]),
        ("^a", &["^a"], &["a"]),
        (" #a", &["#a"], &[]),
        ("a b ", &["a b"], &["a"]),
        ("a]", &["a]"], &["a"]),
        ("\u{feff}a", &["a"], &[]),
    ];

    #[test]
    fn patterns_match_as_those_of_the_builder_do() {
        for (text, good, bad) in ROWS {
            let pattern = pattern(text).unwrap_or_else(|| panic!("`{text}` is not a pattern"));
            let matches = |path| pattern.matches(path, &mut Steps::of(u64::MAX));
            for path in *good {
                assert!(matches(path), "`{text}` does not match `{path}`");
            }
            for path in *bad {
                assert!(!matches(path), "`{text}` matches `{path}`");
            }
        }
    }

    #[test]
    fn what_is_refused_or_left_open_is_no_pattern() {
        for text in ["[", "[^", "[^bc", "a[", "[]a]", "[-]", "[x-]", "[-x]", "[a-b-c]", "a\\", "!", "!/", "[c-a]*"] {
            assert!(pattern(text).is_none(), "`{text}` is refused");
        }
        for text in ["\\d", "[*]", "[?]", "[[:alpha:]]", "a^*", "\\é"] {
            assert!(pattern(text).is_none(), "`{text}` is left open");
        }
        assert_eq!(dockerignore_lines("# a\n\n  \n#!b\n").count(), 0);
    }

    #[test]
    fn an_exception_is_marked_before_or_behind_a_slash() {
        for text in ["!a", "! a", "!/a", "!./a/", "/!a"] {
            let pattern = pattern(text).unwrap();
            assert!(pattern.is_exception && pattern.matches("a", &mut Steps::of(10)), "{text}");
        }
        assert!(pattern("!!a").is_some_and(|pattern| pattern.matches("!a", &mut Steps::of(10))));
    }

    #[test]
    fn a_copy_knows_no_two_stars_and_takes_all_escapes() {
        for (pattern, good, bad) in [
            ("*.txt", "a.txt", "x/a.txt"),
            ("**.txt", "a.txt", "x/a.txt"),
            ("**/a", "x/a", "a"),
            ("[!a]", "!", "b"),
            ("[^a]", "b", "a"),
            ("\\d", "d", "\\d"),
            ("^[*]?", "^*é", "^ab"),
            ("{a}", "{a}", "a"),
        ] {
            let glob = go_glob(pattern).unwrap();
            let matches = |path| glob.matches(path, &mut Steps::of(u64::MAX));
            assert!(matches(good) && !matches(bad), "{pattern}");
        }
        for malformed in ["[", "[]", "a\\", "[a-]"] {
            assert!(go_glob(malformed).is_none(), "{malformed}");
        }
    }
}
