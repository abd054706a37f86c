//! `window.huggingface` in a page of a Docker Space.
//!
//! ## What it does
//! Looks in pages and their scripts for `window.huggingface.variables` without a check that it exists, in a Docker Space in which
//! no file sets it.
//!
//! ## Why it matters
//! The Hub adds the object to the pages of static Spaces only. In others, the script stops: `Cannot read properties of undefined`.
//!
//! ## Example
//! ```static/app.js
//! const client = window.huggingface.variables.OAUTH_CLIENT_ID;
//! ```
//!
//! ## Use instead
//! ```static/app.js
//! const { client } = await (await fetch("/config")).json();
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-static#environment-variables>,
//! <https://github.com/huggingface/lerobot-dataset-visualizer/pull/72>

use super::{Check, Finding, Group, Place, Rule, Space, SpaceSdk, Subject};
use crate::check::context::Context;
use crate::formats::javascript;
use crate::repo::File;

pub(super) const RULE: Rule =
    Rule::new("variables-of-static-space", Group::Risky, Check::Views(&[Subject::Source, Subject::Files], check))
        .only_in(&[SpaceSdk::Docker]);

const OBJECT: &str = "window.huggingface";
const READ: &str = "window.huggingface.variables.";
/// What is in a browser's code, by the ends of its files.
const ENDINGS: [&str; 8] = ["html", "js", "mjs", "ts", "jsx", "tsx", "vue", "svelte"];
/// Files that may give the object to the pages.
const SERVERS: [&str; 9] = ["py", "sh", "conf", "template", "go", "rs", "cjs", "rb", "j2"];
/// Signs, near a place, that its code also runs without the object.
const GUARDS: [&str; 7] = ["try", "typeof", "if ", "if(", "?", "&&", "||"];
const NEAR: usize = 200;

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let with_read = |ending: &'static str| space.app_files(ending).filter(|(_, text)| text.contains(READ));
    let files: Vec<_> = ENDINGS.into_iter().flat_map(with_read).collect();
    if files.is_empty() || is_set(space) {
        return;
    }
    let context = space.docker().map(Context::of);
    for (path, text) in files {
        if context.as_ref().is_some_and(|context| !context.may_have(path, space)) {
            continue;
        }
        let blank = javascript::without_comments(text);
        if let Some(at) = blank.find(READ).filter(|at| !is_guarded(&blank[..*at])) {
            let finding = Finding::new(
                Place::bytes(path, at..at + OBJECT.len()),
                "`window.huggingface` only exists in the pages of static Spaces",
            )
            .label("undefined in a Docker Space")
            .help("let the server answer with the values from its environment, and read them from there");
            found.push(finding);
        }
    }
}

/// Whether something may set the object: a page itself, or a server or a script that writes it into the page.
fn is_set(space: &Space<'_>) -> bool {
    let may_set = |file: &File| {
        let Some((_, ending)) = file.name().rsplit_once('.') else { return false };
        if ENDINGS.contains(&ending) {
            return file.text().is_some_and(has_other_mention);
        }
        SERVERS.contains(&ending) && file.text().is_some_and(|text| text.contains("window.huggingface"))
    };
    space.docker().is_some_and(|dockerfile| dockerfile.text.contains("huggingface"))
        || space.repo().files().any(may_set)
}

/// Whether a text mentions the object in another way than to read a variable: it may be set, or may be missing.
fn has_other_mention(text: &str) -> bool {
    text.match_indices("huggingface").any(|(at, word)| {
        let (before, behind) = (&text[..at], &text[at + word.len()..]);
        let is_read = before.ends_with("window.") && behind.starts_with(".variables.");
        let is_domain = behind.starts_with(".co");
        let is_member = before.ends_with(['.', '{'])
            || before.ends_with("[\"")
            || before.ends_with("['")
            || behind.starts_with("?.");
        let is_looked_for = behind.starts_with(['"', '\'']) && behind[1..].trim_start().starts_with("in ");
        !is_read && !is_domain && (is_member || is_looked_for)
    })
}

fn is_guarded(before: &str) -> bool {
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(NEAR))..];
    GUARDS.iter().any(|sign| near.contains(sign))
}
