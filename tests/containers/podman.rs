//! `try` with podman, whose answers differ from docker's: owners, users, states.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::engine::docker;
use crate::process::run;
use crate::settings::{say, tool, work};
use crate::tried::Tested;

const BASE: &str = "python:3.13-slim-trixie";

/// Podman with its own storage.
struct Podman {
    folder: PathBuf,
}

impl Podman {
    /// None if it cannot run a container here, which is printed: it may need more rights than this machine gives.
    fn ready() -> Option<Self> {
        tool("PODMAN")?;
        let podman = Self { folder: work().join("podman") };
        fs_err::create_dir_all(&podman.folder).unwrap();
        let [store, runs] = ["store", "run"].map(|name| podman.folder.join(name).display().to_string());
        let storage = format!("[storage]\ndriver = \"overlay\"\ngraphroot = \"{store}\"\nrunroot = \"{runs}\"\n");
        fs_err::write(podman.folder.join("storage.conf"), storage).unwrap();
        // The defaults are above what root may set in a sandbox
        let limits = "[containers]\ndefault_ulimits = [\"nofile=1024:1024\", \"nproc=1024:1024\"]\n";
        fs_err::write(podman.folder.join("containers.conf"), limits).unwrap();
        let ran = podman
            .take(BASE)
            .and_then(|()| run(podman.set(Command::new("podman").args(["run", "--rm", BASE, "true"]))));
        if let Err(error) = ran {
            say(&format!("skipped: podman cannot run a container here: {error}"));
            return None;
        }
        Some(podman)
    }

    fn set<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command.env_remove("CONTAINER_HOST");
        command.env("CONTAINERS_STORAGE_CONF", self.folder.join("storage.conf"));
        command.env("CONTAINERS_CONF", self.folder.join("containers.conf"))
    }

    /// Copies an image from the engine.
    fn take(&self, image: &str) -> Result<(), String> {
        let mut save = docker().args(["save", image]).stdout(Stdio::piped()).spawn().unwrap();
        let loaded = run(self.set(Command::new("podman").arg("load").stdin(save.stdout.take().unwrap())));
        let is_saved = save.wait().unwrap().success();
        loaded.and_then(|_| if is_saved { Ok(()) } else { Err(format!("{image} cannot be saved")) })
    }

    /// The result of a try, and what it leaves in the engine besides the base.
    #[track_caller]
    fn tried(&self, tested: &Tested, words: &str) -> Value {
        let mut command = tested.command(&format!("--format json --engine podman {words}"));
        let output = self.set(&mut command).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        let tried: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}{errors}"));
        say(&format!("findings: {}", tried["findings"]));
        let left = |words: &[&str]| run(self.set(Command::new("podman").args(words))).unwrap();
        assert_eq!(left(&["ps", "--all", "--quiet"]), "", "a container is left");
        // Layers without a name are podman's cache
        let images = ["images", "--quiet", "--filter", "label=spaces-new.try=1", "--filter", "dangling=false"];
        assert_eq!(left(&images), "", "an image is left");
        tried
    }
}

impl Drop for Podman {
    fn drop(&mut self) {
        // `teardown --all` removes what cannot be removed now
        let _ = run(self.set(Command::new("podman").args(["rmi", "--all", "--force"])));
    }
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn podman_shows_what_docker_shows() {
    let Some(podman) = Podman::ready() else { return };
    let healthy = podman.tried(&Tested::new(), "");
    assert_eq!(
        (&healthy["findings"], &healthy["not_checked"]),
        (&Value::Array(vec![]), &Value::Array(vec![])),
        "{healthy:#}"
    );
    assert_eq!((&healthy["engine"]["name"], &healthy["run"]["uid"]), (&"podman".into(), &1000.into()));
    assert!(healthy["stop"]["signal"] == "SIGTERM" && healthy["probe"]["status"] == 200, "{healthy:#}");

    let save = "try:\n    open('/srv/notes.txt', 'w').write('x')\nexcept OSError as error:\n    print(repr(error), error, flush=True)\n";
    let owned = podman.tried(&Tested::new().with("before", save), "");
    assert_eq!(
        (&owned["not_writable"][0]["path"], &owned["not_writable"][0]["uid"]),
        (&"/srv".into(), &0.into()),
        "{owned:#}"
    );

    let local = podman.tried(&Tested::new().with("host", "127.0.0.1"), "--wait 3");
    assert_eq!(local["run"]["listening"][0], "127.0.0.1:7860");
    assert!(local["findings"][0]["message"].as_str().unwrap().contains("127.0.0.1"), "{local:#}");

    let ignores = podman.tried(&Tested::new().with("stop", ""), "");
    assert_eq!(ignores["stop"]["exit"], 137, "{ignores:#}");
    assert!(ignores["findings"][0]["message"].as_str().unwrap().contains("ignores SIGTERM"), "{ignores:#}");

    let tested = Tested::new().with("before", crate::tried::COUNTS).with("body", "next_count()");
    let lost = podman.tried(&tested, "");
    assert_eq!(lost["written_then_lost"][0]["path"], "/home/user/app/count.txt", "{lost:#}");

    let fails = podman.tried(&Tested::new().dockerfile("CMD", "RUN echo this fails; exit 3\nCMD"), "");
    assert_eq!(
        (&fails["findings"][0]["step"], &fails["findings"][0]["line"]),
        (&"build".into(), &7.into()),
        "{fails:#}"
    );

    let hungry = podman.tried(&Tested::new().with("before", "x = bytearray(300_000_000)"), "--memory 100m");
    // Podman 4.3 does not notice that the kernel killed it
    assert_eq!(hungry["run"]["exit"], 137, "{hungry:#}");
    let fault = &hungry["findings"][0];
    let is_said = ["message", "help"].iter().any(|key| fault[key].to_string().contains("more than 100m of memory"));
    assert!(is_said, "{hungry:#}");
}
