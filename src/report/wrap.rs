//! Sentences in lines of a readable width.

use super::Printable;

/// The width of a line.
pub(super) const WIDTH: usize = 80;

/// Adds a sentence in lines of the width, where its words allow it.
pub(super) fn wrap(text: &mut Printable, first: &str, next: &str, sentence: &str) {
    wrap_to(text, first, next, sentence, WIDTH);
}

/// Adds a sentence in lines of another width.
pub(super) fn wrap_to(text: &mut Printable, first: &str, next: &str, sentence: &str, width: usize) {
    for line in lines(first, next, sentence, width) {
        text.line(line);
    }
}

/// The lines of a sentence.
pub(super) fn lines(first: &str, next: &str, sentence: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in sentence.split(' ') {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::replace(&mut line, next.to_owned()));
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    lines.push(line);
    lines
}
