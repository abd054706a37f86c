//! The scopes that Python code needs of who signs in.

use std::ops::Range;

use crate::app::model::{App, Note, Seen};
use crate::app::project::PythonFile;
use crate::facts::oauth_scopes::{CONTAINED, INFERENCE, INFERENCE_CLIENTS, INFERENCE_HOSTS, METHODS, OPENAI_CLIENTS};
use crate::formats::python::{Call, Source, Value};

/// Arguments that take a token.
const TOKENS: [&str; 3] = ["api_key", "hf_token", "token"];
const API: &str = "huggingface_hub.HfApi";

/// A scope that a call certainly needs.
#[derive(Debug, Clone)]
pub(crate) struct Needed {
    pub(crate) scope: &'static str,
    /// The name of the method.
    pub(crate) range: Range<usize>,
}

/// What a file does with the tokens of who signs in.
#[derive(Debug, Default)]
pub(crate) struct Uses {
    pub(crate) needed: Vec<Needed>,
    /// Where a function takes such a token.
    pub(crate) taken: Option<usize>,
}

/// The uses of tokens in functions that Gradio gives them to.
pub(crate) fn uses(source: &Source<'_>) -> Uses {
    let mut uses = Uses::default();
    if !source.imports_module("gradio") {
        return uses;
    }
    let parameters =
        source.functions.iter().flat_map(|function| function.parameters.iter().map(move |one| (function.name, one)));
    for (function, parameter) in parameters.filter(|(_, one)| one.annotation.is_some_and(is_token_type)) {
        uses.taken.get_or_insert(parameter.at);
        let of_function = Given::of(source, function, parameter.name);
        let calls = source.calls.iter().filter(|call| call.scope.function == Some(function));
        for call in calls {
            if let Some(scope) = of_function.scope(call) {
                uses.needed.push(Needed { scope, range: call.method_range() });
            }
        }
    }
    uses
}

/// Whether the type of a parameter is the token, or optionally the token.
fn is_token_type(kind: &str) -> bool {
    kind.split(|char: char| !(char == '_' || char.is_alphanumeric())).any(|word| word == "OAuthToken")
}

/// The names in a function that hold the token, and the clients that use it.
struct Given<'t> {
    tokens: Vec<String>,
    clients: Vec<&'t str>,
}

impl<'t> Given<'t> {
    fn of(source: &Source<'t>, function: &str, parameter: &str) -> Self {
        let mut given = Self { tokens: vec![format!("{parameter}.token")], clients: Vec::new() };
        for assignment in source.assignments.iter().filter(|one| one.scope.function == Some(function)) {
            if given.is_token(&assignment.value) {
                given.tokens.push(assignment.name.to_owned());
            }
            let is_client = matches!(&assignment.value, Value::Call(path, text) if path == API && given.is_in(text));
            if is_client {
                given.clients.push(assignment.name);
            }
        }
        given
    }

    fn is_token(&self, value: &Value<'_>) -> bool {
        match value {
            Value::Name(name) => self.tokens.iter().any(|token| token == name),
            // `token.token if token else None`
            Value::Expression(text) => self.tokens.iter().any(|token| {
                text.strip_prefix(token.as_str()).is_some_and(|rest| rest.trim_start().starts_with("if "))
            }),
            _ => false,
        }
    }

    /// Whether the text of a call has the token as an argument.
    fn is_in(&self, text: &str) -> bool {
        self.tokens.iter().any(|token| text.contains(&format!("token={token}")))
    }

