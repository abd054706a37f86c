//! Files that no update takes away: those of an app that was a starter once, and those that only the record claims.

use std::collections::BTreeMap;

use spaces_new::{Adoption, Catalog, Change, Repo};

use super::{BASE, SPACE, at, edit, made, record, said, text, updated};
use crate::support::{Workspace, files_under, root};

#[test]
fn an_app_that_was_a_starter_keeps_all_its_files() {
    for (template, app, words) in [
        ("gradio", "app.py", "--plan free"),
        ("gradio", "app.py", ""),
        ("streamlit", "app.py", ""),
        ("flask", "app.py", ""),
        ("fastapi", "app.py", ""),
        ("docker", "app.py", ""),
        ("node", "server.js", ""),
    ] {
        let workspace = made(&format!("-t {template}"));
        let old = text(&workspace, BASE);
        let line = if app == "server.js" { "// mine\n" } else { "# mine\n" };
        workspace.write(&at(app), text(&workspace, app) + line);
        let init = format!("init {SPACE} --yes --on-conflict keep --app-file {app} {words}");
        workspace.run(&init).ok();
        let mine: BTreeMap<String, Vec<u8>> = workspace.files(SPACE);
        assert!(!text(&workspace, BASE).contains("requirements.txt"), "they are the app's");
        for base in [text(&workspace, BASE), old] {
            // Also with a record that still claims the files, as older commands left it
            workspace.write(&at(BASE), base);
            let checked = workspace.run(&format!("update {SPACE} --check"));
            assert_eq!(checked.code(), 0, "{template}: {}", checked.shown());
            let report = updated(&workspace, "");
            for (path, bytes) in mine.iter().filter(|(path, _)| path.as_str() != BASE) {
                assert!(workspace.files(SPACE).get(path) == Some(bytes), "{template}: {path}: {report}");
            }
        }
    }
}

#[test]
fn a_record_that_was_forged_removes_and_replaces_nothing() {
    let workspace = made("-t gradio");
    let id = |text: &str| {
        let line = spaces_new::unstable::base_line(&"x".parse().unwrap(), text, false);
        line.split(' ').nth(1).unwrap().to_owned()
    };
    edit(&workspace, "app.py", "import", "# mine\nimport");
    let app = text(&workspace, "app.py");
    for path in ["notes.txt", "Makefile", "docs/a.md", ".github/workflows/own.yml", "static/index.html"] {
        workspace.write(&at(path), "mine\n");
    }
    // An id that a program can print, and the whole content
    record(&workspace, "notes.txt", None);
    let mut base = text(&workspace, BASE);
    base.push_str(&format!("notes.txt {} -\nMakefile {} -\n", id("mine\n"), id("mine\n")));
    workspace.write(&at(BASE), base);
    for path in ["docs/a.md", ".github/workflows/own.yml", "static/index.html"] {
        record(&workspace, path, Some("mine\n"));
    }
    let forged: String = text(&workspace, BASE)
        .lines()
        .map(|line| if line.starts_with("app.py ") { format!("app.py {} -\n", id(&app)) } else { format!("{line}\n") })
        .collect();
    workspace.write(&at(BASE), forged);
    let refused = workspace.run(&format!("update {SPACE}"));
    assert!(said(&refused.stdout(), "app.py").starts_with("conflict"), "{}", refused.shown());
    let report = updated(&workspace, "--on-conflict keep");
    for path in ["notes.txt", "Makefile", "docs/a.md", ".github/workflows/own.yml", "static/index.html"] {
        assert!(said(&report, path).starts_with("keep"), "{report}");
        assert_eq!(text(&workspace, path), "mine\n");
    }
    assert_eq!(text(&workspace, "app.py"), app);
}

#[test]
fn files_go_that_the_template_has_dropped() {
    let workspace = made("-t gradio");
    for path in ["gone.txt", "kept.txt", "other.txt"] {
        workspace.write(&at(path), "made\n");
        record(&workspace, path, Some("made\n"));
    }
    edit(&workspace, "kept.txt", "made", "mine");
    let manifest = fs_err::read_to_string(root().join("templates/gradio/template.toml")).unwrap();
    let manifest = format!("dropped = [\"gone.txt\", \"kept.txt\"]\n{manifest}");
    let catalog = Catalog::load(Catalog::builtin().target(), [("gradio/template.toml".to_owned(), manifest)]).unwrap();
    let repo = Repo::open(&workspace.path().join(SPACE)).unwrap();
    let adoption = Adoption::begin(&repo).catalog(&catalog).update().unwrap().adopt().unwrap();
    let change = |path: &str| &adoption.merge.files().iter().find(|file| file.path.as_str() == path).unwrap().change;
    assert_eq!(change("gone.txt"), &Change::Remove);
    assert!(matches!(change("kept.txt"), Change::Keep(why) if why.contains("changed by you")));
    assert!(matches!(change("other.txt"), Change::Keep(why) if why.contains("leave it alone")));
}

