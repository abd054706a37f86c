//! Apps of Node, read off `package.json`.

use serde_json::{Map, Value};

use super::model::{Evidence, Framework};
use super::project::{Project, folder_of, is_aside, within};
use super::python_apps::Candidate;
use crate::facts::base_images::Runtime;
use crate::values::Dependencies;

/// A `package.json`.
pub(super) struct Package {
    pub(super) path: String,
    root: Map<String, Value>,
}

/// Packages that serve, and what an app with them is.
const SERVERS: [&str; 12] = [
    "express",
    "fastify",
    "koa",
    "@hapi/hapi",
    "hono",
    "@hono/node-server",
    "socket.io",
    "restify",
    "polka",
    "@nestjs/core",
    "h3",
    "ws",
];

/// Packages that build a site, and the folder that they build it into.
/// Sources: the documentation of each, "build output".
const BUILDERS: [(&str, &str); 12] = [
    ("react-scripts", "build"),
    ("@docusaurus/core", "build"),
    ("gatsby", "public"),
    ("@vue/cli-service", "dist"),
    ("astro", "dist"),
    ("@11ty/eleventy", "_site"),
    ("vitepress", ".vitepress/dist"),
    ("parcel", "dist"),
    ("vite", "dist"),
    ("webpack", "dist"),
    ("rollup", "dist"),
    ("esbuild", "dist"),
];

impl Package {
    pub(super) fn read(project: &Project<'_>, path: &str) -> Option<Self> {
        let text = project.repo.text(path)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match serde_json::from_str(text).ok()? {
            Value::Object(root) => Some(Self { path: path.to_owned(), root }),
            _ => None,
        }
    }

    pub(super) fn text(&self, keys: &[&str]) -> Option<&str> {
        let (last, before) = keys.split_last()?;
        let mut table = &self.root;
        for key in before {
            table = table.get(*key)?.as_object()?;
        }
        table.get(*last)?.as_str()
    }

    /// The entries of a table of texts, such as `dependencies`.
    pub(super) fn entries(&self, table: &str) -> impl Iterator<Item = (&str, &str)> {
        let table = self.root.get(table).and_then(Value::as_object);
        table.into_iter().flatten().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.root.contains_key(key)
    }

    pub(super) fn depends_on(&self, name: &str) -> bool {
        self.text(&["dependencies", name]).is_some() || self.text(&["devDependencies", name]).is_some()
    }

    pub(super) fn script(&self, name: &str) -> Option<&str> {
        self.text(&["scripts", name]).map(str::trim).filter(|script| !script.is_empty())
    }

    fn folder(&self) -> &str {
        folder_of(&self.path)
    }

    /// The package that builds a site, with the folder that it builds into.
    fn builder(&self, project: &Project<'_>) -> Option<(&'static str, String)> {
        let build = self.script("build")?;
        let (name, folder) = BUILDERS.iter().find(|(name, _)| self.depends_on(name))?;
        let bundles = !matches!(*name, "webpack" | "rollup" | "esbuild")
            || project.repo.get(&within(self.folder(), "index.html")).is_some();
        let set =
            ["vite.config.ts", "vite.config.js", "vite.config.mjs", "astro.config.mjs"].iter().find_map(|config| {
                let code = super::javascript::without_comments(project.repo.text(&within(self.folder(), config))?);
                let (_, rest) = code.split_once("outDir")?;
                let rest = rest.trim_start().strip_prefix(':')?.trim_start();
                let quote = rest.chars().next().filter(|char| matches!(char, '"' | '\''))?;
                rest[1..]
                    .split_once(quote)
                    .map(|(folder, _)| folder.trim_start_matches("./").trim_end_matches('/').to_owned())
            });
        let folder = set.filter(|set| !set.is_empty() && !set.contains("..")).unwrap_or_else(|| (*folder).to_owned());
        (bundles && !build.contains("--ssr")).then_some((*name, folder))
    }
}

/// The first script of a start line that is a file: `node server.js`, `tsx src/index.ts`.
pub(super) fn started_file(line: &str) -> Option<&str> {
    line.split_whitespace().find(|word| {
        let ending = word.rsplit_once('.').map_or("", |(_, ending)| ending);
        matches!(ending, "js" | "mjs" | "cjs" | "ts" | "mts") && !word.starts_with('-')
    })
}

