//! Recognises a Dockerfile that an earlier run made, if its answers file was deleted.

use super::card::title_in_readme;
use super::{Adopting, Stated};
use crate::answers::{Answers, Assets, Raw, Source, Spec};
use crate::app::{App, Detected};
use crate::plan::Plan;

/// The file.
const NAME: &str = "Dockerfile";

/// The beginning of a comment in each Dockerfile that a template makes.
const MARK: &str = "# A Space runs as UID ";

/// The maximum number of apps for which the file is made again.
const APPS_MAX: usize = 3;

impl Adopting<'_> {
    /// The app whose Space has exactly the Dockerfile that is there, with its answers: so it is not taken for somebody else's.
    pub(super) fn app_of_our_dockerfile(&self, stated: &Stated<'_>, detected: &Detected) -> Option<(String, Spec)> {
        let [first, others @ ..] = detected.apps() else { return None };
        let is_stated = stated.with(None).get("app_file").is_some();
        let text = self.repo.text(NAME).filter(|text| first.file == NAME && !is_stated && text.contains(MARK))?;
        // What the README says may be no more than the defaults
        let mut stated = stated.clone();
        // It was made for another platform than the one that is asked for now
        for key in ["sdk", "plan", "hardware"] {
            stated.given.remove(key);
        }
        let without_readme = Stated { in_readme: Answers::new(), ..stated.clone() };
        let makes_it = |app: &App| {
            [&without_readme, &stated].into_iter().find_map(|stated| {
                let (spec, plan) = self.made_again(stated, detected, app)?;
                let file = plan.get(&NAME.parse().ok()?)?;
                (file.as_text()? == text).then(|| (app.file.clone(), spec))
            })
        };
        others.iter().take(APPS_MAX).find_map(makes_it)
    }

    /// The files of the Space around an app.
    fn made_again(&self, stated: &Stated<'_>, detected: &Detected, app: &App) -> Option<(Spec, Plan)> {
        let port = match stated.with(None).get("port") {
            Some(Raw::Integer(port)) => u16::try_from(*port).ok(),
            _ => None,
        };
        let mut proposal = detected.proposal(app, port);
        // Detection takes it from the README, too
        if stated.in_readme.keys().next().is_none() {
            proposal.answers.remove("port");
        }
        let template = self.catalog.get(proposal.template)?;
        let answers = stated.with(Some(&mut proposal)).over(title_in_readme(self.repo)).only_for(template);
        let spec = Spec::resolve(template, &answers.in_folder(self.folder.as_str())).ok()?;
        let plan = template.draft(&spec, &Assets::inspect(&[]).ok()?).ok()?;
        Some((spec, plan))
    }

    /// Says which app it is, as if it had been found alone.
    pub(super) fn with_app(mut self, file: &str) -> Self {
        self.given.insert("app_file", Raw::from(file), Source::Detected);
        self
    }
}
