//! What a Node app needs.

use super::environment::{self, Environment};
use super::frameworks::NodeHooks;
use super::install_files;
use super::model::{App, Evidence, Note, Seen};
use super::node_package::{self, Package};
use super::paths::{folder_of, within};
use super::project::{Project, is_aside};
use super::versions::{self, Asked};
use crate::facts::limits::APP_PORT_MIN;
use crate::formats::javascript;

/// Fills in the facts of an app.
pub(super) fn complete(project: &Project<'_>, hooks: &NodeHooks, app: &mut App) {
    let Some(package) = Package::read(project, &app.file) else { return };
    let plan = (hooks.plan)(project, &package);
    app.command = (!plan.command.is_empty()).then(|| Seen::usual(plan.command, plan.evidence));
    let folder = folder_of(&package.path).to_owned();
    let is_site = app.framework.template() == "static";
    if let Some(build) = plan.build {
        // The Hub builds a static Space with npm
        let build = if is_site { "npm run build".to_owned() } else { build };
        let evidence = node_package::at_script(project, &package, "build");
        app.install.build = Some(Seen::usual(build.split(' ').map(str::to_owned).collect(), evidence));
    }
    if !is_site {
        server(project, &package, &folder, app);
    }
    if !folder.is_empty() {
        let note = Note::new(format!("the app is a separate package in `{folder}`"));
        let help = format!("make a Space of that folder only: `spaces-new init {folder}`");
        app.notes.push(note.help(help).seen(Evidence::file(&package.path, "is not at the root")));
    }
    app.file = plan.app_file;
}

fn server(project: &Project<'_>, package: &Package, folder: &str, app: &mut App) {
    let within = |name: &str| within(folder, name);
    let lock = node_package::lock(project, folder).map(|(file, _)| file);
    let name = lock.unwrap_or("package.json");
    let evidence =
        Evidence::file(within(name), if lock.is_some() { "is the lock file" } else { "has no lock file beside it" });
    app.install.dependencies = Some(Seen::certain(Some(name.to_owned()), evidence));
    if folder.is_empty() {
        install_files::of_node(project, package, name, app);
    }
    for bun in ["bun.lockb", "bun.lock"].iter().filter(|bun| lock.is_none() && project.repo.get(&within(bun)).is_some())
    {
        let note = Note::new(format!("`{bun}` is a lock file of Bun, which is not supported"))
            .help("run `npm install` to write a lock file that is");
        app.notes.push(note.seen(Evidence::file(within(bun), "exists")));
    }
    match versions::node(project, package) {
        Some(Asked { version: Ok(version), evidence }) => {
            app.version = Some(Seen::usual(version, evidence));
        }
        Some(Asked { version: Err(asked), evidence }) => {
            let note = Note::new(format!("no base image is known for Node `{asked}`"));
            app.notes.push(note.help("name one").or_answer("base", "node:22-slim").seen(evidence));
        }
        None => {}
    }
    let entry = node_package::entry(project, package);
    let sources = sources(project, folder);
    let mut read = Environment::new();
    for (path, code) in &sources {
        environment::add_javascript(&mut read, path, code);
    }
    for (name, found) in environment::of_example(project, folder) {
        read.entry(name).or_insert(found);
    }
    environment::fill(read, app);
    let first = sources.iter().find(|(path, _)| Some(*path) == entry.as_deref());
    let found =
        first.into_iter().chain(&sources).find_map(|(path, code)| Some((path, code, javascript::listening(code)?)));
    let Some((path, code, listening)) = found else { return };
    let line = crate::repo::Lines::of_text(code).line(listening.at);
    if let Some(port) = listening.port.filter(|port| *port >= APP_PORT_MIN) {
        let seen = if listening.is_fixed { Seen::certain } else { Seen::usual };
        app.server.port = Some(seen(port, Evidence::line(*path, line, format!("listens on {port}"))));
    }
    app.server.host =
        listening.loopback.map(|host| Seen::certain(host.to_owned(), Evidence::line(*path, line, "names an address")));
    let (message, help) = ("the app only listens on the loopback address", "remove the address from `listen`");
    app.notes.extend(app.server.loopback_note(message, help));
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
