//! What stays on the screen, at several widths.

use super::super::support::Workspace;
use super::terminal::{DOWN, ERASE, ESCAPE, Terminal};

const WIDTHS: [usize; 4] = [40, 60, 80, 120];

const GIVEN: [&str; 9] = ["demo", "-t", "gradio", "--title", "T", "--emoji", "🦀", "--sdk", "docker"];

/// Begins to change an answer, in the list of all.
fn changing(columns: usize, workspace: &Workspace, filter: &str) -> Terminal {
    let mut terminal = Terminal::start_at(columns, workspace, &GIVEN);
    terminal.expect("> make it").press("back").expect("> back").press("\r").expect("> No, go on");
    terminal.press(filter).expect(&format!("{filter}|")).expect("> ").press("\r");
    terminal
}

/// The lines from the last report on, without what a prompt has drawn and removed.
fn since<'a>(lines: &'a [String], from: &str) -> &'a [String] {
    let at = lines.iter().position(|line| line.starts_with(from));
    &lines[at.unwrap_or_else(|| panic!("no `{from}` in:\n{}", lines.join("\n")))..]
}

#[test]
fn a_rejected_text_is_kept_and_nothing_of_it_stays() {
    for columns in WIDTHS {
        let workspace = Workspace::new();
        let mut terminal = changing(columns, &workspace, "Short");
        let long = "a description that is far longer than the Hub would ever accept, with 日本語 and 🦀 in it";
        terminal.expect("Short description: ").press(long).expect("in it").press("\r");
        terminal.expect("60").expect("in it");
        // Twice refused, shortened, and accepted
        terminal.press("\r").expect("60").expect("in it").press(ERASE).press("a short one").expect("a short one");
        terminal.press("\r").expect("> No, go on");
        let lines = terminal.lines();
        let shown = since(&lines, "Change anything else?:");
        // A long answer is shown below its prompt
        let at = shown.iter().position(|line| line == "Short description: a short one");
        let at = at.unwrap_or_else(|| panic!("{columns}:\n{}", lines.join("\n")));
        let before = shown[..at].iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        assert_eq!(before, "Change anything else?: Short description: none");
        assert!(shown[at + 1].starts_with("Change anything else? "), "{columns}:\n{}", lines.join("\n"));
        for left in ["error", "60", "far longer", "日本語"] {
            assert!(!lines.iter().any(|line| line.contains(left)), "{columns} has `{left}`:\n{}", lines.join("\n"));
        }
        terminal.interrupt();
        assert_eq!(terminal.end().code, 130);
    }
}

#[test]
fn a_long_prompt_stands_above_its_text_and_is_removed() {
    for columns in WIDTHS {
        let workspace = Workspace::new();
        let mut terminal = changing(columns, &workspace, "Tags");
        terminal.expect("none").press("first, second, third, and a fourth one that is long").expect("long");
        let drawn = terminal.lines();
        assert!(drawn.iter().all(|line| line.chars().count() < columns), "{columns}:\n{}", drawn.join("\n"));
        terminal.press("\r").expect("> No, go on");
        let lines = terminal.lines();
        let shown = since(&lines, "Change anything else?: Tags");
        assert!(shown[1].starts_with("Tags:"), "{columns}:\n{}", lines.join("\n"));
        assert!(!lines.iter().any(|line| line.contains("commas between")), "{columns}:\n{}", lines.join("\n"));
        terminal.interrupt();
        assert_eq!(terminal.end().code, 130);
    }
}

#[test]
fn a_list_is_filtered_and_nothing_of_it_stays() {
    for columns in WIDTHS {
        let workspace = Workspace::new();
        let mut terminal = changing(columns, &workspace, "Licence");
        terminal.expect("> none").expect("mit");
        let rows = terminal.lines().iter().filter(|line| line.starts_with("  ") || line.starts_with("> ")).count();
        assert!(rows <= 20, "{rows} rows");
        // Enter takes nothing where nothing matches
        terminal.press("zzzz").expect("zzzz|").press("\r\r").press(DOWN).press("\r");
        terminal.press("\u{7f}\u{7f}\u{7f}\u{7f}").expect("> none").press("mit").expect("mit|").expect("> mit");
        terminal.press("\r").expect("> No, go on");
        let lines = terminal.lines();
        let shown = since(&lines, "Change anything else?: Licence");
        assert_eq!(shown[1], "Licence: mit", "{columns}:\n{}", lines.join("\n"));
        assert!(shown[2].starts_with("Change anything else? "), "{columns}:\n{}", lines.join("\n"));
        assert!(!lines.iter().any(|line| line.contains("apache") || line.contains("zz")), "{}", lines.join("\n"));
        terminal.interrupt();
        assert_eq!(terminal.end().code, 130);
    }
}

