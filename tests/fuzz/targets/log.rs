//! A log, in any encoding, with colours and secrets.
#![no_main]

use libfuzzer_sys::fuzz_target;
use spaces_new::Repo;
use spaces_new::diagnosis::Diagnosed;
use spaces_new::report::{diagnosed_json, diagnosed_text};

fuzz_target!(|log: &[u8]| {
    let repo = Repo::from_files([]);
    let diagnosed = Diagnosed::read(log).unwrap().in_repo(&repo);
    for diagnosis in &diagnosed.diagnoses {
        assert!(diagnosis.line >= 1 && diagnosis.line <= diagnosed.lines);
        assert!(diagnosis.message.chars().count() < 400);
    }
    let _ = diagnosed_text("a.log", &diagnosed, Some((".", &repo)));
    let _ = diagnosed_json(&diagnosed, None);
});
