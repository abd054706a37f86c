//! Answers that make another starter app than before, or none: two apps are not mixed.

use super::{SPACE, age, at, edit, made, said, text, updated};
use crate::support::Workspace;

/// A command of a person for the starter app.
const UVICORN: &str = r#"--command ["uvicorn","app:app","--host","0.0.0.0","--port","7860"]"#;

/// Runs an update that is refused, and leaves each file as it is.
#[track_caller]
fn refused(workspace: &Workspace, words: &str, paths: &[&str]) {
    let before = workspace.files(SPACE);
    for how in ["", "--on-conflict keep", "--on-conflict markers"] {
        let refused = workspace.run(&format!("update {SPACE} {words} {how}"));
        assert_eq!(refused.code(), 1, "{words} {how}: {}", refused.shown());
        for path in paths {
            assert!(
                said(&refused.stdout(), path).contains("another starter app"),
                "{words} {how}: {}",
                refused.shown()
            );
        }
        assert!(refused.stderr().contains("spaces-new init --app-file"), "{}", refused.shown());
        assert!(workspace.files(SPACE) == before, "{words} {how}");
    }
}

#[test]
fn a_changed_starter_is_not_mixed_with_another_one() {
    let line = "import gradio as gr\n";
    for (template, words, path, from) in [
        ("gradio", "--plan free", "app.py", line),
        // Also where the lines would go together
        ("gradio", "--hardware zero-a10g", "app.py", "    demo.launch()\n"),
        ("gradio", "--plan free", "assets/examples.txt", "\n"),
        ("gradio --plan free", "--plan paid --sdk docker", "app.py", line),
        ("docker", "--base python:3.12-slim", "app.py", "import os\n"),
        ("docker", "--base python:3.12-slim", "static/index.html", "<body>\n"),
        ("docker", "--base python:3.12-slim", "Dockerfile", "\"uvicorn\", "),
        ("docker", "--base node:22-slim", "app.py", "import os\n"),
        ("docker --base node:22-slim", "--base python:3.12-slim", "server.js", "\n"),
    ] {
        let workspace = made(&format!("-t {template}"));
        let mine = if path == "Dockerfile" { "\"mine\", ".to_owned() } else { format!("{from}# mine\n") };
        edit(&workspace, path, from, &mine);
        refused(&workspace, words, &[path]);
        let own = text(&workspace, path);
        workspace.run(&format!("update {SPACE} {words} --on-conflict replace")).ok();
        let kept = format!("{path}.orig");
        let kept = if workspace.files(SPACE).contains_key(&kept) { &kept } else { path };
        assert_eq!(text(&workspace, kept), own, "{template} {words} {path}");
    }
}

#[test]
fn a_starter_that_lacks_a_file_is_not_mixed_with_another_one() {
    let workspace = made("-t gradio");
    fs_err::remove_file(workspace.path().join(at("assets/examples.txt"))).unwrap();
    refused(&workspace, "--plan free", &["assets/examples.txt"]);
    updated(&workspace, "--plan free --on-conflict replace");
    assert!(text(&workspace, "assets/examples.txt").contains('|'));
}

#[test]
fn a_changed_starter_of_which_no_record_is_kept_is_not_mixed_with_another_one() {
    let workspace = made("-t gradio");
    edit(&workspace, "app.py", "import os\n", "import os\nimport sys\n");
    fs_err::remove_file(workspace.path().join(at(super::BASE))).unwrap();
    refused(&workspace, "--plan free", &["app.py"]);
}

#[test]
fn init_puts_the_space_around_a_starter_that_an_update_would_replace() {
    for (template, words, is_changed) in
        [("gradio", "--plan free", true), ("docker", UVICORN, true), ("docker", UVICORN, false)]
    {
        let workspace = made(&format!("-t {template}"));
        if is_changed {
            edit(&workspace, "app.py", "import os\n", "import os\nimport sys\n");
        }
        let before = workspace.files(SPACE);
        assert_eq!(workspace.run(&format!("update {SPACE} {words}")).code(), 1);
        workspace.run(&format!("init {SPACE} --yes --app-file app.py {words}")).ok();
        for path in ["app.py", "requirements.txt"] {
            assert!(workspace.files(SPACE)[path] == before[path], "{template} {path}");
        }
        updated(&workspace, "");
        for path in ["app.py", "requirements.txt"] {
            assert!(workspace.files(SPACE)[path] == before[path], "{template} {path}");
        }
    }
}

#[test]
fn what_a_person_has_changed_beside_an_unchanged_starter_follows_to_another_one() {
    let workspace = made("-t gradio");
    edit(&workspace, "requirements.txt", "huggingface_hub", "numpy\nhuggingface_hub");
    edit(&workspace, "README.md", "\n# ", "\nMine.\n\n# ");
    edit(&workspace, ".gitignore", ".env\n", ".env\nmine\n");
    updated(&workspace, "--plan free");
    let requirements = text(&workspace, "requirements.txt");
    assert!(requirements.contains("numpy\n") && requirements.contains("torch=="), "{requirements}");
    assert!(text(&workspace, "app.py").contains("import spaces"));
}

#[test]
fn a_changed_starter_stays_where_the_answers_make_the_same_one() {
    let workspace = made("-t gradio");
    edit(&workspace, "app.py", "import os\n", "import os\nimport sys\n");
    for words in ["--sdk gradio", "--title Other --secret API_KEY", "--sdk docker --port 9000"] {
        workspace.run(&format!("update {SPACE} {words}")).ok();
        assert!(text(&workspace, "app.py").contains("import sys\n"), "{words}");
    }
    // A newer template alone makes no other app
    age(&workspace, "app.py", "import re\n", "import re # old\n");
    edit(&workspace, "app.py", "\"\"\"", "\"\"\"Mine. ");
    assert!(said(&updated(&workspace, ""), "app.py").starts_with("merge"));
}

#[test]
fn the_packages_of_a_starter_do_not_leave_with_it_in_silence() {
    let workspace = made("-t docker");
    let words = UVICORN;
    for command in [format!("update {SPACE} {words}"), format!("init {SPACE} --yes {words}")] {
        let before = workspace.files(SPACE);
        let refused = workspace.run(&command);
        assert!(
            refused.code() == 1 && refused.stderr().contains("the packages of the starter app"),
            "{}",
            refused.shown()
        );
        assert!(refused.stderr().contains("--app-file"), "{}", refused.shown());
        assert!(workspace.files(SPACE) == before);
    }
    let before = text(&workspace, "requirements.txt");
    updated(&workspace, &format!("{words} --on-conflict keep"));
    assert_eq!(text(&workspace, "requirements.txt"), before);
    // An image without Python has no list of them
    let workspace = made("-t docker");
    updated(&workspace, "--base debian:trixie-slim --command ./mine");
    assert_eq!(text(&workspace, "requirements.txt"), before);
}
