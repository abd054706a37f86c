//! Runs that are killed with SIGKILL at random moments, and the runs after them.

use std::fs::File;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::super::support::Workspace;
use super::{DEMO, Files, MAKE, UNFINISHED, has_journal, has_repository, staging, undisturbed};

/// Where the random numbers start. Put the seed of a failure here to reproduce it, as far as timing allows.
const SEED: u64 = 0x5bac_e5ee;

/// Random numbers that are the same in every run (`SplitMix64`).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A time from zero to the given one.
    fn part_of(&mut self, whole: Duration) -> Duration {
        let permille = u32::try_from(self.next() % 1001).unwrap();
        whole * permille / 1000
    }
}

/// When a run is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// This long after it started.
    AfterStart(Duration),
    /// This long after it began to write.
    AfterFirstWrite(Duration),
}

/// How long a run takes, and how long it writes.
struct Life {
    whole: Duration,
    writing: Duration,
}

impl Life {
    /// A moment of a run: every third may be before anything is written.
    fn moment(&self, random: &mut Random) -> Moment {
        match random.next() % 3 {
            0 => Moment::AfterStart(random.part_of(self.whole)),
            _ => Moment::AfterFirstWrite(random.part_of(self.writing)),
        }
    }
}

/// A way to run the command, and how to see that it has begun to write.
struct Scene {
    words: &'static str,
    prepare: fn(&Workspace),
    writes: fn(&Workspace) -> bool,
}

impl Scene {
    fn workspace(&self) -> Workspace {
        let workspace = Workspace::new();
        (self.prepare)(&workspace);
        workspace
    }

