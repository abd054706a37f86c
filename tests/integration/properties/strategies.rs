//! Answers as nobody would give them, except somebody does.

use proptest::prelude::*;
use spaces_new::{Answers, Catalog, Kind, Template};

/// Pieces with a meaning in some language of a generated file, all of which can stand on one line.
const HOSTILE: &[&str] = &[
    "\"",
    "'",
    "''",
    "\"\"\"",
    "`",
    "``",
    "```",
    "\\",
    "\\\\",
    "\\n",
    "\\u0041",
    "\\\"",
    "$",
    "$(id)",
    "${HOME}",
    "$HOME",
    "%",
    "%20",
    "%s",
    "@",
    "@{u}",
    "!",
    "!tag",
    "!!int 3",
    "&",
    "&a",
    "&amp;",
    "*",
    "*a",
    "**b**",
    "_i_",
    "#",
    "# no",
    " #",
    "a #b",
    "-",
    "- a",
    "--",
    "---",
    "--- a",
    "...",
    "?",
    "? a",
    ":",
    ": ",
    "a: b",
    "a:",
    "::",
    ",",
    "[",
    "]",
    "[a](b)",
    "]]>",
    "{",
    "}",
    "{}",
    "{a: b}",
    "{{7*7}}",
    "{% raw %}",
    "{% endraw %}",
    "{#",
    "#}",
    "{%",
    "<",
    ">",
    "<b>",
    "</script>",
    "<!--",
    "-->",
    "|",
    "| a",
    ">-",
    "~",
    "=",
    "==",
    "<<",
    "<<EOF",
    "EOF",
    "/",
    "//",
    "/*",
    "*/",
    "..",
    "../..",
    ";",
    "&&",
    "yes",
    "Yes",
    "no",
    "NO",
    "on",
    "off",
    "y",
    "n",
    "true",
    "False",
    "null",
    "Null",
    "1e3",
    "1.5e+3",
    "2024-01-02",
    "2024-1-2 3:04:05",
    "12:30:45",
    "1:30.5",
    "1_000",
    "0x1f",
    "0o17",
    "017",
    "08",
    "0b11",
    "-7",
    "+7",
    "1.0",
    "6.",
    ".5",
    ".inf",
    "-.inf",
    ".nan",
    "3.13",
    "🚀",
    "👩‍🚀",
    "🇫🇷",
    "e\u{301}",
    "\u{301}",
    "שלום",
    "مرحبا",
    "\u{202e}abc",
    "\u{200b}",
    "\u{200d}",
    "\u{ad}",
    "\u{a0}",
    "\u{3000}",
    "日本語",
    "ﬁ",
    "İ",
    "ß",
    "𝔘",
    "\u{e000}",
    "\u{fdd0}",
    "\u{10fffd}",
    "\u{fffd}",
    "ARG X=1",
    "FROM scratch",
    "RUN id",
    "x = 1",
    "\"\"\" + 1",
    "'; DROP",
    "None",
    "True",
];

/// Characters that no generated file may hold: control characters, line breaks of any standard, a byte-order mark,
/// and what is no character at all.
pub const REFUSED: &[char] = &[
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
pub fn text() -> impl Strategy<Value = String> {
    let any_text = prop::collection::vec(any::<char>(), 1..12)
        .prop_map(|chars| chars.into_iter().map(|char| if is_refused(char) { 'x' } else { char }).collect());
    let piece = || prop_oneof![3 => prop::sample::select(HOSTILE).prop_map(str::to_owned), 1 => any_text.clone()];
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
        let mut short = text.trim().to_owned();
        while short.encode_utf16().count() > 60 {
            short.pop();
        }
        if short.trim().is_empty() { "x".to_owned() } else { short }
    })
}

/// Text with a character in its middle that no file may hold.
pub fn refused_text() -> impl Strategy<Value = String> {
    (text(), prop::sample::select(REFUSED), text()).prop_map(|(a, char, b)| format!("{a}.{char}.{b}"))
}

/// The ways in which the templates differ: a template, and answers that choose a variant of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    pub template: &'static str,
    pub choices: &'static [(&'static str, &'static str)],
    /// Whether the command is free.
    pub command: bool,
}

const fn shape(template: &'static str, choices: &'static [(&'static str, &'static str)], command: bool) -> Shape {
    Shape { template, choices, command }
}

