//! The `requirements.txt` of an app that names its packages in `pyproject.toml`, for the Hub's own image.

use super::{APP, written};
use crate::support::Workspace;

const APP_OF_A_PROJECT: &str = "
```app.py
import gradio as gr

gr.Interface(str.upper, \"text\", \"text\").launch()
```

```pyproject.toml
[project]
name = \"x\"
version = \"0\"
dependencies = [
    \"gradio~=5.9\",
    \"polars>=1\",
]
```
";

const LINES: &str = "gradio~=5.9\npolars>=1\n";

fn text(workspace: &Workspace, path: &str) -> Option<String> {
    workspace.files(APP).get(path).map(|bytes| String::from_utf8(bytes.clone()).unwrap())
}

/// The requirements without the comment above them.
fn requirements(workspace: &Workspace) -> Option<String> {
    Some(
        text(workspace, "requirements.txt")?
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| [line, "\n"])
            .collect(),
    )
}

fn edit(workspace: &Workspace, path: &str, from: &str, to: &str) {
    let before = text(workspace, path).unwrap();
    assert!(before.contains(from), "{before}");
    workspace.write(&format!("{APP}/{path}"), before.replace(from, to));
}

fn set_sdk(workspace: &Workspace) {
    workspace.run(&format!("init {APP} --yes --sdk gradio")).ok();
}

#[test]
fn the_hub_gets_the_requirements_of_the_project() {
    let workspace = written(APP_OF_A_PROJECT);
    let shown = workspace.run(&format!("init {APP} --yes --sdk gradio --dry-run --diff")).ok();
    assert!(
        shown.stdout().contains("+++ b/requirements.txt") && shown.stdout().contains("+polars>=1"),
        "{}",
        shown.shown()
    );
    assert!(shown.stderr().contains("which is made of `pyproject.toml`"), "{}", shown.shown());
    assert_eq!(requirements(&workspace), None);
    set_sdk(&workspace);
    assert_eq!(requirements(&workspace).as_deref(), Some(LINES));
    assert!(text(&workspace, "README.md").unwrap().contains("sdk_version: \"5.50.0\""));
    workspace.run(&format!("check {APP} --fail-on warning")).ok();
    let before = workspace.files(APP);
    for again in ["init my-app --yes", "update my-app", "update my-app --check", "update my-app --pins-only"] {
        workspace.run(again).ok();
        assert!(workspace.files(APP) == before, "{again}");
    }
}

#[test]
fn a_space_that_moves_to_the_hub_gets_it_too() {
    let workspace = written(APP_OF_A_PROJECT);
    workspace.run(&format!("init {APP} --yes")).ok();
    assert_eq!(requirements(&workspace), None, "an image installs the project");
    workspace.run(&format!("init {APP} --yes --plan free")).ok();
    assert_eq!(requirements(&workspace).as_deref(), Some(LINES));
}

#[test]
fn an_update_follows_the_project_and_keeps_lines_of_a_person() {
    let workspace = written(APP_OF_A_PROJECT);
    set_sdk(&workspace);
    edit(&workspace, "requirements.txt", "polars>=1\n", "polars>=1\nrequests\n");
    workspace.run(&format!("init {APP} --yes")).ok();
    assert_eq!(requirements(&workspace).unwrap(), format!("{LINES}requests\n"));
    edit(&workspace, "pyproject.toml", "gradio~=5.9", "gradio==5.49.1");
    workspace.run(&format!("init {APP} --yes")).ok();
    assert_eq!(requirements(&workspace).unwrap(), format!("{LINES}requests\n"), "`init` leaves a changed file alone");
    workspace.run(&format!("update {APP}")).ok();
    assert_eq!(requirements(&workspace).unwrap(), "gradio==5.49.1\npolars>=1\nrequests\n");
    assert!(text(&workspace, "README.md").unwrap().contains("sdk_version: \"5.49.1\""));
    fs_err::remove_file(workspace.path().join(APP).join("requirements.txt")).unwrap();
    workspace.run(&format!("update {APP}")).ok();
    assert_eq!(requirements(&workspace), None, "what was deleted stays deleted");
}

#[test]
fn an_image_that_the_space_moves_to_installs_from_it() {
    let workspace = written(APP_OF_A_PROJECT);
    set_sdk(&workspace);
    workspace.run(&format!("init {APP} --yes --sdk docker")).ok();
    assert!(text(&workspace, "Dockerfile").unwrap().contains("--requirement requirements.txt"));
    let shown = workspace.run(&format!("update {APP} --check")).ok();
    assert!(shown.stdout().contains("unchanged requirements.txt"), "{}", shown.shown());
    edit(&workspace, "pyproject.toml", "polars>=1", "polars>=1.2");
    workspace.run(&format!("update {APP}")).ok();
    assert_eq!(requirements(&workspace).as_deref(), Some("gradio~=5.9\npolars>=1.2\n"));
}

#[test]
fn a_file_of_a_person_is_never_touched() {
    for (path, content) in
        [("requirements.txt", "gradio\n"), ("Requirements.txt", "gradio\n"), (".gitignore", "requirements.txt\n")]
    {
        let workspace = written(APP_OF_A_PROJECT);
        workspace.write(&format!("{APP}/{path}"), content);
        if path == ".gitignore" {
            workspace.write(&format!("{APP}/requirements.txt"), "mine\n");
        }
        let before = workspace.files(APP);
        set_sdk(&workspace);
        workspace.run(&format!("update {APP}")).ok();
        for (path, bytes) in before.iter().filter(|(path, _)| path.to_lowercase() == "requirements.txt") {
            assert!(workspace.files(APP).get(path) == Some(bytes), "{path}");
        }
        let count = workspace.files(APP).keys().filter(|path| path.to_lowercase() == "requirements.txt").count();
        assert_eq!(count, 1, "{path}");
    }
}
