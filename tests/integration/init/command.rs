//! The command's messages and refusals.

use insta::assert_snapshot;
use spaces_new::detection::known_frameworks;

use super::{APP, ORDINARY, ordinary, written};
use crate::snapshots::settings;
use crate::support::{Workspace, is_generated, root, templates_by_use};

fn says(name: &str, shown: &str) {
    settings("cli").bind(|| assert_snapshot!(name, shown));
}

#[test]
fn a_dry_run_writes_nothing_and_shows_the_diff() {
    let workspace = ordinary();
    let before = workspace.files(APP);
    let ran = workspace.run("init my-app --dry-run --diff").ok();
    assert!(workspace.files(APP) == before);
    assert!(ran.stdout().contains("+++ b/Dockerfile"), "{}", ran.shown());
    assert!(ran.stdout().contains("--- a/README.md"), "{}", ran.shown());
    assert!(ran.stdout().ends_with("Nothing was written.\n"), "{}", ran.shown());
}

#[test]
fn data_for_programs_has_files_answers_and_evidence() {
    let workspace = ordinary();
    let value = workspace.run("init my-app --yes --format json").ok().json();
    assert_eq!(value["template"], "gradio");
    assert_eq!(value["answers"]["app_file"], "app.py");
    let files = value["files"].as_array().unwrap();
    let action =
        |path: &str| files.iter().find(|file| file["path"] == path).map(|file| file["action"].clone()).unwrap();
    assert_eq!(action("Dockerfile"), "create");
    assert_eq!(action("README.md"), "extend");
    let found = value["found"].as_array().unwrap();
    let app = found.iter().find(|found| found["key"] == "app_file").unwrap();
    assert_eq!((&app["evidence"]["path"], &app["evidence"]["line"]), (&"app.py".into(), &6.into()));
    assert_eq!(value["findings"].as_array().unwrap().len(), 0);
}

#[test]
fn failures_say_what_to_do() {
    let workspace = Workspace::new();
    workspace.write("empty/notes.txt", "nothing here\n");
    let mut shown = String::new();
    for words in ["init missing --yes", "init empty --yes", "init empty --template nonsense --yes"] {
        let ran = workspace.run(words);
        assert_eq!(ran.code(), 2, "{}", ran.shown());
        shown.push_str(&format!("$ spaces-new {words}\n{}\n", ran.shown()));
    }
    says("init-failures", &shown);
    assert_eq!(workspace.files("empty").len(), 1);
}

#[test]
fn one_of_several_apps_must_be_chosen() {
    let two = "```one.py\nimport gradio as gr\ngr.Interface(str, 'text', 'text').launch()\n```\n\
               ```two.py\nimport gradio as gr\ngr.Interface(str, 'text', 'text').launch()\n```\n\
               ```requirements.txt\ngradio==6.31.0\n```\n";
    let workspace = written(two);
    let ran = workspace.run("init my-app --yes");
    assert_eq!(ran.code(), 2, "{}", ran.shown());
    says("init-several", &ran.shown());
    let ran = workspace.run("init my-app --yes --app-file two.py").ok();
    assert!(ran.stdout().contains("create"), "{}", ran.shown());
    let dockerfile = workspace.files(APP).remove("Dockerfile").unwrap();
    assert!(String::from_utf8(dockerfile).unwrap().contains("\"two.py\""));
}

#[test]
fn a_conflict_is_refused_kept_or_replaced() {
    let text = format!("{ORDINARY}\n```.spaces-new.toml\nport = 8000\n```\n");
    let workspace = written(&text);
    let before = workspace.files(APP);
    let refused = workspace.run("init my-app --yes --port 9000");
    assert_eq!(refused.code(), 1, "{}", refused.shown());
    says("init-conflict", &refused.shown());
    assert!(workspace.files(APP) == before, "nothing is written");
    workspace.run("init my-app --yes --port 9000 --on-conflict replace").ok();
    let after = workspace.files(APP);
    assert_eq!(after[".spaces-new.toml.orig"], b"port = 8000\n");
    assert!(String::from_utf8_lossy(&after[".spaces-new.toml"]).contains("port = 9000"));
}

