//! The version of Gradio in the front matter beside dependencies that ask for another one.

use super::{APP, written};
use crate::support::Workspace;

const CODE: &str = "
```app.py
import gradio as gr

gr.Interface(str.upper, \"text\", \"text\").launch()
```
";

/// The app with a file that names its dependencies.
fn app(file: &str, content: &str) -> Workspace {
    let workspace = written(CODE);
    workspace.write(&format!("{APP}/{file}"), content);
    workspace
}

fn readme(workspace: &Workspace) -> String {
    String::from_utf8(workspace.files(APP)["README.md"].clone()).unwrap()
}

/// The value of a key in the front matter.
fn value(workspace: &Workspace, key: &str) -> String {
    let readme = readme(workspace);
    let line = readme.lines().find_map(|line| line.strip_prefix(&format!("{key}: ")));
    line.unwrap_or_else(|| panic!("{key}: {readme}")).trim_matches('"').to_owned()
}

#[test]
fn the_readme_names_a_version_that_the_dependencies_allow() {
    for words in ["--sdk gradio", "--plan free", "--hardware zero-a10g"] {
        for (file, content, version, python) in [
            ("requirements.txt", "gradio==4.44.1\n", "4.44.1", ["3.12", "3.12.12"]),
            ("requirements.txt", "gradio>=4,<5\n", "4.44.1", ["3.12", "3.12.12"]),
            ("requirements.txt", "gradio~=5.9\n", "5.50.0", ["3.13", "3.12.12"]),
            ("requirements.txt", "gradio>=4\n", "6.31.0", ["3.13", "3.12.12"]),
            ("requirements.txt", "gradio==5.*\n", "5.50.0", ["3.13", "3.12.12"]),
            ("requirements.txt", "gradio>=5,<5.10\n", "5.0.0", ["3.12", "3.12.12"]),
            (
                "requirements.txt",
                "gradio==5.43.0; python_version >= '3.11'\ngradio==4.44.1; python_version < '3.11'\n",
                "5.43.0",
                ["3.13", "3.12.12"],
            ),
            (
                "requirements.txt",
                "gradio==5.44.0 ; python_full_version >= '3.10' and python_version < '4.0'\n",
                "5.44.0",
                ["3.13", "3.12.12"],
            ),
            (
                "pyproject.toml",
                "[project]\nname = \"x\"\nversion = \"0\"\nrequires-python = \">=3.10\"\ndependencies = [\"gradio>=4,<5\"]\n",
                "4.44.1",
                ["3.12", "3.12.12"],
            ),
            (
                "requirements.txt",
                "gradio @ https://a.example/gradio-4.44.1-py3-none-any.whl\n",
                "4.44.1",
                ["3.12", "3.12.12"],
            ),
            (
                "pyproject.toml",
                "[project]\nname = \"x\"\nversion = \"0\"\ndependencies = [\"gradio==5.49.1\"]\n",
                "5.49.1",
                ["3.13", "3.12.12"],
            ),
        ] {
            let workspace = app(file, content);
            let shown = workspace.run(&format!("init {APP} --yes {words}")).ok();
            assert_eq!(value(&workspace, "sdk_version"), version, "{words} {content}");
            assert_eq!(
                value(&workspace, "python_version"),
                python[usize::from(words != "--sdk gradio")],
                "{words} {content}"
            );
            assert!(readme(&workspace).contains(&format!("\npip install gradio=={version} ")), "{words} {content}");
            let is_said = shown.stderr().contains(&format!("sdk_version  {version}  ({file}:"));
            assert_eq!(is_said, version != "6.31.0", "{}", shown.shown());
            let check = workspace
                .run(&format!("check {APP} --only gradio-beside-sdk-version --only old-package-on-new-python"));
            assert!(check.code() == 0 && check.stdout().contains("no problems"), "{}", check.shown());
            let before = workspace.files(APP);
            for again in [format!("init {APP} --yes"), format!("update {APP}"), format!("update {APP} --check")] {
                workspace.run(&again).ok();
                assert!(workspace.files(APP) == before, "{content}: {again}");
            }
        }
    }
}

