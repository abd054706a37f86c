//! Which file of the repository is at a path of an image, as far as its Dockerfile shows.
//!
//! Only what is certain: a path is missing if no step can have brought it, and a file is there if the last step that can have
//! written it copies it out of the repository.

use std::cell::{Cell, OnceCell};
use std::collections::HashSet;

use crate::formats::dockerfile::{Base, Copy, Dockerfile, Instruction, Run, Stage, Step};
use crate::repo::{File, FileKind, Repo};
use crate::values::{BaseImage, last_part};

use super::file_makers::{NodePackages, changes_nothing_at, keeps_content_of, mentions};

/// The maximum number of stages that copy from one another.
const DEEPEST: usize = 4;
/// The maximum number of sources and parts of commands that are looked at for a Dockerfile.
const MOST_WORK: usize = 50_000;
/// The length of a part of a command, and the number of files that cost as much as one.
const PART: usize = 16;

/// What is at a path of an image.
#[derive(Debug)]
pub(crate) enum Found<'r> {
    /// A file of the repository, unchanged.
    File(Placed<'r>),
    /// Nothing.
    Missing,
    /// It is not known.
    Unknown,
}

/// A file of the repository in an image.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placed<'r> {
    pub(crate) file: &'r File,
    /// Whether the copy sets its mode.
    pub(crate) has_mode: bool,
}

/// Whether a `RUN` leaves a path as it is.
type Leaves = fn(&Run<'_>, &str, &NodePackages<'_>) -> bool;

/// A path to look up.
#[derive(Clone, Copy)]
struct Wanted<'p> {
    path: &'p str,
    leaves: Leaves,
    depth: usize,
}

/// The files of the image that a Dockerfile builds.
pub(crate) struct ImageFiles<'r, 'd, 't> {
    pub(crate) repo: &'r Repo,
    pub(crate) dockerfile: &'d Dockerfile<'t>,
    pub(in crate::app) packages: NodePackages<'r>,
    /// The names of all files.
    names: OnceCell<HashSet<&'r str>>,
    left: Cell<usize>,
}

impl<'r, 'd, 't> ImageFiles<'r, 'd, 't> {
    pub(crate) fn of(repo: &'r Repo, dockerfile: &'d Dockerfile<'t>) -> Self {
        Self { repo, dockerfile, packages: NodePackages::of(repo), names: OnceCell::new(), left: Cell::new(MOST_WORK) }
    }

