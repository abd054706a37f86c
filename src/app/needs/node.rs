//! What a Node app needs.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use super::install_files;
use crate::app::build_names::{BuildName, names_at_build};
use crate::app::environment::{self, Environment};
use crate::app::frameworks::NodeHooks;
use crate::app::model::{App, EnvironmentRead, Evidence, Note, Seen};
use crate::app::node_imports;
use crate::app::node_package::{self, Package};
use crate::app::node_start;
use crate::app::paths::{folder_of, within};
use crate::app::project::{Project, is_aside};
use crate::app::versions::{self, Asked};
use crate::facts::limits::APP_PORT_MIN;
use crate::facts::public_names::{FILES_OF_VALUES, PUBLIC_NAMES};
use crate::formats::javascript::{self, Listening};
use crate::formats::javascript_serve::served;
use crate::order;

/// Fills in the facts of an app.
pub(super) fn complete(project: &Project<'_>, hooks: &NodeHooks, app: &mut App) {
    let Some(package) = Package::read(project, &app.file) else { return };
    let plan = (hooks.plan)(project, &package);
    let folder = folder_of(&package.path).to_owned();
    let is_site = app.framework.template() == "static";
    if let Some(build) = &plan.build {
        let evidence = match package.script("build") {
            Some(_) if !is_site => node_package::at_script(project, &package, "build"),
            _ => plan.evidence.clone(),
        };
        app.install.build = Some(Seen::usual(build_words(project, build, &folder), evidence));
    }
    app.command = (!plan.command.is_empty()).then(|| Seen::usual(plan.command, plan.evidence));
    app.notes.extend(plan.notes);
    if !is_site {
        install(project, &package, &folder, app);
        app.install.development = plan.needs.into_iter().next().map(|name| {
            let why = "is for development, and the start command needs it";
            let evidence = package.at_dependency(project, &name, why);
            Seen::usual(name, evidence)
        });
        let sources = sources(project, &folder);
        environment(project, &folder, &sources, app);
        server(project, &package, &sources, app);
    }
    public_names(project, &package, &folder, is_site, app);
    app.obstacle = of_a_workspace(project, &package).or_else(|| {
        let note =
            Note::new(format!("the app is a package of its own in `{folder}`, and an image is built from the root"));
        let help = "make a Space of that folder alone: run `spaces-new init` in it";
        (!folder.is_empty() && !is_site).then(|| note.help(help))
    });
    app.file = plan.app_file;
}

/// The words of a build command. The Hub builds a static Space at the root.
fn build_words(project: &Project<'_>, build: &str, folder: &str) -> Vec<String> {
    let quoted = shlex::try_quote(folder).ok().filter(|_| !folder.is_empty());
    let Some(folder) = quoted else { return build.split(' ').map(str::to_owned).collect() };
    let install = match node_package::lock(project, &folder) {
        Some(("package-lock.json", _)) => "npm ci",
        _ => "npm install",
    };
    vec!["sh".to_owned(), "-c".to_owned(), format!("cd {folder} && {install} && {build}")]
}

/// The names of the other packages of a repository.
fn names_of_others(project: &Project<'_>, package: &Package) -> BTreeSet<String> {
    let files = project.repo.files().filter(|file| file.name() == "package.json" && file.path() != package.path);
    let others = files.filter_map(|file| Package::read(project, file.path()));
    order::set(others.filter_map(|other| other.text(&["name"]).map(str::to_owned)))
}

/// What is said of a package that depends on another one of its repository: installing it needs the workspace at the root.
/// Sources: <https://pnpm.io/workspaces>, <https://docs.npmjs.com/cli/using-npm/workspaces>.
fn of_a_workspace(project: &Project<'_>, package: &Package) -> Option<Note> {
    let others = LazyCell::new(|| names_of_others(project, package));
    let is_there = |name: &str| others.contains(name);
    let is_outside = |name: &str, version: &str| {
        let reaches_out = ["file:../", "link:../", "portal:../"].iter().any(|begin| version.starts_with(begin));
        let is_of_workspace = version.starts_with("workspace:");
        match package.folder() {
            "" => reaches_out || is_of_workspace && !is_there(name),
            _ => reaches_out || is_of_workspace || is_there(name),
        }
    };
    let tables = ["dependencies", "devDependencies", "optionalDependencies"];
    let mut all = tables.into_iter().flat_map(|table| package.manifest.entries(table));
    let (name, ..) = all.find(|(name, version, _)| is_outside(name, version))?;
    let file = &package.path;
    let note = Note::new(format!("{file} depends on `{name}`, another package of its repository"));
    let help = "no template installs a workspace: write a Dockerfile at the root that installs it and starts the app, then run \
                `spaces-new init` there";
    Some(note.help(help))
}

