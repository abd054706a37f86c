//! A server that refuses requests for the host of the Space.
//!
//! ## What it does
//! Looks for a server that only answers for hosts in a list: `vite preview` and the development servers of Vite, webpack and
//! Angular without `allowedHosts`; a server of the package `mcp` (1.23 or later) that was not given a host; Django whose
//! `ALLOWED_HOSTS` has neither `*` nor a host of `hf.space`.
//!
//! ## Why it matters
//! The Space runs, and each visitor sees `Blocked request. This host is not allowed`, `Invalid Host header`, `421 Misdirected
//! Request` or `DisallowedHost`: the proxy of the Hub passes on the host `user-space.hf.space`.
//!
//! ## Example
//! ```Dockerfile
//! FROM node:22-slim
//! USER node
//! WORKDIR /home/node/app
//! COPY --chown=node:node . ./
//! RUN npm install && npm run build
//! CMD ["npx", "vite", "preview", "--host", "0.0.0.0", "--port", "7860"]
//! ```
//! ```package.json
//! {"scripts": {"build": "vite build"}, "devDependencies": {"vite": "6.2.0"}}
//! ```
//! ```vite.config.js
//! export default { build: { outDir: "dist" } };
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM node:22-slim
//! USER node
//! WORKDIR /home/node/app
//! COPY --chown=node:node . ./
//! RUN npm install && npm run build
//! CMD ["npx", "vite", "preview", "--host", "0.0.0.0", "--port", "7860"]
//! ```
//! ```package.json
//! {"scripts": {"build": "vite build"}, "devDependencies": {"vite": "6.2.0"}}
//! ```
//! ```vite.config.js
//! export default { build: { outDir: "dist" }, preview: { allowedHosts: [".hf.space"] } };
//! ```
//!
//! ## Source
//! <https://vite.dev/config/preview-options#preview-allowedhosts>,
//! <https://docs.djangoproject.com/en/stable/ref/settings/#allowed-hosts>,
//! <https://github.com/modelcontextprotocol/python-sdk/security/advisories/GHSA-9h52-p55h-vw2f>

use super::{Check, Finding, Group, Place, Rule, Scope, Space, Subject};
use crate::app::image::contents::ImageFiles;
use crate::app::start::refused_hosts::of_start_command;
use crate::app::start::startup::executed;
use crate::check::diagnostic::Level;
use crate::check::space::{PythonFile, in_spot};
use crate::facts::host_lists::{FASTMCP_STRICT, MCP_LATE, MCP_RENAMED, MCP_SINCE};
use crate::formats::dockerfile::Dockerfile;
use crate::formats::python::{Call, Source, Value};
use crate::formats::requirements::Requirements;
use crate::values::pep440;

pub(super) const RULE: Rule = Rule::new(
    "refused-host",
    Group::Broken,
    Check::DockerfileAnd(&[Subject::Source, Subject::Requirements, Subject::Files], check),
)
.of(Scope::SPACES);

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let files = ImageFiles::of(space.repo(), dockerfile);
    if let Some(refusal) = of_start_command(&files) {
        let message = format!("`{}` refuses requests for the host of the Space", refusal.server);
        let mut finding =
            Finding::new(in_spot(&refusal.at), message).label("no allowed hosts are set").help(refusal.help);
        if !refusal.is_certain {
            finding = finding.at_most(Level::Warning);
        }
        if let Some(started) = &refusal.started {
            finding = finding.related(in_spot(started), "started here");
        }
        found.push(finding);
    }
    found.extend(mcp(space));
    found.extend(django(space, &files));
}

/// A server of the package `mcp` that only answers for this computer.
fn mcp(space: &Space<'_>) -> Option<Finding> {
    let files = space.python_files();
    if let Some(found) = strict_fastmcp(space) {
        return Some(found);
    }
    let uses = files.iter().filter(|file| file.has("mcp.server")).collect::<Vec<_>>();
    if uses.is_empty() || files.iter().any(|file| file.has("transport_security")) {
        return None;
    }
    let is_served = uses.iter().any(|file| file.source().calls.iter().any(serves)) || files.iter().any(mounts);
    let finding = |file: &PythonFile<'_>, call: &Call<'_>| {
        Finding::new(
            Place::bytes(file.path, call.method_range()),
            "the MCP server answers 421 to requests for the host of the Space: by default it only allows `localhost`",
        )
        .label("no host and no `transport_security` is given")
        .help("give it `host=\"0.0.0.0\"`, or `transport_security=TransportSecuritySettings(allowed_hosts=[..])` with the host of the Space")
    };
    let has_host = |call: &Call<'_>| call.keyword("host").is_some() || call.unpacks();
    for file in uses {
        for call in &file.source().calls {
            let is_first = call.path == "mcp.server.fastmcp.FastMCP" || call.path == "mcp.server.FastMCP";
            if is_first && is_served && !has_host(call) {
                return of_version(space.requirements(), false).map(|level| finding(file, call).at_most(level));
            }
            let is_second = call.path.starts_with("mcp.server.mcpserver.MCPServer().") && serves(call);
            if is_second && !has_host(call) {
                return of_version(space.requirements(), true).map(|level| finding(file, call).at_most(level));
            }
        }
    }
    None
}

