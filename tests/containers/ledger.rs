//! The table of `docs/containers.md`: sizes and times of images, compared with two published recipes.
//!
//! Each run measures and enforces the goals. `UPDATE=1` writes the table; otherwise it only must exist, because
//! measurements differ between machines.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::cases::{NODE, PYTHON};
use crate::container::Container;
use crate::engine::{Build, Image, build, run_docker};
use crate::settings::root;
use crate::space::Space;

/// The measurements of one image.
struct Row {
    name: &'static str,
    base: &'static str,
    /// Bytes of the image, and of what its own layers add to the base.
    bytes: u64,
    added: u64,
    layers: usize,
    cold: f64,
    rebuild: f64,
    answer: Result<f64, String>,
}

const SLIM: &str = "python:3.13-slim-trixie";

/// Builds without a cache, builds again after an edit of the app, and starts it.
#[track_caller]
fn measure(name: &'static str, base: &'static str, folder: &Path, code: &str, port: u16) -> Row {
    let word: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let tag = format!("spaces-new-test/ledger-{word}");
    let cold = build(Build { cached: false, ..Build::new(folder, &tag) }).unwrap_or_else(|log| panic!("{log}"));
    edit(&folder.join(code));
    let rebuilt = build(Build::new(folder, &tag)).unwrap_or_else(|log| panic!("{log}"));
    let (image, base_image) = (Image::inspect(&tag), Image::inspect(base));
    let container = Container::start(&tag, port, &[]);
    let answer = container.wait_for_ok(Duration::from_mins(1));
    Row {
        name,
        base,
        bytes: image.bytes(),
        added: image.bytes() - base_image.bytes(),
        layers: image.layers().len() - base_image.layers().len(),
        cold: cold.seconds,
        rebuild: rebuilt.seconds,
        answer,
    }
}

/// Changes a file of code in a new way, so that no cache of an earlier run has it.
fn edit(file: &Path) {
    let comment = if file.extension().is_some_and(|ending| ending == "js") { "//" } else { "#" };
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_nanos();
    let text = fs_err::read_to_string(file).unwrap();
    fs_err::write(file, format!("{text}\n{comment} edited at {now}\n")).unwrap();
}

#[track_caller]
fn of_space(name: &'static str, base: &'static str, flags: &str, code: &str) -> Row {
    let space = Space::render("ledger", flags);
    measure(name, base, &space.path(), code, space.port())
}

/// The line of the client that the starter apps ask a model with.
fn client() -> String {
    let requirements = Space::render("ledger-client", "--template docker").read("requirements.txt");
    let line = requirements.lines().find(|line| line.starts_with("huggingface_hub==")).expect("it asks a model");
    format!("\n{line}\n")
}

/// A published recipe, in a copy that can be edited. It gets the package that only our starter app needs, so that images of
/// the same packages are compared.
#[track_caller]
fn of_reference(name: &'static str, folder: &str, code: &str, port: u16) -> Row {
    let copy = tempfile::tempdir().unwrap();
    let from = root().join("tests/containers/references").join(folder);
    for file in ["Dockerfile", "requirements.txt", code] {
        let to = copy.path().join(file);
        fs_err::create_dir_all(to.parent().unwrap()).unwrap();
        fs_err::copy(from.join(file), to).unwrap();
    }
    let requirements = copy.path().join("requirements.txt");
    let text = fs_err::read_to_string(&requirements).unwrap();
    fs_err::write(&requirements, text + &client()).unwrap();
    measure(name, SLIM, copy.path(), code, port)
}

fn shown(row: &Row) -> String {
    let megabytes = |bytes: u64| format!("{}.{}", bytes / 1_000_000, bytes / 100_000 % 10);
    let answer = row.answer.as_ref().map_or("never".to_owned(), |seconds| format!("{seconds:.1}"));
    let kind = if Image::inspect(row.base).is_stand_in() { "stand-in" } else { "real" };
    format!(
        "| {} | `{}`, {kind} | {} | {} | {} | {:.1} | {:.1} | {answer} |\n",
        row.name,
        row.base,
        megabytes(row.bytes),
        megabytes(row.added),
        row.layers,
        row.cold,
        row.rebuild
    )
}

