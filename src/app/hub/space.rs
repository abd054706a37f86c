//! The front matter of an existing Space.

use crate::app::model::{Evidence, Seen};
use crate::facts::hardware::ZERO_GPU;
use crate::facts::limits::APP_PORT_MIN;
use crate::formats::base::{BASE_FILE, Base};
use crate::formats::front_matter::{Entry, Readme};
use crate::repo::{Lines, Repo};
use crate::values::BlobId;

pub(in crate::app) const README: &str = "README.md";

/// The keys that detection uses. All are none in a repository that is not a Space.
#[derive(Debug, Default)]
pub(in crate::app) struct ExistingSpace {
    pub(in crate::app) sdk: Option<Seen<String>>,
    /// The file that starts the app, if it exists in the repository.
    pub(in crate::app) app_file: Option<String>,
    /// The port, if a Space can use it. The app may listen on another.
    pub(in crate::app) app_port: Option<Seen<u16>>,
    pub(in crate::app) python: Option<Seen<String>>,
    pub(in crate::app) sdk_version: Option<Seen<String>>,
    /// Whether it suggests ZeroGPU, with the SDK that runs there.
    pub(in crate::app) is_zero_gpu: bool,
}

impl ExistingSpace {
    /// The name of its SDK.
    pub(in crate::app) fn sdk(&self) -> Option<&str> {
        self.sdk.as_ref().map(|sdk| sdk.value.as_str())
    }
}

/// Whether the README is as an earlier run made it, so that this one may change what it says.
pub(in crate::app) fn is_as_made(repo: &Repo) -> bool {
    let made = repo.text(BASE_FILE).and_then(|text| Base::read(text).ok());
    let made = made.as_ref().zip(README.parse().ok()).and_then(|(base, path)| base.get(&path));
    made.zip(repo.text(README)).is_some_and(|(made, text)| made.id == BlobId::of(text.as_bytes()))
}

/// Reads the block. One without `sdk` belongs to something else, such as a site generator.
pub(in crate::app) fn read(repo: &Repo) -> ExistingSpace {
    let Some(text) = repo.text(README) else { return ExistingSpace::default() };
    let readme = Readme::read(text);
    let lines = Lines::of_text(text);
    let evidence = |entry: &Entry| Evidence::line(README, lines.line(entry.key.range.start), "the Space sets it");
    let seen = |key: &str| {
        let entry = readme.entry(key)?;
        Some(Seen::certain(entry.value.as_str()?.to_owned(), evidence(entry)))
    };
    let Some(sdk) = seen("sdk") else { return ExistingSpace::default() };
    let port = || {
        let entry = readme.entry("app_port")?;
        let port = entry.value.as_integer().and_then(|port| u16::try_from(port).ok());
        Some(Seen::usual(port.filter(|port| *port >= APP_PORT_MIN)?, evidence(entry)))
    };
    let suggests_zero_gpu = seen("suggested_hardware").is_some_and(|hardware| hardware.value == ZERO_GPU);
    ExistingSpace {
        is_zero_gpu: sdk.value == "gradio" && suggests_zero_gpu,
        sdk: Some(sdk),
        app_file: seen("app_file").map(|file| file.value).filter(|file| repo.get(file).is_some()),
        app_port: port(),
        python: seen("python_version"),
        sdk_version: seen("sdk_version"),
    }
}
