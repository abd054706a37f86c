//! Every case under `tests/cases/init`: what is detected in it, as one snapshot.
//!
//! To add a case, add a file.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use spaces_new::Requirement;
use spaces_new::detection::{Evidence, Proposal, Suggestion};
use spaces_new::values::{DebianPackage, EnvName, RepoId, RepoPath, StartCommand, Variable};
use spaces_new::{Catalog, Detected, Raw, Repo, detect};

use crate::check::repository::files;
use crate::snapshots::settings;
use crate::support::{self, files_under, root};

/// The repository that a case describes, without a base.
fn repository(text: &str) -> Repo {
    let files = files(text).into_iter().filter_map(|(path, bytes)| Some((path.parse().unwrap(), bytes?)));
    Repo::from_files(files)
}

fn place(evidence: &Evidence) -> String {
    let line = evidence.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{}{line} {}", evidence.path, evidence.why)
}

fn shown_proposal(proposal: &Proposal) -> String {
    let mut shown = format!("template: {}\n\nanswers:\n", proposal.template);
    for key in proposal.answers.keys() {
        shown.push_str(&format!("  {key} = {:?}\n", proposal.answers.get(key).unwrap()));
    }
    shown.push_str("\nfound:\n");
    for found in &proposal.found {
        shown.push_str(&format!("  {}: {}  <- {}\n", found.key, found.value, place(&found.evidence)));
    }
    if !proposal.notes.is_empty() {
        shown.push_str("\nnotes:\n");
    }
    for note in &proposal.notes {
        let seen = note.evidence.as_ref().map(|evidence| format!("  <- {}", place(evidence))).unwrap_or_default();
        shown.push_str(&format!("  {}{seen}\n", note.message));
        shown.push_str(&note.help.as_ref().map(|help| format!("    help: {help}\n")).unwrap_or_default());
        for Suggestion { key, value, .. } in &note.answers {
            let value = value.as_deref().unwrap_or("(yours)");
            shown.push_str(&format!("    or answer: {key} = {value}\n"));
        }
    }
    shown
}

/// The decisions as a snapshot shows them.
pub(crate) fn shown(detected: &Detected) -> String {
    let mut shown = String::from("apps:\n");
    for app in detected.apps() {
        let object = app.object.as_deref().map(|object| format!(" `{object}`")).unwrap_or_default();
        shown.push_str(&format!("  {} in {}{object}\n", app.framework.name(), app.file));
        shown.extend(app.evidence.iter().map(|evidence| format!("    {}\n", place(evidence))));
    }
    if detected.is_ambiguous() {
        shown.push_str("  which of them is not clear\n");
    }
    for note in detected.notes() {
        shown.push_str(&format!("note: {}\n", note.message));
    }
    if let Some(app) = detected.apps().first() {
        shown.push_str(&format!("\n{}", shown_proposal(&detected.proposal(app, None))));
    }
    shown
}

#[test]
fn cases_give_these_decisions() {
    insta::glob!("../cases/init", "*.md", |case| {
        let text = fs_err::read_to_string(case).unwrap();
        let name = case.file_stem().unwrap().to_str().unwrap();
        let shown = shown(&detect(&repository(&text)));
        settings(&format!("init/{name}")).bind(|| insta::assert_snapshot!("_detected", shown));
    });
}

/// A note names an answer by its question, so that a caller without a command line can give it.
#[test]
fn notes_suggest_answers_to_questions_that_exist() {
    let folder = root().join("tests/cases/init");
    let mut seen = std::collections::BTreeSet::new();
    for case in files_under(&folder) {
        let detected = detect(&repository(&fs_err::read_to_string(folder.join(&case)).unwrap()));
        let proposals: Vec<_> =
            detected.apps().iter().map(|app| (app.clone(), detected.proposal(app, Some(7861)))).collect();
        for (app, proposal) in proposals {
            let template = Catalog::builtin().get(proposal.template).unwrap();
            for Suggestion { key, .. } in
                proposal.notes.iter().chain(&detected.others(&app)).flat_map(|note| &note.answers)
            {
                assert!(template.question(key).is_some(), "{case}: `{}` is not asked for `{key}`", template.name());
                seen.insert(*key);
            }
        }
    }
    assert!(seen.len() >= 5, "too few notes suggest an answer: {seen:?}");
}

