//! `spaces-new publish` as a command: what it prints, and its exit codes.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::{TempDir, tempdir};

use crate::hub::{Fault, Hub, Script};
use crate::settings::root;

/// A Space of the command's own, and a home without a token.
struct Workspace {
    folder: TempDir,
    home: TempDir,
}

impl Workspace {
    fn new(words: &[&str]) -> Self {
        let workspace = Self { folder: tempdir().unwrap(), home: tempdir().unwrap() };
        let mut all = vec!["demo", "--yes", "--license", "mit", "--vcs", "none", "-q"];
        all.extend(words);
        let made = workspace.command().current_dir(workspace.folder.path()).args(all).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        workspace
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("demo")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spaces-new"));
        command.stdin(Stdio::null()).env_clear().env("PATH", "/usr/bin:/bin").env("HOME", self.home.path());
        command
    }

    fn publish(&self, hub: Option<&Hub>, words: &[&str]) -> Output {
        let mut command = self.command();
        command.current_dir(self.path()).arg("publish").args(words);
        if let Some(hub) = hub {
            command.env("HF_ENDPOINT", hub.endpoint()).env("HF_TOKEN", Script::TOKEN);
        }
        command.output().unwrap()
    }
}

fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

fn snapshot(name: &str, text: &str) {
    // Sizes that follow from how well the record of what was generated is compressed
    let filters = [
        (r"(\.spaces-new\.base) \([^)]*\)", "$1 (SIZE)"),
        (r"files with \S+ kB", "files with SIZE"),
        (r"more \(\S+ kB\)", "more (SIZE)"),
    ];
    filtered(name, text, &filters);
}

