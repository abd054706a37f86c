//! A Space that is moved between a Dockerfile, the Hub's Gradio image and ZeroGPU.

use super::{APP, ordinary, written};
use crate::support::Workspace;

fn text(workspace: &Workspace, path: &str) -> String {
    String::from_utf8(workspace.files(APP)[path].clone()).unwrap()
}

fn has(workspace: &Workspace, path: &str) -> bool {
    workspace.files(APP).contains_key(path)
}

/// The lines of the front matter that depend on the kind of Space.
fn kind(workspace: &Workspace) -> Vec<String> {
    let readme = text(workspace, "README.md");
    let block = readme.split("---\n").nth(1).unwrap();
    let is_of_kind = |line: &&str| ["sdk", "python_", "app_", "suggested_"].iter().any(|key| line.starts_with(key));
    block.lines().filter(is_of_kind).map(str::to_owned).collect()
}

const ON_DOCKER: [&str; 2] = ["sdk: docker", "app_port: 7860"];

const ON_ZERO_GPU: [&str; 5] = [
    "sdk: gradio",
    "sdk_version: \"6.31.0\"",
    "python_version: \"3.12.12\"",
    "app_file: app.py",
    "suggested_hardware: zero-a10g",
];

#[test]
fn an_app_moves_to_zero_gpu_and_back_with_one_flag() {
    for there in ["--plan free", "--sdk gradio --hardware zero-a10g", "--hardware zero-a10g"] {
        let workspace = ordinary();
        workspace.run("init my-app --yes").ok();
        let before = workspace.files(APP);
        assert_eq!(kind(&workspace), ON_DOCKER);
        workspace.run(&format!("init my-app --yes {there}")).ok();
        let mut moved = kind(&workspace);
        moved.sort();
        let mut expected = ON_ZERO_GPU;
        expected.sort_unstable();
        assert_eq!(moved, expected, "{there}");
        assert!(!has(&workspace, "Dockerfile") && !has(&workspace, ".dockerignore"), "{there}");
        workspace.run("init my-app --yes --sdk docker --plan paid").ok();
        assert_eq!(kind(&workspace), ON_DOCKER, "{there}");
        assert_eq!(text(&workspace, "Dockerfile").as_bytes(), before["Dockerfile"], "{there}");
        assert!(!text(&workspace, ".spaces-new.toml").contains("zero"), "{there}");
    }
}

#[test]
fn a_file_of_your_own_that_the_hub_no_longer_reads_stays_and_is_listed() {
    let workspace = ordinary();
    workspace.run("init my-app --yes").ok();
    let mine = text(&workspace, "Dockerfile") + "# mine\n";
    workspace.write("my-app/Dockerfile", &mine);
    let shown = workspace.run("init my-app --plan free --yes").ok().stdout();
    assert!(shown.contains("keep      Dockerfile        the Hub does not read it with `sdk: gradio`"), "{shown}");
    assert_eq!(text(&workspace, "Dockerfile"), mine);
}

#[test]
fn a_dockerfile_that_something_else_builds_stays() {
    for (file, content) in [
        ("compose.yaml", "services:\n  app:\n    build: .\n"),
        (".github/workflows/image.yml", "on: push\njobs:\n  image:\n    steps:\n      - run: docker build .\n"),
        ("northflank.json", "{\"dockerFilePath\": \"/Dockerfile\"}\n"),
        ("deploy/compose.yaml", "services:\n  app:\n    build: ..\n"),
        (".circleci/config.yml", "jobs:\n  a:\n    steps:\n      - run: docker build .\n"),
        ("Makefile", "image:\n\tpodman build .\n"),
        ("fly.toml", "app = \"a\"\n"),
    ] {
        let workspace = ordinary();
        workspace.run("init my-app --yes").ok();
        workspace.write(&format!("my-app/{file}"), content);
        workspace.run("init my-app --plan free --yes").ok();
        assert!(has(&workspace, "Dockerfile") && has(&workspace, ".dockerignore"), "{file}");
    }
}

#[test]
fn what_will_be_removed_is_shown_first() {
    let workspace = ordinary();
    workspace.run("init my-app --yes").ok();
    let before = workspace.files(APP);
    let shown = workspace.run("init my-app --plan free --dry-run --diff").ok().stdout();
    assert!(shown.contains("remove    Dockerfile"), "{shown}");
    assert!(shown.contains("deleted file mode 100644\n--- a/Dockerfile\n+++ /dev/null\n@@ -1,"), "{shown}");
    assert_eq!(workspace.files(APP), before);
    let json = workspace.run("init my-app --plan free --dry-run --format json").ok().json();
    let files = json["files"].as_array().unwrap();
    assert!(files.iter().any(|file| file["path"] == "Dockerfile" && file["action"] == "remove"), "{files:?}");
}

