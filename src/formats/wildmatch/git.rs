//! Git's patterns, as in `.gitignore` and `.gitattributes`.
//!
//! Source: <https://git-scm.com/docs/gitignore#_pattern_format>. Undocumented details follow git's `wildmatch.c` and `dir.c`:
//! text is bytes, a malformed pattern matches nothing, and the part before the first wildcard is compared separately, so that
//! `ab**/c` is `ab` followed by anything that `**/c` matches.

use super::class::Class;
use super::glob::{Glob, Token, Unit};
use super::work::Steps;

/// A pattern of git. It is matched against paths below the folder of its file.
#[derive(Debug)]
pub(crate) struct GitPattern<'p> {
    /// Whether it began with `!`.
    pub(crate) is_negated: bool,
    pub(super) only_folders: bool,
    pub(super) shape: Shape<&'p str>,
}

/// What it is compared with, and how.
#[derive(Debug)]
pub(super) enum Shape<S> {
    /// The name.
    Name(S),
    /// `*.png`: the end of the name.
    Ending(S),
    /// `*.[pP][nN][gG]`: the same in any case, as written after the star.
    AnyCase(S),
    NameGlob(Glob),
    /// The path.
    Path(S),
    /// The path, with this prefix.
    PathGlob(S, Glob),
}

impl<'p> GitPattern<'p> {
    /// Reads one; none if it matches nothing.
    pub(crate) fn read(text: &'p str) -> Option<Self> {
        let (is_negated, text) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
        let (only_folders, text) = text.strip_suffix('/').map_or((false, text), |rest| (true, rest));
        let shape = if text.contains('/') { of_path(text)? } else { of_name(text)? };
        Some(Self { is_negated, only_folders, shape })
    }
}

fn of_name(text: &str) -> Option<Shape<&str>> {
    if text.is_empty() {
        return None;
    }
    if is_plain(text) {
        return Some(Shape::Name(text));
    }
    match text.strip_prefix('*') {
        Some(ending) if is_plain(ending) => Some(Shape::Ending(ending)),
        Some(ending) if choices(ending).all(|choice| choice.is_some()) => Some(Shape::AnyCase(ending)),
        _ => Some(Shape::NameGlob(glob(text.as_bytes())?)),
    }
}

/// The bytes that match each place of `.[pP]ng`, from its end; none at the first that is not a byte or a letter in both cases.
fn choices(ending: &str) -> impl Iterator<Item = Option<[u8; 2]>> {
    let mut rest = ending.as_bytes();
    std::iter::from_fn(move || {
        let choice;
        (rest, choice) = match rest {
            [] => return None,
            [before @ .., b'[', one, other, b']']
                if one.is_ascii_alphabetic() && *one != *other && one.eq_ignore_ascii_case(other) =>
            {
                (before, Some([*one, *other]))
            }
            [before @ .., byte] => {
                (before, Some([*byte; 2]).filter(|_| !is_special(char::from(*byte)) && *byte != b']'))
            }
        };
        Some(choice)
    })
}

/// Whether a name ends so. Each byte that is compared is a step.
fn ends_in_any_case(name: &str, ending: &str, steps: &mut Steps) -> bool {
    let mut bytes = name.bytes().rev();
    let mut fits = |choice: Option<[u8; 2]>| bytes.next().zip(choice).is_some_and(|(byte, two)| two.contains(&byte));
    choices(ending).all(|choice| steps.take(1) && fits(choice))
}

fn of_path(text: &str) -> Option<Shape<&str>> {
    let text = text.strip_prefix('/').unwrap_or(text);
    let (plain, wild) = text.split_at(text.find(is_special).unwrap_or(text.len()));
    Some(if wild.is_empty() { Shape::Path(plain) } else { Shape::PathGlob(plain, glob(wild.as_bytes())?) })
}

fn is_special(char: char) -> bool {
    matches!(char, '*' | '?' | '[' | '\\')
}

fn is_plain(text: &str) -> bool {
    !text.contains(is_special)
}

