//! The environment that a program in Rust or Go reads.

use crate::app::compiled_source::BYTES_MAX;
use crate::app::environment::{self, Environment};
use crate::app::model::{App, Evidence};
use crate::app::paths::{folder_of, has_ending, within};
use crate::app::project::{Project, is_aside};
use crate::app::start::servers::is_loopback;
use crate::formats::environment_calls::{Helper, Language};
use crate::repo::{File, Lines};

/// The maximum number and total size of the source files.
const SOURCES_MAX: usize = 200;
const TOTAL_MAX: u64 = 4 * 1024 * 1024;

/// Adds the names that a program reads from its environment.
pub(super) fn fill(project: &Project<'_>, app: &mut App) {
    let language = if has_ending(&app.file, "rs") { Language::Rust } else { Language::Go };
    let folder = package(project, language, &app.file);
    let sources: Vec<(&File, String)> = sources(project, language, &folder, &app.file)
        .into_iter()
        .filter_map(|file| Some((file, language.code(file.text()?))))
        .collect();
    let helpers: Vec<Helper> = sources.iter().flat_map(|(_, code)| language.helpers(code)).take(SOURCES_MAX).collect();
    let mut read = Environment::new();
    for (file, code) in &sources {
        let lines = Lines::of_text(code);
        for variable in language.variables(code, &helpers) {
            let why = format!("reads `{}`", variable.name);
            let evidence = Evidence::line(file.path(), lines.line(variable.at), why);
            environment::add_compiled(&mut read, variable, evidence);
        }
    }
    for folder in [folder.as_str(), ""] {
        for (name, found) in environment::of_example(project, folder) {
            read.entry(name).or_insert(found);
        }
    }
    // Where it listens follows from other answers
    read.retain(|name, read| !name.ends_with("PORT") && !read.default.as_deref().is_some_and(is_listening));
    environment::fill(read, app);
}

/// Whether a value is an address to listen on: `:8080`, `127.0.0.1:8080`, `0.0.0.0`.
fn is_listening(value: &str) -> bool {
    let is_port = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let host = value.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(value, |(host, _)| host);
    is_loopback(host) || matches!(host, "0.0.0.0" | "[::]" | "::") || (host.is_empty() && !value.is_empty())
}

/// The folder of the package that has a program.
fn package(project: &Project<'_>, language: Language, file: &str) -> String {
    let manifest = match language {
        Language::Rust => "Cargo.toml",
        Language::Go => "go.mod",
    };
    let mut folder = folder_of(file);
    while !folder.is_empty() && project.repo.get(&within(folder, manifest)).is_none() {
        folder = folder_of(folder);
    }
    folder.to_owned()
}

/// The source files that may be compiled into a program.
fn sources<'r>(project: &Project<'r>, language: Language, package: &str, main: &str) -> Vec<&'r File> {
    let (ending, prefix) = match language {
        Language::Rust => ("rs", within(package, "src/")),
        Language::Go if package.is_empty() => ("go", String::new()),
        Language::Go => ("go", format!("{package}/")),
    };
    // Other programs of the package
    let is_other = |file: &File| match language {
        Language::Rust => {
            let programs = within(package, "src/bin/");
            let own = main.strip_suffix("main.rs").unwrap_or(main);
            let is_main = file.path() == within(package, "src/main.rs");
            let is_of_own = main.starts_with(&programs) && file.path().starts_with(own);
            file.path() != main && (is_main || (file.path().starts_with(&programs) && !is_of_own))
        }
        Language::Go => {
            file.name().ends_with("_test.go")
                || (folder_of(file.path()) != folder_of(main)
                    && file.text().is_none_or(|text| text.lines().any(|line| line.trim_end() == "package main")))
        }
    };
    let mut left = TOTAL_MAX;
    let is_source = |file: &&File| {
        (file.path() == main || (has_ending(file.name(), ending) && file.path().starts_with(&prefix)))
            && !is_aside(file.path())
            && file.size() <= BYTES_MAX
            && !is_other(file)
    };
    let fitting = project.repo.files().filter(is_source).take(SOURCES_MAX).take_while(|file| {
        left = left.saturating_sub(file.size());
        left > 0
    });
    fitting.collect()
}
