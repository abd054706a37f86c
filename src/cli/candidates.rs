//! What can stand at the cursor of an unfinished command line. The shells complete paths themselves, since they quote them.

use clap::builder::PossibleValue;
use clap::{Arg, Command, ValueHint};

/// The paths that fit, which the shell looks up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paths {
    None,
    Folders,
    Any,
}

/// What fits.
#[derive(Debug)]
pub(super) struct Candidates {
    pub(super) paths: Paths,
    /// Words, each with its meaning.
    pub(super) words: Vec<(String, String)>,
    /// What stands before the word at the cursor, as in `--only=`.
    pub(super) prefix: String,
}

/// Where the cursor is.
struct Position<'c> {
    command: &'c Command,
    /// The flag whose value comes next.
    flag: Option<&'c Arg>,
    /// The number of arguments without a flag so far.
    index: usize,
    /// Whether `--` ended the flags.
    is_escaped: bool,
}

/// What can stand in place of the last word. The first word is the program.
pub(super) fn at(root: &Command, words: &[String]) -> Candidates {
    let Some((current, before)) = words.split_last() else { return Candidates::new() };
    let mut position = Position { command: root, flag: None, index: 0, is_escaped: false };
    before.iter().skip(1).for_each(|word| position.pass(word));
    position.candidates(current)
}

impl<'c> Position<'c> {
    fn pass(&mut self, word: &str) {
        if let Some(flag) = self.flag.take() {
            // Bash takes the `=` of `--only=RULE` for a word of its own
            self.flag = (word == "=").then_some(flag);
        } else if self.is_escaped || !word.starts_with('-') || word == "-" {
            match self.command.find_subcommand(word).filter(|_| self.index == 0 && !self.is_escaped) {
                Some(command) => self.command = command,
                None => self.index += 1,
            }
        } else if word == "--" {
            self.is_escaped = true;
        } else if !word.contains('=') {
            self.flag = self.flag_named(word).filter(|flag| takes_next_word(flag));
        }
    }

    fn flag_named(&self, word: &str) -> Option<&'c Arg> {
        let is_named = |arg: &&Arg| match word.strip_prefix("--") {
            Some(long) => arg.get_long() == Some(long),
            None => arg.get_short().is_some_and(|short| word.ends_with(short)),
        };
        self.command.get_arguments().find(is_named)
    }

    fn candidates(&self, current: &str) -> Candidates {
        let mut found = Candidates::new();
        if let Some(flag) = self.flag {
            found.add_values(flag, current);
        } else if let (Some((flag, value)), false) = (current.split_once('='), self.is_escaped)
            && let Some(flag) = self.flag_named(flag).filter(|_| flag.starts_with("--"))
        {
            current[..current.len() - value.len()].clone_into(&mut found.prefix);
            found.add_values(flag, value);
        } else if current.starts_with('-') && !self.is_escaped {
            found.add_flags(self.command, current);
        } else {
            found.add_operands(self, current);
        }
        found
    }
}

impl Candidates {
    fn new() -> Self {
        Self { paths: Paths::None, words: Vec::new(), prefix: String::new() }
    }

    fn add_values(&mut self, arg: &Arg, current: &str) {
        let values = arg.get_value_parser().possible_values().map(Iterator::collect::<Vec<_>>).unwrap_or_default();
        if values.is_empty() {
            self.paths = match arg.get_value_hint() {
                ValueHint::DirPath => Paths::Folders,
                ValueHint::FilePath | ValueHint::AnyPath => Paths::Any,
                _ => Paths::None,
            };
        }
        let is_hidden = |value: &PossibleValue| value.is_hide_set() && !arg.is_hide_possible_values_set();
        let values = values.into_iter().filter(|value| !is_hidden(value) && value.get_name().starts_with(current));
        self.words.extend(values.map(|value| (value.get_name().to_owned(), meaning(&value))));
    }

