//! What the wizard asks, and the result of the answers.

use super::super::support::{Ran, Workspace};
use super::terminal::{ERASE, Ended, PLAN, Terminal};

/// The last question.
const MAKE: &str = "Make it?";

/// The list of all answers.
const CHANGE: &str = "Change anything else?";

/// The maximum number of questions before it.
const QUESTIONS_MAX: usize = 7;

/// One question, with what is typed or chosen.
enum Step {
    Type(&'static str, &'static str),
    Choose(&'static str, &'static str),
}

use Step::{Choose, Type};

/// Goes through the wizard. Fails if it asks more or fewer questions.
#[track_caller]
fn go_through(workspace: &Workspace, words: &[&str], steps: &[Step]) -> Ended {
    assert!(steps.len() <= QUESTIONS_MAX);
    let mut terminal = Terminal::start(workspace, words);
    for step in steps {
        match step {
            Type(prompt, text) => terminal.answer(prompt, text),
            Choose(prompt, item) => terminal.choose(prompt, item),
        };
    }
    terminal.choose(MAKE, "make it");
    let ended = terminal.end().ok();
    assert!(ended.shows_cursor(), "{:?}", ended.screen);
    assert!(ended.echoes, "{}", ended.text());
    ended
}

/// Runs a printed line in a shell, in a new workspace.
pub(super) fn run_line(line: &str, prepare: impl Fn(&Workspace)) -> Workspace {
    let workspace = Workspace::new();
    prepare(&workspace);
    let command = workspace.command();
    let program = std::path::Path::new(command.get_program());
    let mut shell = workspace.program("sh");
    shell.args(["-c", line]);
    let path = std::env::join_paths(
        std::iter::once(program.parent().unwrap().to_owned())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    Ran(shell.env("PATH", path.unwrap()).output().unwrap()).ok();
    workspace
}

/// Asserts that the line which was printed makes the same bytes in the same folder.
#[track_caller]
pub(super) fn assert_repeatable(workspace: &Workspace, folder: &str, ended: &Ended, prepare: impl Fn(&Workspace)) {
    let line = ended.repeat();
    let again = run_line(&line, prepare);
    let (first, second) = (workspace.files(folder), again.files(folder));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>(), "{line}");
    assert!(first == second, "{line}");
}

fn read(workspace: &Workspace, path: &str) -> String {
    fs_err::read_to_string(workspace.path().join(path)).unwrap()
}

#[test]
fn makes_a_gradio_space_from_six_answers() {
    let workspace = Workspace::new();
    let steps = [
        Type("Folder", "my-demo"),
        Choose(PLAN, "paid"),
        Choose("Template", "gradio"),
        Type("Title", "A \"quoted\" title: it's $HOME"),
        Type("Emoji", "🦀"),
        Choose("SDK", "gradio"),
    ];
    let ended = go_through(&workspace, &[], &steps);
    let readme = read(&workspace, "my-demo/README.md");
    assert!(readme.contains("emoji: 🦀\n") && readme.contains("\nsdk: gradio\n"), "{readme}");
    assert!(!workspace.path().join("my-demo/Dockerfile").exists());
    assert!(workspace.path().join("my-demo/.git").exists());
    assert_repeatable(&workspace, "my-demo", &ended, |_| ());
}

#[test]
fn makes_a_streamlit_space_from_only_defaults() {
    let workspace = Workspace::new();
    let steps = [
        Type("Folder [my-space]", ""),
        Choose(PLAN, "paid"),
        Choose("Template", "streamlit"),
        Type("Title [My Space]", ""),
        Type("Emoji", ""),
    ];
    let ended = go_through(&workspace, &[], &steps);
    let alone = Workspace::new();
    alone.run("my-space -t streamlit --plan paid --yes").ok();
    assert_eq!(workspace.files("my-space"), alone.files("my-space"));
    assert_eq!(ended.repeat(), "spaces-new my-space --template streamlit --plan paid --yes");
}

