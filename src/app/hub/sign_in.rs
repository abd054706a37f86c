//! Where Python code signs visitors in with their account on the Hub.
//!
//! Source: <https://huggingface.co/docs/hub/spaces-oauth>; Gradio adds the routes if an app has a login button (`gradio/blocks.py`,
//! `expects_oauth`, in 5.50 and 6.31), and stops if the Hub gives it no client (`gradio/oauth.py`).

use std::ops::Range;

use crate::app::dependencies::Dependencies;
use crate::app::model::{App, Note};
use crate::formats::python::Source;

/// A place that signs in.
#[derive(Debug, Clone)]
pub(crate) struct SignIn {
    pub(crate) range: Range<usize>,
    /// What does it.
    pub(crate) name: &'static str,
    /// Whether it stops an app without a client.
    pub(crate) is_button: bool,
    pub(crate) is_conditional: bool,
}

/// Calls that need a client, and whether they do when they run.
const CALLS: [(&str, bool); 4] = [
    ("gradio.LoginButton", true),
    ("gradio.components.LoginButton", true),
    ("gradio.components.login_button.LoginButton", true),
    ("huggingface_hub.attach_huggingface_oauth", false),
];

/// Types of arguments that Gradio fills in for who is signed in.
const TYPES: [&str; 4] =
    ["gradio.OAuthProfile", "gradio.OAuthToken", "gradio.oauth.OAuthProfile", "gradio.oauth.OAuthToken"];

/// The first place in a file: a button before anything else.
pub(crate) fn sign_in(source: &Source<'_>) -> Option<SignIn> {
    for (path, is_button) in CALLS {
        let call = source.calls.iter().find(|call| call.path == path && !call.scope.tried);
        if let Some(call) = call {
            let name = path.rsplit('.').next().unwrap_or(path);
            let (range, is_conditional) = (call.method_range(), call.scope.conditional);
            return Some(SignIn { range, name, is_button, is_conditional });
        }
    }
    let mention = source.mentions.iter().find(|mention| TYPES.contains(&mention.path.as_str()))?;
    let name = TYPES.iter().find(|path| **path == mention.path)?.rsplit('.').next()?;
    let range = mention.at..mention.at + name.len();
    Some(SignIn { range, name, is_button: false, is_conditional: mention.scope.conditional })
}

/// Packages that Gradio needs to sign in, which only its extra `oauth` installs.
/// Source: `Requires-Dist` of gradio 5.50.0 and 6.31.0; `attach_oauth` in `gradio/oauth.py` stops without them.
pub(crate) const NEEDED: [&str; 2] = ["authlib", "itsdangerous"];

/// Requires the extra of a Gradio that is added for the app, and reports a requirement without it.
pub(in crate::app) fn extra(needed: &Dependencies, app: &mut App) {
    if app.sign_in.is_none() || app.sdk.is_some() || app.framework.id() != "gradio" {
        return;
    }
    for line in &mut app.install.missing {
        if let Some(rest) = line.value.strip_prefix("gradio").filter(|rest| rest.starts_with(['=', '<'])) {
            line.value = format!("gradio[oauth]{rest}");
            return;
        }
    }
    let has_them = NEEDED.iter().all(|package| needed.names.contains_key(*package));
    let listed = needed.installable.iter().find(|(package, _)| package.name == "gradio");
    let Some((_, evidence)) = listed.filter(|_| !has_them && !needed.extras.contains("gradio[oauth]")) else { return };
    let note = Note::new("the app signs in with Hugging Face, and Gradio needs its extra `oauth` for that");
    app.notes.push(note.help("require `gradio[oauth]`").seen(evidence.clone()));
}
