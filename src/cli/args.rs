//! The arguments. Those for answers are derived from the questions.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use anstream::ColorChoice;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use spaces_new::report::Format;
use spaces_new::{Answers, Catalog, Kind, OnConflict, Question, Raw, rules};

use super::subcommand::{SUBCOMMANDS, Subcommand};

/// Answers about an existing app: only valid with `init`.
pub(super) const ABOUT_AN_APP: [&str; 4] = ["app_file", "dependencies", "install_files", "build_command"];

const ABOUT: &str = "Make a Hugging Face Space that builds and runs the first time";

/// The questions whose flags `-h` shows, and the help lists first; the others are in `--help`, by their group.
const COMMON: [&str; 5] = ["template", "plan", "command", "pip", "secrets"];

const SHORT_EXAMPLES: &str = "Examples:
  spaces-new my-demo                     asks, then writes ./my-demo
  spaces-new my-demo -t streamlit --yes  asks nothing
  spaces-new init my-app                 puts a Space around an existing app";

const EXAMPLES: &str = "Examples:
  spaces-new my-demo                                    asks, then writes ./my-demo
  spaces-new my-demo --template streamlit --yes         asks nothing
  spaces-new my-demo -t docker --base node:22-slim --command '[\"node\",\"server.js\"]' --yes
  spaces-new copy --answers my-demo/.spaces-new.toml    the same once more
  spaces-new my-demo -t gradio --dry-run --diff         shows what would be written
  spaces-new init my-app                                puts a Space around an existing app

A folder with the name of a subcommand is reached as ./templates.";

/// The whole command.
pub(super) fn command(color: ColorChoice) -> Command {
    let catalog = Catalog::builtin();
    let template = catalog.question();
    let questions = catalog.questions().into_iter();
    let mut command = Command::new("spaces-new")
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT)
        .after_help(SHORT_EXAMPLES)
        .after_long_help(EXAMPLES)
        .color(clap_color(color))
        .max_term_width(110)
        .subcommand_precedence_over_arg(true)
        .disable_help_subcommand(true)
        .override_usage("spaces-new [OPTIONS] [DIR]\n       spaces-new <COMMAND>")
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::DirPath)
                .help("Folder to create; `.` for this one, if it is empty"),
        )
        .arg(question_arg(&template));
    command = command.args(questions.map(|question| {
        let hidden = ABOUT_AN_APP.contains(&question.key());
        question_arg(question).hide(hidden)
    }));
    command
        .args(own_args())
        .args(shared_args(Format::COMMON, QUIET, true))
        .subcommands(SUBCOMMANDS.iter().map(Subcommand::command))
}

/// The argument for a question.
pub(super) fn question_arg(question: &Question) -> Arg {
    let is_common = COMMON.contains(&question.key());
    let mut arg = Arg::new(question.key().to_owned())
        .long(question.flag().to_owned())
        .help(question.help().to_owned())
        .hide_short_help(!is_common)
        .value_hint(match question.value_name() {
            "FILE" | "PATH" => ValueHint::AnyPath,
            _ => ValueHint::Unknown,
        });
    if !is_common {
        arg = arg.help_heading(question.group().to_owned());
    }
    if let Some(short) = question.short() {
        arg = arg.short(short);
    }
    match question.kind() {
        Kind::Boolean => arg
            .action(ArgAction::Set)
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_name("BOOL")
            .value_parser(value_parser!(bool))
            .hide_possible_values(true),
        Kind::List => arg.action(ArgAction::Append).value_name(question.value_name().to_owned()),
        Kind::Choice(choices) => {
            // A long list would hide everything else, in help and in errors; completions show it
            let is_long = choices.len() > 8;
            let known = choices.iter().map(|choice| PossibleValue::new(choice.to_string()).hide(is_long));
            let arg = arg.value_name(question.value_name().to_owned()).value_parser(Lenient(known.collect()));
            arg.hide_possible_values(is_long)
        }
        _ => arg.value_name(question.value_name().to_owned()),
    }
}

/// Suggests values in completions and help, and accepts any: invalid values are reported together with other problems.
#[derive(Clone)]
struct Lenient(Vec<PossibleValue>);

impl TypedValueParser for Lenient {
    type Value = String;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        clap::builder::StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().cloned()))
    }
}

/// A flag without a value.
pub(super) fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

/// What is done with files that are in the way.
pub(super) fn on_conflict() -> Arg {
    Arg::new("on-conflict")
        .long("on-conflict")
        .value_name("WHAT")
        .value_parser(["refuse", "keep", "replace"])
        .default_value("refuse")
        .help("What to do if a file exists, differs, and cannot be merged; `replace` keeps it as FILE.orig")
}

/// The choice of [`on_conflict`].
pub(super) fn chosen_on_conflict(matches: &ArgMatches) -> OnConflict {
    match matches.get_one::<String>("on-conflict").map(String::as_str) {
        Some("keep") => OnConflict::Keep,
        Some("replace") => OnConflict::Replace,
        _ => OnConflict::Refuse,
    }
}

/// The output format.
fn format(formats: &[Format]) -> Arg {
    let names: Vec<&str> = formats.iter().map(|format| format.name()).collect();
    Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .value_parser(PossibleValuesParser::new(names).try_map(|name| Format::named(&name).ok_or("no such format")))
        .default_value(Format::default().name())
        .help("Output format")
}

