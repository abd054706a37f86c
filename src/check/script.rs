//! The port and the address that a script names in its own code, where nothing else can say another.
//!
//! Only what is certain: the one file that the container starts, copied as it is in the repository, with one call that listens
//! and a number or a text in it.

use std::borrow::Cow;
use std::ops::Range;

use super::server::is_loopback;
use super::space::Space;
use crate::formats::dockerfile::{Dockerfile, Instruction};
use crate::formats::python::{Call, Source, Value};

/// A value in the code.
pub(super) struct InCode<'r, T> {
    pub(super) file: &'r str,
    pub(super) value: T,
    /// Where it stands in the file.
    pub(super) range: Range<usize>,
    /// Where the Dockerfile starts the file.
    pub(super) started: Range<usize>,
}

/// A longer script is not read: none that people write is.
const LARGEST: usize = 512 * 1024;

/// Reads a value in a text, with its place.
type Reader<T> = fn(&str) -> Option<(T, Range<usize>)>;

/// The port, if the container starts one script and that says it for sure.
pub(super) fn port_in_code<'r>(space: &'r Space<'_>) -> Option<InCode<'r, u16>> {
    in_code(space, port_of_node, port_of_python)
}

/// The address, if the container starts one script and that says for sure that it listens on this computer alone.
pub(super) fn loopback_in_code<'r>(space: &'r Space<'_>) -> Option<InCode<'r, String>> {
    in_code(space, loopback_of_node, loopback_of_python)
}

fn in_code<'r, T>(space: &'r Space<'_>, of_node: Reader<T>, of_python: Reader<T>) -> Option<InCode<'r, T>> {
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
    if text.len() > LARGEST {
        space.repo().skip(file.path(), format!("it is started and has more than {} KiB", LARGEST >> 10));
        return None;
    }
    let (value, range) = match program {
        "node" if ends(&[".js", ".mjs", ".cjs"]) => of_node(text)?,
        _ if is_python && ends(&[".py"]) => of_python(text)?,
        _ => return None,
    };
    Some(InCode { file: file.path(), value, range, started: script.range.clone() })
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

/// The arguments of the one `.listen(`, with where they begin, where the file names no other server, no file of its own and no
/// environment.
fn listen_of_node(text: &str) -> Option<(usize, &str)> {
    const LISTEN: &str = ".listen(";
    const MAY_SAY_MORE: [&str; 9] =
        ["process.", ".listen", "listen(", "'./", "\"./", "'../", "\"../", "child_process", "serve("];
    let at = text.find(LISTEN)?;
    let start = at + LISTEN.len();
    let (before, after) = (&text[..at], &text[start..]);
    let line = before.rsplit('\n').next()?;
    let is_comment = line.contains("//") || before.matches("/*").count() != before.matches("*/").count();
    let says_more = |text: &str| MAY_SAY_MORE.iter().any(|word| text.contains(word));
    (!is_comment && !says_more(before) && !says_more(after)).then_some((start, after))
}

/// `.listen(3000)`.
fn port_of_node(text: &str) -> Option<(u16, Range<usize>)> {
    let (start, after) = listen_of_node(text)?;
    let digits = after.len() - after.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    let is_all = after[digits..].trim_start().starts_with([',', ')']);
    Some((after[..digits].parse().ok().filter(|_| is_all)?, start..start + digits))
}

/// `.listen(3000, "localhost")`.
fn loopback_of_node(text: &str) -> Option<(String, Range<usize>)> {
    let (start, after) = listen_of_node(text)?;
    let comma = after.find(',').filter(|comma| !after[..*comma].contains(['(', ')', '{']))?;
    let rest = after[comma + 1..].trim_start();
    let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let host = rest[1..].split(quote).next().filter(|host| is_loopback(host))?;
    let at = start + after.len() - rest.len();
    Some((host.to_owned(), at..at + host.len() + 2))
}

/// The call at the top level that starts a server, and no second one, with the keywords for its port and its address.
fn start_of_python<'s, 't>(source: &'s Source<'t>) -> Option<(&'s Call<'t>, &'static str, &'static str)> {
    let is_start = |call: &&Call<'_>| matches!(call.method(), "launch" | "run" | "serve" | "listen" | "run_server");
    let mut starts = source.calls.iter().filter(is_start);
    let (Some(call), None) = (starts.next(), starts.next()) else { return None };
    let (port, host) = match &*call.path {
        "uvicorn.run" | "flask.Flask().run" => ("port", "host"),
        path if path.starts_with("gradio.") && path.ends_with("().launch") => ("server_port", "server_name"),
        _ => return None,
    };
    (call.scope.is_top_level() && !call.scope.conditional).then_some((call, port, host))
}

/// `demo.launch(server_port=8000)`, `app.run(port=8000)`, `uvicorn.run(app, port=8000)`.
fn port_of_python(text: &str) -> Option<(u16, Range<usize>)> {
    let source = Source::read(text);
    let (call, keyword, _) = start_of_python(&source)?;
    let Value::Number(written) = call.keyword(keyword)? else { return None };
    Some((written.parse().ok()?, place(text, written)?))
}

/// `demo.launch(server_name="127.0.0.1")` and the like.
fn loopback_of_python(text: &str) -> Option<(String, Range<usize>)> {
    let source = Source::read(text);
    let (call, _, keyword) = start_of_python(&source)?;
    let Value::Text(Cow::Borrowed(host)) = call.keyword(keyword)? else { return None };
    is_loopback(host).then_some(())?;
    Some(((*host).to_owned(), place(text, host)?))
}

/// The place of a part of a text, which its address tells.
fn place(text: &str, part: &str) -> Option<Range<usize>> {
    let start = part.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    Some(start..start + part.len())
}
