//! Which rule of the check explains what was seen, and which line of the repository causes it.

use crate::app::{EnvironmentRead, detect};
use crate::check::{Checker, Diagnostic, Group, Level, rule};
use crate::formats::dockerfile::Dockerfile;
use crate::formats::front_matter::Readme;
use crate::formats::own_file::OWN_FILE;
use crate::repo::{FileKind, Lines, Repo};

use super::space::DOCKERFILE;
use super::tried::Fault;
use super::watcher::Step;

/// A file, and a line if it is known.
pub(super) type Spot = (String, Option<usize>);

/// What the files of a repository say about themselves.
pub(super) struct Blame<'r> {
    repo: &'r Repo,
    diagnostics: Vec<Diagnostic>,
}

impl<'r> Blame<'r> {
    pub(super) fn of(repo: &'r Repo) -> Self {
        Self { repo, diagnostics: Checker::new().check(repo) }
    }

    /// A fault that the first of some rules explains, or another one of them that the check reports: its place is preferred
    /// to `spot`.
    pub(super) fn fault(&self, step: Step, message: String, rules: &[&'static str], spot: Option<Spot>) -> Fault {
        let mut fault = self.perhaps(step, message, rules, spot);
        fault.rule = fault.rule.or_else(|| Some(rule(rules.first()?)?.id()));
        fault
    }

    /// A fault that one of some rules explains only if the check reports it.
    pub(super) fn perhaps(&self, step: Step, message: String, rules: &[&'static str], spot: Option<Spot>) -> Fault {
        let found = rules.iter().find_map(|id| self.diagnostics.iter().find(|found| found.rule == *id));
        let place = found.map(|found| self.spot_of(found)).or(spot);
        let (file, line) = place.map_or((None, None), |(file, line)| (Some(file), line));
        let (rule, help) = (found.map(|found| found.rule), found.and_then(|found| found.help.clone()));
        Fault { step, level: Level::Error, rule, message, help, file, line }
    }

    /// What keeps the Hub from taking the push, whatever the app does: errors in its README and its settings.
    pub(super) fn refusals(&self) -> Vec<Fault> {
        let is_refusal = |found: &&Diagnostic| {
            let is_of_hub = rule(found.rule).is_some_and(|rule| rule.group() == Group::Refused);
            is_of_hub && found.level == Level::Error && found.place.path() == "README.md"
        };
        let faults = self.diagnostics.iter().filter(is_refusal).map(|found| {
            let (file, line) = self.spot_of(found);
            Fault {
                step: Step::Read,
                level: Level::Error,
                rule: Some(found.rule),
                message: format!("the Hub refuses this Space: {}", found.message),
                help: found.help.clone(),
                file: Some(file),
                line,
            }
        });
        faults.collect()
    }

    /// The error that the check reports in a line.
    pub(super) fn rule_at(&self, file: &str, lines: std::ops::RangeInclusive<usize>) -> Option<&'static str> {
        let is_there = |found: &&Diagnostic| {
            let (path, line) = self.spot_of(found);
            found.level == Level::Error && path == file && line.is_some_and(|line| lines.contains(&line))
        };
        self.diagnostics.iter().find(is_there).map(|found| found.rule)
    }

    fn spot_of(&self, found: &Diagnostic) -> Spot {
        let path = found.place.path().to_owned();
        let lines = found.place.range().and_then(|range| Some(Lines::of(self.repo, &path)?.line(range.start)));
        (path, lines)
    }

    /// The line that starts the app in an image.
    pub(super) fn start(&self) -> Option<Spot> {
        let text = self.repo.text(DOCKERFILE)?;
        let dockerfile = Dockerfile::read(text);
        let (step, _) = dockerfile.cmd().or_else(|| dockerfile.entrypoint())?;
        Some((DOCKERFILE.to_owned(), Some(Lines::of_text(text).line(step.keyword.start))))
    }

    /// The line that names the port at which the app listens, otherwise the one for the Hub.
    pub(super) fn port(&self, listening: u16) -> Option<Spot> {
        let detected = detect(self.repo);
        let in_code = detected.apps().first().and_then(|app| app.server.port.as_ref());
        let seen = in_code.filter(|seen| seen.value == listening);
        let in_readme = || {
            let text = self.repo.text("README.md")?;
            let entry = Readme::read(text).entry("app_port")?.key.range.start;
            Some(("README.md".to_owned(), Some(Lines::of_text(text).line(entry))))
        };
        let seen = seen.map(|seen| (seen.evidence.path.clone(), seen.evidence.line));
        seen.or_else(|| self.text(&listening.to_string())).or_else(in_readme)
    }

    /// The line that sets the address to listen at.
    pub(super) fn host(&self) -> Option<Spot> {
        let detected = detect(self.repo);
        let host = detected.apps().first().and_then(|app| app.server.host.as_ref());
        let seen = host.map(|host| (host.evidence.path.clone(), host.evidence.line));
        seen.or_else(|| {
            ["\"127.0.0.1", "'127.0.0.1", "\"localhost", "'localhost"].iter().find_map(|text| self.text(text))
        })
    }

    /// The line that reads a name from the environment, or declares it.
    pub(super) fn name(&self, name: &str) -> Option<Spot> {
        let detected = detect(self.repo);
        let reads = |read: &EnvironmentRead| match read {
            EnvironmentRead::Secret(read) | EnvironmentRead::Variable(read, _) => read == name,
        };
        let mut all = detected.apps().iter().flat_map(|app| &app.environment);
        let seen = all.find(|seen| reads(&seen.value)).map(|seen| (seen.evidence.path.clone(), seen.evidence.line));
        seen.or_else(|| self.text(name)).or_else(|| {
            let line = self.repo.text(OWN_FILE)?.lines().position(|line| line.contains(name))?;
            Some((OWN_FILE.to_owned(), Some(line + 1)))
        })
    }

    /// The first line of the code that has a text.
    pub(super) fn text(&self, wanted: &str) -> Option<Spot> {
        const ENDINGS: [&str; 12] =
            [".py", ".js", ".mjs", ".cjs", ".ts", ".go", ".rs", ".rb", ".php", ".java", ".conf", ".sh"];
        let is_code = |name: &str| name == DOCKERFILE || ENDINGS.iter().any(|end| name.ends_with(end));
        let files = self.repo.files().filter(|file| file.kind() == FileKind::Regular && is_code(file.name()));
        files.filter_map(|file| Some((file.path(), file.text()?))).find_map(|(path, text)| {
            let at = text.lines().position(|line| line.to_ascii_lowercase().contains(&wanted.to_ascii_lowercase()))?;
            Some((path.to_owned(), Some(at + 1)))
        })
    }

    /// The innermost line of this repository in the traces of a log: the last one of the last trace.
    pub(super) fn trace(&self, log: &str) -> Option<Spot> {
        let python = |line: &str| {
            let (path, rest) = line.trim().strip_prefix("File \"")?.split_once("\", line ")?;
            let number = rest.split(|char: char| !char.is_ascii_digit()).next()?.parse().ok()?;
            Some((path.to_owned(), number))
        };
        let javascript = |line: &str| {
            let line = line.trim();
            let place = line.strip_prefix("at ")?.rsplit(['(', ' ']).next()?.trim_end_matches(')');
            let mut parts = place.trim_start_matches("file://").rsplitn(3, ':');
            let (_, number, path) = (parts.next()?, parts.next()?, parts.next()?);
            Some((path.to_owned(), number.parse().ok()?))
        };
        let lines: Vec<&str> = log.lines().collect();
        let of_python = lines.iter().rev().filter_map(|line| python(line));
        let of_javascript = lines.iter().filter_map(|line| javascript(line));
        of_python.chain(of_javascript).find_map(|(path, line)| Some((self.file_at(&path)?, Some(line))))
    }

    /// The file of this repository that a path in a container names: the longest end of it that exists here.
    fn file_at(&self, path: &str) -> Option<String> {
        if path.contains("site-packages") || path.contains("node_modules") || path.contains("/lib/python") {
            return None;
        }
        let starts = std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1));
        starts.map(|at| &path[at..]).find(|end| self.repo.get(end).is_some()).map(str::to_owned)
    }
}

