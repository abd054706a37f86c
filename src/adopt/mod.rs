//! Puts a Space around an app that exists: which app, which answers count, the plan for them, and what the folder becomes.
//!
//! Nothing is written here, and nothing is asked but through a [`Chooser`] and a [`Prompter`](crate::Prompter).

mod adopting;
mod adoption;
mod answers_file;
mod card;
mod choose;
mod error;
mod inside;
mod proposal;
mod readme;
mod stated;

pub use adopting::{Adopting, Decided};
pub use adoption::Adoption;
pub use answers_file::{AnswersFileError, answers_file};
pub use choose::Chooser;
pub use error::AdoptError;
pub use proposal::{Found, Proposal};
use stated::Stated;
