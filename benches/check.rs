//! The speed of `check`, as ratios measured in one run: `HADOLINT=path/to/hadolint cargo bench --bench check`.
//!
//! `BEFORE=path` also compares `init` with an older program, `SPACES_NEW=path` measures another program than the one that cargo builds.
//! Prints rows of the table in `docs/speed.md`. Nothing here fails: machines differ, and a shared one is noisy.

#![expect(clippy::disallowed_methods, reason = "it starts programs and reads what they made")]
#![allow(clippy::print_stdout, reason = "this is a program that prints")]
#![allow(clippy::unwrap_used, reason = "a benchmark may panic")]

mod measure;

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use measure::{binary, child_memory, mebibytes, median, millis, time};

const RUNS: usize = 200;
/// Folders with a hundred files each.
const FOLDERS: usize = 100;

fn main() {
    // `cargo test --benches` runs this too, with other arguments; it is not a test.
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    println!("| what | measured |\n|---|---|");
    let folder = tempfile::tempdir().unwrap();
    many_files(folder.path());
    python_files(folder.path());
    ordinary(folder.path());
    long_log(folder.path());
}

/// A repository of 10,000 files, all in the page cache: code, data, and pictures in LFS.
fn many_files(folder: &Path) {
    let tree = folder.join("many");
    make("many", folder, &["--yes", "--vcs", "none"]);
    let mut count = 0;
    for number in 0..FOLDERS {
        let inside = tree.join(format!("folder-{number}"));
        fs_err::create_dir(&inside).unwrap();
        for file in 0..100 {
            let (ending, content) = match file % 4 {
                0 => ("py", "def answer() -> int:\n    return 42\n".repeat(40)),
                1 => ("json", "{\"key\": \"value\"}\n".repeat(200)),
                2 => ("png", "\u{0}picture".repeat(600)),
                _ => ("txt", "Some words of a text.\n".repeat(300)),
            };
            fs_err::write(inside.join(format!("file-{file}.{ending}")), content).unwrap();
            count += 1;
        }
    }
    report(&format!("`spaces-new check` of a repository of {count} files, warm"), &mut || check(&tree), 20);
    // So far the only children of this process are the command
    if let Some(bytes) = child_memory() {
        println!("| peak memory of this check | {:.1} MiB |", mebibytes(bytes));
    }
    let has_git = |words: &[&str]| {
        let mut git = Command::new("git");
        git.args(words)
            .current_dir(&tree)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|ran| ran.success())
    };
    // Pictures as pointers, also where git-lfs is missing
    let pointer = format!("version https://git-lfs.github.com/spec/v1\\noid sha256:{}\\nsize 10\\n", "0".repeat(64));
    let clean = format!("filter.lfs.clean=cat > /dev/null; printf '{pointer}'");
    if has_git(&["init"]) && has_git(&["-c", &clean, "add", "."]) {
        report("the same, all of them in git's index", &mut || check(&tree), 20);
    }
}

/// `init` in an app of 1,000 Python files of 10 kB, which it all reads.
fn python_files(folder: &Path) {
    const CODE: &str = "import json\nfrom helpers.text import clean as tidy, split\n\n\nclass Reader(Base):\n    \"\"\"Reads a file.\"\"\"\n\n    \
                        def lines(self, path, *, limit=10, mark='#'):\n        with open(path, encoding=\"utf-8\") as file:  # closed\n            \
                        for number, line in enumerate(file):\n                if line.startswith(mark) and number > limit or not line:\n                    \
                        continue\n                yield json.loads(tidy(line.strip())), f\"{path}:{number + 1}\"\n\n\n";
    let tree = folder.join("app");
    for number in 0..1000 {
        let inside = tree.join(format!("part_{}", number % 20));
        fs_err::create_dir_all(&inside).unwrap();
        fs_err::write(inside.join(format!("module_{number}.py")), CODE.repeat(10_000 / CODE.len())).unwrap();
    }
    let app = "import gradio as gr\n\ndemo = gr.Interface(len, \"text\", \"number\")\ndemo.launch()\n";
    fs_err::write(tree.join("app.py"), app).unwrap();
    fs_err::write(tree.join("requirements.txt"), "gradio\n").unwrap();
    let init = |program: &OsStr| time(Command::new(program).args(["init", "--yes", "--dry-run"]).current_dir(&tree));
    let ours = binary();
    report("`spaces-new init --dry-run` of an app of 1,000 Python files", &mut || init(&ours), 20);
    let Some(before) = std::env::var_os("BEFORE") else { return };
    let (mut now, mut then) = (Vec::new(), Vec::new());
    for _ in 0..20 {
        now.push(init(&ours));
        then.push(init(&before));
    }
    let ratio = median(&mut now).as_secs_f64() / median(&mut then).as_secs_f64();
    println!("| ratio to the program that `BEFORE` names, alternating with it | {ratio:.2} |");
}

/// A log of 100 MB, whose last lines decide.
fn long_log(folder: &Path) {
    const LINE: &str = "2026-01-01 10:05:38,063 - httpx - INFO - HTTP Request: POST http://api.example/schedule?taskId=1 \"HTTP/1.1 200 OK\"\n";
    let path = folder.join("long.log");
    let end = "E: Unable to locate package libgl1-mesa-glx\n";
    fs_err::write(&path, LINE.repeat(100_000_000 / LINE.len()) + end).unwrap();
    report(
        "`spaces-new diagnose` of a log of 100 MB",
        &mut || time(Command::new(binary()).arg("diagnose").arg(&path)),
        5,
    );
}

/// One ordinary Space against hadolint on only its Dockerfile, run alternately.
fn ordinary(folder: &Path) {
    make("space", folder, &["--yes", "--vcs", "none"]);
    let tree = folder.join("space");
    let Some(hadolint) = std::env::var_os("HADOLINT") else {
        report("`spaces-new check` of the Space of `-t gradio`, whole process", &mut || check(&tree), RUNS);
        println!("| hadolint on its Dockerfile | not measured: `HADOLINT` is not set |");
        return;
    };
    let lint = || {
        let mut command = Command::new(&hadolint);
        command.arg("--no-fail").arg(tree.join("Dockerfile"));
        time(&mut command)
    };
    let mut ours = Vec::with_capacity(RUNS);
    let mut theirs = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        ours.push(check(&tree));
        theirs.push(lint());
    }
    let (ours, theirs) = (median(&mut ours), median(&mut theirs));
    println!("| `spaces-new check` of the Space of `-t gradio`, whole process | {} |", millis(ours));
    println!("| hadolint 2.15.1 on only its Dockerfile, alternating with it | {} |", millis(theirs));
    println!("| ratio | {:.2} |", ours.as_secs_f64() / theirs.as_secs_f64());
}

fn make(name: &str, folder: &Path, more: &[&str]) {
    let mut command = Command::new(binary());
    time(command.args([name, "--template", "gradio"]).args(more).current_dir(folder));
}

fn check(tree: &Path) -> Duration {
    time(Command::new(binary()).arg("check").arg(tree))
}

fn report(what: &str, run: &mut dyn FnMut() -> Duration, runs: usize) {
    run();
    let mut times: Vec<_> = (0..runs).map(|_| run()).collect();
    println!("| {what} | {} |", millis(median(&mut times)));
}
