//! A file with secrets that git would push.
//!
//! ## What it does
//! Looks for `.env`, its variants such as `.env.local`, and `.streamlit/secrets.toml`, if they contain a value and no
//! `.gitignore` excludes them.
//!
//! ## Why it matters
//! Everyone can read the files of a public Space, and its history keeps them.
//!
//! ## Example
//! ```.env
//! HF_TOKEN=abcdefgh
//! ```
//! ```!.gitignore
//! ```
//!
//! ## Use instead
//! ```.env.example
//! HF_TOKEN=
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-overview#managing-secrets>

use super::{Check, Finding, Fix, Group, Place, Rule, Scope, Space, Subject};
use crate::formats::env_file;

pub(super) const RULE: Rule =
    Rule::new("env-file-pushed", Group::Risky, Check::Views(&[Subject::Files], check)).of(Scope::EveryTarget);

const FILES: [&str; 5] = [".env", ".env.local", ".env.production", ".env.development", ".streamlit/secrets.toml"];

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    for file in space.repo().files().filter(|file| FILES.contains(&file.path())) {
        // Files that a .gitignore excludes are not listed, except for tracked ones, and for those that were in memory from the start
        let Some(text) = file.text() else { continue };
        // The lines of TOML look the same
        let has_value = env_file::settings(text).any(|setting| !setting.value.is_empty());
        if space.repo().may_ignore(file.path()) || !has_value {
            continue;
        }
        let finding = Finding::new(Place::file(file.path()), format!("git would push `{}`", file.path())).help(
            "add it to .gitignore and set its values as secrets in the settings; if it was pushed, replace the secrets",
        );
        let ignored = space.repo().text(".gitignore");
        let at = ignored.map_or(0, str::len);
        let gap = if ignored.is_some_and(|text| !text.is_empty() && !text.ends_with('\n')) { "\n" } else { "" };
        let named = ignored.is_some_and(|text| text.lines().any(|line| line.trim() == file.path()));
        found.push(if named {
            let help = format!("git tracks it already: run `git rm --cached {}`, and replace the secrets", file.path());
            if space.repo().is_tracked(file.path()) { finding.help(help) } else { finding }
        } else {
            let fix = Fix::safe(format!("add `{}` to .gitignore", file.path()));
            finding.fix(fix.insert(".gitignore", at, format!("{gap}{}\n", file.path())))
        });
    }
}
