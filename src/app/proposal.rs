//! Puts together what is proposed for an app.

use std::collections::BTreeMap;

use super::command::{self, PORT};
use super::environment::{self, Environment};
use super::model::{Answered, App, Evidence, Facts, Found, Framework, Note, Proposal};
use super::node::{self, Package};
use super::project::{Project, folder_of, has_ending, is_aside};
use super::space::ExistingSpace;
use super::versions::{self, Asked};
use super::{compiled, files, install_files, javascript, python_app, title};
use crate::answers::{Answers, Raw, Source};
use crate::facts::environment::INSTALLED_BY_THE_HUB;
use crate::facts::limits::{APP_PORT_DEFAULT, APP_PORT_MIN};
use crate::repo::Repo;

/// Answers that mean nothing where the Hub's own image runs the app.
const NOT_WITH_SDK: [&str; 4] = ["dependencies", "install_files", "command", "apt"];

/// Fills in the facts of an app.
pub(super) fn complete(project: &Project<'_>, space: &ExistingSpace, app: &mut App) {
    match app.framework {
        framework if framework.is_python() => python_app::complete(project, space, app),
        framework if framework.is_node() => node_app(project, app),
        framework @ (Framework::Go | Framework::Rust) => {
            app.facts.command = compiled::command(project, framework, &app.file);
            app.facts.port = compiled::port(project, &app.file);
            let named = app.facts.port.iter().map(|(_, evidence)| evidence);
            if let Some(evidence) = named.clone().find(|evidence| compiled::loopback(project, evidence)) {
                let note = Note::new("the app listens on this computer alone");
                app.facts.notes.push(note.help("listen on `0.0.0.0`").seen(evidence.clone()));
            }
        }
        _ => {}
    }
    title::answer(project, app);
    if let Some(port) = command::port_of_procfile(project, app).filter(|_| !app.facts.port_is_fixed) {
        app.facts.port = Some(port);
    }
    if let Some(port) = port_of_space(project, space) {
        app.facts.port = Some(port);
        app.facts.port_is_fixed = false;
    }
    if app.framework == Framework::Gradio && space.sdk.as_deref() == Some("gradio") {
        let evidence = project.line_with("README.md", "sdk:", "the Space says so");
        app.facts.on_hub = Some(evidence);
    }
    if project.is_cut {
        app.facts.notes.push(Note::new("some files of Python are so large, or so many, that they were not read"));
    }
    app.facts.notes.extend(files::note(project.repo));
}

/// What is left of the facts where the Hub's own image runs the app.
fn on_hub(facts: &Facts, evidence: &Evidence) -> Facts {
    let mut facts = Facts { command: Vec::new(), port: None, ..facts.clone() };
    facts.answers.retain(|(key, value, _)| !NOT_WITH_SDK.contains(key) && !is_installed_by_the_hub(key, value));
    facts.answers.insert(0, ("sdk", Answered::One("gradio".to_owned()), evidence.clone()));
    facts
}

/// Whether an answer is a package that the Hub installs where its own image runs the app.
fn is_installed_by_the_hub(key: &str, value: &Answered) -> bool {
    let Answered::Item(line) = value else { return false };
    let package = line.split(['=', '[', '<', '>']).next().unwrap_or_default();
    key == "pip" && INSTALLED_BY_THE_HUB.contains(&package)
}

/// The port in the front matter of a Space.
pub(super) fn port_of_space(project: &Project<'_>, space: &ExistingSpace) -> Option<(u16, Evidence)> {
    let port = space.app_port.filter(|port| *port >= APP_PORT_MIN)?;
    Some((port, project.line_with("README.md", "app_port", "the Space says so")))
}

