//! Names, values and contents of hostile folders, through every command and every format.

use serde_json::json;

use super::safe::is_safe;
use crate::support::Workspace;

const TERMINALS: &str = "\u{1b}[31mX\u{1b}]0;X\u{7}\u{9b}31mX\u{90}X\u{7f}\u{8}";
const LINES: &str = "X\n::error::X\n  ::stop-commands::X\r::error::X\u{85}::error::X\u{2028}X\u{b}X\u{c}X";
const READERS: &str = "X\u{202e}X\u{2066}\u{200f}\u{61c}\u{200b}X\u{200d}X\u{2060}\u{feff}\u{ad}\u{e0041}";
const RUNNERS: &str = "::add-mask::X ##[error]X ##vso[task.logissue]X ,line=1::X %0A::error::X";

const OUTPUTS: [&str; 12] = [
    "check . --pedantic",
    "check . --pedantic --color always",
    "check . --pedantic --format github",
    "check . --pedantic --format json",
    "check . --pedantic --format sarif",
    "check . --unsafe-fixes --diff",
    "check . --unsafe-fixes --diff --format github",
    "check . --unsafe-fixes --diff --format json",
    "init . --yes --dry-run --diff",
    "init . --yes --dry-run --format json",
    "init . --yes --verbose",
    "check . --fix --unsafe-fixes",
];

const APP: &str = "import gradio as gr\ngr.Interface(lambda x: x).launch(share=True, server_name='127.0.0.1')\n";
const DOCKERFILE: &str = "FROM python:3.13\nCOPY . .\nCMD [\"python\", \"app.py\"]\n";

/// A folder: paths with contents.
type Folder = Vec<(String, Vec<u8>)>;

