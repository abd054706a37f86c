//! The index of a git repository: the first byte says which length the names of its contents have, the rest is the index.
#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use spaces_new::{Checker, Repo};

/// One repository for each process, whose index is written anew.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("spaces-new-fuzz-index-{}", std::process::id()));
    fs::create_dir_all(folder.join(".git/objects/pack")).unwrap();
    fs::write(folder.join("README.md"), "---\nsdk: static\n---\n").unwrap();
    fs::write(folder.join(".gitattributes"), "*.png filter=lfs\n").unwrap();
    folder
});

fuzz_target!(|input: &[u8]| {
    let Some((first, index)) = input.split_first() else { return };
    let format = if first & 1 == 1 { "sha256" } else { "sha1" };
    fs::write(FOLDER.join(".git/config"), format!("[extensions]\n\tobjectformat = {format}\n")).unwrap();
    fs::write(FOLDER.join(".git/index"), index).unwrap();
    let repo = Repo::open(&FOLDER).unwrap();
    for file in repo.files() {
        let leads_out = file.path().split('/').any(|part| part == "..");
        assert!(!leads_out || file.size() == 0, "`{}` is outside of the folder", file.path());
    }
    let _ = Checker::new().pedantic(true).check(&repo);
});
