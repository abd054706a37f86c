//! A partial reader of Rust and Go: the environment variables that the code reads.

#[cfg(test)]
mod tests;

use super::javascript::without_comments;

/// An environment variable that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) default: Option<String>,
    /// Whether the program stops without it.
    pub(crate) is_required: bool,
    pub(crate) at: usize,
}

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Rust,
    Go,
}

/// A function of the code that returns the variable that its first argument names, and otherwise its second argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Helper {
    name: String,
    has_default: bool,
    stops: bool,
}

/// The maximum number of bytes between a bracket and its partner.
const LENGTH_MAX: usize = 4000;

/// The maximum number of variables and of functions in a file, and of methods after a call.
const VARIABLES_MAX: usize = 300;
const HELPERS_MAX: usize = 30;
const METHODS_MAX: usize = 8;

/// The maximum number of attributes in a file.
const ATTRIBUTES_MAX: usize = 2000;

/// What ends a program.
const STOPS: [&str; 6] = ["panic!(", "::exit(", "panic(", "log.Fatal", "os.Exit(", "logger.Fatal"];

impl Language {
    /// Calls that return a variable, up to the bracket.
    const fn reads(self) -> &'static [&'static str] {
        match self {
            Self::Rust => &["env::var(", "env::var_os(", "dotenvy::var(", "dotenv::var("],
            Self::Go => &["os.Getenv(", "os.LookupEnv("],
        }
    }

    const fn function(self) -> &'static str {
        match self {
            Self::Rust => "fn ",
            Self::Go => "func ",
        }
    }

    /// The code without its comments and without its tests; all offsets stay valid.
    pub(crate) fn code(self, text: &str) -> String {
        let mut code = without_comments(text);
        if self == Self::Rust {
            let tests = code.match_indices("#[cfg(test)]").find(|(at, sign)| {
                let rest = code[at + sign.len()..].trim_start();
                rest.starts_with("mod ") && rest.find('{') < rest.find(';').or(Some(usize::MAX))
            });
            let end = tests.map_or(code.len(), |(at, _)| at);
            code.truncate(end);
        }
        code
    }

    /// The functions of the code that read a variable by the name in their first parameter.
    pub(crate) fn helpers(self, code: &str) -> Vec<Helper> {
        let mut found = Vec::new();
        for (at, read) in self.reads().iter().flat_map(|read| code.match_indices(read)) {
            let Some((parameter, _)) = bracket(&code[at + read.len() - 1..]) else { continue };
            let parameter = parameter.trim().trim_start_matches('&');
            if parameter.is_empty() || !parameter.chars().all(is_of_name) || found.len() >= HELPERS_MAX {
                continue;
            }
            found.extend(self.helper(code, at, parameter));
        }
        found
    }

    /// The function around a call that reads the variable with the name in a parameter.
    fn helper(self, code: &str, at: usize, parameter: &str) -> Option<Helper> {
        let floor = code.floor_char_boundary(at.saturating_sub(LENGTH_MAX));
        let start = floor + code[floor..at].rfind(self.function())? + self.function().len();
        let signature = &code[start..];
        let name: String = signature.chars().take_while(|char| is_of_name(*char)).collect();
        let rest = signature[name.len()..].trim_start();
        let (parameters, after) = bracket(rest.get(rest.find('(')?..)?)?;
        let (body, _) = bracket(after.get(after.find('{')?..)?)?;
        let mut parameters = parameters.split(',').map(str::trim);
        let first = parameters.next()?.split([':', ' ']).next()?;
        let has_default = parameters.next().is_some_and(|second| !second.is_empty());
        let stops = STOPS.iter().any(|stop| body.contains(stop))
            || (self == Self::Rust && [".unwrap()", ".expect("].iter().any(|stop| body.contains(stop)));
        (first == parameter && !name.is_empty()).then_some(Helper { name, has_default, stops: stops && !has_default })
    }

    /// The variables that the code reads, also with the functions of this and other files.
    pub(crate) fn variables(self, code: &str, helpers: &[Helper]) -> Vec<Variable> {
        let mut found = Vec::new();
        for (at, read) in self.reads().iter().flat_map(|read| code.match_indices(read)) {
            if found.len() >= VARIABLES_MAX {
                break;
            }
            let Some((name, after)) = first_text(&code[at + read.len()..]) else { continue };
            if is_of_name(code[..at].chars().next_back().unwrap_or(' ')) || is_behind_slashes(code, at) {
                continue;
            }
            let Some(after) = after.trim_start().trim_start_matches(',').trim_start().strip_prefix(')') else {
                continue;
            };
            let (default, is_required) = match self {
                Self::Rust => after_rust(after),
                Self::Go => after_go(&code[..at], after),
            };
            found.push(Variable { name: name.to_owned(), default, is_required, at });
        }
        for helper in helpers {
            found.extend(helper.calls(code));
        }
        match self {
            Self::Rust => found.extend(arguments_with_names(code)),
            Self::Go => found.extend(tags(code)),
        }
        found.truncate(VARIABLES_MAX);
        found
    }
}

