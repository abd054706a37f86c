//! The command's output and exit codes.

use insta::assert_snapshot;

use crate::snapshots::settings;
use crate::support::Workspace;

/// Snapshots of output, under `snapshots/cli`.
fn in_snapshots(check: impl FnOnce()) {
    let mut settings = settings("cli");
    settings.add_filter(r"/[^ `\n]*/\.tmp[A-Za-z0-9]+", "[workspace]");
    // How small `.spaces-new.base` is depends on the version of the compressor
    settings.add_filter(r"( files), [0-9.]+ KiB", "$1, [size]");
    settings.add_filter(r#"("path": ".spaces-new.base",\s+"action": "create",\s+"bytes": )[0-9]+"#, "$1[size]");
    settings.bind(check);
}

/// Runs the command in a new folder and compares its output.
#[track_caller]
fn says(name: &str, words: &[&str]) {
    let workspace = Workspace::new();
    let ran = workspace.run_words(words);
    in_snapshots(|| assert_snapshot!(name, ran.shown()));
}

#[test]
fn help() {
    says("help", &["--help"]);
}

#[test]
fn the_version_is_printed_alone_and_with_other_flags() {
    let workspace = Workspace::new();
    let expected = format!("spaces-new {}\n", env!("CARGO_PKG_VERSION"));
    for words in ["--version", "-V", "--version --color never", "--color always -V"] {
        assert_eq!(workspace.run(words).ok().stdout(), expected, "{words}");
    }
}

#[test]
fn the_list_of_templates() {
    says("templates", &["templates"]);
    says("templates-json", &["templates", "--format", "json"]);
}

#[test]
fn the_schema() {
    says("schema", &["schema"]);
}

#[test]
fn a_gradio_space() {
    says("new-gradio", &["my-demo", "--template", "gradio", "--yes"]);
}

#[test]
fn a_space_with_settings() {
    let words = "my-demo -t streamlit --secret HF_TOKEN --build-secret PIP_TOKEN --variable MODE=demo --vcs none --yes";
    says("new-streamlit-settings", &words.split(' ').collect::<Vec<_>>());
}

#[test]
fn a_question_of_one_template_is_a_flag_too() {
    let workspace = Workspace::new();
    workspace.run("my-demo -t streamlit --max-upload-mb 5").ok();
    let config = workspace.files("my-demo").remove(".streamlit/config.toml").unwrap();
    assert!(String::from_utf8(config).unwrap().contains("maxUploadSize = 5\n"));
    says("own-question-range", &["my-demo", "-t", "streamlit", "--max-upload-mb", "many"]);
    says("own-question-elsewhere", &["my-demo", "-t", "gradio", "--max-upload-mb", "5"]);
}

#[test]
fn an_asset_never_replaces_a_file_of_the_template() {
    let workspace = Workspace::new();
    workspace.write("examples.txt", "mine");
    let ran = workspace.run("my-demo -t gradio --asset examples.txt");
    in_snapshots(|| assert_snapshot!("asset-taken", ran.shown()));
    assert_eq!(workspace.names(), ["examples.txt"]);
}

#[test]
fn a_space_with_its_own_command() {
    let command = r#"["node","server.js"]"#;
    let words = [
        "my-demo",
        "-t",
        "docker",
        "--base",
        "node:22-slim",
        "--command",
        command,
        "--port",
        "3000",
        "--format",
        "json",
    ];
    says("new-docker-command-json", &words);
}

#[test]
fn a_zero_gpu_space() {
    says("new-zero-gpu", &["my-demo", "-t", "gradio", "--sdk", "gradio", "--hardware", "zero-a10g"]);
}

#[test]
fn an_unknown_base_image_causes_a_warning() {
    says("new-unknown-base", &["my-demo", "-t", "docker", "--base", "ghcr.io/owner/tool", "--command", "tool $PORT"]);
}

#[test]
fn a_dry_run() {
    says("dry-run", &["my-demo", "-t", "gradio", "--dry-run"]);
    says("dry-run-json", &["my-demo", "-t", "gradio", "--sdk", "gradio", "--dry-run", "--format", "json"]);
    says("dry-run-diff", &["my-demo", "-t", "docker", "--dry-run", "--diff"]);
    let workspace = Workspace::new();
    workspace.run("my-demo -t gradio --dry-run").ok();
    assert!(workspace.names().is_empty());
}

#[test]
fn quiet_and_verbose() {
    says("quiet", &["my-demo", "-t", "gradio", "--quiet"]);
    says("verbose", &["my-demo", "-t", "gradio", "--title", "Mine", "--verbose", "--vcs", "none"]);
}

#[test]
fn missing_answers_are_named_with_a_command_line_that_works() {
    says("missing-all", &[]);
    says("missing-template", &["my-demo", "--emoji", "🚀"]);
    says("missing-command", &["my-demo", "-t", "docker", "--base", "ubuntu:24.04"]);
    says("missing-template-json", &["my-demo", "--format", "json"]);
}

#[test]
fn every_error_is_reported_at_once() {
    let words = "my-demo -t gradio --port 80 --color-from teal --license apache2.0 --emoji rocket --apt FFmpeg --tag a,b \
                 --secret TOKEN=abc --variable X --model a/b/c --pip --hardware a100 --name a--b --asset nowhere.png";
    let words = words.replace("--pip ", "--pip=-r ");
    says("errors", &words.split_whitespace().collect::<Vec<_>>());
    says("errors-json", &["my-demo", "-t", "gradio", "--port", "80", "--license", "apache2.0", "--format", "json"]);
}

#[test]
fn an_answers_file_is_checked_by_line() {
    let workspace = Workspace::new();
    workspace
        .write("a.toml", "template = \"gradio\"\ntitel = \"Mine\"\npython = 3.13\nport = \"7860\"\ntags = \"demo\"\n");
    let ran = workspace.run("my-demo --answers a.toml");
    in_snapshots(|| assert_snapshot!("answers-kinds", ran.shown()));
    workspace
        .write("b.toml", "template = \"gradio\"\ntitel = \"Mine\"\nport = true\ntags = \"demo\"\nbase = \"node\"\n");
    let ran = workspace.run("my-demo --answers b.toml");
    in_snapshots(|| assert_snapshot!("answers-errors", ran.shown()));
    workspace.write("c.toml", "template = \"gradio\nx");
    let ran = workspace.run("my-demo --answers c.toml");
    in_snapshots(|| assert_snapshot!("answers-not-toml", ran.shown()));
    let ran = workspace.run("my-demo --answers nowhere.toml");
    in_snapshots(|| assert_snapshot!("answers-missing", ran.shown()));
}

#[test]
fn packages_that_break_the_space_are_an_error_in_the_answers() {
    for (flag, package, named) in [("--apt", "libgl1-mesa-glx", "libgl1-mesa-glx"), ("--pip", "numpy==1.26.4", "numpy")]
    {
        let workspace = Workspace::new();
        let ran = workspace.run_words(&["q", "-t", "gradio", flag, package, "--yes"]);
        assert_eq!(ran.code(), 2, "{}", ran.shown());
        assert!(ran.stderr().contains(&format!("`{flag}`: ")) && ran.stderr().contains(named), "{}", ran.shown());
        assert!(!ran.stderr().contains("in spaces-new"), "{}", ran.shown());
        assert!(!workspace.path().join("q").exists());
    }
}

#[test]
fn contradicting_options_are_refused() {
    says("conflict-zero-gpu", &["my-demo", "-t", "gradio", "--sdk", "docker", "--hardware", "zero-a10g"]);
    says("conflict-port", &["my-demo", "-t", "gradio", "--sdk", "gradio", "--port", "8000", "--dev-mode"]);
    says("conflict-template", &["my-demo", "-t", "streamlit", "--base", "node:22"]);
    says("conflict-python", &["my-demo", "-t", "streamlit", "--python", "3.10"]);
    says("unknown-template", &["my-demo", "-t", "gardio"]);
    says("unknown-flag", &["my-demo", "--titel", "x"]);
}

#[test]
fn a_folder_that_is_not_empty_is_refused_and_stays_as_it_is() {
    let workspace = Workspace::new();
    for index in 0..12 {
        workspace.write(&format!("mine/file-{index:02}.txt"), "mine");
    }
    let before = workspace.files("mine");
    let ran = workspace.run("mine -t gradio");
    in_snapshots(|| assert_snapshot!("not-empty", ran.shown()));
    let ran = workspace.run("mine -t gradio --format json");
    in_snapshots(|| assert_snapshot!("not-empty-json", ran.shown()));
    assert_eq!(workspace.files("mine"), before);
}

#[test]
fn a_second_run_is_refused_and_changes_nothing() {
    let workspace = Workspace::new();
    workspace.run("my-demo -t gradio").ok();
    let before = workspace.files("my-demo");
    let ran = workspace.run("my-demo -t gradio --title Other");
    assert_eq!(ran.code(), 1, "{}", ran.stderr());
    assert_eq!(workspace.files("my-demo"), before);
}

#[test]
fn the_kept_answers_make_the_same_bytes() {
    let workspace = Workspace::new();
    workspace.write("logo.bin", b"\0\x01").write("data/a b.txt", "text");
    workspace
        .run_words(&[
            "one",
            "-t",
            "streamlit",
            "--asset",
            "logo.bin",
            "--asset",
            "data",
            "--name",
            "x",
            "--title",
            "T: #1",
        ])
        .ok();
    workspace.run("two --answers one/.spaces-new.toml").ok();
    assert_eq!(workspace.files("one"), workspace.files("two"));
    assert!(workspace.files("two").contains_key("assets/data/a b.txt"));
}

#[test]
fn defaults_that_the_folder_gives_make_the_same_bytes_in_another_one() {
    let workspace = Workspace::new();
    workspace.run("first-demo -t gradio --port 8000").ok();
    workspace.run("other --answers first-demo/.spaces-new.toml").ok();
    assert_eq!(workspace.files("first-demo"), workspace.files("other"));
    let kept = String::from_utf8(workspace.files("other")[".spaces-new.toml"].clone()).unwrap();
    let kept: Vec<&str> = kept.lines().filter(|line| !line.starts_with('#') && !line.starts_with("template")).collect();
    assert_eq!(kept, ["name = \"first-demo\"", "title = \"First Demo\"", "port = 8000"]);
}

#[test]
fn answers_can_come_from_standard_input() {
    let workspace = Workspace::new();
    workspace.write("answers", "template = \"streamlit\"\nport = 8501\n");
    let stdin = fs_err::File::open(workspace.path().join("answers")).unwrap();
    let output = workspace.command().args(["my-demo", "--answers", "-"]).stdin(stdin.into_parts().0).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = workspace.files("my-demo");
    assert!(String::from_utf8_lossy(&files["README.md"]).contains("app_port: 8501"));
}

#[test]
fn a_name_that_is_nearly_a_subcommand_is_refused_unless_a_template_is_named() {
    says("near-miss", &["templats"]);
    let workspace = Workspace::new();
    workspace.run("./check -t gradio").ok();
    workspace.run("templats -t gradio").ok();
    workspace.run("dry -t static").ok();
    assert_eq!(workspace.names(), ["check", "dry", "templats"]);
}

#[test]
fn a_verb_of_other_generators_is_not_needed() {
    says("verb", &["create", "my app", "-t", "gradio"]);
    let workspace = Workspace::new();
    let ran = workspace.run("--format json new d1");
    assert_eq!((ran.code(), workspace.names().len()), (2, 0));
    assert!(ran.json()["errors"][0]["message"].as_str().unwrap().contains("`new` is not a subcommand"));
    workspace.run("new -t static").ok();
    assert_eq!(workspace.names(), ["new"]);
}

#[test]
fn a_licence_is_written_as_the_hub_writes_it() {
    let workspace = Workspace::new();
    workspace.run("demo -t static --license MIT").ok();
    let readme = String::from_utf8_lossy(&workspace.files("demo")["README.md"]).into_owned();
    assert!(readme.contains("license: mit\n"), "{readme}");
}

#[test]
fn a_file_stands_for_its_folder() {
    let workspace = Workspace::new();
    workspace.run("demo -t gradio").ok();
    let ran = workspace.run("check demo/README.md demo/Dockerfile --format json").ok();
    assert_eq!(ran.json(), workspace.run("check demo --format json").json());
    assert_eq!(workspace.run("check - --fix").code(), 2);
    let mut command = workspace.command();
    let inside = command.current_dir(workspace.path().join("demo")).args(["check", "README.md"]).output().unwrap();
    assert!(inside.status.success(), "{}", String::from_utf8_lossy(&inside.stderr));
}

#[test]
fn findings_are_printed_also_with_quiet() {
    let workspace = Workspace::new();
    workspace.write("space/README.md", "---\nsdk: docker\napp_port: 80\n---\n").write("space/Dockerfile", "FROM a\n");
    let ran = workspace.run("check space --quiet");
    assert!(ran.code() == 1 && ran.stdout().contains("app-port-too-low"), "{}", ran.stdout());
    assert!(workspace.run("check space --quiet --format sarif").stdout().starts_with('{'));
    workspace.run("demo -t static --quiet").ok();
    let ran = workspace.run("check demo --quiet");
    assert_eq!((ran.code(), ran.stdout()), (0, String::new()));
}

#[test]
fn shared_flags_work_before_and_after_a_subcommand() {
    let workspace = Workspace::new();
    let after = workspace.run("templates --format json").ok().stdout();
    assert_eq!(workspace.run("--format json templates").ok().stdout(), after);
    assert_eq!(workspace.run("--color never templates").code(), 0);
    let ran = workspace.run("my-demo templates");
    assert_eq!(ran.code(), 2, "{}", ran.stdout());
}

#[test]
fn output_that_cannot_be_written_is_a_failure() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let output = Workspace::new().command().arg("schema").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn completions_know_flags_and_values() {
    // `shells.rs` tests those of bash, zsh and fish
    for (shell, value) in [("powershell", "template"), ("elvish", "template")] {
        let script = Workspace::new().run(&format!("completions {shell}")).ok().stdout();
        assert!(script.contains("color-from") && script.contains(value), "{shell}: {script}");
    }
}

#[test]
fn colour_can_be_chosen() {
    let workspace = Workspace::new();
    let escaped = |words: &str, no_color: bool| {
        let mut command = workspace.command();
        if no_color {
            command.env("NO_COLOR", "1");
        }
        let output = command.args(words.split(' ')).output().unwrap();
        output.stderr.contains(&0x1b)
    };
    assert!(!escaped("x -t nothing", false), "no terminal, no colour");
    assert!(escaped("x -t nothing --color always", false));
    assert!(!escaped("x -t nothing --color never", false));
    assert!(!escaped("x -t nothing --color auto", true));
}

#[test]
fn git_is_initialised_unless_inside_another_repository() {
    let workspace = Workspace::new();
    workspace.run("one -t gradio").ok();
    let head = fs_err::read_to_string(workspace.path().join("one/.git/HEAD")).unwrap();
    assert_eq!(head.trim(), "ref: refs/heads/main");
    let inside = workspace.run("one/two -t gradio").ok();
    assert!(inside.stdout().contains("inside the work tree"), "{}", inside.stdout());
    assert!(!workspace.path().join("one/two/.git").exists());
    workspace.run("three -t gradio --vcs none").ok();
    assert!(!workspace.path().join("three/.git").exists());
    let without_git = workspace.command().args(["four", "-t", "gradio"]).env("PATH", "/nonexistent").output().unwrap();
    let said = String::from_utf8_lossy(&without_git.stdout).into_owned();
    assert!(without_git.status.success() && said.contains("git is not installed"), "{said}");
}
