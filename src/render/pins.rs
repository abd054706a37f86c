//! Versions of the packages that generated apps install: `templates/pins.toml`, the one place that holds them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::values::pep440::PythonRange;

/// A package in an exact version.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pin {
    pub(crate) version: String,
    /// The Python versions it runs on, as its index page says: `>=3.10`, `<3.15,>=3.10`.
    #[serde(default)]
    pub(crate) python: Option<String>,
}

/// Every pin, by package.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Pins(BTreeMap<String, Pin>);

impl Pins {
    /// The version of a package.
    pub(crate) fn version(&self, package: &str) -> Option<&str> {
        self.0.get(package).map(|pin| pin.version.as_str())
    }

    /// Every package with its version.
    pub(crate) fn versions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(package, pin)| (package.as_str(), pin.version.as_str()))
    }

    /// Whether a package runs on a version of Python. A package without a range runs on all.
    pub(crate) fn supports(&self, package: &str, python: &str) -> bool {
        let range = self.0.get(package).and_then(|pin| pin.python.as_deref());
        range.is_none_or(|range| PythonRange::read(range).is_some_and(|range| range.has(python)))
    }
}
