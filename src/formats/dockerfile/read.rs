//! From the parser's instructions to stages with states.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use parse_dockerfile as parser;

use super::model::{
    Assignment, Base, CommandLine, Copy, Dockerfile, Flag, Form, From, Instruction, Run, Stage, Step, SyntaxProblem,
    Word,
};
use super::state::State;
use super::{heredoc, run, shell};
use crate::values::BaseImage;

/// A Dockerfile with more instructions, or more text, is not read: each step keeps the state before it.
const MOST_INSTRUCTIONS: usize = 2000;
const LARGEST: usize = 256 * 1024;
/// The same for one with more shell commands, or with longer start commands: many rules follow each of them. Of four hundred
/// Dockerfiles, the one with the most has a fifth.
const MOST_COMMANDS: usize = 4000;
const LONGEST_START: usize = 16 * 1024;

impl<'t> Dockerfile<'t> {
    pub(crate) fn read(text: &'t str) -> Self {
        if text.len() > LARGEST {
            return Self::not_read(text, format!("it is larger than {} KiB", LARGEST >> 10));
        }
        let body = text.strip_prefix(heredoc::BOM).unwrap_or(text);
        let offset = text.len() - body.len();
        let mut reader = Reader { text, offset, globals: State::default(), file: Self::default(), commands: 0 };
        reader.file.text = text;
        match parser::parse_iter(&heredoc::hide(body)) {
            Ok(instructions) => {
                for (count, instruction) in instructions.enumerate() {
                    if count == MOST_INSTRUCTIONS {
                        return Self::not_read(text, format!("it has more than {MOST_INSTRUCTIONS} instructions"));
                    }
                    match instruction {
                        Ok(instruction) => reader.take(instruction),
                        Err(error) => reader.fail(&error),
                    }
                    if reader.commands > MOST_COMMANDS {
                        return Self::not_read(text, format!("it has more than {MOST_COMMANDS} shell commands"));
                    }
                    if reader.file.has_long_start() {
                        let most = LONGEST_START >> 10;
                        return Self::not_read(text, format!("it has a start command of more than {most} KiB"));
                    }
                }
            }
            Err(error) => reader.fail(&error),
        }
        reader.file
    }

    /// The result for a file that was not read.
    fn not_read(text: &'t str, why: String) -> Self {
        Self { text, unread: Some(why), ..Self::default() }
    }

    /// Whether the last instruction is a start command that is too long.
    fn has_long_start(&self) -> bool {
        match self.last_stage().and_then(|stage| stage.steps.last()).map(|step| &step.instruction) {
            Some(Instruction::Cmd(line) | Instruction::Entrypoint(line)) => line.range.len() > LONGEST_START,
            _ => false,
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    /// The offset of the text that the parser sees.
    offset: usize,
    /// The `ARG`s before the first `FROM`.
    globals: State,
    file: Dockerfile<'t>,
    /// The number of shell commands.
    commands: usize,
}

impl<'t> Reader<'t> {
    fn fail(&mut self, error: &parser::Error) {
        let start: usize = self.text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let line = self.text[start..].lines().next().unwrap_or_default();
        let blanks = line.len() - line.trim_start().len();
        let at = start + blanks..start + line.trim_end().len().max(blanks);
        self.file.problem.get_or_insert(SyntaxProblem { message: message(&error.to_string()), at });
    }

    fn span(&self, span: &Range<usize>) -> Range<usize> {
        span.start + self.offset..span.end + self.offset
    }

    fn word(&self, text: parser::UnescapedString<'_>) -> Word<'t> {
        let range = self.span(&text.span);
        let text = match self.text.get(range.clone()) {
            Some(plain) if plain == text.value => Cow::Borrowed(plain),
            _ => Cow::Owned(text.value.into_owned()),
        };
        Word { text, range }
    }

    /// A word of an instruction, without its quotes: builders remove them as a shell does.
    fn bare(&self, text: parser::UnescapedString<'_>) -> Word<'t> {
        let word = self.word(text);
        let (start, end) = (word.range.start, word.range.end);
        let Some(text) = self.text.get(word.range.clone()).filter(|text| text.contains(['"', '\''])) else {
            return word;
        };
        let inner = |quote: char| Some(text.strip_prefix(quote)?.strip_suffix(quote)?).filter(|it| !it.contains(quote));
        // Nothing is expanded between single quotes
        let plain = inner('"').or_else(|| inner('\'').filter(|text| !text.contains('$')));
        match plain {
            _ if text.contains('\\') => word,
            Some(text) => Word { text: Cow::Borrowed(text), range: start + 1..end - 1 },
            None if text.contains('\'') => word,
            None => Word { text: Cow::Owned(text.replace('"', "")), range: word.range },
        }
    }

    fn words<'p>(&self, texts: impl IntoIterator<Item = parser::UnescapedString<'p>>) -> Vec<Word<'t>> {
        texts.into_iter().map(|text| self.word(text)).collect()
    }

    fn flags<'p>(&self, flags: impl IntoIterator<Item = parser::Flag<'p>>) -> Vec<Flag<'t>> {
        let flags = flags
            .into_iter()
            .map(|flag| Flag { name: flag.name.value.into_owned(), value: flag.value.map(|value| self.bare(value)) });
        flags.collect()
    }

