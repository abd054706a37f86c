//! A header that forbids the Hub to show the app.
//!
//! ## What it does
//! Looks for the header `X-Frame-Options` with `DENY` or `SAMEORIGIN` in the code and in the configuration of nginx,
//! and for the middleware of Django that sends it. A configuration is skipped if no step of the Dockerfile copies it, and if
//! neither the Dockerfile nor a shell script names its server. A page of Mesop forbids frames of other sites, unless its
//! `security_policy` allows them; so does `app.use(helmet())` of an Express app, unless its options say otherwise.
//!
//! ## Why it matters
//! The Hub shows a Space in a frame of its own page. The frame stays empty: `Refused to display
//! 'https://user-space.hf.space/' in a frame because it set 'X-Frame-Options' to 'sameorigin'`.
//!
//! ## Example
//! ```app.py
//! from fastapi import FastAPI
//!
//! app = FastAPI()
//!
//!
//! @app.middleware("http")
//! async def headers(request, call_next):
//!     response = await call_next(request)
//!     response.headers["X-Frame-Options"] = "DENY"
//!     return response
//! ```
//!
//! ## Use instead
//! ```app.py
//! from fastapi import FastAPI
//!
//! app = FastAPI()
//!
//!
//! @app.middleware("http")
//! async def headers(request, call_next):
//!     response = await call_next(request)
//!     response.headers["Content-Security-Policy"] = "frame-ancestors https://huggingface.co"
//!     return response
//! ```
//!
//! ## Source
//! <https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Frame-Options>, <https://helmetjs.github.io/>

use std::ops::Range;

use super::{Check, Finding, Group, Place, Rule, Space, SpaceSdk, Subject};
use crate::check::context::Context;
use crate::formats::dockerfile::Dockerfile;
use crate::formats::nginx::{self, Directive};

pub(super) const RULE: Rule = Rule::new(
    "refused-frame",
    Group::Risky,
    Check::Views(&[Subject::Source, Subject::Dockerfile, Subject::Files], check),
);

const HEADER: &str = "x-frame-options";
/// Servers that read the settings of nginx.
const NGINX: &[&str] = &["nginx", "openresty", "tengine", "angie"];
const OTHER_SERVERS: &[&str] = &["httpd", "apache", "a2en", "caddy", "haproxy", "lighttpd"];
const DJANGO_SETTING: &str = "X_FRAME_OPTIONS";
const DJANGO: &str = "clickjacking.XFrameOptionsMiddleware";

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    if space.sdk() == SpaceSdk::Static {
        return;
    }
    for ending in ["py", "js", "mjs", "ts"] {
        for (file, text) in space.app_files(ending).filter(|(_, text)| mentions_frames(text)) {
            found.extend(in_code(text).into_iter().map(|range| finding(file, range)));
        }
    }
    found.extend(helmet(space));
    found.extend(mesop(space));
    if let Some(dockerfile) = space.docker() {
        in_settings(space, dockerfile, found);
    }
}

/// In the configuration of a web server that the image may have.
fn in_settings(space: &Space<'_>, dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let context = Context::of(dockerfile);
    for (file, text) in space.app_files("conf").filter(|(_, text)| mentions_frames(text)) {
        let directives = nginx::directives(text);
        let servers = if directives.is_some() { NGINX } else { OTHER_SERVERS };
        if !context.may_have(file, space) || !is_named(space, dockerfile, servers) {
            continue;
        }
        let places = match directives {
            Some(directives) => directives.iter().filter_map(sends_header).collect(),
            None => in_code(text),
        };
        found.extend(places.into_iter().map(|range| finding(file, range)));
    }
}

/// Whether a line of the Dockerfile or of a shell script, comments aside, names one of these servers: a repository often keeps the
/// settings of a server that only another deployment has.
fn is_named(space: &Space<'_>, dockerfile: &Dockerfile<'_>, servers: &[&str]) -> bool {
    let mut texts = space.app_files("sh").map(|(_, text)| text).chain([dockerfile.text]);
    texts.any(|text| {
        let mut lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
        lines.any(|line| servers.iter().any(|server| line.contains(server)))
    })
}

/// Where an Express app sends the headers of Helmet, which are `X-Frame-Options: SAMEORIGIN` and `frame-ancestors 'self'` unless
/// it says otherwise. Source: <https://helmetjs.github.io/>.
fn helmet(space: &Space<'_>) -> Option<Finding> {
    const OTHERWISE: [&str; 6] =
        ["frameguard", "xFrameOptions", "frameAncestors", "frame-ancestors", "removeHeader", "X-Frame"];
    const ENDINGS: [&str; 4] = ["js", "mjs", "cjs", "ts"];
    let files = || ENDINGS.iter().flat_map(|ending| space.app_files(ending));
    let (file, text, range) = files().find_map(|(file, text)| Some((file, text, helmet_call(text)?)))?;
    let says_otherwise = |text: &str| OTHERWISE.iter().any(|word| text.contains(word));
    if files().any(|(_, text)| says_otherwise(text)) {
        return None;
    }
    let without_policy = text.contains("contentSecurityPolicy: false");
    let help = if without_policy { "frameguard: false" } else { "frameguard: false, contentSecurityPolicy: false" };
    Some(
        Finding::new(Place::bytes(file, range), "Helmet forbids the Hub to show the app in a frame")
            .label("sends `X-Frame-Options: SAMEORIGIN`")
            .help(format!("write `{help}`, or set `frameAncestors` to `https://huggingface.co`")),
    )
}

