//! The versions of a package that a requirement allows.

use crate::values::pep440::{Operator, Version, VersionSpecifier, is_below, newest, release, version};

/// The maximum number of clauses.
const CLAUSES_MAX: usize = 100;

/// A longer clause is not read.
const CLAUSE_MAX: usize = 256;

/// Clauses such as `>=1` that all apply. Without one, any version is allowed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Versions(Vec<Clause>);

#[derive(Debug, Clone, PartialEq)]
enum Clause {
    Ordered(VersionSpecifier),
    /// `===` and a text that is not a version.
    Text,
}

impl Versions {
    /// Reads clauses with commas between them. None if one of them is invalid.
    pub(super) fn read(text: &str) -> Option<Self> {
        if text.trim().is_empty() {
            return Some(Self::default());
        }
        let clauses: Option<Vec<Clause>> = text.split(',').take(CLAUSES_MAX + 1).map(clause).collect();
        clauses.filter(|clauses| clauses.len() <= CLAUSES_MAX).map(Self)
    }

    /// The version, if only one is allowed: `==1.2`, not `==1.*`.
    pub(crate) fn exact(&self) -> Option<&Version> {
        match &self.0[..] {
            [Clause::Ordered(only)] if matches!(only.operator(), Operator::Equal | Operator::ExactEqual) => {
                Some(only.version())
            }
            _ => None,
        }
    }

    /// The pinned version, or its given part: 1.2 for `==1.2.*`.
    pub(crate) fn pinned(&self) -> Option<&Version> {
        self.0.iter().find_map(|clause| match clause {
            Clause::Ordered(clause) if is_equal(*clause.operator()) => Some(clause.version()),
            _ => None,
        })
    }

    /// The versions at which it begins or ends.
    pub(crate) fn bounds(&self) -> impl Iterator<Item = &Version> {
        self.0.iter().filter_map(|clause| match clause {
            Clause::Ordered(clause) => Some(clause.version()),
            Clause::Text => None,
        })
    }

    /// Whether it allows a version.
    pub(crate) fn allows(&self, version: &Version) -> bool {
        self.0.iter().all(|clause| matches!(clause, Clause::Ordered(clause) if clause.contains(version)))
    }

    /// Whether it certainly does not allow a version.
    pub(crate) fn excludes(&self, version: &Version) -> bool {
        self.0.iter().any(|clause| matches!(clause, Clause::Ordered(clause) if !clause.contains(version)))
    }

    /// Whether every allowed version is the release `since` or a later one, and before `until`. Empty ones are no limit.
    pub(crate) fn lie_in(&self, since: &[u32], until: &[u32]) -> bool {
        let ordered = || {
            self.0.iter().filter_map(|clause| match clause {
                Clause::Ordered(clause) => Some((*clause.operator(), clause.version())),
                Clause::Text => None,
            })
        };
        let starts = |(operator, version): (Operator, &Version)| {
            let is_lower = is_equal(operator)
                || matches!(operator, Operator::TildeEqual | Operator::GreaterThan | Operator::GreaterThanEqual);
            is_lower && !is_below(version, since)
        };
        let ends = |(operator, version): (Operator, &Version)| match operator {
            Operator::Equal | Operator::ExactEqual | Operator::LessThanEqual => is_below(version, until),
            Operator::LessThan => version.only_release() <= release(until),
            Operator::EqualStar => after(version.release()) <= release(until),
            Operator::TildeEqual => {
                let [prefix @ .., _] = version.release() else { return false };
                after(prefix) <= release(until)
            }
            _ => false,
        };
        (since.is_empty() || ordered().any(starts)) && (until.is_empty() || ordered().any(ends))
    }

    /// Whether it allows the newest version.
    pub(crate) fn takes_newest(&self) -> bool {
        self.allows(&newest())
    }
}

/// The first release after all those that begin with these numbers.
fn after(prefix: &[u64]) -> Version {
    let mut numbers = prefix.to_vec();
    if let Some(last) = numbers.last_mut() {
        *last = last.saturating_add(1);
    }
    Version::new(numbers)
}

fn is_equal(operator: Operator) -> bool {
    matches!(operator, Operator::Equal | Operator::EqualStar | Operator::ExactEqual)
}

fn clause(text: &str) -> Option<Clause> {
    let text = Some(text.trim()).filter(|text| text.len() <= CLAUSE_MAX)?;
    match text.strip_prefix("===").map(str::trim) {
        Some(exact) if version(exact).is_none() => {
            let is_plain = |char: char| char.is_ascii_alphanumeric() || ".*+!-_".contains(char);
            (!exact.is_empty() && exact.chars().all(is_plain)).then_some(Clause::Text)
        }
        _ => text.parse().ok().map(Clause::Ordered),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Versions {
        Versions::read(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn a_pin_is_told_from_a_range() {
        for (text, exact, pinned) in [
            ("==4.44.1", Some("4.44.1"), Some("4.44.1")),
            ("=== 4.44.1", Some("4.44.1"), Some("4.44.1")),
            ("==1.26.*", None, Some("1.26")),
            (">=1,==1.5", None, Some("1.5")),
            ("==2.0.1+cu118", Some("2.0.1+cu118"), Some("2.0.1+cu118")),
            ("===odd", None, None),
            (">=1", None, None),
            ("", None, None),
        ] {
            let versions = read(text);
            assert_eq!(versions.exact().map(ToString::to_string).as_deref(), exact, "{text}");
            assert_eq!(versions.pinned().map(ToString::to_string).as_deref(), pinned, "{text}");
        }
    }

    #[test]
    fn the_newest_is_taken_where_nothing_holds_it_back() {
        for (text, takes) in [
            ("", true),
            (">=1", true),
            (">1,!=1.5", true),
            ("<2", false),
            ("<=2", false),
            ("~=1.4", false),
            ("==1.4", false),
            ("==1.*", false),
            (">=1,<2", false),
            ("===odd", false),
        ] {
            assert_eq!(read(text).takes_newest(), takes, "{text}");
        }
    }

    #[test]
    fn a_range_lies_in_another() {
        for (text, lies) in [
            ("==6.0.1", true),
            ("==6.1.0", false),
            ("==6.0.*", true),
            ("~=6.0.0", true),
            ("~=6.0", false),
            (">=6,<6.1", true),
            (">=6.0.2,<=6.0.9", true),
            (">=6", false),
            ("<6.1", false),
            ("", false),
            (">=5,<6.1", false),
        ] {
            assert_eq!(read(text).lie_in(&[6], &[6, 1]), lies, "{text}");
        }
        assert!(read(">=6").lie_in(&[6], &[]) && read(">7").lie_in(&[6], &[]) && !read("!=5").lie_in(&[6], &[]));
    }

    #[test]
    fn clauses_that_pep_440_refuses() {
        for text in ["==", "1.0", ">=1,", "=1", "==latest", "==1.0.*.2", ">1.*", "~=1", ">=1+local", "===a b", "==1 2"]
        {
            assert_eq!(Versions::read(text), None, "{text}");
        }
    }
}
