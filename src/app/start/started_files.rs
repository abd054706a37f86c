//! The file that a command needs to start: a script, a module of Python, a script of `package.json`.

use super::startup::{Executed, Piece};
use super::words::is_shell;
use crate::app::image::contents::{Found, ImageFiles};
use crate::app::paths::has_ending;
use crate::facts::servers::Package;
use crate::formats::dockerfile::Run;
use crate::formats::package_json::PackageJson;
use crate::values::{last_part, launched, server_named};

/// What is missing.
#[derive(Debug)]
pub(crate) enum Absent {
    /// A script, by its absolute path in the image.
    File(String),
    /// A program without a folder in front of it, which is not in a folder of `PATH`.
    NotOnPath,
    /// A module of Python, by its name, and the name of the one that is meant, if it is known.
    Module(String, Option<String>),
    /// A file in place of a module: `main.py` for `main`.
    FileForModule(String, String),
    /// A script of `package.json`.
    PackageScript(String),
}

/// A file that is missing, with the word that names it.
#[derive(Debug)]
pub(crate) struct Lacking<'e> {
    pub(crate) absent: Absent,
    pub(crate) word: &'e Piece,
}

/// Names of modules that belong to the app, and not to a package.
const OF_APPS: [&str; 15] = [
    "api",
    "app",
    "application",
    "asgi",
    "backend",
    "bot",
    "index",
    "main",
    "run",
    "server",
    "src",
    "start",
    "webapp",
    "wsgi",
    "web",
];

/// The folders of `PATH` in the images that are known.
const PATH: [&str; 6] = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/// Options of Node that take a value.
const OF_NODE: [&str; 6] = ["-r", "--require", "--import", "--loader", "--experimental-loader", "--env-file"];

/// What a command needs and is certainly not in the image.
pub(crate) fn lacking<'e>(executed: &'e Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Lacking<'e>> {
    if !executed.is_first {
        return None;
    }
    let (first, rest) = executed.words.split_first()?;
    if first.text.contains('$') {
        return None;
    }
    let words = executed.texts();
    let at = launched(&words, false);
    let name = last_part(words.get(at)?);
    if let Some(row) = server_named(name).filter(|_| at > 0 || !name.starts_with("python")) {
        let of_server = &executed.words[at + 1..];
        return match row.package {
            _ if row.takes_object => object(of_server, executed, files),
            Package::OfApp(_) if name != "flask" => {
                let word = of_server.iter().find(|word| has_ending(&word.text, "py") && !word.text.contains(':'))?;
                file(word, executed, files)
            }
            _ => None,
        };
    }
    if let Some(at) = behind_run(&words) {
        let (word, rest) = (executed.words.get(at)?, executed.words.get(at + 1..)?);
        return match last_part(&word.text) {
            name if is_python(name) => of_python(rest, executed, files),
            name if has_ending(name, "py") && last_part(&first.text) == "uv" => file(word, executed, files),
            _ => None,
        };
    }
    match executed.program() {
        name if is_python(name) => of_python(rest, executed, files),
        "node" | "nodejs" | "tsx" | "ts-node" => of_node(rest, executed, files),
        "npm" | "pnpm" => of_package(executed, files),
        program if is_shell(program) => file(executed.shell_script()?.0, executed, files),
        program if is_script_name(program) && !first.text.contains('/') => not_on_path(first, executed, files),
        program if is_script_name(program) => file(first, executed, files),
        _ => None,
    }
}

/// The index of what `uv run` and the like start. None behind a flag that may have a value, such as a folder.
fn behind_run(words: &[&str]) -> Option<usize> {
    const PLAIN: [&str; 7] =
        ["--frozen", "--locked", "--no-sync", "--no-dev", "--no-cache", "--offline", "--no-project"];
    let (program, rest) = words.split_first()?;
    let is_launcher = matches!(last_part(program), "uv" | "poetry" | "pdm" | "pipenv") && rest.first() == Some(&"run");
    let flags = rest.iter().skip(1).take_while(|word| PLAIN.contains(word)).count();
    let at = 2 + flags;
    words.get(at).filter(|word| is_launcher && !word.starts_with('-')).map(|_| at)
}

fn is_python(name: &str) -> bool {
    name.strip_prefix("python").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}

/// Whether a name is that of a script.
pub(crate) fn is_script_name(name: &str) -> bool {
    [".sh", ".bash", ".py"].iter().any(|ending| name.ends_with(ending))
}

fn is_missing(files: &ImageFiles<'_, '_, '_>, path: &str) -> bool {
    matches!(files.at(path), Found::Missing)
}

