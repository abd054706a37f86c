//! What a person has changed, added, taken out or deleted stays so, however often the Space is updated.

use super::{SPACE, at, made, said, text};
use crate::support::Workspace;

/// Files with the beginning of one of their lines, and what a person makes of that line.
const LINES: [(&str, &str, &str); 12] = [
    ("README.md", "emoji: ", "emoji: 🐢"),
    ("README.md", "colorFrom: ", "colorFrom: gray"),
    ("README.md", "Then open <", "Open it."),
    (".gitignore", ".venv", "venv*"),
    (".dockerignore", ".venv", "venv*"),
    (".gitattributes", "*.[pP][nN][gG] ", "*.png binary"),
    (".env.example", "API_KEY=", "API_KEY=mine"),
    (".streamlit/config.toml", "gatherUsageStats", "gatherUsageStats = true"),
    ("requirements.txt", "huggingface_hub", "huggingface_hub>=2"),
    ("Dockerfile", "# The code comes last", "# Mine"),
    ("app.py", "TITLE = ", "TITLE = \"Mine\""),
    ("assets/README.md", "#", "# Mine"),
];

/// Runs of one Space, one after the other.
const RUNS: [&str; 6] = ["", "", "--secret NEW", "", "--variable MORE=1 --python 3.12", ""];

fn space() -> Workspace {
    made("-t streamlit --secret API_KEY --variable A=1")
}

/// Changes a line of a file that exists, to another one or to none.
fn change(workspace: &Workspace, path: &str, begins: &str, to: Option<&str>) {
    let before = text(workspace, path);
    let line = before.lines().find(|line| line.starts_with(begins));
    let line = line.unwrap_or_else(|| panic!("{path} has no line {begins}: {before}")).to_owned() + "\n";
    let to = to.map_or_else(String::new, |to| format!("{to}\n"));
    workspace.write(&at(path), before.replacen(&line, &to, 1));
}

#[test]
fn a_changed_line_stays() {
    for (path, begins, mine) in LINES {
        let workspace = space();
        change(&workspace, path, begins, Some(mine));
        for words in RUNS {
            workspace.run(&format!("update {SPACE} --on-conflict keep {words}")).ok();
            let after = text(&workspace, path);
            assert_eq!(after.lines().filter(|line| *line == mine).count(), 1, "{words} {mine}: {after}");
        }
    }
}

#[test]
fn a_line_that_was_taken_out_stays_out() {
    for (path, begins, _) in LINES {
        let workspace = space();
        change(&workspace, path, begins, None);
        for words in RUNS {
            workspace.run(&format!("update {SPACE} --on-conflict keep {words}")).ok();
            let after = text(&workspace, path);
            assert!(!after.lines().any(|line| line.starts_with(begins)), "{words} {path}: {after}");
        }
    }
}

#[test]
fn an_added_line_stays() {
    for (path, begins, mine) in LINES {
        let workspace = space();
        let both = format!("# added\n{mine}");
        change(&workspace, path, begins, Some(&both));
        for words in RUNS {
            workspace.run(&format!("update {SPACE} --on-conflict keep {words}")).ok();
            let after = text(&workspace, path);
            assert_eq!(after.matches("# added\n").count(), 1, "{words} {path}: {after}");
        }
    }
}

#[test]
fn a_deleted_file_stays_away() {
    for path in space().files(SPACE).keys().filter(|path| !path.starts_with(".spaces-new")) {
        let workspace = space();
        fs_err::remove_file(workspace.path().join(at(path))).unwrap();
        for words in RUNS {
            workspace.run(&format!("update {SPACE} --on-conflict keep {words}")).ok();
            assert!(!workspace.files(SPACE).contains_key(path), "{words} {path}");
        }
    }
}

#[test]
fn a_value_that_is_asked_for_is_set_where_the_file_was_changed() {
    let workspace = made("-t streamlit --variable A=1 --variable B=1");
    let config = ".streamlit/config.toml";
    for (own, words, after) in [
        ("maxUploadSize = 500 # mine", "--max-upload-mb 300", "maxUploadSize = 300 # mine"),
        ("maxUploadSize = 400 # mine", "", "maxUploadSize = 400 # mine"),
        ("maxUploadSize = 400 # mine", "--title Other", "maxUploadSize = 400 # mine"),
        ("maxUploadSize = 300 # mine", "--max-upload-mb 200", "maxUploadSize = 200 # mine"),
    ] {
        change(&workspace, config, "maxUploadSize", Some(own));
        let shown = workspace.run(&format!("update {SPACE} {words}")).ok().stdout();
        assert!(text(&workspace, config).contains(&format!("{after}\n")), "{words}: {shown}");
        assert_eq!(said(&shown, config).contains("` for `"), own != after, "{shown}");
    }
    change(&workspace, ".env.example", "B=1", Some("B=1\nMINE=1"));
    workspace.run(&format!("update {SPACE} --variable A=2")).ok();
    let after = text(&workspace, ".env.example");
    assert!(after.contains("\nA=2\n") && !after.contains("A=1") && after.contains("\nB=1\nMINE=1\n"), "{after}");
}
