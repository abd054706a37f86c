//! Which commands of a shell text certainly run, and whose failure stops it.
//!
//! Not a shell: lists, groups, `if`, loops, `case` and functions are followed as far as their words show them.

use super::shell::Command;

/// A part of a shell text: a command, by its position, or what stands between commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Command(usize),
    And,
    Or,
    Pipe,
    Background,
    /// `;` or the end of a line.
    Next,
    Open,
    Close,
}

/// A compound command that has begun.
#[derive(Default)]
struct Frame {
    /// What is inside may not run.
    is_conditional: bool,
    /// The condition of an `if` or a loop: a failure is an answer.
    is_condition: bool,
    is_case: bool,
    /// The first command of the current list.
    list: usize,
    /// The first command of the current pipeline.
    pipeline: usize,
    /// Whether the list has ended, and the next command begins another one.
    has_ended: bool,
    /// Whether the next command only runs if one before it fails.
    after_or: bool,
    /// Whether the next command only runs if a test before it succeeds.
    after_test: bool,
}

#[derive(Default)]
struct Marks {
    frames: Vec<Frame>,
    conditional: Vec<bool>,
    /// Commands whose failure is handled or has no effect, as ranges.
    may_fail: Vec<(usize, usize)>,
    /// `set -e`.
    stops_at_failure: bool,
    last_is_test: bool,
}

