//! The token of the person, from where the Hub's own tools keep it.
//!
//! Source: `get_token` in <https://github.com/huggingface/huggingface_hub> (`utils/_auth.py`) and
//! <https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables>.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::error::PublishError;
use crate::disk;
use crate::program::{Program, Watch};

/// The maximum size of the file, which has one line.
const LARGEST: u64 = 4096;
/// The maximum size of what the command prints.
const LARGEST_OUTPUT: usize = 64 << 10;
/// How long `hf auth token` may take: it is a Python program.
const PATIENCE: Duration = Duration::from_secs(20);

/// A token. It is not shown, not even while debugging.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token(***)")
    }
}

impl Token {
    /// A token. None if the text cannot be one: it is empty, or has characters that no header may have.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty() && text.chars().all(|char| char.is_ascii_graphic())).then(|| Self(text.to_owned()))
    }

    pub(super) fn value(&self) -> &str {
        &self.0
    }

    /// The token that the Hub's own tools would use: of `HF_TOKEN`, of the file that `HF_TOKEN_PATH` names, of `$HF_HOME/token`, or what
    /// `hf auth token` prints. `get` reads the environment. None if no place has one.
    ///
    /// # Errors
    /// If the first of these places has something that cannot be a token: another place may have that of another account.
    pub fn find(get: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, PublishError> {
        let set = |name: &str| get(name).filter(|value| !value.is_empty());
        let cache =
            || set("XDG_CACHE_HOME").map(PathBuf::from).or_else(|| Some(PathBuf::from(set("HOME")?).join(".cache")));
        let home = || set("HF_HOME").map(PathBuf::from).or_else(|| Some(cache()?.join("huggingface")));
        let file = || set("HF_TOKEN_PATH").map(PathBuf::from).or_else(|| Some(home()?.join("token")));
        let read = |path: PathBuf| String::from_utf8(disk::read_named(&path, LARGEST).ok()?).ok();
        let read_as_token = |text: String, place: &str| {
            let invalid = || PublishError::Token(place.to_owned());
            if text.trim().is_empty() { Ok(None) } else { Self::new(&text).map(Some).ok_or_else(invalid) }
        };
        if let Some(token) = set("HF_TOKEN").map(|text| read_as_token(text, "HF_TOKEN")).transpose()?.flatten() {
            return Ok(Some(token));
        }
        let of_file = file().and_then(|path| Some((read(path.clone())?, path)));
        let of_file = of_file.map(|(text, path)| read_as_token(text, &path.display().to_string())).transpose()?;
        Ok(of_file.flatten().or_else(Self::of_command))
    }

    fn of_command() -> Option<Self> {
        let hf = Program::find("hf")?;
        let folder = std::env::temp_dir();
        let watch = Watch { patience: PATIENCE, cancel: Arc::new(AtomicBool::new(false)) };
        let captured = hf.capture(&folder, watch, LARGEST_OUTPUT, |command| {
            command.args(["auth", "token"]);
        });
        let captured = captured.ok().filter(|captured| captured.status.success())?;
        String::from_utf8_lossy(&captured.out).lines().find(|line| line.starts_with("hf_")).and_then(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_where_the_hub_s_tools_keep_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        fs_err::create_dir_all(folder.path().join(".cache/huggingface")).unwrap();
        for (name, token) in
            [(".cache/huggingface/token", "hf_home\n"), ("named", "hf_named\n"), ("token", "hf_of_hf_home")]
        {
            fs_err::write(folder.path().join(name), token).unwrap();
        }
        let find = |set: &[(&str, String)]| {
            let get = |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
            Token::find(get).unwrap().map(|token| token.value().to_owned())
        };
        let home = ("HOME", path(""));
        assert_eq!(find(std::slice::from_ref(&home)).as_deref(), Some("hf_home"));
        assert_eq!(find(&[home.clone(), ("HF_HOME", path(""))]).as_deref(), Some("hf_of_hf_home"));
        let named = ("HF_TOKEN_PATH", path("named"));
        assert_eq!(find(&[home.clone(), named.clone()]).as_deref(), Some("hf_named"));
        assert_eq!(find(&[home, named, ("HF_TOKEN", " hf_set\n".to_owned())]).as_deref(), Some("hf_set"));
        let invalid = Token::find(|name| (name == "HF_TOKEN").then(|| "hf bad".to_owned())).unwrap_err();
        assert!(invalid.to_string().contains("HF_TOKEN") && !invalid.to_string().contains("bad"), "{invalid}");
    }

    #[test]
    fn a_token_is_never_shown_and_fits_into_a_header() {
        assert_eq!(format!("{:?}", Token::new("hf_secret").unwrap()), "Token(***)");
        for text in ["", " ", "hf_a\nb", "hf_\u{e4}", "a b"] {
            assert!(Token::new(text).is_none(), "{text:?}");
        }
    }
}
