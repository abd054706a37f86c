//! How a Node app is started: the script that starts it, its file, and the packages that the script needs.

use super::model::{Evidence, Note};
use super::node_package::{self, Package, Plan};
use super::paths::within;
use super::project::Project;
use crate::facts::node::{FOR_DEVELOPMENT, OF_OTHER_LANGUAGES, PROGRAMS};
use crate::formats::dockerfile::CommandLine;
use crate::formats::javascript::without_comments;
use crate::formats::javascript_serve::served;
use crate::values::last_part;

/// The words of a script: what is set for its programs, and what they are started with.
pub(super) fn words(script: &str) -> Vec<String> {
    let commands = CommandLine::of_shell(script).commands().into_iter();
    let words = commands.flat_map(|command| command.assignments.into_iter().chain(command.words));
    words.map(|word| word.text.into_owned()).collect()
}

fn has_ending(word: &str, endings: &[&str]) -> bool {
    let ending = word.rsplit_once('.').map_or("", |(_, ending)| ending);
    endings.contains(&ending) && !word.starts_with('-')
}

/// The endings of files that Node, or a program for TypeScript, runs.
const SCRIPTS: [&str; 7] = ["js", "mjs", "cjs", "ts", "mts", "tsx", "jsx"];

/// The first word of a script that is a file: `node server.js`, `tsx src/index.ts`.
fn started_file(words: &[String]) -> Option<&String> {
    words.iter().find(|word| has_ending(word, &["js", "mjs", "cjs", "ts", "mts", "tsx"]))
}

/// The script that starts the server: the first that is not for development, rather one that does not watch its files.
pub(super) fn start_script(package: &Package) -> Option<(&'static str, &str)> {
    let scripts = ["start", "start:prod", "prod", "production", "serve", "server"];
    let servers = || {
        scripts.into_iter().filter_map(|name| {
            let line = package.script(name)?;
            let is_other = |program: &str| FOR_DEVELOPMENT.contains(&program) || OF_OTHER_LANGUAGES.contains(&program);
            program(line).is_some_and(|program| !is_other(&program)).then_some((name, line))
        })
    };
    let watches = |line: &str| words(line).iter().any(|word| matches!(&**word, "watch" | "--watch" | "--hot"));
    servers().find(|(_, line)| !watches(line)).or_else(|| servers().next())
}

/// The program that a script starts first, without what only changes its environment.
pub(super) fn program(script: &str) -> Option<String> {
    words(script).into_iter().find(|word| !word.contains('=') && !is_wrapper(word))
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
    let of_bun = ["index.ts", "src/index.ts", "server.ts", "src/server.ts", "index.tsx", "src/index.tsx"];
    let of_bun = of_bun.into_iter().filter(|_| runs_on_bun(project, package));
    let named = from_start.into_iter().chain(package.text(&["module"])).chain(package.text(&["main"]));
    let paths = named.chain(of_bun).chain(usual).flat_map(|name| {
        let path = within(folder, name.trim_start_matches("./").trim_end_matches('/'));
        [format!("{path}.js"), format!("{path}/index.js"), path]
    });
    // `bin/www` has no ending
    let is_script = |path: &String| !last_part(path).contains('.') || has_ending(path, &SCRIPTS);
    paths.into_iter().filter(is_script).find(|path| project.repo.get(path).is_some())
}

/// Whether Bun runs the app, and not Node: its start script does, or it has none and Bun installs its packages, or only Bun can.
pub(super) fn runs_on_bun(project: &Project<'_>, package: &Package) -> bool {
    match start_script(package) {
        Some((_, line)) if program(line).is_some_and(|program| program == "bun") => true,
        Some(_) => exported_to_bun(project, package).is_some(),
        None => is_for_bun(project, package),
    }
}

/// Whether a package names Bun: as its package manager, by its types, or in a script.
fn is_for_bun(project: &Project<'_>, package: &Package) -> bool {
    let develops = |name: &&str| package.script(name).and_then(program).is_some_and(|program| program == "bun");
    node_package::runner(project, package) == "bun"
        || package.text(&["packageManager"]).is_some_and(|manager| manager.starts_with("bun@"))
        || ["@types/bun", "bun-types"].iter().any(|name| package.depends_on(name))
        || ["dev", "start:dev"].iter().any(develops)
}

