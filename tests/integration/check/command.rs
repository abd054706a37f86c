//! `spaces-new check` as people and programs use it.

use insta::assert_snapshot;

use crate::snapshots::settings;
use crate::support::{Workspace, is_generated, root};

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
    workspace.write("my-app/requirements.txt", "fastapi==0.165.0\nuvicorn==0.54.0\n");
    workspace.write("my-app/app.py", "from fastapi import FastAPI\n\napp = FastAPI()\n");
    workspace
}

fn says(name: &str, workspace: &Workspace, words: &str) {
    settings("check").bind(|| assert_snapshot!(name, workspace.run(words).shown()));
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
fn sarif_has_what_code_scanning_requires() {
    let ran = broken().run("check my-app --format sarif");
    assert_eq!(ran.code(), 1);
    let log: serde_json::Value = serde_json::from_str(&ran.stdout()).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    // The schema of SARIF 2.1.0 takes no null anywhere, and addresses without blanks
    assert!(!ran.stdout().contains(": null"), "{}", ran.stdout());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert!(region["startLine"].as_u64().unwrap() >= 1 && region["startColumn"].as_u64().unwrap() >= 1);
        assert!(!result["fixes"][0]["artifactChanges"].as_array().unwrap().is_empty());
        assert!(matches!(result["level"].as_str(), Some("error" | "warning")));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
    }
}

#[test]
fn a_uri_in_sarif_is_valid() {
    let workspace = broken();
    workspace.write("my-app/a b%ü.bin", [0; 8]);
    let log = workspace.run("check my-app --only binary-without-lfs --format sarif").json();
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "my-app/a%20b%25%C3%BC.bin");
    assert_eq!(place["region"], serde_json::Value::Null, "a whole file has no region");
}

/// The file that pre-commit reads names a command that finds errors.
#[test]
fn the_hook_for_pre_commit_runs() {
    let hooks = fs_err::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let entry = hooks.lines().find_map(|line| line.trim().strip_prefix("entry: spaces-new ")).unwrap();
    let workspace = broken();
    let mut command = workspace.command();
    let ran = command.current_dir(workspace.path().join("my-app")).args(entry.split(' ')).output().unwrap();
    assert_eq!(ran.status.code(), Some(1));
    assert!(String::from_utf8(ran.stdout).unwrap().contains("error[port-mismatch]"));
}

#[test]
fn several_folders_and_a_readme_are_checked_at_once() {
    let workspace = broken();
    workspace.write("good/README.md", "---\nsdk: static\n---\n").write("good/index.html", "");
    let ran = workspace.run("check my-app good --format json");
    assert_eq!(ran.code(), 1);
    let folders = ran.json();
    assert_eq!((&folders[0]["folder"], &folders[0]["errors"]), (&"my-app".into(), &2.into()));
    assert_eq!((&folders[1]["folder"], &folders[1]["errors"]), (&"good".into(), &0.into()));
    let mut command = workspace.command();
    command
        .args(["check", "-"])
        .stdin(fs_err::File::open(workspace.path().join("my-app/README.md")).unwrap().into_parts().0);
    let ran = crate::support::Ran(command.output().unwrap());
    assert_eq!(ran.code(), 1, "{}", ran.shown());
    assert!(ran.stdout().contains("unknown-color") && !ran.stdout().contains("missing-dockerfile"), "{}", ran.shown());
}

#[test]
fn the_rules_are_also_available_as_json() {
    let rules = Workspace::new().run("rules --format json").ok().json();
    let rules = rules.as_array().unwrap();
    assert_eq!(rules.len(), spaces_new::rules().len());
    assert!(
        rules.iter().all(|rule| rule["id"].is_string() && rule["level"].is_string() && rule["summary"].is_string())
    );
}

/// A fix that may change what the Space does needs a flag.
#[test]
fn unsafe_fixes_are_applied_on_request() {
    let workspace = broken();
    let dockerfile = "FROM python:3.13-slim-trixie\nRUN useradd -m -u 1000 user\nUSER user\nWORKDIR /home/user/app\n\
                      COPY . ./\nCMD [\"python\", \"app.py\"]\n";
    workspace.write("my-app/Dockerfile", dockerfile);
    let text = || fs_err::read_to_string(workspace.path().join("my-app/Dockerfile")).unwrap();
    workspace.run("check my-app --fix");
    assert_eq!(text(), dockerfile);
    assert!(workspace.run("check my-app --unsafe-fixes --diff").stdout().contains("+COPY --chown=user . ./"));
    assert_eq!(text(), dockerfile, "only shown");
    workspace.run("check my-app --unsafe-fixes");
    assert!(text().contains("COPY --chown=user . ./"), "{}", text());
}

