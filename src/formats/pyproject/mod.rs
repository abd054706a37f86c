//! `pyproject.toml`: the dependencies of a project, as PEP 621, Poetry and uv write them. PDM and Hatch write them as PEP 621
//! does.
//!
//! Sources: <https://packaging.python.org/en/latest/specifications/pyproject-toml/>,
//! <https://python-poetry.org/docs/dependency-specification/>, <https://docs.astral.sh/uv/concepts/projects/dependencies/>.

mod provided;

use crate::order::Order;
use std::ops::Range;

use super::Placed;
use super::tables::{Value, at, parse, read, table, text, texts};
use crate::facts::python_platforms::TORCH_INDEX;
use crate::facts::version_tools::{VERSION_TOOLS, VersionTool};
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
    /// Whether `tool.uv.default-groups` names groups that are installed by default.
    pub(crate) has_default_groups: bool,
    /// Whether it has `build-system`: without, no tool installs the project itself.
    pub(crate) has_build_system: bool,
    /// What takes the version from git, with its place, if nothing replaces that.
    pub(crate) version_of_git: Option<(&'static VersionTool, Range<usize>)>,
    /// The import names that the project itself provides.
    pub(crate) provides: Vec<String>,
    /// The folders whose packages and modules it provides.
    pub(crate) package_folders: Vec<String>,
    /// The indexes of uv and of Poetry: name and address.
    indexes: Vec<(String, String)>,
}

/// A package by its name, which is the key of a table.
#[derive(Debug)]
pub(crate) struct Dependency {
    pub(crate) name: Placed,
    /// The folder or file in the repository that it comes from.
    pub(crate) path: Option<Placed>,
    /// Whether it is a member of the workspace.
    is_member: bool,
    /// The name of the index that alone has it.
    index: Option<String>,
    /// Whether several places are named, each under a condition.
    has_choice: bool,
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

    fn is_elsewhere(&self) -> bool {
        self.path.is_some() || self.index.is_some() || self.address.is_some()
    }

    /// The place that it comes from, if pip cannot find it by its name or its address. Under its name, the public index may have a
    /// stranger's package.
    pub(crate) fn origin(&self, project: &Pyproject) -> Option<Origin> {
        if let Some(path) = &self.path {
            return Some(Origin::Path(path.text.clone()));
        }
        if self.is_member {
            return Some(Origin::Workspace);
        }
        if self.has_choice && self.address.is_some() {
            return Some(Origin::Several);
        }
        let index = self.index.as_deref().filter(|_| self.address.is_none())?;
        (!project.is_public(index)).then(|| Origin::Index(index.to_owned()))
    }
}

/// A place that only the project's own tool installs from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A folder or a file, as written.
    Path(String),
    Workspace,
    /// An index, by its name.
    Index(String),
    Several,
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
        let has_default_groups = at(&root, &["tool", "uv", "default-groups"]).is_some();
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
            left_out: if has_default_groups { Vec::new() } else { groups },
            optional,
            has_default_groups,
            has_build_system: at(&root, &["build-system"]).is_some(),
            version_of_git: version_of_git(&root),
            provides: provided::names(&root),
            package_folders: provided::folders(&root),
            indexes: indexes(&root),
        })
    }

    /// The place of a package, by its normalised name, as uv or Poetry names it beside `project.dependencies`.
    pub(crate) fn source(&self, name: &str) -> Option<&Dependency> {
        let is_it = |dependency: &&Dependency| normalised(&dependency.name.text) == name;
        let of_poetry = || self.poetry.iter().flatten().filter(|dependency| dependency.is_elsewhere()).find(is_it);
        self.uv_sources.iter().find(is_it).or_else(of_poetry)
    }

    /// Whether an index has nothing that a stranger could publish elsewhere: the public one, and that of `PyTorch`.
    fn is_public(&self, index: &str) -> bool {
        let mut named = self.indexes.iter().filter(|(name, _)| name == index);
        // Poetry knows the public one by this name
        index.eq_ignore_ascii_case("pypi") || named.any(|(_, address)| address.starts_with(TORCH_INDEX))
    }
}

