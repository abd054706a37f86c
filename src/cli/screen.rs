//! The terminal of the prompts: how wide it is, texts that fit it, and what is typed before it is asked for.

use dialoguer::console::{Term, measure_text_width};

/// A narrower terminal is treated as one of this width.
const NARROWEST: usize = 20;

/// The usable columns: a line that fills the last one too would wrap on some terminals.
pub(super) fn columns() -> usize {
    usize::from(Term::stderr().size().1).max(NARROWEST) - 1
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    measure_text_width(text)
}

/// The beginning of a text that fits, marked where it is cut.
pub(super) fn fit(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut fitted = String::new();
    for char in text.chars() {
        fitted.push(char);
        if width(&fitted) + 2 > columns {
            fitted.pop();
            break;
        }
    }
    format!("{}..", fitted.trim_end().trim_end_matches('.'))
}

/// A text in lines that fit, broken between words where that is possible.
pub(super) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        for (index, piece) in pieces(word, columns).into_iter().enumerate() {
            match lines.last_mut() {
                Some(line) if line.is_empty() => line.push_str(&piece),
                Some(line) if index == 0 && width(line) + 1 + width(&piece) <= columns => {
                    line.push(' ');
                    line.push_str(&piece);
                }
                _ => lines.push(piece),
            }
        }
    }
    lines
}

/// A line of a list in lines that fit: what goes on below is indented further. The columns stay as they are.
pub(super) fn broken(line: &str, columns: usize) -> Vec<String> {
    let indent = line.len() - line.trim_start().len() + 4;
    if width(line) <= columns || columns < indent + 8 {
        return vec![line.to_owned()];
    }
    let begin = fit_whole(line, columns);
    let at = begin.rfind(' ').filter(|at| *at >= indent).unwrap_or(begin.len());
    let mut lines = vec![line[..at].trim_end().to_owned()];
    lines.extend(wrapped(&line[at..], columns - indent).iter().map(|rest| format!("{:indent$}{rest}", "")));
    lines
}

/// The beginning of a text that fits.
fn fit_whole(text: &str, columns: usize) -> &str {
    let ends = text.char_indices().map(|(at, _)| at).skip(1);
    let end = ends.take_while(|end| width(&text[..*end]) <= columns).last().unwrap_or(text.len());
    &text[..end]
}

/// A word in pieces that fit.
fn pieces(word: &str, columns: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for char in word.chars() {
        match pieces.last_mut() {
            Some(piece) if piece.is_empty() || width(&format!("{piece}{char}")) <= columns => piece.push(char),
            _ => pieces.push(char.to_string()),
        }
    }
    pieces
}

/// While it exists, the terminal does not show what is typed before a prompt reads it: that would stay on the screen.
pub(super) struct Quiet {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

impl Quiet {
    pub(super) fn new() -> Self {
        #[cfg(unix)]
        {
            let before = rustix::termios::tcgetattr(std::io::stdin()).ok();
            if let Some(mut settings) = before.clone() {
                settings.local_modes -= rustix::termios::LocalModes::ECHO | rustix::termios::LocalModes::ICANON;
                set(&settings);
            }
            Self { before }
        }
        #[cfg(not(unix))]
        Self {}
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(before) = &self.before {
            set(before);
        }
    }
}

#[cfg(unix)]
fn set(settings: &rustix::termios::Termios) {
    let _ = rustix::termios::tcsetattr(std::io::stdin(), rustix::termios::OptionalActions::Drain, settings);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fitted_text_is_never_wider() {
        for text in [
            "short",
            "a longer line of text",
            "日本語のタイトル",
            "🦀🦀🦀🦀🦀🦀🦀",
            "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
        ] {
            for columns in 3..30 {
                assert!(width(&fit(text, columns)) <= columns, "`{text}` in {columns}: `{}`", fit(text, columns));
            }
        }
        assert_eq!(fit("a longer line of text", 10), "a longer..");
    }

    #[test]
    fn a_broken_line_keeps_its_columns_and_fits() {
        let line =
            "    python  3.13  (.python-version:1 says `3.13`; 日本語のタイトル is a-word-that-is-longer-than-a-line)";
        assert_eq!(broken(line, 200), [line]);
        assert_eq!(
            broken(line, 40)[..2],
            ["    python  3.13  (.python-version:1", "        says `3.13`; 日本語のタイトル is"]
        );
        for columns in 16..90 {
            let lines = broken(line, columns);
            assert!(lines.iter().all(|line| width(line) <= columns), "{columns}: {lines:?}");
            let blank = |text: &str| text.replace(' ', "");
            assert_eq!(blank(&lines.concat()), blank(line));
        }
    }

    #[test]
    fn a_wrapped_text_keeps_its_words() {
        let text = "the name `a-word-that-is-longer-than-a-line` and 日本語のタイトル";
        for columns in 8..70 {
            let lines = wrapped(text, columns);
            assert!(lines.iter().all(|line| width(line) <= columns), "{columns}: {lines:?}");
            let blank = |text: &str| text.replace(' ', "");
            assert_eq!(blank(&lines.concat()), blank(text));
        }
    }
}
