//! Versions of the packages that generated apps install. They are only defined in `templates/pins.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::pep440::PythonRange;

/// `pins.toml` as build.rs translates it.
const BUILTIN: &str = include_str!(concat!(env!("OUT_DIR"), "/pins.json"));

/// A package with an exact version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pin {
    pub(crate) version: String,
    /// The Python versions that it supports, from its index page: `>=3.10`, `<3.15,>=3.10`.
    #[serde(default)]
    pub(crate) python: Option<String>,
}

/// Every pin, by package.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Pins(BTreeMap<String, Pin>);

impl Pins {
    /// The pins of the built-in templates. A test checks that they can be read.
    pub(crate) fn builtin() -> &'static Self {
        static PINS: LazyLock<Pins> = LazyLock::new(|| serde_json::from_str(BUILTIN).unwrap_or_default());
        &PINS
    }

    /// The version of a package.
    pub(crate) fn version(&self, package: &str) -> Option<&str> {
        self.0.get(package).map(|pin| pin.version.as_str())
    }

    /// Every package with its version.
    pub(crate) fn versions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(package, pin)| (package.as_str(), pin.version.as_str()))
    }

    /// Whether a package supports a version of Python. A package without a range supports all.
    pub(crate) fn supports(&self, package: &str, python: &str) -> bool {
        let range = self.0.get(package).and_then(|pin| pin.python.as_deref());
        range.is_none_or(|range| PythonRange::read(range).is_some_and(|range| range.has(python)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pins_of_the_library_can_be_read() {
        let pins: Pins = toml::from_str(include_str!("../../templates/pins.toml")).unwrap();
        assert_eq!(Pins::builtin().0, pins.0);
        assert!(pins.supports("gradio", "3.13") && !pins.supports("gradio", "3.9"));
    }
}
