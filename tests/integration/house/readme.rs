//! The README is correct: its commands run, its table of flags comes from the questions.

use spaces_new::{Catalog, Kind, Question};

use crate::support::{Workspace, root};

const OPEN: &str = "<!-- flags -->\n";
const CLOSE: &str = "<!-- /flags -->";

/// The lines of a text's `sh` blocks that run the command, with continued lines joined.
fn commands(text: &str) -> Vec<String> {
    let mut commands = Vec::new();
    for block in text.split("```sh\n").skip(1) {
        let block = block.split("```").next().unwrap_or(block).replace("\\\n", " ");
        commands.extend(block.lines().filter(|line| line.starts_with("spaces-new")).map(str::to_owned));
    }
    commands
}

/// Runs a line in a shell that finds the command. The folder that it makes is removed if an earlier line made it.
#[cfg(unix)]
fn run(line: &str, workspace: &Workspace) {
    let words = shlex::split(line).unwrap();
    let value = |flag: &str| words.iter().position(|word| word == flag).and_then(|at| words.get(at + 1));
    if let Some(asset) = value("--asset") {
        workspace.write(asset, "an asset");
    }
    let subcommand = matches!(
        words.get(1).map(String::as_str),
        Some(
            "init"
                | "add"
                | "advise"
                | "templates"
                | "schema"
                | "completions"
                | "check"
                | "diagnose"
                | "try"
                | "rules"
                | "explain"
        )
    );
    let makes = words.get(1).filter(|word| !subcommand && !word.starts_with('-'));
    if let Some(made) = makes.map(|folder| workspace.path().join(folder)).filter(|folder| folder.is_dir()) {
        fs_err::remove_dir_all(made).unwrap();
    }
    let chosen = ["-t", "--template", "--answers", "--help", "--version"]
        .iter()
        .any(|flag| words.iter().any(|word| word == flag));
    // Replaces the answer to the prompt for the template.
    let choice = if makes.is_some() && !chosen { " --template gradio" } else { "" };
    let command = std::path::Path::new(env!("CARGO_BIN_EXE_spaces-new"));
    let path = format!("{}:{}", command.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut shell = workspace.program("sh");
    shell.arg("-c").arg(format!("{line}{choice}")).env("PATH", path);
    let output = shell.output().unwrap();
    assert!(output.status.success(), "{line}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[cfg(unix)]
#[test]
fn the_commands_of_the_readme_run() {
    let readme = fs_err::read_to_string(root().join("README.md")).unwrap();
    let commands = commands(&readme);
    assert!(!commands.is_empty(), "no `sh` block of README.md runs `spaces-new`");
    let workspace = Workspace::new();
    for line in commands {
        run(&line, &workspace);
    }
}

#[test]
fn a_continued_command_is_one_command() {
    let text = "```sh\nspaces-new a \\\n  --yes\ncargo test\n```\ntext\n```text\nspaces-new b\n```\n";
    assert_eq!(commands(text), ["spaces-new a    --yes"]);
}

/// The flags for answers, one per row.
fn table() -> String {
    let catalog = Catalog::builtin();
    let template = catalog.question();
    let questions = std::iter::once(&template).chain(catalog.questions());
    let rows = questions.map(row).collect::<String>();
    format!("| flag | meaning |\n|---|---|\n{rows}")
}

fn row(question: &Question) -> String {
    let short = question.short().map(|short| format!("-{short}, ")).unwrap_or_default();
    let value = if *question.kind() == Kind::Boolean { String::new() } else { format!(" {}", question.value_name()) };
    let meaning = question.help().replace('|', "\\|");
    format!("| `{short}--{}{value}` | {meaning} |\n", question.flag())
}

/// `UPDATE=1 cargo test` writes the table, other runs compare it.
#[test]
fn the_table_of_flags_is_made_from_the_questions() {
    let path = root().join("README.md");
    let readme = fs_err::read_to_string(&path).unwrap();
    let Some((before, rest)) = readme.split_once(OPEN) else { return };
    let (now, after) = rest.split_once(CLOSE).expect("the table of flags has no end");
    let table = table();
    if std::env::var_os("UPDATE").is_some() {
        fs_err::write(&path, format!("{before}{OPEN}{table}{CLOSE}{after}")).unwrap();
    } else {
        assert_eq!(now, table, "run `UPDATE=1 cargo test` to bring README.md up to date");
    }
}
