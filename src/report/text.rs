//! Reports for people.

use super::style::{BOLD, GREEN, RESET};
use super::wrap::wrap_to;
use super::{Made, Printable, diff, next, shown, tree, wrap};
use crate::answers::Spec;
use crate::apply::VcsOutcome;
use crate::render::Catalog;
use crate::target::Step;

/// The new Space, what to do next, and the plan that it needs; in a dry run, the files of the planned one.
#[must_use]
pub fn made_text(made: &Made<'_>) -> Printable {
    let mut text = Printable::new();
    let width = made.columns.unwrap_or(usize::MAX);
    headline(made, width, &mut text);
    if made.dry_run || made.in_full {
        text.blank();
        let name = made.folder().display().to_string();
        text.append_indented(&tree(&name, made.report.files.iter().map(|file| file.path.as_str())), 4);
    }
    if made.with_diff {
        text.blank();
        text.source(diff(made.plan));
    }
    if made.dry_run {
        text.blank();
        text.line("Nothing was written.");
    } else if made.in_full {
        made.next_steps().iter().for_each(|step| what_to_do(step, width, &mut text));
    } else {
        next::lines(made, &mut text);
    }
    text
}

/// One of the next steps, its notes in lines of a width.
pub(super) fn what_to_do(step: &Step, width: usize, text: &mut Printable) {
    text.blank();
    text.line(&step.title);
    step.commands.iter().for_each(|command| text.line(format!("    {command}")));
    step.notes.iter().for_each(|note| wrap_to(text, "    # ", "    # ", note, width));
}

/// What was made or would be, and what became of version control, in lines of a width.
pub(super) fn headline(made: &Made<'_>, width: usize, text: &mut Printable) {
    let files = made.report.files.len();
    let bytes = made.report.files.iter().map(|file| file.bytes).sum();
    let what = format!("`{}`: {} files, {}", made.folder().display(), files, size(bytes));
    let (verb, vcs) =
        if made.dry_run { ("Would make", foreseen(&made.report.vcs)) } else { ("Made", done(&made.report.vcs)) };
    let sentence = shown(&format!("{verb} a {} in {what}", kind(made.spec))).into_owned();
    for line in wrap::lines("", "", &sentence, width) {
        match line.strip_prefix(verb) {
            Some(rest) => text.coloured(format!("{GREEN}{verb}{RESET}{BOLD}{rest}{RESET}")),
            None => text.coloured(format!("{BOLD}{line}{RESET}")),
        }
    }
    match (made.report.finished_earlier_run, made.dry_run) {
        (true, true) => text.line("It would finish what an interrupted run had begun."),
        (true, false) => text.line("Finished what an interrupted run had begun."),
        _ => {}
    }
    wrap_to(text, "", "", &vcs, width);
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
