//! Names in the environment whose values a build writes into the pages: `NEXT_PUBLIC_*`, `VITE_*` and the like. Set when the app
//! starts, they have no effect.

use std::collections::BTreeMap;
use std::ops::Range;

use super::paths::{folder_of, within};
use super::project::is_aside;
use crate::facts::public_names::{FILES_OF_VALUES, GIVE_VALUES_AT_RUN_TIME, PUBLIC_NAMES, PublicNames, ReadFrom};
use crate::formats::package_json::PackageJson;
use crate::formats::{env_file, javascript};
use crate::repo::{File, Repo};

/// The limits of what is read.
const FILES_MAX: usize = 500;
const BYTES_MAX: u64 = 128 * 1024;
const TOTAL_MAX: u64 = 4 * 1024 * 1024;
const NAMES_MAX: usize = 100;
const PACKAGES_MAX: usize = 64;
/// The maximum number of places in a file that read such names: for each, the file is searched.
const READS_MAX: usize = 200;
/// The length of the text in which a value is examined further.
const NEAR: usize = 120;

/// Endings of code for pages.
const ENDINGS: [&str; 11] = ["js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "vue", "svelte", "astro"];

/// A name that the build needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BuildName {
    pub(crate) name: String,
    /// The file that reads it, and the place of the name there.
    pub(crate) path: String,
    pub(crate) range: Range<usize>,
    /// The package whose build replaces it.
    pub(crate) package: &'static str,
    /// The text that the code uses instead.
    pub(crate) default: Option<String>,
    /// Whether the code may do without it: it has a default, or is asked whether it is set.
    pub(crate) is_optional: bool,
    /// The file of the repository that gives it a value for the build, or that may.
    pub(crate) given_by: Option<String>,
}

/// The names that the build of the package in a folder needs, in alphabetical order, each where it is read first.
pub(crate) fn names_at_build(repo: &Repo, folder: &str) -> Vec<BuildName> {
    let Some(manifest) = repo.text(&within(folder, "package.json")) else { return Vec::new() };
    let Some(package) = PackageJson::read(manifest) else { return Vec::new() };
    let has = |name: &&str| package.dependency(name).is_some();
    let rows: Vec<&PublicNames> = PUBLIC_NAMES.iter().filter(|row| has(&row.package)).collect();
    if rows.is_empty() || GIVE_VALUES_AT_RUN_TIME.iter().any(has) {
        return Vec::new();
    }
    let mut found: BTreeMap<String, BuildName> = BTreeMap::new();
    for file in sources(repo, folder) {
        let Some(text) = file.text() else { continue };
        let rows: Vec<_> = rows.iter().filter(|row| text.contains(row.prefix)).collect();
        if rows.is_empty() {
            continue;
        }
        let code = javascript::without_comments(text);
        for name in rows.iter().flat_map(|row| of_file(file.path(), &code, row)) {
            // One place that needs it is enough
            if found.get(&name.name).map_or(found.len() < NAMES_MAX, |known| known.is_optional && !name.is_optional) {
                found.insert(name.name.clone(), name);
            }
        }
    }
    let mut names: Vec<_> = found.into_values().collect();
    give(repo, folder, manifest, &mut names);
    names
}

/// The folder of the only package whose build replaces names, unless several do.
pub(crate) fn only_package(repo: &Repo) -> Option<String> {
    let manifests = repo.files().filter(|file| file.name() == "package.json" && !is_aside(file.path()));
    let builds = |text: &str| {
        PUBLIC_NAMES.iter().any(|row| text.contains(row.package))
            && PackageJson::read(text)
                .is_some_and(|package| PUBLIC_NAMES.iter().any(|row| package.dependency(row.package).is_some()))
    };
    let mut folders =
        manifests.take(PACKAGES_MAX).filter(|file| file.text().is_some_and(builds)).map(|file| folder_of(file.path()));
    let only = folders.next()?;
    folders.next().is_none().then(|| only.to_owned())
}

/// The public name that a text ends with: `import.meta.env.VITE_API` or `process.env.REACT_APP_API`.
pub(crate) fn name_before(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let start = text.rfind(|char: char| !(char.is_ascii_alphanumeric() || char == '_')).map_or(0, |at| at + 1);
    let (before, name) = text.split_at(start);
    let is_read = ["import.meta.env.", "process.env."].iter().any(|object| before.ends_with(object));
    (is_read && PUBLIC_NAMES.iter().any(|row| name.starts_with(row.prefix))).then_some(name)
}

