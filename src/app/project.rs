//! The files of a project, read once.

use std::collections::{BTreeMap, BTreeSet};

use super::manifests::Manifests;
use super::model::Evidence;
use super::paths::{folder_of, has_ending, name_of, within};
use crate::facts::folders::ASIDE;
use crate::formats::python::Source;
use crate::order::Order;
use crate::repo::{File, Lines, Repo};

/// Larger Python files are data.
const FILE_MAX: u64 = 512 * 1024;

/// The maximum total size of Python code, so that a hostile repository cannot fill the memory.
const TOTAL_MAX: u64 = 16 * 1024 * 1024;

/// The maximum number of Python files, and of imports of each.
const FILES_MAX: usize = 2000;
const IMPORTS_MAX: usize = 500;

/// A repository with its parsed Python files.
pub(super) struct Project<'r> {
    pub(super) repo: &'r Repo,
    pub(super) python: BTreeMap<&'r str, PythonFile<'r>>,
    /// Every folder with Python in it, at any depth.
    folders: BTreeSet<&'r str>,
    /// The names of these folders and of all Python files: most imports name none of them.
    modules: BTreeSet<&'r str>,
    /// Python files that others import.
    imported: BTreeSet<&'r str>,
    /// Packages that no module of the repository shadows, in alphabetical order.
    pub(super) reserved: BTreeSet<&'static str>,
    /// Whether some Python files were skipped.
    pub(super) is_cut: bool,
    pub(super) manifests: Manifests,
}

/// A file of Python.
pub(super) struct PythonFile<'r> {
    pub(super) path: &'r str,
    pub(super) text: &'r str,
    pub(super) source: Source<'r>,
    file: &'r File,
}

impl PythonFile<'_> {
    /// Evidence at a byte of the file.
    pub(super) fn evidence(&self, at: usize, why: impl Into<String>) -> Evidence {
        Evidence::line(self.path, Lines::of_file(self.file).map_or(1, |lines| lines.line(at)), why)
    }
}

/// Packages that no module of a repository shadows, even if a file has the name: these, and the frameworks.
const RESERVED: [&str; 3] = ["numpy", "pandas", "torch"];

/// Whether a file is at a place where no app starts.
pub(crate) fn is_aside(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    folders.split('/').any(|folder| {
        ASIDE.iter().any(|aside| aside.eq_ignore_ascii_case(folder)) || (folder.starts_with('.') && folder.len() > 1)
    }) || name.starts_with("test_")
        || name.ends_with("_test.py")
        || matches!(name, "conftest.py" | "setup.py" | "noxfile.py" | "gunicorn.conf.py" | "tasks.py" | "fabfile.py")
}

impl<'r> Project<'r> {
    /// Reads a repository, given the packages of the frameworks.
    pub(super) fn of(repo: &'r Repo, frameworks: impl Iterator<Item = &'static str>) -> Self {
        let mut project = Self { reserved: frameworks.chain(RESERVED).collect(), ..Self::without_code(repo) };
        let mut left = TOTAL_MAX;
        let mut files: Vec<_> = repo.files().filter(|file| has_ending(file.name(), "py")).collect();
        project.modules.extend(files.iter().map(|file| file.name().strip_suffix(".py").unwrap_or_default()));
        // Files near the root matter most
        files.order_by_key(|file| (is_aside(file.path()), file.path().matches('/').count()));
        for file in files {
            let path = file.path();
            let folders = || path.match_indices('/').map(|(at, _)| &path[..at]);
            project.folders.extend(folders());
            project.modules.extend(folders().map(name_of));
            if file.size() > FILE_MAX || file.size() > left {
                project.is_cut = true;
                continue;
            }
            left -= file.size();
            let Some(text) = file.text() else { continue };
            let read = PythonFile { path, text, source: Source::read(text), file };
            project.python.insert(path, read);
            if project.python.len() >= FILES_MAX {
                project.is_cut = true;
                break;
            }
        }
        let users = project.python.values().filter(|file| !is_aside(file.path));
        let imports =
            users.flat_map(|file| file.source.imports.iter().take(IMPORTS_MAX).map(|import| (file.path, import)));
        let imported = imports
            .flat_map(|(path, import)| project.imported(path, import.level, import.module, import.name))
            .collect();
        project.imported = imported;
        project
    }

