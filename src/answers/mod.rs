//! From answers to a specification.
//!
//! [`Answers`] are unchecked; a [`Spec`] is valid: it is only created by [`Spec::resolve`], which reports every
//! problem at once. [`Question`]s are data, a [`Prompter`] asks them. Nothing here uses a terminal or writes a file.

mod answer;
#[expect(clippy::module_inception, reason = "a type is found by the name of its file")]
mod answers;
mod answers_file;
mod assets;
mod common_questions;
mod condition;
mod defaults;
mod error;
mod interview;
mod judge;
mod lfs;
mod local_run;
mod manifest;
mod of_spec;
mod prompter;
mod question;
mod raw;
mod reader;
mod resolve;
mod rows;
mod template_toml;
mod typed;

pub use answers::{Answers, Source};
pub use assets::{AssetPath, Assets};
pub use error::{SpecError, SpecErrors};
pub use interview::{ask_open, offer_changes};
pub(crate) use manifest::Common;
pub use manifest::Manifest;
pub use prompter::{Asked, Cancelled, Prompter, Reply};
pub use question::{Kind, Question};
pub use raw::Raw;
pub use resolve::{OwnAnswer, Spec};

pub(crate) use answer::object;
pub(crate) use answers_file::{answer, answers_toml, template_values};
pub(crate) use assets::place as asset_place;
pub(crate) use common_questions::{COMMON, HEADINGS, common_question, template_question};
pub(crate) use defaults::{is_free, is_zero_gpu, wants_zero_gpu};
pub(crate) use template_toml::Variant;
