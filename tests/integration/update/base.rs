//! `.spaces-new.base`: what is in it, what a hostile one does, and a Space that has none.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use spaces_new::{Adoption, Answers, Repo};

use super::{BASE, SPACE, age, at, edit, made, said, text, updated};
use crate::support::{self, Workspace, plan, text as planned};

#[test]
fn everything_generated_is_recorded_but_answers_and_files_that_are_copied() {
    let workspace = Workspace::new();
    workspace.write("data/model.bin", "x".repeat(2000));
    workspace.run(&format!("{SPACE} --yes --vcs none -t gradio --asset data/model.bin")).ok();
    let files = workspace.files(SPACE);
    let base = text(&workspace, BASE);
    let recorded: Vec<&str> = base.lines().map(|line| line.split(' ').next().unwrap()).collect();
    let skipped = [BASE, ".spaces-new.toml"];
    let generated: Vec<&String> =
        files.keys().filter(|path| !skipped.contains(&path.as_str()) && !path.ends_with("model.bin")).collect();
    assert_eq!(recorded, generated);
    let by_lines: Vec<&str> = base.lines().filter(|line| line.ends_with(" -")).collect();
    assert_eq!(by_lines.len(), 3, "the files that merge by lines: {by_lines:?}");
    assert!(text(&workspace, ".dockerignore").contains(".spaces-new.base\n"));
    assert_eq!(workspace.run(&format!("check {SPACE}")).code(), 0);
}

#[test]
fn a_malformed_base_stops_update_and_init_and_says_what_to_do() {
    let workspace = made("-t gradio");
    let good = text(&workspace, BASE);
    let line = good.lines().next().unwrap();
    for (bad, hint) in [
        (format!("{good}<<<<<<< HEAD\n"), "git checkout --ours .spaces-new.base .spaces-new.toml"),
        (format!("../{good}"), "git checkout"),
        (good.replacen(" -", " %", 1), "git checkout"),
        (format!("{good}{line}\n"), "git checkout"),
        (format!("{good}\n"), "git checkout"),
    ] {
        workspace.write(&at(BASE), &bad);
        let before = workspace.files(SPACE);
        for words in ["update space", "update space --check", "init space --yes --port 9000"] {
            let refused = workspace.run(words);
            assert_eq!(refused.code(), 2, "{words}: {}", refused.shown());
            assert!(refused.stderr().contains("`.spaces-new.base` cannot be used: line "), "{}", refused.shown());
            assert!(refused.stderr().contains(hint), "{}", refused.shown());
        }
        assert!(workspace.files(SPACE) == before);
    }
}

#[test]
fn a_base_that_says_nothing_true_loses_no_line() {
    let workspace = made("-t gradio");
    // As if a clone claimed that the person's lines were generated
    edit(&workspace, "app.py", "import gradio", "import mine\nimport gradio");
    workspace.write(&at("notes.md"), "mine\n");
    let mine = text(&workspace, "app.py");
    let lines = text(&workspace, BASE)
        .lines()
        .filter(|line| !line.starts_with("app.py "))
        .fold(String::new(), |lines, line| lines + line + "\n");
    workspace.write(&at(BASE), lines);
    let report = updated(&workspace, "");
    assert!(said(&report, "app.py").starts_with("keep"), "{report}");
    assert_eq!((text(&workspace, "app.py"), text(&workspace, "notes.md")), (mine, "mine\n".to_owned()));
}

#[test]
fn without_a_base_unchanged_files_follow_and_others_are_conflicts_once() {
    let workspace = made("-t gradio");
    fs_err::remove_file(workspace.path().join(at(BASE))).unwrap();
    let begun = workspace.run(&format!("update {SPACE}")).ok();
    assert!(begun.stderr().contains("no `.spaces-new.base` says what was generated here"), "{}", begun.shown());
    assert!(said(&begun.stdout(), BASE).starts_with("create"));

    fs_err::remove_file(workspace.path().join(at(BASE))).unwrap();
    edit(&workspace, "Dockerfile", "\nCMD", "\n# mine\nCMD");
    edit(&workspace, "app.py", "import", "# mine\nimport");
    let before = workspace.files(SPACE);
    let refused = workspace.run(&format!("update {SPACE} --python 3.12"));
    assert_eq!(refused.code(), 1, "{}", refused.shown());
    assert!(said(&refused.stdout(), "app.py").starts_with("keep"), "the app is work: {}", refused.stdout());
    assert!(said(&refused.stdout(), "Dockerfile").contains("it is not known which lines are yours"));
    assert!(workspace.files(SPACE) == before);
    // From then on it is known
    updated(&workspace, "--on-conflict keep");
    updated(&workspace, "--python 3.12");
    let dockerfile = text(&workspace, "Dockerfile");
    assert!(dockerfile.contains("# mine\n") && dockerfile.contains("python:3.12"), "{dockerfile}");
}

#[test]
fn without_a_base_versions_alone_are_not_known() {
    let workspace = made("-t gradio");
    fs_err::remove_file(workspace.path().join(at(BASE))).unwrap();
    let refused = workspace.run(&format!("update {SPACE} --pins-only"));
    assert!(refused.code() == 2 && refused.stderr().contains("begins one"), "{}", refused.shown());
}