/// The files of all cases, from which hostile trees are made.
fn all_files() -> Vec<(String, String)> {
    let folder = root().join("tests/cases/init");
    let texts = files_under(&folder).into_iter().map(|case| fs_err::read_to_string(folder.join(case)).unwrap());
    let all = texts.flat_map(|text| files(&text)).filter_map(|(path, bytes)| Some((path, bytes?)));
    all.map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

/// Files cut anywhere, with anything in the middle, under each other's names: an app or none, and every proposal
/// has an answer for its entry file.
#[test]
fn any_tree_gives_an_answer_or_none() {
    let files = all_files();
    let text = (proptest::sample::select(files.clone()), any::<prop::sample::Index>(), ".{0,20}");
    let file = (proptest::sample::select(files), text);
    let outcome = TestRunner::new(support::property(300)).run(&prop::collection::vec(file, 1..6), |tree| {
        let files = tree.into_iter().map(|((path, _), ((_, text), cut, filling))| {
            let at = text.floor_char_boundary(cut.index(text.len() + 1));
            let (before, after) = text.split_at(at);
            (path.parse().unwrap(), format!("{before}{filling}{after}").into_bytes())
        });
        let detected = detect(&Repo::from_files(files.collect::<Vec<_>>()));
        for app in detected.apps() {
            let proposal = detected.proposal(app, Some(9000));
            prop_assert!(proposal.answers.get("app_file").is_some());
            prop_assert!(!proposal.found.is_empty());
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

/// Names without end, a file that includes itself, brackets that never close: detection ends soon anyway.
#[test]
fn hostile_files_take_bounded_time() {
    let many =
        |line: &str, count: usize| (0..count).map(|number| line.replace('#', &number.to_string())).collect::<String>();
    let app = "import flask\napp = flask.Flask(__name__)\n";
    let trees = [
        vec![("app.py", app.to_owned()), (".env.example", many("A#=b#\n", 20_000))],
        vec![("app.py", app.to_owned()), ("requirements.txt", "-r requirements.txt\n".repeat(20_000))],
        vec![("app.py", app.to_owned()), ("requirements.txt", many("p#==1.#\n", 20_000))],
        vec![("app.py", format!("{app}{}", "f(".repeat(50_000)))],
        vec![("app.py", format!("{app}{}", many("os.getenv('A#', '#')\n", 5_000)))],
        vec![("app.py", format!("{app}{}", many("a# = a#0\nimport m#\n", 10_000)))],
    ];
    let start = std::time::Instant::now();
    for tree in trees {
        let files = tree.into_iter().map(|(path, text)| (path.parse().unwrap(), text.into_bytes()));
        let detected = detect(&Repo::from_files(files.collect::<Vec<_>>()));
        let app = detected.apps().first().unwrap();
        assert!(detected.proposal(app, None).found.len() < 1000);
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

/// A proposal must pass the checks of every answer.
#[test]
fn every_proposed_list_is_valid_for_its_question() {
    let folder = root().join("tests/cases/init");
    for case in files_under(&folder) {
        let detected = detect(&repository(&fs_err::read_to_string(folder.join(&case)).unwrap()));
        for app in detected.apps() {
            let answers = detected.proposal(app, None).answers;
            let texts = |key: &str| match answers.get(key) {
                Some(Raw::List(items)) => items.clone(),
                _ => Vec::new(),
            };
            assert!(texts("pip").iter().all(|item| item.parse::<Requirement>().is_ok()), "{case}");
            assert!(texts("apt").iter().all(|item| item.parse::<DebianPackage>().is_ok()), "{case}");
            assert!(texts("secrets").iter().all(|item| item.parse::<EnvName>().is_ok()), "{case}");
            assert!(texts("variables").iter().all(|item| item.parse::<Variable>().is_ok()), "{case}");
            assert!(texts("models").iter().all(|item| item.parse::<RepoId>().is_ok()), "{case}");
            if let Some(Raw::List(words)) = answers.get("command") {
                StartCommand::try_from(words.clone()).unwrap();
            }
            if let Some(Raw::Text(file)) = answers.get("app_file") {
                file.parse::<RepoPath>().unwrap();
            }
        }
    }
}

#[test]
fn requirements_in_utf_16_are_read() {
    let requirements = "\u{feff}gradio==6.31.0\r\nnumpy==1.26.4\r\n";
    let little: Vec<u8> = requirements.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = requirements.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [little, big, requirements.as_bytes().to_vec()] {
        let app = b"import gradio as gr\nimport numpy\n\ngr.Interface(print).launch()\n".to_vec();
        let files = [("app.py", app), ("requirements.txt", bytes)];
        let detected = detect(&Repo::from_files(files.map(|(path, bytes)| (path.parse().unwrap(), bytes))));
        let proposal = detected.proposal(&detected.apps()[0], None);
        assert_eq!(proposal.answers.get("pip"), None, "nothing is installed a second time");
        assert_eq!(proposal.answers.get("dependencies"), Some(&Raw::from("requirements.txt")));
        let python = proposal.found.iter().find(|found| found.key == "python").unwrap();
        assert_eq!((python.value.as_str(), python.evidence.line), ("3.12", Some(2)), "the pin of NumPy decides");
    }
}
