//! How `try` runs: interrupted, twice at once, with what is kept, and without a container.

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;
use spaces_new::Repo;
use spaces_new::trial::{Answering, EngineName, Step, Trial, Watcher};

use crate::engine::try_docker;
use crate::settings::{say, setting};
use crate::space::Space;
use crate::tried::{Tested, assert_nothing_left};

/// Interrupts a try as soon as it prints a line, and fails unless nothing is left of it.
#[track_caller]
fn interrupted(tested: &Tested, words: &str, line: &str, signal: Signal) {
    let scratch = tempfile::tempdir().unwrap();
    let errors = scratch.path().join("errors");
    let file = fs_err::File::create(&errors).unwrap().into_file();
    let mut command = tested.command(words);
    let mut child = command.env("TMPDIR", scratch.path()).stdout(Stdio::null()).stderr(file).spawn().unwrap();
    let begin = Instant::now();
    while !fs_err::read_to_string(&errors).unwrap().contains(line) {
        assert!(begin.elapsed() < Duration::from_mins(1) && child.try_wait().unwrap().is_none(), "no `{line}`");
        sleep(Duration::from_millis(20));
    }
    sleep(Duration::from_millis(300));
    kill(Pid::from_raw(child.id().cast_signed()), signal).unwrap();
    let asked = Instant::now();
    let status = child.wait().unwrap();
    assert!(asked.elapsed() < Duration::from_secs(20), "{:?}", asked.elapsed());
    assert_eq!(status.code(), Some(130), "{line}: {}", fs_err::read_to_string(&errors).unwrap());
    fs_err::remove_file(&errors).unwrap();
    assert_eq!(fs_err::read_dir(scratch.path()).unwrap().count(), 0, "{line}: a temporary file is left");
    assert_nothing_left();
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn an_interrupted_run_leaves_nothing() {
    // Another step each time, so that no cache answers
    let number = std::process::id();
    let slow = format!("RUN echo {number}-slow-step; sleep 100\nCMD");
    let building = Tested::new().dockerfile("CMD", &slow);
    interrupted(&building, "", &format!("echo {number}-slow-step"), Signal::SIGINT);
    let silent = Tested::new().with("before", "import time; time.sleep(100)");
    for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
        interrupted(&silent, "", "start", signal);
    }
    interrupted(&silent, "", "build", Signal::SIGINT);
    let stopping = Tested::new().with("stop", "");
    interrupted(&stopping, "", "examine", Signal::SIGINT);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn runs_at_the_same_time_do_not_meet() {
    if setting("NETWORK") != "bridge" {
        return say("without a bridge network, containers share the ports of this computer");
    }
    let spaces = [Tested::new().with("body", "b'one'"), Tested::new().with("body", "b'two'")];
    let children = spaces.each_ref().map(|space| {
        let mut command = space.command("--format json");
        command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
    });
    for child in children {
        let output = child.wait_with_output().unwrap();
        let tried: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((tried["findings"].as_array().unwrap().len(), output.status.code()), (0, Some(0)), "{tried:#}");
    }
    assert_nothing_left();
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn the_image_is_kept_on_request() {
    let tested = Tested::new();
    let output = tested.command("--keep").output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let tag = text.split('`').find(|part| part.starts_with("spaces-new-try/")).unwrap_or_else(|| panic!("{text}"));
    let removed = try_docker(&["image", "rm", tag]).unwrap();
    assert!(removed.contains("Untagged"), "{removed}");
    assert_nothing_left();
}

/// Asks the app while it runs, through the library.
struct Asking(Vec<Step>, Option<String>);

impl Watcher for Asking {
    fn step(&mut self, step: Step) {
        self.0.push(step);
    }

    fn answers(&mut self, app: &Answering<'_>) {
        assert!(app.container.is_some());
        let port = app.address.rsplit(':').next().unwrap().parse().unwrap();
        self.1 = Some(crate::http::get(port, "/").unwrap().text());
    }
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn the_library_runs_a_space_for_other_programs() {
    let tested = Tested::new().with("body", "b'for other programs'");
    let repo = Repo::open(tested.path()).unwrap();
    let mut trial = Trial::of(&repo).engine(EngineName::Docker).patience(Duration::from_secs(20));
    if setting("BUILD_NETWORK") == "host" {
        trial = trial.build_network("host");
    }
    if !setting("DOCKER_HOST").is_empty() {
        trial = trial.engine_address(setting("DOCKER_HOST"));
    }
    let mut asking = Asking(Vec::new(), None);
    let tried = trial.run(&mut asking).unwrap();
    assert!(tried.findings.is_empty(), "{:?}", tried.findings);
    assert_eq!(asking.0, [Step::Build, Step::Start, Step::Probe, Step::Examine, Step::Stop]);
    assert_eq!(asking.1.as_deref(), Some("for other programs"));
}

/// Tries a generated Space without a container.
fn native(name: &str, flags: &str) -> Value {
    let space = Space::render(name, flags);
    let mut command = Command::new(env!("CARGO_BIN_EXE_spaces-new"));
    command.args(["try", "--native", "--format", "json"]).arg(space.path());
    let uv = setting("UV");
    let folder = std::path::Path::new(&uv).parent().unwrap().to_owned();
    let paths = std::env::split_paths(&std::env::var_os("PATH").unwrap()).collect::<Vec<_>>();
    let path = std::env::join_paths(std::iter::once(folder).chain(paths)).unwrap();
    let output =
        command.env("PATH", path).env("UV_CACHE_DIR", crate::settings::work().join("uv-cache")).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    let tried: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {errors}"));
    assert_eq!(output.status.code(), Some(0), "{name}: {tried:#}\n{errors}");
    tried
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn three_templates_run_without_a_container() {
    for (name, flags) in [
        ("native-gradio", "--template gradio"),
        ("native-streamlit", "--template streamlit"),
        ("native-fastapi", "--template fastapi"),
    ] {
        let tried = native(name, flags);
        assert_eq!((&tried["probe"]["status"], &tried["findings"]), (&200.into(), &serde_json::json!([])), "{name}");
        assert_eq!(tried["stop"]["signal"], "SIGTERM", "{name}");
        for (key, word) in [("run", "UID"), ("oom", "memory"), ("not_writable", "ownership"), ("engine", "PID 1")] {
            let value = if key == "run" { &tried["run"]["uid"] } else { &tried[key] };
            assert!(value.is_null(), "{name}: {key}");
            let lines = tried["not_checked"].as_array().unwrap();
            assert!(lines.iter().any(|line| line.as_str().unwrap().starts_with(word)), "{name}: {word}");
        }
    }
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn a_space_with_the_sdk_of_gradio_runs_natively_and_in_the_nearest_image() {
    let tried = native("native-sdk", "--template gradio --sdk gradio");
    assert_eq!(tried["probe"]["status"], 200, "{tried:#}");
    let space = Space::render("nearest-image", "--template gradio --sdk gradio");
    let version = space.declared("python_version").unwrap();
    let has_image = |tag: &str| try_docker(&["image", "inspect", tag]).is_ok();
    let (slim, full) = (format!("python:{version}-slim-trixie"), format!("python:{version}"));
    if !has_image(&full) {
        if !has_image(&slim) {
            return say(&format!("skipped: no image for Python {version}"));
        }
        try_docker(&["tag", &slim, &full]).unwrap();
    }
    let tested = Tested::new();
    let command = tested.command("--format json --wait 120");
    let words: Vec<_> = command
        .get_args()
        .map(|word| if word == tested.path() { space.path().into() } else { word.to_owned() })
        .collect();
    let host = setting("DOCKER_HOST");
    let mut command = Command::new(command.get_program());
    if !host.is_empty() {
        command.env("DOCKER_HOST", host);
    }
    let output = command.args(words).output().unwrap();
    let tried: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&tried["probe"]["status"], output.status.code()), (&200.into(), Some(0)), "{tried:#}");
    assert!(tried["not_checked"].to_string().contains("the image of the Hub"), "{tried:#}");
    assert_nothing_left();
}
