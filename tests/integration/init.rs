//! `spaces-new init` as people and programs use it.

mod again;
mod cases;
mod command;
mod given;
mod gradio_version;
#[cfg(unix)]
mod hostile;
mod hub_requirements;
#[cfg(unix)]
mod interactive;
mod languages;
mod let_in;
mod moved;
mod nothing_lost;
mod packages;
mod python_installs;

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

/// An ordinary app.
const ORDINARY: &str = r#"
```app.py
import gradio as gr

demo = gr.Interface(lambda text: text[::-1], "text", "text")

if __name__ == "__main__":
    demo.launch()
```

```requirements.txt
gradio==6.31.0
```

```README.md
# Reverse

It turns a text round.
```

```.gitignore
.venv/
```
"#;

fn ordinary() -> Workspace {
    written(ORDINARY)
}
