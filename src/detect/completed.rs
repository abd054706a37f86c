//! What a person states, together with what was found.

use super::model::{Note, Proposal, Suggestion};
use crate::spec::{Answers, Kind, Raw, Source, normalised};
use crate::template::Catalog;

impl Proposal {
    /// Leaves out what stated answers settle: notes, and items of lists that they name in another way, with another version
    /// or as a variable in place of a secret.
    pub fn settle(&mut self, stated: &Answers) {
        self.notes.retain(|note| !is_settled(note, stated));
        for key in self.list_keys() {
            if let Some(Raw::List(found)) = self.answers.get(&key) {
                let left: Vec<String> = found.iter().filter(|item| !names_it(stated, &key, item)).cloned().collect();
                self.answers.insert(key, left, Source::Detected);
            }
        }
    }

    /// Adds what was found to the lists that a person gave: a package that the app is found to need stays needed when
    /// another is named.
    #[must_use]
    pub fn add_to(&self, mut given: Answers) -> Answers {
        for key in self.list_keys() {
            if let (Some(Raw::List(stated)), Some(Raw::List(found))) = (given.get(&key), self.answers.get(&key)) {
                let new = found.iter().filter(|item| !names_it(&given, &key, item));
                let all: Vec<String> = stated.iter().chain(new).cloned().collect();
                let source = given.source(&key).unwrap_or(Source::Flag);
                given.insert(key, all, source);
            }
        }
        given
    }

    /// The questions among the found answers that take any number of items.
    fn list_keys(&self) -> Vec<String> {
        let questions = Catalog::builtin().questions();
        let is_list = |key: &&str| questions.iter().any(|known| known.key() == *key && *known.kind() == Kind::List);
        self.answers.keys().filter(is_list).map(str::to_owned).collect()
    }
}

/// Whether answers say something of what an item of a list is about.
fn names_it(answers: &Answers, key: &str, item: &str) -> bool {
    let keys: &[&str] = if matches!(key, "secrets" | "variables") { &["secrets", "variables"] } else { &[key] };
    let named = name(key, item);
    keys.iter().any(|key| match answers.get(key) {
        Some(Raw::List(items)) => items.iter().any(|item| name(key, item) == named),
        _ => false,
    })
}

/// What an item of a list is about: the package without its version, the variable without its value.
fn name(key: &str, item: &str) -> String {
    match key {
        "pip" => {
            let end = item.find(|letter: char| !(letter.is_ascii_alphanumeric() || "-_.".contains(letter)));
            normalised(&item[..end.unwrap_or(item.len())])
        }
        "variables" => item.split('=').next().unwrap_or_default().to_owned(),
        _ => item.to_owned(),
    }
}

fn is_settled(note: &Note, stated: &Answers) -> bool {
    note.answers.iter().any(|Suggestion { key, value }| match (stated.get(key), value) {
        (None, _) | (Some(Raw::List(_)), None) => false,
        (Some(Raw::List(_)), Some(item)) => names_it(stated, key, item),
        // Any base image and any hardware will do; of ports, only the one that the app has
        (Some(Raw::Integer(port)), Some(wanted)) => port.to_string() == *wanted,
        (Some(Raw::Text(port)), Some(wanted)) if *key == "port" => port == wanted,
        (Some(_), _) => true,
    })
}