#[test]
fn init_knows_by_the_base_what_nobody_changed() {
    let workspace = Workspace::new();
    workspace.write(&at("app.py"), "import gradio as gr\n\ngr.Interface(str, 'text', 'text').launch()\n");
    workspace.write(&at("requirements.txt"), "gradio\n");
    workspace.run(&format!("init {SPACE} --yes --apt ffmpeg")).ok();
    assert!(text(&workspace, "Dockerfile").contains("ffmpeg"));
    // An item that somebody takes out leaves the Dockerfile too, which nobody has changed
    edit(&workspace, ".spaces-new.toml", "apt = [\"ffmpeg\"]\n", "");
    let report = workspace.run(&format!("init {SPACE} --yes")).ok().stdout();
    assert!(said(&report, "Dockerfile").starts_with("update"), "{report}");
    assert!(!text(&workspace, "Dockerfile").contains("ffmpeg"));
    // The Dockerfile of an older template is nobody's work
    age(&workspace, "Dockerfile", "FROM python:", "FROM python:2.");
    let report = workspace.run(&format!("init {SPACE} --yes")).ok().stdout();
    assert!(said(&report, "Dockerfile").starts_with("update"), "{report}");
    // What somebody has changed is a conflict for init, and merged by update
    edit(&workspace, "Dockerfile", "COPY", "# mine\nCOPY");
    let refused = workspace.run(&format!("init {SPACE} --yes --python 3.12"));
    assert!(refused.code() == 1 && refused.stderr().contains("`spaces-new update` merges"), "{}", refused.shown());
    updated(&workspace, "--python 3.12");
    assert!(text(&workspace, "Dockerfile").contains("# mine\n"));
    // A Dockerfile that init left alone is not followed
    workspace.write(&at("Dockerfile"), "FROM other\n");
    workspace.run(&format!("init {SPACE} --yes --port 9000 --on-conflict keep")).ok();
    assert_eq!(text(&workspace, "Dockerfile"), "FROM other\n");
}

#[test]
fn whatever_a_base_says_the_newest_files_stay() {
    let (_, plan) = plan("gradio", &Answers::for_folder("demo"));
    let good: Vec<String> = planned(&plan, BASE).lines().map(str::to_owned).collect();
    let pieces = prop_oneof![
        6 => (0..good.len()).prop_map(Piece::Line),
        1 => ("[a-z./]{1,12}", "[0-9a-f]{39,41}", "[-A-Za-z0-9+/=]{0,9}").prop_map(|(path, id, content)| Piece::Other(format!("{path} {id} {content}"))),
        1 => any::<String>().prop_map(Piece::Other),
    ];
    let read = std::cell::Cell::new(0);
    let outcome = TestRunner::new(support::property(200)).run(&prop::collection::vec(pieces, 0..8), |pieces| {
        let base: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Line(line) => format!("{}\n", good[*line]),
                Piece::Other(text) => format!("{text}\n"),
            })
            .collect();
        let files = plan.files().map(|(path, file)| (path.clone(), file.as_text().unwrap().as_bytes().to_vec()));
        let repo = Repo::from_files(files.map(|(path, bytes)| {
            if path.as_str() == BASE { (path, base.clone().into_bytes()) } else { (path, bytes) }
        }));
        let Ok(decided) = Adoption::begin(&repo).update() else { return Ok(()) };
        let Ok(adoption) = decided.adopt() else { return Ok(()) };
        read.set(read.get() + 1);
        for (path, file) in plan.files().filter(|(path, _)| path.as_str() != BASE) {
            prop_assert_eq!(adoption.after.text(path.as_str()), file.as_text());
        }
        prop_assert!(Adoption::begin(&adoption.after).update().unwrap().adopt().unwrap().merge.is_nothing());
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    assert!(read.get() > 20, "only {} were read", read.get());
}

#[derive(Debug, Clone)]
enum Piece {
    Line(usize),
    Other(String),
}

#[test]
fn what_is_in_the_way_of_the_record_is_named() {
    let workspace = made("-t gradio");
    let good = text(&workspace, BASE);
    let ignored = text(&workspace, ".gitignore");
    let refused = |why: &str, hint: &str| {
        for words in
            ["update space", "update space --check", "update space --on-conflict keep", "init space --yes --port 9000"]
        {
            let refused = workspace.run(words);
            let said = refused.stderr();
            assert!(refused.code() == 2 && said.contains(why) && said.contains(hint), "{words}: {}", refused.shown());
        }
    };
    workspace.write(&at(".gitignore"), format!("{ignored}.spaces-new.*\n!.spaces-new.toml\n"));
    refused("`space/.spaces-new.base` cannot be read: it exists, and git ignores it", "out of `.gitignore`");
    workspace.write(&at(".gitignore"), ignored);
    workspace.write(&at(BASE), b"\xff\x00");
    refused("not readable text", "git checkout .spaces-new.base");
    fs_err::remove_file(workspace.path().join(at(BASE))).unwrap();
    fs_err::create_dir(workspace.path().join(at(BASE))).unwrap();
    refused("a folder has this name", "remove what has this name");
    workspace.write(&at(".spaces-new.base/x"), "");
    refused("a folder has this name", "remove what has this name");
    fs_err::remove_dir_all(workspace.path().join(at(BASE))).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("README.md", workspace.path().join(at(BASE))).unwrap();
        refused("a link has this name", "remove what has this name");
        fs_err::remove_file(workspace.path().join(at(BASE))).unwrap();
    }
    workspace.write(&at(BASE), good);
    updated(&workspace, "");
}
