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
    let verb = row.verbs.first().filter(|verb| !row.binds.contains(verb));
    let begin = [row.names.first(), verb].into_iter().flatten().copied().collect::<Vec<_>>().join(" ");
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
    assert_eq!(
        without,
        ["gradio", "nginx", "remix-serve", "react-router-serve"],
        "servers that no command gives a port"
    );
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

/// The findings about ports and addresses in a Space with port 7860.
fn findings(dockerfile: &str, files: &[(&str, &str)]) -> Vec<&'static str> {
    let readme = "---\ntitle: Demo\nsdk: docker\napp_port: 7860\n---\n".to_owned();
    let head = "FROM python:3.13-slim-trixie\nRUN useradd -m -u 1000 user\nUSER user\nWORKDIR /app\n";
    let dockerfile = format!("{head}COPY --chown=user . .\n{dockerfile}\n");
    let files = files.iter().map(|(path, text)| (*path, (*text).to_owned()));
    let all: Vec<_> = [("README.md", readme), ("Dockerfile", dockerfile)].into_iter().chain(files).collect();
    let found = Checker::new().check(&repo(&all));
    found.iter().map(|found| found.rule).filter(|rule| ["port-mismatch", "loopback-bind"].contains(rule)).collect()
}

const SERVER: &str = "uvicorn app:app --port 8000\n";

#[test]
fn a_plain_start_script_is_followed() {
    let start = "CMD [\"bash\", \"start.sh\"]";
    for script in [
        SERVER.to_owned(),
        format!("#!/bin/sh\nset -e\n# starts it\nmkdir -p cache\npython manage.py migrate\nexec {SERVER}"),
        format!("export PYTHONUNBUFFERED=1\necho \"starting\"\n{SERVER}"),
    ] {
        let found = findings(start, &[("start.sh", &script), ("app.py", "")]);
        assert_eq!(found, ["loopback-bind", "port-mismatch"], "{script}");
    }
}

#[test]
fn nothing_is_certain_about_a_script_that_does_more() {
    let start = "ENV PORT=8000 HOST=127.0.0.1\nCMD [\"bash\", \"start.sh\"]";
    let serve = "exec python serve.py\n";
    for script in [
        "export PORT=7860\nexec uvicorn app:app --host 0.0.0.0 --port $PORT\n".to_owned(),
        "PORT=7860\nHOST=0.0.0.0\nuvicorn app:app --host $HOST --port ${PORT}\n".to_owned(),
        "read PORT < port.txt\nuvicorn app:app --host 0.0.0.0 --port $PORT\n".to_owned(),
        "unset PORT\nuvicorn app:app --host 0.0.0.0 --port ${PORT:-7860}\n".to_owned(),
        "set -o allexport\nUVICORN_HOST=0.0.0.0\nuvicorn app:app --port 7860\n".to_owned(),
        format!("eval \"$(python conf.py)\"\n{SERVER}"),
        format!("cat <<EOF\n{SERVER}EOF\n{serve}"),
        format!("[ \"$MODE\" = dev ] && exec {SERVER}{serve}"),
        format!("python serve.py || {SERVER}"),
        format!("{serve}{SERVER}"),
        format!("uvicorn app:app --help\n{serve}"),
        format!("if true; then\n{SERVER}fi\n{serve}"),
        format!("./nginx.sh\n{SERVER}"),
        format!("pm2 start proxy.js\n{SERVER}"),
    ] {
        let found = findings(start, &[("start.sh", &script), ("app.py", ""), ("serve.py", "")]);
        assert_eq!(found, [] as [&str; 0], "{script}");
    }
}

#[test]
fn nothing_is_certain_about_sockets_and_repeated_options() {
    for command in [
        r#"CMD ["daphne", "-e", "tcp:port=7860:interface=0.0.0.0", "app:app"]"#,
        r#"CMD ["waitress-serve", "--listen=*:8080", "--listen=*:7860", "app:app"]"#,
        r#"CMD ["gunicorn", "-b", "127.0.0.1:8000", "-b", "0.0.0.0:7860", "app:app"]"#,
        r#"CMD ["gunicorn", "--paste", "production.ini"]"#,
        "RUN git clone https://example.com/app /app/app\nCMD [\"gunicorn\", \"app:app\"]",
        r#"CMD ["uvicorn", "--version"]"#,
    ] {
        assert_eq!(findings(command, &[("app.py", "")]), [] as [&str; 0], "{command}");
    }
}

#[test]
fn nothing_is_certain_about_code_that_starts_something_else() {
    let flask = "from flask import Flask\n\napp = Flask(__name__)\n";
    for code in [
        format!("{flask}app.config.from_object('config')\napp.run()\n"),
        format!("{flask}import subprocess\nsubprocess.Popen(['nginx'])\napp.run()\n"),
        format!("{flask}other.serve_forever(app)\napp.run()\n"),
    ] {
        assert_eq!(findings(r#"CMD ["python", "app.py"]"#, &[("app.py", &code)]), [] as [&str; 0], "{code}");
    }
    let plain = format!("{flask}app.run()\n");
    assert_eq!(findings(r#"CMD ["python", "app.py"]"#, &[("app.py", &plain)]), ["loopback-bind", "port-mismatch"]);
}

#[test]
fn the_port_of_the_code_is_not_that_of_an_image_that_does_not_name_it() {
    let node = "require('http').createServer().listen(process.env.PORT || 3000)\n";
    let package = r#"{"scripts": {"start": "node index.js"}, "dependencies": {"express": "5"}}"#;
    let image = "FROM node:22\nENV PORT=7860\nCMD [\"npm\", \"start\"]\n";
    let files = [("Dockerfile", image), ("index.js", node), ("package.json", package)];
    assert_eq!(detected(&files.map(|(path, text)| (path, text.to_owned()))), None, "7860 is the default");
    let gunicorn = "FROM python:3.13-slim\nENTRYPOINT [\"tini\", \"--\"]\nCMD [\"gunicorn\", \"-b\", \"0.0.0.0:7860\", \"app:app\"]\n";
    let flask =
        "from flask import Flask\n\napp = Flask(__name__)\nif __name__ == '__main__':\n    app.run(port=5000)\n";
    let files = [("Dockerfile", gunicorn), ("app.py", flask)];
    assert_eq!(detected(&files.map(|(path, text)| (path, text.to_owned()))), Some(7860), "that of the command");
}
