//! Tokens that were pasted where they would become public.

use crate::support::{Ran, Workspace};

const TOKEN: &str = "hf_aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH";

/// `new` and `init` with one more answer, and what was written.
fn runs(flag: &str, value: &str) -> [(Ran, bool); 2] {
    let has_token = |workspace: &Workspace| {
        let mut files = workspace.files(".").into_values();
        files.any(|bytes| bytes.windows(TOKEN.len()).any(|window| window == TOKEN.as_bytes()))
    };
    let workspace = Workspace::new();
    let template = if matches!(flag, "--command" | "--base") { "docker" } else { "gradio" };
    let mut words = vec!["made", "-t", template, "--yes", "--vcs", "none", flag, value];
    if flag == "--command" {
        words.extend(["--base", "python:3.13-slim"]);
    }
    let new = workspace.run_words(&words);
    let new = (new, has_token(&workspace));
    let workspace = Workspace::new();
    workspace
        .write("app.py", "import gradio as gr\ngr.Interface(lambda x: x).launch()\n")
        .write("requirements.txt", "gradio\n");
    let init = workspace.run_words(&["init", ".", "--yes", flag, value]);
    [new, (init, has_token(&workspace))]
}

const FLAGS: [&str; 6] = ["--title", "--short-description", "--tag", "--variable", "--command", "--pip"];

fn given(flag: &str, value: &str) -> String {
    if flag == "--variable" { format!("T={value}") } else { value.to_owned() }
}

#[test]
fn a_token_is_refused_and_not_repeated() {
    let around = [
        "{}",
        "\"{}\"",
        "'{}'",
        "Bearer {}",
        "bearer:{}",
        "Authorization: Bearer {}",
        "\"Bearer {}\"",
        "token={}",
        "{\"token\": \"{}\"}",
    ];
    for flag in FLAGS {
        for around in around {
            let value = given(flag, &around.replacen("{}", TOKEN, 1));
            for (ran, is_written) in runs(flag, &value) {
                assert_eq!(ran.code(), 2, "{flag} {value}: {}", ran.shown());
                assert!(!is_written && !ran.stderr().contains(TOKEN), "{flag} {value}: {}", ran.shown());
                assert!(
                    ran.stderr().contains("token") && ran.stderr().contains("--secret "),
                    "{flag} {value}: {}",
                    ran.shown()
                );
                assert!(!ran.stderr().contains("bug in spaces-new"), "{flag} {value}: {}", ran.shown());
            }
        }
    }
}

#[test]
fn a_token_in_a_longer_value_causes_a_warning() {
    for (flag, value) in [
        ("--variable", "T=https://user:{}@host/x"),
        ("--variable", "T=https://host/?a=1&token={}"),
        ("--variable", "T={\"a\": 1, \"b\": \"{}\"}"),
        ("--title", "Demo {} of it"),
        ("--short-description", "x {} y"),
        ("--tag", "my {}"),
        ("--pip", "demo @ git+https://user:{}@example.org/demo.git"),
        ("--command", "[\"sh\",\"-c\",\"curl -H {} example.org\"]"),
    ] {
        let value = value.replacen("{}", TOKEN, 1);
        for (ran, is_written) in runs(flag, &value) {
            let warned = ran.stderr().lines().any(|line| {
                line.starts_with("warning: ")
                    && line.contains("token")
                    && line.contains("--secret NAME")
                    && !line.contains(TOKEN)
            });
            assert!(warned || !is_written, "{flag} {value}: {}", ran.shown());
            assert!(!ran.stderr().contains("bug in spaces-new"), "{flag} {value}: {}", ran.shown());
        }
    }
}

#[test]
fn a_token_in_an_answers_file_is_refused_too() {
    for (line, code) in [(format!("title = \"{TOKEN}\""), 2), (format!("variables = [\"A=x {TOKEN}\"]"), 0)] {
        let workspace = Workspace::new();
        workspace.write("answers.toml", format!("template = \"gradio\"\n{line}\n"));
        let ran = workspace.run("made --answers answers.toml --yes --vcs none");
        assert_eq!(ran.code(), code, "{}", ran.shown());
        assert!(ran.stderr().contains("token of Hugging Face"), "{}", ran.shown());
        let app = "import gradio as gr\ngr.Interface(lambda x: x).launch()\n";
        workspace
            .write("app/app.py", app)
            .write("app/.spaces-new.toml", format!("template = \"gradio\"\napp_file = \"app.py\"\n{line}\n"));
        let ran = workspace.run("init app --yes");
        assert_eq!(ran.code(), code, "{}", ran.shown());
        assert!(ran.stderr().contains("token of Hugging Face"), "{}", ran.shown());
    }
}

/// A variable that may be a secret is the user's choice, and not an error.
#[test]
fn a_variable_named_like_a_secret_causes_a_warning() {
    let workspace = Workspace::new();
    let ran = workspace.run("made -t gradio --yes --vcs none --variable MY_TOKEN=abcdefghijk").ok();
    assert!(
        ran.stderr().contains("warning: `MY_TOKEN` is written into the image: set it as a secret"),
        "{}",
        ran.shown()
    );
}

#[test]
fn ordinary_values_cause_no_warning() {
    let workspace = Workspace::new();
    let ran = workspace.run_words(&[
        "made",
        "-t",
        "gradio",
        "--yes",
        "--vcs",
        "none",
        "--pip",
        "scikit-learn==1.7.2",
        "--pip",
        "demo @ git+https://example.org/demo.git@0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
        "--tag",
        "sk-learn",
        "--title",
        "Ask me anything about hf_transfer",
        "--variable",
        "MODEL=sentence-transformers/all-MiniLM-L6-v2",
        "--variable",
        "DIGEST=sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ]);
    assert_eq!((ran.code(), ran.stderr().contains("token")), (0, false), "{}", ran.shown());
}
