//! Merges requirements files line by line, where lines of text beside each other would be a conflict.
//!
//! The order of requirements says nothing, so that a package that somebody adds has nothing to do with the version of the one in
//! the line above it. A requirement is known by the name of its package, any other line by its text.

use crate::order;
use std::collections::BTreeMap;

/// Whether a file has requirements of pip, by its path.
pub(super) fn is_of_requirements(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_prefix("requirements").is_some_and(|rest| rest.strip_suffix(".txt").is_some())
}

/// The text that is there with what has changed from `base` to `wanted`: lines that are as they were made follow, all others stay.
/// None if both sides have changed the same requirement, or if a requirement has several lines.
pub(super) fn merge(base: &str, there: &str, wanted: &str) -> Option<String> {
    if [base, there, wanted].iter().any(|text| text.lines().any(|line| line.trim_end().ends_with('\\'))) {
        return None;
    }
    let (base_lines, there_lines, wanted_lines) = (keyed(base), keyed(there), keyed(wanted));
    let of = |lines: &[(Key, String)]| order::map(lines.iter().cloned());
    let (was, is, planned) = (of(&base_lines), of(&there_lines), of(&wanted_lines));
    let mut merged: Vec<(Key, String)> = Vec::new();
    for (key, line) in there_lines {
        let after = match (was.get(&key), planned.get(&key)) {
            (Some(old), new) if *old == line => new.cloned(),
            (old, Some(new)) if old == Some(new) || *new == line => Some(line),
            (None, None) => Some(line),
            _ => return None,
        };
        merged.extend(after.map(|line| (key, line)));
    }
    // New lines come behind the ones that they are behind in the template; what was deleted stays deleted
    let mut at = 0;
    for (key, line) in wanted_lines {
        match merged.iter().position(|(known, _)| *known == key) {
            Some(found) => at = found + 1,
            None if !was.contains_key(&key) && !is.contains_key(&key) => {
                merged.insert(at, (key, line));
                at += 1;
            }
            None => {}
        }
    }
    let mut text: String = merged.into_iter().flat_map(|(_, line)| [line, "\n".to_owned()]).collect();
    if !there.ends_with('\n') {
        text.truncate(text.trim_end_matches('\n').len());
    }
    Some(text)
}

/// What a line is about, and how many such lines are above it.
type Key = (String, usize);

fn keyed(text: &str) -> Vec<(Key, String)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let lines = text.lines().map(|line| {
        let name = package(line).unwrap_or_else(|| line.trim_end().to_owned());
        let count = counts.entry(name.clone()).or_default();
        *count += 1;
        ((name, *count), line.to_owned())
    });
    lines.collect()
}

/// The name of the package that a line requires, as an index has it.
fn package(line: &str) -> Option<String> {
    let line = line.trim_start();
    let end =
        line.find(|letter: char| !(letter.is_ascii_alphanumeric() || "._-".contains(letter))).unwrap_or(line.len());
    let begins = line.starts_with(|letter: char| letter.is_ascii_alphanumeric());
    begins.then(|| line[..end].to_lowercase().replace(['_', '.'], "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_beside_a_newer_version_is_no_conflict() {
        let base = "streamlit==1.59.0\n";
        let wanted = "streamlit==1.60.0\n";
        for (there, after) in [
            ("streamlit==1.59.0\nscikit-learn==1.7.0\n", "streamlit==1.60.0\nscikit-learn==1.7.0\n"),
            ("numpy\nstreamlit==1.59.0\nscikit-learn", "numpy\nstreamlit==1.60.0\nscikit-learn"),
            ("scikit-learn\n", "scikit-learn\n"),
        ] {
            assert_eq!(merge(base, there, wanted).as_deref(), Some(after), "{there}");
        }
        assert_eq!(merge(base, "streamlit==1.5\nb\n", wanted), None, "both changed it");
        assert_eq!(merge(base, "streamlit==1.59.0 \\\n    --hash=x\n", wanted), None);
    }

    #[test]
    fn new_lines_and_dropped_ones_follow() {
        let base = "# made\na==1\nb==1\nc==1\n";
        let wanted = "# made\na==2\nnew==1\nc==2\n";
        assert_eq!(
            merge(base, "# made\nmine\na==1\nb==1\nc==1\n# own\n", wanted).unwrap(),
            "# made\nmine\na==2\nnew==1\nc==2\n# own\n"
        );
        assert_eq!(
            merge(base, "# made\na==1\nb>=1\nc==1\n", wanted),
            None,
            "one side dropped it, the other changed it"
        );
        assert_eq!(merge(base, "a==1\nb==1\n", wanted).unwrap(), "a==2\nnew==1\n", "what was deleted stays so");
        assert!(is_of_requirements("a/requirements-dev.txt") && !is_of_requirements("requirements/a.txt"));
    }
}