#[test]
fn a_range_without_a_known_version_is_refused() {
    let workspace = app("requirements.txt", "requests\ngradio!=6.31.0\n");
    let before = workspace.files(APP);
    let refused = workspace.run(&format!("init {APP} --yes --plan free"));
    assert_eq!(refused.code(), 2, "{}", refused.shown());
    for says in ["`gradio!=6.31.0` in requirements.txt:2", "`sdk_version`", "hint: pin the version"] {
        assert!(refused.stderr().contains(says), "{says}: {}", refused.shown());
    }
    assert!(workspace.files(APP) == before);
    workspace.run(&format!("init {APP} --yes")).ok();
    let moved = workspace.run(&format!("update {APP} --sdk gradio"));
    assert!(moved.code() == 2 && moved.stderr().contains("hint: pin the version"), "{}", moved.shown());
}

#[test]
fn a_version_of_the_readme_stays() {
    for (there, requirement) in [("4.36.1", "gradio>=4,<5"), ("5.9.1", "gradio==4.44.1"), ("4.36.1", "gradio<3")] {
        let workspace = app("requirements.txt", requirement);
        let own = format!("---\ntitle: Mine\nsdk: gradio\nsdk_version: {there}\napp_file: app.py\n---\n");
        workspace.write(&format!("{APP}/README.md"), own);
        let shown = workspace.run(&format!("init {APP} --yes")).ok();
        assert_eq!(value(&workspace, "sdk_version"), there, "{requirement}");
        assert!(!shown.stderr().contains("sdk_version"), "{}", shown.shown());
        workspace.run(&format!("update {APP}")).ok();
        assert_eq!(value(&workspace, "sdk_version"), there, "{requirement}");
    }
}

#[test]
fn another_requirement_moves_the_version_that_was_generated() {
    let workspace = app("requirements.txt", "gradio==4.44.1\n");
    workspace.run(&format!("init {APP} --yes --plan free")).ok();
    workspace.write(&format!("{APP}/requirements.txt"), "gradio==5.50.0\n");
    workspace.run(&format!("update {APP}")).ok();
    assert_eq!(value(&workspace, "sdk_version"), "5.50.0");
    assert!(readme(&workspace).contains("pip install gradio==5.50.0 "));
    fs_err::remove_file(workspace.path().join(APP).join(".spaces-new.base")).unwrap();
    workspace.run(&format!("update {APP}")).ok();
    assert_eq!(value(&workspace, "sdk_version"), "5.50.0");
}

#[test]
fn a_version_that_a_person_has_changed_is_never_taken_for_a_generated_one() {
    // In quotes, as it is generated
    for (first, own, later) in [("gradio<6", "5.9.1", "gradio"), ("gradio>=4,<5", "4.36.1", "gradio>=5")] {
        let workspace = app("requirements.txt", first);
        workspace.run(&format!("init {APP} --yes --sdk gradio")).ok();
        let made = value(&workspace, "sdk_version");
        workspace.write(&format!("{APP}/README.md"), readme(&workspace).replacen(&made, own, 1));
        for requirement in [first, first, later, later, later] {
            workspace.write(&format!("{APP}/requirements.txt"), requirement);
            workspace.run(&format!("update {APP}")).ok();
            assert_eq!(value(&workspace, "sdk_version"), own, "{requirement}");
        }
    }
    // The same of one that was there before the Space
    let workspace = app("requirements.txt", "gradio>=4,<5\n");
    let own = "---\nsdk: gradio\nsdk_version: \"4.36.1\"\napp_file: app.py\n---\n";
    workspace.write(&format!("{APP}/README.md"), own);
    workspace.run(&format!("init {APP} --yes")).ok();
    workspace.write(&format!("{APP}/requirements.txt"), "gradio\n");
    for _ in 0..2 {
        workspace.run(&format!("update {APP}")).ok();
        assert_eq!(value(&workspace, "sdk_version"), "4.36.1");
    }
}

