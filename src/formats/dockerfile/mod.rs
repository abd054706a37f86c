//! A Dockerfile, parsed with spans and followed: stages, variables, users, folders.
//!
//! The grammar is read by `parse-dockerfile`; what the instructions amount to is worked out here. What cannot be known,
//! such as a variable without a default or the insides of an image in no table, is `None`, never a guess.

mod expand;
mod heredoc;
mod model;
mod read;
mod run;
mod shell;
mod state;
mod steps;

pub(crate) use model::{Assignment, Base, CommandLine, Copy, Dockerfile, Form, Instruction, Run, Stage, Step, Word};
pub(crate) use shell::Command;
pub(crate) use state::{State, Who};
