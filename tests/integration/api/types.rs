//! The public types: usable in threads, and errors that implement `Error`.

use std::collections::BTreeSet;
use std::error::Error;

use spaces_new::Outcome;
use spaces_new::Requirement;
use spaces_new::unstable::Derived;
use spaces_new::values::{
    BaseImage, Color, DebianPackage, Deploy, Emoji, EnvName, Hardware, HubPlan, ImageRef, InstallFile, Installer,
    Invalid, License, OauthScope, Port, Preload, PythonVersion, RepoId, RepoName, RepoPath, Sdk, ShortDescription,
    StartCommand, Tag, Title, Variable,
};
use spaces_new::{
    Answers, Asked, AssetPath, Assets, Cancelled, Catalog, Content, Kind, Manifest, Mode, OwnAnswer, Plan, PlannedFile,
    Question, Raw, RenderError, RenderErrorKind, Reply, Source, Spec, SpecError, SpecErrors, Template, Vcs, VcsOutcome,
    WriteError, WriteErrorKind, WriteOptions, WriteReport, WrittenFile,
};

use spaces_new::findings::{BaseError, Clash, Edit, Fix, FixedFile, Place, Related, Safety};
use spaces_new::unstable::{Attributes, DockerIgnore};
use spaces_new::{
    Change, Checker, Diagnostic, File, FileKind, Fixed, Group, Level, Merge, MergeOptions, MergedFile, OnConflict,
    OpenError, Repo, Rule, Skipped, UnknownRule, Verdict,
};

use spaces_new::ScaffoldFindings;
use spaces_new::advice::{
    Advice, Advisor, AppSeen, Budget, Choice, Fact, Gpu, Pick, Platform, Purpose, RuledOut, Typed, Wishes,
};
use spaces_new::detection::{Evidence, Found, Framework, Note, Proposal, Suggestion};
use spaces_new::diagnosis::{Confidence, Diagnosed, Diagnosis, LogLine, Stage};
use spaces_new::trial::{
    Answering, EngineName, EngineSeen, FailedLog, Fault, Frame, ImageSeen, Lost, NotWritable, Probe, RunSeen, Secrets,
    Stopped, Trial, Tried, TryError,
};
use spaces_new::unstable::Added;
use spaces_new::unstable::{Contract, Extension, Finished, Git, Merger, Refusal, Scope, Step, Stop};
use spaces_new::values::{AppFile, BuildCommand, Dependencies};
use spaces_new::{Adding, Addition, Undecided};
use spaces_new::{AdoptError, Adopting, Adoption, AnswersFileError, App, Decided, Detected};

use crate::support::{files_under, root};

/// Lists types, with a proof for each that it can be sent to other threads.
macro_rules! shared {
    ($($name:ident $(<$lifetime:lifetime>)?),* $(,)?) => {{
        fn shared<T: Send + Sync>() {}
        $(shared::<$name $(<$lifetime>)?>();)*
        [$(stringify!($name)),*]
    }};
}

fn types() -> Vec<&'static str> {
    shared![
        Answers,
        AppFile,
        Asked<'static>,
        AssetPath,
        Assets,
        BaseImage,
        BuildCommand,
        Cancelled,
        Catalog,
        Color,
        Content,
        Contract,
        DebianPackage,
        Dependencies,
        Deploy,
        Derived,
        Emoji,
        EnvName,
        Extension,
        Hardware,
        HubPlan,
        ImageRef,
        InstallFile,
        Installer,
        Invalid,
        Kind,
        License,
        OauthScope,
        Manifest,
        Finished<'_>,
        Git<'_>,
        Merger,
        Step,
        Mode,
        OwnAnswer,
        Plan,
        PlannedFile,
        Port,
        Preload,
        PythonVersion,
        Question,
        Raw,
        Reply,
        Refusal,
        RenderError,
        RenderErrorKind,
        RepoId,
        RepoName,
        RepoPath,
        Requirement,
        Scope,
        Sdk,
        ShortDescription,
        Source,
        Spec,
        SpecError,
        SpecErrors,
        StartCommand,
        Stop,
        Tag,
        Template,
        Title,
        Variable,
        Vcs,
        VcsOutcome,
        Outcome,
        WriteError,
        WriteErrorKind,
        WriteOptions,
        WriteReport,
        WrittenFile,
    ]
    .to_vec()
}

/// Types for existing files: repositories, the check, detection, merging.
fn types_of_what_is_there() -> Vec<&'static str> {
    let read = shared![
        Attributes,
        DockerIgnore,
        Fixed,
        FixedFile,
        ScaffoldFindings,
        UnknownRule,
        BaseError,
        Change,
        Clash,
        Checker,
        Merge,
        MergedFile,
        MergeOptions,
        OnConflict,
        Diagnostic,
        Edit,
        Fix,
        Group,
        Level,
        Place,
        Related,
        Rule,
        Safety,
        File,
        FileKind,
        OpenError,
        Repo,
        Skipped,
        Verdict
    ];
    let adopted = shared![
        AdoptError,
        Adopting<'static>,
        Adoption,
        AnswersFileError,
        App,
        Decided<'static>,
        Detected,
        Evidence,
        Found,
        Framework,
        Note,
        Proposal,
        Suggestion
    ];
    let elsewhere = shared![
        Added,
        Adding<'static>,
        Addition,
        Undecided,
        Advice,
        Advisor<'static>,
        AppSeen,
        Budget,
        Fact,
        Gpu,
        Pick,
        Platform,
        Purpose,
        RuledOut,
        Typed,
        Wishes
    ];
    [read.to_vec(), adopted.to_vec(), tried(), elsewhere.to_vec(), choice()].concat()
}

