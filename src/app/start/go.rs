//! Where a program in Go listens.

use std::ops::Range;

use super::listening::{LARGEST, Listens, MOST_FILES, OnlyHere};
use super::servers::is_loopback;
use super::startup::{Executed, Spot};
use crate::app::image::contents::ImageFiles;
use crate::app::paths::has_ending;
use crate::formats::javascript::{self, without_comments};
use crate::order::Order;

/// A program in Go: the one place in the sources of the one program that listens.
pub(super) fn listens(command: &Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Listens> {
    let is_source = |path: &str| has_ending(path, "go") && !path.ends_with("_test.go") && !path.contains("vendor/");
    let sources: Vec<_> = files.repo.files().filter(|file| is_source(file.path())).take(MOST_FILES + 1).collect();
    // Arguments may set another port
    if sources.len() > MOST_FILES || command.words.len() > 1 && command.program() != "go" {
        return None;
    }
    let mut found = None;
    let mut programs = 0;
    for file in sources {
        let code = without_comments(file.text().filter(|_| file.size() < LARGEST)?);
        programs += code.matches("\nfunc main(").count();
        for site in sites(&code) {
            if found.is_some() {
                return None;
            }
            found = Some((file.path().to_owned(), in_go(&code, site)?));
        }
    }
    let (path, site) = found.filter(|_| programs == 1)?;
    let started = command.through.first().map_or_else(|| command.spot().range, |spot| spot.range.clone());
    Some(Listens {
        port: Some(site.port),
        loopback: site.loopback.map(|host| OnlyHere::given(&host)),
        at: Spot { path, range: site.range },
        started,
    })
}

/// The offsets of the addresses that servers listen on.
fn sites(code: &str) -> Vec<usize> {
    const ALWAYS: [&str; 4] = ["ListenAndServe(", "ListenAndServeTLS(", "net.Listen(\"tcp\", ", ".Listen("];
    const OF_FRAMEWORKS: [&str; 2] = [".Run(", ".Start("];
    let is_framework = ["gin-gonic/gin", "labstack/echo"].iter().any(|name| code.contains(name));
    let words = ALWAYS.iter().chain(OF_FRAMEWORKS.iter().filter(|_| is_framework));
    let mut sites: Vec<usize> = words
        .flat_map(|word| code.match_indices(word).map(|(at, word)| at + word.len()))
        .filter(|at| !code[*at..].starts_with("\"tcp\""))
        .collect();
    sites.order();
    sites.dedup();
    sites
}

struct InGo {
    port: (u16, Option<String>),
    loopback: Option<String>,
    range: Range<usize>,
}

/// An address that the code has; otherwise the default, if the code reads `PORT` and has one for it.
fn in_go(code: &str, at: usize) -> Option<InGo> {
    let rest = &code[at..];
    let (written, start) = match rest.starts_with(')') {
        // Gin reads the variable itself
        true if code[..at].ends_with(".Run(") => {
            let is_gin = code.contains("gin-gonic/gin");
            return is_gin.then(|| InGo { port: (8080, Some("PORT".to_owned())), loopback: None, range: at..at });
        }
        true => of_server(code)?,
        false => (*javascript::arguments(rest).first()?, at),
    };
    let range = start..start + written.len();
    if let Some(address) = text_of(code, written, DEEPEST) {
        let (host, port) = address.rsplit_once(':')?;
        let loopback = is_loopback(host).then(|| host.to_owned());
        return Some(InGo { port: (port.parse().ok()?, None), loopback, range });
    }
    if !code.contains("os.Getenv(") {
        return of_flag(code).map(|port| InGo { port: (port, None), loopback: None, range: at..at });
    }
    let (_, after) = code.split_once("os.Getenv(\"PORT\")")?;
    let near = &after[..after.floor_char_boundary(200)];
    let mut defaults = near.split('"').skip(1).step_by(2).filter_map(|text| text.trim_start_matches(':').parse().ok());
    let port = defaults.next()?;
    Some(InGo { port: (port, Some("PORT".to_owned())), loopback: None, range })
}

/// What the one `http.Server{Addr: ..}` has, and its place.
fn of_server(code: &str) -> Option<(&str, usize)> {
    const SERVER: &str = "http.Server{";
    let mut servers = code.match_indices(SERVER);
    let (at, _) = servers.next().filter(|_| servers.next().is_none() && !code.contains(".Addr ="))?;
    let members = javascript::arguments(&code[at + SERVER.len()..]);
    let address = members.into_iter().find_map(|member| member.strip_prefix("Addr:"))?.trim();
    Some((address, address.as_ptr().addr().checked_sub(code.as_ptr().addr())?))
}

/// The maximum number of expressions within one another.
const DEEPEST: usize = 5;

/// The maximum number of values of `fmt.Sprintf`.
const VALUES_MAX: usize = 4;

/// The text of an expression that nothing changes: a literal, a name that is set once, `":" + port`, `fmt.Sprintf(":%d", port)`.
fn text_of(code: &str, expression: &str, depth: usize) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    let expression = expression.trim();
    if let Some(inner) = expression.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'))
        && !inner.contains(['"', '\\'])
    {
        return Some(inner.to_owned());
    }
    if !expression.is_empty() && expression.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(expression.to_owned());
    }
    let inside = |call: &str| {
        let rest = expression.strip_prefix(call)?;
        let arguments = javascript::arguments(rest);
        rest.ends_with(')').then_some(arguments)
    };
    if let Some(arguments) = inside("fmt.Sprintf(") {
        let (form, values) = arguments.split_first().filter(|(_, values)| values.len() <= VALUES_MAX)?;
        let mut text = text_of(code, form, depth)?;
        for value in values {
            let at = ["%d", "%s", "%v"].iter().filter_map(|verb| text.find(verb)).min()?;
            text.replace_range(at..at + 2, &text_of(code, value, depth)?);
        }
        return (!text.contains('%')).then_some(text);
    }
    if let Some(arguments) = inside("net.JoinHostPort(") {
        let parts: Option<Vec<_>> = arguments.iter().map(|part| text_of(code, part, depth)).collect();
        return Some(parts?.join(":"));
    }
    if let Some(arguments) = inside("strconv.Itoa(") {
        return text_of(code, arguments.first()?, depth);
    }
    if let Some((before, after)) = expression.split_once('+') {
        return Some(text_of(code, before, depth)? + &text_of(code, after, depth)?);
    }
    text_of(code, set_once(code, expression)?, depth)
}