fn filtered(name: &str, text: &str, filters: &[(&str, &str)]) {
    insta::with_settings!({ filters => filters.to_vec(), snapshot_path => root().join("snapshots/publish"), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn a_dry_run_shows_every_request() {
    let workspace = Workspace::new(&["-t", "gradio", "--secret", "API_KEY", "--variable", "MODE=demo"]);
    fs_err::write(workspace.path().join(".env"), "API_KEY=neverShown\n").unwrap();
    let shown = workspace.publish(None, &["--dry-run", "--name", "me/my-demo", "--private"]);
    let (out, errors) = texts(&shown);
    assert!(shown.status.success() && errors.is_empty(), "{errors}");
    snapshot("dry-run", &out);
    let data =
        workspace.publish(None, &["--dry-run", "--name", "me/my-demo", "--hardware", "t4-small", "--format", "json"]);
    let (json, _) = texts(&data);
    assert!(!out.contains("neverShown") && !json.contains("neverShown"));
    let json: Value = serde_json::from_str(&json).unwrap();
    let requests = json["requests"].as_array().unwrap();
    let create = requests.iter().find(|request| request["address"].as_str().unwrap().ends_with("/api/repos/create"));
    assert_eq!(create.unwrap()["body"]["hardware"], "t4-small");
    assert_eq!((json["ok"].as_bool(), json["space"].as_str()), (Some(true), Some("me/my-demo")));
}

#[test]
fn a_space_is_published_and_published_again() {
    let hub = Hub::start(Script::paid().stages(&["RUNNING"]));
    let workspace = Workspace::new(&["-t", "streamlit"]);
    let first = workspace.publish(Some(&hub), &["--no-wait"]);
    let (out, errors) = texts(&first);
    assert_eq!(first.status.code(), Some(0), "{errors}");
    let without_address = |text: &str| text.replace(&hub.endpoint(), "HUB");
    let commit = hub.space("tester/demo").unwrap().head()[..7].to_owned();
    snapshot("published", &without_address(&out).replace(&commit, "COMMIT"));
    let again = workspace.publish(Some(&hub), &[]);
    snapshot("published-again", &without_address(&texts(&again).0));
    let data = workspace.publish(Some(&hub), &["--format", "json", "-q"]);
    let json: Value = serde_json::from_slice(&data.stdout).unwrap();
    assert_eq!((json["created"].as_bool(), json["stage"].as_str()), (Some(false), Some("RUNNING")));
    assert!(json["commit"].is_null() && json["files"].as_array().unwrap().is_empty());
    assert_eq!(hub.log().refused(), [""; 0]);
}

/// `docs/publish-space.md` shows both screens, taken from their snapshots, so that a test without the feature can compare it.
#[test]
fn what_the_page_shows_is_printed() {
    let hub = Hub::start(Script::paid().stages(&["BUILDING", "BUILDING", "APP_STARTING", "RUNNING"]));
    let workspace = Workspace::new(&["-t", "gradio", "--secret", "API_KEY", "--variable", "MODE=demo"]);
    fs_err::write(workspace.path().join(".env"), "API_KEY=neverShown\n").unwrap();
    fs_err::rename(workspace.path(), workspace.folder.path().join("my-demo")).unwrap();
    let publish = |words: &[&str]| {
        let mut command = workspace.command();
        command.env("HF_ENDPOINT", hub.endpoint()).env("HF_TOKEN", Script::TOKEN);
        let words = [&["publish", "my-demo", "--name", "my-demo"], words].concat();
        texts(&command.current_dir(workspace.folder.path()).args(words).output().unwrap())
    };
    let dry = publish(&["--dry-run"]);
    let (out, errors) = publish(&[]);
    let commit = hub.space("tester/my-demo").unwrap().head()[..7].to_owned();
    let address = hub.endpoint();
    let shown = |(out, errors): (String, String)| {
        format!("{errors}{out}")
            .replace(&address, "https://huggingface.co")
            .replace(&commit, "3f1c2a9")
            .replace("tester", "me")
    };
    filtered("page-dry-run", &shown(dry), &EXAMPLES);
    filtered("page-run", &shown((out, errors)), &EXAMPLES);
}

/// Times and sizes of an example, in place of those that differ from run to run.
const EXAMPLES: [(&str, &str); 8] = [
    (r"(?m)^space +[0-9.]+ s$", "space       0.6 s"),
    (r"(?m)^settings +[0-9.]+ s$", "settings    0.5 s"),
    (r"(?m)^compare +[0-9.]+ s$", "compare     0.3 s"),
    (r"(?m)^upload +[0-9.]+ s$", "upload      1.2 s"),
    (r"(?m)^build +[0-9.]+ s$", "build      74.1 s"),
    (r"(\.spaces-new\.base) \([^)]*\)", "$1 (4.1 kB)"),
    (r"files with \S+ kB", "files with 16.3 kB"),
    (r"more \(\S+ kB\)", "more (16.3 kB)"),
];

#[test]
fn a_wait_is_said_once_off_a_terminal() {
    let hub = Hub::start(Script::paid().fault(Fault::too_many("GET", "/tree/", 3)));
    let workspace = Workspace::new(&["-t", "static"]);
    let (_, errors) = texts(&workspace.publish(Some(&hub), &["--no-wait"]));
    let said: Vec<&str> = errors.lines().filter(|line| line.starts_with("waiting")).collect();
    let wait = "waiting       3 s, then again: cannot list the files of the Space: the Hub answers with status 429";
    assert_eq!(said, [wait]);
    let again = Hub::start(Script::paid().fault(Fault::too_many("GET", "/tree/", 2)));
    let (_, errors) = texts(&workspace.publish(Some(&again), &["--no-wait", "-q"]));
    assert_eq!(errors, "");
}

#[test]
fn an_app_that_does_not_run_is_exit_code_1_with_its_log() {
    let log = ["RUN pip install -r requirements.txt", "ERROR: No matching distribution found for torhc"];
    let hub = Hub::start(Script::paid().fails("BUILD_ERROR", "Job failed with exit code: 1").build_log(&log));
    let workspace = Workspace::new(&["-t", "streamlit"]);
    let failed = workspace.publish(Some(&hub), &["-q"]);
    let (out, _) = texts(&failed);
    assert_eq!(failed.status.code(), Some(1));
    let commit = hub.space("tester/demo").unwrap().head()[..7].to_owned();
    snapshot("build-failed", &out.replace(&hub.endpoint(), "HUB").replace(&commit, "COMMIT"));
}

#[test]
fn failures_are_exit_code_2_and_one_document() {
    let hub = Hub::start(Script::free());
    let workspace = Workspace::new(&["-t", "streamlit"]);
    let no_token = workspace.publish(None, &["--endpoint", &hub.endpoint()]);
    let (_, errors) = texts(&no_token);
    assert!(errors.contains("no token") && errors.contains("hf auth login"), "{errors}");
    let free = workspace.publish(Some(&hub), &["--format", "json"]);
    let json: Value = serde_json::from_slice(&free.stdout).unwrap();
    assert!(json["hint"].as_str().unwrap().contains("ZeroGPU"), "{json}");
    let plain = workspace.publish(Some(&hub), &["--endpoint", "http://example.com"]);
    assert!(texts(&plain).1.contains("https://"), "{}", texts(&plain).1);
    for output in [no_token, free, plain] {
        assert_eq!(output.status.code(), Some(2));
    }
    let wrong = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let elsewhere = workspace.publish(Some(&hub), &[wrong.to_str().unwrap()]);
    assert!(texts(&elsewhere).1.contains("is not a Space"), "{}", texts(&elsewhere).1);
}

#[test]
fn findings_are_exit_code_1_with_their_place() {
    let hub = Hub::start(Script::paid());
    let workspace = Workspace::new(&["-t", "streamlit"]);
    let readme = workspace.path().join("README.md");
    let text = fs_err::read_to_string(&readme).unwrap().replace("colorFrom: ", "colorFrom: x");
    fs_err::write(&readme, text).unwrap();
    let refused = workspace.publish(Some(&hub), &[]);
    let (out, errors) = texts(&refused);
    assert_eq!(refused.status.code(), Some(1));
    assert!(out.contains("error[unknown-color]") && errors.contains("--force-check"), "{out}{errors}");
    let data = workspace.publish(Some(&hub), &["--format", "json"]);
    let json: Value = serde_json::from_slice(&data.stdout).unwrap();
    assert_eq!((data.status.code(), json["ok"].as_bool()), (Some(1), Some(false)));
    assert_eq!(json["findings"][0]["rule"], "unknown-color");
    assert_eq!(hub.log().calls(), [""; 0]);
}
