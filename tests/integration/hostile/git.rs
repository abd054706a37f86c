//! What git would do in a folder that is only read: nothing, because it is not started there.

use std::path::{Path, PathBuf};

use spaces_new::Repo;

use super::{APP, app, git, limited, script, space, within};
use crate::support::Workspace;

/// A repository whose root tree is missing, so that git, asked for the status, would fetch it from what its settings name.
fn without_its_tree(workspace: &Workspace, settings: &str) -> PathBuf {
    app(workspace, "clone");
    let folder = workspace.path().join("clone");
    git(&folder, &["init", "--quiet"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "--quiet", "--message", "first"]);
    let tree = git(&folder, &["rev-parse", "HEAD^{tree}"]);
    let (first, rest) = tree.trim().split_at(2);
    fs_err::remove_file(folder.join(".git/objects").join(first).join(rest)).unwrap();
    workspace.write("clone/.git/config", settings);
    // With another time, so that git would read it
    workspace.write("clone/app.py", APP);
    folder
}

fn promisor(rest: &str) -> String {
    format!(
        "[core]\n\trepositoryformatversion = 1\n\tbare = false\n[extensions]\n\tpartialClone = origin\n[remote \"origin\"]\n\tpromisor = true\n{rest}"
    )
}

const READS: [&[&str]; 5] = [
    &["init", "clone", "--yes", "--dry-run"],
    &["check", "clone"],
    &["check", "clone", "--fix"],
    &["clone/sub", "-t", "gradio", "--yes"],
    &["init", "clone", "--yes"],
];

#[test]
fn what_a_repository_configures_git_to_run_is_not_run() {
    for how in ["uploadpack", "ext", "ssh"] {
        let workspace = Workspace::new();
        let ran = workspace.path().join("ran");
        let touch = format!("touch {}", ran.display());
        let settings = match how {
            "uploadpack" => format!("\turl = ./\n\tuploadpack = {touch}; true\n"),
            "ext" => format!("\turl = ext::{touch}\n[protocol \"ext\"]\n\tallow = always\n"),
            _ => format!("\turl = ssh://host.invalid/x\n[core]\n\tsshCommand = {touch}; true\n"),
        };
        without_its_tree(&workspace, &promisor(&settings));
        for words in READS {
            limited(&workspace, words);
            assert!(!ran.exists(), "{how}: {words:?}");
        }
    }
}

#[test]
fn git_is_found_only_through_absolute_entries_of_the_path() {
    let path = std::env::var("PATH").unwrap();
    for entries in
        [format!(":{path}"), "/nowhere:".to_owned(), format!(".:{path}"), format!("bin:{path}"), "./bin".into()]
    {
        let workspace = Workspace::new();
        let ran = workspace.path().join("ran");
        app(&workspace, "clone");
        git(&workspace.path().join("clone"), &["init", "--quiet"]);
        for place in ["git", "bin/git", "clone/git", "clone/bin/git"] {
            script(&workspace.path().join(place), &format!("touch {}", ran.display()));
        }
        for words in [["init", "clone", "--yes"], ["new-space", "--template=gradio", "--yes"]] {
            within(workspace.command().args(words).env("PATH", &entries), &workspace);
            assert!(!ran.exists(), "{entries}: {words:?}");
        }
    }
}

#[test]
fn a_repository_is_made_without_settings_of_the_folders_around_it() {
    let workspace = Workspace::new();
    let mut command = workspace.command();
    for (name, value) in [("GIT_DIR", "elsewhere"), ("GIT_WORK_TREE", "/"), ("GIT_OBJECT_DIRECTORY", "objects")] {
        command.env(name, value);
    }
    within(command.args(["made", "-t", "gradio", "--yes"]), &workspace).ok();
    assert_eq!(workspace.names(), ["made"]);
    let made = workspace.path().join("made");
    assert_eq!(git(&made, &["symbolic-ref", "HEAD"]), "refs/heads/main\n");
    assert_eq!(git(&made, &["rev-parse", "--is-bare-repository"]), "false\n");
    assert!(!fs_err::read_to_string(made.join(".git/config")).unwrap().contains("worktree"));
}