#[test]
fn a_generated_version_is_not_moved_to_one_that_the_dependencies_exclude() {
    for is_changed in [false, true] {
        let workspace = app("requirements.txt", "gradio<5\n");
        workspace.run(&format!("init {APP} --yes --sdk gradio")).ok();
        assert_eq!(value(&workspace, "sdk_version"), "4.44.1");
        if is_changed {
            workspace.write(&format!("{APP}/README.md"), readme(&workspace) + "\nMine.\n");
        }
        workspace.write(&format!("{APP}/requirements.txt"), "gradio<4.44\n");
        let before = workspace.files(APP);
        for command in ["update my-app", "init my-app --yes", "update my-app --on-conflict keep"] {
            let refused = workspace.run(command);
            assert_eq!(refused.code(), 2, "{command}: {}", refused.shown());
            assert!(refused.stderr().contains("`gradio<4.44` in requirements.txt:1"), "{}", refused.shown());
            assert!(workspace.files(APP) == before, "{command}");
        }
        // A version of the person settles it
        workspace.write(&format!("{APP}/README.md"), readme(&workspace).replacen("\"4.44.1\"", "\"4.40.0\"", 1));
        for command in ["update my-app", "init my-app --yes", "update my-app"] {
            workspace.run(command).ok();
            assert_eq!(value(&workspace, "sdk_version"), "4.40.0", "{command}");
            assert!(readme(&workspace).contains("pip install gradio==4.44.1 "), "nothing else moves");
        }
    }
}

#[test]
fn the_python_follows_a_gradio_that_moves() {
    let edited = |workspace: &Workspace| {
        let text = readme(workspace) + "mine\n";
        workspace.write(&format!("{APP}/README.md"), &text);
    };
    for again in [format!("init {APP} --yes"), format!("update {APP}")] {
        let workspace = app("requirements.txt", "gradio==6.31.0\n");
        workspace.run(&format!("init {APP} --yes --sdk gradio")).ok();
        assert_eq!(value(&workspace, "python_version"), "3.13");
        workspace.write(&format!("{APP}/requirements.txt"), "gradio==4.44.1\n");
        let output = workspace.run(&again).ok();
        assert!(!output.stderr().contains("the Space sets it"), "{}", output.stderr());
        let values = || ["sdk_version", "python_version"].map(|key| value(&workspace, key));
        assert_eq!(values(), ["4.44.1", "3.12"], "{again}");
        workspace.run(&again).ok();
        assert_eq!(values(), ["4.44.1", "3.12"], "{again}");
    }
    // What somebody says stays, and so does a README that somebody has changed
    for words in [" --python 3.13", ""] {
        let workspace = app("requirements.txt", "gradio==6.31.0\n");
        workspace.run(&format!("init {APP} --yes --sdk gradio{words}")).ok();
        if words.is_empty() {
            edited(&workspace);
        }
        workspace.write(&format!("{APP}/requirements.txt"), "gradio==4.44.1\n");
        workspace.run(&format!("init {APP} --yes")).ok();
        assert_eq!(value(&workspace, "python_version"), "3.13", "{words}");
    }
}

#[test]
fn gradio_is_never_a_further_package_on_the_hub() {
    let workspace = app("Pipfile", "[packages]\ngradio = \"~=5.9\"\n");
    workspace.run(&format!("init {APP} --yes --sdk gradio")).ok();
    assert_eq!(value(&workspace, "sdk_version"), "5.50.0");
}

#[test]
fn an_image_gets_a_python_for_the_newest_gradio_that_is_allowed() {
    for (requirement, python) in [("gradio>=4,<5", "3.12"), ("gradio<6", "3.13"), ("gradio>=4", "3.13")] {
        let workspace = app("requirements.txt", requirement);
        workspace.run(&format!("init {APP} --yes")).ok();
        let dockerfile = String::from_utf8(workspace.files(APP)["Dockerfile"].clone()).unwrap();
        assert!(dockerfile.contains(&format!("FROM python:{python}-slim")), "{requirement}: {dockerfile}");
    }
}

const PROJECT: &str = "[project]\nname = \"x\"\nversion = \"0\"\ndependencies = [\n    \"gradio==5.45.0\",\n]\n";

fn lock(version: &str) -> String {
    format!("version = 1\n\n[[package]]\nname = \"gradio\"\nversion = \"{version}\"\n")
}

