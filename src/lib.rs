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
//! - [`Answers`] are the raw input; [`Spec::resolve`] checks them all, or returns every problem.
//! - [`Assets::inspect`] checks the files to bundle.
//! - [`Template::plan`] renders in memory, always the same bytes for the same specification.
//! - [`Plan::write_to`] writes everything or nothing; [`Plan::preview`] only reports.
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
//! [`Adoption`] puts a Space around an existing app. It decides which app that is, which answers count and how existing
//! files change, and returns what it cannot decide as an [`AdoptError`], unless a [`Chooser`] decides it:
//!
//! ```
//! use spaces_new::{AdoptError, Adoption, Answers, OnConflict, Repo, WriteOptions};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path();
//! # let options = WriteOptions::new().state_folder(folder.join(".state"));
//! # let folder = &folder.join("my-app");
//! # fs_err::create_dir(folder)?;
//! # fs_err::write(folder.join("app.py"), "import gradio as gr\n\ngr.Interface(str.upper, \"text\", \"text\").launch()\n")?;
//! # fs_err::write(folder.join("requirements.txt"), "gradio\n")?;
//! let repo = Repo::open(folder)?;
//! let begun = Adoption::begin(&repo)
//!     .given(Answers::new().set("license", "mit"))
//!     .on_conflict(OnConflict::Keep);
//! let adoption = match begun.decide() {
//!     Ok(decided) => decided.adopt()?,
//!     Err(AdoptError::SeveralApps(apps)) => return Err(format!("which of {} apps?", apps.len()).into()),
//!     Err(error) => return Err(error.into()),
//! };
//! adoption.merge.write_to(folder, &options)?;
//! assert_eq!(adoption.spec.app_file().map(|file| file.as_str()), Some("app.py"));
//! assert!(adoption.findings.is_empty() && folder.join("Dockerfile").is_file());
//! # Ok(())
//! # }
//! ```
//!
//! [`Checker::check`] reports what the Hub will refuse, what will not build and what will not run in a [`Repo`], and
//! [`Checker::fix`] applies fixes. [`Merge::of`] merges a plan into a repository that has files already.
//!
//! An [`Advisor`](advice::Advisor) chooses between Spaces and six other platforms for an app, by rows of facts that have a date and a source.
//!
//! [`Diagnosed::read`](diagnosis::Diagnosed::read) finds the message in a log that decides: what it means, what to do, and which rule is behind it.
//!
//! A person is asked through a [`Prompter`] ([`ask_open`], [`offer_changes`]) and a [`Chooser`]; the command has its own,
//! and other programs can have others. Nothing here prints, prompts or exits. The command is a program on top of this
//! library, and only uses its public API; its other dependencies are not compiled without the default feature `cli`. With the feature `online`,
//! `Hub::validate` sends a README to the validator that also checks pushes, for [`Checker::check_with`].

mod adopt;
mod advise;
mod answers;
mod app;
mod apply;
mod check;
mod diagnose;
mod disk;
mod escape;
mod facts;
mod formats;
mod merge;
#[cfg(feature = "online")]
mod online;
mod order;
mod plan;
mod program;
#[cfg(feature = "online")]
mod publish;
mod render;
mod repo;
pub mod report;
mod target;
mod try_out;
pub mod values;

pub use adopt::{
    Adding, Addition, AdoptError, Adopting, Adoption, AnswersFileError, Chooser, Decided, Undecided, answers_file,
};
pub use answers::{
    Answers, Asked, AssetPath, Assets, Cancelled, Kind, Manifest, OwnAnswer, Prompter, Question, Raw, Reply, Source,
    Spec, SpecError, SpecErrors, ask_open, offer_changes,
};
pub use app::{App, Detected, detect};
pub use apply::{Outcome, Vcs, VcsOutcome, WriteError, WriteErrorKind, WriteOptions, WriteReport, WrittenFile};
pub use check::{Checker, Diagnostic, Fixed, Group, Level, Rule, ScaffoldFindings, UnknownRule, Verdict, rules};
pub use formats::requirements::Requirement;
pub use merge::{Change, Merge, MergeOptions, MergedFile, OnConflict};
#[cfg(feature = "online")]
pub use online::{Hub, OnlineError};
pub use plan::{Content, Mode, Plan, PlannedFile};
pub use render::{Catalog, RenderError, RenderErrorKind, Template};
pub use repo::{File, FileKind, OpenError, Repo, Skipped};

/// The details of what [`detect`] finds out about an app.
pub mod detection {
    pub use crate::adopt::{Found, Proposal};
    pub use crate::app::{Evidence, Framework, Note, Suggestion, known_frameworks};
}

/// Where to publish an app: an [`Advisor`](advice::Advisor) reads it, and chooses between platforms.
pub mod advice {
    pub use crate::advise::{Advice, Advisor, AppSeen, Pick, RuledOut, Typed, Wishes, budgets, gpus, purposes};
    pub use crate::facts::platforms::{Budget, Choice, Fact, Gpu, Platform, Purpose};
}

/// What a log says: [`Diagnosed::read`](diagnosis::Diagnosed::read) finds the message that decides.
pub mod diagnosis {
    pub use crate::diagnose::{Confidence, Diagnosed, Diagnosis, LogLine};
    pub use crate::facts::messages::Stage;
}

/// Running a Space as the Hub would: a [`Trial`](trial::Trial) builds and starts it, and a [`Tried`](trial::Tried) says what was seen.
pub mod trial {
    pub use crate::try_out::{
        Answering, EngineName, EngineSeen, FailedLog, Fault, Frame, ImageSeen, Lost, NotWritable, Probe, RunSeen,
        Secrets, Step, Stopped, Trial, Tried, TryError, Watcher, open_in_browser,
    };
}

/// Publishing a Space: a [`Publication`](publishing::Publication) creates it on the Hub, brings its files there and waits until it runs.
#[cfg(feature = "online")]
pub mod publishing {
    pub use crate::publish::{
        FailedSpace, HubRefusal, Pause, PauseSeen, PlannedRequest, Progress, Publication, PublishError, PublishPlan,
        PublishStep, Published, RemoteCommit, SentFile, Token, Watcher,
    };
}

/// The parts of a [`Diagnostic`], of what a fix changes, and of what stands in the way of an update.
pub mod findings {
    pub use crate::check::{Edit, Fix, FixedFile, Place, Related, Safety};
    pub use crate::formats::base::BaseError;
    pub use crate::merge::Clash;
}

/// Unstable API, which may change in any version: targets other than Hugging Face Spaces, for which [`Catalog::load`] takes
/// external templates, and what the tests and benchmarks of this package need.
pub mod unstable {
    pub use crate::facts::contract::Contract;
    pub use crate::facts::*;
    pub use crate::formats::base::line as base_line;
    pub use crate::render::{Derived, Stop};
    pub use crate::repo::{Attributes, DockerIgnore};
    pub use crate::target::{Added, Extension, Finished, Git, Merger, Refusal, Scope, Step, Subject, Target};
}

/// The Rust in the page about the library, compiled as a test.
#[cfg(doctest)]
#[doc = include_str!("../docs/library.md")]
struct PageOfTheLibrary;
