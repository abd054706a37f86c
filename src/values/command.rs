//! The start command of a container, in exec form.

use std::str::FromStr;

use super::value::{Invalid, excerpt, is_line_break};
use crate::facts::launchers::{Before, LAUNCHERS, Launcher};
use crate::facts::servers::{SERVERS, ServerRow, Stops};

/// The words of a container's `CMD`.
///
/// Written as a JSON array (`["node","server.js"]`) or as a plain line, which is split into words as by a shell,
/// though no shell runs it: the server itself must be a container's first process to receive the stop signal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartCommand(Vec<String>);

impl StartCommand {
    /// The words.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.0
    }

    /// The files in the repository that the command cannot start without, as far as its words show.
    ///
    /// `node server.js` needs `server.js`, `uvicorn app.main:api` needs `app/main.py`, `npm start` needs `package.json`.
    #[must_use]
    pub fn expected_files(&self) -> Vec<String> {
        let launched = self.launched(false);
        let arguments = self.words_from(launched + 1);
        let program = last_part(self.0.get(launched).map_or("", String::as_str));
        if matches!(program, "npm" | "pnpm" | "yarn") {
            return vec!["package.json".to_owned()];
        }
        if matches!(program, "sh" | "bash") && arguments.first().is_some_and(|word| word.starts_with("-c")) {
            return Vec::new();
        }
        let mut files: Vec<String> = self.0.iter().filter(|word| is_source_file(word)).cloned().collect();
        if server_named(program).is_some_and(|row| row.takes_object) {
            files.extend(arguments.iter().find_map(|word| module_file(word)));
        }
        files
    }

    /// The name of the program that finally runs in the first process, without its path: `gunicorn` for
    /// `env A=1 /usr/bin/gunicorn` and for `python -m gunicorn`.
    #[must_use]
    pub fn program(&self) -> &str {
        last_part(self.0.get(self.launched(true)).map_or("", String::as_str))
    }

    /// How the program in the first process stops.
    #[must_use]
    pub fn stops(&self) -> Stops {
        let program = self.program();
        let of_launcher = || launcher(program).map(|launcher| launcher.stops);
        server_named(program).map(|row| row.stops).or_else(of_launcher).unwrap_or(Stops::WithInit)
    }

    /// The index of the word that names the program that finally runs.
    fn launched(&self, in_first_process: bool) -> usize {
        let is_wrapper = |word: &&String| *word == "env" || word.ends_with("/env") || is_assignment(word);
        let start = self.0.iter().take_while(is_wrapper).count();
        let words: Vec<&str> = self.0.iter().skip(start).map(String::as_str).collect();
        start + launched(&words, in_first_process)
    }

    fn words_from(&self, start: usize) -> &[String] {
        self.0.get(start..).unwrap_or_default()
    }

    /// A word with a `$` in it, which is never expanded.
    #[must_use]
    pub fn unexpanded(&self) -> Option<&str> {
        let program = self.0.first().map_or("", |program| program.rsplit('/').next().unwrap_or(program));
        let has_shell = matches!(program, "sh" | "bash" | "ash" | "dash" | "zsh");
        self.0.iter().map(String::as_str).find(|word| word.contains('$') && !has_shell)
    }
}

/// The maximum number of launchers in a chain, as in `poetry run python -m uvicorn`.
const LAUNCHERS_MAX: usize = 3;

/// The index of the word that names a server after launchers, or of the first word. A launcher of anything else, as in
/// `python app.py`, is the program itself.
pub(crate) fn launched(words: &[&str], in_first_process: bool) -> usize {
    let mut at = 0;
    for _ in 0..LAUNCHERS_MAX {
        let Some(launcher) = words.get(at).and_then(|word| launcher(last_part(word))) else { break };
        if in_first_process && !launcher.is_same_process {
            break;
        }
        let Some(next) = behind(launcher, &words[at + 1..]) else { break };
        at += 1 + next;
    }
    // Only a launcher that starts a server is skipped
    if words.get(at).is_some_and(|word| server_named(last_part(word)).is_some()) { at } else { 0 }
}

/// The index in its arguments of what a launcher starts.
fn behind(launcher: &Launcher, arguments: &[&str]) -> Option<usize> {
    let program_from = |start: usize| {
        let found = arguments.get(start..)?.iter().position(|word| !word.starts_with('-'))?;
        Some(start + found)
    };
    match launcher.before {
        Before::Flag(flag) => {
            let at = arguments.iter().position(|word| *word == flag)?;
            Some(at + 1).filter(|at| *at < arguments.len())
        }
        Before::Command(command) if arguments.first() == Some(&command) => program_from(1),
        Before::Command(_) => None,
        Before::Nothing => program_from(0),
        Before::In(folder) => arguments.first().filter(|word| word.contains(folder)).map(|_| 0),
    }
}

/// The launcher with a name, which may end in a version, as in `python3.13`.
fn launcher(name: &str) -> Option<&'static Launcher> {
    let is_version = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    LAUNCHERS.iter().find(|launcher| name.strip_prefix(launcher.name).is_some_and(is_version))
}

/// The first row of a server by its name.
pub(crate) fn server_named(name: &str) -> Option<&'static ServerRow> {
    SERVERS.iter().find(|row| row.names.contains(&name))
}

/// The name of a program without its folder.
pub(crate) fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The first unquoted character with a special meaning in a shell.
fn unquoted_operator(text: &str) -> Option<char> {
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match (quote, char) {
            (None | Some('"'), '\\') => {
                chars.next();
            }
            (None, '"' | '\'') => quote = Some(char),
            (Some(open), char) if open == char => quote = None,
            (None, ';' | '|' | '&' | '<' | '>') => return Some(char),
            _ => {}
        }
    }
    None
}

