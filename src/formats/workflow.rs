//! Workflows of GitHub Actions: `.github/workflows/*.yml`.
//!
//! Source: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax>.

use std::ops::Range;

use super::Placed;
use super::front_matter::{Node, mapping};

/// A workflow, as far as it says what is checked out and what is run.
#[derive(Debug, Default)]
pub(crate) struct Workflow {
    pub(crate) jobs: Vec<Job>,
    /// The branches of `on.push.branches`, if that is the only event; otherwise any branch may start it.
    pub(crate) only_branches: Option<Vec<String>>,
}

/// A job.
#[derive(Debug, Default)]
pub(crate) struct Job {
    pub(crate) steps: Vec<Step>,
    /// Whether its commands run in another folder than the one that is checked out.
    pub(crate) is_elsewhere: bool,
}

/// A step of a job.
#[derive(Debug, Default)]
pub(crate) struct Step {
    /// The action.
    pub(crate) uses: Option<Placed>,
    /// The commands.
    pub(crate) run: Option<Placed>,
    /// The inputs of the action.
    pub(crate) with: Vec<(String, Placed)>,
    /// Whether it runs in another folder.
    pub(crate) is_elsewhere: bool,
}

/// The maximum number of steps that are read of a file.
const STEPS_MAX: usize = 1000;

impl Workflow {
    /// Reads a file. Missing parts stay empty; none if it is not YAML with keys and values.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let entries = mapping(text)?;
        let value = |key: &str| entries.iter().find(|entry| entry.key.as_str() == Some(key)).map(|entry| &entry.value);
        let default = value("defaults").is_some_and(sets_folder);
        let mut left = STEPS_MAX;
        let jobs = value("jobs").and_then(Node::entries).unwrap_or_default();
        let jobs = jobs.iter().map(|entry| job(&entry.value, default, &mut left)).collect();
        Some(Self { jobs, only_branches: value("on").and_then(only_branches) })
    }
}

impl Step {
    /// An input of the action.
    pub(crate) fn input(&self, name: &str) -> Option<&Placed> {
        self.with.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Whether it uses an action, of any version.
    pub(crate) fn uses(&self, action: &str) -> bool {
        self.uses.as_ref().is_some_and(|uses| uses.text.split('@').next() == Some(action))
    }
}

fn job(node: &Node, default: bool, left: &mut usize) -> Job {
    let steps = node.get("steps").and_then(Node::items).unwrap_or_default();
    let steps = steps.iter().take(*left).map(step).collect::<Vec<_>>();
    *left -= steps.len();
    Job { steps, is_elsewhere: default || node.get("defaults").is_some_and(sets_folder) }
}

fn step(node: &Node) -> Step {
    let with = node.get("with").and_then(Node::entries).unwrap_or_default();
    let with = with.iter().filter_map(|entry| Some((entry.key.as_str()?.to_owned(), placed(&entry.value)?)));
    Step {
        uses: node.get("uses").and_then(placed),
        run: node.get("run").and_then(placed),
        with: with.collect(),
        is_elsewhere: node.get("working-directory").is_some(),
    }
}

/// `defaults: {run: {working-directory: ..}}`.
fn sets_folder(defaults: &Node) -> bool {
    defaults.get("run").is_some_and(|run| run.get("working-directory").is_some())
}

/// The branches of `on: {push: {branches: [..]}}` without another event.
fn only_branches(on: &Node) -> Option<Vec<String>> {
    let [event] = on.entries()? else { return None };
    let branches = event.value.get("branches").filter(|_| event.key.as_str() == Some("push"))?.items()?;
    branches.iter().map(|branch| branch.as_str().map(str::to_owned)).collect()
}

fn placed(node: &Node) -> Option<Placed> {
    Some(Placed { text: node.as_str()?.to_owned(), range: node.range.clone() })
}

/// The place of a line of a block such as `run: |`, by its text; the whole block if it is not found.
pub(crate) fn line_in(file: &str, block: &Range<usize>, line: &str) -> Range<usize> {
    let found = file.get(block.clone()).and_then(|text| text.find(line));
    found.map_or_else(|| block.clone(), |at| block.start + at..block.start + at + line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SYNC: &str = "on:\n  push:\n    branches: [main]\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with: {fetch-depth: 0, lfs: true}\n      - name: x\n        run: |\n          git add .\n          git push hub main\n      - run: one\n        working-directory: b\n  b:\n    uses: ./other.yml\n";

    #[test]
    fn jobs_steps_and_inputs_have_places() {
        let read = Workflow::read(SYNC).unwrap();
        assert_eq!(read.only_branches.as_deref(), Some(&["main".to_owned()][..]));
        let [a, b] = &*read.jobs else { panic!("two jobs") };
        assert!(b.steps.is_empty() && a.steps.len() == 3);
        let checkout = &a.steps[0];
        assert!(checkout.uses("actions/checkout") && !checkout.uses("actions/check"));
        let depth = checkout.input("fetch-depth").unwrap();
        assert_eq!((depth.text.as_str(), &SYNC[depth.range.clone()]), ("0", "0"));
        assert_eq!(checkout.input("lfs").unwrap().text, "true");
        let run = a.steps[1].run.as_ref().unwrap();
        assert_eq!(run.text, "git add .\ngit push hub main\n");
        assert_eq!(&SYNC[line_in(SYNC, &run.range, "git push hub main")], "git push hub main");
        assert!(!a.steps[1].is_elsewhere && a.steps[2].is_elsewhere);
    }

    #[test]
    fn what_is_no_workflow_is_not_read() {
        for text in ["- a\n- b\n", "a: [\n", "a\n"] {
            assert!(Workflow::read(text).is_none(), "{text}");
        }
        for text in ["", "a: 1\n", "jobs: 1\n", "jobs: {a: {steps: 1}}\n", "jobs: {a: {steps: [1, {with: 2}]}}\n"] {
            assert!(
                Workflow::read(text).unwrap().jobs.iter().all(|job| job.steps.iter().all(|step| step.run.is_none()))
            );
        }
        let both = "on: {push: {branches: [a]}, workflow_dispatch: }\n";
        assert_eq!(Workflow::read(both).unwrap().only_branches, None);
    }
}
