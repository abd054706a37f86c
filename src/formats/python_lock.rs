//! Lock files of uv, Poetry and PDM: the packages in them. They are large and regular, so they are read line by line.

use super::Placed;
use super::requirements::leading_name;
use crate::values::normalised;

/// A package that is locked.
#[derive(Debug)]
pub(crate) struct Locked<'f> {
    /// Its normalised name.
    pub(crate) name: Placed,
    pub(crate) version: Option<&'f str>,
    /// What the file says of it, after its name.
    pub(crate) text: &'f str,
}

/// A package that a locked one needs.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Need {
    /// Its normalised name.
    pub(crate) name: String,
    pub(crate) is_for_some_pythons: bool,
}

/// The packages. One that has several versions, each for some Pythons, is there several times.
pub(crate) fn packages(file: &str) -> impl Iterator<Item = Locked<'_>> {
    let mut at = 0;
    file.split_inclusive('\n').filter_map(move |line| {
        let start = at + "name = \"".len();
        at += line.len();
        let name = quoted(line, "name")?;
        let rest = &file[at - usize::from(line.ends_with('\n'))..];
        // The nearest end first, so that no byte is searched for each package
        let text = ["\nname = \"", "\n[[package]]", "\n[metadata"]
            .iter()
            .fold(rest, |text, end| text.split_once(end).map_or(text, |(before, _)| before));
        let mut own = text.lines().take_while(|line| !line.starts_with('['));
        let version = own.find_map(|line| quoted(line, "version"));
        Some(Locked { name: Placed { text: normalised(name), range: start..start + name.len() }, version, text })
    })
}

impl<'f> Locked<'f> {
    /// Whether it is the project itself, in a lock of uv.
    pub(crate) fn is_project(&self) -> bool {
        let source = self.own().find_map(|line| line.strip_prefix("source = { "));
        source.is_some_and(|source| source.starts_with("editable = \".\"") || source.starts_with("virtual = \".\""))
    }

    /// Whether the file says which groups need it.
    pub(crate) fn has_group(&self) -> bool {
        self.own().any(|line| line.starts_with("groups = [") || line.starts_with("category = \""))
    }

    /// Whether only groups other than the main one, or extras, need it.
    pub(crate) fn is_left_out(&self) -> bool {
        self.own().any(|line| {
            let is_other = |groups: &str| !["\"main\"", "\"default\""].iter().any(|group| groups.contains(group));
            let groups = line.strip_prefix("groups = ").is_some_and(is_other);
            groups
                || quoted(line, "category").is_some_and(|group| group != "main")
                || line.trim_end() == "optional = true"
        })
    }

    /// What it needs, without extras and groups.
    pub(crate) fn needs(&self) -> impl Iterator<Item = Need> {
        self.needs_in(|section| section.is_empty() || section == "[package.dependencies]")
    }

    /// What it needs with all its extras.
    pub(crate) fn all_needs(&self) -> impl Iterator<Item = Need> {
        let sections = ["", "[package.dependencies]", "[package.optional-dependencies]"];
        self.needs_in(move |section| sections.contains(&section))
    }

    fn needs_in(&self, counts: impl Fn(&str) -> bool) -> impl Iterator<Item = Need> {
        let (mut section, mut in_list) = ("", false);
        self.text.lines().filter_map(move |line| {
            if line.starts_with('[') {
                section = line.trim_end();
                return None;
            }
            if !counts(section) {
                return None;
            }
            if section == "[package.dependencies]" {
                return of_poetry(line);
            }
            in_list = match line.as_bytes().first() {
                Some(b' ') => in_list,
                Some(b']') | None => false,
                _ => (section.is_empty() && line.starts_with("dependencies = [")) || !section.is_empty(),
            };
            of_list(line.trim_start()).filter(|_| in_list && line.starts_with(' '))
        })
    }

