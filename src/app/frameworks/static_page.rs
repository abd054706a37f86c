//! An HTML page that is served as it is.

use super::row::{Hooks, PageHooks, Row};
use super::unbuilt;
use crate::app::candidate::Candidate;
use crate::app::framework::{About, Runtime};
use crate::app::hub::space::ExistingSpace;
use crate::app::model::{Evidence, Note};
use crate::app::node_package::Package;
use crate::app::paths::{folder_of, has_ending};
use crate::app::project::Project;
use crate::repo::File;

pub(super) static ROW: Row = Row {
    about: About {
        id: "static",
        name: "a static page",
        template: "static",
        runtime: Runtime::Page,
        sdk: Some("static"),
        ..About::PYTHON
    },
    hooks: Hooks::Page(PageHooks { find, page_folder: folder_of }),
};

/// The possible paths of a page, the likeliest first.
const PAGES: [&str; 6] =
    ["index.html", "public/index.html", "site/index.html", "www/index.html", "docs/index.html", "dist/index.html"];

const PACKAGE: &str = "package.json";

/// A page counts less than any program beside it: the program may well serve the page.
const STRENGTH: i32 = -30;

/// Files at the root of a project that is not a site.
const OTHER_PROJECTS: [&str; 10] = [
    "manage.py",
    "setup.py",
    "pyproject.toml",
    "Cargo.toml",
    "go.mod",
    "pom.xml",
    "build.gradle",
    "Gemfile",
    "composer.json",
    "Package.swift",
];

/// The endings of source files that no page loads.
const SOURCES: [&str; 20] = [
    "c", "cc", "cpp", "cs", "go", "h", "hpp", "ipynb", "java", "jl", "js", "kt", "php", "py", "r", "rb", "rs", "swift",
    "ts", "zig",
];

/// The page, if there is one, it is a site by itself, and no `package.json` would build it.
fn find(project: &Project<'_>, space: &ExistingSpace) -> Vec<Candidate> {
    let Some(page) = page(project) else { return Vec::new() };
    if space.sdk() != Some("static") && is_part_of(project, page).is_some() {
        return Vec::new();
    }
    vec![Candidate::new(ROW.framework(), page, STRENGTH, vec![Evidence::file(page, "is a page")])]
}

/// The report about a page that is not proposed, if nothing better was found.
pub(in crate::app) fn not_proposed(project: &Project<'_>) -> Option<Note> {
    let page = page(project)?;
    let other = is_part_of(project, page)?;
    let message = format!(
        "`{page}` looks like a part of what `{other}` belongs to; the template `static` serves it if it is the whole site"
    );
    Some(Note::new(message).seen(Evidence::file(page, "is a page")))
}

fn page(project: &Project<'_>) -> Option<&'static str> {
    let is_built = Package::read(project, PACKAGE).is_some_and(|package| package.script("build").is_some());
    let page = PAGES.iter().find(|page| project.repo.get(page).is_some()).copied();
    page.filter(|page| !is_built || page.starts_with("dist"))
}

/// The file that shows that the page is a part of something else: its documentation, or what it serves.
fn is_part_of<'p>(project: &'p Project<'_>, page: &str) -> Option<&'p str> {
    // A bot with a page about it
    if unbuilt::bot(project, PACKAGE).is_some() {
        return Some(PACKAGE);
    }
    let names = project.repo.files().map(File::path);
    let is_of_docs = page.starts_with("docs/");
    let is_other = |path: &&str| {
        let is_manifest = OTHER_PROJECTS.contains(path) || (!path.contains('/') && has_ending(path, "csproj"));
        let is_source = || SOURCES.iter().any(|ending| has_ending(path, ending));
        is_manifest || (is_of_docs && !path.starts_with("docs/") && is_source())
    };
    names.into_iter().find(is_other)
}
