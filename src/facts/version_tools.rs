//! Tools that take the version of a Python project from git, which an image does not have.

/// A tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct VersionTool {
    /// The package, by its normalised name.
    pub package: &'static str,
    /// The keys in `pyproject.toml` that lead to its settings, or to the one that names it.
    pub keys: &'static [&'static str],
    /// The text of the latter.
    pub value: Option<&'static str>,
    /// The key in its settings whose value is used without git.
    pub fallback: &'static str,
    /// The variable with a version that is used instead of that of git.
    pub variable: Option<&'static str>,
}

/// The version in an image, where nothing compares it: the project is not published from there.
pub const VERSION: &str = "0.0.0";

/// Sources: <https://setuptools-scm.readthedocs.io/en/latest/overrides/>, <https://github.com/ofek/hatch-vcs#version-source-environment-variables>,
/// <https://backend.pdm-project.org/metadata/#read-from-scm-tag-supporting-git-and-hg>,
/// <https://github.com/mtkennerly/poetry-dynamic-versioning#environment-variables>,
/// <https://github.com/ninoseki/uv-dynamic-versioning/blob/main/docs/environment_variables.md>,
/// <https://versioningit.readthedocs.io/en/stable/configuration.html>.
pub const VERSION_TOOLS: &[VersionTool] = &[
    VersionTool {
        package: "hatch-vcs",
        keys: &["tool", "hatch", "version", "source"],
        value: Some("vcs"),
        fallback: "fallback-version",
        variable: Some("SETUPTOOLS_SCM_PRETEND_VERSION"),
    },
    VersionTool {
        package: "uv-dynamic-versioning",
        keys: &["tool", "hatch", "version", "source"],
        value: Some("uv-dynamic-versioning"),
        fallback: "fallback-version",
        variable: Some("UV_DYNAMIC_VERSIONING_BYPASS"),
    },
    VersionTool {
        package: "versioningit",
        keys: &["tool", "hatch", "version", "source"],
        value: Some("versioningit"),
        fallback: "default-version",
        variable: None,
    },
    VersionTool {
        package: "versioningit",
        keys: &["tool", "versioningit"],
        value: None,
        fallback: "default-version",
        variable: None,
    },
    VersionTool {
        package: "pdm-backend",
        keys: &["tool", "pdm", "version", "source"],
        value: Some("scm"),
        fallback: "fallback_version",
        variable: Some("PDM_BUILD_SCM_VERSION"),
    },
    VersionTool {
        package: "poetry-dynamic-versioning",
        keys: &["tool", "poetry-dynamic-versioning"],
        value: None,
        fallback: "fallback-version",
        variable: Some("POETRY_DYNAMIC_VERSIONING_BYPASS"),
    },
    VersionTool {
        package: "setuptools-scm",
        keys: &["tool", "setuptools_scm"],
        value: None,
        fallback: "fallback_version",
        variable: Some("SETUPTOOLS_SCM_PRETEND_VERSION"),
    },
];
