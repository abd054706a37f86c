//! Packages to install: names of Python packages, installers, Debian packages.

use std::str::FromStr;

use super::value::{Invalid, excerpt, not_listed, text_value};

/// Normalised names, as the index compares them.
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

/// The tool that installs Python packages while an image is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Installer {
    /// Comes with every Python image.
    Pip,
    /// Downloaded for the install step only, and not kept.
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
            _ => Err(not_listed(text, &["pip", "uv"], "a supported installer")),
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
        let error = Invalid::new(format!("`{}` is not the name of a Debian package", excerpt(text)));
        return Err(if text.contains(['=', ':', '/']) {
            error.hint("give only the name, without a version or an architecture")
        } else if text.contains([' ', ',']) {
            error.hint("give each package separately")
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
    fn names_are_compared_as_the_index_compares_them() {
        for name in ["Foo.Bar", "foo_bar", "foo--bar", "FOO-._bar"] {
            assert_eq!(normalised(name), "foo-bar");
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
