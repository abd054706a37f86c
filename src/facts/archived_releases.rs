//! Releases of Debian and Ubuntu whose packages have left the mirrors that their images use.
//!
//! Sources: <https://www.debian.org/distrib/archive>, <https://old-releases.ubuntu.com/releases/>, and builds that fail with
//! `does not have a Release file`. Long-term releases of Ubuntu stay on its mirrors.

/// A release by the words of tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArchivedRelease {
    /// Its code name.
    pub name: &'static str,
    /// Its number, as in tags of the distribution's own image.
    pub number: &'static str,
}

const fn release(name: &'static str, number: &'static str) -> ArchivedRelease {
    ArchivedRelease { name, number }
}

/// Releases of Debian, newest first.
pub const DEBIAN: &[ArchivedRelease] =
    &[release("buster", "10"), release("stretch", "9"), release("jessie", "8"), release("wheezy", "7")];

/// Releases of Ubuntu, newest first.
pub const UBUNTU: &[ArchivedRelease] = &[
    release("oracular", "24.10"),
    release("mantic", "23.10"),
    release("lunar", "23.04"),
    release("kinetic", "22.10"),
    release("impish", "21.10"),
    release("hirsute", "21.04"),
    release("groovy", "20.10"),
    release("eoan", "19.10"),
    release("disco", "19.04"),
    release("cosmic", "18.10"),
    release("artful", "17.10"),
    release("zesty", "17.04"),
    release("yakkety", "16.10"),
    release("wily", "15.10"),
    release("vivid", "15.04"),
    release("utopic", "14.10"),
    release("saucy", "13.10"),
    release("raring", "13.04"),
    release("quantal", "12.10"),
    release("precise", "12.04"),
];

/// Versions of an official image whose tags stayed on an old Debian when they were last built, if they name none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Era {
    /// The official image.
    pub image: &'static str,
    /// The first and the last minor version.
    pub minors: ((u32, u32), (u32, u32)),
    /// The last patch version, if only tags with a patch version stayed there, and the others moved on.
    pub patch: Option<u32>,
    /// The newest release that these tags can be on.
    pub release: &'static str,
}

const fn minors(image: &'static str, first: (u32, u32), last: (u32, u32), release: &'static str) -> Era {
    Era { image, minors: (first, last), patch: None, release }
}

const fn patches(image: &'static str, minor: (u32, u32), last: u32, release: &'static str) -> Era {
    Era { image, minors: (minor, minor), patch: Some(last), release }
}

/// The versions, from the last state of each tag.
/// Source: the history of <https://github.com/docker-library/official-images/tree/master/library>.
pub const ERAS: &[Era] = &[
    minors("golang", (1, 0), (1, 8), "jessie"),
    minors("golang", (1, 9), (1, 10), "stretch"),
    minors("golang", (1, 11), (1, 15), "buster"),
    minors("php", (7, 0), (7, 0), "stretch"),
    minors("php", (7, 1), (7, 2), "buster"),
    minors("python", (3, 3), (3, 3), "jessie"),
    minors("python", (3, 4), (3, 4), "stretch"),
    minors("python", (3, 5), (3, 5), "buster"),
    patches("python", (3, 6), 13, "buster"),
    patches("python", (3, 7), 10, "buster"),
    patches("python", (3, 8), 10, "buster"),
    patches("python", (3, 9), 5, "buster"),
    minors("ruby", (2, 0), (2, 2), "jessie"),
    minors("ruby", (2, 3), (2, 3), "stretch"),
    minors("ruby", (2, 4), (2, 5), "buster"),
    minors("rust", (1, 0), (1, 36), "stretch"),
    minors("rust", (1, 37), (1, 54), "buster"),
];

/// The last major version of an official image whose tags all stayed on an old Debian, with the newest release that they can be on.
/// Source: as for [`ERAS`].
pub const LAST_MAJORS: &[(&str, u32, &str)] = &[("node", 16, "buster"), ("python", 2, "buster"), ("php", 5, "stretch")];

/// Names of Node's releases in tags, up to the last of those.
pub const NODE_NAMES: &[&str] = &["argon", "boron", "carbon", "dubnium", "erbium", "fermium", "gallium"];

/// Words of tags that say nothing about the release.
pub const NEUTRAL: &[&str] = &["slim", "apache", "cli", "fpm", "zts", "onbuild"];
