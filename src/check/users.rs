//! Shared parts of the rules about users.

use crate::formats::dockerfile::{Command, Dockerfile, Instruction};

/// Whether a command creates a user.
pub(super) fn makes_user(command: &Command<'_>) -> bool {
    matches!(command.program(), Some("useradd" | "adduser"))
}

/// Whether a package is installed that a user is named after, as `postgres` comes with `postgresql`.
pub(super) fn comes_with_package(dockerfile: &Dockerfile<'_>, user: &str) -> bool {
    dockerfile.image_steps().any(|step| match &step.instruction {
        Instruction::Run(run) => {
            let mut installs = run.commands.iter().filter(|command| command.has("install"));
            installs.any(|command| command.argv().iter().skip(2).any(|word| word.text.contains(user)))
        }
        _ => false,
    })
}

/// Whether users may come from elsewhere: a script, a package, an archive, the account file itself.
pub(super) fn changes_accounts_by_other_means(dockerfile: &Dockerfile<'_>) -> bool {
    const HARMLESS: [&str; 18] = [
        "apt-get", "pip", "pip3", "mkdir", "chown", "chmod", "rm", "echo", "npm", "cd", "ls", "uv", "set", "cat", "mv",
        "cp", "ln", "true",
    ];
    dockerfile.image_steps().any(|step| match &step.instruction {
        Instruction::Run(run) => run.commands.iter().any(|command| {
            let writes = run.line.text().contains("/etc/passwd");
            writes || command.program().is_none_or(|program| !HARMLESS.contains(&program) && !makes_user(command))
        }),
        Instruction::Copy(copy) => copy.destination.text.starts_with("/etc"),
        _ => false,
    })
}
