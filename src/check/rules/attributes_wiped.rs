//! A workflow that removes `.gitattributes` from the clone of a Space.
//!
//! ## What it does
//! Looks in `.github/workflows/` for a job that clones a repository of the Hub, removes everything in it, copies files that
//! it names, and commits, if `.gitattributes` is not among them and the repository has files in Git LFS.
//!
//! ## Why it matters
//! Without `.gitattributes`, binary files are committed as they are, and the Hub refuses the push: `Your push was rejected
//! because it contains binary files`.
//!
//! ## Example
//! ```.github/workflows/space.yml
//! on: {push: {branches: [main]}}
//! jobs:
//!   push:
//!     runs-on: ubuntu-latest
//!     steps:
//!       - uses: actions/checkout@v4
//!         with: {lfs: true}
//!       - run: |
//!           git clone https://user:${{ secrets.HF_TOKEN }}@huggingface.co/spaces/user/demo space
//!           cd space
//!           find . -mindepth 1 -maxdepth 1 ! -name .git -exec rm -rf {} +
//!           cp ../app.py ../logo.png ../Dockerfile ../README.md .
//!           git add -A && git commit -m deploy && git push
//! ```
//! ```logo.png
//! version https://git-lfs.github.com/spec/v1
//! oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
//! size 12345
//! ```
//!
//! ## Use instead
//! ```.github/workflows/space.yml
//! on: {push: {branches: [main]}}
//! jobs:
//!   push:
//!     runs-on: ubuntu-latest
//!     steps:
//!       - uses: actions/checkout@v4
//!         with: {lfs: true}
//!       - run: |
//!           git clone https://user:${{ secrets.HF_TOKEN }}@huggingface.co/spaces/user/demo space
//!           cd space
//!           find . -mindepth 1 -maxdepth 1 ! -name .git -exec rm -rf {} +
//!           cp ../.gitattributes ../app.py ../logo.png ../Dockerfile ../README.md .
//!           git add -A && git commit -m deploy && git push
//! ```
//! ```logo.png
//! version https://git-lfs.github.com/spec/v1
//! oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
//! size 12345
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/repositories-getting-started>; <https://github.com/qdonnars/ohmywind/pull/289>

use super::{Check, Finding, Group, Rule, Space, Subject};
use crate::formats::dockerfile::CommandLine;
use crate::formats::workflow::line_in;

pub(super) const RULE: Rule = Rule::new("attributes-wiped", Group::Risky, Check::Views(&[Subject::Files], check));

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let deploys = space.deploys();
    if deploys.is_empty() || space.by_lfs().through.is_empty() {
        return;
    }
    for deploy in deploys {
        // Any mention may keep it or bring it back
        if deploy.mentions(&[".gitattributes", "git lfs", "git-lfs", "rsync", "git checkout", "git restore"]) {
            continue;
        }
        for (_, run) in deploy.runs() {
            let Some(line) = wiped(&run.text) else { continue };
            let Some(text) = space.repo().text(deploy.path) else { continue };
            let finding =
                Finding::new(deploy.place(line_in(text, &run.range, line)), "removes `.gitattributes` from the clone")
                    .label("what is copied afterwards does not bring it back")
                    .help("copy `.gitattributes` too, or leave it out with `! -name .gitattributes`");
            found.push(finding);
        }
    }
}

/// The command that empties a clone of a Space, dot files included, if only named files are copied into it afterwards.
fn wiped(script: &str) -> Option<&str> {
    let clones = script.contains("git clone") && script.contains("huggingface.co/spaces/");
    if !clones || !script.contains("git push") {
        return None;
    }
    let line = CommandLine::of_shell(script);
    let commands = line.commands();
    let words = |at: usize| commands[at].argv().iter().map(|word| &*word.text).collect::<Vec<_>>();
    let empties = |words: &[&str]| match words {
        ["find", rest @ ..] => rest.contains(&"rm") || rest.contains(&"-delete"),
        ["git", "rm", rest @ ..] => {
            rest.contains(&".") && rest.iter().any(|word| word.starts_with('-') && word.contains('r'))
        }
        _ => false,
    };
    let at = (0..commands.len()).find(|at| empties(&words(*at)))?;
    let copies = (at + 1..commands.len()).map(words).filter(|words| words.first() == Some(&"cp"));
    let mut sources = copies.flat_map(|words| words[1..words.len().saturating_sub(1).max(1)].to_vec()).peekable();
    sources.peek()?;
    let is_named = |word: &str| {
        let name = word.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        word.starts_with('-') || !(name.contains(['$', '{']) || matches!(name, "" | "." | ".." | ".*"))
    };
    sources.all(is_named).then(|| script.get(commands[at].range()).unwrap_or(script))
}
