//! The apps that were not chosen.

use super::framework::Runtime;
use super::model::{App, Note};

/// More than these are only counted.
const SHOWN: usize = 4;

/// A note about them, with the answer that chooses one. A file that runs with the app is a part of it; a program probably
/// serves a page beside it, and a Dockerfile probably contains what is beside it.
pub(super) fn note(apps: &[App], taken: &App) -> Option<Note> {
    let is_other = |app: &&App| {
        app.file != taken.file
            && !app.parts.contains(&taken.file)
            && !taken.parts.contains(&app.file)
            && !matches!(app.framework.runtime(), Runtime::Page | Runtime::Image)
    };
    let others: Vec<&App> = apps.iter().filter(is_other).collect();
    let first = others.first().filter(|_| taken.framework.runtime() != Runtime::Image)?;
    let named: Vec<String> =
        others.iter().take(SHOWN).map(|app| format!("`{}` ({})", app.file, app.framework.name())).collect();
    let more = match others.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let which = if others.len() == 1 { "to use that one" } else { "to use the first of them" };
    let note = Note::new(format!("also found: {}{more}", named.join(", ")));
    Some(note.help(which).or_answer("app_file", &first.file))
}
