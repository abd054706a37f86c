//! Shared by tests: running the command in its own folder, and making plans.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
#[cfg(unix)]
use std::time::Duration;

use proptest::test_runner::{Config, RngSeed};
use spaces_new::{Answers, Assets, Catalog, Plan, Spec, Template, WriteOptions};
use tempfile::TempDir;

/// For a shell: 256 MiB of address space, which includes the memory, and two minutes of the processor, which do not pass
/// faster on a busy machine. Quadratic work needs hours.
#[cfg(unix)]
pub(crate) const LIMITS: &str = "ulimit -v 262144 && ulimit -t 120";

/// Only a run that waits for something takes this long.
#[cfg(unix)]
pub(crate) const HANG: Duration = Duration::from_mins(10);

/// How a property is tried: the same random cases in each run, so that what passes here passes everywhere, and no file with seeds,
/// because a failure prints the smallest case. `PROPTEST_RNG_SEED=2 PROPTEST_CASES=100000` draws others, and as many as wanted.
pub(crate) fn property(usual: u32) -> Config {
    let given = Config::default();
    let rng_seed = if given.rng_seed == RngSeed::Random { RngSeed::Fixed(1) } else { given.rng_seed };
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { given.cases } else { usual };
    Config { cases, rng_seed, failure_persistence: None, ..given }
}

/// The root of this package.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Compares a part of a page, between `<!-- name -->` and `<!-- /name -->`, with what it is generated from. `UPDATE=1` renews it.
#[track_caller]
pub(crate) fn is_generated(page: &str, name: &str, text: &str) {
    let path = root().join(page);
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let now = fs_err::read_to_string(&path).unwrap();
    let (before, rest) = now.split_once(&open).unwrap_or_else(|| panic!("{page} has no part `{name}`"));
    let (shown, after) = rest.split_once(&close).unwrap_or_else(|| panic!("the part `{name}` of {page} has no end"));
    if std::env::var_os("UPDATE").is_some() {
        fs_err::write(&path, format!("{before}{open}{text}{close}{after}")).unwrap();
    } else {
        assert_eq!(shown, text, "{page}: renew it with UPDATE=1");
    }
}

/// The templates as pages list them: those that most people want first.
pub(crate) fn templates_by_use() -> Vec<&'static Template> {
    const FIRST: [&str; 3] = ["gradio", "streamlit", "docker"];
    let mut templates: Vec<&Template> = Catalog::builtin().templates().iter().collect();
    templates.sort_by_key(|template| FIRST.iter().position(|name| *name == template.name()).unwrap_or(FIRST.len()));
    templates
}

/// A template, by name.
pub(crate) fn template(name: &str) -> &'static Template {
    Catalog::builtin().get(name).unwrap_or_else(|| panic!("no template `{name}`"))
}

/// The specification and plan for valid answers.
pub(crate) fn plan(name: &str, answers: &Answers) -> (Spec, Plan) {
    let template = template(name);
    let spec = Spec::resolve(template, answers).unwrap_or_else(|errors| panic!("{errors}"));
    let assets = Assets::inspect(&answers.assets()).unwrap_or_else(|errors| panic!("{errors}"));
    let plan = template.plan(&spec, &assets).unwrap_or_else(|error| panic!("{error}"));
    (spec, plan)
}

/// The text of a planned file.
pub(crate) fn text<'a>(plan: &'a Plan, path: &str) -> &'a str {
    let file = plan.get(&path.parse().unwrap()).unwrap_or_else(|| panic!("no file `{path}`"));
    file.as_text().unwrap_or_else(|| panic!("`{path}` has no text in memory"))
}

/// A new folder in which the command is run, outside of any git work tree, with nothing on standard input.
pub(crate) struct Workspace {
    folder: TempDir,
    /// The home of runs here, which also has their state folder.
    home: TempDir,
}

impl Workspace {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), home: tempfile::tempdir().unwrap() }
    }

    /// The folder in which runs keep what they are about to do.
    pub(crate) fn state(&self) -> PathBuf {
        self.home.path().join("spaces-new")
    }

    /// How the library writes here: with the command's state folder.
    pub(crate) fn options(&self) -> WriteOptions {
        WriteOptions::new().state_folder(self.state())
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, content).unwrap();
        self
    }

    /// The command, ready to run here. `HOME` and git's settings are in this workspace.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spaces-new"));
        command
            .current_dir(self.path())
            .stdin(Stdio::null())
            .env_remove("GIT_DIR")
            .env_remove("NO_COLOR")
            .env("HOME", self.home.path())
            .env("XDG_STATE_HOME", self.home.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        command
    }

    /// Another program that starts the command, with the same environment.
    pub(crate) fn program(&self, name: &str) -> Command {
        let command = self.command();
        let mut program = Command::new(name);
        program.current_dir(self.path()).stdin(Stdio::null());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => program.env(name, value),
                None => program.env_remove(name),
            };
        }
        program
    }

    /// Runs the command with words split at blanks; quote with `run_words` where a word has one.
    pub(crate) fn run(&self, words: &str) -> Ran {
        self.run_words(&words.split_whitespace().collect::<Vec<_>>())
    }

    pub(crate) fn run_words(&self, words: &[&str]) -> Ran {
        Ran(self.command().args(words).output().unwrap())
    }

    /// Every file under a folder with its bytes, except git's own.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let root = self.path().join(folder);
        collect(&root, &root, &mut files);
        files
    }

    /// The names in the folder itself, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs_err::read_dir(self.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().is_some_and(|name| name == ".git") {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.insert(name, fs_err::read(&path).unwrap());
        }
    }
}

/// The result of a run of the command.
pub(crate) struct Ran(pub(crate) Output);

impl Ran {
    pub(crate) fn code(&self) -> i32 {
        self.0.status.code().unwrap_or(-1)
    }

    pub(crate) fn stdout(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    pub(crate) fn stderr(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    /// Fails unless the command succeeded.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.code(), 0, "{}{}", self.stdout(), self.stderr());
        self
    }

    /// The standard output, as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout())
            .unwrap_or_else(|error| panic!("{error}: {}{}", self.stdout(), self.stderr()))
    }

    /// Exit code, standard output and standard error, as a snapshot shows them.
    pub(crate) fn shown(&self) -> String {
        format!("exit: {}\n--- stdout\n{}--- stderr\n{}", self.code(), self.stdout(), self.stderr())
    }
}

/// Every case: its template, its name, its answers.
pub(crate) fn cases() -> Vec<(String, String, Answers)> {
    let folder = root().join("tests/cases/new");
    let mut cases = Vec::new();
    for file in files_under(&folder) {
        let path = folder.join(&file);
        let (template, name) = file.trim_end_matches(".toml").split_once('/').unwrap();
        let text = fs_err::read_to_string(&path).unwrap();
        let answers = Answers::from_toml(&text, path.parent().unwrap()).unwrap_or_else(|errors| panic!("{errors}"));
        cases.push((template.to_owned(), name.to_owned(), answers));
    }
    cases
}

/// The files under a folder, as paths with `/` relative to it, sorted.
pub(crate) fn files_under(folder: &Path) -> Vec<String> {
    let mut files = BTreeMap::new();
    collect(folder, folder, &mut files);
    files.into_keys().collect()
}
