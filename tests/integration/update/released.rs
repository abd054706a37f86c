//! Spaces that earlier templates made, kept in `tests/cases/update/`: each as `<what>-<version of the template>`.

use std::path::Path;

use super::{BASE, SPACE, at, said, text, updated};
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
