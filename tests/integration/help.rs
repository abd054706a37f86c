//! The help and the manual pages of the command and of each subcommand.

use std::process::{Command, Stdio};

use crate::support::{Ran, Workspace};

/// The lines of one screen.
const SCREEN: usize = 50;

/// The names of the subcommands, as the help lists them.
pub(crate) fn subcommands() -> Vec<String> {
    let help = Workspace::new().run("-h").ok().stdout();
    let (_, listed) = help.split_once("\nCommands:\n").unwrap();
    let listed = listed.split("\n\n").next().unwrap();
    let names: Vec<String> = listed.lines().map(|line| line.split_whitespace().next().unwrap().to_owned()).collect();
    assert!(names.len() > 10 && names.contains(&"check".to_owned()), "{names:?}");
    names
}

/// A run in a terminal of 80 columns.
fn narrow(words: &str) -> Ran {
    Ran(Workspace::new().command().args(words.split_whitespace()).env("COLUMNS", "80").output().unwrap())
}

/// The headings of the sections, in their order.
fn sections(help: &str) -> Vec<&str> {
    let is_heading = |line: &&str| !line.starts_with(' ') && line.ends_with(':');
    help.lines().filter(is_heading).collect()
}

fn commands() -> Vec<String> {
    std::iter::once(String::new()).chain(subcommands().into_iter().map(|name| format!("{name} "))).collect()
}

#[test]
fn the_short_help_fits_on_one_screen() {
    for command in commands() {
        let help = narrow(&format!("{command}-h")).ok().stdout();
        assert!(help.lines().count() <= SCREEN, "{command}: {} lines\n{help}", help.lines().count());
        let (_, examples) = help.split_once("\nExamples:\n").unwrap_or_default();
        let examples = examples.lines().take_while(|line| !line.is_empty());
        examples.for_each(|line| {
            assert!(line.trim_start().starts_with("spaces-new") || line.contains(" | spaces-new "), "wrapped: {line}");
        });
    }
}

#[test]
fn the_long_help_has_all_that_the_short_one_has() {
    for command in commands() {
        let (short, long) = (narrow(&format!("{command}-h")).stdout(), narrow(&format!("{command}--help")).stdout());
        for word in short.split_whitespace().filter(|word| word.starts_with("--")) {
            let word = word.trim_end_matches(|char: char| !char.is_alphanumeric());
            assert!(long.contains(word), "{command}: {word}");
        }
        assert!(long.lines().count() > short.lines().count(), "{command}");
    }
    assert!(!narrow("-h").stdout().contains("--color-from") && narrow("--help").stdout().contains("--color-from"));
    assert!(!narrow("-h").stdout().contains("possible values: apache"), "the list of licences is long");
}

#[test]
fn the_sections_have_one_order() {
    let place = |section: &str| match section {
        "Usage:" => 0,
        "Commands:" => 1,
        "Arguments:" => 2,
        "Options:" => 3,
        "How to make it:" | "How to do it:" => 5,
        "Output:" => 6,
        "Examples:" => 7,
        _ => 4,
    };
    for (command, flag) in commands().iter().flat_map(|command| [(command, "-h"), (command, "--help")]) {
        let help = narrow(&format!("{command}{flag}")).stdout();
        let help = help.replace("\nUsage: ", "\nUsage:\n");
        let sections = sections(&help);
        assert!(sections.contains(&"Output:"), "{command}: {sections:?}");
        assert!(sections.is_sorted_by_key(|section| place(section)), "{command}{flag}: {sections:?}");
    }
}

#[test]
fn help_is_a_subcommand_with_help() {
    let workspace = Workspace::new();
    let of_help = workspace.run("help --help").ok().stdout();
    assert!(of_help.contains("Usage: spaces-new help"), "{of_help}");
    assert_eq!(workspace.run("help").ok().stdout(), workspace.run("--help").ok().stdout());
    for name in subcommands() {
        let (one, other) = (workspace.run(&format!("help {name}")), workspace.run(&format!("{name} --help")));
        assert_eq!(one.ok().stdout(), other.ok().stdout(), "{name}");
    }
    let unknown = workspace.run("help chekc");
    assert_eq!(unknown.code(), 2);
    assert!(unknown.stderr().contains("'check'"), "{}", unknown.stderr());
}

#[test]
fn quiet_silences_notes_and_not_what_was_asked_for() {
    let workspace = Workspace::new();
    for words in ["rules", "templates", "schema", "explain port-mismatch", "completions bash", "man", "help"] {
        assert_eq!(workspace.run(&format!("{words} -q")).ok().stdout(), workspace.run(words).ok().stdout(), "{words}");
    }
    let ran = workspace.run("my-demo -t static --yes --vcs none -q").ok();
    assert_eq!((ran.stdout(), ran.stderr()), (String::new(), String::new()));
}

#[test]
fn flags_about_output_stand_before_a_subcommand_too() {
    let workspace = Workspace::new();
    assert_eq!(workspace.run("--format json rules").ok().stdout(), workspace.run("rules --format json").ok().stdout());
    assert_eq!(workspace.run("--format json rules --format text").ok().stdout(), workspace.run("rules").ok().stdout());
    workspace.write("a/README.md", "---\nsdk: static\n---\n").write("a/index.html", "");
    assert_eq!(workspace.run("-q check a").ok().stdout(), "");
}

/// What `explain` prints is a document too.
#[test]
fn a_rule_is_explained_in_json() {
    let rule = Workspace::new().run("explain uid-already-taken --format json").ok().json();
    assert_eq!(rule["id"], "uid-already-taken");
    assert!(rule["documentation"].as_str().unwrap().contains("## Why it matters"), "{rule}");
    let messages = rule["messages"].as_array().unwrap();
    assert!(messages.iter().any(|message| message == "useradd: UID 1000 is not unique"), "{rule}");
}

/// The manual pages have each flag and its meaning.
#[test]
fn the_manual_has_every_flag() {
    let workspace = Workspace::new();
    for name in std::iter::once(String::new()).chain(subcommands()) {
        let page = workspace.run(&format!("man {name}")).ok().stdout();
        assert!(page.contains(".TH spaces\\-new") || page.contains(".TH spaces-new"), "{name}: {page}");
        let help = workspace.run(&format!("help {name}")).ok().stdout();
        for line in help.lines().filter(|line| line.trim_start().starts_with('-')) {
            let flag = line.split_whitespace().find(|word| word.starts_with("--")).unwrap();
            let flag = flag.split(['=', '[']).next().unwrap().replace('-', "\\-");
            assert!(page.contains(&flag), "{name}: {flag}");
        }
        // A flag without text is followed by an empty line
        assert!(!page.contains("\\fR\n\n.TP"), "{name}: a flag without its meaning\n{page}");
    }
}

#[test]
#[ignore = "needs man"]
fn man_reads_the_manual() {
    for name in std::iter::once(String::new()).chain(subcommands()) {
        let page = Workspace::new().run(&format!("man {name}")).ok().0.stdout;
        let mut man = Command::new("man");
        man.args(["--warnings", "--local-file", "-"]).env("MANWIDTH", "100");
        man.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = man.spawn().expect("man is on the path");
        let mut input = child.stdin.take().unwrap();
        std::io::Write::write_all(&mut input, &page).unwrap();
        drop(input);
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8_lossy(&output.stdout).contains("SYNOPSIS"), "{name}");
    }
}