/// The file that gives a name its value when the package of a source file is built, or that may.
pub(crate) fn given_by(repo: &Repo, source: &str, name: &str) -> Option<String> {
    let dockerfile = repo.text("Dockerfile").filter(|text| text.contains(name));
    if dockerfile.is_some() {
        return Some("Dockerfile".to_owned());
    }
    let mut folder = folder_of(source);
    while !folder.is_empty() && repo.get(&within(folder, "package.json")).is_none() {
        folder = folder_of(folder);
    }
    let manifest = repo.text(&within(folder, "package.json")).unwrap_or_default();
    let range = 0..0;
    let (name, path) = (name.to_owned(), source.to_owned());
    let mut names = [BuildName { name, path, range, package: "", default: None, is_optional: true, given_by: None }];
    give(repo, folder, manifest, &mut names);
    let [found] = names;
    found.given_by
}

/// The code of a package.
fn sources<'r>(repo: &'r Repo, folder: &str) -> Vec<&'r File> {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let is_code = |file: &&File| {
        let name = file.name();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_other =
            [".test.", ".spec.", ".stories.", ".config.", ".min.", ".d."].iter().any(|part| name.contains(part));
        file.path().starts_with(&prefix) && ENDINGS.contains(&ending) && !is_other && !is_aside(file.path())
    };
    within_limits(repo.files().filter(is_code))
}

/// The first files that are small, and not too many.
pub(super) fn within_limits<'r>(files: impl Iterator<Item = &'r File>) -> Vec<&'r File> {
    let mut left = TOTAL_MAX;
    let small = files.filter(|file| file.size() <= BYTES_MAX).take(FILES_MAX);
    let fitting = small.take_while(|file| {
        left = left.saturating_sub(file.size());
        left > 0
    });
    fitting.collect()
}

/// The names of one kind in code without comments.
fn of_file(path: &str, code: &str, row: &'static PublicNames) -> Vec<BuildName> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(row.prefix).take(READS_MAX) {
        let rest = &code[at..];
        let end = rest.find(|char: char| !(char.is_ascii_alphanumeric() || char == '_')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let before = &code[..at];
        if name.len() == row.prefix.len() || is_of_name(before) {
            continue;
        }
        let read = match row.read_from {
            ReadFrom::ProcessEnv => before_member(before, "process.env"),
            ReadFrom::ImportMeta => {
                before_member(before, "import.meta.env").or_else(|| is_taken_from(before, after, "import.meta.env"))
            }
            ReadFrom::Module(module) => is_imported_from(before, after, module),
        };
        let Some(start) = read else { continue };
        let (default, is_optional) = use_of(code, start, name, after);
        let range = at..at + name.len();
        let (name, path) = (name.to_owned(), path.to_owned());
        found.push(BuildName { name, path, range, package: row.package, default, is_optional, given_by: None });
    }
    found
}

/// Whether a text ends within a name.
fn is_of_name(before: &str) -> bool {
    before.ends_with(|char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '$'))
}

/// Where `object.` or `object["` begins, if the text ends with it.
fn before_member(before: &str, object: &str) -> Option<usize> {
    let rest = [".", "?.", "[\"", "['"].iter().find_map(|access| before.strip_suffix(access)?.strip_suffix(object))?;
    (!is_of_name(rest)).then_some(rest.len())
}

/// The place of a name in `{ NAME } = object`.
fn is_taken_from(before: &str, after: &str, object: &str) -> Option<usize> {
    let (names, rest) = near_end(after).split_once('}')?;
    let is_list =
        !names.contains(['(', ';', '{']) && rest.trim_start().strip_prefix('=')?.trim_start().starts_with(object);
    is_list.then_some(before.len())
}

/// The place of a name in `import { NAME } from "module"`.
fn is_imported_from(before: &str, after: &str, module: &str) -> Option<usize> {
    let (list, rest) = near_end(after).split_once('}')?;
    let from = rest.trim_start().strip_prefix("from")?.trim_start().get(1..)?;
    (!list.contains(['(', ';', '{']) && from.starts_with(module)).then_some(before.len())
}

/// The beginning of a text.
fn near_end(text: &str) -> &str {
    &text[..text.floor_char_boundary(NEAR * 8)]
}