#[test]
fn fixes_are_shown_before_they_are_made() {
    let workspace = broken();
    says("fix-diff", &workspace, "check my-app --fix --diff");
    says("fix", &workspace, "check my-app --fix");
    says("fixed", &workspace, "check my-app --fail-on warning");
}

/// Git pushes only the target path of a link, and the Hub has only the files of the repository.
#[cfg(unix)]
#[test]
fn a_link_to_a_path_outside_the_repository_is_not_a_file() {
    use std::os::unix::fs::symlink;
    let workspace = broken();
    let folder = workspace.path().join("my-app");
    workspace.write("Dockerfile", "FROM scratch\n").write("my-app/docker/Dockerfile", "FROM scratch\n");
    let lost = |target: &str, path: &str| {
        fs_err::remove_file(folder.join(path)).unwrap();
        symlink(target, folder.join(path)).unwrap();
        let ran = workspace.run("check my-app --only missing-dockerfile --only missing-front-matter --format json");
        let found = ran.json()[0]["diagnostics"].as_array().unwrap().clone();
        found.iter().map(|found| found["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let nowhere = ["`Dockerfile` is a link to a file that is not in this repository"];
    assert_eq!(lost("../Dockerfile", "Dockerfile"), nowhere, "outside of it");
    assert_eq!(lost("missing", "Dockerfile"), nowhere);
    assert_eq!(lost("Dockerfile", "Dockerfile"), nowhere, "itself");
    assert!(lost("docker/Dockerfile", "Dockerfile").is_empty());
    symlink("docker", folder.join("elsewhere")).unwrap();
    assert!(lost("elsewhere/Dockerfile", "Dockerfile").is_empty(), "not certain");
    assert_eq!(lost("../README.md", "README.md"), ["`README.md` is a link to a file that is not in this repository"]);
}

/// The text is complete even if a list is too long to be shown.
#[test]
fn an_unknown_licence_gets_help_too() {
    let workspace = broken();
    let help = |license: &str| {
        workspace.write("my-app/README.md", format!("---\nsdk: docker\nlicense: {license}\n---\n"));
        let found = workspace.run("check my-app --only unknown-license --format json").json();
        found[0]["diagnostics"][0]["help"].as_str().unwrap().to_owned()
    };
    assert!(help("foo").starts_with("one of: apache-2.0, mit, "), "{}", help("foo"));
    assert!(help("foo").ends_with(" more"), "{}", help("foo"));
    assert_eq!(help("Apache 2.0"), "write `apache-2.0`");
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
fn exit_codes_distinguish_findings_and_failures() {
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

#[test]
fn a_rule_that_was_renamed_is_found_by_its_old_name() {
    let workspace = broken();
    let note = "the rule `unused-ignore` is now called `unused-suppression`";
    for words in ["explain unused-ignore", "check my-app --only unused-ignore"] {
        let ran = workspace.run(words);
        assert_eq!(ran.code(), 0, "{}", ran.shown());
        assert!(ran.stderr().contains(note), "{}", ran.shown());
    }
    assert!(workspace.run("explain unused-ignore").stdout().starts_with("# unused-suppression\n"));
}

#[cfg(not(feature = "online"))]
#[test]
fn a_build_without_online_says_how_to_get_one_with_it() {
    let ran = broken().run("check my-app --online");
    assert_eq!((ran.code(), ran.stdout()), (2, String::new()));
    assert!(ran.stderr().contains("--features online"), "{}", ran.stderr());
}

/// What no Space should contain, but a check must handle.
#[cfg(unix)]
#[test]
fn odd_files_are_skipped() {
    let workspace = broken();
    let folder = workspace.path().join("my-app");
    assert!(std::process::Command::new("mkfifo").arg(folder.join("pipe.bin")).status().unwrap().success());
    std::os::unix::fs::symlink(".", folder.join("loop")).unwrap();
    fs_err::remove_file(folder.join("requirements.txt")).unwrap();
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

/// The README and the page of the check show the finding as it is printed.
#[test]
fn the_finding_in_the_readme_is_real() {
    let shown = broken().run("check my-app --only port-mismatch").stdout();
    let block = format!("```text\n{}\n```\n", shown.trim_end());
    is_generated("README.md", "finding", &block);
    is_generated("docs/check.md", "finding", &block);
}
