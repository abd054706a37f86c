//! The command as people and programs use it.

use super::{BASE, SPACE, age, at, edit, made, record, said, text, updated};
use crate::support::{Ran, Workspace, cases, plan, root};

#[test]
fn a_space_that_was_just_made_is_up_to_date() {
    // Those with an app would be `init`'s
    for (template, name, answers) in cases().into_iter().filter(|(_, _, answers)| answers.get("app_file").is_none()) {
        let workspace = Workspace::new();
        let (_, plan) = plan(&template, &answers.in_folder(SPACE));
        plan.write_to(&workspace.path().join(SPACE), &workspace.options()).unwrap();
        let before = workspace.files(SPACE);
        let report = workspace.run(&format!("update {SPACE}")).ok().stdout();
        assert!(report.contains("no file changed"), "{template}/{name}: {report}");
        assert!(workspace.files(SPACE) == before, "{template}/{name}");
        let checked = workspace.run(&format!("update {SPACE} --check"));
        assert_eq!(checked.code(), 0, "{template}/{name}: {}", checked.shown());
    }
}

#[test]
fn a_space_around_an_app_is_up_to_date_and_follows_a_newer_template() {
    let workspace = Workspace::new();
    workspace.write(&at("app.py"), "import gradio as gr\n\ngr.Interface(str, 'text', 'text').launch()\n");
    workspace.write(&at("requirements.txt"), "gradio\n").write(&at("README.md"), "# Mine\n");
    workspace.run(&format!("init {SPACE} --yes")).ok();
    let before = workspace.files(SPACE);
    updated(&workspace, "");
    assert!(workspace.files(SPACE) == before);
    assert!(!text(&workspace, BASE).contains("app.py"), "the app is nobody's but the person's");
    age(&workspace, "Dockerfile", "FROM python:", "FROM python:2.");
    edit(&workspace, "Dockerfile", "COPY", "# mine\nCOPY");
    let report = updated(&workspace, "");
    assert_eq!(said(&report, "Dockerfile"), "merge     Dockerfile        your changes, and those of the template");
    assert!(text(&workspace, "Dockerfile").contains("# mine\n"));
    assert_eq!(text(&workspace, "Dockerfile").replacen("# mine\n", "", 1).as_bytes(), before["Dockerfile"]);
    updated(&workspace, "--port 9000");
    assert!(text(&workspace, "README.md").contains("app_port: 9000"), "{}", text(&workspace, "README.md"));
    assert!(text(&workspace, "Dockerfile").contains("# mine\n") && text(&workspace, "Dockerfile").contains("9000"));
}

#[test]
fn unchanged_files_are_replaced_and_changed_ones_are_merged() {
    let workspace = made("-t gradio");
    let newest = workspace.files(SPACE);
    age(&workspace, "requirements.txt", "gradio==6.", "gradio==5.");
    age(&workspace, "Dockerfile", "FROM python:3.", "FROM python:3.0");
    age(&workspace, "app.py", "import gradio as gr\n", "import gradio as gr # old\n");
    age(&workspace, ".gitignore", ".env", ".env\nold");
    edit(&workspace, "app.py", "\"\"\"", "\"\"\"Mine. ");
    edit(&workspace, "Dockerfile", "\nCMD", "\n# mine\nCMD");
    let report = updated(&workspace, "");
    for (path, verb) in
        [("requirements.txt", "update"), ("Dockerfile", "merge"), ("app.py", "merge"), (".gitignore", "update")]
    {
        assert!(said(&report, path).starts_with(verb), "{report}");
    }
    let mut after = workspace.files(SPACE);
    for (path, mine) in [("Dockerfile", "# mine\n"), ("app.py", "Mine. ")] {
        let text = text(&workspace, path);
        assert_eq!(text.matches(mine).count(), 1, "{text}");
        after.insert(path.to_owned(), text.replacen(mine, "", 1).into_bytes());
    }
    assert!(after == newest, "but for those lines it is a new Space");
}

