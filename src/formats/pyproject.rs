//! `pyproject.toml`: the dependencies of a project, as PEP 621, Poetry and uv write them. PDM and Hatch write them as PEP 621
//! does.
//!
//! Sources: <https://packaging.python.org/en/latest/specifications/pyproject-toml/>,
//! <https://python-poetry.org/docs/dependency-specification/>, <https://docs.astral.sh/uv/concepts/projects/dependencies/>.

use crate::order::Order;
use std::ops::Range;

use super::Placed;
use super::tables::{at, parse, read, table, text, texts};
use crate::values::normalised;

/// A project.
#[derive(Debug, Default)]
pub(crate) struct Pyproject {
    /// The name of the project, as the index compares names.
    pub(crate) name: Option<String>,
    /// `project.dependencies`, one requirement each. None if the list is missing.
    pub(crate) dependencies: Option<Vec<Placed>>,
    /// The place of `project.dynamic`, if the build system computes the dependencies.
    pub(crate) dynamic_dependencies: Option<Range<usize>>,
    /// `project.requires-python`.
    pub(crate) requires_python: Option<Placed>,
    /// `tool.poetry.dependencies`, without Python. None if the table is missing.
    pub(crate) poetry: Option<Vec<Dependency>>,
    /// `tool.poetry.dependencies.python`.
    pub(crate) poetry_python: Option<Placed>,
    /// `tool.uv.sources`.
    pub(crate) uv_sources: Vec<Dependency>,
    /// The place of `tool.uv.workspace`.
    pub(crate) uv_workspace: Option<Range<usize>>,
    /// The groups of `dependency-groups`, and the extras of `project.optional-dependencies`, which `uv sync` leaves out unless it is told,
    /// with the requirements of each; none if some are installed by default.
    pub(crate) left_out: Vec<(String, Vec<Placed>)>,
    /// The requirements of all groups and extras.
    pub(crate) optional: Vec<Placed>,
}

/// A package by its name, which is the key of a table.
#[derive(Debug)]
pub(crate) struct Dependency {
    pub(crate) name: Placed,
    /// The folder or file in the repository that it comes from.
    pub(crate) path: Option<Placed>,
    /// The address that pip takes, if it does not come from an index.
    address: Option<String>,
    /// The versions that pip takes; empty if any is allowed, or if they cannot be written for pip.
    versions: String,
    extras: Vec<String>,
}

impl Dependency {
    /// The package as pip reads it, with its own extras and more.
    pub(crate) fn requirement(&self, more: &[String]) -> String {
        let extras = [&self.extras, more].concat();
        let extras = if extras.is_empty() { String::new() } else { format!("[{}]", extras.join(",")) };
        match &self.address {
            Some(address) => format!("{}{extras} @ {address}", self.name.text),
            None => format!("{}{extras}{}", self.name.text, self.versions),
        }
    }

    /// Whether it comes from an address.
    pub(crate) fn has_address(&self) -> bool {
        self.address.is_some()
    }
}

impl Pyproject {
    /// The line, from 1, from which on a file is not TOML; none if it is.
    pub(crate) fn problem(file: &str) -> Option<usize> {
        parse(file).err().map(|error| error.line(file))
    }

    /// Reads a file. None if it is not TOML.
    pub(crate) fn read(file: &str) -> Option<Self> {
        let root = read(file)?;
        let dynamic = at(&root, &["project", "dynamic"]);
        let is_dynamic =
            dynamic.and_then(texts).is_some_and(|names| names.iter().any(|name| name.text == "dependencies"));
        let poetry = &["tool", "poetry", "dependencies"];
        let name = at(&root, &["project", "name"]).or_else(|| at(&root, &["tool", "poetry", "name"]));
        let groups = groups(&root);
        let optional = groups.iter().flat_map(|(_, listed)| listed.clone()).collect();
        let are_installed = at(&root, &["tool", "uv", "default-groups"]).is_some();
        Some(Self {
            name: name.and_then(text).map(|name| normalised(&name.text)),
            dependencies: at(&root, &["project", "dependencies"]).and_then(texts),
            dynamic_dependencies: dynamic.filter(|_| is_dynamic).map(toml::Spanned::span),
            requires_python: at(&root, &["project", "requires-python"]).and_then(text),
            poetry: table(&root, poetry).map(|found| {
                let all = dependencies(found).into_iter();
                all.filter(|dependency| dependency.name.text != "python").collect()
            }),
            poetry_python: table(&root, poetry).and_then(|found| text(found.get("python")?)),
            uv_sources: table(&root, &["tool", "uv", "sources"]).map(dependencies).unwrap_or_default(),
            uv_workspace: at(&root, &["tool", "uv", "workspace"]).map(toml::Spanned::span),
            left_out: if are_installed { Vec::new() } else { groups },
            optional,
        })
    }
}

