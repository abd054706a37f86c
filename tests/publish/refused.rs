//! What the Hub refuses, and what `spaces-new publish` then says.

use spaces_new::publishing::{PublishError, Token};

use crate::hub::{Fault, Hub, Script};
use crate::ours::{Folder, is_known};

#[test]
fn a_free_account_is_told_what_it_can_have() {
    let hub = Hub::start(Script::free());
    let folder = Folder::with(&[]);
    let error = folder.refused(&hub);
    let hint = error.hint().unwrap();
    assert!(error.to_string().contains("status 402"), "{error}");
    assert!(["PRO", "static", "ZeroGPU"].iter().all(|way| hint.contains(way)), "{hint}");
    let readme = "---\ntitle: My Space\nemoji: \u{1f433}\ncolorFrom: red\ncolorTo: gray\nsdk: gradio\nsdk_version: \"6.31.0\"\n\
                  app_file: app.py\n---\n";
    let gradio = "import gradio as gr\nimport spaces\n\n\n@spaces.GPU\ndef hello(name):\n    return name\n\n\n\
                  gr.Interface(hello, \"text\", \"text\").launch()\n";
    let free = Folder::with(&[("README.md", readme), ("app.py", gradio)]);
    fs_err::remove_file(free.path().join("Dockerfile")).unwrap();
    free.write(".spaces-new.toml", "hardware = \"zero-a10g\"\n");
    let done = free.publish(&hub, |how| how.pass_over("python-not-on-zero-gpu")).unwrap();
    assert!(done.created && done.hardware.as_deref() == Some("zero-a10g"));
    is_known(&hub);
}

#[test]
fn refusals_say_what_to_do() {
    let hub = Hub::start(Script::paid());
    let folder = Folder::with(&[]);
    let token = |text: &str| Token::new(text).unwrap();
    let bad = folder.publish(&hub, |how| how.token(token("hf_bad"))).unwrap_err();
    assert!(bad.to_string().contains("401") && bad.hint().unwrap().contains("hf auth login"), "{bad}");
    assert!(!format!("{bad} {bad:?}").contains("hf_bad"));
    let other = folder.publish(&hub, |how| how.name("somebody/else")).unwrap_err();
    assert!(other.to_string().contains("403") && other.hint().unwrap().contains("--name"), "{other}");
    let wrong = folder.publish(&hub, |how| how.hardware("gpu-large")).unwrap_err();
    assert!(wrong.to_string().contains("gpu-large"), "{wrong}");
    let name = folder.publish(&hub, |how| how.name("a/b/c")).unwrap_err();
    assert!(matches!(name, PublishError::Name { .. }), "{name}");
    assert!(hub.space("tester/my-space").is_none());
}

#[test]
fn refusals_of_a_readme_of_sizes_and_of_money_say_what_to_do() {
    let readme = "---\ntitle: My Space\nemoji: \u{1f433}\ncolorFrom: red\ncolorTo: gray\nsdk: docker\nshort_description: \
                  A description that has more than the sixty characters that fit\n---\n";
    let hub = Hub::start(Script::paid());
    let folder = Folder::with(&[("README.md", readme)]);
    let yaml = folder.publish(&hub, |how| how.pass_over("long-short-description")).unwrap_err();
    assert!(yaml.to_string().contains("short_description"), "{yaml}");
    assert!(yaml.hint().unwrap().contains("spaces-new check"), "{:?}", yaml.hint());

    let mut full = Script::paid();
    full.storage = 1 << 20;
    let storage = Folder::with(&[]).refused(&Hub::start(full));
    assert!(storage.to_string().to_lowercase().contains("storage"), "{storage}");
    assert!(storage.hint().unwrap().contains("1 GB"), "{:?}", storage.hint());

    let large = Script::paid().fault(Fault::error("POST", "/commit/", 413, "Payload Too Large"));
    let large = Folder::with(&[]).refused(&Hub::start(large));
    assert!(large.hint().unwrap().contains("instead of pushing"), "{large}");

    let mut poor = Script::paid();
    poor.accounts[0].payment = false;
    let hub = Hub::start(poor);
    let folder = Folder::with(&[]);
    folder.done(&hub);
    let money = folder.publish(&hub, |how| how.hardware("t4-small")).unwrap_err();
    assert!(money.hint().unwrap().contains("billing"), "{money}");
}
