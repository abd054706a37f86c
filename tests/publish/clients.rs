//! The real clients publish a Space.

use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::tempdir;

use crate::hub::{Content, Hub, Script, example, shapes};
use crate::settings::{beside, root, run, work};

/// Compares a log with the recorded one, or records it with `UPDATE=1`.
fn is_recorded(hub: &Hub, name: &str) {
    let path = beside(&format!("recorded/{name}.jsonl"));
    let log = shapes::normal(&hub.log().lines());
    if std::env::var_os("UPDATE").is_some() {
        fs_err::write(&path, log).unwrap();
        return;
    }
    let recorded = fs_err::read_to_string(&path).unwrap_or_default();
    let place = root().join(format!("target/publish/{name}.jsonl"));
    fs_err::write(&place, &log).unwrap();
    let changed = log.lines().zip(recorded.lines()).find(|(now, before)| now != before);
    assert!(
        log == recorded,
        "the client makes other requests than those recorded; compare {} with {}, look what has changed, and record them with \
         UPDATE=1. The first difference:\n{changed:#?}",
        path.display(),
        place.display(),
    );
}

/// What a client has published in the end.
fn is_published(hub: &Hub) {
    let space = hub.space("tester/my-space").unwrap();
    assert_eq!(space.files["app.py"].text(), Some("print(\"changed\")\n"));
    assert!(!space.files.contains_key("old.txt"));
    assert!(!space.files.contains_key(".env") && !space.files.contains_key("debug.log"));
    for large in ["assets/picture.png", "assets/weights.bin"] {
        assert!(matches!(space.files[large].content, Content::Large { .. }), "{large}");
    }
    assert_eq!(hub.log().refused(), [""; 0]);
}

/// Lets a client publish the example. Gives the server, and what the client says.
pub fn publish(script: Script, program: &str, words: &[PathBuf]) -> (Hub, Result<String, String>) {
    let hub = Hub::start(script);
    let folder = tempdir().unwrap();
    example::write(folder.path());
    let words = words.iter().map(PathBuf::as_path).chain([folder.path()]);
    let said = run(&hub, Path::new(program), &words.collect::<Vec<_>>());
    (hub, said)
}

/// Lets a client publish the example to a server without faults.
fn succeeds((hub, said): (Hub, Result<String, String>)) -> Hub {
    said.unwrap_or_else(|said| panic!("{said}\n{}", hub.log().lines().join("\n")));
    hub
}

/// Lets `hf` publish.
pub fn hf(script: Script) -> (Hub, Result<String, String>) {
    publish(script, "bash", &[beside("story_hf.sh"), work().join("venv/bin")])
}

/// Lets `@huggingface/hub` publish.
pub fn hub_js(script: Script) -> (Hub, Result<String, String>) {
    publish(script, "node", &[beside("story_js.mjs"), work().join("npm/node_modules/@huggingface/hub")])
}

#[test]
#[ignore = "needs the clients that tests/publish/run installs"]
fn hf_publishes_a_space_with_the_recorded_requests() {
    let hub = succeeds(hf(Script::paid()));
    is_published(&hub);
    let space = hub.space("tester/my-space").unwrap();
    assert_eq!(space.secrets["API_KEY"], "a-newer-secret");
    assert_eq!(space.variables["THEME"], "light");
    assert_eq!((space.hardware.as_deref(), space.visibility.as_str()), (Some("cpu-basic"), "public"));
    // Ignoring is the server's answer: the first bytes of the file are in the question
    assert!(!hub.log().carrying(b"neverSendThis").is_empty(), "`hf` no longer sends samples of ignored files");
    is_recorded(&hub, "hf");
}

#[test]
#[ignore = "needs the clients that tests/publish/run installs"]
fn hub_js_publishes_a_space_with_the_recorded_requests() {
    let hub = succeeds(hub_js(Script::paid()));
    is_published(&hub);
    assert_eq!(hub.space("tester/my-space").unwrap().visibility, "private");
    is_recorded(&hub, "hub-js");
}

#[test]
#[ignore = "a server to try something by hand; `Enter` ends it and prints what was requested"]
fn serve() {
    let hub = Hub::start(Script::paid());
    let mut out = std::io::stdout();
    writeln!(out, "export HF_ENDPOINT={} HF_TOKEN={}", hub.endpoint(), Script::TOKEN).unwrap();
    std::io::stdin().read_line(&mut String::new()).unwrap();
    writeln!(out, "{}", hub.log().lines().join("\n")).unwrap();
}
