//! Finds the apps in a repository and what a Space needs for each, every value with its evidence.
//!
//! Pure: a [`Repo`] in, a [`Detected`] out. Nothing is run, and nothing outside the repository is read. Unknown values
//! stay open.

mod application;
pub(crate) mod build_names;
pub(crate) mod callable;
mod candidate;
mod cargo_programs;
mod collectstatic;
mod command;
mod compiled_source;
pub(crate) mod compose;
mod dependencies;
mod dockerfile;
mod environment;
mod files;
mod framework;
mod frameworks;
pub(crate) mod hub;
pub(crate) mod image;
mod import_root;
pub(crate) mod junk;
mod languages;
mod locked;
pub(crate) mod lost;
pub(crate) mod manifests;
mod model;
mod named;
pub(crate) mod needs;
mod node_entry;
mod node_imports;
mod node_package;
mod node_start;
mod node_version;
mod others;
pub(crate) mod page_addresses;
mod paths;
mod project;
mod python_entry;
mod rank;
pub(crate) mod removed_apis;
pub(crate) mod start;
mod versions;

pub(crate) use command::PORT;
pub(crate) use files::migrate_command;
pub use framework::Framework;
pub use frameworks::known_frameworks;
pub(crate) use image::packages::installed_by_dockerfile;
pub use model::{App, Evidence, Note, Suggestion};
pub(crate) use model::{EnvironmentRead, Seen};

pub(crate) use environment::{is_placeholder, is_secret};
pub(crate) use project::is_aside;

use crate::repo::Repo;
use project::Project;

/// The apps in a repository, best first.
#[derive(Debug, Clone, Default)]
pub struct Detected {
    apps: Vec<App>,
    /// The report if there is no app.
    notes: Vec<Note>,
}

/// The maximum number of apps that are examined in detail.
const APPS_MAX: usize = 16;

/// Examines a repository.
#[must_use]
pub fn detect(repo: &Repo) -> Detected {
    let project = Project::of(repo, frameworks::packages());
    let space = hub::space::read(repo);
    let mut apps = rank::ranked(&project, &space);
    if space.sdk().is_none() {
        // The page of a server in another language
        apps.retain(|app| languages::server_of(&project, app).is_none());
    }
    apps.truncate(APPS_MAX);
    for app in &mut apps {
        needs::complete(&project, &space, app);
    }
    let mut apps = dockerfile::first(&project, &space, apps);
    if let Some(note) = compose::Compose::of(repo).and_then(|compose| compose.note()) {
        for app in &mut apps {
            app.notes.push(note.clone());
        }
    }
    let nothing = || {
        let mut notes = languages::notes(&project);
        notes.extend(frameworks::unbuilt(&project).or_else(|| frameworks::not_proposed(&project)));
        if notes.is_empty() { needs::nothing_found(repo) } else { notes }
    };
    let notes = if apps.is_empty() { nothing() } else { Vec::new() };
    Detected { apps, notes }
}

impl Detected {
    /// The apps, the likeliest first.
    #[must_use]
    pub fn apps(&self) -> &[App] {
        &self.apps
    }

    /// Whether an app has this entry file. That of a site is made by its build.
    pub(crate) fn has(&self, file: &str) -> bool {
        self.apps.iter().any(|app| app.file == file)
    }

