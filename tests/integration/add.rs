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