impl Helper {
    /// Calls with a text as the name.
    fn calls(&self, code: &str) -> Vec<Variable> {
        let call = format!("{}(", self.name);
        let named = code.match_indices(&call).filter_map(|(at, _)| {
            let (name, after) = first_text(&code[at + call.len()..])?;
            let is_other = is_of_name(code[..at].chars().next_back().unwrap_or(' ')) || is_behind_slashes(code, at);
            let default = after.trim_start().strip_prefix(',').filter(|_| self.has_default).and_then(literal);
            (!is_other).then(|| Variable { name: name.to_owned(), default, is_required: self.stops, at })
        });
        named.take(VARIABLES_MAX).collect()
    }
}

fn is_of_name(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '_'
}

/// Whether a place is in a comment that the text of a lifetime hides.
fn is_behind_slashes(code: &str, at: usize) -> bool {
    let line = code[..at].rsplit('\n').next().unwrap_or_default();
    line.match_indices("//").any(|(slashes, _)| !line[..slashes].ends_with(':'))
}

/// The text in quotes that a text begins with, and the rest.
fn first_text(text: &str) -> Option<(&str, &str)> {
    let (inner, rest) = text.trim_start().strip_prefix('"')?.split_once('"')?;
    (!inner.contains(['\\', '\n'])).then_some((inner, rest))
}