/// The groups and extras, with the requirements of each.
fn groups(root: &toml::de::DeTable<'_>) -> Vec<(String, Vec<Placed>)> {
    let tables = [&["dependency-groups"][..], &["project", "optional-dependencies"][..]];
    let found = tables.into_iter().filter_map(|keys| table(root, keys)).flat_map(|found| found.iter());
    found.map(|(name, value)| (name.get_ref().to_string(), texts(value).unwrap_or_default())).collect()
}

/// The keys of a table, in the order of the file.
fn dependencies(table: &toml::de::DeTable<'_>) -> Vec<Dependency> {
    let mut found: Vec<Dependency> = table
        .iter()
        .map(|(name, value)| {
            let of = |key: &str| value.get_ref().get(key).and_then(text).map(|placed| placed.text);
            let versions = value.get_ref().as_str().map(str::to_owned).or_else(|| of("version"));
            let extras = value.get_ref().get("extras").and_then(texts).unwrap_or_default();
            Dependency {
                name: Placed { text: name.get_ref().to_string(), range: name.span() },
                path: value.get_ref().get("path").and_then(text),
                address: address(of),
                versions: versions.and_then(|versions| for_pip(&versions)).unwrap_or_default(),
                extras: extras.into_iter().map(|placed| placed.text).collect(),
            }
        })
        .collect();
    found.order_by_key(|dependency| dependency.name.range.start);
    found
}

/// The address of a package on a git server, or of its archive.
fn address(of: impl Fn(&str) -> Option<String>) -> Option<String> {
    let Some(git) = of("git") else { return of("url") };
    let git = if git.contains("://") { git } else { format!("ssh://{}", git.replacen(':', "/", 1)) };
    let revision = ["rev", "tag", "branch"].into_iter().find_map(&of);
    let folder = of("subdirectory").map(|folder| format!("#subdirectory={folder}"));
    let revision = revision.map(|revision| format!("@{revision}"));
    Some(format!("git+{git}{}{}", revision.unwrap_or_default(), folder.unwrap_or_default()))
}

/// Versions of Poetry as pip writes them: `^1.2` is `>=1.2,<2`, `~1.2` is `>=1.2,<1.3`, `1.2` is `==1.2`. None if any is allowed.
fn for_pip(versions: &str) -> Option<String> {
    let parts = versions.split(',').map(str::trim).filter(|part| !part.is_empty() && *part != "*");
    let parts: Option<Vec<String>> = parts.map(clause_for_pip).collect();
    parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join(","))
}

