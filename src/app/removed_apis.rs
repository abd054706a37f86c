//! Uses of what some versions of a package do not have.

use std::ops::Range;

use crate::facts::removed_apis::{Api, Package, Removed};
use crate::formats::python::{Bound, Call, Scope, Source, Value, bound};

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

/// The uses of a row in a file. What is in a `try`, or depends on a version, is left out: it has a replacement. So is what a name
/// stands for that the file binds again.
pub(crate) fn uses<'t>(source: &Source<'t>, text: &str, package: &Package, row: &Removed) -> Vec<Use<'t>> {
    let found = named(source, package, row);
    if found.is_empty() {
        return Vec::new();
    }
    let (has_versions, bound) = (knows_versions(source), bound(text));
    let has_replacement = |scope: Scope<'_>| scope.tried || (scope.conditional && has_versions);
    let is_meant = |found: &Named<'_, '_>| {
        !has_replacement(found.scope)
            && !found.root.is_some_and(|root| is_other(source, &bound, package, (root, found.scope)))
    };
    let found = found.into_iter().filter(is_meant);
    found
        .map(|Named { scope, range, shown, is_sure, .. }| {
            let is_conditional = scope.conditional || !is_sure;
            Use { range, shown, is_conditional, function: scope.function, in_main: scope.in_main }
        })
        .collect()
}

/// What has the name of something that a row removes.
struct Named<'s, 't> {
    scope: Scope<'t>,
    range: Range<usize>,
    shown: String,
    /// The name that it begins with; none in an import.
    root: Option<&'s str>,
    is_sure: bool,
}

fn named<'s, 't>(source: &'s Source<'t>, package: &Package, row: &Removed) -> Vec<Named<'s, 't>> {
    let called = |call: &'s Call<'t>| {
        let (shown, root) = (format!("`{}`", call.written), Some(call.root()));
        Named { scope: call.scope, range: call.method_range(), shown, root, is_sure: true }
    };
    match row.api {
        Api::Keyword(paths, keyword) => {
            let found = source.calls.iter().filter_map(|call| {
                let argument = call.argument(keyword)?;
                let is_meant = |path: &&str| matches(path, below(&call.path, package).unwrap_or_default());
                let is_sure = paths.iter().any(is_meant);
                let is_one = is_sure || is_probable(source, package, paths, &call.path);
                let shown = format!("`{keyword}` in `{}(..)`", call.written);
                is_one.then(|| Named { range: argument.range.clone(), shown, is_sure, ..called(call) })
            });
            found.collect()
        }
        Api::Calls(paths) => {
            source.calls.iter().filter(|call| is_one(paths, &call.path, package)).map(called).collect()
        }
        Api::Names(names) if !names.iter().any(|name| is_given(source, name)) => {
            let calls = source.calls.iter().filter(|call| is_named(names, &call.path, package)).map(called);
            let mentions = source.mentions.iter().filter(|mention| is_named(names, &mention.path, package));
            let mentions = mentions.map(|mention| {
                let name = mention.path.rsplit('.').next().unwrap_or_default();
                let (range, shown) = (mention.at..mention.at + name.len(), format!("`{}`", mention.path));
                Named { scope: mention.scope, range, shown, root: Some(mention.root), is_sure: true }
            });
            calls.chain(mentions).chain(imported(source, package, names)).collect()
        }
        Api::Names(_) => Vec::new(),
        Api::Imports(names) => imported(source, package, names).collect(),
    }
}

fn imported<'s, 't>(source: &'s Source<'t>, package: &Package, names: &[&str]) -> impl Iterator<Item = Named<'s, 't>> {
    source.imports.iter().filter(|import| import.level == 0).filter_map(move |import| {
        let path = match import.name {
            Some(name) => format!("{}.{name}", import.module),
            None => import.module.to_owned(),
        };
        // `from` and `import` are as long as the place that is shown
        let (range, shown) = (import.at..import.at + 4, format!("`{path}`"));
        let found = Named { scope: import.scope, range, shown, root: None, is_sure: true };
        is_named(names, &path, package).then_some(found)
    })
}

