//! Whether an image was not built only since the registry of its base image did not answer: then nothing is known about the Space.

use super::error::TryError;
use super::log::{last_lines, shortened};

/// What engines say when a connection fails or a registry is busy.
/// Sources: <https://pkg.go.dev/net>, <https://pkg.go.dev/net/http>, and <https://docs.docker.com/docker-hub/usage/> for the limit.
const NETWORK: [&str; 16] = [
    "server misbehaving",
    "Temporary failure in name resolution",
    "i/o timeout",
    "TLS handshake timeout",
    "connection refused",
    "connection reset by peer",
    "network is unreachable",
    "no route to host",
    "Client.Timeout exceeded",
    "request canceled while waiting for connection",
    "context deadline exceeded",
    "429 Too Many Requests",
    "500 Internal Server Error",
    "502 Bad Gateway",
    "503 Service Unavailable",
    "504 Gateway",
];

/// What they say of a name that does not exist: of another registry than these, that is a fault of the Dockerfile.
const NO_SUCH_NAME: &str = "no such host";
const KNOWN: [&str; 11] = [
    "docker.io",
    "docker.com",
    "ghcr.io",
    "quay.io",
    "nvcr.io",
    "gcr.io",
    "registry.k8s.io",
    "mcr.microsoft.com",
    "public.ecr.aws",
    "registry.gitlab.com",
    "registry.hf.space",
];

/// What Docker Hub says when it limits downloads.
const LIMITED: &str = "toomanyrequests: ";

/// Where the interface of a registry is, and where it gives tokens.
/// Source: <https://github.com/opencontainers/distribution-spec/blob/main/spec.md#endpoints>.
const PATHS: [&str; 2] = ["/v2/", "/token?"];

/// What is said when a command of the Dockerfile fails, which may ask a registry too.
const OF_A_COMMAND: [&str; 3] = ["did not complete successfully", "while running runtime", "returned a non-zero code"];

/// How many lines of the end say why a build failed.
const LAST: usize = 4;

/// The failure, if the log of a build says that a registry cannot be reached.
pub(super) fn unreachable(log: &str) -> Option<TryError> {
    let last = last_lines(log, LAST);
    if last.iter().any(|line| OF_A_COMMAND.iter().any(|words| line.contains(words))) {
        return None;
    }
    last.into_iter().rev().find_map(|line| {
        let host = host(line);
        let is_known = |host: &str| KNOWN.iter().any(|known| host == *known || host.ends_with(&format!(".{known}")));
        let fails = |host: &str| {
            (line.contains(NO_SUCH_NAME) && is_known(host))
                || (NETWORK.iter().any(|words| line.contains(words)) && is_public(host))
        };
        let host = match host {
            Some(host) if fails(host) => host,
            _ if line.contains(LIMITED) => host.unwrap_or("docker.io"),
            _ => return None,
        };
        Some(TryError::Registry { host: host.to_owned(), why: shortened(line) })
    })
}

/// The host that a line has asked through the interface of registries.
fn host(line: &str) -> Option<&str> {
    let addresses = line.split(['"', ' ', '\'']).filter_map(|word| word.split_once("://"));
    addresses.filter(|(_, rest)| PATHS.iter().any(|path| rest.contains(path))).find_map(|(scheme, rest)| {
        let host = rest.split(['/', '?']).next().unwrap_or_default();
        (scheme.starts_with("http") && !host.is_empty()).then(|| host.split(':').next().unwrap_or(host))
    })
}

/// Whether a host can have this name for everybody: one of this computer or of its network is a fault of the Dockerfile.
fn is_public(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_of_a_network = ["local", "localhost", "internal", "lan", "home", "corp"].contains(&last);
    host.contains('.') && !is_of_a_network && !last.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The message of `BuildKit` about an image, with an address and what failed.
    fn buildkit(address: &str, why: &str) -> String {
        format!(
            "Dockerfile:1\n--------------------\n   1 | >>> FROM a\n--------------------\nERROR: failed to solve: a: failed to \
             resolve source metadata for a: failed to do request: Head \"{address}\": {why}\n"
        )
    }

    #[test]
    fn a_registry_that_does_not_answer_is_named() {
        let hub = "https://registry-1.docker.io/v2/library/python/manifests/3.13";
        for (log, host) in [
            (buildkit(hub, "dial tcp: lookup registry-1.docker.io on 127.0.0.53:53: no such host"), "registry-1.docker.io"),
            (buildkit(hub, "dial tcp: lookup registry-1.docker.io on 127.0.0.53:53: server misbehaving"), "registry-1.docker.io"),
            (buildkit("https://images.example.org/v2/x/manifests/1", "dial tcp 192.0.2.1:443: i/o timeout"), "images.example.org"),
            ("Step 1/2 : FROM python:3.13\nGet \"https://registry-1.docker.io/v2/\": net/http: TLS handshake timeout\n".to_owned(), "registry-1.docker.io"),
            ("STEP 1/2: FROM quay.io/a/b\nError: creating build container: initializing source docker://quay.io/a/b:latest: pinging container registry quay.io: Get \"https://quay.io/v2/\": dial tcp: lookup quay.io: no such host\n".to_owned(), "quay.io"),
            ("ERROR: failed to solve: python:3.13: failed to resolve source metadata for docker.io/library/python:3.13: failed to authorize: failed to fetch anonymous token: Get \"https://auth.docker.io/token?scope=a&service=registry.docker.io\": dial tcp 192.0.2.1:443: connect: connection refused\n".to_owned(), "auth.docker.io"),
            ("toomanyrequests: You have reached your pull rate limit.\n".to_owned(), "docker.io"),
            ("ERROR: failed to solve: unexpected status from HEAD request to https://ghcr.io/v2/a/b/manifests/1: 503 Service Unavailable\n".to_owned(), "ghcr.io"),
        ] {
            match unreachable(&log) {
                Some(TryError::Registry { host: found, why }) => assert!(found == host && !why.is_empty(), "{log}: {found}"),
                other => panic!("{log}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_fault_of_the_space_is_not_taken_for_one_of_the_network() {
        let refused = "dial tcp 127.0.0.1:5000: connect: connection refused";
        for log in [
            buildkit("https://registry.mistyped.example/v2/a/manifests/1", "dial tcp: lookup registry.mistyped.example: no such host"),
            buildkit("http://localhost:5000/v2/app/manifests/latest", refused),
            buildkit("http://192.168.1.5:5000/v2/app/manifests/latest", refused),
            "ERROR: failed to solve: docker.io/library/mytool:latest: not found\n".to_owned(),
            "ERROR: failed to solve: pull access denied, repository does not exist\n".to_owned(),
            "#5 dial tcp: lookup registry-1.docker.io: no such host https://registry-1.docker.io/v2/\nERROR: failed to solve: process \"/bin/sh -c curl https://ghcr.io/v2/\" did not complete successfully: exit code: 7\n".to_owned(),
            "ERROR: Could not find a version that satisfies the requirement torhc (from versions: none)\n".to_owned(),
            String::new(),
        ] {
            assert!(unreachable(&log).is_none(), "{log}");
        }
    }
}
