//! The published application in a base image.

use super::base::{BaseImage, has_tag_word};
use crate::facts::base_images::{Account, Application, Starts};

impl BaseImage {
    /// Its accounts with other user ids that are known, each with its user id.
    pub(crate) fn other_accounts(&self) -> impl Iterator<Item = (Account, u32)> {
        let others = self.row.map_or(&[][..], |row| row.others);
        others.iter().copied().filter(|(other, _)| self.account().is_none_or(|account| account.user != other.user))
    }

    /// The published application in it.
    #[must_use]
    pub fn application(&self) -> Option<&'static Application> {
        let application = self.row?.application.as_ref()?;
        let has = |words: &[&str]| words.iter().any(|word| has_tag_word(&self.reference, word));
        let fits = (application.only.is_empty() || has(application.only)) && !has(application.except);
        fits.then_some(application)
    }

    /// The published application in it, if a Space can start it as the image does.
    #[must_use]
    pub fn servable(&self) -> Option<&'static Application> {
        self.application().filter(|application| application.obstacle.is_none())
    }

    /// Whether its entrypoint would take this command as arguments of another program.
    #[must_use]
    pub fn swallows(&self, command: &[String]) -> bool {
        let Some(first) = command.first().map(String::as_str) else { return false };
        let is_verb = |verbs: &[&str]| verbs.contains(&first) || first.starts_with('-');
        match (self.starts(), self.application()) {
            (Starts::Entrypoint { verbs, .. }, _) => !is_verb(verbs),
            (_, Some(application)) => !application.runs_commands && !is_verb(&["start"]),
            _ => false,
        }
    }

    /// Warnings about the application.
    pub(super) fn application_warnings(&self) -> Vec<String> {
        let Some(application) = self.application() else { return Vec::new() };
        let (image, port) = (self.reference(), application.port);
        let obstacle = application.obstacle.map(|obstacle| format!("`{image}`: {obstacle}"));
        let unchecked = (!application.checked).then(|| {
            format!("`{image}`: its port {port} was not compared with the image: try it before you publish it")
        });
        obstacle.into_iter().chain(unchecked).collect()
    }
}
