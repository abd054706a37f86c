//! A changed file keeps its metadata: its owner, its permissions, its extended attributes and its
//! other names. And `--fix` first rolls back a killed run.

use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::PathBuf;

use nix::unistd::Uid;

use super::super::support::Workspace;
use super::traced::{can_trace, kill_before_each_call_of};
use super::{DEMO, Files, UNFINISHED, skipped};

const FIX: &str = "check demo --fix";

/// A Space with a fixable fault in its README.
fn space(workspace: &Workspace) {
    workspace.write("demo/app.py", "import gradio as gr\ngr.Interface(str, 'text', 'text').launch()\n");
    workspace.write("demo/requirements.txt", "gradio==5.49.1\n");
    let card = "---\ntitle: x\nemoji: 🚀\nsdk: gradio\nsdk_version: 5.49.1\npython_version: 3.10\n---\n# x\n";
    workspace.write("demo/README.md", card);
}

fn readme(workspace: &Workspace) -> PathBuf {
    workspace.path().join("demo/README.md")
}

#[track_caller]
fn fix(workspace: &Workspace) -> String {
    let before = fs_err::read(readme(workspace)).unwrap();
    let ran = workspace.run(FIX);
    assert!(ran.code() < 2, "{}", ran.shown());
    assert_ne!(fs_err::read(readme(workspace)).unwrap(), before, "{}", ran.shown());
    ran.stderr()
}

fn with_other_name(workspace: &Workspace) {
    space(workspace);
    fs_err::hard_link(readme(workspace), workspace.path().join("other")).unwrap();
}

#[test]
fn a_file_with_other_names_is_fixed_under_all_of_them() {
    let workspace = Workspace::new();
    with_other_name(&workspace);
    fix(&workspace);
    let other = fs_err::read(workspace.path().join("other")).unwrap();
    assert_eq!(other, fs_err::read(readme(&workspace)).unwrap());
    assert_eq!(fs_err::metadata(readme(&workspace)).unwrap().nlink(), 2);
    assert!(!workspace.path().join(DEMO).join(UNFINISHED).exists());
}

#[test]
fn the_owner_of_a_fixed_file_stays() {
    if !Uid::effective().is_root() {
        return skipped("only root gives files away");
    }
    for words in [FIX, "init demo --yes --app-file app.py"] {
        let workspace = Workspace::new();
        space(&workspace);
        fs_err::write(readme(&workspace), "# Mine\n---\n").unwrap();
        if words == FIX {
            space(&workspace);
        }
        chown(readme(&workspace), Some(1234), Some(4321)).unwrap();
        fs_err::set_permissions(readme(&workspace), std::fs::Permissions::from_mode(0o640)).unwrap();
        let before = fs_err::read(readme(&workspace)).unwrap();
        let ran = workspace.run(words);
        assert_ne!(fs_err::read(readme(&workspace)).unwrap(), before, "{}", ran.shown());
        let about = fs_err::metadata(readme(&workspace)).unwrap();
        assert_eq!((about.uid(), about.gid(), about.mode() & 0o7777), (1234, 4321, 0o640), "{words}");
    }
}

#[test]
fn the_extended_attributes_of_a_fixed_file_stay() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    let workspace = Workspace::new();
    space(&workspace);
    if setxattr(readme(&workspace), "user.origin", b"elsewhere", XattrFlags::empty()).is_err() {
        return skipped("the file system has no extended attributes");
    }
    // An access control list, as `setfacl -m u:1234:r` sets it
    let list: Vec<u8> = [
        &2_u32.to_le_bytes()[..],
        &[1, 0, 6, 0, 255, 255, 255, 255],
        &[2, 0, 4, 0, 0xd2, 4, 0, 0],
        &[4, 0, 4, 0, 255, 255, 255, 255],
        &[16, 0, 4, 0, 255, 255, 255, 255],
        &[32, 0, 0, 0, 255, 255, 255, 255],
    ]
    .concat();
    let has_list = setxattr(readme(&workspace), "system.posix_acl_access", &list, XattrFlags::empty()).is_ok();
    fix(&workspace);
    let read = |name: &str| {
        let mut value = vec![0_u8; 256];
        let length = getxattr(readme(&workspace), name, value.as_mut_slice()).unwrap();
        value.truncate(length);
        value
    };
    assert_eq!(read("user.origin"), b"elsewhere");
    if has_list {
        assert_eq!(read("system.posix_acl_access"), list);
    }
}

