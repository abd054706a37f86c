//! The index of a git repository.
#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use spaces_new::{Checker, Repo};

/// One repository for each process, whose index is rewritten.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("spaces-new-fuzz-index-{}", std::process::id()));
    fs::create_dir_all(folder.join(".git/objects/pack")).unwrap();
    fs::write(folder.join("README.md"), "---\nsdk: static\n---\n").unwrap();
    fs::write(folder.join(".gitattributes"), "*.png filter=lfs\n").unwrap();
    folder
});

fuzz_target!(|index: &[u8]| {
    fs::write(FOLDER.join(".git/index"), index).unwrap();
    let repo = Repo::open(&FOLDER).unwrap();
    for file in repo.files() {
        let leads_out = file.path().split('/').any(|part| part == "..");
        assert!(!leads_out || file.size() == 0, "`{}` is outside of the folder", file.path());
    }
    let _ = Checker::new().pedantic(true).check(&repo);
});
