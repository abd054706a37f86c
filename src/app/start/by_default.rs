//! Servers that listen by their defaults, unless a variable of the image says otherwise: Next.js, Nuxt and Astro as they are built
//! for Node, Sinatra, ASP.NET Core.
//!
//! Sources: <https://nextjs.org/docs/app/api-reference/config/next-config-js/output>,
//! <https://nuxt.com/docs/getting-started/deployment#nodejs-server>,
//! <https://docs.astro.build/en/guides/integrations-guide/node/#standalone>, <https://sinatrarb.com/configuration.html>,
//! <https://learn.microsoft.com/aspnet/core/fundamentals/host/web-host#server-urls>.

use super::listening::{Listens, OnlyHere};
use super::servers::is_loopback;
use super::startup::{Executed, Spot};
use crate::app::image::contents::ImageFiles;
use crate::app::paths::has_ending;

/// A server of Node that a build makes: the end of its script, the port, and whether it listens on the loopback address unless
/// `HOST` is set.
struct Built {
    script: &'static str,
    port: u16,
    is_loopback: bool,
}

const NEXT: Built = Built { script: "server.js", port: 3000, is_loopback: false };
const NUXT: Built = Built { script: ".output/server/index.mjs", port: 3000, is_loopback: false };
const ASTRO: Built = Built { script: "dist/server/entry.mjs", port: 4321, is_loopback: true };

/// Where `node server.js` of a build listens.
pub(super) fn of_node(command: &Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Listens> {
    let [program, script] = &*command.words else { return None };
    let text = files.dockerfile.text;
    let has = |name: &str, words: &[&str]| {
        files.repo.files().any(|file| {
            file.name().starts_with(name)
                && file.text().is_some_and(|text| words.iter().all(|word| text.contains(word)))
        })
    };
    let is = |built: &Built| program.text == "node" && script.text.ends_with(built.script);
    let is_made = |path: &str| files.repo.files().all(|file| !file.path().ends_with(path));
    let built = if is(&NEXT) && text.contains(".next/standalone") && is_made("server.js") {
        NEXT
    } else if is(&NUXT) && has("package.json", &["\"nuxt\""]) && !has("nuxt.config", &["preset"]) {
        NUXT
    } else if is(&ASTRO) && has("astro.config", &["standalone", "@astrojs/node"]) && !has("astro.config", &["host"]) {
        ASTRO
    } else {
        return None;
    };
    let state = &files.dockerfile.last_stage()?.end;
    // Nitro reads these first
    if ["NITRO_PORT", "NITRO_HOST", "NITRO_UNIX_SOCKET"].iter().any(|name| state.sets_env(name)) {
        return None;
    }
    let loopback = built.is_loopback.then(|| OnlyHere::unless_set("HOST"));
    // The settings of Astro may have another
    let is_port = built.port != ASTRO.port || !has("astro.config", &["port:"]);
    let port = is_port.then(|| (built.port, Some("PORT".to_owned())));
    Some(found(command, port, loopback))
}

/// Where `ruby app.rb` listens, if that is a classic application of Sinatra: on `localhost`, except in production.
pub(super) fn of_ruby(command: &Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Listens> {
    const REQUIRES: [&str; 2] = ["require 'sinatra'", "require \"sinatra\""];
    const CHANGES: [&str; 6] = ["bind", "environment", "_ENV", "ENV[", "run!", "configure"];
    let [_, script] = &*command.words else { return None };
    let code = files.file(&command.absolute(&script.text)?)?.file.text()?;
    let is_classic = code.lines().any(|line| REQUIRES.contains(&line.trim_end()));
    let is_set = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    if !is_classic || is_set(code, &CHANGES) || is_set(files.dockerfile.text, &["APP_ENV", "RACK_ENV"]) {
        return None;
    }
    let port = (!code.contains(":port")).then(|| (4567, Some("PORT".to_owned())));
    Some(found(command, port, Some(OnlyHere::by_default())))
}

/// Where `dotnet app.dll` listens by the one address of `ASPNETCORE_URLS`.
pub(super) fn of_dotnet(command: &Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Listens> {
    let state = &files.dockerfile.last_stage()?.end;
    if command.words.iter().any(|word| word.text.contains("urls")) || !has_ending(&command.words.get(1)?.text, "dll") {
        return None;
    }
    let codes = ["UseUrls", "Kestrel", "ListenAnyIP", "app.Urls"];
    let is_changed = |text: &str| codes.iter().any(|code| text.contains(code));
    if files.repo.files().filter_map(|file| file.text()).any(is_changed) {
        return None;
    }
    let url = state.env("ASPNETCORE_URLS")?.strip_prefix("http://").filter(|url| !url.contains(';'))?;
    let (host, port) = url.trim_end_matches('/').rsplit_once(':')?;
    let loopback = is_loopback(host).then(|| OnlyHere::given(host));
    let mut listens = found(command, Some((port.parse().ok()?, None)), loopback);
    let at = files.dockerfile.text.rfind("ASPNETCORE_URLS")?;
    listens.at = Spot { path: "Dockerfile".to_owned(), range: at..at + "ASPNETCORE_URLS".len() };
    Some(listens)
}

fn found(command: &Executed, port: Option<(u16, Option<String>)>, loopback: Option<OnlyHere>) -> Listens {
    let started = command.through.first().map_or_else(|| command.spot().range, |spot| spot.range.clone());
    Listens { port, loopback, at: command.spot(), started }
}
