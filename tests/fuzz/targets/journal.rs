//! The leftovers of a killed run: the first byte selects the run's kind and its staged files, the rest is the journal.
#![no_main]

use std::fs;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use spaces_new::{Merge, Plan, WriteOptions};

/// One folder for each process.
static PLACE: LazyLock<PathBuf> = LazyLock::new(|| {
    let place = std::env::temp_dir().join(format!("spaces-new-fuzz-journal-{}", std::process::id()));
    make(&place);
    fs::canonicalize(place).unwrap()
});

const NAME: &str = "0123456789abcdef0123456789abcdef";
const MINE: &[u8] = b"mine\n";

fn make(folder: &Path) {
    fs::DirBuilder::new().mode(0o700).recursive(true).create(folder).unwrap();
}

fuzz_target!(|input: &[u8]| {
    let Some((first, journal)) = input.split_first() else { return };
    let (root, state) = (PLACE.join("root"), PLACE.join("state"));
    let traces = root.join(".spaces-new-unfinished");
    for folder in [&root, &state] {
        let _ = fs::remove_dir_all(folder);
        make(folder);
    }
    fs::write(root.join("mine.txt"), MINE).unwrap();
    fs::write(PLACE.join("outside.txt"), MINE).unwrap();
    make(&traces);
    fs::write(traces.join("lock"), "").unwrap();
    fs::write(traces.join("run"), NAME).unwrap();
    for kept in ["before", "tree"].iter().filter(|_| first & 2 != 0) {
        make(&traces.join(kept));
        fs::write(traces.join(kept).join("mine.txt"), "kept\n").unwrap();
    }
    let about = fs::metadata(&traces).unwrap();
    let digits: String = traces.as_os_str().as_encoded_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let kind = if first & 1 == 1 { "change" } else { "fill" };
    let head =
        format!(r#"{{"folder":"{digits}","device":{},"inode":{},"kind":"{kind}","journal":"#, about.dev(), about.ino());
    fs::write(state.join(NAME), [head.as_bytes(), journal, b"}"].concat()).unwrap();

    let options = WriteOptions::new().state_folder(&state);
    let _ = Merge::recover(&root, &options);
    let _ = Plan::default().preview(&root, &options);
    let _ = Plan::default().write_to(&root, &options);
    assert_eq!(fs::read(PLACE.join("outside.txt")).unwrap(), MINE);
    // Whatever the journal says: no file of a run has this inode number
    let still = fs::read_dir(&root).unwrap().flatten().map(|entry| entry.path());
    let number = fs::metadata(root.join("mine.txt")).map(|about| about.ino()).unwrap_or_default();
    let says_number = String::from_utf8_lossy(journal).contains(&number.to_string());
    assert!(says_number || still.filter_map(|path| fs::read(path).ok()).any(|bytes| bytes == MINE));
});