impl Shape<&str> {
    /// One that is kept.
    pub(super) fn owned(self) -> Shape<Box<str>> {
        match self {
            Self::Name(name) => Shape::Name(name.into()),
            Self::Ending(ending) => Shape::Ending(ending.into()),
            Self::AnyCase(ending) => Shape::AnyCase(ending.into()),
            Self::NameGlob(glob) => Shape::NameGlob(glob),
            Self::Path(path) => Shape::Path(path.into()),
            Self::PathGlob(head, glob) => Shape::PathGlob(head.into(), glob),
        }
    }
}

impl<S: AsRef<str>> Shape<S> {
    /// Whether it matches a path whose last part is `name`.
    pub(super) fn matches(&self, path: &str, name: &str, steps: &mut Steps) -> bool {
        match self {
            Self::Name(own) => steps.take(1) && own.as_ref() == name,
            Self::Ending(ending) => steps.take(1) && name.ends_with(ending.as_ref()),
            Self::AnyCase(ending) => ends_in_any_case(name, ending.as_ref(), steps),
            Self::NameGlob(glob) => glob.matches(name, steps),
            Self::Path(own) => steps.take(1) && own.as_ref() == path,
            Self::PathGlob(head, glob) => {
                steps.take(1) && path.strip_prefix(head.as_ref()).is_some_and(|rest| glob.matches(rest, steps))
            }
        }
    }
}

fn glob(pattern: &[u8]) -> Option<Glob> {
    let mut tokens = Vec::with_capacity(pattern.len());
    let mut at = 0;
    while let Some(byte) = pattern.get(at) {
        at += 1;
        tokens.push(match byte {
            b'?' => Token::Any,
            b'\\' => {
                at += 1;
                Token::One(u32::from(*pattern.get(at - 1)?))
            }
            b'[' => {
                let (class, end) = class(pattern, at)?;
                at = end;
                Token::Class(Box::new(class))
            }
            b'*' => {
                let start = at - 1;
                at += pattern[at..].iter().take_while(|byte| **byte == b'*').count();
                let rest = &pattern[at..];
                let is_after_slash = start == 0 || pattern[start - 1] == b'/';
                match rest {
                    _ if !is_after_slash || at - start == 1 => Token::Star,
                    [b'/', ..] => {
                        at += 1;
                        Token::Folders
                    }
                    // An escaped slash must be matched literally
                    [] | [b'\\', b'/', ..] => Token::Deep,
                    _ => Token::Star,
                }
            }
            byte => Token::One(u32::from(*byte)),
        });
    }
    Some(Glob::new(tokens, Unit::Byte))
}

/// The set whose inside begins at an offset, and its end; none if it is not terminated, or names an unknown class.
fn class(pattern: &[u8], mut at: usize) -> Option<(Class, usize)> {
    let is_negated = matches!(pattern.get(at)?, b'!' | b'^');
    at += usize::from(is_negated);
    let first = at;
    let mut ranges = Vec::new();
    // The start of a range with `-`
    let mut low = None;
    loop {
        let byte = *pattern.get(at)?;
        at += 1;
        let mut single = None;
        match byte {
            b']' if at - 1 > first => return Some((Class::new(ranges, is_negated, false), at)),
            b'-' if low.is_some() && pattern.get(at).is_some_and(|next| *next != b']') => {
                let high = escaped(pattern, &mut at)?;
                ranges.extend(low.map(|low| (u32::from(low), u32::from(high))));
            }
            b'[' if pattern.get(at) == Some(&b':') => {
                let inside = &pattern[at + 1..];
                let end = inside.iter().position(|byte| *byte == b']')?;
                match inside[..end].strip_suffix(b":") {
                    Some(name) => {
                        ranges.extend(named(name)?);
                        at += end + 2;
                    }
                    None => single = Some(byte),
                }
            }
            _ => {
                at -= 1;
                single = Some(escaped(pattern, &mut at)?);
            }
        }
        ranges.extend(single.map(|byte| (u32::from(byte), u32::from(byte))));
        low = single.filter(|byte| *byte != 0);
    }
}