/// The call of Helmet in a line that certainly runs: one at the outermost level, with no arguments or an object that is written there.
fn helmet_call(text: &str) -> Option<Range<usize>> {
    let at = ["\"helmet\"", "'helmet'"].iter().find_map(|name| text.find(name))?;
    let before = text.get(..at)?.trim_end();
    let named = match before.strip_suffix("require(") {
        Some(before) => before.trim_end().strip_suffix('=')?,
        None => before.strip_suffix("from")?,
    };
    let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '$');
    let name = named.trim_end().rsplit(|char: char| !is_part(char)).next().filter(|name| !name.is_empty())?;
    let call = format!(".use({name}(");
    let start = text.find(&call)? + 1;
    let line = text[..start].rsplit('\n').next().unwrap_or_default();
    if line.starts_with(char::is_whitespace) || line.contains("//") || line.contains("if") || line.contains('*') {
        return None;
    }
    let arguments = text[start + call.len() - 1..].trim_start();
    let is_certain = arguments.starts_with(')')
        || arguments.starts_with('{') && arguments.split("})").next().is_some_and(|options| !options.contains("..."));
    is_certain.then(|| start..start + call.len() - 2)
}

/// The first page of an app in which no page has a policy of its own. Measured with Mesop 1.3.7, which sends `frame-ancestors 'self'`.
/// Source: <https://mesop-dev.github.io/mesop/api/page/#security-policy>.
fn mesop(space: &Space<'_>) -> Option<Finding> {
    let mut files = space.app_files("py").filter(|(_, text)| text.contains("mesop"));
    files.next()?;
    if space.app_files("py").any(|(_, text)| text.contains("security_policy") || text.contains("SecurityPolicy")) {
        return None;
    }
    let files = space.python_files().iter().filter(|file| file.has("mesop"));
    let mut pages = files.flat_map(|file| file.source().calls.iter().map(move |call| (file.path, call)));
    let (file, call) = pages.find(|(_, call)| call.path == "mesop.page")?;
    let policy = "security_policy=me.SecurityPolicy(allowed_iframe_parents=[\"https://huggingface.co\"])";
    Some(
        Finding::new(Place::bytes(file, call.method_range()), "a page of Mesop forbids the Hub to show it in a frame")
            .label("the frame on the Hub stays empty")
            .help(format!("give each page `{policy}`")),
    )
}

/// Few files do, and others are not read further.
fn mentions_frames(text: &str) -> bool {
    ["rame-", "RAME-", DJANGO, DJANGO_SETTING].iter().any(|words| text.contains(words))
}

fn finding(file: &str, range: Range<usize>) -> Finding {
    Finding::new(Place::bytes(file, range), "the app forbids the Hub to show it in a frame")
        .label("the frame on the Hub stays empty")
        .help("remove it, or send `Content-Security-Policy: frame-ancestors https://huggingface.co` instead")
}

/// Where a directive of nginx has the header: `add_header X-Frame-Options DENY`, or `more_set_headers "X-Frame-Options: DENY"` of
/// <https://github.com/openresty/headers-more-nginx-module>.
fn sends_header(directive: &Directive) -> Option<Range<usize>> {
    let forbids = |value: &str| is_refusal(&value.to_ascii_lowercase());
    match (directive.name(), directive.parameters()) {
        ("add_header", [name, value, ..]) if name.text.eq_ignore_ascii_case(HEADER) => {
            forbids(&value.text).then(|| name.range.clone())
        }
        ("more_set_headers", headers) => {
            let mut headers = headers.iter().filter_map(|word| Some((word, word.text.split_once(':')?)));
            let header = headers.find(|(_, (name, value))| name.trim().eq_ignore_ascii_case(HEADER) && forbids(value));
            header.map(|(word, _)| word.range.clone())
        }
        _ => None,
    }
}

fn is_refusal(lower: &str) -> bool {
    lower.contains("deny") || lower.contains("sameorigin")
}

/// Where the lines of code have the header, or what makes Django send it.
fn in_code(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let lower = line.to_ascii_lowercase();
        let code = lower.trim_start();
        if code.starts_with(['#', '*']) || code.starts_with("//") {
            continue;
        }
        let range = match lower.find(HEADER) {
            Some(column) if is_refusal(&lower) => column..column + HEADER.len(),
            _ => match (line.find(DJANGO), code.strip_prefix("x_frame_options")) {
                // Django's own setting may say otherwise
                (Some(column), _) if !text.contains(DJANGO_SETTING) => column..column + DJANGO.len(),
                (_, Some(value)) if forbids(value) => line.len() - line.trim_start().len()..line.trim_end().len(),
                _ => continue,
            },
        };
        found.push(start + range.start..start + range.end);
    }
    found
}

/// Whether the text after Django's setting assigns one of its two values.
fn forbids(rest: &str) -> bool {
    let value = rest.trim_start().strip_prefix('=').map(str::trim_start);
    value.is_some_and(|value| {
        ["deny", "sameorigin"].iter().any(|word| value.get(1..).is_some_and(|text| text.starts_with(word)))
    })
}
