//! Where a server of Vite listens: by its flags, otherwise by `vite.config`, otherwise on the loopback address, on port 5173, or 4173
//! for `vite preview`. Source: <https://vite.dev/config/server-options#server-host>,
//! <https://vite.dev/config/preview-options#preview-port>.

use super::listening::{Listens, OnlyHere};
use super::refused_hosts::{program_at, settings};
use super::startup::Executed;
use crate::app::image::contents::ImageFiles;
use crate::app::paths::folder_of;
use crate::formats::javascript::without_comments;
use crate::values::last_part;

const OF_PREVIEW: u16 = 4173;
const OF_SERVER: u16 = 5173;

/// Where it listens, as far as its settings leave it open.
pub(super) fn listens(command: &Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Listens> {
    let words = command.texts();
    let at = program_at(&words);
    if last_part(words.get(at)?) != "vite" {
        return None;
    }
    let arguments = &words[at + 1..];
    let default = match arguments.first() {
        Some(&"preview") => OF_PREVIEW,
        Some(&("dev" | "serve")) | None => OF_SERVER,
        Some(word) if word.starts_with('-') => OF_SERVER,
        Some(_) => return None,
    };
    let has = |flag: &str| arguments.iter().any(|word| word.starts_with(flag));
    if has("--config") || has("-c") || has("--help") || has("--version") || has("$") {
        return None;
    }
    let package = files.file(&command.absolute("package.json")?)?.file.path();
    let texts: Vec<_> = settings(&["vite.config."], folder_of(package), files).map(without_comments).collect();
    let names = |word: &str| texts.iter().any(|text| text.contains(word) || text.contains("mergeConfig"));
    // The table of servers reads the flag
    let port = (!has("--port") && !names("port:") && !names("port =")).then_some((default, None));
    let loopback = (!has("--host") && !names("host") && !names("...")).then_some(OnlyHere::by_default());
    let started = command.through.first().map_or_else(|| command.spot().range, |spot| spot.range.clone());
    Some(Listens { port, loopback, at: command.spot(), started })
}