fn clause_for_pip(clause: &str) -> Option<String> {
    let caret = clause.strip_prefix('^');
    let tilde = clause.strip_prefix('~').filter(|rest| !rest.starts_with('='));
    let Some(version) = caret.or(tilde) else {
        return Some(if clause.starts_with(|char: char| char.is_ascii_digit()) {
            format!("=={clause}")
        } else {
            clause.to_owned()
        });
    };
    let numbers: Vec<u32> = version.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    // The part that goes up by one: the first that is not zero for `^`, the second for `~`
    let last = numbers.len().checked_sub(1)?;
    let place = match caret {
        Some(_) => numbers.iter().position(|number| *number > 0).unwrap_or(last),
        None => last.min(1),
    };
    let mut next: Vec<u32> = numbers[..=place].to_vec();
    *next.last_mut()? += 1;
    let next: Vec<String> = next.iter().map(u32::to_string).collect();
    Some(format!(">={version},<{}", next.join(".")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_of_pep_621() {
        let file = "[project]\nname = \"x\"\nrequires-python = \">=3.11\"\ndynamic = [\"version\"]\ndependencies = [\n  \"gradio[oauth]>=6\", # mine\n  1,\n  'numpy',\n]\n";
        let read = Pyproject::read(file).unwrap();
        let dependencies = read.dependencies.unwrap();
        let shown: Vec<_> = dependencies.iter().map(|placed| placed.text.as_str()).collect();
        assert_eq!(shown, ["gradio[oauth]>=6", "numpy"]);
        assert_eq!(&file[dependencies[1].range.clone()], "'numpy'");
        assert_eq!(read.requires_python.unwrap().text, ">=3.11");
        assert!(read.dynamic_dependencies.is_none() && read.poetry.is_none());
    }

    #[test]
    fn a_project_of_poetry() {
        let file = "[tool.poetry.dependencies]\npython = \"^3.11\"\nuvicorn = { version = \"*\" }\nmine = { path = \"libs/mine\" }\n\n[tool.poetry.dependencies.flask]\nversion = \"*\"\n";
        let read = Pyproject::read(file).unwrap();
        let names: Vec<_> = read.poetry.iter().flatten().map(|found| found.name.text.as_str()).collect();
        assert_eq!(names, ["uvicorn", "mine", "flask"]);
        assert_eq!(read.poetry_python.unwrap().text, "^3.11");
        let path = read.poetry.iter().flatten().find_map(|found| found.path.clone()).unwrap();
        assert_eq!(&file[path.range], "\"libs/mine\"");
    }

    #[test]
    fn packages_are_written_as_pip_reads_them() {
        for (written, expected) in [
            ("'^5.0'", "x>=5.0,<6"),
            ("'^0.2.3'", "x>=0.2.3,<0.3"),
            ("'^0.0.3'", "x>=0.0.3,<0.0.4"),
            ("'~1.4.2'", "x>=1.4.2,<1.5"),
            ("'~1'", "x>=1,<2"),
            ("'~=1.4'", "x~=1.4"),
            ("'*'", "x"),
            ("'1.2.*'", "x==1.2.*"),
            ("'>=1, <3'", "x>=1,<3"),
            ("'^1.0rc1'", "x"),
            ("{ version = '^1', extras = ['a', 'b'] }", "x[a,b]>=1,<2"),
            ("{ git = 'https://a.example/b.git', tag = 'v1' }", "x @ git+https://a.example/b.git@v1"),
            ("{ git = 'git@a.example:b/c.git' }", "x @ git+ssh://git@a.example/b/c.git"),
            ("{ url = 'https://a.example/x.whl' }", "x @ https://a.example/x.whl"),
        ] {
            let read = Pyproject::read(&format!("[tool.poetry.dependencies]\nx = {written}\n")).unwrap();
            assert_eq!(read.poetry.unwrap()[0].requirement(&[]), expected, "{written}");
        }
    }

    #[test]
    fn what_uv_and_the_build_system_add() {
        let file = "[project]\ndynamic = [\"dependencies\"]\n[tool.uv.sources]\na = { path = \"a\" }\nb = { git = \"https://a.example/b\" }\n[tool.uv.workspace]\nmembers = []\n";
        let read = Pyproject::read(file).unwrap();
        let more = ["c".to_owned()];
        assert_eq!(read.uv_sources[1].requirement(&more), "b[c] @ git+https://a.example/b");
        assert_eq!(read.uv_sources.iter().filter(|source| source.path.is_some()).count(), 1);
        assert!(read.uv_workspace.is_some());
        assert_eq!(read.dynamic_dependencies.map(|range| &file[range]), Some("[\"dependencies\"]"));
    }

    #[test]
    fn groups_and_extras_are_left_out_unless_some_are_installed_by_default() {
        let file = "[project.optional-dependencies]\nui = ['gradio']\n[dependency-groups]\napp = ['flask', { include-group = 'x' }]\n";
        let shown = |file: &str| {
            let mut found: Vec<_> = Pyproject::read(file).unwrap().left_out;
            found.order_by(|one, other| one.0.cmp(&other.0));
            found.iter().map(|(name, list)| format!("{name}: {}", list.len())).collect::<Vec<_>>()
        };
        assert_eq!(shown(file), ["app: 1", "ui: 1"]);
        assert!(shown(&format!("{file}[tool.uv]\ndefault-groups = ['app']\n")).is_empty());
    }

    #[test]
    fn other_values_are_left_out() {
        assert!(Pyproject::read("not toml").is_none());
        for file in ["", "project = 1", "[project]\ndependencies = \"x\"", "[[tool]]", "tool.poetry.dependencies = 1"] {
            let read = Pyproject::read(file).unwrap();
            assert!(read.dependencies.is_none() && read.poetry.is_none(), "{file}");
        }
    }
}
