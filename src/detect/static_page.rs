//! A page of HTML that is served as it is.

use super::model::{Evidence, Framework};
use super::project::Project;
use super::python_apps::Candidate;

/// Where the page of a site stands, the likeliest first.
const PAGES: [&str; 6] =
    ["index.html", "public/index.html", "site/index.html", "www/index.html", "docs/index.html", "dist/index.html"];

/// A page counts for less than any program beside it: it may well be what that program serves.
const STRENGTH: i32 = -30;

/// The page, if there is one and no `package.json` that would build it.
pub(super) fn find(project: &Project<'_>) -> Vec<Candidate> {
    let is_built = project.repo.get("package.json").is_some_and(|_| {
        super::node::Package::read(project, "package.json").is_some_and(|package| package.script("build").is_some())
    });
    let page = PAGES.iter().find(|page| project.repo.get(page).is_some());
    let Some(page) = page.filter(|page| !is_built || page.starts_with("dist")) else { return Vec::new() };
    vec![Candidate {
        framework: Framework::Static,
        file: (*page).to_owned(),
        object: None,
        evidence: vec![Evidence::file(*page, "is a page")],
        strength: STRENGTH,
    }]
}
