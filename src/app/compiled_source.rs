//! Source code of a compiled language: whether it is a server, and where it listens.

use super::model::{Evidence, Note, Seen};
use super::paths::{folder_of, has_ending};
use super::project::Project;
use crate::facts::limits::{APP_PORT_DEFAULT, APP_PORT_MIN};
use crate::formats::javascript;
use crate::repo::File;

/// Larger source files are generated.
pub(super) const BYTES_MAX: u64 = 128 * 1024;

/// The maximum number of programs, and of files beside each.
pub(super) const FILES_MAX: usize = 16;

/// Whether a file, or one beside it, is a server.
pub(super) fn listens(project: &Project<'_>, path: &str) -> bool {
    const SIGNS: [&str; 8] = [
        "ListenAndServe",
        "gin.Default",
        "gin.New",
        "fiber.New",
        "echo.New",
        "TcpListener::bind",
        "axum::",
        "HttpServer::new",
    ];
    beside(project, path).filter_map(|file| file.text()).any(|text| SIGNS.iter().any(|sign| text.contains(sign)))
}

/// A file, and some files of the same language in its folder.
fn beside<'p>(project: &'p Project<'_>, path: &'p str) -> impl Iterator<Item = &'p File> {
    let folder = folder_of(path);
    let ending = path.rsplit('.').next().unwrap_or_default();
    let others = project.repo.files().filter(move |other| {
        other.path() != path && folder_of(other.path()) == folder && has_ending(other.path(), ending)
    });
    project.repo.get(path).into_iter().chain(others.take(FILES_MAX)).filter(|file| file.size() <= BYTES_MAX)
}

/// The port in the code of a file or its neighbours: `":8080"`, `("0.0.0.0", 3000)`, `([0, 0, 0, 0], 3000)`, otherwise a
/// constant that is named after it.
pub(super) fn port(project: &Project<'_>, file: &str) -> Option<Seen<u16>> {
    let read = |find: fn(&str) -> Option<u16>| {
        beside(project, file).find_map(|file| {
            let code = javascript::without_comments(file.text()?);
            let found = code.lines().enumerate().find_map(|(number, line)| Some((find(line)?, number + 1)))?;
            Some(Seen::usual(found.0, Evidence::line(file.path(), found.1, format!("listens on {}", found.0))))
        })
    };
    read(port_in).or_else(|| read(declared))
}

/// A note about a server whose port is not known, unless it reads the variable that the image sets.
pub(super) fn unknown_port(project: &Project<'_>, file: &str) -> Option<Note> {
    const CALLS: [&str; 5] = ["ListenAndServe(", "ListenAndServeTLS(", ".Listen(", "TcpListener::bind(", ".bind("];
    let files = || beside(project, file).filter_map(|file| Some((file, javascript::without_comments(file.text()?))));
    // Gin reads it by itself
    if files().any(|(_, code)| code.contains("PORT") || code.contains(".Run()")) {
        return None;
    }
    let at_call = files().find_map(|(file, code)| {
        let call = |line: &str| {
            CALLS.iter().any(|call| line.split_once(call).is_some_and(|(_, rest)| !rest.starts_with([')', '|'])))
        };
        let line = code.lines().position(call)?;
        Some(Evidence::line(file.path(), line + 1, "listens"))
    })?;
    let help = format!("{APP_PORT_DEFAULT} is used: give the port if it is another");
    Some(Note::new("the port of the server is unknown").help(help).or_answer_to("port").seen(at_call))
}

/// The number of a constant or variable such as `Port`, `DEFAULT_PORT`, `serverAddr`.
fn declared(line: &str) -> Option<u16> {
    const WORDS: [&str; 9] = ["api", "app", "bind", "default", "http", "listen", "server", "service", "web"];
    let (before, value) = line.split_once('=')?;
    let before = before.trim_end_matches(':').split(':').next()?;
    let mut parts = before.split_whitespace().skip_while(|word| {
        matches!(*word, "const" | "var" | "let" | "mut" | "static" | "pub") || word.starts_with("pub(")
    });
    let name = parts.next().filter(|name| name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_'))?;
    let lower = name.to_ascii_lowercase();
    let rest = ["port", "address", "addr"].iter().find_map(|end| lower.strip_suffix(end))?;
    let mut rest = rest.trim_end_matches('_');
    while let Some(word) = WORDS.iter().find(|word| rest.ends_with(**word)) {
        rest = rest[..rest.len() - word.len()].trim_end_matches('_');
    }
    // `Port`, and not `databasePort`
    let value = value.trim().trim_end_matches([';', ',']).trim_matches('"');
    let number = value.rsplit(':').next()?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse().ok().filter(|port| rest.is_empty() && is_number && *port >= APP_PORT_MIN)
}

/// The loopback address in a line that listens.
pub(super) fn loopback(project: &Project<'_>, evidence: &Evidence) -> Option<Seen<String>> {
    const HOSTS: [(&str, &str); 4] = [
        ("\"localhost:", "localhost"),
        ("\"127.0.0.1:", "127.0.0.1"),
        ("\"127.0.0.1\"", "127.0.0.1"),
        ("[127, 0, 0, 1]", "127.0.0.1"),
    ];
    let line = evidence.line.and_then(|line| project.repo.text(&evidence.path)?.lines().nth(line - 1))?;
    let (_, host) = HOSTS.iter().find(|(written, _)| line.contains(written))?;
    Some(Seen::certain((*host).to_owned(), evidence.clone()))
}

fn port_in(line: &str) -> Option<u16> {
    let speaks =
        ["isten", "Run(", "Start(", "Addr", "addr", "bind(", "port", "PORT"].iter().any(|word| line.contains(word));
    if !speaks {
        return None;
    }
    let number = |text: &str| {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u16>().ok().filter(|port| *port >= APP_PORT_MIN)
    };
    let after = line.match_indices(':').map(|(at, _)| &line[at + 1..]).find_map(number);
    let argument = || line.match_indices([',', '"', '(']).map(|(at, _)| line[at + 1..].trim_start()).find_map(number);
    after.or_else(argument)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_that_is_named_after_the_port_is_read() {
        for (line, port) in [
            ("const Port = \"8080\"", Some(8080)),
            ("var Port = \"8080\"", Some(8080)),
            ("\tPort = 8080", Some(8080)),
            ("const ServerPort int = 8081", Some(8081)),
            ("const Addr = \":8082\"", Some(8082)),
            ("const PORT: u16 = 3000;", Some(3000)),
            ("pub(crate) static DEFAULT_PORT: u16 = 3001;", Some(3001)),
            ("let port = 3002;", Some(3002)),
            ("const DatabasePort = 5432", None),
            ("SMTPPort = 2525", None),
            ("support = 4000", None),
            ("const Port = 80", None),
            ("if Port == 8080 {", None),
            ("config.Port = 8080", None),
        ] {
            assert_eq!(declared(line), port, "{line}");
        }
    }
}