fn is_there(files: &ImageFiles<'_, '_, '_>, path: &str) -> bool {
    matches!(files.at(path), Found::File(_))
}

/// A file by its path.
fn file<'e>(word: &'e Piece, executed: &Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Lacking<'e>> {
    if word.text.contains("://") {
        return None;
    }
    let path = executed.absolute(&word.text)?;
    is_missing(files, &path).then_some(Lacking { absent: Absent::File(path), word })
}

/// A script that is searched in `PATH`.
fn not_on_path<'e>(word: &'e Piece, executed: &Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Lacking<'e>> {
    let stage = files.dockerfile.last_stage()?;
    let is_here = is_there(files, &executed.absolute(&word.text)?);
    let is_plain = !stage.end.sets_env("PATH") && executed.assignments.is_empty();
    let is_nowhere = || PATH.iter().all(|folder| is_missing(files, &format!("{folder}/{}", word.text)));
    (is_here && is_plain && is_nowhere()).then_some(Lacking { absent: Absent::NotOnPath, word })
}

/// `python app.py`, `python -m package.module`.
fn of_python<'e>(rest: &'e [Piece], executed: &Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Lacking<'e>> {
    let mut words = rest.iter();
    while let Some(word) = words.next() {
        match &*word.text {
            "-m" => return module(words.next()?, None, executed, files),
            "-X" | "-W" => {
                words.next();
            }
            flag if flag.starts_with('-') && (flag.contains('c') || flag.contains('m')) => return None,
            flag if flag.starts_with('-') => {}
            path if has_ending(path, "py") => return file(word, executed, files),
            _ => return None,
        }
    }
    None
}

/// `node server.js`; without an ending, Node tries some.
fn of_node<'e>(rest: &'e [Piece], executed: &Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Lacking<'e>> {
    const ENDINGS: [&str; 9] = ["", ".js", ".json", ".mjs", ".cjs", ".ts", "/index.js", "/index.ts", "/package.json"];
    let mut words = rest.iter();
    while let Some(word) = words.next() {
        if OF_NODE.contains(&&*word.text) {
            words.next();
        } else if matches!(&*word.text, "-e" | "--eval" | "-p" | "--print" | "." | "--test" | "watch") {
            return None;
        } else if !word.text.starts_with('-') {
            let path = executed.absolute(&word.text)?;
            let is_missing = ENDINGS.iter().all(|ending| is_missing(files, &format!("{path}{ending}")));
            let is_own = !path.contains("/node_modules/");
            return (is_missing && is_own).then_some(Lacking { absent: Absent::File(path), word });
        }
    }
    None
}

/// `uvicorn package.module:object`.
fn object<'e>(arguments: &'e [Piece], executed: &Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Lacking<'e>> {
    const FOLDERS: [&str; 4] = ["--app-dir", "--chdir", "--pythonpath", "--working-dir"];
    let mut folder = None;
    let mut name = None;
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let flag = FOLDERS.iter().find_map(|flag| word.text.strip_prefix(flag));
        if let Some(value) = flag {
            let value =
                value.strip_prefix('=').map(str::to_owned).or_else(|| words.next().map(|word| word.text.clone()));
            folder = Some(executed.absolute(&value?)?);
        } else if matches!(&*word.text, "-c" | "--config" | "--paste" | "--env-file") {
            return None;
        } else if is_object(&word.text) {
            name = name.is_none().then_some(word).or(name);
        }
    }
    module(name?, folder, executed, files)
}

/// `package.module:object`, and neither an address nor a flag.
fn is_object(text: &str) -> bool {
    let Some((module, object)) = text.split_once(':') else { return false };
    let is_name = |char: char| char.is_ascii_alphanumeric() || "_./".contains(char);
    let starts_well = |text: &str| text.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_');
    module.chars().all(is_name) && starts_well(module) && starts_well(object)
}

