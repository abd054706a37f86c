//! Merging a plan into existing files loses nothing, and is idempotent.

use proptest::prelude::*;
use spaces_new::values::RepoPath;
use spaces_new::{Answers, Change, Content, Merge, MergeOptions, OnConflict, Plan, Repo};

use crate::support::{self, plan};

/// Typical and odd files.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("---\n"),
        Just("---\r\n"),
        Just("title: Mine\n"),
        Just("sdk: static # mine\n"),
        Just("# A heading\n"),
        Just("\n"),
        Just("\r\n"),
        Just("*.png -text\n"),
        Just("!.env"),
        Just("[server]\n"),
        Just("port = 1 # mine\n"),
        Just("\"unclosed\n"),
        Just("ä 🚀 "),
        Just("\u{feff}"),
    ];
    prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())
}

fn repositories() -> impl Strategy<Value = Vec<(RepoPath, Vec<u8>)>> {
    let paths = prop::sample::select(vec![
        "README.md",
        ".gitignore",
        ".gitattributes",
        ".dockerignore",
        ".streamlit/config.toml",
        "Dockerfile",
        "app.py",
        "readme.md",
        "assets",
    ]);
    let file = (paths, texts()).prop_map(|(path, text)| (path.parse().unwrap(), text.into_bytes()));
    prop::collection::vec(file, 0..6)
}

/// The contents of the repository afterwards.
fn after(repo: &Repo, merge: &Merge) -> Vec<(RepoPath, Vec<u8>)> {
    let mut files: std::collections::BTreeMap<RepoPath, Vec<u8>> =
        repo.files().map(|file| (file.path().parse().unwrap(), file.bytes().unwrap().to_vec())).collect();
    for file in merge.files() {
        if let (Change::Replace(spare), Some(old)) = (&file.change, files.get(&file.path).cloned()) {
            files.insert(spare.clone(), old);
        }
        if let Some(Content::Bytes(bytes)) = &file.content {
            files.insert(file.path.clone(), bytes.clone());
        }
    }
    files.into_iter().collect()
}

/// Whether all bytes of one are in the other, in the same order.
fn is_within(part: &[u8], whole: &[u8]) -> bool {
    let mut whole = whole.iter();
    part.iter().all(|byte| whole.any(|other| other == byte))
}

fn streamlit() -> Plan {
    plan("streamlit", &Answers::for_folder("demo")).1
}

proptest! {
    #![proptest_config(support::property(256))]

    #[test]
    fn every_existing_byte_is_kept(files in repositories(), replace: bool) {
        let options = MergeOptions::new().on_conflict(if replace { OnConflict::Replace } else { OnConflict::Keep });
        let repo = Repo::from_files(files);
        let merge = Merge::of(&streamlit(), &repo, &options);
        let after = after(&repo, &merge);
        for file in repo.files() {
            let before = file.bytes().unwrap();
            let before = before.strip_prefix("\u{feff}".as_bytes()).unwrap_or(before);
            let kept = after.iter().any(|(path, bytes)| path.as_str().starts_with(file.path()) && is_within(before, bytes));
            prop_assert!(kept, "{} lost something", file.path());
        }
    }

    #[test]
    fn merging_twice_is_merging_once(files in repositories(), replace: bool) {
        let options = MergeOptions::new().on_conflict(if replace { OnConflict::Replace } else { OnConflict::Keep });
        let repo = Repo::from_files(files);
        let plan = streamlit();
        let once = after(&repo, &Merge::of(&plan, &repo, &options));
        let repo = Repo::from_files(once);
        let again = Merge::of(&plan, &repo, &options);
        prop_assert!(again.is_nothing(), "{:?}", again.files().iter().filter(|file| file.content.is_some()).collect::<Vec<_>>());
    }
}
