//! Later runs, with other answers or after changes to what an earlier run made.

use super::{APP, ordinary, written};
use crate::support::Workspace;

const FLASK: &str = "
```app.py
import os

from flask import Flask

app = Flask(__name__)
API_KEY = os.environ[\"API_KEY\"]
```

```requirements.txt
flask==3.1.2
```
";

const TWO: &str = "
```ui.py
import gradio as gr

demo = gr.Interface(str.upper, \"text\", \"text\")
demo.launch()
```

```api.py
from fastapi import FastAPI

app = FastAPI()
```

```requirements.txt
fastapi==0.165.0
gradio==6.31.0
```
";

fn text(workspace: &Workspace, path: &str) -> String {
    String::from_utf8(workspace.files(APP)[path].clone()).unwrap()
}

#[test]
fn another_port_reaches_the_start_command_that_was_found() {
    let workspace = written(FLASK);
    workspace.run("init my-app --yes").ok();
    workspace.run("init my-app --yes --port 9000").ok();
    let dockerfile = text(&workspace, "Dockerfile");
    assert!(dockerfile.contains("0.0.0.0:9000") && !dockerfile.contains("7860"), "{dockerfile}");
    workspace.run("check my-app --fail-on warning").ok();
}

#[test]
fn a_given_start_command_stays_whatever_the_port() {
    let workspace = written(FLASK);
    workspace.run_words(&["init", "my-app", "--yes", "--command", "python serve.py"]).ok();
    workspace.run("init my-app --yes --port 9000").ok();
    assert!(text(&workspace, "Dockerfile").contains(r#"CMD ["python", "serve.py"]"#));
}

#[test]
fn another_app_gets_its_own_start_command() {
    let workspace = written(TWO);
    workspace.run("init my-app --yes --app-file ui.py").ok();
    workspace.run("init my-app --yes --app-file api.py").ok();
    assert!(text(&workspace, "Dockerfile").contains(r#"CMD ["uvicorn", "api:app""#));
    assert!(text(&workspace, ".spaces-new.toml").contains(r#"template = "fastapi""#));
    let before = workspace.files(APP);
    let ran = workspace.run("init my-app --yes --app-file nope.py");
    assert_eq!(ran.code(), 2, "{}", ran.shown());
    assert!(ran.stderr().contains("no app was found in `nope.py`"), "{}", ran.shown());
    assert!(workspace.files(APP) == before);
}

#[test]
fn an_app_that_was_moved_is_found_again() {
    let workspace = written(FLASK);
    workspace.run("init my-app --yes").ok();
    let (from, to) = (workspace.path().join("my-app/app.py"), workspace.path().join("my-app/service.py"));
    fs_err::rename(from, to).unwrap();
    workspace.run("init my-app --yes").ok();
    let dockerfile = text(&workspace, "Dockerfile");
    assert!(dockerfile.contains("service:app") && dockerfile.contains("gunicorn=="), "{dockerfile}");
}

#[test]
fn the_image_of_the_hub_needs_no_start_command() {
    let workspace = written(&TWO.replace("```api.py", "```notes.txt"));
    workspace.run("init my-app --yes --sdk gradio").ok();
    assert!(!workspace.files(APP).contains_key("Dockerfile"));
    assert!(!text(&workspace, ".spaces-new.toml").contains("command"));
    workspace.run("init my-app --yes --sdk docker --migrate").ok();
    assert!(text(&workspace, "Dockerfile").contains(r#"CMD ["python", "ui.py"]"#));
    workspace.run("check my-app").ok();
}

#[test]
fn a_changed_dockerfile_stays() {
    let workspace = written(FLASK);
    workspace.run("init my-app --yes").ok();
    workspace.write("my-app/Dockerfile", text(&workspace, "Dockerfile") + "# mine\n");
    let before = workspace.files(APP);
    let ran = workspace.run("init my-app --yes").ok();
    assert!(ran.stdout().contains("changed by you"), "{}", ran.shown());
    assert!(workspace.files(APP) == before);
    let ran = workspace.run("init my-app --yes --port 9000");
    assert_eq!(ran.code(), 1, "another Dockerfile is wanted: {}", ran.shown());
    assert!(workspace.files(APP) == before);
    workspace.run("init my-app --yes --on-conflict replace").ok();
    assert!(text(&workspace, "Dockerfile.orig").ends_with("# mine\n"));
    assert!(!text(&workspace, "Dockerfile").contains("# mine"));
}

const GRADIO: &str = "
```app.py
import gradio as gr

gr.Interface(print, \"text\", \"text\").launch()
```

```requirements.txt
gradio
```
";

#[test]
fn defaults_are_not_kept_like_chosen_answers() {
    let workspace = written(GRADIO);
    workspace.run("init my-app --yes").ok();
    let kept = text(&workspace, ".spaces-new.toml");
    for key in ["emoji", "sdk", "python", "installer", "port", "dev_mode"] {
        assert!(!kept.contains(&format!("\n{key} = ")), "{key}: {kept}");
    }
    let ran = workspace.run("init my-app --yes").ok();
    assert!(ran.stdout().contains("nothing was written"), "the README's defaults are not a choice: {}", ran.shown());
    workspace.run("init my-app --yes --sdk gradio --hardware zero-a10g --migrate").ok();
    assert!(text(&workspace, "README.md").contains("python_version: \"3.12.12\""));
    let ran = workspace.run("init my-app --yes").ok();
    assert!(ran.stdout().contains("nothing was written"), "{}", ran.shown());
    assert!(!text(&workspace, ".spaces-new.toml").contains("python"));
}

/// Such as one that a newer version wrote.
#[test]
fn an_unknown_key_among_the_kept_answers_changes_nothing() {
    let workspace = written(GRADIO);
    let kept = "template = \"gradio\"\ntemplate_version = \"1.0.0\"\ntitle = \"App\"\napp_file = \"app.py\"\nfoo = 1\n";
    workspace.write("my-app/.spaces-new.toml", kept);
    workspace.run("init my-app --yes").ok();
    let before = workspace.files(APP);
    let ran = workspace.run("init my-app --yes").ok();
    assert!(ran.stdout().contains("nothing was written"), "{}", ran.shown());
    assert!(workspace.files(APP) == before);

    let workspace = written(GRADIO);
    workspace.run("init my-app --yes --sdk gradio --hardware zero-a10g").ok();
    workspace.write("my-app/.spaces-new.toml", text(&workspace, ".spaces-new.toml") + "extra = 1\n");
    let before = workspace.files(APP);
    workspace.run("init my-app --yes").ok();
    assert!(workspace.files(APP) == before);
}

#[test]
fn an_exact_python_of_zero_gpu_in_the_readme_is_used() {
    let workspace = written(GRADIO);
    workspace.run("init my-app --yes --sdk gradio --hardware zero-a10g").ok();
    workspace.write("my-app/README.md", text(&workspace, "README.md").replace("3.12.12", "3.10.13"));
    workspace.run("init my-app --yes").ok();
    assert!(text(&workspace, "README.md").contains("python_version: \"3.10.13\""));
    let ran = workspace.run("init my-app --yes").ok();
    assert!(ran.stdout().contains("nothing was written"), "{}", ran.shown());
    // An image has no exact version
    workspace.run("init my-app --yes --sdk docker --migrate --hardware cpu-basic --python 3.10").ok();
    assert!(text(&workspace, "Dockerfile").contains("FROM python:3.10-"));
}

#[test]
fn changes_to_the_readme_are_kept() {
    let workspace = written(GRADIO);
    workspace.run("init my-app --yes").ok();
    workspace.write("my-app/README.md", text(&workspace, "README.md").replace("emoji: 📝", "emoji: 🐢"));
    workspace.run("init my-app --yes").ok();
    assert!(text(&workspace, ".spaces-new.toml").contains("emoji = \"🐢\""));
    assert!(text(&workspace, "README.md").contains("emoji: 🐢"));
}

/// Earlier versions kept defaults too.
#[test]
fn kept_answers_with_defaults_in_them_are_read() {
    let workspace = written(GRADIO);
    let kept = "template = \"gradio\"\ntemplate_version = \"1.0.0\"\ntitle = \"App\"\nemoji = \"📝\"\nsdk = \"docker\"\n\
        app_file = \"app.py\"\ndependencies = \"requirements.txt\"\ncommand = [\"python\", \"app.py\"]\npython = \"3.12\"\n\
        installer = \"pip\"\nport = 7860\ndev_mode = false\n";
    workspace.write("my-app/.spaces-new.toml", kept);
    workspace.run("init my-app --yes").ok();
    assert!(text(&workspace, "Dockerfile").contains("FROM python:3.12-"));
    assert!(text(&workspace, ".spaces-new.toml").contains("dev_mode = false"));
    let ran = workspace.run("init my-app --yes").ok();
    assert!(ran.stdout().contains("nothing was written"), "{}", ran.shown());
}

#[test]
fn settings_of_the_check_stay_beside_other_answers() {
    let workspace = written(FLASK);
    workspace.run("init my-app --yes").ok();
    let settings = "\n[check]\npedantic = true # mine\n";
    workspace.write("my-app/.spaces-new.toml", text(&workspace, ".spaces-new.toml") + settings);
    workspace.run("init my-app --yes --title Other --variable API_KEY=public").ok();
    let answers = text(&workspace, ".spaces-new.toml");
    assert!(answers.ends_with(settings) && answers.contains("title = \"Other\""), "{answers}");
    assert!(!answers.contains("secrets"), "{answers}");
    let ran = workspace.run("init my-app --yes").ok();
    assert!(ran.stdout().contains("nothing was written"), "{}", ran.shown());
}

/// It may contain the only copy of a key.
#[test]
fn an_env_file_is_never_overwritten() {
    let workspace = written(FLASK);
    let ran = workspace.run("init my-app --dry-run --format json").ok();
    assert!(ran.stdout().contains("cp .env.example .env"), "{}", ran.shown());
    workspace.write("my-app/.env", "API_KEY=real\n");
    let ran = workspace.run("init my-app --yes").ok();
    assert!(ran.stdout().contains("--env-file .env"), "{}", ran.shown());
    assert!(!ran.stdout().contains("cp .env.example"), "{}", ran.shown());
}

/// Otherwise the next run would find a file that it must not read, and stop.
#[test]
fn an_example_of_the_environment_that_git_would_leave_out_is_let_in() {
    let workspace = written(FLASK);
    workspace.write("my-app/.gitignore", ".env*\n");
    workspace.run("init my-app --yes").ok();
    assert!(text(&workspace, ".gitignore").contains("\n!/.env.example\n"), "{}", text(&workspace, ".gitignore"));
    let ran = workspace.run("init my-app --yes").ok();
    assert!(ran.stdout().contains("nothing was written"), "{}", ran.shown());
}

/// pip installs no two versions of one package.
#[test]
fn a_server_in_the_requirements_is_not_installed_twice() {
    let workspace = written(FLASK);
    workspace.run("init my-app --yes").ok();
    assert!(text(&workspace, "Dockerfile").contains("gunicorn=="));
    workspace.write("my-app/requirements.txt", "flask==3.1.2\ngunicorn==23.0.0\n");
    workspace.run("init my-app --yes").ok();
    assert!(!text(&workspace, "Dockerfile").contains("gunicorn=="), "{}", text(&workspace, "Dockerfile"));
}

/// Invalid answers are refused before an earlier run could have written others beside them.
#[test]
fn an_answers_file_with_other_contents_is_refused_at_once() {
    let workspace = ordinary();
    workspace.write("my-app/.spaces-new.toml", "[server]\nport = 1\n");
    let before = workspace.files(APP);
    let ran = workspace.run("init my-app --yes");
    assert!(ran.code() == 2 && ran.stderr().contains("`server` in line 1"), "{}", ran.shown());
    assert_eq!(workspace.files(APP), before);
}

#[test]
fn a_deleted_answers_file_comes_back_as_it_was() {
    for (app, words) in [(FLASK, "init my-app --yes"), (TWO, "init my-app --yes --app-file api.py")] {
        let workspace = written(app);
        workspace.run(words).ok();
        let first = workspace.files(APP);
        fs_err::remove_file(workspace.path().join("my-app/.spaces-new.toml")).unwrap();
        workspace.run("init my-app --yes").ok();
        let before = String::from_utf8_lossy(&first[".spaces-new.toml"]);
        assert_eq!(text(&workspace, ".spaces-new.toml"), before);
        assert!(workspace.files(APP) == first);
    }
}

#[test]
fn a_dockerfile_that_was_changed_is_nobodys_but_yours() {
    let workspace = written(FLASK);
    workspace.run("init my-app --yes").ok();
    fs_err::remove_file(workspace.path().join("my-app/.spaces-new.toml")).unwrap();
    let changed = format!("{}# mine\n", text(&workspace, "Dockerfile"));
    workspace.write("my-app/Dockerfile", &changed);
    workspace.run("init my-app --yes").ok();
    assert_eq!(text(&workspace, "Dockerfile"), changed);
    assert!(text(&workspace, ".spaces-new.toml").contains("app_file = \"Dockerfile\""));
}

#[test]
fn a_space_made_from_a_template_is_said_to_be_one() {
    let workspace = Workspace::new();
    workspace.run("my-app --template gradio --yes --vcs none").ok();
    let ran = workspace.run("init my-app --yes");
    assert_eq!(ran.code(), 2, "{}", ran.shown());
    assert!(ran.stderr().contains("this is a Space already"), "{}", ran.shown());
}
