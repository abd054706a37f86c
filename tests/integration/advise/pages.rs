//! What is generated from the rows of the platforms: a page, and a table in another.

use spaces_new::Addition;
use spaces_new::report::{platforms_page, platforms_table};
use spaces_new::unstable::platforms::PLATFORMS;

use super::case;
use crate::check::repository::files;
use crate::support::{Workspace, is_generated, root};

/// `docs/platforms.md` is made from the rows; `UPDATE=1` renews it.
#[test]
fn the_page_of_platforms_is_current() {
    let path = root().join("docs/platforms.md");
    let page = platforms_page();
    if std::env::var_os("UPDATE").is_some() {
        fs_err::write(&path, &page).unwrap();
    }
    assert!(fs_err::read_to_string(&path).unwrap() == page, "docs/platforms.md is not current: write it with UPDATE=1");
    for platform in PLATFORMS {
        assert!(page.contains(&format!("\n## {}\n", platform.name)), "{}", platform.id);
        for fact in platform.facts {
            assert!(page.contains(fact.source) && page.contains(fact.date), "{}: {}", platform.id, fact.text);
        }
    }
}

#[test]
fn the_table_of_platforms_is_current() {
    is_generated("docs/publish.md", "platforms", &platforms_table());
}

#[test]
fn the_page_of_add_names_every_target() {
    let page = fs_err::read_to_string(root().join("docs/publish.md")).unwrap();
    let (_, of_add) = page.split_once("\n## `add`\n").unwrap();
    let rows = of_add.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |")).map(|(target, _)| target);
    let mut targets = Addition::targets();
    let mut rows: Vec<&str> = rows.collect();
    targets.sort_unstable();
    rows.sort_unstable();
    assert_eq!(rows, targets, "docs/publish.md");
}

/// The way from a prototype to production on the page, line by line.
#[test]
fn the_commands_of_the_page_run() {
    let page = fs_err::read_to_string(root().join("docs/platforms.md")).unwrap();
    let block = page.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert!(block.lines().count() > 5, "{block}");
    let workspace = Workspace::new();
    for (path, bytes) in files(&case("gradio-one")) {
        workspace.write(&format!("my-app/{path}"), bytes.unwrap());
    }
    for line in block.lines() {
        let words = shlex::split(line).unwrap();
        assert_eq!(words[0], "spaces-new", "{line}");
        if words[1] == "add" && !Addition::targets().contains(&words[2].as_str()) {
            continue;
        }
        let before = workspace.files("my-app");
        workspace.run_words(&words[1..].iter().map(String::as_str).collect::<Vec<_>>()).ok();
        let after = workspace.files("my-app");
        assert!(
            before.iter().all(|(path, bytes)| path == ".spaces-new.toml" || after.get(path) == Some(bytes)),
            "{line}"
        );
        if words[1] == "advise" {
            assert_eq!(before, after, "{line}");
        }
    }
}
