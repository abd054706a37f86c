//! Splits shell text into simple commands, each with its words and their places.
//!
//! Not a shell: nothing is expanded, and the inside of `$(...)` stays one word. That is enough to see which programs run
//! with which arguments.

use std::borrow::Cow;
use std::ops::Range;

use super::guards::{self, Part};
use super::model::Word;

/// A simple command: its words, without leading assignments.
#[derive(Debug, Clone)]
pub(crate) struct Command<'t> {
    /// `NAME=value` before the command.
    pub(crate) assignments: Vec<ShellWord<'t>>,
    /// The program and its arguments. May be empty.
    pub(crate) words: Vec<ShellWord<'t>>,
    is_conditional: bool,
    may_fail: bool,
}

/// A word of a command.
#[derive(Debug, Clone)]
pub(crate) struct ShellWord<'t> {
    /// The text without its quotes.
    pub(crate) text: Cow<'t, str>,
    /// Whether a part of it is quoted or would be expanded by the shell.
    pub(crate) literal: bool,
    /// With its quotes.
    pub(crate) range: Range<usize>,
}

impl<'t> Command<'t> {
    /// Whether it may not run: it stands behind `||` or a test, or inside an `if`, a loop, a `case` or a function.
    pub(crate) fn is_conditional(&self) -> bool {
        self.is_conditional
    }

    /// Whether it certainly runs, and stops the text if it fails: not before `|| true`, nor before another line without `set -e`.
    pub(crate) fn must_succeed(&self) -> bool {
        !self.is_conditional && !self.may_fail
    }

    pub(super) fn set_certainty(&mut self, is_conditional: bool, may_fail: bool) {
        self.is_conditional = is_conditional;
        self.may_fail = may_fail;
    }

    /// The program without its folder, as in `pip` for `/usr/bin/pip`; `sudo`, `env`, `exec` and the like are skipped.
    pub(crate) fn program(&self) -> Option<&str> {
        self.argv().first().map(|word| word.text.rsplit('/').next().unwrap_or(&word.text))
    }

    /// The words from the program on.
    pub(crate) fn argv(&self) -> &[ShellWord<'t>] {
        const WRAPPERS: [&str; 10] = ["sudo", "env", "exec", "command", "nohup", "time", "then", "do", "else", "!"];
        let wrapped = self.words.iter().take_while(|word| {
            WRAPPERS.contains(&&*word.text)
                || matches!(&*word.text, "if" | "elif" | "while" | "until" | "{" | "(")
                || is_assignment(&word.text)
        });
        &self.words[wrapped.count()..]
    }

    /// Whether one of the arguments is this one.
    pub(crate) fn has(&self, argument: &str) -> bool {
        self.argv().iter().skip(1).any(|word| word.text == argument)
    }

    /// The value of `--name value` or `--name=value`, for the name that occurs first.
    pub(crate) fn option(&self, names: &[&str]) -> Option<(Cow<'_, str>, Range<usize>)> {
        let argv = self.argv();
        for (index, word) in argv.iter().enumerate().skip(1) {
            for name in names {
                if word.text == *name {
                    return argv.get(index + 1).map(|value| (value.text.clone(), value.range.clone()));
                }
                if let Some(value) = word.text.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')) {
                    let start = word.range.end.saturating_sub(value.len()).max(word.range.start);
                    return Some((Cow::Owned(value.to_owned()), start..word.range.end));
                }
            }
        }
        None
    }

    /// The value of an option in a long form, as in `--uid 1000`, or in its short form, also at the end of a cluster, as in
    /// `-mu 1000`, or joined to it, as in `-u1000`.
    pub(crate) fn value(&self, short: char, long: &[&str]) -> Option<String> {
        if let Some((value, _)) = self.option(long) {
            return Some(value.into_owned());
        }
        let argv = self.argv();
        argv.iter().enumerate().skip(1).find_map(|(index, word)| {
            let cluster = word.text.strip_prefix('-').filter(|rest| !rest.starts_with('-'))?;
            let (before, joined) = cluster.split_once(short)?;
            if !before.chars().all(|char| char.is_ascii_alphabetic()) {
                return None;
            }
            if joined.is_empty() {
                argv.get(index + 1).map(|word| word.text.to_string())
            } else {
                Some(joined.to_owned())
            }
        })
    }

    /// The bytes that the words span.
    pub(crate) fn range(&self) -> Range<usize> {
        let words = self.assignments.iter().chain(&self.words);
        let start = words.clone().map(|word| word.range.start).min().unwrap_or(0);
        start..words.map(|word| word.range.end).max().unwrap_or(start)
    }
}

