//! Any files and any answers: every byte is still there, and a second run changes nothing.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{APP, ordinary};
use crate::support::{self, Workspace};

/// Typical and odd contents of files.
fn contents() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop_oneof![
        Just("---\n"),
        Just("---\r\n"),
        Just("title: Mine\n"),
        Just("sdk: docker\n"),
        Just("# A heading\n"),
        Just("\r\n"),
        Just("*.png -text\n"),
        Just("!.env"),
        Just("[server]\n"),
        Just("FROM scratch\n"),
        Just("port = 8000\n"),
        Just("\"unclosed\n"),
        Just("ä 🚀 "),
        Just("\0"),
    ];
    prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat().into_bytes())
}

fn folders() -> impl Strategy<Value = BTreeMap<String, Vec<u8>>> {
    let paths = prop::sample::select(vec![
        "README.md",
        ".gitignore",
        ".gitattributes",
        ".dockerignore",
        ".spaces-new.toml",
        ".streamlit/config.toml",
        "Dockerfile",
        "Dockerfile.orig",
        "data.bin",
        "readme.md",
        "packages.txt",
    ]);
    prop::collection::btree_map(paths.prop_map(str::to_owned), contents(), 0..6)
}

/// Whether all lines of one are in the other, in the same order.
fn lines_within(part: &[u8], whole: &[u8]) -> bool {
    let lines = |bytes: &[u8]| String::from_utf8_lossy(bytes).lines().map(str::to_owned).collect::<Vec<_>>();
    let mut whole = lines(whole).into_iter();
    lines(part).into_iter().all(|line| whole.any(|other| other == line))
}

/// The lines of a README that no run may touch: all except duplicate keys of the block, which the Hub refuses.
fn body(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let kept = text.split_inclusive('\n').filter(|line| !line.starts_with("title:") && !line.starts_with("sdk:"));
    kept.collect::<String>().into_bytes()
}

/// Files that are extended; all others are unchanged, or saved as `.orig`.
fn is_text_of_lines(path: &str) -> bool {
    !matches!(path, "Dockerfile" | "app.py" | "requirements.txt" | "data.bin" | "Dockerfile.orig")
}

fn put(files: &BTreeMap<String, Vec<u8>>) -> Workspace {
    let workspace = ordinary();
    for (path, bytes) in files {
        workspace.write(&format!("{APP}/{path}"), bytes);
    }
    workspace
}

proptest! {
    #![proptest_config(support::property(48))]

    #[test]
    fn every_byte_is_kept_and_a_second_run_changes_nothing(
        files in folders(),
        on_conflict in prop::sample::select(vec!["refuse", "keep", "replace"]),
        template in prop::sample::select(vec!["gradio", "streamlit", "docker"]),
        answers in prop::sample::select(vec!["", "--port 9000", "--dev-mode --secret API_KEY", "--apt ffmpeg --emoji 🐢", "--tag a --variable MODE=demo"]),
    ) {
        let workspace = put(&files);
        let before = workspace.files(APP);
        let words = format!("init {APP} --yes --template {template} --on-conflict {on_conflict} {answers}");
        let ran = workspace.run(&words);
        prop_assert!((0..=2).contains(&ran.code()), "{}", ran.shown());
        let after = workspace.files(APP);
        if ran.code() != 0 {
            prop_assert_eq!(&after, &before, "a run that fails changes nothing: {}", ran.shown());
        }
        for (path, bytes) in &before {
            let new = &after[path];
            let aside = after.iter().any(|(other, kept)| other.starts_with(&format!("{path}.orig")) && kept == bytes);
            let kept = match path.as_str() {
                "README.md" => lines_within(&body(bytes), new),
                _ => new == bytes || (is_text_of_lines(path) && lines_within(bytes, new)),
            };
            prop_assert!(kept || aside, "{path} lost something: {}", ran.shown());
        }
        prop_assert!(!workspace.path().join(APP).join(".spaces-new-unfinished").exists());
        if ran.code() == 0 {
            let again = workspace.run(&words);
            prop_assert_eq!(again.code(), 0, "{}", again.shown());
            prop_assert!(workspace.files(APP) == after, "the second run changed something: {}", again.shown());
        }
    }
}