/// The one version of `fastmcp` that only answers for this computer by default.
fn strict_fastmcp(space: &Space<'_>) -> Option<Finding> {
    let (package, line) = space.requirements().package("fastmcp")?;
    let is_strict = package.versions.exact() == Some(&pep440::release(&FASTMCP_STRICT));
    let says = |text: &str| ["allowed_hosts", "host_origin_protection"].iter().any(|word| text.contains(word));
    let in_image = space.dockerfile().is_some_and(|file| file.text.contains("FASTMCP_HTTP_"));
    let files = space.python_files();
    let is_served = files.iter().any(|file| {
        let calls = || file.source().calls.iter();
        file.has("fastmcp") && calls().any(|call| serves(call) || call.method() == "http_app")
    });
    if !is_strict || in_image || !is_served || files.iter().any(|file| says(file.text)) {
        return None;
    }
    let message = "fastmcp 3.4.3 answers 421 to requests for the host of the Space";
    let finding = Finding::new(Place::bytes("requirements.txt", line.range.clone()), message);
    Some(
        finding
            .label("other versions allow all hosts by default")
            .help("use a later version, such as `fastmcp==3.4.11`"),
    )
}

/// Whether a call makes an application for the web of an MCP server, or starts it as one.
fn serves(call: &Call<'_>) -> bool {
    let is_web = |value: &Value<'_>| matches!(value.as_text(), Some("streamable-http" | "sse" | "http"));
    match call.method() {
        "streamable_http_app" | "sse_app" | "run_streamable_http_async" | "run_sse_async" => true,
        "run" => call.keyword("transport").or(call.positional(0)).is_some_and(is_web),
        _ => false,
    }
}

/// Whether another file serves an application of an MCP server.
fn mounts(file: &PythonFile<'_>) -> bool {
    ["streamable_http_app(", "sse_app("].iter().any(|word| file.has(word)) && file.source().calls.iter().any(serves)
}

/// How certain it is that a version with the check is installed: the second major version, or a late first one.
fn of_version(requirements: &Requirements, is_second: bool) -> Option<Level> {
    let Some((package, _)) = requirements.package("mcp") else { return Some(Level::Warning) };
    let is_old = |version: &pep440::Version| pep440::is_below(version, &MCP_SINCE);
    let is_new = |version: &pep440::Version| !pep440::is_below(version, &MCP_RENAMED);
    match package.versions.exact() {
        Some(version) => (!is_old(version) && is_new(version) == is_second).then_some(Level::Error),
        None if is_second => Some(Level::Error),
        // The newest one has no such module, which is another fault
        None if package.versions.takes_newest() => None,
        None => package.versions.allows(&pep440::release(&MCP_LATE)).then_some(Level::Error),
    }
}

/// Settings of Django that do not allow the host of the Space.
fn django(space: &Space<'_>, files: &ImageFiles<'_, '_, '_>) -> Option<Finding> {
    const NAME: &str = "ALLOWED_HOSTS";
    let sets = |file: &&crate::repo::File| {
        file.name().rsplit('.').next() == Some("py")
            && file.size() < 256 * 1024
            && file.text().is_some_and(|text| text.contains(NAME))
    };
    let is_named = space.repo().files().any(|file| file.name() == "manage.py");
    let mut settings = space.repo().files().filter(sets);
    let file = settings.next().filter(|_| is_named && settings.next().is_none())?;
    let text = file.text().filter(|text| text.matches(NAME).count() == 1 && !text.contains("import *"))?;
    let source = Source::read(text);
    let assignment = source.assignments.iter().find(|assignment| assignment.name == NAME)?;
    let Value::Expression(list) = &assignment.value else { return None };
    if assignment.scope.conditional || !assignment.scope.is_top_level() || allows(list)? {
        return None;
    }
    let is_django = |word: &str| word.ends_with("manage.py") || word.contains("wsgi") || word.contains("asgi");
    let all = executed(files);
    let server = all.iter().find(|command| command.texts().iter().any(|word| is_django(word)))?;
    let other = |word: &str| files.dockerfile.text.contains(word);
    if ["nginx", "caddy", "haproxy", "apache"].into_iter().any(other) {
        return None;
    }
    let place = Place::bytes(file.path(), assignment.at..assignment.at + NAME.len());
    let finding = Finding::new(place, "Django answers 400 to requests for the host of the Space")
        .label("the host of the Space is not in it")
        .related(in_spot(&server.spot()), "started here")
        .help("add `\".hf.space\"` to `ALLOWED_HOSTS`, and `\"https://*.hf.space\"` to `CSRF_TRUSTED_ORIGINS`");
    Some(finding)
}

/// Whether a list of texts allows the host of a Space; none if it has anything else in it.
fn allows(list: &str) -> Option<bool> {
    let inner = list.strip_prefix('[')?.strip_suffix(']')?;
    let mut allowed = false;
    for item in inner.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        let quote = item.chars().next().filter(|first| matches!(first, '"' | '\''))?;
        let host = item.strip_prefix(quote)?.strip_suffix(quote)?;
        allowed |= host == "*" || host.ends_with("hf.space");
    }
    Some(allowed)
}
