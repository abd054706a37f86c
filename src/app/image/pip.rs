//! What a Space installs with pip: the commands of its Dockerfile with the requirements that they read, or the file that
//! the Hub's own image reads.

use std::ops::Range;

use super::packages::lineage;
use super::pip_command::{arguments, installs_project};
use crate::app::manifests::Manifests;
use crate::app::paths::within;
use crate::facts::pip_options::WITH_VALUE;
use crate::formats::Placed;
use crate::formats::dockerfile::{Base, Copy, Dockerfile, Instruction, Run, ShellWord, Step};
use crate::formats::requirements::{Content, Flag, Package};
use crate::order::Order;
use crate::repo::Repo;

/// Tools that install packages.
const TOOLS: [&str; 4] = ["pip", "uv", "poetry", "pdm"];

/// Keys of `pyproject.toml` that name another index.
const OTHER_SOURCES: [&str; 4] = ["index", ".source", "find-links", "[tool.uv.sources"];

/// The file that the Hub's own image installs from.
const REQUIREMENTS: &str = "requirements.txt";

/// Everything that a Space certainly installs with pip.
#[derive(Debug, Default)]
pub(crate) struct Installed {
    pub(crate) commands: Vec<Install>,
    /// Whether packages may come from somewhere other than the default index.
    pub(crate) has_other_index: bool,
    /// Whether a file requires hashes, which only fit the files of one index.
    pub(crate) needs_hashes: bool,
}

/// A command that installs, or the Hub's own.
#[derive(Debug)]
pub(crate) struct Install {
    /// The stage and the step of the Dockerfile; none for the Hub's own image.
    pub(crate) at: Option<(usize, usize)>,
    pub(crate) items: Vec<Item>,
}

/// Something that is installed.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) what: What,
    /// The requirements file; none if the Dockerfile names it.
    pub(crate) path: Option<String>,
    /// Its place. Empty if the file has another encoding.
    pub(crate) range: Range<usize>,
}

/// What is installed.
#[derive(Debug)]
pub(crate) enum What {
    Package(Package),
    /// A path or an address without a name.
    Place(String),
    /// `-e` with a path or an address.
    Editable(String),
}

impl Item {
    /// The package, if it has a name and is installed on every Python and every system.
    pub(crate) fn package(&self) -> Option<&Package> {
        match &self.what {
            What::Package(package) if package.marker.is_none() => Some(package),
            _ => None,
        }
    }
}

impl Installed {
    /// Every item with its command.
    pub(crate) fn items(&self) -> impl Iterator<Item = (&Install, &Item)> {
        self.commands.iter().flat_map(|command| command.items.iter().map(move |item| (command, item)))
    }

    /// Whether a package is among them, on any condition.
    pub(crate) fn names(&self, name: &str) -> bool {
        self.items().any(|(_, item)| matches!(&item.what, What::Package(package) if package.name == name))
    }

    /// What the Hub's own image installs.
    pub(crate) fn of_hub(repo: &Repo) -> Self {
        Self::of_requirements(repo, REQUIREMENTS)
    }

    /// What a requirements file installs.
    pub(crate) fn of_requirements(repo: &Repo, path: &str) -> Self {
        let mut found = Self::default();
        let items = found.of_file(repo, &Manifests::default(), path);
        found.commands.push(Install { at: None, items });
        found
    }

    /// What the stages of an image install, as far as it is certain.
    pub(crate) fn of_image(repo: &Repo, dockerfile: &Dockerfile<'_>) -> Self {
        const OTHER: [&str; 9] = [
            "index-url",
            "INDEX",
            "find-links",
            "FIND_LINKS",
            "pip.conf",
            "pip config",
            "torch-backend",
            "TORCH_BACKEND",
            "uv.toml",
        ];
        const SHORT: [&str; 2] = [" -i ", " -f "];
        let mut found = Self::default();
        if dockerfile.problem.is_some() || !TOOLS.iter().any(|tool| dockerfile.text.contains(tool)) {
            return found;
        }
        found.has_other_index = OTHER.iter().any(|word| dockerfile.text.contains(word));
        let manifests = Manifests::default();
        for stage in used(dockerfile) {
            let Some(steps) = dockerfile.stages.get(stage).map(|stage| &stage.steps) else { continue };
            for (at, step) in steps.iter().enumerate() {
                let Some(run) = step.run() else { continue };
                found.has_other_index |=
                    SHORT.iter().any(|word| run.line.text().contains("pip") && run.line.text().contains(word));
                // It may not run, or may fail
                if run.line.text().contains("||") || run.line.text().contains("if ") {
                    continue;
                }
                if run.commands.iter().any(installs_project) {
                    let items = found.of_project(repo, &manifests);
                    found.commands.push(Install { at: Some((stage, at)), items });
                }
                for command in run.commands.iter().filter_map(arguments) {
                    let reader = Reader { repo, manifests: &manifests, dockerfile, stage, at, step, run };
                    let items = found.of_command(&reader, command);
                    found.commands.push(Install { at: Some((stage, at)), items });
                }
            }
        }
        found
    }

