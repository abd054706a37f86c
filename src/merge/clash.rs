//! Conflicts of lines: as values, and between markers as git writes them.

use super::three_way::{Part, parts};

/// How many characters a marker has, unless the text has such lines of its own.
const LENGTH: usize = 7;
/// Longer markers are not tried.
const LONGEST: usize = 100;
/// What the markers say: whose lines follow or have ended.
const YOURS: &str = " yours";
const TEMPLATE: &str = " template";

/// Lines that were changed on both sides, in different ways.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Clash {
    /// The first of the lines in the file as it is, counted from 1; where none is left, the line after them.
    pub line: usize,
    /// The lines in the file as it is.
    pub yours: String,
    /// The lines of the template.
    pub template: String,
}

/// A stretch of a merged text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// Lines on which both sides agree, or which one of them has changed.
    Settled(String),
    Clash(Clash),
}

/// A merged text with conflicts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Clashing(Vec<Stretch>);

impl Clashing {
    /// Reads what diffy has written, with markers of a length that no line of the texts has.
    pub(super) fn read(marked: &str, length: usize, there: &str, wanted: &str) -> Self {
        let line_of = |char: &str, name: &str| format!("{}{name}\n", char.repeat(length));
        let (begin, between, end) = (line_of("<", " ours"), line_of("=", ""), line_of(">", " theirs"));
        let mut stretches = Vec::new();
        let (mut sides, mut side) = ([String::new(), String::new(), String::new()], 0);
        for line in marked.split_inclusive('\n') {
            if line == begin {
                stretches.push(Stretch::Settled(std::mem::take(&mut sides[0])));
                side = 1;
            } else if line == between && side == 1 {
                side = 2;
            } else if line == end && side == 2 {
                let [_, yours, template] = std::mem::take(&mut sides);
                stretches.push(Stretch::Clash(Clash { line: 0, yours, template }));
                side = 0;
            } else {
                sides[side].push_str(line);
            }
        }
        let [last, ..] = sides;
        if !last.is_empty() {
            stretches.push(Stretch::Settled(last));
        } else if let Some(Stretch::Clash(clash)) = stretches.last_mut() {
            // A marker has a line of its own, also after lines without an end
            without_end(&mut clash.yours, there);
            without_end(&mut clash.template, wanted);
        }
        Self(stretches).with_line_numbers(there)
    }

    /// Every difference between two texts of which no common ancestor is known.
    pub(super) fn all(there: &str, wanted: &str) -> Self {
        let stretches = parts(there, wanted).into_iter().map(|part| match part {
            Part::Same(lines) => Stretch::Settled(lines),
            Part::Differs { before, after } => Stretch::Clash(Clash { line: 0, yours: before, template: after }),
        });
        Self(stretches.collect()).with_line_numbers(there)
    }

    /// The lines of a settled stretch may be those of the template, so that the lines of the file are found by comparing.
    fn with_line_numbers(mut self, there: &str) -> Self {
        let parts = parts(there, &self.side(|clash| &clash.yours));
        let mut at = 0;
        for stretch in &mut self.0 {
            match stretch {
                Stretch::Settled(lines) => at += count(lines),
                Stretch::Clash(clash) => {
                    clash.line = line_before(&parts, at) + 1;
                    at += count(&clash.yours);
                }
            }
        }
        self
    }

    fn side<'c>(&'c self, of: impl Fn(&'c Clash) -> &'c String) -> String {
        let stretches = self.0.iter().map(|stretch| match stretch {
            Stretch::Settled(lines) => lines.as_str(),
            Stretch::Clash(clash) => of(clash),
        });
        stretches.collect()
    }

    /// The text with the lines of the template in each conflict.
    pub(super) fn of_template(&self) -> String {
        self.side(|clash| &clash.template)
    }

    /// The conflicts.
    pub(super) fn clashes(&self) -> Vec<Clash> {
        let clashes = self.0.iter().filter_map(|stretch| match stretch {
            Stretch::Settled(_) => None,
            Stretch::Clash(clash) => Some(clash.clone()),
        });
        clashes.collect()
    }

    /// The text with markers around each conflict: longer ones where a line of the text looks like one.
    pub(super) fn marked(&self) -> String {
        let length = marker_length(&[&self.side(|clash| &clash.yours), &self.of_template()]);
        let mut text = String::new();
        for stretch in &self.0 {
            match stretch {
                Stretch::Settled(lines) => text.push_str(lines),
                Stretch::Clash(clash) => {
                    let sides = [("<", YOURS, clash.yours.as_str()), ("=", "", &clash.template), (">", TEMPLATE, "")];
                    for (marker, name, lines) in sides {
                        text.push_str(&format!("{}{name}\n{}", marker.repeat(length), super::ended(lines)));
                    }
                }
            }
        }
        text
    }
}

fn count(lines: &str) -> usize {
    lines.split_inclusive('\n').count()
}

fn without_end(lines: &mut String, text: &str) {
    if !text.ends_with('\n') && lines.ends_with('\n') {
        lines.pop();
    }
}

