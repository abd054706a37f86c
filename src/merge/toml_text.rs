//! Edits of TOML that preserve everything else: comments, white space, the form of values.

use toml_edit::{DocumentMut, TomlError};

/// The text after an edit, with its original line breaks.
///
/// # Errors
/// If it is not TOML, its line breaks are mixed, or the edit fails.
pub(super) fn edited(there: &str, edit: impl FnOnce(&mut DocumentMut) -> Result<(), String>) -> Result<String, String> {
    let plain = there.replace("\r\n", "\n");
    let is_crlf = plain.len() < there.len();
    if is_crlf && there.len() - plain.len() < plain.matches('\n').count() {
        return Err("its line breaks are mixed".to_owned());
    }
    let mut document = read(&plain)?;
    edit(&mut document)?;
    let text = document.to_string();
    Ok(if is_crlf { text.replace('\n', "\r\n") } else { text })
}

/// Reads a text.
///
/// # Errors
/// If it is not TOML, with the line.
pub(super) fn read(text: &str) -> Result<DocumentMut, String> {
    text.parse().map_err(|error: TomlError| {
        let at = error.span().map_or(0, |span| span.start);
        not_toml(crate::formats::own_file::line_of(text, at), error.message())
    })
}

/// The message about a text that is not TOML.
pub(super) fn not_toml(line: usize, message: &str) -> String {
    format!("it is not TOML: line {line}: {}", message.replace('\n', ", "))
}