/// The byte at an offset, or the one after a backslash there.
fn escaped(pattern: &[u8], at: &mut usize) -> Option<u8> {
    *at += usize::from(*pattern.get(*at)? == b'\\');
    *at += 1;
    pattern.get(*at - 1).copied()
}

/// The bytes of a class such as `alpha`.
fn named(name: &[u8]) -> Option<Vec<(u32, u32)>> {
    let ranges: &[(char, char)] = match name {
        b"alnum" => &[('0', '9'), ('A', 'Z'), ('a', 'z')],
        b"alpha" => &[('A', 'Z'), ('a', 'z')],
        b"blank" => &[(' ', ' '), ('\t', '\t')],
        b"cntrl" => &[('\0', '\x1f'), ('\x7f', '\x7f')],
        b"digit" => &[('0', '9')],
        b"graph" => &[('!', '~')],
        b"lower" => &[('a', 'z')],
        b"print" => &[(' ', '~')],
        b"punct" => &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        // Git's own table contains neither the vertical tab nor the form feed
        b"space" => &[(' ', ' '), ('\t', '\n'), ('\r', '\r')],
        b"upper" => &[('A', 'Z')],
        b"xdigit" => &[('0', '9'), ('A', 'F'), ('a', 'f')],
        _ => return None,
    };
    Some(ranges.iter().map(|(low, high)| (u32::from(*low), u32::from(*high))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap();
        GitPattern::read(pattern).is_some_and(|read| read.shape.matches(path, name, &mut Steps::of(u64::MAX)))
    }

    /// Each row: a pattern, paths that it matches, and paths that it does not match.
    const ROWS: &[(&str, &[&str], &[&str])] = &[
        // A name at any depth, a path at its place
        ("a", &["a", "x/a", "x/y/a"], &["b", "ab", "a/b"]),
        ("/a", &["a"], &["x/a", "/a"]),
        ("x/a", &["x/a"], &["y/x/a", "x/a/b"]),
        ("x//a", &[], &["x/a"]),
        ("*.csv", &[".csv", "x/a.csv"], &["a.csv.gz", "acsv"]),
        ("*", &["a", "x/a", ".a"], &[]),
        ("a*b*c", &["abc", "x/a.b.c"], &["ac", "acb"]),
        ("?", &["a", "x/b"], &["", "ab", "é"]),
        ("??", &["é"], &[]),
        ("x/*", &["x/a"], &["x/a/b", "x", "y/x/a"]),
        ("x/*.py", &["x/a.py", "x/.py"], &["x/y/a.py"]),
        ("x?a", &["xya"], &["x/a"]),
        ("/x?a", &[], &["x/a"]),
        ("/x[/]a", &[], &["x/a"]),
        ("/x[!b]a", &["xca"], &["x/a", "xba"]),
        // Two stars between slashes
        ("**/a", &["a", "x/a", "x/y/a"], &["xa", "x/ya"]),
        ("**/x/a", &["x/a", "y/x/a"], &["xx/a"]),
        ("x/**", &["x/a", "x/y/a"], &["x", "y/x/a"]),
        ("x/**/a", &["x/a", "x/y/a", "x/y/z/a"], &["xa", "x/ya"]),
        ("x/**/*", &["x/a", "x/y/a"], &["x"]),
        ("**/**/a", &["a", "x/y/a"], &["xa"]),
        ("***/a", &["a", "x/y/a"], &[]),
        ("**/x/**", &["x/a", "y/x/a/b"], &["x", "xx/a"]),
        // Elsewhere they equal one star
        ("**.csv", &["a.csv", "x/y/a.csv"], &["a.py"]),
        ("x/**.csv", &["x/a.csv"], &["x/y/a.csv"]),
        ("x/*a**/b", &["x/a/b", "x/ya.z/b"], &["x/a/y/b", "x/ab"]),
        // The plain part in front is compared separately, so these are at the beginning of the rest
        ("ab**/c", &["abc", "ab/c", "abx/y/c"], &["xab/c", "abxc"]),
        ("/x**", &["x", "xa", "x/a", "xa/b"], &["y"]),
        // Sets
        ("[a-c]", &["a", "b", "c"], &["d", "-", "ab"]),
        ("[!a-c]", &["d", "-"], &["a", "b"]),
        ("[^a-c]", &["d"], &["b"]),
        ("[]a]", &["]", "a"], &["b"]),
        ("[!]a]", &["b"], &["]", "a"]),
        ("[a-]", &["a", "-"], &["b"]),
        ("[-a]", &["a", "-"], &["b"]),
        ("[a-c-e]", &["b", "-", "e"], &["d"]),
        ("[c-a]", &["c"], &["a", "b", "-"]),
        ("[\\]]", &["]"], &["\\"]),
        ("[a\\-c]", &["a", "-", "c"], &["b"]),
        ("[\\a-\\c]", &["b"], &["\\"]),
        ("[[:digit:]a]", &["1", "a"], &["b", ":"]),
        ("[![:alpha:]]", &["1", "-"], &["a"]),
        ("[[:upper:][:punct:]]", &["A", "_"], &["a"]),
        ("[[:xdigit:]-z]", &["a", "-", "z"], &["y"]),
        ("*.[pP][nN]g", &["a.png", "x/a.pNg", ".Png"], &["a.pnG", "png", "a.png.gz", "[pP][nN]g"]),
        ("*[hH]5", &["h5", "x/a.H5"], &["5", "a5"]),
        ("*.[pP]]", &["a.p]"], &["a.p", "a.P"]),
        ("*[a[bB]", &["a", "x[", "yB"], &["x", "A"]),
        ("*\\[bB]", &["[bB]"], &["b"]),
        ("*[pq]x", &["px"], &["Px"]),
        ("[[:a]", &["[", ":", "a"], &["b"]),
        ("*.py[cod]", &["a.pyc", "x/a.pyo"], &["a.py", "a.pyx"]),
        // A malformed pattern matches nothing
        ("[a", &[], &["[a", "a"]),
        ("[", &[], &["["]),
        ("[]", &[], &["[]", "]"]),
        ("[a-", &[], &["a", "-"]),
        ("[[:nonsense:]]", &[], &["n", "["]),
        ("[[::]]", &[], &[":"]),
        ("a\\", &[], &["a", "a\\"]),
        ("", &[], &["", "a"]),
        ("/", &[], &["", "/", "a"]),
        // Escapes
        ("\\!a", &["!a"], &["a"]),
        ("\\#a", &["#a"], &[]),
        ("\\*", &["*"], &["a"]),
        ("a\\?", &["a?"], &["ab"]),
        ("\\a", &["a"], &["\\a"]),
        ("\\[a]", &["[a]"], &["a"]),
        ("x/**\\/a", &["x/y/a"], &["x/a"]),
        // No other special characters
        ("{a,b}", &["{a,b}"], &["a", "b"]),
        ("a+(b)|c^$", &["a+(b)|c^$"], &["a"]),
    ];

    #[test]
    fn an_ending_in_any_case_costs_a_step_for_each_byte() {
        let (pattern, name) = (format!("*{}", "[aA]".repeat(200)), "a".repeat(200));
        let matches = |steps: &mut Steps| GitPattern::read(&pattern).unwrap().shape.matches(&name, &name, steps);
        assert!(matches(&mut Steps::of(201)));
        let mut few = Steps::of(200);
        assert!(!matches(&mut few) && few.are_used_up());
    }

    #[test]
    fn patterns_match_as_those_of_git_do() {
        for (pattern, good, bad) in ROWS {
            for path in *good {
                assert!(matches(pattern, path), "`{pattern}` does not match `{path}`");
            }
            for path in *bad {
                assert!(!matches(pattern, path), "`{pattern}` matches `{path}`");
            }
        }
    }

    #[test]
    fn a_slash_at_the_end_and_a_mark_in_front_are_no_part_of_it() {
        let read = GitPattern::read("!x/").unwrap();
        assert!(read.is_negated && read.only_folders && matches!(read.shape, Shape::Name("x")));
        assert!(matches!(GitPattern::read("/x/").unwrap().shape, Shape::Path("x")));
        assert!(GitPattern::read("!!x").is_some_and(|read| matches!(read.shape, Shape::Name("!x"))));
    }
}