    /// The scope that a call certainly needs.
    fn scope(&self, call: &Call<'_>) -> Option<&'static str> {
        let path = call.path.as_str();
        let mut named =
            call.arguments.iter().filter(|argument| argument.name.is_some_and(|name| TOKENS.contains(&name)));
        let own = named.next();
        let has_token = own.is_some_and(|argument| self.is_token(&argument.value));
        if INFERENCE_CLIENTS.contains(&path) {
            return has_token.then_some(INFERENCE);
        }
        if OPENAI_CLIENTS.contains(&path) {
            let address = call.keyword("base_url").and_then(Value::as_text)?;
            return (has_token && INFERENCE_HOSTS.iter().any(|host| address.starts_with(host))).then_some(INFERENCE);
        }
        let method = call.method();
        let of_client = || self.clients.iter().any(|client| call.written == format!("{client}.{method}"));
        let is_chained = || path.starts_with("huggingface_hub.HfApi().") && call.written.contains("(..)");
        let is_signed = if own.is_some() { has_token } else { of_client() };
        // A pull request needs less
        let is_plain = path.starts_with("huggingface_hub.") && !is_chained() && call.keyword("create_pr").is_none();
        let (_, scope) = METHODS.iter().find(|(name, _)| *name == method)?;
        scope.filter(|_| is_signed && is_plain)
    }
}

/// The scopes among those needed that no other one contains, each with where it is needed first.
pub(crate) fn least(needed: &[Needed]) -> Vec<&Needed> {
    let has = |scope: &str| needed.iter().any(|one| one.scope == scope);
    let mut least: Vec<&Needed> = Vec::new();
    for one in needed {
        let is_contained = CONTAINED.iter().any(|(scope, wider)| *scope == one.scope && has(wider));
        if !is_contained && least.iter().all(|known| known.scope != one.scope) {
            least.push(one);
        }
    }
    least
}

/// Whether scopes that are asked for contain one.
pub(crate) fn contain(asked: &[&str], scope: &str) -> bool {
    asked.contains(&scope) || CONTAINED.iter().any(|(one, wider)| *one == scope && asked.contains(wider))
}

/// Adds the scopes that an app needs, or says that they are not known.
pub(in crate::app) fn fill(files: &[&PythonFile<'_>], app: &mut App) {
    if app.sign_in.is_none() {
        return;
    }
    let mut taken = None;
    let mut found: Vec<(&PythonFile<'_>, Needed)> = Vec::new();
    for file in files {
        let uses = uses(&file.source);
        taken = taken.or(uses.taken.map(|at| file.evidence(at, "takes the token of who signs in")));
        found.extend(uses.needed.into_iter().map(|one| (*file, one)));
    }
    let all: Vec<Needed> = found.iter().map(|(_, one)| one.clone()).collect();
    for one in least(&all) {
        let Some((file, _)) = found.iter().find(|(_, other)| other.scope == one.scope) else { continue };
        let why = format!("calls `{}` with the token of who signs in", &file.text[one.range.clone()]);
        app.oauth_scopes.push(Seen::certain(one.scope.to_owned(), file.evidence(one.range.start, why)));
    }
    if let Some(evidence) = taken.filter(|_| app.oauth_scopes.is_empty()) {
        let note = Note::new("the app uses the token of who signs in, and the code does not show for which scopes");
        let note = note.help("name the scopes that its calls need, such as `inference-api` or `write-repos`");
        app.notes.push(note.or_answer_to("hf_oauth_scopes").seen(evidence));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scopes(body: &str) -> Vec<&'static str> {
        let text = format!(
            "import gradio as gr\nfrom huggingface_hub import HfApi, InferenceClient, create_repo, upload_file, whoami\n\
             from openai import OpenAI\n\ndef f(x, token: gr.OAuthToken | None = None):\n{body}"
        );
        let needed = uses(&Source::read(&text)).needed;
        least(&needed).into_iter().map(|one| one.scope).collect()
    }

    #[test]
    fn a_call_with_the_token_needs_a_scope() {
        for (body, expected) in [
            ("  InferenceClient(token=token.token)\n", &["inference-api"][..]),
            ("  InferenceClient('m', api_key=token.token if token else None)\n", &["inference-api"]),
            ("  t = token.token\n  InferenceClient(token=t)\n", &["inference-api"]),
            ("  OpenAI(base_url='https://router.huggingface.co/v1', api_key=token.token)\n", &["inference-api"]),
            ("  api = HfApi(token=token.token)\n  api.upload_file(x)\n", &["write-repos"]),
            ("  api = HfApi(token=token.token)\n  api.upload_file(x)\n  api.create_repo(x)\n", &["manage-repos"]),
            ("  create_repo(x, token=token.token)\n", &["manage-repos"]),
            ("  api = HfApi()\n  api.upload_file(x, token=token.token)\n", &["write-repos"]),
        ] {
            assert_eq!(scopes(body), expected, "{body}");
        }
    }

    #[test]
    fn other_calls_need_none() {
        for body in [
            "  InferenceClient()\n",
            "  InferenceClient(token=os.environ['HF_TOKEN'])\n",
            "  OpenAI(api_key=token.token)\n",
            "  whoami(token=token.token)\n",
            "  api = HfApi()\n  api.upload_file(x)\n",
            "  api = HfApi(token=TOKEN)\n  api.create_repo(x)\n",
            "  api = HfApi(token=token.token)\n  api.upload_file(x, token=TOKEN)\n",
            "  api = HfApi(token=token.token)\n  api.upload_file(x, create_pr=True)\n",
            "  pass\ndef g(x):\n  InferenceClient(token=token.token)\n",
        ] {
            assert_eq!(scopes(body), [""; 0], "{body}");
        }
    }
}
