//! A Node package: how it is built and started, according to its `package.json` and the files beside it.

use std::ops::Range;

use super::candidate::{Candidate, LIKELY};
use super::framework::Framework;
use super::model::Evidence;
use super::paths::{folder_of, within};
use super::project::Project;
use crate::facts::base_images::Runtime;
use crate::facts::node::FOR_DEVELOPMENT;
use crate::formats::dockerfile::CommandLine;
use crate::formats::package_json::PackageJson;
use crate::values::Dependencies;

/// A folder with a `package.json`.
pub(super) struct Package {
    pub(super) path: String,
    pub(super) manifest: PackageJson,
}

impl Package {
    pub(super) fn read(project: &Project<'_>, path: &str) -> Option<Self> {
        Some(Self { path: path.to_owned(), manifest: PackageJson::read(project.repo.text(path)?)? })
    }

    /// The text at the end of a path of keys.
    pub(super) fn text(&self, keys: &[&str]) -> Option<&str> {
        self.manifest.text(keys)
    }

    pub(super) fn depends_on(&self, name: &str) -> bool {
        self.manifest.dependency(name).is_some()
    }

    pub(super) fn script(&self, name: &str) -> Option<&str> {
        self.manifest.script(name)
    }

    /// Evidence at the key at the end of a path of keys.
    pub(super) fn at(&self, project: &Project<'_>, keys: &[&str], why: impl Into<String>) -> Evidence {
        self.evidence(project, self.manifest.place(keys), why)
    }

    /// Evidence at an installed package.
    pub(super) fn at_dependency(&self, project: &Project<'_>, name: &str, why: impl Into<String>) -> Evidence {
        self.evidence(project, self.manifest.dependency(name), why)
    }

    fn evidence(&self, project: &Project<'_>, place: Option<Range<usize>>, why: impl Into<String>) -> Evidence {
        match place {
            Some(place) => project.evidence_at(&self.path, place.start, why),
            None => Evidence::file(&self.path, why),
        }
    }

    pub(super) fn folder(&self) -> &str {
        folder_of(&self.path)
    }

    /// An app in the package.
    pub(super) fn candidate(&self, framework: Framework, evidence: Evidence) -> Candidate {
        Candidate::new(framework, &self.path, LIKELY, vec![evidence])
    }
}

/// Whether a framework of pages needs its own server or builds the pages ahead: Next.js, `SvelteKit`, Nuxt.
pub(super) fn has_metaframework(package: &Package) -> bool {
    let is_next = package.depends_on("next") && package.script("build").is_some();
    is_next || package.depends_on("@sveltejs/kit") || package.depends_on("nuxt")
}

/// The words of a script: what is set for its programs, and what they are started with.
pub(super) fn words(script: &str) -> Vec<String> {
    let commands = CommandLine::of_shell(script).commands().into_iter();
    let words = commands.flat_map(|command| command.assignments.into_iter().chain(command.words));
    words.map(|word| word.text.into_owned()).collect()
}

/// The first word of a script that is a file: `node server.js`, `tsx src/index.ts`.
fn started_file(words: &[String]) -> Option<&String> {
    words.iter().find(|word| {
        let ending = word.rsplit_once('.').map_or("", |(_, ending)| ending);
        matches!(ending, "js" | "mjs" | "cjs" | "ts" | "mts") && !word.starts_with('-')
    })
}

/// The script that starts the server: the first that is not for development.
pub(super) fn start_script(package: &Package) -> Option<(&'static str, &str)> {
    let scripts = ["start", "start:prod", "prod", "production", "serve", "server"];
    scripts.into_iter().find_map(|name| {
        let line = package.script(name)?;
        let mut words = words(line).into_iter().filter(|word| !word.contains('=') && !is_wrapper(word));
        words.next().is_some_and(|program| !FOR_DEVELOPMENT.contains(&&*program)).then_some((name, line))
    })
}

