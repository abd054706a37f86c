//! A requirements file in any encoding, of an app and of a Space; and each of its lines as an answer.
#![no_main]

use libfuzzer_sys::fuzz_target;
use spaces_new::{Checker, Repo, Requirement, detect};

const README: &[u8] = b"---\nsdk: docker\napp_port: 7860\n---\n";
const SPACE: &[u8] = b"---\nsdk: gradio\nsdk_version: 4.44.1\npython_version: \"3.13\"\n---\n";
const APP: &[u8] = b"import numpy\nimport gradio as gr\ngr.Interface(print).launch()\n";

fuzz_target!(|requirements: &[u8]| {
    for readme in [README, SPACE] {
        let files = [("README.md", readme), ("app.py", APP), ("requirements.txt", requirements)];
        let repo = Repo::from_files(files.map(|(path, bytes)| (path.parse().unwrap(), bytes.to_vec())));
        let detected = detect(&repo);
        for app in detected.apps() {
            let _ = detected.proposal(app, None);
        }
        let checker = Checker::new().pedantic(true);
        let _ = checker.fix(&repo, true);
    }
    for line in String::from_utf8_lossy(requirements).lines().take(100) {
        let Ok(requirement) = line.parse::<Requirement>() else { continue };
        let again: Requirement = requirement.to_string().parse().unwrap();
        assert_eq!(again, requirement);
        let is_normal = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
        assert!(!requirement.name().is_empty() && requirement.name().chars().all(is_normal));
    }
});
