//! Whatever a folder contains, a run stays within its memory and reports what it skipped.

use spaces_new::{Checker, Repo};

use super::{app, limited, space};
use crate::support::Workspace;

/// A sparse file with a size.
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
    let ran = limited(&workspace, &["check", "space", "--pedantic"]);
    assert!(matches!(ran.code(), 0 | 1), "{}", ran.shown());
    limited(&workspace, &["init", "space", "--yes", "--dry-run"]);
}

#[test]
fn deep_folders_are_reported() {
    let workspace = Workspace::new();
    space(&workspace, "space");
    let deep = "d/".repeat(80);
    workspace.write(&format!("space/{deep}a.txt"), "");
    let skipped = Repo::open(&workspace.path().join("space")).unwrap().skipped();
    assert_eq!(skipped.len(), 1, "{skipped:?}");
    assert!(skipped[0].why.contains("deeper"), "{skipped:?}");
}

#[test]
fn an_ordinary_folder_is_read_completely() {
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
fn an_index_that_claims_too_much_is_reported() {
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

/// In every format: a line for people, a notice for GitHub, data for programs.
#[test]
fn what_was_skipped_is_reported() {
    let workspace = Workspace::new();
    space(&workspace, "space");
    sparse(&workspace, "space/start.py", (2 << 20) + 1);
    workspace.write("space/Dockerfile", super::DOCKERFILE.replace("app.py", "start.py"));
    let check = |format: &str| limited(&workspace, &["check", "space", "--format", format]);
    assert!(check("text").stdout().contains("skipped: `start.py` (it has 2.1 MiB"), "{}", check("text").shown());
    assert!(check("github").stdout().contains("::notice title=skipped::space: skipped: `start.py`"));
    let json = check("json").json();
    assert_eq!(json[0]["skipped"][0]["path"], "start.py", "{json}");
    let sarif = check("sarif").json();
    let notification = &sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    assert!(notification["message"]["text"].as_str().unwrap().contains("start.py"), "{notification}");
    workspace.write("space/start.py", super::APP);
    assert_eq!(check("json").json()[0]["skipped"], serde_json::json!([]));
}

/// The command itself with a memory limit, in each of its formats.
fn all_forms(workspace: &Workspace) {
    for words in [
        &["check", "space"][..],
        &["check", "space", "--format", "json", "--pedantic"],
        &["check", "space", "--fix", "--diff"],
        &["init", "space", "--yes", "--dry-run"],
    ] {
        limited(workspace, words);
    }
}

#[test]
fn suppressions_are_read_up_to_a_number() {
    let mark = "# spaces-new: ignore[";
    let many_on_one_line = mark.repeat(90_000);
    let not_comments = format!("{}]", "xspaces-new: ignore[".repeat(90_000));
    let unused = format!("{mark}x]\n").repeat(80_000);
    for text in [many_on_one_line, not_comments, unused] {
        let workspace = Workspace::new();
        space(&workspace, "space");
        workspace.write("space/app.py", format!("{}{text}\n", super::APP));
        for number in 0..40 {
            workspace.write(&format!("space/more{number}.sh"), format!("{mark}y]\n").repeat(2000));
        }
        all_forms(&workspace);
    }
}

/// An index of version 4 with these names, none of them checked out.
fn index(names: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = [&b"DIRC\0\0\0\x04"[..], &u32::try_from(names.len()).unwrap().to_be_bytes()].concat();
    let mut last: &[u8] = b"";
    for name in names {
        let same = name.iter().zip(last).take_while(|(one, other)| one == other).count();
        bytes.extend([0; 24]);
        bytes.extend(0o100_644_u32.to_be_bytes());
        bytes.extend([0; 12]);
        bytes.extend([1; 20]);
        let length = u16::try_from(name.len().min(0xfff)).unwrap();
        bytes.extend((length | 0x4000).to_be_bytes());
        bytes.extend(0x4000_u16.to_be_bytes());
        let mut digits = vec![u8::try_from((last.len() - same) & 127).unwrap()];
        let mut rest = (last.len() - same) >> 7;
        while rest > 0 {
            rest -= 1;
            digits.insert(0, 128 | u8::try_from(rest & 127).unwrap());
            rest >>= 7;
        }
        bytes.extend(digits);
        bytes.extend(&name[same..]);
        bytes.push(0);
        last = name;
    }
    bytes.extend([0; 20]);
    bytes
}

#[test]
fn names_of_an_index_are_bounded_in_length_depth_and_sum() {
    let deep = |parts: usize| vec![["x/".repeat(parts).into_bytes(), b"y".to_vec()].concat()];
    let unlike_text = |count: usize| (0..count).map(|at| [&[0xff; 94][..], format!("{at:06}").as_bytes()].concat());
    for (what, names) in
        [("long", deep(1_000_000)), ("deep", deep(2000)), ("no text", unlike_text(200_000).collect::<Vec<_>>())]
    {
        let workspace = Workspace::new();
        space(&workspace, "space");
        workspace.write("space/.git/index", index(&names));
        let skipped = Repo::open(&workspace.path().join("space")).unwrap().skipped();
        assert_eq!(skipped.len(), 1, "{what}: {skipped:?}");
        all_forms(&workspace);
    }
}

/// Files that could not be listed are not reported as missing.
#[test]
fn files_in_a_folder_that_is_too_deep_may_exist() {
    let workspace = Workspace::new();
    space(&workspace, "space");
    let deep = format!("{}file.txt", "d/".repeat(70));
    workspace.write(&format!("space/{deep}"), "");
    let copy = |path: &str| super::DOCKERFILE.replace("CMD", &format!("COPY --chown=user {path} ./\nCMD"));
    let finds = |path: &str| {
        workspace.write("space/Dockerfile", copy(path));
        limited(&workspace, &["check", "space", "--only", "missing-copy-source"]).code() == 1
    };
    assert!(!finds(&deep) && finds("nothing.txt"));
}