/// The entry file of a server, if it is in the repository.
pub(super) fn entry(project: &Project<'_>, package: &Package) -> Option<String> {
    let folder = package.folder();
    let words = start_script(package).map(|(_, line)| words(line)).unwrap_or_default();
    // `node server/app` finds a file with an ending, or an `index.js`
    let of_node = || words.iter().skip_while(|word| *word != "node").nth(1);
    let from_start = started_file(&words).or_else(of_node).map(String::as_str);
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

/// How an app is built and started.
pub(super) struct Plan {
    /// The entry file, or the folder of the built site with its page.
    pub(super) app_file: String,
    pub(super) build: Option<String>,
    pub(super) command: Vec<String>,
    pub(super) evidence: Evidence,
}

/// The lock file of a package in a folder, and the package manager that installs from it and runs its scripts.
pub(super) fn lock(project: &Project<'_>, folder: &str) -> Option<(&'static str, &'static str)> {
    Dependencies::locks(Runtime::Node).find(|(file, _)| project.repo.get(&within(folder, file)).is_some())
}

/// The package manager that runs the scripts of a package.
fn runner(project: &Project<'_>, package: &Package) -> &'static str {
    lock(project, package.folder()).map_or("npm", |(_, program)| program)
}

/// The command that builds a package, if it has such a script.
pub(super) fn build(project: &Project<'_>, package: &Package) -> Option<String> {
    package.script("build").map(|_| format!("{} run build", runner(project, package)))
}

/// Evidence at a script.
pub(super) fn at_script(project: &Project<'_>, package: &Package, name: &str) -> Evidence {
    package.at(project, &["scripts", name], format!("the script `{name}`"))
}

/// A server with a start script, or with a file that is usually the server.
pub(super) fn started(project: &Project<'_>, package: &Package) -> Plan {
    let (runner, build) = (runner(project, package), build(project, package));
    let entry = entry(project, package);
    let app_file = entry.clone().unwrap_or_else(|| package.path.clone());
    let Some((name, start)) = start_script(package) else {
        let file = entry.unwrap_or_else(|| "server.js".to_owned());
        let evidence = Evidence::file(&file, "exists, and `package.json` has no `start` script");
        return Plan { app_file, build, command: vec!["node".to_owned(), file], evidence };
    };
    let run: &[&str] = if name == "start" { &[runner, name] } else { &[runner, "run", name] };
    let run = || run.iter().map(|word| (*word).to_owned()).collect();
    let command = without_shell(start).unwrap_or_else(run);
    let evidence = package.at(project, &["scripts", name], format!("the script `{name}` is `{start}`"));
    Plan { app_file, build, command, evidence }
}

/// `node server.js` or `NAME=value node server.js`, which no shell is needed for.
fn without_shell(start: &str) -> Option<Vec<String>> {
    if start.contains(['&', '|', ';', '>', '<', '$', '`']) || CommandLine::of_shell(start).commands().len() != 1 {
        return None;
    }
    let words: Vec<String> = words(start).into_iter().skip_while(|word| is_wrapper(word)).collect();
    let program = words.iter().position(|word| !word.contains('='))?;
    let env = (program > 0).then(|| "env".to_owned());
    (words[program] == "node").then(|| env.into_iter().chain(words).collect())
}

/// Programs in front of another that change only its environment, or where it is found.
fn is_wrapper(word: &str) -> bool {
    matches!(word, "npx" | "cross-env" | "env")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_of_one_plain_command_needs_no_shell() {
        let command = |script| without_shell(script).map(|words| words.join(" "));
        assert_eq!(command("node server.js --a=b").as_deref(), Some("node server.js --a=b"));
        assert_eq!(command("cross-env A=1 node 'a b.js'").as_deref(), Some("env A=1 node a b.js"));
        assert_eq!(command("A=1 npx tsx a.ts"), None, "not Node itself");
        for script in ["node a & node b", "node $A", "node a\nnode b", "node `pwd`/a.js", "A=1", ""] {
            assert_eq!(command(script), None, "{script}");
        }
    }
}
