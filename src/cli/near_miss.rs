//! A folder's name that looks like a subcommand.

use std::path::{Path, PathBuf};

use dialoguer::Confirm;

use super::failure::Failure;
use super::prompts;
use super::subcommand::SUBCOMMANDS;

/// The subcommand that a folder's name resembles. A path resembles none.
fn resembled(dir: &Path) -> Option<&'static str> {
    let name = dir.to_str().filter(|name| !name.contains(['/', '\\', '.']))?;
    let known = SUBCOMMANDS.iter().map(|subcommand| subcommand.name).chain(["help"]);
    let distances = known.map(|known| (strsim::damerau_levenshtein(name, known), known));
    distances.filter(|(distance, known)| *distance <= (known.len() / 3).clamp(1, 2)).min().map(|(_, known)| known)
}

/// A folder in a form that cannot be mistaken for a subcommand or a flag, for printed commands.
pub(super) fn plainly(dir: PathBuf) -> PathBuf {
    let is_flag = dir.as_os_str().as_encoded_bytes().starts_with(b"-");
    if is_flag || resembled(&dir).is_some() { Path::new(".").join(dir) } else { dir }
}

/// Asks whether the name is intended, or refuses it if nobody can be asked.
pub(super) fn check(dir: &Path, interactive: bool) -> Result<(), Failure> {
    // An existing folder is always intended.
    let Some(subcommand) = resembled(dir).filter(|_| !dir.exists()) else { return Ok(()) };
    let name = dir.display();
    if interactive {
        let question = format!("`{name}` looks like the subcommand `{subcommand}`. Make a Space in a folder `{name}`?");
        let answer = Confirm::with_theme(prompts::theme().as_ref()).with_prompt(question).default(false).interact();
        if prompts::answered(answer)? {
            return Ok(());
        }
    }
    let message = format!("`{name}` is not a subcommand; did you mean `spaces-new {subcommand}`?");
    Err(Failure::other(message, format!("for a Space in a folder of that name: `spaces-new ./{name}`")))
}
