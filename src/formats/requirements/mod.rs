//! Requirements of Python: pip's requirements files, and single requirements as in `pyproject.toml` and answers. The only
//! reader of both.
//!
//! Sources: <https://pip.pypa.io/en/stable/reference/requirements-file-format/>,
//! <https://packaging.python.org/en/latest/specifications/dependency-specifiers/>.

mod checked;
mod decode;
mod environment;
mod logical;
mod marker;
mod options;
mod pep508;
mod versions;

use std::ops::Range;

use self::logical::Logical;
use self::pep508::{Fault, Parts};
use crate::values::normalised;
use crate::values::pep440::{Version, version};

pub use self::checked::Requirement;
pub(crate) use self::decode::decode;
pub(crate) use self::options::{Flag, Opt};
pub(crate) use self::versions::Versions;

/// The maximum number of lines of a file.
const LINES_MAX: usize = 20_000;

/// A requirements file.
#[derive(Debug, Default)]
pub(crate) struct Requirements {
    pub(crate) lines: Vec<Line>,
}

/// A line with its continuations.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) content: Content,
    /// Without a trailing comment.
    pub(crate) range: Range<usize>,
    /// With its line breaks.
    pub(crate) whole: Range<usize>,
    pub(crate) options: Vec<Opt>,
}

/// The content of a line, beside its options.
#[derive(Debug)]
pub(crate) enum Content {
    Package(Package),
    /// Something to install without a name: an address, or a path.
    Place(Place),
    /// Only options.
    Options,
    /// Neither. pip rejects it.
    Invalid(Invalid),
}

/// A package with a name.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    /// As written, on one line and without options.
    pub(crate) text: String,
    /// As the index compares names.
    pub(crate) name: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "each part has its place, although no rule uses it yet"))]
    pub(crate) name_range: Range<usize>,
    pub(crate) extras: Vec<String>,
    pub(crate) versions: Versions,
    /// The place of the versions. Empty if any version is allowed.
    #[cfg_attr(not(test), expect(dead_code, reason = "each part has its place, although no rule uses it yet"))]
    pub(crate) specifier: Range<usize>,
    /// `name @ address`.
    pub(crate) address: Option<(String, Range<usize>)>,
    pub(crate) marker: Option<Range<usize>>,
}

/// An address or a path.
#[derive(Debug)]
pub(crate) struct Place {
    /// Without extras and condition.
    pub(crate) text: String,
    /// Whether it has neither.
    is_bare: bool,
    has_condition: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "each part has its place, although no rule uses it yet"))]
    pub(crate) range: Range<usize>,
}

impl Place {
    /// Whether it is only installed under a condition.
    pub(crate) fn has_condition(&self) -> bool {
        self.has_condition
    }

    /// The requirement for a wheel at an address, whose name has the name of the package.
    pub(crate) fn named_wheel(&self) -> Option<String> {
        let file = self.text.split(['#', '?']).next()?.rsplit('/').next()?.strip_suffix(".whl")?;
        let (name, _) = file.split_once('-').filter(|_| self.is_bare && self.text.contains("://"))?;
        Some(format!("{} @ {}", normalised(name), self.text))
    }
}

/// An invalid line.
#[derive(Debug)]
pub(crate) struct Invalid {
    /// The name at its beginning, as the index compares names.
    pub(crate) name: Option<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "no rule reports yet what pip would refuse"))]
    pub(crate) fault: Fault,
}

impl Package {
    /// Reads a single requirement, with places in its text.
    pub(crate) fn read(text: &str) -> Option<Self> {
        Some(Self::of(text, pep508::read(text).ok()?, |range| range.clone()))
    }

    fn of(text: &str, parts: Parts, place: impl Fn(&Range<usize>) -> Range<usize>) -> Self {
        let of = |range: &Range<usize>| text[range.clone()].to_owned();
        Self {
            text: text.trim().to_owned(),
            name: normalised(&text[parts.name.clone()]),
            name_range: place(&parts.name),
            extras: parts.extras.iter().map(of).collect(),
            versions: parts.versions,
            specifier: place(&parts.specifier),
            address: parts.address.map(|range| (of(&range), place(&range))),
            marker: parts.marker.map(|range| place(&range)),
        }
    }

    /// The version in the name of the wheel that its address leads to, if it is a release.
    /// Source: <https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-name-convention>.
    pub(crate) fn wheel_version(&self) -> Option<Version> {
        let (address, _) = self.address.as_ref()?;
        let file = address.split(['#', '?']).next()?.rsplit('/').next()?.strip_suffix(".whl")?;
        let mut parts = file.split('-');
        let (name, found) = (parts.next()?, version(parts.next()?)?);
        (normalised(name) == self.name && found == found.only_release()).then_some(found)
    }

    /// Whether it certainly does not allow a version.
    pub(crate) fn excludes(&self, version: &Version) -> bool {
        match self.wheel_version() {
            Some(wheel) => wheel != *version,
            None => self.versions.excludes(version),
        }
    }

