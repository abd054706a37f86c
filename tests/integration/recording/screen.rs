//! The rows of a terminal that only prints: text, colours, line breaks.

/// The columns of the terminal.
pub(super) const COLUMNS: usize = 100;

/// How a text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) is_bold: bool,
    /// The number of a colour of the terminal, from 0 (black) to 15 (bright white).
    pub(super) color: Option<u8>,
}

/// A text with one look, in one row.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) column: usize,
    pub(super) text: String,
    pub(super) look: Look,
}

/// The rows that a text with control sequences fills, without empty ones at its end.
pub(super) fn rows(text: &str) -> Vec<Vec<Run>> {
    let mut rows: Vec<Vec<(char, Look)>> = vec![Vec::new()];
    let mut look = Look::default();
    let mut rest = text.chars();
    while let Some(char) = rest.next() {
        match char {
            '\u{1b}' => {
                let sequence: String = rest.by_ref().take_while(|char| !char.is_ascii_alphabetic()).collect();
                look = look.after(sequence.trim_start_matches('['));
            }
            '\r' => {}
            '\n' => rows.push(Vec::new()),
            char => {
                if rows.last().is_some_and(|row| row.len() == COLUMNS) {
                    rows.push(Vec::new());
                }
                rows.last_mut().unwrap().push((char, look));
            }
        }
    }
    while rows.last().is_some_and(Vec::is_empty) {
        rows.pop();
    }
    rows.iter().map(|row| runs(row)).collect()
}

impl Look {
    /// After a sequence that sets colours; others are not printed here.
    fn after(mut self, parameters: &str) -> Self {
        for number in parameters.split(';').map(|number| number.parse::<u8>().unwrap_or_default()) {
            match number {
                0 => self = Self::default(),
                1 => self.is_bold = true,
                22 => self.is_bold = false,
                30..=37 => self.color = Some(number - 30),
                39 => self.color = None,
                90..=97 => self.color = Some(number - 82),
                _ => {}
            }
        }
        self
    }
}

fn runs(row: &[(char, Look)]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (column, (char, look)) in row.iter().enumerate() {
        match runs.last_mut().filter(|run| run.look == *look) {
            Some(run) => run.text.push(*char),
            None => runs.push(Run { column, text: char.to_string(), look: *look }),
        }
    }
    runs
}

#[test]
fn colours_and_line_breaks_are_read() {
    let red = Look { is_bold: true, color: Some(9) };
    let expected = [
        vec![
            Run { column: 0, text: "error".to_owned(), look: red },
            Run { column: 5, text: ": x".to_owned(), look: Look::default() },
        ],
        vec![],
        vec![Run { column: 0, text: "y".to_owned(), look: Look::default() }],
    ];
    assert_eq!(rows("\u{1b}[1m\u{1b}[91merror\u{1b}[0m: x\r\n\r\ny\r\n"), expected);
    assert_eq!(rows(&"x".repeat(COLUMNS + 1)).len(), 2);
}
