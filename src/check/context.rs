//! Which files of the repository a build may bring into an image.

use std::collections::HashSet;

use super::space::Space;
use crate::formats::dockerfile::{Copy, Dockerfile};
use crate::formats::wildmatch::{Glob, LONGEST_PATTERN, go_glob};

/// What the steps of a Dockerfile copy, as far as their words show it.
#[derive(Default)]
pub(super) struct Context {
    /// Whether a step may copy any file.
    has_all: bool,
    /// Paths of files and folders.
    paths: HashSet<String>,
    patterns: Vec<Glob>,
}

impl Context {
    /// What the steps of all stages copy: another stage may copy it on.
    pub(super) fn of(dockerfile: &Dockerfile<'_>) -> Self {
        let mut context = Self::default();
        for (_, run) in dockerfile.runs() {
            let mut mounts =
                run.flags.iter().filter(|flag| flag.name == "mount").filter_map(|flag| flag.value.as_ref());
            context.has_all |= mounts.any(|mount| shows_files(&mount.text));
        }
        for (_, copy) in dockerfile.copies().filter(|(_, copy)| copy.flag("from").is_none()) {
            context.add(copy);
        }
        context
    }

    fn add(&mut self, copy: &Copy<'_>) {
        let has_parents = copy.flags.iter().any(|flag| flag.name == "parents");
        for source in &copy.sources {
            let text = source.text.trim_matches('"');
            let path = text.trim_start_matches("./").trim_matches('/').replace("/./", "/");
            let is_unclear = text.contains('$') || path.split('/').any(|part| part == "..");
            if has_parents || is_unclear || matches!(&*path, "" | ".") {
                self.has_all = true;
            } else if !path.contains(['*', '?', '[', '\\']) {
                self.paths.insert(path);
            } else if path.len() <= LONGEST_PATTERN {
                self.patterns.extend(go_glob(&path));
            }
        }
    }

    /// Whether a file may be brought by itself or with a folder above it, and `.dockerignore` lets it in.
    pub(super) fn may_have(&self, path: &str, space: &Space<'_>) -> bool {
        let above = path.match_indices('/').map(|(at, _)| &path[..at]);
        let is_copied = |part: &str| {
            self.paths.contains(part)
                || space.repo().work().spend(|steps| self.patterns.iter().any(|glob| glob.matches(part, steps)))
        };
        (self.has_all || above.chain([path]).any(is_copied)) && space.dockerignore().keeps_out(path).is_none()
    }
}

/// Whether a `--mount` shows the command files of the repository: `type=bind` without `from`, where `bind` is the default.
fn shows_files(mount: &str) -> bool {
    let mut options = mount.split(',').map(|option| option.split_once('=').unwrap_or((option, "")));
    options.all(|(name, value)| name != "from" && (name != "type" || value == "bind"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::Repo;

    fn brings(dockerfile: &str, path: &str) -> bool {
        let files = [("Dockerfile", dockerfile), (".dockerignore", "secret\n")];
        let files = files.map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
        let repo = Repo::from_files(files);
        let space = Space::new(&repo);
        Context::of(space.dockerfile().unwrap()).may_have(path, &space)
    }

    #[test]
    fn a_file_is_brought_by_its_name_a_pattern_or_a_folder() {
        for step in
            ["COPY . .", "ADD ./a/x.conf /etc/", "COPY /a/ /b", "COPY a/*.c?nf ./", "COPY \"a\" b", "COPY $X ./"]
        {
            assert!(brings(&format!("FROM a\n{step}\nFROM b\n"), "a/x.conf"), "{step}");
        }
        for step in ["COPY x.conf ./", "COPY *.conf ./", "COPY --from=x . .", "COPY ab ./", "RUN cat a/x.conf"] {
            assert!(!brings(&format!("FROM a\n{step}\n"), "a/x.conf"), "{step}");
        }
        assert!(brings("FROM a\nCOPY ? ./\n", "a/x.conf"), "a pattern of a folder");
        assert!(!brings("FROM a\nCOPY . .\n", "secret"));
    }

    #[test]
    fn a_command_sees_what_is_mounted() {
        for (flags, is_seen) in [
            ("--mount=type=bind,target=/src", true),
            ("--mount=target=/src", true),
            ("--mount=type=cache,target=/root/.cache", false),
            ("--mount=type=bind,from=other,target=/src", false),
            ("--network=none", false),
        ] {
            assert_eq!(brings(&format!("FROM a\nRUN {flags} x\n"), "y"), is_seen, "{flags}");
        }
    }
}
