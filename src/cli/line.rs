//! A prompt for one line of text.
//!
//! dialoguer's own prompt for text ignores Esc, takes a rejected text away, and clears only the last line of one that
//! wrapped. This one takes one line of the terminal however long the text is: it scrolls sideways.

use dialoguer::console::{Key, Term};
use spaces_new::Cancelled;
use spaces_new::report::shown;

use super::interrupt::show_cursor;
use super::list::{BACK, report};
use super::screen::{Quiet, columns, width, wrapped};
use super::theme::theme;

/// The columns that a text has at least; a longer prompt has lines of its own.
const ROOM: usize = 16;

/// What to ask.
pub(super) struct Line<'a> {
    pub(super) prompt: &'a str,
    /// Taken if the line is empty.
    pub(super) default: Option<String>,
    /// The text to edit.
    pub(super) initial: String,
    /// Whether there is a question to go back to.
    pub(super) can_go_back: bool,
}

/// The text as it is edited.
#[derive(Default)]
struct Edited {
    chars: Vec<char>,
    cursor: usize,
    /// The first character that is visible.
    first: usize,
}

/// How editing ended.
enum Ended {
    Entered,
    Back,
}

impl Line<'_> {
    /// Asks until a text can be read. None if the person goes back.
    pub(super) fn ask<T>(&self, read: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, Cancelled> {
        let term = Term::stderr();
        if !term.is_term() {
            return Err(Cancelled);
        }
        let _quiet = Quiet::new();
        let mut edited = Edited::new(&self.initial);
        let mut error = None;
        loop {
            let stopped = |_| {
                // Whatever is printed next has a line of its own
                let _ = term.write_line("");
                show_cursor();
                Cancelled
            };
            let above = self.draw_above(&term, error.as_deref()).map_err(stopped)?;
            let ended = self.edit(&term, &mut edited).map_err(stopped)?;
            term.clear_line().and_then(|()| term.clear_last_lines(above)).map_err(stopped)?;
            let text = edited.text();
            if matches!(ended, Ended::Back) || self.can_go_back && text.trim() == BACK {
                return Ok(None);
            }
            match read(&text) {
                Ok(value) => {
                    let default = self.default.as_deref().filter(|_| text.trim().is_empty());
                    report(self.prompt, default.unwrap_or(&text));
                    return Ok(Some(value));
                }
                Err(why) => error = Some(why),
            }
        }
    }

    /// The prompt in front of the text.
    fn label(&self) -> String {
        let mut label = String::new();
        let _ = theme().format_input_prompt(&mut label, self.prompt, self.default.as_deref());
        label
    }

    fn is_long(&self) -> bool {
        width(&self.label()) + ROOM > columns()
    }

    /// Draws what stands above the text: an error, and a prompt that is too long to stand before it. Returns its lines.
    fn draw_above(&self, term: &Term, error: Option<&str>) -> std::io::Result<usize> {
        let mut lines = Vec::new();
        for (index, line) in error.iter().flat_map(|error| wrapped(&shown(error), columns() - 8)).enumerate() {
            let mut drawn = String::new();
            if index == 0 {
                let _ = theme().format_error(&mut drawn, &line);
            } else {
                drawn = format!("  {line}");
            }
            lines.push(drawn);
        }
        if self.is_long() {
            let default = self.default.as_deref().map(|default| format!(" [{}]", shown(default)));
            lines.extend(wrapped(&format!("{}{}", shown(self.prompt), default.unwrap_or_default()), columns()));
        }
        lines.iter().try_for_each(|line| term.write_line(line))?;
        Ok(lines.len())
    }

    /// Reads keys until the line is entered.
    fn edit(&self, term: &Term, edited: &mut Edited) -> std::io::Result<Ended> {
        let label = if self.is_long() { "> ".to_owned() } else { self.label() };
        loop {
            let (visible, cursor) = edited.visible(columns().saturating_sub(width(&label)));
            let back = format!("\r\u{1b}[{}C", width(&label) + cursor);
            term.write_str(&format!("\r\u{1b}[2K{label}{visible}{back}"))?;
            match term.read_key()? {
                Key::Enter => return Ok(Ended::Entered),
                Key::Escape if self.can_go_back => return Ok(Ended::Back),
                key => edited.press(&key),
            }
        }
    }
}