/// Whether a shell would read the first word as an assignment.
fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        name.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_')
            && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
    })
}

/// `package.module:app` names `package/module.py`.
fn module_file(word: &str) -> Option<String> {
    let (module, object) = word.split_once(':')?;
    let identifier = |text: &str| {
        text.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_')
            && text.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
    };
    (module.split('.').all(identifier) && identifier(object.trim_end_matches("()")))
        .then(|| format!("{}.py", module.replace('.', "/")))
}

fn is_source_file(word: &str) -> bool {
    const ENDINGS: [&str; 12] = ["py", "js", "mjs", "cjs", "ts", "sh", "jar", "rb", "php", "lua", "pl", "r"];
    let relative = !word.starts_with(['-', '/']) && !word.contains("://");
    let ending = word.rsplit_once('.').map_or("", |(_, ending)| ending);
    relative && ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

impl FromStr for StartCommand {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        const FORM: &str = r#"write it as ["node","server.js"] or as a plain line"#;
        let text = text.trim();
        if text.starts_with('[') {
            let words: Vec<String> = serde_json::from_str(text).map_err(|error| {
                Invalid::new(format!("`{}` is not a JSON array of strings: {error}", excerpt(text))).hint(FORM)
            })?;
            return Self::try_from(words);
        }
        let in_shell = r#"put it into a script, or write ["sh","-c","..."]"#;
        if let Some(operator) = unquoted_operator(text) {
            return Err(
                Invalid::new(format!("`{operator}` needs a shell, and the command runs without one")).hint(in_shell)
            );
        }
        let words = shlex::split(text)
            .ok_or_else(|| Invalid::new(format!("`{}` has an unterminated quote", excerpt(text))).hint(FORM))?;
        if let Some(first) = words.first().filter(|word| is_assignment(word)) {
            return Err(Invalid::new(format!("`{}` sets a variable, which needs a shell", excerpt(first)))
                .hint("make it one of the variables, and begin with the program"));
        }
        Self::try_from(words)
    }
}

impl TryFrom<Vec<String>> for StartCommand {
    type Error = Invalid;

    fn try_from(words: Vec<String>) -> Result<Self, Invalid> {
        if words.first().is_none_or(|program| program.trim().is_empty()) {
            return Err(
                Invalid::new("the program is missing").hint(r#"write it as ["node","server.js"] or as a plain line"#)
            );
        }
        if let Some(word) = words.iter().find(|word| word.chars().any(|char| char.is_control() || is_line_break(char)))
        {
            return Err(Invalid::new(format!("`{}` has a line break or a control character", excerpt(word)))
                .hint("put it into a script"));
        }
        Ok(Self(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.parse::<StartCommand>().unwrap().0
    }

    #[test]
    fn an_array_and_a_line_say_the_same() {
        assert_eq!(words(r#"["node", "server.js"]"#), words("node server.js"));
        assert_eq!(words(r#"nginx -g "daemon off;""#), ["nginx", "-g", "daemon off;"]);
    }

    #[test]
    fn what_only_a_shell_understands_is_refused() {
        for text in [
            "a && b",
            "a | b",
            "a 2>/dev/null;b",
            "PORT=1 node server.js",
            "",
            "[]",
            "[1]",
            "['a']",
            "\"a",
            "[\"a\\nb\"]",
        ] {
            assert!(text.parse::<StartCommand>().is_err(), "{text}");
        }
        assert_eq!("serve --port $PORT".parse::<StartCommand>().unwrap().unexpanded(), Some("$PORT"));
        assert_eq!(r#"["sh","-c","serve $PORT"]"#.parse::<StartCommand>().unwrap().unexpanded(), None);
    }

    #[test]
    fn the_program_behind_wrappers_is_named() {
        for (command, program) in [
            ("env A=1 B=/x python app.py", "python"),
            ("/usr/local/bin/gunicorn app:app", "gunicorn"),
            ("python -m uvicorn main:app", "uvicorn"),
            ("python -m package.app", "python"),
            ("npm start", "npm"),
            ("uv run uvicorn main:app", "uv"),
            ("node node_modules/next/dist/bin/next start", "next"),
        ] {
            let words: Vec<String> = command.split(' ').map(str::to_owned).collect();
            assert_eq!(StartCommand::try_from(words).unwrap().program(), program, "{command}");
        }
    }

    #[test]
    fn the_first_process_decides_how_a_container_stops() {
        for (command, stops) in [
            ("python -m uvicorn main:app", Stops::OnSigterm),
            ("uv run uvicorn main:app", Stops::WithInit),
            ("python3.13 app.py", Stops::OnSigint),
            ("python -m flask run", Stops::OnSigint),
            ("pythonic", Stops::WithInit),
            ("node server.js", Stops::WithInit),
        ] {
            assert_eq!(command.parse::<StartCommand>().unwrap().stops(), stops, "{command}");
        }
    }

    #[test]
    fn the_files_that_a_command_needs_are_named() {
        for (command, files) in [
            ("node server.js", vec!["server.js"]),
            ("uvicorn app.main:api --port 7860", vec!["app/main.py"]),
            ("python -m uvicorn main:app", vec!["main.py"]),
            ("npm start", vec!["package.json"]),
            ("gunicorn --bind 0.0.0.0:7860 main:app", vec!["main.py"]),
            ("nginx -g 'daemon off;'", vec![]),
            ("/usr/bin/server", vec![]),
            ("poetry run python -m daphne site.asgi:application", vec!["site/asgi.py"]),
        ] {
            assert_eq!(command.parse::<StartCommand>().unwrap().expected_files(), files, "{command}");
        }
    }
}
