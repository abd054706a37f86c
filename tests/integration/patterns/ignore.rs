//! `.gitignore`: the files that are listed are those that git does not ignore.

use std::collections::BTreeSet;

use proptest::prelude::*;
use spaces_new::Repo;

use super::git::{check, git, path, pattern, repository};
use crate::support::Workspace;

/// The files in `work` that git would push: those that it does not ignore.
fn by_git(workspace: &Workspace) -> BTreeSet<String> {
    let exclude = format!("--exclude-from={}", workspace.path().join("exclude").display());
    let place = ["-C", "work", "--git-dir=../.git", "--work-tree=."];
    let list = ["ls-files", "-z", "--others", "--exclude-per-directory=.gitignore", &exclude];
    let words = [&place[..], &list].concat();
    let output = git(workspace, &words, b"").unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let paths = String::from_utf8(output.stdout).unwrap();
    paths.split_terminator('\0').map(ToOwned::to_owned).collect()
}

/// The files that the library lists there.
fn listed(workspace: &Workspace) -> BTreeSet<String> {
    let repo = Repo::open(&workspace.path().join("work")).unwrap();
    assert!(repo.skipped().is_empty(), "{:?}", repo.skipped());
    repo.files().map(|file| file.path().to_owned()).collect()
}

/// Rewrites files; a path that is a folder of another one is skipped.
fn write(workspace: &Workspace, paths: &BTreeSet<String>, lists: &[(&str, &str)]) {
    let _ = fs_err::remove_dir_all(workspace.path().join("work"));
    let is_folder = |path: &String| paths.iter().any(|other| other.starts_with(&format!("{path}/")));
    for path in paths.iter().filter(|path| !is_folder(path)) {
        workspace.write(&format!("work/{path}"), "");
    }
    for (folder, text) in lists {
        if workspace.path().join("work").join(folder).is_dir() {
            workspace.write(&format!("work/{folder}/.gitignore"), text);
        }
    }
}

fn agrees(workspace: &Workspace, paths: &BTreeSet<String>, lists: &[(&str, &str)]) {
    write(workspace, paths, lists);
    assert_eq!(listed(workspace), by_git(workspace), "{lists:?}");
}

/// A repository whose own list is empty and whose work tree is a folder in it.
fn workspace() -> Option<Workspace> {
    let workspace = repository()?;
    workspace.write("exclude", "");
    Some(workspace)
}

#[test]
fn any_patterns_exclude_what_git_excludes() {
    let Some(workspace) = workspace() else { return };
    let lines = |most: usize| {
        prop::collection::vec((pattern(), prop_oneof![6 => Just("\n"), 1 => Just("\r\n"), 1 => Just("  \n")]), 0..most)
    };
    let paths = prop::collection::btree_set(path(), 1..24);
    let text = |lines: &[(String, &str)]| lines.iter().map(|(line, end)| format!("{line}{end}")).collect::<String>();
    check(400, &(paths, lines(8), lines(3)), |(paths, root, below)| {
        agrees(&workspace, paths, &[(".", &text(root)), ("a", &text(below))]);
    });
}

const CORNERS: &[&str] = &[
    "a",
    "/a",
    "a/",
    "x/",
    "/x/",
    "x//",
    "//x",
    "/",
    "//",
    "!",
    "!!a",
    "*",
    "*\n!a",
    "*\n!*/\n!a",
    "x\n!x/a",
    "x/*\n!x/a",
    "x/**",
    "x/**/a",
    "**/a",
    "**/y/a",
    "a**",
    "/a**",
    "x/**a",
    "ab**/c",
    "/x**/a",
    "**",
    "***",
    "***/a",
    "x/***/a",
    "**b",
    "?",
    "??",
    "[a]",
    "[!a]",
    "[^a]",
    "[]]",
    "[]-]",
    "[--]",
    "[a-b]",
    "[b-a]",
    "[^",
    "[a",
    "[[:alpha:]]",
    "[[:alpha:]",
    "[![:alpha:]]",
    "[[:foo:]]",
    "\\[a\\]",
    "\\a",
    "a\\",
    "a\\\\",
    "\\!a",
    "\\#a",
    "#a",
    " a",
    "a ",
    "a\\ ",
    "a\\  ",
    "a b",
    "a b  ",
    "a\t",
    "{a,b}",
    "{a}*",
    "a\r",
    "a\r\n",
    "a\r\r\n",
    "\u{feff}a",
    "a\n\u{feff}b",
    "build/\n!build/kept",
    "build/*\n!build/kept",
    "foo*",
    "*foo",
    "f*o",
    "foo/*",
    "**/foo/bar",
    "d/**/bar",
    "x/[!/]/a",
    "x/?/a",
    "x/[^b]*",
    "x?a",
    "a\0b",
    "\\*",
    "*\\*",
    "*[*]",
    "[\\a]",
    "é",
    "[é]",
    "[!a-z]",
    "*.p[xy]",
    "*.[!c]y",
    "/*\n!/x\n/x/*\n!/x/y",
    "*.py\n!a.py",
    "x/**/",
    "**/",
    "*/",
    "!*/",
    "a/**/**/b",
    "x/**/**",
];

/// Each line by itself, against paths that it may match.
#[test]
fn the_corner_cases_of_the_format_match_git() {
    let Some(workspace) = workspace() else { return };
    let paths = [
        "a",
        "b",
        "ab",
        "abc",
        "a.py",
        "x/a",
        "x/b",
        "x/y/a",
        "x/y/z/a",
        "xa/b",
        "ax/y/c",
        "a b",
        "a ",
        "!a",
        "#a",
        "a*",
        "[a]",
        "{a,b}",
        "é",
        "-",
        "]",
        "^",
        "a\\",
        "a\r",
        "A1",
        "build/out/x",
        "build/kept",
        "deep/build/x",
        "foo",
        "foobar",
        "d/foo/bar",
    ];
    let paths: BTreeSet<String> =
        paths.iter().filter(|path| **path != "a\r" || cfg!(unix)).map(ToString::to_string).collect();
    for text in CORNERS {
        agrees(&workspace, &paths, &[(".", text)]);
    }
}

/// `info/exclude` counts after every `.gitignore`, and a folder's own file before those above it.
#[test]
fn lists_of_several_folders_count_in_git_s_order() {
    let Some(workspace) = workspace() else { return };
    let paths: BTreeSet<String> =
        ["a", "b", "c", "x/a", "x/b", "x/y/a", "x/y/b", "x-y/a"].iter().map(ToString::to_string).collect();
    for exclude in ["", "a\n", "!a\nb\n", "x/y/\n"] {
        workspace.write("exclude", exclude);
        for (root, below, deepest) in
            [("a", "!a", ""), ("*", "!*", "a"), ("!a", "b", "!b"), ("x/*", "!y", ""), ("/a\n!/x/b", "/y/a", "!/a\nb")]
        {
            write(&workspace, &paths, &[(".", root), ("x", below), ("x/y", deepest)]);
            fs_err::create_dir_all(workspace.path().join("work/.git/info")).unwrap();
            fs_err::write(workspace.path().join("work/.git/info/exclude"), exclude).unwrap();
            let listed = listed(&workspace);
            fs_err::remove_dir_all(workspace.path().join("work/.git")).unwrap();
            assert_eq!(listed, by_git(&workspace), "{exclude:?} {root:?} {below:?} {deepest:?}");
        }
    }
}
