//! Values derived from a specification and its base image. Templates use the result and compute nothing.

use crate::answers::Spec;
use crate::app::needs::debian::needs_of_line;
use crate::facts;
use crate::facts::base_images::{Application, Distribution, PortBy, RUNTIME_IMAGES, Runtime, RuntimeImage};
use crate::facts::servers::Stops;
use crate::order::Order;
use crate::target;
use crate::values::BaseImage;

/// The image, its user, and the commands that create both.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is a condition of its own in the templates")]
pub struct Derived {
    /// The base image.
    pub image: String,
    /// The user that runs the app: a login, or the user id if the image has no logins.
    pub user: String,
    /// The user's group.
    pub group: String,
    /// The user's home.
    pub home: String,
    /// The app's folder.
    pub app_dir: String,
    /// Whether the image has a shell to run commands.
    pub shell: bool,
    /// Whether the image starts as a user other than root.
    pub reset_user: bool,
    /// Shell commands, run as root, after which user, home and app folder exist and belong to the user.
    pub user_commands: Vec<String>,
    /// Debian packages to install, sorted.
    pub apt: Vec<String>,
    /// The language runtime in the image.
    pub runtime: Runtime,
    /// Whether the app runs on ZeroGPU.
    pub zero_gpu: bool,
    /// The plan that the Space needs, as a sentence.
    pub hub_plan: &'static str,
    /// The image that builds the app, if it is not the one that runs it.
    pub builder: Option<&'static str>,
    /// The folder with the entry file of the existing app: `.`, or a path that begins with `./`.
    pub app_folder: Option<String>,
    /// How the existing app is stopped.
    pub stop: Stop,
    /// The application that the image starts by itself, if no command replaces it.
    pub application: Option<&'static str>,
    /// The settings of the application in the image, as `NAME=value`.
    pub settings: Vec<String>,
    /// A name for the image, from the repository's name.
    pub image_name: String,
    /// Whether all files are in the image before the dependencies are installed.
    pub copies_all_first: bool,
    /// Whether the image's entrypoint must be removed, because it would take the command as its arguments.
    pub reset_entrypoint: bool,
}

/// What the image needs so that an app stops with its container.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stop {
    /// Nothing: the program stops on SIGTERM, or it is the template's own.
    None,
    /// Another signal: it only stops on SIGINT.
    Sigint,
    /// An init process, which forwards SIGTERM.
    Init,
}

impl Stop {
    /// The name, as templates use it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Sigint => "sigint",
            Self::Init => "init",
        }
    }

    fn of(spec: &Spec, base: &BaseImage) -> Self {
        let (Some(_), Some(command)) = (spec.app_file(), spec.command()) else { return Self::None };
        // Go's runtime handles SIGTERM in every program.
        match command.stops() {
            _ if spec.runtime() == Runtime::Go => Self::None,
            Stops::OnSigint => Self::Sigint,
            Stops::WithInit if base.distribution() == Distribution::Debian => Self::Init,
            Stops::OnSigterm | Stops::WithInit => Self::None,
        }
    }
}

impl Derived {
    /// Derives the values.
    #[must_use]
    pub fn of(spec: &Spec) -> Self {
        let base = spec.base().cloned().unwrap_or_else(|| own_image(spec));
        let stop = Stop::of(spec, &base);
        let has_shell = base.has_shell();
        let contract = spec.contract();
        let account = base.account_of(contract.user_id);
        let login = account.map_or(contract.login, |account| account.user);
        let home = account.map_or_else(|| format!("/home/{login}"), |account| account.home.to_owned());
        let app_dir = if spec.dev_mode() { "/app".to_owned() } else { format!("{home}/app") };
        let application = spec.command().map_or_else(|| base.servable(), |_| None);
        // Without a known way to add a user, the number does for a program that is not ours
        let is_number = application.is_some() && account.is_none() && !base.is_known();
        let by_login = has_shell && !is_number;
        let owner = if by_login { login.to_owned() } else { contract.user_id.to_string() };
        let group = account.filter(|_| by_login).map_or_else(|| owner.clone(), |account| account.group.to_owned());
        let folders = Folders { app: &app_dir, home: &home, application };
        let zero_gpu = target::is_zero_gpu(spec);
        Self {
            image: base.reference().to_string(),
            user_commands: user_commands(&base, contract.user_id, (&owner, &group), &folders),
            application: application.map(|app| app.name),
            settings: base.application().map(|app| settings(app, spec, &home)).unwrap_or_default(),
            reset_entrypoint: spec.command().is_some_and(|command| base.swallows(command.words())),
            image_name: target::image_name(spec),
            copies_all_first: spec.install_files().iter().any(|file| file.as_str() == "."),
            user: owner,
            group,
            home,
            app_dir,
            shell: has_shell,
            reset_user: base.starts_unprivileged(),
            apt: apt(spec, &base, stop),
            runtime: spec.runtime(),
            builder: runtime_image(spec).and_then(|row| row.builder),
            app_folder: app_folder(spec),
            stop,
            zero_gpu,
            hub_plan: target::plan(spec),
        }
    }
}

