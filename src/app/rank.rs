//! Which of several apps is probably the intended one.

use super::candidate::Candidate;
use super::framework::Framework;
use super::frameworks;
use super::hub::space::ExistingSpace;
use super::model::{App, Evidence};
use super::paths::folder_of;
use super::project::Project;
use super::{node_entry, python_entry};
use crate::facts::servers::{Package, SERVERS, ServerRow};
use crate::formats::procfile::processes;
use crate::order::Order;

/// A smaller lead does not make an app clearly the best.
const MARGIN: i32 = 10;

/// The maximum number of candidates that are searched in other files.
const CANDIDATES_MAX: usize = 64;

/// The score of a file that names the app: the front matter of a Space, a `Procfile`.
const NAMED: i32 = 100;

/// The score of a line in the README that runs the app.
const IN_README: i32 = 15;

/// A script that another file imports is a part of the app, not its entry file.
const IMPORTED: i32 = -50;

/// Every app, the likeliest first; equal ones in the order of their files.
pub(super) fn ranked(project: &Project<'_>, space: &ExistingSpace) -> Vec<App> {
    let mut candidates = python_entry::find(project);
    candidates.extend(node_entry::find(project));
    candidates.extend(frameworks::elsewhere(project, space));
    candidates.order_by_key(|found| {
        std::cmp::Reverse(found.strength + place(&found.file) + name(found.framework, &found.file))
    });
    candidates.truncate(CANDIDATES_MAX);
    let mut apps: Vec<App> = candidates.into_iter().map(|candidate| scored(project, space, candidate)).collect();
    apps.order_by(|a, b| b.score.cmp(&a.score).then_with(|| a.file.cmp(&b.file)));
    // A helper that only uses the framework is reported if there is nothing better
    let best = apps.first().map_or(0, |app| app.score);
    apps.retain(|app| app.score >= best - 60);
    apps
}

/// Whether a second app comes close to the first.
pub(super) fn is_ambiguous(apps: &[App]) -> bool {
    match apps {
        [first, second, ..] => first.score - second.score < MARGIN,
        _ => false,
    }
}

fn scored(project: &Project<'_>, space: &ExistingSpace, candidate: Candidate) -> App {
    let Candidate { framework, file, object, mut evidence, strength } = candidate;
    let mut score = strength + place(&file) + name(framework, &file);
    if let Some(named) = named(project, space, &file) {
        score += NAMED;
        evidence.push(named);
    }
    if let Some(line) = run_in_readme(project, &file) {
        score += IN_README;
        evidence.push(line);
    }
    let is_script = frameworks::python(framework).is_some_and(|hooks| hooks.is_script);
    if is_script && project.is_imported(&file) {
        score += IMPORTED;
    }
    App { object, evidence, score, ..App::new(framework, file) }
}

fn place(file: &str) -> i32 {
    const USUAL: [&str; 8] = ["src", "app", "backend", "server", "api", "web", "demo", "ui"];
    match file.matches('/').count() {
        0 => 40,
        1 if USUAL.contains(&folder_of(file)) => 30,
        1 => 25,
        2 => 15,
        _ => 5,
    }
}

fn name(framework: Framework, file: &str) -> i32 {
    const FIRST: [&str; 3] = ["app", "main", "streamlit_app"];
    const SECOND: [&str; 18] = [
        "server",
        "run",
        "wsgi",
        "asgi",
        "demo",
        "web",
        "webui",
        "gradio_app",
        "gradio_demo",
        "ui",
        "home",
        "api",
        "index",
        "application",
        "start",
        "dashboard",
        "app_gradio",
        "gradio_ui",
    ];
    let Some(hooks) = frameworks::python(framework) else { return 25 };
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let stem = name.strip_suffix(".py").unwrap_or(name).to_ascii_lowercase();
    if hooks.parts.is_some_and(|parts| folder.ends_with(parts)) {
        -80
    } else if FIRST.contains(&stem.as_str()) || (stem == "__init__" && !folder.is_empty()) {
        30
    } else if SECOND.contains(&stem.as_str()) {
        20
    } else {
        0
    }
}

/// The front matter or the `Procfile` that names a file as the app.
fn named(project: &Project<'_>, space: &ExistingSpace, file: &str) -> Option<Evidence> {
    if space.app_file.as_deref() == Some(file) {
        return Some(Evidence::file("README.md", "names it as `app_file`"));
    }
    let web = processes(project.repo.text("Procfile")?).find(|process| process.name == "web")?;
    names_file(web.command, file).then(|| project.evidence_at("Procfile", web.span.start, "starts it"))
}

/// A line of the README that runs a file.
fn run_in_readme(project: &Project<'_>, file: &str) -> Option<Evidence> {
    let text = project.repo.text("README.md")?;
    let runs = |line: &str| names_program(line) && names_file(line, file);
    let line = text.lines().position(runs)?;
    Some(Evidence::line("README.md", line + 1, "runs it"))
}

/// Whether a line of prose or of a shell names Python, or a server that comes as a package of it.
fn names_program(line: &str) -> bool {
    let is_of_python = |row: &ServerRow| matches!(row.package, Package::Server(_) | Package::OfApp(_));
    let is_named = |row: &ServerRow| {
        row.names.iter().any(|name| line.contains(name))
            && (row.verbs.is_empty() || row.verbs.iter().any(|verb| line.contains(verb)))
    };
    line.contains("python") || SERVERS.iter().any(|row| is_of_python(row) && is_named(row))
}

/// Whether a line names a file by its path or as a module.
fn names_file(line: &str, file: &str) -> bool {
    let module = file.strip_suffix(".py").unwrap_or(file).replace('/', ".");
    let words = line.split(|char: char| char.is_whitespace() || matches!(char, '`' | '"' | '\'' | '$' | '(' | ')'));
    let names = |word: &str| {
        word.trim_start_matches("./") == file
            || word.split_once(':').is_some_and(|(before, _)| before == module)
            || (word == module && (line.contains("-m ") || line.contains("gunicorn ")))
    };
    words.into_iter().any(names)
}
