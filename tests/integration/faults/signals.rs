//! SIGTERM and SIGHUP at any moment: what was begun is rolled back or finished, and nothing is left over.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::super::support::{Ran, Workspace};
use super::{DEMO, Files};

/// How many moments of a run are tried.
const MOMENTS: u32 = 8;

/// Writes the existing files.
type Prepare = fn(&Workspace);

/// What is stopped: the arguments, and the existing files.
const COMMANDS: [(&str, Prepare); 4] = [
    ("demo -t fastapi --yes --vcs none --asset data", |workspace| data(workspace)),
    ("demo -t fastapi --yes --vcs none --asset data", |workspace| {
        data(workspace);
        fs_err::create_dir(workspace.path().join(DEMO)).unwrap();
    }),
    ("init demo --yes --asset data", |workspace| {
        data(workspace);
        app(workspace);
    }),
    ("check demo --fix", |workspace| app(workspace)),
];

fn data(workspace: &Workspace) {
    for number in 0..200 {
        workspace.write(&format!("data/{number}.txt"), vec![b'x'; 3000]);
    }
}

fn app(workspace: &Workspace) {
    workspace.write("demo/app.py", "import gradio as gr\ngr.Interface(str, 'text', 'text').launch()\n");
    workspace.write("demo/requirements.txt", "gradio==5.49.1\n");
    let card = "---\ntitle: x\nemoji: 🚀\nsdk: gradio\nsdk_version: 5.49.1\npython_version: 3.10\n---\n# x\n";
    workspace.write("demo/README.md", card);
}

/// Every file, and whether the folder exists.
fn all(workspace: &Workspace) -> (Files, Vec<String>) {
    let is_there = workspace.path().join(DEMO).exists();
    (if is_there { workspace.files(DEMO) } else { Files::new() }, workspace.names())
}

fn prepared(prepare: fn(&Workspace)) -> Workspace {
    let workspace = Workspace::new();
    prepare(&workspace);
    workspace
}

#[test]
fn a_signal_at_any_moment_leaves_nothing_behind() {
    for (words, prepare) in COMMANDS {
        let workspace = prepared(prepare);
        let before = all(&workspace);
        let start = Instant::now();
        assert!(workspace.run(words).code() < 2);
        let (life, after) = (start.elapsed(), all(&workspace));
        for (signal, times) in [(Signal::SIGTERM, 3), (Signal::SIGHUP, 1)] {
            for moment in 0..MOMENTS {
                let workspace = prepared(prepare);
                let mut command = workspace.command();
                command.args(words.split(' ')).stdout(Stdio::piped()).stderr(Stdio::piped());
                let child = command.spawn().unwrap();
                thread::sleep(life * moment / MOMENTS);
                for _ in 0..times {
                    let _ = kill(Pid::from_raw(i32::try_from(child.id()).unwrap()), signal);
                }
                let ran = Ran(child.wait_with_output().unwrap());
                let now = all(&workspace);
                let case = format!("{signal} {times} times after {moment}/{MOMENTS} of `{words}`: {}", ran.shown());
                assert!(now == before || now == after, "{case}: {:?} {:?}", now.0.keys(), now.1);
                // One that comes before the handler is installed ends the run with the signal itself
                assert!(matches!(ran.code(), -1 | 0 | 1 | 130), "{case}");
                assert_eq!(fs_err::read_dir(workspace.state()).into_iter().flatten().count(), 0, "{case}");
            }
        }
    }
}

/// Starts a run and sends it a signal as soon as its staging folder exists. None if the run ended before that.
fn stopped_while_it_writes(signal: Signal) -> Option<(Workspace, Ran)> {
    let workspace = Workspace::new();
    workspace.write("data/a.bin", "");
    let large = std::fs::OpenOptions::new().write(true).open(workspace.path().join("data/a.bin")).unwrap();
    large.set_len(200 << 20).unwrap();
    let mut command = workspace.command();
    command.args("demo -t gradio --yes --vcs none --asset data".split(' ')).stderr(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    while super::staging(&workspace).is_empty() && child.try_wait().unwrap().is_none() {
        thread::sleep(Duration::from_micros(100));
    }
    kill(Pid::from_raw(i32::try_from(child.id()).unwrap()), signal).unwrap();
    let ran = Ran(child.wait_with_output().unwrap());
    (ran.code() != 0).then_some((workspace, ran))
}

#[test]
fn a_run_that_is_stopped_while_it_writes_says_that_nothing_was_written() {
    for signal in [Signal::SIGTERM, Signal::SIGHUP] {
        // On a busy machine, a run can end before this process has seen that it writes
        let stopped = (0..20).find_map(|_| stopped_while_it_writes(signal));
        let (workspace, ran) = stopped.expect("one of 20 runs is stopped");
        assert_eq!(ran.code(), 130, "{signal}: {}", ran.shown());
        assert!(ran.stderr().contains("stopped; nothing was written"), "{signal}: {}", ran.shown());
        assert_eq!(workspace.names(), ["data"], "{signal}");
    }
}