    /// What is at an absolute path.
    pub(crate) fn at(&self, path: &str) -> Found<'r> {
        self.look(path, changes_nothing_at)
    }

    fn look(&self, path: &str, leaves: Leaves) -> Found<'r> {
        let wanted = Wanted { path, leaves, depth: DEEPEST };
        self.dockerfile.last_stage().map_or(Found::Unknown, |stage| self.in_stage(stage, wanted))
    }

    /// The file at an absolute path. A step that builds something, and does not name the file, is taken to keep it.
    pub(crate) fn file(&self, path: &str) -> Option<Placed<'r>> {
        match self.look(path, keeps_content_of) {
            Found::File(placed) => Some(placed),
            Found::Missing | Found::Unknown => None,
        }
    }

    /// Whether certainly nothing is at an absolute path when a step begins, by the index of its stage and its own.
    pub(crate) fn lacks_before(&self, (stage, step): (usize, usize), path: &str) -> bool {
        let wanted = Wanted { path, leaves: changes_nothing_at, depth: DEEPEST };
        let stage = self.dockerfile.stages.get(stage);
        stage.is_some_and(|stage| matches!(self.in_steps(stage, step, wanted), Found::Missing))
    }

    fn in_stage(&self, stage: &Stage<'t>, wanted: Wanted<'_>) -> Found<'r> {
        self.in_steps(stage, stage.steps.len(), wanted)
    }

    /// What is at a path after some steps of a stage.
    fn in_steps(&self, stage: &Stage<'t>, steps: usize, wanted: Wanted<'_>) -> Found<'r> {
        let (mut stage, mut steps) = (stage, steps);
        loop {
            for step in stage.steps.iter().take(steps).rev() {
                let found = match &step.instruction {
                    Instruction::Copy(copy) => self.copied(step, copy, wanted),
                    Instruction::Run(run) if !self.leaves(run, wanted) => Found::Unknown,
                    _ => Found::Missing,
                };
                if !matches!(found, Found::Missing) {
                    return found;
                }
            }
            match &stage.base {
                Base::Stage(index) => match self.dockerfile.stages.get(*index) {
                    Some(earlier) => (stage, steps) = (earlier, earlier.steps.len()),
                    None => return Found::Unknown,
                },
                Base::Image(image) if is_plain(image) => return Found::Missing,
                Base::Image(_) | Base::Unknown => return Found::Unknown,
            }
        }
    }

    /// Takes some of the work that is left; false if that is not enough.
    fn spend(&self, work: usize) -> bool {
        let left = self.left.get().checked_sub(1 + work);
        self.left.set(left.unwrap_or_default());
        left.is_some()
    }

    fn names(&self) -> &HashSet<&'r str> {
        self.names.get_or_init(|| self.repo.files().map(File::name).collect())
    }

    fn leaves(&self, run: &Run<'_>, wanted: Wanted<'_>) -> bool {
        // The packages of Node may have scripts, which are searched
        let searched = if run.line.text().contains("np") { self.names().len() / PART } else { 0 };
        self.spend(run.line.range.len() / PART + searched) && (wanted.leaves)(run, wanted.path, &self.packages)
    }

    /// What a `COPY` or `ADD` brings to a path.
    fn copied(&self, step: &Step<'t>, copy: &Copy<'t>, wanted: Wanted<'_>) -> Found<'r> {
        if !self.spend(copy.sources.len()) {
            return Found::Unknown;
        }
        let Some(destination) = step.before.absolute_in_instruction(copy.destination.text.trim_matches('"')) else {
            return Found::Unknown;
        };
        let Some(rest) = below(wanted.path, &destination) else { return Found::Missing };
        let is_odd = |name: &str| !matches!(name, "from" | "chown" | "chmod" | "link");
        if copy.sources.is_empty() || copy.shell_word().is_some() || copy.flags.iter().any(|flag| is_odd(&flag.name)) {
            return Found::Unknown;
        }
        let has_mode = copy.flag("chmod").is_some();
        for source in &copy.sources {
            let Some(text) = step.before.expand(source.text.trim_matches('"')) else { return Found::Unknown };
            let found = match copy.flag("from") {
                Some(from) => self.of_other_stage(&from.text, &text, rest, wanted.depth),
                None => self.of_context(&text, rest, has_mode),
            };
            if !matches!(found, Found::Missing) {
                return found;
            }
        }
        Found::Missing
    }

    /// What a source in another stage brings to a path below the destination.
    fn of_other_stage(&self, from: &str, source: &str, rest: &str, depth: usize) -> Found<'r> {
        let named =
            |stage: &&Stage<'t>| stage.from.name.as_ref().is_some_and(|name| name.text.eq_ignore_ascii_case(from));
        let stages = &self.dockerfile.stages;
        let stage = stages.iter().find(named).or_else(|| stages.get(from.parse::<usize>().ok()?));
        // A build there may make files
        let (Some(stage), Some(depth)) = (stage, depth.checked_sub(1)) else { return Found::Unknown };
        if source.contains(['*', '?', '[', '\\']) {
            return Found::Unknown;
        }
        let source = source.trim_matches('/').trim_start_matches("./");
        let mut candidates = Vec::new();
        if !rest.is_empty() {
            candidates.push(format!("/{source}/{rest}"));
        }
        if rest.is_empty() || rest == last_part(source) {
            candidates.push(format!("/{source}"));
        }
        for path in candidates {
            let path = path.replace("//", "/");
            let found = self.in_stage(stage, Wanted { path: &path, depth, leaves: changes_nothing_at });
            if !matches!(found, Found::Missing) {
                return found;
            }
        }
        Found::Missing
    }

    /// What a source in the repository brings to a path below the destination.
    fn of_context(&self, source: &str, rest: &str, has_mode: bool) -> Found<'r> {
        let path = source.trim_start_matches("./").trim_matches('/');
        let is_odd = source.contains("://") || source.starts_with("git@") || source.contains('\\');
        if is_odd || path.split('/').any(|part| part == "..") || is_archive(path) {
            return Found::Unknown;
        }
        if path.contains(['*', '?', '[']) {
            let may_match = rest.is_empty() || self.names().contains(last_part(rest)) && self.may_match(path, rest);
            return if may_match { Found::Unknown } else { Found::Missing };
        }
        if matches!(path, "" | ".") {
            return self.of_repo(rest, has_mode);
        }
        if self.repo.has_folder(path) {
            return self.of_repo(&format!("{path}/{rest}"), has_mode);
        }
        let is_it = rest.is_empty() || rest == last_part(path);
        match self.repo.get(path) {
            Some(_) if is_it => self.of_repo(path, has_mode),
            Some(_) => Found::Missing,
            // The build stops there, which is reported, or it is not listed
            None => Found::Unknown,
        }
    }

    /// Whether a pattern may bring something to a path below the destination: a file of that name, or a folder with it.
    fn may_match(&self, pattern: &str, rest: &str) -> bool {
        let parts = || pattern.split('/');
        let of_pattern = |path: &str| {
            let count = path.split('/').count();
            count == parts().count() && parts().zip(path.split('/')).all(|(pattern, part)| may_be(pattern, part))
        };
        // What is not searched may match
        !self.spend(self.repo.files().count() / PART)
            || self.repo.files().any(|file| {
                let path = file.path();
                let is_it = file.name() == rest && of_pattern(path);
                let folder = path.strip_suffix(rest).and_then(|folder| folder.strip_suffix('/'));
                is_it || folder.is_some_and(of_pattern)
            })
    }

    /// A path of the repository, as the build sees it.
    fn of_repo(&self, path: &str, has_mode: bool) -> Found<'r> {
        let path = path.trim_end_matches('/');
        let is_unclear = path.is_empty()
            || self.repo.may_have(path)
            || self.repo.has_folder(path)
            || self.repo.get(".gitmodules").is_some()
            // A link to a folder is a file of the repository
            || path.match_indices('/').any(|(at, _)| self.repo.get(&path[..at]).is_some());
        match self.repo.get(path) {
            _ if is_unclear => Found::Unknown,
            None => Found::Missing,
            Some(file) if file.kind() == FileKind::Regular && self.repo.dockerignore().keeps_out(path).is_none() => {
                Found::File(Placed { file, has_mode })
            }
            Some(_) => Found::Unknown,
        }
    }

    /// Whether a `RUN` may set the mode of a file.
    pub(crate) fn may_change_mode(&self, path: &str) -> bool {
        self.dockerfile.runs().any(|(_, run)| {
            let text = run.line.text();
            let sets = |word: &str| text.contains(word);
            (sets("chmod") || sets("install ") || sets("setfacl"))
                && (mentions(run, last_part(path)) || ["*", "find", "$", "-R", "--recursive"].into_iter().any(sets))
        }) || self.dockerfile.runs().any(|(_, run)| run.line.text().is_empty())
    }
}

