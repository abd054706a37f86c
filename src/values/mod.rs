//! Checked values: a type for each kind of text that an answer, a file or a message may hold.
//!
//! A value of these types is valid: it can only be created by parsing, and the error describes the fault and what is valid. The
//! allowed values come from tables of facts, each with its source.

mod appearance;
mod archived;
mod base;
mod blob_id;
mod command;
mod deploy;
mod environment;
mod existing;
mod identity;
mod image;
mod packages;
mod path;
pub(crate) mod pep440;
mod pins;
mod platform;
mod published;
mod release;
mod text;
mod token;
mod value;

pub use appearance::{Color, Emoji};
pub use base::BaseImage;
pub use command::StartCommand;
pub use deploy::Deploy;
pub use environment::{EnvName, Variable};
pub use existing::{AppFile, BuildCommand, Dependencies, InstallFile};
pub use identity::{Preload, RepoId, RepoName};
pub use image::ImageRef;
pub use packages::{DebianPackage, Installer};
pub use path::RepoPath;
pub use platform::{Hardware, HubPlan, License, OauthScope, Port, PythonVersion, Sdk};
pub use text::{ShortDescription, Tag, Title};
pub use value::Invalid;

pub(crate) use base::{runtime_name, runtime_named};
pub(crate) use blob_id::BlobId;
pub(crate) use command::{last_part, launched, server_named};
pub(crate) use packages::normalised;
pub(crate) use pins::Pins;
pub(crate) use token::{Token, real_token, real_tokens, refuse_token, tokens, without_tokens};
pub(crate) use value::{excerpt, nearest, one_line};