#[test]
fn answers_that_are_given_are_merged_in_the_same_way() {
    let workspace = made("-t gradio");
    edit(&workspace, "Dockerfile", "\nCMD", "\n# mine\nCMD");
    updated(&workspace, "--python 3.12");
    assert!(text(&workspace, "Dockerfile").contains("FROM python:3.12-"));
    assert!(text(&workspace, "Dockerfile").contains("# mine\n"));
    assert!(text(&workspace, ".spaces-new.toml").contains("python = \"3.12\""));
    let report = updated(&workspace, "--hardware zero-a10g --python 3.12.12");
    assert!(said(&report, "Dockerfile").starts_with("keep"), "it was changed: {report}");
    assert!(said(&report, ".dockerignore").starts_with("remove"), "{report}");
    assert!(text(&workspace, "README.md").contains("sdk: gradio\n"));
    // Another platform may read it again
    assert!(text(&workspace, BASE).contains("Dockerfile"));
    let refused = workspace.run(&format!("update {SPACE} --python 9"));
    assert_eq!(refused.code(), 2, "{}", refused.shown());
    for words in ["--template flask", "--app-file other.py"] {
        let refused = workspace.run(&format!("update {SPACE} {words}"));
        assert!(refused.code() == 2 && refused.stderr().contains("spaces-new init"), "{}", refused.shown());
    }
}

#[test]
fn what_was_deleted_stays_deleted_and_what_is_new_is_created() {
    let workspace = made("-t gradio");
    fs_err::remove_file(workspace.path().join(at("assets/README.md"))).unwrap();
    fs_err::remove_file(workspace.path().join(at(".gitignore"))).unwrap();
    record(&workspace, "deleted.txt", Some("made\n"));
    // The newer template has one file more
    record(&workspace, "app.py", None);
    fs_err::remove_file(workspace.path().join(at("app.py"))).unwrap();
    let report = updated(&workspace, "");
    assert!(said(&report, "assets/README.md").contains("deleted since it was made; it stays so"), "{report}");
    assert!(said(&report, ".gitignore").starts_with("keep"), "{report}");
    assert!(said(&report, "app.py").starts_with("create"), "{report}");
    assert!(!report.contains("deleted.txt") && !report.contains("declined"), "{report}");
    let files = workspace.files(SPACE);
    assert!(!files.contains_key(".gitignore"));
}

#[test]
fn a_file_that_no_run_made_is_left_alone() {
    let workspace = made("-t gradio");
    // New in the template since
    edit(&workspace, ".spaces-new.toml", "template_version = \"1.1.0\"", "template_version = \"1.0.0\"");
    record(&workspace, "app.py", None);
    workspace.write(&at("app.py"), "mine\n");
    for _ in 0..2 {
        let report = updated(&workspace, "");
        assert!(said(&report, "app.py").contains("spaces-new did not create it"), "{report}");
        assert_eq!(text(&workspace, "app.py"), "mine\n");
    }
}

#[test]
fn what_cannot_be_read_is_in_the_way_only_if_the_template_changed_it() {
    let workspace = made("-t gradio");
    let ignored = text(&workspace, ".gitignore") + "requirements.txt\n";
    workspace.write(&at(".gitignore"), ignored).write(&at("app.py"), b"\xff\x00".repeat(2));
    fs_err::remove_file(workspace.path().join(at("Dockerfile"))).unwrap();
    workspace.write(&at("Dockerfile/x"), "");
    let report = updated(&workspace, "");
    assert!(said(&report, "requirements.txt").contains("git ignores it"), "{report}");
    assert!(said(&report, "Dockerfile").ends_with("a folder has this name"), "{report}");
    assert!(said(&report, "app.py").starts_with("keep"), "{report}");
    record(&workspace, "app.py", Some("older\n"));
    let refused = workspace.run(&format!("update {SPACE}"));
    assert!(refused.code() == 1 && refused.stderr().contains("app.py: it is not text"), "{}", refused.shown());
}

#[test]
fn values_of_the_front_matter_follow_unless_somebody_changed_them() {
    let workspace = made("-t gradio --sdk gradio");
    let newest = text(&workspace, "README.md");
    let version = newest.lines().find(|line| line.starts_with("sdk_version")).unwrap().to_owned();
    age(&workspace, "README.md", &version, "sdk_version: 5.0.0\nold_key: 1");
    edit(&workspace, "README.md", "emoji: ", "emoji: 🐢 # not ");
    edit(&workspace, "README.md", "\n# ", "\n# My ");
    let report = updated(&workspace, "");
    let line = said(&report, "README.md");
    assert!(line.contains(&format!("`{version}` for `5.0.0`")) && line.contains("without `old_key: 1`"), "{line}");
    let after = text(&workspace, "README.md");
    assert!(after.contains("emoji: 🐢 # not ") && after.contains("\n# My ") && after.contains(&version), "{after}");

    let workspace = made("-t gradio --sdk gradio");
    age(&workspace, "README.md", &version, "sdk_version: 5.0.0");
    edit(&workspace, "README.md", "sdk_version: 5.0.0", "sdk_version: 5.9.0");
    updated(&workspace, "");
    assert!(text(&workspace, "README.md").contains("sdk_version: 5.9.0"), "it was chosen");
}

