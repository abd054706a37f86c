//! The paths in CONTRIBUTING.md are correct.

use super::graph::FLOORS;
use crate::support::{files_under, root};

/// The text under a heading.
fn section(heading: &str) -> String {
    let text = fs_err::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let (_, rest) = text.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no heading `{heading}`"));
    rest.split("\n## ").next().unwrap().to_owned()
}

/// The modules of a table of floors with their numbers, as its rows have them.
fn floors(table: &str) -> Vec<(String, String)> {
    let rows = table.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        let (floor, module) = (cells.next()?, cells.next()?);
        let module = module.strip_prefix("`src/")?.strip_suffix('`')?;
        Some((floor.to_owned(), module.trim_end_matches(".rs").trim_end_matches('/').to_owned()))
    });
    rows.collect()
}

/// The rows of a list, each with its text in backticks.
fn rows(list: &str) -> Vec<(&str, Vec<&str>)> {
    let rows = list.split("\n- ").skip(1).map(|row| {
        let named = row.split('`').skip(1).step_by(2).filter(|named| !named.contains(' '));
        (row.split("**").nth(1).unwrap_or(row), named.collect())
    });
    rows.collect()
}

fn is_path(named: &str) -> bool {
    let endings = [".rs", ".toml", ".md", ".j2", ".snap"];
    named.contains('/') && named.starts_with(char::is_alphanumeric)
        || endings.iter().any(|ending| named.len() > ending.len() && named.ends_with(ending))
}

/// The name of a type.
fn is_type(named: &str) -> bool {
    named.starts_with(|char: char| char.is_ascii_uppercase()) && named.chars().all(char::is_alphanumeric)
}

/// `a{b,c}d` is `abd` and `acd`.
fn alternatives(path: &str) -> Vec<String> {
    let Some((before, rest)) = path.split_once('{') else { return vec![path.to_owned()] };
    let (names, after) = rest.split_once('}').unwrap();
    names.split(',').flat_map(|name| alternatives(&format!("{before}{name}{after}"))).collect()
}

/// Whether a file is at a path, or below it, in which `<name>` matches any text within one path component.
fn fits(path: &str, file: &str) -> bool {
    let Some((before, rest)) = path.split_once('<') else {
        return file == path || path.ends_with('/') && file.starts_with(path);
    };
    let (_, after) = rest.split_once('>').unwrap();
    let Some(rest) = file.strip_prefix(before) else { return false };
    let folder = rest.find('/').unwrap_or(rest.len());
    rest.char_indices()
        .map(|(at, char)| at + char.len_utf8())
        .take_while(|at| *at <= folder)
        .any(|at| fits(after, &rest[at..]))
}

/// What a row names that does not exist: a path, or a type in none of its files.
fn missing(named: &[&str], files: &[String]) -> Vec<String> {
    let (paths, others): (Vec<&str>, Vec<&str>) = named.iter().partition(|named| is_path(named));
    let paths: Vec<String> = paths.into_iter().flat_map(alternatives).collect();
    let there: Vec<&String> = files.iter().filter(|file| paths.iter().any(|path| fits(path, file))).collect();
    let has = |name: &str| {
        let mut texts = there.iter().filter_map(|file| fs_err::read_to_string(root().join(file)).ok());
        texts.any(|text| text.contains(name))
    };
    let types = others.into_iter().filter(|name| is_type(name) && !has(name)).map(str::to_owned);
    paths.iter().filter(|path| !files.iter().any(|file| fits(path, file))).cloned().chain(types).collect()
}

/// The files of this repository that people write.
fn files() -> Vec<String> {
    let mut files = Vec::new();
    for folder in ["src", "tests", "templates", "docs", "snapshots", "benches"] {
        files.extend(files_under(&root().join(folder)).into_iter().map(|file| format!("{folder}/{file}")));
    }
    files
}

#[test]
fn the_table_of_floors_is_the_enforced_one() {
    let floors = floors(&section("Where things are"));
    let held = FLOORS.iter().enumerate().flat_map(|(floor, modules)| modules.iter().map(move |name| (floor, name)));
    let held: Vec<_> = held.map(|(floor, name)| (floor.to_string(), (*name).to_owned())).collect();
    assert_eq!(floors, held);
}

#[test]
fn every_place_to_add_something_exists() {
    let (section, files) = (section("To add ..."), files());
    let rows = rows(&section);
    assert!(rows.len() > 8, "too few rows: {rows:?}");
    for (what, named) in rows {
        assert!(named.iter().any(|named| is_path(named)), "{what}: no path is named");
        assert_eq!(missing(&named, &files), Vec::<String>::new(), "{what}");
    }
}

#[test]
fn places_that_do_not_exist_are_found() {
    let list =
        "\n- **a thing**: `src/lib.rs`, its `Missing` and\n  `Catalog`, `cargo test a/b`, `//!`.\n- **two**: `lib.rs`";
    let rows = rows(list);
    assert_eq!(rows, [("a thing", vec!["src/lib.rs", "Missing", "Catalog", "//!"]), ("two", vec!["lib.rs"])]);
    let files = ["src/lib.rs", "tests/cases/new/flask/minimal.toml", "tests/cases/check/x/bad-y.md"].map(str::to_owned);
    assert_eq!(missing(&rows[0].1, &files), ["Missing"]);
    assert_eq!(missing(&rows[1].1, &files), ["lib.rs"]);
    let named = ["tests/cases/new/<name>/minimal.toml", "tests/cases/new/", "tests/cases/<name>/", "src/<name>/x.rs"];
    assert_eq!(missing(&named, &files), ["src/<name>/x.rs"]);
    assert_eq!(
        missing(&["tests/cases/check/<rule>/{bad,good}-<what>.md"], &files),
        ["tests/cases/check/<rule>/good-<what>.md"]
    );
    assert_eq!(
        floors("| floor | module |\n|---|---|\n| 0 | `src/a.rs` | x |\n| 1 | `src/b/` | y |\n|  | `docs/` | z |\n"),
        [("0".to_owned(), "a".to_owned()), ("1".to_owned(), "b".to_owned())]
    );
}