/// The line of a Dockerfile at which its build failed, by what the builder printed.
pub(super) fn failed_line(log: &str, dockerfile: &str) -> Option<usize> {
    // `Dockerfile:7`, above the lines around it
    let by_number = log.lines().rev().find_map(|line| line.trim().strip_prefix("Dockerfile:")?.parse::<usize>().ok());
    // ` > [stage 3/5] RUN false:`, of the classic builder `Step 3/5 : RUN false`, of podman `STEP 3/5: RUN false`
    let quoted = || {
        let of_kit = |line: &str| {
            let rest = line.trim().strip_prefix("> ")?.split_once("] ")?.1;
            Some(rest.trim_end_matches(':').to_owned())
        };
        let of_classic = |line: &str| {
            let of_podman = || Some(line.strip_prefix("STEP ")?.split_once(": ")?.1.to_owned());
            let classic = line.strip_prefix("Step ").and_then(|rest| Some(rest.split_once(" : ")?.1.to_owned()));
            classic.or_else(of_podman)
        };
        let lines = || log.lines().rev();
        let step = lines().find_map(of_kit).or_else(|| lines().find_map(of_classic))?;
        let first: Vec<&str> = step.split_whitespace().take(3).collect();
        let is_it = |line: &str| {
            let words: Vec<&str> = line.split_whitespace().take(first.len()).collect();
            !first.is_empty() && words == first
        };
        dockerfile.lines().position(is_it).map(|at| at + 1)
    };
    by_number.filter(|line| *line > 0 && *line <= dockerfile.lines().count()).or_else(quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repo(files: &[(&str, &str)]) -> Repo {
        Repo::from_files(files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec())))
    }

    #[test]
    fn the_innermost_line_of_the_repository_is_to_blame() {
        let repo = repo(&[("app.py", "x"), ("lib/a.py", "x"), ("server.js", "x")]);
        let blame = Blame::of(&repo);
        let log = "Traceback (most recent call last):\n  File \"/app/app.py\", line 3, in <module>\n  File \"/app/lib/a.py\", line 7, in f\n  File \"/usr/lib/python3.13/os.py\", line 1, in g\nKeyError: 'X'\n";
        assert_eq!(blame.trace(log), Some(("lib/a.py".to_owned(), Some(7))));
        let log = "Error: no\n    at f (/app/server.js:12:3)\n    at Object.<anonymous> (/app/server.js:20:1)\n    at node:internal/x:1:2\n";
        assert_eq!(blame.trace(log), Some(("server.js".to_owned(), Some(12))));
        assert_eq!(blame.trace("started\n"), None);
    }

    #[test]
    fn the_step_that_failed_has_a_line() {
        let dockerfile = "FROM a\nWORKDIR /app\nRUN pip install \\\n  nothing\n";
        for log in [
            "Dockerfile:3\n--------------------\n   2 | x\n",
            "------\n > [3/3] RUN pip install   nothing:\n#7 1.2 ERROR\n------\n",
            "Step 1/3 : FROM a\nStep 3/3 : RUN pip install   nothing\n ---> Running in 1\n",
            "STEP 2/3: WORKDIR /app\nSTEP 3/3: RUN pip install   nothing\n",
        ] {
            assert_eq!(failed_line(log, dockerfile), Some(3), "{log}");
        }
        assert_eq!(failed_line("Dockerfile:99\n", dockerfile), None);
    }

    #[test]
    fn a_finding_of_the_check_is_preferred() {
        let files = [
            ("README.md", "---\nsdk: docker\napp_port: 7860\n---\n"),
            (
                "Dockerfile",
                "FROM python:3.13\nUSER 1000\nCMD [\"uvicorn\", \"app:app\", \"--host\", \"0.0.0.0\", \"--port\", \"8000\"]\n",
            ),
        ];
        let repo = repo(&files);
        let fault = Blame::of(&repo).fault(Step::Probe, "x".to_owned(), &["port-mismatch"], None);
        assert_eq!((fault.rule, fault.file.is_some(), fault.line.is_some()), (Some("port-mismatch"), true, true));
        let other =
            Blame::of(&repo).fault(Step::Probe, "x".to_owned(), &["refused-frame"], Some(("a".to_owned(), None)));
        assert_eq!((other.rule, other.file.as_deref()), (Some("refused-frame"), Some("a")));
    }
}
