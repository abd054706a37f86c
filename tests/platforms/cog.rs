//! Replicate: Cog's own inspector reads the runner, and its server answers.

use std::time::Duration;

use serde_json::{Value, json};

use crate::answers::{base64, compare, file};
use crate::app::{App, each};
use crate::case::Call;
use crate::http::request;
use crate::process::run;
use crate::server::{Server, State, free_port, page};
use crate::settings::{say, script, tool};

/// How long an app may take to be ready, in seconds, on a machine that has much else to do.
const PATIENCE: u64 = 120;

/// A line of a file that begins with a key: `key: "value"`.
fn stated(text: &str, key: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.trim().strip_prefix(key)?.strip_prefix(':'))?;
    Some(line.trim().trim_matches(['"', '\'']).to_owned())
}

/// The file and the class that `cog.yaml` names.
pub fn runner(app: &App) -> String {
    stated(&app.read("cog.yaml"), "run").expect("cog.yaml names a runner")
}

/// What Cog's inspector finds in the runner.
pub fn inspected(app: &App) -> Result<Value, String> {
    let runner = runner(app);
    let (file, class) = runner.split_once(':').expect("`run` names a class");
    assert_eq!(class, "Runner");
    let said = run(script("inspect_runner.py", app.path()).arg(file.trim_end_matches(".py")))?;
    let last = said.lines().last().unwrap_or_default();
    serde_json::from_str(last).map_err(|error| format!("{error}: {said}"))
}

/// Compares the inputs that the inspector finds with those that are expected.
pub fn judge_inputs(app: &App) -> Result<(), String> {
    let found = inspected(app)?;
    let expected = serde_json::to_value(&app.case.expected.inputs).unwrap();
    compare(&found["inputs"], &expected).map_err(|error| format!("inputs: {error}"))
}

/// Starts Cog's server around the app.
pub fn serve(app: &App, patience: u64) -> Result<Server, String> {
    let port = free_port();
    let mut command = tool("python", app.path());
    command.args(["-m", "cog.server.http", "--host", "127.0.0.1"]);
    command.env("COG_PREDICT_TYPE_STUB", runner(app)).env("PORT", port.to_string());
    let log = app.file("cog.log");
    let state = |port| match page(port, "/health-check") {
        Some(said) if said.contains("\"READY\"") => State::Ready,
        Some(said) if said.contains("FAILED") => State::Failed,
        _ => State::Starts,
    };
    Server::start(port, &mut command, &log, state, Duration::from_secs(patience))
}

/// A prediction. The server makes one at a time: while it tidies up after the last one, it answers 409.
fn predict(server: &Server, call: &Call) -> Result<Value, String> {
    let as_url = |value: &Value| match file(value) {
        Some(file) => json!(format!("data:{};base64,{}", file.media_type, base64(&file.bytes))),
        None => value.clone(),
    };
    let input: serde_json::Map<_, _> = call.input.iter().map(|(name, value)| (name.clone(), as_url(value))).collect();
    let body = json!({"input": input}).to_string();
    for _ in 0..50 {
        let answer = request(server.port, "POST", "/predictions", &body, Duration::from_mins(1));
        let answer = answer.map_err(|error| error.to_string())?;
        if answer.status == 409 {
            std::thread::sleep(Duration::from_millis(100));
            continue;
        }
        let value: Value = serde_json::from_str(&answer.text()).map_err(|_| answer.text())?;
        return if value["status"] == "succeeded" { Ok(value["output"].clone()) } else { Err(value.to_string()) };
    }
    Err("the server makes another prediction all the time".to_owned())
}

/// The requirements that `cog.yaml` names hold what the app needs.
fn judge_requirements(app: &App) -> Result<(), String> {
    let Some(file) = stated(&app.read("cog.yaml"), "python_requirements") else {
        return Err("cog.yaml names no requirements".to_owned());
    };
    let text = app.read(&file);
    match app.case.expected.requires.iter().find(|wanted| !text.lines().any(|line| line == *wanted)) {
        Some(missing) => Err(format!("{file} has no `{missing}`")),
        None => Ok(()),
    }
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn cog_finds_the_inputs_and_its_server_answers() {
    each("replicate", |app| {
        judge_requirements(app)?;
        judge_inputs(app)?;
        let server = serve(app, PATIENCE)?;
        for call in &app.case.expected.answers {
            let output = predict(&server, call)?;
            compare(&output, &call.output)?;
        }
        say(&format!("cog: {} answers as expected", app.case.name));
        Ok(())
    });
}
