//! Files that `init` makes and that git would leave out.

use super::hub_requirements::{APP_OF_A_PROJECT, text};
use super::{APP, written};

#[test]
fn what_is_made_for_the_hub_is_pushed() {
    for (patterns, words, lines) in [
        ("*.txt\n", "--sdk gradio", &["!/requirements.txt"][..]),
        ("*.txt\n", "--sdk gradio --apt jq", &["!/packages.txt", "!/requirements.txt"]),
        ("*.md\n*.txt\n", "--sdk docker", &["!/README.md"]),
        ("/other.txt\n", "--sdk gradio", &[]),
        (
            "/*\n!/app.py\n!/pyproject.toml\n!/.gitignore\n",
            "--sdk gradio",
            &[
                "!/app.py",
                "!/pyproject.toml",
                "!/.gitignore",
                "!/.gitattributes",
                "!/.spaces-new.base",
                "!/.spaces-new.toml",
                "!/README.md",
                "!/requirements.txt",
            ],
        ),
    ] {
        let workspace = written(APP_OF_A_PROJECT);
        workspace.write(&format!("{APP}/.gitignore"), patterns);
        workspace.run(&format!("init {APP} --yes {words}")).ok();
        let ignored = text(&workspace, ".gitignore").unwrap();
        let added: Vec<_> = ignored.lines().filter(|line| line.starts_with('!')).collect();
        assert_eq!(added, lines, "{ignored}");
        let check = workspace.run(&format!("check {APP}")).ok();
        assert!(check.stdout().contains("no problems"), "{}", check.shown());
        let before = workspace.files(APP);
        for again in ["init my-app --yes", "update my-app", "update my-app --check"] {
            let shown = workspace.run(again).ok();
            assert!(workspace.files(APP) == before, "{again}: {}", shown.shown());
        }
    }
}

#[test]
fn what_the_repository_itself_excludes_is_pushed_too() {
    for there in [None, Some("*.log\n")] {
        let workspace = written(APP_OF_A_PROJECT);
        workspace.write(&format!("{APP}/.git/HEAD"), "ref: refs/heads/main\n");
        workspace.write(&format!("{APP}/.git/info/exclude"), "*.txt\n/notes.md\n");
        if let Some(patterns) = there {
            workspace.write(&format!("{APP}/.gitignore"), patterns);
        }
        workspace.run(&format!("init {APP} --yes --sdk gradio")).ok();
        let ignored = text(&workspace, ".gitignore").unwrap();
        let added: Vec<_> = ignored.lines().filter(|line| line.starts_with('!')).collect();
        assert_eq!(added, ["!/requirements.txt"], "{ignored}");
        let before = workspace.files(APP);
        for again in ["init my-app --yes", "update my-app --check"] {
            let shown = workspace.run(again).ok();
            assert!(workspace.files(APP) == before, "{again}: {}", shown.shown());
        }
    }
}
