//! `spaces-new try`: runs a Space as the Hub would, and judges it.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use spaces_new::Repo;
use spaces_new::report::{Format, tried_json, tried_text};
use spaces_new::trial::{Answering, EngineName, Step, Trial, TryError, Watcher, open_in_browser};

use super::args;
use super::failure::Failure;
use super::interrupt::Interrupt;
use super::printer::Printer;
use super::subcommand::Subcommand;

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "try", about: "Run a Space as the Hub would, and report what fails", arguments, run };

const EXAMPLES: &str = "Examples:
  spaces-new try                      builds and runs the Space in this folder
  spaces-new try my-space --open      the same, and opens it in a browser
  spaces-new try --native             without a container, which shows less
  spaces-new try --image owner/space  runs the image that the Hub has built

Secrets and variables that `.spaces-new.toml` declares get their values from the environment and from `.env`.";

/// The exit code if there are findings.
const FINDINGS: u8 = 1;

/// Engines refuse less. Source: <https://docs.docker.com/engine/containers/resource_constraints/>.
const MEMORY_LEAST: u64 = 6 << 20;

/// How often the seconds of a step are shown.
const SECOND: Duration = Duration::from_secs(1);

/// The longest wait, in seconds: that of the Hub, 30 minutes, and more.
const WAIT_MOST: u64 = 24 * 3600;

fn arguments(command: Command) -> Command {
    let engines = EngineName::ALL.map(EngineName::as_str);
    let dir = Arg::new("dir").value_name("DIR").value_parser(value_parser!(PathBuf)).value_hint(ValueHint::DirPath);
    let command =
        command.after_help(EXAMPLES).args([
            dir.help("Folder of the Space [default: .]"),
            Arg::new("image").long("image").value_name("OWNER/SPACE").value_parser(on_hub).help(
                "Run the image that the Hub has built of a Space, instead of building one; DIR gives names and port",
            ),
            args::flag("native", "Run the app without a container")
                .conflicts_with_all(["image", "engine", "memory", "keep"]),
            Arg::new("engine").long("engine").value_name("ENGINE").value_parser(engines).help("Use only this engine"),
            Arg::new("memory")
                .long("memory")
                .value_name("SIZE")
                .value_parser(memory)
                .default_value("16g")
                .help("Limit of the memory; the default is that of the free hardware"),
            Arg::new("wait")
                .long("wait")
                .value_name("SECONDS")
                .value_parser(value_parser!(u64).range(1..=WAIT_MOST))
                .default_value("60")
                .help("How long the app may take to answer"),
            args::flag("keep", "Keep the image that is built"),
            Arg::new("build-network")
                .long("build-network")
                .value_name("NETWORK")
                .help("Network of the engine in which the image is built, such as `host`"),
            args::flag("open", "Open the app in a browser, and go on when Enter is pressed"),
        ]);
    args::with_formats(command, Format::COMMON, args::QUIET_FINDINGS)
}

/// The owner and the name of a Space.
fn on_hub(text: &str) -> Result<(String, String), String> {
    let is_name = |name: &str| {
        name.chars().all(|char| char.is_ascii_alphanumeric() || "-_.".contains(char))
            && name.starts_with(|char: char| char.is_ascii_alphanumeric())
    };
    let text = text.trim_start_matches("https://huggingface.co/spaces/");
    match text.split_once('/') {
        Some((owner, name)) if is_name(owner) && is_name(name) => Ok((owner.to_owned(), name.to_owned())),
        _ => Err("give the owner and the name of a Space, such as `gradio/hello_world`".to_owned()),
    }
}

fn memory(text: &str) -> Result<String, String> {
    let lower = text.to_ascii_lowercase();
    let number = lower.trim_end_matches(['k', 'm', 'g', 'b', 'i']);
    let unit = match lower[number.len()..].bytes().next() {
        Some(b'k') => 1 << 10,
        Some(b'm') => 1 << 20,
        Some(b'g') => 1 << 30,
        _ => 1,
    };
    match number.parse::<u64>().ok().and_then(|number| number.checked_mul(unit)) {
        Some(bytes) if bytes >= MEMORY_LEAST => Ok(lower.trim_end_matches(['b', 'i']).to_owned()),
        Some(_) => Err("engines need at least 6 MB; give a number with its unit, such as `16g` or `512m`".to_owned()),
        None => Err("give a number with its unit, such as `16g` or `512m`".to_owned()),
    }
}