fn folder(files: &[(&str, &str)]) -> Folder {
    files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

/// A Space with some files that are others.
fn space(files: &[(&str, &str)]) -> Folder {
    let usual = [("README.md", "---\ntitle: x\nsdk: docker\n---\n"), ("Dockerfile", DOCKERFILE), ("app.py", APP)];
    let usual = usual.into_iter().filter(|(path, _)| files.iter().all(|(other, _)| other != path));
    folder(&usual.chain(files.iter().copied()).collect::<Vec<_>>())
}

/// The folders in which the text stands where somebody may print it.
fn folders(evil: &str) -> Vec<(&'static str, Folder)> {
    let quoted = json!(evil).to_string();
    // Where a line of its own is needed
    let line = evil.replace(['\n', '\r'], " ");
    let flat = evil.replace(['/', ' '], "");
    let card = |keys: &[&str]| {
        format!("---\n{}---\n", keys.iter().map(|key| format!("{key}: {quoted}\n")).collect::<String>())
    };
    let mut names = space(&[]);
    for place in [format!("{flat}.py"), format!("d{flat}/app.py"), format!("d/{flat}.ipynb"), format!("{flat}.sh")] {
        names.push((place, APP.replace('\n', "\r\n").into_bytes()));
    }
    names.push((format!("{flat}.weird"), vec![0; 64]));
    names.push((format!("{flat}.md"), b"a\0b\n".to_vec()));
    let notebook = json!({"cells": [{"cell_type": "code", "source": [format!("import {evil}\n"), evil]}], "metadata": {}, "nbformat": 4});
    let package = json!({
        "name": evil, "main": evil, "engines": {"node": evil}, "dependencies": {"express": "4", evil: evil},
        "scripts": {"start": format!("node {evil}"), "build": evil},
    });
    let keys = [
        "title",
        "app_port",
        "colorFrom",
        "emoji",
        "license",
        "python_version",
        "suggested_hardware",
        "tags",
        evil.trim(),
    ];
    let keys: Vec<String> =
        keys.iter().map(|key| if *key == evil.trim() { quoted.clone() } else { (*key).to_owned() }).collect();
    let keys: Vec<&str> =
        keys.iter().map(String::as_str).chain(["short_description", "models", "preload_from_hub"]).collect();
    vec![
        ("names", names),
        ("the name of the app", folder(&[(&format!("{flat}.py"), APP), ("requirements.txt", "gradio\n")])),
        ("names of two apps", folder(&[(&format!("a{flat}.py"), APP), (&format!("b{flat}.py"), APP)])),
        ("the card", space(&[("README.md", &card(&keys).replace("---\n\"", "---\nsdk: docker\n\""))])),
        ("the kind of Space", space(&[("README.md", &card(&["sdk", "app_file", "sdk_version"]))])),
        (
            "a card as it is",
            space(&[(
                "README.md",
                &format!("---\ntitle: x\nsdk: docker\ncolorFrom: {line}\nfoo{line}: 1\n---\n{evil}"),
            )]),
        ),
        ("a card that is none", space(&[("README.md", &format!("---\nsdk: docker\n{line}: [\n\t{line}\n---\n"))])),
        (
            "the Dockerfile",
            space(&[(
                "Dockerfile",
                &format!(
                    "FROM python:{line}\nUSER {line}\nEXPOSE {line}\nENV A={line}\nENV API_KEY={flat}\nCOPY [{quoted}, \"/x/\"]\nCOPY n{line} /x/\n\
             RUN pip install {line}\r\nENTRYPOINT [\"/{line}\"]\nCMD [\"python\",\"{line}.py\"]\nHEALTHCHECK {line}\n{line} x\n"
                ),
            )]),
        ),
        (
            "requirements",
            space(&[(
                "requirements.txt",
                &format!("gradio=={line}\n{line}\n-r {line}.txt\ngradio[{line}]\n-e {line}\n"),
            )]),
        ),
        (
            "package.json",
            folder(&[
                ("package.json", &package.to_string()),
                ("server.js", "require('express')().listen(process.env.PORT)\n"),
            ]),
        ),
        (
            "pyproject.toml",
            folder(&[
                ("app.py", APP),
                (
                    "pyproject.toml",
                    &format!(
                        "[project]\nname = {quoted}\nrequires-python = {quoted}\ndependencies = [\"gradio\", {quoted}]\n"
                    ),
                ),
            ]),
        ),
        (
            "kept answers",
            folder(&[
                ("app.py", APP),
                (
                    ".spaces-new.toml",
                    &format!(
                        "template = \"gradio\"\napp_file = \"app.py\"\ntitle = {quoted}\nbase = {quoted}\ncommand = {quoted}\n{quoted} = 1\n"
                    ),
                ),
            ]),
        ),
        (
            "the kept template",
            folder(&[("app.py", APP), (".spaces-new.toml", &format!("template = {quoted}\napp_file = \"app.py\"\n"))]),
        ),
        ("kept answers that are none", folder(&[("app.py", APP), (".spaces-new.toml", &format!("{line} = [\n"))])),
        (
            "settings of the check",
            space(&[(
                ".spaces-new.toml",
                &format!("[check]\nskip = [{quoted}]\n[check.rules]\n{quoted} = \"error\"\n"),
            )]),
        ),
        (
            "patterns",
            space(&[
                (".gitignore", &format!("[{line}\n")),
                (".dockerignore", &format!("[{line}\n!{line}\n")),
                (".gitattributes", &format!("*.{line} filter=lfs\n[attr]{line}\n")),
            ]),
        ),
        (
            "scripts",
            folder(&[
                (
                    "app.py",
                    &format!(
                        "import os\nimport streamlit as st\nos.environ['A{flat}']\nos.getenv('B', '''{evil}''')\n"
                    ),
                ),
                ("start.sh", &format!("#!/bin/sh\npython app.py --port {line}\n")),
                ("Procfile", &format!("web: {line}\n")),
            ]),
        ),
        ("a notebook", folder(&[("app.ipynb", &notebook.to_string())])),
    ]
}

#[test]
fn no_terminal_is_moved() {
    nothing_is_printed_as_it_came(TERMINALS);
}

#[test]
fn no_line_is_broken() {
    nothing_is_printed_as_it_came(LINES);
}

#[test]
fn no_reader_is_misled() {
    nothing_is_printed_as_it_came(READERS);
}

#[test]
fn no_runner_is_commanded() {
    nothing_is_printed_as_it_came(RUNNERS);
}

#[track_caller]
fn nothing_is_printed_as_it_came(evil: &str) {
    for (place, files) in folders(evil) {
        for output in OUTPUTS {
            let workspace = Workspace::new();
            for (path, bytes) in &files {
                workspace.write(path, bytes);
            }
            let ran = workspace.run(output);
            let about = format!("{output:?}, {place}");
            if output.contains("--color always") {
                is_only_coloured(&ran.stdout(), &about);
                continue;
            }
            is_safe(&ran, &about);
            if output.contains("json") || output.contains("sarif") {
                let document = serde_json::from_slice::<serde_json::Value>(&ran.0.stdout);
                document.unwrap_or_else(|error| panic!("{about}: {error}"));
            }
        }
    }
}

/// Our own colours, and after them nothing that is not safe.
#[track_caller]
fn is_only_coloured(text: &str, about: &str) {
    // The red of the hostile text is 31 and nothing else; ours is bold
    assert!(!text.contains("\u{1b}[31mX"), "{about}: a colour of the folder's own");
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        let end = after.find(|char: char| !char.is_ascii_digit() && char != ';').unwrap_or(after.len());
        assert!(after[end..].starts_with('m'), "{about}: {after:?}");
        rest = &after[end + 1..];
    }
    plain.push_str(rest);
    assert_eq!(super::safe::trouble(&plain, false), None, "{about}");
}

/// Marks stand under what they mark, though a character in front of it is shown as another.
#[test]
fn marks_stay_where_they_are() {
    let workspace = Workspace::new();
    let card = "---\nsdk: docker\ncolorFrom: \"\u{202e}\u{200b}b\"  # \u{200f}\n---\n";
    workspace.write("README.md", card).write("Dockerfile", DOCKERFILE);
    let text = workspace.run("check . --only unknown-color").stdout();
    assert!(text.contains("3 | colorFrom: \"\u{fffd}\u{fffd}b\"  # \u{fffd}\n  |            ^^^^^"), "{text}");
}
