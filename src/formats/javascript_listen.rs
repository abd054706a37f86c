//! Where a file in JavaScript listens, if that is certain.

use std::ops::Range;

use super::javascript::{arguments, assigned, is_name, listening_with, literal, member, number_of, without_comments};

/// A value that code gives to a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passed {
    pub(crate) text: String,
    /// The environment variable that comes before it.
    pub(crate) variable: Option<String>,
    /// Where it is written, a text with its quotes.
    pub(crate) range: Range<usize>,
}

/// Where a file listens that says it in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OnlyListening {
    /// The port, if it is known.
    pub(crate) port: Option<Passed>,
    /// The address, if it is known.
    pub(crate) host: Option<Passed>,
    /// Whether it listens on the loopback address because no address is given.
    pub(crate) stays_on_loopback: bool,
    /// The place of the call's name.
    pub(crate) range: Range<usize>,
}

/// The maximum number of names that stand for one another.
const DEEPEST: usize = 4;

/// The maximum length of what is read behind a name, in bytes.
const NEAR: usize = 400;

/// The one `.listen(..)` of a file that names no other server, whatever its environment is. A file that it imports may listen too.
pub(crate) fn only_listening(text: &str) -> Option<OnlyListening> {
    const LISTEN: &str = ".listen(";
    const MAY_SAY_MORE: [&str; 8] =
        [".listen", "listen(", "child_process", "serve(", "NODE_ENV", "process.argv", "cluster", "process.env["];
    let code = without_comments(text);
    let at = code.find(LISTEN)?;
    let start = at + LISTEN.len();
    let (before, after) = (&code[..at], &code[start..]);
    if MAY_SAY_MORE.iter().any(|word| before.contains(word) || after.contains(word)) {
        return None;
    }
    let arguments = arguments(after);
    let first = *arguments.first()?;
    let (port, host) = if first.starts_with('{') {
        // What is spread may have both
        let member = |name| member(first, name).filter(|_| !first.contains("..."));
        (member("port"), member("host").or_else(|| member("hostname")))
    } else {
        (Some(first), arguments.get(1).copied())
    };
    let passed = |expression: Option<&str>| passed(&code, expression?, DEEPEST);
    let has_no_host = listening_with(&code, at, &arguments).has_no_host;
    Some(OnlyListening {
        port: passed(port),
        host: passed(host),
        stays_on_loopback: has_no_host && is_fastify(&code, before),
        range: at + 1..start - 1,
    })
}

/// Whether the object before `.listen` is an application of Fastify, which listens on `localhost` by default.
/// Source: <https://fastify.dev/docs/latest/Reference/Server/#listen>.
fn is_fastify(code: &str, before: &str) -> bool {
    const IMPORTS: [&str; 4] = ["from \"fastify\"", "from 'fastify'", "require(\"fastify\")", "require('fastify')"];
    const MAKES: [&str; 5] = ["fastify(", "Fastify(", "Fastify.default(", IMPORTS[2], IMPORTS[3]];
    let is_imported = IMPORTS.iter().any(|import| code.contains(import));
    let start = before.rfind(|char: char| !is_part(char)).map_or(0, |at| at + 1);
    let name = &before[start..];
    let makes = |value: &str| MAKES.iter().any(|made| value.starts_with(made));
    is_imported && is_name(name) && assigned(code, name).is_some_and(makes)
}

/// The value of an expression: a literal, `process.env.NAME || literal`, a constant with one of them, `app.get("port")`.
fn passed(code: &str, expression: &str, depth: usize) -> Option<Passed> {
    let depth = depth.checked_sub(1)?;
    let written = number_of(expression);
    let start = written.as_ptr().addr().checked_sub(code.as_ptr().addr())?;
    let range = start..start + written.len();
    if let Some((name, default)) = written.rsplit_once("||").or_else(|| written.rsplit_once("??")) {
        let name = name_of_variable(name)?.to_owned();
        let default = passed(code, default.trim(), depth).filter(|default| default.variable.is_none())?;
        return Some(Passed { variable: Some(name), range, ..default });
    }
    let is_quoted = written.starts_with(['"', '\'', '`']);
    if let Some(text) = literal(written) {
        let is_whole = written.len() == text.len() + if is_quoted { 2 } else { 0 };
        return is_whole.then_some(Passed { text, variable: None, range });
    }
    if is_name(written) {
        return passed(code, constant(code, written)?, depth);
    }
    passed(code, setting(code, written)?, depth)
}