/// What an app of Node needs.
fn node_app(project: &Project<'_>, app: &mut App) {
    let Some(package) = Package::read(project, &app.file) else { return };
    let plan = node::plan(project, app.framework, &package);
    let mut facts = Facts { command: plan.command, command_evidence: Some(plan.evidence.clone()), ..Facts::default() };
    let folder = folder_of(&package.path).to_owned();
    let is_site = app.framework == Framework::BuiltSite;
    if let Some(build) = plan.build {
        // The Hub builds a static Space with npm
        let build = if is_site { "npm run build".to_owned() } else { build };
        let evidence = project.line_with(&package.path, "\"build\"", "the script `build`");
        facts.answers.push(("build_command", Answered::One(build), evidence));
    }
    if !is_site {
        server_of_node(project, &package, &folder, &mut facts);
    }
    if !folder.is_empty() {
        let note = Note::new(format!("the app is a package of its own in `{folder}`"));
        let help = format!("make the Space of that folder alone: `spaces-new init {folder}`");
        facts.notes.push(note.help(help).seen(Evidence::file(&package.path, "is not at the root")));
    }
    app.file = plan.app_file;
    app.facts = facts;
}

fn server_of_node(project: &Project<'_>, package: &Package, folder: &str, facts: &mut Facts) {
    let within = |name: &str| super::project::within(folder, name);
    let lock = node::lock(project, folder).map(|(file, _)| file);
    let name = lock.unwrap_or("package.json");
    let evidence = Evidence::file(within(name), if lock.is_some() { "is the lock" } else { "is there, and no lock" });
    facts.answers.push(("dependencies", Answered::One(name.to_owned()), evidence));
    if folder.is_empty() {
        install_files::of_node(project, package, name, facts);
    }
    for bun in ["bun.lockb", "bun.lock"].iter().filter(|bun| lock.is_none() && project.repo.get(&within(bun)).is_some())
    {
        let note = Note::new(format!("`{bun}` is a lock of Bun, which is not used"))
            .help("`npm install` writes a lock that is");
        facts.notes.push(note.seen(Evidence::file(within(bun), "is there")));
    }
    match versions::node(project, package) {
        Some(Asked { version: Ok(version), evidence }) => {
            facts.answers.push(("base", Answered::One(format!("node:{version}-slim")), evidence));
        }
        Some(Asked { version: Err(asked), evidence }) => {
            let note = Note::new(format!("no image is known for Node `{asked}`"));
            facts.notes.push(note.help("name one").or_answer("base", "node:22-slim").seen(evidence));
        }
        None => {}
    }
    let entry = node::entry(project, package);
    let sources = sources(project, folder);
    let mut read = Environment::new();
    for (path, code) in &sources {
        environment::add_javascript(&mut read, path, code);
    }
    for (name, found) in environment::of_example(project, folder) {
        read.entry(name).or_insert(found);
    }
    environment::answer(read, facts);
    let first = sources.iter().find(|(path, _)| Some(*path) == entry.as_deref());
    let found =
        first.into_iter().chain(&sources).find_map(|(path, code)| Some((path, code, javascript::listening(code)?)));
    let Some((path, code, listening)) = found else { return };
    let line = crate::repo::Lines::of_text(code).line(listening.at);
    if let Some(port) = listening.port.filter(|port| *port >= APP_PORT_MIN) {
        facts.port = Some((port, Evidence::line(*path, line, format!("listens on {port}"))));
        facts.port_is_fixed = listening.is_fixed;
    }
    if listening.loopback {
        let note = Note::new("the app listens on this computer alone");
        facts.notes.push(note.help("leave the address out of `listen`").seen(Evidence::line(
            *path,
            line,
            "names an address",
        )));
    }
}

/// The source files of a package of Node, without their comments.
fn sources<'r>(project: &Project<'r>, folder: &str) -> Vec<(&'r str, String)> {
    const FILES_MAX: usize = 200;
    const BYTES_MAX: u64 = 128 * 1024;
    const TOTAL_MAX: u64 = 4 * 1024 * 1024;
    let mut left = TOTAL_MAX;
    let is_source = |path: &str| {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        matches!(ending, "js" | "mjs" | "cjs" | "ts" | "mts" | "tsx" | "jsx") && !path.ends_with(".min.js")
    };
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let files = project.repo.files().filter(|file| {
        file.path().starts_with(&prefix) && is_source(file.path()) && !is_aside(file.path()) && file.size() <= BYTES_MAX
    });
    let fitting = files.take(FILES_MAX).take_while(|file| {
        left = left.saturating_sub(file.size());
        left > 0
    });
    fitting.filter_map(|file| Some((file.path(), javascript::without_comments(file.text()?)))).collect()
}