fn table(rows: &[Row]) -> String {
    let engine = run_docker(&["version", "--format", "{{.Server.Version}}"]);
    let driver = run_docker(&["info", "--format", "{{.Driver}}"]);
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let head = "| image | base | MB | MB over the base | layers over the base | cold build, s | after an edit, s | first 200, s |\n\
        |---|---|---|---|---|---|---|---|\n";
    let rows: String = rows.iter().map(shown).collect();
    format!("Docker Engine {}, {}, BuildKit, {processors} processors.\n\n{head}{rows}", engine.trim(), driver.trim())
}

fn document() -> PathBuf {
    root().join("docs/containers.md")
}

const OPEN: &str = "<!-- ledger: made by the container tests under UPDATE=1 -->\n";
const CLOSE: &str = "<!-- /ledger -->";

/// The text between the marks, where the table is.
fn marked(text: &str) -> (usize, usize) {
    let open = text.find(OPEN).expect("docs/containers.md has the opening mark of the ledger") + OPEN.len();
    (open, open + text[open..].find(CLOSE).expect("docs/containers.md has the closing mark of the ledger"))
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn images_are_no_larger_than_the_recipes_and_rebuild_faster() {
    let gradio = of_space("Gradio", SLIM, "--template gradio", "app.py");
    let streamlit = of_space("Streamlit", SLIM, "--template streamlit", "app.py");
    let fastapi = of_space("FastAPI", SLIM, "--template docker", "app.py");
    let by_uv = [
        of_space("Gradio, installed by uv", SLIM, "--template gradio --installer uv", "app.py"),
        of_space("Streamlit, installed by uv", SLIM, "--template streamlit --installer uv", "app.py"),
        of_space("FastAPI, installed by uv", SLIM, "--template docker --installer uv", "app.py"),
    ];
    let python = of_space("Python's own server", SLIM, PYTHON, "app.py");
    let node = of_space("Node", "node:22-slim", NODE, "server.js");
    let demo = of_reference("reference: the Hub's first demo, FastAPI", "first-demo", "main.py", 7860);
    let template = of_reference("reference: the Hub's Streamlit template", "streamlit", "src/streamlit_app.py", 8501);

    assert!(fastapi.bytes <= demo.bytes, "FastAPI has {} bytes, the recipe {}", fastapi.bytes, demo.bytes);
    assert!(streamlit.bytes <= template.bytes, "Streamlit has {}, the recipe {}", streamlit.bytes, template.bytes);
    let (ours, theirs) = (streamlit.rebuild, template.rebuild);
    assert!(ours <= theirs / 4.0, "Streamlit is rebuilt in {ours:.1} s, the recipe in {theirs:.1} s");
    // Nothing is installed again after an edit, neither here nor by the first demo: it cannot be a quarter of its time
    let (ours, theirs) = (fastapi.rebuild, demo.rebuild);
    assert!(ours <= theirs + 1.0, "FastAPI is rebuilt in {ours:.1} s, the recipe in {theirs:.1} s");
    let spaces: Vec<_> = [gradio, streamlit, fastapi].into_iter().chain(by_uv).chain([python, node]).collect();
    for row in &spaces {
        assert!(row.answer.is_ok(), "{}: {:?}", row.name, row.answer);
    }

    let rows: Vec<_> = spaces.into_iter().chain([demo, template]).collect();
    let text = fs_err::read_to_string(document()).unwrap();
    let (open, close) = marked(&text);
    if std::env::var_os("UPDATE").is_some() {
        let updated = format!("{}\n{}\n{}", &text[..open], table(&rows), &text[close..]);
        fs_err::write(document(), updated).unwrap();
    } else {
        for row in &rows {
            let line = format!("| {} |", row.name);
            assert!(text[open..close].contains(&line), "docs/containers.md has no `{line}`; write it with UPDATE=1");
        }
    }
}
