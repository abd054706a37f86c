//! Speed and size, as ratios measured in one run: `cargo bench`.
//!
//! Prints the table of `docs/speed.md`; `SPACES_NEW=path` measures another program than the one that cargo builds. Nothing here fails: machines differ, and a shared one is noisy.

#![expect(clippy::disallowed_methods, reason = "it starts programs and reads what they made")]
#![allow(clippy::print_stdout, reason = "this is a program that prints")]
#![allow(clippy::unwrap_used, reason = "a benchmark may panic")]

mod measure;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use measure::{binary, child_memory, mebibytes, median, millis, time};
use spaces_new::{Answers, Assets, Catalog, Spec};

const RUNS: usize = 300;

fn main() {
    // `cargo test --benches` runs this too, with other arguments; it is not a test.
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    println!("| what | measured |\n|---|---|");
    process();
    start();
    library();
    threads();
    println!("| size of the binary, stripped | {:.1} MiB |", mebibytes(fs_err::metadata(binary()).unwrap().len()));
}

/// The whole command against `cp -r` of its result, run alternately.
fn process() {
    let folder = tempfile::tempdir().unwrap();
    // Each run has its own parent folder, as in normal use, not one with the results of all runs.
    let inside = |name: String| {
        let inside = folder.path().join(name);
        fs_err::create_dir(&inside).unwrap();
        inside
    };
    let make = |inside: &Path| {
        let mut command = Command::new(binary());
        command.args(["tree", "--template", "gradio", "--yes", "--vcs", "none"]).current_dir(inside);
        command
    };
    let tree = inside("tree".to_owned());
    time(&mut make(&tree));
    let tree = tree.join("tree");
    // So far the only child of this process is the command.
    let memory = child_memory();
    let mut ours = Vec::with_capacity(RUNS);
    let mut copies = Vec::with_capacity(RUNS);
    let mut added = Vec::with_capacity(RUNS);
    let mut updated = Vec::with_capacity(RUNS);
    for run in 0..RUNS {
        ours.push(time(&mut make(&inside(format!("ours-{run}")))));
        let mut copy = Command::new("cp");
        copy.arg("-r").arg(&tree).arg("tree").current_dir(inside(format!("copy-{run}")));
        copies.push(time(&mut copy));
        let mut add = Command::new(binary());
        added.push(time(add.args(["add", "replicate", "--yes", "--dry-run"]).current_dir(&tree)));
        let mut update = Command::new(binary());
        updated.push(time(update.args(["update", "--dry-run"]).current_dir(&tree)));
    }
    let files = count(&tree);
    let (ours, copy) = (median(&mut ours), median(&mut copies));
    println!("| `spaces-new my-demo -t gradio --yes --vcs none`, whole process ({files} files) | {} |", millis(ours));
    println!("| `cp -r` of the same files, alternating with it | {} |", millis(copy));
    println!("| ratio | {:.2} |", ours.as_secs_f64() / copy.as_secs_f64());
    let added = median(&mut added);
    let ratio = added.as_secs_f64() / ours.as_secs_f64();
    println!("| ratio of `spaces-new add replicate --yes --dry-run` in it, alternating with it | {ratio:.2} |");
    let ratio = median(&mut updated).as_secs_f64() / ours.as_secs_f64();
    println!("| ratio of `spaces-new update --dry-run` in it, alternating with it | {ratio:.2} |");
    if let Some(bytes) = memory {
        println!("| peak memory of the process | {:.1} MiB |", mebibytes(bytes));
    }
}

/// How long the command takes to start, against ripgrep, run alternately.
fn start() {
    let ours = || time(Command::new(binary()).arg("--version"));
    let mut own = Vec::with_capacity(RUNS);
    let mut other = Vec::with_capacity(RUNS);
    let has_other = Command::new("rg").arg("--version").output().is_ok();
    for _ in 0..RUNS {
        own.push(ours());
        if has_other {
            other.push(time(Command::new("rg").arg("--version")));
        }
    }
    let own = median(&mut own);
    println!("| `spaces-new --version`, whole process | {} |", millis(own));
    if has_other {
        let other = median(&mut other);
        println!("| `rg --version`, alternating with it | {} |", millis(other));
        println!("| ratio | {:.2} |", own.as_secs_f64() / other.as_secs_f64());
    } else {
        println!("| `rg --version` | not measured: no `rg` on PATH |");
    }
}

/// Plans a second on one core, in memory.
fn library() {
    for template in Catalog::builtin().templates() {
        let answers = Answers::for_folder("my-demo");
        let spec = Spec::resolve(template, &answers).unwrap();
        let assets = Assets::default();
        let planned = rate(|| template.plan(&spec, &assets).unwrap().files().len());
        let resolved = rate(|| {
            let spec = Spec::resolve(template, &answers).unwrap();
            template.plan(&spec, &assets).unwrap().files().len()
        });
        let name = template.name();
        println!(
            "| library, `{name}`: plans a second, one core | {planned:.0} ({resolved:.0} with the answers checked) |"
        );
    }
}

/// How many plans two threads make in the time in which one makes one.
fn threads() {
    let catalog = Catalog::builtin();
    let template = catalog.get("gradio").unwrap();
    let spec = Spec::resolve(template, &Answers::for_folder("my-demo")).unwrap();
    let plans = || rate(|| template.plan(&spec, &Assets::default()).unwrap().files().len());
    let one = plans();
    let two = std::thread::scope(|scope| {
        let other = scope.spawn(plans);
        plans() + other.join().unwrap()
    });
    println!("| library, `gradio`: plans of two threads, for each of one | {:.2} |", two / one);
}

fn rate(mut work: impl FnMut() -> usize) -> f64 {
    let start = Instant::now();
    let mut done = 0_u32;
    while start.elapsed() < Duration::from_secs(2) {
        std::hint::black_box(work());
        done += 1;
    }
    f64::from(done) / start.elapsed().as_secs_f64()
}

fn count(folder: &Path) -> usize {
    let entries = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
}
