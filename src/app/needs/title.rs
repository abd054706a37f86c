//! The title that an app gives itself, if it is a literal.

use std::collections::BTreeSet;

use crate::app::frameworks;
use crate::app::model::{App, Evidence, Seen};
use crate::app::paths::within;
use crate::app::project::Project;
use crate::facts::boilerplate_titles::BOILERPLATE;
use crate::formats::front_matter::Readme;
use crate::formats::html;
use crate::formats::python::Value;
use crate::order;
use crate::values::Title;

/// Adds the title, unless the README of a Space has one.
pub(super) fn fill(project: &Project<'_>, app: &mut App) {
    let of_space = project.repo.text("README.md").is_some_and(|text| Readme::read(text).value("title").is_some());
    if of_space {
        return;
    }
    let found = if app.framework.is_python() { in_python(project, &app.parts) } else { in_page(project, app) };
    if let Some((title, evidence)) = found {
        app.title = Some(Seen::certain(title, evidence));
    }
}

/// A meaningful title that a Space can use.
fn usable(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = text.to_lowercase();
    let is_boilerplate = BOILERPLATE.contains(&lower.as_str()) || lower.starts_with("vite +");
    let is_plain = !text.contains(['<', '>', '&', '{', '}', '%', '`', '*', '#']);
    (is_plain && !is_boilerplate && text.parse::<Title>().is_ok()).then_some(text)
}

/// The title in a call, in the files that run with the app. Different titles are those of parts.
fn in_python(project: &Project<'_>, parts: &[String]) -> Option<(String, Evidence)> {
    let files: Vec<_> = parts.iter().filter_map(|path| project.python.get(path.as_str())).collect();
    let takers = frameworks::in_python().flat_map(|hooks| hooks.titles);
    takers.into_iter().find_map(|(path, keyword)| {
        let calls = files.iter().flat_map(|file| file.source.calls.iter().map(move |call| (file, call)));
        let titled = calls.filter(|(_, call)| call.path == *path).filter_map(|(file, call)| {
            let value = match call.keyword(keyword)? {
                Value::Name(name) => file.source.constant(name)?,
                value => value,
            };
            Some((usable(value.as_text()?)?, file.evidence(call.at, format!("`{keyword}` of `{}(..)`", call.written))))
        });
        let found: Vec<_> = titled.collect();
        let different: BTreeSet<&str> = order::set(found.iter().map(|(title, _)| title.as_str()));
        found.first().filter(|_| different.len() == 1).cloned()
    })
}

/// The `<title>` of a page.
fn in_page(project: &Project<'_>, app: &App) -> Option<(String, Evidence)> {
    let folder = frameworks::page_folder(app.framework, &app.file)?;
    let pages = ["index.html", "public/index.html"].map(|page| within(folder, page));
    pages.iter().find_map(|page| {
        let (title, place) = html::title(project.repo.text(page)?)?;
        Some((usable(title)?, project.evidence_at(page, place.start, "is its title")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_generators_write_is_no_title() {
        for text in ["Vite + React", "Vite + Vue + TS", "React App", "Create Next App", " Document\n", "", "%TITLE%"] {
            assert_eq!(usable(text), None, "{text}");
        }
        assert_eq!(usable(" Sales\n dashboard ").as_deref(), Some("Sales dashboard"));
    }
}