#[test]
fn a_changed_answer_changes_only_what_an_earlier_run_made() {
    let workspace = ordinary();
    workspace.run("init my-app --yes").ok();
    let first = workspace.files(APP);
    let ran = workspace.run("init my-app --yes --port 9000").ok();
    let second = workspace.files(APP);
    let text = |path: &str| String::from_utf8(second[path].clone()).unwrap();
    assert!(
        text("Dockerfile").contains("EXPOSE 9000") && text("README.md").contains("app_port: 9000"),
        "{}",
        ran.shown()
    );
    assert!(text(".spaces-new.toml").contains("port = 9000"));
    assert!(text("README.md").ends_with("# Reverse\n\nIt turns a text round.\n"));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    assert_eq!(workspace.run("check my-app --fail-on warning").code(), 0);
    // A user's own Dockerfile is not regenerated
    workspace.write("my-app/Dockerfile", [&second["Dockerfile"][..], b"# mine\n"].concat());
    let refused = workspace.run("init my-app --yes --port 9001");
    assert_eq!(refused.code(), 1, "{}", refused.shown());
    assert!(refused.stderr().contains("Dockerfile: it is there and differs"), "{}", refused.shown());
}

#[test]
fn a_streamlit_space_is_moved_to_docker_by_one_command() {
    let text = "```README.md\n---\ntitle: Chart\nemoji: 📈\nsdk: streamlit\nsdk_version: 1.40.0\napp_file: app.py\n---\n\n# Chart\n```\n\
                ```app.py\nimport streamlit as st\n\nst.title('Chart')\n```\n\
                ```requirements.txt\nstreamlit==1.67.0\n```\n";
    let workspace = written(text);
    let ran = workspace.run("init my-app --yes");
    assert_eq!(ran.code(), 2, "{}", ran.shown());
    assert!(ran.stderr().contains("init --migrate"), "{}", ran.shown());
    workspace.run("init my-app --yes --migrate").ok();
    let after = workspace.files(APP);
    let readme = String::from_utf8(after["README.md"].clone()).unwrap();
    assert!(readme.starts_with("---\ntitle: Chart\nemoji: 📈\nsdk: docker\n"), "{readme}");
    assert!(!readme.contains("sdk_version") && !readme.contains("app_file"), "{readme}");
    assert!(after.contains_key(".streamlit/config.toml") && after.contains_key("Dockerfile"));
    let check = workspace.run("check my-app --fail-on warning");
    assert_eq!(check.code(), 0, "{}", check.shown());
}

#[test]
fn a_value_that_the_hub_refuses_is_replaced() {
    let text = format!(
        "{}\n```README.md\n---\ntitle: Mine\ncolorFrom: teal # mine\n---\ntext\n```\n",
        ORDINARY.replace("```README.md", "```OLD.md")
    );
    let workspace = written(&text);
    workspace.run("init my-app --yes").ok();
    let readme = String::from_utf8(workspace.files(APP).remove("README.md").unwrap()).unwrap();
    assert!(readme.contains("title: Mine\ncolorFrom: yellow # mine\n"), "{readme}");
}

#[test]
fn permissions_and_line_breaks_stay() {
    let workspace = ordinary();
    workspace.write("my-app/README.md", "# Mine\r\n\r\ntext without an end");
    let path = workspace.path().join("my-app/README.md");
    let mut changed = fs_err::metadata(&path).unwrap().permissions();
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(&mut changed, 0o640);
    fs_err::set_permissions(&path, changed).unwrap();
    let changed = fs_err::metadata(&path).unwrap().permissions();
    workspace.run("init my-app --yes").ok();
    let readme = String::from_utf8(workspace.files(APP).remove("README.md").unwrap()).unwrap();
    assert!(readme.ends_with("---\r\n\r\n# Mine\r\n\r\ntext without an end"), "{readme:?}");
    assert!(!readme.replace("\r\n", "").contains('\n'), "{readme:?}");
    assert_eq!(fs_err::metadata(&path).unwrap().permissions(), changed);
}

