//! Lines of `.gitattributes`: the input is cut at zero bytes into the file of the root, that of a folder, and the paths to match.
#![no_main]

use std::time::{Duration, Instant};

use libfuzzer_sys::fuzz_target;
use spaces_new::Repo;
use spaces_new::unstable::Attributes;

fuzz_target!(|input: &[u8]| {
    let start = Instant::now();
    let mut parts = input.split(|byte| *byte == 0);
    let root = parts.next().unwrap_or_default().to_vec();
    let below = parts.next().unwrap_or_default().to_vec();
    let lists = [(".gitattributes".parse().unwrap(), root), ("a/.gitattributes".parse().unwrap(), below)];
    let attributes = Attributes::of(&Repo::from_files(lists));
    for path in parts.filter_map(|path| std::str::from_utf8(path).ok()) {
        assert_eq!(attributes.is_large(path), attributes.is_large(path), "the same is said twice");
    }
    assert!(start.elapsed() < Duration::from_secs(8), "the cost has a bound");
});
