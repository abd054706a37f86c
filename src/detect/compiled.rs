//! Apps in Go and in Rust.

use super::model::{Evidence, Framework};
use super::project::{Project, folder_of, has_ending, is_aside, within};
use super::python_apps::Candidate;

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
    let files = project.repo.files().filter(|file| has_ending(file.name(), "go") && !is_aside(file.path()));
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
    programs.take(64).map(candidate).collect()
}

/// Whether the folder of a file has a server in it.
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
    let folder = folder_of(path);
    let ending = path.rsplit('.').next().unwrap_or_default();
    let beside = project.repo.files().filter(|file| folder_of(file.path()) == folder && file.path().ends_with(ending));
    beside.take(64).filter_map(|file| file.text()).any(|text| SIGNS.iter().any(|sign| text.contains(sign)))
}

/// The package of a `Cargo.toml` at the root.
fn rust(project: &Project<'_>) -> Vec<Candidate> {
    let files = ["src/main.rs"].into_iter().chain(
        project
            .repo
            .files()
            .map(|file| file.path())
            .filter(|path| path.starts_with("src/bin/") && has_ending(path, "rs")),
    );
    if cargo_name(project).is_none() {
        return Vec::new();
    }
    let candidate = |path: &str| Candidate {
        framework: Framework::Rust,
        file: path.to_owned(),
        object: None,
        evidence: vec![project.line_with(path, "fn main", "has `fn main`")],
        strength: if listens(project, path) { 20 } else { 0 },
    };
    files.filter(|path| project.repo.get(path).is_some()).take(16).map(candidate).collect()
}

/// The name of the package.
fn cargo_name(project: &Project<'_>) -> Option<String> {
    let manifest: toml::Table = project.repo.text("Cargo.toml")?.parse().ok()?;
    Some(manifest.get("package")?.get("name")?.as_str()?.to_owned())
}

/// The name of the program that is built.
fn program(project: &Project<'_>, framework: Framework, file: &str) -> String {
    let folder = folder_of(file);
    if framework == Framework::Rust {
        let own = file.strip_prefix("src/bin/").and_then(|name| name.strip_suffix(".rs")).map(str::to_owned);
        return own.or_else(|| cargo_name(project)).unwrap_or_else(|| "app".to_owned());
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
    let folder = folder_of(file);
    let ending = file.rsplit('.').next().unwrap_or_default();
    let beside = project.repo.files().filter(|other| other.path() == file).chain(
        project.repo.files().filter(|other| folder_of(other.path()) == folder && other.path().ends_with(ending)),
    );
    beside.take(64).find_map(|file| {
        let code = super::javascript::without_comments(file.text()?);
        let found = code.lines().enumerate().find_map(|(number, line)| Some((port_in(line)?, number + 1)))?;
        Some((found.0, Evidence::line(file.path(), found.1, format!("listens on {}", found.0))))
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
        digits.parse::<u16>().ok().filter(|port| *port >= crate::hub::limits::APP_PORT_MIN)
    };
    let after = line.match_indices(':').map(|(at, _)| &line[at + 1..]).find_map(number);
    let argument = || line.match_indices([',', '"', '(']).map(|(at, _)| line[at + 1..].trim_start()).find_map(number);
    after.or_else(argument)
}
