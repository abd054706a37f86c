//! The front matter yields the answers again: read by `huggingface_hub`, as the Hub's own tools do, with YAML 1.1, and by a
//! reader of YAML 1.2 in JavaScript.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::cases::{EVERYTHING, NODE};
use crate::javascript;
use crate::settings::{root, setting};
use crate::space::Space;

/// Answers and the front matter's keys for them.
const KEYS: [(&str, &str); 12] = [
    ("title", "title"),
    ("emoji", "emoji"),
    ("color_from", "colorFrom"),
    ("color_to", "colorTo"),
    ("license", "license"),
    ("short_description", "short_description"),
    ("hardware", "suggested_hardware"),
    ("sdk", "sdk"),
    ("tags", "tags"),
    ("models", "models"),
    ("datasets", "datasets"),
    ("preload", "preload_from_hub"),
];

/// What `huggingface_hub` reads from the READMEs of Spaces.
fn cards(spaces: &[Space]) -> Vec<Value> {
    let mut command = Command::new(setting("PYTHON"));
    command.arg(root().join("tests/containers/read_card.py"));
    let output = command.args(spaces.iter().map(|space| space.path().join("README.md"))).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The answers files of all cases.
pub fn answers_files() -> Vec<PathBuf> {
    let folders = fs_err::read_dir(root().join("tests/cases/new")).unwrap();
    let files = folders.flat_map(|folder| fs_err::read_dir(folder.unwrap().path()).unwrap());
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

/// The Spaces of answers files.
#[track_caller]
pub fn rendered(files: &[PathBuf]) -> Vec<Space> {
    let name = |file: &PathBuf| file.file_stem().unwrap().to_str().unwrap().to_owned();
    let has_app =
        |file: &PathBuf| fs_err::read_to_string(file).unwrap().lines().any(|line| line.starts_with("app_file"));
    let space = |file: &PathBuf| {
        if has_app(file) {
            Space::planned(&name(file), file)
        } else {
            Space::render_words(&name(file), &["--answers", file.to_str().unwrap()])
        }
    };
    files.iter().map(space).collect()
}

/// Compares what a reader found with the answers of the cases.
#[track_caller]
fn give_the_answers_back(files: &[PathBuf], cards: Vec<Value>) {
    let mut compared = 0;
    for (file, card) in files.iter().zip(cards) {
        let answers: toml::Table = fs_err::read_to_string(file).unwrap().parse().unwrap();
        for (answer, key) in KEYS {
            let Some(given) = answers.get(answer) else { continue };
            let given = serde_json::to_value(given).unwrap();
            assert_eq!(card[key], given, "`{key}` of {}", file.display());
            compared += 1;
        }
        compared += compare_platform(&answers, &card, file);
    }
    assert!(compared > files.len(), "only {compared} values in {} files", files.len());
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn huggingface_hub_reads_the_answers_back() {
    let files = answers_files();
    give_the_answers_back(&files, cards(&rendered(&files)));
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn a_reader_of_yaml_1_2_reads_the_answers_back() {
    let files = answers_files();
    let Some(cards) = javascript::cards(&rendered(&files)) else { return };
    give_the_answers_back(&files, cards);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn both_readers_agree_on_every_key() {
    let spaces = rendered(&answers_files());
    let Some(by_javascript) = javascript::cards(&spaces) else { return };
    for (python, javascript) in cards(&spaces).into_iter().zip(by_javascript) {
        assert_eq!(python, javascript);
    }
}

/// The ports of images that listen on another one than 7860.
const PORTS_OF_IMAGES: [(&str, i64); 6] = [
    ("nginx-", 8080),
    ("code-server", 8080),
    ("jupyter/", 8888),
    ("n8n", 5678),
    ("open-webui", 8080),
    ("searxng", 8080),
];

/// The port with a Dockerfile; the page of a static Space; the versions, as text, with the Hub's own image.
fn compare_platform(answers: &toml::Table, card: &Value, file: &std::path::Path) -> usize {
    let file = file.display();
    if card["sdk"] == "docker" {
        let base = answers.get("base").map_or("", |base| base.as_str().unwrap());
        let own = PORTS_OF_IMAGES.iter().find(|(image, _)| base.contains(image));
        let default = own.map_or(7860, |(_, port)| *port);
        let port = answers.get("port").and_then(toml::Value::as_integer).unwrap_or(default);
        assert_eq!(card["app_port"], port, "`app_port` of {file}");
        return 1;
    }
    if card["sdk"] == "static" {
        let page = answers.get("app_file").map_or("index.html", |page| page.as_str().unwrap());
        assert_eq!(card["app_file"], page, "`app_file` of {file}");
        return 1;
    }
    assert!(card["sdk_version"].is_string(), "`sdk_version` of {file} is {}", card["sdk_version"]);
    assert!(card["python_version"].is_string(), "`python_version` of {file} is {}", card["python_version"]);
    if let Some(python) = answers.get("python") {
        assert_eq!(card["python_version"].as_str(), python.as_str(), "`python_version` of {file}");
    }
    2
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn both_readers_read_text_as_text() {
    let texts = ["yes", "1.0", "~", "# no comment", "a: b", "- item", "0o17", "2026-01-01", "'\"\\", "null", "日本 😀"];
    let render = |title: &&str| Space::render_words("text", &["-t", "docker", &format!("--title={title}")]);
    let spaces: Vec<_> = texts.iter().map(render).collect();
    let by_javascript = javascript::cards(&spaces);
    for cards in [Some(cards(&spaces)), by_javascript].into_iter().flatten() {
        for (text, card) in texts.iter().zip(cards) {
            assert_eq!(card["title"].as_str(), Some(*text));
        }
    }
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn finds_a_card_that_differs() {
    let spaces = [Space::render("gradio-everything", EVERYTHING), Space::render("docker-node", NODE)];
    spaces[0].replace("README.md", "app_port: 7861", "app_port: \"7861\"");
    let cards = cards(&spaces);
    assert_ne!(cards[0]["app_port"], 7861);
    assert_eq!(cards[1]["app_port"], 7860);
}