/// How many lines of the old text stand before a line of the new one.
fn line_before(parts: &[Part], new: usize) -> usize {
    let (mut old_at, mut new_at) = (0, 0);
    for part in parts {
        let (old, of_new) = match part {
            Part::Same(lines) => (count(lines), count(lines)),
            Part::Differs { before, after } => (count(before), count(after)),
        };
        if new < new_at + of_new {
            return if matches!(part, Part::Same(_)) { old_at + new - new_at } else { old_at };
        }
        (old_at, new_at) = (old_at + old, new_at + of_new);
    }
    old_at
}

/// The length of markers that no line of the texts looks like.
pub(super) fn marker_length(texts: &[&str]) -> usize {
    let looks = |line: &str, length: usize| {
        ['<', '=', '>'].iter().any(|char| {
            let rest = line.trim_start_matches(*char);
            line.len() - rest.len() == length && (rest.is_empty() || rest.starts_with(' '))
        })
    };
    let is_free = |length: &usize| !texts.iter().flat_map(|text| text.lines()).any(|line| looks(line, *length));
    (LENGTH..LONGEST).find(is_free).unwrap_or(LENGTH)
}

/// Whether a text has lines like the markers.
pub(super) fn has_markers(text: &str) -> bool {
    let is_like = |line: &str| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
    text.lines().any(|line| is_like(line) || is_named(line, '<', YOURS) || is_named(line, '>', TEMPLATE))
}

/// The number of the first line with which we began a conflict, counted from 1.
pub(crate) fn first_marker(text: &str) -> Option<usize> {
    text.lines().position(|line| is_named(line, '<', YOURS)).map(|index| index + 1)
}

fn is_named(line: &str, marker: char, name: &str) -> bool {
    let rest = line.trim_start_matches(marker);
    (LENGTH..LONGEST).contains(&(line.len() - rest.len())) && rest.starts_with(name)
}

#[cfg(test)]
mod tests {
    use super::super::three_way::{Merged, merge};
    use super::*;

    const BASE: &str = "FROM a:1\nRUN one\nRUN two\nRUN three\nCMD x\n";

    fn clashing(base: &str, there: &str, wanted: &str) -> Clashing {
        match merge(base, there, wanted) {
            Merged::Clashing(clashing) => clashing,
            Merged::Clean(text) => panic!("it is clean: {text}"),
        }
    }

    #[test]
    fn a_conflict_is_found_with_its_lines() {
        let there = BASE.replace("FROM a:1", "FROM b").replace("CMD x\n", "CMD y");
        let wanted = BASE.replace("a:1", "a:2").replace("CMD x\n", "CMD z\nLABEL a\n");
        let found = clashing(BASE, &there, &wanted);
        let expected = "<<<<<<< yours\nFROM b\n=======\nFROM a:2\n>>>>>>> template\nRUN one\nRUN two\nRUN three\n\
            <<<<<<< yours\nCMD y\n=======\nCMD z\nLABEL a\n>>>>>>> template\n";
        assert_eq!((found.marked().as_str(), found.of_template()), (expected, wanted));
        let [first, second] = &found.clashes()[..] else { panic!("{found:?}") };
        assert_eq!((first.line, &*first.yours, &*first.template), (1, "FROM b\n", "FROM a:2\n"));
        assert_eq!((second.line, &*second.yours, &*second.template), (5, "CMD y", "CMD z\nLABEL a\n"));
    }

    #[test]
    fn a_line_is_that_of_the_file_as_it_is() {
        let there = BASE.replace("CMD x", "CMD y");
        let wanted = BASE.replace("RUN one\n", "ENV A=1\nENV B=1\nRUN one\n").replace("CMD x", "CMD z");
        assert_eq!(clashing(BASE, &there, &wanted).clashes()[0].line, 5);
        let gone = BASE.replace("RUN three\n", "");
        let wanted = BASE.replace("FROM a:1\n", "").replace("RUN three", "RUN 3");
        assert_eq!(clashing(BASE, &gone, &wanted).clashes()[0].line, 4);
    }

    #[test]
    fn lines_that_look_like_markers_are_lines() {
        let base = "Title\n=======\none\nlast\n";
        let there = base.replace("one", "mine\n=======\nmore");
        let wanted = base.replace("one", "other\n=======");
        let found = clashing(base, &there, &wanted);
        let [clash] = &found.clashes()[..] else { panic!("{found:?}") };
        assert_eq!((clash.line, &*clash.yours, &*clash.template), (3, "mine\n=======\nmore\n", "other\n=======\n"));
        let marked =
            "Title\n=======\n<<<<<<<< yours\nmine\n=======\nmore\n========\nother\n=======\n>>>>>>>> template\nlast\n";
        assert_eq!((found.marked().as_str(), first_marker(marked), has_markers(marked)), (marked, Some(3), true));
        assert!(!has_markers("<<<<<<<< a heading\n========\n"));
    }

    #[test]
    fn without_an_ancestor_each_difference_is_a_conflict() {
        let wanted = "new\nFROM a:1\nRUN one\nRUN other\nRUN three\nCMD x\nlast\n";
        let found = Clashing::all(BASE, wanted);
        assert_eq!(found.clashes().iter().map(|clash| clash.line).collect::<Vec<_>>(), [1, 3, 6], "{found:?}");
        assert_eq!((found.side(|clash| &clash.yours), found.of_template()), (BASE.to_owned(), wanted.to_owned()));
    }
}