#[test]
fn the_readme_of_a_person_keeps_its_text_and_loses_the_keys_of_the_old_kind() {
    let workspace = ordinary();
    workspace.run("init my-app --yes --port 9000").ok();
    let readme = text(&workspace, "README.md").replace("It turns", "It really turns");
    workspace.write("my-app/README.md", readme.replace("sdk: docker", "sdk: docker # mine"));
    workspace.run("init my-app --plan free --yes").ok();
    let readme = text(&workspace, "README.md");
    assert!(readme.contains("It really turns a text round.") && !readme.contains("app_port"), "{readme}");
    assert!(readme.contains("sdk: gradio # mine\n") && readme.contains("suggested_hardware: zero-a10g\n"), "{readme}");
}

#[test]
fn a_made_space_becomes_one_of_a_free_account() {
    let workspace = Workspace::new();
    workspace.run("my-app -t gradio --yes --vcs none").ok();
    workspace.run("init my-app --plan free --yes").ok();
    assert_eq!(kind(&workspace), ON_ZERO_GPU);
    assert!(text(&workspace, "app.py").contains("@spaces.GPU"));
    workspace.run("check my-app --fail-on warning").ok();
    let direct = Workspace::new();
    direct.run("my-app --plan free --yes --vcs none").ok();
    assert_eq!(workspace.files(APP), direct.files(APP));
    workspace.run("init my-app --plan paid --sdk docker --yes").ok();
    direct.run("other -t gradio --plan paid --sdk docker --title my-app --yes --vcs none").ok();
    assert_eq!(text(&workspace, "Dockerfile").as_bytes(), direct.files("other")["Dockerfile"]);
}

#[test]
fn an_app_that_somebody_made_of_the_starter_is_theirs() {
    let workspace = Workspace::new();
    workspace.run("my-app -t gradio --yes --vcs none").ok();
    workspace.write("my-app/app.py", text(&workspace, "app.py") + "# mine\n");
    let before = workspace.files(APP);
    workspace.run("init my-app --plan free --yes").ok();
    for file in ["app.py", "requirements.txt", "assets/examples.txt"] {
        assert_eq!(workspace.files(APP)[file], before[file], "{file}");
    }
    assert_eq!(kind(&workspace)[0], "sdk: gradio");
    let refused = workspace.run("init my-app --plan paid --sdk docker -t flask --yes");
    assert_eq!(refused.code(), 2, "{}", refused.shown());
}

#[test]
fn a_starter_with_another_name_is_not_put_back() {
    let workspace = Workspace::new();
    workspace.run("my-app -t gradio --yes --vcs none").ok();
    let app = workspace.path().join(APP);
    fs_err::rename(app.join("app.py"), app.join("main.py")).unwrap();
    fs_err::remove_dir_all(app.join("assets")).unwrap();
    workspace.run("init my-app --plan free --yes").ok();
    assert!(!has(&workspace, "app.py") && !has(&workspace, "assets/examples.txt"));
    assert!(kind(&workspace).contains(&"app_file: main.py".to_owned()), "{:?}", kind(&workspace));
}

#[test]
fn a_starter_that_other_code_may_call_stays() {
    let workspace = Workspace::new();
    workspace.run("my-app -t gradio --yes --vcs none").ok();
    workspace.run("add replicate my-app --yes").ok();
    let before = text(&workspace, "app.py");
    workspace.run("init my-app --plan free --yes").ok();
    assert_eq!(text(&workspace, "app.py"), before);
}

const OF_ZERO_GPU: &str = "
```app.py
import spaces
import gradio as gr


@spaces.GPU
def run(text):
    return text


gr.Interface(run, \"text\", \"text\").launch()
```
";

/// A Space of somebody else, with the keys of its front matter.
fn existing(keys: &str, requirements: &str) -> Workspace {
    let workspace = written(OF_ZERO_GPU);
    workspace.write("my-app/README.md", format!("---\ntitle: Mine\nsdk: gradio\napp_file: app.py\n{keys}---\n"));
    workspace.write("my-app/requirements.txt", requirements);
    workspace
}

