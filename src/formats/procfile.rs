//! `Procfile`. Source: <https://devcenter.heroku.com/articles/procfile#procfile-format>.

use std::ops::Range;

/// A process that a `Procfile` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Process<'t> {
    pub(crate) name: &'t str,
    pub(crate) command: &'t str,
    /// The whole line, without the line break.
    pub(crate) span: Range<usize>,
}

/// The maximum number of lines.
const LINES_MAX: usize = 1000;

/// The processes of a file, in their order.
pub(crate) fn processes(text: &str) -> impl Iterator<Item = Process<'_>> {
    let mut at = 0;
    text.split_inclusive('\n').take(LINES_MAX).filter_map(move |line| {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        let (name, command) = line.split_once(':')?;
        let is_name =
            !name.is_empty() && name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'));
        is_name.then(|| Process { name, command: command.trim(), span: start..start + line.len() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_a_name_and_a_command() {
        let text = "# web: no\r\nweb: gunicorn app:app\r\n\nworker:python work.py\n web: no\nnothing";
        let found: Vec<_> = processes(text).map(|found| (found.name, found.command, &text[found.span])).collect();
        let web = ("web", "gunicorn app:app", "web: gunicorn app:app");
        assert_eq!(found, [web, ("worker", "python work.py", "worker:python work.py")]);
    }
}