/// The source file that exports its server, which only Bun then starts: Node would load it and end.
/// Source: <https://bun.com/docs/runtime/http/server#export-default-syntax>.
fn exported_to_bun(project: &Project<'_>, package: &Package) -> Option<String> {
    if !is_for_bun(project, package) {
        return None;
    }
    let (named, is_guessed) = match start_script(package) {
        Some((_, line)) => (Some(started_file(&words(line))?.clone()), false),
        None => (package.text(&["main"]).map(str::to_owned), true),
    };
    let named = named.iter().flat_map(|name| {
        let name = name.trim_start_matches("./");
        std::iter::once(name.to_owned()).chain(sources_of(name)).map(|path| within(package.folder(), &path))
    });
    let usual = typescript(project, package).filter(|_| is_guessed);
    let path = named.chain(usual).find(|path| project.repo.get(path).is_some())?;
    let code = without_comments(project.repo.text(&path)?);
    (served(&code, true).is_some() && served(&code, false).is_none() && !code.contains(".listen(")).then_some(path)
}

/// Whether a package has a server of its own: a start script, or the file of one.
pub(super) fn has_server(project: &Project<'_>, package: &Package) -> bool {
    // An app for another platform, which starts without a script
    let is_worker = package.depends_on("wrangler");
    start_script(package).is_some() || (!is_worker && without_script(project, package).is_some())
}

/// The command of a server without a start script, and the file that it starts.
fn without_script(project: &Project<'_>, package: &Package) -> Option<(Vec<String>, String)> {
    let start = |program: &str, file: String| Some((vec![program.to_owned(), file.clone()], file));
    if let Some(file) = exported_to_bun(project, package) {
        return start("bun", file);
    }
    if let Some(main) = built_main(project, package) {
        return start("node", main);
    }
    if let Some(file) = entry(project, package) {
        return start(if runs_on_bun(project, package) { "bun" } else { "node" }, file);
    }
    let runner = RUN_TYPESCRIPT.into_iter().find(|name| package.depends_on(name))?;
    start(&format!("node_modules/.bin/{runner}"), typescript(project, package)?)
}

/// Programs that run TypeScript as it is, and the usual files of a server.
const RUN_TYPESCRIPT: [&str; 2] = ["tsx", "ts-node"];
const TYPESCRIPT: [&str; 8] =
    ["server.ts", "src/server.ts", "index.ts", "src/index.ts", "app.ts", "src/app.ts", "main.ts", "src/main.ts"];

/// The file in TypeScript that a script for development starts, or one of the usual ones.
fn typescript(project: &Project<'_>, package: &Package) -> Option<String> {
    let scripts = ["start", "dev", "start:dev", "serve", "develop"].into_iter().filter_map(|name| package.script(name));
    let named = scripts.flat_map(words).filter(|word| has_ending(word, &["ts", "mts", "tsx"]));
    let files = named.chain(TYPESCRIPT.map(str::to_owned));
    let paths = files.map(|file| within(package.folder(), file.trim_start_matches("./")));
    paths.into_iter().find(|path| project.repo.get(path).is_some())
}

/// The source file that a start command runs, if it is in the repository; of a built file the one that it is made from.
pub(super) fn started_source(project: &Project<'_>, package: &Package, command: &[String]) -> Option<String> {
    let script = start_script(package).map(|(_, line)| words(line)).unwrap_or_default();
    // `node dist/main` finds a file with an ending
    let of_node = |words: &[String]| words.iter().skip_while(|word| *word != "node").nth(1).cloned();
    let named = [command, &script[..]].into_iter().find_map(|words| started_file(words).cloned().or(of_node(words)));
    let Some(named) = named else { return entry(project, package) };
    let own = named.trim_start_matches("./").trim_end_matches('/');
    let exists = |path: &String| project.repo.get(path).is_some();
    let of_folder = |path: &str| within(package.folder(), path);
    let ended = [own.to_owned(), format!("{own}.js"), format!("{own}/index.js")];
    // A file that no script names has the folder in its path already
    let as_it_is = ended.iter().map(|path| of_folder(path)).chain([own.to_owned()]);
    as_it_is.into_iter().find(exists).or_else(|| {
        let is_own = !own.contains("node_modules/") && !node_package::has_metaframework(package);
        sources_of(own).into_iter().filter(|_| is_own).map(|path| of_folder(&path)).find(exists)
    })
}