    /// The names of its wheels.
    pub(crate) fn wheels(&self) -> impl Iterator<Item = &'f str> {
        let text = self.text;
        text.match_indices(".whl\"").filter_map(move |(end, _)| {
            let start = text[..end].rfind(['/', '"'])?;
            Some(&text[start + 1..end])
        })
    }

    /// The lines before its first table.
    fn own(&self) -> impl Iterator<Item = &'f str> {
        self.text.lines().take_while(|line| !line.starts_with('['))
    }
}

/// `{ name = "x", marker = ".." },` of uv, `"x>=1; ..",` of PDM.
fn of_list(line: &str) -> Option<Need> {
    let is_for_some_pythons = line.contains("python_");
    let name = match line.strip_prefix("{ name = \"") {
        Some(rest) => normalised(rest.split('"').next()?),
        None => leading_name(line.strip_prefix('"')?)?,
    };
    Some(Need { name, is_for_some_pythons })
}

/// `x = ">=1"`, `x = {version = "..", markers = ".."}`.
fn of_poetry(line: &str) -> Option<Need> {
    let (name, value) = line.split_once(" = ").filter(|_| !line.starts_with([' ', ']']))?;
    Some(Need { name: normalised(name.trim_matches('"')), is_for_some_pythons: value.contains("python_") })
}

/// The newest of some Pythons, oldest first, for which one of the wheels is made, on Linux and x86-64. None if there are no wheels, or
/// none for any of these Pythons.
/// Source: <https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/>.
pub(crate) fn newest_with_wheels<'w, 'v>(
    wheels: impl Iterator<Item = &'w str>,
    pythons: impl DoubleEndedIterator<Item = &'v str>,
    minor: impl Fn(&str) -> u64,
) -> Option<&'v str> {
    let tags: Vec<[&str; 3]> = wheels.filter_map(tags).filter(|[_, _, platforms]| has_linux(platforms)).collect();
    pythons.rev().find(|python| tags.iter().any(|[pythons, abi, _]| fits(pythons, abi, minor(python))))
}

/// The tags of Python, of its interface and of the platform.
fn tags(wheel: &str) -> Option<[&str; 3]> {
    let mut parts = wheel.rsplit('-');
    let (platform, abi, python) = (parts.next()?, parts.next()?, parts.next()?);
    Some([python, abi, platform])
}

fn has_linux(platforms: &str) -> bool {
    let is_it = |platform: &str| platform == "any" || (platform.contains("linux") && platform.ends_with("x86_64"));
    platforms.split('.').any(|platform| is_it(platform) && !platform.starts_with("musl"))
}

fn fits(pythons: &str, abis: &str, minor: u64) -> bool {
    let abis: Vec<&str> = abis.split('.').collect();
    pythons.split('.').any(|python| {
        let number = |begin: &str| python.strip_prefix(begin)?.parse::<u64>().ok();
        match (number("cp3"), number("py3")) {
            (Some(since), _) if abis.contains(&"abi3") => since <= minor,
            (Some(only), _) => only == minor && abis.iter().any(|abi| *abi == "none" || *abi == python),
            (None, Some(since)) => since <= minor,
            (None, None) => python == "py3",
        }
    })
}

