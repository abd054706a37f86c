//! Where a program in Rust listens: axum and Tokio, actix-web, warp, and Rocket by its defaults.
//!
//! Sources: <https://docs.rs/tokio/latest/tokio/net/struct.TcpListener.html>,
//! <https://docs.rs/actix-web/latest/actix_web/struct.HttpServer.html#method.bind>,
//! <https://docs.rs/warp/latest/warp/struct.Server.html#method.run>,
//! <https://rocket.rs/guide/v0.5/configuration/>: 127.0.0.1, port 8000, in any profile.

use std::ops::Range;

use super::listening::{LARGEST, Listens, MOST_FILES, OnlyHere, arguments};
use super::servers::is_loopback;
use super::startup::{Executed, Spot};
use crate::app::cargo_programs;
use crate::app::image::contents::ImageFiles;
use crate::app::paths::{has_ending, within};
use crate::formats::javascript::{self, without_comments};
use crate::repo::Repo;

/// The one place in the sources of the one program that listens.
pub(super) fn listens(command: &Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Listens> {
    let mut programs = cargo_programs::programs(files.repo).into_iter();
    let program = programs.next().filter(|_| programs.next().is_none())?;
    // The built file, perhaps under another name
    let copied = within("release", &program.name);
    let is_copied = |line: &str| line.contains(&copied) && line.contains(command.program());
    if command.program() != program.name && !files.dockerfile.text.lines().any(is_copied) {
        return None;
    }
    let mut found = None;
    for (path, code) in sources(files.repo)? {
        for site in sites(&code) {
            if found.is_some() {
                return None;
            }
            let listening = match site {
                Site::Address(written) => by_address(&code, written),
                Site::Rocket(at) => by_rocket(files, at),
            };
            found = Some((path.clone(), listening?));
        }
    }
    let (path, site) = found?;
    let started = command.through.first().map_or_else(|| command.spot().range, |spot| spot.range.clone());
    Some(Listens { port: site.port, loopback: site.loopback, at: Spot { path, range: site.range }, started })
}

/// The sources without their comments and their tests. None if there are too many.
fn sources(repo: &Repo) -> Option<Vec<(String, String)>> {
    let is_aside = |path: &str| {
        ["tests/", "benches/", "examples/", "target/"]
            .iter()
            .any(|folder| path.starts_with(folder) || path.contains(&format!("/{folder}")))
    };
    let is_source = |path: &str| has_ending(path, "rs") && !is_aside(path) && !path.ends_with("build.rs");
    let files: Vec<_> = repo.files().filter(|file| is_source(file.path())).take(MOST_FILES + 1).collect();
    if files.len() > MOST_FILES {
        return None;
    }
    let read = |file: &&crate::repo::File| {
        let code = without_comments(file.text().filter(|_| file.size() < LARGEST)?);
        let end = code.find("#[cfg(test)]").unwrap_or(code.len());
        Some((file.path().to_owned(), code[..end].to_owned()))
    };
    files.iter().map(read).collect()
}

struct InRust {
    port: Option<(u16, Option<String>)>,
    loopback: Option<OnlyHere>,
    range: Range<usize>,
}

enum Site<'c> {
    /// The expression of an address.
    Address(&'c str),
    /// `rocket::build()`.
    Rocket(usize),
}

/// The places that listen.
fn sites(code: &str) -> Vec<Site<'_>> {
    let mut sites = Vec::new();
    let behind = |call: &'static str| code.match_indices(call).map(move |(at, call)| &code[at + call.len()..]);
    for rest in behind("TcpListener::bind(") {
        sites.extend(arguments(rest).map(Site::Address));
    }
    // What comes behind the app, in the same statement
    for (call, method) in [("HttpServer::new(", ".bind("), ("warp::serve(", ".run(")] {
        for rest in behind(call) {
            let chain = arguments(rest).map_or("", |inside| &rest[inside.len()..]);
            let chain = chain.split(';').next().unwrap_or_default();
            let given = chain.split_once(method).and_then(|(_, rest)| arguments(rest));
            sites.push(given.map_or(Site::Address(""), Site::Address));
        }
    }
    sites.extend(["rocket::build()", "rocket::custom(", "rocket::ignite()"].iter().flat_map(|call| {
        code.match_indices(call)
            .map(|(at, call)| if call.ends_with(')') { Site::Rocket(at) } else { Site::Address("") })
    }));
    sites
}

