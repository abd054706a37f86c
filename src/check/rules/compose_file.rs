//! A Compose file with services that a Space will not have.
//!
//! ## What it does
//! Looks in a Docker Space for a Compose file at the root that starts a database or the like beside the app.
//!
//! ## Why it matters
//! A Space is one container, built from the `Dockerfile`: the Hub does not read the Compose file, and the app finds no
//! database.
//!
//! ## Example
//! ```docker-compose.yml
//! services:
//!   web:
//!     build: .
//!   db:
//!     image: postgres:17
//! ```
//!
//! ## Use instead
//! ```docker-compose.yml
//! services:
//!   web:
//!     build: .
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker>

use super::{Check, Finding, Group, Place, Rule, Space, SpaceSdk, Subject};
use crate::app::compose::Compose;

pub(super) const RULE: Rule =
    Rule::new("compose-file", Group::Pedantic, Check::Views(&[Subject::Files], check)).only_in(&[SpaceSdk::Docker]);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(compose) = Compose::of(space.repo()) else { return };
    found.extend(compose.beside().map(|(service, image, what)| {
        let name = &service.name;
        let message = format!("`{}` ({image}) does not run in the Space", name.text);
        Finding::new(Place::bytes(compose.path, name.range.clone()), message)
            .label(format!("{what}, and the Hub does not read this file"))
            .help("run it elsewhere, and give its address as a secret; suppress this if the file is for other places")
    }));
}
