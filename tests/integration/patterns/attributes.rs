//! `.gitattributes`: a file is in LFS if git gives it the filter of LFS or Xet.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use spaces_new::Repo;
use spaces_new::unstable::Attributes;

use super::git::{check, git, path, pattern, repository};
use crate::support::Workspace;

fn by_git(workspace: &Workspace, paths: &BTreeSet<String>) -> BTreeMap<String, bool> {
    let input: String = paths.iter().map(|path| format!("{path}\0")).collect();
    let output = git(workspace, &["check-attr", "-z", "--stdin", "filter"], input.as_bytes()).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let words: Vec<&str> = said.split_terminator('\0').collect();
    words.chunks(3).map(|three| (three[0].to_owned(), matches!(three[2], "lfs" | "xet"))).collect()
}

fn agrees(workspace: &Workspace, paths: &BTreeSet<String>, lists: &[(&str, &str)]) {
    let files = lists.iter().map(|(folder, text)| (format!("{folder}.gitattributes"), *text));
    for (path, text) in files.clone() {
        workspace.write(&path, text);
    }
    let files = files.map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
    let repo = Repo::from_files(files);
    let attributes = Attributes::of(&repo);
    let found: BTreeMap<String, bool> = paths.iter().map(|path| (path.clone(), attributes.is_large(path))).collect();
    assert_eq!(found, by_git(workspace, paths), "{lists:?}");
}

/// The attributes of a line: the filter, macros, others, and sometimes nonsense.
fn states() -> impl Strategy<Value = String> {
    let state = prop_oneof![
        5 => Just("filter=lfs"), 2 => Just("filter=xet"), 3 => Just("-filter"), 2 => Just("!filter"), 1 => Just("filter"),
        1 => Just("filter="), 1 => Just("-filter=lfs"), 3 => Just("m1"), 3 => Just("m2"), 2 => Just("-m1"), 1 => Just("!m2"),
        1 => Just("m1=x"), 2 => Just("-text"), 1 => Just("binary"), 1 => Just("--x"), 1 => Just("=lfs"),
    ];
    prop::collection::vec(state, 0..4).prop_map(|states| states.join(" "))
}

fn line() -> impl Strategy<Value = String> {
    let plain = pattern().prop_map(|pattern| pattern.replace(' ', ""));
    let quoted = pattern().prop_map(|pattern| format!("\"{}\"", pattern.replace('\\', "\\\\")));
    let subject =
        prop_oneof![6 => plain, 2 => quoted, 2 => Just("[attr]m1".to_owned()), 1 => Just("[attr]m2".to_owned())];
    (subject, prop_oneof![Just(" "), Just("\t")], states())
        .prop_map(|(subject, blank, states)| format!("{subject}{blank}{states}\n"))
}

#[test]
fn any_lines_set_the_same_filter_as_in_git() {
    let Some(workspace) = repository() else { return };
    let paths = prop::collection::btree_set(path(), 1..24);
    let lines = |most| prop::collection::vec(line(), 0..most).prop_map(|lines| lines.concat());
    check(400, &(paths, lines(8), lines(3), lines(3)), |(paths, root, below, deepest)| {
        agrees(&workspace, paths, &[("", root), ("a/", below), ("a/b/", deepest)]);
    });
}

#[test]
fn the_corner_cases_of_the_format_match_git() {
    let Some(workspace) = repository() else { return };
    let paths =
        ["a", "b", "a b", "x/a", "x/y/a", "x/b", "!a", "#a", "\"a", "é", "a\t", "a\"", "a\\", "x.bin", "r", "t"];
    let paths: BTreeSet<String> = paths.iter().map(ToString::to_string).collect();
    let long = |length: usize| format!("a{} filter=lfs", " ".repeat(length - 12));
    let long = [long(2047), long(2048)];
    let lines = [
        "a filter=lfs",
        "/a filter=lfs",
        "x filter=lfs",
        "x/ filter=lfs",
        "a/ filter=lfs",
        "x/* filter=lfs",
        "x/** filter=lfs",
        "!a filter=lfs",
        "\\!a filter=lfs",
        "#a filter=lfs",
        "\\#a filter=lfs",
        " a filter=lfs",
        "\ta\tfilter=lfs\r",
        "\"a b\" filter=lfs",
        "\"a b\"filter=lfs",
        "a\\ b filter=lfs",
        "\"a",
        "\"a filter=lfs",
        "\"a\\tb\" filter=lfs",
        "\"a\\t\" filter=lfs",
        "\"\\303\\251\" filter=lfs",
        "\"\\141\" filter=lfs",
        "\"\\541\" filter=lfs",
        "\"a\\\"\" filter=lfs",
        "\"a\\\\\\\\\" filter=lfs",
        "\"!a\" filter=lfs",
        "\"\\\\!a\" filter=lfs",
        "[attr]m filter=lfs\na m",
        "a m\n[attr]m filter=lfs",
        "[attr] filter=lfs",
        "[attr]m filter=lfs\na m\n[attr]m -filter",
        "[attr]m filter=lfs\na m=1",
        "[attr]m n\n[attr]n m filter=lfs\na m",
        "\"[attr]m\" filter=lfs\na m",
        "[attr]!m filter=lfs\na m",
        "a filter=lfs -filter",
        "a -filter filter=lfs",
        "a filter=lfs =",
        "a filter=lfs --x",
        "a filter=lfs x!y",
        "\u{feff}a filter=lfs",
        "a filter=lfs\n\u{feff}b filter=lfs",
        "a filter = lfs",
        "a filter=LFS",
        "** filter=lfs",
        "*.bin filter=lfs",
        "a\0b filter=lfs",
        &long[0],
        &long[1],
    ];
    for text in lines {
        agrees(&workspace, &paths, &[("", text)]);
    }
}
