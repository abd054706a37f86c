//! `spaces-new` without arguments, in the folder of an app: offers `init`.

use std::ffi::OsString;
use std::path::Path;

use clap::ArgMatches;
use spaces_new::report::Format;
use spaces_new::{AdoptError, Adoption, Raw, Repo};

use super::failure::Failure;
use super::list::{Entry, choose};
use super::prompts::say_keys;
use super::{args, request};

/// What the person wants.
pub(super) enum Offered {
    /// It was said, or this folder has no app.
    Nothing,
    /// A Space around the app in this folder: the arguments of `init` for it.
    Init(ArgMatches),
    /// A new app.
    New,
}

/// Offers `init`, if it was not said what is wanted and this folder has an app.
pub(super) fn init(matches: &ArgMatches, arguments: &[OsString]) -> Result<Offered, Failure> {
    let says_what = matches.contains_id("dir") || args::answers(matches).keys().next().is_some();
    let has_template = args::answers(matches).template().is_some() || matches.contains_id("answers");
    // For programs `init` asks nothing, and would write at once
    let is_text = matches.get_one::<Format>("format").is_none_or(|format| *format == Format::Text);
    if says_what || has_template || !is_text || !request::is_interactive(matches) {
        return Ok(Offered::Nothing);
    }
    // Options that `init` does not have are about a new Space
    let mut words = arguments.to_vec();
    words.insert(1.min(words.len()), "init".into());
    let parsed = args::command(args::color(arguments)).try_get_matches_from(words);
    let parsed = parsed.ok().and_then(|mut parsed| parsed.remove_subcommand());
    let (Some((_, inner)), Some(app)) = (parsed, app_here()) else { return Ok(Offered::Nothing) };
    say_keys();
    let entries = [
        Entry::with_note("the app here", format!("{app}: `spaces-new init`")),
        Entry::with_note("a new app", "in a folder of its own"),
    ];
    loop {
        match choose("What shall become a Space?", &entries, 0, false)? {
            Some(0) => return Ok(Offered::Init(inner)),
            Some(_) => return Ok(Offered::New),
            None => {}
        }
    }
}

/// What the app in this folder is.
fn app_here() -> Option<String> {
    let repo = Repo::open(Path::new(".")).ok()?;
    // A Space is finished, and so is one in a folder of its own
    let is_a_space = |folder: &str| repo.get(&format!("{folder}.spaces-new.toml")).is_some();
    match Adoption::begin(&repo).decide() {
        Ok(decided) => match decided.answers().get("app_file")? {
            Raw::Text(file) => {
                let folder = file.rfind('/').map_or("", |at| &file[..=at]);
                (!is_a_space(folder) && !is_a_space("")).then(|| file.clone())
            }
            _ => None,
        },
        Err(AdoptError::SeveralApps(apps)) => Some(format!("{} apps", apps.len())),
        Err(_) => None,
    }
}
