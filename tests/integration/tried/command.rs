//! The command: what it shows, and how it is stopped.

use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::StandIn;
use crate::snapshots::settings;
use crate::support::Workspace;

/// Seconds, which have a decimal, differ from run to run.
fn without_seconds(text: &str) -> String {
    let mut shown = String::new();
    for word in text.split_inclusive([' ', '\n']) {
        let is_number = word.trim().parse::<f64>().is_ok() && word.contains('.');
        shown.push_str(&if is_number { word.replace(word.trim(), "N") } else { word.to_owned() });
    }
    shown
}

/// Compares a screen with its snapshot.
fn shows(name: &str, screen: &str) {
    settings("try").bind(|| insta::assert_snapshot!(name, without_seconds(screen)));
}

#[test]
fn one_screen_says_what_holds_and_what_does_not() {
    let healthy = StandIn::healthy();
    healthy.file("app.py", "db = sqlite3.connect('shop.db')\n").tell("diff", "A /app/shop.db\n");
    shows("healthy", &healthy.run("space").ok().stdout());
    let faulty = StandIn::answering("HTTP/1.1 200 OK\r\nX-Frame-Options: DENY\r\nSet-Cookie: session=1\r\n");
    faulty.file("app.py", "response.headers['X-Frame-Options'] = 'DENY'\nresponse.set_cookie('session', '1')\n");
    let ran = faulty.run("space");
    assert_eq!(ran.code(), 1);
    shows("faulty", &ran.stdout());
    let unbuilt = StandIn::healthy();
    unbuilt.tell("build", "------\n > [2/4] WORKDIR /app:\n------\nDockerfile:2\nERROR: failed to solve\n");
    let ran = unbuilt.run("space");
    assert_eq!(ran.code(), 1);
    shows("unbuilt", &ran.stdout());
}

#[test]
fn the_output_of_the_build_goes_to_standard_error() {
    let stand_in = StandIn::healthy();
    let ran = stand_in.run("space --format json");
    assert!(
        ran.stderr().contains("#1 the output of the build\n") && ran.stderr().contains("build "),
        "{}",
        ran.stderr()
    );
    assert!(ran.json()["engine"].is_object(), "JSON is alone on standard output");
    assert_eq!(stand_in.run("space --quiet").stderr(), "");
}

#[test]
fn a_signal_leaves_nothing_behind() {
    for (file, until) in [("build.hangs", "the output of the build"), ("no-answer", "start ")] {
        let stand_in = StandIn::named(&["docker"]);
        stand_in.tell(file, "").tell("port", "1");
        for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
            let errors = stand_in.workspace.path().join("errors");
            let log = fs_err::File::create(&errors).unwrap().into_file();
            let mut command = stand_in.command("space");
            let mut child = command.stdout(Stdio::null()).stderr(log).spawn().unwrap();
            let begin = Instant::now();
            while !fs_err::read_to_string(&errors).unwrap().contains(until) {
                assert!(begin.elapsed() < Duration::from_mins(2), "no `{until}`");
                sleep(Duration::from_millis(10));
            }
            kill(Pid::from_raw(child.id().cast_signed()), signal).unwrap();
            assert_eq!(child.wait().unwrap().code(), Some(130), "{file}");
            stand_in.assert_nothing_left();
            assert!(!stand_in.calls("image rm --force").is_empty(), "{}", stand_in.noted("calls"));
        }
    }
}

#[test]
fn what_is_not_a_space_is_refused_before_an_engine_is_asked() {
    let stand_in = StandIn::healthy();
    fs_err::remove_file(stand_in.workspace.path().join("space/Dockerfile")).unwrap();
    let ran = stand_in.run("space");
    assert!(ran.code() == 2 && ran.stderr().contains("without a Dockerfile"), "{}", ran.stderr());
    stand_in.file("README.md", "# x\n");
    let ran = stand_in.run("space");
    assert!(ran.code() == 2 && ran.stderr().contains("`space` is not a Space"), "{}", ran.stderr());
    assert_eq!(stand_in.noted("calls"), "");
    let missing = stand_in.run("nothing");
    assert!(missing.code() == 2 && missing.stderr().contains("nothing"), "{}", missing.stderr());
}

#[test]
fn a_static_space_needs_no_engine() {
    let workspace = Workspace::new();
    workspace
        .write("page/README.md", "---\nsdk: static\n---\n")
        .write("page/index.html", "<script src='a.js'></script>");
    let ran = workspace.run("try page");
    assert!(ran.code() == 1 && ran.stdout().contains("--> index.html:1"), "{}{}", ran.stdout(), ran.stderr());
    workspace.write("page/a.js", "");
    let ran = workspace.run("try page --format json").ok();
    assert_eq!(ran.json()["probe"]["status"], 200);
}

#[test]
fn wrong_arguments_are_refused() {
    let workspace = Workspace::new();
    for words in [
        "try --image owner",
        "try --memory lots",
        "try --wait 0",
        "try --engine lxc",
        "try --native --image a/b",
        "try --native --keep",
    ] {
        assert_eq!(workspace.run(words).code(), 2, "{words}");
    }
}

#[test]
fn a_program_that_only_the_image_has_is_not_run_natively() {
    let ran = StandIn::named(&[]).run("space --native");
    assert!(ran.code() == 2 && ran.stderr().contains("starts a program that only its image has"), "{}", ran.stderr());
}
