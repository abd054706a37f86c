//! Puts a Space around an existing app: chooses the app and the answers, and plans the changes of the folder.
//!
//! Nothing is written here, and questions only go through a [`Chooser`] and a [`Prompter`](crate::Prompter).

mod addition;
mod adopting;
mod adoption;
mod answers_file;
mod card;
mod choose;
mod error;
mod gitignored;
mod hub_image;
mod imaged;
mod inside;
mod ours;
mod proposal;
mod readme;
mod stated;
mod updating;

pub use addition::{Adding, Addition};
pub use adopting::{Adopting, Decided};
pub use adoption::Adoption;
pub use answers_file::{AnswersFileError, answers_file};
pub use choose::{Chooser, Undecided};
pub use error::AdoptError;
pub use proposal::{Found, Proposal};
use stated::Stated;
