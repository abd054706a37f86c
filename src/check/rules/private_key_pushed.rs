//! A private key that git would push.
//!
//! ## What it does
//! Looks for the header of a private key in files that are named like one: `id_rsa`, `*.pem`, `*.key`. Installed packages are skipped.
//!
//! ## Why it matters
//! Everyone can read the files of a public Space, and its history keeps them.
//!
//! ## Example
//! ```server.key
//! -----BEGIN PRIVATE KEY-----
//! MIIEvQ
//! -----END PRIVATE KEY-----
//! ```
//!
//! ## Use instead
//! ```.gitignore
//! *.key
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-overview#managing-secrets>

use super::{Check, Finding, Group, Place, Rule, Scope, Space, Subject};
use crate::app::junk::junk;

pub(super) const RULE: Rule =
    Rule::new("private-key-pushed", Group::Risky, Check::Views(&[Subject::Files], check)).of(Scope::EveryTarget);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    for file in space.repo().files() {
        let name = file.name();
        let is_key = [".pem", ".key", ".p8"].iter().any(|ending| name.ends_with(ending))
            || matches!(name, "id_rsa" | "id_dsa" | "id_ecdsa" | "id_ed25519");
        if !is_key || file.size() > 64 * 1024 || space.repo().may_ignore(file.path()) {
            continue;
        }
        let private = |text: &str| {
            text.lines().any(|line| line.starts_with("-----BEGIN ") && line.trim_end().ends_with("PRIVATE KEY-----"))
        };
        // Packages bring keys for their tests, and `junk-pushed` reports the folder
        if file.text().is_some_and(private) && junk(space.repo(), file.path()).is_none() {
            let finding = Finding::new(Place::file(file.path()), format!("`{}` is a private key", file.path())).help(
                "add it to .gitignore and keep it as a secret in the settings; if it was pushed, replace the key",
            );
            found.push(finding);
        }
    }
}
