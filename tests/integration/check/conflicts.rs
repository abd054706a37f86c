//! Markers of a merge conflict beside what the readers of the files find.

use spaces_new::{Checker, Repo};

const README: &str = "---\n<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> other\nsdk: docker\n---\n";

const DOCKERFILE: &str =
    "FROM python:3.13-slim\n<<<<<<< HEAD\nUSER 1000\n=======\nUSER app\n>>>>>>> other\nPORT=7860\n";

/// The rules with findings, in a folder with such files.
fn found(checker: &Checker) -> Vec<String> {
    let files = [("README.md", README), ("Dockerfile", DOCKERFILE)];
    let repo = Repo::from_files(files.map(|(path, text)| (path.parse().unwrap(), text.into())));
    let of_syntax = ["conflict-markers", "invalid-yaml", "dockerfile-syntax"];
    let found = checker.check(&repo).into_iter().filter(|found| of_syntax.contains(&found.rule));
    found.map(|found| format!("{}: {}", found.place.path(), found.rule)).collect()
}

#[test]
fn a_conflict_is_one_finding_and_never_lost() {
    assert_eq!(found(&Checker::new()), ["Dockerfile: conflict-markers", "README.md: conflict-markers"]);
    let of_readers = ["Dockerfile: dockerfile-syntax", "README.md: invalid-yaml"];
    assert_eq!(found(&Checker::new().skip(["conflict-markers"]).unwrap()), of_readers);
    assert_eq!(found(&Checker::new().only(["invalid-yaml", "dockerfile-syntax"]).unwrap()), of_readers);
    let of_readme = found(&Checker::new().readme_alone());
    assert!(of_readme.contains(&"README.md: conflict-markers".to_owned()), "{of_readme:?}");
}
