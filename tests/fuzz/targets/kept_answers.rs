//! Kept answers: a `.spaces-new.toml` that comes with a clone. No answer in it may name a file outside the folder.
#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use spaces_new::{Adoption, Answers, Catalog, Checker, Repo, Spec};

/// One repository for each process, next to a file that no answer may name.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("spaces-new-fuzz-kept-{}", std::process::id()));
    fs::create_dir_all(folder.join("repository/data")).unwrap();
    fs::write(folder.join("outside"), "secret").unwrap();
    fs::write(folder.join("repository/app.py"), "").unwrap();
    fs::write(folder.join("repository/data/a.csv"), "").unwrap();
    folder
});

fuzz_target!(|input: &[u8]| {
    let root = FOLDER.join("repository");
    fs::write(root.join(".spaces-new.toml"), input).unwrap();
    let repo = Repo::open(&root).unwrap();
    let _ = Checker::new().check(&repo);
    let Ok(Some(answers)) = Adoption::begin(&repo).kept() else { return };
    let real = fs::canonicalize(&root).unwrap();
    for path in answers.assets() {
        if let Ok(file) = fs::canonicalize(&path) {
            assert!(file.starts_with(&real), "{path:?}");
        }
    }
    if let Some(template) = answers.template().and_then(|name| Catalog::builtin().get(name)) {
        let _ = Spec::resolve(template, &Answers::new().over(answers).in_folder("demo"));
    }
});
