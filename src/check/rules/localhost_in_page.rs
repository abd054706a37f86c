//! Code for the browser that calls the visitor's own computer.
//!
//! ## What it does
//! Looks in pages, in their scripts, and in the source of Vite and React apps for addresses such as `http://localhost:8000` that
//! the code calls. Servers, tests, comments, branches for development, and lists of origins are skipped. Behind
//! `import.meta.env.NAME ||` an address is reported if nothing sets the name when the app is built.
//!
//! ## Why it matters
//! In the browser `localhost` is the computer of the visitor, where no server answers. The page loads, and each of its calls
//! fails: `net::ERR_CONNECTION_REFUSED`, or a mixed-content error.
//!
//! ## Example
//! ```static/app.js
//! const API_BASE = "http://localhost:8000";
//!
//! fetch(API_BASE + "/api/jobs");
//! ```
//!
//! ## Use instead
//! ```static/app.js
//! fetch("/api/jobs");
//! ```
//!
//! ## Source
//! <https://developer.mozilla.org/docs/Web/Security/Mixed_content>,
//! <https://huggingface.co/docs/hub/spaces-sdks-docker>

use super::{Check, Finding, Group, Place, Rule, Space, Subject};
use crate::app::page_addresses::{LocalAddress, local_addresses};
use crate::check::context::Context;

pub(super) const RULE: Rule =
    Rule::new("localhost-in-page", Group::Risky, Check::Views(&[Subject::Source, Subject::Files], check));

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let context = space.docker().map(Context::of);
    for address in local_addresses(space.repo()) {
        // A page that is not in the image is not served
        if context.as_ref().is_none_or(|context| context.may_have(&address.path, space)) {
            found.push(finding(address));
        }
    }
}

fn finding(found: LocalAddress) -> Finding {
    let LocalAddress { path, range, address, unless } = found;
    let finding = Finding::new(
        Place::bytes(path, range),
        format!("the page calls `{address}`, which is the visitor's own computer"),
    );
    match unless {
        None => finding.label("no server answers there").help(
            "use a relative URL such as `/api` if the server of this Space answers, or the public address of the other server",
        ),
        Some(name) => finding.label(format!("used because nothing sets `{name}` when the app is built")).help(format!(
            "write `ARG {name}` above the `RUN` that builds, and set it as a variable in the settings, or use a relative URL as default"
        )),
    }
}
