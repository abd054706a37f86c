//! Folders with a text in every place that may be printed.

use serde_json::json;

pub(super) const APP: &str =
    "import gradio as gr\ngr.Interface(lambda x: x).launch(share=True, server_name='127.0.0.1')\n";
pub(super) const DOCKERFILE: &str = "FROM python:3.13\nCOPY . .\nCMD [\"python\", \"app.py\"]\n";

/// A folder: paths with contents.
pub(super) type Folder = Vec<(String, Vec<u8>)>;

fn folder(files: &[(&str, &str)]) -> Folder {
    files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

/// A Space with some files replaced.
fn space(files: &[(&str, &str)]) -> Folder {
    let usual = [("README.md", "---\ntitle: x\nsdk: docker\n---\n"), ("Dockerfile", DOCKERFILE), ("app.py", APP)];
    let usual = usual.into_iter().filter(|(path, _)| files.iter().all(|(other, _)| other != path));
    folder(&usual.chain(files.iter().copied()).collect::<Vec<_>>())
}

/// The text in quotes, as JSON, YAML and TOML read it, in printable characters.
fn quoted(evil: &str) -> String {
    let escape = |char: char| match u32::from(char) {
        0x20..=0x7e if !"\"\\".contains(char) => char.to_string(),
        code @ 0..=0xffff => format!("\\u{code:04x}"),
        _ => char.to_string(),
    };
    format!("\"{}\"", evil.chars().map(escape).collect::<String>())
}

/// The text without line breaks.
fn line(evil: &str) -> String {
    evil.replace(['\n', '\r'], " ")
}

/// Every folder, with the hostile text in it.
pub(super) fn folders(evil: &str) -> Vec<(&'static str, Folder)> {
    [names(evil), cards(evil), docker(evil), projects(evil), kept(evil), code(evil)].concat()
}

fn names(evil: &str) -> Vec<(&'static str, Folder)> {
    let flat = evil.replace(['/', ' '], "");
    let mut names = space(&[]);
    for place in [format!("{flat}.py"), format!("d{flat}/app.py"), format!("d/{flat}.ipynb"), format!("{flat}.sh")] {
        names.push((place, APP.replace('\n', "\r\n").into_bytes()));
    }
    names.push((format!("{flat}.weird"), vec![0; 64]));
    names.push((format!("{flat}.md"), b"a\0b\n".to_vec()));
    vec![
        ("names", names),
        ("the name of the app", folder(&[(&format!("{flat}.py"), APP), ("requirements.txt", "gradio\n")])),
        ("names of two apps", folder(&[(&format!("a{flat}.py"), APP), (&format!("b{flat}.py"), APP)])),
    ]
}

fn cards(evil: &str) -> Vec<(&'static str, Folder)> {
    let (quoted, line) = (quoted(evil), line(evil));
    let card = |begin: &str, keys: &str| {
        let keys: String = keys.split(' ').map(|key| format!("{key}: {quoted}\n")).collect();
        space(&[("README.md", &format!("---\n{begin}{keys}---\n"))])
    };
    let keys = "title app_port colorFrom emoji license python_version suggested_hardware tags short_description models \
                preload_from_hub hf_oauth_scopes custom_headers header";
    let raw = format!("---\ntitle: x\nsdk: docker\ncolorFrom: {line}\nfoo{line}: 1\n---\n{evil}");
    vec![
        ("the card", card(&format!("sdk: docker\n{quoted}: 1\n"), keys)),
        ("the kind of Space", card("", "sdk app_file sdk_version")),
        ("a card as it is", space(&[("README.md", &raw)])),
        ("a card that is none", space(&[("README.md", &format!("---\nsdk: docker\n{line}: [\n\t{line}\n---\n"))])),
    ]
}

fn docker(evil: &str) -> Vec<(&'static str, Folder)> {
    let (quoted, line, flat) = (quoted(evil), line(evil), line(evil).replace(' ', ""));
    let dockerfile = format!(
        "FROM python:{line}\nUSER {line}\nEXPOSE {line}\nENV A={line}\nENV API_KEY={flat}\nCOPY [{quoted}, \"/x/\"]\n\
         COPY n{line} /x/\nRUN pip install {line}\r\nENTRYPOINT [\"/{line}\"]\nCMD [\"python\",\"{line}.py\"]\n\
         HEALTHCHECK {line}\n{line} x\n"
    );
    let patterns = [
        (".gitignore", &*format!("[{line}\n")),
        (".dockerignore", &*format!("[{line}\n!{line}\n")),
        (".gitattributes", &*format!("*.{line} filter=lfs\n[attr]{line}\n")),
    ];
    vec![
        ("the Dockerfile", space(&[("Dockerfile", &dockerfile)])),
        (
            "base images",
            space(&[("Dockerfile", &format!("ARG A={quoted}\nFROM ${{A}}\nFROM {line} AS {line}\nCMD x\n"))]),
        ),
        ("patterns", space(&patterns)),
    ]
}

fn projects(evil: &str) -> Vec<(&'static str, Folder)> {
    let (quoted, line) = (quoted(evil), line(evil));
    let requirements = format!("gradio=={line}\n{line}\n-r {line}.txt\ngradio[{line}]\n-e {line}\n");
    let package = json!({
        "name": evil, "main": evil, "engines": {"node": evil}, "dependencies": {"express": "4", evil: evil},
        "scripts": {"start": format!("node {evil}"), "build": evil},
    });
    let server = "require('express')().listen(process.env.PORT)\n";
    let project =
        format!("[project]\nname = {quoted}\nrequires-python = {quoted}\ndependencies = [\"gradio\", {quoted}]\n");
    vec![
        ("requirements", space(&[("requirements.txt", &requirements)])),
        ("package.json", folder(&[("package.json", &package.to_string()), ("server.js", server)])),
        ("pyproject.toml", folder(&[("app.py", APP), ("pyproject.toml", &project)])),
    ]
}

/// The kept answers of an earlier run.
fn kept(evil: &str) -> Vec<(&'static str, Folder)> {
    let (quoted, line) = (quoted(evil), line(evil));
    let with = |kept: &str| folder(&[(".spaces-new.toml", kept), ("app.py", APP)]);
    let answers = format!(
        "template = \"gradio\"\napp_file = \"app.py\"\ntitle = {quoted}\nbase = {quoted}\ncommand = {quoted}\n{quoted} = 1\n"
    );
    let settings = format!("[check]\nskip = [{quoted}]\n[check.rules]\n{quoted} = \"error\"\n");
    vec![
        ("kept answers", with(&answers)),
        ("the kept title", with(&format!("template = \"gradio\"\napp_file = \"app.py\"\ntitle = {quoted}\n"))),
        ("the kept template", with(&format!("template = {quoted}\napp_file = \"app.py\"\n"))),
        ("kept answers that are none", with(&format!("{line} = [\n"))),
        ("settings of the check", space(&[(".spaces-new.toml", &settings)])),
    ]
}

fn code(evil: &str) -> Vec<(&'static str, Folder)> {
    let (line, flat) = (line(evil), line(evil).replace(' ', ""));
    let app = format!("import os\nimport streamlit as st\nos.environ['A{flat}']\nos.getenv('B', '''{evil}''')\n");
    let scripts = [
        ("app.py", &*app),
        ("start.sh", &*format!("#!/bin/sh\npython app.py --port {line}\n")),
        ("Procfile", &*format!("web: {line}\n")),
        (".env.example", &*format!("A={line}\n{line}=1\n")),
    ];
    let cell = json!({"cell_type": "code", "source": [format!("import {evil}\n"), evil]});
    let notebook = json!({"cells": [cell], "metadata": {}, "nbformat": 4});
    vec![("scripts", folder(&scripts)), ("a notebook", folder(&[("app.ipynb", &notebook.to_string())]))]
}
