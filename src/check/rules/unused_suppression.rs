//! A comment that suppresses nothing.
//!
//! ## What it does
//! Looks at comments of the form `# spaces-new: ignore[rule-id] reason`, with `//` or `<!--` where comments begin so.
//! They apply to their own line and to the next one; a finding about a whole file can be suppressed anywhere in it. A
//! comment that names the old id of a rule is reported too.
//!
//! ## Why it matters
//! The comment outlives its reason, or its rule is misspelt and the finding is still there.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! # spaces-new: ignore[missing-users] the base has one
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV HOME=/home/user PATH=/home/user/.local/bin:$PATH
//! WORKDIR /home/user/app
//! COPY --chown=user:user . ./
//! EXPOSE 7860
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! # spaces-new: ignore[missing-user] everything that is written goes to /tmp
//! FROM python:3.13-slim-trixie
//! WORKDIR /app
//! COPY . ./
//! EXPOSE 7860
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Source
//! <https://github.com/hadolint/hadolint#inline-ignores> is the model.

use super::{Check, Finding, Fix, Group, Place, Rule};
use crate::check::suppress::{Unused, Why};

pub(super) const RULE: Rule = Rule::new("unused-suppression", Group::Wasteful, Check::Suppressions(check));

fn check(unused: &[Unused], found: &mut Vec<Finding>) {
    for Unused { path, range, written, why } in unused {
        let place = Place::bytes(path, range.clone());
        let remove = "remove it from the comment; `spaces-new rules` lists every rule";
        found.push(match why {
            Why::NothingFound => {
                Finding::new(place, format!("`{written}` finds nothing here")).label("unused suppression").help(remove)
            }
            Why::UnknownRule => {
                Finding::new(place, format!("unknown rule `{written}`")).label("unused suppression").help(remove)
            }
            Why::Renamed(id) => Finding::new(place, format!("the rule `{written}` is now called `{id}`"))
                .label("the old name is understood for one version")
                .help(format!("write `{id}`"))
                .fix(Fix::safe(format!("write `{id}`")).replace(path, range.clone(), *id)),
        });
    }
}