    /// Whether it has a condition that does not hold in every Space.
    pub(crate) fn has_condition(&self) -> bool {
        self.marker.is_some() && !self.condition().is_some_and(environment::always_holds)
    }

    /// Whether it certainly counts with a Python such as `3.13`.
    pub(crate) fn counts_with(&self, python: &str) -> bool {
        self.marker.is_none() || self.condition().is_some_and(|condition| environment::holds_with(condition, python))
    }

    fn condition(&self) -> Option<&str> {
        // An address may hold a `;`
        self.text.split_once(';').map(|(_, condition)| condition)
    }

    /// Whether it is only for some Pythons or systems that a Space can have, or comes from an address.
    pub(crate) fn is_conditional(&self) -> bool {
        self.address.is_some() || self.has_condition()
    }
}

impl Line {
    /// The package, if it names one.
    pub(crate) fn package(&self) -> Option<&Package> {
        match &self.content {
            Content::Package(package) => Some(package),
            _ => None,
        }
    }

    /// The values of an option.
    pub(crate) fn values(&self, flag: Flag) -> impl Iterator<Item = &str> {
        self.options.iter().filter(move |option| option.flag == flag).map(|option| option.value.as_str())
    }
}

impl Requirements {
    /// Reads a file. The places are offsets in the text.
    pub(crate) fn read(text: &str) -> Self {
        Self { lines: logical::lines(text).take(LINES_MAX).map(|line| read_line(&line)).collect() }
    }

    /// The packages, each with its line.
    pub(crate) fn packages(&self) -> impl Iterator<Item = (&Package, &Line)> {
        self.lines.iter().filter_map(|line| Some((line.package()?, line)))
    }

    /// The first line of a package, by its normalised name.
    pub(crate) fn package(&self, name: &str) -> Option<(&Package, &Line)> {
        self.packages().find(|(package, _)| package.name == name)
    }

    /// Whether it includes other files.
    pub(crate) fn has_includes(&self) -> bool {
        self.has(Flag::Requirement) || self.has(Flag::Constraint)
    }

    /// Whether pip requires hashes for everything: one line with a hash is enough for that.
    pub(crate) fn needs_hashes(&self) -> bool {
        self.has(Flag::Hash) || self.has(Flag::RequireHashes)
    }

    /// Whether packages come from somewhere other than the default index.
    pub(crate) fn has_other_index(&self) -> bool {
        self.has(Flag::Index) || self.has(Flag::ExtraIndex) || self.has(Flag::FindLinks)
    }

    fn has(&self, flag: Flag) -> bool {
        self.lines.iter().any(|line| line.values(flag).next().is_some())
    }
}

fn read_line(line: &Logical<'_>) -> Line {
    let start = options::start(&line.text);
    let options = options::read(&line.text, start);
    let options =
        options.into_iter().map(|option| Opt { range: line.place(&option.range), ..option }).collect::<Vec<_>>();
    let about = line.text[..start].trim_end();
    let content = if about.is_empty() { Content::Options } else { content(about, line) };
    Line { content, range: line.place(&(0..line.text.len())), whole: line.whole.clone(), options }
}

fn content(about: &str, line: &Logical<'_>) -> Content {
    let fault = match pep508::read(about) {
        // A path may look like a name
        Ok(parts) if parts.address.is_none() && is_archive(about) => Fault::Name,
        Ok(parts) => return Content::Package(Package::of(about, parts, |range| line.place(range))),
        Err(fault) => fault,
    };
    if let Some(length) = place_length(about) {
        let (text, is_bare) = (about[..length].to_owned(), length == about.len());
        let has_condition = about[length..].contains(';');
        return Content::Place(Place { text, is_bare, has_condition, range: line.place(&(0..length)) });
    }
    Content::Invalid(Invalid { name: leading_name(about), fault })
}

/// The name at the beginning of any text, as the index compares names.
pub(crate) fn leading_name(text: &str) -> Option<String> {
    let text = text.trim();
    let length = pep508::name_length(text);
    (length > 0).then(|| normalised(&text[..length]))
}

/// The length of the address or the path in a line, if it has one.
fn place_length(about: &str) -> Option<usize> {
    let end = about.find([';', ' ', '\t']).unwrap_or(about.len());
    let end = about[..end].find('[').unwrap_or(end);
    let place = &about[..end];
    let is_address = place.split_once(':').is_some_and(|(scheme, rest)| is_scheme(scheme) && !rest.is_empty());
    let is_path = place.starts_with('.') || place.contains('/') || is_archive(place);
    (is_address || is_path).then_some(end).filter(|end| *end > 0)
}

fn is_scheme(text: &str) -> bool {
    let plain = text.rsplit('+').next().unwrap_or(text);
    matches!(
        plain.to_ascii_lowercase().as_str(),
        "http" | "https" | "file" | "ftp" | "ssh" | "git" | "hg" | "svn" | "bzr"
    )
}

/// Whether a name is a package of a file.
fn is_archive(name: &str) -> bool {
    [".whl", ".zip", ".tar.gz", ".tgz", ".tar", ".tar.bz2", ".tar.xz"].iter().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests;