fn runtime_image(spec: &Spec) -> Option<&'static RuntimeImage> {
    RUNTIME_IMAGES.iter().find(|row| row.runtime == spec.runtime())
}

fn app_folder(spec: &Spec) -> Option<String> {
    let folder = spec.app_file()?.folder();
    Some(if folder == "." { folder.to_owned() } else { format!("./{folder}") })
}

/// The image of an app that chooses none: that of its runtime, or Python on a named Debian release.
fn own_image(spec: &Spec) -> BaseImage {
    let version = spec.python().map_or(facts::python::DEFAULT, |python| python.as_str());
    let python = || format!("python:{version}-{}", facts::python::IMAGE_SUFFIX);
    let reference = runtime_image(spec).map_or_else(python, |row| row.image.to_owned());
    #[expect(clippy::expect_used, reason = "a checked version and a constant make a valid reference")]
    BaseImage::of(reference.parse().expect("a valid image reference"))
}

/// The folders that must belong to the user.
struct Folders<'a> {
    app: &'a str,
    home: &'a str,
    application: Option<&'static Application>,
}

impl Folders<'_> {
    /// An app gets a folder of its own; an application of the image those that it writes to, and a home that has not come with a user.
    fn all(&self, without_home: bool) -> Vec<&str> {
        let Some(application) = self.application else { return vec![self.app] };
        let home = Some(self.home).filter(|_| without_home);
        home.into_iter().chain(application.writes.iter().copied()).collect()
    }
}

fn user_commands(base: &BaseImage, user_id: u32, owner: (&str, &str), folders: &Folders<'_>) -> Vec<String> {
    let Some(command) = base.make_user() else { return Vec::new() };
    let (user, group) = owner;
    let is_number = user == user_id.to_string();
    let make_user = (base.account_of(user_id).is_none() && !is_number).then(|| format!("{command} {user_id} {user}"));
    let folders = folders.all(is_number);
    let make_folders = (!folders.is_empty()).then(|| format!("install -d -o {user} -g {group} {}", folders.join(" ")));
    make_user.into_iter().chain(make_folders).collect()
}

/// The settings of an application for the port and the home of the Space. A command gets `PORT` anyway.
fn settings(application: &'static Application, spec: &Spec, home: &str) -> Vec<String> {
    let port = spec.port().map_or(application.port, |port| port.get());
    let of_port = match application.port_by {
        PortBy::Variable("PORT") if spec.command().is_some() => None,
        PortBy::Variable(name) => Some(format!("{name}={port}")),
        PortBy::Address(name) => Some(format!("{name}=0.0.0.0:{port}")),
        PortBy::Configuration => None,
    };
    let others = application.variables.iter().map(|(name, value)| format!("{name}={}", value.replace("{home}", home)));
    of_port.into_iter().chain(others).collect()
}

/// The packages of the init process and of the certificates that https needs.
const INIT: &str = "tini";
const CERTIFICATES: &str = "ca-certificates";

fn apt(spec: &Spec, base: &BaseImage, stop: Stop) -> Vec<String> {
    let mut packages: Vec<String> = spec.apt().iter().map(ToString::to_string).collect();
    // Packages of the app are known to `init`, which asks for what they need; these are in the answers alone
    if base.distribution() == Distribution::Debian {
        let needed = spec.pip().iter().flat_map(|requirement| needs_of_line(requirement.as_str()));
        packages.extend(needed.map(str::to_owned));
    }
    if spec.dev_mode() {
        packages.extend(facts::environment::DEV_MODE_PACKAGES.iter().copied().map(str::to_owned));
    }
    if stop == Stop::Init {
        packages.push(INIT.to_owned());
    }
    // The bare Debian image has none.
    if matches!(spec.runtime(), Runtime::Go | Runtime::Rust) {
        packages.push(CERTIFICATES.to_owned());
    }
    packages.order();
    packages.dedup();
    packages
}
