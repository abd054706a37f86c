//! Start commands of Python apps: a server on every address, on the port of the Space.

use super::import_root::{module_name, of_module, of_script};
use super::model::{App, Evidence, Seen};
use super::paths::folder_of;
use super::project::{Project, PythonFile};
use super::start::servers::{self, Around};
use crate::facts::limits::APP_PORT_MIN;
use crate::formats::dockerfile::{CommandLine, State};
use crate::formats::procfile::processes;

/// The placeholder for the port.
pub(crate) const PORT: &str = "{port}";

pub(super) fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// `uvicorn app.main:app`, with the folder of the modules.
pub(super) fn uvicorn(project: &Project<'_>, file: &PythonFile<'_>, object: &str) -> Vec<String> {
    let root = of_module(project, file);
    let name = format!("{}:{}", module_name(&root, file.path), object.trim_end_matches("()"));
    let mut command = words(&["uvicorn", &name, "--host", "0.0.0.0", "--port", PORT, "--forwarded-allow-ips", "*"]);
    if object.ends_with("()") {
        command.push("--factory".to_owned());
    }
    if !root.is_empty() {
        command.extend(["--app-dir".to_owned(), root]);
    }
    command
}

/// `gunicorn app:app`. One process, so that all visitors share the state in memory; threads, so that a slow
/// response does not block others.
pub(super) fn gunicorn(project: &Project<'_>, file: &PythonFile<'_>, object: &str) -> Vec<String> {
    let root = of_module(project, file);
    let bind = format!("0.0.0.0:{PORT}");
    // Source: Flask-SocketIO keeps a thread for every visitor with a WebSocket
    let threads = if file.source.imports_module("flask_socketio") { "100" } else { "8" };
    let mut command = words(&["gunicorn", "--bind", &bind, "--workers", "1", "--threads", threads]);
    if !root.is_empty() {
        command.extend(["--pythonpath".to_owned(), root.clone()]);
    }
    command.extend(words(&["--forwarded-allow-ips", "*"]));
    command.push(format!("{}:{object}", module_name(&root, file.path)));
    command
}

/// `streamlit run`, as a module if imports start from the root: only then the root is searched.
pub(super) fn streamlit(project: &Project<'_>, file: &PythonFile<'_>) -> Vec<String> {
    let root = of_script(project, file);
    let begin = if root.is_empty() && file.path.contains('/') {
        words(&["python", "-m", "streamlit", "run"])
    } else {
        words(&["streamlit", "run"])
    };
    let port = format!("--server.port={PORT}");
    [begin, words(&[file.path, &port, "--server.address=0.0.0.0", "--server.headless=true"])].concat()
}

/// `python app.py`, or `python -m package.app` if imports start further up.
pub(super) fn script(project: &Project<'_>, file: &PythonFile<'_>) -> Vec<String> {
    let root = of_script(project, file);
    if root == folder_of(file.path) {
        return words(&["python", file.path]);
    }
    let module = module_name(&root, file.path);
    let module = module.strip_suffix(".__main__").unwrap_or(&module);
    if root.is_empty() {
        return words(&["python", "-m", module]);
    }
    words(&["env", &format!("PYTHONPATH={root}"), "python", "-m", module])
}

/// The port of the command in a `Procfile`, if it starts the app. A platform with a `Procfile` sets `PORT`, so defaults
/// do not count.
pub(super) fn port_of_procfile(project: &Project<'_>, app: &App) -> Option<Seen<u16>> {
    const PROCFILE: &str = "Procfile";
    let number = app.evidence.iter().find(|evidence| evidence.path == PROCFILE)?.line?;
    let web = processes(project.repo.text(PROCFILE)?).find(|process| process.name == "web")?;
    let line = CommandLine::of_shell(web.command);
    let around = Around { repo: project.repo, state: &State::default(), text: web.command };
    let port = servers::started(&line, around)?.stated_port()?.value;
    let evidence = Evidence::line(PROCFILE, number, format!("its server listens on {port}"));
    (port >= APP_PORT_MIN).then(|| Seen::usual(port, evidence))
}
