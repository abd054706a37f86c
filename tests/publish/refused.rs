//! What the Hub refuses, and what `spaces-new publish` then says.

use spaces_new::publishing::{PublishError, Token};

use crate::hub::{Action, Fault, Hub, Script};
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

#[test]
fn an_address_that_only_looks_like_the_hub_gets_no_token() {
    let hub = Hub::start(Script::paid());
    let folder = Folder::with(&[]);
    let port = hub.endpoint().rsplit(':').next().unwrap().to_owned();
    for endpoint in [
        format!("http://localhost:{port}@127.0.0.2:{port}"),
        format!("http://user:password@127.0.0.1:{port}"),
        "http://example.com".to_owned(),
        "https://".to_owned(),
        "ftp://127.0.0.1".to_owned(),
        String::new(),
    ] {
        let error = folder.publish(&hub, |how| how.endpoint(&endpoint)).unwrap_err();
        assert!(matches!(error, PublishError::Endpoint), "{endpoint}: {error}");
        assert!(!error.to_string().contains("password"));
    }
    assert_eq!(hub.log().calls(), [""; 0]);
}

/// Answers of a server that means harm, or is none: each ends soon with an error that says what was wrong.
#[test]
fn answers_that_make_no_sense_end_with_an_error() {
    let answer = |status, headers: &[(&str, &str)], body: &str| {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Action::Answer { status, headers, body: body.to_owned() }
    };
    let folder = Folder::with(&[]);
    let refused = |method: &str, path: &str, action: Action| {
        let hub = Hub::start(Script::paid().fault(Fault::new(method, path, action).times(1000)));
        let error = folder.refused(&hub);
        (error, hub.log().calls().len())
    };
    let next = [("Link", "<http://127.0.0.1:1@127.0.0.2:8740/evil>; rel=\"next\"")];
    let (elsewhere, _) = refused("GET", "/tree/", answer(200, &next, "[]"));
    assert!(matches!(elsewhere, PublishError::Redirect { .. }), "{elsewhere}");
    let itself = [("Link", "</api/spaces/tester/my-space/tree/main>; rel=\"next\"")];
    let (endless, calls) = refused("GET", "/tree/", answer(200, &itself, "[]"));
    assert!(matches!(endless, PublishError::Answer { .. }) && calls < 250, "{endless} after {calls} requests");
    let batch = "{\"objects\": [{\"oid\": \"OID\", \"actions\": {\"upload\": {\"href\": \"file:///etc/passwd\"}}}]}";
    let (storage, calls) = refused("POST", "/objects/batch", answer(200, &[], batch));
    assert!(matches!(storage, PublishError::Answer { .. }) && calls < 20, "{storage} after {calls} requests");
    for body in ["", "[]", "not JSON", "\u{1b}[2J"] {
        let (error, _) = refused("GET", "/whoami-v2", answer(200, &[], body));
        assert!(matches!(error, PublishError::Answer { .. }), "{error}");
    }
}

#[test]
fn what_has_a_secret_in_it_is_not_published() {
    let hub = Hub::start(Script::paid());
    let own = (".spaces-new.toml", "secrets = [\"API_KEY\"]\n");
    let values = (".env", "API_KEY=topSecretValue\n");
    let pushed = Folder::with(&[own, values, (".gitignore", "*.log\n")]).refused(&hub);
    assert!(matches!(&pushed, PublishError::EnvFile(path) if path == ".env"), "{pushed}");
    assert!(pushed.hint().unwrap().contains("--force-check env-file-pushed"), "{pushed}");
    let in_code = Folder::with(&[own, values, ("app.py", "KEY = 'topSecretValue'\n")]).refused(&hub);
    assert!(in_code.to_string().contains("`app.py`") && in_code.to_string().contains("`API_KEY`"), "{in_code}");
    assert!(!in_code.to_string().contains("topSecretValue"));
    assert_eq!(hub.log().calls(), [""; 0]);
}

#[test]
fn a_public_env_file_is_published_when_its_rule_is_passed_over_and_never_with_a_secret() {
    let hub = Hub::start(Script::paid());
    let own = (".spaces-new.toml", "secrets = [\"API_KEY\", \"PIN\"]\n");
    let ignored = (".gitignore", "*.log\n");
    let with = |values: &str| Folder::with(&[own, ignored, (".env", values)]);
    let forced = |folder: &Folder| folder.publish(&hub, |how| how.pass_over("env-file-pushed").no_wait());
    let token = format!("HF={}\n", ["hf_", "wQzRkTbVnXsLdGcYhJfMpAeUoZiKqBtWxN"].concat());
    for (values, what) in [
        ("API_KEY=topSecretValue\n", "the secret `API_KEY`"),
        ("PIN=1234\n", "the secret `PIN`"),
        (&token, "a token of"),
    ] {
        let error = forced(&with(values)).unwrap_err();
        assert!(matches!(&error, PublishError::Leak { path, .. } if path == ".env"), "{values}: {error}");
        assert!(error.to_string().contains(what), "{error}");
    }
    assert_eq!(hub.log().calls(), [""; 0]);
    let public = with("MODE=demo\nPIN=\n");
    let done = forced(&public).unwrap();
    assert!(done.notes.iter().any(|note| note.contains("everybody can read `.env`")), "{:?}", done.notes);
    assert_eq!(hub.space("tester/my-space").unwrap().files[".env"].text(), Some("MODE=demo\nPIN=\n"));
    let other = public.publish(&hub, |how| how.pass_over("token-in-file")).unwrap_err();
    assert!(matches!(other, PublishError::EnvFile(_)), "{other}");
}

#[test]
fn what_is_declared_and_cannot_be_set_is_said() {
    let hub = Hub::start(Script::paid());
    let folder = Folder::with(&[(".spaces-new.toml", "secrets = [\"MY-KEY\"]\nvariables = [\"A=1\", \"B.C=2\"]\n")]);
    let done = folder.publish(&hub, |how| how.no_wait()).unwrap();
    let said = |name: &str| done.notes.iter().any(|note| note.contains(name) && note.contains("ASCII letters"));
    assert!(said("(line 1 of `.spaces-new.toml`): `MY-KEY`"), "{:?}", done.notes);
    assert!(said("(line 2 of `.spaces-new.toml`): `B.C`"), "{:?}", done.notes);
    assert_eq!((done.variables, done.missing_secrets.len()), (vec!["A".to_owned()], 0));
}

#[test]
fn a_refusal_that_repeats_the_value_of_a_secret_is_shown_without_it() {
    let echo = Fault::error("POST", "/secrets", 400, "the value topSecretValue is not good");
    let hub = Hub::start(Script::paid().fault(echo));
    let folder =
        Folder::with(&[(".spaces-new.toml", "secrets = [\"API_KEY\"]\n"), (".env", "API_KEY=topSecretValue\n")]);
    let error = folder.refused(&hub).to_string();
    assert!(error.contains("the value *** is not good"), "{error}");
}
