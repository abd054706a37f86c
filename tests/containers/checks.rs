//! What every Space must fulfil once its image is built. A check returns faults and never fails itself, so that
//! `broken.rs` can show that each fault is found.

use std::time::Duration;

use spaces_new::Repo;
use spaces_new::trial::{Answering, EngineName, Step, Trial, Tried, Watcher};

use crate::container::Container;
use crate::engine::Image;
use crate::settings::{say, setting, tail};
use crate::space::Space;

/// What one Space must fulfil.
#[derive(Debug, Clone, Copy)]
pub struct Contract {
    /// The image has a shell for inspection.
    pub shell: bool,
    /// It stops on its stop signal. A user's own command may not: that is printed, and is not a fault.
    pub stops: bool,
    /// For Dev Mode.
    pub dev_mode: bool,
    /// How long the first answer may take.
    pub patience: Duration,
}

impl Contract {
    pub const HUB: Self = Self { shell: true, stops: true, dev_mode: false, patience: Duration::from_mins(1) };
}

/// The slowest stop that is not a fault, in seconds.
const STOP_LIMIT: f64 = 3.0;

/// The exit code after SIGKILL.
const KILLED: i32 = 137;

/// Folders that an app and its libraries write to, as the shell inside expands them.
const WRITTEN: &str = r#". assets "$HOME" "${HF_HOME:-$HOME/.cache/huggingface}" "$HOME/.cache/huggingface/hub" "$HOME/.cache/pip" "$HOME/.cache/torch" "$HOME/.config/matplotlib" "$HOME/.npm" "${TMPDIR:-/tmp}""#;

/// What Dev Mode needs in the image, which must be similar to Debian. Source: <https://huggingface.co/docs/hub/spaces-dev-mode>.
const DEV_TOOLS: &str = "apt-get bash curl wget ps git git-lfs";

/// Runs the image of a Space by the library's `Trial`, and returns its faults: those that `try` finds, and those that only
/// these tests look for.
pub fn faults(space: &Space, tag: &str, contract: Contract, environment: &[(&str, &str)]) -> Vec<String> {
    let image = Image::inspect(tag);
    let mut look = Look { image: &image, contract, faults: Vec::new() };
    if image.command().first().is_some_and(|word| word == "/bin/sh") {
        look.faults
            .push("CMD is in shell form, so that a shell gets the signals that are meant for the app".to_owned());
    }
    let tried = tried(space, tag, contract, environment, &mut look);
    let mut faults = look.faults;
    for fault in &tried.findings {
        if fault.step == Step::Stop && !contract.stops {
            say(&format!("{tag}, by its user's own command: {}", fault.message));
        } else {
            faults.push(fault.message.clone());
        }
    }
    if let Some(seconds) = tried.probe.as_ref().and_then(|probe| probe.first_200_s) {
        say(&format!("{tag} answers after {seconds:.1} s"));
    }
    if let Some(stop) = tried.stop.filter(|stop| stop.exit != Some(KILLED)) {
        say(&format!("{tag} took {:.1} s to stop, with exit code {:?}", stop.seconds, stop.exit));
        if stop.seconds >= STOP_LIMIT && contract.stops {
            // It stopped by itself, but late. A second start distinguishes a slow app from a busy machine
            let again = self::tried(space, tag, contract, environment, &mut ());
            let seconds = again.stop.map_or(f64::INFINITY, |stop| stop.seconds);
            if seconds >= STOP_LIMIT {
                faults.push(format!("took {seconds:.1} s to stop, after {:.1} s the first time", stop.seconds));
            }
        }
    }
    if let Some(failed) = tried.failed.filter(|_| !faults.is_empty()) {
        faults.push(format!("the container's log:\n{}", tail(&failed.text, 40)));
    }
    faults
}

fn tried(
    space: &Space,
    tag: &str,
    contract: Contract,
    environment: &[(&str, &str)],
    watcher: &mut dyn Watcher,
) -> Tried {
    let repo = Repo::open(&space.path()).unwrap();
    let mut trial = Trial::of(&repo).engine(EngineName::Docker).built(tag).patience(contract.patience);
    if !setting("DOCKER_HOST").is_empty() {
        trial = trial.engine_address(setting("DOCKER_HOST"));
    }
    let trial = environment.iter().fold(trial, |trial, (name, value)| trial.variable(*name, *value));
    trial.run(watcher).unwrap_or_else(|error| panic!("{tag}: {error}"))
}

/// What these tests look for while a Space runs.
struct Look<'i> {
    image: &'i Image,
    contract: Contract,
    faults: Vec<String>,
}

impl Watcher for Look<'_> {
    fn answers(&mut self, app: &Answering<'_>) {
        let container = Container::running(app.container.unwrap());
        check_user(self.image, &container, self.contract, &mut self.faults);
        check_owners(self.image, &container, &mut self.faults);
        if self.contract.shell {
            check_writable(&container, &mut self.faults);
        }
        if self.contract.dev_mode {
            check_dev_mode(self.image, &container, &mut self.faults);
        }
    }
}

fn check_user(image: &Image, container: &Container, contract: Contract, faults: &mut Vec<String>) {
    let user = image.user().split(':').next().unwrap();
    let uid = match user {
        "" => "0".to_owned(),
        name if contract.shell && !name.starts_with(|first: char| first.is_ascii_digit()) => {
            container.shell(&format!("id -u {name}")).unwrap_or_default().trim().to_owned()
        }
        number => number.to_owned(),
    };
    if uid != "1000" {
        faults.push(format!("the image starts as `{user}` with UID `{uid}`, not as UID 1000"));
    }
}

/// The app's folder with all that is in it, and the home, belong to UID 1000.
fn check_owners(image: &Image, container: &Container, faults: &mut Vec<String>) {
    let home = image.variable("HOME").unwrap_or_default();
    if home.is_empty() || home == "/root" {
        faults.push(format!("HOME is `{home}`"));
        return;
    }
    let homes = container.files(&home).into_iter().take(1);
    for entry in container.files(image.folder()).into_iter().chain(homes) {
        if entry.uid != 1000 {
            faults.push(format!("`{}` belongs to UID {}", entry.name, entry.uid));
        } else if entry.mode & 0o200 == 0 {
            faults.push(format!("`{}` cannot be written by its owner", entry.name));
        }
    }
}

fn check_writable(container: &Container, faults: &mut Vec<String>) {
    let probe = r#"mkdir -p "$d" && touch "$d/.probe" && rm "$d/.probe""#;
    let script = format!("for d in {WRITTEN}; do ({probe}) 2> /dev/null || echo \"$d\"; done");
    match container.shell(&script) {
        Ok(refused) => faults.extend(refused.lines().map(|folder| format!("`{folder}` is not writable"))),
        Err(error) => faults.push(format!("no shell: {error}")),
    }
}

fn check_dev_mode(image: &Image, container: &Container, faults: &mut Vec<String>) {
    if image.folder() != "/app" {
        faults.push(format!("Dev Mode needs the code in /app; it is in {}", image.folder()));
    }
    if image.command().is_empty() {
        faults.push("Dev Mode needs a CMD".to_owned());
    }
    let script = format!("for tool in {DEV_TOOLS}; do command -v $tool > /dev/null || echo $tool; done");
    let missing = container.shell(&script).unwrap_or_else(|error| error);
    faults.extend(missing.lines().map(|tool| format!("Dev Mode needs `{tool}`")));
}