#[test]
fn a_git_that_hangs_is_stopped() {
    let workspace = Workspace::new();
    script(&workspace.path().join("slow/git"), "sleep 600");
    let path = format!("{}:{}", workspace.path().join("slow").display(), std::env::var("PATH").unwrap());
    let ran = within(workspace.command().args(["made", "-t", "gradio", "--yes"]).env("PATH", path), &workspace).ok();
    assert!(ran.stdout().contains("it has not ended after"), "{}", ran.shown());
    assert!(!workspace.path().join("made/.git").exists());
}

#[test]
fn a_fifo_in_place_of_a_git_file_does_not_block() {
    let fifo = |path: &Path| nix::unistd::mkfifo(path, nix::sys::stat::Mode::S_IRWXU).unwrap();
    for file in ["index", "config", "HEAD", "info/exclude", "objects"] {
        let workspace = Workspace::new();
        space(&workspace, "clone");
        workspace.write("clone/.git/info/x", "");
        fifo(&workspace.path().join("clone/.git").join(file));
        for words in READS {
            limited(&workspace, words);
        }
    }
    let workspace = Workspace::new();
    space(&workspace, "clone");
    fifo(&workspace.path().join("clone/.git"));
    limited(&workspace, &["check", "clone"]);
}

/// A linked worktree of a real git is judged by its own index.
#[test]
fn a_linked_worktree_has_an_index() {
    let workspace = Workspace::new();
    space(&workspace, "main");
    workspace.write("main/.env", "KEY=1\n").write("main/.gitignore", ".env\n");
    let main = workspace.path().join("main");
    git(&main, &["init", "--quiet"]);
    git(&main, &["add", "--force", "."]);
    git(&main, &["commit", "--quiet", "--message", "first"]);
    git(&main, &["worktree", "add", "--quiet", "../linked"]);
    for folder in ["main", "linked"] {
        let repo = Repo::open(&workspace.path().join(folder)).unwrap();
        assert!(repo.is_tracked(".env"), "{folder}");
        assert_eq!(repo.skipped(), [], "{folder}");
    }
    // The same file in a folder that the directory does not name
    app(&workspace, "other");
    workspace.write("other/.git", fs_err::read(workspace.path().join("linked/.git")).unwrap());
    let repo = Repo::open(&workspace.path().join("other")).unwrap();
    assert!(!repo.is_tracked(".env"));
    assert_eq!(repo.skipped().len(), 1, "{:?}", repo.skipped());
}

#[test]
fn changes_are_counted_by_size_and_time() {
    let workspace = Workspace::new();
    space(&workspace, "app");
    let folder = workspace.path().join("app");
    workspace.write("app/deep/er/a.txt", "a").write("app/deep/b.txt", "b");
    assert_eq!(Repo::uncommitted_files(&folder), None, "no repository");
    git(&folder, &["init", "--quiet"]);
    assert_eq!(Repo::uncommitted_files(&folder), None, "no index yet");
    git(&folder, &["add", "."]);
    assert_eq!(Repo::uncommitted_files(&folder), Some(0));
    workspace.write("app/untracked.txt", "x");
    assert_eq!(Repo::uncommitted_files(&folder), Some(0), "git does not track it");
    workspace.write("app/app.py", "longer than it was before, and so of another size").write("app/deep/b.txt", "c");
    fs_err::remove_file(folder.join("deep/er/a.txt")).unwrap();
    assert_eq!(Repo::uncommitted_files(&folder), Some(3), "another size, another time, gone");
    assert_eq!(Repo::uncommitted_files(&folder.join("deep")), Some(2), "those in the folder");
    assert_eq!(Repo::uncommitted_files(&folder.join("deep/er")), Some(1));
    git(&folder, &["add", "--all"]);
    assert_eq!(Repo::uncommitted_files(&folder), Some(0));
    git(&folder, &["update-index", "--assume-unchanged", "app.py"]);
    workspace.write("app/app.py", "again");
    assert_eq!(Repo::uncommitted_files(&folder), Some(0), "git was configured not to look");
}
