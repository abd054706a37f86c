//! What is published, and the dependencies of the library.

use std::path::Path;
use std::process::Command;

use crate::support::{files_under, root};

/// The output of cargo itself, which needs no network for these.
fn cargo(words: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(words).arg("--offline").current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Cargo silently omits any folder with a `Cargo.toml`.
#[test]
fn every_template_file_is_packaged() {
    let packaged = cargo(&["package", "--list", "--allow-dirty"]);
    let packaged: Vec<&str> = packaged.lines().collect();
    for file in files_under(&root().join("templates")) {
        let file = format!("templates/{file}");
        assert!(packaged.contains(&file.as_str()), "`{file}` is not in the package");
    }
    for file in ["README.md", "LICENSE", "Cargo.lock", "build.rs", "src/lib.rs"] {
        assert!(packaged.contains(&file), "`{file}` is not in the package");
    }
}

/// A `.gitignore` or a `.gitattributes` without the extension `.j2` would affect this repository.
#[test]
fn every_file_to_be_rendered_ends_with_j2() {
    let mut seen = 0;
    for file in files_under(&root().join("templates")) {
        let parts: Vec<&str> = file.split('/').collect();
        if let [_, "repo" | "variants" | "partials", ..] = parts[..] {
            assert_eq!(Path::new(&file).extension(), Some("j2".as_ref()), "templates/{file}");
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn the_bare_library_has_no_terminal_dependencies() {
    let tree = cargo(&["tree", "--no-default-features", "--edges", "normal", "--prefix", "none", "--format", "{p}"]);
    let names: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(names.contains(&"minijinja"), "{names:?}");
    // `anstyle` names colours for annotate-snippets, which itself prints none
    for name in ["anstream", "anyhow", "clap", "clap_builder", "clap_complete", "console", "ctrlc", "dialoguer"] {
        assert!(!names.contains(&name), "the library depends on `{name}`");
    }
}
