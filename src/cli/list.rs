//! A list to choose from: typing filters it, Esc goes back.

use dialoguer::FuzzySelect;
use dialoguer::console::Term;
use spaces_new::Cancelled;
use spaces_new::report::shown;

use super::screen::{Quiet, columns, fit, width, wrapped};
use super::theme::{theme, theme_of};

/// The rows of a list; the others are reached by typing, or by going on.
const ROWS: usize = 10;

/// The widest label that lines up the texts after the labels.
const LABEL_MAX: usize = 20;

/// The columns beside the prompt of a list, for its marks and for what is typed.
const SEARCH: usize = 12;

/// What is shown for no answer.
pub(super) const NONE: &str = "none";

/// The word that goes back, also where a text is typed.
pub(super) const BACK: &str = "back";

/// An entry of a list.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) label: String,
    pub(super) note: Option<String>,
}

impl Entry {
    pub(super) fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), note: None }
    }

    pub(super) fn with_note(label: impl Into<String>, note: impl Into<String>) -> Self {
        Self { label: label.into(), note: Some(note.into()) }
    }
}

/// Asks for one entry; the one at `current` is proposed. None if the person goes back, which Esc does, and an entry `back` if
/// there is a question before (`can_go_back`).
pub(super) fn choose(
    prompt: &str,
    entries: &[Entry],
    current: usize,
    can_go_back: bool,
) -> Result<Option<usize>, Cancelled> {
    // The list begins with its first rows: the proposed entry must be among them
    let mut order: Vec<usize> = (0..entries.len()).collect();
    let mut proposed = current;
    if current >= ROWS {
        order.remove(current);
        order.insert(0, current);
        proposed = 0;
    }
    let mut listed: Vec<&Entry> = order.iter().filter_map(|index| entries.get(*index)).collect();
    let back = Entry::with_note(BACK, "to the question before");
    if can_go_back {
        listed.push(&back);
    }
    let lines = lines(&listed);
    let more = if lines.len() > ROWS { format!(" ({}, type to filter)", entries.len()) } else { String::new() };
    let theme = theme_of(&lines);
    let _quiet = Quiet::new();
    let term = Term::stderr();
    // A list has a prompt of one line: what stands before the last one is written above it
    let mut question = wrapped(&format!("{}{more}", shown(prompt)), columns().saturating_sub(SEARCH));
    let last = question.pop().unwrap_or_default();
    for line in &question {
        let _ = term.write_line(line);
    }
    let select = FuzzySelect::with_theme(theme.as_ref()).with_prompt(last);
    let select = select.items(&lines).default(proposed).max_length(ROWS).report(false);
    let chosen = answered(select.interact_opt())?.and_then(|line| order.get(line).copied());
    let _ = term.clear_last_lines(question.len());
    if let Some(entry) = chosen.and_then(|index| entries.get(index)) {
        report(prompt, &entry.label);
    }
    Ok(chosen)
}

/// Entries in lines that fit the terminal, each different: dialoguer finds an entry by its text.
fn lines(entries: &[&Entry]) -> Vec<String> {
    let columns = columns().saturating_sub(2);
    let widths = entries.iter().filter(|entry| entry.note.is_some()).map(|entry| width(&shown(&entry.label)));
    let label_width = widths.filter(|width| *width <= LABEL_MAX).max().unwrap_or(0);
    let mut lines: Vec<String> = Vec::new();
    for entry in entries {
        let label = shown(&entry.label);
        let line = match &entry.note {
            Some(note) => {
                let gap = label_width.saturating_sub(width(&label)) + 2;
                format!("{label}{:gap$}{}", "", shown(note))
            }
            None => label.into_owned(),
        };
        let mut fitted = fit_bytes(&line, columns);
        let mut number = 2;
        while lines.contains(&fitted) {
            fitted = format!("{} ~{number}", fit_bytes(&line, columns.saturating_sub(5)));
            number += 1;
        }
        lines.push(fitted);
    }
    lines
}

/// As [`fit`], also in bytes: by these dialoguer decides how many lines of the terminal an entry takes.
fn fit_bytes(line: &str, columns: usize) -> String {
    let mut fitted = fit(line, columns);
    let mut narrower = columns;
    while fitted.len() > columns && narrower > 3 {
        narrower -= 1;
        fitted = fit(line, narrower);
    }
    fitted
}

/// A prompt without what it explains, which is only needed while it waits.
pub(super) fn named(prompt: &str) -> &str {
    prompt.split_once(" (").map_or(prompt, |(name, _)| name)
}

/// Shows the answer to a question that was asked, in lines that fit.
pub(super) fn report(prompt: &str, answer: &str) {
    let answer = if answer.trim().is_empty() { NONE } else { answer };
    let (prompt, answer) = (shown(named(prompt)), shown(answer));
    let mut line = String::new();
    let written = theme().format_input_prompt_selection(&mut line, &prompt, &answer);
    let term = Term::stderr();
    if written.is_ok() && width(&line) <= columns() {
        let _ = term.write_line(&line);
        return;
    }
    line.clear();
    let mut question = wrapped(&prompt, columns().saturating_sub(6));
    let last = question.pop().unwrap_or_default();
    for line in &question {
        let _ = term.write_line(line);
    }
    let _ = theme().format_input_prompt_selection(&mut line, &last, "");
    let _ = term.write_line(line.trim_end());
    for line in wrapped(&answer, columns().saturating_sub(2)) {
        let _ = term.write_line(&format!("  {line}"));
    }
}

/// The answer of a prompt. Any failure counts as "stopped", since nobody will answer.
fn answered<T>(answer: dialoguer::Result<T>) -> Result<T, Cancelled> {
    answer.map_err(|_| {
        super::interrupt::show_cursor();
        Cancelled
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_fit_are_escaped_and_stay_different() {
        let long = "x".repeat(300);
        let entries = [
            Entry::new(long.clone()),
            Entry::new(format!("{long}y")),
            Entry::with_note("日本語".repeat(30), "a\u{1b}[2Jb"),
            Entry::with_note("gradio", "Gradio app"),
            Entry::with_note("go", "Web server in Go"),
        ];
        let lines = lines(&entries.iter().collect::<Vec<_>>());
        assert_ne!(lines[0], lines[1]);
        for line in &lines {
            assert!(width(line) <= columns() && line.len() <= columns() && !line.contains('\u{1b}'), "{line:?}");
        }
        assert_eq!(lines[3..], ["gradio  Gradio app", "go      Web server in Go"]);
    }
}