/// The name in `process.env.NAME`, also behind `Number(`.
fn name_of_variable(expression: &str) -> Option<&str> {
    let written = number_of(expression).trim_end_matches([')', ' ']);
    let name = written.strip_prefix("process.env.").or_else(|| written.strip_prefix("Bun.env."))?;
    is_name(name).then_some(name)
}

/// What the one `app.set("port", ..)` of Express sets, for `app.get("port")`.
fn setting<'c>(code: &'c str, expression: &str) -> Option<&'c str> {
    let (object, name) = expression.strip_suffix(')')?.split_once(".get(")?;
    let name = literal(name).filter(|text| text.len() + 2 == name.len() && is_name(object))?;
    let calls = [format!("{object}.set(\"{name}\","), format!("{object}.set('{name}',")];
    let mut set = calls.iter().flat_map(|call| code.match_indices(call.as_str()));
    let (at, call) = set.next().filter(|_| set.next().is_none())?;
    arguments(&code[at + call.len()..]).first().copied()
}

/// What a name is set to where it is declared, if nothing else in the code sets it or has its name.
fn constant<'c>(code: &'c str, name: &str) -> Option<&'c str> {
    const SETS: [&str; 8] = ["=", "+=", "-=", "||=", "??=", "&&=", "++", "--"];
    let mut found = None;
    for (at, _) in code.match_indices(name) {
        let (before, after) = (&code[..at], near(&code[at + name.len()..]));
        if before.ends_with(is_part) || after.starts_with(|char: char| is_part(char) && char != '.') {
            continue;
        }
        let is_declared = ["const ", "let ", "var "].iter().any(|word| before.ends_with(word));
        let is_set = SETS.iter().any(|sign| after.trim_start().starts_with(sign)) && !is_declared;
        if is_set || is_declared && found.is_some() || is_parameter(after) || is_taken_apart(after) {
            return None;
        }
        if is_declared {
            let value = after.split(['\n', '\r', ';']).next()?.split_once('=')?.1.trim();
            found = Some(value);
        }
    }
    found
}

/// The beginning of what follows a name: a text of names takes no time of its square.
fn near(after: &str) -> &str {
    &after[..after.floor_char_boundary(NEAR)]
}

fn is_part(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '_' | '$' | '.')
}

/// Whether what follows a name shows that it is set as a part of something: `{ port } = options`.
fn is_taken_apart(after: &str) -> bool {
    let rest = after.split_once(['}', ']']).filter(|(inside, _)| !inside.contains(['(', ')', '{', ';']));
    let rest = rest.map(|(_, rest)| rest.trim_start());
    rest.is_some_and(|rest| rest.starts_with('=') && !rest.starts_with("==") && !rest.starts_with("=>"))
}