/// Every app that a `package.json` tells of.
pub(super) fn find(project: &Project<'_>) -> Vec<Candidate> {
    let files = project.repo.files().filter(|file| file.name() == "package.json" && !is_aside(file.path()));
    let packages = files.take(64).filter_map(|file| Package::read(project, file.path()));
    packages.filter_map(|package| candidate(project, &package)).collect()
}

fn candidate(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    let found = |framework, strength, needle: &str, why: String| {
        let evidence = vec![project.line_with(&package.path, needle, why)];
        Candidate { framework, file: package.path.clone(), object: None, evidence, strength }
    };
    // No program of a desk or a telephone is a page
    if ["electron", "react-native", "expo", "@tauri-apps/cli"].iter().any(|name| package.depends_on(name)) {
        return None;
    }
    if package.depends_on("next") && package.script("build").is_some() {
        let framework = if exports_next(project, package) { Framework::BuiltSite } else { Framework::Next };
        return Some(found(framework, 10, "\"next\"", "depends on `next`".to_owned()));
    }
    if package.depends_on("@sveltejs/kit") || package.depends_on("nuxt") {
        return kit(package)
            .map(|(framework, name)| found(framework, 10, &format!("\"{name}\""), format!("depends on `{name}`")));
    }
    let server = SERVERS.iter().find(|name| package.text(&["dependencies", name]).is_some());
    if let Some(name) = server
        && (start_script(package).is_some() || entry(project, package).is_some())
    {
        return Some(found(Framework::Express, 10, &format!("\"{name}\""), format!("depends on `{name}`")));
    }
    if let Some((name, _)) = package.builder(project) {
        return Some(found(Framework::BuiltSite, 10, &format!("\"{name}\""), format!("`{name}` builds it")));
    }
    let (_, start) = start_script(package)?;
    let runs_node = start.split_whitespace().any(|word| matches!(word, "node" | "tsx" | "ts-node"));
    runs_node.then(|| found(Framework::Node, 10, "\"start\"", format!("starts with `{start}`")))
}

/// `SvelteKit` and Nuxt, which build a server or a site.
fn kit(package: &Package) -> Option<(Framework, &'static str)> {
    if package.depends_on("@sveltejs/adapter-static") {
        return Some((Framework::BuiltSite, "@sveltejs/adapter-static"));
    }
    if package.depends_on("@sveltejs/adapter-node") {
        return Some((Framework::Node, "@sveltejs/adapter-node"));
    }
    package.depends_on("nuxt").then_some((Framework::Node, "nuxt"))
}

fn exports_next(project: &Project<'_>, package: &Package) -> bool {
    let names = ["next.config.js", "next.config.mjs", "next.config.ts"];
    names.iter().filter_map(|name| project.repo.text(&within(package.folder(), name))).any(|text| {
        let code: String = super::javascript::without_comments(text).split_whitespace().collect();
        code.contains("output:'export'") || code.contains("output:\"export\"")
    })
}

/// Programs that serve while somebody develops, and nothing else.
const FOR_DEVELOPMENT: [&str; 11] = [
    "ng",
    "vite",
    "next",
    "nodemon",
    "react-scripts",
    "webpack-dev-server",
    "webpack",
    "gulp",
    "electron",
    "parcel",
    "expo",
];

/// The script that starts the server: the first that is not for development.
fn start_script(package: &Package) -> Option<(&'static str, &str)> {
    let scripts = ["start", "start:prod", "prod", "production", "serve", "server"];
    scripts.into_iter().find_map(|name| {
        let line = package.script(name)?;
        let mut words =
            line.split_whitespace().filter(|word| !word.contains('=') && !matches!(*word, "npx" | "cross-env"));
        words.next().is_some_and(|program| !FOR_DEVELOPMENT.contains(&program)).then_some((name, line))
    })
}

/// The file that a server starts with, if it is in the repository.
pub(super) fn entry(project: &Project<'_>, package: &Package) -> Option<String> {
    let folder = package.folder();
    let from_start = start_script(package).and_then(|(_, line)| {
        started_file(line).or_else(|| {
            // `node server/app` finds a file with an ending, or an `index.js`
            line.split_whitespace().skip_while(|word| *word != "node").nth(1)
        })
    });
    let usual = [
        "server.js",
        "index.js",
        "app.js",
        "main.js",
        "src/index.js",
        "src/server.js",
        "src/app.js",
        "server.mjs",
        "index.mjs",
    ];
    let named = from_start.into_iter().chain(package.text(&["main"])).chain(usual);
    let paths = named.flat_map(|name| {
        let path = within(folder, name.trim_start_matches("./").trim_end_matches('/'));
        [format!("{path}.js"), format!("{path}/index.js"), path]
    });
    paths.into_iter().find(|path| project.repo.get(path).is_some())
}

