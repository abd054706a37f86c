//! Without a terminal nothing is asked and nothing blocks.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::super::support::{HANG, Ran, Workspace};
use super::terminal::Terminal;

/// The standard input.
#[derive(Debug, Clone, Copy)]
enum Input {
    /// `/dev/null`.
    Null,
    /// A closed file descriptor.
    Closed,
    /// A pipe that stays open without data.
    Quiet,
    /// A pipe with this data that ends.
    Says(&'static str),
}

/// Runs the command; if it waits for input that never comes, it is stopped, and the test fails.
#[track_caller]
fn run(workspace: &Workspace, words: &str, input: Input) -> Ran {
    let mut command = match input {
        Input::Closed => closed(workspace),
        _ => workspace.command(),
    };
    let stdin = if matches!(input, Input::Quiet | Input::Says(_)) { Stdio::piped() } else { Stdio::null() };
    command.args(words.split_whitespace()).stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut pipe = child.stdin.take();
    if let (Input::Says(text), Some(pipe)) = (input, &mut pipe) {
        pipe.write_all(text.as_bytes()).unwrap();
    }
    // Dropping the pipe ends it.
    let _open = pipe.filter(|_| matches!(input, Input::Quiet));
    wait(&mut child, words, input);
    Ran(child.wait_with_output().unwrap())
}

fn closed(workspace: &Workspace) -> Command {
    let mut shell = workspace.program("sh");
    shell.args(["-c", "exec \"$0\" \"$@\" <&-"]).arg(workspace.command().get_program());
    shell
}

#[track_caller]
fn wait(child: &mut Child, words: &str, input: Input) {
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > HANG {
            child.kill().unwrap();
            panic!("`{words}` with {input:?} as its input waits for something");
        }
        thread::sleep(Duration::from_millis(1));
    }
}

const SILENT: [Input; 3] = [Input::Null, Input::Closed, Input::Quiet];

#[test]
fn takes_every_default() {
    for input in SILENT {
        let workspace = Workspace::new();
        let ran = run(&workspace, "demo -t gradio", input).ok();
        assert!(!ran.stderr().contains("To repeat"), "{}", ran.stderr());
        let with_yes = Workspace::new();
        with_yes.run("demo -t gradio --yes").ok();
        assert_eq!(workspace.files("demo"), with_yes.files("demo"), "{input:?}");
    }
}

#[test]
fn names_missing_answers_and_a_command_line_that_works() {
    for input in SILENT {
        let workspace = Workspace::new();
        let ran = run(&workspace, "", input);
        assert_eq!(ran.code(), 2, "{input:?}: {}", ran.shown());
        let error = ran.stderr();
        assert!(error.contains("DIR") && error.contains("--template"), "{error}");
        let (_, line) = error.split_once("this would work: spaces-new ").expect("no command line");
        assert!(workspace.names().is_empty());
        run(&workspace, line.trim(), input).ok();
    }
}

#[test]
fn a_near_miss_of_a_subcommand_is_refused() {
    for input in SILENT {
        let workspace = Workspace::new();
        let ran = run(&workspace, "templats", input);
        assert_eq!(ran.code(), 2, "{input:?}: {}", ran.shown());
        assert!(ran.stderr().contains("did you mean `spaces-new templates`?"), "{}", ran.stderr());
        assert!(workspace.names().is_empty());
        run(&workspace, "templats -t gradio --yes", input).ok();
    }
}

#[test]
fn a_base_image_without_the_command_that_it_needs_is_refused() {
    let workspace = Workspace::new();
    let ran = run(&workspace, "demo -t docker --base alpine:3.22", Input::Null);
    assert_eq!(ran.code(), 2, "{}", ran.shown());
    assert!(ran.stderr().contains("--command"), "{}", ran.stderr());
    assert!(workspace.names().is_empty());
}

#[test]
fn reads_answers_from_standard_input() {
    let answers = "template = \"streamlit\"\ntitle = \"From a pipe\"\n";
    let workspace = Workspace::new();
    run(&workspace, "demo --answers -", Input::Says(answers)).ok();
    let readme = fs_err::read_to_string(workspace.path().join("demo/README.md")).unwrap();
    assert!(readme.contains("title: From a pipe\n"), "{readme}");
}

#[test]
fn empty_standard_input_gives_no_answers() {
    for input in [Input::Null, Input::Closed, Input::Says("")] {
        let workspace = Workspace::new();
        run(&workspace, "demo -t gradio --answers -", input).ok();
        let ran = run(&workspace, "other --answers -", input);
        assert_eq!(ran.code(), 2, "{input:?}: {}", ran.shown());
        assert!(ran.stderr().contains("--template"), "{}", ran.stderr());
        assert_eq!(workspace.names(), ["demo"]);
    }
}

#[test]
fn asks_nothing_where_the_questions_would_not_be_seen() {
    let workspace = Workspace::new();
    let mut shell = workspace.program("sh");
    shell.args(["-c", "exec \"$0\" demo 2>errors"]).arg(workspace.command().get_program());
    shell.current_dir(workspace.path());
    let ended = Terminal::run(&shell).end();
    assert_eq!(ended.code, 2, "{}", ended.text());
    let errors = fs_err::read_to_string(workspace.path().join("errors")).unwrap();
    assert!(errors.contains("--template"), "{errors}");
}

#[test]
fn asks_nothing_where_only_the_output_is_a_terminal() {
    let workspace = Workspace::new();
    let mut shell = workspace.program("sh");
    shell.args(["-c", "exec \"$0\" demo </dev/null"]).arg(workspace.command().get_program());
    shell.current_dir(workspace.path());
    let ended = Terminal::run(&shell).end();
    assert_eq!(ended.code, 2, "{}", ended.text());
    assert!(ended.text().contains("--template"), "{}", ended.text());
    assert!(workspace.names().is_empty());
}
