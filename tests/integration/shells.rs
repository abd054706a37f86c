//! The completions in real shells. Those of bash run where it is; zsh and fish on request: `cargo test -- --ignored shell`.

use std::path::Path;
use std::process::Command;

use super::prompts::terminal::Terminal;
use crate::support::Workspace;

/// What is typed, with TAB at its end, and the words that the shell then passes to a command.
const TYPED: [(&str, &str); 12] = [
    ("spaces-new adv", "[advise]"),
    ("spaces-new check --only port-mis", "[check][--only][port-mismatch]"),
    ("spaces-new check --skip=port-mis", "[check][--skip=port-mismatch]"),
    ("spaces-new explain port-mis", "[explain][port-mismatch]"),
    ("spaces-new my-demo --template strea", "[my-demo][--template][streamlit]"),
    ("spaces-new init my-app --hardware zero-", "[init][my-app][--hardware][zero-a10g]"),
    ("spaces-new my-demo --license apache-2", "[my-demo][--license][apache-2.0]"),
    ("spaces-new add north", "[add][northflank]"),
    ("spaces-new add northflank spa", "[add][northflank][space one/]"),
    ("spaces-new check spa", "[check][space one/]"),
    ("spaces-new diagnose log\\$", "[diagnose][log$(touch made);.txt]"),
    ("spaces-new check --unsafe-f", "[check][--unsafe-fixes]"),
];

/// The folder of the command, before those of the path.
fn path() -> String {
    let folder = Path::new(env!("CARGO_BIN_EXE_spaces-new")).parent().unwrap();
    format!("{}:{}", folder.display(), std::env::var("PATH").unwrap())
}

/// A folder with names that a shell must quote.
fn workspace() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("space one/README.md", "").write("log$(touch made);.txt", "").write("other/x", "");
    workspace
}

fn shell(workspace: &Workspace, words: &[&str]) -> Command {
    let mut shell = workspace.program(words[0]);
    shell.args(&words[1..]).env("PATH", path()).env("TERM", "xterm-256color");
    shell
}

/// Types lines into a shell in a terminal, each with TAB, and looks at the words that it made of them.
fn types(workspace: &Workspace, words: &[&str], prepare: &str) {
    for (typed, expected) in TYPED {
        let mut terminal = Terminal::run(&shell(workspace, words));
        terminal.press(prepare).press("; echo pre''pared\r").expect("prepared");
        // Ctrl-A goes to the beginning: the line becomes the arguments of a command that shows them, which proves the quoting
        terminal.press(typed).press("\t").press("\u{1}printf '[%s]' ").press("\r");
        terminal.expect(&format!("[spaces-new]{expected}"));
        terminal.press("exit\r");
    }
    assert!(!workspace.path().join("made").exists(), "a name was run");
}

/// Whether a program is on the path.
fn is_there(name: &str) -> bool {
    Command::new(name).arg("--version").output().is_ok()
}

#[test]
fn bash_completes_in_a_terminal() {
    if !is_there("bash") {
        return;
    }
    let source = "source <(spaces-new completions bash)";
    types(&workspace(), &["bash", "--norc", "--noprofile", "-i"], source);
}

#[test]
#[ignore = "needs the shell zsh"]
fn the_shell_zsh_completes_in_a_terminal() {
    let source =
        "setopt no_auto_remove_slash; autoload -U compinit && compinit -u -D && source <(spaces-new completions zsh)";
    types(&workspace(), &["zsh", "-f", "-i"], source);
}

/// As a file in a folder of functions, as the help says.
#[test]
#[ignore = "needs the shell zsh"]
fn the_shell_zsh_loads_the_script_from_its_folder_of_functions() {
    let workspace = workspace();
    workspace.write("functions/_spaces-new", workspace.run("completions zsh").ok().stdout());
    let load = "setopt no_auto_remove_slash; fpath=($PWD/functions $fpath) && autoload -U compinit && compinit -u -D";
    types(&workspace, &["zsh", "-f", "-i"], load);
}

#[test]
#[ignore = "needs the shell fish"]
fn the_shell_fish_completes() {
    let workspace = workspace();
    let complete = |line: &str| {
        let script = format!("spaces-new completions fish | source; complete --do-complete \"{line}\"");
        let output = shell(&workspace, &["fish", "--no-config", "--command", &script]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let found = String::from_utf8(output.stdout).unwrap();
        found.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for (typed, expected) in [
        ("spaces-new adv", "advise"),
        ("spaces-new check --only port-mis", "port-mismatch"),
        ("spaces-new check --skip=port-mis", "--skip=port-mismatch"),
        ("spaces-new explain port-mis", "port-mismatch"),
        ("spaces-new my-demo --template strea", "streamlit"),
        ("spaces-new init my-app --hardware zero-", "zero-a10g"),
        ("spaces-new my-demo --license apache-2", "apache-2.0"),
        ("spaces-new add north", "northflank"),
        ("spaces-new add northflank spa", "space one/"),
        ("spaces-new diagnose log", "log$(touch made);.txt"),
        ("spaces-new check --unsafe-f", "--unsafe-fixes"),
    ] {
        assert_eq!(complete(typed), [expected], "{typed}");
    }
    assert!(!complete("spaces-new init ").contains(&"log$(touch made);.txt".to_owned()), "only folders");
    assert!(complete("spaces-new explain ").len() > 100);
    assert!(!workspace.path().join("made").exists(), "a name was run");
}
