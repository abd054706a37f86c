//! Any README, without other files.
#![no_main]

use libfuzzer_sys::fuzz_target;
use spaces_new::{Checker, Repo};

fuzz_target!(|readme: &[u8]| {
    let files = [("README.md".parse().unwrap(), readme.to_vec())];
    let _ = Checker::new().pedantic(true).check(&Repo::from_files(files));
});