/// How the packages are installed, and in which Node.
fn install(project: &Project<'_>, package: &Package, folder: &str, app: &mut App) {
    let lock = node_package::lock(project, folder).map(|(file, _)| file);
    let name = lock.unwrap_or("package.json");
    let why = if lock.is_some() { "is the lock file" } else { "has no lock file beside it" };
    let evidence = Evidence::file(within(folder, name), why);
    app.install.dependencies = Some(Seen::certain(Some(name.to_owned()), evidence));
    if folder.is_empty() {
        install_files::of_node(project, package, name, app);
    }
    match versions::node(project, package) {
        Some(Asked { version: Ok(version), evidence, .. }) => {
            app.version = Some(Seen::usual(version, evidence));
        }
        Some(Asked { version: Err(asked), evidence, .. }) => {
            let note = Note::new(format!("no base image is known for Node `{asked}`"));
            app.notes.push(note.help("name one").or_answer("base", "node:22-slim").seen(evidence));
        }
        None => {}
    }
}

/// The names that the app reads from its environment.
fn environment(project: &Project<'_>, folder: &str, sources: &[(&str, String)], app: &mut App) {
    let mut read = Environment::new();
    for (path, code) in sources {
        environment::add_javascript(&mut read, path, code);
    }
    for (name, found) in environment::of_example(project, folder) {
        read.entry(name).or_insert(found);
    }
    environment::fill(read, app);
}

/// The names whose values the build writes into the pages. They are public, whatever they are called.
fn public_names(project: &Project<'_>, package: &Package, folder: &str, is_site: bool, app: &mut App) {
    let is_file = |path: &str| FILES_OF_VALUES.iter().any(|name| path.ends_with(name));
    let mut names = names_at_build(project.repo, folder);
    // The settings of a build may read such a name too, and pass it on
    let (public, others) = std::mem::take(&mut app.environment).into_iter().partition(|read| match &read.value {
        EnvironmentRead::Secret(name) => is_public(package, name),
        EnvironmentRead::Variable(..) => false,
    });
    app.environment = others;
    // Settings and scripts know the value themselves
    names.retain(|name| name.given_by.as_deref().is_none_or(is_file));
    let evidence =
        |name: &BuildName| project.evidence_at(&name.path, name.range.start, format!("reads `{}`", name.name));
    for name in &names {
        let has_default = app.environment.iter().any(|read| is_of(&read.value, &name.name));
        if !is_site && !has_default {
            app.install.names.push(Seen::usual(name.name.clone(), evidence(name)));
        }
    }
    let public: Vec<Seen<EnvironmentRead>> = public;
    for read in public.into_iter().filter(|_| !is_site) {
        let EnvironmentRead::Secret(name) = read.value else { continue };
        if !app.install.names.iter().any(|known| known.value == name) {
            app.install.names.push(Seen::usual(name, read.evidence));
        }
    }
    let missing: Vec<&BuildName> = names.iter().filter(|name| !name.is_optional && name.given_by.is_none()).collect();
    let Some(first) = missing.first() else { return };
    let listed: Vec<String> = missing.iter().take(NAMES_SHOWN).map(|name| format!("`{}`", name.name)).collect();
    let more = if missing.len() > NAMES_SHOWN { " and others" } else { "" };
    let note = Note::new(format!(
        "the build writes {}{more} into the pages, where everyone can read the value",
        listed.join(", ")
    ));
    let help = if is_site {
        format!("give it a value in `{}`", within(folder, ".env.production"))
    } else {
        "make it a variable in the settings of the Space, not a secret; a change needs a rebuild".to_owned()
    };
    app.notes.push(note.help(help).seen(evidence(first)));
}

