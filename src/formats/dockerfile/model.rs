//! The parts of a Dockerfile.

use std::borrow::Cow;
use std::ops::Range;

use super::shell::{self, Command};
use super::state::State;
use crate::values::BaseImage;

/// A whole Dockerfile. All ranges are bytes of the file.
#[derive(Debug, Default)]
pub(crate) struct Dockerfile<'t> {
    pub(crate) text: &'t str,
    pub(crate) stages: Vec<Stage<'t>>,
    /// The `ARG`s before the first `FROM`.
    pub(crate) global_args: Vec<Step<'t>>,
    /// The error that stopped the parser. Nothing after it was read.
    pub(crate) problem: Option<SyntaxProblem>,
    /// Why nothing was read: the file is too large.
    pub(crate) unread: Option<String>,
}

/// Why a Dockerfile could not be parsed completely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyntaxProblem {
    pub(crate) message: String,
    /// The line at which the parser stopped.
    pub(crate) at: Range<usize>,
}

impl<'t> Dockerfile<'t> {
    /// The stage that becomes the image; none if the file was not parsed completely.
    pub(crate) fn last_stage(&self) -> Option<&Stage<'t>> {
        if self.problem.is_some() { None } else { self.stages.last() }
    }

    /// Every step of the stages that the image is built on by `FROM`, first to last: what the image inherits.
    pub(crate) fn lineage(&self) -> Vec<&Stage<'t>> {
        let mut stages: Vec<_> = self.last_stage().into_iter().collect();
        while let Some(Base::Stage(index)) = stages.last().map(|stage| &stage.base) {
            stages.push(&self.stages[*index]);
        }
        stages.reverse();
        stages
    }

    /// The steps of the image's lineage, first to last.
    pub(crate) fn image_steps(&self) -> impl DoubleEndedIterator<Item = &Step<'t>> {
        self.lineage().into_iter().flat_map(|stage| &stage.steps)
    }

    /// The base image at the beginning of the lineage.
    pub(crate) fn base_image(&self) -> Option<&BaseImage> {
        match &self.lineage().first()?.base {
            Base::Image(image) => Some(image),
            _ => None,
        }
    }

    /// The `CMD` of the container: the last one of the lineage.
    pub(crate) fn cmd(&self) -> Option<(&Step<'t>, &CommandLine<'t>)> {
        let mut commands = self.image_steps().filter_map(|step| match &step.instruction {
            Instruction::Cmd(command) => Some((step, command)),
            _ => None,
        });
        commands.next_back()
    }

    /// The `ENTRYPOINT` of the container.
    pub(crate) fn entrypoint(&self) -> Option<(&Step<'t>, &CommandLine<'t>)> {
        let mut commands = self.image_steps().filter_map(|step| match &step.instruction {
            Instruction::Entrypoint(command) => Some((step, command)),
            _ => None,
        });
        commands.next_back()
    }
}

/// A stage: `FROM` and what follows it.
#[derive(Debug)]
pub(crate) struct Stage<'t> {
    pub(crate) from: From<'t>,
    pub(crate) base: Base,
    pub(crate) steps: Vec<Step<'t>>,
    /// The state at the end.
    pub(crate) end: State,
}

/// A `FROM` instruction.
#[derive(Debug)]
pub(crate) struct From<'t> {
    pub(crate) range: Range<usize>,
    /// The image or stage, as written.
    pub(crate) image: Word<'t>,
    pub(crate) name: Option<Word<'t>>,
}

/// The base of a stage.
#[derive(Debug)]
pub(crate) enum Base {
    /// An earlier stage, by its index.
    Stage(usize),
    /// An image.
    Image(BaseImage),
    /// Unknown: a variable, or an invalid reference.
    Unknown,
}

/// An instruction and the state before it.
#[derive(Debug)]
pub(crate) struct Step<'t> {
    pub(crate) instruction: Instruction<'t>,
    /// The keyword.
    pub(crate) keyword: Range<usize>,
    /// User, folder and variables before it.
    pub(crate) before: State,
}

