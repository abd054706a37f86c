//! Any files and any answers: every byte is still there, and a second run changes nothing.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{APP, ordinary};
use crate::support::Workspace;

/// Contents that people have, whole and odd.
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

/// Whether all bytes of one stand in the other, in their order.
fn is_within(part: &[u8], whole: &[u8]) -> bool {
    let mut whole = whole.iter();
    part.iter().all(|byte| whole.any(|other| other == byte))
}

fn put(files: &BTreeMap<String, Vec<u8>>) -> Workspace {
    let workspace = ordinary();
    for (path, bytes) in files {
        workspace.write(&format!("{APP}/{path}"), bytes);
    }
    workspace
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_byte_is_still_there_and_twice_is_once(
        files in folders(),
        on_conflict in prop::sample::select(vec!["refuse", "keep", "replace"]),
        template in prop::sample::select(vec!["gradio", "streamlit", "docker"]),
    ) {
        let workspace = put(&files);
        let before = workspace.files(APP);
        let words = format!("init {APP} --yes --template {template} --on-conflict {on_conflict}");
        let ran = workspace.run(&words);
        prop_assert!((0..=2).contains(&ran.code()), "{}", ran.shown());
        let after = workspace.files(APP);
        if ran.code() != 0 {
            prop_assert_eq!(&after, &before, "a run that fails changes nothing: {}", ran.shown());
        }
        for (path, bytes) in &before {
            let kept = after.iter().any(|(other, new)| other.starts_with(path.as_str()) && is_within(bytes, new));
            // A value that the Hub refuses, and a byte order mark in front of the block, give way
            prop_assert!(kept || path == "README.md", "{path} lost something: {}", ran.shown());
        }
        prop_assert!(!workspace.path().join(APP).join(".spaces-new-unfinished").exists());
        if ran.code() == 0 {
            let again = workspace.run(&words);
            prop_assert_eq!(again.code(), 0, "{}", again.shown());
            prop_assert!(workspace.files(APP) == after, "the second run changed something: {}", again.shown());
        }
    }
}
