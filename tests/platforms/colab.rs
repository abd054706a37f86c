//! Google Colab: the notebook is valid, and its cells run in an empty folder.

use serde_json::Value;

use crate::answers::compare;
use crate::app::{App, each};
use crate::process::run;
use crate::settings::{say, script};

/// Runs the notebook of an app, with an expression at its end.
pub fn judge(app: &App) -> Result<(), String> {
    let notebook = app.case.expected.notebook.as_ref().expect("the case has a [notebook]");
    let mut command = script("run_notebook.py", app.path());
    let said = run(command.arg(app.file("notebook.ipynb")).arg(&notebook.expression))?;
    let last = said.trim().lines().last().unwrap_or_default();
    let value: Value = serde_json::from_str(last).map_err(|error| format!("{error}: {said}"))?;
    compare(&value, &notebook.value)
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn the_notebook_runs_in_an_empty_folder() {
    each("colab", |app| {
        judge(app)?;
        say(&format!("colab: the notebook of {} runs", app.case.name));
        Ok(())
    });
}
