//! Generated answers, including very unlikely ones.

use std::sync::LazyLock;

use proptest::prelude::*;
use spaces_new::{Answers, Catalog, Kind, Raw, Template};

/// Pieces with a meaning in some language of a generated file, all of which are valid on one line.
static HOSTILE: LazyLock<Vec<String>> = LazyLock::new(|| serde_json::from_str(include_str!("hostile.json")).unwrap());

/// Characters that no generated file may contain: control characters, line breaks of any standard, a byte-order mark,
/// and invalid characters.
pub(super) const REFUSED: &[char] = &[
    '\n',
    '\r',
    '\0',
    '\u{1}',
    '\u{7}',
    '\u{8}',
    '\t',
    '\u{b}',
    '\u{c}',
    '\u{1b}',
    '\u{7f}',
    '\u{85}',
    '\u{9f}',
    '\u{2028}',
    '\u{2029}',
    '\u{feff}',
    '\u{fffe}',
    '\u{ffff}',
    '\u{1ffff}',
    '\u{10ffff}',
];

fn is_refused(char: char) -> bool {
    char.is_control() || REFUSED.contains(&char) || u32::from(char) & 0xfffe == 0xfffe
}

/// Any text on one line, not blank.
pub(super) fn text() -> impl Strategy<Value = String> {
    let any_text = prop::collection::vec(any::<char>(), 1..12)
        .prop_map(|chars| chars.into_iter().map(|char| if is_refused(char) { 'x' } else { char }).collect());
    let piece = || prop_oneof![3 => prop::sample::select(&HOSTILE[..]), 1 => any_text.clone()];
    let long = piece().prop_map(|piece| piece.repeat(10_000 / piece.len() + 1));
    let some = prop_oneof![
        8 => piece(),
        8 => (piece(), piece(), prop::sample::select(&["", " ", "a", "  "][..])).prop_map(|(a, b, by)| format!("{a}{by}{b}")),
        4 => prop::collection::vec(piece(), 3..6).prop_map(|pieces| pieces.concat()),
        1 => long,
    ];
    some.prop_map(|text: String| if text.trim().is_empty() { "x".to_owned() } else { text })
}

/// Text that fits under a title.
fn short_text() -> impl Strategy<Value = String> {
    text().prop_map(|text| {
        let mut left = 60;
        let fits = text.trim().chars().take_while(|char| {
            left -= i32::try_from(char.len_utf16()).unwrap();
            left >= 0
        });
        fits.collect()
    })
}

/// Text with an invalid character in its middle.
pub(super) fn refused_text() -> impl Strategy<Value = String> {
    (text(), prop::sample::select(REFUSED), text()).prop_map(|(a, char, b)| format!("{a}.{char}.{b}"))
}

/// The ways in which the templates differ: a template, and answers that choose a variant of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) template: &'static str,
    pub(super) choices: &'static [(&'static str, &'static str)],
    /// Whether the command is free.
    pub(super) command: bool,
}

impl Shape {
    /// The answers that choose it, with a command if it needs one.
    pub(super) fn answers(&self) -> Answers {
        let answers = Answers::for_folder("some-folder");
        let answers = if self.command { answers.set("command", vec!["run"]) } else { answers };
        self.choices.iter().fold(answers, |answers, (key, choice)| answers.set(*key, *choice))
    }
}

const fn shape(template: &'static str, choices: &'static [(&'static str, &'static str)], command: bool) -> Shape {
    Shape { template, choices, command }
}

/// One shape for each variant of each template.
pub(super) const SHAPES: &[Shape] = &[
    shape("gradio", &[], false),
    shape("gradio", &[("sdk", "gradio")], false),
    shape("gradio", &[("sdk", "gradio"), ("hardware", "zero-a10g")], false),
    shape("streamlit", &[], false),
    shape("docker", &[], false),
    shape("docker", &[], true),
    shape("docker", &[("base", "python:3.13-slim-trixie")], false),
    shape("docker", &[("base", "node:22-slim")], false),
    shape("docker", &[("base", "node:22-alpine")], true),
    shape("fastapi", &[], false),
    shape("fastapi", &[("app_file", "main.py"), ("dependencies", "uv.lock")], true),
    shape("flask", &[], false),
    shape("flask", &[("app_file", "wsgi.py")], true),
    shape("node", &[], false),
    shape("node", &[("app_file", "server.js"), ("dependencies", "yarn.lock"), ("build_command", "yarn build")], true),
    shape("go", &[], false),
    shape("go", &[("app_file", "cmd/$web \"site'/main.go")], true),
    shape("rust", &[], false),
    shape("rust", &[("app_file", "src/main.rs")], true),
    shape("gradio", &[("sdk", "gradio"), ("app_file", "a: `b`#.py")], false),
    shape("gradio", &[("app_file", "a `b`.py"), ("dependencies", "poetry.lock")], true),
    shape("docker", &[("base", "gcr.io/distroless/static-debian12:nonroot")], true),
];