    fn add_flags(&mut self, command: &Command, current: &str) {
        for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
            let meaning = arg.get_help().map(ToString::to_string).unwrap_or_default();
            let names =
                [arg.get_long().map(|long| format!("--{long}")), arg.get_short().map(|short| format!("-{short}"))];
            let names = names.into_iter().flatten().filter(|name| name.starts_with(current));
            self.words.extend(names.map(|name| (name, meaning.clone())));
        }
    }

    /// The subcommands, and the values of the argument that has this place.
    fn add_operands(&mut self, position: &Position<'_>, current: &str) {
        if position.index == 0 && !position.is_escaped {
            let named = position.command.get_subcommands().filter(|command| !command.is_hide_set());
            let named = named.filter(|command| command.get_name().starts_with(current));
            let about = |command: &Command| command.get_about().map(ToString::to_string).unwrap_or_default();
            self.words.extend(named.map(|command| (command.get_name().to_owned(), about(command))));
        }
        let mut places = position.command.get_positionals().filter(|arg| !arg.is_hide_set());
        let place = places.find(|arg| {
            let most = arg.get_num_args().map_or(1, |range| range.max_values());
            arg.get_index().is_some_and(|index| index == position.index + 1) || most > 1
        });
        if let Some(place) = place {
            self.add_values(place, current);
        }
    }
}

/// Whether the word after a flag is its value.
fn takes_next_word(flag: &Arg) -> bool {
    flag.get_action().takes_values() && !flag.is_require_equals_set()
}

fn meaning(value: &PossibleValue) -> String {
    value.get_help().map(ToString::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args;

    fn found(line: &str) -> Candidates {
        let mut root = args::command(anstream::ColorChoice::Never);
        root.build();
        at(&root, &line.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    fn words(line: &str) -> Vec<String> {
        found(line).words.into_iter().map(|(word, _)| word).collect()
    }

    #[test]
    fn words_fit_the_place_of_the_cursor() {
        assert_eq!(words("spaces-new che"), ["check"]);
        assert_eq!(words("spaces-new explain port-mis"), ["port-mismatch"]);
        assert_eq!(words("spaces-new check . --only port-mis"), ["port-mismatch"]);
        assert_eq!(words("spaces-new check --skip = port-mis"), ["port-mismatch"], "as bash splits it");
        assert_eq!(words("spaces-new check --skip=port-mis"), ["port-mismatch"]);
        assert_eq!(found("spaces-new check --skip=port-mis").prefix, "--skip=");
        assert_eq!(words("spaces-new my-demo -t strea"), ["streamlit"]);
        assert_eq!(words("spaces-new init --hardware zero"), ["zero-a10g"]);
        assert_eq!(words("spaces-new --license apache-2"), ["apache-2.0"]);
        assert_eq!(words("spaces-new add north"), ["northflank"]);
        assert_eq!(words("spaces-new help adv"), ["advise"]);
        assert_eq!(words("spaces-new check --unsafe"), ["--unsafe-fixes"]);
        assert_eq!(words("spaces-new check --only port-mismatch che"), [""; 0], "a value is no subcommand");
        assert_eq!(words("spaces-new -- che"), [""; 0], "nothing after `--` is a subcommand");
        assert_eq!(words("spaces-new add colab --hf"), [""; 0], "a flag of another command");
    }

    #[test]
    fn shells_complete_paths_where_one_fits() {
        for (line, paths) in [
            ("spaces-new ", Paths::Folders),
            ("spaces-new init ", Paths::Folders),
            ("spaces-new check one two ", Paths::Any),
            ("spaces-new add colab ", Paths::Folders),
            ("spaces-new diagnose ", Paths::Any),
            ("spaces-new diagnose --in ", Paths::Folders),
            ("spaces-new x --asset ", Paths::Any),
            ("spaces-new x --answers ", Paths::Any),
            ("spaces-new check --only ", Paths::None),
            ("spaces-new x --title ", Paths::None),
            ("spaces-new add ", Paths::None),
        ] {
            assert_eq!(found(line).paths, paths, "{line}");
        }
    }

    #[test]
    fn each_word_has_its_meaning_and_hidden_ones_are_left_out() {
        let rules = found("spaces-new explain ").words;
        assert_eq!(rules.len(), spaces_new::rules().len());
        assert!(rules.iter().all(|(_, meaning)| !meaning.is_empty()));
        assert!(found("spaces-new check --").words.iter().all(|(_, meaning)| !meaning.is_empty()));
        assert!(!words("spaces-new --").contains(&"--app-file".to_owned()), "only valid with `init`");
        assert!(words("spaces-new init --").contains(&"--app-file".to_owned()));
    }
}