fn run(matches: &ArgMatches, printer: &Printer) -> Result<ExitCode, Failure> {
    let image = matches.get_one::<(String, String)>("image");
    let dir = matches.get_one::<PathBuf>("dir").cloned();
    let dir = dir.or_else(|| image.is_none().then(|| PathBuf::from(".")));
    let repo = match &dir {
        Some(dir) => {
            super::say_unfinished(dir, printer);
            Repo::open(dir).map_err(|error| Failure::other(error, "give the folder of a Space"))?
        }
        None => Repo::from_files([]),
    };
    let mut trial = Trial::of(&repo);
    if let Some((owner, name)) = image {
        trial = trial.image(owner, name);
    }
    if matches.get_flag("native") {
        trial = trial.native();
    }
    let named = |name: &String| EngineName::ALL.into_iter().find(|engine| engine.as_str() == name);
    if let Some(engine) = matches.get_one::<String>("engine").and_then(named) {
        trial = trial.engine(engine);
    }
    if let Some(memory) = matches.get_one::<String>("memory") {
        trial = trial.memory(memory);
    }
    if let Some(seconds) = matches.get_one::<u64>("wait") {
        trial = trial.patience(Duration::from_secs(*seconds));
    }
    if let Some(network) = matches.get_one::<String>("build-network") {
        trial = trial.build_network(network);
    }
    if matches.get_flag("keep") {
        trial = trial.keep();
    }
    let interrupt = Interrupt::install();
    let tried = interrupt.while_writing(|cancel| {
        let mut screen = Screen::new(printer, matches.get_flag("open"), Arc::clone(&cancel));
        let tried = trial.cancel(cancel).run(&mut screen);
        screen.end();
        tried
    })?;
    let name = dir.map(|dir| dir.display().to_string());
    let space = name.as_deref().map(|name| (name, &repo));
    let text = if printer.is_json() { tried_json(&tried, &repo) } else { tried_text(&tried, space) };
    printer.findings(&text, !tried.findings.is_empty())?;
    Ok(if tried.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FINDINGS) })
}

/// Shows the steps with their seconds.
struct Screen<'p> {
    printer: &'p Printer,
    is_terminal: bool,
    opens: bool,
    cancel: Arc<AtomicBool>,
    step: Option<(Step, Instant)>,
    shown: Instant,
    has_status: bool,
}

impl<'p> Screen<'p> {
    fn new(printer: &'p Printer, opens: bool, cancel: Arc<AtomicBool>) -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        Self { printer, is_terminal, opens, cancel, step: None, shown: Instant::now(), has_status: false }
    }

    /// Shows a line that the next one replaces.
    fn status(&mut self, line: &str) {
        if self.is_terminal && (self.has_status || !line.is_empty()) {
            self.printer.status(line);
            self.has_status = !line.is_empty();
        }
    }

    /// Ends the line of the last step.
    fn end(&mut self) {
        if let Some((step, begin)) = self.step.take() {
            self.status("");
            self.printer.note(line(step, begin, 1));
        }
    }
}

fn line(step: Step, begin: Instant, decimals: usize) -> String {
    format!("{:<8} {:>6.decimals$} s", step.as_str(), begin.elapsed().as_secs_f64())
}

impl Watcher for Screen<'_> {
    fn step(&mut self, step: Step) {
        self.end();
        self.step = Some((step, Instant::now()));
        self.status(&format!("{step} .."));
    }

    fn tick(&mut self) {
        if let Some((step, begin)) = self.step.filter(|_| self.shown.elapsed() > SECOND) {
            self.shown = Instant::now();
            self.status(&line(step, begin, 0));
        }
    }

    fn output(&mut self, bytes: &[u8]) {
        self.status("");
        self.printer.engine_output(bytes);
    }

    fn answers(&mut self, app: &Answering<'_>) {
        if !self.opens {
            return;
        }
        self.end();
        let address = app.address;
        let opened = open_in_browser(address);
        let verb = if opened { "opened" } else { "open" };
        self.printer.note(format!("{verb} {address}; press Enter to stop the app and to see the result"));
        let (sender, entered) = channel();
        thread::spawn(move || {
            let _ = std::io::stdin().read_line(&mut String::new());
            let _ = sender.send(());
        });
        while !self.cancel.load(Ordering::SeqCst) && entered.recv_timeout(SECOND / 10).is_err() {}
    }
}

impl From<TryError> for Failure {
    fn from(error: TryError) -> Self {
        match &error {
            TryError::Cancelled => Self::Cancelled,
            _ => match error.hint() {
                Some(hint) => Self::other(&error, hint),
                None => Self::Other(super::failure::Message::new(&error, Vec::new()), None),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_on_the_hub_has_an_owner_and_a_name() {
        let expected = ("gradio".to_owned(), "hello_world".to_owned());
        assert_eq!(on_hub("gradio/hello_world"), Ok(expected.clone()));
        assert_eq!(on_hub("https://huggingface.co/spaces/gradio/hello_world"), Ok(expected));
        for text in ["hello", "-a/b", "a/-b", "a/b/c", "a b/c", "/", "a/"] {
            assert!(on_hub(text).is_err(), "{text}");
        }
    }

    #[test]
    fn memory_has_a_unit() {
        for (text, memory) in [("16g", "16g"), ("512MB", "512m"), ("2Gi", "2g"), ("10000000", "10000000")] {
            assert_eq!(super::memory(text).as_deref(), Ok(memory));
        }
        for text in ["", "g", "0", "16", "99999999999g", "-1g", "1 g", "many"] {
            assert!(super::memory(text).is_err(), "{text}");
        }
    }
}