#[test]
fn a_kept_requirements_file_decides() {
    let workspace = app("pyproject.toml", &PROJECT.replace("5.45.0", "5.49.1"));
    workspace.run(&format!("init {APP} --yes --sdk gradio")).ok();
    workspace.write(&format!("{APP}/requirements.txt"), "gradio==5.50.0\n");
    workspace.write(&format!("{APP}/pyproject.toml"), PROJECT);
    let kept = workspace.run(&format!("update {APP} --on-conflict keep")).ok();
    assert_eq!(value(&workspace, "sdk_version"), "5.50.0", "{}", kept.shown());
    assert!(readme(&workspace).contains("pip install gradio==5.50.0 "));
    let says = "Gradio 5.50.0, by `sdk_version` in README.md:7, and pyproject.toml:5 names `gradio==5.45.0`";
    assert!(kept.stderr().contains(says), "{}", kept.shown());
    for again in ["update my-app --check --on-conflict keep", "update my-app --pins-only", "init my-app --yes"] {
        let shown = workspace.run(again).ok();
        assert!(shown.stderr().contains(says), "{}", shown.shown());
        assert_eq!(value(&workspace, "sdk_version"), "5.50.0", "{again}");
    }
    workspace.run(&format!("update {APP} --on-conflict replace")).ok();
    workspace.write(&format!("{APP}/requirements.txt"), "gradio!=6.31.0\n");
    let unknown = workspace.run(&format!("init {APP} --yes --sdk docker")).ok();
    assert!(!unknown.stderr().contains("sdk_version"), "{}", unknown.shown());
    let unknown = workspace.run(&format!("init {APP} --yes --sdk gradio"));
    assert!(unknown.stderr().contains("`gradio!=6.31.0` in requirements.txt:1"), "{}", unknown.shown());
}

#[test]
fn what_the_hub_installs_decides_beside_a_lock() {
    for name in ["uv.lock", "poetry.lock", "pdm.lock"] {
        let workspace = app("pyproject.toml", PROJECT);
        workspace.write(&format!("{APP}/{name}"), lock("5.45.0"));
        workspace.write(&format!("{APP}/requirements.txt"), "gradio==5.50.0\n");
        let shown = workspace.run(&format!("init {APP} --yes --sdk gradio")).ok();
        assert_eq!(value(&workspace, "sdk_version"), "5.50.0", "{name}");
        for place in ["pyproject.toml:5".to_owned(), format!("{name}:4")] {
            assert!(shown.stderr().contains(&format!("{place} names `gradio==5.45.0`")), "{}", shown.shown());
        }
        let check = workspace.run(&format!("check {APP} --only gradio-beside-sdk-version"));
        assert!(check.stdout().contains("no problems"), "{}", check.shown());
    }
}

#[test]
fn a_locked_version_is_that_of_the_space() {
    for (locked, python) in [("5.45.0", "3.13"), ("4.44.1", "3.12")] {
        let workspace = app("pyproject.toml", &PROJECT.replace("==5.45.0", ">=4"));
        workspace.write(&format!("{APP}/uv.lock"), lock(locked));
        let shown = workspace.run(&format!("init {APP} --yes --sdk gradio")).ok();
        assert_eq!(value(&workspace, "sdk_version"), locked);
        assert_eq!(value(&workspace, "python_version"), python);
        let says = format!("sdk_version  {locked}  (uv.lock:4 locks `gradio=={locked}`)");
        assert!(shown.stderr().contains(&says), "{}", shown.shown());
        workspace.write(&format!("{APP}/uv.lock"), lock("5.49.1"));
        workspace.run(&format!("update {APP}")).ok();
        assert_eq!(value(&workspace, "sdk_version"), "5.49.1");
    }
}

#[test]
fn a_version_in_a_constraints_file_counts() {
    let workspace = app("requirements.txt", "gradio\n-c constraints.txt\n");
    workspace.write(&format!("{APP}/constraints.txt"), "numpy<3\ngradio==4.44.1\n");
    let shown = workspace.run(&format!("init {APP} --yes --sdk gradio")).ok();
    assert_eq!(
        (value(&workspace, "sdk_version"), value(&workspace, "python_version")),
        ("4.44.1".into(), "3.12".into())
    );
    assert!(shown.stderr().contains("constraints.txt:2 asks for `gradio==4.44.1`"), "{}", shown.shown());
}
