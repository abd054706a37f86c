//! Calls that start a page of Gradio when a file is run, and what they say about a public link.

use std::collections::BTreeSet;

use super::super::frameworks::gradio;
use super::super::model::Evidence;
use super::super::project::{Project, PythonFile, is_aside};
use crate::formats::python::{Call, Function, Value};

/// A call that starts a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    /// The call as written, without its arguments.
    pub(crate) written: String,
    pub(crate) share: Share,
    /// The file that is run to reach it; none if nothing is known that reaches it.
    pub(crate) run: Option<String>,
    pub(crate) evidence: Evidence,
}

/// What a call says about a public link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Share {
    /// Nothing: the environment decides.
    Open,
    /// `share=True`
    Always,
    /// Something else: the argument as written, empty if it may be among unpacked ones.
    Given(String),
    /// `share=args.share`, which this flag turns on.
    Flag(String),
    /// It is passed by its position.
    ByPosition,
}

/// The position of `share` in `launch()`, from Gradio 3 to 6.
const POSITION: usize = 2;

/// The maximum number of calls that are examined, and of files that may reach one.
const PAGES_MAX: usize = 16;
const CALLERS_MAX: usize = 16;

/// The calls that a file starts, alone or through those that it imports.
pub(super) fn of(project: &Project<'_>, start: &str) -> Vec<Page> {
    let reached = project.reachable(start);
    let named = names(&reached);
    let mut pages = Vec::new();
    for file in reached.iter().filter(|file| gradio::knows_gradio(project, file)) {
        for call in gradio::launches(file).take(PAGES_MAX) {
            let run = match call.scope.outermost {
                None if file.path != start && call.scope.in_main => continue,
                None => Some(start.to_owned()),
                Some(outermost) if named.contains(outermost) => Some(start.to_owned()),
                Some(outermost) => caller(project, start, outermost),
            };
            let evidence = file.evidence(call.at, "starts the page");
            pages.push(Page { written: call.written.clone(), share: share(file, call), run, evidence });
        }
    }
    pages.truncate(PAGES_MAX);
    pages
}

/// The names of what the files call, pass on or decorate.
fn names<'r>(files: &[&'r PythonFile<'_>]) -> BTreeSet<&'r str> {
    let mut names = BTreeSet::new();
    for file in files {
        for call in &file.source.calls {
            names.extend(Some(call.method()).filter(|name| call.scope.outermost != Some(name)));
            names.extend(call.arguments.iter().filter_map(|argument| match argument.value {
                Value::Name(name) => Some(name),
                _ => None,
            }));
        }
        let is_decorated = |function: &&Function<'_>| {
            file.text.get(function.range.start..function.at).is_some_and(|text| text.contains('@'))
        };
        names.extend(file.source.functions.iter().filter(is_decorated).map(|function| function.name));
    }
    names
}

/// The only file of the repository that calls a function of another one when it is run.
fn caller(project: &Project<'_>, file: &str, function: &str) -> Option<String> {
    let calls = |other: &&PythonFile<'_>| {
        let is_call = |call: &Call<'_>| call.method() == function && call.scope.is_top_level();
        other.path != file && !is_aside(other.path) && other.source.calls.iter().any(is_call)
    };
    let reaches = |other: &&PythonFile<'_>| project.reachable(other.path).iter().any(|reached| reached.path == file);
    let mut callers = project.python.values().filter(calls).take(CALLERS_MAX).filter(reaches);
    let only = callers.next()?;
    callers.next().is_none().then(|| only.path.to_owned())
}

fn share(file: &PythonFile<'_>, call: &Call<'_>) -> Share {
    match call.keyword("share") {
        Some(Value::Boolean(true)) => Share::Always,
        Some(Value::Name("None")) => Share::Open,
        Some(value) => flag(file, value).unwrap_or_else(|| {
            let range = call.argument("share").map(|argument| argument.range.clone());
            let written = range.and_then(|range| file.text.get(range)).unwrap_or_default();
            Share::Given(written.lines().next().unwrap_or_default().to_owned())
        }),
        None if call.unpacks() => Share::Given(String::new()),
        None => match call.positional(POSITION) {
            Some(Value::Boolean(true)) => Share::Always,
            Some(_) => Share::ByPosition,
            None => Share::Open,
        },
    }
}

/// `add_argument("--share", action="store_true")` for `args.share`.
fn flag(file: &PythonFile<'_>, value: &Value<'_>) -> Option<Share> {
    let Value::Name(name) = value else { return None };
    let (_, option) = name.rsplit_once('.')?;
    let flag = format!("--{}", option.replace('_', "-"));
    let mut adds = file.source.calls.iter().filter(|call| {
        call.method() == "add_argument"
            && call.arguments.iter().any(|argument| argument.value.as_text() == Some(&flag))
            && call.keyword("action").and_then(Value::as_text) == Some("store_true")
    });
    adds.next().filter(|_| adds.next().is_none()).map(|_| Share::Flag(flag))
}

#[cfg(test)]
mod tests {
    use super::super::Functions;
    use super::Share;
    use crate::repo::Repo;

    fn pages(files: &[(&str, &str)], start: &str) -> Vec<(Share, Option<String>)> {
        let files = files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
        let repo = Repo::from_files(files);
        Functions::of(&repo).pages(start).into_iter().map(|page| (page.share, page.run)).collect()
    }

    #[test]
    fn what_a_launch_says_about_a_link() {
        let given = |text: &str| Share::Given(text.to_owned());
        for (arguments, share) in [
            ("", Share::Open),
            ("share=None", Share::Open),
            ("share=True", Share::Always),
            ("share=False", given("share=False")),
            ("share=args.share", Share::Flag("--share".to_owned())),
            ("share=args.public", given("share=args.public")),
            ("**settings", given("")),
            ("None, False, True", Share::Always),
            ("None, False, public", Share::ByPosition),
            ("True", Share::Open),
        ] {
            let code = format!(
                "import argparse\nimport gradio as gr\nparser = argparse.ArgumentParser()\n\
                 parser.add_argument('--share', action='store_true')\nparser.add_argument('--public', type=int)\n\
                 args = parser.parse_args()\ndemo = gr.Interface(str, 'text', 'text')\ndemo.queue().launch({arguments})\n"
            );
            let found = pages(&[("app.py", &code)], "app.py");
            assert_eq!(found, [(share, Some("app.py".to_owned()))], "{arguments}");
        }
    }

    #[test]
    fn the_file_that_is_run_is_the_one_that_reaches_it() {
        const IN_MAIN: &str = "import gradio as gr\ndef main():\n    gr.Interface(str).launch()\n";
        let run = |files: &[(&str, &str)]| pages(files, "app.py").into_iter().map(|(_, run)| run).collect::<Vec<_>>();
        assert_eq!(run(&[("app.py", IN_MAIN)]), [None], "nothing calls it");
        for start in ["main()", "if __name__ == '__main__':\n    main()", "import typer\ntyper.run(main)"] {
            assert_eq!(run(&[("app.py", &format!("{IN_MAIN}{start}\n"))]), [Some("app.py".to_owned())], "{start}");
        }
        let other = ("start.py", "from app import main\nmain()\n");
        assert_eq!(run(&[("app.py", IN_MAIN), other]), [Some("start.py".to_owned())]);
        assert_eq!(run(&[("app.py", IN_MAIN), other, ("b.py", other.1)]), [None], "two do");
        let imported = ("ui.py", "import gradio as gr\nif __name__ == '__main__':\n    gr.Interface(str).launch()\n");
        assert_eq!(run(&[("app.py", "import ui\n"), imported]), []);
    }
}
