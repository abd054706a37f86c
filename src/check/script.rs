//! The port that a script names in its own code, where nothing else can say another.
//!
//! Only what is certain: the one file that the container starts, copied as it is in the repository, with one call that listens
//! and a number in it.

use std::ops::Range;

use super::space::Space;
use crate::dockerfile::{Dockerfile, Instruction};
use crate::python::{Call, Source, Value};

/// A port in the code.
pub(super) struct InCode<'r> {
    pub(super) file: &'r str,
    pub(super) port: u16,
    /// Where it stands in the file.
    pub(super) range: Range<usize>,
    /// Where the Dockerfile starts the file.
    pub(super) started: Range<usize>,
}

/// The port, if the container starts one script and that says it for sure.
pub(super) fn port_in_code<'r>(space: &'r Space<'_>) -> Option<InCode<'r>> {
    let dockerfile = space.docker()?;
    let (None, Some((_, line))) = (dockerfile.entrypoint(), dockerfile.cmd()) else { return None };
    let commands = line.commands();
    let [command] = &*commands else { return None };
    let program = command.program()?;
    let is_python =
        program.strip_prefix("python").is_some_and(|rest| rest.bytes().all(|byte| b"0123456789.".contains(&byte)));
    let [_, words @ ..] = command.argv() else { return None };
    // Arguments may say another port, and flags may run another thing
    let [script] = &*words.iter().filter(|word| word.text != "-u").collect::<Vec<_>>() else { return None };
    let path = script.text.trim_start_matches("./");
    let ends = |endings: &[&str]| endings.iter().any(|ending| path.ends_with(ending));
    if line.runs_in_background() || path.starts_with('/') || !is_copied(dockerfile, path) {
        return None;
    }
    let file = space.repo().get(path)?;
    let text = file.text()?;
    let (port, range) = match program {
        "node" if ends(&[".js", ".mjs", ".cjs"]) => of_node(text)?,
        _ if is_python && ends(&[".py"]) => of_python(text)?,
        _ => return None,
    };
    Some(InCode { file: file.path(), port, range, started: script.range.clone() })
}

/// Whether the image has a file as it is in the repository, in the folder that the container starts in.
fn is_copied(dockerfile: &Dockerfile<'_>, path: &str) -> bool {
    let Some(folder) = dockerfile.last_stage().and_then(|stage| stage.end.workdir()) else { return false };
    let mut is_copied = false;
    for step in dockerfile.image_steps() {
        match &step.instruction {
            Instruction::Copy(copy) => {
                if step.before.absolute(&copy.destination.text).as_deref() != Some(folder) {
                    continue;
                }
                let names = |text: &str| matches!(text, "." | "./") || text.trim_start_matches("./") == path;
                is_copied = copy.flag("from").is_none() && copy.sources.iter().any(|source| names(&source.text));
            }
            // It may be changed there
            Instruction::Run(run) => {
                let words = |word: &str| word.contains(path) || word.contains('*');
                if run.commands.iter().any(|command| command.argv().iter().skip(1).any(|word| words(&word.text))) {
                    return false;
                }
            }
            _ => {}
        }
    }
    is_copied
}

/// `.listen(3000)`, where the file names no other server, no file of its own and no environment.
fn of_node(text: &str) -> Option<(u16, Range<usize>)> {
    const LISTEN: &str = ".listen(";
    const MAY_SAY_MORE: [&str; 8] = ["process.", "listen", "'./", "\"./", "'../", "\"../", "child_process", "serve("];
    let at = text.find(LISTEN)?;
    let start = at + LISTEN.len();
    let (before, after) = (&text[..at], &text[start..]);
    let digits = after.len() - after.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    let line = before.rsplit('\n').next()?;
    let is_comment = line.contains("//") || before.matches("/*").count() != before.matches("*/").count();
    let says_more = |text: &str| MAY_SAY_MORE.iter().any(|word| text.contains(word));
    if is_comment || says_more(before) || says_more(after) || !after[digits..].trim_start().starts_with([',', ')']) {
        return None;
    }
    Some((after[..digits].parse().ok()?, start..start + digits))
}

/// `demo.launch(server_port=8000)`, `app.run(port=8000)`, `uvicorn.run(app, port=8000)` at the top level, and no second one.
fn of_python(text: &str) -> Option<(u16, Range<usize>)> {
    let source = Source::read(text);
    let is_start = |call: &&Call<'_>| matches!(call.method(), "launch" | "run" | "serve" | "listen" | "run_server");
    let mut starts = source.calls.iter().filter(is_start);
    let (Some(call), None) = (starts.next(), starts.next()) else { return None };
    let keyword = match &*call.path {
        "uvicorn.run" | "flask.Flask().run" => "port",
        path if path.starts_with("gradio.") && path.ends_with("().launch") => "server_port",
        _ => return None,
    };
    let Value::Number(written) = call.keyword(keyword)? else { return None };
    // It is a part of the text, so that its address tells its place
    let start = written.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    if !call.scope.is_top_level() || call.scope.conditional {
        return None;
    }
    Some((written.parse().ok()?, start..start + written.len()))
}
