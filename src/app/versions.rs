//! Which version of Python or Node a project asks for.

use super::model::Evidence;
use super::project::Project;
use crate::facts;

/// A version that is offered, and what asks for it. None offered: the text that asks.
pub(super) struct Asked {
    pub(super) version: Result<String, String>,
    pub(super) evidence: Evidence,
}

/// What the project says of Python, by the file that says it most exactly.
pub(super) fn python(project: &Project<'_>, folder: &str) -> Option<Asked> {
    let path = |name: &str| super::project::within(folder, name);
    let first_line = |name: &str| {
        let text = project.repo.text(&path(name))?;
        text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned)
    };
    if let Some(line) = first_line(".python-version")
        && let Some(version) = numbers(&line)
    {
        return Some(exact(&version, Evidence::line(path(".python-version"), 1, format!("says `{line}`"))));
    }
    if let Some(line) = first_line("runtime.txt")
        && let Some(version) = line.strip_prefix("python-").and_then(numbers)
    {
        return Some(exact(&version, Evidence::line(path("runtime.txt"), 1, format!("says `{line}`"))));
    }
    let manifest: toml::Table = project.repo.text(&path("pyproject.toml")).and_then(|text| text.parse().ok())?;
    let of = |keys: &[&str]| {
        let (last, before) = keys.split_last()?;
        let table = before.iter().try_fold(&manifest, |table, key| table.get(*key)?.as_table());
        Some(table?.get(*last)?.as_str()?.to_owned())
    };
    let requires = of(&["project", "requires-python"]).map(|range| (range, "requires-python"));
    let (range, key) =
        requires.or_else(|| of(&["tool", "poetry", "dependencies", "python"]).map(|range| (range, "python")))?;
    let evidence = project.line_with(&path("pyproject.toml"), key, format!("`{key}` is `{range}`"));
    Some(Asked { version: newest(&range).ok_or(range), evidence })
}

/// A version that is named, if it is offered.
pub(super) fn exact(version: &[u32], evidence: Evidence) -> Asked {
    let shown = version.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
    let minor = version.iter().take(2).map(u32::to_string).collect::<Vec<_>>().join(".");
    let offered = facts::python::IMAGE_VERSIONS.contains(&minor.as_str());
    Asked { version: if offered { Ok(minor) } else { Err(shown) }, evidence }
}

/// A version that is numbers and dots alone.
pub(crate) fn exact_numbers(version: &str) -> Option<Vec<u32>> {
    version.split('.').map(|part| part.parse().ok()).collect()
}

/// The oldest version that is offered and newer than an exact one that is not.
pub(super) fn next_offered(version: &str) -> Option<&'static str> {
    let asked = exact_numbers(version)?;
    let is_newer = |offered: &&&str| exact_numbers(offered).is_some_and(|offered| offered > asked);
    facts::python::IMAGE_VERSIONS.iter().find(is_newer).copied()
}

/// The second number of a version.
pub(super) fn minor(version: &str) -> u32 {
    version.split('.').nth(1).and_then(|minor| minor.parse().ok()).unwrap_or(0)
}

/// `3.11.4` as its numbers; also `python=3.11`, `>=3.11`.
pub(super) fn numbers(text: &str) -> Option<Vec<u32>> {
    let start = text.find(|char: char| char.is_ascii_digit())?;
    let end = text[start..].find(|char: char| !(char.is_ascii_digit() || char == '.')).unwrap_or(text.len() - start);
    let found: Option<Vec<u32>> =
        text[start..start + end].trim_end_matches('.').split('.').map(|part| part.parse().ok()).collect();
    found.filter(|numbers| numbers.len() >= 2 && numbers[0] == 3)
}

/// The version to take in a range: the usual one if it fits, since packages are tried with it, else the newest that fits.
fn newest(range: &str) -> Option<String> {
    let fits = |version: &&str| range.split("||").any(|range| range.split(',').all(|clause| meets(clause, version)));
    let usual = [facts::python::DEFAULT];
    let mut offered = usual.iter().chain(facts::python::IMAGE_VERSIONS.iter().rev());
    offered.find(|version| fits(version)).map(|version| (*version).to_owned())
}

/// Whether the last release of a minor version meets a clause such as `>=3.10`, `<3.13`, `^3.11`, `~=3.10`.
/// Sources: <https://packaging.python.org/en/latest/specifications/version-specifiers/>,
/// <https://python-poetry.org/docs/dependency-specification/>.
fn meets(clause: &str, version: &str) -> bool {
    let clause = clause.trim();
    if clause.is_empty() || clause == "*" {
        return true;
    }
    let split = clause.find(|char: char| char.is_ascii_digit()).unwrap_or(clause.len());
    let (operator, bound) = clause.split_at(split);
    let star = bound.ends_with('*');
    let bound: Vec<u32> =
        bound.trim_end_matches(['*', '.']).split('.').map_while(|part| part.trim().parse().ok()).collect();
    let minor = version.split('.').nth(1).and_then(|minor| minor.parse().ok()).unwrap_or(0);
    let last = [3, minor, u32::MAX];
    let at = |index: usize| bound.get(index).copied().unwrap_or(0);
    let full = [at(0), at(1), at(2)];
    let same = at(0) == 3 && (bound.len() < 2 || at(1) == minor);
    match operator.trim() {
        ">=" => last >= full,
        ">" => {
            if bound.len() < 3 {
                [3, minor] > [at(0), at(1)]
            } else {
                last > full
            }
        }
        "<" => last < full,
        "<=" => last <= full,
        "!=" => !(same && (star || bound.len() == 2)),
        "^" => last >= full && at(0) == 3,
        "~=" if bound.len() == 2 => last >= full && at(0) == 3,
        "" | "==" | "===" | "~" | "~=" => same,
        _ => false,
    }
}

