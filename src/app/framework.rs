//! The framework of an app: a handle to a row of `frameworks/`.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// The framework of an app.
///
/// Frameworks are compared by their [`id`](Self::id).
#[derive(Clone, Copy)]
pub struct Framework(&'static About);

/// What is known about a framework, for any app.
pub(super) struct About {
    /// Its name in code and in scripts.
    pub(super) id: &'static str,
    /// Its name, as its authors write it.
    pub(super) name: &'static str,
    /// The template for its apps.
    pub(super) template: &'static str,
    pub(super) runtime: Runtime,
    /// Its package, by the normalised name.
    pub(super) package: Option<&'static str>,
    /// The SDK of the Hub whose image runs its apps.
    pub(super) sdk: Option<&'static str>,
}

/// What runs an app, or builds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Runtime {
    Python,
    Node,
    /// A compiler of Go or Rust, whose program runs by itself.
    Compiled,
    /// The browser.
    Page,
    /// The image that a Dockerfile builds.
    Image,
}

impl About {
    /// A Python framework that runs in a custom image.
    pub(super) const PYTHON: Self =
        Self { id: "", name: "", template: "docker", runtime: Runtime::Python, package: None, sdk: None };

    /// A framework on Node.
    pub(super) const NODE: Self = Self { template: "node", runtime: Runtime::Node, ..Self::PYTHON };
}

impl Framework {
    pub(super) const fn of(about: &'static About) -> Self {
        Self(about)
    }

    /// Its name in code and in scripts, such as `gradio`: lower case, without spaces.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.0.id
    }

    /// Its name, as its authors write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The template for its apps.
    #[must_use]
    pub fn template(self) -> &'static str {
        self.0.template
    }

    /// The SDK of the Hub whose own image runs its apps, as front matter names it.
    #[must_use]
    pub fn sdk(self) -> Option<&'static str> {
        self.0.sdk
    }

    /// Whether it is written in Python.
    #[must_use]
    pub fn is_python(self) -> bool {
        self.runtime() == Runtime::Python
    }

    pub(super) fn runtime(self) -> Runtime {
        self.0.runtime
    }

    /// Its package.
    pub(super) fn package(self) -> Option<&'static str> {
        self.0.package
    }
}

impl fmt::Debug for Framework {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Framework").field(&self.0.id).finish()
    }
}

impl PartialEq for Framework {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for Framework {}

impl PartialOrd for Framework {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Framework {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.id.cmp(other.0.id)
    }
}

impl Hash for Framework {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}
