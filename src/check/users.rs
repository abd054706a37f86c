//! Shared parts of the rules about users.

use crate::formats::dockerfile::{Account, Command, Dockerfile, Instruction, State};
use crate::values::BaseImage;

/// Whether a command creates a user.
pub(super) fn makes_user(command: &Command<'_>) -> bool {
    matches!(command.program(), Some("useradd" | "adduser"))
}

/// The user that certainly has UID 1000.
pub(super) fn owner_of_1000(state: &State) -> Option<&Account> {
    state.account_of(1000).filter(|account| account.is_certain)
}

/// The instruction that creates a user with UID 1000 and a home. None if the image has no program for it.
pub(super) fn creation(dockerfile: &Dockerfile<'_>, name: &str) -> Option<String> {
    const USUAL: &str = "useradd --create-home --uid";
    let command = dockerfile.base_image().map_or(Some(USUAL), BaseImage::make_user)?;
    Some(format!("RUN {command} 1000 {name}"))
}

/// How the image gets a `USER` with UID 1000: by the name of the user that has it, or by a new one.
pub(super) fn user_advice(dockerfile: &Dockerfile<'_>, state: &State, name: &str) -> String {
    match (owner_of_1000(state), creation(dockerfile, name)) {
        (Some(owner), _) => format!("write `USER {}`, which has UID 1000 in this image", owner.name),
        (None, Some(creation)) => format!("create the user above it: `{creation}`"),
        (None, None) => "write `USER 1000`".to_owned(),
    }
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
