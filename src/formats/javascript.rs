//! A partial reader of JavaScript and TypeScript: the text without its comments, the environment variables,
//! and the port of the server.

/// The text with comments replaced by blanks; strings stay, and all offsets stay valid.
pub(crate) fn without_comments(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'\'' | b'"' | b'`') => at = string_end(&bytes, at, quote),
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                while at < bytes.len() && bytes[at] != b'\n' {
                    bytes[at] = b' ';
                    at += 1;
                }
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                let end =
                    bytes[at + 2..].windows(2).position(|pair| pair == b"*/").map_or(bytes.len(), |end| at + end + 4);
                let comment = bytes[at..end].iter_mut().filter(|byte| **byte != b'\n');
                comment.for_each(|byte| *byte = b' ');
                at = end;
            }
            _ => at += 1,
        }
    }
    // Only whole comments were replaced, so this is still UTF-8
    String::from_utf8(bytes).unwrap_or_default()
}

pub(super) fn string_end(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'\n' if quote != b'`' => return at,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// How far back to look for names that are destructured from the environment.
const NAMES_MAX: usize = 1000;

/// An environment variable that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) default: Option<String>,
    pub(crate) at: usize,
}

/// The environment, in Node and in Bun.
const ENVIRONMENTS: [&str; 2] = ["process.env", "Bun.env"];

/// `process.env.NAME`, with what follows `||` or `??` if that is a literal.
pub(crate) fn variables(code: &str) -> Vec<Variable> {
    let mut found = Vec::new();
    for (at, before) in ENVIRONMENTS.iter().flat_map(|before| code.match_indices(before)) {
        let rest = &code[at + before.len()..];
        let Some(rest) =
            rest.strip_prefix('.').or_else(|| rest.strip_prefix("[\"")).or_else(|| rest.strip_prefix("['"))
        else {
            continue;
        };
        let end = rest.find(|char: char| !(char.is_ascii_alphanumeric() || char == '_')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if !name.is_empty() {
            let after = after.trim_start_matches(['"', '\'', ']', ')', '!']).trim_start();
            let default = after.strip_prefix("||").or_else(|| after.strip_prefix("??")).and_then(literal);
            found.push(Variable { name: name.to_owned(), default, at });
        }
    }
    found.extend(taken_apart(code));
    found
}

/// `const { NAME, OTHER = 3000 } = process.env`
fn taken_apart(code: &str) -> Vec<Variable> {
    let mut found = Vec::new();
    for (end, _) in ENVIRONMENTS.iter().flat_map(|before| code.match_indices(before)) {
        let Some(before) = code[..end].trim_end().strip_suffix('=') else { continue };
        let Some(names) = before.trim_end().strip_suffix('}') else { continue };
        // The names directly precede their source
        let floor = names.floor_char_boundary(names.len().saturating_sub(NAMES_MAX));
        let Some(open) = names[floor..].rfind('{').map(|open| open + floor) else { continue };
        for part in names[open + 1..].split(',') {
            let (name, default) = part.split_once('=').map_or((part, None), |(name, value)| (name, literal(value)));
            let name = name.split(':').next().unwrap_or_default().trim();
            if !name.is_empty() && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_') {
                found.push(Variable { name: name.to_owned(), default, at: open });
            }
        }
    }
    found
}

/// The number or the string at the beginning of a text.
pub(crate) fn literal(text: &str) -> Option<String> {
    let text = text.trim_start();
    let quote = text.chars().next()?;
    if matches!(quote, '"' | '\'' | '`') {
        let (inner, _) = text[1..].split_once(quote)?;
        return (!inner.contains(['$', '\\', '\n'])).then(|| inner.to_owned());
    }
    let end = text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_owned())
}

/// A port that a server listens on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listening {
    pub(crate) port: Option<u16>,
    /// Whether the environment cannot change it.
    pub(crate) is_fixed: bool,
    /// The address, if only this computer can reach it.
    pub(crate) loopback: Option<&'static str>,
    /// Whether no argument can be an address.
    pub(crate) has_no_host: bool,
    /// The variable that sets the address, unless that is every address anyway: `process.env.HOST`.
    pub(crate) host_variable: Option<String>,
    pub(crate) at: usize,
}

/// The first `.listen(..)`.
pub(crate) fn listening(code: &str) -> Option<Listening> {
    let at = code.find(".listen(")? + 1;
    Some(listening_with(code, at, &arguments(&code[at + "listen(".len()..])))
}

