//! Leftovers of a run without a record in this user's state: they came with the folder, and are never acted on.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use nix::sys::stat::Mode;

use super::super::support::{HANG, Ran, Workspace};
use super::{DEMO, UNFINISHED, skipped};

/// The commands that write into an existing folder, and whether it may contain an app.
const WRITING: [(&str, bool); 4] = [
    ("init demo --yes", true),
    ("check demo --fix", true),
    ("init demo --yes --on-conflict replace", true),
    ("demo -t gradio --yes --vcs none", false),
];

/// A Space with a fixable fault.
fn app(workspace: &Workspace) {
    workspace.write("demo/app.py", "import gradio as gr\ngr.Interface(str, 'text', 'text').launch()\n");
    workspace.write("demo/requirements.txt", "gradio==5.49.1\n");
    workspace.write("demo/README.md", "---\ntitle: x\nsdk: gradio\nsdk_version: 5.49.1\npython_version: 3.10\n---\n");
}

fn prepared(with_app: bool) -> Workspace {
    let workspace = Workspace::new();
    fs_err::create_dir(workspace.path().join(DEMO)).unwrap();
    if with_app {
        app(&workspace);
    }
    workspace
}

/// The mode of a folder as a clone has it, and as an archive may bring it.
const MODES: [u32; 2] = [0o755, 0o700];

