//! `spaces-new add` as people and programs use it.

#[cfg(unix)]
mod asked;
mod cases;

use crate::check::repository::files;
use crate::support::Workspace;

/// The folder of the app.
const APP: &str = "my-app";

/// Writes the files that a text describes into the folder of the app.
fn written(text: &str) -> Workspace {
    let workspace = Workspace::new();
    for (path, bytes) in files(text) {
        if let Some(bytes) = bytes {
            workspace.write(&format!("{APP}/{path}"), bytes);
        }
    }
    workspace
}

#[cfg(unix)]
#[test]
fn an_app_whose_name_has_a_line_break_is_refused_in_one_line() {
    let workspace = Workspace::new();
    workspace.write("my-app/a\nb.py", "import gradio as gr\n\ngr.Interface(len, 'text', 'number').launch()\n");
    for target in ["replicate", "bentoml", "colab", "northflank", "gradio-share"] {
        let ran = workspace.run(&format!("add {target} my-app --yes"));
        assert_eq!(ran.code(), 2, "{target}");
        assert!(ran.stderr().starts_with("error: the name of \"a\\nb.py\" has a line break"), "{}", ran.stderr());
        assert_eq!(workspace.files(APP).len(), 1, "{target}");
    }
}