#[test]
fn a_file_that_git_ignores_is_not_overwritten() {
    let text = format!(
        "{}\n```.gitignore\nDockerfile\n```\n```Dockerfile\nFROM scratch\n```\n",
        ORDINARY.replace("```.gitignore", "```old.gitignore")
    );
    let workspace = written(&text);
    let ran = workspace.run("init my-app --yes");
    assert_eq!(ran.code(), 1, "{}", ran.shown());
    assert!(ran.stderr().contains("Dockerfile: it exists, and git ignores it"), "{}", ran.shown());
}

#[test]
fn uncommitted_changes_are_reported() {
    let workspace = ordinary();
    let git = |words: &[&str]| {
        let mut git = std::process::Command::new("git");
        git.args(["-c", "user.name=a", "-c", "user.email=a@localhost"])
            .args(words)
            .current_dir(workspace.path().join(APP));
        assert!(git.output().unwrap().status.success(), "{words:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "first"]);
    workspace.write("my-app/requirements.txt", "gradio==6.31.0\n# more\n");
    let ran = workspace.run("init my-app --yes").ok();
    assert!(ran.stderr().contains("1 file that git tracks may have uncommitted changes"), "{}", ran.shown());
}

/// The part of the page that shows a folder before and after.
fn before_and_after() -> String {
    let workspace = ordinary();
    let names = |workspace: &Workspace| workspace.files(APP).into_keys().collect::<Vec<_>>().join("  ");
    let before = names(&workspace);
    let ran = workspace.run("init my-app --yes").ok();
    let reported = ran.stdout();
    let (reported, _) = reported.split_once("\n\nRun it here").unwrap();
    let readme = String::from_utf8(workspace.files(APP).remove("README.md").unwrap()).unwrap();
    let top: String = readme.lines().take(11).map(|line| format!("{line}\n")).collect();
    format!(
        "```console\n$ ls -A my-app\n{before}\n$ spaces-new init my-app --yes\n{}\n{reported}\n$ ls -A my-app\n{}\n\
         $ head -11 my-app/README.md\n{top}```\n",
        ran.stderr().trim_end(),
        names(&workspace)
    )
}

#[test]
fn the_page_of_init_shows_a_folder_before_and_after() {
    is_generated("docs/init.md", "init", &before_and_after());
}

/// The frameworks that `init` finds, by template.
#[test]
fn the_page_of_init_names_every_framework() {
    let mut rows = String::from("| template | apps |\n|---|---|\n");
    for template in templates_by_use() {
        let found = known_frameworks().filter(|framework| framework.template() == template.name());
        let names: Vec<&str> = found.map(|framework| framework.name()).collect();
        if !names.is_empty() {
            rows.push_str(&format!("| `{}` | {} |\n", template.name(), names.join(", ")));
        }
    }
    assert!(known_frameworks().all(|framework| rows.contains(framework.name())), "{rows}");
    is_generated("docs/init.md", "frameworks", &rows);
}

/// The new `.gitignore` applies in the check that follows.
#[test]
fn secrets_that_the_new_gitignore_excludes_are_not_reported() {
    let workspace = written(&ORDINARY.replace("```.gitignore\n.venv/\n```\n", ""));
    workspace
        .write("my-app/.env", "API_KEY=abcdefgh\n")
        .write("my-app/.streamlit/secrets.toml", "key = \"abcdefgh\"\n");
    let value = workspace.run("init my-app --yes --format json").ok().json();
    assert_eq!(value["findings"], serde_json::json!([]));
    let ignored = fs_err::read_to_string(workspace.path().join("my-app/.gitignore")).unwrap();
    assert!(ignored.lines().any(|line| line == ".env"), "{ignored}");
}

#[cfg(unix)]
#[test]
fn a_link_is_not_taken_for_a_dockerfile() {
    let workspace = ordinary();
    std::os::unix::fs::symlink("nowhere", workspace.path().join("my-app/Dockerfile")).unwrap();
    let ran = workspace.run("init my-app --yes --format json");
    assert_eq!(ran.code(), 1, "{}", ran.shown());
    assert!(ran.stdout().contains("not a regular file"), "{}", ran.shown());
}

#[test]
fn a_template_that_cannot_run_the_app_is_refused() {
    let text = "```backend/app.py\nimport gradio as gr\ngr.Interface(str, 'text', 'text').launch()\n```\n\
                ```requirements.txt\ngradio==6.31.0\n```\n\
                ```index.html\n<h1>Hello</h1>\n```\n";
    let workspace = written(text);
    for (template, file, why) in [
        ("static", "backend/app.py", "`backend/app.py` is for python, which the `static` template does not run"),
        ("go", "backend/app.py", "`backend/app.py` is for python, which the `go` template does not run"),
        ("flask", "index.html", "`index.html` is a page, which the `flask` template does not run"),
    ] {
        let ran = workspace.run(&format!("init my-app --yes --template {template} --app-file {file} --command run"));
        assert_eq!(ran.code(), 2, "{}", ran.shown());
        assert!(ran.stderr().contains(why), "{}", ran.shown());
    }
    workspace.run("init my-app --yes --template static --app-file index.html").ok();
}

#[test]
fn the_other_apps_are_reported_unless_one_was_chosen() {
    let case = fs_err::read_to_string(root().join("tests/cases/init/app-beside-app.md")).unwrap();
    let reported =
        "note: also found: `numbers_board.py` (Streamlit)\n      to use that one: `--app-file numbers_board.py`";
    let ran = written(&case).run("init my-app --yes").ok();
    assert!(ran.stderr().contains(reported), "{}", ran.shown());
    let ran = written(&case).run("init my-app --yes --app-file app.py").ok();
    assert!(!ran.stderr().contains("also found"), "{}", ran.shown());
}

/// Incompressible bytes, including a zero.
fn noise() -> Vec<u8> {
    let mut state: u32 = 1;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    std::iter::once(0).chain((0..4000).map(|_| next())).collect()
}

#[test]
fn a_binary_is_reported_only_if_git_stores_it_directly() {
    let workspace = ordinary();
    workspace.write("my-app/logo.png", noise());
    let migrate = "git lfs migrate import --everything --include='*.png'";
    let ran = workspace.run("init my-app --dry-run").ok();
    assert!(!ran.shown().contains("binary or large"), "no repository: {}", ran.shown());
    let git = |words: &[&str]| {
        let mut git = std::process::Command::new("git");
        git.args(["-c", "user.name=a", "-c", "user.email=a@localhost", "-c", "filter.lfs.clean="])
            .args(["-c", "filter.lfs.process=", "-c", "filter.lfs.required=false"])
            .args(words)
            .current_dir(workspace.path().join(APP));
        assert!(git.output().unwrap().status.success(), "{words:?}");
    };
    git(&["init", "--quiet"]);
    let ran = workspace.run("init my-app --dry-run").ok();
    assert!(!ran.shown().contains("binary or large"), "not in the index: {}", ran.shown());
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "first"]);
    let ran = workspace.run("init my-app --yes");
    assert!(ran.stderr().contains("git stores 1 binary or large file without Git LFS (4 KB)"), "{}", ran.shown());
    assert!(ran.stderr().contains(migrate), "{}", ran.shown());
    let steps = format!("git commit -m \"Make the Space\"\n    {migrate}\n    git push --force space HEAD:main\n");
    assert!(ran.stdout().contains(&steps), "{}", ran.shown());
    assert!(
        ran.stdout().contains("git remote add space https://huggingface.co/spaces/USER/my-app\n"),
        "{}",
        ran.shown()
    );
    git(&["remote", "add", "origin", "https://huggingface.co/spaces/me/my-app"]);
    let ran = workspace.run("init my-app --yes --title Other");
    let steps = format!("git commit -m \"Make the Space\"\n    {migrate}\n    git push\n");
    assert!(ran.stdout().contains(&steps), "{}", ran.shown());
}
