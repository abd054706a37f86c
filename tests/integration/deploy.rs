//! The workflow of `--deploy github`: what it pushes, by running its script.

use std::process::Output;

use crate::support::Workspace;

/// The script of the step that pushes.
fn script(workflow: &str) -> String {
    let (_, script) = workflow.split_once("run: |\n").unwrap();
    script.lines().map(|line| format!("{}\n", line.strip_prefix("          ").unwrap())).collect()
}

/// Runs a script in the Space; what is meant for the Hub goes to a folder, and `git lfs` does nothing.
fn run(workspace: &Workspace, script: &str, settings: &[(&str, &str)]) -> Output {
    let hub = format!("url.{}/.insteadOf", workspace.path().join("hub").display());
    let mut shell = workspace.program("sh");
    shell.env_remove("HF_TOKEN").env_remove("HF_SPACE");
    shell.args(["-e", "-c", script]).current_dir(workspace.path().join("made"));
    shell.env("GIT_CONFIG_COUNT", "2").env("GIT_CONFIG_KEY_0", hub);
    shell.env("GIT_CONFIG_VALUE_0", "https://user:hf_token@huggingface.co/spaces/");
    shell.env("GIT_CONFIG_KEY_1", "alias.lfs").env("GIT_CONFIG_VALUE_1", "!true");
    shell.envs(settings.iter().copied()).output().unwrap()
}

const COMMIT: &str = "git init --quiet --initial-branch main && git add --all && \
    git -c user.name=a -c user.email=a@example.org commit --quiet --message";

#[test]
fn the_workflow_pushes_the_whole_repository_to_main() {
    let workspace = Workspace::new();
    workspace.run("made --vcs none -t static --deploy github").ok();
    assert_eq!(workspace.run("check made").code(), 0);
    let files = workspace.files("made");
    let workflow = String::from_utf8(files[".github/workflows/space.yml"].clone()).unwrap();
    for part in ["fetch-depth: 0\n", "lfs: true\n", "${{ secrets.HF_TOKEN }}\n", "${{ vars.HF_SPACE }}\n"] {
        assert!(workflow.contains(part), "no {part}: {workflow}");
    }
    let script = script(&workflow);
    let settings = [("HF_TOKEN", "hf_token"), ("HF_SPACE", "USER/made")];
    // As a Space that was made on the Hub: it has a commit of its own
    let hub = "git init --quiet --bare --initial-branch main ../hub/USER/made && \
        git push --quiet ../hub/USER/made \"$(git -c user.name=a -c user.email=a@example.org commit-tree -m other \"$(git write-tree)\")\":refs/heads/main";
    for step in [&format!("{COMMIT} one"), hub] {
        let made = run(&workspace, step, &[]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }
    let pushed = run(&workspace, &script, &settings);
    assert!(pushed.status.success(), "{}", String::from_utf8_lossy(&pushed.stderr));
    let there = run(&workspace, "git --git-dir ../hub/USER/made rev-parse main && git rev-parse HEAD", &[]);
    let commits = String::from_utf8(there.stdout).unwrap();
    let commits: Vec<&str> = commits.lines().collect();
    assert!(commits.len() == 2 && commits[0] == commits[1], "{commits:?}");

    for missing in ["HF_TOKEN", "HF_SPACE"] {
        let given: Vec<_> = settings.iter().copied().filter(|(name, _)| *name != missing).collect();
        let refused = run(&workspace, &script, &given);
        assert_eq!(refused.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&refused.stdout).contains(&format!("{missing} is missing")), "{missing}");
    }
}