/// Types of a try.
fn tried() -> Vec<&'static str> {
    shared![
        Answering<'static>,
        EngineName,
        EngineSeen,
        FailedLog,
        Fault,
        Frame,
        ImageSeen,
        Lost,
        NotWritable,
        Probe,
        RunSeen,
        Secrets,
        Stopped,
        Trial<'static>,
        Tried,
        TryError,
    ]
    .to_vec()
}

/// A type with a parameter.
fn choice() -> Vec<&'static str> {
    type Any = Choice<Purpose>;
    let _ = shared![Any];
    vec!["Choice"]
}

/// The types of the feature `online`.
#[cfg(feature = "online")]
fn online() -> Vec<&'static str> {
    use spaces_new::publishing::{
        FailedSpace, HubRefusal, Pause, PauseSeen, PlannedRequest, Progress, Publication, PublishError, PublishPlan,
        PublishStep, Published, RemoteCommit, SentFile, Token,
    };
    use spaces_new::{Hub, OnlineError};
    let published = shared![FailedSpace, PlannedRequest, PublishPlan, PublishStep, Published, RemoteCommit, SentFile];
    let publishing =
        shared![Hub, HubRefusal, OnlineError, Pause, PauseSeen, Progress, Publication, PublishError, Token];
    [published.as_slice(), publishing.as_slice()].concat()
}

/// Without the feature these names exist only in the source.
#[cfg(not(feature = "online"))]
fn online() -> Vec<&'static str> {
    let published =
        ["FailedSpace", "PlannedRequest", "PublishPlan", "PublishStep", "Published", "RemoteCommit", "SentFile"];
    let publishing =
        ["Hub", "HubRefusal", "OnlineError", "Pause", "PauseSeen", "Progress", "Publication", "PublishError", "Token"];
    [published.as_slice(), publishing.as_slice()].concat()
}

/// Names that a file exports with `pub use`.
fn exported_by(file: &str) -> Vec<String> {
    let text = fs_err::read_to_string(root().join(file)).unwrap();
    let shipped = text.split("#[doc(hidden)]").next().unwrap();
    let mut names = Vec::new();
    for export in shipped.split("pub use ").skip(1) {
        let list = export.split(';').next().unwrap().rsplit_once("::").unwrap().1;
        let list = list.trim_start_matches('{').trim_end_matches('}');
        names.extend(list.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()));
    }
    names
}

/// The types that `src/lib.rs` exports, also in its modules; functions start with a small letter.
fn exported() -> Vec<String> {
    let names = [exported_by("src/lib.rs"), exported_by("src/values/mod.rs")].concat();
    names.into_iter().filter(|name| name.starts_with(char::is_uppercase)).collect()
}

/// The documentation must be easy to navigate: details are in modules with clear names.
#[test]
fn the_root_of_the_library_has_few_names() {
    let text = fs_err::read_to_string(root().join("src/lib.rs")).unwrap();
    let root = text.split("\npub mod detection").next().unwrap().split("\npub use ").skip(1);
    let names = root
        .flat_map(|export| export.split(';').next().unwrap().split(','))
        .filter(|name| !name.trim_matches(['}', '\n']).trim().is_empty());
    let count = names.count();
    assert!((50..=70).contains(&count), "{count} names");
    let modules: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.split([' ', ';']).next()).collect();
    assert_eq!(
        modules,
        ["report", "values", "detection", "advice", "diagnosis", "trial", "publishing", "findings", "unstable"]
    );
}

#[test]
fn every_public_type_can_be_sent_and_shared() {
    let logs = shared![Confidence, Diagnosed, Diagnosis, LogLine, Stage].to_vec();
    let mut types = [types(), types_of_what_is_there(), logs].concat();
    types.extend(online());
    // A `Subject` is lent to a target for the time of one call
    let traits = ["Chooser", "Prompter", "Target", "Subject", "Watcher"];
    let unproven: Vec<String> = exported()
        .into_iter()
        .filter(|name| !types.contains(&name.as_str()) && !traits.contains(&name.as_str()))
        .collect();
    assert_eq!(unproven, Vec::<String>::new(), "add these to the list");
}

#[test]
fn every_error_is_an_error_with_one_readable_line() {
    let template = crate::support::template("gradio");
    let refused = Spec::resolve(template, &Answers::new().set("port", 80_u16)).unwrap_err();
    let written = Plan::default().write_to(&root().join("Cargo.toml"), &WriteOptions::new()).unwrap_err();
    let errors: [Box<dyn Error + Send + Sync>; 5] = [
        Box::new("a b".parse::<RepoName>().unwrap_err()),
        Box::new(refused),
        Box::new(Cancelled),
        Box::new(written),
        Box::new("/".parse::<RepoPath>().unwrap_err()),
    ];
    for error in errors {
        let text = error.to_string();
        assert!(!text.is_empty() && !text.contains('\n') && !text.ends_with('.'), "{text}");
        assert!(!text.contains('\u{1b}'), "the library prints no colour: {text:?}");
    }
}

#[test]
fn the_catalogue_is_one_and_can_be_asked_from_threads() {
    let names = || Catalog::builtin().templates().iter().map(|template| template.name().to_owned()).collect::<Vec<_>>();
    let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(names)).collect();
    let files = files_under(&root().join("templates")).into_iter();
    let folders = files.filter_map(|file| file.strip_suffix("/template.toml").map(str::to_owned));
    let folders: BTreeSet<String> = folders.filter(|name| !name.starts_with('_')).collect();
    assert!(folders.contains("gradio"), "{folders:?}");
    for thread in threads {
        assert_eq!(thread.join().unwrap(), folders.iter().cloned().collect::<Vec<_>>());
    }
    assert!(std::ptr::eq(Catalog::builtin(), Catalog::builtin()));
}
