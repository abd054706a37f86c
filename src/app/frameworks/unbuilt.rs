//! Programs that are recognised, and that no Space runs as they are: in Python, and bots also on Node and in Go.

use super::go;
use super::mcp::is_over_http;
use crate::app::model::Note;
use crate::app::node_package::Package;
use crate::app::paths::{folder_of, has_ending};
use crate::app::project::{Project, PythonFile, is_aside};
use crate::formats::javascript::without_comments;
use crate::repo::File;

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

/// A bot on Node or in Go, by its package or module.
struct Bot {
    names: &'static [&'static str],
    what: &'static str,
    /// What its code has if it opens a port after all.
    serves: &'static [&'static str],
    /// What its code has without which it may open a port.
    needs: &'static str,
}

/// The libraries of bots. The one of Slack for Node opens a port, unless it uses a socket:
/// <https://docs.slack.dev/tools/bolt-js/concepts/socket-mode>.
const BOTS: &[Bot] = &[
    Bot {
        names: &["discord.js", "eris", "oceanic.js", "github.com/bwmarrin/discordgo", "github.com/disgoorg/disgo"],
        what: "a Discord bot",
        serves: &[],
        needs: "",
    },
    Bot {
        names: &[
            "node-telegram-bot-api",
            "telegraf",
            "grammy",
            "github.com/go-telegram-bot-api/telegram-bot-api",
            "gopkg.in/telebot",
            "github.com/go-telegram/bot",
        ],
        what: "a Telegram bot",
        serves: &["webhook", "webHook", "Webhook", "WebHook"],
        needs: "",
    },
    Bot { names: &["@slack/bolt"], what: "a Slack bot", serves: &[], needs: "socketMode" },
    Bot { names: &["github.com/slack-go/slack"], what: "a Slack bot", serves: &[], needs: "socketmode" },
];

/// What code has that opens a port.
const SERVES: [&str; 9] = [
    ".listen(",
    "createServer(",
    "serve(",
    "ListenAndServe",
    "net.Listen(",
    ".Listen(",
    "gin.",
    "echo.New",
    "express(",
];

const HELP_OF_BOTS: &str = "let the same program answer on port 7860 too, and run `init` again";

/// The maximum number and size of the files in which a server is searched.
const FILES_MAX: usize = 200;
const BYTES_MAX: u64 = 128 * 1024;

/// The note about a bot in a package of Node or a module of Go, whose manifest this is.
pub(super) fn bot(project: &Project<'_>, manifest: &str) -> Option<Note> {
    let text = project.repo.text(manifest)?;
    let is_go = manifest.ends_with("go.mod");
    let package = if is_go { None } else { Some(Package::read(project, manifest)?) };
    let depends = |name: &str| match &package {
        Some(package) => package.text(&["dependencies", name]).is_some(),
        None => text.contains(name),
    };
    let (bot, name) = BOTS.iter().find_map(|bot| Some((bot, bot.names.iter().find(|name| depends(name))?)))?;
    let folder = folder_of(manifest);
    let endings: &[&str] = if is_go { &["go"] } else { &["js", "mjs", "cjs", "ts", "mts", "tsx"] };
    let is_code = |file: &&File| {
        let path = file.path();
        (folder.is_empty() || path.starts_with(&format!("{folder}/")))
            && endings.iter().any(|ending| has_ending(path, ending))
            && !is_aside(path)
    };
    let files: Vec<&File> = project.repo.files().filter(is_code).take(FILES_MAX + 1).collect();
    // A file that is not read may open one
    if files.is_empty() || files.len() > FILES_MAX || files.iter().any(|file| file.size() > BYTES_MAX) {
        return None;
    }
    let code: Vec<String> = files.iter().filter_map(|file| Some(without_comments(file.text()?))).collect();
    let has = |word: &str| code.iter().any(|code| code.contains(word));
    let is_used = has(name.trim_start_matches("github.com/")) && has(bot.needs);
    if !is_used || SERVES.iter().chain(bot.serves).any(|word| has(word)) {
        return None;
    }
    let evidence = project.line_with(manifest, name, format!("depends on `{name}`"));
    Some(Note::new(format!("`{manifest}` is {}, which {NO_PORT}", bot.what)).help(HELP_OF_BOTS).seen(evidence))
}

/// A bot anywhere in the repository.
fn any_bot(project: &Project<'_>) -> Option<Note> {
    let is_manifest = |file: &&File| matches!(file.name(), "package.json" | "go.mod") && !is_aside(file.path());
    project.repo.files().filter(is_manifest).take(FILES_MAX).find_map(|file| bot(project, file.path()))
}

/// The report about such a program, if nothing else was found.
pub(in crate::app) fn note(project: &Project<'_>) -> Option<Note> {
    in_python(project).or_else(|| any_bot(project)).or_else(|| go::nested(project))
}

fn in_python(project: &Project<'_>) -> Option<Note> {
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
