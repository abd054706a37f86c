//! Questions and answers as a person meets them: the order of a list, and what a typed line means.

use super::question::{Commas, Kind, Question};
use super::raw::Raw;
use crate::order::Order;
use crate::values::Invalid;

/// An item that is only valid as a whole is not looked for behind more commas.
const COMMAS_MOST: usize = 12;

impl Question {
    /// The choices in the order of a list, those that most people want first; each with a line about it.
    #[must_use]
    pub fn listed(&self) -> Vec<(&str, Option<&str>)> {
        let Kind::Choice(choices) = &self.kind else { return Vec::new() };
        let notes = self.notes.iter().flat_map(|notes| notes.iter());
        let notes = notes.map(|note| Some(note.as_ref())).chain(std::iter::repeat(None));
        let mut listed: Vec<_> = choices.iter().map(AsRef::as_ref).zip(notes).collect();
        let place = |choice: &str| self.usual.iter().position(|usual| *usual == choice);
        listed.order_by_key(|(choice, _)| place(choice).unwrap_or(usize::MAX));
        listed
    }

    /// What a typed line means: several items may stand in one line, with commas between them. None if it is empty.
    ///
    /// # Errors
    /// If it breaks the question's rule, or what it names can be seen to be wrong.
    pub fn read_typed(&self, line: &str) -> Result<Option<Raw>, Invalid> {
        let line = line.trim();
        if line.is_empty() {
            return Ok(None);
        }
        let value = match self.kind {
            Kind::List => Raw::List(self.items(line)),
            Kind::Words => Raw::from(without_commas(line)),
            _ => Raw::from(line),
        };
        self.check_typed(&value)?;
        Ok(Some(self.typed(value)))
    }

    /// A value as a person types it: words are a line for a shell.
    #[must_use]
    pub fn as_typed(&self, value: &Raw) -> String {
        match (&self.kind, value) {
            (Kind::Words, Raw::List(words)) => {
                let quoted = words.iter().map(|word| shlex::try_quote(word).unwrap_or(word.into()));
                quoted.collect::<Vec<_>>().join(" ")
            }
            _ => value.shown(),
        }
    }

    /// Checks a value that a person has typed.
    fn check_typed(&self, value: &Raw) -> Result<(), Invalid> {
        self.check(value)?;
        match (self.typed_rule, value) {
            (Some(rule), Raw::List(items)) => items.iter().try_for_each(|item| rule(item)),
            (Some(rule), Raw::Text(text)) => rule(text),
            _ => Ok(()),
        }
    }

    /// The items of a line. A comma separates them unless it belongs to an item, as in `pandas>=2,<3`: what stands before it
    /// or after it is then not valid on its own, and both together are.
    fn items(&self, line: &str) -> Vec<String> {
        let is_valid = |item: &str| self.check_typed(&Raw::List(vec![item.trim().to_owned()])).is_ok();
        let pieces: Vec<&str> = line.split(',').filter(|piece| !piece.trim().is_empty()).collect();
        let mut items = Vec::new();
        let mut from = 0;
        while from < pieces.len() {
            let joined = |to: usize| pieces[from..to].join(",");
            let ends = (from + 1)..=pieces.len().min(from + COMMAS_MOST);
            let mut to = ends.into_iter().find(|to| is_valid(&joined(*to))).unwrap_or(from + 1);
            while let Some(next) = pieces.get(to) {
                let is_close = self.commas == Commas::OfItems && !next.starts_with(' ');
                if !is_close && is_valid(next) || !is_valid(&joined(to + 1)) {
                    break;
                }
                to += 1;
            }
            items.push(joined(to).trim().to_owned());
            from = to;
        }
        items
    }
}

