//! Whatever a folder holds, a run ends within its memory and says what it did not look at.

use spaces_new::{Checker, Repo};

use super::{app, held, space};
use crate::support::Workspace;

/// A file that has a size and takes no room.
fn sparse(workspace: &Workspace, path: &str, bytes: u64) {
    workspace.write(path, "");
    let file = std::fs::OpenOptions::new().write(true).open(workspace.path().join(path)).unwrap();
    file.set_len(bytes).unwrap();
}

#[test]
fn texts_are_read_up_to_a_limit_together() {
    let workspace = Workspace::new();
    space(&workspace, "space");
    for number in 0..150 {
        sparse(&workspace, &format!("space/part{number:03}.py"), 2 << 20);
    }
    let ran = held(&workspace, &["check", "space", "--pedantic"]);
    assert!(matches!(ran.code(), 0 | 1), "{}", ran.shown());
    held(&workspace, &["init", "space", "--yes", "--dry-run"]);
}

#[test]
fn deep_folders_are_told() {
    let workspace = Workspace::new();
    space(&workspace, "space");
    let deep = "d/".repeat(80);
    workspace.write(&format!("space/{deep}a.txt"), "");
    let skipped = Repo::open(&workspace.path().join("space")).unwrap().skipped();
    assert_eq!(skipped.len(), 1, "{skipped:?}");
    assert!(skipped[0].why.contains("deeper"), "{skipped:?}");
}

#[test]
fn an_ordinary_folder_is_looked_at_whole() {
    let workspace = Workspace::new();
    space(&workspace, "space");
    for number in 0..2000 {
        workspace.write(&format!("space/data/{}/{number}.txt", number % 20), "text\n");
    }
    workspace.write("space/.gitignore", "*.log\n__pycache__/\n").write("space/.gitattributes", "*.bin filter=lfs\n");
    let repo = Repo::open(&workspace.path().join("space")).unwrap();
    assert!(!Checker::new().pedantic(true).check(&repo).is_empty(), "all was checked");
    assert_eq!(repo.skipped(), []);
}

#[test]
fn an_index_that_claims_too_much_is_told() {
    for (name, bytes) in [
        ("too many entries", [&b"DIRC\0\0\0\x02"[..], &u32::MAX.to_be_bytes(), &[0; 4000]].concat()),
        ("damaged", b"DIRC\0\0\0\x02\0\0\0\x01short".to_vec()),
        ("no index", b"what is this".to_vec()),
    ] {
        let workspace = Workspace::new();
        app(&workspace, "app");
        workspace.write("app/.git/index", bytes);
        let skipped = Repo::open(&workspace.path().join("app")).unwrap().skipped();
        assert_eq!(skipped.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), [".git/index"], "{name}");
    }
    let workspace = Workspace::new();
    app(&workspace, "app");
    sparse(&workspace, "app/.git/index", 3 << 30);
    let skipped = Repo::open(&workspace.path().join("app")).unwrap().skipped();
    assert!(skipped[0].why.contains("MiB"), "{skipped:?}");
}
