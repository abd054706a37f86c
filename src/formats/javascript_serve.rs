//! Where JavaScript and TypeScript listen with Hono's `serve`, and with Bun.
//!
//! Sources: <https://github.com/honojs/node-server> listens on port 3000 unless the options have another; Bun takes `$BUN_PORT`,
//! `$PORT` or `$NODE_PORT` first: <https://bun.com/docs/runtime/http/server>. Both listen on all addresses.

use super::javascript::{Listening, arguments, assigned, is_name, listening_with, member};

/// The default port of both.
const DEFAULT: u16 = 3000;

/// The packages that bring `serve` for Node.
const OF_NODE: &str = "@hono/node-server";

/// A longer object is not read.
const LENGTH_MAX: usize = 3000;

/// The one server of some code without comments; `on_bun` if Bun runs the file.
pub(crate) fn served(code: &str, on_bun: bool) -> Option<Listening> {
    let mut calls = code.match_indices("serve(").map(|(at, _)| at).filter(|at| is_call(code, *at));
    let (call, other) = (calls.next(), calls.next());
    if other.is_some() {
        return None;
    }
    match call {
        Some(at) => of_call(code, at, on_bun),
        None if on_bun => of_export(code),
        None => None,
    }
}

/// Whether the text at a place calls `serve(` of the package: not the end of a longer name, and not a function of the same file.
fn is_call(code: &str, at: usize) -> bool {
    let before = code[..at].trim_end();
    let is_of_bun = code[..at].ends_with("Bun.");
    let is_other = code[..at].ends_with(|char: char| char.is_alphanumeric() || matches!(char, '.' | '_' | '$'));
    is_of_bun || !(is_other || before.ends_with("function") || before.ends_with("async"))
}

fn of_call(code: &str, at: usize, on_bun: bool) -> Option<Listening> {
    let is_of_bun =
        code[..at].ends_with("Bun.") || on_bun && ["\"bun\"", "'bun'"].iter().any(|name| code.contains(name));
    let is_of_node = !is_of_bun && code.contains(OF_NODE);
    let written = arguments(&code[at + "serve(".len()..]);
    let first = *written.first()?;
    if first.starts_with('{') {
        let found = listening_with(code, at, &written);
        return match found.port {
            None if is_of_bun || is_of_node => Some(Listening { is_fixed: is_of_node, port: default(first), ..found }),
            _ => Some(found),
        };
    }
    // The app itself: what else may be options with a port
    let is_app = is_name(first) && (first == "app" || assigned(code, first).is_some_and(is_hono));
    (is_of_node && is_app).then(|| listening(at, DEFAULT, true))
}

/// `export default { port: 3000, fetch }`, `export default app`.
fn of_export(code: &str) -> Option<Listening> {
    const EXPORT: &str = "export default ";
    let at = code.find(EXPORT)?;
    let rest = code[at + EXPORT.len()..].trim_start();
    if rest.starts_with('{') {
        let bounded = format!("{})", &rest[..rest.floor_char_boundary(LENGTH_MAX)]);
        let written = arguments(&bounded);
        let object = *written.first()?;
        let has_fetch = object.contains("fetch") || object.contains("routes");
        let found = listening_with(code, at, &written);
        let port = found.port.or_else(|| default(object));
        let is_fixed = found.is_fixed && found.port.is_some();
        return has_fetch.then_some(Listening { port, is_fixed, ..found });
    }
    let name = rest.split(|char: char| !(char.is_alphanumeric() || char == '_')).next()?;
    assigned(code, name).is_some_and(is_hono).then(|| listening(at, DEFAULT, false))
}

fn is_hono(value: &str) -> bool {
    value.contains("new ") && value.contains("Hono")
}

/// The default port of some options, if nothing hides another port.
fn default(options: &str) -> Option<u16> {
    let hides = member(options, "port").is_some() || member(options, "unix").is_some() || options.contains("...");
    (!hides).then_some(DEFAULT)
}

fn listening(at: usize, port: u16, is_fixed: bool) -> Listening {
    Listening { port: Some(port), is_fixed, loopback: None, has_no_host: true, host_variable: None, at }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_of_serve_and_of_an_exported_server() {
        const HONO: &str = "import { serve } from '@hono/node-server';\nconst app = new Hono<Env>();\n";
        for (code, on_bun, port, is_fixed) in [
            ("serve({ fetch: app.fetch, port: 3004 }, (info) => {})", false, Some(3004), true),
            ("serve({\n  fetch: app.fetch,\n  port: Number(process.env.PORT ?? 3005)\n})", false, Some(3005), false),
            (
                "const port = process.env.PORT ? parseInt(process.env.PORT, 10) : 3006;\nserve({ fetch, port })",
                false,
                Some(3006),
                false,
            ),
            ("serve(app)", false, Some(3000), true),
            ("serve(app, (info) => log(info.port))", false, Some(3000), true),
            ("serve({ fetch: app.fetch })", false, Some(3000), true),
            ("serve({ ...app, port: 3007 })", false, Some(3007), true),
            ("serve({ ...options })", false, None, true),
            ("serve({ fetch: app.fetch, port })", false, None, true),
            ("Bun.serve({ fetch: app.fetch })", true, Some(3000), false),
            ("Bun.serve({ port: 8080, fetch: app.fetch })", true, Some(8080), true),
            ("Bun.serve({ port: Bun.env.PORT || 8081, routes })", true, Some(8081), false),
            ("Bun.serve({ unix: '/tmp/a.sock', fetch })", true, None, false),
            ("export default { port: 8082, fetch: app.fetch }", true, Some(8082), true),
            (
                "export default {\n  port: process.env.PORT || 8083,\n  fetch(request) { return answer(1, 2); }\n}",
                true,
                Some(8083),
                false,
            ),
            ("export default { fetch: app.fetch } satisfies Options", true, Some(3000), false),
            ("export default app", true, Some(3000), false),
        ] {
            let found = served(&format!("{HONO}{code}"), on_bun).unwrap();
            assert_eq!((found.port, found.is_fixed), (port, is_fixed), "{code}");
        }
        for code in [
            "serve(options)",
            "serve({ port: 1 }); serve({ port: 2 })",
            "export default app",
            "export default { port: 3000, fetch }",
            "function serve(app) {}",
            "preserve({ port: 3000 })",
            "observer.serve(app)",
            "serve(",
            "serve(é",
        ] {
            assert_eq!(served(&format!("{HONO}{code}"), false), None, "{code}");
        }
        for code in [
            "export default { rules: [], port: 1 }",
            "export default",
            "export default é",
            "export default page",
            "export default {",
        ] {
            assert_eq!(served(code, true), None, "{code}");
        }
    }
}
