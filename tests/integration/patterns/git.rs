//! Git itself, without the host's settings.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::support::{self, Workspace};

/// A git repository in its own folder. Without git: `None`, and a note.
pub(crate) fn repository() -> Option<Workspace> {
    let workspace = Workspace::new();
    workspace.write("home/x", "");
    if git(&workspace, &["init", "--quiet", "."], b"").is_none_or(|output| !output.status.success()) {
        skipped("git is missing");
        return None;
    }
    Some(workspace)
}

/// Runs git with something on its standard input.
pub(crate) fn git(workspace: &Workspace, words: &[&str], input: &[u8]) -> Option<Output> {
    let mut git = Command::new("git");
    git.args(words).current_dir(workspace.path()).env("HOME", workspace.path().join("home"));
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "XDG_CONFIG_HOME"] {
        git.env_remove(name);
    }
    git.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_ATTR_NOSYSTEM", "1");
    git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = git.spawn().ok()?;
    child.stdin.take().unwrap().write_all(input).unwrap();
    Some(child.wait_with_output().unwrap())
}

/// Runs a property; a failure prints the smallest value that breaks it.
pub(crate) fn check<S: Strategy>(cases: u32, values: &S, property: impl Fn(&S::Value)) {
    let outcome = TestRunner::new(support::property(cases)).run(values, |value| {
        property(&value);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

/// A path of a few parts with few different letters, so that patterns often match.
pub(crate) fn path() -> impl Strategy<Value = String> {
    let part =
        prop_oneof![6 => "[ab]{1,3}", 2 => "[ab]{0,2}\\.[cp]{1,2}", 1 => "[a!#\\[\\]{},é*?-][ab ]{0,1}[a-]", 1 => "A1"];
    prop::collection::vec(part, 1..5).prop_map(|parts| parts.join("/"))
}

/// A random sequence of meaningful pieces of patterns.
pub(crate) fn pattern() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[ab]{1,2}",
        4 => Just("*".to_owned()),
        4 => Just("/".to_owned()),
        3 => Just("**/".to_owned()),
        2 => Just("/**".to_owned()),
        2 => Just("**".to_owned()),
        2 => Just("?".to_owned()),
        2 => "\\[[!^]?[ab\\-]{1,3}\\]",
        1 => "\\[[!^]?\\]?[abcé-]{0,3}\\]?",
        1 => "\\[\\[:(alpha|digit|upper|punct|x|):\\]?a?\\]",
        1 => "\\\\[a!*?/#\\[\\\\ ]",
        1 => "[.{},#! é-]",
        1 => "\\.[cp]{1,2}",
    ];
    let pieces = prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat());
    (prop_oneof![8 => Just(""), 2 => Just("!"), 1 => Just("/")], pieces)
        .prop_map(|(mark, rest)| format!("{mark}{rest}"))
}

#[expect(clippy::print_stderr, reason = "a skipped test prints a note")]
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}
