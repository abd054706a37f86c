//! Jobs of GitLab: `.gitlab-ci.yml`.
//!
//! Source: <https://docs.gitlab.com/ci/yaml/>. The runner fetches as many commits as `GIT_DEPTH` says, and checks out a commit
//! without a branch: <https://docs.gitlab.com/ci/runners/configure_runners/>.

use super::Placed;
use super::front_matter::{Entry, Node, mapping};

/// A job.
#[derive(Debug, Default)]
pub(crate) struct GitlabJob {
    /// Its commands, in their order, with those before its own script.
    pub(crate) script: Vec<Placed>,
    /// The number of commits that are fetched, if the file sets it.
    pub(crate) depth: Option<Placed>,
    /// Whether the repository is certainly checked out by the runner.
    pub(crate) is_checked_out: bool,
}

/// The maximum number of commands that are read of a file.
const COMMANDS_MAX: usize = 1000;

/// The jobs of a file; none if it is not YAML with keys and values.
pub(crate) fn jobs(text: &str) -> Option<Vec<GitlabJob>> {
    let entries = mapping(text)?;
    let value = |key: &str| entries.iter().find(|entry| entry.key.as_str() == Some(key)).map(|entry| &entry.value);
    let global = value("variables");
    let before = value("before_script").or_else(|| value("default")?.get("before_script"));
    let mut left = COMMANDS_MAX;
    let job = |entry: &Entry| {
        let node = &entry.value;
        let own = node.get("script")?;
        let first = node.get("before_script").or(before).map(commands).unwrap_or_default();
        let script: Vec<Placed> = first.into_iter().chain(commands(own)).take(left).collect();
        left -= script.len();
        // Another file or job may set them
        let is_whole = node.get("extends").is_none() && node.get("inherit").is_none() && value("include").is_none();
        let variable = |name: &str| {
            let of_job = node.get("variables").and_then(|variables| variables.get(name));
            of_job.or_else(|| global?.get(name).filter(|_| is_whole)).and_then(placed)
        };
        let is_checked_out = is_whole && variable("GIT_STRATEGY").is_none() && variable("GIT_CHECKOUT").is_none();
        Some(GitlabJob { script, depth: variable("GIT_DEPTH"), is_checked_out })
    };
    Some(entries.iter().filter_map(job).collect())
}

/// The commands of a script: a text, or a list of texts.
fn commands(node: &Node) -> Vec<Placed> {
    match node.items() {
        Some(items) => items.iter().filter_map(placed).collect(),
        None => placed(node).into_iter().collect(),
    }
}

fn placed(node: &Node) -> Option<Placed> {
    let text = node.as_str().map(str::to_owned).or_else(|| node.as_integer().map(|number| number.to_string()))?;
    Some(Placed { text, range: node.range.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_has_its_commands_and_how_it_is_checked_out() {
        let text = "variables:\n  GIT_DEPTH: 0\nbefore_script: [one]\ndeploy:\n  script:\n    - two\n    - |\n      three\n      four\nother:\n  variables: {GIT_DEPTH: \"5\", GIT_STRATEGY: none}\n  before_script: []\n  script: five\n.hidden: {stage: x}\n";
        let jobs = jobs(text).unwrap();
        let read: Vec<_> = jobs
            .iter()
            .map(|job| {
                let script: Vec<&str> = job.script.iter().map(|command| command.text.trim()).collect();
                (script.join("; "), job.depth.as_ref().map(|depth| depth.text.as_str()), job.is_checked_out)
            })
            .collect();
        assert_eq!(
            read,
            [("one; two; three\nfour".to_owned(), Some("0"), true), ("five".to_owned(), Some("5"), false)]
        );
        for text in ["", "a: [\n", "a\n", "a: {script: {b: 1}}\n"] {
            assert!(super::jobs(text).unwrap_or_default().iter().all(|job| job.script.is_empty()), "{text}");
        }
    }
}
