//! Where a file in JavaScript listens, if that is certain.

use std::ops::Range;

use super::javascript::{arguments, is_name, without_comments};

/// Where a file listens that says it in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OnlyListening {
    /// The port, if it is a number.
    pub(crate) port: Option<(u16, Range<usize>)>,
    /// The address, if it is a text.
    pub(crate) host: Option<(String, Range<usize>)>,
}

/// The one `.listen(..)` of a file that names no other server and no environment. A file that it imports may listen too.
pub(crate) fn only_listening(text: &str) -> Option<OnlyListening> {
    const LISTEN: &str = ".listen(";
    const MAY_SAY_MORE: [&str; 5] = ["process.", ".listen", "listen(", "child_process", "serve("];
    let code = without_comments(text);
    let at = code.find(LISTEN)?;
    let start = at + LISTEN.len();
    let (before, after) = (&code[..at], &code[start..]);
    if MAY_SAY_MORE.iter().any(|word| before.contains(word) || after.contains(word)) {
        return None;
    }
    let digits = after.len() - after.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    let is_all = after[digits..].trim_start().starts_with([',', ')']);
    let port = after[..digits].parse().ok().filter(|_| is_all).map(|port| (port, start..start + digits));
    let port = port.or_else(|| constant(&code, arguments(after).first()?));
    Some(OnlyListening { port, host: second_text(after, start) })
}

/// The number of a constant, with its place, if nothing else in the code has its name.
fn constant(code: &str, name: &str) -> Option<(u16, Range<usize>)> {
    let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '$' | '.');
    let mut found = None;
    for (at, _) in code.match_indices(name).filter(|_| is_name(name)) {
        let (before, after) = (&code[..at], &code[at + name.len()..]);
        if before.ends_with(is_part) || after.starts_with(|char: char| is_part(char) && char != '.') {
            continue;
        }
        let is_declared = ["const ", "let ", "var "].iter().any(|word| before.ends_with(word));
        let is_set = after.trim_start().starts_with('=') && !is_declared;
        let may_be_another = is_declared && (found.is_some() || !before.ends_with("const "));
        if is_set || may_be_another || is_parameter(after) {
            return None;
        }
        if is_declared {
            let value = after.split_once('=')?.1.trim_start();
            let digits = value.len() - value.trim_start_matches(|char: char| char.is_ascii_digit()).len();
            let is_all =
                value[digits..].is_empty() || value[digits..].trim_start_matches(' ').starts_with([';', '\n', '\r']);
            let start = code.len() - value.len();
            found = Some((value[..digits].parse().ok().filter(|_| is_all)?, start..start + digits));
        }
    }
    found
}

/// The second of some arguments, if it is a text, with its place in quotes; the first byte is at `start` in the file.
fn second_text(arguments: &str, start: usize) -> Option<(String, Range<usize>)> {
    let comma = arguments.find(',').filter(|comma| !arguments[..*comma].contains(['(', ')', '{']))?;
    let rest = arguments[comma + 1..].trim_start();
    let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let (text, _) = rest[1..].split_once(quote)?;
    let at = start + arguments.len() - rest.len();
    Some((text.to_owned(), at..at + text.len() + 2))
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
        let text = "// app.listen(1)\nlog('http://a'); app.listen(3000, \"localhost\") /* process.env.PORT */";
        let found = only_listening(text).unwrap();
        let (port, host) = (found.port.unwrap(), found.host.unwrap());
        assert_eq!((port.0, &text[port.1]), (3000, "3000"));
        assert_eq!((&*host.0, &text[host.1]), ("localhost", "\"localhost\""));
        let found = only_listening("app.listen(PORT, () => log('x'))").unwrap();
        assert_eq!((found.port, found.host), (None, None));
        for (declared, port) in [
            ("const PORT = 3000;", Some(3000)),
            ("const PORT: number = 3000\nconst PORTS = 1;", Some(3000)),
            ("let PORT = 3000;", None),
            ("const PORT = 3000 + 1;", None),
            ("const PORT = 3000;\nfunction start(PORT) {", None),
            ("const PORT = 3000;\nconst start = async ({ PORT }) =>", None),
        ] {
            let text = format!("{declared}\nrequire('./a');\napp.listen(PORT, () => log(PORT))");
            let found = only_listening(&text).unwrap().port;
            assert_eq!(found.as_ref().map(|(port, _)| *port), port, "{text}");
            assert!(found.is_none_or(|(_, range)| &text[range] == "3000"), "{text}");
        }
        for more in ["app.listen(1)", "process.exit()", "serve()"] {
            assert_eq!(only_listening(&format!("app.listen(3000)\n{more}")), None, "{more}");
        }
    }
}
