//! Files of packages, workflows and processes: the first byte selects which, zero bytes separate several.
#![no_main]

use libfuzzer_sys::fuzz_target;
use spaces_new::{Checker, Repo, detect};

const FILES: [&str; 41] = [
    "package.json",
    "package-lock.json",
    "pyproject.toml",
    "requirements.txt",
    "setup.py",
    "Pipfile",
    "Pipfile.lock",
    "poetry.lock",
    "uv.lock",
    "environment.yml",
    "Cargo.toml",
    "go.mod",
    "Procfile",
    "docker-compose.yml",
    ".github/workflows/deploy.yml",
    "runtime.txt",
    "packages.txt",
    ".env.example",
    "vite.config.js",
    "next.config.mjs",
    "server.js",
    "main.go",
    "crates/a/Cargo.toml",
    "public/index.html",
    ".python-version",
    "environment.yaml",
    "setup.cfg",
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    "yarn.lock",
    ".yarnrc.yml",
    ".nvmrc",
    "pdm.lock",
    ".streamlit/config.toml",
    "nginx.conf",
    "supervisord.conf",
    ".env",
    "angular.json",
    "svelte.config.js",
    "astro.config.mjs",
    "react-router.config.ts",
];

fuzz_target!(|input: &[u8]| {
    let mut files = vec![("app.py".parse().unwrap(), b"import gradio as gr\ngr.Interface(print).launch()\n".to_vec())];
    for part in input.split(|byte| *byte == 0).take(4) {
        let Some((first, text)) = part.split_first() else { continue };
        let name = FILES[usize::from(*first) % FILES.len()];
        files.push((name.parse().unwrap(), text.to_vec()));
    }
    let repo = Repo::from_files(files);
    let detected = detect(&repo);
    for app in detected.apps() {
        let _ = detected.proposal(app, None);
    }
    let _ = Checker::new().pedantic(true).check(&repo);
});
