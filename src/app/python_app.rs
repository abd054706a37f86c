//! What an app in Python needs.

use super::command;
use super::dependencies::{self, Dependencies};
use super::django;
use super::environment;
use super::hub_repos;
use super::install_files;
use super::model::{Answered, App, Evidence, Facts, Framework, Note};
use super::nicegui;
use super::port;
use super::project::{FRAMEWORKS, Project, PythonFile, folder_of, has_ending, within};
use super::python_apps::{Candidate, launch};
use super::ran_with;
use super::servers;
use super::space::ExistingSpace;
use super::versions::{self, Asked};
use crate::render::Catalog;
use crate::values::Requirement;

/// Fills in the facts of an app.
pub(super) fn complete(project: &Project<'_>, space: &ExistingSpace, app: &mut App) {
    let Some(file) = project.python.get(app.file.as_str()) else { return };
    let files = match app.framework {
        Framework::Django => django::files(project, file),
        _ => project.reachable(&app.file),
    };
    let candidate = Candidate {
        framework: app.framework,
        file: app.file.clone(),
        object: app.object.clone(),
        evidence: Vec::new(),
        strength: 0,
    };
    let parts = files.iter().map(|file| file.path.to_owned()).collect();
    let mut facts = Facts { command: command::of(project, file, &candidate), parts, ..Facts::default() };
    let folder = dependencies::folder_for(project, &app.file, package_of(app.framework).unwrap_or_default()).to_owned();
    let needed = dependencies::python(project, &folder);
    dependency_file(&folder, &needed, &mut facts);
    if folder.is_empty() {
        install_files::of_python(project, &needed, &mut facts);
    }
    python_version(project, space, &folder, &needed, &mut facts);
    server(app.framework, space, &needed, &mut facts);
    ran_with::note(space, app.framework, &needed, &mut facts);
    listens(app, &files, file, &mut facts);
    let mut read = environment::of_python(&files);
    for (name, found) in environment::of_example(project, &folder) {
        read.entry(name).or_insert(found);
    }
    environment::answer(read, &mut facts);
    streamlit_secrets(&files, &mut facts);
    hub_repos::answer(project, &files, &mut facts);
    super::imports::complete(project, &folder, &files, &needed, &mut facts);
    facts.notes.extend(hidden_package(project, file));
    match app.framework {
        Framework::Django => django::notes(&files, &needed, &mut facts),
        Framework::NiceGui => facts.notes.extend(nicegui::reloads(file)),
        _ => {}
    }
    if launches_nothing(app, file) {
        let note = Note::new(format!("`{}` launches no Gradio app", app.file));
        facts.notes.push(note.help("call `demo.launch()` at its end").seen(app.evidence[0].clone()));
    }
    app.facts = facts;
}

/// A file beside the app that hides the package which the app imports.
fn hidden_package(project: &Project<'_>, file: &PythonFile<'_>) -> Option<Note> {
    let imported = FRAMEWORKS.iter().filter(|name| file.source.imports_module(name));
    let path = imported
        .map(|name| within(folder_of(file.path), &format!("{name}.py")))
        .find(|path| project.repo.get(path).is_some() && path != file.path)?;
    let note =
        Note::new(format!("`{path}` has the name of a package that the app imports, and is found instead of it"));
    Some(note.help("rename the file").seen(Evidence::file(path, "is there")))
}

fn launches_nothing(app: &App, file: &PythonFile<'_>) -> bool {
    app.framework == Framework::Gradio && launch(file).is_none() && !app.evidence.is_empty()
}