#[test]
fn windows_line_breaks_stay() {
    let workspace = made("-t gradio");
    let newest = text(&workspace, "Dockerfile");
    age(&workspace, "Dockerfile", "FROM python:3.", "FROM python:3.0");
    age(&workspace, "requirements.txt", "gradio==6.", "gradio==5.");
    for path in ["Dockerfile", "requirements.txt", "app.py", ".gitignore", ".dockerignore"] {
        workspace.write(&at(path), text(&workspace, path).replace('\n', "\r\n"));
    }
    // Some tools add lines without them
    edit(&workspace, "Dockerfile", "\r\nCMD", "\r\n# mine\nCMD");
    let report = updated(&workspace, "");
    assert!(said(&report, "Dockerfile").starts_with("merge") && said(&report, "app.py").starts_with("unchanged"));
    assert_eq!(text(&workspace, "Dockerfile").replace("# mine\r\n", ""), newest.replace('\n', "\r\n"));
    assert!(text(&workspace, "requirements.txt").starts_with("gradio==6.") && !report.contains("conflict"));
    assert_eq!(text(&workspace, "requirements.txt").matches("\r\n").count(), 2);
}

#[test]
fn check_writes_nothing_and_says_by_its_exit_code_whether_something_would_change() {
    let workspace = made("-t gradio --license mit");
    let check = |words: &str| workspace.run(&format!("update {SPACE} --check {words}"));
    assert_eq!(check("").code(), 0);
    edit(&workspace, "app.py", "import", "# mine\nimport");
    edit(&workspace, ".gitignore", ".env\n", "");
    edit(&workspace, "README.md", "license: mit\n", "");
    assert_eq!(check("").code(), 0, "what a person changed is not from a newer template");
    assert_eq!(check("--python 3.12").code(), 1);
    age(&workspace, "requirements.txt", "gradio==6.", "gradio==5.");
    let before = workspace.files(SPACE);
    let outdated = check("");
    assert!(outdated.code() == 1 && outdated.stdout().contains("Would update the Space"), "{}", outdated.shown());
    assert!(workspace.files(SPACE) == before);
    let json = check("--format json").json();
    assert!(json["ok"] == true && json["dry_run"] == true, "{json}");
    updated(&workspace, "");
    assert_eq!(check("").code(), 0);
}

#[test]
fn a_folder_that_was_not_made_here_is_refused() {
    let workspace = Workspace::new();
    workspace.write(&at("app.py"), "print(1)\n");
    for own in ["", "[check]\npedantic = true\n", "name = \"a\"\n"] {
        workspace.write(&at(".spaces-new.toml"), own);
        let refused = workspace.run(&format!("update {SPACE}"));
        assert_eq!(refused.code(), 2, "{}", refused.shown());
        assert!(refused.stderr().contains("spaces-new init"), "{}", refused.shown());
    }
    let missing = workspace.run("update nowhere");
    assert!(missing.code() == 2 && missing.stderr().contains("does not exist"), "{}", missing.shown());
}

#[test]
fn versions_alone_can_be_brought_in() {
    let workspace = made("-t gradio");
    let newest = workspace.files(SPACE);
    age(&workspace, "requirements.txt", "gradio==6.31.0", "gradio==5.0.0\nold==1.0");
    age(&workspace, "Dockerfile", "FROM python:3.13", "FROM python:3.12");
    age(&workspace, "Dockerfile", "\nCMD", "\n# old\nCMD");
    edit(&workspace, "Dockerfile", "\nUSER", "\n# mine\nUSER");
    let report = workspace.run(&format!("update {SPACE} --pins-only")).ok().stdout();
    assert!(said(&report, "Dockerfile").starts_with("merge"), "{report}");
    assert!(text(&workspace, "requirements.txt").starts_with("gradio==6.31.0\nold==1.0\n"));
    let dockerfile = text(&workspace, "Dockerfile");
    assert!(dockerfile.starts_with("FROM python:3.13") && dockerfile.contains("# old\n"), "{dockerfile}");
    let before = workspace.files(SPACE);
    workspace.run(&format!("update {SPACE} --pins-only")).ok();
    assert!(workspace.files(SPACE) == before, "twice is once");
    let refused = workspace.run(&format!("update {SPACE} --pins-only --python 3.12"));
    assert_eq!(refused.code(), 2, "{}", refused.shown());
    // The rest is not forgotten
    updated(&workspace, "");
    let after = workspace.files(SPACE);
    assert!(after["requirements.txt"] == newest["requirements.txt"] && after[BASE] == newest[BASE]);
    assert_eq!(text(&workspace, "Dockerfile").replace("# mine\n", "").as_bytes(), newest["Dockerfile"]);
}

