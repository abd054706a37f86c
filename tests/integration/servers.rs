//! `check` and detection use one table of servers: they agree about every row.

use spaces_new::unstable::launchers::{Before, LAUNCHERS};
use spaces_new::unstable::servers::{SERVERS, ServerRow};
use spaces_new::{Checker, Raw, Repo, detect};

const PORT: u16 = 8123;

fn repo(files: &[(&str, String)]) -> Repo {
    Repo::from_files(files.iter().map(|(path, text)| (path.parse().unwrap(), text.clone().into_bytes())))
}

/// The commands that set a server's port, one per flag.
fn commands(row: &ServerRow) -> Vec<String> {
    let begin = [row.names.first(), row.verbs.first()].into_iter().flatten().copied().collect::<Vec<_>>().join(" ");
    let mut commands: Vec<String> = row.ports.iter().map(|flag| format!("{begin} app.py {flag} {PORT}")).collect();
    commands.extend(row.ports.iter().filter(|flag| flag.len() > 2).map(|flag| format!("{begin} app.py {flag}={PORT}")));
    commands.extend(row.binds.iter().map(|flag| format!("{begin} {flag} 0.0.0.0:{PORT} app.py")));
    if row.port_is_argument {
        commands.push(format!("python -m {begin} {PORT} --directory app.py"));
    }
    commands
}

fn dockerfile(command: &str) -> String {
    let words = serde_json::to_string(&command.split(' ').collect::<Vec<_>>()).unwrap();
    format!("FROM python:3.13-slim-trixie\nRUN useradd -m -u 1000 user\nUSER user\nEXPOSE 9999\nCMD {words}\n")
}

fn app() -> (&'static str, String) {
    ("app.py", "from flask import Flask\n\napp = Flask(__name__)\n".to_owned())
}

/// The port that `check` reports as different from that in the README.
fn checked(command: &str) -> Option<String> {
    let readme = "---\ntitle: Demo\nsdk: docker\napp_port: 7861\n---\n".to_owned();
    let repo = repo(&[("README.md", readme), ("Dockerfile", dockerfile(command)), app()]);
    let found = Checker::new().check(&repo);
    found.iter().find(|found| found.rule == "port-mismatch").map(|found| found.message.clone())
}

/// The port that detection proposes.
fn detected(files: &[(&str, String)]) -> Option<i64> {
    let detected = detect(&repo(files));
    match detected.proposal(detected.apps().first()?, None).answers.get("port")? {
        Raw::Integer(port) => Some(*port),
        _ => None,
    }
}

fn assert_agreement(command: &str) {
    let message = checked(command).unwrap_or_default();
    assert!(message.contains(&format!("listens on port {PORT},")), "check of `{command}`: {message}");
    let image = detected(&[("Dockerfile", dockerfile(command)), app()]);
    assert_eq!(image, Some(i64::from(PORT)), "a Dockerfile with `{command}`");
    let procfile = detected(&[("Procfile", format!("web: {command}\n")), app()]);
    assert_eq!(procfile, Some(i64::from(PORT)), "a Procfile with `{command}`");
}

#[test]
fn check_and_detection_agree_about_the_port_of_every_server() {
    let without: Vec<&str> = SERVERS.iter().filter(|row| commands(row).is_empty()).map(|row| row.names[0]).collect();
    assert_eq!(without, ["gradio", "nginx"], "servers that no command gives a port");
    for command in SERVERS.iter().flat_map(commands) {
        assert_agreement(&command);
    }
}

#[test]
fn every_launcher_is_seen_through() {
    for launcher in LAUNCHERS {
        let name = launcher.name;
        let command = match launcher.before {
            Before::Flag(flag) => format!("{name} {flag} uvicorn app:app --port {PORT}"),
            Before::Command(command) => format!("{name} {command} uvicorn app:app --port {PORT}"),
            Before::In(folder) => format!("{name} {folder}next/dist/bin/next start --port {PORT} app.py"),
            _ => format!("{name} serve --port {PORT} app.py"),
        };
        assert_agreement(&command);
    }
}

/// A platform with a `Procfile` gives the port; a default of the command or of the server does not apply to a Space.
#[test]
fn a_default_in_a_procfile_is_not_a_port() {
    for command in
        ["uvicorn app:app", "gunicorn app:app", "uvicorn app:app --port $PORT", "uvicorn app:app --port ${PORT:-8123}"]
    {
        assert_eq!(detected(&[("Procfile", format!("web: {command}\n")), app()]), None, "{command}");
    }
}

#[test]
fn rows_and_launchers_have_unique_names() {
    for (at, row) in SERVERS.iter().enumerate() {
        for other in &SERVERS[..at] {
            let same_name = row.names.iter().any(|name| other.names.contains(name));
            let same_verb = row.verbs.iter().any(|verb| other.verbs.contains(verb));
            assert!(!same_name || !other.verbs.is_empty() && !same_verb, "{:?} hides {:?}", other.names, row.names);
        }
    }
}
