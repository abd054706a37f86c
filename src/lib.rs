//! Makes Hugging Face Spaces that build and run the first time.
//!
//! ```text
//! flags ---+                                 templates/
//! file ----+-> Answers --resolve--> Spec --plan--> Plan --write_to--> WriteReport
//! prompts -+   (raw)     (all errors (checked)     (in memory)
//!                         at once)
//! ```
//!
//! - [`Catalog`] holds the [`Template`]s, each with its [`Question`]s.
//! - [`Answers`] are what somebody said; [`Spec::resolve`] checks them all, or tells everything that is wrong.
//! - [`Assets::inspect`] looks at the files to bundle.
//! - [`Template::plan`] renders in memory, always the same bytes for the same specification.
//! - [`Plan::write_to`] writes whole or not at all; [`Plan::preview`] only tells.
//!
//! ```
//! use spaces_new::{Answers, Assets, Catalog, Spec, WriteOptions};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let template = Catalog::builtin().get("gradio").ok_or("no such template")?;
//! let answers = Answers::for_folder("my-demo").set("license", "mit");
//! let spec = Spec::resolve(template, &answers)?;
//! let plan = template.plan(&spec, &Assets::inspect(&answers.assets())?)?;
//!
//! let folder = tempfile::tempdir()?;
//! let options = WriteOptions::new();
//! # let options = options.state_folder(folder.path().join(".state"));
//! let report = plan.write_to(&folder.path().join("my-demo"), &options)?;
//! assert!(report.files.iter().any(|file| file.path.as_str() == "Dockerfile"));
//! # Ok(())
//! # }
//! ```
//!
//! What is there is checked: [`Repo::open`] looks at a folder, [`Checker::check`] says what the Hub will refuse, what will
//! not build and what will not run, and [`Checker::fix`] mends what can be mended. [`Merge::of`] brings a plan into a
//! repository that has files already.
//!
//! A person is asked through a [`Prompter`] ([`ask_open`], [`offer_changes`]); the command's own is one of many possible.
//! Nothing here prints, prompts or exits. Without the default feature `cli`, neither is any of it compiled in. With the
//! feature `online`, `Hub::validate` asks the validator that a push meets, for [`Checker::check_with`].

mod adopt;
mod answers;
mod app;
mod apply;
mod check;
mod disk;
mod escape;
pub mod facts;
mod formats;
mod merge;
#[cfg(feature = "online")]
mod online;
mod plan;
mod program;
mod render;
mod repo;
pub mod report;
mod values;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;

pub use adopt::{
    AdoptError, AdoptOptions, Adoption, Stated, answers_in_readme, has_retired_sdk, kept_answers, kept_inside, sdk_of,
    title_in_readme,
};
pub use answers::{
    Answers, Asked, AssetPath, Assets, Cancelled, Kind, OwnAnswer, Prompter, Question, Raw, Source, Spec, SpecError,
    SpecErrors, ask_open, offer_changes,
};
pub use app::{App, Detected, Evidence, Found, Framework, Note, Proposal, Suggestion, detect};
pub use apply::{
    Action, Outcome, Vcs, VcsOutcome, WriteError, WriteErrorKind, WriteOptions, WriteReport, WrittenFile,
    version_control,
};
pub use check::{
    Checker, Diagnostic, Edit, Fix, Fixed, FixedFile, Group, Level, Place, Related, Rule, Safety, ScaffoldFindings,
    UnknownRule, Verdict, is_space, nearest_rule, rule, rules,
};
pub use formats::requirements::Requirement;
pub use merge::{Change, Merge, MergeOptions, MergedFile, OnConflict};
#[cfg(feature = "online")]
pub use online::{Hub, OnlineError};
pub use plan::{Content, Mode, Plan, PlannedFile};
pub use render::{Catalog, Derived, RenderError, RenderErrorKind, Stop, Template};
pub use repo::{Attributes, DockerIgnore, File, FileKind, OpenError, Repo, Skipped, uncommitted_files};
pub use values::{
    AppFile, BaseImage, BuildCommand, Color, DebianPackage, Dependencies, Emoji, EnvName, Hardware, ImageRef,
    InstallFile, Installer, Invalid, License, Port, Preload, PythonVersion, RepoId, RepoName, RepoPath, Sdk,
    ShortDescription, StartCommand, Tag, Title, Variable,
};

/// The Rust in the README, compiled as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