    /// The same without its code: only the files that name dependencies.
    pub(super) fn without_code(repo: &'r Repo) -> Self {
        Self {
            repo,
            python: BTreeMap::new(),
            folders: BTreeSet::new(),
            modules: BTreeSet::new(),
            imported: BTreeSet::new(),
            reserved: BTreeSet::new(),
            is_cut: false,
            manifests: Manifests::default(),
        }
    }

    /// Whether another file imports this one.
    pub(super) fn is_imported(&self, path: &str) -> bool {
        self.imported.contains(path)
    }

    /// The folders, nearest first, from which a file may import: its own and its parents, then `src`.
    fn bases(path: &str) -> Vec<&str> {
        let mut bases = Vec::new();
        let mut folder = folder_of(path);
        loop {
            bases.push(folder);
            if folder.is_empty() {
                break;
            }
            folder = folder_of(folder);
        }
        bases.push("src");
        bases
    }

    /// The folder that contains a top-level module that a file imports, if it is one of this repository.
    pub(super) fn base_of(&self, path: &str, module: &str) -> Option<String> {
        let first = module.split('.').next()?;
        // A file of that name is a mistake, and is reported as one
        if self.reserved.contains(first) || !self.modules.contains(first) {
            return None;
        }
        let holds = |base: &&str| {
            let folder = within(base, first);
            let file = format!("{folder}.py");
            (self.repo.get(&file).is_some() && file != path) || self.folders.contains(folder.as_str())
        };
        Self::bases(path).into_iter().find(holds).map(str::to_owned)
    }

    /// The files of this repository that an import may run.
    pub(super) fn imported(&self, path: &str, level: usize, module: &str, name: Option<&str>) -> Vec<&'r str> {
        let base = if level == 0 {
            match self.base_of(path, module) {
                Some(base) => base,
                None => return Vec::new(),
            }
        } else {
            (1..level).fold(folder_of(path), |folder, _| folder_of(folder)).to_owned()
        };
        let stem = if module.is_empty() { base } else { within(&base, &module.replace('.', "/")) };
        let mut names = vec![format!("{stem}.py"), within(&stem, "__init__.py")];
        names.extend(name.iter().map(|name| within(&stem, &format!("{name}.py"))));
        names.extend(name.iter().map(|name| within(&stem, &format!("{name}/__init__.py"))));
        let found = names.into_iter().filter_map(|name| self.python.get_key_value(name.as_str()));
        found.map(|(path, _)| *path).filter(|found| *found != path).collect()
    }

    /// The files that run when a file runs: itself, and its imports from this repository.
    pub(super) fn reachable(&self, start: &str) -> Vec<&PythonFile<'r>> {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut order = Vec::new();
        let mut next: Vec<&str> = self.python.get_key_value(start).map(|(path, _)| *path).into_iter().collect();
        // A Streamlit app runs the files in `pages` beside it
        let pages = format!("{}/", within(folder_of(start), "pages"));
        next.extend(self.python.keys().filter(|path| path.starts_with(&pages)));
        next.reverse();
        while let Some(path) = next.pop() {
            if !seen.insert(path) {
                continue;
            }
            let Some(file) = self.python.get(path) else { continue };
            order.push(file);
            for import in file.source.imports.iter().take(IMPORTS_MAX) {
                next.extend(self.imported(path, import.level, import.module, import.name));
            }
        }
        order
    }

    /// Evidence at a byte of a file.
    pub(super) fn evidence_at(&self, path: &str, at: usize, why: impl Into<String>) -> Evidence {
        match Lines::of(self.repo, path) {
            Some(lines) => Evidence::line(path, lines.line(at), why),
            None => Evidence::file(path, why),
        }
    }

    /// Evidence at the first line of a file that contains a text.
    pub(super) fn line_with(&self, path: &str, needle: &str, why: impl Into<String>) -> Evidence {
        let line = self.repo.text(path).and_then(|text| text.lines().position(|line| line.contains(needle)));
        line.map_or_else(|| Evidence::file(path, ""), |line| Evidence::line(path, line + 1, "")).because(why)
    }
}

impl Evidence {
    fn because(self, why: impl Into<String>) -> Self {
        Self { why: why.into(), ..self }
    }
}
