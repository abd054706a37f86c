//! What the front matter of a Space that exists already says.

use super::model::{Evidence, Seen};
use super::project::Project;
use crate::facts::limits::APP_PORT_MIN;
use crate::formats::front_matter::Readme;
use crate::repo::Repo;

/// The keys that detection follows. All are none in a repository that is no Space.
#[derive(Debug, Default)]
pub(super) struct ExistingSpace {
    pub(super) sdk: Option<String>,
    pub(super) app_file: Option<String>,
    pub(super) app_port: Option<u16>,
    pub(super) python: Option<String>,
    pub(super) sdk_version: Option<(String, Evidence)>,
}

/// Reads the block. One without `sdk` belongs to something else, such as a site generator.
pub(super) fn read(repo: &Repo) -> ExistingSpace {
    let Some(text) = repo.text("README.md") else { return ExistingSpace::default() };
    let readme = Readme::read(text);
    let value = |key: &str| readme.value(key).and_then(|node| node.as_str()).map(str::to_owned);
    let Some(sdk) = value("sdk") else { return ExistingSpace::default() };
    let line = text.lines().position(|line| line.starts_with("sdk_version")).map_or(1, |line| line + 1);
    let evidence = Evidence::line("README.md", line, "the Space says so");
    let app_port = readme.value("app_port").and_then(|node| node.as_integer());
    ExistingSpace {
        sdk: Some(sdk),
        app_file: value("app_file").filter(|file| repo.get(file).is_some()),
        app_port: app_port.and_then(|port| u16::try_from(port).ok()),
        python: value("python_version"),
        sdk_version: value("sdk_version").map(|version| (version, evidence)),
    }
}

/// The port that the front matter of a Space names.
pub(super) fn port(project: &Project<'_>, space: &ExistingSpace) -> Option<Seen<u16>> {
    let port = space.app_port.filter(|port| *port >= APP_PORT_MIN)?;
    Some(Seen::usual(port, project.line_with("README.md", "app_port", "the Space says so")))
}
