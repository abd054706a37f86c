//! The files of templates and targets: the built-in ones, and additional ones.
//!
//! The only module that knows how `templates/` is embedded.

use crate::answers::ManifestText;
use crate::order;
use std::collections::{BTreeMap, BTreeSet};

use include_dir::{Dir, DirEntry, include_dir};

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The built-in manifests by their paths, in JSON, as build.rs translates them.
const MANIFESTS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/manifests.rs"));

/// Template files by their paths under `templates/`.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// Additional files. They replace built-in ones with the same path.
    others: BTreeMap<String, String>,
}

impl Files {
    /// The built-in files with additional ones.
    pub(super) fn with(others: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { others: others.into_iter().collect() }
    }

    /// The text of a file.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.others.get(path).map(String::as_str).or_else(|| entry(path)?.as_file()?.contents_utf8())
    }

    /// The text of a manifest.
    pub(super) fn manifest(&self, path: &str) -> Option<ManifestText<'_>> {
        if let Some(text) = self.others.get(path) {
            return Some(ManifestText::Toml(text));
        }
        MANIFESTS.iter().find(|(of, _)| *of == path).map(|(_, text)| ManifestText::Json(text))
    }

    /// The names of the templates: the top-level folders, except those that templates and targets share.
    pub(super) fn template_names(&self) -> BTreeSet<&str> {
        let embedded = TEMPLATES.dirs().filter_map(|folder| folder.path().to_str());
        let others = self.others.keys().filter_map(|path| Some(path.split_once('/')?.0));
        embedded.chain(others).filter(|name| !name.starts_with('_') && *name != TARGETS).collect()
    }

    /// Every file under a folder: its full path, and its path within the folder.
    pub(super) fn under(&self, folder: &str) -> BTreeMap<&str, &str> {
        let mut files = Vec::new();
        if let Some(dir) = entry(folder).and_then(DirEntry::as_dir) {
            collect(dir, &mut files);
        }
        let all = files.into_iter().chain(self.others.keys().map(String::as_str));
        order::map(all.filter_map(|path| Some((path, path.strip_prefix(folder)?.strip_prefix('/')?))))
    }
}

/// The folder of the targets.
const TARGETS: &str = "targets";

/// The entry at a path. The search of the embedding crate compares paths part by part with those of every folder, which took
/// a third of a run.
fn entry(path: &str) -> Option<&'static DirEntry<'static>> {
    let mut entries = TEMPLATES.entries();
    loop {
        let leads = |entry: &&DirEntry<'_>| {
            let own = entry.path().as_os_str().as_encoded_bytes();
            let rest = path.as_bytes().strip_prefix(own);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
        };
        let entry = entries.iter().find(leads)?;
        if entry.path().as_os_str().len() == path.len() {
            return Some(entry);
        }
        entries = entry.as_dir()?.entries();
    }
}

fn collect(dir: &'static Dir<'static>, files: &mut Vec<&'static str>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => collect(dir, files),
            DirEntry::File(file) => files.extend(file.path().to_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_are_the_same_in_json() {
        let (files, mut all) = (Files::default(), Vec::new());
        collect(&TEMPLATES, &mut all);
        let is_manifest = |path: &&&str| path.ends_with("/template.toml") || path.ends_with("/target.toml");
        assert_eq!(MANIFESTS.len(), all.iter().filter(is_manifest).count());
        for (path, json) in MANIFESTS {
            let json: toml::Value = serde_json::from_str(json).unwrap();
            assert_eq!(json, toml::from_str(files.text(path).unwrap()).unwrap(), "{path}");
        }
    }
}
