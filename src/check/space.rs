//! The input of the rules: a repository with parsed views of its files, each created once, on demand.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use crate::app::image::pip::{Installed, Item};
use crate::app::lost::imports::{Lost, lost_imports};
use crate::app::start::startup::Spot;
use crate::facts::limits::APP_PORT_DEFAULT;
use crate::formats::dockerfile::Dockerfile;
use crate::formats::front_matter::{Node, Readme};
use crate::formats::python::{Source, Sources};
use crate::formats::requirements::Requirements;
use crate::repo::{Attributes, DockerIgnore, File, Repo, read_all};

use super::diagnostic::Place;
use super::metadata;
use super::pairs::Pairs;
use super::workflows::{self, Deploy};

/// The file that holds the front matter.
pub(crate) const README: &str = "README.md";
/// The file that the Hub builds in a Docker Space.
pub(crate) const DOCKERFILE: &str = "Dockerfile";

/// The kind of Space in the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SpaceSdk {
    Docker,
    Gradio,
    Static,
    /// No longer offered; old Spaces still run.
    Streamlit,
    /// Missing, or unknown to the Hub.
    Unknown,
}

/// Folders with code that does not run in the Space.
const NOT_THE_APP: [&str; 9] =
    ["docs", "examples", "node_modules", "scripts", "test", "tests", "vendor", "venv", ".venv"];

/// The files, by whether they go through LFS or Xet.
pub(crate) struct ByLfs<'r> {
    /// They do, according to `.gitattributes`.
    pub(crate) through: Vec<&'r File>,
    /// They go into git as they are.
    pub(crate) plain: Vec<&'r File>,
}

/// A repository and its views.
pub(crate) struct Space<'r> {
    repo: &'r Repo,
    readme: OnceCell<Option<Readme<'r>>>,
    dockerfile: OnceCell<Option<Dockerfile<'r>>>,
    by_lfs: OnceCell<ByLfs<'r>>,
    /// Most rules ask for it.
    sdk: OnceCell<SpaceSdk>,
    requirements: OnceCell<Requirements>,
    installed: OnceCell<Installed>,
    python_files: OnceCell<Vec<PythonFile<'r>>>,
    sources: Rc<Sources<'r>>,
    lost_imports: OnceCell<Vec<Lost>>,
    deploys: OnceCell<Vec<Deploy<'r>>>,
}

/// A Python file of the app.
pub(crate) struct PythonFile<'r> {
    pub(crate) path: &'r str,
    pub(crate) text: &'r str,
    source: OnceCell<Rc<Source<'r>>>,
    sources: Rc<Sources<'r>>,
    pairs: OnceCell<Pairs>,
}

impl<'r> PythonFile<'r> {
    /// Whether its text contains a word. Many rules begin with this question, and most words are in no file.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.pairs.get_or_init(|| Pairs::of(self.text)).may_have(word) && self.text.contains(word)
    }

    /// Its imports, calls and so on, parsed on first use: often searching the text is enough.
    pub(crate) fn source(&self) -> &Source<'r> {
        self.source.get_or_init(|| self.sources.of(self.path, self.text))
    }
}

impl<'r> Space<'r> {
    pub(crate) fn new(repo: &'r Repo) -> Self {
        Self {
            repo,
            readme: OnceCell::new(),
            dockerfile: OnceCell::new(),
            by_lfs: OnceCell::new(),
            requirements: OnceCell::new(),
            installed: OnceCell::new(),
            python_files: OnceCell::new(),
            sources: Rc::default(),
            lost_imports: OnceCell::new(),
            sdk: OnceCell::new(),
            deploys: OnceCell::new(),
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

    /// Which files go through LFS and which do not, computed once: there may be many.
    pub(crate) fn by_lfs(&self) -> &ByLfs<'r> {
        self.by_lfs.get_or_init(|| {
            let attributes = Attributes::of(self.repo);
            let pushed = self.repo.files().filter(|file| !self.repo.may_ignore(file.path()));
            let (through, plain) = pushed.partition(|file| attributes.is_large(file.path()));
            // Lines that were skipped may match any file
            if attributes.is_whole() {
                ByLfs { through, plain }
            } else {
                ByLfs { through: Vec::new(), plain: Vec::new() }
            }
        })
    }

    /// The files that are excluded from the build.
    pub(crate) fn dockerignore(&self) -> &DockerIgnore {
        self.repo.dockerignore()
    }

    /// The jobs of workflows that mention the Hub.
    pub(super) fn deploys(&self) -> &[Deploy<'r>] {
        self.deploys.get_or_init(|| workflows::deploys(self.repo))
    }

    /// The lines of `requirements.txt`.
    pub(crate) fn requirements(&self) -> &Requirements {
        let read = || self.repo.text("requirements.txt").map(Requirements::read).unwrap_or_default();
        self.requirements.get_or_init(read)
    }

    /// What is certainly installed with pip.
    pub(crate) fn installed(&self) -> &Installed {
        self.installed.get_or_init(|| match (self.sdk(), self.docker()) {
            (SpaceSdk::Gradio, _) => Installed::of_hub(self.repo),
            (_, Some(dockerfile)) => Installed::of_image(self.repo, dockerfile),
            _ => Installed::default(),
        })
    }

    /// The files with an ending that belong to the app: at the root and in its folders, without tests and packages.
    pub(crate) fn app_files(&self, ending: &str) -> impl Iterator<Item = (&'r str, &'r str)> {
        let files: Vec<_> = self.listed_app_files(ending).collect();
        read_all(&files);
        files.into_iter().filter_map(|file| Some((file.path(), file.text()?)))
    }

    /// The same, unread.
    pub(crate) fn listed_app_files(&self, ending: &str) -> impl Iterator<Item = &'r File> {
        self.repo.files().filter(move |file| {
            let path = file.path();
            path.strip_suffix(ending).is_some_and(|rest| rest.ends_with('.')) && is_of_the_app(path, file.name())
        })
    }

