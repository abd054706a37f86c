//! The request: the folder, the template and the answers, from the arguments and an answers file.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use spaces_new::{Answers, AnswersFileError, Catalog, Plan, SpecError, Template, Vcs, WriteOptions, answers_file};

use super::failure::Failure;
use super::input::standard_input;
use super::prompts::TerminalPrompter;
use super::{args, completed, near_miss};

/// The maximum size of an answers file on standard input, in mebibytes.
const LARGEST_ANSWERS: u64 = 1;

/// A request, complete except for the template's questions.
pub(super) struct Request {
    pub(super) dir: PathBuf,
    pub(super) template: &'static Template,
    pub(super) answers: Answers,
    /// Whether a person can be asked.
    pub(super) interactive: bool,
    pub(super) dry_run: bool,
    pub(super) diff: bool,
    pub(super) vcs: Vcs,
}

/// Reads the request, asking for folder and template if possible.
pub(super) fn read(matches: &ArgMatches, arguments: &[OsString]) -> Result<Request, Failure> {
    let file = matches.get_one::<String>("answers").map(String::as_str);
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let interactive = terminal && !matches.get_flag("yes") && file != Some("-");
    let from_file = file.map_or_else(|| Ok(Answers::new()), answers_from)?;
    let answers = args::answers(matches).over(from_file);
    if let Some(key) = args::ABOUT_AN_APP.into_iter().find(|key| answers.get(key).is_some()) {
        let message = format!("`--{}` is only valid with `spaces-new init`", key.replace('_', "-"));
        return Err(Failure::other(message, "`spaces-new init DIR` puts a Space around an existing app"));
    }
    let dir = matches.get_one::<PathBuf>("dir").cloned();
    // With a template, a new Space is certainly meant
    if let Some(dir) = dir.as_ref().filter(|_| answers.template().is_none()) {
        near_miss::check(dir, interactive)?;
    }
    let chosen = if interactive { Catalog::builtin().named(&answers) } else { Catalog::builtin().chosen(&answers) };
    let (template, unknown) = match chosen {
        Ok(template) => (template, None),
        Err(error) => (None, Some(error)),
    };
    if unknown.is_some() || !interactive && (dir.is_none() || template.is_none()) {
        return Err(incomplete(dir.as_deref(), template, unknown, &answers, arguments));
    }
    let mut prompter = TerminalPrompter::new();
    let dir = match dir {
        Some(dir) => dir,
        None => ask_dir(&prompter)?,
    };
    let dir = near_miss::plainly(dir);
    // A folder that cannot be written is refused before the next question
    if matches.get_flag("dry-run") {
        Plan::default().preview(&dir, &WriteOptions::new())?;
    } else {
        Plan::refuse_early(&dir, &WriteOptions::new())?;
    }
    let template = match template {
        Some(template) => template,
        None => Catalog::builtin().ask(completed::FIRST, &mut prompter)?,
    };
    Ok(Request {
        answers: answers.in_folder(folder_name(&dir)),
        dir,
        template,
        interactive,
        dry_run: matches.get_flag("dry-run"),
        diff: matches.get_flag("diff"),
        vcs: if matches.get_one::<String>("vcs").is_some_and(|vcs| vcs == "git") { Vcs::Git } else { Vcs::None },
    })
}

fn answers_from(file: &str) -> Result<Answers, Failure> {
    let hint = "give a TOML file, such as the `.spaces-new.toml` of an existing Space";
    let unreadable = |why: String| Failure::other(format_args!("cannot read the answers file `{file}`: {why}"), hint);
    if file == "-" {
        let text = standard_input(LARGEST_ANSWERS)
            .and_then(|bytes| String::from_utf8(bytes).map_err(|error| error.to_string()))
            .map_err(unreadable)?;
        return Ok(Answers::from_toml(&text, Path::new("."))?);
    }
    answers_file(Path::new(file)).map_err(|error| match error {
        AnswersFileError::Answers(errors) => errors.into(),
        AnswersFileError::Unreadable(why) => unreadable(why),
        other => Failure::other(other, hint),
    })
}

/// The missing answers without a default, or an unknown template, together with all problems of the answers.
fn incomplete(
    dir: Option<&Path>,
    template: Option<&Template>,
    unknown: Option<SpecError>,
    answers: &Answers,
    arguments: &[OsString],
) -> Failure {
    let mut errors = Vec::new();
    if dir.is_none() {
        errors.push(SpecError::new("DIR", "it is missing: the folder to make").into_missing());
    }
    if template.is_none() && unknown.is_none() {
        let names: Vec<&str> = Catalog::builtin().templates().iter().map(|template| template.name()).collect();
        let error = SpecError::new("template", "it is missing").flagged("template").into_missing();
        errors.push(error.hinted(format!("one of: {}", names.join(", "))));
    }
    errors.extend(unknown);
    errors.extend(Catalog::builtin().problems(answers));
    let all_missing = errors.iter().all(SpecError::is_missing);
    let line = all_missing.then(|| completed::line(arguments, dir, template, answers)).flatten();
    Failure::Answers(errors, line.map(|line| format!("this would work: {line}")))
}

fn ask_dir(prompter: &TerminalPrompter) -> Result<PathBuf, Failure> {
    Ok(prompter.text("Folder", Some("my-space".to_owned()), check_dir).map(PathBuf::from)?)
}

/// Why a folder cannot be created, while it can still be typed again.
fn check_dir(text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err("give a name, such as my-demo".to_owned());
    }
    if text.starts_with('~') {
        return Err("no shell expands the `~` here: give the full path".to_owned());
    }
    let looked = Plan::default().preview(Path::new(text), &WriteOptions::new());
    looked.map(|_| ()).map_err(|error| error.to_string())
}

/// The name of a folder, also of `.`.
pub(super) fn folder_name(dir: &Path) -> String {
    let named = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let real = || fs_err::canonicalize(dir).ok().as_deref().and_then(named);
    named(dir).or_else(real).unwrap_or_else(|| "my-space".to_owned())
}