/// One shape for each variant of each template.
pub const SHAPES: &[Shape] = &[
    shape("gradio", &[], false),
    shape("gradio", &[("sdk", "gradio")], false),
    shape("gradio", &[("sdk", "gradio"), ("hardware", "zero-a10g")], false),
    shape("streamlit", &[], false),
    shape("docker", &[], false),
    shape("docker", &[], true),
    shape("docker", &[("base", "python:3.13-slim-trixie")], false),
    shape("docker", &[("base", "node:22-slim")], false),
    shape("docker", &[("base", "node:22-alpine")], true),
    shape("docker", &[("base", "gcr.io/distroless/static-debian12:nonroot")], true),
];

/// A Space with free text wherever text is free.
#[derive(Debug, Clone)]
pub struct Given {
    pub shape: Shape,
    pub title: String,
    pub short_description: String,
    pub tags: Vec<String>,
    pub values: Vec<String>,
    pub command: Vec<String>,
    /// Answers to the template's own questions that take text.
    pub own: String,
}

impl Given {
    /// The same Space with nothing but plain words in it.
    pub fn plain(&self) -> Self {
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

    pub fn template(&self) -> &'static Template {
        crate::support::template(self.shape.template)
    }

    /// Each variable with its name.
    pub fn variables(&self) -> Vec<(String, &str)> {
        self.values.iter().enumerate().map(|(index, value)| (format!("SETTING_{index}"), value.as_str())).collect()
    }

    pub fn answers(&self) -> Answers {
        let mut answers = Answers::for_folder("some-folder")
            .set("title", self.title.as_str())
            .set("short_description", self.short_description.as_str())
            .set("tags", self.tags.clone())
            .set(
                "variables",
                self.variables().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>(),
            )
            .set("secrets", vec!["SOME_SECRET"]);
        for (key, choice) in self.shape.choices {
            answers = answers.set(*key, *choice);
        }
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
pub fn given() -> impl Strategy<Value = Given> {
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

/// Values that are nearly right for some question, and some that are right.
const NEARLY_RIGHT: &[&str] = &[
    "",
    " ",
    "a",
    "-a",
    "+1",
    "1",
    "0",
    "08",
    "7860",
    "+7860",
    " 7860",
    "07860",
    "7_860",
    "0x1eb4",
    "7860.0",
    "80",
    "65536",
    "99999999999999999999",
    "3.13",
    "3.12.12",
    "3.14.1",
    "3",
    "docker",
    "gradio",
    "streamlit",
    "Docker",
    "zero-a10g",
    "t4-small",
    "red",
    "grey",
    "🚀",
    "🚀🚀",
    "mit",
    "MIT",
    "node",
    "node:22-slim",
    "python:3.13",
    "alpine:3.22",
    "nginxinc/nginx-unprivileged:1.29",
    "gcr.io/distroless/static",
    "pytorch/pytorch:latest",
    "fedora:43",
    "Node",
    "a@b",
    "node server.js",
    "[\"a\"]",
    "[1]",
    "[",
    "'",
    "a && b",
    "owner/name",
    "a/b/c",
    "a..b",
    "a.git",
    "gpt2 x y z",
    "gpt2 config.json",
    "pandas",
    "pandas==",
    "gradio",
    "Gradio==5",
    "-r x",
    "a @ https://a.example/x",
    "a; x \\",
    "a; #",
    "git",
    "ffmpeg",
    "g++",
    "HF_TOKEN",
    "PATH",
    "A=1",
    "A=1=2",
    "=",
    "A",
    "hf_aaaaaaaaaaaaaaaaaaaaaaaa",
    "__proto__",
    "assets/logo.png",
    "..",
    "/",
    "true",
    "yes",
    "300",
    "+300",
    "10001",
];

/// Answers to every question there is, right, nearly right or nonsense.
pub fn wild_answers() -> impl Strategy<Value = Answers> {
    use spaces_new::Raw;
    let word = || {
        prop_oneof![
            6 => prop::sample::select(NEARLY_RIGHT).prop_map(str::to_owned),
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
    let keys: Vec<String> = Catalog::builtin()
        .questions()
        .iter()
        .map(|question| question.key().to_owned())
        .chain(["template", "template_version", "nonsense"].map(str::to_owned))
        .collect();
    let pair = (prop::sample::select(keys), value);
    (word(), prop::collection::vec(pair, 0..4)).prop_map(|(folder, pairs)| {
        pairs.into_iter().fold(Answers::for_folder(folder), |answers, (key, value)| answers.set(key, value))
    })
}