    /// The Python files among them.
    pub(crate) fn python_files(&self) -> &[PythonFile<'r>] {
        self.python_files.get_or_init(|| {
            let file = |(path, text)| PythonFile {
                path,
                text,
                source: OnceCell::new(),
                sources: Rc::clone(&self.sources),
                pairs: OnceCell::new(),
            };
            self.app_files("py").map(file).collect()
        })
    }

    /// The parsed Python files, for what is not only about those of the app.
    pub(crate) fn sources(&self) -> &Sources<'r> {
        &self.sources
    }

    /// The imports of files that git does not push, or that are spelled in another case.
    pub(crate) fn lost_imports(&self) -> &[Lost] {
        self.lost_imports.get_or_init(|| lost_imports(self.repo))
    }

    /// The value of a key of the front matter, if it is a single text that is not empty.
    pub(crate) fn text_of(&self, key: &str) -> Option<(&str, &Node)> {
        metadata::text_of(self.readme()?, key)
    }

    /// The kind of Space.
    pub(crate) fn sdk(&self) -> SpaceSdk {
        *self.sdk.get_or_init(|| {
            let text = self.readme().and_then(|readme| readme.value("sdk")).and_then(|node| node.as_str());
            match text {
                Some("docker") => SpaceSdk::Docker,
                Some("gradio") => SpaceSdk::Gradio,
                Some("static") => SpaceSdk::Static,
                Some("streamlit") => SpaceSdk::Streamlit,
                _ => SpaceSdk::Unknown,
            }
        })
    }

    /// The port that the Hub connects to, with its place in the README if it is set there.
    pub(crate) fn app_port(&self) -> Option<(u16, Option<Range<usize>>)> {
        match self.readme()?.value("app_port") {
            None => Some((APP_PORT_DEFAULT, None)),
            Some(node) => Some((u16::try_from(node.as_integer()?).ok()?, Some(node.range.clone()))),
        }
    }

    /// The Dockerfile, if this is a Docker Space, or may be one.
    pub(crate) fn docker(&self) -> Option<&Dockerfile<'r>> {
        matches!(self.sdk(), SpaceSdk::Docker | SpaceSdk::Unknown).then(|| self.dockerfile()).flatten()
    }
}

fn is_of_the_app(path: &str, name: &str) -> bool {
    let folder = path.split_once('/').map_or("", |(folder, _)| folder);
    let is_test = name.starts_with("test_") || name.contains(".test.") || name == "conftest.py";
    !is_test && path.matches('/').count() < 2 && !NOT_THE_APP.contains(&folder)
}

/// A place in the README.
pub(crate) fn in_readme(range: Range<usize>) -> Place {
    Place::bytes(README, range)
}

/// A place in a file that a container starts.
pub(crate) fn in_spot(spot: &Spot) -> Place {
    Place::bytes(&*spot.path, spot.range.clone())
}

/// A place in the Dockerfile.
pub(crate) fn in_dockerfile(range: Range<usize>) -> Place {
    Place::bytes(DOCKERFILE, range)
}

/// The place of something that is installed.
pub(crate) fn of_item(item: &Item) -> Place {
    match &item.path {
        None => in_dockerfile(item.range.clone()),
        Some(path) if item.range.is_empty() => Place::file(path),
        Some(path) => Place::bytes(path, item.range.clone()),
    }
}
