//! A git repository is judged by its index.

use std::path::Path;
use std::process::Command;

use spaces_new::{Checker, Repo};

use crate::support::Workspace;

/// A file of an index: its path, its mode, its extended flags, the first byte of its content's name.
type Entry<'a> = (&'a str, u32, Option<u16>, u8);

/// The bytes of an index, as git writes them.
fn index(version: u32, entries: &[Entry<'_>], extension: &[u8]) -> Vec<u8> {
    let mut bytes = b"DIRC".to_vec();
    bytes.extend(version.to_be_bytes());
    bytes.extend(u32::try_from(entries.len()).unwrap().to_be_bytes());
    let mut last = "";
    for (path, mode, extended, id) in entries {
        let start = bytes.len();
        bytes.extend([0; 24]);
        bytes.extend(mode.to_be_bytes());
        bytes.extend([0; 12]);
        bytes.extend([*id; 20]);
        let flags = u16::try_from(path.len()).unwrap() | if extended.is_some() { 0x4000 } else { 0 };
        bytes.extend(flags.to_be_bytes());
        bytes.extend(extended.iter().flat_map(|flags| flags.to_be_bytes()));
        if version == 4 {
            let same = path.bytes().zip(last.bytes()).take_while(|(one, other)| one == other).count();
            bytes.push(u8::try_from(last.len() - same).unwrap());
            bytes.extend(&path.as_bytes()[same..]);
            bytes.push(0);
            last = path;
        } else {
            bytes.extend(path.as_bytes());
            let length = bytes.len() - start;
            bytes.extend(vec![0; 8 - length % 8]);
        }
    }
    bytes.extend(extension);
    bytes.extend([0; 20]);
    bytes
}

const FILE: u32 = 0o100_644;

fn workspace() -> Workspace {
    let workspace = Workspace::new();
    workspace
        .write(".gitignore", "*.log\nsecret/\n")
        .write("new.txt", "new")
        .write("ignored.log", "x")
        .write("tracked.log", "x")
        .write("secret/key.txt", "x");
    workspace
}

fn paths(folder: &Path) -> Vec<String> {
    Repo::open(folder).unwrap().files().map(|file| file.path().to_owned()).collect()
}

#[test]
fn what_the_index_has_counts_though_it_is_ignored() {
    for version in [2, 3, 4] {
        let workspace = workspace();
        let entries = [("secret/key.txt", FILE, None, 1), ("sub", 0o160_000, None, 2), ("tracked.log", FILE, None, 3)];
        workspace.write(".git/index", index(version, &entries, b""));
        assert_eq!(paths(workspace.path()), [".gitignore", "new.txt", "secret/key.txt", "tracked.log"], "{version}");
        let repo = Repo::open(workspace.path()).unwrap();
        assert!(repo.is_tracked("tracked.log") && !repo.is_tracked("new.txt"));
    }
}

#[test]
fn what_git_excludes_by_itself_is_skipped() {
    let workspace = workspace();
    workspace.write(".git/info/exclude", "new.txt\n");
    assert_eq!(paths(workspace.path()), [".gitignore"]);
}

/// A sparse checkout: the file is pushed, and a `COPY` finds it.
#[test]
fn a_file_outside_the_sparse_checkout_exists() {
    let workspace = workspace();
    let entries = [("gone.txt", FILE, None, 1), ("left-out.txt", FILE, Some(0x4000), 2)];
    workspace.write(".git/index", index(3, &entries, b""));
    assert_eq!(paths(workspace.path()), [".gitignore", "left-out.txt", "new.txt"]);
    assert!(Repo::open(workspace.path()).unwrap().text("left-out.txt").is_none());
}

#[test]
fn an_unsupported_index_is_ignored() {
    let good = index(2, &[("tracked.log", FILE, None, 1)], b"");
    let split = index(2, &[("tracked.log", FILE, None, 1)], b"link\0\0\0\x04abcd");
    let mut endless = index(4, &[("tracked.log", FILE, None, 1)], b"");
    endless[8..12].copy_from_slice(&u32::MAX.to_be_bytes());
    let mut strips_too_much = index(4, &[("tracked.log", FILE, None, 1)], b"");
    strips_too_much[12 + 62] = 9;
    for bytes in [split, endless, strips_too_much, b"DIRC".to_vec(), Vec::new(), good[..40].to_vec()] {
        let workspace = workspace();
        workspace.write(".git/index", bytes);
        assert_eq!(paths(workspace.path()), [".gitignore", "new.txt"]);
    }
    for length in 0..good.len() {
        let workspace = workspace();
        workspace.write(".git/index", &good[..length]);
        paths(workspace.path());
    }
}

/// Nothing outside the folder is read, whatever the index names.
#[cfg(unix)]
#[test]
fn an_index_does_not_lead_outside() {
    let workspace = Workspace::new();
    workspace.write("outside/key.pem", "-----BEGIN PRIVATE KEY-----\n").write("space/README.md", "");
    std::os::unix::fs::symlink("../outside", workspace.path().join("space/link")).unwrap();
    let entries = ["../outside/key.pem", "/etc/passwd", ".git/config", "link/key.pem", "a//b"];
    let entries = entries.map(|path| (path, FILE, None, 1));
    workspace.write("space/.git/index", index(2, &entries, b"")).write("space/.git/config", "");
    assert_eq!(paths(&workspace.path().join("space")), ["README.md", "link"]);
    // Git's own folder may be a link, too
    fs_err::rename(workspace.path().join("space/.git"), workspace.path().join("outside/git")).unwrap();
    std::os::unix::fs::symlink("../outside/git", workspace.path().join("space/.git")).unwrap();
    assert!(!Repo::open(&workspace.path().join("space")).unwrap().is_tracked("link"));
}

/// A `.gitignore` that comes with other files is followed at once, except for files that git already tracks.
#[test]
fn a_planned_gitignore_is_followed() {
    let workspace = Workspace::new();
    workspace.write(".env", "A=1").write("tracked.env", "A=1").write("sub/.env", "A=1").write("kept/.env", "A=1");
    workspace.write("cache/deep/a.txt", "x").write("app.py", "");
    workspace.write(".git/index", index(2, &[("tracked.env", FILE, None, 1)], b""));
    let repo = Repo::open(workspace.path()).unwrap();
    let file = |path: &str, text: &str| (path.parse().unwrap(), text.as_bytes().to_vec());
    let left = |repo: &Repo| repo.files().map(|file| file.path().to_owned()).collect::<Vec<_>>();
    let same = ["app.py", "cache/deep/a.txt", "kept/.env", "sub/.env", "tracked.env"];
    assert_eq!(left(&repo.with([file("app.py", "x")])), [&[".env"], &same[..]].concat(), "no `.gitignore` came");
    let after = repo.with([file(".gitignore", ".env\n*.env\n/cache/\n"), file("kept/.gitignore", "!.env\n")]);
    assert_eq!(left(&after), [".gitignore", "app.py", "kept/.env", "kept/.gitignore", "tracked.env"]);
}

/// Runs git; `None` if it is missing.
fn git(folder: &Path, words: &[&str]) -> Option<()> {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=x", "-c", "user.email=x@localhost"]).args(words).current_dir(folder);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env_remove("GIT_DIR");
    let output = git.output().ok()?;
    assert!(output.status.success(), "git {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(())
}

/// With a real git: a binary that was added without git-lfs is found, loose and packed; its pointer is not.
#[test]
fn a_binary_that_git_stores_directly_is_found() {
    let workspace = Workspace::new();
    let folder = workspace.path().join("space");
    let noise: Vec<u8> = (0..4000_u32).map(|at| at.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect();
    workspace.write("space/README.md", "---\nsdk: static\n---\n").write("space/index.html", "");
    workspace.write("space/.gitattributes", "*.png filter=lfs diff=lfs merge=lfs -text\n").write("space/a.png", &noise);
    let found = || {
        let found = Checker::new().check(&Repo::open(&folder).unwrap());
        found.into_iter().map(|found| (found.rule, found.message)).collect::<Vec<_>>()
    };
    if git(&folder, &["init", "--quiet"]).is_none() {
        return;
    }
    assert_eq!(found(), [], "nothing is added yet");
    git(&folder, &["add", "."]).unwrap();
    let expected = [("binary-without-lfs", "git stores `a.png` itself instead of an LFS pointer".to_owned())];
    assert_eq!(found(), expected);
    let help = || Checker::new().check(&Repo::open(&folder).unwrap()).remove(0).help.unwrap();
    let migration = "`git lfs migrate import --everything --include=\"*.png\"`";
    assert!(help().contains(migration), "without `--include` every file becomes a pointer: {}", help());
    // No line for it yet: the line by itself does not fix what git has
    workspace.write("space/.gitattributes", "");
    assert!(help().starts_with("add `*.png filter=lfs") && help().contains(migration), "{}", help());
    workspace.write("space/.gitattributes", "*.png filter=lfs diff=lfs merge=lfs -text\n");
    git(&folder, &["commit", "--quiet", "--message", "x"]).unwrap();
    git(&folder, &["gc", "--quiet"]).unwrap();
    git(&folder, &["update-index", "--index-version", "4"]).unwrap();
    assert_eq!(found(), expected, "packed");
    // What git-lfs would have stored
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 4000\n";
    workspace.write("space/a.png", pointer);
    git(&folder, &["add", "."]).unwrap();
    workspace.write("space/a.png", &noise);
    assert_eq!(found(), []);
}
