//! The checked truth about a Space to be made.

use std::path::Path;
use std::str::FromStr;

use super::answers::Answers;
use super::error::SpecErrors;
use super::judge;
use super::raw::Raw;
use super::reader::Reader;
use crate::facts::base_images::Runtime;
use crate::formats::requirements::Requirement;
use crate::render::Template;
use crate::values::{
    AppFile, BaseImage, BuildCommand, Color, DebianPackage, Dependencies, Emoji, EnvName, Hardware, ImageRef,
    InstallFile, Installer, Invalid, License, Port, Preload, PythonVersion, RepoId, RepoName, Sdk, ShortDescription,
    StartCommand, Tag, Title, Variable,
};

/// A file or folder to bundle, as the person named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetPath(String);

impl AssetPath {
    /// The path.
    #[must_use]
    pub fn as_path(&self) -> &Path {
        Path::new(&self.0)
    }
}

impl std::str::FromStr for AssetPath {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        Ok(Self(text.to_owned()))
    }
}

/// An answer to a question of the template's own.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnAnswer {
    /// The question's key.
    pub key: String,
    /// The answer, which passed the question's rule; none where the question does not apply or has no default.
    pub value: Option<Raw>,
}

/// The answers that a Space can do without, or that have a value in any case.
#[derive(Debug, Clone)]
pub(super) struct Details {
    pub(super) license: Option<License>,
    pub(super) short_description: Option<ShortDescription>,
    pub(super) sdk: Sdk,
    pub(super) app_file: Option<AppFile>,
    pub(super) dependencies: Option<Dependencies>,
    pub(super) install_files: Vec<InstallFile>,
    pub(super) build_command: Option<BuildCommand>,
    pub(super) hardware: Option<Hardware>,
    pub(super) runtime: Runtime,
    pub(super) base: Option<BaseImage>,
    pub(super) command: Option<StartCommand>,
    pub(super) python: Option<PythonVersion>,
    pub(super) installer: Option<Installer>,
    pub(super) port: Option<Port>,
    pub(super) dev_mode: bool,
    pub(super) tags: Vec<Tag>,
    pub(super) models: Vec<RepoId>,
    pub(super) datasets: Vec<RepoId>,
    pub(super) preload: Vec<Preload>,
    pub(super) pip: Vec<Requirement>,
    pub(super) apt: Vec<DebianPackage>,
    pub(super) secrets: Vec<EnvName>,
    pub(super) build_secrets: Vec<EnvName>,
    pub(super) variables: Vec<Variable>,
    pub(super) assets: Vec<AssetPath>,
    pub(super) own: Vec<OwnAnswer>,
}

impl Details {
    /// Reads what is well-formed; what is not was told already.
    fn read(reader: &Reader<'_>) -> Self {
        Self {
            license: reader.optional("license"),
            short_description: reader.optional("short_description"),
            sdk: reader.optional("sdk").unwrap_or(reader.template.sdks()[0]),
            app_file: reader.optional("app_file"),
            dependencies: reader.optional("dependencies"),
            install_files: reader.list("install_files"),
            build_command: words(reader, "build_command"),
            hardware: reader.optional("hardware"),
            runtime: reader.runtime(),
            base: reader.optional::<ImageRef>("base").map(BaseImage::of),
            command: words(reader, "command"),
            python: reader.optional("python"),
            installer: reader.optional("installer"),
            port: reader.optional("port"),
            dev_mode: reader.boolean("dev_mode"),
            tags: reader.list("tags"),
            models: reader.list("models"),
            datasets: reader.list("datasets"),
            preload: reader.list("preload"),
            pip: reader.list("pip"),
            apt: reader.list("apt"),
            secrets: reader.list("secrets"),
            build_secrets: reader.list("build_secrets"),
            variables: reader.list("variables"),
            assets: reader.list("assets"),
            own: own(reader),
        }
    }

    /// Whether the template's own app is made, with the packages that it pins. An app, a base image or a command of
    /// the person's own takes its place.
    pub(super) fn has_starter(&self) -> bool {
        self.app_file.is_none() && self.base.is_none() && self.command.is_none()
    }
}