/// The commands of an exec form. The text after a shell's `-c` is split, with the whole array as its place.
pub(crate) fn exec<'t>(words: &[Word<'t>]) -> Vec<Command<'t>> {
    let shell = words.first().is_some_and(|word| {
        matches!(word.text.rsplit('/').next().unwrap_or_default(), "sh" | "bash" | "ash" | "dash" | "zsh")
    });
    if let Some(script) = script(words).filter(|_| shell) {
        return owned_commands(&script.text, &script.range);
    }
    let words =
        words.iter().map(|word| ShellWord { text: word.text.clone(), literal: true, range: word.range.clone() });
    vec![Command { assignments: Vec::new(), words: words.collect(), is_conditional: false, may_fail: false }]
}

/// The text after a shell's `-c`.
fn script<'w, 't>(words: &'w [Word<'t>]) -> Option<&'w Word<'t>> {
    words.get(text_of_shell(words.iter().map(|word| &*word.text))?)
}

/// The index of the text after a shell's `-c`, also in a cluster as `-euxc`. Long options such as `--norc` are skipped.
pub(crate) fn text_of_shell<'w>(words: impl Iterator<Item = &'w str>) -> Option<usize> {
    let mut words = words.enumerate().skip(1);
    while let Some((_, word)) = words.next() {
        let cluster = match word {
            "--rcfile" | "--init-file" => {
                words.next();
                continue;
            }
            text if text.starts_with("--") => continue,
            text => text.strip_prefix(['-', '+'])?,
        };
        if cluster.contains('o') {
            words.next();
        }
        if cluster.contains('c') {
            return words.next().map(|(at, _)| at);
        }
    }
    None
}

/// Commands of a text that is escaped in the file, so that only the whole text has a place.
fn owned_commands<'t>(script: &str, range: &Range<usize>) -> Vec<Command<'t>> {
    let own = |word: ShellWord<'_>| ShellWord {
        text: Cow::Owned(word.text.into_owned()),
        literal: word.literal,
        range: range.clone(),
    };
    let commands = commands(script, 0).into_iter();
    commands
        .map(|command| Command {
            assignments: command.assignments.into_iter().map(own).collect(),
            words: command.words.into_iter().map(own).collect(),
            is_conditional: command.is_conditional,
            may_fail: command.may_fail,
        })
        .collect()
}

/// The simple commands of a text whose first byte is at `offset` in the file.
pub(crate) fn commands(text: &str, offset: usize) -> Vec<Command<'_>> {
    let mut splitter = Splitter { text, offset, at: 0, commands: Vec::new(), words: Vec::new(), parts: Vec::new() };
    splitter.run();
    guards::mark(&mut splitter.commands, &splitter.parts);
    splitter.commands
}

/// `NAME=...`
fn is_assignment(text: &str) -> bool {
    text.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && !name.starts_with(|char: char| char.is_ascii_digit())
            && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
    })
}

struct Splitter<'t> {
    text: &'t str,
    offset: usize,
    at: usize,
    commands: Vec<Command<'t>>,
    words: Vec<ShellWord<'t>>,
    /// The commands and what stands between them.
    parts: Vec<Part>,
}

