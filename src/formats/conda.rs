//! `environment.yml` of conda.
//!
//! Source: <https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html>.

use super::Placed;
use super::front_matter::{Node, mapping};

/// An environment.
#[derive(Debug, Default)]
pub(crate) struct Environment {
    /// What conda installs, except Python and pip: `numpy=1.26`, `conda-forge::ffmpeg`.
    pub(crate) packages: Vec<Placed>,
    /// The requirements under `pip:`.
    pub(crate) pip: Vec<Placed>,
    /// The version of Python: `=3.11`, ` >=3.10`.
    pub(crate) python: Option<Placed>,
}

impl Environment {
    /// Reads a file. Missing parts stay empty.
    pub(crate) fn read(file: &str) -> Self {
        let entries = mapping(file).unwrap_or_default();
        let list = entries.iter().filter(|entry| entry.key.as_str() == Some("dependencies"));
        let mut found = Self::default();
        for item in list.filter_map(|entry| entry.value.items()).flatten() {
            let nested = item.entries().into_iter().flatten().filter(|entry| entry.key.as_str() == Some("pip"));
            found.pip.extend(nested.filter_map(|entry| entry.value.items()).flatten().filter_map(placed));
            found.add(item);
        }
        found
    }

    fn add(&mut self, item: &Node) {
        let Some(package) = placed(item) else { return };
        let version = package.text.strip_prefix("python");
        match version.filter(|rest| rest.starts_with(['=', '>', '<', ' ', '~'])) {
            Some(version) => self.python = Some(Placed { text: version.to_owned(), range: package.range }),
            None if matches!(package.text.as_str(), "pip" | "python") => {}
            None => self.packages.push(package),
        }
    }
}

/// The name of a conda package, without its channel and its version.
pub(crate) fn name_of(package: &str) -> &str {
    let package = package.rsplit("::").next().unwrap_or(package).trim();
    package.split(['=', '<', '>', '!', '~', ' ', '[']).next().unwrap_or(package)
}

/// The versions of a conda package, as pip writes them: `==1.26.*` for `=1.26`, without the build.
pub(crate) fn versions_of(package: &str) -> String {
    let package = package.rsplit("::").next().unwrap_or(package).trim();
    let rest = package.get(name_of(package).len()..).unwrap_or_default().trim();
    match rest.strip_prefix('=') {
        Some(exact) if exact.starts_with('=') => format!("={exact}"),
        Some(prefix) => {
            let mut parts = prefix.split('=');
            let version = parts.next().unwrap_or_default().trim_end_matches(".*").trim_end_matches('*');
            // With a build, the version is a whole one
            let is_whole = parts.next().is_some();
            if version.is_empty() { String::new() } else { format!("=={version}{}", if is_whole { "" } else { ".*" }) }
        }
        None => rest.to_owned(),
    }
}

fn placed(node: &Node) -> Option<Placed> {
    let text = node.as_str()?.trim().to_owned();
    (!text.is_empty()).then(|| Placed { text, range: node.range.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(placed: &[Placed]) -> Vec<&str> {
        placed.iter().map(|placed| placed.text.as_str()).collect()
    }

    #[test]
    fn packages_of_conda_and_of_pip() {
        let file = "name: x\ndependencies:\n  - python=3.11 # mine\n  - conda-forge::ffmpeg=6\n  - pip\n  - pip:\n    - \"gradio==6.31.0\"\n    - -r requirements.txt\nprefix: /x\n";
        let read = Environment::read(file);
        assert_eq!(texts(&read.packages), ["conda-forge::ffmpeg=6"]);
        assert_eq!(texts(&read.pip), ["gradio==6.31.0", "-r requirements.txt"]);
        assert_eq!(&file[read.pip[0].range.clone()], "\"gradio==6.31.0\"");
        assert_eq!(read.python.unwrap().text, "=3.11");
        assert_eq!(name_of("conda-forge::ffmpeg=6"), "ffmpeg");
        assert_eq!(name_of("numpy >=1.26"), "numpy");
        for (package, versions) in [
            ("numpy=1.26", "==1.26.*"),
            ("numpy=1.26.*", "==1.26.*"),
            ("numpy=1.26.4=py311h64a7726_0", "==1.26.4"),
            ("conda-forge::numpy==1.26.4", "==1.26.4"),
            ("numpy >=1.26,<2", ">=1.26,<2"),
            ("numpy", ""),
        ] {
            assert_eq!(versions_of(package), versions, "{package}");
        }
    }

    #[test]
    fn other_files_are_empty() {
        for file in ["", "dependencies:", "dependencies: 1", "- a", "dependencies: {a: b}", "\t: ["] {
            let read = Environment::read(file);
            assert!(read.packages.is_empty() && read.pip.is_empty() && read.python.is_none(), "{file}");
        }
        assert_eq!(texts(&Environment::read("dependencies: [numpy, pip: [a]]").packages), ["numpy"]);
    }
}