/// The major version of Node that a project asks for, among those offered.
pub(super) fn node(project: &Project<'_>, package: &super::node_package::Package) -> Option<Asked> {
    let folder = super::project::folder_of(&package.path);
    for name in [".nvmrc", ".node-version"] {
        let path = super::project::within(folder, name);
        let Some(line) = project.repo.text(&path).and_then(|text| text.lines().next()) else { continue };
        let major: String = line.trim().trim_start_matches('v').chars().take_while(char::is_ascii_digit).collect();
        if !major.is_empty() {
            let evidence = Evidence::line(path, 1, format!("says `{}`", line.trim()));
            let offered = facts::node::IMAGE_VERSIONS.contains(&major.as_str());
            return Some(Asked { version: if offered { Ok(major) } else { Err(line.trim().to_owned()) }, evidence });
        }
    }
    let range = package.text(&["engines", "node"])?;
    let evidence = project.line_with(&package.path, "\"engines\"", format!("`engines.node` is `{range}`"));
    let usual = [facts::node::DEFAULT];
    let mut offered = usual.iter().chain(facts::node::IMAGE_VERSIONS.iter().rev());
    let fits = |version: &&&str| version.parse().is_ok_and(|major| node_meets(range, major));
    let version = offered.find(fits).map(|version| (*version).to_owned());
    Some(Asked { version: version.ok_or_else(|| range.to_owned()), evidence })
}

/// Whether a major version can meet a range such as `>=18`, `20.x`, `^20 || ^22`, `>=18 <23`.
/// Source: <https://github.com/npm/node-semver#ranges>.
fn node_meets(range: &str, major: u32) -> bool {
    let one = |clause: &str| {
        let split = clause.find(|char: char| char.is_ascii_digit()).unwrap_or(clause.len());
        let (operator, bound) = clause.split_at(split);
        let numbers: Vec<u32> = bound.split('.').map_while(|part| part.parse().ok()).collect();
        let Some(first) = numbers.first().copied() else { return true };
        let is_whole = numbers.iter().skip(1).all(|number| *number == 0);
        match operator.trim_end_matches('v') {
            ">=" | ">" => major >= first,
            "<" => major < first || (major == first && !is_whole),
            "<=" => major <= first,
            _ => major == first,
        }
    };
    range.split("||").any(|part| {
        let joined = part.replace(">= ", ">=").replace("< ", "<").replace("<= ", "<=").replace("> ", ">");
        match joined.split_once(" - ") {
            Some((from, to)) => one(&format!(">={}", from.trim())) && one(&format!("<={}", to.trim())),
            None => joined.split_whitespace().all(one),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_python_gives_an_offered_version() {
        for (range, version) in [
            (">=3.10", Some("3.13")),
            (">=3.8,<3.12", Some("3.11")),
            ("^3.9", Some("3.13")),
            ("~3.11", Some("3.11")),
            ("~=3.10", Some("3.13")),
            ("==3.12.*", Some("3.12")),
            (">=3.14", Some("3.14")),
            ("<=3.12", Some("3.11")),
            (">3.9,!=3.13.*", Some("3.14")),
            (">=3.8,<3.9 || >=3.12,<3.13", Some("3.12")),
            ("<3.10", None),
            ("3.11", Some("3.11")),
            ("nonsense", None),
            ("*", Some("3.13")),
        ] {
            assert_eq!(newest(range).as_deref(), version, "{range}");
        }
    }

    #[test]
    fn numbers_are_found_in_what_people_write() {
        assert_eq!(numbers("3.11.4"), Some(vec![3, 11, 4]));
        assert_eq!(numbers("python=3.10"), Some(vec![3, 10]));
        assert_eq!(numbers("pypy"), None);
        assert_eq!(numbers("3"), None);
    }

    #[test]
    fn ranges_of_node() {
        for (range, major, fits) in [
            (">=18", 22, true),
            ("20.x", 22, false),
            ("^20.9.0 || >=22", 22, true),
            (">=18 <21", 22, false),
            ("18 - 22", 22, true),
            ("v20.1.0", 20, true),
            ("*", 22, true),
            (">= 20", 22, true),
            ("<22.0.0", 22, false),
        ] {
            assert_eq!(node_meets(range, major), fits, "{range}");
        }
    }
}
