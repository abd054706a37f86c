//! Secrets in files that git would push.

use crate::app::{is_placeholder, is_secret};
use crate::facts::public_names::PUBLIC_NAMES;
use crate::formats::env_file;
use crate::values::tokens;

/// Names of files with secrets.
const NAMES: [&str; 4] = [".env", ".env.local", ".env.production", ".env.development"];

/// Whether a file is one for the environment of the app: `.env` and the like, or the secrets of Streamlit.
pub(super) fn is_env_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    NAMES.contains(&name) || path.ends_with(".streamlit/secrets.toml")
}

/// Whether a file for the environment has a value that must stay private.
pub(super) fn has_secret(path: &str, text: &str) -> bool {
    let is_of_streamlit = path.ends_with("secrets.toml");
    // The lines of TOML look the same
    env_file::settings(text).any(|setting| {
        let is_named = is_of_streamlit || (is_secret(setting.name) && !is_public(setting.name));
        !tokens(&setting.value).is_empty() || has_password(&setting.value) || (is_named && is_meant(&setting.value))
    })
}

/// Whether the value is in the page anyway.
fn is_public(name: &str) -> bool {
    PUBLIC_NAMES.iter().any(|row| name.starts_with(row.prefix))
}

/// Whether an address contains a password: `postgres://user:password@host`. That of a service beside the app is known anyway.
fn has_password(value: &str) -> bool {
    let Some((user, host)) = value.split_once("://").and_then(|(_, rest)| rest.split_once('@')) else { return false };
    let is_here = ["localhost", "127.0.0.1", "db", "postgres", "redis", "mysql", "mongo"];
    let host = host.split([':', '/']).next().unwrap_or_default();
    user.split_once(':').is_some_and(|(_, password)| is_meant(password)) && !is_here.contains(&host)
}

/// Whether a value of a secret is one: not empty, a placeholder, a switch, a number, a path, a variable or a comment.
fn is_meant(value: &str) -> bool {
    const WORDS: [&str; 12] =
        ["true", "false", "none", "null", "yes", "no", "test", "dev", "development", "password", "secret", "postgres"];
    let lower = value.to_ascii_lowercase();
    let is_other = value.starts_with(['#', '/', '.', '~', '$', '<', '{', '[', '(']) || value.contains("${");
    value.len() >= 3
        && !is_other
        && !is_placeholder(value)
        && !WORDS.contains(&lower.as_str())
        && (value.len() >= 6 || value.bytes().any(|byte| !byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_told_from_settings_and_placeholders() {
        for line in [
            "HF_TOKEN=abcdefgh",
            "DB_PASSWORD='p4ss'",
            "DATABASE_URL=postgres://u:s3cr3t@db.example.org/x",
            "X=hf_wQzRkTbVnXsLdGcYhJfM",
        ] {
            assert!(has_secret(".env", line), "{line}");
        }
        for line in [
            "PORT=7860",
            "API_KEY=#your key here",
            "API_KEY=your-key",
            "HF_TOKEN=hf_xxx",
            "OPENAI_API_KEY=sk-...",
            "KEY=",
            "SECRET_KEY=$OTHER",
            "KEY_FILE=/run/secrets/key",
            "USE_TOKEN=true",
            "NEXT_PUBLIC_FIREBASE_API_KEY=AbCdEf123",
            "DATABASE_URL=postgres://postgres:postgres@localhost:5432/app",
            "DATABASE_URL=sqlite:///data.db",
            "TOKENIZERS_PARALLELISM=false",
        ] {
            assert!(!has_secret(".env", line), "{line}");
        }
        assert!(has_secret(".streamlit/secrets.toml", "name = \"abc\""));
    }
}
