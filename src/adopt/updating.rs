//! Brings newer templates and other answers into a Space that was made earlier.

use std::collections::BTreeSet;

use super::adopting::is_made_from_template;
use super::choose::Undecided;
use super::{AdoptError, Adopting, Decided, Stated};
use crate::answers::{Answers, Raw};
use crate::formats::base::{BASE_FILE, Base};
use crate::merge::{Part, parts};
use crate::plan::{Mode, Plan, PlannedFile};
use crate::render::Template;
use crate::repo::{FileKind, Repo};
use crate::values::{Pins, RepoPath};

impl<'a> Adopting<'a> {
    /// Brings in nothing but versions: of packages that the templates pin, of base images, of Python in the front matter.
    pub fn pins_only(self, pins_only: bool) -> Self {
        Self { pins_only, ..self }
    }

    /// Decides with which template and answers a Space that was made earlier is brought up to date: its own, with those given
    /// now. The app is only examined if answers are given, which may need others with them.
    ///
    /// # Errors
    /// If no earlier run made the Space, or its answers cannot be used.
    pub fn update(mut self) -> Result<Decided<'a>, AdoptError> {
        self.updates = true;
        if let Some((file, why)) = self.repo.unreadable_file() {
            return Err(AdoptError::Unreadable { file: file.to_owned(), why });
        }
        let kept = self.kept()?.filter(|kept| kept.template().is_some()).ok_or(AdoptError::NotMade)?;
        if let Some(template) = self.catalog.named(&kept)? {
            not_newer(&kept, template)?;
        }
        let is_other = |given: Option<&str>, kept: Option<&str>| given.is_some_and(|given| Some(given) != kept);
        if is_other(self.given.template(), kept.template()) || is_other(app(&self.given), app(&kept)) {
            return Err(AdoptError::AnotherSpace);
        }
        // The build makes the page of a site
        let is_made = kept.get("build_command").is_some();
        if let Some(file) = app(&kept).filter(|file| !is_made && self.repo.get(file).is_none()) {
            return Err(AdoptError::AppGone(file.to_owned()));
        }
        if !is_made_from_template(&kept) && self.given.keys().next().is_some() {
            let mut decided = self.decide_with(&mut Undecided)?;
            decided.answers = decided.answers.of_any_version();
            return Ok(decided);
        }
        let template = self.catalog.named(&kept)?.ok_or(AdoptError::NotMade)?;
        let stated = Stated {
            given: self.given.clone(),
            kept: kept.clone(),
            // Its values stay in the README, and are nobody's answers
            in_readme: Answers::new(),
            catalog: self.catalog,
            earlier: None,
        };
        let stated = stated.made_again().on_the_given_platform();
        // An update expects an older version
        let answers = stated.with(None).only_for(template).over(self.given.clone()).of_any_version();
        Ok(self.decided(template, answers, kept))
    }
}

fn app(answers: &Answers) -> Option<&str> {
    match answers.get("app_file") {
        Some(Raw::Text(file)) => Some(file),
        _ => None,
    }
}

/// Refuses a Space that a newer version of the template made: what that brought would be taken back.
fn not_newer(kept: &Answers, template: &Template) -> Result<(), AdoptError> {
    let numbers = |version: &str| -> Option<Vec<u64>> { version.split('.').map(|part| part.parse().ok()).collect() };
    match kept.template_version() {
        Some(made) if numbers(made).zip(numbers(template.version())).is_some_and(|(made, known)| made > known) => {
            let (template, known) = (template.name().to_owned(), template.version().to_owned());
            Err(AdoptError::Newer { template, made: made.to_owned(), known })
        }
        _ => Ok(()),
    }
}

/// What earlier runs generated; none if the Space was made before that was kept, or somebody has emptied the file.
///
/// # Errors
/// If it is malformed.
pub(super) fn base_of(repo: &Repo) -> Result<Option<Base>, AdoptError> {
    if let Some(text) = repo.text(BASE_FILE) {
        // An empty one says no more than none
        return Base::read(text).map(|base| Some(base).filter(|base| !base.is_empty())).map_err(AdoptError::Base);
    }
    let in_the_way = |why: &str| AdoptError::Unreadable { file: BASE_FILE.to_owned(), why: why.to_owned() };
    match (repo.get(BASE_FILE), BASE_FILE.parse::<RepoPath>()) {
        (Some(file), _) if file.kind() == FileKind::Regular => Err(in_the_way("it is too large, or not readable text")),
        (_, Ok(path)) if repo.has_folder(BASE_FILE) || repo.is_taken(&path) => {
            Err(in_the_way(repo.hidden_reason(&path)))
        }
        _ => Ok(None),
    }
}