/// The defaults of Rocket, if nothing else configures it.
fn by_rocket(files: &ImageFiles<'_, '_, '_>, at: usize) -> Option<InRust> {
    let mut settings = files.repo.files().filter(|file| file.name() == "Rocket.toml");
    let is_set = settings.next().is_some() || files.dockerfile.text.contains("Rocket.toml");
    let of_environment = |name: &str| files.dockerfile.text.contains(name);
    if is_set || of_environment("ROCKET_CONFIG") || of_environment("ROCKET_PROFILE") {
        return None;
    }
    Some(InRust {
        port: Some((8000, Some("ROCKET_PORT".to_owned()))),
        loopback: Some(OnlyHere::unless_set("ROCKET_ADDRESS")),
        range: at..at + "rocket::build".len(),
    })
}

/// An address that nothing changes.
fn by_address(code: &str, written: &str) -> Option<InRust> {
    let written = written.trim();
    let start = written.as_ptr().addr().checked_sub(code.as_ptr().addr())?;
    let address = text_of(code, written, DEEPEST)?;
    let (host, port) = address.rsplit_once(':')?;
    let port = port.parse().ok().filter(|port| *port != 0)?;
    let loopback = is_loopback(host).then(|| OnlyHere::given(host));
    Some(InRust { port: Some((port, None)), loopback, range: start..start + written.len() })
}

/// The maximum number of expressions within one another.
const DEEPEST: usize = 6;

/// The maximum number of values of `format!`.
const VALUES_MAX: usize = 4;

/// The text of an expression, an address as `HOST:PORT`.
fn text_of(code: &str, expression: &str, depth: usize) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    let expression = without_conversions(expression);
    let of = |expression: &str| text_of(code, expression, depth);
    if let Some(inner) = expression.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return (!inner.contains(['"', '\\'])).then(|| inner.to_owned());
    }
    let digits = expression.trim_end_matches("_u16").trim_end_matches("u16").replace('_', "");
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(digits);
    }
    let inside = |begin: &str, end: char| expression.strip_prefix(begin)?.strip_suffix(end);
    if let Some(form) = inside("format!(", ')') {
        return of_format(&javascript::arguments(&format!("{form})")), &of);
    }
    for call in ["SocketAddr::from(", "SocketAddr::V4(", "IpAddr::from(", "IpAddr::V4(", "Ipv4Addr::from("] {
        if let Some(inner) = call_of(expression, call) {
            return of(inner);
        }
    }
    if let Some(parts) = call_of(expression, "Ipv4Addr::new(").or_else(|| inside("[", ']')) {
        let parts: Vec<_> = parts.split(',').map(str::trim).collect();
        let is_octet = |part: &&str| part.parse::<u8>().is_ok();
        return (parts.len() == 4 && parts.iter().all(is_octet)).then(|| parts.join("."));
    }
    let pair = ["SocketAddr::new(", "SocketAddrV4::new("].iter().find_map(|call| call_of(expression, call));
    if let Some(pair) = pair.or_else(|| inside("(", ')')) {
        let parts = javascript::arguments(&format!("{pair})")).into_iter().map(of).collect::<Option<Vec<_>>>()?;
        return (parts.len() == 2).then(|| parts.join(":"));
    }
    match expression.rsplit_once("::") {
        Some((kind, "LOCALHOST")) if kind.ends_with("Ipv4Addr") => Some("127.0.0.1".to_owned()),
        Some((kind, "UNSPECIFIED")) if kind.ends_with("Ipv4Addr") => Some("0.0.0.0".to_owned()),
        Some(_) => None,
        None => of(set_once(code, expression)?),
    }
}

/// What a call of a type has in its brackets, with any path before the type.
fn call_of<'e>(expression: &'e str, call: &str) -> Option<&'e str> {
    let (path, rest) = expression.split_once(call)?;
    let is_path = path.chars().all(|char| char.is_alphanumeric() || matches!(char, ':' | '_'));
    rest.strip_suffix(')').filter(|_| is_path)
}

/// The text of `format!("0.0.0.0:{}", port)`, `format!("{host}:{port}")`.
fn of_format(arguments: &[&str], of: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let (form, values) = arguments.split_first()?;
    let mut values = values.iter();
    if form.matches('{').count() > VALUES_MAX {
        return None;
    }
    let form = form.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::new();
    let mut rest = form;
    while let Some((before, inner)) = rest.split_once('{') {
        let (name, after) = inner.split_once('}')?;
        text.push_str(before);
        text.push_str(&match name {
            "" => of(values.next()?)?,
            name => of(name)?,
        });
        rest = after;
    }
    Some(text + rest)
}

