//! A `SvelteKit` server that takes the address of this computer for its own.
//!
//! ## What it does
//! Looks for `ORIGIN` with a host such as `localhost` or `0.0.0.0` in an image that starts a server of
//! `@sveltejs/adapter-node`: in `ENV`, or before the start command.
//!
//! ## Why it matters
//! `SvelteKit` compares the `Origin` of each form with its own address. In a Space, the browser sends
//! `https://user-space.hf.space`, and each form gets `403: Cross-site POST form submissions are forbidden`. Without
//! `ORIGIN`, the adapter takes the host of the request and `https`, which is the address of the Space.
//!
//! ## Example
//! ```Dockerfile
//! FROM node:22-slim
//! USER node
//! WORKDIR /home/node/app
//! COPY --chown=node:node . ./
//! RUN npm install && npm run build
//! ENV PORT=7860 ORIGIN=http://localhost:7860
//! CMD ["node", "build"]
//! ```
//! ```package.json
//! {"scripts": {"build": "vite build"}, "devDependencies": {"@sveltejs/adapter-node": "^5.5.0", "@sveltejs/kit": "^2.50.0"}}
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM node:22-slim
//! USER node
//! WORKDIR /home/node/app
//! COPY --chown=node:node . ./
//! RUN npm install && npm run build
//! ENV PORT=7860
//! CMD ["node", "build"]
//! ```
//! ```package.json
//! {"scripts": {"build": "vite build"}, "devDependencies": {"@sveltejs/adapter-node": "^5.5.0", "@sveltejs/kit": "^2.50.0"}}
//! ```
//!
//! ## Source
//! <https://svelte.dev/docs/kit/adapter-node#Environment-variables>, <https://github.com/sveltejs/kit/issues/6589>

use super::{Check, Finding, Group, Place, Rule, Scope, Space, SpaceSdk, Subject, in_dockerfile};
use crate::app::image::contents::ImageFiles;
use crate::app::start::servers::is_loopback;
use crate::app::start::startup::{Executed, executed};
use crate::check::space::in_spot;
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule = Rule::new(
    "local-origin",
    Group::Risky,
    Check::DockerfileAnd(&[Subject::FrontMatter, Subject::Source, Subject::Files], check),
)
.only_in(&[SpaceSdk::Docker])
.of(Scope::SPACES);

const NAME: &str = "ORIGIN";
const ADAPTER: &str = "@sveltejs/adapter-node";

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let says = |file: &crate::repo::File| file.name() == "package.json" || file.name().rsplit('.').next() == Some("sh");
    let in_files = || space.repo().files().filter(|file| says(file)).filter_map(|file| file.text());
    if !(dockerfile.text.contains(NAME) || in_files().any(|text| text.contains(NAME))) || !has_adapter(space) {
        return;
    }
    let commands = executed(&ImageFiles::of(space.repo(), dockerfile));
    let is_server = |command: &&Executed| matches!(command.program(), "node" | "bun");
    let Some(server) = commands.iter().find(is_server) else { return };
    let assignment = |command: &Executed| {
        let words = command.assignments.iter().map(String::as_str).chain(command.texts());
        words.filter_map(|word| word.strip_prefix(NAME)?.strip_prefix('=')).next_back().map(str::to_owned)
    };
    let Some((at, value)) = commands.iter().filter_map(|command| Some((command, assignment(command)?))).next_back()
    else {
        found.extend(
            of_image(dockerfile)
                .map(|(place, value)| finding(place, &value).related(in_spot(&server.spot()), "started here")),
        );
        return;
    };
    if is_local(&value) {
        found.push(finding(in_spot(&at.spot()), &value));
    }
}

fn finding(place: Place, value: &str) -> Finding {
    Finding::new(place, format!("`{NAME}` is `{value}`, which is not the address of the Space"))
        .label("SvelteKit answers 403 to forms")
        .help(format!("remove `{NAME}`: the adapter then takes the host of each request, with `https`"))
}

/// The last `ENV` of the name, if that is what the container starts with.
fn of_image(dockerfile: &Dockerfile<'_>) -> Option<(Place, String)> {
    let value = dockerfile.last_stage()?.end.env(NAME).filter(|value| is_local(value))?.to_owned();
    let assignments = dockerfile.image_envs().flat_map(|(_, assignments)| assignments);
    let last = assignments.filter(|assignment| assignment.name.text == NAME).last()?;
    Some((in_dockerfile(last.name.range.clone()), value))
}

/// Whether an app uses the adapter, and nothing changes its names or turns its check off.
fn has_adapter(space: &Space<'_>) -> bool {
    const CHANGES: [&str; 3] = ["envPrefix", "checkOrigin", "trustedOrigins"];
    let text = |name: &'static str| {
        let files = space.repo().files().filter(move |file| file.name().starts_with(name) && file.size() < 64 * 1024);
        files.filter_map(|file| file.text())
    };
    text("package.json").any(|text| text.contains(ADAPTER))
        && !text("svelte.config.")
            .chain(text("vite.config."))
            .any(|text| CHANGES.iter().any(|word| text.contains(word)))
}

/// Whether an address has a host that only means this computer.
fn is_local(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once("://") else { return false };
    let host = rest.split('/').next().unwrap_or_default();
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let host = host.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(host, |(host, _)| host);
    matches!(scheme, "http" | "https") && (is_loopback(host) || matches!(host, "0.0.0.0" | "[::]"))
}