/// The text of a key.
fn quoted<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    line.strip_prefix(key)?.strip_prefix(" = \"")?.trim_end().strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_package_of_a_lock_is_found() {
        let file = "version = 1\r\n[[package]]\r\nname = \"Jinja_2\"\r\nversion = \"3\"\r\ndependencies = [\r\n    { name = \"x\" },\r\n]\r\n[[package]]\nname = \"a\"";
        let found: Vec<_> = packages(file).collect();
        let shown: Vec<_> = found.iter().map(|locked| (locked.name.text.as_str(), locked.version)).collect();
        assert_eq!(shown, [("jinja-2", Some("3")), ("a", None)]);
        assert_eq!(&file[found[0].name.range.clone()], "Jinja_2");
        assert_eq!(found[0].needs().map(|need| need.name).collect::<Vec<_>>(), ["x"]);
    }

    fn first(text: &str) -> (Vec<Need>, Vec<Need>) {
        let text = format!("[[package]]\nname = \"a\"\n{text}");
        let locked = packages(&text).next().unwrap();
        (locked.needs().collect(), locked.all_needs().collect())
    }

    #[test]
    fn what_a_package_needs_in_each_kind_of_lock() {
        let need = |name: &str, is_for_some_pythons| Need { name: name.to_owned(), is_for_some_pythons };
        let uv = "version = \"1\"\nsource = { editable = \".\" }\ndependencies = [\n    { name = \"b\", extra = [\"x\"] },\n    { name = \"c\", marker = \"python_full_version < '3.13'\" },\n]\nwheels = [\n    { url = \"n\" },\n]\n\n[package.optional-dependencies]\nui = [\n    { name = \"d\" },\n]\n\n[package.dev-dependencies]\ndev = [\n    { name = \"e\" },\n]\n\n[package.metadata]\nrequires-dist = [\n    { name = \"f\" },\n]\n";
        let (own, all) = first(uv);
        assert_eq!(own, [need("b", false), need("c", true)]);
        assert_eq!(all, [need("b", false), need("c", true), need("d", false)]);
        let poetry = "files = []\n\n[package.dependencies]\nb = \">=1\"\n\"C.d\" = {version = \"*\", markers = \"python_version < \\\"3.13\\\"\"}\ne = [\n    {version = \"1\", markers = \"python_version < \\\"3.11\\\"\"},\n]\n\n[package.extras]\nx = [\"f\"]\n";
        assert_eq!(first(poetry).0, [need("b", false), need("c-d", true), need("e", false)]);
        let pdm = "groups = [\"default\"]\ndependencies = [\n    \"b>=1\",\n    \"c; python_version < '3.11'\",\n]\nfiles = [\n    {file = \"n\"},\n]\n";
        assert_eq!(first(pdm).0, [need("b", false), need("c", true)]);
    }

    #[test]
    fn what_only_other_groups_need_is_left_out() {
        for (text, is_left_out) in [
            ("groups = [\"dev\"]", true),
            ("groups = [\"main\", \"dev\"]", false),
            ("groups = [\"default\"]", false),
            ("category = \"dev\"", true),
            ("category = \"main\"", false),
            ("optional = true", true),
            ("optional = false", false),
            ("", false),
            ("[package.extras]\ngroups = [\"dev\"]", false),
        ] {
            let text = format!("name = \"a\"\n{text}\n");
            assert_eq!(packages(&text).next().unwrap().is_left_out(), is_left_out, "{text}");
        }
    }

    #[test]
    fn the_newest_python_of_some_wheels() {
        let offered = ["3.10", "3.11", "3.12", "3.13"];
        let newest = |wheels: &[&str]| {
            let minor = |python: &str| python[2..].parse().unwrap();
            newest_with_wheels(wheels.iter().copied(), offered.into_iter(), minor)
        };
        for (wheels, expected) in [
            (&["a-1-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64"][..], Some("3.12")),
            (&["a-1-cp311-cp311-manylinux_2_17_x86_64", "a-1-cp313-cp313-win_amd64"], Some("3.11")),
            (&["a-1-cp312-cp312-manylinux_2_17_x86_64", "a-1-cp313-cp313-musllinux_1_1_x86_64"], Some("3.12")),
            (&["a-1-cp312-cp312-manylinux_2_17_x86_64", "a-1-cp313-cp313t-manylinux_2_17_x86_64"], Some("3.12")),
            (&["a-1-cp38-abi3-manylinux_2_17_x86_64"], Some("3.13")),
            (&["a-1-py2.py3-none-any"], Some("3.13")),
            (&["a-1-py3-none-manylinux2014_x86_64"], Some("3.13")),
            (&["a-1-1-cp310-cp310-linux_x86_64"], Some("3.10")),
            (&["a-1-cp39-cp39-manylinux_2_17_x86_64"], None),
            (&["a-1-cp312-cp312-win_amd64"], None),
            (&[], None),
        ] {
            assert_eq!(newest(wheels), expected, "{wheels:?}");
        }
    }
}