/// Asks for yes or no. None if the person goes back.
pub(super) fn confirm(question: &str, default: bool, can_go_back: bool) -> Result<Option<bool>, Cancelled> {
    let default = if default { "y" } else { "n" };
    let prompt = format!("{question} [{}]", if can_go_back { "y/n/back" } else { "y/n" });
    let line = Line { prompt: &prompt, default: Some(default.to_owned()), initial: String::new(), can_go_back };
    line.ask(|text| match text.trim().to_lowercase().as_str() {
        "" => Ok(default == "y"),
        "y" | "yes" => Ok(true),
        "n" | "no" => Ok(false),
        _ => Err("type `y` or `n`".to_owned()),
    })
}

impl Edited {
    fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        Self { cursor: chars.len(), chars, first: 0 }
    }

    fn text(&self) -> String {
        self.chars.iter().collect()
    }

    fn press(&mut self, key: &Key) {
        match key {
            Key::Char('\u{15}') => drop(self.chars.drain(..std::mem::take(&mut self.cursor))),
            Key::Char('\u{17}') => {
                let before = &self.chars[..self.cursor];
                let word = before.iter().rposition(|char| !char.is_whitespace()).unwrap_or(0);
                let start = before[..word].iter().rposition(|char| char.is_whitespace()).map_or(0, |at| at + 1);
                self.chars.drain(start..self.cursor);
                self.cursor = start;
            }
            Key::Char(char) if !char.is_control() => {
                self.chars.insert(self.cursor, *char);
                self.cursor += 1;
            }
            Key::Backspace if self.cursor > 0 => {
                self.cursor -= 1;
                self.chars.remove(self.cursor);
            }
            Key::Del if self.cursor < self.chars.len() => drop(self.chars.remove(self.cursor)),
            Key::ArrowLeft => self.cursor = self.cursor.saturating_sub(1),
            Key::ArrowRight => self.cursor = (self.cursor + 1).min(self.chars.len()),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = self.chars.len(),
            _ => {}
        }
    }

    /// The part that fits, with the column of the cursor in it.
    fn visible(&mut self, room: usize) -> (String, usize) {
        let drawn = |chars: &[char]| shown(&chars.iter().collect::<String>()).into_owned();
        let fits = |from: usize, to: usize| width(&drawn(&self.chars[from..to])) < room;
        let mut first = if fits(0, self.chars.len()) { 0 } else { self.first.min(self.cursor) };
        while first < self.cursor && !fits(first, self.cursor) {
            first += 1;
        }
        let mut end = self.cursor;
        while end < self.chars.len() && fits(first, end + 1) {
            end += 1;
        }
        self.first = first;
        (drawn(&self.chars[first..end]), width(&drawn(&self.chars[first..self.cursor])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[Key]) -> Edited {
        let mut edited = Edited::default();
        for key in keys {
            edited.press(key);
        }
        edited
    }

    #[test]
    fn keys_edit_the_text() {
        let mut edited = Edited::new("one twoo");
        for key in [Key::Backspace, Key::Home, Key::Char('a'), Key::ArrowRight, Key::Del, Key::End, Key::Char('!')] {
            edited.press(&key);
        }
        assert_eq!(edited.text(), "aoe two!");
        edited.press(&Key::Char('\u{17}'));
        assert_eq!(edited.text(), "aoe ");
        edited.press(&Key::Char('\u{15}'));
        assert_eq!(edited.text(), "");
        assert_eq!(typed(&[Key::Backspace, Key::Del, Key::ArrowLeft, Key::Char('\u{1b}'), Key::Char('é')]).text(), "é");
    }

    #[test]
    fn the_cursor_is_always_visible() {
        for text in [
            "a short text",
            "日本語のタイトル、とても長いタイトルです",
            "🦀 and a text that is much longer than the room for it",
        ] {
            let mut edited = Edited::new(text);
            let mut keys = vec![Key::ArrowLeft; 70];
            keys.extend(vec![Key::ArrowRight; 70]);
            for key in keys {
                for room in [4, 10, 20, 60] {
                    let (visible, cursor) = edited.visible(room);
                    assert!(cursor < room && width(&visible) < room, "{room}: `{visible}` {cursor}");
                }
                edited.press(&key);
            }
            assert_eq!(edited.text(), text);
        }
    }
}