/// What runs the app.
#[derive(Debug, Clone, Copy)]
pub(super) enum Image {
    /// The Hub's own where the README names its SDK, else one that a Dockerfile makes.
    AsTheReadmeSays,
    /// One that a Dockerfile makes.
    Own,
    /// The Hub's own, for Gradio.
    OfTheHub,
}

/// The proposal with a port.
pub(super) fn propose(app: &App, given: Option<u16>, image: Image) -> Proposal {
    let evidence = match image {
        Image::Own => None,
        Image::AsTheReadmeSays => app.facts.on_hub.as_ref(),
        Image::OfTheHub => app.evidence.first(),
    };
    let hub = evidence.map(|evidence| on_hub(&app.facts, evidence));
    let facts = hub.as_ref().unwrap_or(&app.facts);
    let mut found = vec![Found {
        key: "framework",
        value: app.framework.name().to_owned(),
        evidence: app.evidence.first().cloned().unwrap_or_else(|| Evidence::file(&app.file, "is the app")),
    }];
    let mut answers = Answers::new();
    let template = app.framework.template();
    answers.insert("template", template, Source::Detected);
    answers.insert("app_file", app.file.as_str(), Source::Detected);
    found.push(Found {
        key: "app_file",
        value: app.file.clone(),
        evidence: app
            .evidence
            .get(1)
            .or(app.evidence.first())
            .cloned()
            .unwrap_or_else(|| Evidence::file(&app.file, "is it")),
    });
    let mut notes = facts.notes.clone();
    let port = given.or(facts.port.as_ref().map(|(port, _)| *port)).unwrap_or(APP_PORT_DEFAULT);
    if let Some((named, evidence)) = &facts.port {
        answers.insert("port", port, Source::Detected);
        if port == *named {
            found.push(Found { key: "port", value: port.to_string(), evidence: evidence.clone() });
        } else if facts.port_is_fixed {
            let note =
                Note::new(format!("the code listens on {named}, whatever the environment says, and not on {port}"));
            let note = note.help(format!("leave the port out of the code, or take {named}"));
            notes.push(note.or_answer("port", named.to_string()).seen(evidence.clone()));
        }
    } else if let Some(port) = given {
        answers.insert("port", port, Source::Detected);
    }
    if !facts.command.is_empty() {
        let words: Vec<String> = facts.command.iter().map(|word| word.replace(PORT, &port.to_string())).collect();
        let shown = shlex::try_join(words.iter().map(String::as_str)).unwrap_or_else(|_| words.join(" "));
        let evidence = facts.command_evidence.clone().or_else(|| app.evidence.first().cloned());
        let evidence = evidence.unwrap_or_else(|| Evidence::file(&app.file, "is the app"));
        found.push(Found { key: "command", value: shown, evidence });
        answers.insert("command", words, Source::Detected);
    }
    let mut lists: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (key, value, evidence) in &facts.answers {
        let value = match value {
            Answered::One(value) => {
                if *key == "build_command" {
                    answers.insert(*key, value.split(' ').collect::<Vec<_>>(), Source::Detected);
                } else if *key != "framework" {
                    answers.insert(*key, Raw::from(value.as_str()), Source::Detected);
                }
                value
            }
            Answered::Item(value) => {
                let list = lists.entry(key).or_default();
                if list.contains(value) {
                    continue;
                }
                list.push(value.clone());
                value
            }
        };
        found.push(Found { key, value: value.clone(), evidence: evidence.clone() });
    }
    for (key, list) in lists {
        answers.insert(key, list, Source::Detected);
    }
    Proposal { template, answers, found, notes }
}

/// What is said of a repository without an app.
pub(super) fn nothing_found(repo: &Repo) -> Vec<Note> {
    let notebook = repo.files().find(|file| has_ending(file.name(), "ipynb"));
    let note = match notebook {
        Some(file) => Note::new("there are notebooks, and no app that a Space could start")
            .help("put the app into a file such as `app.py`")
            .seen(Evidence::file(file.path(), "is a notebook")),
        None => {
            Note::new("no app was found that a Space could start").help("name its first file").or_answer_to("app_file")
        }
    };
    vec![note]
}