/// The instructions that the checks evaluate.
#[derive(Debug)]
pub(crate) enum Instruction<'t> {
    Copy(Copy<'t>),
    Arg(Vec<Assignment<'t>>),
    Env(Vec<Assignment<'t>>),
    Cmd(CommandLine<'t>),
    Entrypoint(CommandLine<'t>),
    Expose(Vec<Word<'t>>),
    Run(Run<'t>),
    User(Word<'t>),
    Workdir(Word<'t>),
    /// Any other.
    Other,
}

/// `COPY` or `ADD`.
#[derive(Debug)]
pub(crate) struct Copy<'t> {
    pub(crate) flags: Vec<Flag<'t>>,
    /// Paths and addresses, without here-documents.
    pub(crate) sources: Vec<Word<'t>>,
    pub(crate) destination: Word<'t>,
}

impl<'t> Copy<'t> {
    /// The value of a flag, as in `--chown=user`.
    pub(crate) fn flag(&self, name: &str) -> Option<&Word<'t>> {
        self.flags.iter().find(|flag| flag.name == name).and_then(|flag| flag.value.as_ref())
    }

    /// The word that would begin a comment in a shell. Docker reads it as a path, and the last word of the line as destination.
    pub(crate) fn comment(&self) -> Option<&Word<'t>> {
        self.sources.iter().chain([&self.destination]).skip(1).find(|word| word.text.starts_with('#'))
    }

    /// A word that only Docker reads as a path, and a shell does not.
    pub(crate) fn shell_word(&self) -> Option<&Word<'t>> {
        let is_shell = |text: &str| {
            matches!(text, "||" | "&&" | "|" | ";" | ">" | "2>" | "<" | "&")
                || text.starts_with("2>")
                || text.starts_with(">/")
        };
        let word = self.sources.iter().chain([&self.destination]).find(|word| is_shell(&word.text));
        word.or_else(|| self.comment())
    }
}

/// `RUN`.
#[derive(Debug)]
pub(crate) struct Run<'t> {
    pub(crate) flags: Vec<Flag<'t>>,
    pub(crate) line: CommandLine<'t>,
    /// The simple commands in it.
    pub(crate) commands: Vec<Command<'t>>,
}

/// `--name=value` of an instruction.
#[derive(Debug)]
pub(crate) struct Flag<'t> {
    pub(crate) name: String,
    pub(crate) value: Option<Word<'t>>,
}

/// `NAME=value` of `ENV`, or `NAME` or `NAME=value` of `ARG`.
#[derive(Debug, Clone)]
pub(crate) struct Assignment<'t> {
    pub(crate) name: Word<'t>,
    /// Without quotes, variables not expanded.
    pub(crate) value: Option<Word<'t>>,
}

/// A piece of text with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word<'t> {
    pub(crate) text: Cow<'t, str>,
    pub(crate) range: Range<usize>,
}

/// A command of `RUN`, `CMD` or `ENTRYPOINT`.
#[derive(Debug)]
pub(crate) struct CommandLine<'t> {
    pub(crate) form: Form<'t>,
    pub(crate) range: Range<usize>,
}

/// The form of a command.
#[derive(Debug)]
pub(crate) enum Form<'t> {
    /// A JSON array.
    Exec(Vec<Word<'t>>),
    /// Text for the shell, here-documents included.
    Shell(&'t str),
}

impl<'t> CommandLine<'t> {
    /// A line for the shell that stands in another kind of file: places count from its beginning.
    pub(crate) fn of_shell(text: &'t str) -> Self {
        Self { form: Form::Shell(text), range: 0..text.len() }
    }

    /// The text for the shell; empty for an exec form.
    pub(crate) fn text(&self) -> &'t str {
        match self.form {
            Form::Shell(text) => text,
            Form::Exec(_) => "",
        }
    }

    /// Whether a shell starts something in the background with `&`.
    pub(crate) fn runs_in_background(&self) -> bool {
        let lone = |text: &str| {
            let mut before = ' ';
            let mut chars = text.chars().peekable();
            while let Some(char) = chars.next() {
                let is_joined = "&><|\\".contains(before) || chars.peek().is_some_and(|next| "&>".contains(*next));
                if char == '&' && !is_joined {
                    return true;
                }
                before = char;
            }
            false
        };
        match &self.form {
            Form::Shell(text) => lone(text),
            Form::Exec(words) => words.iter().any(|word| lone(&word.text)),
        }
    }

    /// The simple commands in it. An exec form is one; if it calls a shell with `-c`, that shell text is read too.
    pub(crate) fn commands(&self) -> Vec<Command<'t>> {
        match &self.form {
            Form::Shell(text) => shell::commands(text, self.range.start),
            Form::Exec(words) => shell::exec(words),
        }
    }
}