/// A Space with free text wherever text is free.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) shape: Shape,
    pub(super) title: String,
    pub(super) short_description: String,
    pub(super) tags: Vec<String>,
    pub(super) values: Vec<String>,
    pub(super) command: Vec<String>,
    /// Answers to the template's own questions that take text.
    pub(super) own: String,
}

impl Given {
    /// The same Space with only plain words in it.
    pub(super) fn plain(&self) -> Self {
        let plain = |texts: &[String]| texts.iter().enumerate().map(|(index, _)| format!("plain{index}")).collect();
        Self {
            shape: self.shape,
            title: "Plain".to_owned(),
            short_description: "Plain".to_owned(),
            tags: plain(&self.tags),
            values: plain(&self.values),
            command: plain(&self.command),
            own: "plain".to_owned(),
        }
    }

    pub(super) fn template(&self) -> &'static Template {
        crate::support::template(self.shape.template)
    }

    /// Each variable with its name.
    pub(super) fn variables(&self) -> Vec<(String, &str)> {
        self.values.iter().enumerate().map(|(index, value)| (format!("SETTING_{index}"), value.as_str())).collect()
    }

    pub(super) fn answers(&self) -> Answers {
        let mut answers = self
            .shape
            .answers()
            .set("title", self.title.as_str())
            .set("short_description", self.short_description.as_str())
            .set("tags", self.tags.clone())
            .set(
                "variables",
                self.variables().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>(),
            )
            .set("secrets", vec!["SOME_SECRET"]);
        if self.shape.command {
            answers = answers.set("command", self.command.clone());
        }
        for question in self.template().own_questions() {
            answers = match question.kind() {
                Kind::Text => answers.set(question.key(), self.own.as_str()),
                Kind::List => answers.set(question.key(), vec![self.own.as_str()]),
                _ => answers,
            };
        }
        answers
    }
}

/// A Space of any shape, with any text that can be written.
pub(super) fn given() -> impl Strategy<Value = Given> {
    let tag = || text().prop_map(|text| text.replace(',', ";"));
    let value = || prop_oneof![12 => text(), 1 => Just(String::new()), 1 => Just("  ".to_owned())];
    let word = || prop_oneof![8 => text(), 1 => Just(String::new()), 1 => Just(" ".to_owned())];
    let command = (text(), prop::collection::vec(word(), 0..4));
    (
        prop::sample::select(SHAPES),
        text(),
        short_text(),
        prop::collection::vec(tag(), 0..4),
        prop::collection::vec(value(), 0..4),
        command.prop_map(|(program, rest)| [vec![program], rest].concat()),
        text(),
    )
        .prop_map(|(shape, title, short_description, tags, values, command, own)| Given {
            shape,
            title,
            short_description,
            tags,
            values,
            command,
            own,
        })
}

/// Values that are almost valid for some question, and some valid ones.
pub(super) static NEARLY_RIGHT: LazyLock<Vec<String>> =
    LazyLock::new(|| serde_json::from_str(include_str!("nearly_right.json")).unwrap());

/// The keys of every question, and some unknown ones.
pub(super) fn keys() -> Vec<String> {
    let questions = Catalog::builtin().questions();
    // Assets must exist on the disk.
    let keys = questions.iter().map(|question| question.key().to_owned()).filter(|key| key != "assets");
    keys.chain(["template", "template_version", "nonsense"].map(str::to_owned)).collect()
}

/// Answers to several questions at once, valid, almost valid or nonsense.
pub(super) fn wild_answers() -> impl Strategy<Value = Answers> {
    let word = || {
        prop_oneof![
            6 => prop::sample::select(&NEARLY_RIGHT[..]),
            1 => text(),
            1 => refused_text(),
        ]
    };
    let value = prop_oneof![
        8 => word().prop_map(Raw::from),
        3 => prop::collection::vec(word(), 0..4).prop_map(Raw::from),
        1 => any::<i64>().prop_map(Raw::from),
        1 => (0_i64..70_000).prop_map(Raw::from),
        1 => any::<bool>().prop_map(Raw::from),
    ];
    let pair = (prop::sample::select(keys()), value);
    (word(), prop::collection::vec(pair, 1..4)).prop_map(|(folder, pairs)| {
        pairs.into_iter().fold(Answers::for_folder(folder), |answers, (key, value)| answers.set(key, value))
    })
}
