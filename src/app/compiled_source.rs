//! Source code of a compiled language: whether it is a server, and where it listens.

use super::model::{Evidence, Seen};
use super::paths::{folder_of, has_ending};
use super::project::Project;
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

/// The port in the code of a file or its neighbours: `":8080"`, `("0.0.0.0", 3000)`, `([0, 0, 0, 0], 3000)`.
pub(super) fn port(project: &Project<'_>, file: &str) -> Option<Seen<u16>> {
    beside(project, file).find_map(|file| {
        let code = javascript::without_comments(file.text()?);
        let found = code.lines().enumerate().find_map(|(number, line)| Some((port_in(line)?, number + 1)))?;
        Some(Seen::usual(found.0, Evidence::line(file.path(), found.1, format!("listens on {}", found.0))))
    })
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
        digits.parse::<u16>().ok().filter(|port| *port >= crate::facts::limits::APP_PORT_MIN)
    };
    let after = line.match_indices(':').map(|(at, _)| &line[at + 1..]).find_map(number);
    let argument = || line.match_indices([',', '"', '(']).map(|(at, _)| line[at + 1..].trim_start()).find_map(number);
    after.or_else(argument)
}
