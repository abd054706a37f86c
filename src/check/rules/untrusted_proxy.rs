//! A uvicorn or gunicorn that does not trust the Hub's proxy.
//!
//! ## What it does
//! Looks for a start command without `--forwarded-allow-ips`, unless a variable of the image, a configuration file or
//! the code of the app sets it.
//!
//! ## Why it matters
//! The Hub terminates TLS and connects to the app over HTTP. The two servers trust the proxy's `X-Forwarded-Proto` only
//! from the same machine, so the app generates `http://` addresses for redirects, forms and static files, and the
//! browser blocks them: `Mixed Content: The page was loaded over HTTPS, but requested an insecure resource`. Only the
//! Hub's proxy can reach the container. Still, the address of a visitor is then whatever the headers say: base no
//! decision on it.
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

use super::{Check, Finding, Group, Rule, Scope, Space, Subject, in_dockerfile};
use crate::app::start::in_image::started;
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule =
    Rule::new("untrusted-proxy", Group::Pedantic, Check::DockerfileAnd(&[Subject::Source, Subject::Files], check))
        .of(Scope::SPACES);

/// What an app says that sees to it by itself, or a file of settings.
const IN_CODE: [&str; 4] = ["ProxyFix", "SECURE_PROXY_SSL_HEADER", "ProxyHeadersMiddleware", "forwarded_allow_ips"];

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(server) = started(space.repo(), dockerfile) else { return };
    let Some(proxy) = server.row.proxy else { return };
    if server.has_unknown_source() || server.command.has("--uds") {
        return;
    }
    // Also as an assignment before the program, or in a shell's `export`
    let steps = [dockerfile.entrypoint(), dockerfile.cmd()].into_iter().flatten();
    let mut lines = steps.filter_map(|(_, line)| dockerfile.text.get(line.range.clone()));
    let is_said = lines.any(|line| proxy.flags.iter().chain(proxy.variables).any(|words| line.contains(words)));
    let is_set = proxy.variables.iter().any(|variable| server.sets(variable));
    let is_in_code = || space.app_files("py").any(|(_, text)| IN_CODE.iter().any(|words| text.contains(words)));
    if is_said || is_set || is_in_code() {
        return;
    }
    let finding = Finding::new(
        in_dockerfile(server.command.range()),
        format!("`{}` does not trust the proxy's `X-Forwarded-Proto`", server.name()),
    );
    found.push(
        finding
            .label("no `--forwarded-allow-ips`")
            .help("add `--forwarded-allow-ips \"*\"`, in a JSON array `\"--forwarded-allow-ips\", \"*\"`"),
    );
}
