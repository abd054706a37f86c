//! From answers to a specification.
//!
//! [`Answers`] are raw and may be wrong; a [`Spec`] is right: it is made by [`Spec::resolve`] alone, which tells every
//! problem at once. [`Question`]s are data, a [`Prompter`] asks them. Nothing here knows a terminal or writes a file.

mod answers;
mod appearance;
mod base;
mod command;
mod common_questions;
mod defaults;
mod environment;
mod error;
mod existing;
mod identity;
mod image;
mod interview;
mod judge;
mod packages;
mod platform;
mod prompter;
mod question;
mod raw;
mod reader;
mod resolve;
mod text;
mod token;
mod value;

pub use answers::{Answers, Source};
pub use appearance::{Color, Emoji};
pub use base::BaseImage;
pub use command::StartCommand;
pub use environment::{EnvName, Variable};
pub use error::{SpecError, SpecErrors};
pub use existing::{AppFile, BuildCommand, Dependencies, InstallFile};
pub use identity::{Preload, RepoId, RepoName};
pub use image::ImageRef;
pub use interview::{ask_open, offer_changes};

pub(crate) use packages::normalised;
pub use packages::{DebianPackage, Installer, Requirement};
pub use platform::{Hardware, License, Port, PythonVersion, Sdk};
pub use prompter::{Asked, Cancelled, Prompter};
pub use question::{Kind, Question};
pub use raw::Raw;
pub use resolve::{AssetPath, OwnAnswer, Spec};
pub use text::{ShortDescription, Tag, Title};
pub use value::Invalid;

pub(crate) use base::{runtime_name, runtime_named};
pub(crate) use common_questions::{COMMON, template_question};
pub(crate) use token::{real_token, tokens};
pub(crate) use value::nearest;