/// The text inside the bracket that a text begins with, and what follows it.
fn bracket(text: &str) -> Option<(&str, &str)> {
    let (mut depth, mut at) = (0_usize, 0);
    let bytes = text.as_bytes();
    bytes.first().filter(|first| b"([{".contains(first))?;
    while at < bytes.len().min(LENGTH_MAX) {
        match bytes[at] {
            quote @ (b'"' | b'`') => {
                at = super::javascript::string_end(bytes, at, quote);
                continue;
            }
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some((&text[1..at], &text[at + 1..]));
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The text or the number of an expression: `"a".to_string()`, `|_| String::from("a")`, `8_000u16`.
fn literal(expression: &str) -> Option<String> {
    let mut rest = expression.trim_start();
    if let Some(closure) = rest.strip_prefix('|') {
        rest = closure.split_once('|')?.1.trim_start();
        rest = rest.strip_prefix('{').unwrap_or(rest).trim_start();
    }
    if let Some((kind, inner)) = rest.split_once("::from(").filter(|(kind, _)| kind.chars().all(is_of_name)) {
        rest = if kind.is_empty() { rest } else { inner };
    }
    if let Some((text, after)) = first_text(rest) {
        let after = after.trim_start();
        return (after.is_empty() || after.starts_with(['.', ')', '}', ','])).then(|| text.to_owned());
    }
    let digits: String = rest.chars().take_while(|char| char.is_ascii_digit() || *char == '_').collect();
    let after = rest[digits.len()..].trim_start_matches(is_of_name).trim_start();
    let is_number = digits.starts_with(|char: char| char.is_ascii_digit());
    (is_number && (after.is_empty() || after.starts_with([')', '}', ',']))).then(|| digits.replace('_', ""))
}

/// The default, and whether the program stops, after `env::var("X")` in Rust.
fn after_rust(mut rest: &str) -> (Option<String>, bool) {
    // What neither changes the value nor gives another
    const SAME: [&str; 10] =
        ["ok", "parse", "as_deref", "trim", "to_string", "map_err", "context", "with_context", "ok_or", "ok_or_else"];
    let (mut is_same, mut is_option) = (true, false);
    for _ in 0..METHODS_MAX {
        rest = rest.trim_start();
        if rest.starts_with('?') {
            return (None, !is_option);
        }
        let Some(method) = rest.strip_prefix('.') else { break };
        let end = method.find(|char| !is_of_name(char)).unwrap_or(method.len());
        let (name, after) = method.split_at(end);
        let after = match after.strip_prefix("::<").and_then(|kind| kind.split_once('>')) {
            Some((_, after)) => after,
            None => after,
        };
        let Some((arguments, next)) = after.starts_with('(').then(|| bracket(after)).flatten() else { break };
        match name {
            "unwrap" | "expect" => return (None, true),
            "unwrap_or" | "unwrap_or_else" => {
                let stops = STOPS.iter().any(|stop| arguments.contains(stop));
                return (literal(arguments).filter(|_| is_same && !stops), stops);
            }
            "is_ok" | "is_err" | "is_some" | "is_none" | "unwrap_or_default" => break,
            "ok" => is_option = true,
            "ok_or" | "ok_or_else" | "context" | "with_context" => is_option = false,
            _ => is_same &= SAME.contains(&name) || (name == "and_then" && arguments.contains("parse")),
        }
        rest = next;
    }
    (None, false)
}

/// The default, and whether the program stops, around `os.Getenv("X")` in Go.
fn after_go(before: &str, after: &str) -> (Option<String>, bool) {
    let line = before.rsplit('\n').next().unwrap_or_default();
    // `cmp.Or(os.Getenv("X"), "default")`
    if line.trim_end().ends_with("cmp.Or(") {
        return (after.trim_start().strip_prefix(',').and_then(literal), false);
    }
    let Some((names, _)) = line.rsplit_once('=') else { return (None, false) };
    let names = names.trim().trim_end_matches(':').trim_start_matches("var ").trim();
    let (name, found) = names.split_once(',').map_or((names, ""), |(name, found)| (name.trim(), found.trim()));
    let name = name.trim_end_matches(" string");
    let conditions = [format!("if {name} == \"\" {{"), format!("if len({name}) == 0 {{"), format!("if !{found} {{")];
    let rest = after.trim_start();
    let is_checked = |condition: &&String| rest.starts_with(condition.as_str()) && !condition.contains("! ");
    let Some(condition) = conditions.iter().find(is_checked) else { return (None, false) };
    let Some((body, _)) = bracket(&rest[condition.len() - 1..]) else { return (None, false) };
    let stops = STOPS.iter().any(|stop| body.contains(stop));
    let default = body.trim_start().strip_prefix(name).and_then(|set| set.trim_start().strip_prefix('='));
    (default.map(str::trim).and_then(|value| literal(value.lines().next()?)).filter(|_| !stops), stops)
}

/// `#[arg(long, env = "X", default_value = "a")]`.
fn arguments_with_names(code: &str) -> Vec<Variable> {
    let attributes = code.match_indices("#[").take(ATTRIBUTES_MAX);
    let named = attributes.filter_map(|(at, _)| {
        let (attribute, _) = bracket(&code[at + 1..])?;
        let (members, _) = bracket(attribute.trim_start_matches(is_of_name))?;
        let value = |key: &str| {
            members.match_indices(key).find_map(|(at, _)| {
                let is_other = members[..at].ends_with(is_of_name);
                members[at + key.len()..].trim_start().strip_prefix('=').filter(|_| !is_other)
            })
        };
        let (name, _) = first_text(value("env")?)?;
        let default = value("default_value").or_else(|| value("default_value_t")).and_then(literal);
        Some(Variable { name: name.to_owned(), default, is_required: false, at })
    });
    named.collect()
}

/// The tags of fields, which <https://github.com/caarlos0/env> and <https://github.com/kelseyhightower/envconfig> read:
/// `env:"X,required"`, `env:"X" envDefault:"a"`, `envconfig:"X" default:"a" required:"true"`.
fn tags(code: &str) -> Vec<Variable> {
    let (key, default_key) = if code.contains("caarlos0/env") && !code.contains("refix") {
        ("env:\"", "envDefault:\"")
    } else if code.contains("kelseyhightower/envconfig") {
        ("envconfig:\"", " default:\"")
    } else {
        return Vec::new();
    };
    let text = |tag: &str, key: &str| Some(tag.split_once(key)?.1.split('"').next()?.to_owned());
    let named = code.match_indices(key).take(VARIABLES_MAX).filter_map(|(at, _)| {
        code[..at].ends_with(['`', ' ']).then_some(())?;
        let tag = code[at..].split(['`', '\n']).next()?;
        let value = text(tag, key)?;
        let (name, options) = value.split_once(',').unwrap_or((&value, ""));
        let is_required =
            options.contains("required") || options.contains("notEmpty") || tag.contains("required:\"true\"");
        Some(Variable { name: name.to_owned(), default: text(tag, default_key), is_required, at })
    });
    named.collect()
}