/// An expression without what only changes its type: `&`, `.parse().unwrap()`, `.into()`.
fn without_conversions(expression: &str) -> &str {
    const ENDS: [&str; 9] = [
        ".unwrap()",
        "?",
        ".to_string()",
        ".to_owned()",
        ".into()",
        ".as_str()",
        ".parse()",
        ".clone()",
        ".parse::<SocketAddr>()",
    ];
    let mut expression = expression.trim().trim_start_matches('&').trim();
    while let Some(shorter) = ENDS.iter().find_map(|end| expression.strip_suffix(end)) {
        expression = shorter.trim_end();
    }
    if let Some((before, rest)) = expression.rsplit_once(".expect(")
        && rest.ends_with("\")")
    {
        return without_conversions(before);
    }
    expression
}

/// What a name stands for that is declared once, and can be nothing else.
fn set_once<'c>(code: &'c str, name: &str) -> Option<&'c str> {
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    if name.is_empty() || !name.chars().all(is_part) {
        return None;
    }
    let mut found = None;
    for (at, _) in code.match_indices(name) {
        let (before, after) = (&code[..at], &code[at + name.len()..]);
        if before.ends_with(|char| is_part(char) || char == '.') || after.starts_with(is_part) {
            continue;
        }
        let rest = after.trim_start();
        let is_typed = rest.starts_with(':') && !rest.starts_with("::");
        if ["let ", "const ", "static "].iter().any(|word| before.ends_with(word)) {
            let value = rest.split(';').next()?.split_once('=').map(|(_, value)| value.trim())?;
            if found.replace(value).is_some() {
                return None;
            }
        } else if is_typed
            || ["|", "(mut ", "let mut ", "Some(", "Ok(", ", mut "].iter().any(|open| before.ends_with(open))
        {
            // A parameter, or a part of a pattern
            return None;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(code: &str) -> Option<(u16, bool)> {
        let sites = sites(code);
        let [Site::Address(written)] = &*sites else { return None };
        let found = by_address(code, written)?;
        Some((found.port?.0, found.loopback.is_some()))
    }

    #[test]
    fn addresses_of_rust_are_read() {
        for (code, expected) in [
            ("TcpListener::bind(\"127.0.0.1:7860\").await", Some((7860, true))),
            ("let a = SocketAddr::from(([127, 0, 0, 1], 3000));\nTcpListener::bind(a)", Some((3000, true))),
            ("let a: SocketAddr = \"0.0.0.0:3001\".parse().unwrap();\nTcpListener::bind(&a)", Some((3001, false))),
            ("const PORT: u16 = 3002;\nTcpListener::bind((\"0.0.0.0\", PORT))", Some((3002, false))),
            ("let port = 3003;\nTcpListener::bind(format!(\"0.0.0.0:{}\", port))", Some((3003, false))),
            ("let port = 3003;\nTcpListener::bind(&format!(\"localhost:{port}\"))", Some((3003, true))),
            (
                "let a = SocketAddr::new(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 3004);\nTcpListener::bind(a)",
                Some((3004, true)),
            ),
            ("HttpServer::new(|| App::new().bind(x)).bind((\"127.0.0.1\", 8080))?.run().await", Some((8080, true))),
            ("HttpServer::new(|| App::new()).workers(2).bind(\"0.0.0.0:8080\")?", Some((8080, false))),
            ("warp::serve(hi).run(([0, 0, 0, 0], 3030)).await", Some((3030, false))),
            ("let a = env::var(\"A\").unwrap();\nTcpListener::bind(a)", None),
            ("let port = 1;\nlet port = 2;\nTcpListener::bind((\"0.0.0.0\", port))", None),
            ("let mut port = 1;\nTcpListener::bind((\"0.0.0.0\", port))", None),
            ("fn f(port: u16) { TcpListener::bind((\"0.0.0.0\", port)) }", None),
            ("TcpListener::bind(\"127.0.0.1:0\")", None),
            ("sqlx::query(q).bind(\"0.0.0.0:80\")", None),
            ("HttpServer::new(f).listen(l)?.run()", None),
        ] {
            assert_eq!(found(code), expected, "{code}");
        }
    }
}
