//! The command: its text and its JSON, its flags and its questions.

use serde_json::Value;

use super::case;
use crate::check::repository::files;
use crate::snapshots::settings;
use crate::support::Workspace;

/// A workspace with a case in `app`.
fn workspace(name: &str) -> Workspace {
    let workspace = Workspace::new();
    for (path, bytes) in files(&case(name)) {
        workspace.write(&format!("app/{path}"), bytes.unwrap());
    }
    workspace
}

fn targets<'v>(document: &'v Value, key: &str) -> Vec<&'v str> {
    document[key].as_array().unwrap().iter().map(|item| item["target"].as_str().unwrap()).collect()
}

/// What is expected of the advice about an app.
struct Right {
    app: &'static str,
    ask: &'static str,
    first: &'static str,
    never: &'static [&'static str],
    /// A platform that is ruled out, and a word of the reason.
    out: Option<(&'static str, &'static str)>,
    /// A word of the reasons and facts of the first pick.
    word: &'static str,
}

const RIGHT: &[Right] = &[
    Right {
        app: "gradio-one",
        ask: "--for demo --budget free",
        first: "huggingface-spaces",
        never: &["replicate", "colab", "streamlit-cloud"],
        out: Some(("replicate", "no free plan")),
        word: "ZeroGPU",
    },
    Right {
        app: "gradio-one",
        ask: "--for api --budget per-use",
        first: "replicate",
        never: &["colab"],
        out: Some(("streamlit-cloud", "Streamlit")),
        word: "$0.0001",
    },
    Right {
        app: "gradio-two",
        ask: "--for link",
        first: "gradio-share",
        never: &[],
        out: Some(("colab", "notebooks")),
        word: "one week",
    },
    Right {
        app: "gradio-two",
        ask: "--for notebook",
        first: "colab",
        never: &["replicate", "bentoml"],
        out: None,
        word: "12 hours",
    },
    Right {
        app: "gradio-state",
        ask: "--for api --budget per-use --gpu burst",
        first: "huggingface-spaces",
        never: &["replicate", "bentoml"],
        out: Some(("replicate", "State")),
        word: "ZeroGPU",
    },
    Right {
        app: "gradio-unguarded",
        ask: "--for scale --budget monthly",
        first: "northflank",
        never: &["replicate", "bentoml"],
        out: Some(("bentoml", "app.py:8")),
        word: "$2.70",
    },
    Right {
        app: "streamlit",
        ask: "--for dashboard --budget free",
        first: "streamlit-cloud",
        never: &["gradio-share", "replicate", "bentoml", "huggingface-spaces"],
        out: Some(("huggingface-spaces", "PRO")),
        word: "2.7 GB",
    },
    Right {
        app: "streamlit-space",
        ask: "--for scale --budget monthly",
        first: "northflank",
        never: &["replicate", "bentoml", "gradio-share"],
        out: Some(("replicate", "pages")),
        word: "Dockerfile",
    },
    Right {
        app: "streamlit",
        ask: "--gpu steady",
        first: "huggingface-spaces",
        never: &["streamlit-cloud"],
        out: Some(("streamlit-cloud", "no GPU")),
        word: "$0.40",
    },
    Right {
        app: "fastapi",
        ask: "--for demo --budget free",
        first: "northflank",
        never: &["huggingface-spaces", "replicate"],
        out: Some(("huggingface-spaces", "PRO")),
        word: "Sandbox",
    },
    Right {
        app: "page",
        ask: "--for demo --budget free --gpu none",
        first: "huggingface-spaces",
        never: &["northflank"],
        out: Some(("northflank", "static page")),
        word: "free for everyone",
    },
];

#[test]
fn the_advice_about_each_app_is_right() {
    for right in RIGHT {
        let ran = workspace(right.app).run(&format!("advise app {} --format json", right.ask)).ok();
        let document = ran.json();
        let picks = targets(&document, "picks");
        let what = format!("{} {}: {picks:?}", right.app, right.ask);
        assert_eq!(picks[0], right.first, "{what}");
        assert!(!right.never.iter().any(|never| picks.contains(never)), "{what}");
        if let Some((out, word)) = right.out {
            let ruled_out = document["ruled_out"].as_array().unwrap();
            let found = ruled_out.iter().find(|item| item["target"] == out);
            let because = found.unwrap_or_else(|| panic!("{what}"))["because"].as_str().unwrap();
            assert!(because.contains(word), "{what}: {out}: {because}");
        }
        let first = &document["picks"][0];
        assert!(format!("{}{}", first["because"], first["facts"]).contains(right.word), "{what}: {first:#}");
        for fact in first["facts"].as_array().unwrap() {
            assert!(fact["source"].as_str().unwrap().starts_with("https://"), "{fact}");
            assert!(fact["date"].as_str().unwrap().starts_with("202"), "{fact}");
        }
    }
}

#[test]
fn the_text_is_one_screen() {
    for (name, words) in [
        ("gradio-one", "advise app --for api --budget per-use --gpu none"),
        ("gradio-state", "advise app --for api --gpu steady"),
        ("streamlit-space", "advise app --for dashboard --budget free"),
        ("nothing", "advise app"),
    ] {
        let ran = workspace(name).run(words).ok();
        let stdout = ran.stdout();
        assert!(stdout.lines().count() <= 48, "{name}: {stdout}");
        let is_wide =
            |line: &&str| line.chars().count() > 80 && !line.contains("https://") && !line.contains("spaces-new");
        assert_eq!(stdout.lines().find(is_wide), None, "{name}");
        settings("cli").bind(|| insta::assert_snapshot!(format!("advise-{name}"), ran.shown()));
    }
}