/// The files that a built one may be made from: `src/main.ts` for `dist/main.js`.
fn sources_of(built: &str) -> Vec<String> {
    const ENDINGS: [&str; 6] = ["ts", "mts", "tsx", "js", "mjs", "cjs"];
    let stem = if has_ending(built, &SCRIPTS) { built.rsplit_once('.').map_or(built, |(stem, _)| stem) } else { built };
    let parts: Vec<&str> = stem.split('/').collect();
    let Some(output) = parts.iter().position(|part| OUTPUTS.contains(part)) else { return Vec::new() };
    let (before, behind) = (parts[..output].join("/"), parts[output + 1..].join("/"));
    let name = last_part(stem);
    let stems = ["src/", ""]
        .into_iter()
        .flat_map(|folder| [behind.as_str(), name].map(|stem| within(&before, &format!("{folder}{stem}"))));
    stems.flat_map(|stem| ENDINGS.map(|ending| format!("{stem}.{ending}"))).collect()
}

/// The folders that builds write.
const OUTPUTS: [&str; 4] = ["dist", "build", "lib", "out"];

/// The `main` file, if a build script writes it.
fn built_main(project: &Project<'_>, package: &Package) -> Option<String> {
    let main = package.text(&["main"])?.trim_start_matches("./");
    let is_output = main.split_once('/').is_some_and(|(folder, _)| OUTPUTS.contains(&folder));
    package.script("build")?;
    let path = within(package.folder(), main);
    (is_output && has_ending(main, &["js", "mjs", "cjs"]) && project.repo.get(&path).is_none()).then_some(path)
}

/// A server with a start script, or with a file that is usually the server.
pub(super) fn started(project: &Project<'_>, package: &Package) -> Plan {
    // The package manager need not have what the script starts
    let is_bun = start_script(package).and_then(|(_, start)| program(start)).is_some_and(|program| program == "bun");
    // A script that starts the built file starts no server
    let exported = exported_to_bun(project, package).filter(|_| !is_bun);
    let runner = if is_bun { "bun" } else { node_package::runner(project, package) };
    let entry = exported.clone().or_else(|| entry(project, package));
    let app_file = entry.clone().unwrap_or_else(|| package.path.clone());
    let plan = |command: Vec<String>, evidence: Evidence| Plan {
        app_file,
        build: node_package::build(project, package),
        command,
        evidence,
        needs: Vec::new(),
        notes: Vec::new(),
    };
    if let Some(file) = exported {
        let evidence = Evidence::file(&file, "exports its server, which Bun starts");
        return plan(vec!["bun".to_owned(), file.clone()], evidence);
    }
    let Some((name, start)) = start_script(package) else {
        let usual = || (super::command::words(&["node", "server.js"]), "server.js".to_owned());
        let (command, file) = without_script(project, package).unwrap_or_else(usual);
        let evidence = Evidence::file(&file, "is started: no script of `package.json` starts a server");
        let needs = needed_by(package, &command.join(" "), 0);
        return Plan { needs, ..plan(command, evidence) };
    };
    let evidence = package.at(project, &["scripts", name], format!("the script `{name}` is `{start}`"));
    if let Some(command) = without_shell(start).filter(|_| !prepares(package, name)) {
        let needed = needed_by(package, &command.join(" "), 0);
        return Plan { needs: needed, ..plan(command, evidence) };
    }
    // `bun start` is short for nothing
    let is_short = name == "start" && runner != "bun";
    let run: &[&str] = if is_short { &[runner, name] } else { &[runner, "run", name] };
    let before = package.script(&format!("pre{name}"));
    let needs = before.into_iter().chain([start]).flat_map(|script| needed_by(package, script, 0)).collect();
    let missing = missing_program(project, package, name, start);
    Plan { needs, ..plan(super::command::words(run), evidence) }.note(missing)
}

/// Whether a script runs before that one and does more than the build, which the image has.
fn prepares(package: &Package, name: &str) -> bool {
    package.script(&format!("pre{name}")).is_some_and(|script| {
        let words = words(script);
        !matches!(words.iter().map(String::as_str).collect::<Vec<_>>()[..], [_, "run", "build"] | [_, "build"])
    })
}

/// How deep scripts that run scripts are followed.
const DEPTH_MAX: usize = 3;

/// The packages for development that a script needs: programs, and modules that are loaded into one.
fn needed_by(package: &Package, script: &str, depth: usize) -> Vec<String> {
    let words = words(script);
    let mut found: Vec<String> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let name = package_of(word);
        if package.only_develops_with(name) {
            found.push(name.to_owned());
        }
        let runs_script =
            at > 0 && (words[at - 1] == "run" || matches!(&*words[at - 1], "npm" | "yarn" | "pnpm" | "bun"));
        if let Some(other) = package.script(word).filter(|_| runs_script && depth < DEPTH_MAX) {
            found.extend(needed_by(package, other, depth + 1));
        }
    }
    found
}

