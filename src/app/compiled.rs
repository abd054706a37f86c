//! Apps in Go and in Rust.

use super::cargo;
use super::model::{Evidence, Framework};
use super::project::{Project, folder_of, has_ending, is_aside, within};
use super::python_apps::Candidate;
use crate::repo::File;

/// Every program that a `go.mod` or a `Cargo.toml` builds.
pub(super) fn find(project: &Project<'_>) -> Vec<Candidate> {
    let mut found = go(project);
    found.extend(rust(project));
    found
}

/// Files of `package main` with a `func main`.
fn go(project: &Project<'_>) -> Vec<Candidate> {
    if project.repo.get("go.mod").is_none() {
        return Vec::new();
    }
    let files = project
        .repo
        .files()
        .filter(|file| has_ending(file.name(), "go") && !is_aside(file.path()) && file.size() <= BYTES_MAX);
    let programs = files.filter_map(|file| {
        let code = super::javascript::without_comments(file.text()?);
        let is_main = code.lines().any(|line| line.trim() == "package main");
        let line = code.lines().position(|line| line.starts_with("func main("))?;
        is_main.then(|| (file.path(), line + 1))
    });
    let candidate = |(path, line): (&str, usize)| Candidate {
        framework: Framework::Go,
        file: path.to_owned(),
        object: None,
        evidence: vec![Evidence::line(path, line, "has `func main`")],
        strength: if listens(project, path) { 20 } else { 0 },
    };
    programs.take(BESIDE_MAX).map(candidate).collect()
}

/// Larger files of source are generated.
const BYTES_MAX: u64 = 128 * 1024;

/// So many files beside a program are looked at.
const BESIDE_MAX: usize = 16;

/// Whether a file, or one beside it, is a server.
fn listens(project: &Project<'_>, path: &str) -> bool {
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

/// A file, and some of those in its folder that are of its language.
fn beside<'p>(project: &'p Project<'_>, path: &'p str) -> impl Iterator<Item = &'p File> {
    let folder = folder_of(path);
    let ending = path.rsplit('.').next().unwrap_or_default();
    let others = project.repo.files().filter(move |other| {
        other.path() != path && folder_of(other.path()) == folder && has_ending(other.path(), ending)
    });
    project.repo.get(path).into_iter().chain(others.take(BESIDE_MAX)).filter(|file| file.size() <= BYTES_MAX)
}

/// What a manifest adds that names the program by `default-run`.
const DEFAULT: i32 = 60;

/// The programs that a `Cargo.toml` at the root builds.
fn rust(project: &Project<'_>) -> Vec<Candidate> {
    let candidate = |program: cargo::Program| {
        let mut evidence = vec![project.line_with(&program.file, "fn main", "has `fn main`")];
        let mut strength = if listens(project, &program.file) { 20 } else { 0 };
        if let Some(manifest) = &program.default_in {
            evidence.push(project.line_with(manifest, "default-run", "runs it by default"));
            strength += DEFAULT;
        }
        Candidate { framework: Framework::Rust, file: program.file, object: None, evidence, strength }
    };
    cargo::programs(project.repo).into_iter().take(BESIDE_MAX).map(candidate).collect()
}

/// The name of the program that is built.
fn program(project: &Project<'_>, framework: Framework, file: &str) -> String {
    let folder = folder_of(file);
    if framework == Framework::Rust {
        let built = cargo::programs(project.repo).into_iter().find(|program| program.file == file);
        return built.map_or_else(|| "app".to_owned(), |program| program.name);
    }
    if !folder.is_empty() {
        return folder.rsplit('/').next().unwrap_or("app").to_owned();
    }
    let module = project.repo.text("go.mod").and_then(|text| {
        text.lines()
            .find_map(|line| line.trim().strip_prefix("module ").map(|name| name.trim().trim_matches('"').to_owned()))
    });
    let name = module.as_deref().and_then(|module| module.rsplit('/').find(|part| !is_version(part)));
    name.unwrap_or("app").to_owned()
}

/// `v2`, at the end of the name of a module of Go.
fn is_version(part: &str) -> bool {
    part.strip_prefix('v').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The start command: the program, where the template puts it.
pub(super) fn command(project: &Project<'_>, framework: Framework, file: &str) -> Vec<String> {
    let name = program(project, framework, file);
    let plain =
        name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.')) && !name.is_empty();
    vec![within("/usr/local/bin", if plain { &name } else { "app" })]
}

/// The port in the code beside a file: `":8080"`, `("0.0.0.0", 3000)`, `([0, 0, 0, 0], 3000)`.
pub(super) fn port(project: &Project<'_>, file: &str) -> Option<(u16, Evidence)> {
    beside(project, file).find_map(|file| {
        let code = super::javascript::without_comments(file.text()?);
        let found = code.lines().enumerate().find_map(|(number, line)| Some((port_in(line)?, number + 1)))?;
        Some((found.0, Evidence::line(file.path(), found.1, format!("listens on {}", found.0))))
    })
}

/// The line beside a file that listens on this computer alone.
pub(super) fn loopback(project: &Project<'_>, evidence: &Evidence) -> bool {
    let line = evidence.line.and_then(|line| project.repo.text(&evidence.path)?.lines().nth(line - 1));
    line.is_some_and(|line| {
        ["\"localhost:", "\"127.0.0.1:", "\"127.0.0.1\"", "[127, 0, 0, 1]"].iter().any(|host| line.contains(host))
    })
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
