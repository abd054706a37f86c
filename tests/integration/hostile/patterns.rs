//! Pattern files and lists of sources that are written to cost time or memory.

use spaces_new::unstable::Attributes;
use spaces_new::{Checker, Repo};

use super::{DOCKERFILE, limited, space};
use crate::support::Workspace;

const LISTS: [&str; 3] = [".gitignore", ".gitattributes", ".dockerignore"];

/// A line of a file of patterns.
fn line(file: &str, pattern: &str) -> String {
    format!("{pattern}{}\n", if file == ".gitattributes" { " filter=lfs diff=lfs merge=lfs -text" } else { "" })
}

/// Checks a Space and adopts it, each within its memory, and returns what was skipped.
fn survives(workspace: &Workspace) -> Vec<String> {
    for words in
        [&["check", "space", "--format", "json"][..], &["check", "space"], &["init", "space", "--yes", "--dry-run"]]
    {
        let ran = limited(workspace, words);
        assert!(!ran.stderr().contains("panicked"), "{}", ran.stderr());
    }
    skipped(workspace)
}

fn skipped(workspace: &Workspace) -> Vec<String> {
    let repo = Repo::open(&workspace.path().join("space")).unwrap();
    let _ = Checker::new().pedantic(true).check(&repo);
    repo.skipped().into_iter().map(|skipped| format!("{}: {}", skipped.path, skipped.why)).collect()
}

/// A Space that copies an existing and a missing file.
fn copying(source: &str) -> Workspace {
    let workspace = Workspace::new();
    space(&workspace, "space");
    let copies = format!("COPY app.py requirements.txt {source} ./\nRUN pip install -r requirements.txt\nCMD");
    workspace.write("space/Dockerfile", DOCKERFILE.replace("CMD", &copies));
    workspace
}

#[test]
fn long_patterns_are_skipped_and_reported() {
    for unit in ["?", "*a", "**/a/", "[a-z]*", "*"] {
        let pattern = unit.repeat(131_250);
        for file in LISTS {
            let workspace = copying("x");
            workspace.write(&format!("space/{file}"), line(file, &pattern));
            let skipped = survives(&workspace);
            assert!(skipped.iter().any(|skipped| skipped.starts_with(file)), "{unit} in {file}: {skipped:?}");
        }
        let workspace = copying(&pattern[..131_250]);
        let skipped = survives(&workspace);
        let is_said = skipped.iter().any(|skipped| skipped.starts_with("Dockerfile: a pattern to copy"));
        assert!(is_said || pattern.contains('/'), "{unit}: {skipped:?}");
    }
}

#[test]
fn large_pattern_files_in_many_folders_are_skipped_and_reported() {
    for file in &LISTS[..2] {
        let workspace = copying("x");
        let text = line(file, "a*/b*[c-e]?").repeat(1024 * 1024 / line(file, "a*/b*[c-e]?").len());
        workspace.write(&format!("space/0/{file}"), text);
        let first = workspace.path().join("space/0").join(file);
        for number in 1..300 {
            workspace.write(&format!("space/{number}/x.bin"), "\0");
            fs_err::hard_link(&first, workspace.path().join(format!("space/{number}/{file}"))).unwrap();
        }
        let skipped = survives(&workspace);
        assert!(skipped.iter().any(|skipped| skipped.contains(file)), "{skipped:?}");
    }
}

/// What a match costs at most is shown by the unit tests: here a build without optimisation would take too long.
#[test]
fn many_long_patterns_are_matched_within_bounds() {
    for file in &LISTS[..2] {
        let workspace = copying("x");
        let pattern = |number| line(file, &format!("a*{number}{}", "[b-z]*?*".repeat(24)));
        workspace.write(&format!("space/{file}"), (0..4000).map(pattern).collect::<String>());
        for number in 0..4 {
            workspace.write(&format!("space/a{}-{number}.bin", "bcdefghij".repeat(25)), "\0");
        }
        assert_eq!(survives(&workspace), Vec::<String>::new());
    }
}

#[test]
fn ordinary_files_of_patterns_are_read_whole() {
    let files = (0..200)
        .map(|number| (format!("f{number}/.gitattributes"), format!("*.x{number} filter=lfs\n/data/**/*.y -filter\n")));
    let listed: String = (0..20_000)
        .map(|number| format!("data/part-{number:05}.parquet filter=lfs diff=lfs merge=lfs -text\n"))
        .collect();
    let files = files.chain([(".gitattributes".to_owned(), listed)]);
    let repo = Repo::from_files(files.map(|(path, text)| (path.parse().unwrap(), text.into_bytes())));
    let attributes = Attributes::of(&repo);
    for number in 0..20_000 {
        assert!(attributes.is_large(&format!("data/part-{number:05}.parquet")));
        assert!(!attributes.is_large(&format!("f{}/a/x{number}.bin", number % 200)));
    }
    assert!(attributes.is_large("f7/a/b.x7") && !attributes.is_large("f8/a/b.x7"));
    assert_eq!(repo.skipped(), []);
}

/// One line of 20,000 sources: each of them is missing, or excluded, or a pattern.
#[test]
fn a_dockerfile_with_many_sources_stays_within_its_limits() {
    let ignored = format!("{}app.py\n", "#\n".repeat(100_000));
    for (name, source, ignored) in
        [("missing", "n", ""), ("kept out", "app.py", ignored.as_str()), ("patterns", "x/*", "")]
    {
        let sources: Vec<String> =
            (0..20_000).map(|number| if source == "n" { format!("n{number}") } else { source.to_owned() }).collect();
        let workspace = copying(&sources.join(" "));
        workspace.write("space/.dockerignore", ignored);
        let skipped = survives(&workspace);
        assert!(skipped.iter().any(|skipped| skipped.contains("more findings")), "{name}: {skipped:?}");
        let shown = limited(&workspace, &["check", "space"]).stdout();
        assert!(shown.len() < 1024 * 1024, "{name}: {} bytes are printed", shown.len());
        assert!(shown.contains("space/Dockerfile:4:"), "{name}: the place is named");
    }
}

/// Skipped patterns may ignore a file, or store it in LFS: nothing about it is certain.
#[test]
fn what_was_skipped_causes_no_finding() {
    let long = format!("{}\n", "**/a/".repeat(1000));
    let rules = ["check", "space", "--only", "env-file-pushed", "--only", "binary-without-lfs"];
    for (name, text, env, binary) in [
        (".gitignore", "x\n".to_owned(), true, true),
        (".gitignore", format!("{long}.env\n"), false, false),
        (".gitattributes", "*.x text\n".repeat(10), true, true),
        (".gitattributes", "#\n".repeat(2_200_000), true, false),
    ] {
        let workspace = Workspace::new();
        space(&workspace, "space");
        workspace.write("space/.env", "KEY=secret-value\n").write("space/a.bin", [0; 64]);
        workspace.write(&format!("space/{name}"), text);
        let ran = limited(&workspace, &rules);
        let says = |rule: &str| ran.stdout().contains(&format!("[{rule}]"));
        let said = (says("env-file-pushed"), says("binary-without-lfs"));
        assert_eq!(said, (env, binary), "{name}: {}", ran.shown());
    }
}
