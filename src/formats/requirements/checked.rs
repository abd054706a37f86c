//! A requirement that is given as an answer.

use std::str::FromStr;

use super::Package;
use super::pep508::{self, Fault};
use crate::values::{Invalid, excerpt, one_line};

/// One line of `requirements.txt` that names a package: `name[extra]==1.0; marker` or `name @ address`.
///
/// Options (`-r`, `--index-url`) are refused: they would change what every other line means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    name: String,
    line: String,
    marker: bool,
}

impl Requirement {
    /// The package's name as the index compares it: lower case, `-` for runs of `-`, `_` and `.`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole line.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.line
    }

    /// Whether it only applies under a condition.
    #[must_use]
    pub fn has_marker(&self) -> bool {
        self.marker
    }
}

impl FromStr for Requirement {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let line = one_line(text)?;
        let bad = |why: &str| {
            Invalid::new(format!("`{}` {why}", excerpt(&line))).hint("write it as pip does, such as `pandas==2.3.1`")
        };
        if line.starts_with('-') {
            return Err(bad("is an option, not a package"));
        }
        let parts = pep508::read(&line).map_err(|fault| bad(why(fault)))?;
        let package = Package::of(&line, parts, |range| range.clone());
        if package.address.as_ref().is_some_and(|(address, _)| !is_plain(address)) {
            return Err(bad(why(Fault::Versions)));
        }
        let marker = package.marker.map(|range| &line[range]);
        if marker.is_some_and(|marker| marker.contains(['#', '\\'])) {
            return Err(bad(why(Fault::Marker)));
        }
        let (name, marker) = (package.name, marker.is_some());
        Ok(Self { name, line, marker })
    }
}

impl std::fmt::Display for Requirement {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.line)
    }
}

fn why(fault: Fault) -> &'static str {
    match fault {
        Fault::Name => "does not start with the name of a package",
        Fault::Extras => "has invalid extras, or no `]` after them",
        Fault::Versions => "has something after its name that is not a version",
        Fault::Marker => "has no valid condition after `;`",
    }
}

/// Whether an address is safe in every generated file.
fn is_plain(address: &str) -> bool {
    address.contains("://") && address.chars().all(|char| char.is_ascii_graphic() && !matches!(char, '\\' | '"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requirement_lines_that_pip_takes() {
        for (line, name) in [
            ("pandas", "pandas"),
            ("pandas==2.3.1", "pandas"),
            ("pandas (>=1.0)", "pandas"),
            ("Pillow >= 10, <12", "pillow"),
            ("uvicorn[standard]~=0.54", "uvicorn"),
            ("zope.interface ; python_version < '3.13'", "zope-interface"),
            ("my__pkg @ https://example.org/a.whl", "my-pkg"),
            ("pkg @ git+https://example.org/x@v1 ; os_name == 'posix'", "pkg"),
            ("torch==2.11.0+cu130", "torch"),
        ] {
            let requirement: Requirement = line.parse().unwrap_or_else(|error| panic!("{line}: {error}"));
            assert_eq!(requirement.name(), name);
        }
    }

    #[test]
    fn requirement_lines_that_pip_refuses_or_that_are_options() {
        for line in [
            "",
            "-r x",
            "--index-url x",
            "a b",
            "a==",
            "a[b",
            "a;",
            "a=1",
            "a # b",
            "[x]",
            "a @ x",
            "a\nb",
            "a-",
            "pandas==latest",
            "pandas; nonsense",
            "pandas==1.0.*.2",
            "a==1 --hash=sha256:b",
        ] {
            assert!(line.parse::<Requirement>().is_err(), "{line}");
        }
    }
}
