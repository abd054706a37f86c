//! Versions of the packages that generated apps install. `templates/pins.toml` is the one place that holds them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

const BUILTIN_TOML: &str = include_str!("../../templates/pins.toml");

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
    /// Reads a `pins.toml`.
    ///
    /// # Errors
    /// When it is not TOML, or a package has no version.
    pub(crate) fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The pins of the templates in the library. A test shows that they can be read.
    pub(crate) fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Pins> = LazyLock::new(|| Pins::parse(BUILTIN_TOML).unwrap_or_default());
        &BUILTIN
    }

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
        range.is_none_or(|range| range.split(',').all(|clause| meets(clause.trim(), python)))
    }
}

/// Whether a version meets one clause of a range, compared by major and minor number.
fn meets(clause: &str, python: &str) -> bool {
    let minor = |text: &str| {
        let mut parts = text.trim().split('.');
        let major: u32 = parts.next()?.parse().ok()?;
        Some((major, parts.next()?.trim_end_matches('*').parse::<u32>().unwrap_or(0)))
    };
    let split = clause.find(|char: char| char.is_ascii_digit()).unwrap_or(clause.len());
    let (operator, bound) = clause.split_at(split);
    let (Some(bound), Some(version)) = (minor(bound), minor(python)) else { return false };
    match operator.trim() {
        ">=" => version >= bound,
        "<" => version < bound,
        "<=" => version <= bound,
        ">" => version > bound,
        "!=" => version != bound,
        "==" | "~=" => version == bound,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pins_of_the_library_can_be_read() {
        let pins = Pins::parse(BUILTIN_TOML).unwrap();
        assert_eq!(Pins::builtin().version("gradio"), pins.version("gradio"));
        assert!(pins.supports("gradio", "3.13") && !pins.supports("gradio", "3.9"));
    }

    #[test]
    fn ranges_are_compared_by_number() {
        assert!(meets(">=3.10", "3.13"));
        assert!(meets(">=3.10", "3.12.12"));
        assert!(!meets(">=3.11", "3.10"));
        assert!(!meets("<3.15", "3.15"));
        assert!(meets("<3.15", "3.9"));
        assert!(!meets("", "3.13"));
    }
}
