//! Templates: folders of files with a manifest, embedded in the library.
//!
//! A template is data. It lists its questions, their defaults and the conditions of its files; it
//! computes nothing and reads no file outside the embedded ones. Rendering turns a [`crate::Spec`] into a
//! [`crate::Plan`] and does not access the disk.

mod added;
mod catalog;
mod choice;
mod context;
mod derived;
mod engine;
mod files;
mod filters;
mod front_matter;
mod install;
mod node;
#[expect(clippy::module_inception, reason = "a type is found by the name of its file")]
mod render;
mod template;
mod torch;

pub(crate) use added::added_plan;
pub use catalog::Catalog;
pub use derived::{Derived, Stop};
pub use engine::{RenderError, RenderErrorKind};
pub use template::Template;