/// A module, by its name or by that of an object in it.
fn module<'e>(
    word: &'e Piece,
    folder: Option<String>,
    executed: &Executed,
    files: &ImageFiles<'_, '_, '_>,
) -> Option<Lacking<'e>> {
    let (name, object) = word.text.split_once(':').map_or((&*word.text, None), |(name, object)| (name, Some(object)));
    if name.contains(['$', '`']) || may_be_installed(executed, files) {
        return None;
    }
    let folder = folder.or_else(|| executed.folder.clone())?;
    let in_folder = |name: &str| format!("{}/{}", folder.trim_end_matches('/'), name.replace('.', "/"));
    let with_object = |name: &str| object.map_or(name.to_owned(), |object| format!("{name}:{object}"));
    if let Some(path) = name.strip_suffix(".py") {
        let meant = path.trim_start_matches("./").replace('/', ".");
        let absent = Absent::FileForModule(word.text.clone(), with_object(&meant));
        return is_missing(files, &format!("{}.py", in_folder(name))).then_some(Lacking { absent, word });
    }
    if name.contains('/') {
        let meant = with_object(&name.trim_start_matches("./").replace('/', "."));
        return object.map(|_| Lacking { absent: Absent::FileForModule(word.text.clone(), meant), word });
    }
    let places = |name: &str| ["", "/__init__", "/__main__"].map(|end| format!("{}{end}.py", in_folder(name)));
    if !places(name).iter().all(|path| is_missing(files, path)) {
        return None;
    }
    let exists = |name: &str| places(name).iter().any(|path| is_there(files, path));
    let behind = name.match_indices('.').map(|(at, _)| name[at + 1..].to_owned());
    let ending = format!("/{}.py", name.replace('.', "/"));
    let in_front = files.repo.files().filter_map(|file| {
        let path = file.path().strip_suffix(".py").filter(|_| file.path().ends_with(&ending))?;
        Some(path.replace('/', "."))
    });
    let meant = behind.chain(in_front.take(20)).find(|name| exists(name));
    let top = name.split('.').next().unwrap_or(name);
    let is_own = meant.is_some() || OF_APPS.contains(&top);
    let absent = Absent::Module(name.to_owned(), meant.map(|name| with_object(&name)));
    is_own.then_some(Lacking { absent, word })
}

/// Whether modules of the app may be in another folder: installed as a package, or named by a variable.
fn may_be_installed(executed: &Executed, files: &ImageFiles<'_, '_, '_>) -> bool {
    const PROJECTS: [&str; 3] = ["setup.py", "uv sync", "poetry install"];
    let says_path = |text: &str| text.contains("PYTHONPATH") || text.contains(".pth");
    let is_left_out = |text: &str| text.contains("--no-install-project") || text.contains("--no-root");
    let is_folder = |word: &str| word.starts_with(['.', '/']) && !has_ending(word, "txt") || word.starts_with("-e");
    let is_place = |word: &str| matches!(word, "--target" | "-t" | "--prefix" | "--root" | "--cache-dir" | "--python");
    // As a generated Dockerfile asks
    let project = files.repo.text("pyproject.toml").unwrap_or_default();
    let is_package = project.lines().any(|line| line.starts_with("[build-system]"));
    let is_asked = |text: &str| text.contains(r"if grep -q '^\[build-system\]' pyproject.toml; then");
    let installs = |run: &Run<'_>| {
        let text = run.line.text();
        if is_asked(text) && !is_package {
            return false;
        }
        let of_pip = run.commands.iter().any(|command| {
            let words: Vec<&str> = command.argv().iter().map(|word| &*word.text).collect();
            let from = words.iter().position(|word| *word == "install").unwrap_or(words.len());
            let installed = words.iter().enumerate().skip(from + 1).filter(|(at, _)| !is_place(words[at - 1]));
            installed.into_iter().any(|(_, word)| is_folder(word) || *word == "--editable")
        });
        of_pip || PROJECTS.iter().any(|word| text.contains(word)) && !is_left_out(text)
    };
    says_path(files.dockerfile.text)
        || executed.assignments.iter().any(|word| says_path(word))
        || files.dockerfile.runs().any(|(_, run)| installs(run))
}

/// `npm run NAME` without such a script.
fn of_package<'e>(executed: &'e Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Lacking<'e>> {
    let words = executed.texts();
    let (name, word) = match words.get(1..)? {
        ["run" | "run-script", name, ..] if !name.starts_with('-') => (*name, executed.words.get(2)?),
        ["start", ..] => ("start", executed.words.get(1)?),
        _ => return None,
    };
    let before = words.iter().take_while(|word| **word != "--");
    if before.clone().any(|word| word.starts_with('-')) || name.contains('$') {
        return None;
    }
    let path = executed.absolute("package.json")?;
    match files.at(&path) {
        Found::Missing => Some(Lacking { absent: Absent::File(path), word: executed.words.first()? }),
        Found::File(placed) => {
            let package = PackageJson::read(placed.file.text()?)?;
            // npm then starts the file
            let has_default = name == "start" && !is_missing(files, &executed.absolute("server.js")?);
            let is_there = package.place(&["scripts", name]).is_some() || has_default;
            (!is_there).then(|| Lacking { absent: Absent::PackageScript(name.to_owned()), word })
        }
        Found::Unknown => None,
    }
}