/// Marks the commands of a text.
pub(super) fn mark(commands: &mut [Command<'_>], parts: &[Part]) {
    let mut marks = Marks { frames: vec![Frame::default()], ..Marks::default() };
    let mut function = false;
    for (at, part) in parts.iter().enumerate() {
        match *part {
            Part::Command(index) => {
                marks.command(&commands[index], index, function);
                function = false;
            }
            Part::Open => marks.open(false),
            Part::Close => {
                // `name()` begins a function, which may not be called
                function = at > 0 && parts[at - 1] == Part::Open;
                marks.close();
            }
            operator => marks.operator(operator, marks.conditional.len()),
        }
    }
    let mut depth = vec![0_i64; commands.len() + 1];
    for (start, end) in marks.may_fail {
        depth[start] += 1;
        depth[end] -= 1;
    }
    let mut open = 0;
    for (index, command) in commands.iter_mut().enumerate() {
        open += depth[index];
        command.set_certainty(marks.conditional[index], open > 0);
    }
}

impl Marks {
    fn top(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn open(&mut self, conditional: bool) {
        let index = self.conditional.len();
        self.begin_list(index);
        let top = self.top();
        let is_conditional = conditional || top.is_conditional || top.after_or || top.after_test;
        self.frames.push(Frame { is_conditional, list: index, pipeline: index, ..Frame::default() });
    }

    fn close(&mut self) {
        // The end of a pattern of `case`
        if !self.top().is_case && self.frames.len() > 1 {
            self.frames.pop();
        }
    }

    /// Begins a new list, if the last one has ended: without `set -e` its failure has no effect.
    fn begin_list(&mut self, index: usize) {
        let stops = self.stops_at_failure;
        let top = self.top();
        if top.has_ended {
            let ended = (top.list, index);
            top.list = index;
            top.pipeline = index;
            top.has_ended = false;
            if !stops {
                self.may_fail.push(ended);
            }
        }
    }

    fn command(&mut self, command: &Command<'_>, index: usize, function: bool) {
        let mut is_negated = false;
        let mut words = command.words.iter().map(|word| &*word.text).peekable();
        while let Some(word) = words.peek().copied() {
            match word {
                "if" | "while" | "until" | "for" | "select" => {
                    self.open(false);
                    self.top().is_condition = true;
                }
                "case" => {
                    self.open(true);
                    self.top().is_case = true;
                }
                "{" => self.open(function),
                "then" | "else" | "do" | "elif" => {
                    let top = self.top();
                    top.is_conditional = true;
                    *top = Frame {
                        is_conditional: true,
                        is_condition: word == "elif",
                        list: index,
                        pipeline: index,
                        ..Frame::default()
                    };
                }
                "fi" | "done" | "esac" | "}" => {
                    if self.frames.len() > 1 {
                        self.frames.pop();
                    }
                }
                "!" => is_negated = true,
                _ => break,
            }
            words.next();
            if matches!(word, "for" | "select" | "case") {
                break;
            }
        }
        let is_empty = words.peek().is_none();
        if !is_empty {
            self.begin_list(index);
        }
        let top = self.top();
        let is_conditional = top.is_conditional || top.after_or || top.after_test;
        let may_fail = top.is_condition || is_negated;
        self.conditional.push(is_conditional);
        if may_fail {
            self.may_fail.push((index, index + 1));
        }
        self.last_is_test = is_negated || is_test(command);
        self.stops_at_failure |= stops_at_failure(command);
    }

    /// An operator after `index` commands.
    fn operator(&mut self, operator: Part, index: usize) {
        let last_is_test = self.last_is_test;
        let top = self.top();
        match operator {
            Part::And => {
                // `a || b && c` runs `c` in both cases
                top.after_test = last_is_test || (top.after_test && !top.after_or);
                top.after_or = false;
                top.pipeline = index;
            }
            Part::Or => {
                top.after_or = true;
                top.pipeline = index;
                let handled = (top.list, index);
                self.may_fail.push(handled);
            }
            Part::Pipe => {
                let piped = (top.pipeline, index);
                top.pipeline = index;
                self.may_fail.push(piped);
            }
            Part::Background | Part::Next => {
                top.has_ended |= index > top.list;
                top.after_or = false;
                top.after_test = false;
                let ended = (top.list, index);
                if operator == Part::Background {
                    self.may_fail.push(ended);
                }
            }
            Part::Command(_) | Part::Open | Part::Close => {}
        }
    }
}

/// Whether a command answers a question by its status.
fn is_test(command: &Command<'_>) -> bool {
    const TESTS: [&str; 21] = [
        "[", "[[", "test", "id", "getent", "grep", "egrep", "fgrep", "which", "type", "hash", "cmp", "diff", "false",
        "awk", "gawk", "expr", "ls", "pgrep", "perl", "stat",
    ];
    // `command -v`, of which `command` is skipped
    command.program().is_some_and(|program| TESTS.contains(&program) || program == "-v")
}

/// `set -e`, `set -eux`, `set -o errexit`.
fn stops_at_failure(command: &Command<'_>) -> bool {
    command.program() == Some("set")
        && command.argv().iter().skip(1).any(|word| {
            word.text == "errexit"
                || (word.text.starts_with('-') && !word.text.starts_with("--") && word.text.contains('e'))
        })
}

#[cfg(test)]
mod tests {
    use super::super::shell::commands;

    /// Whether the command `x` may not run, and whether it stops the text if it fails.
    fn of_x(text: &str) -> (bool, bool) {
        let commands = commands(text, 0);
        let x = commands.iter().find(|command| command.program() == Some("x"));
        x.map(|x| (x.is_conditional(), x.must_succeed())).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn a_command_behind_a_guard_may_not_run() {
        for text in [
            "id -u 1000 || x",
            "id -u 1000 >/dev/null 2>&1 || x",
            "id -u 1000 &>/dev/null || x",
            "getent passwd 1000 || (y && x)",
            "getent passwd 1000 || { y; x; }",
            "if ! id -u 1000; then x; fi",
            "if id a; then y; else x; fi",
            "if id a; then y; elif id b; then y; else\nx\nfi",
            "[ -d /a ] && x",
            "[ -d /a ] && y && x",
            "! id a && x",
            "command -v y && x",
            "for u in a b; do x $u; done",
            "while id a; do x; done",
            "until id a; do x; done",
            "case $a in b) x;; esac",
            "case $a in b) y;; (c) x;; esac; y",
            "f() { x; }; y",
            "y || x || z",
            "[ a ] && y || x",
            "if a; then (x); fi",
        ] {
            assert!(of_x(text).0, "{text}");
        }
        for text in [
            "x",
            "y && x",
            "y; x",
            "y || z; x",
            "y || z && x",
            "if a; then y; fi; x",
            "if a; then y; fi && x",
            "(y; x)",
            "{ y; x; }",
            "case $a in b) y;; esac; x",
            "for a in b; do y; done\nx",
            "f() { y; }; x",
            "[ -d a ] && y; x",
            "y | x",
            "if x; then y; fi",
            "x || y",
        ] {
            assert!(!of_x(text).0, "{text}");
        }
    }

    #[test]
    fn a_failure_is_handled_or_stops_the_text() {
        for text in [
            "x || true",
            "x || :",
            "x 2>/dev/null || true",
            "x && y || true",
            "(x) || true",
            "{ y; x; } || true",
            "x; y",
            "x\ny",
            "if x; then y; fi",
            "if ! x; then y; fi",
            "while x; do y; done",
            "! x",
            "x | y",
            "x &",
            "if a; then x; fi || true",
            "x; set -e; y",
        ] {
            assert!(!of_x(text).1, "{text}");
        }
        for text in [
            "x",
            "x;",
            "x\n",
            "y && x",
            "y; x",
            "y | x",
            "set -e; x; y",
            "set -eux\nx\ny",
            "set -o errexit; x; y",
            "y || true; x",
            "(y; x)",
            "{ y; x; }",
            "x && { y || true; }",
            "x && (y; z)",
        ] {
            assert!(of_x(text).1, "{text}");
        }
    }

    #[test]
    fn any_words_are_marked_without_a_panic() {
        for text in [")", "fi", "} done esac", "( ( (", "case", ";;", "|| &&", "then", "if", "& &", "! !", "f() ) )"] {
            let _ = commands(text, 0);
        }
        let deep = "(a||".repeat(5000) + &")||b".repeat(5000);
        assert_eq!(commands(&deep, 0).len(), 10_000);
    }
}
