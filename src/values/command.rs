//! The start command of a container, in exec form.

use std::str::FromStr;

use super::value::{Invalid, excerpt, is_line_break};
use crate::facts::programs::STOP_ON_SIGTERM;

/// The words of a container's `CMD`.
///
/// Written as a JSON array (`["node","server.js"]`) or as a plain line, which is split into words as a shell would,
/// though no shell will run it: a container's first process has to be the server itself to be told to stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartCommand(Vec<String>);

impl StartCommand {
    /// The words.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.0
    }

    /// The files in the repository that the command cannot start without, as far as its words tell.
    ///
    /// `node server.js` needs `server.js`, `uvicorn app.main:api` needs `app/main.py`, `npm start` needs `package.json`.
    #[must_use]
    pub fn expected_files(&self) -> Vec<String> {
        let program = self.0.first().map_or("", String::as_str);
        let program = program.rsplit('/').next().unwrap_or(program);
        let arguments = self.0.get(1..).unwrap_or_default();
        if matches!(program, "npm" | "pnpm" | "yarn") {
            return vec!["package.json".to_owned()];
        }
        if matches!(program, "sh" | "bash") && arguments.first().is_some_and(|word| word.starts_with("-c")) {
            return Vec::new();
        }
        let mut files: Vec<String> = self.0.iter().filter(|word| is_source_file(word)).cloned().collect();
        if matches!(program, "uvicorn" | "gunicorn" | "hypercorn" | "granian") {
            files.extend(arguments.iter().find_map(|word| module_file(word)));
        }
        if program.starts_with("python")
            && let Some(at) = arguments.iter().position(|word| word == "-m")
            && let [module, rest @ ..] = &arguments[at + 1..]
            && matches!(module.as_str(), "uvicorn" | "gunicorn" | "hypercorn")
        {
            files.extend(rest.iter().find_map(|word| module_file(word)));
        }
        files
    }

    /// The name of the program that runs in the end, without its path: `gunicorn` for `env A=1 /usr/bin/gunicorn` and for
    /// `python -m gunicorn`.
    #[must_use]
    pub fn program(&self) -> &str {
        let words = self.0.iter().skip_while(|word| *word == "env" || word.ends_with("/env") || is_assignment(word));
        let mut words = words.map(|word| word.rsplit('/').next().unwrap_or(word));
        let program = words.next().unwrap_or("");
        match (program, words.next(), words.next()) {
            ("python" | "python3", Some("-m"), Some(module)) if STOP_ON_SIGTERM.contains(&module) => module,
            _ => program,
        }
    }

    /// A word with a `$` in it, which nothing will expand.
    #[must_use]
    pub fn unexpanded(&self) -> Option<&str> {
        let program = self.0.first().map_or("", |program| program.rsplit('/').next().unwrap_or(program));
        let has_shell = matches!(program, "sh" | "bash" | "ash" | "dash" | "zsh");
        self.0.iter().map(String::as_str).find(|word| word.contains('$') && !has_shell)
    }
}

/// The first character outside of quotes that only a shell gives a meaning to.
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

/// Whether a shell would take a first word for the setting of a variable.
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
            .ok_or_else(|| Invalid::new(format!("`{}` has a quote that is not closed", excerpt(text))).hint(FORM))?;
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
                Invalid::new("it names no program").hint(r#"write it as ["node","server.js"] or as a plain line"#)
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
        ] {
            let words: Vec<String> = command.split(' ').map(str::to_owned).collect();
            assert_eq!(StartCommand::try_from(words).unwrap().program(), program, "{command}");
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
        ] {
            assert_eq!(command.parse::<StartCommand>().unwrap().expected_files(), files, "{command}");
        }
    }
}
