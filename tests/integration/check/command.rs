//! `spaces-new check` as people and programs meet it.

use insta::{Settings, assert_snapshot};

use crate::support::{Workspace, root};

/// A Space with two mistakes: the one of the README.
fn broken() -> Workspace {
    let workspace = Workspace::new();
    workspace.write(
        "my-app/README.md",
        "---\ntitle: My app\nemoji: 🚀\ncolorFrom: blue\ncolorTo: Green\nsdk: docker\napp_port: 7860\n---\n",
    );
    workspace.write(
        "my-app/Dockerfile",
        "FROM python:3.13-slim-trixie\nRUN useradd --create-home --uid 1000 user\nUSER user\n\
         ENV PATH=/home/user/.local/bin:$PATH\nWORKDIR /home/user/app\nCOPY --chown=user . ./\n\
         RUN pip install --no-cache-dir --requirement requirements.txt\n\
         CMD [\"uvicorn\", \"app:app\", \"--host\", \"0.0.0.0\", \"--port\", \"8000\"]\n",
    );
    workspace
}

fn says(name: &str, workspace: &Workspace, words: &str) {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(root().join("snapshots/check"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| assert_snapshot!(name, workspace.run(words).shown()));
}

#[test]
fn findings_are_shown_with_their_lines() {
    says("text", &broken(), "check my-app");
}

#[test]
fn findings_are_data_for_programs() {
    says("json", &broken(), "check my-app --format json");
    says("github", &broken(), "check my-app --format github");
}

#[test]
fn sarif_has_what_code_scanning_asks_for() {
    let ran = broken().run("check my-app --format sarif");
    assert_eq!(ran.code(), 1);
    let log: serde_json::Value = serde_json::from_str(&ran.stdout()).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert!(region["startLine"].as_u64().unwrap() >= 1 && region["startColumn"].as_u64().unwrap() >= 1);
        assert!(!result["fixes"][0]["artifactChanges"].as_array().unwrap().is_empty());
    }
}

#[test]
fn fixes_are_shown_before_they_are_made() {
    let workspace = broken();
    says("fix-diff", &workspace, "check my-app --fix --diff");
    says("fix", &workspace, "check my-app --fix");
    says("fixed", &workspace, "check my-app --fail-on warning");
}

#[test]
fn a_fix_keeps_the_permissions_of_a_file() {
    let workspace = broken();
    let path = workspace.path().join("my-app/README.md");
    let mut changed = fs_err::metadata(&path).unwrap().permissions();
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(&mut changed, 0o640);
    fs_err::set_permissions(&path, changed).unwrap();
    let permissions = fs_err::metadata(&path).unwrap().permissions();
    assert_eq!(workspace.run("check my-app --fix").code(), 0);
    assert_eq!(fs_err::metadata(&path).unwrap().permissions(), permissions);
}

#[test]
fn exit_codes_tell_findings_from_failures() {
    let workspace = broken();
    workspace.write("no-space/a.txt", "text");
    assert_eq!(workspace.run("check my-app").code(), 1);
    assert_eq!(workspace.run("check my-app --skip port-mismatch --skip unknown-color").code(), 0);
    assert_eq!(workspace.run("check my-app --only missing-user").code(), 0);
    says("no-space", &workspace, "check no-space");
    says("no-rule", &workspace, "check my-app --only missing-users");
    says("no-folder", &workspace, "check nowhere");
    says("explain", &workspace, "explain missing-user");
}

#[cfg(not(feature = "online"))]
#[test]
fn a_build_that_cannot_ask_the_hub_says_how_to_get_one_that_can() {
    let ran = broken().run("check my-app --online");
    assert_eq!((ran.code(), ran.stdout()), (2, String::new()));
    assert!(ran.stderr().contains("--features online"), "{}", ran.stderr());
}

/// What no Space should hold, and a check has to live with.
#[cfg(unix)]
#[test]
fn odd_files_are_passed_over() {
    let workspace = broken();
    let folder = workspace.path().join("my-app");
    assert!(std::process::Command::new("mkfifo").arg(folder.join("pipe.bin")).status().unwrap().success());
    std::os::unix::fs::symlink(".", folder.join("loop")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.join("requirements.txt")).unwrap();
    let name = std::ffi::OsString::from_vec(b"odd-\xff.txt".to_vec());
    fs_err::write(folder.join(name), "text").unwrap();
    fs_err::File::create(folder.join("large.txt")).unwrap().set_len(100 << 20).unwrap();
    let ran = workspace.run("check my-app --format github");
    assert_eq!(ran.code(), 1, "{}", ran.stderr());
    assert!(ran.stdout().contains("port-mismatch"), "{}", ran.stdout());
}

#[cfg(unix)]
use std::os::unix::ffi::OsStringExt;

#[test]
fn a_bomb_of_aliases_ends_at_once() {
    let workspace = broken();
    let mut yaml = String::from("---\nsdk: docker\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let before = level - 1;
        yaml.push_str(&format!("a{level}: &a{level} [*a{before}, *a{before}, *a{before}, *a{before}, *a{before}]\n"));
    }
    workspace.write("my-app/README.md", format!("{yaml}---\n"));
    assert_eq!(workspace.run("check my-app --only missing-sdk").code(), 0);
    let deep = format!("---\nsdk: docker\na: {}\n---\n", "[".repeat(100_000));
    workspace.write("my-app/README.md", deep);
    assert_eq!(workspace.run("check my-app --only invalid-yaml").code(), 1);
}

/// The README shows the finding as it is printed; under `UPDATE=1` it is written anew.
#[test]
fn the_finding_in_the_readme_is_real() {
    let shown = broken().run("check my-app --only port-mismatch").stdout();
    let block = format!("<!-- finding -->\n```text\n{}\n```\n<!-- /finding -->", shown.trim_end());
    let path = root().join("README.md");
    let readme = fs_err::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once("<!-- finding -->").unwrap();
    let (_, after) = rest.split_once("<!-- /finding -->").unwrap();
    let expected = format!("{before}{block}{after}");
    if std::env::var_os("UPDATE").is_some() {
        fs_err::write(&path, &expected).unwrap();
    }
    assert_eq!(fs_err::read_to_string(&path).unwrap(), expected, "write it anew with UPDATE=1");
}
