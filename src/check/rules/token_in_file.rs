//! A real token in a file that git would push.
//!
//! ## What it does
//! Looks in source code, notebooks, settings and the commands of the Dockerfile for tokens of Hugging Face, OpenAI, GitHub, AWS and
//! other services, by their prefixes and lengths. Placeholders, examples, documents, tests, and keys that may stand in
//! published files are skipped. `ENV` and `ARG` are left to `key-in-image`, files such as `.env` to `env-file-pushed`.
//!
//! ## Why it matters
//! Everyone can read the files of a public Space, and its history keeps them. Programs search pushed files for such tokens
//! and use them; many services revoke a token that they find.
//!
//! ## Example
//! ```app.py
//! from huggingface_hub import InferenceClient
//!
//! client = InferenceClient(token="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")
//! ```
//!
//! ## Use instead
//! Set it as a secret in the settings of the Space; it is in the environment when the app runs.
//! ```app.py
//! import os
//!
//! from huggingface_hub import InferenceClient
//!
//! client = InferenceClient(token=os.environ["HF_TOKEN"])
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-overview#managing-secrets>,
//! <https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns>

use std::ops::Range;

use super::secret_in_image::values;
use super::{Check, Finding, Group, Place, Rule, Scope, Space, Subject};
use crate::app::is_aside;
use crate::check::secrets::is_env_file;
use crate::check::space::DOCKERFILE;
use crate::order::Order;
use crate::repo::{File, read_all};
use crate::values::{Token, real_tokens};

pub(super) const RULE: Rule =
    Rule::new("token-in-file", Group::Broken, Check::Views(&[Subject::Source, Subject::Files], check))
        .of(Scope::EveryTarget);

/// Endings of the files that are searched.
const ENDINGS: [&str; 24] = [
    "py",
    "ipynb",
    "js",
    "jsx",
    "mjs",
    "cjs",
    "ts",
    "tsx",
    "vue",
    "svelte",
    "html",
    "json",
    "yaml",
    "yml",
    "toml",
    "ini",
    "cfg",
    "conf",
    "sh",
    "r",
    "go",
    "rs",
    "env",
    "properties",
];
/// The limits of what is searched.
const BYTES_MAX: u64 = 256 * 1024;
const TOTAL_MAX: u64 = 4 * 1024 * 1024;
const FILES_MAX: usize = 1000;
/// More tokens in a file are not reported one by one.
const SHOWN: usize = 5;

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let files = files(space);
    read_all(&files);
    for file in files {
        let Some(text) = file.text() else { continue };
        let elsewhere = if file.path() == DOCKERFILE { in_settings(space) } else { Vec::new() };
        let tokens = real_tokens(text)
            .into_iter()
            .filter(|token| is_value(text, token) && !elsewhere.iter().any(|range| range.contains(&token.range.start)));
        found.extend(tokens.take(SHOWN).map(|token| finding(file.path(), text, &token)));
    }
}

fn finding(path: &str, text: &str, token: &Token) -> Finding {
    let begins: String = text[token.range.clone()].chars().take(4).collect();
    let message =
        format!("a token of {} is in this file, which git would push: it begins with `{begins}`", token.issuer);
    Finding::new(Place::bytes(path, token.range.clone()), message).label("everyone can read this").help(
        "replace the token at its service, set the new one as a secret in the settings, and read it from the environment",
    )
}

/// The files that are searched, those near the root first.
fn files<'r>(space: &Space<'r>) -> Vec<&'r File> {
    let repo = space.repo();
    let is_searched = |file: &&File| {
        let name = file.name();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        let is_kind = ENDINGS.contains(&ending.as_str()) || name == DOCKERFILE;
        let parts = [".test.", ".spec.", ".example", ".sample", ".min."];
        let is_test = name.starts_with("test-") || parts.iter().any(|part| name.contains(part));
        is_kind && !is_test && !is_aside(file.path()) && !is_env_file(file.path()) && !name.contains("lock")
    };
    let mut files: Vec<_> = repo.files().filter(is_searched).filter(|file| !repo.may_ignore(file.path())).collect();
    files.order_by_key(|file| file.path().matches('/').count());
    let mut left = TOTAL_MAX;
    let small = files.into_iter().take(FILES_MAX).filter(|file| file.size() <= BYTES_MAX);
    let fitting = small.take_while(|file| {
        left = left.saturating_sub(file.size());
        left > 0
    });
    fitting.collect()
}

/// The places of the values that another rule looks at.
fn in_settings(space: &Space<'_>) -> Vec<Range<usize>> {
    space.dockerfile().map(|dockerfile| values(dockerfile).map(|(_, _, range)| range).collect()).unwrap_or_default()
}

/// Whether a token is a value, and not a name in the code.
fn is_value(text: &str, token: &Token) -> bool {
    let before = &text[..token.range.start];
    let is_quoted = before.ends_with(['"', '\'', '`', '/', ':', '=', '@', '>', '\\', '%']);
    let is_behind = before.ends_with(' ') && !text[token.range.end..].starts_with(['(', '[', '=', ' ']);
    is_quoted || is_behind || before.ends_with("\\n")
}
