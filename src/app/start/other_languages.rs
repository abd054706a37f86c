//! Where programs in R and in other languages, and Vite, listen that the container starts.

use std::ops::Range;

use super::by_default;
use super::go;
use super::gunicorn;
use super::listening::{LARGEST, Listens, OnlyHere, arguments};
use super::rust;
use super::servers::is_loopback;
use super::spring;
use super::startup::{Executed, Spot, only_server};
use super::vite;
use crate::app::image::contents::ImageFiles;
use crate::app::paths::has_ending;

/// Where the one program listens that the container starts, if that is a program in one of these languages.
pub(super) fn listens(files: &ImageFiles<'_, '_, '_>) -> Option<Listens> {
    let text = files.dockerfile.text;
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let (is_r, is_rust) = (has(&["Rscript", "\"R\"", " R "]), has(&["cargo "]));
    // Not `cargo build`
    let names_go = |word: &&str| text.match_indices(*word).any(|(at, _)| !text[..at].ends_with("car"));
    let is_go = ["go build", "go run", "go install"].iter().any(names_go);
    if !is_r
        && !is_go
        && !is_rust
        && !has(&["gunicorn", "java", "dotnet", "ruby", "node", "vite", "npm", "yarn", "pnpm", "bun"])
    {
        return None;
    }
    let (command, exports) = only_server(files)?;
    let is_plain = exports.is_empty() && command.assignments.is_empty();
    match command.program() {
        "R" | "Rscript" => of_r(&command, files),
        _ if gunicorn::is_started(&command) => gunicorn::listens(&command, files),
        "java" if exports.is_empty() => spring::listens(&command, files),
        "node" if is_plain => by_default::of_node(&command, files).or_else(|| vite::listens(&command, files)),
        "ruby" if is_plain => by_default::of_ruby(&command, files),
        "dotnet" if is_plain => by_default::of_dotnet(&command, files),
        "npx" | "bunx" | "vite" | "pnpm" | "yarn" | "node" => vite::listens(&command, files),
        _ if is_go && is_plain => go::listens(&command, files),
        _ if is_rust => rust::listens(&command, files),
        _ => None,
    }
}

/// `R -e "shiny::runApp('.', port = 3838)"`, `Rscript app.R`.
fn of_r(command: &Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Listens> {
    let started = command.through.first().map_or_else(|| command.spot().range, |spot| spot.range.clone());
    let expressions = command.words.windows(2).filter(|pair| pair[0].text == "-e").map(|pair| &pair[1]);
    let expressions: Vec<_> = expressions.collect();
    if let [expression] = &*expressions {
        let found = in_r(&expression.text)?;
        return Some(Listens { port: found.port, loopback: found.loopback, at: expression.at.clone(), started });
    }
    let script = command.words.iter().skip(1).find(|word| has_ending(&word.text.to_ascii_lowercase(), "r"))?;
    let file = files.file(&command.absolute(&script.text)?)?.file;
    let found = in_r(file.text().filter(|_| file.size() < LARGEST)?)?;
    let at = Spot { path: file.path().to_owned(), range: found.range };
    Some(Listens { port: found.port, loopback: found.loopback, at, started })
}

struct InR {
    port: Option<(u16, Option<String>)>,
    loopback: Option<OnlyHere>,
    range: Range<usize>,
}

/// The one call of R that listens.
///
/// Sources: <https://shiny.posit.co/r/reference/shiny/latest/runapp.html>, <https://www.rplumber.io/reference/pr_run.html>: both
/// listen on 127.0.0.1 by default.
fn in_r(code: &str) -> Option<InR> {
    const CALLS: [&str; 3] = ["runApp(", "pr_run(", "$run("];
    let mut calls = CALLS.iter().flat_map(|call| code.match_indices(call).map(|(at, call)| (at, call.len())));
    let (at, length) = calls.next().filter(|_| calls.next().is_none())?;
    let line = code[..at].rfind('\n').map_or(0, |end| end + 1);
    if code[line..at].contains('#') {
        return None;
    }
    let inside = arguments(&code[at + length..])?;
    let port = argument(inside, "port").and_then(number_of_r);
    let by_option = || argument(code, "shiny.port").and_then(number_of_r);
    let loopback = match argument(inside, "host") {
        Some(host) => {
            let host = host.trim_start().trim_matches(['\'', '"']);
            let host = host.split(['\'', '"']).next().unwrap_or_default();
            is_loopback(host).then(|| OnlyHere::given(host))
        }
        None if inside.contains("...") || code.contains(".host") || code.contains("HOST") => None,
        None => Some(OnlyHere::by_default()),
    };
    Some(InR { port: port.or_else(by_option), loopback, range: at..at + length - 1 })
}

/// The text behind `name =`.
fn argument<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    text.match_indices(name).find_map(|(at, _)| {
        let before = text[..at].chars().next_back();
        let is_whole = before.is_none_or(|char| !(char.is_alphanumeric() || matches!(char, '.' | '_')));
        text[at + name.len()..].trim_start().strip_prefix('=').filter(|_| is_whole).map(str::trim_start)
    })
}

/// `3838`, `8000L`, `as.integer(Sys.getenv("PORT", 8000))`.
fn number_of_r(text: &str) -> Option<(u16, Option<String>)> {
    let digits = |text: &str| {
        let text = text.trim_start().trim_start_matches(['\'', '"']);
        text[..text.len() - text.trim_start_matches(|char: char| char.is_ascii_digit()).len()].parse::<u16>().ok()
    };
    if let Some(port) = digits(text) {
        return Some((port, None));
    }
    let (before, rest) = text.split_once("Sys.getenv(")?;
    let is_near = before.chars().all(|char| char.is_ascii_alphabetic() || matches!(char, '.' | '('));
    let (name, default) = arguments(rest).filter(|_| is_near)?.split_once(',')?;
    let default = default.rsplit('=').next().unwrap_or(default);
    Some((digits(default)?, Some(name.trim().trim_matches(['\'', '"']).to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_of_r_are_read() {
        let port = |code: &str| in_r(code).and_then(|found| found.port);
        assert_eq!(port("shiny::runApp('.', host='0.0.0.0', port=3838)"), Some((3838, None)));
        assert_eq!(port("pr_run(pr, port = 8000L)"), Some((8000, None)));
        assert_eq!(
            port("runApp(port = as.integer(Sys.getenv('PORT', '8080')))"),
            Some((8080, Some("PORT".to_owned())))
        );
        assert_eq!(port("options(shiny.port = 7860)\nrunApp()"), Some((7860, None)));
        assert_eq!(port("# runApp(port = 1)"), None);
        let loopback = |code: &str| in_r(code).unwrap().loopback;
        assert_eq!(loopback("runApp('.', port=1, host='0.0.0.0')"), None);
        assert_eq!(loopback("runApp('.', port=1)"), Some(OnlyHere::by_default()));
        assert_eq!(loopback("runApp('.', host = \"127.0.0.1\")"), Some(OnlyHere::given("127.0.0.1")));
    }
}
