//! A Compose file beside an app: the Hub does not read it, but it says how the app is started and what runs beside it.

use std::ops::Range;

use super::model::{Evidence, Note, Seen};
use crate::facts::services::SERVICES;
use crate::formats::compose::{Command, NAMES, Service, services};
use crate::formats::dockerfile::CommandLine;
use crate::repo::{Lines, Repo};

/// A Compose file at the root.
pub(crate) struct Compose<'r> {
    pub(crate) path: &'static str,
    pub(crate) services: Vec<Service>,
    lines: Lines<'r>,
}

impl<'r> Compose<'r> {
    /// The file that Compose would read, if it has services.
    pub(crate) fn of(repo: &'r Repo) -> Option<Self> {
        let path = NAMES.into_iter().find(|name| repo.get(name).is_some())?;
        Some(Self { path, services: services(repo.text(path)?)?, lines: Lines::of(repo, path)? })
    }

    /// The service that is built from the Dockerfile at the root, if it is the only one.
    pub(super) fn service(&self) -> Option<&Service> {
        let is_root = |service: &&Service| {
            let folder = service.build.as_deref().map(|folder| folder.trim_start_matches("./").trim_end_matches('/'));
            let file = service.dockerfile.as_deref().map(|file| file.trim_start_matches("./"));
            matches!(folder, Some("" | ".")) && matches!(file, None | Some("Dockerfile"))
        };
        let mut services = self.services.iter().filter(is_root);
        services.next().filter(|_| services.next().is_none())
    }

    /// The port in the container of that service, if it has one.
    pub(super) fn port(&self) -> Option<Seen<u16>> {
        let service = self.service()?;
        let [port] = *service.ports else { return None };
        Some(Seen::usual(port, self.at(&service.name.range, format!("publishes {port} of the container"))))
    }

    /// The command of that service, as the array of a `CMD`.
    pub(super) fn command(&self) -> Option<(String, Evidence)> {
        let service = self.service()?;
        let words: Vec<String> = match service.command.as_ref()? {
            Command::Words(words) => words.clone(),
            // Compose splits it as a shell does, and starts none
            Command::Line(line) => {
                let line = CommandLine::of_shell(line);
                let [command] = &*line.commands() else { return None };
                command.words.iter().map(|word| word.text.to_string()).collect()
            }
        };
        let command = serde_json::to_string(&words).ok().filter(|command| !command.contains('$'))?;
        Some((command, self.at(&service.name.range, "has the command")))
    }

    /// The services with an image of their own, each with what it is.
    pub(crate) fn beside(&self) -> impl Iterator<Item = (&Service, &str, &'static str)> {
        self.services.iter().filter_map(|service| {
            let image = service.image.as_ref()?.text.as_str();
            let name = image.rsplit('/').next()?.split([':', '@']).next()?;
            let (_, what) = SERVICES.iter().find(|(begin, _)| name.starts_with(begin))?;
            Some((service, image, *what))
        })
    }

    /// What a person should know about the services that a Space will not have.
    pub(super) fn note(&self) -> Option<Note> {
        if self.services.len() < 2 && self.beside().next().is_none() {
            return None;
        }
        let image = |service: &Service| service.image.as_ref().map(|image| format!(" ({})", image.text));
        let shown = |service: &Service| format!("`{}`{}", service.name.text, image(service).unwrap_or_default());
        let named: Vec<String> = self.services.iter().take(SHOWN).map(shown).collect();
        let more = match self.services.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let services = if self.services.len() == 1 { "service" } else { "services" };
        let message = format!(
            "a Space is one container: the Hub does not read `{}`, which has the {services} {}{more}",
            self.path,
            named.join(", ")
        );
        let elsewhere: Vec<String> =
            self.beside().take(SHOWN).map(|(service, _, what)| format!("`{}` ({what})", service.name.text)).collect();
        let help = match &*elsewhere {
            [] => "build what the app needs into one image".to_owned(),
            some => format!(
                "build what the app needs into one image; run {} elsewhere, and give the address as a secret",
                some.join(", ")
            ),
        };
        Some(Note::new(message).help(help).seen(Evidence::file(self.path, "names the services")))
    }

    fn at(&self, range: &Range<usize>, why: impl Into<String>) -> Evidence {
        Evidence::line(self.path, self.lines.line(range.start), why)
    }
}

/// More services than these are only counted.
const SHOWN: usize = 5;