/// The file of dependencies; in a folder of its own, the lines that are in it.
fn dependency_file(folder: &str, needed: &Dependencies, facts: &mut Facts) {
    match (&needed.file, &needed.evidence) {
        (Some(file), Some(evidence)) if folder.is_empty() => {
            facts.answers.push(("dependencies", Answered::One(file.clone()), evidence.clone()));
        }
        (Some(_), Some(evidence)) => {
            let elsewhere = Evidence::file(&evidence.path, "is not at the root");
            facts.answers.push(("dependencies", Answered::One("none".to_owned()), elsewhere));
            for (line, evidence) in &needed.installable {
                facts.answers.push(("pip", Answered::Item(line.clone()), evidence.clone()));
            }
            let note = Note::new(format!("the dependencies are in `{}`, not at the root", evidence.path));
            let help = format!("make the Space of that folder alone: `spaces-new init {folder}`");
            facts.notes.push(note.help(help).seen(evidence.clone()));
        }
        _ => {
            let evidence = Evidence::file(".", "no `requirements.txt`, `pyproject.toml` or lock that an image can use");
            facts.answers.push(("dependencies", Answered::One("none".to_owned()), evidence));
            for (line, evidence) in &needed.lines {
                if line.parse::<Requirement>().is_ok() {
                    facts.answers.push(("pip", Answered::Item(line.clone()), evidence.clone()));
                }
            }
        }
    }
    if let Some(conda) = &needed.conda {
        let shown = conda.packages.iter().take(12).cloned().collect::<Vec<_>>().join(", ");
        let note = Note::new(format!("`{}` is a conda environment and is not translated", conda.evidence.path));
        let help = if shown.is_empty() {
            "write a `requirements.txt`".to_owned()
        } else {
            format!("write a `requirements.txt` with what the app needs of: {shown}")
        };
        facts.notes.push(note.help(help).seen(conda.evidence.clone()));
    }
}

/// The version of Python, by the file that asks for it.
fn python_version(
    project: &Project<'_>,
    space: &ExistingSpace,
    folder: &str,
    needed: &Dependencies,
    facts: &mut Facts,
) {
    let in_readme = space.python.as_deref().and_then(versions::numbers);
    let of_space = in_readme.map(|numbers| {
        let evidence = project.line_with("README.md", "python_version", "the Space says so");
        versions::exact(&numbers, evidence)
    });
    let of_conda = || {
        let conda = needed.conda.as_ref()?;
        Some(versions::exact(conda.python.as_ref()?, conda.evidence.clone()))
    };
    let own = versions::python(project, folder);
    let at_root = || if folder.is_empty() { None } else { versions::python(project, "") };
    match of_space.or(own).or_else(at_root).or_else(of_conda) {
        Some(Asked { version: Ok(version), evidence }) => {
            facts.answers.push(("python", Answered::One(version), evidence));
        }
        Some(Asked { version: Err(asked), evidence }) => python_not_offered(&asked, evidence, facts),
        None => facts.answers.extend(too_new(space, needed)),
    }
}

/// The nearest newer Python, where one is asked for that is too old to be offered. A range is left to a person.
fn python_not_offered(asked: &str, evidence: Evidence, facts: &mut Facts) {
    let note = Note::new(format!("no image is offered for Python `{asked}`"));
    let is_range = has_ending(&evidence.path, "toml");
    let (note, next) = match versions::next_offered(asked).filter(|_| !is_range) {
        Some(next) => (note.help(format!("{next} is the nearest that is newer, and is taken")), Some(next)),
        None => {
            let offered = crate::facts::python::IMAGE_VERSIONS.join(", ");
            (note.help(format!("choose one of {offered}")).or_answer_to("python"), None)
        }
    };
    if let Some(next) = next {
        let evidence = Evidence { why: format!("asks for {asked}, which is not offered"), ..evidence.clone() };
        facts.answers.push(("python", Answered::One(next.to_owned()), evidence));
    }
    facts.notes.push(note.seen(evidence));
}

/// The newest Python that every pinned package runs on, if the usual one is too new for one of them.
fn too_new(space: &ExistingSpace, needed: &Dependencies) -> Option<(&'static str, Answered, Evidence)> {
    let usual = minor(crate::facts::python::DEFAULT);
    let limits = needed.installable.iter().filter_map(|(line, evidence)| {
        let (name, version) = line.split_once("==")?;
        let name = name.split('[').next().unwrap_or(name).trim();
        let numbers: Vec<u32> = version.split(['.', '+', ';', ' ']).map_while(|part| part.parse().ok()).collect();
        let newest = ran_with::newest_python(&name.to_lowercase(), &numbers)?;
        Some((
            newest,
            Evidence { why: format!("`{}` runs on Python {newest} at most", line.trim()), ..evidence.clone() },
        ))
    });
    let (version, evidence) = limits.chain(ran_with::python(space)).min_by_key(|(version, _)| minor(version))?;
    (minor(version) < usual).then(|| ("python", Answered::One(version.to_owned()), evidence))
}

