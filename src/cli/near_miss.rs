//! A folder's name that looks like a subcommand.

use std::path::Path;

use dialoguer::Confirm;

use super::args::{RESERVED, SUBCOMMANDS};
use super::failure::Failure;
use super::prompts;

/// The subcommand that somebody may have meant by a folder's name. A path, or a folder that exists, is meant as it is.
fn meant(dir: &Path) -> Option<&'static str> {
    let name = dir.to_str().filter(|name| !name.contains(['/', '\\', '.']) && !dir.exists())?;
    let known = SUBCOMMANDS.into_iter().chain(RESERVED);
    known.filter(|known| strsim::damerau_levenshtein(name, known) <= (known.len() / 3).clamp(1, 2)).min()
}

/// Asks whether the name is meant, or refuses it where nobody can be asked.
pub(super) fn check(dir: &Path, interactive: bool) -> Result<(), Failure> {
    let Some(subcommand) = meant(dir) else { return Ok(()) };
    let name = dir.display();
    if interactive {
        let question = format!("`{name}` looks like the subcommand `{subcommand}`. Make a Space in a folder `{name}`?");
        let answer = Confirm::with_theme(prompts::theme().as_ref()).with_prompt(question).default(false).interact();
        if prompts::answered(answer)? {
            return Ok(());
        }
    }
    let message = format!("`{name}` is no subcommand; did you mean `spaces-new {subcommand}`?");
    Err(Failure::other(message, format!("for a Space in a folder of that name, say `spaces-new ./{name}`")))
}
