//! Values that must not be published: those of declared secrets in any file, and files that are made for values.

use super::content::Content;
use super::error::PublishError;
use super::settings::Settings;
use crate::check::ENV_FILE_PUSHED;
use crate::formats::env_file;
use crate::values::real_tokens;

/// Shorter values stand in files by chance.
const SHORTEST_SECRET: usize = 8;

/// Refuses the value of a declared secret in any file, and a `.env` unless it may be public. Such a one must not set a declared
/// secret, nor have a token in it. Returns what to know.
///
/// # Errors
/// If something must not be published, or cannot be read.
pub(super) fn refuse(
    contents: &[Content<'_>],
    settings: &Settings,
    env_files_are_public: bool,
) -> Result<Vec<String>, PublishError> {
    let leak = |content: &Content<'_>, what: String| PublishError::Leak { path: content.path().to_owned(), what };
    let mut notes = Vec::new();
    for content in contents.iter().filter(|content| content.path().rsplit('/').next() == Some(".env")) {
        if !env_files_are_public {
            return Err(PublishError::EnvFile(content.path().to_owned()));
        }
        if let Some(what) = private_value(content, settings)? {
            return Err(leak(content, what));
        }
        notes.push(format!(
            "everybody can read `{}` on the Hub, as `--force-check {ENV_FILE_PUSHED}` allows",
            content.path()
        ));
    }
    for (name, value) in &settings.secrets {
        let Some(value) = value.as_ref().filter(|value| value.len() >= SHORTEST_SECRET) else { continue };
        for content in contents {
            if content.has(value)? {
                return Err(leak(content, format!("the secret `{name}`")));
            }
        }
    }
    Ok(notes)
}

/// What a file for values has that is certainly private.
fn private_value(content: &Content<'_>, settings: &Settings) -> Result<Option<String>, PublishError> {
    let bytes = content.bytes().map_err(|error| content.failed(&error))?;
    let text = String::from_utf8_lossy(&bytes);
    let is_secret = |name: &str| settings.secrets.iter().any(|(secret, _)| secret == name);
    let set = env_file::settings(&text).find(|setting| is_secret(setting.name) && !setting.value.is_empty());
    if let Some(setting) = set {
        return Ok(Some(format!("the secret `{}`", setting.name)));
    }
    Ok(real_tokens(&text).into_iter().next().map(|token| format!("a token of {}", token.issuer)))
}
