//! A file with secrets that git would push.
//!
//! ## What it does
//! Looks for `.env`, its variants such as `.env.local`, and `.streamlit/secrets.toml`, if they contain a secret and no
//! `.gitignore` excludes them. A secret is a value whose name says so, an address with a password, or a token; a
//! placeholder is none. A real token is an error.
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
use crate::app::is_aside;
use crate::check::Level;
use crate::check::secrets::{has_secret, is_env_file};
use crate::check::sources::plain_sources;
use crate::repo::File;
use crate::values::real_tokens;

/// Its name: a publication refuses such files too, unless somebody passes over this rule.
#[cfg(feature = "online")]
pub(crate) const ID: &str = RULE.id;

pub(super) const RULE: Rule =
    Rule::new("env-file-pushed", Group::Broken, Check::Views(&[Subject::Files], check)).of(Scope::EveryTarget);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let is_aside = |file: &File| is_aside(file.path()) && !file.path().ends_with(".streamlit/secrets.toml");
    for file in space.repo().files().filter(|file| is_env_file(file.path()) && !is_aside(file)) {
        // Files that a .gitignore excludes are not listed, except for tracked ones, and for those that were in memory from the start
        let Some(text) = file.text() else { continue };
        if space.repo().may_ignore(file.path()) || !has_secret(file.path(), text) {
            continue;
        }
        let finding = of_token(file.path(), text).unwrap_or_else(|| {
            let message = format!("git would push `{}`, which contains secrets", file.path());
            Finding::new(Place::file(file.path()), message).at_most(Level::Warning)
        });
        found.push(advised(space, file.path(), finding));
    }
}

/// The finding about a real token.
fn of_token(path: &str, text: &str) -> Option<Finding> {
    if let Some(at) = private_key(text) {
        let message = format!("git would push `{path}`, which contains a private key");
        return Some(Finding::new(Place::bytes(path, at..at + BEGIN.len()), message).label("everyone can read this"));
    }
    let token = real_tokens(text).into_iter().next()?;
    let message = format!("git would push `{path}`, which contains a token of {}", token.issuer);
    Some(Finding::new(Place::bytes(path, token.range), message).label("everyone can read this"))
}

const BEGIN: &str = "-----BEGIN ";

/// Where a private key begins that has a content.
fn private_key(text: &str) -> Option<usize> {
    let at = text.find(BEGIN)?;
    let (kind, content) = text[at..].split_once("PRIVATE KEY-----")?;
    let content = content.split("-----END").next().unwrap_or_default();
    let is_whole = !kind.contains('\n') && content.len() > 200 && !content.contains("...");
    is_whole.then_some(at)
}

/// What to do, depending on what git and the build know of the file.
fn advised(space: &Space<'_>, path: &str, finding: Finding) -> Finding {
    let sources = space.dockerfile().map(plain_sources).unwrap_or_default();
    if sources.iter().any(|source| source.path == path) {
        return finding.help(format!(
            "set its values as secrets in the settings, replace those that were pushed, remove `{path}` from the Dockerfile, and then \
             add it to .gitignore"
        ));
    }
    let ignored = space.repo().text(".gitignore");
    if ignored.is_some_and(|text| text.lines().any(|line| line.trim() == path)) {
        let help = format!("git tracks it already: run `git rm --cached {path}`, and replace the secrets");
        return if space.repo().is_tracked(path) { finding.help(help) } else { finding };
    }
    let finding = finding.help(
        "add it to .gitignore and set its values as secrets in the settings; if it was pushed, replace the secrets",
    );
    if is_named(space, path) {
        return finding;
    }
    let at = ignored.map_or(0, str::len);
    let gap = if ignored.is_some_and(|text| !text.is_empty() && !text.ends_with('\n')) { "\n" } else { "" };
    let fix = Fix::safe(format!("add `{path}` to .gitignore"));
    finding.fix(fix.insert(".gitignore", at, format!("{gap}{path}\n")))
}

/// Whether a command may need the file: then it fails without it.
fn is_named(space: &Space<'_>, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let starts = |file: &&File| {
        let ending = file.name().rsplit_once('.').map_or("", |(_, ending)| ending);
        ending == "sh" || matches!(file.name(), "Dockerfile" | "package.json" | "Procfile" | "Makefile")
    };
    let mut files = space.repo().files().filter(starts).take(100);
    files.any(|file| file.text().is_some_and(|text| text.contains(name)))
}