/// What the code uses if a value is missing, and whether it may be missing. `start` is where the expression begins, `after` is the
/// text behind the name.
fn use_of(code: &str, start: usize, name: &str, after: &str) -> (Option<String>, bool) {
    let after = after.trim_start_matches(['"', '\'', ']']).trim_start_matches(['!', ')']).trim_start();
    if let Some(rest) = after.strip_prefix("||").or_else(|| after.strip_prefix("??")) {
        return (javascript::literal(rest), true);
    }
    let before = code[..start].trim_end();
    let is_asked = ["&&", "?", "===", "!==", "==", "!="].iter().any(|mark| after.starts_with(mark))
        || ["!", "if (", "if(", "typeof", "Boolean("].iter().any(|mark| before.ends_with(mark));
    // `NAME: process.env.NAME` gives it to code that may know a default
    let key = before.strip_suffix(':').map(|key| key.trim_end_matches(['"', '\'']));
    let is_passed_on = key.is_some_and(|key| key.ends_with(name));
    let is_missed = assigned(before).is_some_and(|name| may_do_without(code, name));
    (None, is_asked || is_passed_on || is_missed)
}

/// The variable that a value is assigned to.
fn assigned(before: &str) -> Option<&str> {
    let before = before.strip_suffix('=')?.trim_end();
    // Its type is between the two
    let line = before.rsplit(['\n', ';']).next()?;
    let named = ["const ", "let ", "var "].iter().find_map(|word| Some(line.rsplit_once(word)?.1))?;
    let name = named.split([':', ' ']).next()?;
    (!name.is_empty() && name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '$')))
        .then_some(name)
}

/// Whether code asks if a variable is set, and does not stop if it is not.
fn may_do_without(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + name.len()..]);
        if is_of_name(before)
            || before.ends_with('.')
            || after.starts_with(|char: char| char.is_ascii_alphanumeric() || char == '_')
        {
            return false;
        }
        let asks_behind =
            ["||", "??", "&&", "?", "=== ", "!== "].iter().any(|mark| after.trim_start().starts_with(mark));
        let asks_before = before.ends_with('!') || before.trim_end().ends_with("if (");
        let near = &after[..after.floor_char_boundary(NEAR)];
        (asks_behind || asks_before) && !near.contains("throw")
    })
}

/// Finds what gives the names their values.
fn give(repo: &Repo, folder: &str, manifest: &str, names: &mut [BuildName]) {
    let files = FILES_OF_VALUES.iter().map(|name| within(folder, name));
    let small = |path: &String| repo.get(path).is_some_and(|file| file.size() <= BYTES_MAX);
    let values: Vec<(String, &str)> =
        files.filter(small).filter_map(|path| Some((path.clone(), repo.text(&path)?))).collect();
    let others = within_limits(repo.files().filter(|file| may_give(file, folder)));
    for name in names {
        let sets = |text: &str| env_file::settings(text).any(|set| set.name == name.name && !set.value.is_empty());
        let of_file = values.iter().find(|(_, text)| sets(text)).map(|(path, _)| path.clone());
        let of_script = || manifest.contains(&name.name).then(|| within(folder, "package.json"));
        let mentions = |file: &&&File| file.text().is_some_and(|text| text.contains(&name.name));
        let of_other = || others.iter().find(mentions).map(|file| file.path().to_owned());
        name.given_by = of_file.or_else(of_script).or_else(of_other);
    }
}