impl<'t> Splitter<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn run(&mut self) {
        while let Some(char) = self.rest().chars().next() {
            match char {
                ' ' | '\t' | '\r' => self.at += 1,
                '\\' if self.continuation() > 0 => self.at += self.continuation(),
                '#' => self.at += self.rest().find('\n').unwrap_or(self.rest().len()),
                '&' if self.rest().starts_with("&>") => self.redirection(),
                '\n' | ';' | '&' | '|' | '(' | ')' => self.separator(),
                _ => self.word(),
            }
        }
        self.finish();
    }

    fn separator(&mut self) {
        let rest = self.rest();
        let (part, length) = match rest.as_bytes() {
            [b'|', b'|', ..] => (Part::Or, 2),
            [b'&', b'&', ..] => (Part::And, 2),
            [b'|', b'&', ..] => (Part::Pipe, 2),
            [b'|', ..] => (Part::Pipe, 1),
            [b'&', ..] => (Part::Background, 1),
            [b'(', ..] => (Part::Open, 1),
            [b')', ..] => (Part::Close, 1),
            _ => (Part::Next, 1),
        };
        self.at += length;
        self.finish();
        self.parts.push(part);
    }

    fn finish(&mut self) {
        if self.words.is_empty() {
            return;
        }
        let mut words = std::mem::take(&mut self.words);
        let count = words.iter().take_while(|word| is_assignment(&word.text)).count();
        let rest = words.split_off(count);
        self.parts.push(Part::Command(self.commands.len()));
        self.commands.push(Command { assignments: words, words: rest, is_conditional: false, may_fail: false });
    }

    /// The length of a backslash at the end of a line, with comment lines after it, as Docker drops them.
    fn continuation(&self) -> usize {
        let Some(after) = self.rest().strip_prefix('\\') else { return 0 };
        let blanks = after.len() - after.trim_start_matches([' ', '\t', '\r']).len();
        let Some(mut next) = after[blanks..].strip_prefix('\n') else { return 0 };
        while next.trim_start_matches([' ', '\t']).starts_with('#') {
            next = next.split_once('\n').map_or("", |(_, later)| later);
        }
        self.rest().len() - next.len()
    }

    fn word(&mut self) {
        let start = self.at;
        let mut text = String::new();
        let mut literal = true;
        while let Some(char) = self.rest().chars().next() {
            match char {
                ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | '(' | ')' => break,
                '\\' if self.continuation() > 0 => self.at += self.continuation(),
                '\\' => {
                    literal = false;
                    self.at += 1;
                    let escaped = self.rest().chars().next().unwrap_or('\\');
                    text.push(escaped);
                    self.at += if self.rest().is_empty() { 0 } else { escaped.len_utf8() };
                }
                '\'' | '"' => {
                    literal = false;
                    self.quoted(char, &mut text);
                }
                '$' | '`' => {
                    literal = false;
                    let length = substitution(self.rest());
                    text.push_str(&self.rest()[..length]);
                    self.at += length;
                }
                '>' | '<' => {
                    self.redirection();
                    if text.chars().all(|char| char.is_ascii_digit()) {
                        return;
                    }
                    break;
                }
                other => {
                    text.push(other);
                    self.at += other.len_utf8();
                }
            }
        }
        let range = start + self.offset..self.at + self.offset;
        let plain = &self.text[start..self.at];
        let text = if plain == text { Cow::Borrowed(plain) } else { Cow::Owned(text) };
        self.words.push(ShellWord { text, literal, range });
    }

    /// `> file`, `2>&1`, `<<EOF`: not part of the command's words.
    fn redirection(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start_matches(['>', '<', '&', '-']).len();
        self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t']).len();
        let end = self.rest().find([' ', '\t', '\n', ';', '&', '|', ')']).unwrap_or(self.rest().len());
        self.at += end;
    }

    fn quoted(&mut self, quote: char, text: &mut String) {
        self.at += 1;
        while let Some(char) = self.rest().chars().next() {
            if char == quote {
                self.at += 1;
                return;
            }
            if quote == '"' && char == '\\' && self.continuation() > 0 {
                self.at += self.continuation();
                continue;
            }
            if quote == '"' && (char == '$' || char == '`') {
                let length = substitution(self.rest());
                text.push_str(&self.rest()[..length]);
                self.at += length;
                continue;
            }
            if quote == '"' && char == '\\' {
                let next = self.rest()[1..].chars().next();
                if let Some(next @ ('"' | '\\' | '$' | '`')) = next {
                    text.push(next);
                    self.at += 2;
                    continue;
                }
            }
            text.push(char);
            self.at += char.len_utf8();
        }
    }
}

/// The length of the substitution that a text with `$` or a backquote at its beginning starts with.
fn substitution(text: &str) -> usize {
    if let Some(rest) = text.strip_prefix('`') {
        return rest.find('`').map_or(text.len(), |end| end + 2);
    }
    let (open, close) = match text.as_bytes().get(1) {
        Some(b'(') => ('(', ')'),
        Some(b'{') => ('{', '}'),
        _ => return 1,
    };
    let mut depth = 0_usize;
    for (at, char) in text.char_indices().skip(1) {
        if char == open {
            depth += 1;
        } else if char == close {
            depth -= 1;
            if depth == 0 {
                return at + 1;
            }
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_has_its_value_in_four_forms() {
        let value = |line: &str| commands(line, 0)[0].value('u', &["--uid"]);
        for line in ["useradd --uid 1000 a", "useradd --uid=1000 a", "useradd -mu 1000 a", "useradd -u1000 a"] {
            assert_eq!(value(line).as_deref(), Some("1000"), "{line}");
        }
        for line in ["useradd a", "useradd -m a-u 1000", "useradd -d=u 1000", "useradd -u", "-u 1000"] {
            assert_eq!(value(line), None, "{line}");
        }
    }

    #[test]
    fn the_text_of_a_shell_is_behind_its_c() {
        let program = |line: &str| {
            let word = |text: &&str| Word { text: Cow::Owned((*text).replace('_', " ")), range: 0..0 };
            let words: Vec<_> = line.split(' ').collect::<Vec<_>>().iter().map(word).collect();
            exec(&words).first().and_then(|command| command.program().map(str::to_owned))
        };
        for line in
            ["sh -c serve_x", "bash -lc serve_x", "/bin/bash --norc -euo pipefail -c serve_x", "bash -eoc x serve_y"]
        {
            assert_eq!(program(line).as_deref(), Some("serve"), "{line}");
        }
        for line in ["bash --norc start.sh", "bash start.sh -c x", "sh start.sh", "bash --rcfile -c start.sh", "sh -c"]
        {
            assert!(matches!(program(line).as_deref(), Some("bash" | "sh")), "{line}");
        }
    }
}
