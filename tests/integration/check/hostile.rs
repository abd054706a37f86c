//! Repositories made to attack the person who checks them. Each run has 256 MiB of memory and a
//! time of the processor, by `ulimit`: it neither panics nor hangs.

use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{HANG, LIMITS, Ran, Workspace};

const README: &str = "---\nsdk: docker\n---\n";
const FROM: &str = "FROM python:3.13-slim-trixie\n";

/// Runs the check on `space` with limits of memory and time. Fails if it ends other than with or without a finding.
fn check(workspace: &Workspace, format: &str) -> Ran {
    let command = workspace.command();
    let mut limited = Command::new("sh");
    limited.args(["-c", &format!("{LIMITS} && exec \"$0\" \"$@\"")]);
    limited.arg(command.get_program()).args(["check", "space", "--pedantic", "--format", format]);
    limited.current_dir(workspace.path()).stdin(Stdio::null());
    limited.stdout(fs_err::File::create(workspace.path().join("out")).unwrap().into_parts().0);
    limited.stderr(fs_err::File::create(workspace.path().join("err")).unwrap().into_parts().0);
    let start = Instant::now();
    let mut child = limited.spawn().unwrap();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > HANG {
            child.kill().unwrap();
            panic!("still running after {HANG:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let read = |name: &str| fs_err::read(workspace.path().join(name)).unwrap();
    let ran = Ran(std::process::Output { status, stdout: read("out"), stderr: read("err") });
    assert!(matches!(ran.code(), 0 | 1), "{:?}: {}", ran.0.status, ran.stderr());
    ran
}

/// Checks a Space with these files, in a format for programs and in the one for people.
fn survives(name: &str, files: &[(&str, String)]) {
    let workspace = Workspace::new();
    workspace.write("space/README.md", README).write("space/Dockerfile", FROM);
    for (path, text) in files {
        workspace.write(&format!("space/{path}"), text);
    }
    for format in ["github", "text"] {
        let ran = check(&workspace, format);
        assert!(ran.stderr().is_empty(), "{name}: {}", ran.stderr());
    }
}

fn many(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

#[test]
fn a_dockerfile_that_expands_itself_stays_within_its_limits() {
    let dockerfile = |rest: String| [("Dockerfile", format!("{FROM}{rest}"))];
    survives("many variables", &dockerfile(many(20_000, |at| format!("ENV A{at}=1\n"))));
    survives("a variable that doubles", &dockerfile(format!("ENV A=xxxxxxxx\n{}", "ENV A=$A$A\n".repeat(60))));
    survives("long values", &dockerfile(many(200, |at| format!("ENV A{at}={}\n", "x".repeat(1000)))));
    survives("many users", &dockerfile(many(10_000, |at| format!("RUN useradd u{at}\n"))));
    survives("many copies", &dockerfile("COPY nothing /x\n".repeat(20_000)));
    survives("many of all", &dockerfile(many(1900, |at| format!("ENV A{}=1 B{at}={}\n", at % 250, "x".repeat(100)))));
    survives("deep defaults", &dockerfile(format!("ENV A={}{}\n", "${A:-".repeat(20_000), "}".repeat(20_000))));
    survives("deep substitutions", &dockerfile(format!("RUN {}\n", "$(".repeat(100_000))));
    survives("open quotes", &dockerfile(format!("RUN {}\n", "\"$(a '".repeat(30_000))));
    survives("stages", &dockerfile(many(20_000, |at| format!("FROM s{at} AS s{}\n", at + 1))));
}

#[test]
fn start_commands_and_scripts_stay_within_their_limits() {
    let from = format!("{FROM}WORKDIR /app\nCOPY . .\n");
    let dockerfile = |rest: String| ("Dockerfile", format!("{from}{rest}"));
    let start = || dockerfile("CMD [\"./s.sh\"]\n".to_owned());
    let script = |text: String| ("s.sh", format!("#!/bin/sh\n{text}"));
    survives("a long RUN", &[dockerfile(format!("RUN {}\n", "python a.py;".repeat(20_000)))]);
    survives("a long CMD", &[dockerfile(format!("CMD {} b\n", "a && ".repeat(40_000)))]);
    survives("a script that calls itself", &[start(), script("A=$A$A\n. ./s.sh\n".repeat(3000))]);
    survives("one that calls itself first", &[start(), script("./s.sh\n".repeat(190) + &"A=$B\n".repeat(10_000))]);
    let package = |more: &str| format!("{{\"a\": [{}0], \"scripts\": {{\"a\": \"{more}\"}}}}", "0,".repeat(200_000));
    let run = |text: &str, more: &str| [start(), script(text.repeat(150)), ("package.json", package(more))];
    survives("scripts of packages", &run("npm run a\n", "./s.sh"));
    survives("installations", &run("npm ci\n", "install"));
}

#[test]
fn code_for_browsers_stays_within_its_limits() {
    let manifest =
        ("package.json", r#"{"dependencies": {"vite": "7"}, "scripts": {"build": "vite build"}}"#.to_owned());
    let paths: Vec<_> = (0..100).map(|at| format!("src/f{at}.js")).collect();
    let all = |line: &str| {
        let files = paths.iter().map(|path| (path.as_str(), line.repeat(120_000 / line.len())));
        files.chain([manifest.clone(), (".gitignore", "gen/\n".to_owned())]).collect::<Vec<_>>()
    };
    survives("addresses", &all("x(\"http://localhost:8000\");"));
    survives("addresses with names", &all("fetch(import.meta.env.VITE_A || \"http://localhost:8000\");\n"));
    survives("names", &all("let aaa = import.meta.env.VITE_A;xaaa\n"));
    survives("imports", &all("import \"@/gen/a\";\n"));
    let others = (0..100).map(|file| (&*paths[file], many(190, |at| format!("import \"@/gen/a{file}b{at}\";\n"))));
    survives("different imports", &others.chain([manifest.clone()]).collect::<Vec<_>>());
}

#[test]
fn a_readme_that_expands_itself_stays_within_its_limits() {
    let readme = |yaml: String| [("README.md", format!("---\nsdk: docker\n{yaml}---\n"))];
    survives("one key many times", &readme("a: x\n".repeat(200_000)));
    survives("one key some times", &readme("a: x\n".repeat(10_000)));
    survives("many keys", &readme(many(5000, |at| format!("sdkk{at}: x\n"))));
    survives("deep lists", &readme(format!("a: {}\n", "[".repeat(60_000))));
    survives("deep blocks", &readme(format!("a:\n  {}x\n", "- ".repeat(30_000))));
    let bomb = many(30, |at| format!("a{}: &a{} [{}]\n", at + 1, at + 1, vec![format!("*a{at}"); 9].join(", ")));
    survives("a bomb of aliases", &readme(format!("a0: &a0 [x]\n{bomb}")));
    survives("no block at all", &[("README.md", "---\n".repeat(500_000))]);
}

#[test]
fn lists_of_patterns_stay_within_their_limits() {
    for file in [".gitignore", ".gitattributes", ".dockerignore"] {
        let end = if file == ".gitattributes" { " filter=lfs" } else { "" };
        survives(file, &[(file, many(60_000, |at| format!("a*{at}b*c{end}\n")))]);
    }
    let folders: Vec<_> = (0..300).map(|at| format!("f{at}/.gitignore")).collect();
    let files: Vec<_> = folders.iter().map(|path| (path.as_str(), many(300, |at| format!("*{at}a*b\n")))).collect();
    survives("a list in each folder", &files);
    survives("settings", &[(".spaces-new.toml", format!("[check]\na = {}", "[".repeat(500_000)))]);
    survives("requirements", &[("requirements.txt", "gradio==4.44.1\n".repeat(100_000))]);
    let ignores = format!("{FROM}{}", "# spaces-new: ignore[missing-user]\nCOPY nothing /x\n".repeat(1900));
    survives("comments", &[("Dockerfile", ignores)]);
}

/// A small Space with one more file, and the path of that.
fn space_with(file: &str) -> (Workspace, std::path::PathBuf) {
    let workspace = Workspace::new();
    workspace.write("space/README.md", README).write("space/Dockerfile", FROM).write(&format!("space/{file}"), "---\n");
    let path = workspace.path().join("space").join(file);
    (workspace, path)
}

/// Each file that is read has a hundred mebibytes.
#[test]
fn large_files_are_not_read() {
    for file in [
        "README.md",
        "Dockerfile",
        ".gitignore",
        ".gitattributes",
        ".dockerignore",
        ".spaces-new.toml",
        "requirements.txt",
        "app.py",
        ".streamlit/config.toml",
        ".git/index",
        ".git/info/exclude",
        "data.bin",
    ] {
        let (workspace, path) = space_with(file);
        fs_err::OpenOptions::new().write(true).open(path).unwrap().set_len(100 << 20).unwrap();
        check(&workspace, "github");
    }
}

/// Reading a pipe without a writer would block.
#[test]
fn pipes_are_not_opened() {
    for file in [
        "README.md",
        "Dockerfile",
        ".gitignore",
        ".gitattributes",
        ".dockerignore",
        ".spaces-new.toml",
        "requirements.txt",
        "app.py",
        "sub/.gitignore",
        ".git/index",
        ".git/config",
        ".git/info/exclude",
        ".streamlit/config.toml",
    ] {
        let workspace = Workspace::new();
        workspace.write("space/README.md", README).write("space/Dockerfile", FROM).write("space/app.py", "");
        let path = workspace.path().join("space").join(file);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        let _ = fs_err::remove_file(&path);
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        check(&workspace, "github");
    }
}

/// Neither a file nor a folder outside is read, whatever leads there.
#[test]
fn links_are_not_followed() {
    let workspace = Workspace::new();
    workspace.write("outside/.gitignore", "*\n").write("outside/Dockerfile", format!("{FROM}WORKDIR $NOWHERE\n"));
    workspace.write("space/README.md", README).write("space/sub/key.pem", "-----BEGIN PRIVATE KEY-----\n");
    for (from, to) in [
        ("space/.gitignore", "../outside/.gitignore"),
        ("space/Dockerfile", "../outside/Dockerfile"),
        ("space/folder", "../outside"),
        ("space/loop", "."),
        ("space/sub/loop", ".."),
        ("space/self", "self"),
    ] {
        symlink(to, workspace.path().join(from)).unwrap();
    }
    let said = check(&workspace, "github").stdout();
    // The link with this name excludes nothing, so the key is found
    assert!(said.contains("private-key-pushed"), "{said}");
    assert!(!said.contains("Dockerfile,line"), "{said}");
}

#[test]
fn deep_folders_end() {
    let workspace = Workspace::new();
    workspace.write("space/README.md", README).write("space/Dockerfile", FROM);
    workspace.write(&format!("space/{}deep.bin", "d/".repeat(1500)), [0; 64]);
    workspace.write(&format!("space/{}less.bin", "d/".repeat(30)), [0; 64]);
    let said = check(&workspace, "github").stdout();
    assert!(said.contains("less.bin") && !said.contains("deep.bin"), "{said}");
}

#[test]
fn names_that_are_not_utf_8_are_shown_lossily() {
    let workspace = Workspace::new();
    workspace.write("space/README.md", README).write("space/Dockerfile", FROM);
    for (name, content) in [(&b"odd-\xff.aaa"[..], &[0; 64][..]), (b"new\nline\x1b[31m.bin", &[0; 64])] {
        let path = workspace.path().join("space").join(std::ffi::OsString::from_vec(name.to_vec()));
        fs_err::write(path, content).unwrap();
    }
    let said = check(&workspace, "github").stdout();
    assert!(said.contains("odd-\u{fffd}.aaa"), "{said}");
    let shown = check(&workspace, "text").stdout();
    assert!(!shown.contains("\u{1b}[31m.bin"), "a name gives orders to the terminal: {shown:?}");
}

/// Runs the command as a user who may not read everything, if this user may.
fn run_as_nobody(workspace: &Workspace, words: &[&str]) -> Ran {
    let binary = workspace.path().join("spaces-new");
    // Copied by another program: otherwise a program started meanwhile by another test would keep the copy open for writing
    let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_spaces-new")).arg(&binary).status().unwrap();
    assert!(copied.success());
    fs_err::set_permissions(workspace.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = if nix::unistd::geteuid().is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&binary);
        command
    } else {
        Command::new(&binary)
    };
    Ran(command.args(words).current_dir(workspace.path()).output().unwrap())
}

/// It must not be treated as empty.
#[test]
fn a_relevant_file_that_is_unreadable_is_reported() {
    for file in ["README.md", "Dockerfile", "requirements.txt", ".spaces-new.toml"] {
        let (workspace, path) = space_with(file);
        fs_err::set_permissions(path, std::fs::Permissions::from_mode(0o000)).unwrap();
        let ran = run_as_nobody(&workspace, &["check", "space", "--only", "not-analysed"]).ok();
        let reported = format!("`{file}` was not analysed: permission denied");
        assert!(ran.stdout().contains("warning[not-analysed]") && ran.stdout().contains(&reported), "{}", ran.shown());
        let ran = run_as_nobody(&workspace, &["init", "space", "--yes"]);
        assert_eq!(ran.code(), 2, "{}", ran.shown());
        assert!(ran.stderr().contains(&format!("`space/{file}` cannot be read")), "{}", ran.shown());
    }
}

/// What is not a regular file is never opened, and not treated as missing.
#[test]
fn a_relevant_path_that_is_not_a_file_is_reported() {
    for file in ["README.md", "Dockerfile"] {
        let (workspace, path) = space_with(file);
        fs_err::remove_file(&path).unwrap();
        nix::unistd::mkfifo(&path, nix::sys::stat::Mode::S_IRWXU).unwrap();
        let reported = format!("`{file}` was not analysed: it is not a regular file");
        assert!(check(&workspace, "text").stdout().contains(&reported), "{file}");
    }
}

/// Unreadable files are skipped. Root may read everything, so the test switches to another user first.
#[test]
fn unreadable_files_are_skipped() {
    let workspace = Workspace::new();
    workspace.write("space/README.md", README).write("space/Dockerfile", FROM);
    workspace.write("space/secret.bin", [0; 64]).write("space/closed/a.bin", [0; 64]).write("space/.gitignore", "x\n");
    let mode = |path: &str, mode: u32| {
        let path = workspace.path().join(path);
        fs_err::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    for path in ["space/secret.bin", "space/closed", "space/.gitignore"] {
        mode(path, 0o000);
    }
    let ran = run_as_nobody(&workspace, &["check", "space", "--format", "github"]);
    mode("space/closed", 0o755);
    assert!(matches!(ran.code(), 0 | 1), "{}", ran.shown());
    assert!(ran.stdout().contains("missing-user") && !ran.stdout().contains("binary-without-lfs"), "{}", ran.shown());
}

/// Windows' line ends change no finding and no line.
#[test]
fn windows_line_endings_change_nothing() {
    let dockerfile =
        format!("{FROM}RUN useradd -m -u 1001 user \\\n    && true\nUSER user\nENV A = b\nCOPY nothing ./\n");
    let readme = "---\nsdk: docker\ncolorFrom: teal\napp_port: 80\n---\n";
    let said = |end: &str| {
        let workspace = Workspace::new();
        let text = |text: &str| text.replace('\n', end);
        workspace.write("space/README.md", text(readme)).write("space/Dockerfile", text(&dockerfile));
        workspace.write("space/.gitignore", text("*.bin\n")).write("space/a.bin", [0; 64]);
        workspace.write("space/.gitattributes", text("*.png filter=lfs\n")).write("space/a.png", [0; 64]);
        workspace.write("space/requirements.txt", text("gradio==4.44.1\n"));
        check(&workspace, "github").stdout()
    };
    let plain = said("\n");
    assert!(plain.lines().count() > 5, "{plain}");
    assert_eq!(said("\r\n"), plain);
}
