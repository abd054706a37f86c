//! `.dockerignore` excludes the same files here as in the engine.

use std::collections::BTreeSet;

use spaces_new::unstable::DockerIgnore;

use crate::cases::tag;
use crate::engine::{Build, Builder, build};
use crate::space::Space;

const FILES: [&str; 20] = [
    "a",
    "b.md",
    "é",
    "!c",
    "#d",
    "{a,b}",
    "x/a",
    "x/b.md",
    "x/y/a",
    "x/y/b.md",
    "xa",
    "xy/a",
    "ab/c",
    "abc",
    "build/kept",
    "build/out",
    "a b",
    "[a]",
    "a^b",
    "z.py/a",
];

/// Difficult patterns: two stars, brackets, escapes, exceptions, folders, blanks, comments.
///
/// Not included: what engines before 23 (moby's `fileutils`) read differently from later ones (`moby/patternmatcher`, which the
/// reader follows), since the engine here may be either: `**.md`, a `^` or a byte order mark in a pattern without wildcards, and an
/// exception for a folder that is not excluded.
const LISTS: [&str; 22] = [
    "*\n!x\n",
    "*\n!x/y/\n!b.md\n",
    "x\n!x/y\n",
    "x/*\n!x/y\n",
    "*.md\n",
    "**/*.md\n",
    "**/a\n",
    "x/**\n",
    "x/**/a\n",
    "x**a\n",
    "ab**\n",
    "/x/\n./a\nx/../b.md\n",
    "?\n",
    "[!a]*\n",
    "[^a]*\n",
    "[a-c]\n\\!c\n\\[a\\]\n",
    "{a,b}\n",
    "#d\n #d\n",
    "  a b  \n",
    "\u{feff}a\r\nb.md\r\n",
    "build\n!build/kept\n!**/kept\n",
    "*/a\n",
];

/// The files that reach the build, or the engine's error.
fn arrived(space: &Space) -> Result<BTreeSet<String>, String> {
    let folder = space.path();
    let tag = tag(space.name(), Builder::BuildKit);
    let built = build(Build { cached: false, ..Build::new(&folder, &tag) })?;
    let files = built.log.lines().filter_map(|line| line.split_once("arrived:./")).map(|(_, file)| file.to_owned());
    Ok(files.filter(|file| FILES.contains(&file.as_str())).collect())
}

fn space(list: &str) -> Space {
    let files: Vec<(&str, &str)> = FILES.iter().map(|file| (*file, "x")).collect();
    let space = Space::app("dockerignore", &files);
    let list_files = "RUN cd /context && find . -type f -exec echo arrived:{} ';'";
    space.write("Dockerfile", format!("FROM python:3.13-slim-trixie\nCOPY . /context/\n{list_files}\n"));
    space.write(".dockerignore", list);
    space
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn dockerignore_excludes_what_the_engine_excludes() {
    let mut wrong = Vec::new();
    for list in LISTS {
        let arrived = arrived(&space(list)).unwrap_or_else(|log| panic!("{list:?} does not build:\n{log}"));
        let ignore = DockerIgnore::read(list);
        let let_in = FILES.iter().filter(|file| ignore.keeps_out(file).is_none());
        let let_in: BTreeSet<String> = let_in.map(ToString::to_string).collect();
        if let_in != arrived {
            wrong.push(format!("{list:?}: {let_in:?}, and the engine: {arrived:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn dockerignore_that_the_engine_refuses_excludes_nothing() {
    for line in ["[", "[]a]", "[a-", "a\\", "!", "[b-a]*"] {
        let list = format!("a\n{line}\n");
        assert!(arrived(&space(&list)).is_err(), "{list:?} builds");
        assert_eq!(DockerIgnore::read(&list).keeps_out("a"), None, "{list:?}");
    }
}
