//! What the files of a repository must contain, derived from the specification independently of the library.

use std::borrow::Cow;

use parse_dockerfile::{Command, Instruction};
use spaces_new::values::Sdk;
use spaces_new::{Answers, Raw, Spec, Template};

use super::implicit::misread;
use super::yaml::{self, Node};
use crate::support::root;

/// Texts without the white space around them, each once.
pub(super) fn distinct(texts: &[String]) -> Vec<&str> {
    let mut distinct = Vec::new();
    for text in texts.iter().map(|text| text.trim()) {
        if !distinct.contains(&text) {
            distinct.push(text);
        }
    }
    distinct
}

fn strings<T: ToString>(items: &[T]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}

/// The version of a package in `templates/pins.toml`.
fn pin(package: &str) -> String {
    let pins: toml::Table =
        toml::from_str(&fs_err::read_to_string(root().join("templates/pins.toml")).unwrap()).unwrap();
    pins[package]["version"].as_str().unwrap().to_owned()
}

/// The value of a key of the front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Held {
    Text(String),
    Port(String),
    List(Vec<String>),
}

/// The keys in the order of <https://huggingface.co/docs/hub/spaces-config-reference>, only those with an effect.
fn expected_front_matter(spec: &Spec) -> Vec<(String, Held)> {
    let text = |value: &dyn ToString| Some(Held::Text(value.to_string()));
    let list = |items: Vec<String>| (!items.is_empty()).then_some(Held::List(items));
    let gradio = spec.sdk() == Sdk::Gradio;
    let keys = [
        ("title", text(spec.title())),
        ("emoji", text(spec.emoji())),
        ("colorFrom", text(spec.color_from())),
        ("colorTo", text(spec.color_to())),
        ("sdk", text(&spec.sdk())),
        ("sdk_version", gradio.then(|| Held::Text(pin("gradio")))),
        ("python_version", spec.python().filter(|_| gradio).and_then(|python| text(python))),
        ("app_file", gradio.then(|| Held::Text(spec.app_file().map_or("app.py".to_owned(), ToString::to_string)))),
        ("app_port", (!gradio).then(|| Held::Port(spec.port().unwrap().to_string()))),
        ("license", spec.license().and_then(|license| text(license))),
        ("short_description", spec.short_description().and_then(|line| text(line))),
        ("tags", list(strings(spec.tags()))),
        ("models", list(strings(spec.models()))),
        ("datasets", list(strings(spec.datasets()))),
        ("suggested_hardware", spec.hardware().and_then(|hardware| text(hardware))),
        ("preload_from_hub", list(strings(spec.preload()))),
        ("hf_oauth", spec.hf_oauth().then(|| Held::Text("true".to_owned()))),
        ("hf_oauth_scopes", list(strings(spec.hf_oauth_scopes()))),
    ];
    keys.into_iter().filter_map(|(key, held)| Some((key.to_owned(), held?))).collect()
}

/// Splits the text as `huggingface_hub` does, into the block and the rest.
fn split_readme(readme: &str) -> (&str, &str) {
    readme.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap()
}

/// Fails unless the block matches the specification, for readers of YAML 1.1 and of YAML 1.2.
pub(super) fn assert_front_matter(spec: &Spec, readme: &str) {
    let (block, _) = split_readme(readme);
    let Node::Map(pairs) = yaml::read(block).unwrap_or_else(|error| panic!("{error}:\n{block}")) else {
        panic!("no mapping:\n{block}")
    };
    let read: Vec<(String, Held)> =
        pairs.iter().map(|(key, value)| (key.scalars()[0].0.to_owned(), held(value))).collect();
    assert_eq!(read, expected_front_matter(spec), "{block}");
    for (key, value) in &pairs {
        if !matches!(key.scalars()[0].0, "app_port" | "hf_oauth") {
            for (text, plain) in [key.scalars(), value.scalars()].concat() {
                assert!(!plain || misread(text).is_none(), "`{text}` would be {}:\n{block}", misread(text).unwrap());
            }
        }
    }
    let breaks = |char: char| matches!(char, '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}');
    assert!(!block.contains(breaks), "{block:?}");
}

fn held(node: &Node) -> Held {
    match node {
        Node::Scalar { text, plain: true } if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Held::Port(text.clone())
        }
        Node::Scalar { text, .. } => Held::Text(text.clone()),
        Node::List(items) => {
            let texts = items.iter().map(|item| match item {
                Node::Scalar { text, .. } => text.clone(),
                other => panic!("not text: {other:?}"),
            });
            Held::List(texts.collect())
        }
        Node::Map(_) => panic!("a mapping in the front matter: {node:?}"),
    }
}

