//! What is printed when a Space was made.

use super::super::support::Workspace;
use super::terminal::Terminal;
use super::wizard::assert_repeatable;

const GIVEN: [&str; 9] = ["demo", "--plan", "paid", "-t", "gradio", "--title", "T", "--emoji", "🦀"];

/// The output from the first line about what was made.
fn made(text: &str) -> Vec<&str> {
    text.lines().skip_while(|line| !line.starts_with("Made a ")).collect()
}

#[test]
fn it_fits_one_screen_with_all_that_a_space_can_need() {
    let workspace = Workspace::new();
    workspace.write("a.csv", "1\n");
    let everything = "demo -t docker --base node:22-slim --command server --title T --emoji 🦀 --secret ONE --secret TWO \
        --variable A=1 --build-secret THREE --asset a.csv --tag x --license mit";
    for words in [&GIVEN[..], &everything.split_whitespace().collect::<Vec<_>>()] {
        let _ = fs_err::remove_dir_all(workspace.path().join("demo"));
        let mut terminal = Terminal::start(&workspace, words);
        if words.contains(&"gradio") {
            terminal.choose("SDK", "docker");
        }
        terminal.expect("Make it?").press("\r");
        let ended = terminal.end().ok();
        let text = ended.text();
        let lines = made(&text);
        assert!(lines.len() <= 25, "{} lines:\n{}", lines.len(), lines.join("\n"));
        assert!(lines.contains(&"    cd demo") && text.contains("http://localhost:7860"), "{text}");
        assert!(text.contains("    hf auth login && hf repos create demo"), "{text}");
        assert_eq!(text.contains("Plan: Creating a Docker Space needs"), !words.contains(&"paid"), "{text}");
        assert!(!text.contains("├── "), "the tree is for `-v`: {text}");
    }
}

#[test]
fn every_file_and_every_step_is_listed_on_request() {
    let workspace = Workspace::new();
    let short = workspace.run("short -t static --yes").ok().stdout();
    let full = workspace.run("full -t static --yes -v").ok().stdout();
    assert!(!short.contains("index.html") && !short.contains("push it with git"), "{short}");
    assert!(full.contains("├── index.html") && full.contains("push it with git"), "{full}");
    let planned = workspace.run("planned -t static --yes --dry-run").ok().stdout();
    assert!(planned.contains("├── index.html") && planned.ends_with("Nothing was written.\n"), "{planned}");
}

#[test]
fn it_has_colour_on_a_terminal_alone() {
    let workspace = Workspace::new();
    let bold = "\u{1b}[1;32mMade\u{1b}[0m\u{1b}[1m a ";
    let mut command = workspace.command();
    command.args(["one", "-t", "static", "--yes"]);
    let ended = Terminal::run(&command).end().ok();
    assert!(ended.screen.contains(bold), "{:?}", ended.screen);
    let mut command = workspace.command();
    command.args(["two", "-t", "static", "--yes"]).env("NO_COLOR", "1");
    let ended = Terminal::run(&command).end().ok();
    assert!(ended.screen.contains("Made a ") && !ended.screen.contains('\u{1b}'), "{:?}", ended.screen);
    assert!(!workspace.run("three -t static --yes").ok().stdout().contains('\u{1b}'));
    assert!(workspace.run("four -t static --yes --color always").ok().stdout().contains(bold));
}

/// The line is copied from the screen: what it shows must be what a shell needs.
#[test]
fn the_line_that_repeats_a_run_works_as_it_is_printed() {
    let titles = [
        "it's \"q\" $HOME `id` \\ !",
        "\u{202b}שלום\u{202c} a",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} -- 100%",
    ];
    for title in titles {
        let workspace = Workspace::new();
        workspace.write("it's a, b.csv", "1\n");
        let words = ["demo", "-t", "streamlit", "--title", title, "--emoji", "🌶️", "--asset", "it's a, b.csv"];
        let mut terminal = Terminal::start(&workspace, &words);
        terminal.expect("Make it?").press("\r");
        let ended = terminal.end().ok();
        assert_repeatable(&workspace, "demo", &ended, |again| {
            again.write("it's a, b.csv", "1\n");
        });
    }
}