/// A command line without the commas of a person who lists its words: `python, app.py`.
fn without_commas(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.split_last() {
        Some((only, [])) if !only.starts_with('[') => only.split(',').collect::<Vec<_>>().join(" "),
        Some((last, others)) if !line.starts_with('[') && others.iter().all(|word| word.ends_with(',')) => {
            let others = others.iter().map(|word| word.trim_end_matches(','));
            others.chain([*last]).collect::<Vec<_>>().join(" ")
        }
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::common_questions::common_question;
    use super::*;

    fn question(key: &str) -> &'static Question {
        common_question(key).unwrap()
    }

    fn items(key: &str, line: &str) -> Vec<String> {
        match question(key).read_typed(line) {
            Ok(Some(Raw::List(items))) => items,
            other => panic!("`{line}` is {other:?}"),
        }
    }

    #[test]
    fn commas_separate_items_except_within_one() {
        assert_eq!(items("tags", "first, second,third, "), ["first", "second", "third"]);
        assert_eq!(items("pip", "pandas>=2,<3"), ["pandas>=2,<3"]);
        assert_eq!(items("pip", "pandas>=2,<3, numpy,scipy"), ["pandas>=2,<3", "numpy", "scipy"]);
        assert_eq!(
            items("pip", "numpy, httpx[http2,brotli,socks]==0.28.1"),
            ["numpy", "httpx[http2,brotli,socks]==0.28.1"]
        );
        assert_eq!(items("variables", "A=1,2, B=x"), ["A=1,2", "B=x"]);
        assert_eq!(items("preload", "a/b x/y.bin,z.json, c/d"), ["a/b x/y.bin,z.json", "c/d"]);
        assert_eq!(items("secrets", "ONE,TWO"), ["ONE", "TWO"]);
    }

    #[test]
    fn an_invalid_item_is_refused_alone() {
        for (key, line, wrong, right) in
            [("pip", "pandas, nump y", "`nump y`", "pandas"), ("apt", "no such, ffmpeg", "`no such`", "ffmpeg")]
        {
            let refused = question(key).read_typed(line).unwrap_err();
            assert!(refused.message().contains(wrong) && !refused.message().contains(right), "{}", refused.message());
        }
    }

    #[test]
    fn a_command_is_read_with_and_without_commas() {
        let typed = |line: &str| question("command").read_typed(line).unwrap();
        for line in ["python app.py", "python, app.py", "python,app.py"] {
            assert_eq!(typed(line), Some(Raw::from("python app.py")), "{line}");
        }
        for line in [r#"["python", "app.py"]"#, "run --list a,b", "sort -k 1,2 file"] {
            assert_eq!(typed(line), Some(Raw::from(line)));
        }
        assert_eq!(typed("  "), None);
    }

    #[test]
    fn a_python_that_nothing_offers_is_refused_when_it_is_typed() {
        for version in ["3.9", "3.9.18", "3.15", "2.7", "3"] {
            assert!(question("python").read_typed(version).is_err(), "{version}");
        }
        for version in ["3.10", "3.12.4", "3.14", "3.12.12"] {
            assert!(question("python").read_typed(version).is_ok(), "{version}");
        }
    }

    #[test]
    fn a_path_is_looked_at_when_it_is_typed() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        fs_err::write(path("a,b.csv"), "1\n").unwrap();
        fs_err::write(path("c.csv"), "1\n").unwrap();
        assert_eq!(
            items("assets", &format!("{}, {}", path("a,b.csv"), path("c.csv"))),
            [path("a,b.csv"), path("c.csv")]
        );
        let missing = question("assets").read_typed(&path("no.csv")).unwrap_err();
        assert!(missing.message().contains("there is no such file"), "{}", missing.message());
    }

    #[test]
    fn the_usual_choices_come_first_and_none_is_lost() {
        let license = question("license");
        let listed = license.listed();
        assert_eq!(listed[0], ("apache-2.0", Some("Apache license 2.0")));
        assert_eq!(listed[1].0, "mit");
        let Kind::Choice(choices) = license.kind() else { panic!("it is a choice") };
        assert_eq!(listed.len(), choices.len());
        for key in ["license", "hardware"] {
            let question = question(key);
            let Kind::Choice(choices) = question.kind() else { panic!("it is a choice") };
            assert!(question.usual.iter().all(|usual| choices.iter().any(|choice| choice == usual)), "{key}");
            assert_eq!(question.notes.as_ref().map_or(0, |notes| notes.len()), choices.len(), "{key}");
        }
    }
}
