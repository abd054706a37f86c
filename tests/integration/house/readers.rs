//! One reader for each kind of file.

use super::rust::code;
use super::sources::sources;

/// How to find a second reader of a kind of file.
struct Kind {
    /// The signs of one.
    signs: &'static [&'static str],
    /// The files that may contain the signs: paths below `src`, or ends of them.
    places: &'static [&'static str],
    /// An example of a second reader.
    second: &'static str,
}

const KINDS: [Kind; 10] = [
    Kind {
        signs: &["pep440_rs"],
        places: &["values/pep440.rs"],
        second: "let version = pep440_rs::Version::from_str(text)?;",
    },
    Kind {
        signs: &["toml_edit"],
        places: &["merge/answers.rs", "merge/choices.rs", "merge/settings.rs", "merge/toml_text.rs"],
        second: "let document: toml_edit::DocumentMut = text.parse()?;",
    },
    // Besides the files of the templates, and Cargo's manifest
    Kind {
        signs: &["DeTable", "toml::Table", "toml::{Table", "toml::from_str"],
        places: &["formats/", "catalog.rs", "template.rs", "manifest.rs", "pins.rs", "cargo.rs", "template_toml.rs"],
        second: "let root: toml::Table = repo.text(\"Pipfile\")?.parse().ok()?;",
    },
    // Requirements
    Kind {
        signs: &["split_once(\"==\")", "split(\"==\")", "contains(\"==\")", "find(\"==\")"],
        places: &[],
        second: "let (name, version) = line.split_once(\"==\")?;",
    },
    // `package.json` and other JSON; a command, an answer of the Hub or of an engine, and what build.rs translates are not files
    Kind {
        signs: &["serde_json::from_", "serde_json::Value = "],
        places: &[
            "formats/json.rs",
            "values/command.rs",
            "apply/state.rs",
            "online/mod.rs",
            "diagnose/clean.rs",
            "try_out/engine.rs",
            "publish/http.rs",
            "publish/waiting.rs",
            "answers/template_toml.rs",
            "values/pins.rs",
        ],
        second: "let package: Package = serde_json::from_str(repo.text(\"package.json\")?)?;",
    },
    // Lines of a shell; a command from a person is not a file
    Kind {
        signs: &["shlex::split", "shlex::Shlex", "split(\"&&\")"],
        places: &["values/command.rs", "adopt/stated.rs"],
        second: "for command in script.split(\"&&\") {",
    },
    Kind {
        signs: &["\"web:", "starts_with(\"web\")", "strip_prefix(\"web\")"],
        places: &[],
        second: "let command = repo.text(\"Procfile\")?.lines().find_map(|line| line.strip_prefix(\"web:\"))?;",
    },
    Kind {
        signs: &["strip_prefix(\"module", "starts_with(\"module"],
        places: &["formats/go_mod.rs"],
        second: "let module = repo.text(\"go.mod\")?.lines().find_map(|line| line.strip_prefix(\"module \"))?;",
    },
    // nginx
    Kind {
        signs: &["\"server {", "\"add_header ", "contains(\"add_header", "find(\"add_header"],
        places: &[],
        second: "let sends = text.lines().any(|line| line.trim().starts_with(\"add_header \"));",
    },
    // Settings such as `.env`
    Kind {
        signs: &["\"export \""],
        places: &["formats/env_file.rs"],
        second: "let (name, value) = line.trim_start_matches(\"export \").split_once('=')?;",
    },
];

impl Kind {
    fn sign(&self, code: &str) -> Option<&'static str> {
        self.signs.iter().copied().find(|sign| code.contains(sign))
    }
}

#[test]
fn no_kind_of_file_has_a_second_reader() {
    for kind in KINDS {
        let mut found = 0;
        for (file, text) in sources("src") {
            let Some(sign) = kind.sign(&code(&text)) else { continue };
            let is_allowed = kind.places.iter().any(|place| file.starts_with(place) || file.ends_with(place));
            assert!(is_allowed, "src/{file} has `{sign}`: ask the reader in src/formats/ or src/values/pep440.rs");
            found += 1;
        }
        assert_eq!(found > 0, !kind.places.is_empty(), "the check finds nothing any more: {:?}", kind.signs);
    }
}

#[test]
fn a_second_reader_is_found() {
    for kind in KINDS {
        assert!(kind.sign(&code(kind.second)).is_some(), "{}", kind.second);
    }
}

/// A file for each reader in `src/formats/`.
const FILES: [(&str, &str); 35] = [
    ("angular_json", "angular.json"),
    ("base", ".spaces-new.base"),
    ("cargo_manifest", "Cargo.toml"),
    ("compose", "docker-compose.yml"),
    ("conda", "environment.yml"),
    ("dockerfile", "Dockerfile"),
    ("env_file", ".env"),
    ("environment_calls", "main.go"),
    ("front_matter", "README.md"),
    ("gitlab_ci", ".gitlab-ci.yml"),
    ("gitmodules", ".gitmodules"),
    ("go_mod", "go.mod"),
    ("html", "public/index.html"),
    ("javascript", "server.js"),
    ("javascript_config", "vite.config.js"),
    ("javascript_imports", "vite.config.js"),
    ("javascript_listen", "server.js"),
    ("javascript_serve", "server.js"),
    ("json", "package.json"),
    ("nginx", "nginx.conf"),
    ("own_file", ".spaces-new.toml"),
    ("package_json", "package.json"),
    ("package_list", "packages.txt"),
    ("pipfile", "Pipfile"),
    ("pipfile_lock", "Pipfile.lock"),
    ("procfile", "Procfile"),
    ("pyproject", "pyproject.toml"),
    ("python", "app.py"),
    ("python_lock", "poetry.lock"),
    ("python_version", ".python-version"),
    ("requirements", "requirements.txt"),
    ("streamlit_settings", ".streamlit/config.toml"),
    ("supervisord", "supervisord.conf"),
    ("wildmatch", ".gitignore"),
    ("workflow", ".github/workflows/deploy.yml"),
];

#[test]
fn every_reader_is_fuzzed_with_a_file_of_its_kind() {
    // Parts that other readers share
    const SHARED: [&str; 2] = ["mod", "tables"];
    let targets: String = sources("tests/fuzz/targets").into_iter().map(|(_, text)| text).collect();
    for (path, _) in sources("src/formats") {
        let reader = path.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        if SHARED.contains(&reader) {
            continue;
        }
        let file = FILES.iter().find(|(name, _)| *name == reader).map(|(_, file)| format!("\"{file}\""));
        let file = file.unwrap_or_else(|| panic!("name a file that src/formats/{path} reads"));
        assert!(targets.contains(&file), "no target in tests/fuzz/targets/ has {file}, which src/formats/{path} reads");
    }
}
