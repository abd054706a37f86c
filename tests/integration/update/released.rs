//! Spaces that earlier templates made, kept in `tests/cases/update/`: each as `<what>-<version of the template>`.

use std::collections::BTreeSet;
use std::path::Path;

use super::{BASE, SPACE, at, record, said, text, updated};
use crate::support::{Workspace, files_under, root};

const FOLDER: &str = "tests/cases/update";

/// The names of the Spaces.
fn names() -> Vec<String> {
    let entries = fs_err::read_dir(root().join(FOLDER)).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A copy of a Space.
fn copied(name: &str) -> Workspace {
    let workspace = Workspace::new();
    let folder = root().join(FOLDER).join(name);
    for path in files_under(&folder) {
        workspace.write(&at(&path), fs_err::read(folder.join(&path)).unwrap());
    }
    workspace
}

fn is_adopted(name: &str) -> bool {
    name.starts_with("adopted")
}

/// The files that were generated in a Space, by its base.
fn generated(workspace: &Workspace) -> BTreeSet<String> {
    let base = text(workspace, BASE);
    let of_the_person = "0".repeat(40);
    let lines = base.lines().map(|line| line.rsplitn(3, ' ').collect::<Vec<_>>());
    lines.filter(|words| words[1] != of_the_person).map(|words| words[2].to_owned()).collect()
}

/// The files that its template, in the version of today, generates with the same answers.
fn generated_today(workspace: &Workspace, is_adopted: bool) -> BTreeSet<String> {
    let today = Workspace::new();
    let made = generated(workspace);
    for (path, bytes) in workspace.files(SPACE) {
        // Around an app, `init` needs it
        if path == ".spaces-new.toml" || is_adopted && path != BASE && !made.contains(&path) {
            today.write(&at(&path), bytes);
        }
    }
    if is_adopted {
        today.run(&format!("init {SPACE} --yes")).ok();
    } else {
        let answers = today.path().join(at(".spaces-new.toml"));
        fs_err::rename(&answers, today.path().join("answers.toml")).unwrap();
        fs_err::remove_dir(today.path().join(SPACE)).unwrap();
        today.run(&format!("{SPACE} --yes --vcs none --answers answers.toml")).ok();
    }
    generated(&today)
}

/// The template of a Space, and the files that its manifest says it has dropped.
fn dropped(workspace: &Workspace) -> (String, BTreeSet<String>) {
    let answers: toml::Table = toml::from_str(&text(workspace, ".spaces-new.toml")).unwrap();
    let manifest = format!("templates/{}/template.toml", answers["template"].as_str().unwrap());
    let written: toml::Table = toml::from_str(&fs_err::read_to_string(root().join(&manifest)).unwrap()).unwrap();
    let dropped = written.get("dropped").and_then(|dropped| dropped.as_array());
    let paths = dropped.into_iter().flatten().map(|path| path.as_str().unwrap().to_owned());
    (manifest, paths.collect())
}

/// What is wrong about the files of a Space that its template generates no more, or about those that it has dropped.
fn undeclared(workspace: &Workspace, is_adopted: bool) -> Vec<String> {
    let (before, today) = (generated(workspace), generated_today(workspace, is_adopted));
    let (manifest, dropped) = dropped(workspace);
    let gone = before.difference(&today).filter(|path| !dropped.contains(*path));
    let gone = gone.map(|path| format!("{path} is made no more: name it in `dropped` of {manifest}"));
    let made = today.intersection(&dropped).map(|path| format!("{path} is made, and `dropped` of {manifest} names it"));
    gone.chain(made).collect()
}

/// Otherwise an update leaves the file in every Space that has it.
#[test]
fn a_file_that_a_template_no_longer_makes_is_named_in_its_manifest() {
    for name in names() {
        let found = undeclared(&copied(&name), is_adopted(&name));
        assert!(found.is_empty(), "{name}: {found:#?}");
    }
    for name in ["gradio-1.0.0", "adopted-1.0.0"] {
        let workspace = copied(name);
        record(&workspace, "older.txt", Some("older\n"));
        let found = undeclared(&workspace, is_adopted(name));
        assert!(found.len() == 1 && found[0].starts_with("older.txt is made no more"), "{name}: {found:?}");
    }
}

#[test]
fn a_space_that_nobody_changed_becomes_a_new_one() {
    assert!(names().len() > 6);
    for name in names() {
        let workspace = copied(&name);
        let shown = updated(&workspace, "");
        assert!(!shown.contains("conflict"), "{name}: {shown}");
        if is_adopted(&name) {
            continue;
        }
        workspace.run(&format!("new --yes --vcs none --answers {}", at(".spaces-new.toml"))).ok();
        let (after, new) = (workspace.files(SPACE), workspace.files("new"));
        for (path, bytes) in &new {
            assert!(after.get(path) == Some(bytes), "{name}: {path}: {:?}", String::from_utf8_lossy(&after[path]));
        }
        assert_eq!(after.len(), new.len(), "{name}: nothing else is left");
    }
}

#[test]
fn lines_of_a_person_stay_in_every_file() {
    for name in names() {
        let workspace = copied(&name);
        let files = workspace.files(SPACE);
        let is_text = |path: &str| {
            let ending = path.rsplit('.').next().unwrap();
            !path.starts_with(".spaces-new.") && !["json", "csv"].contains(&ending)
        };
        let edited: Vec<&String> = files.keys().filter(|path| is_text(path)).collect();
        for path in &edited {
            workspace.write(&at(path), format!("{}# mine\n", text(&workspace, path)));
        }
        // The end of a file may be what the template changes
        let outcome = workspace.run(&format!("update {SPACE} --on-conflict keep"));
        assert_eq!(outcome.code(), 0, "{name}: {}", outcome.shown());
        for path in edited {
            assert_eq!(text(&workspace, path).matches("# mine\n").count(), 1, "{name}: {path}");
        }
        let after = workspace.files(SPACE);
        workspace.run(&format!("update {SPACE}")).ok();
        assert!(workspace.files(SPACE) == after, "{name}: twice is once");
    }
}

#[test]
fn without_its_base_an_older_space_keeps_every_file_until_somebody_decides() {
    for name in names() {
        let workspace = copied(&name);
        fs_err::remove_file(workspace.path().join(at(BASE))).unwrap();
        let before = workspace.files(SPACE);
        let refused = workspace.run(&format!("update {SPACE}"));
        if refused.code() == 0 {
            continue;
        }
        assert!(refused.code() == 1 && workspace.files(SPACE) == before, "{name}: {}", refused.shown());
        workspace.run(&format!("update {SPACE} --on-conflict replace")).ok();
        let after = workspace.files(SPACE);
        for (path, bytes) in
            before.iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|end| end == "py"))
        {
            let spare = after.get(&format!("{path}.orig")).or(after.get(path));
            assert!(spare == Some(bytes), "{name}: {path}");
        }
        let again = workspace.run(&format!("update {SPACE} --check"));
        assert_eq!(again.code(), 0, "{name}: {}", again.shown());
    }
}

#[test]
fn no_lock_file_is_made_for_another_manifest() {
    let workspace = copied("node-1.0.0");
    let manifest =
        text(&workspace, "package.json").replace("\"dependencies\": {}", "\"dependencies\": {\"express\": \"^5\"}");
    workspace.write(&at("package.json"), &manifest);
    for _ in 0..2 {
        let report = updated(&workspace, "--on-conflict keep");
        assert!(said(&report, "package-lock.json").contains("run `npm install`"), "{report}");
        assert_eq!(text(&workspace, "package.json"), manifest);
        assert!(!workspace.files(SPACE).contains_key("package-lock.json"));
    }
    // What npm makes of it is the person's
    workspace.write(&at("package-lock.json"), "{}\n");
    updated(&workspace, "");
    assert_eq!(text(&workspace, "package-lock.json"), "{}\n");
}
