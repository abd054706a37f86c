//! Properties of fixes, over every case and every example: a fix makes nothing worse.

use std::collections::{BTreeMap, BTreeSet};

use spaces_new::findings::Safety;
use spaces_new::{Checker, Diagnostic, Repo, rules};

use super::cases::documentation;
use super::repository::repository;
use crate::support::{files_under, root};

/// Every case and every example, with its name.
fn repositories() -> Vec<(String, Repo)> {
    let folder = root().join("tests/cases/check");
    let files = files_under(&folder).into_iter().filter(|file| file.contains('/'));
    let cases = files.map(|file| {
        let text = fs_err::read_to_string(folder.join(&file)).unwrap();
        (file, repository(&text))
    });
    let examples = rules().iter().flat_map(|rule| {
        let docs = documentation(rule.id());
        let sections = docs.split("\n## ").map(str::to_owned).collect::<Vec<_>>();
        let sections =
            sections.into_iter().filter(|text| text.starts_with("Example") || text.starts_with("Use instead"));
        sections.map(|text| (format!("{} of {}", text.lines().next().unwrap(), rule.id()), repository(&text)))
    });
    cases.chain(examples).collect()
}

/// What is found, with its number: lines may move, and messages may quote what was fixed.
fn counts(found: &[Diagnostic]) -> BTreeMap<(&'static str, String), usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in found {
        let key = (diagnostic.rule, diagnostic.place.path().to_owned());
        *counts.entry(key).or_default() += 1;
    }
    counts
}

/// Rules about a text that stops its reader: other rules see the rest of it only when it is fixed.
const HIDES_OTHERS: [&str; 12] = [
    "conflict-markers",
    "dockerfile-syntax",
    "duplicate-key",
    "invalid-exec-form",
    "invalid-yaml",
    "missing-front-matter",
    "not-analysed",
    "readme-not-utf8",
    "second-front-matter",
    "shell-in-copy",
    "text-before-front-matter",
    "unclosed-front-matter",
];

/// What is found after a fix and was not before.
fn worse(before: &[Diagnostic], after: &[Diagnostic]) -> Vec<String> {
    if before.iter().any(|found| HIDES_OTHERS.contains(&found.rule)) {
        return Vec::new();
    }
    let known = counts(before);
    let more = counts(after).into_iter().filter(|(key, count)| known.get(key).is_none_or(|before| before < count));
    let mut more: Vec<_> = more.map(|((rule, path), _)| format!("{rule} in {path}")).collect();
    if after.len() > before.len() {
        more.push(format!("{} findings became {}", before.len(), after.len()));
    }
    more
}

fn with(repo: &Repo, files: &[(String, String)]) -> Repo {
    repo.with(files.iter().map(|(path, text)| (path.parse().unwrap(), text.clone().into_bytes())))
}

fn parses(text: &str) -> bool {
    parse_dockerfile::parse(text).is_ok()
}

/// The names that `--chown` gives files to, with the lines above each.
fn owners(dockerfile: &str) -> Vec<(String, String)> {
    let found = dockerfile.match_indices("--chown=").map(|(at, flag)| {
        let name = dockerfile[at + flag.len()..].split([' ', '\n', ':']).next().unwrap();
        let start = dockerfile[..at].rfind('\n').map_or(0, |line| line + 1);
        (name.to_owned(), dockerfile[..start].to_owned())
    });
    found.collect()
}

/// The owners that a fix has written, and that do not exist at that line.
fn unknown_owners(before: &str, after: &str) -> Vec<String> {
    let mut known: Vec<_> = owners(before).into_iter().map(|(name, _)| name).collect();
    let mut unknown = Vec::new();
    for (name, above) in owners(after) {
        if let Some(at) = known.iter().position(|known| *known == name) {
            known.remove(at);
            continue;
        }
        let is_made = above.lines().any(|line| {
            (line.contains("useradd") || line.contains("adduser")) && line.split_whitespace().any(|word| word == name)
        });
        let of_image = [("node", "node"), ("ubuntu", "ubuntu"), ("pwuser", "playwright")];
        let is_given = of_image.iter().any(|(user, image)| *user == name && above.contains(image));
        if name.parse::<u32>().is_err() && !is_made && !is_given {
            unknown.push(name);
        }
    }
    unknown
}

