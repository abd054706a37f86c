//! Workflows of GitHub Actions, and jobs of GitLab, that bring the repository to the Hub.

use std::ops::Range;

use super::diagnostic::Place;
use crate::formats::Placed;
use crate::formats::dockerfile::{Command, CommandLine};
use crate::formats::gitlab_ci::{GitlabJob, jobs};
use crate::formats::workflow::{Job, Step, Workflow, line_in};
use crate::repo::Repo;

/// The folder of the workflows.
const FOLDER: &str = ".github/workflows/";

/// The file of GitLab.
pub(super) const GITLAB: &str = ".gitlab-ci.yml";

/// A job of a workflow that mentions the Hub.
pub(super) struct Deploy<'r> {
    pub(super) path: &'r str,
    text: &'r str,
    pub(super) job: Job,
    pub(super) only_branches: Option<Vec<String>>,
    /// The clone of GitLab's runner, if it makes the only one.
    pub(super) clone: Option<RunnerClone>,
}

/// The clone that GitLab's runner makes: a commit without a branch.
pub(super) struct RunnerClone {
    /// The number of commits, if the file sets it.
    pub(super) depth: Option<Placed>,
}

/// A `git push` to the Hub.
pub(super) struct Push {
    /// The index of its step.
    pub(super) step: usize,
    /// The place of the command.
    pub(super) range: Range<usize>,
    /// What is pushed where; empty for the default.
    pub(super) refspecs: Vec<String>,
}

/// The jobs of the workflows that mention the Hub.
pub(super) fn deploys(repo: &Repo) -> Vec<Deploy<'_>> {
    let files = repo.files().filter(|file| is_workflow(file.path()));
    let mut found = Vec::new();
    for file in files {
        let Some(text) = file.text().filter(|text| is_of_the_hub(text) || text.contains("upload")) else { continue };
        let Some(workflow) = Workflow::read(text) else { continue };
        let only_branches = workflow.only_branches;
        let deploy = |job| Deploy { path: file.path(), text, job, only_branches: only_branches.clone(), clone: None };
        found.extend(workflow.jobs.into_iter().map(deploy));
    }
    found.extend(of_gitlab(repo));
    found
}

/// The jobs of GitLab that mention the Hub.
fn of_gitlab(repo: &Repo) -> Vec<Deploy<'_>> {
    let Some(text) = repo.text(GITLAB).filter(|text| is_of_the_hub(text)) else { return Vec::new() };
    let deploy = |GitlabJob { script, depth, is_checked_out }| {
        let step = |command| Step { run: Some(command), ..Step::default() };
        let job = Job { steps: script.into_iter().map(step).collect(), is_elsewhere: false };
        let clone = is_checked_out.then_some(RunnerClone { depth });
        Deploy { path: GITLAB, text, job, only_branches: None, clone }
    };
    jobs(text).unwrap_or_default().into_iter().map(deploy).collect()
}

/// Whether a file is a workflow.
pub(super) fn is_workflow(path: &str) -> bool {
    path.strip_prefix(FOLDER)
        .is_some_and(|name| !name.contains('/') && matches!(name.rsplit_once('.'), Some((_, "yml" | "yaml"))))
}

pub(super) fn is_of_the_hub(text: &str) -> bool {
    text.contains("huggingface.co/") || text.contains("hf.co/")
}

impl Deploy<'_> {
    /// The pushes to a Space, with the remotes that the job adds.
    pub(super) fn pushes(&self) -> Vec<Push> {
        let mut remotes: Vec<String> = Vec::new();
        let mut pushes = Vec::new();
        for (step, run) in self.runs() {
            for command in CommandLine::of_shell(&run.text).commands() {
                let Some((verb, rest)) = git(&command) else { continue };
                match (verb, &*rest) {
                    ("remote", ["add" | "set-url", .., name, url]) if is_of_the_hub(url) => {
                        remotes.push((*name).to_owned());
                    }
                    ("push", [to, refspecs @ ..]) if is_of_the_hub(to) || remotes.iter().any(|known| known == to) => {
                        let written = run.text.get(command.range()).unwrap_or_default();
                        let range = line_in(self.text, &run.range, written);
                        let refspecs = refspecs.iter().map(|text| (*text).to_owned()).collect();
                        pushes.push(Push { step, range, refspecs });
                    }
                    _ => {}
                }
            }
        }
        pushes
    }

    /// The step, by its index, that uploads the whole checkout with the command of the Hub, and the place of the command.
    pub(super) fn upload(&self) -> Option<(usize, Range<usize>)> {
        self.runs().find_map(|(step, run)| {
            let line = CommandLine::of_shell(&run.text);
            let commands = line.commands();
            let upload = commands.iter().find(|command| uploads_all(command))?;
            let written = run.text.get(upload.range()).unwrap_or_default();
            Some((step, line_in(self.text, &run.range, written)))
        })
    }

    /// The commands of the steps, with their index.
    pub(super) fn runs(&self) -> impl Iterator<Item = (usize, &Placed)> {
        self.job.steps.iter().enumerate().filter_map(|(at, step)| Some((at, step.run.as_ref()?)))
    }

    /// Whether a command of the job contains one of some texts.
    pub(super) fn mentions(&self, texts: &[&str]) -> bool {
        self.runs().any(|(_, run)| texts.iter().any(|text| run.text.contains(text)))
    }

    /// The checkout that a step works in: the only one before it, of this repository, into the folder in which the step runs.
    pub(super) fn checkout_before(&self, step: usize) -> Option<&Step> {
        let steps = self.job.steps.get(..step)?;
        let mut checkouts = steps.iter().filter(|step| step.uses("actions/checkout"));
        let checkout = checkouts.next().filter(|_| checkouts.next().is_none())?;
        let is_plain = ["repository", "path"].iter().all(|input| checkout.input(input).is_none());
        let is_elsewhere = self.job.is_elsewhere || self.job.steps.get(step).is_some_and(|step| step.is_elsewhere);
        (is_plain && !is_elsewhere).then_some(checkout)
    }

    pub(super) fn place(&self, range: Range<usize>) -> Place {
        Place::bytes(self.path, range)
    }
}

/// The verb of a `git`, and its words without flags. None if it works in another folder.
fn git<'c>(command: &'c Command<'_>) -> Option<(&'c str, Vec<&'c str>)> {
    if command.program() != Some("git") {
        return None;
    }
    let mut words = command.argv().iter().skip(1).map(|word| &*word.text);
    let verb = loop {
        match words.next()? {
            "-c" => drop(words.next()),
            "-C" => return None,
            word if word.starts_with('-') => return None,
            verb => break verb,
        }
    };
    Some((verb, words.filter(|word| !word.starts_with('-')).collect()))
}

/// `hf upload USER/NAME .`, or the same with the folder left out.
fn uploads_all(command: &Command<'_>) -> bool {
    let words: Vec<&str> = command.argv().iter().map(|word| &*word.text).collect();
    let (Some("hf" | "huggingface-cli"), Some(&"upload")) = (command.program(), words.get(1)) else { return false };
    let is_option = |at: usize| words[at].starts_with('-') || words[at - 1].starts_with("--");
    let plain: Vec<&str> = (2..words.len()).filter(|at| !is_option(*at)).map(|at| words[at]).collect();
    matches!(&*plain, [_] | [_, "." | "./"] | [_, "." | "./", _])
}
