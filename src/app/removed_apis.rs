//! Uses of what some versions of a package do not have.

use std::ops::Range;

use crate::facts::removed_apis::{Api, Package, Removed};
use crate::formats::python::{Scope, Source};

/// A use in a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Use<'t> {
    pub(crate) range: Range<usize>,
    /// What is used, with backticks.
    pub(crate) shown: String,
    /// Whether it only runs under a condition, or is only probably one.
    pub(crate) is_conditional: bool,
    /// The function that it is in.
    pub(crate) function: Option<&'t str>,
    /// Whether it only runs if the file is started.
    pub(crate) in_main: bool,
}

/// The uses of a row in a file. What is in a `try`, or depends on a version, is left out: it has a replacement.
pub(crate) fn uses<'t>(source: &Source<'t>, package: &Package, row: &Removed) -> Vec<Use<'t>> {
    let mut found = Vec::new();
    let has_versions = knows_versions(source);
    let mut push = |scope: Scope<'t>, range: Range<usize>, shown: String| {
        let has_replacement = scope.tried || (scope.conditional && has_versions);
        if !has_replacement {
            let is_conditional = scope.conditional;
            found.push(Use { range, shown, is_conditional, function: scope.function, in_main: scope.in_main });
        }
    };
    match row.api {
        Api::Keyword(paths, keyword) => {
            for call in &source.calls {
                let Some(argument) = call.argument(keyword) else { continue };
                let is_meant = |path: &&str| matches(path, below(&call.path, package).unwrap_or_default());
                let is_sure = paths.iter().any(is_meant);
                if is_sure || is_probable(source, package, paths, &call.path) {
                    let scope = Scope { conditional: call.scope.conditional || !is_sure, ..call.scope };
                    push(scope, argument.range.clone(), format!("`{keyword}` in `{}(..)`", call.written));
                }
            }
        }
        Api::Calls(paths) => {
            for call in source.calls.iter().filter(|call| is_one(paths, &call.path, package)) {
                push(call.scope, call.method_range(), format!("`{}`", call.written));
            }
        }
        Api::Names(names) if !names.iter().any(|name| is_given(source, name)) => {
            for call in source.calls.iter().filter(|call| is_named(names, &call.path, package)) {
                push(call.scope, call.method_range(), format!("`{}`", call.written));
            }
            for mention in source.mentions.iter().filter(|mention| is_named(names, &mention.path, package)) {
                let name = mention.path.rsplit('.').next().unwrap_or_default();
                push(mention.scope, mention.at..mention.at + name.len(), format!("`{}`", mention.path));
            }
            imported(source, package, names, &mut push);
        }
        Api::Names(_) => {}
        Api::Imports(names) => imported(source, package, names, &mut push),
    }
    found
}

fn imported<'t>(
    source: &Source<'t>,
    package: &Package,
    names: &[&str],
    push: &mut impl FnMut(Scope<'t>, Range<usize>, String),
) {
    for import in source.imports.iter().filter(|import| import.level == 0) {
        let path = match import.name {
            Some(name) => format!("{}.{name}", import.module),
            None => import.module.to_owned(),
        };
        if is_named(names, &path, package) {
            // `from` and `import` are as long as the place that is shown
            push(import.scope, import.at..import.at + 4, format!("`{path}`"));
        }
    }
}

/// The path below the module of a package.
fn below<'p>(path: &'p str, package: &Package) -> Option<&'p str> {
    let path = path.strip_prefix(package.module)?.strip_prefix('.')?;
    Some(if package.module == "gradio" { path.strip_prefix("components.").unwrap_or(path) } else { path })
}

/// Whether a path below the module is the one in a row.
fn matches(row: &str, path: &str) -> bool {
    if let Some(method) = row.strip_prefix("().") {
        return path.strip_suffix(method).is_some_and(|object| object.ends_with("()."));
    }
    if let Some(method) = row.strip_prefix("*.") {
        let class = path.strip_suffix(method).and_then(|class| class.strip_suffix('.'));
        return class.is_some_and(|class| {
            class.starts_with(|char: char| char.is_ascii_uppercase()) && class.chars().all(char::is_alphanumeric)
        });
    }
    path == row
}

fn is_one(rows: &[&str], path: &str, package: &Package) -> bool {
    below(path, package).is_some_and(|path| rows.iter().any(|row| matches(row, path)))
}

/// The same, also for a name in it.
fn is_named(rows: &[&str], path: &str, package: &Package) -> bool {
    let is_in = |row: &str, path: &str| path.strip_prefix(row).is_some_and(|rest| rest.starts_with('.'));
    below(path, package).is_some_and(|path| rows.iter().any(|row| matches(row, path) || is_in(row, path)))
}

/// Whether a call is one of a method that starts an app, on an object of this file that is probably one of the package: what a
/// function of it returns.
fn is_probable(source: &Source<'_>, package: &Package, rows: &[&str], path: &str) -> bool {
    let Some((object, method)) = path.rsplit_once('.') else { return false };
    let is_row = |row: &&str| row.strip_prefix("().") == Some(method);
    let root = object.split(['.', '(', '[']).next().unwrap_or_default();
    let is_imported = || {
        source.imports.iter().any(|import| import.module.split('.').next() == Some(root) || import.name == Some(root))
    };
    package.module == "gradio"
        && matches!(method, "launch" | "queue")
        && rows.iter().any(is_row)
        && source.imports_module("gradio")
        && !root.is_empty()
        && !is_imported()
}

