//! What a container does by itself because it starts the program of its base image, as the table of images knows it.

use std::ops::Range;

use super::{CommandLine, Copy, Dockerfile, Form, Instruction, Run};
use crate::facts::base_images::{Application, PortBy, Starts};

/// The port of the program that comes with the base image.
pub(crate) struct ImagePort {
    pub(crate) port: u16,
    /// The image in `FROM`, or the variable that sets the port.
    pub(crate) at: Range<usize>,
    /// The image without its digest.
    pub(crate) image: String,
    pub(crate) application: &'static Application,
    /// The variable that the settings of a Space could set. None if the file sets it, or no variable changes the port.
    pub(crate) open: Option<&'static str>,
}

/// The port on which the program of the base image listens, if the container starts it and nothing in the file can change it.
pub(crate) fn port(dockerfile: &Dockerfile<'_>) -> Option<ImagePort> {
    let image = dockerfile.base_image()?;
    let application = image.application().filter(|application| application.checked)?;
    let first = *dockerfile.lineage().first()?;
    if dockerfile.entrypoint().is_some() || !keeps_start(dockerfile, image.starts(), application) {
        return None;
    }
    let may_change = dockerfile.image_steps().any(|step| match &step.instruction {
        Instruction::Copy(copy) => may_configure(copy, step.before.workdir(), application),
        Instruction::Run(run) => run_may_configure(run, application),
        Instruction::Env(variables) => variables
            .iter()
            .any(|variable| !is_own(&variable.name.text, application) && is_about_ports(&variable.name.text)),
        _ => false,
    });
    if may_change {
        return None;
    }
    let reference = image.reference().as_str();
    let image = reference.split('@').next().unwrap_or(reference).to_owned();
    let at = first.from.image.range.clone();
    let (PortBy::Variable(name) | PortBy::Address(name)) = application.port_by else {
        return Some(ImagePort { port: application.port, at, image, application, open: None });
    };
    let set = dockerfile.image_envs().filter_map(|(_, variables)| variables.iter().find(|set| set.name.text == name));
    let Some(assignment) = set.last() else {
        return Some(ImagePort { port: application.port, at, image, application, open: Some(name) });
    };
    let value = dockerfile.last_stage()?.end.env(name)?;
    let port = match application.port_by {
        PortBy::Address(_) => value.rsplit_once(':').map_or(Some(application.port), |(_, port)| port.parse().ok())?,
        _ => value.parse().ok()?,
    };
    Some(ImagePort { port, at: assignment.name.range.clone(), image, application, open: None })
}

/// Whether the container starts the program as the image would. Options are arguments of the image's entrypoint.
fn keeps_start(dockerfile: &Dockerfile<'_>, starts: Starts, application: &Application) -> bool {
    let Some((_, CommandLine { form, .. })) = dockerfile.cmd() else { return true };
    let words: Vec<&str> = match form {
        Form::Exec(words) => words.iter().map(|word| &*word.text).collect(),
        // The image's entrypoint gets a shell and its text
        Form::Shell(_) if matches!(starts, Starts::Entrypoint { .. }) => return false,
        Form::Shell(text) => text.split_whitespace().collect(),
    };
    let is_option = words.first().is_some_and(|word| word.starts_with('-'));
    if is_option && application.words.is_empty() {
        const SETS: [&str; 9] = ["port", "host", "bind", "addr", "listen", "config", ":", "$", "-p"];
        return !words.iter().any(|word| SETS.iter().any(|part| word.to_ascii_lowercase().contains(part)));
    }
    words.iter().all(|word| application.words.contains(word))
}

/// Whether a variable may set a port or an address.
fn is_about_ports(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    ["PORT", "ADDR", "LISTEN", "BIND", "CONFIG"].iter().any(|part| name.contains(part))
        && !["EXPORT", "SUPPORT", "REPORT", "IMPORT", "TRANSPORT", "VIEWPORT", "SMTP", "DB_", "PROXY"]
            .iter()
            .any(|part| name.contains(part))
}

fn is_own(name: &str, application: &Application) -> bool {
    matches!(application.port_by, PortBy::Variable(own) | PortBy::Address(own) if own == name)
}

/// Parts of the names of files with settings, and of scripts that may set a port.
const SETTINGS: [&str; 12] =
    ["conf", "env", ".yml", ".yaml", ".json", ".toml", ".ini", ".sh", "entrypoint", "Caddyfile", "start", "settings"];

/// Folders of programs, and of the settings of PHP itself.
const PROGRAMS: [&str; 4] = ["/usr/bin/", "/usr/local/bin/", "/bin/", "/usr/local/etc/php/"];
/// Parts of the names of programs that start the application.
const STARTERS: [&str; 6] = ["entrypoint", "start", "foreground", "apache", "httpd", "caddy"];

/// Whether a copied file may be a setting. Content that is served is none.
fn may_configure(copy: &Copy<'_>, workdir: Option<&str>, application: &Application) -> bool {
    let to = &*copy.destination.text;
    let is_content = |path: &str| {
        application
            .content
            .iter()
            .any(|folder| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    };
    let folder = workdir.filter(|folder| *folder != "/").or(application.workdir).unwrap_or_default();
    let path = if to.starts_with('/') { to.to_owned() } else { format!("{folder}/{to}") };
    if is_content(&path) && !path.contains("..") {
        return false;
    }
    let says = |text: &str| SETTINGS.iter().any(|part| text.contains(part)) || text.contains('$');
    let is_program = PROGRAMS.iter().any(|folder| path.starts_with(folder));
    if is_program && !STARTERS.iter().any(|part| path.contains(part)) && !path.contains(".sh") {
        return false;
    }
    let is_system =
        ["/etc", "/usr", "/bin", "/opt", "/app", "/docker-entrypoint"].iter().any(|folder| path.starts_with(folder));
    let is_whole = copy.sources.iter().any(|source| matches!(&*source.text, "." | "./" | "*"));
    is_system
        || path == "/"
        || says(&path)
        || copy.sources.iter().any(|source| says(&source.text))
        || (is_whole && !application.content.is_empty())
}

/// Whether a command may change a setting: it names the port, a file with settings, or edits one.
fn run_may_configure(run: &Run<'_>, application: &Application) -> bool {
    const EDITS: [&str; 8] = ["sed", "perl", "awk", "tee", "patch", "cp", "mv", "envsubst"];
    const NAMES: [&str; 9] = [
        "Listen",
        "ports.conf",
        "sites-",
        "httpd.conf",
        "apache2.conf",
        "Caddyfile",
        "/etc/apache2",
        "config set",
        "entrypoint",
    ];
    let port = application.port.to_string();
    let text = match &run.line.form {
        Form::Shell(text) => *text,
        Form::Exec(_) => return true,
    };
    // A script may set it
    let runs_script = run.commands.iter().any(|command| command.argv().iter().any(|word| word.text.contains(".sh")));
    // `ServerName` is a line for the log's sake
    let is_name = text.contains("ServerName") && !text.contains("Listen") && !text.contains("sites-");
    let names_port = text.split(|char: char| !char.is_ascii_digit()).any(|number| number == port);
    names_port
        || runs_script
        || (!is_name && NAMES.iter().any(|name| text.contains(name)))
        || run.commands.iter().any(|command| command.program().is_some_and(|program| EDITS.contains(&program)))
}