/// The keywords of a Dockerfile's instructions.
pub(super) fn instructions(dockerfile: &str) -> Vec<String> {
    let parsed = parse_dockerfile::parse(dockerfile).unwrap_or_else(|error| panic!("{error}:\n{dockerfile}"));
    let keyword = |instruction: &Instruction<'_>| {
        let shown = format!("{instruction:?}");
        shown.split(|char: char| !char.is_ascii_alphanumeric()).next().unwrap().to_owned()
    };
    parsed.instructions.iter().map(keyword).collect()
}

/// Fails unless the start command is in exec form, on one line, and is the one that was given.
pub(super) fn assert_command(spec: &Spec, dockerfile: &str) {
    let parsed = parse_dockerfile::parse(dockerfile).unwrap();
    let in_exec_form = |instruction: &Instruction<'_>| match instruction {
        Instruction::Cmd(cmd) => Some(matches!(cmd.arguments, Command::Exec(_))),
        _ => None,
    };
    assert_eq!(parsed.instructions.iter().filter_map(in_exec_form).collect::<Vec<_>>(), [true], "{dockerfile}");
    let lines: Vec<&str> = dockerfile.lines().filter_map(|line| line.strip_prefix("CMD ")).collect();
    let [line] = lines[..] else { panic!("not one CMD at the beginning of a line:\n{dockerfile}") };
    let words: Vec<String> = serde_json::from_str(line).unwrap();
    if let Some(command) = spec.command() {
        assert_eq!(words, command.words());
    }
}

/// Fails unless each variable is an argument with its value as default, and an environment variable from it.
pub(super) fn assert_variables(spec: &Spec, dockerfile: &str) {
    let parsed = parse_dockerfile::parse(dockerfile).unwrap();
    let arguments = parsed.instructions.iter().filter_map(|instruction| match instruction {
        Instruction::Arg(arg) => arg.arguments.value.split_once('=').map(|(name, word)| (name, unquoted(word))),
        _ => None,
    });
    let given = spec.variables().iter().map(|variable| (variable.name().as_str(), variable.value()));
    let arguments: Vec<(&str, String)> = arguments.collect();
    let arguments: Vec<(&str, &str)> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
    // The stage that builds an app has them too.
    let stages = if spec.build_command().is_some() { 2 } else { 1 };
    assert_eq!(arguments, given.collect::<Vec<_>>().repeat(stages));
    for variable in spec.variables() {
        let line = format!("ENV {0}=\"${0}\"", variable.name());
        assert!(dockerfile.lines().any(|known| known == line), "no `{line}`:\n{dockerfile}");
    }
}

/// The builder's value of one word in double quotes. A `$` that it would expand fails.
/// Source: <https://docs.docker.com/reference/dockerfile/#environment-replacement>.
fn unquoted(word: &str) -> String {
    let inner =
        word.strip_prefix('"').and_then(|word| word.strip_suffix('"')).unwrap_or_else(|| panic!("bare: {word}"));
    let mut text = String::new();
    let mut chars = inner.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' => match chars.next_if(|next| matches!(next, '"' | '$' | '\\')) {
                Some(escaped) => text.push(escaped),
                None => text.push('\\'),
            },
            '"' | '$' => panic!("`{char}` is special in {word}"),
            char => text.push(char),
        }
    }
    text
}

/// What `.spaces-new.toml` must contain: the answers that were given and count, and name and title, which the folder may have given.
pub(super) fn expected_answers(template: &Template, spec: &Spec, given: &Answers) -> toml::Table {
    let is_kept =
        |key: &str| ["template", "template_version", "name", "title"].contains(&key) || given.get(key).is_some();
    every_answer(template, spec).into_iter().filter(|(key, _)| is_kept(key)).collect()
}

