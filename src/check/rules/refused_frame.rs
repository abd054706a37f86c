//! A header that forbids the Hub to show the app.
//!
//! ## What it does
//! Looks for the header `X-Frame-Options` with `DENY` or `SAMEORIGIN` in the code and in the configuration of nginx,
//! and for the middleware of Django that sends it.
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
//! <https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Frame-Options>

use super::{Check, Finding, Group, Place, Rule, Space, SpaceSdk, Subject};

pub(super) const RULE: Rule = Rule::new("refused-frame", Group::Risky, Check::Views(&[Subject::Source], check));

const HEADER: &str = "x-frame-options";
const DJANGO_SETTING: &str = "X_FRAME_OPTIONS";
const DJANGO: &str = "clickjacking.XFrameOptionsMiddleware";

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    if space.sdk() == SpaceSdk::Static {
        return;
    }
    let files = ["py", "js", "mjs", "ts", "conf"].into_iter().flat_map(|ending| space.app_files(ending));
    // Few files mention frames
    for (file, text) in
        files.filter(|(_, text)| ["rame-", "RAME-", DJANGO, DJANGO_SETTING].iter().any(|words| text.contains(words)))
    {
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
                Some(column) if lower.contains("deny") || lower.contains("sameorigin") => column..column + HEADER.len(),
                _ => match (line.find(DJANGO), code.strip_prefix("x_frame_options")) {
                    // Django's own setting may say otherwise
                    (Some(column), _) if !text.contains(DJANGO_SETTING) => column..column + DJANGO.len(),
                    (_, Some(value)) if forbids(value) => line.len() - line.trim_start().len()..line.trim_end().len(),
                    _ => continue,
                },
            };
            let place = Place::bytes(file, start + range.start..start + range.end);
            let finding = Finding::new(place, "the app forbids the Hub to show it in a frame")
                .label("the frame on the Hub stays empty")
                .help("remove it, or send `Content-Security-Policy: frame-ancestors https://huggingface.co` instead");
            found.push(finding);
        }
    }
}

/// Whether the text after Django's setting assigns one of its two values.
fn forbids(rest: &str) -> bool {
    let value = rest.trim_start().strip_prefix('=').map(str::trim_start);
    value.is_some_and(|value| {
        ["deny", "sameorigin"].iter().any(|word| value.get(1..).is_some_and(|text| text.starts_with(word)))
    })
}
