//! Completes a command line that lacks required arguments, as a suggestion.

use std::ffi::OsString;
use std::path::Path;

use spaces_new::{Answers, Spec};
use spaces_new::{Catalog, Template};

use super::repeat;

/// The folder to suggest if none was given.
pub(super) const FOLDER: &str = "my-demo";

/// The template to suggest first if none was given.
pub(super) const FIRST: &str = "gradio";

/// The arguments with the missing ones added, if nothing else is wrong with them. Checked before it is printed.
pub(super) fn line(
    arguments: &[OsString],
    dir: Option<&Path>,
    template: Option<&Template>,
    answers: &Answers,
) -> Option<String> {
    let mut words: Vec<String> = arguments.iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    if dir.is_none() {
        words.insert(0, FOLDER.to_owned());
    }
    words.insert(0, "spaces-new".to_owned());
    if let Some(template) = template {
        return complete(words, template, answers);
    }
    let all = || Catalog::builtin().templates().iter();
    let is_first = |template: &&Template| template.name() == FIRST;
    let mut templates = all().filter(is_first).chain(all().filter(|template| !is_first(template)));
    templates.find_map(|template| {
        let words = words.iter().cloned().chain(["--template".to_owned(), template.name().to_owned()]);
        complete(words.collect(), template, answers)
    })
}

/// Adds an example for every answer that the template needs.
fn complete(mut words: Vec<String>, template: &Template, answers: &Answers) -> Option<String> {
    let mut answers = answers.clone();
    if let Err(errors) = Spec::resolve(template, &answers) {
        if !errors.are_all_missing() {
            return None;
        }
        for error in errors.iter() {
            let example = template.example(error.key())?;
            words.extend([format!("--{}", error.flag()?), example.to_owned()]);
            answers = answers.set(error.key(), example);
        }
    }
    Spec::resolve(template, &answers).ok().map(|_| repeat::quoted(&words))
}
