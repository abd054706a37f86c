//! One requirement: `name[extra]>=1,<2; condition`, `name @ address ; condition`.
//!
//! Source: <https://packaging.python.org/en/latest/specifications/dependency-specifiers/>.

use std::ops::Range;

use super::marker::is_marker;
use super::versions::Versions;

/// A longer requirement is not read.
const LENGTH_MAX: usize = 8 * 1024;

/// The parts of a requirement, as ranges in its text.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Parts {
    pub(super) name: Range<usize>,
    pub(super) extras: Vec<Range<usize>>,
    pub(super) versions: Versions,
    /// Without surrounding parentheses. Empty if any version is allowed.
    pub(super) specifier: Range<usize>,
    pub(super) address: Option<Range<usize>>,
    pub(super) marker: Option<Range<usize>>,
}

/// Why a text is not a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It does not begin with the name of a package.
    Name,
    /// An extra is invalid, or `]` is missing.
    Extras,
    /// What follows the name is neither a version nor an address.
    Versions,
    /// What follows `;` is not a condition.
    Marker,
}

/// Reads a requirement. White space around it is part of the text.
pub(super) fn read(text: &str) -> Result<Parts, Fault> {
    let mut at = text.len() - text.trim_start().len();
    let end = text.trim_end().len().max(at);
    let name = at..at + name_length(&text[at..end]);
    if name.is_empty() || end - at > LENGTH_MAX {
        return Err(Fault::Name);
    }
    at = skip(text, name.end, end);
    let mut parts = Parts { name: name.clone(), specifier: at..at, ..Parts::default() };
    if text[at..end].starts_with('[') {
        let close = text[at..end].find(']').ok_or(Fault::Extras)? + at;
        parts.extras = extras(text, at + 1..close).ok_or(Fault::Extras)?;
        at = skip(text, close + 1, end);
        parts.specifier = at..at;
    }
    // An address may hold a `;`, and ends at white space
    let version_end = if text[at..end].starts_with('@') {
        let address = skip(text, at + 1, end);
        let length = text[address..end].find(char::is_whitespace).unwrap_or(end - address);
        parts.address = Some(address..address + length).filter(|range| !range.is_empty());
        if parts.address.is_none() {
            return Err(Fault::Versions);
        }
        at = skip(text, address + length, end);
        at
    } else {
        text[at..end].find(';').map_or(end, |length| at + length)
    };
    if parts.address.is_none() {
        parts.specifier = without_parentheses(text, trimmed(text, at..version_end)).ok_or(Fault::Versions)?;
        parts.versions = Versions::read(&text[parts.specifier.clone()]).ok_or(Fault::Versions)?;
    }
    if version_end < end {
        let marker = text[version_end..end].strip_prefix(';').map(|_| trimmed(text, version_end + 1..end));
        let marker = marker.ok_or(Fault::Versions)?;
        if !is_marker(&text[marker.clone()]) {
            return Err(Fault::Marker);
        }
        parts.marker = Some(marker);
    }
    Ok(parts)
}

/// The length of the name at the beginning of a text: letters and digits, with `.`, `-` and `_` between them.
pub(super) fn name_length(text: &str) -> usize {
    let is_edge = |char: char| char.is_ascii_alphanumeric();
    let length = text.find(|char: char| !(is_edge(char) || "-_.".contains(char))).unwrap_or(text.len());
    if text[..length].starts_with(is_edge) && text[..length].ends_with(is_edge) { length } else { 0 }
}

fn skip(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at..end];
    at + rest.len() - rest.trim_start().len()
}

/// A part of a text without surrounding white space.
fn trimmed(text: &str, part: Range<usize>) -> Range<usize> {
    let start = skip(text, part.start, part.end);
    start..start + text[start..part.end].trim_end().len()
}

/// The names between `[` and `]`. None if one of them is not a name.
fn extras(text: &str, inside: Range<usize>) -> Option<Vec<Range<usize>>> {
    let mut found = Vec::new();
    if text[inside.clone()].trim().is_empty() {
        return Some(found);
    }
    let mut at = inside.start;
    for name in text[inside].split(',') {
        let range = trimmed(text, at..at + name.len());
        at += name.len() + 1;
        found.push(Some(range).filter(|range| !range.is_empty() && name_length(&text[range.clone()]) == range.len())?);
    }
    Some(found)
}

/// `(>=1)` is an older way to write `>=1`.
fn without_parentheses(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    if !text[range.clone()].starts_with('(') {
        return Some(range);
    }
    let is_closed = range.len() >= 2 && text[range.clone()].ends_with(')');
    is_closed.then(|| trimmed(text, range.start + 1..range.end - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts as written: name, extras, versions, address, condition.
    fn shown(text: &str) -> Result<Vec<&str>, Fault> {
        let parts = read(text)?;
        let of = |range: &Range<usize>| &text[range.clone()];
        let mut shown = vec![of(&parts.name)];
        shown.extend(parts.extras.iter().map(of));
        shown.push(of(&parts.specifier));
        shown.extend(parts.address.iter().chain(&parts.marker).map(of));
        Ok(shown)
    }

    #[test]
    fn the_parts_of_a_requirement() {
        for (text, parts) in [
            ("A", &["A", ""][..]),
            ("A.B-C_D", &["A.B-C_D", ""]),
            (" name<=1 ", &["name", "<=1"]),
            ("name>=3,<2", &["name", ">=3,<2"]),
            ("pandas (>=1.0)", &["pandas", ">=1.0"]),
            ("name ( )", &["name", ""]),
            ("name[]", &["name", ""]),
            ("name[a, b.c] == 1.*", &["name", "a", "b.c", "== 1.*"]),
            ("name === odd+version.1", &["name", "=== odd+version.1"]),
            ("name@http://foo.com", &["name", "", "http://foo.com"]),
            ("name @ file:./x;y ; os_name=='a;b'", &["name", "", "file:./x;y", "os_name=='a;b'"]),
            (
                "name [fred,bar] @ http://foo.com ; python_version=='2.7'",
                &["name", "fred", "bar", "", "http://foo.com", "python_version=='2.7'"],
            ),
            ("name[quux];os_name=='x' and extra == 'y'", &["name", "quux", "", "os_name=='x' and extra == 'y'"]),
        ] {
            assert_eq!(shown(text), Ok(parts.to_vec()), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_requirement() {
        for (text, fault) in [
            ("", Fault::Name),
            ("-r x", Fault::Name),
            ("a- ==1", Fault::Name),
            (".a", Fault::Name),
            ("[x]", Fault::Name),
            ("\u{e9}", Fault::Name),
            ("a[b", Fault::Extras),
            ("a[b,]", Fault::Extras),
            ("a[-b]", Fault::Extras),
            ("a b", Fault::Versions),
            ("a==", Fault::Versions),
            ("a=1", Fault::Versions),
            ("a 1.0", Fault::Versions),
            ("a (>=1", Fault::Versions),
            ("a @", Fault::Versions),
            ("a @ http://x y", Fault::Versions),
            ("pandas==latest", Fault::Versions),
            ("a==1.0.*.2", Fault::Versions),
            ("a>=1.*", Fault::Versions),
            ("a~=1", Fault::Versions),
            ("a;", Fault::Marker),
            ("pandas; nonsense", Fault::Marker),
            ("a @ http://x ;", Fault::Marker),
        ] {
            assert_eq!(shown(text), Err(fault), "{text}");
        }
    }
}