    fn start(&self, workspace: &Workspace) -> Child {
        let mut command = workspace.command();
        command.args(self.words.split_whitespace()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Waits until the run writes or has ended.
    fn wait_for_first_write(&self, workspace: &Workspace, child: &mut Child) {
        while !(self.writes)(workspace) && child.try_wait().unwrap().is_none() {
            thread::yield_now();
        }
    }

    /// The median of five uninterrupted runs.
    fn measure(&self) -> Life {
        let mut lives: Vec<Life> = (0..5)
            .map(|_| {
                let workspace = self.workspace();
                let start = Instant::now();
                let mut child = self.start(&workspace);
                self.wait_for_first_write(&workspace, &mut child);
                let first_write = Instant::now();
                assert!(child.wait().unwrap().success());
                Life { whole: start.elapsed(), writing: first_write.elapsed() }
            })
            .collect();
        lives.sort_by_key(|life| life.writing);
        lives.swap_remove(lives.len() / 2)
    }

    /// Runs the command and kills it. Returns whether it was still alive then.
    fn kill_at(&self, workspace: &Workspace, moment: Moment) -> bool {
        let mut child = self.start(workspace);
        let delay = match moment {
            Moment::AfterStart(delay) => delay,
            Moment::AfterFirstWrite(delay) => {
                self.wait_for_first_write(workspace, &mut child);
                delay
            }
        };
        thread::sleep(delay);
        child.kill().unwrap();
        let was_alive = child.wait().unwrap().signal() == Some(9);
        wait_for_git(workspace);
        was_alive
    }
}

/// What a run locks in the folder in which it prepares a new one.
const LOCK: &str = ".gitignore";

/// Waits for the `git init` of a killed run, which continues for a moment and keeps the run's lock.
fn wait_for_git(workspace: &Workspace) {
    let locks = staging(workspace).into_iter().map(|folder| format!("{folder}/{LOCK}"));
    for lock in locks.chain([format!("{DEMO}/{UNFINISHED}/lock")]) {
        let lock = workspace.path().join(lock);
        while File::open(&lock).is_ok_and(|lock| is_held(&lock)) {
            thread::yield_now();
        }
    }
}

/// Whether another process holds a lock. Unlocks it at once: a process that another test starts at this moment has a copy of the
/// file until it runs its program, and would keep the lock as long.
fn is_held(lock: &File) -> bool {
    lock.try_lock().is_err() || lock.unlock().is_err()
}

/// If too few runs were killed in time, the number of runs is multiplied by this.
const MORE: usize = 4;

/// Kills runs that make a new folder. Asserts that it is absent or complete each time, and that the next run works.
fn kill_in_a_new_folder(scene: &Scene, rounds: usize) {
    let whole = undisturbed(scene.words, scene.prepare);
    let (life, mut random) = (scene.measure(), Random(SEED));
    let workspace = scene.workspace();
    let before = workspace.names();
    let (mut killed, mut left_staging) = (0, 0);
    for round in 0..rounds * MORE {
        if round >= rounds && killed * 5 >= rounds && left_staging * 20 >= rounds {
            break;
        }
        let moment = life.moment(&mut random);
        let case = format!("seed {SEED:#x}, round {round}, {moment:?}");
        killed += usize::from(scene.kill_at(&workspace, moment));
        if workspace.path().join(DEMO).exists() {
            assert_whole(&workspace, &whole, &case);
            fs_err::remove_dir_all(workspace.path().join(DEMO)).unwrap();
        }
        let stale = staging(&workspace);
        let with_lock: Vec<_> = stale.iter().filter(|name| workspace.path().join(name).join(LOCK).exists()).collect();
        left_staging += usize::from(!with_lock.is_empty());
        let known = before.iter().chain(&stale).collect::<Vec<_>>();
        assert!(workspace.names().iter().all(|name| known.contains(&name)), "{case}: {:?}", workspace.names());

        workspace.run(scene.words).ok();
        assert_whole(&workspace, &whole, &case);
        assert!(staging(&workspace).is_empty(), "{case}: {:?} are stale and still there", staging(&workspace));
        fs_err::remove_dir_all(workspace.path().join(DEMO)).unwrap();
    }
    // Otherwise the moments were badly chosen, and nothing was tested. On a busy machine many runs end before they are
    // killed, because their duration varies.
    assert!(killed * 5 >= rounds, "only {killed} of {rounds} runs were killed in time");
    assert!(left_staging * 20 >= rounds, "only {left_staging} of {rounds} runs were killed while they wrote");
}

/// Kills runs that fill an existing folder, every fourth time two of them. Asserts that the next run finishes it.
fn kill_in_an_existing_folder(scene: &Scene, rounds: usize) {
    let whole = undisturbed(scene.words, scene.prepare);
    let (life, mut random) = (scene.measure(), Random(SEED));
    let (mut killed, mut left_something, mut left_files) = (0, 0, 0);
    for round in 0..rounds * MORE {
        if round >= rounds && killed * 5 >= rounds && left_something * 20 >= rounds && left_files > 0 {
            break;
        }
        let workspace = scene.workspace();
        let before = workspace.names();
        let mut case = format!("seed {SEED:#x}, round {round}");
        let kills = if random.next().is_multiple_of(4) { 2 } else { 1 };
        for _ in 0..kills {
            let moment = life.moment(&mut random);
            case.push_str(&format!(", {moment:?}"));
            killed += usize::from(scene.kill_at(&workspace, moment));
        }
        let unfinished = workspace.path().join(DEMO).join(UNFINISHED);
        let left = files_but_unfinished(&workspace);
        left_something += usize::from(unfinished.exists());
        left_files += usize::from(unfinished.exists() && !left.is_empty());
        // A run that only had to remove its own leftovers has made the folder, and the next one may say so.
        let was_done = left == whole && !has_journal(&workspace);

        let next = workspace.run(scene.words);
        assert!(next.code() == 0 || (was_done && next.code() == 1), "{case}: {}", next.shown());
        assert!(!unfinished.exists(), "{case}");
        assert_whole(&workspace, &whole, &case);
        assert_eq!(workspace.names(), before, "{case}");
    }
    assert!(killed * 5 >= rounds, "only {killed} runs were killed in time");
    assert!(left_something * 20 >= rounds, "only {left_something} of {rounds} runs were killed while they wrote");
    if left_files == 0 {
        // Microseconds, which random moments may miss; `traced.rs` kills a run before each call of them
        super::skipped("no run was killed while it moved its files into place");
    }
}

#[track_caller]
fn assert_whole(workspace: &Workspace, whole: &Files, case: &str) {
    let files = workspace.files(DEMO);
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&files), names(whole), "{case}");
    assert!(files == *whole, "{case}: the bytes differ");
    assert!(has_repository(workspace), "{case}: the repository is not complete");
}

fn files_but_unfinished(workspace: &Workspace) -> Files {
    let files = workspace.files(DEMO).into_iter();
    files.filter(|(path, _)| !path.starts_with(UNFINISHED)).collect()
}

