//! Streamlit Community Cloud: the pages run, and the settings are those that it lets an app have.

use serde_json::Value;

use crate::app::{App, each};
use crate::process::run;
use crate::settings::{say, script, tool};

/// The settings that Streamlit reads from the folder: `section.name` and its value, where it is set.
fn settings(app: &App) -> Result<Vec<(String, String)>, String> {
    let mut command = tool("streamlit", app.path());
    // The home has settings too
    let output =
        command.args(["config", "show"]).env("HOME", app.path()).output().map_err(|error| error.to_string())?;
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if !output.status.success() || said.contains("is not a valid config option") {
        return Err(said);
    }
    let mut section = "";
    let mut settings = Vec::new();
    for line in said.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name;
        } else if let Some((name, value)) = line.split_once(" = ").filter(|(name, _)| !name.starts_with('#')) {
            settings.push((format!("{section}.{name}"), value.to_owned()));
        }
    }
    Ok(settings)
}

/// Judges a Streamlit app.
pub fn judge(app: &App) -> Result<(), String> {
    let expected = &app.case.expected;
    let settings = settings(app)?;
    if let Some((name, _)) = settings.iter().find(|(name, _)| name == "server.port" || name == "server.address") {
        return Err(format!("`{name}` is set, which the Community Cloud decides"));
    }
    for (name, value) in &expected.settings {
        if !settings.contains(&(name.clone(), value.clone())) {
            return Err(format!("`{name} = {value}` is not set: {settings:?}"));
        }
    }
    let packages = if app.file("packages.txt").exists() { app.read("packages.txt") } else { String::new() };
    if packages.lines().collect::<Vec<_>>() != expected.apt {
        return Err(format!("packages.txt has {packages:?}"));
    }
    let said = run(script("run_streamlit.py", app.path()).args(&expected.pages))?;
    let titles: Value = serde_json::from_str(said.trim().lines().last().unwrap_or_default()).map_err(|_| said)?;
    if titles != serde_json::json!(expected.titles) {
        return Err(format!("the titles are {titles}"));
    }
    Ok(())
}

#[test]
#[ignore = "needs tests/platforms/setup"]
fn streamlit_runs_the_pages_with_the_settings_of_the_app() {
    each("streamlit-cloud", |app| {
        judge(app)?;
        say(&format!("streamlit: {} runs", app.case.name));
        Ok(())
    });
}
