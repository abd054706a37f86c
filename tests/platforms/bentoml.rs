//! BentoML: the folder is built into a bento, which is served from elsewhere and answers within its limits.

use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::answers::{compare, described, file};
use crate::app::{App, each};
use crate::case::Call;
use crate::http::{Answer, get, send};
use crate::process::run;
use crate::server::{Server, State, free_port, page};
use crate::settings::{say, tool};

/// A bento in a store of its own.
pub struct Bento {
    store: TempDir,
    tag: String,
}

impl Bento {
    /// Builds an app.
    pub fn build(app: &App) -> Result<Self, String> {
        let store = tempfile::Builder::new().prefix("bentos-").tempdir().unwrap();
        let mut command = tool("bentoml", app.path());
        let said = run(command.args(["build", "--output", "tag"]).env("BENTOML_HOME", store.path()))?;
        let tag = said.lines().find_map(|line| line.trim().strip_prefix("__tag__:")).ok_or(said.clone())?;
        Ok(Self { tag: tag.to_owned(), store })
    }

    /// A file of the bento.
    fn read(&self, path: &str) -> String {
        let (name, version) = self.tag.split_once(':').unwrap();
        fs_err::read_to_string(self.store.path().join("bentos").join(name).join(version).join(path)).unwrap()
    }

    /// Serves it from a folder that has nothing of the app.
    pub fn serve(&self) -> Result<Server, String> {
        let (port, elsewhere) = (free_port(), self.store.path());
        let mut command = tool("bentoml", elsewhere);
        command.args(["serve", &self.tag, "--host", "127.0.0.1", "--port", &port.to_string()]);
        command.env("BENTOML_HOME", elsewhere);
        let log = elsewhere.join("serve.log");
        let state = |port| page(port, "/readyz").map_or(State::Starts, |_| State::Ready);
        Server::start(port, &mut command, &log, state, Duration::from_mins(2))
    }
}

/// Calls a function: as a form if a file is in the input, else with JSON.
pub fn call(server: &Server, function: &str, call: &Call) -> Result<Answer, String> {
    const BOUNDARY: &str = "spaces-new-boundary";
    let files: Vec<_> = call.input.iter().map(|(name, value)| (name, value, file(value))).collect();
    let (media_type, body) = if files.iter().all(|(_, _, file)| file.is_none()) {
        ("application/json".to_owned(), Value::Object(call.input.clone()).to_string().into_bytes())
    } else {
        let mut body = Vec::new();
        for (name, value, file) in files {
            let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"");
            body.extend(part.into_bytes());
            match file {
                Some(file) => {
                    let about = format!("; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n", file.name, file.media_type);
                    body.extend(about.into_bytes());
                    body.extend(file.bytes);
                }
                None => {
                    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    body.extend(format!("\r\n\r\n{text}").into_bytes());
                }
            }
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        (format!("multipart/form-data; boundary={BOUNDARY}"), body)
    };
    let path = format!("/{function}");
    send(server.port, "POST", &path, (&media_type, &body), Duration::from_mins(1)).map_err(|error| error.to_string())
}

/// Compares an answer with what is expected: a file and a text come as they are, the rest as JSON.
fn judge_answer(answer: &Answer, expected: &Call) -> Result<(), String> {
    if answer.status != 200 {
        return Err(format!("status {}: {}", answer.status, answer.text()));
    }
    let text = answer.text();
    let is = |wanted: &str, got: &str| if got == wanted { Ok(()) } else { Err(format!("`{got}`, and not `{wanted}`")) };
    match (&expected.stream, &expected.output) {
        (Some(stream), _) => is(stream, &text),
        (None, Value::String(wanted)) if wanted.starts_with('@') => is(wanted, &described(&answer.body)),
        (None, Value::String(wanted)) => is(wanted, &text),
        (None, wanted) => compare(&serde_json::from_str(&text).map_err(|_| text)?, wanted),
    }
}

/// Judges the answers and the refusals of a server.
pub fn judge(server: &Server, app: &App) -> Result<(), String> {
    let expected = &app.case.expected;
    // An app of FastAPI is served whole, with its own paths
    let is_called = expected.gets.is_empty();
    for one in expected.answers.iter().filter(|_| is_called) {
        judge_answer(&call(server, &expected.function, one)?, one)?;
    }
    for one in &expected.refuses {
        let answer = call(server, &expected.function, one)?;
        if !(400..500).contains(&answer.status) {
            return Err(format!("{:?} is answered with {}", one.input, answer.status));
        }
    }
    for page in &expected.gets {
        let answer = get(server.port, &page.path).map_err(|error| error.to_string())?;
        compare(&serde_json::from_str(&answer.text()).map_err(|_| answer.text())?, &page.output)?;
    }
    Ok(())
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn a_bento_is_built_and_answers_within_its_limits() {
    each("bentoml", |app| {
        // A secret of the person who builds does not get into what others run
        fs_err::write(app.file(".env"), "TOKEN=of-nobody\n").unwrap();
        let bento = Bento::build(app)?;
        let requirements = bento.read("env/python/requirements.txt");
        if let Some(missing) = app.case.expected.requires.iter().find(|wanted| !requirements.contains(*wanted)) {
            return Err(format!("the bento does not install `{missing}`:\n{requirements}"));
        }
        let (name, version) = bento.tag.split_once(':').unwrap();
        let built = bento.store.path().join("bentos").join(name).join(version).join("src");
        if built.join(".env").exists() {
            return Err("the bento holds `.env`".to_owned());
        }
        judge(&bento.serve()?, app)?;
        say(&format!("bentoml: {} answers as expected", app.case.name));
        Ok(())
    });
}
