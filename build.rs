//! Rebuilds when a file is added under `templates/`, which `include_dir!` does not notice by itself, and lists the rules with their
//! documentation: see `src/check/rules/mod.rs`.

#![expect(clippy::disallowed_methods, reason = "the build depends on no crate; a file that is missing is named below")]

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const RULES: &str = "src/check/rules";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed={RULES}");
    let folder = Path::new(RULES);
    let list = fs::read_to_string(folder.join("mod.rs"))?;
    let mut table = String::from("/// Every rule, in the order of their ids.\npub(super) static RULES: &[Rule] = &[\n");
    for module in list.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';')) {
        let path = folder.join(format!("{module}.rs"));
        let source = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        writeln!(table, "    {module}::RULE.documented({:?}),", for_people(&documentation(&source)))?;
    }
    table.push_str("];\n");
    fs::write(Path::new(&std::env::var("OUT_DIR")?).join("rules.rs"), table)?;
    Ok(())
}

/// The `//!` comment at the top of a file.
fn documentation(source: &str) -> String {
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
}

/// The documentation without what only the tests need: the words after the file name of a code block, and whole blocks that are
/// `hidden` or that remove a file (`!name`).
fn for_people(docs: &str) -> String {
    let mut shown = String::new();
    let mut lines = docs.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else {
            shown.push_str(line);
            shown.push('\n');
            continue;
        };
        let mut words = info.split(' ');
        let name = words.next().unwrap_or_default();
        let is_hidden = name.starts_with('!') || words.any(|word| word == "hidden");
        let block = lines.by_ref().take_while(|line| *line != "```");
        if is_hidden {
            block.for_each(drop);
            continue;
        }
        let block: String = block.map(|line| format!("{line}\n")).collect();
        shown.push_str(&format!("```{name}\n{block}```\n"));
    }
    shown
}
