//! A static Space whose page needs a build.
//!
//! ## What it does
//! Looks at the scripts of the page of a static Space without an `app_build_command`: TypeScript and JSX, and modules that
//! import a package by its name.
//!
//! ## Why it matters
//! The Hub serves the files as they are. A browser runs neither TypeScript nor JSX, and finds no packages: the page stays
//! empty.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: static
//! ---
//! ```
//! ```index.html
//! <div id="root"></div>
//! <script type="module" src="/src/main.tsx"></script>
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: static
//! app_build_command: npm run build
//! app_file: dist/index.html
//! ---
//! ```
//! ```index.html
//! <div id="root"></div>
//! <script type="module" src="/src/main.tsx"></script>
//! ```
//! ```package.json
//! {"scripts": {"build": "vite build"}, "devDependencies": {"vite": "6.2.0"}}
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-static>; <https://vite.dev/guide/#index-html-and-project-root>

use super::{Check, Finding, Group, Place, Rule, Space, Subject};
use crate::check::static_site::{package, page, unbuilt_script};

pub(super) const RULE: Rule =
    Rule::new("unbuilt-page", Group::Broken, Check::Views(&[Subject::FrontMatter, Subject::Files], check));

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(page) = page(space).filter(|_| space.text_of("app_build_command").is_none()) else { return };
    let Some((range, why)) = unbuilt_script(space, page) else { return };
    let has_build = package(space).is_some_and(|package| package.script("build").is_some());
    let help = if has_build {
        "write `app_build_command: npm run build`, and in `app_file` the page that it writes, such as `dist/index.html`"
    } else {
        "build the page, and name the built one in `app_file`"
    };
    found.push(Finding::new(Place::bytes(page, range), "the page is served without a build").label(why).help(help));
}
