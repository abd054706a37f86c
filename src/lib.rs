//! Makes Hugging Face Spaces that build and run the first time.

mod apply;
mod front_matter;
pub mod hub;
mod plan;
pub mod report;
mod spec;
mod template;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;

pub use apply::{Action, Vcs, VcsOutcome, WriteError, WriteErrorKind, WriteOptions, WriteReport, WrittenFile};
pub use plan::{Assets, Content, Derived, Mode, Plan, PlannedFile, RepoPath};
pub use spec::{
    Answers, Asked, AssetPath, BaseImage, Cancelled, Color, DebianPackage, Emoji, EnvName, Hardware, ImageRef, Invalid,
    Kind, License, OwnAnswer, Port, Preload, Prompter, PythonVersion, Question, Raw, RepoId, RepoName, Requirement,
    Sdk, ShortDescription, Source, Spec, SpecError, SpecErrors, StartCommand, Tag, Title, Variable,
};
pub use template::{Catalog, RenderError, Template};
