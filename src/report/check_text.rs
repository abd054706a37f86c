//! Findings for people, as rustc shows its own.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};

use super::masked::masked;
use super::{Checked, Printable, skipped};
use crate::check::{Diagnostic, Level, Lines, Place};
use crate::escape::{Pictured, shown};
use crate::repo::Repo;

/// Longer lines are cut around the marked part.
const WIDTH: usize = 140;
/// Longer lines are not shown: each finding in them would take the renderer some milliseconds.
const LONGEST_EXCERPT: usize = 16 * 1024;

/// The findings of folders, each preceded by the changes of its fixes; nothing for one that could not be checked.
pub(super) fn all(folders: &[Checked]) -> Printable {
    let mut text = Printable::new();
    for folder in folders {
        if let Some(diff) = folder.diff().filter(|diff| !diff.is_empty()) {
            text.source(diff);
            text.blank();
            text.line("With these changes:");
            text.blank();
        }
        let Some((name, repo, diagnostics)) = folder.found() else { continue };
        text.append(&check_text(name, repo, diagnostics));
        if let Some(line) = skipped::line(repo) {
            text.line(line);
        }
    }
    text
}

/// The findings of one folder with a summary line. `name` is the folder as given.
pub(super) fn check_text(name: &str, repo: &Repo, diagnostics: &[Diagnostic]) -> Printable {
    let renderer = Renderer::styled().term_width(WIDTH);
    let mut text = Printable::new();
    for diagnostic in diagnostics {
        text.coloured(renderer.render(&groups(name, repo, diagnostic)));
        text.blank();
    }
    text.line(summary(name, diagnostics));
    text
}

fn groups<'a>(name: &str, repo: &'a Repo, diagnostic: &'a Diagnostic) -> Vec<Group<'a>> {
    let level = match diagnostic.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
    };
    let mut main = Group::with_title(level.primary_title(shown(&diagnostic.message)).id(diagnostic.rule));
    let mut places = vec![(&diagnostic.place, diagnostic.label.as_str(), AnnotationKind::Primary)];
    places.extend(
        diagnostic.related.iter().map(|related| (&related.place, related.label.as_str(), AnnotationKind::Context)),
    );
    while let Some((place, ..)) = places.first().copied() {
        let (same, others): (Vec<_>, Vec<_>) = places.into_iter().partition(|(other, ..)| other.path() == place.path());
        places = others;
        main = match snippet(name, repo, &same) {
            Some(snippet) => main.element(snippet),
            None => {
                let labels: Vec<&str> =
                    same.iter().map(|(_, label, _)| *label).filter(|label| !label.is_empty()).collect();
                let main = main.element(origin(name, repo, place));
                let labels = labels.join("; ");
                if labels.is_empty() { main } else { main.element(Title::NOTE.message(shown(&labels).into_owned())) }
            }
        };
    }
    if let Some(help) = &diagnostic.help {
        main = main.element(Title::HELP.message(shown(help)));
    }
    vec![main]
}

/// The lines of one file with their marks; none if the whole file is meant.
fn snippet<'a>(
    name: &str,
    repo: &'a Repo,
    places: &[(&Place, &'a str, AnnotationKind)],
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let path = places.first()?.0.path();
    let text = repo.text(path)?;
    let lines = Lines::of(repo, path)?;
    let ranges = places.iter().filter_map(|(place, ..)| place.range());
    let (start, end) = ranges.fold((text.len(), 0), |(start, end), range| (start.min(range.start), end.max(range.end)));
    // Only the lines in question: a renderer that counts those of a large file for each finding is slow
    let (excerpt, number) = lines.around(&(start..end.max(start)));
    if excerpt.len() > LONGEST_EXCERPT {
        return None;
    }
    // Each character is escaped by exactly one other, and the marks are adjusted
    let pictured = Pictured::of(&masked(&text[excerpt.clone()]));
    let marks = places.iter().filter_map(|(place, label, kind)| {
        let range = first_line(text, &lines.clamp(&place.range()?));
        let span = pictured.at(range.start - excerpt.start)..pictured.at(range.end - excerpt.start);
        let annotation = kind.span(span);
        Some(if label.is_empty() { annotation } else { annotation.label(shown(label)) })
    });
    let marks: Vec<_> = marks.collect();
    let marked = !marks.is_empty();
    let snippet =
        Snippet::source(pictured.text).line_start(number).path(path_in(name, path)).fold(true).annotations(marks);
    marked.then_some(snippet)
}

/// The path, with the position if there is one.
fn origin<'a>(name: &str, repo: &Repo, place: &Place) -> annotate_snippets::Origin<'a> {
    let origin = annotate_snippets::Origin::path(path_in(name, place.path()));
    let Some((range, lines)) = place.range().zip(Lines::of(repo, place.path())) else { return origin };
    let (line, column) = lines.position(range.start);
    origin.line(line).char_column(column)
}

/// Marks only the first line of a longer range.
fn first_line(text: &str, range: &Range<usize>) -> Range<usize> {
    let end = text[range.clone()].find(['\r', '\n']).map_or(range.end, |length| range.start + length);
    range.start..end
}

/// The path of a file in a folder, on one line.
fn path_in(name: &str, path: &str) -> String {
    if matches!(name, "." | "-" | "") {
        return shown(path).into_owned();
    }
    shown(&format!("{}/{path}", name.trim_end_matches('/'))).into_owned()
}

fn summary(name: &str, diagnostics: &[Diagnostic]) -> String {
    if diagnostics.is_empty() {
        return format!("`{name}`: no problems found");
    }
    let count = |level| diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count();
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let counts = [(count(Level::Error), "error"), (count(Level::Warning), "warning")];
    let counts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| plural(*count, word)).collect();
    let safe = diagnostics.iter().filter(|diagnostic| diagnostic.is_fixable()).count();
    let fixable = match safe {
        0 => String::new(),
        1 => "; 1 fixable with `--fix`".to_owned(),
        many => format!("; {many} fixable with `--fix`"),
    };
    format!("`{name}`: {}{fixable}", counts.join(" and "))
}
