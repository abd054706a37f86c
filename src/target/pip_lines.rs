//! What pip has to install for an app on a platform that gets its requirements alone, and not its other files.

use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;

use super::Subject;
use crate::app::Note;
use crate::app::manifests::{Manifests, RequirementsFile};
use crate::formats::requirements::{Content, Flag, Line, leading_name};

/// The requirements of an app, for a platform that installs with pip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Requirements {
    /// A file of the app has all of them.
    File(String),
    /// Lines for a file of their own.
    Lines(Vec<String>),
}

/// A package that the Hub's image for Gradio has, so that a Space need not name it.
const OF_THE_HUB: &str = "spaces";

impl Subject<'_> {
    /// What pip has to install: the file of the app, if it has everything and needs no other file. What cannot be installed so, and
    /// what nothing installs, is noted.
    pub(crate) fn requirements(&self, notes: &mut Vec<Note>) -> Requirements {
        let mut of_lines = Vec::new();
        let lines = self.requirement_lines(&mut of_lines);
        let install = &self.app.install;
        let file = install.dependencies.as_ref().and_then(|file| file.value.clone());
        notes.extend(self.unnamed(file.as_deref().unwrap_or("requirements.txt")));
        let is_whole = |file: &String| {
            let files = self.files_of(file);
            let in_files = written(&files, &mut Vec::new());
            let has_all = lines.iter().all(|line| in_files.contains(line));
            is_text(file) && has_all && files.iter().all(|file| stands_alone(file))
        };
        match file.filter(is_whole) {
            Some(file) => Requirements::File(file),
            None => {
                notes.append(&mut of_lines);
                Requirements::Lines(lines)
            }
        }
    }

    /// Every line of pip, one by one: those of included files too.
    pub(crate) fn requirement_lines(&self, notes: &mut Vec<Note>) -> Vec<String> {
        let install = &self.app.install;
        let file = install.dependencies.as_ref().and_then(|file| file.value.as_deref());
        let named = match file.filter(|file| is_text(file)) {
            Some(file) => written(&self.files_of(file), notes),
            None => install.requirements.iter().map(|line| line.value.clone()).collect(),
        };
        let mut seen = BTreeSet::new();
        let all = named.into_iter().chain(install.missing.iter().map(|line| line.value.clone()));
        let mut lines: Vec<String> = all.filter(|line| seen.insert(line.clone())).collect();
        let needs_spaces = || self.functions.imported(&self.app.file).contains_key(OF_THE_HUB);
        if !lines.iter().any(|line| leading_name(line).as_deref() == Some(OF_THE_HUB)) && needs_spaces() {
            lines.push(OF_THE_HUB.to_owned());
        }
        lines
    }

    /// What is imported and not named, with what to do in a file. The lines have the Hub's own package.
    pub(crate) fn unnamed(&self, file: &str) -> Vec<Note> {
        let line = |note: &Note| note.answers.iter().find(|answer| answer.key == "pip")?.value.clone();
        let with_help = |note: &Note| {
            let line = line(note).filter(|line| leading_name(line).as_deref() != Some(OF_THE_HUB))?;
            let help = format!("add `{line}` to `{file}`");
            Some(Note { help: Some(help), answers: Vec::new(), ..note.clone() })
        };
        self.app.notes.iter().chain(&self.app.image_notes).filter_map(with_help).collect()
    }

    fn files_of(&self, file: &str) -> Vec<Rc<RequirementsFile>> {
        Manifests::default().requirements(self.repo, file, false)
    }
}

fn is_text(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|extension| extension == "txt")
}

/// Whether a file can be installed from without another file.
fn stands_alone(file: &RequirementsFile) -> bool {
    file.read.lines.iter().all(|line| {
        let is_local = local(line).is_some();
        !is_local && [Flag::Requirement, Flag::Constraint].iter().all(|flag| line.values(*flag).next().is_none())
    })
}

/// The lines of some files that need no other file. The others are noted.
fn written(files: &[Rc<RequirementsFile>], notes: &mut Vec<Note>) -> Vec<String> {
    let mut lines = Vec::new();
    for file in files {
        for line in &file.read.lines {
            if let Some(path) = local(line) {
                let evidence = file.evidence(line.range.start, "names it");
                let note =
                    Note::new(format!("`{path}` is a path in the repository, which is not there when pip installs"));
                notes.push(Note {
                    evidence: Some(evidence),
                    ..note.help("name a published package, or its address on a git server")
                });
                continue;
            }
            lines.extend(texts(line));
        }
        if let Some(constraint) = file.read.lines.iter().flat_map(|line| line.values(Flag::Constraint)).next() {
            notes.push(Note::new(format!("the versions that `{constraint}` limits are not limited there")));
        }
    }
    lines
}

/// The path in the repository that a line installs from.
fn local(line: &Line) -> Option<&str> {
    let own = match &line.content {
        Content::Package(package) => package.address.as_ref().map(|(address, _)| address.as_str()),
        Content::Place(place) => Some(place.text.as_str()),
        Content::Options | Content::Invalid(_) => None,
    };
    let of_options = line.values(Flag::Editable).chain(line.values(Flag::FindLinks));
    own.into_iter().chain(of_options).find(|place| !place.contains("://") && !place.starts_with("git+"))
}

/// A line without what includes other files: a package, an address, the options for an index.
fn texts(line: &Line) -> Vec<String> {
    let mut texts: Vec<String> = match &line.content {
        Content::Package(package) => vec![package.text.clone()],
        Content::Place(place) => vec![place.text.clone()],
        Content::Options | Content::Invalid(_) => Vec::new(),
    };
    for (flag, name) in [
        (Flag::Editable, "-e"),
        (Flag::Index, "--index-url"),
        (Flag::ExtraIndex, "--extra-index-url"),
        (Flag::FindLinks, "--find-links"),
    ] {
        texts.extend(line.values(flag).map(|value| format!("{name} {value}")));
    }
    texts
}