/// A command, in one text or in words.
fn words<T>(reader: &Reader<'_>, key: &str) -> Option<T>
where
    T: FromStr<Err = Invalid> + TryFrom<Vec<String>>,
{
    let question = reader.template.question(key).filter(|question| reader.applies(question))?;
    match reader.value(question)? {
        Raw::Text(text) => text.parse().ok(),
        Raw::List(words) => T::try_from(words).ok(),
        _ => None,
    }
}

fn own(reader: &Reader<'_>) -> Vec<OwnAnswer> {
    let questions = reader.template.own_questions().iter();
    questions
        .map(|question| OwnAnswer {
            key: question.key().to_owned(),
            value: if reader.applies(question) { reader.value(question) } else { None },
        })
        .collect()
}

/// A Space to be made: every answer checked, none in conflict with another.
///
/// It cannot be changed; make another from other answers.
#[derive(Debug, Clone)]
pub struct Spec {
    template: String,
    template_version: String,
    name: RepoName,
    title: Title,
    emoji: Emoji,
    color_from: Color,
    color_to: Color,
    details: Details,
    cautions: Vec<String>,
}

impl Spec {
    /// Checks answers and fills in defaults.
    ///
    /// # Errors
    /// Every problem there is, in the order of the questions.
    pub fn resolve(template: &Template, answers: &Answers) -> Result<Self, SpecErrors> {
        let mut reader = Reader::new(template, answers);
        reader.check_each();
        let details = Details::read(&reader);
        judge::judge(&mut reader, &details);
        if reader.errors.is_empty()
            && let Some(spec) = Self::complete(&reader, details)
        {
            return Ok(spec);
        }
        let mut errors = reader.errors;
        let order = |key: &str| template.questions().iter().position(|question| question.key() == key);
        errors.sort_by_key(|error| order(error.key()).unwrap_or(usize::MAX));
        Err(SpecErrors(errors))
    }

    /// Joins the details with what every Space has, if all of that is well-formed.
    fn complete(reader: &Reader<'_>, details: Details) -> Option<Self> {
        Some(Self {
            template: reader.template.name().to_owned(),
            template_version: reader.template.version().to_owned(),
            name: reader.optional("name")?,
            title: reader.optional("title")?,
            emoji: reader.optional("emoji")?,
            color_from: reader.optional("color_from")?,
            color_to: reader.optional("color_to")?,
            cautions: judge::cautions(reader, &details),
            details,
        })
    }

    /// Checks each answer by itself, as far as that goes before all are given: what a person should hear before being
    /// asked for more.
    ///
    /// # Errors
    /// Every problem there is.
    pub fn check(template: &Template, answers: &Answers) -> Result<(), SpecErrors> {
        let mut reader = Reader::new(template, answers);
        reader.check_each();
        if reader.errors.is_empty() { Ok(()) } else { Err(SpecErrors(reader.errors)) }
    }

    /// The name of the template.
    #[must_use]
    pub fn template(&self) -> &str {
        &self.template
    }

    /// The version of the template.
    #[must_use]
    pub fn template_version(&self) -> &str {
        &self.template_version
    }

    /// What the person should know although nothing is wrong.
    #[must_use]
    pub fn cautions(&self) -> &[String] {
        &self.cautions
    }

    /// Whether the app runs on ZeroGPU.
    #[must_use]
    pub fn is_zero_gpu(&self) -> bool {
        self.details.hardware.as_ref().is_some_and(Hardware::is_zero_gpu)
    }
}

/// Declares read access to fields.
macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident -> $type:ty = $read:expr;)*) => {
        impl Spec {
            $($(#[$doc])* #[must_use] pub fn $name(&self) -> $type { let read: fn(&Self) -> $type = $read; read(self) })*
        }
    };
}

getters! {
    /// The repository's name.
    name -> &RepoName = |spec| &spec.name;
    /// The title.
    title -> &Title = |spec| &spec.title;
    /// The emoji on the card.
    emoji -> &Emoji = |spec| &spec.emoji;
    /// Where the card's gradient starts.
    color_from -> &Color = |spec| &spec.color_from;
    /// Where the card's gradient ends.
    color_to -> &Color = |spec| &spec.color_to;
    /// The licence.
    license -> Option<&License> = |spec| spec.details.license.as_ref();
    /// The line under the title.
    short_description -> Option<&ShortDescription> = |spec| spec.details.short_description.as_ref();
    /// The SDK.
    sdk -> Sdk = |spec| spec.details.sdk;
    /// The entry file of the app that exists; none where a starter app is made.
    app_file -> Option<&AppFile> = |spec| spec.details.app_file.as_ref();
    /// The file that names the dependencies of the app that exists.
    dependencies -> Option<&Dependencies> = |spec| spec.details.dependencies.as_ref();
    /// The files and folders that its dependencies cannot be installed without.
    install_files -> &[InstallFile] = |spec| &spec.details.install_files;
    /// What builds the app that exists.
    build_command -> Option<&BuildCommand> = |spec| spec.details.build_command.as_ref();
    /// The language runtime that the app is for.
    runtime -> Runtime = |spec| spec.details.runtime;
    /// The suggested hardware.
    hardware -> Option<&Hardware> = |spec| spec.details.hardware.as_ref();
    /// The base image that was chosen.
    base -> Option<&BaseImage> = |spec| spec.details.base.as_ref();
    /// The start command that was given.
    command -> Option<&StartCommand> = |spec| spec.details.command.as_ref();
    /// The Python version, where the template chooses one.
    python -> Option<&PythonVersion> = |spec| spec.details.python.as_ref();
    /// What installs Python packages, where the Space has a Dockerfile that does.
    installer -> Option<Installer> = |spec| spec.details.installer;
    /// The port, where the Space has one of its own.
    port -> Option<Port> = |spec| spec.details.port;
    /// Whether the image is made for Dev Mode.
    dev_mode -> bool = |spec| spec.details.dev_mode;
    /// Tags.
    tags -> &[Tag] = |spec| &spec.details.tags;
    /// Models it uses.
    models -> &[RepoId] = |spec| &spec.details.models;
    /// Datasets it uses.
    datasets -> &[RepoId] = |spec| &spec.details.datasets;
    /// Files to fetch at build.
    preload -> &[Preload] = |spec| &spec.details.preload;
    /// Python requirements.
    pip -> &[Requirement] = |spec| &spec.details.pip;
    /// Debian packages.
    apt -> &[DebianPackage] = |spec| &spec.details.apt;
    /// Secrets at run time.
    secrets -> &[EnvName] = |spec| &spec.details.secrets;
    /// Secrets at build time.
    build_secrets -> &[EnvName] = |spec| &spec.details.build_secrets;
    /// Variables.
    variables -> &[Variable] = |spec| &spec.details.variables;
    /// Files and folders to bundle.
    assets -> &[AssetPath] = |spec| &spec.details.assets;
    /// Answers to the template's own questions.
    own -> &[OwnAnswer] = |spec| &spec.details.own;
}
