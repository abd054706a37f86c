//! Errors under `--format json` are one document on standard output, for every subcommand.

use crate::help::subcommands;
use crate::support::{Ran, Workspace};

/// The only document, with a message and a hint that name something.
#[track_caller]
fn refused(ran: &Ran, what: &str) -> String {
    assert_eq!(ran.code(), 2, "{what}: {}", ran.shown());
    assert!(!ran.stderr().is_empty(), "{what}: a person sees the error too");
    let document = ran.json();
    assert_eq!(document["ok"], false, "{what}: {}", ran.shown());
    let message = document["errors"][0]["message"].as_str().unwrap().to_owned();
    assert!(!message.is_empty() && !message.contains('\n'), "{what}: {message}");
    message
}

#[test]
fn every_subcommand_refuses_in_json() {
    let workspace = Workspace::new();
    let commands = std::iter::once(String::new()).chain(subcommands().into_iter().map(|name| format!("{name} ")));
    for command in commands {
        for (words, says) in [
            ("--format json --no-such-flag", "'--no-such-flag'"),
            ("--no-such-flag --format=json", "'--no-such-flag'"),
            ("--format json --color", "'--color <WHEN>'"),
            ("--format json --color purple", "'purple'"),
            ("--format json -q -v", "cannot be used with"),
        ] {
            let words = format!("{command}{words}");
            let message = refused(&workspace.run(&words), &words);
            assert!(message.contains(says), "{words}: {message}");
        }
    }
    let before = workspace.run("--format json check --no-such-flag");
    assert!(refused(&before, "before the subcommand").contains("'--no-such-flag'"));
}

/// Errors of the commands themselves, and all lines of an error about arguments.
#[test]
fn errors_of_the_commands_are_documents_too() {
    let workspace = Workspace::new();
    workspace.write("empty/x", "");
    for (words, says) in [
        ("--yes", "it is missing"),
        ("x -t nothing --yes", "nothing"),
        ("x --diff -t gradio", "--dry-run"),
        ("init nowhere", "does not exist"),
        ("init empty --yes", "no app was found"),
        ("update nowhere", "does not exist"),
        ("update empty", "no `.spaces-new.toml` names a template"),
        ("update empty --pins-only --python 3.12", "cannot be used with"),
        ("add", "<TARGET>"),
        ("add nothing", "'nothing'"),
        ("add colab nowhere", "does not exist"),
        ("advise empty/x", "empty/x"),
        ("check nowhere", "nowhere"),
        ("check empty", "is not a Space"),
        ("check empty --diff", "only valid with `--fix`"),
        ("check --only nothing", "nothing"),
        ("check --only", "'--only <RULE>'"),
        ("check - --fix", "standard input"),
        ("try nowhere", "nowhere"),
        ("publish nowhere", if cfg!(feature = "online") { "nowhere" } else { "without the feature `online`" }),
        ("try --memory many", "'many'"),
        ("try --native --keep", "'--keep'"),
        ("diagnose nowhere", "nowhere"),
        ("diagnose nowhere --in nowhere", "nowhere"),
        ("explain", "<RULE>"),
        ("explain port-mismatc", "port-mismatc"),
        ("rules more", "'more'"),
        ("templates more", "'more'"),
        ("completions", "<SHELL>"),
        ("completions csh", "'csh'"),
        ("schema more", "'more'"),
        ("man more", "'more'"),
        ("help more", "'more'"),
    ] {
        for words in [format!("{words} --format json"), format!("{words} --format=json")] {
            let message = refused(&workspace.run(&words), &words);
            assert!(message.contains(says), "{words}: {message}");
        }
    }
    let near = workspace.run("check --pedantc --format json").json();
    assert!(near["hint"].as_str().unwrap().contains("--pedantic"), "{near}");
}
