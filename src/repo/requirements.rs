//! Lines of a `requirements.txt`.
//!
//! Source: <https://pip.pypa.io/en/stable/reference/requirements-file-format/> and PEP 508, as far as names and versions go.

use std::ops::Range;

/// A requirement and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequirementLine {
    /// The name as `PyPI` normalises it: lower case, `-` for `_` and `.`.
    pub(crate) name: String,
    /// The name and all that belongs to it, without a comment.
    pub(crate) range: Range<usize>,
    /// The line with its line break.
    pub(crate) line: Range<usize>,
    /// `==1.2`, `>=1,<2`; empty if any version will do.
    pub(crate) specifier: String,
    /// Whether it is for some Pythons or systems only, or comes from an address.
    pub(crate) conditional: bool,
}

impl RequirementLine {
    /// The version, if it is pinned to one.
    pub(crate) fn exact(&self) -> Option<&str> {
        let version = self.specifier.strip_prefix("==")?.trim_start_matches('=').trim();
        (!version.contains([',', '*', '<', '>', '!', '~'])).then_some(version)
    }

    /// The numbers of the version that it is pinned to.
    pub(crate) fn exact_numbers(&self) -> Option<Vec<u32>> {
        self.exact()?.split('.').map(|part| part.parse().ok()).collect()
    }
}

/// The requirements of a file. Options, and lines that are no requirements, are left out.
pub(crate) fn requirements(text: &str) -> Vec<RequirementLine> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        found.extend(requirement(line, at));
        at += line.len();
    }
    found
}

fn requirement(line: &str, at: usize) -> Option<RequirementLine> {
    let comment = line.find(" #").or_else(|| line.starts_with('#').then_some(0)).unwrap_or(line.len());
    let code = line[..comment].trim_end();
    let start = code.len() - code.trim_start().len();
    let code_text = code.trim_start();
    let name_length =
        code_text.find(|char: char| !(char.is_ascii_alphanumeric() || "-_.".contains(char))).unwrap_or(code_text.len());
    let (name, rest) = code_text.split_at(name_length);
    if name.is_empty() || name.starts_with(['-', '.']) || rest.starts_with([':', '/']) || rest.ends_with('\\') {
        return None;
    }
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(rest, |(_, rest)| rest.trim_start());
    let (specifier, marker) = rest.split_once(';').unwrap_or((rest, ""));
    Some(RequirementLine {
        name: name.to_lowercase().replace(['_', '.'], "-"),
        range: at + start..at + code.len(),
        line: at..at + line.len(),
        specifier: specifier.split_whitespace().collect::<String>().trim_matches(['(', ')']).to_owned(),
        conditional: !marker.trim().is_empty() || specifier.trim_start().starts_with('@'),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_versions_and_markers_are_told_apart() {
        let text = "# x\n-r other.txt\nGradio[oauth] == 4.44.1  # pinned\nPy_Dub>=0.25,<1; python_version < \"3.13\"\nhttps://a/b.whl\na @ https://a\n";
        let lines = requirements(text);
        let shown: Vec<_> =
            lines.iter().map(|line| (line.name.as_str(), line.specifier.as_str(), line.conditional)).collect();
        assert_eq!(shown, [("gradio", "==4.44.1", false), ("py-dub", ">=0.25,<1", true), ("a", "@https://a", true)]);
        assert_eq!(&text[lines[0].range.clone()], "Gradio[oauth] == 4.44.1");
        assert_eq!(lines[0].exact_numbers(), Some(vec![4, 44, 1]));
    }
}
