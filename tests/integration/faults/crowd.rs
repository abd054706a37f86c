//! Several runs at once on the same target.

use std::process::{Child, Stdio};

use super::super::support::{Ran, Workspace};
use super::{DEMO, Files, has_repository};

/// How many runs start together.
const CROWD: usize = 8;

/// How often they do.
const ROUNDS: usize = 8;

/// Each run gives the Space its own title, so that a mixture would show.
fn words(target: &str, number: usize) -> Vec<String> {
    let title = format!("Made by number {number}");
    [target, "-t", "gradio", "--yes", "--title", &title].map(str::to_owned).into()
}

fn start(workspace: &Workspace, target: &str, number: usize) -> Child {
    let mut command = workspace.command();
    command.args(words(target, number)).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// What each run makes without the others.
fn alone() -> Vec<Files> {
    let one = |number| {
        let workspace = Workspace::new();
        workspace.run_words(&words(DEMO, number).iter().map(String::as_str).collect::<Vec<_>>()).ok();
        workspace.files(DEMO)
    };
    (0..CROWD).map(one).collect()
}

/// Starts many runs on one target, round after round, in prepared workspaces.
fn compete(target: &str, prepare: fn(&Workspace)) {
    let alone = alone();
    for round in 0..ROUNDS {
        let workspace = Workspace::new();
        prepare(&workspace);
        let children: Vec<_> = (0..CROWD).map(|number| start(&workspace, target, number)).collect();
        let runs: Vec<_> = children.into_iter().map(|child| Ran(child.wait_with_output().unwrap())).collect();
        let winners: Vec<_> = (0..CROWD).filter(|number| runs[*number].code() == 0).collect();
        assert_eq!(winners.len(), 1, "round {round}: {:?}", runs.iter().map(Ran::code).collect::<Vec<_>>());
        for run in runs.iter().filter(|run| run.code() != 0) {
            assert_eq!(run.code(), 1, "round {round}: {}", run.shown());
            let (error, name) = (run.stderr(), format!("{target}`"));
            let says_so = error.contains("another spaces-new is writing into") || error.contains("is not empty");
            assert!(says_so && error.contains(&name), "round {round}: {error}");
        }
        assert!(workspace.files(target) == alone[winners[0]], "round {round}: it is not what the winner makes");
        let first = target.split('/').next().unwrap();
        assert_eq!(workspace.names(), [first], "round {round}");
        let beside = workspace.path().join(target);
        assert_eq!(fs_err::read_dir(beside.parent().unwrap()).unwrap().count(), 1, "round {round}");
        assert!(target != DEMO || has_repository(&workspace), "round {round}");
    }
}

#[test]
fn one_run_of_eight_makes_a_new_folder() {
    compete(DEMO, |_| ());
}

#[test]
fn one_run_of_eight_makes_a_new_folder_with_the_folders_above_it() {
    compete("a/b/demo", |_| ());
}

#[test]
fn one_run_of_eight_fills_an_empty_folder() {
    compete(DEMO, |workspace| fs_err::create_dir(workspace.path().join(DEMO)).unwrap());
}