/// Whether a package that builds the pages writes the values of such names into them.
fn is_public(package: &Package, name: &str) -> bool {
    PUBLIC_NAMES.iter().any(|row| package.depends_on(row.package) && name.starts_with(row.prefix))
}

/// More names than these are only mentioned.
const NAMES_SHOWN: usize = 5;

/// A place that listens.
struct Place {
    path: String,
    code: String,
    listening: Listening,
}

/// Where the files listen that the start command runs. If these are not all known, the only place in the package.
fn place(project: &Project<'_>, package: &Package, command: &[String], sources: &[(&str, String)]) -> Option<Place> {
    let start = node_start::started_source(project, package, command);
    let on_bun = node_start::runs_on_bun(project, package);
    let place = |path: &str, code: &str| {
        // Bun serves what its own file exports
        let is_started = start.as_deref() == Some(path);
        let listening = javascript::listening(code).or_else(|| served(code, on_bun && is_started))?;
        Some(Place { path: path.to_owned(), code: code.to_owned(), listening })
    };
    let run = start.as_deref().map(|start| node_imports::run(project.repo, start));
    if let Some(run) = &run {
        let found = run.files.iter().find_map(|reached| place(reached.file.path(), &reached.code));
        if found.is_some() || run.is_complete {
            return found;
        }
    }
    // The framework has a server of its own
    if node_package::has_metaframework(package) {
        return None;
    }
    let mut places = sources.iter().filter_map(|(path, code)| place(path, code));
    places.next().filter(|_| places.next().is_none())
}

/// Where the app listens.
fn server(project: &Project<'_>, package: &Package, sources: &[(&str, String)], app: &mut App) {
    let command = app.command.as_ref().map(|command| command.value.as_slice()).unwrap_or_default();
    let Some(Place { path, code, listening }) = place(project, package, command, sources) else { return };
    let line = crate::repo::Lines::of_text(&code).line(listening.at);
    if let Some(port) = listening.port.filter(|port| *port >= APP_PORT_MIN) {
        let seen = if listening.is_fixed { Seen::certain } else { Seen::usual };
        app.server.port = Some(seen(port, Evidence::line(&path, line, format!("listens on {port}"))));
    }
    if let Some(name) = &listening.host_variable {
        set_host(name, app);
    }
    let host = |host: &str, why: &str| Some(Seen::certain(host.to_owned(), Evidence::line(&path, line, why)));
    app.server.host = listening.loopback.and_then(|loopback| host(loopback, "names an address"));
    // Source: <https://fastify.dev/docs/latest/Reference/Server/#listen>
    let is_fastify = code.contains("FastifyAdapter")
        || (app.framework.id() == "fastify" && !["express(", "createServer("].iter().any(|other| code.contains(other)));
    let (message, help) = if is_fastify && listening.has_no_host {
        app.server.host = host("localhost", "names no address");
        (
            "Fastify only listens on the loopback address, unless `listen` names another",
            "write `host: \"0.0.0.0\"` beside the port, or `\"0.0.0.0\"` as the second argument in Nest",
        )
    } else {
        ("the app only listens on the loopback address", "remove the address from `listen`")
    };
    app.notes.extend(app.server.loopback_note(message, help));
}

/// Has the start command set the address that the code reads from its environment.
fn set_host(name: &str, app: &mut App) {
    app.environment.retain(|read| !is_of(&read.value, name));
    let Some(command) = &mut app.command else { return };
    let words = &mut command.value;
    if !words.iter().any(|word| word.split_once('=').is_some_and(|(set, _)| set == name)) {
        if words.first().is_none_or(|first| first != "env") {
            words.insert(0, "env".to_owned());
        }
        words.insert(1, format!("{name}=0.0.0.0"));
    }
}

/// Whether a name is that of what an app reads from its environment.
fn is_of(read: &EnvironmentRead, name: &str) -> bool {
    match read {
        EnvironmentRead::Secret(secret) => secret == name,
        EnvironmentRead::Variable(variable, _) => variable == name,
    }
}

/// The source files of a Node package, without their comments.
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