#[test]
fn what_init_did_not_write_is_not_recorded_as_generated() {
    let folder = root().join("tests/cases/update/adopted-1.0.0");
    let copied = || {
        let workspace = Workspace::new();
        for path in files_under(&folder).into_iter().filter(|path| path != BASE) {
            workspace.write(&at(&path), fs_err::read(folder.join(&path)).unwrap());
        }
        workspace
    };
    let workspace = copied();
    let old = text(&workspace, "Dockerfile");
    let report = workspace.run(&format!("init {SPACE} --yes")).ok().stdout();
    assert!(said(&report, "Dockerfile").contains("it is not known who changed it"), "{report}");
    assert_eq!(text(&workspace, "Dockerfile"), old);
    let refused = workspace.run(&format!("update {SPACE}"));
    assert!(
        refused.code() == 1 && said(&refused.stdout(), "Dockerfile").starts_with("conflict"),
        "{}",
        refused.shown()
    );
    updated(&workspace, "--on-conflict replace");
    assert_ne!(text(&workspace, "Dockerfile"), old);

    let workspace = copied();
    edit(&workspace, "Dockerfile", "\nCMD", "\n# mine\nCMD");
    workspace.run(&format!("init {SPACE} --yes --python 3.12 --on-conflict keep")).ok();
    let refused = workspace.run(&format!("update {SPACE}"));
    assert!(
        refused.code() == 1 && said(&refused.stdout(), "Dockerfile").starts_with("conflict"),
        "{}",
        refused.shown()
    );
    updated(&workspace, "--on-conflict keep");
    updated(&workspace, "--python 3.13 --on-conflict keep");
}

#[test]
fn a_dockerfile_of_the_person_is_theirs_for_ever() {
    let workspace = Workspace::new();
    workspace.write(&at("app.py"), "import gradio as gr\n\ngr.Interface(str, 'text', 'text').launch()\n");
    workspace.write(&at("requirements.txt"), "gradio\n").write(&at("Dockerfile"), "FROM mine\nEXPOSE 7860\n");
    workspace.run(&format!("init {SPACE} --yes --template gradio --app-file app.py --on-conflict keep")).ok();
    for words in ["", "--port 9000", "--python 3.12"] {
        let report = updated(&workspace, words);
        assert!(said(&report, "Dockerfile").contains("spaces-new did not create it"), "{report}");
    }
    assert_eq!(text(&workspace, "Dockerfile"), "FROM mine\nEXPOSE 7860\n");
}

#[test]
fn a_changed_dockerfile_that_is_not_read_for_a_while_is_merged_again() {
    let workspace = made("-t gradio");
    edit(&workspace, "Dockerfile", "\nCMD", "\n# mine\nCMD");
    for command in ["update", "init"] {
        let yes = if command == "init" { "--yes" } else { "" };
        workspace.run(&format!("{command} {SPACE} {yes} --hardware zero-a10g --python 3.12.12")).ok();
        workspace.run(&format!("update {SPACE}")).ok();
        updated(&workspace, "--sdk docker --hardware cpu-basic --python 3.12");
        let dockerfile = text(&workspace, "Dockerfile");
        assert!(dockerfile.contains("# mine\n") && dockerfile.contains("FROM python:3.12-"), "{command}: {dockerfile}");
        updated(&workspace, "--python 3.13");
        assert!(text(&workspace, "Dockerfile").contains("FROM python:3.13-"));
    }
    // One that was removed meanwhile is needed again
    workspace.run(&format!("update {SPACE} --hardware zero-a10g --python 3.12.12")).ok();
    fs_err::remove_file(workspace.path().join(at("Dockerfile"))).unwrap();
    let report = updated(&workspace, "--sdk docker --hardware cpu-basic --python 3.12");
    assert!(said(&report, "Dockerfile").starts_with("create"), "{report}");
}

#[test]
fn a_record_that_was_emptied_or_cut_is_none() {
    let workspace = made("-t gradio");
    let whole = text(&workspace, BASE);
    edit(&workspace, "Dockerfile", "FROM python:3.13", "FROM python:3.11");
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    let without: String = lines.iter().filter(|line| !line.starts_with("Dockerfile ")).copied().collect();
    for base in [String::new(), lines[..2].concat(), without] {
        workspace.write(&at(BASE), base);
        let refused = workspace.run(&format!("update {SPACE}"));
        assert_eq!(refused.code(), 1, "{}", refused.shown());
        let line = refused.stdout();
        assert!(said(&line, "Dockerfile").contains("it is not known which lines are yours"), "{line}");
    }
    updated(&workspace, "--on-conflict keep");
    assert_eq!(text(&workspace, BASE), whole, "the rest is as it is generated");
}
