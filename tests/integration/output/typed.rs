//! Typed text in errors that repeat it.

use super::safe::is_safe;
use crate::support::Workspace;

const EVIL: [&str; 4] = [
    "\u{1b}[31mX\u{7}\u{9b}31mX\u{7f}",
    "X\n::error::X\r::error::X\u{85}\u{2028}X",
    "X\u{202e}X\u{200f}\u{200b}\u{feff}X",
    "::add-mask::X ##[error]X ##vso[x]X",
];

#[test]
fn nothing_typed_is_printed_as_it_came() {
    let lines: [&[&str]; 22] = [
        &["check", "EVIL"],
        &["check", "good", "EVIL", "EVIL2"],
        &["check", "--only", "EVIL"],
        &["check", "--EVIL"],
        &["check", "--format", "EVIL"],
        &["check", "good", "--fail-on", "EVIL"],
        &["explain", "EVIL"],
        &["completions", "EVIL"],
        &["templates", "EVIL"],
        &["rules", "EVIL"],
        &["schema", "EVIL"],
        &["try", "EVIL"],
        &["init", "EVIL"],
        &["init", "good", "--app-file", "EVIL", "--yes"],
        &["init", "good", "--EVIL=1"],
        &["new", "--vcs", "EVIL"],
        &["a", "--template", "EVIL", "--yes"],
        &["EVIL", "-t", "gradio", "--yes", "--vcs", "none"],
        &["a", "-t", "gradio", "--title", "EVIL", "--tag", "EVIL", "--pip", "EVIL", "--variable", "EVIL=EVIL", "--yes"],
        &["a", "-t", "docker", "--base", "EVIL", "--command", "EVIL", "--asset", "EVIL", "--port", "EVIL", "--yes"],
        &["a", "--answers", "EVIL", "--yes"],
        &["a", "-t", "gradio", "--dev-mode=EVIL"],
    ];
    for evil in EVIL {
        for line in lines {
            for more in [&[][..], &["--format", "json"], &["--color", "always"]] {
                let workspace = Workspace::new();
                workspace.write("good/README.md", "---\nsdk: static\n---\n").write("good/index.html", "");
                let words: Vec<String> = line.iter().map(|word| word.replace("EVIL", evil)).collect();
                let words: Vec<&str> = words.iter().map(String::as_str).chain(more.iter().copied()).collect();
                let mut command = workspace.command();
                let ran = crate::support::Ran(command.args(&words).output().unwrap());
                if more.contains(&"always") {
                    // Standard error has our own colours; the hostile text has only red
                    assert!(!ran.stderr().contains("\u{1b}[31mX"), "{words:?}: {}", ran.shown());
                    continue;
                }
                is_safe(&ran, &format!("{words:?}"));
                if more.contains(&"json") && !ran.0.stdout.is_empty() {
                    ran.json();
                }
            }
        }
    }
}

/// Harmless text is shown as it was typed.
#[test]
fn ordinary_text_is_printed_unchanged() {
    let workspace = Workspace::new();
    let title = "Café 漢字 👩\u{200d}🚀 ❤\u{fe0f} שלום";
    let ran =
        workspace.run_words(&["demo", "-t", "gradio", "--title", title, "--yes", "--vcs", "none", "--verbose"]).ok();
    assert!(ran.stderr().contains(&format!("title = {title}")), "{}", ran.shown());
    let ran = workspace.run_words(&[
        "demo",
        "-t",
        "gradio",
        "--title",
        title,
        "--dry-run",
        "--diff",
        "--yes",
        "--format",
        "json",
    ]);
    assert!(ran.stdout().contains("not empty"), "{}", ran.shown());
    let ran = workspace.run_words(&["two", "-t", "gradio", "--title", title, "--dry-run", "--diff", "--yes"]).ok();
    assert!(ran.stdout().contains(&format!("+# {title}")), "{}", ran.shown());
}
