//! The README and the pages under `docs/` are correct: their commands run, their tables are made from the code.

use std::path::Path;

use spaces_new::{Catalog, Kind, Question};

use crate::support::{Workspace, files_under, is_generated, root, templates_by_use};

/// Whether a file is a page.
fn is_page(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|extension| extension == "md")
}

/// The README, and the pages under `docs/`.
fn pages() -> Vec<String> {
    let pages = files_under(&root().join("docs")).into_iter().filter(|file| is_page(file));
    std::iter::once("README.md".to_owned()).chain(pages.map(|page| format!("docs/{page}"))).collect()
}

fn read(file: &str) -> String {
    fs_err::read_to_string(root().join(file)).unwrap()
}

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
                | "publish"
                | "rules"
                | "explain"
                | "man"
                | "help"
        )
    );
    let makes = words.get(1).filter(|word| !subcommand && !word.starts_with('-'));
    if let Some(made) = makes.map(|folder| workspace.path().join(folder)).filter(|folder| folder.is_dir()) {
        fs_err::remove_dir_all(made).unwrap();
    }
    let chosen = ["-t", "--template", "--answers", "--help", "--version"]
        .iter()
        .any(|flag| words.iter().any(|word| word == flag));
    // Without the feature it only says how to get it; with it, nothing is sent
    let publishes = words.get(1).is_some_and(|word| word == "publish");
    if publishes && !cfg!(feature = "online") {
        return;
    }
    // Replaces the answer to the prompt for the template.
    let choice = match makes {
        _ if publishes && !line.contains("--dry-run") => " --dry-run",
        Some(_) if !chosen => " --template gradio",
        _ => "",
    };
    let command = std::path::Path::new(env!("CARGO_BIN_EXE_spaces-new"));
    let path = format!("{}:{}", command.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut shell = workspace.program("sh");
    // The flag stands before the comment
    let code = line.split("  #").next().filter(|_| publishes).unwrap_or(line);
    shell.arg("-c").arg(format!("{code}{choice}")).env("PATH", path);
    let output = shell.output().unwrap();
    assert!(output.status.success(), "{line}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// An app with a function, and the log of a build that failed: what the commands of the pages are about.
#[cfg(unix)]
fn prepared() -> Workspace {
    let workspace = Workspace::new();
    let app = "import gradio as gr\n\n\ndef reverse(text: str) -> str:\n    return text[::-1]\n\n\n\
               demo = gr.Interface(reverse, \"text\", \"text\")\n\nif __name__ == \"__main__\":\n    demo.launch()\n";
    workspace.write("my-app/app.py", app).write("my-app/requirements.txt", "gradio\n");
    let log = fs_err::read(root().join("tests/cases/diagnose/apt-package-gone.log")).unwrap();
    workspace.write("build.log", log);
    workspace.run("my-demo -t gradio --yes").ok();
    workspace
}

/// Those of `try` need an engine; its own tests have one that stands in.
#[cfg(unix)]
#[test]
fn the_commands_of_the_readme_and_of_the_pages_run() {
    let mut seen = 0;
    for page in pages() {
        let workspace = prepared();
        // `platforms.md` has a test of its own, which knows its app
        let text = if page == "docs/platforms.md" { String::new() } else { read(&page) };
        for line in commands(&text).iter().filter(|line| !line.starts_with("spaces-new try")) {
            run(line, &workspace);
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen}");
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

#[test]
fn the_table_of_flags_is_made_from_the_questions() {
    is_generated("docs/flags.md", "flags", &table());
}

#[test]
fn the_table_of_templates_is_made_from_the_catalogue() {
    let templates = templates_by_use().into_iter();
    let rows: String =
        templates.map(|template| format!("| `{}` | {} |\n", template.name(), template.summary())).collect();
    is_generated("docs/templates.md", "templates", &format!("| template | result |\n|---|---|\n{rows}"));
}

/// The lines of the README, which is a beginning and no manual.
const README_LINES: usize = 120;

#[test]
fn the_readme_is_short_and_has_gradio_streamlit_and_docker_first() {
    let readme = read("README.md");
    assert!(readme.lines().count() <= README_LINES, "{} lines: move some to docs/", readme.lines().count());
    let commands = commands(&readme);
    for (line, template) in commands.iter().zip(["-t gradio", "-t streamlit", "-t docker"]) {
        assert!(line.contains(template), "{line}");
    }
    let rust = format!("Rust {}", env!("CARGO_PKG_RUST_VERSION"));
    assert!(readme.contains(&rust), "the README does not say `{rust}`");
}

/// The times in the README are those of the page that says how they were measured.
#[test]
fn the_readme_has_no_time_of_its_own() {
    let (readme, page) = (read("README.md"), read("docs/speed.md"));
    let (_, section) = readme.split_once("\n## Speed\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let words: Vec<&str> = section.split_whitespace().collect();
    let times: Vec<&[&str]> = words.windows(2).filter(|pair| pair[1] == "ms").collect();
    assert!(times.len() > 2, "{section}");
    for time in times {
        assert!(page.contains(&format!("| {} ms |", time[0])), "docs/speed.md has no {} ms", time[0]);
    }
}

/// Nothing is published yet, so nothing may say so, and the address of the repository is in one place until it is known.
#[test]
fn nothing_says_that_something_is_published() {
    let texts = pages().into_iter().chain(["CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"].map(str::to_owned));
    let sources = files_under(&root().join("src")).into_iter().map(|file| format!("src/{file}"));
    for file in texts.chain(sources) {
        let text = read(&file);
        for words in
            ["cargo install spaces-new", "pip install spaces-new", "uvx spaces-new", "cargo binstall spaces-new"]
        {
            assert!(!text.contains(words), "{file}: {words}");
        }
        // The notebook of another repository has an address too
        let is_of_notebook =
            ["src/facts/platforms/colab.rs", "docs/platforms.md"].contains(&file.as_str()) || file.contains("colab");
        assert!(is_of_notebook || !text.contains("OWNER/REPO"), "{file}: the address is only in Cargo.toml");
    }
    let manifest = read("Cargo.toml");
    assert_eq!(manifest.matches("OWNER/REPO").count(), 1, "Cargo.toml");
    assert!(manifest.contains("\nrepository = \"https://github.com/OWNER/REPO\"\n"), "Cargo.toml");
}
