//! A Dockerfile, parsed with spans and evaluated: stages, variables, users, folders.
//!
//! `parse-dockerfile` reads the grammar; this module evaluates the instructions. What cannot be known,
//! such as a variable without a default or the content of an unknown image, is `None`, never a guess.

mod expand;
mod guards;
mod heredoc;
pub(crate) mod image_defaults;
mod model;
mod read;
mod run;
mod shell;
mod state;
mod steps;

pub(crate) use heredoc::here_documents;
pub(crate) use model::{Assignment, Base, CommandLine, Copy, Dockerfile, Form, Instruction, Run, Stage, Step, Word};
pub(crate) use shell::{Command, ShellWord, text_of_shell};
pub(crate) use state::{Account, State, Who, joined};
