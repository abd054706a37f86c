//! What a terminal shows for an output: a small model of one, with the control sequences that the command uses.

/// The lines of a terminal, with those that have scrolled away, without blanks at the end.
pub(crate) fn lines(output: &str, columns: usize, rows: usize) -> Vec<String> {
    let mut screen = Screen { columns, rows, cells: vec![Vec::new()], row: 0, column: 0 };
    let mut rest = output.chars().peekable();
    while let Some(char) = rest.next() {
        match char {
            '\u{1b}' => {
                assert_eq!(rest.next(), Some('['), "an unknown sequence in {output:?}");
                let mut arguments = String::new();
                let end = loop {
                    match rest.next() {
                        Some(char) if char.is_ascii_alphabetic() => break char,
                        Some(char) => arguments.push(char),
                        None => return screen.text(),
                    }
                };
                screen.control(&arguments, end);
            }
            '\r' => screen.column = 0,
            '\n' => screen.down(),
            // The second part of an emoji that was drawn already
            '\u{fe0f}' | '\u{200d}' => {}
            char => screen.put(char),
        }
    }
    screen.text()
}

struct Screen {
    columns: usize,
    rows: usize,
    cells: Vec<Vec<char>>,
    row: usize,
    /// One past the last column means that the next character wraps.
    column: usize,
}

impl Screen {
    fn put(&mut self, char: char) {
        let width = if matches!(char, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{9fff}' | '\u{1f300}'..='\u{1faff}') {
            2
        } else {
            1
        };
        if self.column + width > self.columns {
            self.down();
            self.column = 0;
        }
        let line = &mut self.cells[self.row];
        line.resize(line.len().max(self.column + width), ' ');
        line[self.column] = char;
        if width == 2 {
            line[self.column + 1] = '\0';
        }
        self.column += width;
    }

    fn down(&mut self) {
        self.row += 1;
        if self.row == self.cells.len() {
            self.cells.push(Vec::new());
        }
    }

    fn control(&mut self, arguments: &str, end: char) {
        let number = arguments.parse::<usize>().unwrap_or(0);
        let count = number.max(1);
        let top = self.cells.len().saturating_sub(self.rows);
        match end {
            'A' => self.row = self.row.saturating_sub(count).max(top),
            'B' => self.row = (self.row + count).min(self.cells.len() - 1),
            'C' => self.column = (self.column + count).min(self.columns - 1),
            'D' => self.column = self.column.min(self.columns - 1).saturating_sub(count),
            'K' if number == 2 => self.cells[self.row].clear(),
            'K' => self.cells[self.row].truncate(self.column),
            'J' => {
                self.cells[self.row].truncate(self.column);
                self.cells.truncate(self.row + 1);
            }
            'm' | 'h' | 'l' => {}
            other => panic!("the model does not know `{arguments}{other}`"),
        }
    }

    fn text(&self) -> Vec<String> {
        let line = |cells: &Vec<char>| cells.iter().filter(|char| **char != '\0').collect::<String>();
        let mut lines: Vec<String> = self.cells.iter().map(line).map(|line| line.trim_end().to_owned()).collect();
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        lines
    }
}

#[test]
fn the_model_wraps_clears_and_moves() {
    assert_eq!(lines("abcdef\r\n", 4, 9), ["abcd", "ef"]);
    assert_eq!(lines("abcd\r\nx", 4, 9), ["abcd", "x"], "a full line is not followed by an empty one");
    assert_eq!(lines("one\r\ntwo\u{1b}[1A\r\u{1b}[2Knew\u{1b}[1B\rTWO", 9, 9), ["new", "TWO"]);
    assert_eq!(lines("a\r\nb\r\nc\u{1b}[9A\rX", 9, 2), ["a", "X", "c"], "what has scrolled away stays");
    assert_eq!(lines("🦀ab", 3, 9), ["🦀a", "b"]);
}
