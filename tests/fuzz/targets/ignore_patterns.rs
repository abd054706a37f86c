//! Patterns of `.gitignore` and `.dockerignore`: the input is cut at zero bytes into a list and the paths to match.
#![no_main]

use std::time::{Duration, Instant};

use libfuzzer_sys::fuzz_target;
use spaces_new::unstable::DockerIgnore;
use spaces_new::values::RepoPath;
use spaces_new::{Plan, Repo};

fuzz_target!(|input: &[u8]| {
    let start = Instant::now();
    let mut parts = input.split(|byte| *byte == 0);
    let list = parts.next().unwrap_or_default();
    let paths: Vec<RepoPath> = parts.filter_map(|path| std::str::from_utf8(path).ok()?.parse().ok()).collect();
    let files = paths.iter().map(|path| (path.clone(), Vec::new()));
    let repo = Repo::from_files(files).with([(".gitignore".parse().unwrap(), list.to_vec())]);
    let kept = repo.files().count();
    assert!(repo.overlay(&Plan::default()).files().count() == kept, "what is left out is left out once");
    let ignore = DockerIgnore::read(&String::from_utf8_lossy(list));
    for path in &paths {
        let line = ignore.keeps_out(path.as_str());
        let lines = String::from_utf8_lossy(list).lines().count();
        assert!(line.is_none_or(|line| line < lines));
    }
    assert!(start.elapsed() < Duration::from_secs(8), "the cost has a bound");
});