/// Where a call with some arguments listens.
pub(super) fn listening_with(code: &str, at: usize, arguments: &[&str]) -> Listening {
    let written = arguments.join(",");
    let is_object = arguments.first().is_some_and(|first| first.starts_with('{'));
    let (port_written, host) = if is_object {
        let member = |names: &[&str]| names.iter().find_map(|name| member(arguments[0], name));
        (member(&["port"]), member(&["host", "hostname"]))
    } else {
        let is_address = |argument: &&&str| !argument.contains("=>") && !argument.starts_with("function");
        (arguments.first().copied(), arguments.get(1).filter(is_address).copied())
    };
    let is_named =
        |host: &&str| ["'", "\"", "`"].iter().any(|quote| written.contains(&format!("{quote}{host}{quote}")));
    let loopback = ["localhost", "127.0.0.1"].into_iter().find(is_named);
    let (port, is_fixed) = port_written.map_or((None, false), |written| port(code, written, 0));
    // A name may stand for both
    let is_port = is_object || port.is_some() || port_written.is_some_and(|written| written.contains("process.env"));
    let has_no_host = host.is_none() && is_port && !arguments.iter().any(|argument| argument.contains("..."));
    let variable = host.and_then(|host| of_environment(code, host));
    let loopback = loopback.filter(|_| variable.is_none());
    let is_open =
        |variable: &Variable| variable.default.as_deref().is_some_and(|host| matches!(host, "0.0.0.0" | "::"));
    let host_variable = variable.filter(|variable| !is_open(variable)).map(|variable| variable.name);
    Listening { port, is_fixed, loopback, has_no_host, host_variable, at }
}

/// The variable of an expression that is `process.env.HOST`, or a constant that is.
fn of_environment(code: &str, expression: &str) -> Option<Variable> {
    let read = |text: &str| variables(text).into_iter().next();
    let of_constant = || assigned(code, expression).and_then(read);
    let of_list = || taken_apart(code).into_iter().find(|variable| variable.name == expression);
    read(expression).or_else(|| is_name(expression).then(|| of_constant().or_else(of_list)).flatten())
}

/// The arguments of a call, without the blanks around them, given the text behind its bracket.
pub(crate) fn arguments(text: &str) -> Vec<&str> {
    const LENGTH_MAX: usize = 4000;
    let (mut found, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    let mut quote = None;
    for (at, char) in text.char_indices().take(LENGTH_MAX) {
        if quote.is_some() {
            quote = quote.filter(|open| *open != char);
            continue;
        }
        match char {
            '"' | '\'' | '`' => quote = Some(char),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth > 0 => depth -= 1,
            ',' if depth == 0 => {
                found.push(text[start..at].trim());
                start = at + 1;
            }
            ')' | ']' | '}' => {
                found.push(text[start..at].trim());
                break;
            }
            _ => {}
        }
    }
    found.retain(|argument| !argument.is_empty());
    found
}

/// The value of a member of an object, `{ port, host: "::" }`.
pub(super) fn member<'t>(object: &'t str, name: &str) -> Option<&'t str> {
    arguments(object.strip_prefix('{')?).into_iter().find_map(|member| match member.split_once(':') {
        Some((key, value)) => (key.trim().trim_matches(['"', '\'']) == name).then(|| value.trim()),
        None => (member == name).then_some(member),
    })
}

/// The port of an expression: a number, `process.env.PORT || 3000`, or a constant with one of them.
fn port(code: &str, expression: &str, depth: usize) -> (Option<u16>, bool) {
    let expression = number_of(expression);
    if ENVIRONMENTS.iter().any(|environment| expression.contains(environment)) {
        let default = variables(expression).into_iter().find_map(|variable| variable.default);
        let condition = || expression.contains(" ? ").then(|| expression.rsplit_once(" : ")).flatten();
        let after = expression.rsplit_once("||").or_else(|| expression.rsplit_once("??")).or_else(condition);
        let after = after.and_then(|(_, rest)| literal(rest));
        return (default.or(after).and_then(|text| text.parse().ok()), false);
    }
    if let Some(number) = literal(expression).and_then(|text| text.parse().ok()) {
        return (Some(number), true);
    }
    if !is_name(expression) || depth > 2 {
        return (None, false);
    }
    if let Some(variable) = taken_apart(code).into_iter().find(|variable| variable.name == expression) {
        return (variable.default.and_then(|text| text.parse().ok()), false);
    }
    assigned(code, expression).map_or((None, false), |value| port(code, value, depth + 1))
}