    fn line(&self, command: parser::Command<'_>, documents: &[parser::HereDoc<'_>]) -> CommandLine<'t> {
        match command {
            parser::Command::Exec(words) => {
                let range = self.span(&words.span);
                CommandLine { form: Form::Exec(self.words(words.value)), range }
            }
            parser::Command::Shell(text) => {
                let mut range = self.span(&text.span);
                // If a program precedes it, a document is data for that program
                if text.value.trim().is_empty() {
                    range.end =
                        documents.iter().map(|document| document.span.end + self.offset).fold(range.end, usize::max);
                }
                CommandLine { form: Form::Shell(&self.text[range.clone()]), range }
            }
            _ => CommandLine { form: Form::Shell(""), range: 0..0 },
        }
    }

    fn take(&mut self, instruction: parser::Instruction<'_>) {
        if let parser::Instruction::From(from) = instruction {
            self.begin_stage(from);
            return;
        }
        let (keyword, instruction) = self.convert(instruction);
        let keyword = self.span(&keyword);
        if let Instruction::Run(run) = &instruction {
            self.commands += run.commands.len();
        }
        match self.file.stages.last_mut() {
            None => {
                let before = self.globals.clone();
                follow(&instruction, &mut self.globals, &State::default());
                self.file.global_args.push(Step { instruction, keyword, before });
            }
            Some(stage) => {
                let before = stage.end.clone();
                follow(&instruction, &mut stage.end, &self.globals);
                stage.steps.push(Step { instruction, keyword, before });
            }
        }
    }

    fn begin_stage(&mut self, from: parser::FromInstruction<'_>) {
        let image = self.bare(from.image);
        let name = from.as_.map(|(_, name)| self.word(name));
        let start = from.from.span.start + self.offset;
        let end = name.as_ref().map_or(image.range.end, |name| name.range.end);
        let expanded = self.globals.expand(&image.text).filter(|text| !text.is_empty());
        let base = expanded.as_deref().map_or(Base::Unknown, |text| self.base(text));
        let state = match &base {
            Base::Stage(index) => self.file.stages[*index].end.inherited(),
            Base::Image(image) => State::of_image(Some(image), Rc::default()),
            Base::Unknown => State::of_image(None, Rc::new(BTreeMap::new())),
        };
        self.file.stages.push(Stage {
            from: From { range: start..end, image, name },
            base,
            steps: Vec::new(),
            end: state,
        });
    }

    fn base(&self, text: &str) -> Base {
        let named =
            |stage: &Stage<'_>| stage.from.name.as_ref().is_some_and(|name| name.text.eq_ignore_ascii_case(text));
        match self.file.stages.iter().rposition(named) {
            Some(index) => Base::Stage(index),
            None => text.parse().map_or(Base::Unknown, |reference| Base::Image(BaseImage::of(reference))),
        }
    }

    /// The keyword's span and the instruction.
    fn convert(&self, instruction: parser::Instruction<'_>) -> (Range<usize>, Instruction<'t>) {
        use parser::Instruction as From;
        match instruction {
            From::Add(add) => (add.add.span, self.copy(add.options, add.src, add.dest)),
            From::Copy(copy) => (copy.copy.span, self.copy(copy.options, copy.src, copy.dest)),
            From::Arg(arg) => (arg.arg.span, Instruction::Arg(self.assignments(&self.word(arg.arguments), false))),
            From::Env(env) => (env.env.span, Instruction::Env(self.assignments(&self.word(env.arguments), true))),
            From::Cmd(cmd) => (cmd.cmd.span, Instruction::Cmd(self.line(cmd.arguments, &[]))),
            From::Entrypoint(entrypoint) => {
                (entrypoint.entrypoint.span, Instruction::Entrypoint(self.line(entrypoint.arguments, &[])))
            }
            From::Expose(expose) => (
                expose.expose.span,
                Instruction::Expose(expose.arguments.into_iter().map(|port| self.bare(port)).collect()),
            ),
            From::Run(run) => {
                let line = self.line(run.arguments, &run.here_docs);
                let commands = line.commands();
                (run.run.span, Instruction::Run(Run { flags: self.flags(run.options), line, commands }))
            }
            From::User(user) => (user.user.span, Instruction::User(self.bare(user.arguments))),
            From::Workdir(workdir) => (workdir.workdir.span, Instruction::Workdir(self.bare(workdir.arguments))),
            _ => (0..0, Instruction::Other),
        }
    }

    fn copy<'p>(
        &self,
        flags: impl IntoIterator<Item = parser::Flag<'p>>,
        sources: impl IntoIterator<Item = parser::Source<'p>>,
        destination: parser::UnescapedString<'p>,
    ) -> Instruction<'t> {
        let sources = sources.into_iter().filter_map(|source| match source {
            parser::Source::Path(path) => Some(self.bare(path)),
            _ => None,
        });
        let sources = sources.collect();
        Instruction::Copy(Copy { flags: self.flags(flags), sources, destination: self.bare(destination) })
    }

    /// `A=1 B="2 3"`; for `ENV` also the old form `A 1`.
    fn assignments(&self, arguments: &Word<'t>, old_form: bool) -> Vec<Assignment<'t>> {
        let text = &self.text[arguments.range.clone()];
        let commands = shell::commands(text, arguments.range.start);
        let words: Vec<_> =
            commands.iter().flat_map(|command| command.assignments.iter().chain(&command.words)).collect();
        let first_has_value = words.first().is_some_and(|word| word.text.contains('='));
        if old_form && !first_has_value && words.len() > 1 {
            let (name, value) = text.split_at(words[0].range.end - arguments.range.start);
            let start = words[0].range.end + value.len() - value.trim_start().len();
            let value = Word { text: Cow::Borrowed(value.trim()), range: start..start + value.trim().len() };
            let name = Word { text: Cow::Borrowed(name), range: words[0].range.clone() };
            return vec![Assignment { name, value: Some(value) }];
        }
        let assignment = |word: &&shell::ShellWord<'_>| {
            let range = word.range.clone();
            match word.text.split_once('=') {
                None => Assignment { name: Word { text: Cow::Owned(word.text.to_string()), range }, value: None },
                Some((name, value)) => {
                    let middle = range.start + name.len();
                    Assignment {
                        name: Word { text: Cow::Owned(name.to_owned()), range: range.start..middle },
                        value: Some(Word { text: Cow::Owned(value.to_owned()), range: middle + 1..range.end }),
                    }
                }
            }
        };
        words.iter().map(assignment).collect()
    }
}

/// Applies a step's effect to the state for the next one.
fn follow(instruction: &Instruction<'_>, state: &mut State, globals: &State) {
    match instruction {
        Instruction::User(word) => state.set_user(word),
        Instruction::Workdir(word) => state.set_workdir(word),
        Instruction::Env(assignments) => {
            // All values of one ENV see the variables from before it
            let before = state.clone();
            for Assignment { name, value } in assignments {
                let value = value.as_ref().and_then(|value| before.expand_in_instruction(&value.text));
                state.set_env(&name.text, value);
            }
        }
        Instruction::Arg(assignments) => {
            for Assignment { name, value } in assignments {
                let default = value.as_ref().map(|value| state.expand(&value.text));
                // Without a default it may still come from the settings of the Space
                let value = default.unwrap_or_else(|| globals.arg(&name.text));
                state.set_arg(&name.text, value);
            }
        }
        Instruction::Run(run) => run::follow(run, state),
        _ => {}
    }
}

/// The parser's message without the position, which is reported separately.
fn message(text: &str) -> String {
    text.split(" at line ").next().unwrap_or(text).to_owned()
}
