//! Finds uvicorn or gunicorn that does not believe the proxy in front of it.
//!
//! ## What it does
//! Looks for a start command without `--forwarded-allow-ips`, where no variable of the image says it.
//!
//! ## Why it matters
//! The Hub ends TLS and asks the app over HTTP. uvicorn and gunicorn take the header that says so from 127.0.0.1 alone, so that
//! the app makes `http://` addresses of redirects, forms and static files, and the browser refuses them: `Mixed Content: The
//! page was loaded over HTTPS, but requested an insecure resource`. Every visitor seems to come from one address, too. Nothing
//! but the Hub's proxy can reach the container, so that any sender may be believed.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "7860", "--forwarded-allow-ips", "*"]
//! ```
//!
//! ## Source
//! <https://www.uvicorn.org/deployment/#proxies-and-forwarded-headers>

use super::{Finding, Group, Rule, Space, in_dockerfile};
use crate::check::server::started;

pub(super) const RULE: Rule =
    Rule { id: "untrusted-proxy", group: Group::Pedantic, source: include_str!("untrusted_proxy.rs"), check };

/// Where it may be said, or more than the command line says. Sources: the documentation of the two servers.
const ELSEWHERE: [&str; 3] = ["FORWARDED_ALLOW_IPS", "UVICORN_FORWARDED_ALLOW_IPS", "GUNICORN_CMD_ARGS"];

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(server) = space.docker().and_then(started) else { return };
    let name = server.known.names.first().copied().unwrap_or_default();
    if !matches!(name, "uvicorn" | "gunicorn")
        || server.command.option(&["--forwarded-allow-ips"]).is_some()
        || server.command.has("--no-proxy-headers")
        || server.has_unknown_source()
        || ELSEWHERE.iter().any(|variable| server.sets(variable))
    {
        return;
    }
    let finding = Finding::new(
        in_dockerfile(server.command.range()),
        format!("`{name}` does not believe the proxy that says a request came over HTTPS"),
    );
    found.push(finding.label("no `--forwarded-allow-ips`").help("add `--forwarded-allow-ips \"*\"`"));
}
