//! The leftovers of a killed run, made by hand: what the next run rolls back, and what it keeps.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use spaces_new::Merge;

use super::super::support::Workspace;
use super::{DEMO, UNFINISHED};

/// A name that a run could have.
const NAME: &str = "0123456789abcdef0123456789abcdef";

/// FNV-1a, as in the journal.
fn fingerprint(bytes: &str) -> String {
    let hash = bytes
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!(r#"{{"bytes":{},"checksum":{hash}}}"#, bytes.len())
}

fn private(path: &Path, mode: u32) {
    fs_err::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn inode(workspace: &Workspace, path: &str) -> u64 {
    fs_err::metadata(workspace.path().join(DEMO).join(path)).unwrap().ino()
}

/// One file of a journal: its path, the old content, the new content, and its inode.
fn entry(path: &str, before: Option<&str>, after: &str, inode: u64) -> String {
    let before = before.map_or("null".to_owned(), fingerprint);
    format!(r#"{{"path":"{path}","before":{before},"after":{},"inode":{inode}}}"#, fingerprint(after))
}

/// Records the leftovers in the folder in this user's state.
fn known(workspace: &Workspace, entries: &[String]) {
    let folder = workspace.path().join(DEMO).join(UNFINISHED);
    fs_err::create_dir_all(&folder).unwrap();
    private(&folder, 0o700);
    workspace.write(&format!("{DEMO}/{UNFINISHED}/run"), NAME).write(&format!("{DEMO}/{UNFINISHED}/lock"), "");
    let about = fs_err::metadata(&folder).unwrap();
    let real = fs_err::canonicalize(&folder).unwrap();
    let digits: String = real.as_os_str().as_encoded_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let record = format!(
        r#"{{"folder":"{digits}","device":{},"inode":{},"kind":"change","journal":{{"files":[{}],"folders":[]}}}}"#,
        about.dev(),
        about.ino(),
        entries.join(",")
    );
    fs_err::create_dir(workspace.state()).unwrap();
    private(&workspace.state(), 0o700);
    fs_err::write(workspace.state().join(NAME), record).unwrap();
}

#[track_caller]
fn recover(workspace: &Workspace) {
    let root = workspace.path().join(DEMO);
    let outcome = Merge::recover(&root, &workspace.options()).unwrap();
    assert!(outcome.recovered && outcome.warnings.is_empty(), "{outcome:?}");
    assert!(!root.join(UNFINISHED).exists());
    assert_eq!(fs_err::read_dir(workspace.state()).unwrap().count(), 0);
}

#[test]
fn replaced_files_are_restored_and_created_ones_removed() {
    let workspace = Workspace::new();
    workspace.write("demo/README.md", "new\n").write("demo/made.txt", "made\n");
    workspace.write(&format!("{DEMO}/{UNFINISHED}/before/README.md"), "old\n");
    let replaced = entry("README.md", Some("old\n"), "new\n", inode(&workspace, "README.md"));
    let made = entry("made.txt", None, "made\n", inode(&workspace, "made.txt"));
    known(&workspace, &[replaced, made]);
    recover(&workspace);
    assert_eq!(workspace.files(DEMO).into_iter().collect::<Vec<_>>(), [("README.md".to_owned(), b"old\n".to_vec())]);
}

/// A run was killed after it had replaced a file, and the new one was edited.
#[test]
fn the_replaced_file_is_kept_if_the_new_one_was_edited() {
    for copy in [true, false] {
        let workspace = Workspace::new();
        workspace.write("demo/Dockerfile", "FROM scratch\n# edited\n");
        workspace.write(&format!("{DEMO}/{UNFINISHED}/before/Dockerfile"), "precious\n");
        let number = inode(&workspace, "Dockerfile");
        let mut entries = vec![entry("Dockerfile", Some("precious\n"), "FROM scratch\n", number)];
        if copy {
            workspace.write("demo/Dockerfile.orig", "precious\n");
            entries.push(entry("Dockerfile.orig", None, "precious\n", inode(&workspace, "Dockerfile.orig")));
        }
        known(&workspace, &entries);
        recover(&workspace);
        let after = workspace.files(DEMO);
        assert_eq!(after["Dockerfile"], b"FROM scratch\n# edited\n");
        assert_eq!(after["Dockerfile.orig"], b"precious\n", "copy: {copy}");
    }
}

/// A file with the bytes that a run wrote, but a different file that was put there later.
#[test]
fn another_file_with_the_same_bytes_is_neither_removed_nor_replaced() {
    let workspace = Workspace::new();
    workspace.write("demo/LICENSE", "known\n").write("demo/README.md", "new\n");
    workspace.write(&format!("{DEMO}/{UNFINISHED}/before/README.md"), "old\n");
    known(&workspace, &[entry("LICENSE", None, "known\n", 1), entry("README.md", Some("old\n"), "new\n", 1)]);
    recover(&workspace);
    let after = workspace.files(DEMO);
    assert_eq!(after["LICENSE"], b"known\n");
    assert_eq!((&after["README.md"][..], &after["README.md.orig"][..]), (&b"new\n"[..], &b"old\n"[..]));
}

/// Odd files replace the kept ones: nothing is read through them, and nothing blocks.
#[test]
fn odd_files_in_the_leftovers_of_a_known_run_are_not_followed() {
    let workspace = Workspace::new();
    workspace.write("outside/README.md", "old\n").write("demo/README.md", "new\n");
    let number = inode(&workspace, "README.md");
    let folder = workspace.path().join(DEMO).join(UNFINISHED);
    fs_err::create_dir(&folder).unwrap();
    std::os::unix::fs::symlink("../../outside", folder.join("before")).unwrap();
    nix::unistd::mkfifo(&folder.join("tree"), nix::sys::stat::Mode::S_IRWXU).unwrap();
    known(&workspace, &[entry("README.md", Some("old\n"), "new\n", number)]);
    recover(&workspace);
    assert_eq!(workspace.files("outside").len(), 1, "what the link leads to is still there");
    assert_eq!(workspace.files(DEMO)["README.md"], b"new\n");
}

/// A run that was killed while it overwrote a file with other names.
#[test]
fn a_partially_overwritten_file_is_restored_under_all_its_names() {
    for half in ["new", "new text\n", "newtext\n", "old text\n"] {
        let workspace = Workspace::new();
        workspace.write("demo/README.md", half);
        fs_err::hard_link(workspace.path().join("demo/README.md"), workspace.path().join("other")).unwrap();
        workspace.write(&format!("{DEMO}/{UNFINISHED}/before/README.md"), "old text\n");
        workspace.write(&format!("{DEMO}/{UNFINISHED}/tree/README.md"), "new");
        let entry = entry("README.md", Some("old text\n"), "new", inode(&workspace, "README.md"));
        known(&workspace, &[entry.replace("\"inode\"", "\"in_place\":true,\"inode\"")]);
        recover(&workspace);
        let expected = if half == "newtext\n" { "newtext\n" } else { "old text\n" };
        assert_eq!(fs_err::read_to_string(workspace.path().join("other")).unwrap(), expected, "{half:?}");
    }
}