fn set_mode(path: &Path, mode: u32) {
    fs_err::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Runs a command that must end; normally it needs some milliseconds.
#[track_caller]
fn quick(workspace: &Workspace, words: &str) -> Ran {
    let mut command = workspace.program("timeout");
    command
        .args(["-s", "KILL", &HANG.as_secs().to_string(), env!("CARGO_BIN_EXE_spaces-new")])
        .args(words.split_whitespace());
    let ran = Ran(command.output().unwrap());
    assert!(ran.code() >= 0 && ran.code() < 100, "{words}: {}", ran.shown());
    ran
}

#[track_caller]
fn assert_refused(ran: &Ran, case: &str) {
    assert_eq!(ran.code(), 2, "{case}: {}", ran.shown());
    let error = ran.stderr();
    for part in ["there is no record that you ran one here", "Delete `demo/.spaces-new-unfinished`"] {
        assert!(error.contains(part), "{case}: {error}");
    }
}

/// FNV-1a, as in journals.
fn fingerprint(bytes: &str) -> String {
    let hash = bytes
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!(r#""bytes":{},"checksum":{hash}"#, bytes.len())
}

/// Journals in every form that a folder could bring, with the fingerprints of files with known bytes.
fn forge(workspace: &Workspace) {
    let (known, planted) = ("a licence that everybody knows\n", "print('planted')\n");
    workspace.write("demo/THESIS.txt", known).write("demo/thesis.py", known);
    let entries = format!(
        r#"{{"path":"THESIS.txt","before":null,"after":{{{0}}},{0}}},{{"path":"thesis.py","before":{{{1}}},"after":{{{0}}},{0}}}"#,
        fingerprint(known),
        fingerprint(planted)
    );
    let journal = format!(r#"{{"files":[{entries}],"folders":["keep"],"journal":{{"files":[{entries}]}}}}"#);
    for name in ["journal.json", "changes.json", "0123456789abcdef0123456789abcdef"] {
        workspace.write(&format!("{DEMO}/{UNFINISHED}/{name}"), &journal);
    }
    workspace.write(&format!("{DEMO}/{UNFINISHED}/run"), "0123456789abcdef0123456789abcdef");
    workspace.write(&format!("{DEMO}/{UNFINISHED}/before/thesis.py"), planted);
    workspace.write(&format!("{DEMO}/{UNFINISHED}/tree/x"), "x");
}

#[test]
fn a_forged_journal_deletes_and_overwrites_nothing() {
    for (words, with_app) in WRITING {
        for mode in MODES {
            let workspace = prepared(with_app);
            forge(&workspace);
            set_mode(&workspace.path().join(DEMO).join(UNFINISHED), mode);
            let before = workspace.files(DEMO);
            assert_refused(&quick(&workspace, words), words);
            assert!(workspace.files(DEMO) == before, "{words}");
        }
    }
}

#[test]
fn a_dry_run_and_a_check_continue_with_a_note() {
    let workspace = prepared(true);
    forge(&workspace);
    let before = workspace.files(DEMO);
    for (words, said) in [
        ("init demo --yes --dry-run", "was left by an interrupted run"),
        ("check demo", "unfinished-run"),
        ("check demo --format json", "unfinished-run"),
        ("check demo --fix --diff", "unfinished-run"),
    ] {
        let ran = quick(&workspace, words);
        assert!(ran.code() < 2 && ran.shown().contains(said), "{words}: {}", ran.shown());
        assert!(workspace.files(DEMO) == before, "{words}");
    }
    assert!(!workspace.state().exists(), "a run that writes nothing keeps nothing");
}

/// What another person's run left in their folder, as it would come in an archive.
#[test]
fn the_leftovers_of_a_real_run_are_not_trusted_elsewhere() {
    let theirs = prepared(false);
    theirs.write("data/licence.txt", "a licence that everybody knows\n");
    for number in 0..60 {
        theirs.write(&format!("data/z/{number}.txt"), "x");
    }
    let mut traced = theirs.program("strace");
    traced.args(["-o", "/dev/null", "-e", "inject=?rename,?renameat,?renameat2:signal=KILL:when=40"]);
    traced.arg(env!("CARGO_BIN_EXE_spaces-new")).args("demo -t gradio --yes --vcs none --asset data".split(' '));
    if traced.output().is_err() || !theirs.path().join("demo/assets/data/licence.txt").exists() {
        return skipped("`strace` is missing or not permitted");
    }
    assert!(theirs.path().join(DEMO).join(UNFINISHED).exists());
    let ours = Workspace::new();
    let copied = Command::new("cp").arg("-a").arg(theirs.path().join(DEMO)).arg(ours.path()).status().unwrap();
    assert!(copied.success());
    let before = ours.files(DEMO);
    for words in ["demo -t gradio --yes --vcs none", "init demo --yes --template docker --command x"] {
        assert_refused(&quick(&ours, words), words);
        assert!(ours.files(DEMO) == before, "{words}");
    }
}

/// Creates an odd file with a name.
fn odd(kind: &str, path: &Path) {
    fs_err::create_dir_all(path.parent().unwrap()).unwrap();
    match kind {
        "FIFO" => nix::unistd::mkfifo(path, Mode::S_IRWXU).unwrap(),
        "folder" => fs_err::create_dir(path).unwrap(),
        "socket" => drop(std::os::unix::net::UnixListener::bind(path).unwrap()),
        "endless" => symlink("/dev/zero", path).unwrap(),
        "link" => symlink("../../outside/mine", path).unwrap(),
        "dangling" => symlink("../../outside/new", path).unwrap(),
        _ => fs_err::File::create(path).unwrap().set_len(3 << 30).unwrap(),
    }
}

#[test]
fn odd_files_as_leftovers_neither_block_nor_are_written_through() {
    let names = ["lock", "run", ".gitignore", "journal.json", "changes.json", "tree", "before", ""];
    for kind in ["FIFO", "folder", "socket", "endless", "link", "dangling", "huge"] {
        for name in names {
            for (words, with_app) in
                [WRITING[0], WRITING[1], WRITING[3], ("check demo", true), ("demo -t gradio --dry-run", false)]
            {
                let workspace = prepared(with_app);
                workspace.write("outside/mine", "mine\n");
                let traces = workspace.path().join(DEMO).join(UNFINISHED);
                odd(kind, &if name.is_empty() { traces.clone() } else { traces.join(name) });
                if traces.is_dir() {
                    set_mode(&traces, 0o700);
                }
                let ran = quick(&workspace, words);
                let case = format!("{kind} as {name:?}: {words}: {}", ran.shown());
                // An empty folder of this user could be left by a run
                let is_nothing = kind == "folder" && name.is_empty();
                assert!(words == "check demo" || is_nothing || ran.code() == 2, "{case}");
                let outside = workspace.files("outside");
                assert!(outside.len() == 1 && outside["mine"] == b"mine\n", "{case}");
                assert!(is_nothing || fs_err::symlink_metadata(&traces).is_ok(), "{case}");
            }
        }
    }
}

/// A journal that names a large file again and again is not read at all.
#[test]
fn a_journal_that_repeats_itself_costs_nothing() {
    let workspace = prepared(true);
    workspace.write("demo/blob.bin", vec![0; 10 << 20]);
    let entry =
        r#"{"path":"blob.bin","before":{"bytes":10485760,"checksum":1},"after":{"bytes":10485760,"checksum":2}}"#;
    let journal = format!("{{\"files\":[{}],\"folders\":[]}}", vec![entry; 1000].join(","));
    workspace.write(&format!("{DEMO}/{UNFINISHED}/changes.json"), journal);
    assert_refused(&quick(&workspace, "init demo --yes"), "init");
}

#[test]
fn a_folder_that_only_looks_like_a_staging_folder_stays() {
    let workspace = Workspace::new();
    for name in [".demo.spaces-new-aaaaaa", ".other.spaces-new-0123456789abcdef0123456789abcdef"] {
        workspace.write(&format!("{name}/lock"), "").write(&format!("{name}/tree/thesis.txt"), "mine\n");
        set_mode(&workspace.path().join(name), 0o700);
    }
    fs_err::create_dir(workspace.path().join(".demo.spaces-new-bbbbbb")).unwrap();
    let before = workspace.names();
    workspace.run("demo -t gradio --yes -q --vcs none").ok();
    let after = workspace.names().into_iter().filter(|name| name != DEMO).collect::<Vec<_>>();
    assert_eq!(after, before);
    assert_eq!(workspace.files(".demo.spaces-new-aaaaaa")["tree/thesis.txt"], b"mine\n");
}
