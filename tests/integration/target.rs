//! A target is one file, one folder and one line: this one is not shipped.

use std::path::Path;

use spaces_new::unstable::{Contract, Extension, Finished, Git, Merger, Refusal, Scope, Step, Target};
use spaces_new::values::RepoPath;
use spaces_new::{
    AdoptError, Adoption, Answers, App, Assets, Catalog, Change, Checker, Merge, MergeOptions, Plan, Repo, Spec, detect,
};

use crate::support::{files_under, root};

/// The file.
#[derive(Debug)]
struct Toy;

impl Target for Toy {
    fn id(&self) -> &'static str {
        "toy"
    }

    fn name(&self) -> &'static str {
        "Toy Cloud"
    }

    fn contract(&self) -> Contract {
        Contract { user_id: 2000, login: "toy", port: 9000, least_port: 9000 }
    }

    fn takes_template(&self) -> bool {
        false
    }

    fn accepts(&self, app: &App) -> Result<(), Refusal> {
        if app.framework.is_python() {
            return Ok(());
        }
        let reason = format!("Toy Cloud runs Python, and `{}` is made with {}", app.file, app.framework.name());
        Err(Refusal::new(reason, "take another target"))
    }

    fn recognises(&self, repo: &Repo) -> bool {
        repo.get("toy.cfg").is_some()
    }

    fn next_steps(&self, made: &Finished<'_>) -> Vec<Step> {
        vec![Step::new("Run it there", vec![format!("toy up {}", made.folder.display())]).note("it costs nothing")]
    }

    fn merger(&self, path: &str) -> Option<Merger> {
        (path == "toy.cfg").then_some(Merger::Own(missing_lines))
    }
}

/// Adds the settings that a file lacks.
#[expect(clippy::unnecessary_wraps, reason = "a merger may fail")]
fn missing_lines(there: &str, wanted: &str) -> Result<Extension, String> {
    let name = |line: &str| line.split('=').next().unwrap_or_default().to_owned();
    let lacks = |line: &&str| !there.lines().any(|known| name(known) == name(line));
    let added: Vec<String> = wanted.lines().filter(lacks).map(str::to_owned).collect();
    let text = added.iter().fold(there.to_owned(), |text, line| format!("{text}{line}\n"));
    Ok(Extension { text, added })
}

/// The folder and the line.
fn catalog() -> Catalog {
    let folder = root().join("tests/integration/target/toy");
    let files = files_under(&folder).into_iter().map(|file| {
        let text = fs_err::read_to_string(folder.join(&file)).unwrap();
        (file, text)
    });
    Catalog::load(&Toy, files).unwrap()
}

fn plan(answers: &Answers) -> Plan {
    let catalog = catalog();
    let template = catalog.get("gradio").unwrap();
    let spec = Spec::resolve(template, answers).unwrap();
    template.plan(&spec, &Assets::default()).unwrap()
}

fn files(files: &[(&str, &str)]) -> Repo {
    Repo::from_files(files.iter().map(|(path, text)| (path.parse::<RepoPath>().unwrap(), text.as_bytes().to_vec())))
}

#[test]
fn its_question_is_asked_and_those_of_another_target_are_not() {
    let catalog = catalog();
    let template = catalog.get("gradio").unwrap();
    assert!(template.question("region").is_some());
    assert!(template.question("python").is_some(), "an app has a version of Python wherever it runs");
    for key in ["emoji", "sdk", "hardware", "models"] {
        assert!(template.question(key).is_none(), "`{key}` is a question about a Space");
    }
    let errors = Spec::resolve(template, &Answers::for_folder("demo").set("emoji", "🐳")).unwrap_err();
    assert_eq!(errors.iter().map(|error| error.key().to_owned()).collect::<Vec<_>>(), ["emoji"]);
    assert!(Catalog::builtin().get("gradio").unwrap().question("region").is_none());
}

#[test]
fn its_layer_is_rendered_by_its_contract_and_conditions() {
    let toy = plan(&Answers::for_folder("demo"));
    let paths: Vec<String> = toy.files().map(|(path, _)| path.to_string()).collect();
    assert_eq!(paths, ["toy.cfg"]);
    let file = toy.get(&"toy.cfg".parse().unwrap()).unwrap();
    assert_eq!(file.as_text(), Some("name=Demo\nregion=north\nport=9000\nuser=2000\n"));
    let south = plan(&Answers::for_folder("demo").set("region", "south"));
    assert!(south.get(&"private.txt".parse().unwrap()).is_some());
}

