//! The next steps in a few lines: one for each, to be copied as it is.

use super::style::{BOLD, CYAN, DIM, RESET};
use super::wrap::{WIDTH, wrap_to};
use super::{Made, Printable, shown};
use crate::target::{Step, could_be_free, plan_to_say, word};

/// What a person replaces by the name of their account: such a command cannot be run as it is.
const PLACEHOLDER: &str = "USER/";

/// How an alternative to the step before it begins.
const ALTERNATIVE: &str = "Or";

/// Adds the commands to run and to publish it, what to know, and the plan that it needs.
pub(super) fn lines(made: &Made<'_>, text: &mut Printable) {
    let needed = plan_to_say(made.spec);
    let width = made.columns.map_or(WIDTH, |columns| columns.min(WIDTH));
    let steps: Vec<Step> = made.next_steps().into_iter().filter(|step| !step.title.starts_with(ALTERNATIVE)).collect();
    text.blank();
    text.coloured(format!("{BOLD}Next{RESET}"));
    let of_step = |step: &Step| step.commands.is_empty();
    for step in &steps {
        for line in commands(step) {
            text.coloured(format!("    {CYAN}{}{RESET}", shown(&line)));
        }
        for note in step.notes.iter().filter(|note| needed != Some(note.as_str())) {
            let before = if of_step(step) { format!("{}: ", step.title) } else { String::new() };
            let mut lines = Printable::new();
            wrap_to(&mut lines, "    # ", "    # ", &format!("{before}{note}"), width);
            lines.as_str().lines().for_each(|line| text.coloured(format!("{DIM}{line}{RESET}")));
        }
    }
    text.blank();
    if let Some(needed) = needed {
        wrap_to(text, "Plan: ", "      ", needed, width);
    }
    if could_be_free(made.template, made.spec) {
        let folder = word(&made.folder().to_string_lossy());
        let line = format!("`spaces-new init {folder} --plan free` makes it one of a free account, on ZeroGPU.");
        wrap_to(text, "      ", "      ", &line, width);
    }
    if cfg!(feature = "online") {
        let folder = word(&made.folder().to_string_lossy());
        let line = format!("`spaces-new publish {folder}` does all of the publishing, and waits until it runs.");
        wrap_to(text, "", "  ", &line, width);
    }
    text.coloured(format!("{DIM}With `-v`, every file and every step is listed.{RESET}"));
}

/// The commands of a step in as few lines as possible: what runs as it is, in one line. What a person completes or is about
/// to edit has a line of its own.
fn commands(step: &Step) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut is_open = false;
    for command in step.commands.iter().filter(|command| !command.starts_with("hf spaces wait")) {
        let alone = command.contains(PLACEHOLDER) || command.starts_with("cd ") || command.starts_with("cp ");
        match lines.last_mut() {
            Some(line) if is_open && !alone => {
                line.push_str(" && ");
                line.push_str(command);
            }
            _ => lines.push(command.clone()),
        }
        is_open = !alone;
    }
    lines
}