/// Whether a name may match a pattern: it begins and ends as that does.
fn may_be(pattern: &str, name: &str) -> bool {
    let is_special = |char: char| matches!(char, '*' | '?' | '[' | ']');
    let (Some(first), Some(last)) = (pattern.find(is_special), pattern.rfind(is_special)) else {
        return pattern == name;
    };
    name.starts_with(&pattern[..first]) && name.ends_with(&pattern[last + 1..])
}

/// Whether an image has no app of its own: an official one of a language or a distribution.
fn is_plain(image: &BaseImage) -> bool {
    const PLAIN: [&str; 14] = [
        "python",
        "node",
        "debian",
        "ubuntu",
        "alpine",
        "golang",
        "rust",
        "ruby",
        "scratch",
        "php",
        "fedora",
        "busybox",
        "oven/bun",
        "nvidia/cuda",
    ];
    let path = image.reference().path();
    let name = path.strip_prefix("library/").unwrap_or(path);
    PLAIN.iter().any(|plain| name == *plain || name.ends_with(&format!("/library/{plain}")))
        || ["nvidia/cuda", "oven/bun"].into_iter().any(|plain| path.ends_with(plain))
}

/// `ADD` unpacks an archive.
fn is_archive(path: &str) -> bool {
    [".tar", ".tgz", ".tar.gz", ".tar.xz", ".tar.bz2", ".txz"].into_iter().any(|ending| path.ends_with(ending))
}

/// The part of a path below a folder: empty if it is the folder itself.
fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(folder.trim_end_matches('/'))?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(steps: &str, path: &str) -> String {
        let text = format!("FROM python:3.12-slim\nWORKDIR /app\n{steps}\n");
        let files = [("a/main.py", ""), ("top.py", ""), ("hidden.py", ""), (".dockerignore", "hidden.py\n")];
        let files = files.map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
        let repo = Repo::from_files(files);
        let dockerfile = Dockerfile::read(&text);
        match ImageFiles::of(&repo, &dockerfile).at(path) {
            Found::File(placed) => placed.file.path().to_owned(),
            Found::Missing => "missing".to_owned(),
            Found::Unknown => "unknown".to_owned(),
        }
    }

    #[test]
    fn a_path_is_followed_to_its_file() {
        for (steps, path, expected) in [
            ("COPY . .", "/app/a/main.py", "a/main.py"),
            ("COPY . .", "/app/main.py", "missing"),
            ("COPY a .", "/app/main.py", "a/main.py"),
            ("COPY a/ ./a/", "/app/a/main.py", "a/main.py"),
            ("COPY a .", "/app/a/main.py", "missing"),
            ("COPY top.py /app", "/app/top.py", "top.py"),
            ("COPY top.py other.py", "/app/other.py", "top.py"),
            ("COPY *.py ./", "/app/top.py", "unknown"),
            ("COPY *.py ./", "/app/none.py", "missing"),
            ("COPY . .", "/app/hidden.py", "unknown"),
            ("COPY . .\nRUN pip install -r requirements.txt", "/app/x.py", "missing"),
            ("COPY . .\nRUN git clone https://a/b .", "/app/x.py", "unknown"),
            ("COPY . .\nRUN sed -i s/a/b/ top.py", "/app/top.py", "unknown"),
            ("COPY --from=other /x .", "/app/x.py", "unknown"),
            ("COPY . .", "/srv/x.py", "missing"),
        ] {
            assert_eq!(at(steps, path), expected, "{steps} {path}");
        }
    }

    #[test]
    fn copies_from_other_stages_are_followed() {
        let steps = "COPY . .\nFROM python:3.12-slim\nWORKDIR /srv\nCOPY --from=0 /app/a .";
        assert_eq!(at(steps, "/srv/main.py"), "a/main.py");
        assert_eq!(at(steps, "/srv/top.py"), "missing");
    }
}