/// Whether a name may stand for something else than what the package has: another thing is bound to it, here or around.
fn is_other(source: &Source<'_>, bound: &[Bound<'_>], package: &Package, (root, scope): (&str, Scope<'_>)) -> bool {
    let is_around = |one: Scope<'_>| one.is_top_level() || one.outermost == scope.outermost;
    let is_imported = source.imported_path(root).is_some();
    let is_of_package = |path: &str| path == package.module || below(path, package).is_some();
    let is_fine = |path: &str| {
        let first = path.split(['.', '(', '[']).next().unwrap_or(path);
        // `demo = demo.queue()`, `demo = make()`
        let is_own = first == root || !is_imported && source.functions.iter().any(|function| function.name == first);
        is_own || is_of_package(&source.resolved(path))
    };
    let is_bound_again = |one: &Bound<'_>| {
        one.name == root && is_around(one.scope) && !one.imported.as_deref().is_some_and(is_of_package)
    };
    bound.iter().any(is_bound_again)
        || source.assignments.iter().filter(|one| one.name == root && is_around(one.scope)).any(|one| {
            match &one.value {
                // After an import that failed
                Value::Name("None") => false,
                Value::Name(path) => !is_fine(path),
                Value::Call(path, _) => !is_fine(path),
                _ => true,
            }
        })
}

/// Whether a file gives a package what a row removes: `np.float = float`, `setattr(np, "float", float)`.
pub(crate) fn gives(source: &Source<'_>, package: &Package, row: &Removed) -> bool {
    let Api::Names(names) = row.api else { return false };
    let is_given = |path: &str| is_named(names, &source.resolved(path), package);
    source.assignments.iter().any(|one| one.name.contains('.') && is_given(one.name))
        || source.calls.iter().filter(|call| call.path == "setattr").any(|call| {
            match (call.positional(0), call.positional(1).and_then(Value::as_text)) {
                (Some(Value::Name(object)), Some(name)) => is_given(&format!("{object}.{name}")),
                _ => false,
            }
        })
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
pub(crate) fn knows_versions(source: &Source<'_>) -> bool {
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
        let mut shown: Vec<_> = rows.flat_map(|(package, row)| uses(&source, text, package, row)).collect();
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
    fn names_that_keep_their_meaning_are_found() {
        for text in [
            "import numpy as np\ndef f(np): pass\nx = np.float",
            "try:\n  import numpy as np\nexcept ImportError:\n  np = None\nx = np.float",
            "import numpy as np\nimport numpy as np\nx = np.float",
            "import numpy as np\ndef f():\n  return 1\nx = np.float",
            "import numpy as np\nif a: sys.exit()\nx = np.float",
            "import numpy as np\nfor i in x:\n  continue\nelse:\n  pass\nx = np.float",
            "import numpy as np\nx[np] = 1\nx = np.float",
        ] {
            assert_eq!(found(text), ["`numpy.float`"], "{text}");
        }
        let text = "import gradio as gr\ndemo = gr.Blocks()\ndemo = demo.queue()\ndemo.launch(show_tips=True)";
        assert_eq!(found(text), ["`show_tips` in `demo.launch(..)`"]);
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
            "import numpy as np\ndef f(np):\n  return np.float(1), np.int",
            "import numpy as np\nnp = foo()\nx = np.float",
            "import numpy as np\nfor np in y:\n  np.float",
            "import numpy as np\nx = (lambda np: np.float)(y)",
            "import numpy as np\ndef f():\n  def g(np):\n    np.float\n  return g",
            "import streamlit as st\nclass st:\n  pass\nst.cache",
            "import gradio as gr\ndef f(demo):\n  demo.launch(show_api=False)",
            "import gradio as gr\ndemo = gr.Blocks()\ndemo = other.App()\ndemo.launch(show_tips=True)",
            "import numpy as np\nimport sys\nsys.exit()\nnp.float",
            "import numpy as np\ndef f():\n  if x:\n    return 1\n    np.float\n  raise E\n  np.int",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
