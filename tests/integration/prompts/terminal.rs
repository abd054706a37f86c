//! A pseudo-terminal in which the command runs, with key presses.

use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use expectrl::process::Termios;
use expectrl::process::unix::{Signal, WaitStatus};
use expectrl::session::OsSession;
use expectrl::{Eof, Expect, Needle, Regex};

use super::super::support::Workspace;
use super::screen;

/// The timeout of every wait. Reached only if something is wrong.
const PATIENCE: Duration = Duration::from_mins(2);

/// The rows of the terminal.
const ROWS: u16 = 50;

/// The question about the plan.
pub(crate) const PLAN: &str = "Your plan on the Hub";

/// The key that goes down in a list.
pub(crate) const DOWN: &str = "\u{1b}[B";

/// The key that goes back.
pub(crate) const ESCAPE: &str = "\u{1b}";

/// The key that removes what is typed.
pub(crate) const ERASE: &str = "\u{15}";

/// Two terminals that are opened at the same time would inherit each other's ends.
static OPENING: Mutex<()> = Mutex::new(());

/// A command that runs in a terminal.
pub(crate) struct Terminal {
    session: OsSession,
    /// The output that was examined so far.
    seen: String,
    columns: usize,
}

/// A command that has ended.
pub(crate) struct Ended {
    pub(crate) code: i32,
    /// The whole output, with its control sequences.
    pub(crate) screen: String,
    columns: usize,
    /// Whether the terminal echoes typed text, as before.
    pub(crate) echoes: bool,
}

impl Terminal {
    /// Starts the command. Without colour the prompts are easier to read.
    pub(crate) fn start(workspace: &Workspace, words: &[&str]) -> Self {
        let mut command = workspace.command();
        command.args(words).args(["--color", "never"]);
        Self::run(&command)
    }

    /// The same in a terminal of another width.
    pub(crate) fn start_at(columns: usize, workspace: &Workspace, words: &[&str]) -> Self {
        let mut command = workspace.command();
        command.args(words).args(["--color", "never"]);
        Self::run_at(columns, &command)
    }

    /// Starts a command with all its streams in the terminal.
    pub(crate) fn run(command: &Command) -> Self {
        Self::run_at(160, command)
    }

    /// The same in a terminal of a width.
    pub(crate) fn run_at(columns: usize, command: &Command) -> Self {
        // A new terminal does not echo; those that people use do echo.
        let mut shell = Command::new("sh");
        let set = format!(
            "stty echo && until [ \"$(stty size)\" = '{ROWS} {columns}' ]; do sleep 0.01; done; exec \"$0\" \"$@\""
        );
        shell.args(["-c", &set]).arg(command.get_program()).args(command.get_args());
        if let Some(folder) = command.get_current_dir() {
            shell.current_dir(folder);
        }
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        shell.stdin(Stdio::inherit()).env("TERM", "xterm-256color");
        let opening = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
        let mut session = OsSession::spawn(shell).unwrap();
        drop(opening);
        session.set_expect_timeout(Some(PATIENCE));
        session.get_process_mut().set_window_size(u16::try_from(columns).unwrap(), ROWS).unwrap();
        Self { session, seen: String::new(), columns }
    }

    #[track_caller]
    fn wait_for(&mut self, needle: impl Needle, what: &str) -> String {
        let found = self.session.expect(needle);
        let found = found.unwrap_or_else(|error| {
            let rest = self.session.check(Regex("(?s).+")).map(|rest| rest.as_bytes().to_vec()).unwrap_or_default();
            panic!("no {what}: {error}, after:\n{}{}", plain(&self.seen), plain(&String::from_utf8_lossy(&rest)))
        });
        self.seen.push_str(&String::from_utf8_lossy(found.as_bytes()));
        String::from_utf8_lossy(found.get(1).unwrap_or_default()).into_owned()
    }

    /// Waits until a text is printed.
    #[track_caller]
    pub(crate) fn expect(&mut self, text: &str) -> &mut Self {
        self.wait_for(text, &format!("`{text}`"));
        self
    }

    /// Presses keys.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        self.session.send(keys).unwrap();
        self
    }

    /// Waits for a question and types an answer.
    #[track_caller]
    pub(crate) fn answer(&mut self, prompt: &str, text: &str) -> &mut Self {
        self.expect(prompt).press(text).press("\r")
    }

    /// Waits for a list and moves down it to the entry that starts with a text.
    #[track_caller]
    pub(crate) fn choose(&mut self, prompt: &str, wanted: &str) -> &mut Self {
        self.expect(prompt);
        for _ in 0..100 {
            let entry = self.wait_for(Regex(r"> ([^\r\n]*)\r\n"), "entry of a list");
            if entry.starts_with(wanted) {
                return self.press("\r");
            }
            self.press(DOWN);
        }
        panic!("no entry `{wanted}` in:\n{}", plain(&self.seen));
    }

    /// Types a word that filters a list, and takes the best match, whose line is expected.
    #[track_caller]
    pub(crate) fn filter(&mut self, prompt: &str, word: &str, line: &str) -> &mut Self {
        self.expect(prompt).press(word).expect(&format!("{word}|")).expect(&format!("> {line}")).press("\r")
    }

    /// The lines that a person sees now.
    pub(crate) fn lines(&self) -> Vec<String> {
        screen::lines(&self.seen, self.columns, ROWS.into())
    }

    /// Presses Ctrl-C.
    pub(crate) fn interrupt(&mut self) -> &mut Self {
        self.press("\u{3}")
    }

    /// Sends the signal of Ctrl-C, as another process may.
    pub(crate) fn signal(&mut self) -> &mut Self {
        self.session.get_process_mut().kill(Signal::SIGINT).unwrap();
        self
    }

    /// Waits for the end.
    #[track_caller]
    pub(crate) fn end(mut self) -> Ended {
        self.wait_for(Eof, "end");
        let code = match self.session.get_process().wait().unwrap() {
            WaitStatus::Exited(_, code) => code,
            other => panic!("it ended with {other:?}, after:\n{}", plain(&self.seen)),
        };
        let echoes = self.session.is_echo().unwrap();
        Ended { code, screen: std::mem::take(&mut self.seen), columns: self.columns, echoes }
    }
}

impl Ended {
    /// The lines that a person sees at the end, with those that have scrolled away.
    pub(crate) fn lines(&self) -> Vec<String> {
        screen::lines(&self.screen, self.columns, ROWS.into())
    }

    /// The output without control sequences.
    pub(crate) fn text(&self) -> String {
        plain(&self.screen)
    }

    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{}", self.text());
        self
    }

    /// Whether the cursor is visible: the last control sequence counts.
    pub(crate) fn shows_cursor(&self) -> bool {
        self.screen.rfind("\u{1b}[?25l") <= self.screen.rfind("\u{1b}[?25h")
    }

    /// The command line that repeats the run without prompts.
    #[track_caller]
    pub(crate) fn repeat(&self) -> String {
        let text = self.text();
        let (_, rest) = text.split_once("To repeat without prompts:").expect("no line to repeat it");
        rest.trim().lines().next().unwrap().to_owned()
    }
}

/// A text without control sequences and carriage returns.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text.chars();
    while let Some(char) = rest.next() {
        match char {
            '\u{1b}' => drop(rest.by_ref().skip_while(|c| *c == '[').find(|c| c.is_ascii_alphabetic())),
            '\r' => {}
            other => plain.push(other),
        }
    }
    plain
}