/// What a Node app builds and starts with.
pub(super) struct Plan {
    /// The file that it starts with, or the folder of the built site with its page.
    pub(super) app_file: String,
    pub(super) build: Option<String>,
    pub(super) command: Vec<String>,
    pub(super) evidence: Evidence,
}

/// The lock of a package in a folder, and the program of `npm` and its kin that installs from it and runs its scripts.
pub(super) fn lock(project: &Project<'_>, folder: &str) -> Option<(&'static str, &'static str)> {
    Dependencies::locks(Runtime::Node).find(|(file, _)| project.repo.get(&within(folder, file)).is_some())
}

/// Works out how an app is built and started.
pub(super) fn plan(project: &Project<'_>, framework: Framework, package: &Package) -> Plan {
    let program = lock(project, package.folder()).map_or("npm", |(_, program)| program);
    let build = package.script("build").map(|_| format!("{program} run build"));
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let script = |name: &str| project.line_with(&package.path, &format!("\"{name}\""), format!("the script `{name}`"));
    let page_in = |folder: &str| within(package.folder(), &format!("{folder}/index.html"));
    match framework {
        Framework::BuiltSite => {
            let folder = if package.depends_on("next") {
                "out".to_owned()
            } else if package.depends_on("@sveltejs/adapter-static") {
                "build".to_owned()
            } else {
                package.builder(project).map_or_else(|| "dist".to_owned(), |(_, folder)| folder)
            };
            Plan { app_file: page_in(&folder), build, command: Vec::new(), evidence: script("build") }
        }
        Framework::Next => {
            // Not through npm, which would be the first process and pass no signal on
            let command = words("node node_modules/next/dist/bin/next start --hostname 0.0.0.0 --port {port}");
            Plan {
                app_file: package.path.clone(),
                build,
                command,
                evidence: project.line_with(&package.path, "\"next\"", "depends on `next`"),
            }
        }
        _ if package.depends_on("nuxt") => {
            let command = words("node .output/server/index.mjs");
            Plan { app_file: package.path.clone(), build, command, evidence: script("build") }
        }
        _ if package.depends_on("@sveltejs/adapter-node") => {
            Plan { app_file: package.path.clone(), build, command: words("node build"), evidence: script("build") }
        }
        _ => started(project, package, build, program),
    }
}

/// A server with a start script, or with a file that is usually the server.
fn started(project: &Project<'_>, package: &Package, build: Option<String>, runner: &str) -> Plan {
    let entry = entry(project, package);
    let app_file = entry.clone().unwrap_or_else(|| package.path.clone());
    let Some((name, start)) = start_script(package) else {
        let file = entry.unwrap_or_else(|| "server.js".to_owned());
        let evidence = Evidence::file(&file, "is there, and no script `start`");
        return Plan { app_file, build, command: vec!["node".to_owned(), file], evidence };
    };
    let plain = shlex::split(start).filter(|words| {
        let program = words.first().map_or("", String::as_str);
        program == "node" && !start.contains(['&', '|', ';', '>', '<', '$', '='])
    });
    let run: &[&str] = if name == "start" { &[runner, name] } else { &[runner, "run", name] };
    let run = || run.iter().map(|word| (*word).to_owned()).collect();
    let command = plain.or_else(|| with_variables(start)).unwrap_or_else(run);
    let evidence =
        project.line_with(&package.path, &format!("\"{name}\""), format!("the script `{name}` is `{start}`"));
    Plan { app_file, build, command, evidence }
}

/// `NAME=value node server.js`, which no shell is needed for.
fn with_variables(start: &str) -> Option<Vec<String>> {
    let words = shlex::split(start).filter(|_| !start.contains(['&', '|', ';', '>', '<', '$']))?;
    let words: Vec<String> = words.into_iter().skip_while(|word| word == "cross-env" || word == "env").collect();
    let program = words.iter().position(|word| !word.contains('='))?;
    (words[program] == "node").then(|| std::iter::once("env".to_owned()).chain(words).collect())
}
