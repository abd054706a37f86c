//! Versions of Python packages and of Python itself, compared as PEP 440 defines. The only user of `pep440_rs`.
//!
//! Sources: <https://packaging.python.org/en/latest/specifications/version-specifiers/>,
//! <https://python-poetry.org/docs/dependency-specification/>.

pub(crate) use pep440_rs::Version;
pub(crate) use pep440_rs::{Operator, VersionSpecifier};

use pep440_rs::VersionSpecifiers;

/// A longer version or range is not read.
const LENGTH_MAX: usize = 256;

/// Stands for the last patch release of a minor version, and for the newest release of a package.
const LAST: u64 = u32::MAX as u64;

/// The version in a text.
pub(crate) fn version(text: &str) -> Option<Version> {
    Some(text).filter(|text| text.len() <= LENGTH_MAX)?.parse().ok()
}

/// The version with these numbers.
pub(crate) fn release(numbers: &[u32]) -> Version {
    Version::new(numbers.iter().map(|number| u64::from(*number)))
}

/// Whether a version comes before the release with these numbers. A pre-release counts as its release.
pub(crate) fn is_below(version: &Version, numbers: &[u32]) -> bool {
    version.only_release() < release(numbers)
}

/// A version in at least three numbers: 4.44.0 for 4.44. None for one that this does not make exact, such as `6.0b1`.
pub(crate) fn with_three_numbers(version: &Version) -> Option<String> {
    let missing = 3_usize.saturating_sub(version.release().len());
    let is_plain = *version == version.only_release();
    (version.epoch() == 0 && (missing == 0 || is_plain)).then(|| format!("{version}{}", ".0".repeat(missing)))
}

/// A version that comes after every published one.
pub(crate) fn newest() -> Version {
    Version::new([LAST])
}

/// Versions of Python, as `requires-python`, Poetry, Pipenv and conda write them: ranges between commas or spaces, `||`
/// between alternatives, `^3.10`, `~3.10`, `3.10.*`, `*`.
#[derive(Debug, Clone)]
pub(crate) struct PythonRange(Vec<VersionSpecifiers>);

impl PythonRange {
    /// Reads a range. None if it is not one.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = Some(text).filter(|text| text.len() <= LENGTH_MAX)?;
        let alternatives = text.split('|').filter(|part| !part.trim().is_empty() || !text.contains('|'));
        let read: Option<Vec<_>> = alternatives.map(all_of).collect();
        read.filter(|read| !read.is_empty()).map(Self)
    }

    /// Whether the last release of a minor version (`3.13`), or an exact version (`3.13.2`), is in the range.
    pub(crate) fn has(&self, python: &str) -> bool {
        let Some(version) = version(python) else { return false };
        let version = match version.release() {
            [major, minor] => Version::new([*major, *minor, LAST]),
            _ => version,
        };
        self.0.iter().any(|all| all.contains(&version))
    }
}

/// The clauses that hold together.
fn all_of(text: &str) -> Option<VersionSpecifiers> {
    let mut clauses = Vec::new();
    // White space may separate an operator from its version
    let mut operator = String::new();
    for word in text.split([',', ' ', '\t']).filter(|word| !word.is_empty()) {
        let (sign, bound) = word.split_at(word.find(|char: char| char.is_ascii_alphanumeric()).unwrap_or(word.len()));
        operator.push_str(sign);
        if bound.is_empty() && sign != "*" {
            continue;
        }
        if sign != "*" {
            clauses.extend(clause(&operator, bound)?);
        }
        operator.clear();
    }
    operator.is_empty().then(|| clauses.into_iter().collect())
}

