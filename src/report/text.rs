//! Reports for people.

use super::{Made, Printable, diff, tree};
use crate::answers::Spec;
use crate::apply::VcsOutcome;
use crate::render::Catalog;
use crate::target::Step;

/// The new Space and the next steps; in a dry run, the planned one.
#[must_use]
pub fn made_text(made: &Made<'_>) -> Printable {
    let mut text = Printable::new();
    headline(made, &mut text);
    text.blank();
    let name = made.folder().display().to_string();
    text.append_indented(&tree(&name, made.report.files.iter().map(|file| file.path.as_str())), 4);
    if made.with_diff {
        text.blank();
        text.source(diff(made.plan));
    }
    if made.dry_run {
        text.blank();
        text.line("Nothing was written.");
        return text;
    }
    for step in made.next_steps() {
        what_to_do(&step, &mut text);
    }
    text
}

/// One of the next steps.
pub(super) fn what_to_do(step: &Step, text: &mut Printable) {
    text.blank();
    text.line(&step.title);
    step.commands.iter().for_each(|command| text.line(format!("    {command}")));
    step.notes.iter().for_each(|note| text.line(format!("    # {note}")));
}

fn headline(made: &Made<'_>, text: &mut Printable) {
    let files = made.report.files.len();
    let bytes = made.report.files.iter().map(|file| file.bytes).sum();
    let what = format!("`{}`: {} files, {}", made.folder().display(), files, size(bytes));
    let kind = kind(made.spec);
    let (verb, vcs) =
        if made.dry_run { ("Would make", foreseen(&made.report.vcs)) } else { ("Made", done(&made.report.vcs)) };
    text.line(format!("{verb} a {kind} in {what}"));
    match (made.report.finished_earlier_run, made.dry_run) {
        (true, true) => text.line("It would finish what an interrupted run had begun."),
        (true, false) => text.line("Finished what an interrupted run had begun."),
        _ => {}
    }
    text.line(vcs);
}

fn kind(spec: &Spec) -> String {
    let sdk = spec.sdk();
    if spec.template() == sdk.as_str() {
        format!("{sdk} Space")
    } else {
        format!("{} Space (sdk: {sdk})", spec.template())
    }
}

fn done(outcome: &VcsOutcome) -> String {
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

/// A size in readable units.
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
pub fn templates_text(catalog: &Catalog) -> Printable {
    let width = catalog.templates().iter().map(|template| template.name().len()).max().unwrap_or(0);
    let mut text = Printable::new();
    for template in catalog.templates() {
        let sdks: Vec<&str> = template.sdks().iter().map(|sdk| sdk.as_str()).collect();
        text.line(format!("{:width$}  {} (sdk: {})", template.name(), template.summary(), sdks.join(" or ")));
        for question in template.own_questions() {
            text.line(format!("{:width$}    --{}: {}", "", question.flag(), question.help()));
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
