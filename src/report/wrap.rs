//! Sentences in lines of a readable width.

use super::Printable;

/// The width of a line.
const WIDTH: usize = 80;

/// Adds a sentence in lines of the width, where its words allow it.
pub(super) fn wrap(text: &mut Printable, first: &str, next: &str, sentence: &str) {
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in sentence.split(' ') {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            text.line(&line);
            next.clone_into(&mut line);
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    text.line(&line);
}
