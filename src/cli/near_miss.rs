//! A folder's name that looks like a subcommand.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::error::{ContextKind, ContextValue};

use super::failure::Failure;
use super::line::confirm;
use super::repeat;
use super::subcommand::SUBCOMMANDS;

/// The subcommand that a folder's name resembles. A path resembles none.
fn resembled(dir: &Path) -> Option<&'static str> {
    let name = dir.to_str().filter(|name| !name.contains(['/', '\\', '.']))?;
    let known = SUBCOMMANDS.iter().map(|subcommand| subcommand.name);
    let distances = known.map(|known| (strsim::damerau_levenshtein(name, known), known));
    distances.filter(|(distance, known)| *distance <= (known.len() / 3).clamp(1, 2)).min().map(|(_, known)| known)
}

/// A folder in a form that cannot be mistaken for a subcommand or a flag, for printed commands.
pub(super) fn plainly(dir: PathBuf) -> PathBuf {
    let is_flag = dir.as_os_str().as_encoded_bytes().starts_with(b"-");
    if is_flag || resembled(&dir).is_some() { Path::new(".").join(dir) } else { dir }
}

/// Words with which other generators begin, as in `create my-app`.
const VERBS: [&str; 3] = ["new", "create", "make"];

/// The arguments without such a word.
pub(super) fn after_a_verb(arguments: &[OsString]) -> Option<Vec<OsString>> {
    let is_verb = |word: &OsString| VERBS.iter().any(|verb| word == verb);
    let at = arguments.iter().skip(1).position(is_verb)? + 1;
    let rest = [&arguments[..at], &arguments[at + 1..]].concat();
    rest.get(at).filter(|word| !word.as_encoded_bytes().starts_with(b"-"))?;
    Some(rest)
}

/// The error that such a word is not needed.
pub(super) fn verb(arguments: &[OsString], rest: &[OsString]) -> Failure {
    let verb = arguments.iter().zip(rest).find(|(word, other)| word != other).map(|(word, _)| word.to_string_lossy());
    let verb = verb.unwrap_or_default();
    let words: Vec<String> = rest.iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let hint = format!("`spaces-new {}` makes a new Space", repeat::quoted(&words));
    Failure::other(format!("`{verb}` is not a subcommand: a new Space needs none"), hint)
}

/// A word after the folder, where only a subcommand could stand.
pub(super) fn second_word(error: &clap::Error) -> Option<String> {
    match error.get(ContextKind::InvalidSubcommand)? {
        ContextValue::String(word) => Some(word.clone()),
        _ => None,
    }
}

/// The error for such a word: the first may be meant as a subcommand.
pub(super) fn two_words(known: &ArgMatches, second: &str, arguments: &[OsString]) -> Option<Failure> {
    let first = known.get_one::<PathBuf>("dir")?;
    let Some(subcommand) = resembled(first) else {
        let message =
            format!("`{second}` is one word too many: a Space is made in one folder, here `{}`", first.display());
        return Some(Failure::other(message, "`spaces-new --help` lists the flags and the subcommands"));
    };
    let words = arguments.iter().skip(1);
    let meant =
        words.map(|word| if word == first { subcommand.to_owned() } else { word.to_string_lossy().into_owned() });
    let hint = format!("did you mean `spaces-new {}`?", repeat::quoted(&meant.collect::<Vec<_>>()));
    Some(Failure::other(format!("`{}` is not a subcommand", first.display()), hint))
}

/// Asks whether the name is intended, or refuses it if nobody can be asked.
pub(super) fn check(dir: &Path, interactive: bool) -> Result<(), Failure> {
    // An existing folder is always intended.
    let Some(subcommand) = resembled(dir).filter(|_| !dir.exists()) else { return Ok(()) };
    let name = dir.display();
    if interactive {
        let question = format!("`{name}` looks like the subcommand `{subcommand}`. Make a Space in a folder `{name}`?");
        if confirm(&question, false, false)? == Some(true) {
            return Ok(());
        }
    }
    let message = format!("`{name}` is not a subcommand; did you mean `spaces-new {subcommand}`?");
    Err(Failure::other(message, format!("for a Space in a folder of that name: `spaces-new ./{name}`")))
}
