//! The words of start commands: what only starts the rest, what a shell or a package manager of Node runs.

use crate::values::last_part;

/// Whether a program is a shell.
pub(crate) fn is_shell(program: &str) -> bool {
    matches!(last_part(program), "sh" | "bash" | "ash" | "dash" | "zsh")
}

/// The number of words that only start the rest.
pub(in crate::app) fn wrappers(words: &[&str]) -> usize {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let is_assignment = word.split_once('=').is_some_and(|(name, _)| {
            at > 0 && !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        });
        match last_part(word) {
            "tini" | "dumb-init" | "catatonit" => {
                at += 1;
                at += words[at..].iter().take_while(|word| word.starts_with('-')).count();
            }
            "exec" | "env" | "nohup" | "time" => at += 1,
            _ if is_assignment => at += 1,
            _ => break,
        }
    }
    at
}

/// The script of `package.json` that a package manager runs, and the arguments that it is given.
pub(in crate::app) fn package_script(words: &[&str]) -> Option<(String, Vec<String>)> {
    let program = last_part(words.first()?);
    let (name, rest) = match (program, words.get(1..)?) {
        ("npm" | "pnpm" | "yarn" | "bun", ["run" | "run-script", rest @ ..]) => {
            let at = rest.iter().position(|word| !word.starts_with('-'))?;
            (rest[at], &rest[at + 1..])
        }
        ("npm" | "pnpm", [name @ ("start" | "test"), rest @ ..]) => (*name, rest),
        ("yarn", [name, rest @ ..]) if !name.starts_with('-') => (*name, rest),
        _ => return None,
    };
    let more = match rest.iter().position(|word| *word == "--") {
        Some(at) => &rest[at + 1..],
        None if program == "npm" => &[],
        None => rest,
    };
    Some((name.to_owned(), more.iter().map(|word| (*word).to_owned()).collect()))
}

/// Whether some commands of a text may not run.
pub(in crate::app) fn has_branches(text: &str) -> bool {
    const SIGNS: [&str; 5] = ["||", "()", "<<", "$(", "`"];
    const WORDS: [&str; 7] = ["if", "case", "while", "until", "for", "function", "trap"];
    let code = || text.lines().map(str::trim_start).filter(|line| !line.starts_with('#'));
    code().any(|line| {
        SIGNS.iter().any(|sign| line.contains(sign))
            || line.split([' ', ';', '\t']).any(|word| WORDS.contains(&word) || word == "[")
    })
}

/// Whether a file is a script for a shell.
pub(crate) fn is_shell_script(path: &str, text: &str) -> bool {
    match text.lines().next().filter(|line| line.starts_with("#!")) {
        Some(line) => line.trim_end().split([' ', '/']).any(is_shell),
        None => [".sh", ".bash"].iter().any(|ending| path.ends_with(ending)),
    }
}
