//! What the rules look at: a repository with parsed views of its files, each made once, when first asked for.

use std::cell::OnceCell;

use crate::dockerfile::Dockerfile;
use crate::front_matter::Readme;
use crate::repo::{Attributes, DockerIgnore, Repo, RequirementLine, requirements};

use super::diagnostic::Place;

/// The file that holds the front matter.
pub(crate) const README: &str = "README.md";
/// The file that the Hub builds in a Docker Space.
pub(crate) const DOCKERFILE: &str = "Dockerfile";

/// Which kind of Space a repository says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SpaceSdk {
    Docker,
    Gradio,
    Static,
    /// No longer offered; old Spaces still run.
    Streamlit,
    /// None is given, or one that the Hub does not know.
    Unknown,
}

/// Folders whose code does not run in the Space.
const NOT_THE_APP: [&str; 9] =
    ["docs", "examples", "node_modules", "scripts", "test", "tests", "vendor", "venv", ".venv"];

/// A repository and its views.
pub(crate) struct Space<'r> {
    repo: &'r Repo,
    readme: OnceCell<Option<Readme<'r>>>,
    dockerfile: OnceCell<Option<Dockerfile<'r>>>,
    attributes: OnceCell<Attributes>,
    dockerignore: OnceCell<DockerIgnore>,
    requirements: OnceCell<Vec<RequirementLine>>,
}

impl<'r> Space<'r> {
    pub(crate) fn new(repo: &'r Repo) -> Self {
        Self {
            repo,
            readme: OnceCell::new(),
            dockerfile: OnceCell::new(),
            attributes: OnceCell::new(),
            dockerignore: OnceCell::new(),
            requirements: OnceCell::new(),
        }
    }

    /// The files.
    pub(crate) fn repo(&self) -> &'r Repo {
        self.repo
    }

    /// The README, if there is one in UTF-8.
    pub(crate) fn readme(&self) -> Option<&Readme<'r>> {
        self.readme.get_or_init(|| self.repo.text(README).map(Readme::read)).as_ref()
    }

    /// The Dockerfile at the root.
    pub(crate) fn dockerfile(&self) -> Option<&Dockerfile<'r>> {
        self.dockerfile.get_or_init(|| self.repo.text(DOCKERFILE).map(Dockerfile::read)).as_ref()
    }

    /// Which files go through LFS.
    pub(crate) fn attributes(&self) -> &Attributes {
        self.attributes.get_or_init(|| Attributes::of(self.repo))
    }

    /// What is kept out of the build.
    pub(crate) fn dockerignore(&self) -> &DockerIgnore {
        self.dockerignore.get_or_init(|| self.repo.text(".dockerignore").map(DockerIgnore::read).unwrap_or_default())
    }

    /// The lines of `requirements.txt`.
    pub(crate) fn requirements(&self) -> &[RequirementLine] {
        self.requirements.get_or_init(|| self.repo.text("requirements.txt").map(requirements).unwrap_or_default())
    }

    /// The files with an ending that an app begins with: at the root and in a folder of it, no tests and no packages.
    pub(crate) fn app_files(&self, ending: &str) -> impl Iterator<Item = (&'r str, &'r str)> {
        let files = self.repo.files().filter(move |file| {
            let path = file.path();
            let folder = path.split_once('/').map_or("", |(folder, _)| folder);
            let is_code = path.rsplit_once('.').is_some_and(|(_, found)| found == ending);
            let is_test =
                file.name().starts_with("test_") || file.name().contains(".test.") || file.name() == "conftest.py";
            is_code && !is_test && path.matches('/').count() < 2 && !NOT_THE_APP.contains(&folder)
        });
        files.filter_map(|file| Some((file.path(), file.text()?)))
    }

    /// The kind of Space.
    pub(crate) fn sdk(&self) -> SpaceSdk {
        let text = self.readme().and_then(|readme| readme.value("sdk")).and_then(|node| node.as_str());
        match text {
            Some("docker") => SpaceSdk::Docker,
            Some("gradio") => SpaceSdk::Gradio,
            Some("static") => SpaceSdk::Static,
            Some("streamlit") => SpaceSdk::Streamlit,
            _ => SpaceSdk::Unknown,
        }
    }

    /// The Dockerfile, if this is a Docker Space, or may be one.
    pub(crate) fn docker(&self) -> Option<&Dockerfile<'r>> {
        matches!(self.sdk(), SpaceSdk::Docker | SpaceSdk::Unknown).then(|| self.dockerfile()).flatten()
    }
}

/// A place in the README.
pub(crate) fn in_readme(range: std::ops::Range<usize>) -> Place {
    Place::bytes(README, range)
}

/// A place in the Dockerfile.
pub(crate) fn in_dockerfile(range: std::ops::Range<usize>) -> Place {
    Place::bytes(DOCKERFILE, range)
}
