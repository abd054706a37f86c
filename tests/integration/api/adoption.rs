//! `init` through the library: what is decided, what stays open, and who decides it.

use spaces_new::{AdoptError, Adoption, Answers, App, Cancelled, Chooser, OnConflict, Repo, Source};

const GRADIO: &str = "import gradio as gr\n\ngr.Interface(str.upper, 'text', 'text').launch()\n";

fn repo(files: &[(&str, &str)]) -> Repo {
    Repo::from_files(files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec())))
}

fn two_apps() -> Repo {
    repo(&[("one.py", GRADIO), ("two.py", GRADIO), ("requirements.txt", "gradio\n")])
}

/// Decides as configured, and records the questions.
#[derive(Default)]
struct Told {
    app: Option<usize>,
    migrate: bool,
    stops: bool,
    asked: Vec<String>,
}

impl Chooser for Told {
    fn app(&mut self, apps: &[App]) -> Result<Option<usize>, Cancelled> {
        self.asked.extend(apps.iter().map(|app| app.file.clone()));
        if self.stops { Err(Cancelled) } else { Ok(self.app) }
    }

    fn migrate(&mut self, sdk: &str) -> Result<bool, Cancelled> {
        self.asked.push(sdk.to_owned());
        if self.stops { Err(Cancelled) } else { Ok(self.migrate) }
    }
}

#[test]
fn which_of_several_apps_stays_open_until_it_is_chosen() {
    let repo = two_apps();
    let error = Adoption::begin(&repo).decide().unwrap_err();
    let AdoptError::SeveralApps(apps) = &error else { panic!("{error}") };
    assert_eq!(apps.iter().map(|app| app.file.as_str()).collect::<Vec<_>>(), ["one.py", "two.py"]);

    let by_answer = Adoption::begin(&repo).given(Answers::new().set("app_file", "two.py")).decide().unwrap();
    assert_eq!(by_answer.answers().source("app_file"), Some(Source::Flag));
    let mut chooser = Told { app: Some(1), ..Told::default() };
    let by_person = Adoption::begin(&repo).decide_with(&mut chooser).unwrap();
    assert_eq!(chooser.asked, ["one.py", "two.py"]);
    for decided in [by_answer, by_person] {
        let adoption = decided.adopt().unwrap();
        assert_eq!(adoption.spec.app_file().map(|file| file.as_str()), Some("two.py"));
    }

    for app in [None, Some(7)] {
        let undecided = Adoption::begin(&repo).decide_with(&mut Told { app, ..Told::default() });
        assert!(matches!(undecided, Err(AdoptError::SeveralApps(_))), "{app:?}");
    }
    let stopped = Adoption::begin(&repo).decide_with(&mut Told { stops: true, ..Told::default() });
    assert!(matches!(stopped, Err(AdoptError::Cancelled(_))));
}

#[test]
fn a_retired_sdk_is_migrated_only_on_request() {
    let readme = "---\ntitle: Old\nsdk: streamlit\napp_file: app.py\n---\n";
    let app = "import streamlit as st\n\nst.title('Old')\n";
    let repo = repo(&[("README.md", readme), ("app.py", app), ("requirements.txt", "streamlit\n")]);
    let error = Adoption::begin(&repo).decide().unwrap_err();
    assert!(matches!(&error, AdoptError::RetiredSdk(sdk) if sdk == "streamlit"), "{error}");
    let mut declines = Told::default();
    assert!(matches!(Adoption::begin(&repo).decide_with(&mut declines), Err(AdoptError::RetiredSdk(_))));
    assert_eq!(declines.asked, ["streamlit"]);
    let by_person = Adoption::begin(&repo).decide_with(&mut Told { migrate: true, ..Told::default() }).unwrap();
    for decided in [by_person, Adoption::begin(&repo).migrate(true).decide().unwrap()] {
        assert!(decided.migrates());
        let after = decided.adopt().unwrap().after;
        assert!(after.text("README.md").unwrap().contains("\nsdk: docker\n"), "{:?}", after.text("README.md"));
    }
}

#[test]
fn every_obstacle_to_an_adoption_has_a_type() {
    let error = |files: &[(&str, &str)], given: Answers| {
        let repo = repo(files);
        Adoption::begin(&repo).given(given).decide().and_then(|decided| decided.adopt()).unwrap_err()
    };
    let none = error(&[("notes.txt", "")], Answers::new());
    assert!(matches!(&none, AdoptError::NoApp(notes) if notes.is_empty()), "{none}");
    assert_eq!(none.to_string(), "no app was found");
    let notebook = error(&[("a.ipynb", "{}")], Answers::new());
    assert!(matches!(&notebook, AdoptError::NoApp(notes) if notes.len() == 1), "{notebook}");
    let other = error(&[("app.py", GRADIO)], Answers::new().set("app_file", "b.py"));
    assert!(
        matches!(&other, AdoptError::NoSuchApp { file, known } if file == "b.py" && known == &["app.py"]),
        "{other}"
    );
    let made = error(&[(".spaces-new.toml", "template = \"gradio\"\n"), ("app.py", GRADIO)], Answers::new());
    assert!(matches!(&made, AdoptError::MadeFromTemplate(name) if name == "gradio"), "{made}");
    let kept = error(&[(".spaces-new.toml", "template = \n"), ("app.py", GRADIO)], Answers::new());
    assert!(matches!(&kept, AdoptError::Kept(_)), "{kept}");
    let readme = "---\nsdk: static\n---\n";
    let sdk = error(&[("README.md", readme), ("app.py", GRADIO)], Answers::new().set("template", "gradio"));
    assert!(matches!(&sdk, AdoptError::OtherSdk { sdk, .. } if sdk == "static"), "{sdk}");
    let wrong = error(&[("app.py", GRADIO)], Answers::new().set("port", 80_u16));
    assert!(
        matches!(&wrong, AdoptError::Answers(errors) if errors.iter().any(|error| error.key() == "port")),
        "{wrong}"
    );
    for error in [none, notebook, other, made, kept, sdk, wrong] {
        assert!(!error.to_string().contains("--migrate"), "{error}");
    }
}

#[test]
fn files_that_differ_are_kept_or_replaced_on_request() {
    let repo = repo(&[("app.py", GRADIO), ("requirements.txt", "gradio\n"), ("Dockerfile", "FROM scratch\n")]);
    let merged = |on_conflict| {
        let begun = Adoption::begin(&repo).given(Answers::new().set("template", "gradio").set("app_file", "app.py"));
        begun.on_conflict(on_conflict).decide().unwrap().adopt().unwrap().merge
    };
    assert_eq!(merged(OnConflict::Refuse).conflicts().count(), 1);
    assert_eq!(merged(OnConflict::Keep).conflicts().count(), 0);
    assert!(merged(OnConflict::Keep).over(&repo).text("Dockerfile").unwrap().starts_with("FROM scratch"));
    assert!(!merged(OnConflict::Replace).over(&repo).text("Dockerfile").unwrap().starts_with("FROM scratch"));
}