#[test]
fn the_step_of_the_documented_workflow_fails_when_there_is_something_to_update() {
    let page = fs_err::read_to_string(root().join("docs/update.md")).unwrap();
    let (_, workflow) = page.split_once("<!-- workflow -->").unwrap();
    let step = workflow.lines().find_map(|line| line.trim().strip_prefix("- run: '")).unwrap();
    let words = step.strip_prefix("\"$RUNNER_TEMP/spaces-new/bin/spaces-new\" ").unwrap().strip_suffix('\'').unwrap();
    // `action.yml` installs it there
    let action = fs_err::read_to_string(root().join("action.yml")).unwrap();
    assert!(action.contains("--root \"$RUNNER_TEMP/spaces-new\""), "{action}");
    let workspace = made("-t gradio --deploy github");
    let run = || {
        let mut command = workspace.command();
        command.args(words.split(' ')).current_dir(workspace.path().join(SPACE));
        Ran(command.output().unwrap())
    };
    assert_eq!(run().code(), 0);
    age(&workspace, "requirements.txt", "gradio==6.", "gradio==5.");
    let outdated = run();
    assert!(outdated.code() == 1 && outdated.stdout().contains("\n-gradio==5."), "{}", outdated.shown());
}

#[test]
fn a_space_of_a_newer_template_is_refused() {
    let workspace = made("-t gradio");
    for newer in ["9.0.0", "1.10.0", "1.1.1"] {
        let own = text(&workspace, ".spaces-new.toml");
        edit(
            &workspace,
            ".spaces-new.toml",
            "template_version = \"1.1.0\"",
            &format!("template_version = \"{newer}\""),
        );
        let before = workspace.files(SPACE);
        for words in ["", "--check", "--pins-only", "--python 3.12"] {
            let refused = workspace.run(&format!("update {SPACE} {words}"));
            let said = refused.stderr();
            assert!(refused.code() == 2 && said.contains(&format!("version {newer} of")), "{}", refused.shown());
            assert!(said.contains("at least as new"), "{}", refused.shown());
        }
        assert!(workspace.files(SPACE) == before);
        workspace.write(&at(".spaces-new.toml"), own);
    }
}

#[test]
fn deleted_keys_of_the_front_matter_stay_away_until_somebody_asks_for_one() {
    let workspace = made("-t gradio --license mit");
    let emoji = text(&workspace, "README.md").lines().find(|line| line.starts_with("emoji")).unwrap().to_owned() + "\n";
    edit(&workspace, "README.md", &emoji, "");
    edit(&workspace, "README.md", "license: mit\n", "");
    updated(&workspace, "--title Other");
    let readme = text(&workspace, "README.md");
    assert!(readme.contains("title: Other\n") && !readme.contains("emoji") && !readme.contains("license"), "{readme}");
    updated(&workspace, "--license apache-2.0");
    let readme = text(&workspace, "README.md");
    assert!(readme.contains("license: apache-2.0\n") && !readme.contains("emoji"), "{readme}");
}

