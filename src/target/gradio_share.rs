//! Gradio's share link: a public address of an app that runs on this computer.
//!
//! Measured with gradio 6.31.0: `launch()` without `share` takes it from `GRADIO_SHARE`, and with `share` it does not. Releases before 4.27
//! do not read the variable. Source: <https://www.gradio.app/guides/sharing-your-app>.

use super::{Added, Refusal, Subject, Target, place};
use crate::app::App;
use crate::app::callable::{Page, Share};
use crate::formats::python::quoted;
use crate::formats::requirements::Package;
use crate::repo::Repo;

/// The link.
#[derive(Debug)]
pub(crate) struct GradioShare;

/// The first release that reads the variable.
const SINCE: [u32; 2] = [4, 27];

impl Target for GradioShare {
    fn id(&self) -> &'static str {
        "gradio-share"
    }

    fn name(&self) -> &'static str {
        "Gradio's share link"
    }

    fn takes_template(&self) -> bool {
        false
    }

    fn accepts(&self, app: &App) -> Result<(), Refusal> {
        let (file, name) = (&app.file, app.framework.name());
        match app.framework.id() {
            "gradio" => Ok(()),
            "fastapi" | "starlette" | "flask" | "django" => Err(Refusal::new(
                format!("only `launch()` of Gradio makes a link, and `{file}` is started as an app of {name}"),
                "write a file that imports the page and calls `demo.launch()`: `mount_gradio_app` makes no link",
            )),
            _ => Err(Refusal::new(
                format!("only `launch()` of Gradio makes a link, and `{file}` is made with {name}"),
                "`spaces-new advise` names platforms that run it",
            )),
        }
    }

    fn add(&self, subject: &Subject<'_>) -> Result<Added, Refusal> {
        let file = &subject.app.file;
        let pages = subject.functions.pages(file);
        let Some(page) = pages.iter().find(|page| page.run.is_some()).or(pages.first()) else {
            return Err(Refusal::new(
                format!("only `launch()` makes a link, and `{file}` launches no page of Gradio"),
                format!("call `launch()` at the end of `{file}`, or in a file that imports the page from it"),
            ));
        };
        let (written, at) = (&page.written, place(&page.evidence));
        let Some(run) = &page.run else {
            return Err(Refusal::new(
                format!("`{written}()` ({at}) is in a function that nothing in `{file}` calls"),
                "call it under `if __name__ == \"__main__\":`",
            ));
        };
        let mut added = Added::default();
        added.command = Some(command(subject, page, run, &mut added)?);
        added.note("the link ends when the command ends (Ctrl+C), and after a week at the latest");
        added.note("the app runs on this computer, and everybody who has the link can use it");
        added.note("the first link downloads the program of the tunnel, `frpc`");
        if let Some(page) = pages.iter().find(|page| page.share == Share::Always) {
            let note = format!("`share=True` ({}) makes a link at every start", place(&page.evidence));
            added.note(note);
        }
        Ok(added)
    }

    fn recognises(&self, _: &Repo) -> bool {
        false
    }
}

/// The command as it is typed in the folder of the app.
fn command(subject: &Subject<'_>, page: &Page, run: &str, added: &mut Added) -> Result<String, Refusal> {
    let unusual = || Refusal::new(format!("`{run}` has an unusual name"), "rename the file");
    let words = subject.functions.script(run).ok_or_else(unusual)?;
    let (written, at) = (&page.written, place(&page.evidence));
    let variable = "GRADIO_SHARE=True";
    // `env NAME=value python ..` needs no `env` after another assignment
    let is_env = words.first().is_some_and(|word| word == "env");
    let plain = words.get(usize::from(is_env)..).unwrap_or_default().to_vec();
    match &page.share {
        Share::Open if !is_old(subject) => {
            added.note(windows(&plain));
            joined(&[&[variable.to_owned()], &plain[..]].concat()).ok_or_else(unusual)
        }
        Share::Always => joined(&words).ok_or_else(unusual),
        Share::Flag(flag) => {
            added.note(format!("`{flag}` turns the link on: `{written}(share=..)` ({at}) reads no `GRADIO_SHARE`"));
            joined(&[words, vec![flag.clone()]].concat()).ok_or_else(unusual)
        }
        Share::ByPosition => Err(Refusal::new(
            format!("`{written}(..)` ({at}) passes `share` by its position, so nothing outside of the code sets it"),
            "pass it by its name, or leave it out",
        )),
        Share::Open | Share::Given(_) => {
            let why = match &page.share {
                Share::Given(given) if given.is_empty() => {
                    format!(
                        "`{written}(..)` ({at}) may set `share`, which counts more than `GRADIO_SHARE`, so the command sets it"
                    )
                }
                Share::Given(given) => {
                    format!(
                        "`{given}` in `{written}()` ({at}) counts more than `GRADIO_SHARE`, so the command sets `share`"
                    )
                }
                _ => "this release of Gradio does not read `GRADIO_SHARE`, so the command sets `share`".to_owned(),
            };
            added.note(why);
            joined(&forced(&plain, run)).ok_or_else(unusual)
        }
    }
}

