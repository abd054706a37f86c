//! Rebuilds when a file is added under `templates/`, which `include_dir!` does not notice by itself, translates the manifests there
//! into JSON, lists the rules with their documentation (see `src/check/rules/mod.rs`), and links a smaller program where the linker can.

#![expect(clippy::disallowed_methods, reason = "a file that is missing is named below")]

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use miniz_oxide::deflate::compress_to_vec;

/// The level of compression: the program is built once and read often.
const BEST: u8 = 10;
const RULES: &str = "src/check/rules";
const TEMPLATES: &str = "templates";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={TEMPLATES}");
    println!("cargo::rerun-if-changed={RULES}");
    let folder = Path::new(RULES);
    let list = fs::read_to_string(folder.join("mod.rs"))?;
    let mut docs = String::new();
    let mut table = String::from(
        "/// Every rule, in the order of their ids.\n#[expect(clippy::unreadable_literal, reason = \"generated\")]\n\
         pub(super) static RULES: &[Rule] = &[\n",
    );
    for module in list.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';')) {
        let path = folder.join(format!("{module}.rs"));
        let source = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let start = docs.len();
        docs.push_str(&for_people(&documentation(&source)));
        writeln!(table, "    {module}::RULE.documented({start}..{}),", docs.len())?;
    }
    table.push_str("];\n");
    fs::write(out()?.join("rules.rs"), table)?;
    fs::write(out()?.join("rules.deflate"), compress_to_vec(docs.as_bytes(), BEST))?;
    translate_manifests()?;
    link_small()
}

/// Writes the manifests of the templates and targets, and the pins, as JSON: reading them as TOML took a tenth of the work of a new
/// Space, and as JSON it takes a quarter of that.
fn translate_manifests() -> Result<(), Box<dyn Error>> {
    let templates = Path::new(TEMPLATES);
    let folders = |folder: &Path| fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>();
    let of_templates = folders(templates)?.into_iter().map(|folder| folder.join("template.toml"));
    let of_targets = folders(&templates.join("targets"))?.into_iter().map(|folder| folder.join("target.toml"));
    let mut manifests: Vec<PathBuf> = of_templates.chain(of_targets).filter(|path| path.is_file()).collect();
    manifests.sort();
    let mut table = String::from("&[\n");
    for path in manifests {
        let name = path.strip_prefix(templates)?.components().map(|part| part.as_os_str().to_string_lossy());
        writeln!(table, "    ({:?}, {:?}),", name.collect::<Vec<_>>().join("/"), in_json(&path)?)?;
    }
    fs::write(out()?.join("manifests.rs"), table + "]\n")?;
    fs::write(out()?.join("pins.json"), in_json(&templates.join("pins.toml"))?)?;
    Ok(())
}

/// A file in TOML, in JSON.
fn in_json(path: &Path) -> Result<String, Box<dyn Error>> {
    let fail = |error: &dyn Error| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| fail(&error))?;
    let value: toml::Value = toml::from_str(&text).map_err(|error| fail(&error))?;
    Ok(serde_json::to_string(&value)?)
}

fn out() -> Result<PathBuf, Box<dyn Error>> {
    Ok(PathBuf::from(env::var("OUT_DIR")?))
}

/// Links the release program for x86-64 as `packaging/small.ld` says, or at least at a fixed address, if a small program that is linked
/// in this way runs: linkers differ, and a larger program is better than none.
fn link_small() -> Result<(), Box<dyn Error>> {
    const SCRIPT: &str = "packaging/small.ld";
    const TARGET: &str = "x86_64-unknown-linux-gnu";
    println!("cargo::rerun-if-changed={SCRIPT}");
    println!("cargo::rerun-if-env-changed=CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|is| is == value);
    if !(is("PROFILE", "release") && is("TARGET", TARGET) && is("HOST", TARGET)) {
        return Ok(());
    }
    let layout = format!("-Wl,-T,{}", Path::new(&env::var("CARGO_MANIFEST_DIR")?).join(SCRIPT).display());
    // Functions of the same code become one
    let small = ["-no-pie", layout.as_str(), "-Wl,--no-eh-frame-hdr", "-Wl,--icf=all"];
    for arguments in [&small[..], &small[..3], &small[..1]] {
        if works(arguments)? {
            for argument in arguments {
                println!("cargo::rustc-link-arg-bins={argument}");
            }
            break;
        }
    }
    Ok(())
}

/// Whether a program that is linked with these arguments runs.
fn works(arguments: &[&str]) -> Result<bool, Box<dyn Error>> {
    let (source, program) = (out()?.join("tried.rs"), out()?.join("tried"));
    fs::write(&source, "fn main() { println!(\"{:?}\", std::env::args()); }")?;
    let mut compiler = Command::new(env::var("RUSTC")?);
    compiler.args(["--edition=2024", "-Cpanic=abort", "--target"]).arg(env::var("TARGET")?);
    compiler.args(env::var("RUSTC_LINKER").iter().map(|linker| format!("-Clinker={linker}")));
    compiler
        .args(env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default().split('\x1f').filter(|flag| !flag.is_empty()));
    compiler.args(arguments.iter().map(|argument| format!("-Clink-arg={argument}")));
    compiler.arg("-o").arg(&program).arg(&source);
    let runs = |command: &mut Command| {
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    Ok(runs(&mut compiler) && runs(&mut Command::new(program)))
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