#[test]
fn the_text_of_a_changed_readme_is_merged_or_a_warning_says_that_it_stays() {
    for crlf in [false, true] {
        let workspace = made("-t gradio");
        edit(&workspace, "README.md", "\n# ", "\nMine.\n\n# ");
        if crlf {
            workspace.write(&at("README.md"), text(&workspace, "README.md").replace('\n', "\r\n"));
        }
        let before = text(&workspace, "README.md");
        let report = updated(&workspace, "--port 9000");
        assert!(said(&report, "README.md").ends_with("`app_port: 9000` for `7860`, its text"), "{report}");
        assert_eq!(text(&workspace, "README.md").matches('\n').count(), before.matches('\n').count());
        let newest = text(&made("-t gradio --port 9000"), "README.md").replacen("\n# ", "\nMine.\n\n# ", 1);
        assert_eq!(text(&workspace, "README.md").replace("\r\n", "\n"), newest);
        assert_eq!(text(&workspace, "README.md").contains('\r'), crlf);
    }
    let workspace = made("-t gradio");
    let line = text(&workspace, "README.md").lines().rfind(|line| line.contains("7860")).unwrap().to_owned();
    edit(&workspace, "README.md", &line, "mine");
    let shown = workspace.run(&format!("update {SPACE} --port 9000")).ok();
    assert!(shown.stderr().contains("the text of README.md stays as it is: from line "), "{}", shown.shown());
    assert!(
        text(&workspace, "README.md").contains("\nmine\n") && text(&workspace, "README.md").contains("app_port: 9000")
    );
}

#[test]
fn the_check_says_nothing_about_a_state_that_was_not_written() {
    for command in ["update", "update --dry-run", "init --yes --dry-run"] {
        let workspace = made("-t docker");
        edit(&workspace, "Dockerfile", "\"7860\"", "\"7861\"");
        let words = format!("{command} {SPACE} --port 9000");
        let shown = workspace.run(&words);
        assert!(shown.code() == 1 && said(&shown.stdout(), "Dockerfile").starts_with("conflict"), "{}", shown.shown());
        assert!(!shown.stdout().contains("The check reports"), "{}", shown.shown());
        let json = workspace.run(&format!("{words} --format json")).json();
        assert!(json["findings"].as_array().is_some_and(Vec::is_empty), "{json}");
        let kept = workspace.run(&format!("{words} --on-conflict keep")).stdout();
        assert!(kept.contains("The check reports") && kept.contains("port-mismatch"), "{kept}");
    }
}

/// An app that an image starts, with a Space around it.
fn fastapi(words: &str) -> Workspace {
    let workspace = Workspace::new();
    workspace.write(&at("app.py"), "from fastapi import FastAPI\n\napp = FastAPI()\n");
    workspace.write(&at("requirements.txt"), "fastapi\nuvicorn\n");
    workspace.run(&format!("init {SPACE} --yes {words}")).ok();
    workspace
}

/// A command without spaces in it.
fn uvicorn(port: u16) -> String {
    format!(r#"--command ["uvicorn","app:app","--host","0.0.0.0","--port","{port}"]"#)
}

#[test]
fn the_port_follows_the_command_that_is_given() {
    for command in ["init --yes", "update"] {
        let workspace = fastapi("");
        let runs_on = |port: &str, words: &str| {
            let shown = workspace.run(&format!("{command} {SPACE} {words}")).ok();
            assert!(!shown.stdout().contains("port-mismatch"), "{words}: {}", shown.shown());
            let readme = text(&workspace, "README.md");
            for line in [format!("app_port: {port}\n"), format!("--publish {port}:{port} ")] {
                assert!(readme.contains(&line), "{words}: {line} is not in {readme}");
            }
            assert!(text(&workspace, "Dockerfile").contains(&format!("PORT={port}\n")));
        };
        runs_on("8000", &uvicorn(8000));
        runs_on("8000", "--title Other");
        runs_on("7860", &uvicorn(7860));
        runs_on("9000", &format!("{} --port 9000", uvicorn(9000)));
        // No port is said, so that of the Space stays
        runs_on("9000", r#"--command ["./serve"]"#);
    }
    // A port that is given counts, and the check says that the command has another
    let workspace = fastapi("");
    let shown = workspace.run(&format!("update {SPACE} {} --port 9000", uvicorn(8000))).ok();
    assert!(shown.stdout().contains("port-mismatch"), "{}", shown.shown());
    assert!(text(&workspace, "README.md").contains("app_port: 9000\n"));
}

#[test]
fn a_command_that_is_found_and_not_used_is_said_to_be_so() {
    let workspace = fastapi(r#"--command ["uvicorn","app:app","--host","0.0.0.0","--port","7860","--workers","2"]"#);
    let shown = workspace.run(&format!("init {SPACE} --yes")).ok();
    let found = shown.stderr().lines().find(|line| line.trim().starts_with("command ")).unwrap().to_owned();
    assert!(found.ends_with("; another one is kept)"), "{found}");
    let workspace = fastapi("");
    let shown = workspace.run(&format!("init {SPACE} --yes")).ok();
    assert!(!shown.stderr().contains("another one"), "{}", shown.shown());
}
