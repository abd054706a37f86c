//! Path patterns: one matcher, and the dialects of git, Docker and Cargo.
//!
//! Pattern files come from folders of other people. So no pattern becomes a regular expression, one match costs at most
//! the length of the pattern times that of the path, and all matches of a repository together are limited by [`Work`].

mod cargo;
mod class;
mod docker;
mod git;
mod gitattributes;
mod gitignore;
mod glob;
mod list;
mod work;

pub(crate) use cargo::cargo_glob;
pub(crate) use docker::{DockerPattern, dockerignore_lines, go_glob};
pub(crate) use git::GitPattern;
pub(crate) use gitattributes::{AttributeState, Subject, attribute_line};
pub(crate) use gitignore::ignore_lines;
pub(crate) use glob::Glob;
pub(crate) use list::GitPatterns;
pub(crate) use work::{Steps, Work};

/// The longest pattern that is read, in bytes: no path of Linux is longer.
pub(crate) const LONGEST_PATTERN: usize = 4096;