pub(super) fn minor(version: &str) -> u32 {
    version.split('.').nth(1).and_then(|minor| minor.parse().ok()).unwrap_or(0)
}

/// The package that a framework comes in.
pub(super) fn package_of(framework: Framework) -> Option<&'static str> {
    Some(match framework {
        Framework::Gradio => "gradio",
        Framework::Streamlit => "streamlit",
        Framework::FastApi => "fastapi",
        Framework::Starlette => "starlette",
        Framework::Flask => "flask",
        Framework::Django => "django",
        Framework::Quart => "quart",
        Framework::Litestar => "litestar",
        Framework::NiceGui => "nicegui",
        Framework::Dash => "dash",
        Framework::Panel => "panel",
        Framework::Shiny => "shiny",
        Framework::Chainlit => "chainlit",
        Framework::Marimo => "marimo",
        _ => return None,
    })
}

/// The framework, and the server that the command starts, where nothing installs them: without them there is no app.
fn server(framework: Framework, space: &ExistingSpace, needed: &Dependencies, facts: &mut Facts) {
    let server = servers::package_of(&facts.command);
    let Some(package) = package_of(framework) else { return };
    let framework_package = (!needed.is_unknown).then_some(package);
    for program in framework_package.into_iter().chain(server) {
        if needed.has(program) {
            continue;
        }
        if let Some((line, evidence)) = ran_with::line(space, program, facts) {
            facts.answers.push(("pip", Answered::Item(line), evidence));
            continue;
        }
        let evidence = match &needed.evidence {
            Some(evidence) => Evidence { why: format!("does not name `{program}`"), ..evidence.clone() },
            None => Evidence::file(".", format!("nothing names `{program}`")),
        };
        let pin = Catalog::builtin().pin(program);
        if pin.is_none() {
            let note = Note::new(format!("`{program}` is needed to start the app, and no version of it is named"));
            facts
                .notes
                .push(note.help("name one").or_answer("pip", format!("{program}==VERSION")).seen(evidence.clone()));
        }
        let line = pin.map_or_else(|| program.to_owned(), |version| format!("{program}=={version}"));
        facts.answers.push(("pip", Answered::Item(line), evidence));
    }
}

/// Where the app listens: the port that its code names, and an address that nobody can reach.
fn listens(app: &App, files: &[&PythonFile<'_>], file: &PythonFile<'_>, facts: &mut Facts) {
    let by_code = matches!(facts.command.first().map(String::as_str), Some("python" | "env"));
    let launchers = std::iter::once(file).chain(files.iter().copied());
    if let Some(named) = launchers.clone().find_map(port::named) {
        facts.port_is_fixed = named.is_fixed && by_code;
        facts.port = Some((named.port, named.evidence));
    }
    if !by_code {
        return;
    }
    if app.framework == Framework::NiceGui && facts.port.is_none() {
        facts.port = nicegui::usual_port(file);
        facts.port_is_fixed = facts.port.is_some();
    }
    if let Some((keyword, evidence)) = launchers.clone().find_map(port::loopback) {
        let note = Note::new("the app listens on this computer alone, whatever its environment says");
        let help = match app.framework {
            Framework::Gradio => format!("leave `{keyword}` out: `GRADIO_SERVER_NAME` is set in the image"),
            _ => format!("give `{keyword}=\"0.0.0.0\"`"),
        };
        facts.notes.push(note.help(help).seen(evidence));
    }
}

/// Secrets of Streamlit are a file, and those of a Space are environment.
fn streamlit_secrets(files: &[&PythonFile<'_>], facts: &mut Facts) {
    let found = environment::streamlit_secrets(files);
    let Some((name, read)) = found.iter().next() else { return };
    let note = Note::new("`st.secrets` reads `.streamlit/secrets.toml`, and a Space gives its secrets as environment");
    let help = format!("read `os.environ[\"{name}\"]` where `st.secrets` has nothing");
    facts.notes.push(note.help(help).seen(read.evidence.clone()));
    for (name, read) in found.into_iter().take(100) {
        let known = facts
            .answers
            .iter()
            .any(|(key, value, _)| *key == "secrets" && matches!(value, Answered::Item(item) if *item == name));
        if !known && name.chars().all(|char| !char.is_ascii_lowercase()) {
            facts.answers.push(("secrets", Answered::Item(name), read.evidence));
        }
    }
}
