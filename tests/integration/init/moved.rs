//! A Space that is moved between a Dockerfile, the Hub's Gradio image and ZeroGPU.

use super::{APP, ordinary};
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
fn the_starter_app_that_somebody_changed_stays() {
    let workspace = Workspace::new();
    workspace.run("my-app -t gradio --yes --vcs none").ok();
    workspace.write("my-app/app.py", text(&workspace, "app.py") + "# mine\n");
    let shown = workspace.run("init my-app --plan free --yes").ok().stdout();
    assert!(shown.contains("keep      app.py"), "{shown}");
    assert!(text(&workspace, "app.py").ends_with("# mine\n"));
    let refused = workspace.run("init my-app --plan paid --sdk docker -t flask --yes");
    assert!(refused.code() == 2 && refused.stderr().contains("made from the template `gradio`"), "{}", refused.shown());
}

#[test]
fn an_upgrade_does_not_move_a_space() {
    let workspace = ordinary();
    workspace.run("init my-app --plan free --yes").ok();
    workspace.run("init my-app --plan paid --yes").ok();
    assert_eq!(kind(&workspace)[0], "sdk: gradio");
    assert!(!has(&workspace, "Dockerfile"));
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