/// The faults of one state of a repository after fixes.
fn faults(before: &Repo, files: &[(String, String)], found: &[Diagnostic], left: &[Diagnostic]) -> Vec<String> {
    let mut faults = worse(found, left);
    for (path, after) in files {
        let old = before.text(path).unwrap_or_default();
        if path == "Dockerfile" && parses(old) && !parses(after) {
            faults.push("the Dockerfile no longer parses".to_owned());
        }
        if path == "Dockerfile" {
            faults.extend(unknown_owners(old, after).into_iter().map(|name| format!("no user `{name}` at its step")));
        }
    }
    faults
}

#[test]
fn fixes_make_nothing_worse() {
    let checker = Checker::new();
    let mut wrong = Vec::new();
    let mut fixed_rules = BTreeSet::new();
    for (name, repo) in repositories() {
        let found = checker.check(&repo);
        if found.iter().all(|found| found.fixes.is_empty()) {
            continue;
        }
        for with_care in [false, true] {
            let fixed = checker.fix(&repo, with_care);
            let files: Vec<_> = fixed.files.iter().map(|file| (file.path.to_string(), file.after.clone())).collect();
            fixed_rules.extend(fixed.applied.iter().map(|(rule, _)| *rule));
            let faults = faults(&repo, &files, &found, &fixed.remaining);
            wrong.extend(faults.into_iter().map(|fault| format!("{name} (with care: {with_care}): {fault}")));
            if !checker.fix(&with(&repo, &files), with_care).files.is_empty() {
                wrong.push(format!("{name} (with care: {with_care}): fixing twice differs"));
            }
        }
    }
    assert!(fixed_rules.len() >= 25, "{} rules are fixed: {fixed_rules:?}", fixed_rules.len());
    assert!(wrong.is_empty(), "{} faults: {wrong:#?}", wrong.len());
}

/// The text after one fix, and whether all lines that its edits do not name are as before.
fn apply(text: &str, edits: &[(std::ops::Range<usize>, &str)]) -> (String, bool) {
    let mut after = text.to_owned();
    for (range, new) in edits.iter().rev() {
        after.replace_range(range.clone(), new);
    }
    let mut at = 0;
    let mut rest = after.as_str();
    let mut is_kept = true;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let touches = |edit: &std::ops::Range<usize>| edit.start <= range.end && edit.end >= range.start;
        if !edits.iter().any(|(edit, _)| touches(edit)) {
            match rest.find(line) {
                Some(found) => rest = &rest[found + line.len()..],
                None => is_kept = false,
            }
        }
    }
    (after, is_kept)
}

/// Each fix by itself, also those that are not the first choice.
#[test]
fn each_fix_alone_makes_nothing_worse() {
    let checker = Checker::new();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (name, repo) in repositories() {
        let found = checker.check(&repo);
        for (diagnostic, fix) in found.iter().flat_map(|found| found.fixes.iter().map(move |fix| (found, fix))) {
            let mut by_file: BTreeMap<&str, Vec<_>> = BTreeMap::new();
            for edit in &fix.edits {
                by_file.entry(&edit.path).or_default().push((edit.range.clone(), edit.text.as_str()));
            }
            let mut files = Vec::new();
            for (path, mut edits) in by_file {
                let Some(text) = repo.text(path).or((repo.get(path).is_none()).then_some("")) else { continue };
                edits.sort_by_key(|(range, _)| range.start);
                let (after, is_kept) = apply(text, &edits);
                if !is_kept {
                    wrong.push(format!("{name}: {}: a line is lost that no edit names", diagnostic.rule));
                }
                files.push((path.to_owned(), after));
            }
            count += 1;
            let left = checker.check(&with(&repo, &files));
            let faults = faults(&repo, &files, &found, &left);
            let level = if fix.safety == Safety::Safe { "safe" } else { "unsafe" };
            wrong.extend(faults.into_iter().map(|fault| format!("{name}: {} ({level}): {fault}", diagnostic.rule)));
        }
    }
    assert!(count > 100, "{count} fixes");
    assert!(wrong.is_empty(), "{} faults: {wrong:#?}", wrong.len());
}

#[test]
fn an_owner_must_exist_above_its_line() {
    let made = "FROM a\nRUN useradd -m user\n";
    assert!(unknown_owners("", &format!("{made}COPY --chown=user . .\n")).is_empty());
    assert!(unknown_owners("", "FROM a\nCOPY --chown=1000:1000 . .\n").is_empty());
    assert_eq!(unknown_owners("", "FROM a\nCOPY --chown=user . .\nRUN useradd user\n"), ["user"]);
    let before = "FROM a\nCOPY --chown=user . .\n";
    assert!(unknown_owners(before, before).is_empty(), "it was there before");
}