/// Every answer, as in an answers file.
fn every_answer(template: &Template, spec: &Spec) -> toml::Table {
    let text = |value: &dyn ToString| Some(toml::Value::String(value.to_string()));
    let list = |items: Vec<String>| (!items.is_empty()).then(|| toml::Value::from(items));
    let asked = |key: &str| template.question(key).is_some();
    let common = [
        ("template", text(&template.name())),
        ("template_version", text(&template.version())),
        ("name", text(spec.name())),
        ("title", text(spec.title())),
        ("plan", spec.plan().map(|plan| toml::Value::from(plan.as_str()))),
        ("emoji", text(spec.emoji())),
        ("color_from", text(spec.color_from())),
        ("color_to", text(spec.color_to())),
        ("license", spec.license().and_then(|license| text(license))),
        ("short_description", spec.short_description().and_then(|line| text(line))),
        ("sdk", asked("sdk").then(|| toml::Value::from(spec.sdk().as_str()))),
        ("app_file", spec.app_file().and_then(|file| text(file))),
        ("dependencies", spec.dependencies().and_then(|file| text(file))),
        ("install_files", list(strings(spec.install_files()))),
        (
            "dev_dependencies",
            // Without an app of one's own this question has no effect, and its default says nothing.
            spec.app_file().filter(|_| asked("dev_dependencies")).map(|_| toml::Value::from(spec.dev_dependencies())),
        ),
        ("build_command", spec.build_command().map(|command| toml::Value::from(command.words().to_vec()))),
        ("hardware", spec.hardware().and_then(|hardware| text(hardware))),
        ("base", spec.base().and_then(|base| text(base.reference()))),
        ("command", spec.command().map(|command| toml::Value::from(command.words().to_vec()))),
        ("python", spec.python().and_then(|python| text(python))),
        ("deploy", spec.deploy().map(|deploy| toml::Value::from(deploy.as_str()))),
        ("installer", spec.installer().map(|installer| toml::Value::from(installer.as_str()))),
        ("port", spec.port().map(|port| toml::Value::from(i64::from(port.get())))),
        ("dev_mode", spec.port().map(|_| toml::Value::from(spec.dev_mode()))),
        ("tags", list(strings(spec.tags()))),
        ("models", list(strings(spec.models()))),
        ("datasets", list(strings(spec.datasets()))),
        ("hf_oauth", Some(toml::Value::from(spec.hf_oauth()))),
        ("hf_oauth_scopes", list(strings(spec.hf_oauth_scopes()))),
        ("preload", list(strings(spec.preload()))),
        ("pip", list(strings(spec.pip()))),
        ("apt", list(strings(spec.apt()))),
        ("secrets", list(strings(spec.secrets()))),
        ("build_secrets", list(strings(spec.build_secrets()))),
        ("variables", list(strings(spec.variables()))),
        ("build_variables", list(strings(spec.build_variables()))),
    ];
    for question in template.questions() {
        let is_listed = question.key() == "assets"
            || common.iter().any(|(key, _)| *key == question.key())
            || spec.own().iter().any(|own| own.key.as_str() == question.key());
        assert!(is_listed, "`{}` is not compared", question.key());
    }
    let own = spec.own().iter().map(|own| (own.key.as_str(), own.value.as_ref().map(toml_value)));
    common.into_iter().chain(own).filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

fn toml_value(raw: &Raw) -> toml::Value {
    match raw {
        Raw::Text(text) => toml::Value::from(text.as_str()),
        Raw::Integer(number) => toml::Value::from(*number),
        Raw::Boolean(value) => toml::Value::from(*value),
        Raw::List(items) => toml::Value::from(items.clone()),
        other => panic!("{other:?}"),
    }
}

/// Fails unless title and description show as they are, and the values of variables stay in their table cell.
pub(super) fn assert_markdown(spec: &Spec, readme: &str) {
    let (_, body) = split_readme(readme);
    let mut lines = body.lines().filter(|line| !line.is_empty());
    assert_eq!(shown(lines.next().unwrap().strip_prefix("# ").unwrap()), spec.title().as_str());
    assert_eq!(shown(lines.next().unwrap()), spec.short_description().unwrap().as_str());
    for variable in spec.variables() {
        let start = format!("| `{}` | variable | ", variable.name());
        let line = body.lines().find_map(|line| line.strip_prefix(&start)).unwrap();
        assert_eq!(shown(line.strip_suffix(" |").unwrap()), variable.value());
    }
}

/// The text that Markdown shows; fails if a special character is not escaped.
fn shown(markdown: &str) -> String {
    let mut text = String::new();
    let mut chars = markdown.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => text.push(chars.next().filter(char::is_ascii_punctuation).unwrap()),
            '`' | '*' | '_' | '[' | '<' | '&' | '|' | '~' => panic!("`{char}` is special in {markdown}"),
            char => text.push(char),
        }
    }
    let starts_a_block = markdown.starts_with(['#', '-', '+', '=', '>']);
    assert!(!starts_a_block, "not a paragraph: {markdown}");
    text
}

/// Fails unless the page has the title as its text, twice.
pub(super) fn assert_html(spec: &Spec, page: &str) {
    for (open, close) in [("<title>", "</title>"), ("<h1>", "</h1>")] {
        let inner = page.split_once(open).unwrap().1.split_once(close).unwrap().0;
        assert!(!inner.contains(['<', '>', '"', '\'']), "{inner}");
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
        let text = entities.iter().fold(Cow::from(inner), |text, (entity, char)| text.replace(entity, char).into());
        assert_eq!(text, spec.title().as_str());
    }
}

/// Fails unless each variable is on its own line, unchanged.
pub(super) fn assert_dotenv(spec: &Spec, example: &str) {
    let lines = example.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('='));
    let variables = spec.variables().iter().map(|variable| (variable.name().as_str(), variable.value()));
    let secrets = spec.secrets().iter().map(|name| (name.as_str(), ""));
    assert_eq!(lines.collect::<Vec<_>>(), secrets.chain(variables).collect::<Vec<_>>());
}

/// The requirements in a file as pip reads it: a backslash at its end joins a line to the next.
pub(super) fn requirements(text: &str) -> Vec<String> {
    let joined = text.replace("\\\n", "");
    joined.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}