#[test]
fn a_port_below_its_contract_is_refused() {
    let catalog = catalog();
    let template = catalog.get("gradio").unwrap();
    let resolve = |port: u16| Spec::resolve(template, &Answers::for_folder("demo").set("port", port));
    let errors = resolve(8000).unwrap_err();
    assert!(errors.iter().any(|error| error.to_string().contains("`8000` is out of range")), "{errors:?}");
    assert_eq!(resolve(9001).unwrap().port().map(|port| port.get()), Some(9001));
}

#[test]
fn its_files_are_merged_in_its_own_way() {
    let there = files(&[("toy.cfg", "# mine\nregion=west\n")]);
    let planned = plan(&Answers::for_folder("demo"));
    let merged = Merge::of(&planned, &there, &MergeOptions::new().target(&Toy));
    let [file] = merged.files() else { panic!("{merged:?}") };
    assert_eq!(file.change, Change::Extend(vec!["name=Demo".into(), "port=9000".into(), "user=2000".into()]));
    let as_space = Merge::of(&planned, &there, &MergeOptions::new());
    assert!(matches!(as_space.files()[0].change, Change::Conflict(_)), "a Space has no way to merge it");
}

#[test]
fn it_refuses_an_app_that_it_cannot_run_and_recognises_its_own() {
    let app = |repo: &Repo| detect(repo).apps()[0].clone();
    let page = files(&[("index.html", "<!doctype html><title>Page</title><p>Hello</p>")]);
    let refusal = Toy.accepts(&app(&page)).unwrap_err();
    assert_eq!(refusal.to_string(), "Toy Cloud runs Python, and `index.html` is made with a static page");
    let flask = files(&[("app.py", "import flask\n\napp = flask.Flask(__name__)\n")]);
    assert_eq!(Toy.accepts(&app(&flask)), Ok(()));
    assert!(Toy.recognises(&files(&[("toy.cfg", "")])) && !Toy.recognises(&page));
}

#[test]
fn rules_about_another_contract_do_not_check_it() {
    let repo = files(&[("Dockerfile", "FROM python:3.13-slim\nCMD [\"python\", \"app.py\"\n")]);
    let ids = |checker: &Checker| checker.check(&repo).iter().map(|found| found.rule).collect::<Vec<_>>();
    let (of_space, of_toy) = (ids(&Checker::new()), ids(&Checker::new().target(&Toy)));
    assert!(of_space.contains(&"missing-user"), "{of_space:?}");
    assert!(!of_toy.contains(&"missing-user"), "{of_toy:?}");
    assert!(of_toy.contains(&"invalid-exec-form") && of_space.contains(&"invalid-exec-form"), "{of_toy:?}");
    assert!(Toy.checks(Scope::EveryTarget) && Toy.checks(Scope::Only("toy")) && !Toy.checks(Scope::Only("other")));
}

#[test]
fn its_next_steps_are_reported() {
    let catalog = catalog();
    let template = catalog.get("gradio").unwrap();
    let spec = Spec::resolve(template, &Answers::for_folder("demo")).unwrap();
    let made = Finished { folder: Path::new("demo"), spec: &spec, template, git: Git::None, repo: None };
    let steps = template.target().next_steps(&made);
    assert_eq!(steps, [Step::new("Run it there", vec!["toy up demo".to_owned()]).note("it costs nothing")]);
}

#[test]
fn an_app_is_adopted_for_it_or_refused() {
    let catalog = catalog();
    let page = files(&[("index.html", "<!doctype html><title>Page</title><p>Hello</p>")]);
    let refused = Adoption::begin(&page).catalog(&catalog).decide().unwrap_err();
    assert!(matches!(&refused, AdoptError::Refused(refusal) if refusal.help == "take another target"), "{refused:?}");
    let flask = files(&[
        ("app.py", "import flask\n\napp = flask.Flask(__name__)\n"),
        ("requirements.txt", "flask==3.1.2\ngunicorn==23.0.0\n"),
        ("toy.cfg", "region=west\n"),
    ]);
    let adoption = Adoption::begin(&flask).catalog(&catalog).decide().unwrap().adopt().unwrap();
    let changed: Vec<(&str, &Change)> =
        adoption.merge.files().iter().map(|file| (file.path.as_str(), &file.change)).collect();
    let [("toy.cfg", Change::Extend(added))] = &changed[..] else { panic!("{changed:?}") };
    assert_eq!(added.len(), 3, "{added:?}");
    assert_eq!(adoption.findings, []);
}
