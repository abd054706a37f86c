//! A drawing of a folder.

use std::collections::BTreeMap;

use super::Printable;

/// The content of a folder: files and folders by name.
#[derive(Default)]
struct Folder<'a> {
    entries: BTreeMap<&'a str, Option<Folder<'a>>>,
}

impl<'a> Folder<'a> {
    fn add(&mut self, path: &'a str) {
        match path.split_once('/') {
            None => {
                self.entries.insert(path, None);
            }
            Some((folder, rest)) => {
                self.entries.entry(folder).or_default().get_or_insert_default().add(rest);
            }
        }
    }

    fn draw(&self, indent: &str, drawing: &mut Printable) {
        let last = self.entries.len().saturating_sub(1);
        for (index, (name, entry)) in self.entries.iter().enumerate() {
            let (branch, below) = if index == last { ("└── ", "    ") } else { ("├── ", "│   ") };
            let slash = if entry.is_some() { "/" } else { "" };
            drawing.line(format!("{indent}{branch}{name}{slash}"));
            if let Some(folder) = entry {
                folder.draw(&format!("{indent}{below}"), drawing);
            }
        }
    }
}

/// Draws the paths of a folder, with its name on top.
#[must_use]
pub(super) fn tree<'a>(name: &str, paths: impl IntoIterator<Item = &'a str>) -> Printable {
    let mut root = Folder::default();
    for path in paths {
        root.add(path);
    }
    let mut drawing = Printable::from(format!("{}/", name.trim_end_matches('/')));
    root.draw("", &mut drawing);
    drawing
}

#[cfg(test)]
mod tests {
    #[test]
    fn folders_stand_among_files_by_name() {
        let drawing = super::tree("demo", ["a", "b/c", "b/d/e", "f"]);
        assert_eq!(drawing.as_str(), "demo/\n├── a\n├── b/\n│   ├── c\n│   └── d/\n│       └── e\n└── f\n");
    }
}