#[test]
fn asks_for_a_command_where_the_base_image_needs_one() {
    let workspace = Workspace::new();
    let steps = [
        Type("Folder", "server"),
        Choose(PLAN, "paid"),
        Choose("Template", "docker"),
        Type("Title", "Server"),
        Type("Emoji", ""),
        Type("Base image", "alpine:3.22"),
        Type("Start command", "httpd -f -p 7860"),
    ];
    let ended = go_through(&workspace, &[], &steps);
    let dockerfile = read(&workspace, "server/Dockerfile");
    assert!(dockerfile.contains("FROM alpine:3.22"), "{dockerfile}");
    assert!(dockerfile.contains(r#"CMD ["httpd", "-f", "-p", "7860"]"#), "{dockerfile}");
    assert_repeatable(&workspace, "server", &ended, |_| ());
}

#[test]
fn asks_for_no_command_if_the_base_image_needs_none() {
    let workspace = Workspace::new();
    let steps = [Type("Title", ""), Type("Emoji", ""), Type("Base image", "node:22-slim")];
    let ended = go_through(&workspace, &["server", "-t", "docker"], &steps);
    assert!(workspace.path().join("server/server.js").exists());
    assert_repeatable(&workspace, "server", &ended, |_| ());
}

#[test]
fn does_not_ask_what_was_given() {
    let workspace = Workspace::new();
    let words = ["demo", "-t", "gradio", "--title", "Given", "--emoji", "🦀", "--sdk", "docker"];
    let ended = go_through(&workspace, &words, &[]);
    assert_eq!(ended.repeat(), "spaces-new demo --template gradio --title Given --emoji '🦀' --sdk docker --yes");
}

#[test]
fn asks_nothing_with_yes() {
    let workspace = Workspace::new();
    let ended = Terminal::start(&workspace, &["demo", "-t", "gradio", "--yes"]).end().ok();
    assert!(!ended.text().contains("Title") && !ended.text().contains("To repeat"), "{}", ended.text());
    assert!(workspace.path().join("demo/README.md").exists());
}

#[test]
fn changes_settings_until_they_are_valid() {
    let workspace = Workspace::new();
    workspace.write("my data/it's.csv", "a,b\n");
    let words = ["demo", "-t", "gradio", "--title", "T", "--emoji", "🦀", "--sdk", "docker", "--vcs", "none"];
    let mut terminal = Terminal::start(&workspace, &words);
    terminal.choose(MAKE, "back");
    terminal.choose(CHANGE, "Licence: none").filter("Licence", "mit", "mit").filter(CHANGE, "Licence", "Licence: mit");
    terminal.filter("Licence", "apache", "apache-2.0");
    terminal.choose(CHANGE, "Port: 7860").answer("Port [7860]", "8080");
    terminal.choose(CHANGE, "Ready for Dev Mode: no").filter("Ready for Dev Mode", "yes", "yes");
    terminal.choose(CHANGE, "Tags: none").answer("Tags (commas between them, empty for none): ", "first, second");
    terminal.choose(CHANGE, "Files to bundle: none").answer("empty for none): ", "my data");
    terminal.choose(CHANGE, "Short description: none").answer("Short description: ", "-x 'y' \"z\" `id`");
    terminal.choose(CHANGE, "Port: 8080").answer("Port [8080]", "9090");
    terminal.choose(CHANGE, "No, go on").choose(MAKE, "make it");
    let ended = terminal.end().ok();

    let readme = read(&workspace, "demo/README.md");
    for line in ["license: apache-2.0\n", "app_port: 9090\n", "tags:\n- first\n- second\n"] {
        assert!(readme.contains(line), "no `{line}` in {readme}");
    }
    assert!(workspace.path().join("demo/assets/my data/it's.csv").exists());
    assert!(!workspace.path().join("demo/.git").exists());
    assert!(ended.repeat().contains("--vcs none"), "{}", ended.repeat());
    assert_repeatable(&workspace, "demo", &ended, |again| {
        again.write("my data/it's.csv", "a,b\n");
    });
}

#[test]
fn asks_again_after_an_invalid_answer_and_says_what_is_wrong() {
    let workspace = Workspace::new();
    let mut terminal = Terminal::start(&workspace, &["demo", "-t", "docker", "--title", "T"]);
    terminal.answer("Emoji", "x");
    terminal.expect("emoji").answer("Emoji [🐳]: x", ERASE);
    terminal.answer("Base image", "Not An Image");
    terminal.expect("`Not An Image`").answer("Not An Image", &format!("{ERASE}alpine:3.22"));
    terminal.answer("Start command", "");
    terminal.expect("error").answer("Start command", "sh 'open");
    terminal.expect("unterminated").answer("Start command: sh 'open", &format!("{ERASE}httpd, -f"));
    terminal.choose(MAKE, "back").choose(CHANGE, "Port").answer("Port [7860]", "80");
    // What was typed can be completed
    terminal.expect("`80` is not a port that the Hub accepts").answer("Port [7860]: 80", "80");
    terminal.choose(CHANGE, "No, go on").choose(MAKE, "make it");
    let ended = terminal.end().ok();
    assert!(read(&workspace, "demo/Dockerfile").contains(r#"CMD ["httpd", "-f"]"#));
    assert_repeatable(&workspace, "demo", &ended, |_| ());
}

#[test]
fn repeats_answers_from_a_file_in_one_line() {
    let prepare = |workspace: &Workspace| {
        let answers = "title = \"From a file\"\nassets = [\"data.csv\"]\ntags = [\"one\"]\n";
        workspace.write("sub/answers.toml", answers).write("sub/data.csv", "a,b\n");
    };
    let workspace = Workspace::new();
    prepare(&workspace);
    let words = ["demo", "-t", "streamlit", "--answers", "sub/answers.toml"];
    let ended = go_through(&workspace, &words, &[Type("Emoji", "")]);
    assert!(workspace.path().join("demo/assets/data.csv").exists());
    assert_repeatable(&workspace, "demo", &ended, prepare);
}

#[test]
fn repeats_a_folder_with_the_name_of_a_subcommand() {
    let workspace = Workspace::new();
    let steps = [Type("Folder", "templates"), Type("Title", ""), Type("Emoji", "")];
    let ended = go_through(&workspace, &["-t", "streamlit"], &steps);
    assert_repeatable(&workspace, "templates", &ended, |_| ());
}

#[test]
fn repeats_a_folder_whose_name_starts_with_a_dash() {
    let workspace = Workspace::new();
    let ended =
        go_through(&workspace, &["-t", "streamlit"], &[Type("Folder", "-x"), Type("Title", ""), Type("Emoji", "")]);
    assert_repeatable(&workspace, "-x", &ended, |_| ());
}

#[test]
fn asks_the_same_in_colour() {
    let workspace = Workspace::new();
    let mut command = workspace.command();
    command.args(["demo", "-t", "docker"]);
    let mut terminal = Terminal::run(&command);
    terminal.answer("Title", "In colour").answer("Emoji", "").answer("Base image", "");
    terminal.expect(MAKE).press("\r");
    let ended = terminal.end().ok();
    assert!(ended.screen.contains("\u{1b}[") && ended.shows_cursor());
    assert!(read(&workspace, "demo/README.md").contains("title: In colour\n"));
}

#[test]
fn refuses_a_full_folder_before_the_first_question() {
    let workspace = Workspace::new();
    workspace.write("demo/notes.txt", "mine");
    let ended = Terminal::start(&workspace, &["demo"]).end();
    assert_eq!(ended.code, 1, "{}", ended.text());
    assert!(ended.text().contains("`demo` is not empty"), "{}", ended.text());
}

#[test]
fn a_near_miss_of_a_subcommand_causes_a_question() {
    let workspace = Workspace::new();
    let question = "`templats` looks like the subcommand `templates`. Make a Space in a folder `templats`?";
    for keys in ["\r", "n\r", "x\r\u{15}no\r"] {
        let mut terminal = Terminal::start(&workspace, &["templats"]);
        terminal.expect(question).press(keys);
        let ended = terminal.end();
        assert_eq!(ended.code, 2, "{}", ended.text());
        assert!(ended.text().contains("did you mean `spaces-new templates`?"), "{}", ended.text());
        assert!(ended.shows_cursor() && workspace.names().is_empty());
    }
    let mut terminal = Terminal::start(&workspace, &["templats"]);
    terminal.expect(question).press("y\r");
    terminal
        .choose(PLAN, "paid")
        .choose("Template", "streamlit")
        .answer("Title", "")
        .answer("Emoji", "")
        .choose(MAKE, "make it");
    let ended = terminal.end().ok();
    assert_eq!(workspace.names(), ["templats"]);
    assert_repeatable(&workspace, "templats", &ended, |_| ());
}

#[test]
fn a_free_account_is_led_to_what_it_can_create() {
    let workspace = Workspace::new();
    let steps = [Choose(PLAN, "free"), Choose("Template", "gradio"), Type("Title", ""), Type("Emoji", "")];
    let ended = go_through(&workspace, &["demo"], &steps);
    let readme = read(&workspace, "demo/README.md");
    for line in ["sdk: gradio\n", "suggested_hardware: zero-a10g\n", "python_version: \"3.12.12\"\n"] {
        assert!(readme.contains(line), "no `{line}` in {readme}");
    }
    assert!(ended.text().contains("--space-sdk gradio --flavor zero-a10g"), "{}", ended.text());
    assert!(ended.repeat().contains("--plan free"), "{}", ended.repeat());
    assert_repeatable(&workspace, "demo", &ended, |_| ());
}

#[test]
fn what_a_free_account_cannot_create_is_not_offered() {
    let workspace = Workspace::new();
    let mut terminal = Terminal::start(&workspace, &["demo", "--plan", "free"]);
    terminal.expect("> gradio").expect("  static").press("streamlit");
    terminal.expect("(nothing matches)").interrupt();
    assert!(!terminal.end().text().contains("  streamlit"));
    let mut terminal = Terminal::start(&workspace, &["demo", "--plan", "free", "-t", "streamlit"]);
    terminal.expect("a free account cannot create a Docker Space");
    assert!(workspace.names().is_empty());
}

#[test]
fn the_plan_is_asked_where_it_decides_something() {
    for (words, asked) in [
        (&["demo", "-t", "gradio"][..], PLAN),
        (&["demo", "-t", "gradio", "--plan", "paid"], "Title"),
        (&["demo", "-t", "docker"], "Title"),
        (&["demo", "-t", "gradio", "--sdk", "gradio"], "Title"),
    ] {
        let workspace = Workspace::new();
        let mut terminal = Terminal::start(&workspace, words);
        terminal.expect(asked).interrupt();
        assert_eq!(terminal.end().text().contains(PLAN), asked == PLAN, "{words:?}");
    }
}