/// Whether what follows a name shows that it is a parameter of a function.
fn is_parameter(after: &str) -> bool {
    let inside = after.split_once(')').filter(|(inside, _)| !inside.contains(['(', ';', '\n']));
    inside.is_some_and(|(_, rest)| rest.trim_start().starts_with('{') || rest.trim_start().starts_with("=>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_place_that_listens_has_its_port_and_its_address() {
        let text = "// app.listen(1)\nlog('http://a'); app.listen(3000, \"localhost\") /* process.argv */";
        let found = only_listening(text).unwrap();
        let (port, host) = (found.port.unwrap(), found.host.unwrap());
        assert_eq!((&*port.text, &text[port.range]), ("3000", "3000"));
        assert_eq!((&*host.text, &text[host.range]), ("localhost", "\"localhost\""));
        let found = only_listening("app.listen(PORT, () => log('x'))").unwrap();
        assert_eq!((found.port, found.host), (None, None));
        for (declared, port) in [
            ("const PORT = 3000;", Some("3000")),
            ("const PORT: number = 3000\nconst PORTS = 1;", Some("3000")),
            ("let PORT = 3000;", Some("3000")),
            ("const PORT = '3000';\nprocess.env.KEY;", Some("'3000'")),
            ("let PORT = 3000;\nif (a) PORT = 4000;", None),
            ("let PORT = 3000;\nPORT += 1;", None),
            ("let PORT = 3000;\n({ PORT } = options);", None),
            ("const PORT = 3000 + 1;", None),
            ("const PORT = 3000;\nfunction start(PORT) {", None),
            ("const PORT = 3000;\nconst start = async ({ PORT }) =>", None),
        ] {
            let text = format!("{declared}\nrequire('./a');\napp.listen(PORT, () => log(PORT))");
            let found = only_listening(&text).unwrap().port;
            assert_eq!(found.map(|port| &text[port.range]), port, "{text}");
        }
        for more in ["app.listen(1)", "process.argv", "serve()", "if (process.env.NODE_ENV) {}"] {
            assert_eq!(only_listening(&format!("app.listen(3000)\n{more}")), None, "{more}");
        }
    }

    /// Each name once looked for what it is a part of up to the end of the text: this took minutes.
    #[test]
    fn a_long_text_of_one_name_is_read() {
        let text = format!("const a = 3000;\n{}\napp.listen(a)", "a ".repeat(50_000));
        assert_eq!(only_listening(&text).unwrap().port.unwrap().text, "3000");
    }

    #[test]
    fn values_are_followed_to_where_they_are_written() {
        type Known = Option<(&'static str, Option<&'static str>)>;
        let seen = |passed: Option<Passed>| passed.map(|passed| (passed.text, passed.variable));
        let known = |known: Known| known.map(|(text, name)| (text.to_owned(), name.map(str::to_owned)));
        for (code, port, host) in [
            ("const HOST = 'localhost';\napp.listen(3000, HOST)", Some(("3000", None)), Some(("localhost", None))),
            ("app.listen({ port: 3000, host: '::1' })", Some(("3000", None)), Some(("::1", None))),
            (
                "const port = 3000; const hostname = '127.0.0.1';\ns.listen({ port, hostname })",
                Some(("3000", None)),
                Some(("127.0.0.1", None)),
            ),
            ("app.listen({ port: 3000, ...options })", None, None),
            (
                "app.listen(process.env.PORT || 3000, process.env.HOST ?? 'localhost')",
                Some(("3000", Some("PORT"))),
                Some(("localhost", Some("HOST"))),
            ),
            ("const P = Number(process.env.APP_PORT) || 3000;\napp.listen(P)", Some(("3000", Some("APP_PORT"))), None),
            ("app.set('port', 3000);\napp.listen(app.get('port'))", Some(("3000", None)), None),
            (
                "app.set('port', process.env.PORT || 3000);\napp.listen(app.get('port'))",
                Some(("3000", Some("PORT"))),
                None,
            ),
            ("app.set('port', 3000); app.set('port', 1);\napp.listen(app.get('port'))", None, None),
            ("const P = options.port || 3000;\napp.listen(P, options.host || 'localhost')", None, None),
        ] {
            let found = only_listening(code).unwrap();
            assert_eq!((seen(found.port), seen(found.host)), (known(port), known(host)), "{code}");
        }
    }

    #[test]
    fn fastify_listens_on_the_loopback_address_without_an_address() {
        const MADE: &str = "import Fastify from 'fastify';\nconst app = Fastify({ logger: true });\n";
        for (code, stays) in [
            ("await app.listen({ port: 7860 })", true),
            ("app.listen({ port: 7860, host: '0.0.0.0' })", false),
            ("app.listen({ port: 7860, ...options })", false),
            ("app.listen(options)", false),
            ("server.listen({ port: 7860 })", false),
        ] {
            assert_eq!(only_listening(&format!("{MADE}{code}")).unwrap().stays_on_loopback, stays, "{code}");
        }
    }
}
