//! A program that reads the output finds one document, however the run ends.

use serde_json::Value;

use crate::support::{Ran, Workspace};

const APP: &str = "import gradio as gr\ngr.Interface(lambda x: x).launch()\n";

fn app() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("app/app.py", APP).write("app/requirements.txt", "gradio\n");
    workspace
}

/// Two Spaces, of which the first has an invalid colour that a fix corrects.
fn spaces() -> Workspace {
    let workspace = Workspace::new();
    for (name, color) in [("one", "Blue"), ("two", "blue")] {
        let card = format!("---\ntitle: x\nsdk: static\ncolorFrom: {color}\n---\n");
        workspace.write(&format!("{name}/README.md"), card).write(&format!("{name}/index.html"), "");
    }
    workspace
}

#[test]
fn a_readme_that_cannot_be_parsed_gives_one_document() {
    for more in ["", " --dry-run"] {
        let workspace = app();
        workspace.write("app/README.md", "---\ntitle: [\n---\n");
        let ran = workspace.run(&format!("init app --yes --format json{more}"));
        assert_eq!(ran.code(), 1, "{}", ran.shown());
        let document = ran.json();
        assert_eq!(document["ok"], false);
        assert!(document["errors"][0]["message"].as_str().unwrap().contains("README.md: "), "{document}");
        assert!(ran.stderr().contains("stands in the way"), "{}", ran.shown());
    }
}

#[test]
fn a_diff_of_fixes_is_in_the_document() {
    let ran = spaces().run("check one two --fix --diff --format json");
    let folders = ran.json();
    assert!(folders[0]["diff"].as_str().unwrap().contains("-colorFrom: Blue\n+colorFrom: blue\n"), "{folders}");
    assert_eq!(folders[1]["diff"], "");
    let plain = spaces().run("check one --format json").json();
    assert_eq!(plain[0].get("diff"), None);
    for format in ["sarif", "github"] {
        let ran = spaces().run(&format!("check one two --fix --diff --format {format}"));
        assert!(!ran.stdout().contains("+colorFrom"), "{}", ran.shown());
        assert!(ran.stderr().contains("\n+colorFrom: blue\n"), "{}", ran.shown());
    }
    let ran = spaces().run("check one two --fix --diff");
    assert!(
        ran.stdout().contains("+colorFrom: blue\n") && ran.stdout().contains("\nWith these changes:\n\n"),
        "{}",
        ran.shown()
    );
}

/// Without fixes a diff has nothing to show.
#[test]
fn a_diff_without_fixes_is_refused() {
    let workspace = spaces();
    let before = workspace.files("one");
    let ran = workspace.run("check one --diff");
    assert_eq!((ran.code(), ran.stdout()), (2, String::new()), "{}", ran.shown());
    assert!(ran.stderr().contains("hint: `--fix --diff` shows what"), "{}", ran.shown());
    assert_eq!(workspace.run("check one --diff --format json").json()["ok"], false);
    assert!(workspace.files("one") == before);
}

/// Too large standard input is refused, not cut: the error might be in the rest.
#[test]
fn a_readme_that_is_too_large_is_refused() {
    let workspace = Workspace::new();
    let readme = |bytes: usize| format!("---\nsdk: static\n---\n{}", "x".repeat(bytes - 20));
    for (bytes, code) in [(4 << 20, 0), ((4 << 20) + 1, 2)] {
        workspace.write("README.md", readme(bytes).as_bytes());
        assert_eq!(fs_err::metadata(workspace.path().join("README.md")).unwrap().len(), bytes as u64);
        let input = fs_err::File::open(workspace.path().join("README.md")).unwrap().into_parts().0;
        let output = workspace.command().args(["check", "-", "--format", "json"]).stdin(input).output().unwrap();
        let ran = Ran(output);
        assert_eq!(ran.code(), code, "{}", ran.shown());
        if code == 2 {
            let message = ran.json()["errors"][0]["message"].as_str().unwrap().to_owned();
            assert_eq!(message, "cannot read standard input: it has more than 4 MiB");
        }
    }
}

/// One that cannot be checked does not affect the others.
#[test]
fn a_bad_folder_among_several_is_in_the_document() {
    let workspace = spaces();
    workspace.write("empty/notes.txt", "x");
    let ran = workspace.run("check one missing empty two --format json");
    assert_eq!(ran.code(), 2, "{}", ran.shown());
    let folders = ran.json();
    assert_eq!(folders.as_array().unwrap().len(), 4);
    assert_eq!((&folders[0]["errors"], &folders[3]["folder"]), (&1.into(), &"two".into()));
    assert_eq!(folders[0].get("failure"), None);
    assert!(folders[2]["failure"]["message"].as_str().unwrap().contains("`empty` is not a Space"), "{folders}");
    assert!(ran.stderr().contains("error: `empty` is not a Space"), "{}", ran.shown());
    let ran = workspace.run("check one missing two");
    assert_eq!(ran.code(), 2, "{}", ran.shown());
    assert!(ran.stdout().contains("unknown-color") && ran.stdout().contains("`two`: "), "{}", ran.shown());
}

#[test]
fn sarif_says_that_a_folder_could_not_be_checked() {
    for folders in ["missing", "one missing"] {
        let ran = spaces().run(&format!("check {folders} --format sarif"));
        assert_eq!(ran.code(), 2, "{}", ran.shown());
        let invocation = &ran.json()["runs"][0]["invocations"][0];
        assert_eq!(invocation["executionSuccessful"], false);
        assert!(invocation["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap().contains("missing"));
    }
    let log = spaces().run("check two --format sarif").ok().json();
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn every_failure_is_one_document() {
    let lines = [
        "a -t gradio --yes --title hf_aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH",
        "a -t nothing --yes",
        "app -t gradio --yes",
        "init missing --yes",
        "init empty --yes",
        "check missing",
        "check app",
        "check --only nothing",
        "explain nothing",
        "check --nothing",
        "a -t gradio --title x --yes --port 80 --vcs nothing",
    ];
    for line in lines {
        let workspace = app();
        workspace.write("empty/.keep", "");
        let ran = workspace.run(&format!("{line} --format json"));
        assert_ne!(ran.code(), 0, "{line}");
        let document: Value = ran.json();
        assert_eq!(document["ok"], false, "{line}: {document}");
        assert!(!document["errors"][0]["message"].as_str().unwrap().is_empty(), "{line}: {document}");
    }
}

/// Standard output has the same bytes, whatever the terminal supports.
#[test]
fn a_document_has_no_terminal_control_bytes() {
    let workspace = Workspace::new();
    workspace
        .write("README.md", "---\nsdk: static\ntitle: x\n---\n")
        .write("index\u{9b}\u{202e}\u{7f}.bin", [0; 64])
        .write("index.html", "");
    let ran: Ran = workspace.run("check . --format json");
    assert!(ran.0.stdout.iter().all(|byte| (b' '..=b'~').contains(byte) || *byte == b'\n'), "{}", ran.shown());
    assert_eq!(ran.json()[0]["diagnostics"][0]["path"], "index\u{9b}\u{202e}\u{7f}.bin", "the value is the same");
}
