//! A `.spaces-new.toml` that comes with a clone names files of the person who runs `init` there.

use std::os::unix::fs::symlink;

use super::{app, git, limited};
use crate::support::Workspace;

const CANARY: &str = "canary-of-the-person";

/// A clone with an answer to `assets`, next to a file of the user.
fn clone(assets: &str) -> Workspace {
    let workspace = Workspace::new();
    app(&workspace, "clone");
    workspace.write("outside/secret.txt", CANARY).write("clone/x/y", "");
    let kept = format!("template = \"gradio\"\napp_file = \"app.py\"\nassets = [\"{assets}\"]\n");
    workspace.write("clone/.spaces-new.toml", kept);
    workspace
}

/// Neither a dry run nor a run uses the file, and both say why.
fn is_refused(workspace: &Workspace, why: &str) {
    let before = workspace.files("clone");
    for words in [&["init", "clone", "--yes"][..], &["init", "clone", "--yes", "--dry-run", "--diff"]] {
        let ran = limited(workspace, words);
        assert_eq!(ran.code(), 2, "{}", ran.shown());
        assert!(ran.stderr().contains(why), "{why}: {}", ran.shown());
        assert!(!ran.shown().contains(CANARY), "{}", ran.shown());
    }
    assert_eq!(workspace.files("clone"), before, "something was written");
}

#[test]
fn files_outside_of_the_folder_are_refused() {
    for path in ["../outside/secret.txt", "./x/../../outside/secret.txt", "../outside", "..", ".", "/proc/self/environ"]
    {
        is_refused(&clone(path), "it is outside of the folder");
    }
    let workspace = Workspace::new();
    let absolute = workspace.write("secret.txt", CANARY).path().join("secret.txt");
    is_refused(&clone(absolute.to_str().unwrap()), "it is outside of the folder");
}

#[test]
fn links_are_never_read_through() {
    let workspace = clone("link/secret.txt");
    symlink("../outside", workspace.path().join("clone/link")).unwrap();
    is_refused(&workspace, "it is reached through a link");
    let workspace = clone("assets");
    symlink("../outside", workspace.path().join("clone/assets")).unwrap();
    is_refused(&workspace, "it is reached through a link");
    let workspace = clone("assets/secret.txt");
    fs_err::create_dir(workspace.path().join("clone/assets")).unwrap();
    symlink("../../outside/secret.txt", workspace.path().join("clone/assets/secret.txt")).unwrap();
    is_refused(&workspace, "it is reached through a link");
}

#[test]
fn what_git_would_not_push_is_refused() {
    for path in [".git/config", ".GIT/config", ".git", "x/.git/config"] {
        let workspace = clone(path);
        workspace.write("clone/.git/config", CANARY).write("clone/.GIT/config", CANARY);
        is_refused(&workspace, "it is a file of git's own");
    }
    for path in ["credentials.json", "data", "data/credentials.json"] {
        let workspace = clone(path);
        workspace.write("clone/credentials.json", CANARY).write("clone/data/credentials.json", CANARY);
        workspace.write("clone/data/public.csv", "a,b\n").write("clone/.gitignore", "credentials.json\n");
        is_refused(&workspace, "git would not push");
    }
}

#[test]
fn files_of_the_repository_are_taken() {
    let workspace = clone("data/a.csv");
    workspace.write("clone/data/a.csv", "a,b\n");
    git(&workspace.path().join("clone"), &["init", "--quiet"]);
    limited(&workspace, &["init", "clone", "--yes"]).ok();
    assert_eq!(workspace.files("clone")["assets/a.csv"], b"a,b\n");
    let before = workspace.files("clone");
    limited(&workspace, &["init", "clone", "--yes"]).ok();
    assert_eq!(workspace.files("clone"), before, "a second run changes nothing");
}

#[test]
fn a_flag_may_name_a_file_elsewhere() {
    let workspace = clone("x/y");
    limited(&workspace, &["init", "clone", "--yes", "--asset", "outside/secret.txt"]).ok();
    assert_eq!(workspace.files("clone")["assets/secret.txt"], CANARY.as_bytes());
    limited(&workspace, &["init", "clone", "--yes"]).ok();
}

/// The answers of another Space, named by a flag, come from the person who made that Space.
#[test]
fn the_answers_of_another_space_name_files_of_that_space() {
    let workspace = clone("../outside/secret.txt");
    let ran = limited(&workspace, &["new", "-t", "gradio", "--yes", "--answers", "clone/.spaces-new.toml"]);
    assert!(ran.code() == 2 && ran.stderr().contains("it is outside of the folder"), "{}", ran.shown());
    assert!(!workspace.path().join("new").exists());
    // An answers file that the user wrote may name any file
    workspace.write("clone/mine.toml", "template = \"gradio\"\nassets = [\"../outside/secret.txt\"]\n");
    limited(&workspace, &["./made", "--yes", "--answers", "clone/mine.toml"]).ok();
    assert_eq!(workspace.files("made")["assets/secret.txt"], CANARY.as_bytes());
}

/// The answers file is read like any file of a repository, although a flag names it.
#[test]
fn the_answers_of_another_space_must_be_a_regular_file() {
    let workspace = clone("x/y");
    let file = workspace.path().join("clone/.spaces-new.toml");
    fs_err::remove_file(&file).unwrap();
    workspace.write("outside/answers", format!("template = \"gradio\"\ntitle = \"{CANARY}\"\n"));
    symlink("../outside/answers", &file).unwrap();
    let words = ["./made", "--yes", "--answers", "clone/.spaces-new.toml"];
    let ran = limited(&workspace, &words);
    assert!(ran.code() == 2 && ran.stderr().contains("it is a symbolic link"), "{}", ran.shown());
    fs_err::remove_file(&file).unwrap();
    nix::unistd::mkfifo(&file, nix::sys::stat::Mode::S_IRWXU).unwrap();
    assert_eq!(limited(&workspace, &words).code(), 2);
}

#[test]
fn what_another_space_ignores_is_not_copied_into_a_new_one() {
    for assets in ["assets/ignored.txt", "assets/folder"] {
        let workspace = clone(assets);
        workspace.write("clone/.gitignore", "ignored.txt\n").write("clone/assets/ignored.txt", CANARY);
        workspace.write("clone/assets/folder/ignored.txt", CANARY).write("clone/assets/folder/a.txt", "a");
        git(&workspace.path().join("clone"), &["init", "--quiet"]);
        workspace.write("clone/.spaces-new.toml", format!("template = \"gradio\"\nassets = [\"{assets}\"]\n"));
        let ran = limited(&workspace, &["./made", "--yes", "--answers", "clone/.spaces-new.toml"]);
        assert!(ran.code() == 2 && ran.stderr().contains("git would not push"), "{}", ran.shown());
    }
}
