//! What is generated from the rows: the page of messages, the documentation of a rule, a part of the page of `diagnose`.

use spaces_new::report::messages_page;
use spaces_new::unstable::messages::messages;

use super::log;
use crate::support::{Workspace, is_generated, root};

/// `docs/messages.md` is made from the rows; `UPDATE=1` renews it.
#[test]
fn the_page_of_messages_is_current() {
    let path = root().join("docs/messages.md");
    let page = messages_page();
    if std::env::var_os("UPDATE").is_some() {
        fs_err::write(&path, &page).unwrap();
    }
    assert!(fs_err::read_to_string(&path).unwrap() == page, "docs/messages.md is not current: write it with UPDATE=1");
    for row in messages() {
        assert!(page.contains(&format!("\n### {}\n", row.id)), "{}", row.id);
    }
}

#[test]
fn the_documentation_of_a_rule_lists_the_messages_that_people_see() {
    let ran = Workspace::new().run("explain uid-already-taken").ok();
    let text = ran.stdout();
    let (_, seen) = text.split_once("\n## Messages that people see\n").unwrap();
    assert!(seen.contains("- `useradd: UID 1000 is not unique`\n"), "{seen}");
    assert!(!Workspace::new().run("explain unused-suppression").ok().stdout().contains("Messages that people see"));
}

/// What `diagnose` prints for a log, with a Space around it, is on its page as it is.
#[test]
fn the_page_of_diagnose_shows_one_as_people_see_it() {
    let workspace = Workspace::new();
    workspace.run("my-space -t docker --base python:3.12-slim --command python --yes --vcs none").ok();
    let path = "my-space/Dockerfile";
    let dockerfile = fs_err::read_to_string(workspace.path().join(path)).unwrap();
    let (first, rest) = dockerfile.split_once("\nWORKDIR ").unwrap();
    let install = "RUN apt-get update && apt-get install -y libgl1-mesa-glx && rm -rf /var/lib/apt/lists/*";
    workspace.write(
        path,
        format!("{first}\nUSER root\n{install}\nUSER user\nWORKDIR {rest}").replace("slim", "slim-trixie"),
    );
    workspace.write("build.log", log("apt-package-gone"));
    let words = "diagnose build.log --in my-space";
    let shown = format!("```console\n$ spaces-new {words}\n{}```\n", workspace.run(words).ok().stdout());
    is_generated("docs/diagnose.md", "diagnose", &shown);
}
