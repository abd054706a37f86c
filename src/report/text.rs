//! Reports for people.

use super::next_steps::Step;
use super::{Made, diff, tree};
use crate::apply::VcsOutcome;
use crate::spec::Spec;
use crate::template::Catalog;

/// What was made and what to do next; in a dry run, what would be made, with the diff if it is wanted.
#[must_use]
pub fn made_text(made: &Made<'_>, steps: &[Step], with_diff: bool) -> String {
    let mut text = headline(made);
    text.push('\n');
    let name = made.folder().display().to_string();
    text.push_str(&indented(&tree(&name, made.report.files.iter().map(|file| file.path.as_str()))));
    if with_diff {
        text.push('\n');
        text.push_str(&diff(made.plan));
    }
    if made.dry_run {
        text.push_str("\nNothing was written.\n");
        return text;
    }
    for step in steps {
        text.push_str(&format!("\n{}\n", step.title));
        for line in step.commands.iter().chain(&step.notes.iter().map(|note| format!("# {note}")).collect::<Vec<_>>()) {
            text.push_str(&format!("    {line}\n"));
        }
    }
    text
}

fn headline(made: &Made<'_>) -> String {
    let files = made.report.files.len();
    let bytes = made.report.files.iter().map(|file| file.bytes).sum();
    let what = format!("`{}`: {} files, {}", made.folder().display(), files, size(bytes));
    let kind = kind(made.spec);
    let (verb, vcs) =
        if made.dry_run { ("Would make", foreseen(&made.report.vcs)) } else { ("Made", told(&made.report.vcs)) };
    let finished = match (made.report.finished_earlier_run, made.dry_run) {
        (true, true) => "It would finish what a run that was stopped had begun.\n",
        (true, false) => "Finished what a run that was stopped had begun.\n",
        _ => "",
    };
    format!("{verb} a {kind} in {what}\n{finished}{vcs}\n")
}

fn kind(spec: &Spec) -> String {
    let sdk = spec.sdk();
    if spec.template() == sdk.as_str() {
        format!("{sdk} Space")
    } else {
        format!("{} Space (sdk: {sdk})", spec.template())
    }
}

fn told(outcome: &VcsOutcome) -> String {
    match outcome {
        VcsOutcome::Initialised => "Initialised a git repository on the branch `main`.".to_owned(),
        VcsOutcome::AlreadyThere => "It was a git repository already.".to_owned(),
        VcsOutcome::InsideWorkTree(root) => {
            format!("Made no git repository: it is inside the work tree of `{}`.", root.display())
        }
        VcsOutcome::GitMissing => "Made no git repository: git is not installed.".to_owned(),
        VcsOutcome::Failed(why) => format!("Made no git repository: git said \"{why}\"."),
        VcsOutcome::NotWanted => "Made no git repository, as you asked.".to_owned(),
    }
}

fn foreseen(outcome: &VcsOutcome) -> String {
    match outcome {
        VcsOutcome::Initialised => "Would initialise a git repository on the branch `main`.".to_owned(),
        VcsOutcome::AlreadyThere => "It is a git repository already.".to_owned(),
        VcsOutcome::InsideWorkTree(root) => {
            format!("Would make no git repository: it is inside the work tree of `{}`.", root.display())
        }
        _ => "Would make no git repository.".to_owned(),
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

/// A size as people read it.
fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    match UNITS.iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) => {
            let tenths = bytes * 10 / unit;
            format!("{}.{} {name}", tenths / 10, tenths % 10)
        }
        None => format!("{bytes} bytes"),
    }
}

/// The list of templates.
#[must_use]
pub fn templates_text(catalog: &Catalog) -> String {
    let width = catalog.templates().iter().map(|template| template.name().len()).max().unwrap_or(0);
    let mut text = String::new();
    for template in catalog.templates() {
        let sdks: Vec<&str> = template.sdks().iter().map(|sdk| sdk.as_str()).collect();
        text.push_str(&format!("{:width$}  {} (sdk: {})\n", template.name(), template.summary(), sdks.join(" or ")));
        for question in template.own_questions() {
            text.push_str(&format!("{:width$}    --{}: {}\n", "", question.flag(), question.help()));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_are_rounded_down_to_a_tenth() {
        assert_eq!(super::size(1023), "1023 bytes");
        assert_eq!(super::size(1024), "1.0 KiB");
        assert_eq!(super::size(1_600_000), "1.5 MiB");
    }
}