#[test]
fn a_search_without_a_match_says_so() {
    let workspace = Workspace::new();
    let mut terminal = changing(80, &workspace, "Licence");
    terminal.expect("> none").press("zzzz").expect("(nothing matches) zzzz|").press(ESCAPE);
    terminal.expect("> No, go on").interrupt();
    assert_eq!(terminal.end().code, 130);
}

#[test]
fn the_templates_stand_with_their_summaries_best_first() {
    for columns in WIDTHS {
        let workspace = Workspace::new();
        let mut terminal = Terminal::start_at(columns, &workspace, &["demo", "--plan", "paid"]);
        terminal.expect("> gradio").expect("  static");
        let lines = terminal.lines();
        let shown = since(&lines, "> gradio");
        for (line, start) in
            shown.iter().zip(["> gradio     Gradio app", "  streamlit  Streamlit", "  docker     Any base"])
        {
            assert!(line.starts_with(start), "{columns}:\n{}", lines.join("\n"));
        }
        assert!(shown.len() >= 9 && shown.iter().all(|line| line.chars().count() < columns), "{}", lines.join("\n"));
        terminal.interrupt();
        assert_eq!(terminal.end().code, 130);
    }
}

#[test]
fn the_summary_shows_what_where_and_which_answers() {
    for columns in WIDTHS {
        let workspace = Workspace::new();
        let mut words = GIVEN.to_vec();
        words.extend(["--tag", "one", "--license", "mit"]);
        let mut terminal = Terminal::start_at(columns, &workspace, &words);
        terminal.expect("> make it").expect("stop");
        let lines = terminal.lines();
        let shown = since(&lines, "Would make");
        let text = shown.join(" ");
        for part in
            ["gradio Space (sdk: docker)", "`demo`", "files", "Title", "🦀", "mit", "one", "Needs", "git repository"]
        {
            assert!(text.contains(part), "no `{part}` at {columns}:\n{}", lines.join("\n"));
        }
        assert!(lines.iter().all(|line| line.chars().count() < columns), "{columns}:\n{}", lines.join("\n"));
        assert!(workspace.names().is_empty());
        terminal.press("\r");
        terminal.end().ok();
        assert_eq!(workspace.names(), ["demo"]);
    }
}

#[test]
fn a_file_to_bundle_is_looked_at_when_it_is_typed() {
    for columns in WIDTHS {
        let workspace = Workspace::new();
        workspace.write("a.csv", "1\n").write("b, c.csv", "2\n");
        let mut terminal = changing(columns, &workspace, "bundle");
        terminal.expect("none").press("a.csv, no.csv").expect("no.csv").press("\r");
        terminal.expect("there is").expect("no.csv");
        terminal.press(ERASE).press("a.csv, b, c.csv").expect("c.csv").press("\r").expect("> No, go on");
        assert!(!terminal.lines().iter().any(|line| line.contains("there is")), "{}", terminal.lines().join("\n"));
        terminal.press("\r").expect("> make it").press("\r");
        terminal.end().ok();
        let files = workspace.files("demo");
        assert!(files.contains_key("assets/a.csv") && files.contains_key("assets/b, c.csv"), "{:?}", files.keys());
    }
}

/// Commands stay whole, to be copied.
#[test]
fn sentences_of_the_last_report_break_between_words() {
    for columns in [40, 60] {
        let workspace = Workspace::new();
        workspace.write("app/app.py", "import gradio as gr\n\ngr.Interface(str, \"text\", \"text\").launch()\n");
        workspace.write("app/requirements.txt", "gradio==6.31.0\n");
        for words in
            [&["demo", "-t", "gradio", "--plan", "free", "--yes"][..], &["init", "app", "--sdk", "gradio", "--yes"]]
        {
            let ended = Terminal::start_at(columns, &workspace, words).end().ok();
            let text = ended.text();
            let is_sentence =
                |line: &&str| line.starts_with("    # ") || line.starts_with("Plan") || line.contains("Space");
            let is_command = |line: &str| ["hf ", "git ", "python "].iter().any(|word| line.trim().starts_with(word));
            let sentences: Vec<&str> = text.lines().filter(is_sentence).filter(|line| !is_command(line)).collect();
            assert!(sentences.len() > 2, "{text}");
            assert!(sentences.iter().all(|line| line.chars().count() < columns), "{columns}: {sentences:#?}");
        }
    }
}
