//! Where programs in R, Go and Java, and Vite, listen that the container starts.

use std::ops::Range;

use super::listening::{Listens, OnlyHere};
use super::servers::is_loopback;
use super::spring;
use super::startup::{Executed, Spot, only_server};
use super::vite;
use crate::app::image::contents::ImageFiles;
use crate::app::paths::has_ending;
use crate::formats::javascript::without_comments;
use crate::order::Order;

/// Longer files are generated.
const LARGEST: u64 = 128 * 1024;
/// The maximum number of files of a program.
const MOST_FILES: usize = 200;

/// Where the one program listens that the container starts, if that is a program in one of these languages.
pub(super) fn listens(files: &ImageFiles<'_, '_, '_>) -> Option<Listens> {
    let text = files.dockerfile.text;
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let (is_r, is_go) = (has(&["Rscript", "\"R\"", " R "]), has(&["go build", "go run", "go install"]));
    if !is_r && !is_go && !has(&["java", "vite", "npm", "yarn", "pnpm", "bun"]) {
        return None;
    }
    let (command, exports) = only_server(files)?;
    match command.program() {
        "R" | "Rscript" => of_r(&command, files),
        "java" if exports.is_empty() => spring::listens(&command, files),
        "npx" | "bunx" | "vite" | "pnpm" | "yarn" | "node" => vite::listens(&command, files),
        _ if is_go && exports.is_empty() && command.assignments.is_empty() => of_go(&command, files),
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
            is_loopback(host).then(|| OnlyHere(Some(host.to_owned())))
        }
        None if inside.contains("...") || code.contains(".host") || code.contains("HOST") => None,
        None => Some(OnlyHere(None)),
    };
    Some(InR { port: port.or_else(by_option), loopback, range: at..at + length - 1 })
}

/// What is between an open bracket and its partner.
fn arguments(text: &str) -> Option<&str> {
    let mut depth = 1_usize;
    let end = text.char_indices().find_map(|(at, char)| {
        match char {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    Some(&text[..end])
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

/// A program in Go: the one place in the sources of the one program that listens.
fn of_go(command: &Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Listens> {
    let is_source = |path: &str| has_ending(path, "go") && !path.ends_with("_test.go") && !path.contains("vendor/");
    let sources: Vec<_> = files.repo.files().filter(|file| is_source(file.path())).take(MOST_FILES + 1).collect();
    // Arguments may set another port
    if sources.len() > MOST_FILES || command.words.len() > 1 && command.program() != "go" {
        return None;
    }
    let mut found = None;
    let mut programs = 0;
    for file in sources {
        let code = without_comments(file.text().filter(|_| file.size() < LARGEST)?);
        programs += code.matches("\nfunc main(").count();
        for site in sites(&code) {
            if found.is_some() {
                return None;
            }
            found = Some((file.path().to_owned(), in_go(&code, site)?));
        }
    }
    let (path, site) = found.filter(|_| programs == 1)?;
    let started = command.through.first().map_or_else(|| command.spot().range, |spot| spot.range.clone());
    Some(Listens {
        port: Some(site.port),
        loopback: site.loopback.map(|host| OnlyHere(Some(host))),
        at: Spot { path, range: site.range },
        started,
    })
}

/// The offsets of the addresses that servers listen on.
fn sites(code: &str) -> Vec<usize> {
    const ALWAYS: [&str; 4] = ["ListenAndServe(", "ListenAndServeTLS(", "net.Listen(\"tcp\", ", ".Listen("];
    const OF_FRAMEWORKS: [&str; 2] = [".Run(", ".Start("];
    let is_framework = ["gin-gonic/gin", "labstack/echo"].iter().any(|name| code.contains(name));
    let words = ALWAYS.iter().chain(OF_FRAMEWORKS.iter().filter(|_| is_framework));
    let mut sites: Vec<usize> = words
        .flat_map(|word| code.match_indices(word).map(|(at, word)| at + word.len()))
        .filter(|at| !code[*at..].starts_with("\"tcp\""))
        .collect();
    sites.order();
    sites.dedup();
    sites
}

struct InGo {
    port: (u16, Option<String>),
    loopback: Option<String>,
    range: Range<usize>,
}

/// `":8080"`; or a name, if the code reads `PORT` and has one default for it.
fn in_go(code: &str, at: usize) -> Option<InGo> {
    let rest = &code[at..];
    if let Some(inner) = rest.strip_prefix('"') {
        let address = &inner[..inner.find('"')?];
        // `":" + port`
        if !inner[address.len() + 1..].trim_start().starts_with('+') {
            let (host, port) = address.rsplit_once(':')?;
            let loopback = is_loopback(host).then(|| host.to_owned());
            return Some(InGo { port: (port.parse().ok()?, None), loopback, range: at..at + address.len() + 2 });
        }
    }
    // Gin reads the variable itself
    if rest.starts_with(')') && code.contains("gin-gonic/gin") {
        return Some(InGo { port: (8080, Some("PORT".to_owned())), loopback: None, range: at..at });
    }
    if !code.contains("os.Getenv(") {
        return of_flag(code).map(|port| InGo { port: (port, None), loopback: None, range: at..at });
    }
    let (_, after) = code.split_once("os.Getenv(\"PORT\")")?;
    let near = &after[..after.floor_char_boundary(200)];
    let mut defaults = near.split('"').skip(1).step_by(2).filter_map(|text| text.trim_start_matches(':').parse().ok());
    let port = defaults.next()?;
    let end = rest.find([')', ',', '\n']).unwrap_or(rest.len());
    Some(InGo { port: (port, Some("PORT".to_owned())), loopback: None, range: at..at + end })
}

/// The default of the one flag for a port: `flag.Int("port", 8080, ..)`, `flag.String("addr", ":8080", ..)`.
fn of_flag(code: &str) -> Option<u16> {
    const NAMES: [&str; 6] = ["\"port\", ", "\"addr\", ", "\"listen\", ", "\"p\", ", "\"address\", ", "\"http\", "];
    let mut flags = ["flag.Int(", "flag.String("].into_iter().flat_map(|call| {
        code.match_indices(call).filter_map(move |(at, _)| {
            let rest = &code[at + call.len()..];
            NAMES.iter().find_map(|name| rest.strip_prefix(name))
        })
    });
    let value = flags.next().filter(|_| flags.next().is_none())?;
    let value = value.trim_start_matches('"').trim_start_matches("0.0.0.0").trim_start_matches(':');
    let digits = value.len() - value.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    value[..digits].parse().ok()
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
        assert_eq!(loopback("runApp('.', port=1)"), Some(OnlyHere(None)));
        assert_eq!(loopback("runApp('.', host = \"127.0.0.1\")"), Some(OnlyHere(Some("127.0.0.1".to_owned()))));
    }

    #[test]
    fn addresses_of_go_are_read() {
        let port = |code: &str| {
            let sites = sites(code);
            (sites.len() == 1).then(|| in_go(code, sites[0])).flatten().map(|found| found.port)
        };
        assert_eq!(port("http.ListenAndServe(\":8080\", nil)"), Some((8080, None)));
        let read = "p := os.Getenv(\"PORT\")\nif p == \"\" { p = \"9000\" }\nhttp.ListenAndServe(\":\" + p, nil)";
        assert_eq!(port(read), Some((9000, Some("PORT".to_owned()))));
        assert_eq!(port("http.ListenAndServe(addr, nil)"), None);
        assert_eq!(port("x.Run(\":1\")"), None);
    }
}
