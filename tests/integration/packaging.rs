//! What the ways to install the command have in common, and the page for programs that call it. `tests/packages/run` installs it in each way.

use crate::support::{Workspace, files_under, root};

fn text(path: &str) -> String {
    fs_err::read_to_string(root().join(path)).unwrap()
}

/// The front matter of a skill as keys with their values, and what follows it.
fn skill(text: &str) -> (Vec<(&str, &str)>, &str) {
    let (block, body) = text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n")).unwrap();
    (block.lines().map(|line| line.split_once(": ").unwrap()).collect(), body)
}

/// The command lines of all `sh` blocks.
fn commands(text: &str) -> Vec<&str> {
    let blocks = text.split("```sh\n").skip(1).filter_map(|block| block.split("```").next());
    blocks.flat_map(str::lines).collect()
}

/// The limits of the open format of skills, <https://agentskills.io/specification>.
#[test]
fn the_skill_has_the_open_format() {
    let folders: Vec<String> = files_under(&root().join("skills"));
    assert_eq!(folders, ["spaces-new/SKILL.md"]);
    let text = text("skills/spaces-new/SKILL.md");
    let (keys, body) = skill(&text);
    let value = |key: &str| keys.iter().find(|(name, _)| *name == key).map_or("", |(_, value)| value);
    let names: Vec<&str> = keys.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["name", "description", "license", "compatibility"]);
    assert_eq!(value("name"), "spaces-new", "it must be that of its folder");
    let letters = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
    assert!(value("name").len() <= 64 && value("name").chars().all(letters));
    for (key, limit) in [("description", 1024), ("compatibility", 500)] {
        let length = value(key).chars().count();
        assert!((1..=limit).contains(&length), "`{key}` has {length} characters, at most {limit} are allowed");
        // Plain scalars of YAML
        assert!(
            !value(key).contains(": ") && !value(key).contains(" #") && value(key).starts_with(char::is_alphabetic)
        );
    }
    assert!(body.lines().count() < 500, "the format recommends fewer than 500 lines");
}

/// In the order of the page, in one folder, without a terminal.
#[cfg(unix)]
#[test]
fn every_command_of_the_skill_runs() {
    let page = text("skills/spaces-new/SKILL.md");
    let commands = commands(&page);
    assert!(commands.len() > 12, "{commands:?}");
    let workspace = Workspace::new();
    workspace.write("my-app/app.py", text("tests/packages/app.py")).write("my-app/requirements.txt", "gradio==6.0.0\n");
    workspace.write("run.log", text("tests/cases/diagnose/accelerate-missing.log"));
    for line in commands {
        let words = shlex::split(line).unwrap();
        assert_eq!(words[0], "spaces-new", "{line}");
        let words: Vec<&str> = words[1..].iter().map(String::as_str).collect();
        let ran = workspace.run_words(&words);
        assert_eq!(ran.code(), 0, "{line}\n{}{}", ran.stdout(), ran.stderr());
        if line.ends_with("--format json") {
            ran.json();
        }
    }
    // It needs an engine, and gets as far as looking for one
    assert!(page.contains("`spaces-new try my-app --format json`"));
    let mut command = workspace.command();
    let tried = command.args(["try", "my-app", "--format", "json"]).env("PATH", workspace.path()).output().unwrap();
    let shown = format!("{}{}", String::from_utf8_lossy(&tried.stdout), String::from_utf8_lossy(&tried.stderr));
    assert!(tried.status.code() == Some(2) && shown.contains("podman"), "{shown}");
}

/// A name in a registry could be taken by a stranger before this project publishes something there.
#[test]
fn what_installs_the_command_names_a_folder_and_no_package() {
    let mut seen = 0;
    for path in
        ["action.yml", ".github/workflows/release.yml", ".pre-commit-hooks.yaml", ".ci/run", "tests/packages/run"]
    {
        for line in text(path).lines().filter(|line| line.contains("cargo install ")) {
            let is_tool = line.contains("cargo install cargo-deny --version");
            assert!(is_tool || line.contains("--path"), "{path}: {line}");
            seen += 1;
        }
    }
    assert!(seen >= 3, "{seen}");
    assert!(
        text(".pre-commit-hooks.yaml").contains("\n  language: rust\n"),
        "another language needs a published package"
    );
}

#[test]
fn every_action_of_a_workflow_is_pinned_to_a_commit() {
    let workflows = files_under(&root().join(".github")).into_iter().map(|file| format!(".github/{file}"));
    let mut seen = 0;
    for path in workflows.chain(["action.yml".to_owned()]) {
        for line in text(&path).lines().filter(|line| line.contains("uses: ")) {
            let (_, reference) = line.split_once('@').unwrap_or_else(|| panic!("{path}: {line}"));
            let (commit, version) = reference.split_once(" # v").unwrap_or_else(|| panic!("{path}: {line}"));
            assert!(commit.len() == 40 && commit.chars().all(|char| char.is_ascii_hexdigit()), "{path}: {line}");
            assert!(version.split('.').count() == 3, "{path}: {line}");
            seen += 1;
        }
    }
    assert!(seen >= 3, "{seen}");
}

/// The names of archives by which `cargo binstall` finds them are those that the workflow gives them.
#[test]
fn binstall_finds_what_a_release_has() {
    let manifest = text("Cargo.toml");
    let workflow = text(".github/workflows/release.yml");
    assert!(manifest.contains("pkg-url = \"{ repo }/releases/download/v{ version }/{ name }-{ target }.tar.gz\""));
    assert!(workflow.contains("\"dist/spaces-new-$TARGET.tar.gz\" -C \"target/$TARGET/release\" spaces-new\n"));
    assert!(workflow.contains("test \"$GITHUB_REF_NAME\" = \"v$("));
    assert!(manifest.contains("bin-dir = \"{ bin }{ binary-ext }\""));
}

#[test]
fn all_packages_have_one_version() {
    let version = format!("\nversion = \"{}\"\n", env!("CARGO_PKG_VERSION"));
    let extension = text("packaging/hf-spaces-new/pyproject.toml");
    assert!(extension.contains(&version), "{extension}");
    assert!(!text("pyproject.toml").contains("\nversion ="), "it is read from Cargo.toml");
    // The `hf` command installs a repository `hf-NAME` for its console script of that name
    for line in
        ["name = \"hf-spaces-new\"", "dependencies = [\"spaces-new\"]", "hf-spaces-new = \"hf_spaces_new:main\""]
    {
        assert!(extension.lines().any(|found| found == line), "{line}");
    }
    assert!(root().join("packaging/hf-spaces-new/src/hf_spaces_new/__init__.py").exists());
}