/// Whether a file is one of those that may give a name its value: the settings of the build, or a script that replaces it.
fn may_give(file: &File, folder: &str) -> bool {
    let name = file.name();
    let is_beside = folder_of(file.path()) == folder;
    let is_script = name.rsplit_once('.').is_some_and(|(_, ending)| matches!(ending, "sh" | "conf" | "template"));
    file.size() <= BYTES_MAX && (is_script || (is_beside && name.contains(".config.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names, with `?` behind those that may be missing, `=` and their default, and `<` and what gives them a value.
    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let files = files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
        let names = names_at_build(&Repo::from_files(files), "");
        let line = |name: BuildName| {
            let default = name.default.map(|text| format!("={text}")).unwrap_or_default();
            let given = name.given_by.map(|path| format!("<{path}")).unwrap_or_default();
            format!("{}{}{default}{given}", name.name, if name.is_optional { "?" } else { "" })
        };
        names.into_iter().map(line).collect()
    }

    fn of(package: &str, path: &str, code: &str) -> Vec<String> {
        let manifest = format!("{{\"dependencies\": {{\"{package}\": \"1\"}}}}");
        found(&[("package.json", &manifest), (path, code)])
    }

    #[test]
    fn a_name_is_read_as_its_package_reads_it() {
        for (package, path, code) in [
            ("next", "app/page.jsx", "fetch(`${process.env.NEXT_PUBLIC_A}/x`)"),
            ("next", "lib/api.ts", "const a = process.env['NEXT_PUBLIC_A']!;\nfetch(a)"),
            ("vite", "src/api.ts", "axios.create({ baseURL: '' + import.meta.env.VITE_A })"),
            ("vite", "src/App.vue", "<script>\nconst { VITE_A, MODE } = import.meta.env\n</script>"),
            ("astro", "src/pages/index.astro", "---\nconst a = import.meta.env.PUBLIC_A;\n---"),
            ("@sveltejs/kit", "src/a.svelte", "import { PUBLIC_A } from '$env/static/public';"),
            ("react-scripts", "src/App.js", "open(process.env.REACT_APP_A)"),
        ] {
            let found = of(package, path, code);
            assert_eq!(found.len(), 1, "{package}: {code}");
            assert!(found[0].ends_with("_A"), "{found:?}");
        }
    }

    #[test]
    fn what_is_replaced_at_no_build_is_not_found() {
        for (package, path, code) in [
            ("next", "app/page.jsx", "// process.env.NEXT_PUBLIC_A\nprocess.env.OTHER"),
            ("next", "app/page.test.jsx", "process.env.NEXT_PUBLIC_A"),
            ("next", "app/a.js", "const { NEXT_PUBLIC_A } = process.env"),
            ("express", "server.js", "process.env.NEXT_PUBLIC_A"),
            ("vite", "src/a.ts", "process.env.VITE_A; my.import.meta.env_VITE_A; import.meta.env.VITE_"),
            ("vite", "src/vite-env.d.ts", "import.meta.env.VITE_A"),
            ("@sveltejs/kit", "src/a.ts", "import { PUBLIC_A } from '$env/dynamic/public'"),
            ("nuxt", "app.vue", "process.env.NUXT_PUBLIC_A"),
        ] {
            assert_eq!(of(package, path, code), [""; 0], "{package}: {code}");
        }
        let manifest = r#"{"dependencies": {"next": "15", "next-runtime-env": "3"}}"#;
        assert_eq!(found(&[("package.json", manifest), ("a.js", "process.env.NEXT_PUBLIC_A")]), [""; 0]);
    }

    #[test]
    fn a_name_may_be_missing_where_the_code_asks_for_it() {
        for (code, expected) in [
            ("process.env.NEXT_PUBLIC_A || 'http://localhost:8000'", "NEXT_PUBLIC_A?=http://localhost:8000"),
            ("process.env.NEXT_PUBLIC_A ?? other", "NEXT_PUBLIC_A?"),
            ("if (process.env.NEXT_PUBLIC_A) {}", "NEXT_PUBLIC_A?"),
            ("process.env.NEXT_PUBLIC_A === 'true'", "NEXT_PUBLIC_A?"),
            ("process.env.NEXT_PUBLIC_A && <Analytics />", "NEXT_PUBLIC_A?"),
            ("runtimeEnv: { NEXT_PUBLIC_A: process.env.NEXT_PUBLIC_A }", "NEXT_PUBLIC_A?"),
            ("const key: string = process.env.NEXT_PUBLIC_A;\nif (!key) return null", "NEXT_PUBLIC_A?"),
            ("const key = process.env.NEXT_PUBLIC_A;\nif (!key) throw new Error('no key')", "NEXT_PUBLIC_A"),
            ("process.env.NEXT_PUBLIC_A || ''\nfetch(process.env.NEXT_PUBLIC_A)", "NEXT_PUBLIC_A"),
        ] {
            assert_eq!(of("next", "app/a.js", code), [expected], "{code}");
        }
    }

    #[test]
    fn a_file_may_give_the_value() {
        let code = ("src/a.ts", "fetch(import.meta.env.VITE_A + import.meta.env.VITE_B)");
        let manifest =
            ("package.json", r#"{"scripts": {"build": "VITE_A=1 vite build"}, "devDependencies": {"vite": "7"}}"#);
        assert_eq!(found(&[manifest, code]), ["VITE_A<package.json", "VITE_B"]);
        assert_eq!(found(&[manifest, code, (".env", "VITE_B=\n")])[1], "VITE_B");
        assert_eq!(found(&[manifest, code, (".env.production", "VITE_B=x\n")])[1], "VITE_B<.env.production");
        assert_eq!(found(&[manifest, code, ("vite.config.ts", "define: { VITE_B: 1 }")])[1], "VITE_B<vite.config.ts");
        assert_eq!(found(&[manifest, code, ("start.sh", "sed s/VITE_B/$VITE_B/")])[1], "VITE_B<start.sh");
    }
}
