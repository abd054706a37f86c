//! A missing app file.
//!
//! ## What it does
//! Looks for the file that `app_file` names, by default `app.py` in a Gradio Space and `index.html` in a static one. A
//! static Space with a build command is skipped.
//!
//! ## Why it matters
//! The page of the Space says "No application file", or the log `python: can't open file '/home/user/app/app.py'`.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! python_version: "3.13"
//! app_file: main.py
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! python_version: "3.13"
//! app_file: app.py
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Check, Finding, Group, Place, Rule, Space, SpaceSdk, Subject, in_readme};
use crate::check::space::README;

pub(super) const RULE: Rule =
    Rule::new("missing-app-file", Group::Broken, Check::Views(&[Subject::FrontMatter, Subject::Files], check));

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let default = match space.sdk() {
        SpaceSdk::Gradio | SpaceSdk::Streamlit => "app.py",
        SpaceSdk::Static if space.text_of("app_build_command").is_none() => "index.html",
        _ => return,
    };
    let named = space.text_of("app_file");
    let path = named.map_or(default, |(text, _)| text);
    let path = path.strip_prefix("./").unwrap_or(path);
    let repo = space.repo();
    if repo.may_have(path)
        || repo.get(path).is_some()
        || (named.is_some() && repo.get(path.trim_start_matches('/')).is_some())
    {
        return;
    }
    let place = match named {
        Some((_, node)) => in_readme(node.range.clone()),
        None => Place::file(README),
    };
    let other = repo.files().find(|file| file.path().eq_ignore_ascii_case(path));
    let help = match other {
        Some(other) => format!("write `app_file: {}`, which differs in case", other.path()),
        None => format!("add `{path}`, or name the file that starts the app in `app_file`"),
    };
    found.push(Finding::new(place, format!("there is no `{path}`")).label("not in the repository").help(help));
}
