//! Packages to install: Python requirements and Debian packages.

use std::str::FromStr;

use super::value::{Invalid, excerpt, not_listed, one_line, text_value};

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

    /// Whether it holds under a condition only.
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
        let end = line.find(|char: char| !is_name_char(char)).unwrap_or(line.len());
        let (name, rest) = line.split_at(end);
        let edge = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphanumeric());
        if !edge(name.chars().next()) || !edge(name.chars().last()) {
            return Err(bad("does not start with the name of a package"));
        }
        let (rest, marker) = split_marker(rest);
        let after_extras = extras(rest.trim_start()).ok_or_else(|| bad("has extras that are not closed"))?.trim();
        if !is_version_list(after_extras) && !is_direct_reference(after_extras) {
            return Err(bad("has something after its name that is no version"));
        }
        if marker.is_some_and(|marker| marker.trim().is_empty() || marker.contains(['#', '\\'])) {
            return Err(bad("has no condition after `;`"));
        }
        let (name, marker) = (normalised(name), marker.is_some());
        Ok(Self { name, line, marker })
    }
}

impl std::fmt::Display for Requirement {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.line)
    }
}

fn is_name_char(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '.' | '-' | '_')
}

/// Names as the index compares them.
/// Source: <https://packaging.python.org/en/latest/specifications/name-normalization/>.
pub(crate) fn normalised(name: &str) -> String {
    let mut normal = String::new();
    for char in name.chars() {
        let char = if matches!(char, '-' | '_' | '.') { '-' } else { char.to_ascii_lowercase() };
        if !(char == '-' && normal.ends_with('-')) {
            normal.push(char);
        }
    }
    normal
}

/// Cuts off `; marker`. An address may hold a `;` unless white space stands before it.
fn split_marker(rest: &str) -> (&str, Option<&str>) {
    let semicolon = if rest.trim_start().starts_with('@') { rest.find(" ;").map(|at| at + 1) } else { rest.find(';') };
    semicolon.map_or((rest, None), |at| (&rest[..at], Some(&rest[at + 1..])))
}

/// What follows `[extra,extra]`, or all of it when there are no extras.
fn extras(rest: &str) -> Option<&str> {
    let Some(inner) = rest.strip_prefix('[') else {
        return Some(rest);
    };
    let (names, after) = inner.split_once(']')?;
    let well_formed = names.split(',').map(str::trim).all(|name| !name.is_empty() && name.chars().all(is_name_char));
    well_formed.then_some(after)
}

fn is_version_list(text: &str) -> bool {
    const OPERATORS: [&str; 8] = ["===", "==", "!=", "~=", ">=", "<=", ">", "<"];
    let is_version = |clause: &str| {
        let clause = clause.trim();
        OPERATORS.iter().find_map(|operator| clause.strip_prefix(operator)).map(str::trim).is_some_and(|version| {
            version.starts_with(|char: char| char.is_ascii_alphanumeric())
                && version
                    .chars()
                    .all(|char| char.is_ascii_alphanumeric() || matches!(char, '.' | '*' | '+' | '!' | '-' | '_'))
        })
    };
    text.is_empty() || text.split(',').all(is_version)
}

fn is_direct_reference(text: &str) -> bool {
    text.strip_prefix('@').map(str::trim).is_some_and(|address| {
        address.contains("://") && address.chars().all(|char| char.is_ascii_graphic() && !matches!(char, '\\' | '"'))
    })
}

/// What installs Python packages while an image is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Installer {
    /// Comes with every Python image.
    Pip,
    /// Fetched for the one step that installs, and not kept.
    Uv,
}

impl Installer {
    /// The name of the program.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pip => "pip",
            Self::Uv => "uv",
        }
    }
}

impl FromStr for Installer {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text {
            "pip" => Ok(Self::Pip),
            "uv" => Ok(Self::Uv),
            _ => Err(not_listed(text, &["pip", "uv"], "an installer that can be chosen")),
        }
    }
}

text_value!(
    /// The name of a Debian package.
    /// Source: <https://www.debian.org/doc/debian-policy/ch-controlfields.html#source>.
    DebianPackage,
    debian_package
);

fn debian_package(text: &str) -> Result<String, Invalid> {
    let starts_well = text.starts_with(|char: char| char.is_ascii_lowercase() || char.is_ascii_digit());
    let allowed = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || matches!(char, '+' | '-' | '.');
    if text.len() < 2 || !starts_well || !text.chars().all(allowed) {
        let error = Invalid::new(format!("`{}` is no name of a Debian package", excerpt(text)));
        return Err(if text.contains(['=', ':', '/']) {
            error.hint("give the name alone, without a version or an architecture")
        } else if text.contains([' ', ',']) {
            error.hint("give each package by itself")
        } else {
            error.hint("lower-case letters, digits, `+`, `-` and `.`, such as `ffmpeg`")
        });
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requirement_lines_that_pip_takes() {
        for (line, name) in [
            ("pandas", "pandas"),
            ("pandas==2.3.1", "pandas"),
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
        for line in
            ["", "-r x", "--index-url x", "a b", "a==", "a[b", "a;", "a=1", "a # b", "[x]", "a @ x", "a\nb", "a-"]
        {
            assert!(line.parse::<Requirement>().is_err(), "{line}");
        }
    }

    #[test]
    fn debian_names() {
        assert!("libgl1".parse::<DebianPackage>().is_ok());
        assert!("g++".parse::<DebianPackage>().is_ok());
        for name in ["", "a", "FFmpeg", "ffmpeg=1", "a b", "-x", "libc6:amd64", "a;b"] {
            assert!(name.parse::<DebianPackage>().is_err(), "{name}");
        }
    }
}