/// The files that an update may remove: those that the template says it has dropped. That a file is not planned is not enough: the
/// starter app is not, once it is the person's.
pub(super) fn removable(template: &Template) -> BTreeSet<RepoPath> {
    template.dropped().iter().filter_map(|path| path.parse().ok()).collect()
}

/// What an earlier run planned, by what is kept of it: only where nothing is kept does a plan by its answers count.
/// Of the rest, too, if `is_rest_known`.
pub(super) fn with_base(mut earlier: Plan, base: Option<&Base>, template: &Template, is_rest_known: bool) -> Plan {
    let Some(base) = base else { return earlier };
    let is_rest = |path: &RepoPath| is_rest_known && base.get(path).is_none();
    earlier.retain(|path| template.target().merger(path.as_str()).is_some() || is_rest(path));
    for (path, known) in base.files() {
        if let Some(text) = &known.text {
            earlier.replace(path.clone(), PlannedFile::text(text.clone(), Mode::default()));
        }
    }
    earlier
}

/// What was generated, with the versions of what is planned now.
pub(super) fn with_newer_pins(plan: &Plan, base: &Base, template: &Template) -> Plan {
    let mut moved = plan.clone();
    moved.retain(|path| base.get(path).is_some_and(|known| known.text.is_some()));
    for (path, known) in base.files() {
        let (Some(planned), Some(text)) = (plan.get(path), &known.text) else { continue };
        let newer = newer_versions(text, planned.as_text().unwrap_or_default());
        moved.replace(path.clone(), PlannedFile::text(newer, planned.mode()));
    }
    template.with_base(moved)
}

/// A text with the versions that the same lines have in another one. A line that differs in more stays.
fn newer_versions(text: &str, wanted: &str) -> String {
    let mut newer = String::new();
    for part in parts(text, wanted) {
        match part {
            Part::Same(lines) => newer.push_str(&lines),
            Part::Differs { before, after } => {
                let mut after: Vec<&str> = after.split_inclusive('\n').collect();
                for line in before.split_inclusive('\n') {
                    let found = after.iter().position(|other| is_newer(line, other));
                    newer.push_str(found.map_or(line, |index| after.remove(index)));
                }
            }
        }
    }
    newer
}

/// Words before which a number is the version of an image or of Python.
const OF_VERSIONS: [&str; 3] = ["FROM ", "ARG ", "python_version:"];

/// Whether two lines differ in pinned versions alone.
fn is_newer(line: &str, other: &str) -> bool {
    let (one, two) = (split(line), split(other));
    let is_version = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
    let may_move = |new: &str| {
        OF_VERSIONS.iter().any(|word| line.starts_with(word)) || Pins::builtin().versions().any(|(_, pin)| pin == new)
    };
    let mut pairs = one.iter().zip(&two);
    one.len() == two.len() && pairs.all(|(old, new)| old == new || is_version(old) && is_version(new) && may_move(new))
}

/// A line as numbers with dots, and what stands between them.
fn split(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut in_number = false;
    for (at, letter) in line.char_indices() {
        // A number that belongs to a word is a part of the word
        let before = line[..at].chars().next_back().unwrap_or(' ');
        let goes_on = in_number && (letter.is_ascii_digit() || letter == '.');
        let begins = !in_number && letter.is_ascii_digit() && !before.is_alphanumeric();
        if goes_on || (!in_number && !begins) {
            continue;
        }
        parts.push(&line[start..at]);
        start = at;
        in_number = begins;
    }
    parts.push(&line[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pinned_versions_move() {
        let pin = Pins::builtin().version("gradio").unwrap();
        let old = "gradio==5.0.0\nhuggingface_hub==0.1\nnumpy==1.0\n# port 7860\n";
        let wanted = format!("# New\ngradio=={pin}\nhuggingface_hub==0.1\nnumpy==2.0\n# port 7861\nmore\n");
        assert_eq!(newer_versions(old, &wanted), old.replace("5.0.0", pin));
        let old = "FROM python:3.12-slim-bookworm\nRUN a \\\n    && b\nCMD x\n";
        let wanted = "# New\nFROM python:3.13-slim-bookworm\nRUN a\nCMD x\n";
        assert_eq!(newer_versions(old, wanted), old.replace("3.12", "3.13"));
        let readme = "---\nsdk_version: 5.0.0\npython_version: \"3.12\"\napp_port: 7860\n---\n";
        let wanted = format!("---\nsdk_version: {pin}\npython_version: \"3.13\"\napp_port: 80\n---\n");
        let moved = readme.replace("5.0.0", pin).replace("3.12", "3.13");
        assert_eq!(newer_versions(readme, &wanted), moved);
        assert_eq!(newer_versions("EXPOSE 0.0.0.0\n", "EXPOSE 127.0.0.1\n"), "EXPOSE 0.0.0.0\n");
    }
}