/// The package that a word of a script names: a program, `--import=tsx`, `ts-node/register`.
fn package_of(word: &str) -> &str {
    let word = if word.starts_with('-') { word.split_once('=').map_or("", |(_, value)| value) } else { word };
    let word = word.strip_prefix("node_modules/.bin/").or(word.strip_prefix("./node_modules/.bin/")).unwrap_or(word);
    if let Some((_, package)) = PROGRAMS.iter().find(|(program, _)| *program == word) {
        return package;
    }
    let parts = if word.starts_with('@') { 2 } else { 1 };
    word.match_indices('/').nth(parts - 1).map_or(word, |(at, _)| &word[..at])
}

/// A note about a program that no package of the app has.
fn missing_program(project: &Project<'_>, package: &Package, name: &str, start: &str) -> Option<Note> {
    let program = program(start)?;
    let (_, of) = PROGRAMS.iter().find(|(known, _)| *known == program)?;
    if package.depends_on(of) {
        return None;
    }
    let note = Note::new(format!("the script `{name}` runs `{program}`, which no package in `package.json` has"));
    let install = match node_package::runner(project, package) {
        "npm" => "npm install",
        "yarn" => "yarn add",
        "pnpm" => "pnpm add",
        _ => "bun add",
    };
    let evidence = package.at(project, &["scripts", name], "starts it");
    Some(note.help(format!("run `{install} {of}`, and commit what it writes")).seen(evidence))
}

/// `node server.js` or `NAME=value node server.js`, which no shell is needed for.
fn without_shell(start: &str) -> Option<Vec<String>> {
    if start.contains(['&', '|', ';', '>', '<', '$', '`']) || CommandLine::of_shell(start).commands().len() != 1 {
        return None;
    }
    let words: Vec<String> = words(start).into_iter().skip_while(|word| is_wrapper(word)).collect();
    let program = words.iter().position(|word| !word.contains('='))?;
    let is_script = || words.get(program + 2).is_some_and(|word| has_ending(word, &["js", "mjs", "ts", "tsx", "mts"]));
    let is_bun =
        |first: &str| first == "bun" && (words.get(program + 1).is_some_and(|word| word != "run") || is_script());
    let env = (program > 0).then(|| "env".to_owned());
    (words[program] == "node" || is_bun(&words[program])).then(|| env.into_iter().chain(words).collect())
}

/// Programs in front of another that change only its environment, or where it is found.
fn is_wrapper(word: &str) -> bool {
    matches!(word, "npx" | "bunx" | "cross-env" | "env")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::package_json::PackageJson;

    #[test]
    fn a_script_of_one_plain_command_needs_no_shell() {
        let command = |script| without_shell(script).map(|words| words.join(" "));
        assert_eq!(command("node server.js --a=b").as_deref(), Some("node server.js --a=b"));
        assert_eq!(command("cross-env A=1 node 'a b.js'").as_deref(), Some("env A=1 node a b.js"));
        assert_eq!(command("bun run src/index.ts").as_deref(), Some("bun run src/index.ts"));
        assert_eq!(command("A=1 npx tsx a.ts"), None, "not Node itself");
        for script in ["node a & node b", "node $A", "node a\nnode b", "node `pwd`/a.js", "A=1", "", "bun run serve"] {
            assert_eq!(command(script), None, "{script}");
        }
    }

    #[test]
    fn packages_for_development_that_a_script_needs() {
        let text = r#"{"scripts": {"migrate": "prisma migrate deploy"}, "dependencies": {"express": "4", "dotenv": "16"},
            "devDependencies": {"tsx": "4", "ts-node": "10", "@nestjs/cli": "10", "prisma": "6", "dotenv": "16"}}"#;
        let package = Package { path: String::new(), manifest: PackageJson::read(text).unwrap() };
        for (script, needed) in [
            ("tsx server.ts", "tsx"),
            ("node --import=tsx server.ts", "tsx"),
            ("node --import tsx server.ts", "tsx"),
            ("node -r ts-node/register server.ts", "ts-node"),
            ("nest start", "@nestjs/cli"),
            ("npm run migrate && node dist/main.js", "prisma"),
            ("node -r dotenv/config dist/main.js", ""),
            ("node dist/express/tsx.js", ""),
        ] {
            assert_eq!(needed_by(&package, script, 0).join(" "), needed, "{script}");
        }
    }
}