#[test]
fn zero_gpu_gets_a_python_that_it_has_whatever_the_app_ran_with() {
    for (keys, requirements, python) in [
        ("sdk_version: 5.0.0\nsuggested_hardware: zero-a10g\n", "torch\n", "3.10.13"),
        ("sdk_version: 5.0.0\n", "torch\n", "3.10.13"),
        ("sdk_version: 6.31.0\npython_version: \"3.12.12\"\n", "", "3.12.12"),
        ("sdk_version: 6.31.0\npython_version: \"3.10\"\n", "", "3.10.13"),
        ("sdk_version: 6.31.0\npython_version: \"3.11\"\n", "", "3.12.12"),
    ] {
        let workspace = existing(keys, requirements);
        workspace.run("init my-app --plan free --yes").ok();
        let python = format!("python_version: \"{python}\"");
        assert!(kind(&workspace).contains(&python), "{keys:?}: {:?}", kind(&workspace));
        workspace.run("init my-app --yes").ok();
    }
}

#[test]
fn a_python_that_is_found_and_not_used_is_said() {
    for (words, found) in [
        (
            "--plan free",
            Some("python     3.11  (.python-version:1 says `3.11`; ZeroGPU does not offer it: `3.12.12` is used)"),
        ),
        ("--python 3.12", Some("python        3.11  (.python-version:1 says `3.11`; another one was given)")),
        ("", None),
    ] {
        let workspace = ordinary();
        workspace.write("my-app/.python-version", "3.11\n");
        let ran = workspace.run(&format!("init my-app --dry-run {words}")).ok();
        let found = found.unwrap_or("python        3.11  (.python-version:1 says `3.11`)\n");
        assert!(ran.stderr().contains(found), "{words}: {}", ran.shown());
    }
}

#[test]
fn a_changed_readme_gets_the_python_of_its_new_hardware() {
    let workspace = Workspace::new();
    workspace.run("my-app -t gradio --sdk gradio --yes --vcs none").ok();
    workspace.write("my-app/README.md", text(&workspace, "README.md") + "mine\n");
    workspace.run("init my-app --plan free --yes").ok();
    assert!(kind(&workspace).contains(&"python_version: \"3.12.12\"".to_owned()), "{:?}", kind(&workspace));
    workspace.run("init my-app --plan paid --sdk gradio --hardware cpu-basic --yes").ok();
    assert!(kind(&workspace).contains(&"python_version: \"3.13\"".to_owned()), "{:?}", kind(&workspace));
}

#[test]
fn a_gradio_app_beside_a_dockerfile_can_move_and_the_file_of_a_person_stays() {
    let workspace = ordinary();
    workspace.write("my-app/README.md", "---\ntitle: A\nsdk: docker\napp_port: 7860\n---\n");
    workspace.write("my-app/Dockerfile", "FROM python:3.13-slim\nUSER 1000\nCMD [\"python\", \"app.py\"]\n");
    let static_page = workspace.run("init my-app -t static --plan free --yes");
    assert!(static_page.code() == 2 && static_page.stderr().contains("app_file"), "{}", static_page.shown());
    workspace.run("init my-app --plan free --yes").ok();
    assert!(kind(&workspace).contains(&"app_file: app.py".to_owned()) && has(&workspace, "Dockerfile"));
}

#[test]
fn answers_of_a_container_do_not_keep_a_space_in_one() {
    let workspace = Workspace::new();
    workspace.run("my-app -t gradio --port 8000 --installer uv --dev-mode --yes --vcs none").ok();
    workspace.run("init my-app --plan free --yes").ok();
    assert_eq!(kind(&workspace)[0], "sdk: gradio");
}

#[test]
fn our_dockerfile_is_known_without_the_answers() {
    let workspace = ordinary();
    workspace.run("init my-app --yes").ok();
    fs_err::remove_file(workspace.path().join("my-app/.spaces-new.toml")).unwrap();
    workspace.run("init my-app --plan free --yes").ok();
    assert_eq!(kind(&workspace)[0], "sdk: gradio");
}

#[test]
fn a_block_with_explicit_keys_is_left_to_its_author() {
    let workspace = ordinary();
    let readme = "---\n? sdk\n: docker\ntitle: A\napp_port: 7860\n---\n";
    workspace.write("my-app/README.md", readme);
    assert_ne!(workspace.run("init my-app --plan free --yes").code(), 0);
    assert_eq!(text(&workspace, "README.md"), readme);
}

#[test]
fn no_package_of_the_hub_and_no_paid_hardware_is_proposed() {
    let workspace = existing("sdk_version: 6.31.0\n", "torch\n");
    let ran = workspace.run("init my-app --plan free --yes").ok();
    for text in [ran.stdout(), ran.stderr()] {
        assert!(!text.contains("--pip spaces") && !text.contains("--hardware"), "{text}");
    }
    assert!(ran.stdout().contains(" spaces=="), "the app imports it: {}", ran.stdout());
}

