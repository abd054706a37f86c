//! Finds uvicorn or gunicorn that does not believe the proxy in front of it.
//!
//! ## What it does
//! Looks for a start command without `--forwarded-allow-ips`, where no variable of the image, no file of settings and no code of
//! the app says it.
//!
//! ## Why it matters
//! The Hub ends TLS and asks the app over HTTP. The two servers take the header that says so from this machine alone, so that
//! the app makes `http://` addresses of redirects, forms and static files, and the browser refuses them: `Mixed Content: The
//! page was loaded over HTTPS, but requested an insecure resource`. Nothing but the Hub's proxy reaches the container. Still, a
//! visitor's address is then what the headers say it is: let it decide nothing.
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
use crate::app::image::started;
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
        format!("`{}` does not believe the proxy that says a request came over HTTPS", server.name()),
    );
    found.push(
        finding
            .label("no `--forwarded-allow-ips`")
            .help("add `--forwarded-allow-ips \"*\"`, in a JSON array `\"--forwarded-allow-ips\", \"*\"`"),
    );
}
