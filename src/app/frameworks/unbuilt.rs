//! Python programs that are recognised, and that no Space runs as they are.

use super::mcp::is_over_http;
use crate::app::model::Note;
use crate::app::project::{Project, PythonFile, is_aside};

/// A program, by the module that it imports.
struct Kind {
    modules: &'static [&'static str],
    /// What it is, with an article.
    what: &'static str,
    why: &'static str,
    help: &'static str,
}

const NO_PORT: &str = "opens no port: the Hub waits for one until the start times out, and then stops the Space";
const WITH_A_PORT: &str = "serve a page on port 7860 from a thread beside the bot, and start that with `--template docker --app-file FILE --command COMMAND`";

const KINDS: &[Kind] = &[
    Kind {
        modules: &["reflex"],
        what: "a Reflex app",
        why: "serves its pages and its state on two ports, and a Space has one",
        help: "write a Dockerfile that puts a proxy in front of both, as in Reflex's guide on self-hosting, and run `init` again",
    },
    Kind { modules: &["discord", "nextcord", "disnake"], what: "a Discord bot", why: NO_PORT, help: WITH_A_PORT },
    Kind {
        modules: &["aiogram", "pyrogram", "telebot", "telegram", "telethon"],
        what: "a Telegram bot",
        why: NO_PORT,
        help: WITH_A_PORT,
    },
    Kind { modules: &["slack_bolt"], what: "a Slack bot", why: NO_PORT, help: WITH_A_PORT },
    Kind {
        modules: &["mcp.server"],
        what: "an MCP server over stdio",
        why: "opens no port",
        help: "run it with `transport=\"streamable-http\"`, `host=\"0.0.0.0\"` and `port=7860`, and run `init` again",
    },
];

/// The report about such a program, if nothing else was found.
pub(in crate::app) fn note(project: &Project<'_>) -> Option<Note> {
    let files = || project.python.values().filter(|file| !is_aside(file.path));
    let found = |kind: &'static Kind| files().find_map(|file| Some((kind, file, import(kind, file)?)));
    let (kind, file, at) = KINDS.iter().find_map(found)?;
    let note = Note::new(format!("`{}` is {}, which {}", file.path, kind.what, kind.why));
    Some(note.help(kind.help).seen(file.evidence(at, "imports it")))
}

/// The place of the import that shows it.
fn import(kind: &Kind, file: &PythonFile<'_>) -> Option<usize> {
    if file.source.calls.iter().any(|call| call.method() == "run" && is_over_http(call)) {
        return None;
    }
    let is_of = |module: &str| {
        kind.modules
            .iter()
            .any(|known| module.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    };
    file.source.imports.iter().find(|import| import.level == 0 && is_of(import.module)).map(|import| import.at)
}