fn has_staging(workspace: &Workspace) -> bool {
    !staging(workspace).is_empty()
}

fn has_unfinished(workspace: &Workspace) -> bool {
    workspace.path().join(DEMO).join(UNFINISHED).exists()
}

fn empty_demo(workspace: &Workspace) {
    fs_err::create_dir(workspace.path().join(DEMO)).unwrap();
}

/// A file that takes as long to write as all others together.
fn big_asset(workspace: &Workspace) {
    workspace.write("big.bin", vec![7; 8 << 20]);
}

/// Folders with files, so that moving them into place takes a while.
fn many_assets(workspace: &Workspace) {
    for folder in 0..40 {
        workspace.write(&format!("many/{folder}/file.txt"), format!("{folder}"));
    }
    empty_demo(workspace);
}

#[test]
fn a_new_folder_is_absent_or_complete_after_a_kill_at_200_moments() {
    let scene = Scene { words: MAKE, prepare: |_| (), writes: has_staging };
    kill_in_a_new_folder(&scene, 200);
}

#[test]
fn a_new_folder_with_a_big_asset_is_absent_or_complete_after_a_kill() {
    let words = "demo -t gradio --yes -q --asset big.bin";
    kill_in_a_new_folder(&Scene { words, prepare: big_asset, writes: has_staging }, 40);
}

#[test]
fn an_empty_folder_is_finished_by_the_run_after_a_kill_at_200_moments() {
    let scene = Scene { words: MAKE, prepare: empty_demo, writes: has_unfinished };
    kill_in_an_existing_folder(&scene, 200);
}

#[test]
fn an_empty_folder_with_many_assets_is_finished_by_the_run_after_a_kill() {
    let words = "demo -t gradio --yes -q --asset many";
    kill_in_an_existing_folder(&Scene { words, prepare: many_assets, writes: has_unfinished }, 40);
}

#[test]
fn an_edit_made_after_a_kill_is_not_lost() {
    let scene = Scene { words: "demo -t gradio --yes -q --asset many", prepare: many_assets, writes: has_unfinished };
    let whole = undisturbed(scene.words, scene.prepare);
    let workspace = kill_while_moving(&scene);
    let edited = workspace.path().join(DEMO).join(".gitignore");
    let original = fs_err::read(&edited).unwrap();
    fs_err::write(&edited, "mine\n").unwrap();
    let before = files_but_unfinished(&workspace);

    let refused = workspace.run(scene.words);
    assert_eq!(refused.code(), 1, "{}", refused.shown());
    assert!(refused.stderr().contains("`demo` is not empty"), "{}", refused.shown());
    assert!(refused.stderr().contains("\n    .gitignore\n"), "{}", refused.shown());
    assert_eq!(files_but_unfinished(&workspace), before);

    // With the original file, the next run finishes the folder.
    fs_err::write(&edited, original).unwrap();
    workspace.run(scene.words).ok();
    assert_whole(&workspace, &whole, "after the refusal");
}

#[test]
fn a_file_added_after_a_kill_is_not_lost() {
    let scene = Scene { words: "demo -t gradio --yes -q --asset many", prepare: many_assets, writes: has_unfinished };
    let workspace = kill_while_moving(&scene);
    workspace.write("demo/notes.txt", "mine\n");
    let refused = workspace.run(scene.words);
    assert_eq!(refused.code(), 1, "{}", refused.shown());
    assert!(refused.stderr().contains("\n    notes.txt\n"), "{}", refused.shown());
    assert_eq!(fs_err::read(workspace.path().join("demo/notes.txt")).unwrap(), b"mine\n");
}

/// A workspace where a run was killed after it had moved some files into the folder, but not all.
fn kill_while_moving(scene: &Scene) -> Workspace {
    for _ in 0..200 {
        let workspace = scene.workspace();
        let mut child = scene.start(&workspace);
        let moved = workspace.path().join(DEMO).join(".gitignore");
        while !moved.exists() && child.try_wait().unwrap().is_none() {
            thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let is_last_there = workspace.path().join(DEMO).join("requirements.txt").exists();
        if has_unfinished(&workspace) && moved.exists() && !is_last_there {
            return workspace;
        }
    }
    panic!("no run could be killed while it moved its files into place");
}