#[test]
fn packages_that_the_hub_does_not_install_are_reported() {
    let workspace = written(OF_ZERO_GPU);
    workspace.write(
        "my-app/pyproject.toml",
        "[tool.poetry]\nname = \"x\"\nversion = \"0\"\n[tool.poetry.dependencies]\ngradio = \"*\"\npolars = \"*\"\n",
    );
    let shown = workspace.run("init my-app --plan free --yes").ok();
    assert!(shown.stderr().contains("names its own in `pyproject.toml`"), "{}", shown.shown());
    let listed = existing("sdk_version: 6.31.0\n", "polars\n");
    let shown = listed.run("init my-app --plan free --yes").ok();
    assert!(!shown.stderr().contains("names its own in"), "{}", shown.shown());
}

#[test]
fn a_pin_of_the_template_is_not_repeated() {
    let run = Workspace::new().run("q --plan free --pip torch==2.8.0 --yes");
    assert!(run.code() == 2 && run.stderr().contains("already installs `torch`"), "{}", run.shown());
}

#[test]
fn an_upgrade_does_not_move_a_space() {
    let workspace = ordinary();
    workspace.run("init my-app --plan free --yes").ok();
    let before = text(&workspace, "README.md");
    workspace.run("init my-app --plan paid --yes").ok();
    assert_eq!(text(&workspace, "README.md"), before);
    assert!(!has(&workspace, "Dockerfile"));
    let made = Workspace::new();
    made.run("my-app --plan free --yes --vcs none").ok();
    let before = text(&made, "app.py");
    made.run("init my-app --plan paid --yes").ok();
    assert_eq!(text(&made, "app.py"), before);
}

#[test]
fn what_a_free_account_cannot_create_is_refused_with_what_it_can() {
    let workspace = Workspace::new();
    for (words, what) in [
        ("demo -t docker --plan free", "cannot create a Docker Space"),
        ("demo -t streamlit --plan free", "`spaces-new add streamlit-cloud`"),
        ("demo -t gradio --sdk docker --plan free", "cannot create a Docker Space"),
        ("demo -t gradio --hardware t4-small --plan free", "cannot create a Gradio Space on `t4-small`"),
    ] {
        let run = workspace.run(words);
        assert!(run.code() == 2 && run.stderr().contains(what), "{words}: {}", run.shown());
        assert!(run.stderr().contains("set `plan` to `paid`"), "{words}: {}", run.shown());
    }
    assert!(workspace.names().is_empty());
    workspace.run("page -t static --plan free --yes").ok();
}

#[test]
fn the_next_steps_know_the_plan() {
    let workspace = Workspace::new();
    let needs = "Creating a Docker Space needs";
    assert!(workspace.run("one -t gradio --yes").ok().stdout().contains(needs));
    assert!(!workspace.run("two -t gradio --plan paid --yes").ok().stdout().contains(needs));
    assert!(workspace.run("three --plan free --yes").ok().stdout().contains("--flavor zero-a10g"));
}

#[test]
fn packages_of_debian_move_into_the_image_and_a_list_that_a_person_changed_stays() {
    let app = "
```app.py
import gradio as gr

gr.Interface(str.upper, \"text\", \"text\").launch()
```

```requirements.txt
gradio==6.31.0
```
";
    for (command, change, is_gone) in [
        ("init my-app --yes --sdk docker", None, true),
        ("update my-app --sdk docker", None, true),
        ("init my-app --yes --sdk docker", Some(("packages.txt", "ffmpeg\njq\n")), false),
        ("init my-app --yes --sdk docker", Some(("build.sh", "xargs apt-get install < packages.txt\n")), false),
    ] {
        let workspace = written(app);
        workspace.run(&format!("init {APP} --yes --sdk gradio --apt ffmpeg")).ok();
        if let Some((path, content)) = change {
            workspace.write(&format!("{APP}/{path}"), content);
        }
        let moved = workspace.run(command).ok();
        let files = workspace.files(APP);
        assert_eq!(!files.contains_key("packages.txt"), is_gone, "{command} {change:?}: {}", moved.shown());
        let is_listed =
            moved.stdout().contains("keep      packages.txt      the Hub does not read it with `sdk: docker`");
        assert_eq!(is_listed, change.is_some_and(|(path, _)| path == "packages.txt"), "{}", moved.shown());
        assert!(String::from_utf8_lossy(&files["Dockerfile"]).contains("ffmpeg"));
        workspace.run(&format!("init {APP} --yes")).ok();
        assert!(workspace.files(APP) == files, "{command}: a second run changes nothing");
        workspace.run(&format!("init {APP} --yes --sdk gradio")).ok();
        assert!(String::from_utf8_lossy(&workspace.files(APP)["packages.txt"]).contains("ffmpeg"));
    }
}
