//! The page about publishing shows what a run prints: `tests/publish/` compares the snapshots with the command.

use crate::support::{is_generated, root};

#[test]
fn the_page_shows_a_run_and_a_dry_run() {
    for (part, snapshot, words) in [("run", "page-run", ""), ("dry-run", "page-dry-run", " --dry-run")] {
        let path = root().join(format!("snapshots/publish/{snapshot}.snap"));
        let text = fs_err::read_to_string(path).unwrap();
        let (_, printed) = text.trim_start_matches("---\n").split_once("---\n").unwrap();
        is_generated(
            "docs/publish-space.md",
            part,
            &format!("```console\n$ spaces-new publish my-demo{words}\n{printed}```\n"),
        );
    }
}
