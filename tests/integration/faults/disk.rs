//! Disks that are full or read-only. Small file systems are mounted where that is allowed; elsewhere the tests
//! print a note and pass.

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sched::{CloneFlags, unshare};
use nix::unistd::Uid;

use super::super::support::{Ran, Workspace};
use super::{MAKE, skipped, undisturbed};

/// A small file system at `disk` in a workspace.
struct Disk<'a> {
    workspace: &'a Workspace,
}

impl<'a> Disk<'a> {
    fn mount(workspace: &'a Workspace, options: &str, flags: MsFlags) -> nix::Result<Self> {
        let place = workspace.path().join("disk");
        let _ = fs_err::create_dir(&place);
        mount(Some("tmpfs"), &place, Some("tmpfs"), flags, Some(options))?;
        Ok(Self { workspace })
    }

    /// The contents of the disk, including folders.
    fn entries(&self) -> usize {
        count(&self.workspace.path().join("disk"))
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = umount2(&self.workspace.path().join("disk"), MntFlags::MNT_DETACH);
    }
}

fn count(folder: &Path) -> usize {
    let paths = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| 1 + if path.is_dir() { count(&path) } else { 0 }).sum()
}

/// Runs a test in a thread with private mounts, so that none outlives it.
fn with_mounts(test: impl FnOnce(&Workspace) + Send) {
    let name = std::thread::current().name().unwrap_or_default().to_owned();
    let in_thread = || {
        let workspace = Workspace::new();
        let private = unshare(CloneFlags::CLONE_NEWNS)
            .and_then(|()| mount(None::<&str>, "/", None::<&str>, MsFlags::MS_REC | MsFlags::MS_PRIVATE, None::<&str>))
            .and_then(|()| Disk::mount(&workspace, "size=16k", MsFlags::empty()).map(drop));
        match private {
            Ok(()) => test(&workspace),
            Err(error) => skipped(&format!("nothing can be mounted here: {error}")),
        }
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(name).spawn_scoped(scope, in_thread).unwrap();
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    });
}

/// Runs the command on disks of growing size, until it succeeds three times. Before, nothing may be left.
fn fill(target: &str, options: fn(usize) -> String) {
    let command = format!("{target} -t gradio --yes --vcs none --name demo --title Demo");
    let whole = undisturbed(MAKE, |_| ());
    with_mounts(|workspace| {
        let (mut refused, mut made) = (0, 0);
        for step in 1..100 {
            let disk = Disk::mount(workspace, &options(step), MsFlags::empty()).unwrap();
            let run = workspace.run(&command);
            let case = format!("{}: {}", options(step), run.shown());
            if run.code() == 0 {
                made += 1;
                assert!(workspace.files(target) == whole, "{case}");
            } else {
                refused += 1;
                assert_eq!(run.code(), 2, "{case}");
                assert!(run.stderr().contains(": no space left on the device\n"), "{case}");
                assert!(run.stderr().contains("hint: make room"), "{case}");
                assert_eq!(disk.entries(), 0, "{case}");
            }
            if made == 3 {
                break;
            }
        }
        assert!(refused > 3 && made == 3, "refused {refused}, made {made}");
    });
}

/// Disks from 4 to 400 KiB: among them the one of 16 KiB.
fn by_size(step: usize) -> String {
    format!("size={}k", 4 * step)
}

/// Disks with room for one file more each time.
fn by_files(step: usize) -> String {
    format!("size=1m,nr_inodes={}", step + 1)
}

#[test]
fn a_new_folder_on_a_full_disk_leaves_nothing() {
    fill("disk/demo", by_size);
}

#[test]
fn a_new_folder_on_a_disk_without_room_for_files_leaves_nothing() {
    fill("disk/demo", by_files);
}

#[test]
fn the_folders_above_a_new_one_on_a_full_disk_are_removed() {
    fill("disk/a/b/demo", by_size);
    fill("disk/a/b/demo", by_files);
}

#[test]
fn an_empty_folder_on_a_full_disk_stays_empty() {
    fill("disk", by_size);
}

#[test]
fn an_empty_folder_on_a_disk_without_room_for_files_stays_empty() {
    fill("disk", by_files);
}

#[test]
fn a_disk_too_full_for_git_is_reported_and_has_no_partial_repository() {
    with_mounts(|workspace| {
        for target in ["disk/demo", "disk"] {
            let _disk = Disk::mount(workspace, "size=1m,nr_inodes=30", MsFlags::empty()).unwrap();
            let run = workspace.run(&format!("{target} -t gradio --yes")).ok();
            assert!(run.stdout().contains("Made no git repository: git said \""), "{}", run.stdout());
            assert!(!workspace.path().join(target).join(".git").exists());
        }
    });
}

#[test]
fn a_read_only_file_system_is_reported() {
    with_mounts(|workspace| {
        let disk = Disk::mount(workspace, "size=1m", MsFlags::MS_RDONLY).unwrap();
        for target in ["disk/demo", "disk/a/b/demo", "disk"] {
            let run = workspace.run(&format!("{target} -t gradio --yes"));
            assert_eq!(run.code(), 2, "{}", run.shown());
            assert!(run.stderr().contains(": the file system is read-only\n"), "{}", run.shown());
            assert!(run.stderr().contains("hint: choose a folder on a file system that can be written"));
            assert_eq!(disk.entries(), 0, "{}", run.shown());
        }
    });
}

/// The command as a user who may not write everywhere: root drops its rights.
fn as_nobody(workspace: &Workspace) -> Command {
    let mut command = workspace.command();
    if !Uid::effective().is_root() {
        return command;
    }
    let program = workspace.path().join("spaces-new");
    // Copied by another process: a file that this process wrote may be busy in its child processes.
    assert!(Command::new("cp").arg(command.get_program()).arg(&program).status().unwrap().success());
    fs_err::set_permissions(workspace.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    command = Command::new(program);
    command.current_dir(workspace.path()).stdin(std::process::Stdio::null()).uid(65534).gid(65534);
    command
}

#[test]
fn a_folder_without_write_permission_is_reported() {
    let workspace = Workspace::new();
    let folder = workspace.path().join("closed");
    fs_err::create_dir(&folder).unwrap();
    fs_err::set_permissions(&folder, std::fs::Permissions::from_mode(0o555)).unwrap();
    for target in ["closed/demo", "closed/a/b/demo", "closed"] {
        let run = Ran(as_nobody(&workspace).args([target, "-t", "gradio", "--yes"]).output().unwrap());
        assert_eq!(run.code(), 2, "{}", run.shown());
        assert!(run.stderr().contains("`closed") && run.stderr().contains(": permission denied\n"), "{}", run.shown());
        assert!(run.stderr().contains("hint: choose a folder that you may write to"), "{}", run.shown());
        assert_eq!(count(&folder), 0);
    }
}
