//! Building images with the docker client, and reading their contents.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use serde_json::Value;

use crate::network;
use crate::settings::{root, say, setting, tail};

/// Which of the engine's two builders builds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Builder {
    /// The one that the Hub uses.
    BuildKit,
    /// The older one, which refuses `RUN --mount` and makes a `WORKDIR` as root.
    Classic,
}

/// A requested build.
#[derive(Debug, Clone, Copy)]
pub struct Build<'a> {
    pub folder: &'a Path,
    pub tag: &'a str,
    pub builder: Builder,
    /// Names and values, mounted by the `RUN` that requests them.
    pub secrets: &'a [(&'a str, &'a str)],
    pub cached: bool,
}

impl<'a> Build<'a> {
    pub fn new(folder: &'a Path, tag: &'a str) -> Self {
        Self { folder, tag, builder: Builder::BuildKit, secrets: &[], cached: true }
    }
}

/// A successful build.
pub struct Built {
    pub seconds: f64,
    pub log: String,
}

/// The command `docker`, as setup chose it.
pub fn docker() -> Command {
    let mut command = Command::new(setting("DOCKER"));
    let host = setting("DOCKER_HOST");
    if !host.is_empty() {
        command.env("DOCKER_HOST", host);
    }
    command
}

/// Runs a docker command and gives its output, or its error.
pub fn try_docker(words: &[&str]) -> Result<String, String> {
    both(&docker().args(words).output().unwrap())
}

/// Runs a docker command that must succeed.
#[track_caller]
pub fn run_docker(words: &[&str]) -> String {
    try_docker(words).unwrap_or_else(|error| panic!("docker {}: {error}", words.join(" ")))
}

fn both(output: &Output) -> Result<String, String> {
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(stdout) } else { Err(tail(&(stdout + &stderr), 40)) }
}

/// Builds an image, or gives the last lines of the failed build.
pub fn build(build: Build) -> Result<Built, String> {
    network::twice(|| build_once(build))
}

/// The images of one test, removed when its thread ends: those of all tests together would take a disk's free space.
struct Images(RefCell<BTreeSet<String>>);

thread_local! {
    static IMAGES: Images = const { Images(RefCell::new(BTreeSet::new())) };
}

impl Drop for Images {
    fn drop(&mut self) {
        let tags = self.0.take();
        if tags.is_empty() {
            return;
        }
        let remove = ["image", "rm", "--force"].into_iter().chain(tags.iter().map(String::as_str));
        let removed = try_docker(&remove.collect::<Vec<_>>());
        // Images that lost their tag to a later one of the same test
        let pruned = try_docker(&["image", "prune", "--force", "--filter", "label=spaces-new-test"]);
        if let Err(error) = removed.and(pruned) {
            say(&format!("images stay: {error}"));
        }
    }
}

fn build_once(build: Build) -> Result<Built, String> {
    say(&format!("building {} with {:?}", build.tag, build.builder));
    let kit = if build.builder == Builder::BuildKit { "1" } else { "0" };
    let mut command = docker();
    command.env("DOCKER_BUILDKIT", kit).env("BUILDKIT_PROGRESS", "plain");
    command.args(["build", "--label", "spaces-new-test=1", "--tag", build.tag]);
    if setting("BUILD_NETWORK") == "host" {
        command.args(["--network", "host"]);
    }
    if !build.cached {
        command.arg("--no-cache");
    }
    for (name, value) in build.secrets {
        command.env(name, value).arg("--secret").arg(format!("id={name},env={name}"));
    }
    let start = Instant::now();
    let output = command.arg(build.folder).output().unwrap();
    let seconds = start.elapsed().as_secs_f64();
    let log = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if !output.status.success() {
        return Err(tail(&log, 40));
    }
    IMAGES.with(|images| images.0.borrow_mut().insert(build.tag.to_owned()));
    say(&format!("built {} in {seconds:.1} s", build.tag));
    Ok(Built { seconds, log })
}

/// What the engine knows about an image.
pub struct Image {
    facts: Value,
}

impl Image {
    #[track_caller]
    pub fn inspect(tag: &str) -> Self {
        let mut all: Value = serde_json::from_str(&run_docker(&["image", "inspect", tag])).unwrap();
        Self { facts: all[0].take() }
    }

    pub fn bytes(&self) -> u64 {
        self.facts["Size"].as_u64().unwrap()
    }

    /// The digests of the layers, the base's first.
    pub fn layers(&self) -> Vec<String> {
        self.list("/RootFS/Layers")
    }

    /// The user that it starts as; empty is root.
    pub fn user(&self) -> &str {
        self.facts["Config"]["User"].as_str().unwrap_or_default()
    }

    /// The working folder that it starts in.
    pub fn folder(&self) -> &str {
        self.facts["Config"]["WorkingDir"].as_str().unwrap_or_default()
    }

    pub fn command(&self) -> Vec<String> {
        self.list("/Config/Cmd")
    }

    /// A variable of its environment.
    pub fn variable(&self, name: &str) -> Option<String> {
        let all = self.list("/Config/Env");
        all.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
    }

    /// Whether the engine has an image.
    pub fn exists(tag: &str) -> bool {
        try_docker(&["image", "inspect", tag]).is_ok()
    }

    /// Whether a base image is made from Debian's packages in place of the real one.
    pub fn is_stand_in(&self) -> bool {
        self.facts["Config"]["Labels"].get("spaces-new-stand-in").is_some()
    }

    fn list(&self, pointer: &str) -> Vec<String> {
        let list = self.facts.pointer(pointer).and_then(Value::as_array).cloned().unwrap_or_default();
        list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }
}

/// How often each text occurs in the bytes of an image, over all layers and the configuration.
pub fn occurrences<const N: usize>(tag: &str, texts: [&str; N]) -> [usize; N] {
    let mut save = docker().args(["save", tag]).stdout(Stdio::piped()).spawn().unwrap();
    let mut unpack = Command::new(setting("PYTHON"));
    unpack.arg(root().join("tests/containers/read_layers.py")).stdin(save.stdout.take().unwrap());
    let mut unpack = unpack.stdout(Stdio::piped()).spawn().unwrap();
    let mut stream = unpack.stdout.take().unwrap();
    let longest = texts.iter().map(|text| text.len()).max().unwrap();
    let mut counts = [0; N];
    // The end of each chunk is looked at again with the next one, for a text that lies across
    let (mut window, mut chunk) = (Vec::new(), vec![0; 1 << 20]);
    loop {
        let read = stream.read(&mut chunk).unwrap();
        if read == 0 {
            break;
        }
        let carried = window.len();
        window.extend_from_slice(&chunk[..read]);
        for (count, text) in counts.iter_mut().zip(texts) {
            // Matches entirely in the carried part were counted before
            let from = carried.saturating_sub(text.len() - 1);
            *count += count_in(&window[from..], text.as_bytes());
        }
        let keep = window.len().min(longest - 1);
        window.drain(..window.len() - keep);
    }
    assert!(save.wait().unwrap().success() && unpack.wait().unwrap().success());
    counts
}

fn count_in(bytes: &[u8], text: &[u8]) -> usize {
    let mut count = 0;
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == text[0]) {
        if rest[at..].starts_with(text) {
            count += 1;
        }
        rest = &rest[at + 1..];
    }
    count
}
