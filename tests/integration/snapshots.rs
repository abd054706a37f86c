//! Where snapshots are: those of one case in its folder, and content shared by several cases once, under `_shared/`.
//!
//! `INSTA_UPDATE=always` writes missing and changed ones, and removes those that no case makes any more.

use std::collections::BTreeMap;

use insta::Settings;

use crate::support::{files_under, root};

/// The folder of the contents that two or more files of the cases have.
const SHARED: &str = "_shared";

/// Snapshots are named as the test names them, in a folder under `snapshots/`.
pub(crate) fn settings(folder: &str) -> Settings {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(root().join("snapshots").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.remove_input_file();
    settings.remove_snapshot_suffix();
    settings
}

/// Where the content of each file of all cases is, in a folder under `snapshots/`.
pub(crate) struct Store {
    folder: &'static str,
    /// The contents by the name that they have under `_shared/`, and how many files have them.
    contents: BTreeMap<String, (String, usize)>,
}

impl Store {
    /// From path and content of every file of every case.
    pub(crate) fn of<'f>(folder: &'static str, files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        let mut contents = BTreeMap::new();
        for (path, text) in files {
            let (held, count) = contents.entry(name(path, text)).or_insert_with(|| (text.to_owned(), 0));
            assert_eq!(held, text, "two contents of `{path}` have one hash: make the hash longer");
            *count += 1;
        }
        Self { folder, contents }
    }

    /// The snapshot of a content that another file has as well, as a path in the folder of the store.
    pub(crate) fn shared(&self, path: &str, text: &str) -> Option<String> {
        let name = name(path, text);
        self.contents.get(&name).is_some_and(|(_, count)| *count > 1).then(|| format!("{SHARED}/{name}"))
    }

    /// What the list of a case's files adds to a path: where its content is, if that is not beside the list.
    pub(crate) fn place(&self, path: &str, text: &str) -> String {
        self.shared(path, text).map(|shared| format!(" = {shared}")).unwrap_or_default()
    }

    /// The snapshot of a file of a case, as a path in the folder of the store.
    pub(crate) fn snapshot(&self, case: &str, path: &str, text: &str) -> String {
        self.shared(path, text).unwrap_or_else(|| format!("{case}/{path}"))
    }

    /// Folder and name of the snapshot of a file of a case, for the test to compare.
    pub(crate) fn settings(&self, case: &str, path: &str, text: &str) -> (Settings, String) {
        let snapshot = self.snapshot(case, path, text);
        let (within, name) = snapshot.rsplit_once('/').unwrap();
        (settings(&format!("{}/{within}", self.folder)), name.to_owned())
    }

    /// Fails if there are other snapshots than these, or removes the others when snapshots are renewed: otherwise each would
    /// look as if a case made it.
    pub(crate) fn assert_all(&self, known: impl IntoIterator<Item = String>) {
        let known: Vec<String> = known.into_iter().map(|snapshot| format!("{snapshot}.snap")).collect();
        let folder = root().join("snapshots").join(self.folder);
        let is_stale = |file: &String| !known.contains(file) && !file.ends_with("snap.new");
        let stale: Vec<String> = files_under(&folder).into_iter().filter(is_stale).collect();
        if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
            for file in stale {
                fs_err::remove_file(folder.join(file)).unwrap();
            }
        } else {
            assert!(stale.is_empty(), "no case makes these: `INSTA_UPDATE=always cargo test` removes them: {stale:#?}");
        }
    }
}

/// The name of a content under `_shared/`: that of its file, and its hash.
fn name(path: &str, text: &str) -> String {
    format!("{}-{:016x}", path.rsplit('/').next().unwrap(), hash(text))
}

/// FNV-1a of 64 bits, which is the same everywhere and always.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn the_hash_is_fnv_1a() {
    // Of the test vectors of draft-eastlake-fnv
    assert_eq!(
        (hash(""), hash("a"), hash("foobar")),
        (0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c, 0x8594_4171_f739_67e8)
    );
}

#[test]
fn a_content_is_shared_if_two_files_of_one_name_have_it() {
    let files = [("a/app.py", "1"), ("app.py", "1"), ("app.py", "2"), ("main.py", "1")];
    let store = Store::of("new", files);
    assert_eq!(store.snapshot("t/c", "app.py", "1"), format!("_shared/app.py-{:016x}", hash("1")));
    assert_eq!(store.snapshot("t/c", "a/app.py", "1"), store.snapshot("t/d", "app.py", "1"));
    assert_eq!(store.snapshot("t/c", "app.py", "2"), "t/c/app.py");
    assert_eq!(store.snapshot("t/c", "main.py", "1"), "t/c/main.py");
    assert_eq!(store.place("app.py", "1"), format!(" = {}", store.snapshot("t/c", "app.py", "1")));
    assert_eq!(store.place("app.py", "2"), "");
}