/// One clause, as those of PEP 440.
fn clause(operator: &str, bound: &str) -> Option<Vec<VersionSpecifier>> {
    let exact = || bound.parse::<Version>().ok();
    let from = |version: &Version| VersionSpecifier::greater_than_equal_version(version.clone());
    let below = |numbers: &[u64]| VersionSpecifier::from_version(Operator::LessThan, Version::new(numbers)).ok();
    Some(match operator {
        "^" => {
            let version = exact()?;
            let next = match version.release() {
                [0, minor, ..] => vec![0, minor.checked_add(1)?],
                release => vec![release.first()?.checked_add(1)?],
            };
            vec![from(&version), below(&next)?]
        }
        "~" => {
            let version = exact()?;
            let next = match version.release() {
                [major] => vec![major.checked_add(1)?],
                [major, minor, ..] => vec![*major, minor.checked_add(1)?],
                [] => return None,
            };
            vec![from(&version), below(&next)?]
        }
        // A minor version means all its releases, as users expect
        "" | "=" | "==" | "===" if bound.ends_with('*') || exact()?.release().len() < 3 => {
            let prefix = bound.trim_end_matches(['*', '.']).parse().ok()?;
            vec![VersionSpecifier::equals_star_version(prefix)]
        }
        "" | "=" => vec![VersionSpecifier::equals_version(exact()?)],
        _ => vec![format!("{operator}{bound}").parse().ok()?],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_as_the_index_orders_them() {
        let ordered =
            ["1.0.dev456", "1.0a1", "1.0b2.post345", "1.0rc1", "1.0", "1.0+abc.5", "1.0.post456", "1.1.dev1", "1!0.1"];
        let read: Vec<Version> = ordered.iter().filter_map(|text| version(text)).collect();
        assert_eq!(read.len(), ordered.len());
        assert!(read.is_sorted());
        assert_eq!(version("5.0"), version("v5.0.0"));
        assert_eq!(version("1.0-RC.1"), version("1.0rc1"));
        for text in ["", "latest", "1..0", "1.0.*", "99999999999999999999999", &"1.".repeat(200)] {
            assert_eq!(version(text), None, "{text}");
        }
    }

    #[test]
    fn a_release_is_below_another_by_its_numbers() {
        assert!(is_below(&"1.26.4".parse().unwrap(), &[2, 1]));
        assert!(is_below(&"2.0.1+cu118".parse().unwrap(), &[2, 1]));
        assert!(!is_below(&"2.1.0rc1".parse().unwrap(), &[2, 1]));
        assert!(!is_below(&"2.1".parse().unwrap(), &[2, 1, 0]));
    }

    #[test]
    fn ranges_of_python_are_read_in_every_dialect() {
        for (range, inside, outside) in [
            (">=3.10", "3.10", "3.9"),
            (">=3.10.4", "3.10", "3.10.3"),
            (">=3.8,<3.12", "3.11", "3.12"),
            (">= 3.8 , < 3.12", "3.8", "3.12"),
            (">=3.8 <3.12", "3.11", "3.12"),
            ("^3.9", "3.14", "3.8"),
            ("~3.11", "3.11", "3.12"),
            ("~=3.10", "3.14", "3.9"),
            ("~=3.10.2", "3.10", "3.11"),
            ("==3.12.*", "3.12.1", "3.13"),
            ("==3.12", "3.12", "3.13"),
            ("3.11", "3.11", "3.10"),
            ("3.11.*", "3.11", "3.10"),
            ("3.*", "3.14", "4.0"),
            ("*", "3.14", "x"),
            ("", "3.14", ""),
            ("<=3.12", "3.11", "3.12"),
            (">3.9,!=3.13.*", "3.14", "3.13"),
            ("<4.0,>=3.8,!=3.9.7", "3.9", "3.9.7"),
            (">=3.8,<3.9 || >=3.12,<3.13", "3.12", "3.10"),
            ("<3.15", "3.9", "3.15"),
        ] {
            let read = PythonRange::read(range).unwrap_or_else(|| panic!("{range}"));
            assert!(read.has(inside), "{range} {inside}");
            assert!(!read.has(outside), "{range} {outside}");
        }
    }

    #[test]
    fn what_is_not_a_range_is_not_read() {
        for range in ["nonsense", ">=", "=>3.8", "^x", "||", "3.x", "~=3", &"3,".repeat(200)] {
            assert!(PythonRange::read(range).is_none(), "{range}");
        }
    }
}