/// The arguments for making a Space that are not answers.
fn own_args() -> Vec<Arg> {
    let heading = "How to make it";
    vec![
        flag("yes", "Do not ask: use the defaults for missing answers").short('y').help_heading(heading),
        Arg::new("answers")
            .long("answers")
            .value_name("FILE")
            .value_hint(ValueHint::FilePath)
            .hide_short_help(true)
            .help("Read answers from a TOML file; `-` reads standard input")
            .help_heading(heading),
        flag("dry-run", "Write nothing; show what would be made").help_heading(heading),
        flag("diff", "With --dry-run, show the contents as a diff")
            .requires("dry-run")
            .hide_short_help(true)
            .help_heading(heading),
        Arg::new("vcs")
            .long("vcs")
            .value_name("VCS")
            .value_parser(["git", "none"])
            .default_value("git")
            .hide_short_help(true)
            .help("Make a git repository, unless it would be inside another")
            .help_heading(heading),
    ]
}

/// What `--quiet` does, by default.
const QUIET: &str = "Print only errors, or the document of `--format json`";

/// What `--quiet` does in a command that reports findings.
pub(super) const QUIET_FINDINGS: &str = "Print only errors and findings, or the document of `--format json`";

/// What `--quiet` does in a command that prints what was asked for.
const QUIET_ASKED: &str = "Print no notes beside the result";

/// The arguments that every subcommand has, as its last section of the help.
fn shared_args(formats: &[Format], quiet: &'static str, is_new: bool) -> Vec<Arg> {
    let arg = |name: &'static str| Arg::new(name).long(name).help_heading("Output");
    vec![
        format(formats).help_heading("Output"),
        arg("quiet").short('q').action(ArgAction::SetTrue).conflicts_with("verbose").help(quiet),
        // Accepted everywhere; only a new Space has details
        arg("verbose")
            .short('v')
            .action(ArgAction::SetTrue)
            .hide(!is_new)
            .hide_short_help(true)
            .help("Show where each answer came from"),
        arg("color")
            .value_name("WHEN")
            .value_parser(["auto", "always", "never"])
            .default_value("auto")
            .hide_short_help(true)
            .help("Colour the output; NO_COLOR is respected"),
    ]
}

/// Ends the arguments of a subcommand that makes or judges something.
pub(super) fn with_shared(command: Command) -> Command {
    with_formats(command, Format::COMMON, QUIET)
}

/// Ends the arguments of a subcommand that prints what was asked for, also with `--quiet`.
pub(super) fn with_shared_of_asked(command: Command) -> Command {
    with_formats(command, Format::COMMON, QUIET_ASKED)
}

/// The same, with other formats.
pub(super) fn with_formats(command: Command, formats: &[Format], quiet: &'static str) -> Command {
    command.args(shared_args(formats, quiet, false))
}

/// A rule, by its id.
pub(super) fn rule() -> Arg {
    let ids = rules().iter().map(|rule| PossibleValue::new(rule.id()).help(rule.summary()).hide(true));
    let arg = Arg::new("rule").value_name("RULE").required(true).help("The rule's name");
    arg.value_parser(Lenient(ids.collect())).hide_possible_values(true)
}

fn clap_color(color: ColorChoice) -> clap::ColorChoice {
    match color {
        ColorChoice::Always | ColorChoice::AlwaysAnsi => clap::ColorChoice::Always,
        ColorChoice::Never => clap::ColorChoice::Never,
        ColorChoice::Auto => clap::ColorChoice::Auto,
    }
}

/// The choice of colour, read before everything else, since the errors about arguments are coloured too.
pub(super) fn color(arguments: &[OsString]) -> ColorChoice {
    let known = |value: &String| matches!(value.as_str(), "always" | "never");
    match typed(arguments, "--color").into_iter().rfind(known).as_deref() {
        Some("always") => ColorChoice::Always,
        Some(_) => ColorChoice::Never,
        None => ColorChoice::Auto,
    }
}

/// The output format if the arguments themselves are invalid.
pub(super) fn typed_format(arguments: &[OsString]) -> Format {
    typed(arguments, "--format").last().and_then(|name| Format::named(name)).unwrap_or_default()
}

/// The values of a flag as typed.
fn typed(arguments: &[OsString], flag: &str) -> Vec<String> {
    let words = arguments.iter().map(|word| word.to_string_lossy());
    let words: Vec<_> = words.take_while(|word| word != "--").collect();
    let values = words.iter().enumerate().filter_map(|(index, word)| match word.strip_prefix(flag)? {
        "" => words.get(index + 1).map(ToString::to_string),
        rest => rest.strip_prefix('=').map(str::to_owned),
    });
    values.collect()
}

/// An argument for making a Space that was given with a subcommand.
pub(super) fn beside_subcommand(matches: &ArgMatches) -> Option<&str> {
    let shared = shared_args(Format::COMMON, QUIET, true);
    let is_shared = |id: &clap::Id| shared.iter().any(|arg| arg.get_id() == id);
    let typed = |id: &&clap::Id| matches.value_source(id.as_str()) == Some(ValueSource::CommandLine);
    matches.ids().filter(typed).find(|id| !is_shared(id)).map(clap::Id::as_str)
}

/// The answers among the arguments.
pub(super) fn answers(matches: &ArgMatches) -> Answers {
    let catalog = Catalog::builtin();
    let template = catalog.question();
    let mut answers = Answers::new();
    for question in std::iter::once(&template).chain(catalog.questions()) {
        if let Some(value) = value(matches, question) {
            answers = answers.set(question.key(), value);
        }
    }
    answers
}

fn value(matches: &ArgMatches, question: &Question) -> Option<Raw> {
    let key = question.key();
    match question.kind() {
        Kind::Boolean => matches.get_one::<bool>(key).map(|value| Raw::from(*value)),
        Kind::List => matches.get_many::<String>(key).map(|values| values.cloned().collect::<Vec<_>>().into()),
        _ => matches.get_one::<String>(key).map(|text| Raw::from(text.as_str())),
    }
}