    fn of_command(&mut self, reader: &Reader<'_, '_>, words: &[ShellWord<'_>]) -> Vec<Item> {
        let mut items = Vec::new();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let file = match &*word.text {
                "-r" | "--requirement" | "--requirements" => words.next().map(|next| next.text.to_string()),
                text => {
                    let joined =
                        ["--requirement=", "--requirements=", "-r"].iter().find_map(|flag| text.strip_prefix(flag));
                    joined.filter(|file| !file.is_empty()).map(str::to_owned)
                }
            };
            if let Some(path) = file.as_deref().and_then(|file| reader.path(file)) {
                items.extend(self.of_file(reader.repo, reader.manifests, &path));
            } else if file.is_none() && word.text.starts_with('-') {
                let takes_value = WITH_VALUE.contains(&&*word.text);
                let value = if takes_value { words.next() } else { None };
                if let Some(value) = value.filter(|_| matches!(&*word.text, "-e" | "--editable")) {
                    items.push(Item::of_word(What::Editable(value.text.to_string()), value.range.clone()));
                }
            } else if file.is_none() && !word.text.contains('$') {
                let what = match Package::read(&word.text) {
                    Some(package) => What::Package(package),
                    None => What::Place(word.text.to_string()),
                };
                items.push(Item::of_word(what, word.range.clone()));
            }
        }
        items
    }

    /// The dependencies in `pyproject.toml`.
    fn of_project(&mut self, repo: &Repo, manifests: &Manifests) -> Vec<Item> {
        const FILE: &str = "pyproject.toml";
        let Some(manifest) = manifests.pyproject(repo, "") else { return Vec::new() };
        // Of uv, PDM or Poetry
        self.has_other_index |= repo.text(FILE).is_some_and(|text| OTHER_SOURCES.iter().any(|key| text.contains(key)));
        let named = manifest.dependencies.iter().flatten();
        let of_poetry = manifest.poetry.iter().flatten().map(|dependency| &dependency.name);
        let item = |placed: &Placed| {
            let what = What::Package(Package::read(&placed.text)?);
            Some(Item { what, path: Some(FILE.to_owned()), range: placed.range.clone() })
        };
        named.chain(of_poetry).filter_map(item).collect()
    }

    /// What a file of the repository and those that it includes install.
    fn of_file(&mut self, repo: &Repo, manifests: &Manifests, path: &str) -> Vec<Item> {
        let files = manifests.requirements(repo, path, false);
        let mut items = Vec::new();
        for file in files {
            self.has_other_index |= file.read.has_other_index();
            self.needs_hashes |= file.read.needs_hashes();
            let is_plain = repo.text(&file.path).is_some();
            for line in &file.read.lines {
                let what = match &line.content {
                    Content::Package(package) => What::Package(package.clone()),
                    Content::Place(place) => What::Place(place.text.clone()),
                    Content::Options => match line.values(Flag::Editable).next() {
                        Some(value) => What::Editable(value.to_owned()),
                        None => continue,
                    },
                    Content::Invalid(_) => continue,
                };
                let range = if is_plain { line.range.clone() } else { 0..0 };
                items.push(Item { what, path: Some(file.path.clone()), range });
            }
        }
        items
    }
}

impl Item {
    fn of_word(what: What, range: Range<usize>) -> Self {
        Self { what, path: None, range }
    }
}