#[test]
fn an_owner_that_cannot_be_kept_is_reported() {
    if !Uid::effective().is_root() || !can_trace() {
        return skipped("it takes root and `strace` to give a file away and be refused");
    }
    let workspace = Workspace::new();
    space(&workspace);
    chown(readme(&workspace), Some(1234), Some(4321)).unwrap();
    let mut traced = workspace.program("strace");
    traced.args(["-o", "/dev/null", "-e", "inject=?fchown:error=EPERM", env!("CARGO_BIN_EXE_spaces-new")]);
    let output = traced.args(FIX.split(' ')).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("`README.md` no longer belongs to user 1234 and group 4321: permission denied"), "{error}");
}

/// The files, and the content of a file outside that is the same inode.
fn all(workspace: &Workspace) -> (Files, Vec<u8>) {
    (workspace.files(DEMO), fs_err::read(workspace.path().join("other")).unwrap_or_default())
}

/// Whatever a kill leaves, the next run computes the fix for the original folder, and applies it.
fn is_fixed_after_a_kill_at_each_call(prepare: fn(&Workspace)) {
    if !can_trace() {
        return;
    }
    let workspace = Workspace::new();
    prepare(&workspace);
    fix(&workspace);
    let after = all(&workspace);
    let killed = kill_before_each_call_of(FIX, prepare, |workspace, case| {
        let again = workspace.run(FIX);
        assert!(again.code() < 2, "{case}: {}", again.shown());
        assert!(all(workspace) == after, "{case}: {}", again.shown());
        assert!(!workspace.path().join(DEMO).join(UNFINISHED).exists(), "{case}");
    });
    assert!(killed > 20, "only {killed} runs were killed");
}

#[test]
fn a_fix_is_made_by_the_run_after_a_kill_at_each_call() {
    is_fixed_after_a_kill_at_each_call(space);
}

#[test]
fn a_fix_of_a_file_with_other_names_is_made_by_the_run_after_a_kill_at_each_call() {
    is_fixed_after_a_kill_at_each_call(with_other_name);
}

/// If nothing can be recorded outside the folder, a run works, and leftovers of a killed one are refused.
#[test]
fn without_a_state_folder_a_run_works_and_leftovers_are_not_trusted() {
    let workspace = Workspace::new();
    space(&workspace);
    let homeless = |program: &str| {
        let mut command = workspace.program(program);
        command.env_remove("HOME").env_remove("XDG_STATE_HOME");
        command
    };
    let ran = homeless(env!("CARGO_BIN_EXE_spaces-new")).args(FIX.split(' ')).output().unwrap();
    assert!(ran.status.code().unwrap() < 2);
    assert!(!workspace.path().join(DEMO).join(UNFINISHED).exists());
    if !can_trace() {
        return;
    }
    space(&workspace);
    let before = workspace.files(DEMO);
    let mut traced = homeless("strace");
    traced.args(["-o", "/dev/null", "-e", "inject=?rename,?renameat,?renameat2:signal=KILL:when=1"]);
    let _ = traced.arg(env!("CARGO_BIN_EXE_spaces-new")).args(FIX.split(' ')).output().unwrap();
    let left = workspace.files(DEMO);
    assert!(left.len() > before.len(), "{:?}", left.keys());
    let refused = workspace.run(FIX);
    assert_eq!(refused.code(), 2, "{}", refused.shown());
    assert!(workspace.files(DEMO) == left);
}

/// A home inside the target is not outside it.
#[test]
fn a_state_folder_in_the_target_is_not_used() {
    let workspace = Workspace::new();
    space(&workspace);
    let home = workspace.path().join(DEMO);
    let mut command = workspace.command();
    let ran =
        command.env("HOME", &home).env("XDG_STATE_HOME", home.join("state")).args(FIX.split(' ')).output().unwrap();
    assert!(ran.status.code().unwrap() < 2);
    assert!(!home.join("state").exists() && !home.join(".local").exists());
}

/// A lock that fails for another reason than another run.
#[test]
fn a_lock_error_is_not_reported_as_another_run() {
    if !can_trace() {
        return;
    }
    for words in [
        FIX,
        "init demo --yes --on-conflict keep",
        "fresh -t gradio --yes --vcs none",
        "empty -t gradio --yes --vcs none",
    ] {
        let workspace = Workspace::new();
        space(&workspace);
        fs_err::create_dir(workspace.path().join("empty")).unwrap();
        let mut traced = workspace.program("strace");
        traced.args(["-o", "/dev/null", "-e", "inject=?flock:error=ENOLCK", env!("CARGO_BIN_EXE_spaces-new")]);
        let output = traced.args(words.split(' ')).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{words}: {error}");
        assert!(
            error.to_lowercase().contains("no locks available") && !error.contains("another spaces-new"),
            "{words}: {error}"
        );
        assert_eq!(workspace.names(), [DEMO, "empty"], "{words}");
        assert!(!workspace.path().join(DEMO).join(UNFINISHED).exists(), "{words}");
        assert_eq!(fs_err::read_dir(workspace.path().join("empty")).unwrap().count(), 0, "{words}");
    }
}
