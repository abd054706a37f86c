//! The output formats, one row each.

use super::{Checked, Printable, check_json, check_text, github, sarif};

/// Declares the enum, the names and the renderers of findings from one row for each format.
macro_rules! formats {
    ($($(#[$doc:meta])* $format:ident = $name:literal, $check:path;)*) => {
        /// An output format.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        #[non_exhaustive]
        pub enum Format {
            $($(#[$doc])* $format,)*
        }

        impl Format {
            /// All formats: findings support each.
            pub const ALL: &'static [Self] = &[$(Self::$format),*];

            /// The name, as on the command line.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$format => $name,)*
                }
            }

            /// Renders the findings of folders.
            #[must_use]
            pub fn check(self, folders: &[Checked]) -> Printable {
                match self {
                    $(Self::$format => $check(folders),)*
                }
            }
        }
    };
}

formats! {
    /// Text for people.
    #[default]
    Text = "text", check_text::all;
    /// One JSON document.
    Json = "json", check_json::all;
    /// One document in SARIF 2.1.0, for code scanning.
    Sarif = "sarif", sarif::all;
    /// Commands of a GitHub workflow.
    Github = "github", github::all;
}

impl Format {
    /// The formats of every report: the others are only for findings.
    pub const COMMON: &'static [Self] = &[Self::Text, Self::Json];

    /// A format, by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// Whether the report contains the diff of fixes. Other formats have no place for it.
    #[must_use]
    pub fn has_diffs(self) -> bool {
        matches!(self, Self::Text | Self::Json)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name() {
        for format in Format::ALL {
            assert_eq!(Format::named(format.name()), Some(*format));
        }
        assert_eq!(Format::named("xml"), None);
        assert!(Format::COMMON.contains(&Format::default()));
    }
}