/// What a name is set to, if that is in one place and it is not a parameter.
fn set_once<'c>(code: &'c str, name: &str) -> Option<&'c str> {
    let is_part = |char: char| char.is_alphanumeric() || matches!(char, '_' | '.');
    let mut found = None;
    for (at, _) in
        code.match_indices(name).filter(|_| !name.is_empty() && name.chars().all(|char| is_part(char) && char != '.'))
    {
        let (before, after) = (&code[..at], &code[at + name.len()..]);
        if before.ends_with(is_part) || after.starts_with(is_part) {
            continue;
        }
        // The type of a parameter, or a pointer to it
        let rest = after.trim_start_matches(' ');
        let is_typed = |text: &str| ["string", "int"].iter().any(|kind| text.starts_with(kind));
        let is_declared = before.ends_with("var ")
            || before.ends_with("const ")
            || before.trim_end_matches([' ', '\t']).ends_with(['\n', '(']);
        if before.ends_with('&') || is_typed(rest) && !is_declared || rest.starts_with(',') && is_several(rest) {
            return None;
        }
        let untyped =
            ["string", "int"].iter().find_map(|kind| rest.strip_prefix(kind)).unwrap_or(rest).trim_start_matches(' ');
        let value =
            untyped.strip_prefix(":=").or_else(|| untyped.strip_prefix('=').filter(|rest| !rest.starts_with('=')));
        let is_changed = ["+=", "++"].iter().any(|sign| untyped.starts_with(sign));
        match value {
            _ if is_changed => return None,
            Some(_) if found.is_some() => return None,
            Some(value) => found = Some(value.split('\n').next()?.trim()),
            None => {}
        }
    }
    found
}

/// Whether a list of names is set: `, err := read()`.
fn is_several(rest: &str) -> bool {
    // A line of names takes no time of its square
    let near = &rest[..rest.floor_char_boundary(400)];
    let line = near.split('\n').next().unwrap_or_default();
    line.split_once('=').is_some_and(|(names, _)| !names.contains(['(', ')', '"', '{']))
}

/// The default of the one flag for a port: `flag.Int("port", 8080, ..)`, `flag.String("addr", ":8080", ..)`.
fn of_flag(code: &str) -> Option<u16> {
    const NAMES: [&str; 6] = ["\"port\", ", "\"addr\", ", "\"listen\", ", "\"p\", ", "\"address\", ", "\"http\", "];
    let mut flags = ["flag.Int(", "flag.String("].into_iter().flat_map(|call| {
        code.match_indices(call).filter_map(move |(at, _)| {
            let rest = &code[at + call.len()..];
            NAMES.iter().find_map(|name| rest.strip_prefix(name))
        })
    });
    let value = flags.next().filter(|_| flags.next().is_none())?;
    let value = value.trim_start_matches('"').trim_start_matches("0.0.0.0").trim_start_matches(':');
    let digits = value.len() - value.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    value[..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_go_are_read() {
        let port = |code: &str| {
            let sites = sites(code);
            (sites.len() == 1).then(|| in_go(code, sites[0])).flatten().map(|found| found.port)
        };
        assert_eq!(port("http.ListenAndServe(\":8080\", nil)"), Some((8080, None)));
        let read = "p := os.Getenv(\"PORT\")\nif p == \"\" { p = \"9000\" }\nhttp.ListenAndServe(\":\" + p, nil)";
        assert_eq!(port(read), Some((9000, Some("PORT".to_owned()))));
        assert_eq!(port("http.ListenAndServe(addr, nil)"), None);
        for (code, expected) in [
            ("s := http.Server{Addr: \":8081\", Handler: mux(a, b)}\ns.ListenAndServe()", Some(8081)),
            ("s := http.Server{}\ns.Addr = \":8081\"\ns.ListenAndServe()", None),
            ("const addr = \":8082\"\nhttp.ListenAndServe(addr, nil)", Some(8082)),
            ("addr := \":8082\"\nif x { addr = \":1\" }\nhttp.ListenAndServe(addr, nil)", None),
            ("addr := \":8082\"\nflag.StringVar(&addr, \"a\", addr, \"\")\nhttp.ListenAndServe(addr, nil)", None),
            ("func serve(addr string) {\nhttp.ListenAndServe(addr, nil)", None),
            ("const (\n\tport int = 8083\n)\nhttp.ListenAndServe(fmt.Sprintf(\":%d\", port), nil)", Some(8083)),
            ("port := \"8084\"\nhttp.ListenAndServe(\"0.0.0.0:\" + port, nil)", Some(8084)),
            ("port, err := read()\nhttp.ListenAndServe(\":\" + port, nil)", None),
        ] {
            assert_eq!(port(code), expected.map(|port| (port, None)), "{code}");
        }
        assert_eq!(port("x.Run(\":1\")"), None);
    }
}