/// The stages that the image is made of: those below it, and those that it copies from.
fn used(dockerfile: &Dockerfile<'_>) -> Vec<usize> {
    let mut next = vec![dockerfile.stages.len().wrapping_sub(1)];
    let mut used = Vec::new();
    while let Some(index) = next.pop() {
        let Some(stage) = dockerfile.stages.get(index).filter(|_| !used.contains(&index)) else { continue };
        used.push(index);
        if let Base::Stage(base) = &stage.base {
            next.push(*base);
        }
        for copy in stage.steps.iter().filter_map(Step::copy) {
            let Some(from) = copy.flag("from") else { continue };
            let named = dockerfile.stages.iter().position(|stage| {
                stage.from.name.as_ref().is_some_and(|name| name.text.eq_ignore_ascii_case(&from.text))
            });
            next.extend(named.or_else(|| from.text.parse().ok()));
        }
    }
    used.order();
    used
}

/// A command at its place, to find the files that it reads.
struct Reader<'a, 't> {
    repo: &'a Repo,
    manifests: &'a Manifests,
    dockerfile: &'a Dockerfile<'t>,
    stage: usize,
    at: usize,
    step: &'a Step<'t>,
    run: &'a Run<'t>,
}

impl Reader<'_, '_> {
    /// The file of the repository that is at a path of the image: of the last step that copies it there.
    fn path(&self, written: &str) -> Option<String> {
        let path = self.step.before.absolute(written)?;
        if let Some(mounted) = self.mounted(&path) {
            return Some(mounted);
        }
        let (stages, _) = lineage(self.dockerfile, self.stage);
        let last = stages.len().saturating_sub(1);
        let mut found = None;
        for (at, stage) in stages.iter().enumerate() {
            let count = if at == last { self.at } else { stage.steps.len() };
            for step in stage.steps.iter().take(count) {
                let Instruction::Copy(copy) = &step.instruction else { continue };
                found = self.copied(step, copy, &path).or(found);
            }
        }
        found
    }

    fn mounted(&self, path: &str) -> Option<String> {
        self.run.flags.iter().filter(|flag| flag.name == "mount").find_map(|flag| {
            let value = flag.value.as_ref()?;
            let option = |names: &[&str]| {
                value.text.split(',').filter_map(|part| part.split_once('=')).find(|(name, _)| names.contains(name))
            };
            let target = self.step.before.absolute_in_instruction(option(&["target", "dst", "destination"])?.1)?;
            let source = option(&["source", "src"]).map_or("", |(_, source)| source);
            (option(&["from"]).is_none()).then_some(())?;
            self.inside(source, &target, path)
        })
    }

    fn copied(&self, step: &Step<'_>, copy: &Copy<'_>, path: &str) -> Option<String> {
        if copy.flag("from").is_some() || copy.flag("parents").is_some() {
            return None;
        }
        let written = &*copy.destination.text;
        let target = step.before.absolute_in_instruction(written)?;
        let is_folder = written.ends_with(['/', '.']) || copy.sources.len() > 1 || target == step.before.workdir()?;
        copy.sources.iter().find_map(|source| {
            let source = source.text.trim_start_matches("./").trim_start_matches('/');
            let name = path.rsplit('/').next()?;
            if let Some((before, after)) = source.rsplit('/').next()?.split_once('*') {
                let fits = name.starts_with(before) && name.ends_with(after);
                let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
                let is_there = self.repo.get(&within(folder, name)).is_some();
                return (fits && is_there && join(&target, name) == path).then(|| within(folder, name));
            }
            if self.repo.get(source).is_some() {
                let own = source.rsplit('/').next()?;
                let at = if is_folder { join(&target, own) } else { target.clone() };
                return (at == path).then(|| source.to_owned());
            }
            self.inside(source, &target, path)
        })
    }

    /// The file of a folder that is at `target`; of the whole repository if it has no name.
    fn inside(&self, source: &str, target: &str, path: &str) -> Option<String> {
        let source = source.trim_start_matches("./").trim_matches('/');
        let source = if source == "." { "" } else { source };
        if self.repo.get(source).is_some() {
            return (target == path).then(|| source.to_owned());
        }
        let rest = path.strip_prefix(target)?.trim_start_matches('/');
        let found = within(source, rest);
        self.repo.get(&found).is_some().then_some(found)
    }
}

fn join(folder: &str, name: &str) -> String {
    format!("{}/{name}", folder.trim_end_matches('/'))
}