/// The words of a command that runs a file with `share=True`, whatever its code says.
fn forced(words: &[String], run: &str) -> Vec<String> {
    let launch = "import runpy, gradio; launch = gradio.Blocks.launch; \
                  gradio.Blocks.launch = lambda *a, **k: launch(*a, **{**k, \"share\": True})";
    let (path, module) = match words.iter().position(|word| word == "-m") {
        Some(at) => (None, words.get(at + 1)),
        None => (run.rsplit_once('/').map(|(folder, _)| folder), None),
    };
    // As Python does for a script
    let path = path.map(|folder| format!("; import sys; sys.path.insert(0, {})", quoted(folder))).unwrap_or_default();
    let run = match module {
        Some(module) => format!("runpy.run_module({}, run_name=\"__main__\", alter_sys=True)", quoted(module)),
        None => format!("runpy.run_path({}, run_name=\"__main__\")", quoted(run)),
    };
    let code = format!("{launch}{path}; {run}");
    let assigned = words.iter().take_while(|word| *word != "python").cloned();
    assigned.chain(["python".to_owned(), "-c".to_owned(), code]).collect()
}

fn windows(words: &[String]) -> String {
    let typed = words.join(" ");
    let is_plain = !words.iter().any(|word| word.contains(['=', ' ', '\'', '"', '$', '`', ';', '&', '|', '<', '>']));
    if is_plain {
        return format!("in PowerShell: `$env:GRADIO_SHARE = \"True\"; {typed}`");
    }
    "in PowerShell, set the variable first: `$env:GRADIO_SHARE = \"True\"`".to_owned()
}

/// The words of a command as they are typed in a shell. Assignments before it keep their form.
fn joined(words: &[String]) -> Option<String> {
    let typed = words.iter().map(|word| {
        let (name, value) = word.split_once('=').unwrap_or(("", word));
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
        let value = shlex::try_quote(if is_name { value } else { word }).ok()?;
        Some(if is_name { format!("{name}={value}") } else { value.into_owned() })
    });
    typed.collect::<Option<Vec<_>>>().map(|words| words.join(" "))
}

/// Whether the app's own Gradio is a release that does not read the variable.
fn is_old(subject: &Subject<'_>) -> bool {
    let install = &subject.app.install;
    let mut lines = install.requirements.iter().chain(&install.missing);
    lines.any(|line| {
        let package = Package::read(&line.value).filter(|package| package.name == "gradio");
        package.is_some_and(|package| package.versions.lie_in(&[], &SINCE))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn a_command_is_typed_as_a_shell_reads_it() {
        for (typed, expected) in [
            (vec!["GRADIO_SHARE=True", "python", "my app.py"], "GRADIO_SHARE=True python 'my app.py'"),
            (vec!["PYTHONPATH=my src", "python", "-m", "a"], "PYTHONPATH='my src' python -m a"),
        ] {
            let typed: Vec<String> = typed.into_iter().map(str::to_owned).collect();
            assert_eq!(joined(&typed).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_forced_link_runs_the_same_file() {
        let end = |text: &str, run: &str| {
            let forced = forced(&words(text), run);
            let code = forced.last().unwrap().rsplit_once("True}); ").unwrap().1.to_owned();
            (forced.len(), code)
        };
        assert_eq!(end("python app.py", "app.py"), (3, "runpy.run_path(\"app.py\", run_name=\"__main__\")".to_owned()));
        let below = "import sys; sys.path.insert(0, \"src\"); runpy.run_path(\"src/app.py\", run_name=\"__main__\")";
        assert_eq!(end("python src/app.py", "src/app.py"), (3, below.to_owned()));
        let module = "runpy.run_module(\"a.app\", run_name=\"__main__\", alter_sys=True)";
        assert_eq!(end("PYTHONPATH=src python -m a.app", "src/a/app.py"), (4, module.to_owned()));
    }
}
