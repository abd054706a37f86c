//! What git pushes and what it does not, in real folders.

use std::path::Path;
use std::process::Command;

use spaces_new::{Checker, Repo};

use crate::support::Workspace;

fn found(folder: &Path) -> Vec<String> {
    let found = Checker::new().check(&Repo::open(folder).unwrap());
    found.into_iter().map(|found| format!("{} {}", found.rule, found.place.path())).collect()
}

fn space(workspace: &Workspace) {
    workspace
        .write("space/README.md", "---\nsdk: gradio\nsdk_version: 5.49.1\npython_version: \"3.12\"\n---\n")
        .write(
            "space/app.py",
            "import gradio as gr\nfrom lib.sums import add\ngr.Interface(add, \"text\", \"text\").launch()\n",
        )
        .write("space/lib/sums.py", "def add(text):\n    return text\n");
}

#[test]
fn source_that_git_ignores_is_found_and_the_advice_resolves_it() {
    let workspace = Workspace::new();
    let folder = workspace.path().join("space");
    space(&workspace);
    workspace.write("space/.gitignore", "__pycache__/\nlib/\n");
    assert_eq!(found(&folder), ["gitignored-source app.py"]);
    let help = Checker::new().check(&Repo::open(&folder).unwrap()).remove(0).help.unwrap();
    assert!(help.starts_with("add `!/lib/` below that line"), "{help}");
    workspace.write("space/.gitignore", "__pycache__/\nlib/\n!/lib/\n");
    assert_eq!(found(&folder), [""; 0]);
}

#[test]
fn a_copied_file_that_git_ignores_has_its_reason() {
    let workspace = Workspace::new();
    let folder = workspace.path().join("space");
    workspace
        .write("space/README.md", "---\nsdk: docker\n---\n")
        .write("space/Dockerfile", "FROM python:3.13-slim-trixie\nRUN useradd -m -u 1000 user\nUSER user\nCOPY .env dist ./\nCMD [\"python\", \"-m\", \"http.server\", \"7860\"]\n")
        .write("space/.env", "HF_TOKEN=abcdefgh\n")
        .write("space/dist/index.html", "")
        .write("space/.gitignore", ".env\ndist\n");
    let found = Checker::new().only(["missing-copy-source"]).unwrap().check(&Repo::open(&folder).unwrap());
    let helps: Vec<_> = found.iter().map(|found| (found.message.as_str(), found.help.as_deref().unwrap())).collect();
    assert_eq!(helps.len(), 2, "{helps:?}");
    assert!(
        helps[0].0.ends_with("line 1 of .gitignore excludes it") && helps[0].1.starts_with("remove `.env`"),
        "{helps:?}"
    );
    assert!(helps[1].0.contains("`dist/`") && helps[1].1.starts_with("make it in the image"), "{helps:?}");
}

#[test]
fn a_comment_suppresses_in_a_folder_too() {
    let workspace = Workspace::new();
    let folder = workspace.path().join("space");
    space(&workspace);
    let page = "fetch(\"http://localhost:8000\");\n";
    workspace.write("space/web/static/js/app.js", page);
    assert_eq!(found(&folder), ["localhost-in-page web/static/js/app.js"]);
    workspace.write("space/web/static/js/app.js", format!("// spaces-new: ignore[localhost-in-page] a demo\n{page}"));
    assert_eq!(found(&folder), [""; 0]);
    workspace.write(
        "space/web/static/js/app.js",
        "// spaces-new: ignore[localhost-in-page] a demo\nfetch(\"http://localhost.example\");\n",
    );
    assert_eq!(found(&folder), ["unused-suppression web/static/js/app.js"]);
    let ran = workspace.write("space/.spaces-new.toml", "[check]\nunused-suppression = \"error\"\n").run("check space");
    assert_eq!(ran.code(), 1, "{}", ran.shown());
    let ran = workspace.run("check space --only unused-suppression");
    assert!(ran.stdout().contains("error[unused-suppression]"), "{}", ran.shown());
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

#[test]
fn a_linked_worktree_is_judged_by_its_own_index() {
    let workspace = Workspace::new();
    let folder = workspace.path().join("space");
    space(&workspace);
    workspace.write("space/.gitignore", ".env\n").write("space/.env", "HF_TOKEN=abcdefgh\n");
    if git(&folder, &["init", "--quiet"]).is_none() {
        return;
    }
    git(&folder, &["add", "."]).unwrap();
    git(&folder, &["commit", "--quiet", "--message", "x"]).unwrap();
    git(&folder, &["worktree", "add", "--quiet", "../tree"]).unwrap();
    let tree = workspace.path().join("tree");
    workspace.write("tree/.env", "HF_TOKEN=abcdefgh\n");
    assert_eq!(found(&tree), [""; 0], "ignored");
    git(&tree, &["add", "--force", ".env"]).unwrap();
    assert_eq!(found(&tree), ["env-file-pushed .env"]);
    assert_eq!(found(&folder), [""; 0], "the other index does not have it");
}

/// The size of a small object does not show whether it is a pointer: its name does.
#[test]
fn a_small_binary_that_git_stores_directly_is_found() {
    let workspace = Workspace::new();
    let folder = workspace.path().join("space");
    space(&workspace);
    workspace
        .write("space/.gitattributes", "*.pkl filter=lfs diff=lfs merge=lfs -text\n")
        .write("space/labels.pkl", [128, 4, 149, 0, 1, 2]);
    if git(&folder, &["init", "--quiet"]).is_none() {
        return;
    }
    git(&folder, &["add", "."]).unwrap();
    assert_eq!(found(&folder), ["binary-without-lfs labels.pkl"]);
    workspace.write("space/labels.pkl", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 6\n");
    git(&folder, &["add", "."]).unwrap();
    workspace.write("space/labels.pkl", [128, 4, 149, 0, 1, 2]);
    assert_eq!(found(&folder), [""; 0], "git has the pointer");
}