/// Whether a file asks which versions there are.
fn knows_versions(source: &Source<'_>) -> bool {
    source.mentions.iter().any(|mention| mention.path.ends_with("__version__"))
        || source.calls.iter().any(|call| call.path.contains("__version__"))
        || ["packaging", "importlib.metadata", "importlib_metadata", "pkg_resources", "inspect"]
            .iter()
            .any(|module| source.imports_module(module))
}

/// Whether a file defines a name itself, or asks whether it is there: `np.float = float`, `hasattr(np, "float")`.
fn is_given(source: &Source<'_>, row: &str) -> bool {
    let name = row.rsplit('.').next().unwrap_or(row);
    let is_assigned = |written: &str| written.strip_suffix(name).is_some_and(|before| before.ends_with('.'));
    source.assignments.iter().any(|assignment| is_assigned(assignment.name))
        || source.calls.iter().any(|call| {
            matches!(call.path.as_str(), "hasattr" | "getattr" | "setattr")
                && call.positional(1).and_then(|value| value.as_text()) == Some(name)
        })
}

/// A word that every use of a row has.
pub(crate) fn words(row: &Removed) -> impl Iterator<Item = &'static str> {
    let (keyword, names) = match row.api {
        Api::Keyword(_, keyword) => (Some(keyword), &[][..]),
        Api::Names(names) | Api::Calls(names) | Api::Imports(names) => (None, names),
    };
    let last = |name: &&'static str| name.rsplit('.').next().unwrap_or(name);
    keyword.into_iter().chain(names.iter().map(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::removed_apis::REMOVED;

    fn found(text: &str) -> Vec<String> {
        let source = Source::read(text);
        let rows = REMOVED.iter().flat_map(|package| package.rows.iter().map(move |row| (package, row)));
        let mut shown: Vec<_> = rows.flat_map(|(package, row)| uses(&source, package, row)).collect();
        shown.sort_by_key(|found| found.range.start);
        shown.into_iter().map(|found| found.shown).collect()
    }

    #[test]
    fn uses_are_found_by_what_names_stand_for() {
        for (text, shown) in [
            ("import gradio as gr\ngr.Textbox(show_copy_button=True)", "`show_copy_button` in `gr.Textbox(..)`"),
            ("from gradio import Textbox as T\nT(show_copy_button=1)", "`show_copy_button` in `T(..)`"),
            (
                "import gradio\ngradio.components.Textbox(show_copy_button=1)",
                "`show_copy_button` in `gradio.components.Textbox(..)`",
            ),
            (
                "import gradio as gr\nwith gr.Blocks() as d:\n  b = gr.Button()\n  b.click(f, _js='x')",
                "`_js` in `b.click(..)`",
            ),
            (
                "import gradio as gr\nd = gr.Interface(f)\nd.queue().launch(show_tips=True)",
                "`show_tips` in `d.queue(..).launch(..)`",
            ),
            (
                "import gradio as gr\ndef f():\n  return gr.Blocks()\nd = f()\nd.launch(show_api=False)",
                "`show_api` in `d.launch(..)`",
            ),
            ("import gradio as gr\nx = gr.inputs.Textbox()", "`gr.inputs.Textbox`"),
            ("import gradio as gr\nx = gr.Dropdown.update(choices=[])", "`gr.Dropdown.update`"),
            ("import gradio as gr\ngr.Row().style(equal_height=True)", "`gr.Row(..).style`"),
            ("from gradio.inputs import Textbox", "`gradio.inputs.Textbox`"),
            ("import streamlit as st\n@st.cache\ndef f(): pass", "`streamlit.cache`"),
            ("import streamlit as st\n@st.cache(ttl=1)\ndef f(): pass", "`st.cache`"),
            ("import numpy as np\nx = y.astype(np.float)", "`numpy.float`"),
            ("from PIL import Image\nx.resize((1, 1), Image.ANTIALIAS)", "`PIL.Image.ANTIALIAS`"),
            ("import openai\nopenai.ChatCompletion.create(model='x')", "`openai.ChatCompletion.create`"),
            ("from langchain.chains import LLMChain", "`langchain.chains.LLMChain`"),
            ("from langchain import OpenAI", "`langchain.OpenAI`"),
            ("from huggingface_hub import HfFolder", "`huggingface_hub.HfFolder`"),
        ] {
            assert_eq!(found(text), [shown], "{text}");
        }
    }

    #[test]
    fn what_only_looks_alike_is_left_out() {
        for text in [
            "import gradio as gr\ngr.update(value='x')\ngr.Image(sources=['upload'])\ngr.Textbox(type='password')",
            "import gradio as gr\nimport other\nframe.style.format()\ntable.style(height=1)\nother.launch(show_tips=True)",
            "import gradio as gr\ntry:\n  t = gr.Textbox(show_copy_button=True)\nexcept TypeError:\n  t = gr.Textbox()",
            "import gradio as gr\nif gr.__version__ < '6':\n  t = gr.Textbox(show_copy_button=True)",
            "import numpy as np\nnp.float = float\nx = np.float(1)",
            "import numpy as np\nif not hasattr(np, 'bool'):\n  np.bool = bool\nx = np.bool",
            "import numpy as np\nx = np.float32(1), np.int_(2), np.bool_(0), np.object_, np.integer",
            "import streamlit as st\nst.cache_data\n@st.cache_resource\ndef f(): pass",
            "import openai\nclient = openai.OpenAI()\nclient.chat.completions.create(model='x')",
            "from langchain.chat_models import init_chat_model\nfrom langchain_community.llms import Ollama",
            "try:\n  from langchain.chains import LLMChain\nexcept ImportError:\n  from langchain_classic.chains import LLMChain",
            "'''\nimport gradio as gr\ngr.Box()\n'''",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