    /// Whether several apps are equally likely.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        rank::is_ambiguous(&self.apps)
    }

    /// Whether several apps, best first, are equally likely.
    pub(crate) fn are_ambiguous(apps: &[App]) -> bool {
        rank::is_ambiguous(apps)
    }

    /// The report if no app was found.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The report about the other apps after one of several was chosen: none if it is the only one.
    #[must_use]
    pub fn others(&self, taken: &App) -> Option<Note> {
        others::note(&self.apps, taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Certainty;

    fn first(files: &[(&str, &str)]) -> App {
        let files = files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
        detect(&Repo::from_files(files)).apps()[0].clone()
    }

    #[test]
    fn a_port_is_certain_where_nothing_outside_the_code_changes_it() {
        let gradio =
            |port: &str| format!("import gradio as gr\nimport os\ngr.Interface(print).launch(server_port={port})\n");
        let served = "import fastapi, uvicorn\napp = fastapi.FastAPI()\nuvicorn.run(app, port=8001)\n";
        for (code, port, certainty) in [
            (gradio("8001"), 8001, Certainty::Certain),
            (gradio("int(os.environ.get('PORT', 8002))"), 8002, Certainty::Usual),
            // The start command names another
            (served.to_owned(), 8001, Certainty::Usual),
        ] {
            let seen = first(&[("app.py", &code)]).server.port.unwrap();
            assert_eq!((seen.value, seen.certainty, seen.evidence.line), (port, certainty, Some(3)), "{code}");
        }
        let exposed = first(&[("Dockerfile", "FROM python\nEXPOSE 8003\n"), ("app.py", &gradio("8003"))]);
        let (port, inside) = (exposed.server.port.unwrap(), exposed.inside.unwrap());
        assert_eq!((port.value, port.certainty, inside.value.id()), (8003, Certainty::Usual, "gradio"));
    }

    #[test]
    fn only_what_the_start_command_runs_decides_the_port() {
        let express = |start: &str| {
            format!(r#"{{"scripts": {{"start": "{start}"}}, "dependencies": {{"express": "5", "next": "15"}}}}"#)
        };
        let port = |files: &[(&str, &str)]| first(files).server.port.map(|port| port.value);
        let server = ("server.js", "app.listen(3000);");
        let package = express("node main.js");
        let package = ("package.json", package.as_str());
        let main = "const { PORT } = require('./lib/config');\napp.listen(PORT);";
        let listens = ("main.js", "require('./bot');\nconst PORT = 8001;\napp.listen(PORT);");
        for (files, expected) in [
            (vec![package, server, listens, ("bot.js", "")], Some(8001)),
            (vec![package, server, ("main.js", "require('./bot');"), ("bot.js", "app.listen(8002)")], Some(8002)),
            (vec![package, server, ("main.js", "require('./bot');"), ("bot.js", "")], None),
            (vec![package, server, ("main.js", main), ("lib/config.js", "")], None),
            // What it runs is not all known
            (vec![package, server, ("main.js", "require(name);")], Some(3000)),
            (vec![package, server, ("a.js", "b.listen(1024)"), ("main.js", "require(name);")], None),
        ] {
            assert_eq!(port(&files), expected, "{files:?}");
        }
        let built = express("node dist/main.js").replace(", \"next\": \"15\"", "");
        let built = ("package.json", built.as_str());
        assert_eq!(port(&[built, server, ("src/main.ts", "app.listen(8003)")]), Some(8003));
        let next = express("next start").replace("{\"start", "{\"build\": \"next build\", \"start");
        assert_eq!(port(&[("package.json", &next), ("pixel-mock-server/server.js", "app.listen(3030)")]), None);
        let image = ("Dockerfile", "FROM node\nWORKDIR /a\nCOPY . .\nCMD [\"node\", \"main.js\"]");
        let own = [("main.js", main), ("lib/config.js", "")];
        assert_eq!(port(&[image, ("package.json", &express("node server.js")), server, own[0], own[1]]), None);
    }

    #[test]
    fn a_bot_that_opens_a_port_is_an_app() {
        let bot = |name: &str| format!(r#"{{"scripts": {{"start": "node b.js"}}, "dependencies": {{"{name}": "1"}}}}"#);
        for (name, code) in [
            ("telegraf", "require('telegraf'); require('http').createServer(answer).listen(7860)"),
            ("telegraf", "require('telegraf'); bot.launch({ webhook: { port: 7860 } })"),
            ("@slack/bolt", "require('@slack/bolt'); app.start(7860)"),
            ("discord.js", "// it only sends messages"),
        ] {
            assert_eq!(first(&[("package.json", &bot(name)), ("b.js", code)]).framework.id(), "node", "{code}");
        }
    }

    #[test]
    fn the_page_of_a_bot_is_not_an_app() {
        let package = r#"{"scripts": {"start": "node b.js"}, "dependencies": {"telegraf": "4"}}"#;
        let files = [("package.json", package), ("b.js", "require('telegraf')"), ("index.html", "<p>Hi")];
        let files = files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
        let found = detect(&Repo::from_files(files));
        assert!(found.apps().is_empty() && found.notes()[0].message.contains("a Telegram bot"), "{found:?}");
    }

    #[test]
    fn a_server_that_is_exported_is_started_by_bun_where_the_package_is_for_it() {
        let command = |package: &str| {
            let code = "import { Hono } from 'hono';\nconst app = new Hono();\nexport default app";
            let command = first(&[("package.json", package), ("src/index.ts", code)]).command;
            command.map(|command| command.value.join(" ")).unwrap_or_default()
        };
        let package = |more: &str| format!(r#"{{"main": "dist/index.js", {more}, "dependencies": {{"hono": "4"}}}}"#);
        let for_bun = r#""scripts": {"build": "tsc", "dev": "bun --watch src/index.ts"}"#;
        assert_eq!(command(&package(for_bun)), "bun src/index.ts");
        let typed =
            r#""scripts": {"build": "tsc", "start": "node dist/index.js"}, "devDependencies": {"@types/bun": "1"}"#;
        assert_eq!(command(&package(typed)), "bun src/index.ts");
        assert_eq!(command(&package(r#""scripts": {"build": "tsc"}"#)), "node dist/index.js");
        let other = r#""scripts": {"start": "npm run production", "dev": "bun src/index.ts"}"#;
        assert_eq!(command(&package(other)), "npm start");
    }

    #[test]
    fn a_name_that_the_build_makes_public_is_not_a_secret() {
        let package = r#"{"scripts": {"build": "next build"}, "dependencies": {"next": "15"}}"#;
        let config =
            "export default { env: { NEXT_PUBLIC_KEY: process.env.NEXT_PUBLIC_KEY, A_KEY: process.env.A_KEY } }";
        let app = first(&[("package.json", package), ("next.config.mjs", config)]);
        let secrets: Vec<_> = app.environment.iter().map(|read| &read.value).collect();
        assert_eq!(secrets, [&EnvironmentRead::Secret("A_KEY".to_owned())]);
        assert_eq!(app.install.names.iter().map(|name| &*name.value).collect::<Vec<_>>(), ["NEXT_PUBLIC_KEY"]);
    }

    #[test]
    fn a_port_that_is_not_known_is_said() {
        let notes = |code: &str| {
            let code = format!("package main\n\nfunc main() {{\n{code}\n}}\n");
            let app = first(&[("go.mod", "module x\n"), ("main.go", &code)]);
            app.notes.iter().filter(|note| note.message == "the port of the server is unknown").count()
        };
        for (code, count) in [
            ("http.ListenAndServe(config.Address(), nil)", 1),
            ("http.ListenAndServe(\":8080\", nil)", 0),
            ("http.ListenAndServe(\":\"+os.Getenv(\"PORT\"), nil)", 0),
            ("gin.Default().Run()", 0),
        ] {
            assert_eq!(notes(code), count, "{code}");
        }
    }

    #[test]
    fn a_version_is_guessed_where_the_one_that_is_asked_for_is_not_offered() {
        let app = "import streamlit as st\nst.title('Shop')\n";
        for (asked, version, certainty) in [("3.12.1", "3.12", Certainty::Usual), ("3.9.1", "3.10", Certainty::Guessed)]
        {
            let seen = first(&[("app.py", app), (".python-version", asked)]).version.unwrap();
            assert_eq!((seen.value.as_str(), seen.certainty), (version, certainty), "{asked}");
        }
    }

    #[test]
    fn frameworks_are_compared_by_their_id() {
        let gradio = first(&[("app.py", "import gradio as gr\ngr.Interface(print).launch()\n")]).framework;
        let flask = first(&[("app.py", "import flask\napp = flask.Flask('a')\n")]).framework;
        assert_eq!((gradio.id(), gradio.name(), gradio.sdk()), ("gradio", "Gradio", Some("gradio")));
        assert!(gradio != flask && gradio > flask);
        assert_eq!(format!("{flask:?}"), "Framework(\"flask\")");
    }
}
