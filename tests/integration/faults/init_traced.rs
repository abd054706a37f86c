//! `init` killed before each of its system calls that change something: the folder is unchanged or complete, and
//! the next run finishes.

use std::collections::BTreeMap;

use spaces_new::Merge;

use super::super::support::Workspace;
use super::traced::{can_trace, kill_before_each_call_of};
use super::{DEMO, UNFINISHED, has_journal};

const INIT: &str = "init demo --yes -q";

fn app(workspace: &Workspace) {
    workspace.write("demo/app.py", "import gradio as gr\n\ngr.Interface(str, 'text', 'text').launch()\n");
    workspace.write("demo/requirements.txt", "gradio==6.31.0\n");
    workspace.write("demo/README.md", "# Mine\n");
    workspace.write("demo/.gitignore", ".venv/\n");
}

fn files(workspace: &Workspace) -> BTreeMap<String, Vec<u8>> {
    workspace.files(DEMO)
}

#[test]
fn init_is_done_or_undone_after_a_kill_at_each_call() {
    if !can_trace() {
        return;
    }
    let workspace = Workspace::new();
    app(&workspace);
    let before = files(&workspace);
    workspace.run(INIT).ok();
    let after = files(&workspace);
    assert!(after.len() > before.len());
    let mut undone = 0;
    let killed = kill_before_each_call_of(INIT, app, |workspace, case| {
        let root = workspace.path().join(DEMO);
        let recovered = Merge::recover(&root, &workspace.options()).unwrap_or_else(|error| panic!("{case}: {error}"));
        undone += usize::from(recovered.recovered);
        let now = files(workspace);
        assert!(now == before || now == after, "{case}: {:?}", now.keys());
        assert!(!root.join(UNFINISHED).exists(), "{case}");
        let run = workspace.run(INIT);
        assert_eq!(run.code(), 0, "{case}: {}", run.shown());
        assert!(files(workspace) == after, "{case}");
    });
    assert!(killed > 40, "only {killed} runs were killed");
    assert!(undone > 5, "only {undone} runs had to be undone");
}

#[test]
fn the_run_after_a_kill_says_that_it_rolled_back() {
    if !can_trace() {
        return;
    }
    let mut said = false;
    kill_before_each_call_of(INIT, app, |workspace, case| {
        let had_journal = has_journal(workspace);
        let run = workspace.run("init demo --yes");
        assert_eq!(run.code(), 0, "{case}: {}", run.shown());
        assert_eq!(run.stderr().contains("Undid the changes of an interrupted run"), had_journal, "{case}");
        said |= had_journal;
    });
    assert!(said);
}

const UPDATE: &str = "update demo --python 3.12 -q";

fn changed_space(workspace: &Workspace) {
    space_in_a_container(workspace);
    let dockerfile = fs_err::read_to_string(workspace.path().join("demo/Dockerfile")).unwrap();
    workspace.write("demo/Dockerfile", dockerfile.replace("\nCMD", "\n# mine\nCMD"));
}

#[test]
fn a_space_is_updated_or_not_after_a_kill_at_each_call() {
    if !can_trace() {
        return;
    }
    let workspace = Workspace::new();
    changed_space(&workspace);
    let before = files(&workspace);
    workspace.run(UPDATE).ok();
    let after = files(&workspace);
    let changed: Vec<&String> = after.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
    assert_eq!(changed, [".spaces-new.base", ".spaces-new.toml", "Dockerfile"]);
    let mut undone = 0;
    kill_before_each_call_of(UPDATE, changed_space, |workspace, case| {
        let root = workspace.path().join(DEMO);
        let recovered = Merge::recover(&root, &workspace.options()).unwrap_or_else(|error| panic!("{case}: {error}"));
        undone += usize::from(recovered.recovered);
        let now = files(workspace);
        assert!(now == before || now == after, "{case}: {:?}", now.keys());
        let run = workspace.run(UPDATE);
        assert_eq!(run.code(), 0, "{case}: {}", run.shown());
        assert!(files(workspace) == after, "{case}");
    });
    assert!(undone > 3, "only {undone} runs had to be undone");
}

const MOVE: &str = "init demo --plan free --yes -q";

fn space_in_a_container(workspace: &Workspace) {
    app(workspace);
    workspace.run(INIT).ok();
}

#[test]
fn a_space_is_moved_or_not_after_a_kill_at_each_call() {
    if !can_trace() {
        return;
    }
    let workspace = Workspace::new();
    space_in_a_container(&workspace);
    let before = files(&workspace);
    workspace.run(MOVE).ok();
    let after = files(&workspace);
    assert!(before.contains_key("Dockerfile") && !after.contains_key("Dockerfile"));
    let mut undone = 0;
    kill_before_each_call_of(MOVE, space_in_a_container, |workspace, case| {
        let root = workspace.path().join(DEMO);
        let recovered = Merge::recover(&root, &workspace.options()).unwrap_or_else(|error| panic!("{case}: {error}"));
        undone += usize::from(recovered.recovered);
        let now = files(workspace);
        assert!(now == before || now == after, "{case}: {:?}", now.keys());
        let run = workspace.run(MOVE);
        assert_eq!(run.code(), 0, "{case}: {}", run.shown());
        assert!(files(workspace) == after, "{case}");
    });
    assert!(undone > 3, "only {undone} runs had to be undone");
}