/// What takes the version from git. Fallbacks of Hatch and PDM are beside the source.
fn version_of_git(root: &toml::de::DeTable<'_>) -> Option<(&'static VersionTool, Range<usize>)> {
    let is_fixed = at(root, &["project", "version"]).is_some();
    VERSION_TOOLS.iter().filter(|_| !is_fixed).find_map(|tool| {
        let found = at(root, tool.keys)?;
        let is_it = tool.value.is_none_or(|value| found.get_ref().as_str() == Some(value));
        let around = if tool.value.is_some() { &tool.keys[..tool.keys.len() - 1] } else { tool.keys };
        let has_other = |keys: &[&str]| at(root, &[keys, &[tool.fallback]].concat()).is_some();
        let own = ["tool", tool.package];
        let is_off =
            at(root, &[around, &["enable"]].concat()).is_some_and(|enable| enable.get_ref().as_bool() == Some(false));
        (is_it && !has_other(around) && !has_other(&own) && !is_off).then(|| (tool, found.span()))
    })
}

/// The indexes. Sources: <https://docs.astral.sh/uv/concepts/indexes/>, <https://python-poetry.org/docs/repositories/>.
fn indexes(root: &toml::de::DeTable<'_>) -> Vec<(String, String)> {
    let lists = [&["tool", "uv", "index"][..], &["tool", "poetry", "source"][..]];
    let found = lists.into_iter().filter_map(|keys| at(root, keys)?.get_ref().as_array()).flatten();
    let of = |value: &Value<'_>, key: &str| value.get_ref().get(key).and_then(text).map(|placed| placed.text);
    found.filter_map(|value| Some((of(value, "name")?, of(value, "url").unwrap_or_default()))).collect()
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
            // Several places, each under a condition
            let list = value.get_ref().as_array();
            let parts = || list.into_iter().flatten().chain(list.is_none().then_some(value));
            let placed = |key: &str| parts().find_map(|part| part.get_ref().get(key).and_then(text));
            let of = |key: &str| placed(key).map(|placed| placed.text);
            let versions = || value.get_ref().as_str().map(str::to_owned).or_else(|| of("version"));
            let versions = if list.is_some() { None } else { versions() };
            let extras = value.get_ref().get("extras").and_then(texts).unwrap_or_default();
            let is_true = |part: &Value<'_>| part.get_ref().get("workspace")?.get_ref().as_bool();
            Dependency {
                name: Placed { text: name.get_ref().to_string(), range: name.span() },
                path: placed("path").or_else(|| placed("file")),
                is_member: parts().any(|part| is_true(part) == Some(true)),
                index: of("index").or_else(|| of("source")),
                has_choice: list.is_some(),
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
    fn the_place_that_a_package_comes_from() {
        let path = |text: &str| Some(Origin::Path(text.to_owned()));
        for (written, expected) in [
            ("{ path = '../shared', develop = true }", path("../shared")),
            ("{ file = '../shared.whl' }", path("../shared.whl")),
            ("{ workspace = true }", Some(Origin::Workspace)),
            ("{ workspace = false }", None),
            ("{ index = 'mine' }", Some(Origin::Index("mine".to_owned()))),
            ("{ version = '^1', source = 'mine' }", Some(Origin::Index("mine".to_owned()))),
            ("{ index = 'unknown' }", Some(Origin::Index("unknown".to_owned()))),
            ("{ index = 'torch-cpu' }", None),
            ("{ version = '^1', source = 'PyPI' }", None),
            ("[{ index = 'torch-cpu', marker = 'a' }, { index = 'torch-cpu' }]", None),
            ("[{ path = '../shared', marker = 'a' }, { index = 'torch-cpu' }]", path("../shared")),
            ("[{ url = 'https://a.example/a.whl', marker = 'a' }, { version = '1' }]", Some(Origin::Several)),
            ("{ git = 'https://a.example/b.git' }", None),
            ("'^1'", None),
        ] {
            let file = format!(
                "[tool.uv.sources]\nx = {written}\n[[tool.uv.index]]\nname = 'mine'\nurl = 'https://a.example/simple'\n\
                [[tool.uv.index]]\nname = 'torch-cpu'\nurl = '{TORCH_INDEX}cpu'\n"
            );
            let read = Pyproject::read(&file).unwrap();
            assert_eq!(read.uv_sources[0].origin(&read), expected, "{written}");
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
