//! The `requirements.txt` of an app that names its packages in `pyproject.toml`, for the Hub's own image.

use super::{APP, written};
use crate::support::Workspace;

pub(super) const APP_OF_A_PROJECT: &str = "
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

pub(super) fn text(workspace: &Workspace, path: &str) -> Option<String> {
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

const LOCK: &str = "version = 1\n\n[[package]]\nname = \"gradio\"\nversion = \"5.45.0\"\n\n[[package]]\nname = \"polars\"\nversion = \"1.9.0\"\n";

#[test]
fn what_was_made_follows_the_project_after_a_lock_has_come() {
    for command in ["init my-app --yes", "update my-app"] {
        let workspace = written(APP_OF_A_PROJECT);
        set_sdk(&workspace);
        workspace.write(&format!("{APP}/uv.lock"), LOCK);
        edit(&workspace, "pyproject.toml", "polars>=1", "polars>=1.2");
        let shown = workspace.run(command).ok();
        assert_eq!(requirements(&workspace).as_deref(), Some("gradio~=5.9\npolars>=1.2\n"), "{}", shown.shown());
        assert!(!shown.stderr().contains("in `uv.lock`"), "{}", shown.shown());
        assert!(text(&workspace, "README.md").unwrap().contains("sdk_version: \"5.45.0\""));
    }
}

#[test]
fn a_file_that_follows_no_more_is_reported_on_each_run() {
    let workspace = written(APP_OF_A_PROJECT);
    set_sdk(&workspace);
    edit(&workspace, "pyproject.toml", ",\n]\n", ",\n]\n\n[tool.uv.sources]\npolars = { path = \"polars\" }\n");
    for command in ["init my-app --yes", "update my-app", "update my-app"] {
        let shown = workspace.run(command).ok();
        assert!(shown.stderr().contains("from now on, change both, and remove that line"), "{}", shown.shown());
        assert_eq!(requirements(&workspace).as_deref(), Some(LINES));
    }
    workspace.write(&format!("{APP}/requirements.txt"), LINES);
    let shown = workspace.run(&format!("update {APP}")).ok();
    assert!(!shown.stderr().contains("change both"), "{}", shown.shown());
}

#[test]
fn a_project_that_cannot_be_read_for_a_moment_is_followed_again() {
    const BROKEN: &[u8] = b"[project]\n<<<<<<< HEAD\n";
    for (broken, place) in
        [(BROKEN, "pyproject.toml:2 cannot be read as TOML"), (b"\xff\x00", "pyproject.toml cannot be read as TOML")]
    {
        let workspace = written(APP_OF_A_PROJECT);
        set_sdk(&workspace);
        edit(&workspace, "requirements.txt", "polars>=1\n", "polars>=1\nrequests\n");
        let project = text(&workspace, "pyproject.toml").unwrap();
        let before = workspace.files(APP);
        workspace.write(&format!("{APP}/pyproject.toml"), broken);
        for command in ["update my-app", "init my-app --yes", "update my-app", "update my-app --check"] {
            let shown = workspace.run(command).ok();
            assert!(shown.stderr().contains(place) && !shown.stderr().contains("change both"), "{}", shown.shown());
            for path in ["requirements.txt", "README.md", ".spaces-new.base"] {
                assert!(workspace.files(APP)[path] == before[path], "{command} {path}");
            }
        }
        workspace.write(&format!("{APP}/pyproject.toml"), project.replace("polars>=1", "polars>=1.2"));
        workspace.run(&format!("update {APP}")).ok();
        assert_eq!(requirements(&workspace).unwrap(), "gradio~=5.9\npolars>=1.2\nrequests\n");
    }
}

#[test]
fn the_version_stays_while_the_file_that_decides_about_it_cannot_be_read() {
    let workspace = written(APP_OF_A_PROJECT);
    workspace.write(&format!("{APP}/uv.lock"), LOCK);
    set_sdk(&workspace);
    let readme = text(&workspace, "README.md").unwrap();
    assert!(readme.contains("sdk_version: \"5.45.0\"") && requirements(&workspace).is_none());
    fs_err::remove_file(workspace.path().join(APP).join("uv.lock")).unwrap();
    workspace.write(&format!("{APP}/pyproject.toml"), "[project\n");
    for command in ["update my-app", "update my-app"] {
        workspace.run(command).ok();
        assert_eq!(text(&workspace, "README.md").unwrap(), readme, "{command}");
    }
}

#[test]
fn a_deleted_file_stays_away_however_often_the_space_is_updated() {
    for (from, to, path) in [
        ("gradio~=5.9", "gradio<5", "pyproject.toml"),
        ("[project]\n", "[project\n", "pyproject.toml"),
        ("polars>=1", "not a requirement", "pyproject.toml"),
        ("sdk_version: \"5.50.0\"", "sdk_version: \"4.44.1\"", "README.md"),
    ] {
        let workspace = written(APP_OF_A_PROJECT);
        set_sdk(&workspace);
        fs_err::remove_file(workspace.path().join(APP).join("requirements.txt")).unwrap();
        let before = text(&workspace, path).unwrap();
        edit(&workspace, path, from, to);
        for after in [None, None, Some(&before), None] {
            if let Some(before) = after {
                workspace.write(&format!("{APP}/{path}"), before);
            }
            workspace.run(&format!("update {APP}")).ok();
            assert_eq!(requirements(&workspace), None, "{to}");
        }
    }
    // With a lock, none is planned
    let workspace = written(APP_OF_A_PROJECT);
    set_sdk(&workspace);
    fs_err::remove_file(workspace.path().join(APP).join("requirements.txt")).unwrap();
    workspace.write(&format!("{APP}/uv.lock"), LOCK);
    workspace.run(&format!("update {APP}")).ok();
    fs_err::remove_file(workspace.path().join(APP).join("uv.lock")).unwrap();
    for _ in 0..2 {
        workspace.run(&format!("update {APP}")).ok();
        assert_eq!(requirements(&workspace), None);
    }
}

#[test]
fn a_file_of_which_no_record_is_left_follows_again_once_it_is_as_made() {
    let workspace = written(APP_OF_A_PROJECT);
    set_sdk(&workspace);
    let made = text(&workspace, "requirements.txt").unwrap();
    fs_err::remove_file(workspace.path().join(APP).join(".spaces-new.base")).unwrap();
    edit(&workspace, "pyproject.toml", "polars>=1", "polars>=1.2");
    for command in ["init my-app --yes", "update my-app", "update my-app"] {
        let shown = workspace.run(command).ok();
        assert!(shown.stderr().contains("write the lines as they are there"), "{}", shown.shown());
        assert_eq!(text(&workspace, "requirements.txt").as_ref(), Some(&made));
    }
    edit(&workspace, "requirements.txt", "polars>=1", "polars>=1.2");
    let shown = workspace.run(&format!("update {APP}")).ok();
    assert!(!shown.stderr().contains("requirements.txt says"), "{}", shown.shown());
    edit(&workspace, "pyproject.toml", "polars>=1.2", "polars>=1.3");
    workspace.run(&format!("update {APP}")).ok();
    assert_eq!(requirements(&workspace).as_deref(), Some("gradio~=5.9\npolars>=1.3\n"));
}

#[test]
fn what_only_a_lock_names_and_the_app_imports_is_reported() {
    let workspace = written(APP_OF_A_PROJECT);
    workspace.write(&format!("{APP}/uv.lock"), LOCK);
    edit(&workspace, "app.py", "import gradio as gr\n", "import gradio as gr\nimport pandas\nimport polars\n");
    let shown = workspace.run(&format!("init {APP} --yes --sdk gradio --dry-run")).ok();
    assert!(shown.stderr().contains("in `requirements.txt` too: `uv export --no-dev "), "{}", shown.shown());
    assert!(!shown.stderr().contains("imports `polars`"), "{}", shown.shown());
    for (content, is_reported) in
        [("requests\n", true), ("polars\n", false), ("-r more.txt\n", false), ("-e .\n", false)]
    {
        workspace.write(&format!("{APP}/requirements.txt"), content);
        workspace.write(&format!("{APP}/more.txt"), "polars\n");
        let shown = workspace.run(&format!("init {APP} --yes --sdk gradio --dry-run")).ok();
        let says = "the app imports `polars`, whose package `uv.lock` names and `requirements.txt` does not";
        assert_eq!(shown.stderr().contains(says), is_reported, "{content}: {}", shown.shown());
        assert!(!shown.stderr().contains("imports `pandas`"), "Gradio brings it: {}", shown.shown());
        assert!(!shown.stderr().contains("in `requirements.txt` too: `uv"), "{}", shown.shown());
    }
    let docker = workspace.run(&format!("init {APP} --yes --sdk docker --dry-run")).ok();
    assert!(!docker.stderr().contains("the Hub installs"), "{}", docker.shown());
}

#[test]
fn poetry_without_a_lock_is_named_by_the_file_that_is_there() {
    let workspace = written(APP_OF_A_PROJECT);
    let project = "[tool.poetry.dependencies]\npython = \"^3.11\"\ngradio = \"^5.9\"\n";
    workspace.write(&format!("{APP}/pyproject.toml"), project);
    let shown = workspace.run(&format!("init {APP} --yes --sdk gradio --dry-run")).ok();
    assert!(shown.stderr().contains("names its own in `pyproject.toml` (pyproject.toml)"), "{}", shown.shown());
    assert!(!shown.stderr().contains("poetry"), "the Hub runs no Poetry: {}", shown.shown());
    let shown = workspace.run(&format!("init {APP} --yes --sdk docker --dry-run")).ok();
    assert!(shown.stderr().contains("run `poetry lock`"), "{}", shown.shown());
}

#[test]
fn a_package_in_src_that_nothing_installs_is_reported() {
    for (app_file, code, requirements, is_reported) in [
        ("app.py", "import mine\n", "requests\n", true),
        ("app.py", "from mine.parts import one\n", "requests\n", true),
        ("web/app.py", "import mine\n", "requests\n", true),
        ("src/app.py", "import mine\n", "requests\n", false),
        ("src/mine/app.py", "import mine\n", "requests\n", true),
        ("app.py", "import sys\nsys.path.append('src')\nimport mine\n", "requests\n", false),
        ("app.py", "try:\n    import mine\nexcept ImportError:\n    mine = None\n", "requests\n", false),
        ("app.py", "import mine\n", "mine\n", false),
        ("app.py", "import mine\n", "git+https://a.example/mine\n", false),
        ("app.py", "import mine\n", "the.project\n", false),
        ("app.py", "import own\n", "requests\n", false),
        ("app.py", "import logging\n", "requests\n", false),
    ] {
        let workspace = written("");
        for path in ["src/mine/__init__.py", "src/mine/parts.py", "src/logging/__init__.py", "own.py"] {
            workspace.write(&format!("{APP}/{path}"), "one = 1\n");
        }
        let whole = format!("{code}import gradio as gr\n\ngr.Interface(str.upper, \"text\", \"text\").launch()\n");
        workspace.write(&format!("{APP}/{app_file}"), whole);
        workspace.write(&format!("{APP}/requirements.txt"), requirements);
        workspace.write(&format!("{APP}/pyproject.toml"), "[project]\nname = \"The_Project\"\n");
        let shown = workspace.run(&format!("init {APP} --yes --sdk gradio")).ok();
        let says = "`mine` is in `src/`, where Python does not look for it";
        assert_eq!(shown.stderr().contains(says), is_reported, "{app_file} {code}: {}", shown.shown());
    }
}

#[test]
fn a_requirements_file_that_git_ignores_is_reported() {
    let workspace = written(APP_OF_A_PROJECT);
    workspace.write(&format!("{APP}/.gitignore"), "*.txt\n");
    workspace.write(&format!("{APP}/requirements.txt"), "polars\n");
    let shown = workspace.run(&format!("init {APP} --yes --sdk gradio")).ok();
    assert!(shown.stderr().contains("the Hub installs `requirements.txt`, and git ignores it"), "{}", shown.shown());
    assert!(!text(&workspace, ".gitignore").unwrap().contains('!'));
}

#[test]
fn the_readme_names_no_requirements_that_are_not_there() {
    let workspace = written(APP_OF_A_PROJECT);
    workspace.write(&format!("{APP}/uv.lock"), LOCK);
    workspace.run(&format!("init {APP} --yes --sdk gradio")).ok();
    let command = |workspace: &Workspace| {
        let readme = text(workspace, "README.md").unwrap();
        readme.lines().find(|line| line.starts_with("pip install gradio==")).unwrap().to_owned()
    };
    assert!(!command(&workspace).contains("--requirement"), "{}", command(&workspace));
    workspace.write(&format!("{APP}/requirements.txt"), "polars\n");
    workspace.run(&format!("init {APP} --yes")).ok();
    assert!(command(&workspace).ends_with(" --requirement requirements.txt"), "{}", command(&workspace));
}