/// What a conversion to a number is made of: `Number(PORT)`, `parseInt(PORT, 10)`, `+PORT`.
pub(super) fn number_of(expression: &str) -> &str {
    let expression = expression.trim().trim_start_matches('+').trim();
    let converted = ["Number(", "parseInt("].iter().find_map(|begin| expression.strip_prefix(begin));
    let Some(converted) = converted else { return expression };
    let inner = converted.strip_suffix(')').unwrap_or(converted);
    if inner.contains('(') { inner } else { inner.split(", 10").next().unwrap_or(inner).trim() }
}

pub(super) fn is_name(expression: &str) -> bool {
    !expression.is_empty() && expression.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '$'))
}

/// What a constant or a variable is first assigned, up to the end of the line.
pub(super) fn assigned<'c>(code: &'c str, name: &str) -> Option<&'c str> {
    ["const", "let", "var"].iter().find_map(|keyword| {
        let (_, rest) = code.split_once(&format!("{keyword} {name}"))?;
        let value = rest.trim_start_matches(|char| char != '=' && char != '\n').strip_prefix('=')?;
        Some(value.trim_start().split([';', '\n']).next().unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_blank_and_strings_are_not() {
        let text = "a('//x') // y\n/* process.env.Z\n */ b";
        let code = without_comments(text);
        assert_eq!(code.len(), text.len());
        assert!(code.contains("'//x'") && !code.contains('y') && !code.contains('Z') && code.ends_with('b'));
        assert_eq!(without_comments("`é` /* é"), format!("`é` {}", " ".repeat(5)));
    }

    #[test]
    fn the_environment_is_read_with_its_defaults() {
        let code = "const a = process.env.API_KEY; const b = process.env.MODE || 'fast'; process.env['X'] ?? 5";
        let found: Vec<_> = variables(code).into_iter().map(|variable| (variable.name, variable.default)).collect();
        let expected = [("API_KEY", None), ("MODE", Some("fast")), ("X", Some("5"))];
        assert_eq!(found, expected.map(|(name, default)| (name.to_owned(), default.map(str::to_owned))));
    }

    #[test]
    fn a_call_without_an_address_is_one_that_cannot_have_one() {
        for (call, has_no_host, is_variable) in [
            ("app.listen({ port: 3000 })", true, false),
            ("app.listen(3000, () => say('hi', 1))", true, false),
            ("app.listen(3000, function (error, address) {})", true, false),
            ("app.listen({ port: 3000, host: '0.0.0.0' }, (error) => {})", false, false),
            ("app.listen(port, host)", false, false),
            ("app.listen(3000, '0.0.0.0')", false, false),
            ("app.listen({ ...options })", false, false),
            ("app.listen(options)", false, false),
            ("app.listen(process.env.PORT)", true, false),
            ("app.listen({ port: 3000, host: process.env.HOST })", false, true),
            ("const host = process.env.LISTEN_ON ?? '0.0.0.0';\napp.listen({ port: 3000, host })", false, false),
            ("const { PORT, HOST = 'localhost' } = process.env;\napp.listen(PORT, HOST)", false, true),
        ] {
            let found = listening(call).unwrap();
            assert_eq!((found.has_no_host, found.host_variable.is_some()), (has_no_host, is_variable), "{call}");
        }
    }

    #[test]
    fn the_port_is_followed_to_its_number() {
        for (code, port, is_fixed, loopback) in [
            ("app.listen(3000)", Some(3000), true, false),
            ("app.listen(process.env.PORT || 8080, () => {})", Some(8080), false, false),
            ("const PORT = process.env.PORT || 5000;\nserver.listen(PORT, '127.0.0.1')", Some(5000), false, true),
            ("const port = 4000\napp.listen(port, () => 1)", Some(4000), true, false),
            ("fastify.listen({ port: 3001, host: '0.0.0.0' })", Some(3001), true, false),
            ("const port: number = Number(process.env.PORT) || 3002;\napp.listen(port)", Some(3002), false, false),
            ("const { PORT = 3003, X } = process.env;\napp.listen(PORT)", Some(3003), false, false),
            ("app.listen(port)", None, false, false),
            ("const PORT = 3008;\napp.listen({ port: parseInt(PORT, 10) })", Some(3008), true, false),
            ("const { PORT = 3009 } = process.env;\napp.listen(Number(PORT))", Some(3009), false, false),
            (
                "const host = process.env.HOST || 'localhost';\napp.listen({ port: 3006, host })",
                Some(3006),
                true,
                false,
            ),
            (
                "const port = process.env.PORT || 3007;\napp.listen({ port, host: 'localhost' })",
                Some(3007),
                false,
                true,
            ),
        ] {
            let found = listening(code).unwrap();
            assert_eq!((found.port, found.is_fixed, found.loopback.is_some()), (port, is_fixed, loopback), "{code}");
        }
    }
}
