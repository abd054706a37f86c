//! Where gunicorn listens by its settings, `gunicorn.conf.py` or the file of `--config`, which are code in Python.
//! Source: <https://docs.gunicorn.org/en/stable/configure.html>: the command line comes before `GUNICORN_CMD_ARGS`, that before the
//! file, and the file before `PORT`.

use super::listening::{Listens, OnlyHere};
use super::python_setting::{By, setting};
use super::servers::is_loopback;
use super::startup::{Executed, Spot};
use crate::app::image::contents::ImageFiles;
use crate::formats::python::Source;
use crate::values::{last_part, launched};

const SETTINGS: &str = "gunicorn.conf.py";
const VARIABLE: &str = "GUNICORN_CMD_ARGS";

/// Whether a command starts it.
pub(super) fn is_started(command: &Executed) -> bool {
    let words = command.texts();
    words.get(launched(&words, false)).is_some_and(|word| last_part(word) == "gunicorn")
}

/// Where it listens, if only its settings say that.
pub(super) fn listens(command: &Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Listens> {
    let words = command.texts();
    let binds = |word: &&str| word.starts_with("--bind") || word.starts_with("-b") || word.starts_with('$');
    if words.iter().any(binds) || files.dockerfile.text.contains(VARIABLE) {
        return None;
    }
    let is_option = |word: &&str| matches!(*word, "-c" | "--config");
    let after = words.iter().position(is_option).map(|at| words.get(at + 1));
    let joined = words.iter().find_map(|word| word.strip_prefix("--config="));
    let path = match after {
        Some(path) => path.copied()?,
        None => joined.unwrap_or(SETTINGS),
    };
    let file = files.file(&command.absolute(path.strip_prefix("file:").unwrap_or(path))?)?.file;
    let text = file.text()?;
    let source = Source::read(text);
    let mut binds = source.assignments.iter().filter(|assignment| assignment.name == "bind");
    let bind =
        binds.next().filter(|bind| binds.next().is_none() && bind.scope.is_top_level() && !bind.scope.conditional)?;
    let found = setting(&source, text, &bind.value)?;
    let (host, port) = found.text.rsplit_once(':')?;
    let loopback = is_loopback(host).then(|| OnlyHere::given(host));
    let started = command.through.first().map_or_else(|| command.spot().range, |spot| spot.range.clone());
    let at = Spot { path: file.path().to_owned(), range: bind.at..bind.at + "bind".len() };
    // A variable would have to have both
    (found.by == By::Code).then_some(Listens { port: Some((port.parse().ok()?, None)), loopback, at, started })
}