#[test]
fn without_flags_and_a_terminal_every_question_is_open() {
    let document = workspace("gradio-one").run("advise app --format json").ok().json();
    assert_eq!(document["answers"], serde_json::json!({"for": null, "budget": null, "gpu": null}));
    assert_eq!(document["app"]["functions"], serde_json::json!(["discount"]));
    assert_eq!(targets(&document, "picks").len() + targets(&document, "ruled_out").len(), 7);
}

#[test]
fn the_command_names_the_folder_as_it_was_typed() {
    let workspace = Workspace::new();
    for (path, bytes) in files(&case("gradio-two")) {
        workspace.write(&format!("my app/{path}"), bytes.unwrap());
    }
    let next = |words: &[&str]| {
        let document = workspace.run_words(words).ok().json();
        document["picks"][0]["next"].as_str().unwrap().to_owned()
    };
    let api = ["advise", "my app", "--for", "api", "--budget", "per-use", "--format", "json"];
    assert_eq!(next(&api), "spaces-new add replicate 'my app' --function shout");
    assert_eq!(
        next(&["advise", "my app", "--for", "link", "--format", "json"]),
        "spaces-new add gradio-share 'my app'"
    );
    // A folder with the name of a subcommand, and one that does not exist
    assert_eq!(next(&["advise", "templates", "--for", "demo", "--format", "json"]), "spaces-new ./templates -t gradio");
}

#[test]
fn without_an_app_the_new_space_is_in_a_folder_of_its_own() {
    let workspace = Workspace::new();
    let next = || {
        let document = workspace.run("advise --for demo --format json").ok().json();
        document["picks"][0]["next"].as_str().unwrap().to_owned()
    };
    assert_eq!(next(), "spaces-new . -t gradio");
    workspace.write("notes.txt", "An idea.");
    assert_eq!(next(), "spaces-new my-demo -t gradio");
    workspace.write("my-demo/app.txt", "");
    assert_eq!(next(), "spaces-new my-demo-2 -t gradio");
}

/// A Space with a container needs a paid plan; the free way is another kind of Space.
#[test]
fn a_gradio_space_with_a_container_has_a_free_way() {
    let workspace = Workspace::new();
    workspace.run("made -t gradio --yes --vcs none").ok();
    let first = |folder: &str| {
        let command = format!("advise {folder} --for demo --budget free --format json");
        let document = workspace.run(&command).ok().json();
        let pick = &document["picks"][0];
        (pick["target"].as_str().unwrap().to_owned(), pick["next"].as_str().unwrap().to_owned())
    };
    let spaces = "huggingface-spaces".to_owned();
    assert_eq!(first("made"), (spaces.clone(), "spaces-new init made --plan free".to_owned()));
    workspace.write("own/app.py", "import gradio as gr\n\ngr.Interface(len, 'text', 'number').launch()\n");
    workspace.run("init own --yes").ok();
    assert_eq!(first("own"), (spaces, "spaces-new init own --plan free".to_owned()));
    workspace.run("init own --plan free --yes").ok();
    workspace.run("init made --plan free --yes").ok();
}

#[test]
fn a_folder_that_does_not_exist_is_said() {
    let workspace = Workspace::new();
    let ran = workspace.run("advise ap --for demo");
    assert_eq!(ran.code(), 0);
    assert!(ran.stderr().contains("`ap` does not exist"), "{}", ran.stderr());
}

#[test]
fn an_unknown_answer_is_wrong_usage_and_a_file_is_no_folder() {
    let workspace = workspace("page");
    let ran = workspace.run("advise app --for fun");
    assert_eq!(ran.code(), 2);
    assert!(ran.stderr().contains("dashboard"), "{}", ran.stderr());
    assert_eq!(workspace.run("advise app/index.html").code(), 2);
}

#[cfg(unix)]
mod asked {
    use super::workspace;
    use crate::prompts::terminal::Terminal;

    #[test]
    fn a_person_is_asked_what_no_flag_says() {
        let workspace = workspace("streamlit");
        let mut terminal = Terminal::start(&workspace, &["advise", "app", "--budget", "free"]);
        terminal.choose("What is it for?", "dashboard");
        terminal.choose("Does it need a GPU?", "not decided");
        let ended = terminal.end().ok();
        let text = ended.text();
        assert!(!text.contains("How may it be paid?"), "{text}");
        assert!(text.contains("--for dashboard, --budget free") && text.contains("Open: `--gpu`"), "{text}");
        assert!(text.contains("spaces-new add streamlit-cloud app"), "{text}");
    }

    #[test]
    fn with_every_flag_and_for_programs_nobody_is_asked() {
        let workspace = workspace("streamlit");
        let all = ["advise", "app", "--for", "demo", "--budget", "free", "--gpu", "none"];
        let ended = Terminal::start(&workspace, &all).end().ok();
        assert!(!ended.text().contains('?'), "{}", ended.text());
        let ended = Terminal::start(&workspace, &["advise", "app", "--format", "json"]).end().ok();
        assert!(!ended.text().contains("What is it for?"), "{}", ended.text());
    }
}
