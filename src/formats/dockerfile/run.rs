//! The effect of a `RUN` on the users of the image.

use super::model::Run;
use super::shell::Command;
use super::state::{Account, State};

/// Applies the changes of users that a `RUN` makes.
pub(super) fn follow(run: &Run<'_>, state: &mut State) {
    let edits = run.line.text().contains("/etc/passwd");
    for command in &run.commands {
        match command.program() {
            Some("useradd") => add(state, command, USERADD_VALUES, false),
            Some("adduser") => add(state, command, ADDUSER_VALUES, true),
            Some("userdel" | "deluser") => {
                // `deluser USER GROUP` takes a user out of a group
                let operands = operands(command, &[]);
                let Some(word) = operands.first() else { continue };
                let name = state.expand(word).unwrap_or_default();
                if word.contains(['$', '`']) && state.account(&name).is_none() {
                    // A variable of the shell, or the output of a command
                    state.doubt_accounts();
                } else if operands.len() == 1 && command.is_conditional() {
                    state.doubt_account(&name);
                } else if operands.len() == 1 {
                    state.remove_account(&name);
                }
            }
            Some("usermod") => modify(state, command),
            Some("sed" | "perl" | "tee" | "cp" | "mv" | "echo" | "printf") if edits => state.doubt_accounts(),
            _ => {}
        }
    }
}

/// Options of `useradd` that take a value.
const USERADD_VALUES: &[&str] = &[
    "-b",
    "-c",
    "-d",
    "-e",
    "-f",
    "-g",
    "-G",
    "-K",
    "-k",
    "-p",
    "-R",
    "-P",
    "-s",
    "-u",
    "-Z",
    "--base-dir",
    "--comment",
    "--home-dir",
    "--home",
    "--expiredate",
    "--inactive",
    "--gid",
    "--groups",
    "--key",
    "--skel",
    "--password",
    "--root",
    "--prefix",
    "--shell",
    "--uid",
    "--selinux-user",
];

/// Options of Debian's and busybox's `adduser` that take a value.
const ADDUSER_VALUES: &[&str] = &[
    "-h",
    "-g",
    "-s",
    "-G",
    "-u",
    "-k",
    "--home",
    "--gecos",
    "--shell",
    "--ingroup",
    "--uid",
    "--gid",
    "--comment",
    "--conf",
    "--firstuid",
    "--lastuid",
    "--firstgid",
    "--lastgid",
    "--add_extra_groups",
];

fn operands<'c>(command: &'c Command<'_>, with_value: &[&str]) -> Vec<&'c str> {
    let mut operands = Vec::new();
    let mut words = command.argv().iter().skip(1);
    while let Some(word) = words.next() {
        let text = &*word.text;
        let cluster_takes_value = text.starts_with('-')
            && !text.starts_with("--")
            && text.chars().last().is_some_and(|last| with_value.contains(&&*format!("-{last}")));
        if with_value.contains(&text) || cluster_takes_value {
            words.next();
        } else if !text.starts_with('-') {
            operands.push(text);
        }
    }
    operands
}

fn add(state: &mut State, command: &Command<'_>, with_value: &[&str], adduser: bool) {
    let operands = operands(command, with_value);
    // `adduser USER GROUP` adds a known user to a group
    let Some(name) = operands.first().and_then(|name| state.expand(name)) else { return };
    if adduser && operands.len() > 1 {
        return;
    }
    let given = command.value('u', &["--uid"]);
    let moves_ids = command.has("-K") || command.has("--key") || command.has("--firstuid") || command.has("--conf");
    let system = command.has("--system") || flag(command, 'S') && adduser || flag(command, 'r');
    let without_home = command.has("--no-create-home") || flag(command, if adduser { 'H' } else { 'M' });
    let with_home = if adduser { !without_home } else { command.has("--create-home") || flag(command, 'm') };
    let (short, long): (char, &[&str]) = if adduser { ('h', &["--home"]) } else { ('d', &["--home-dir", "--home"]) };
    let home = command.value(short, long).unwrap_or_else(|| format!("/home/{name}"));
    let uid = match &given {
        Some(text) => state.expand(text).and_then(|text| text.parse().ok()),
        None if system || moves_ids || command.has("--gid") => None,
        None => next_id(state),
    };
    state.add_account(Account {
        name,
        uid,
        is_system: system && given.is_none() && !moves_ids,
        is_certain: !command.is_conditional(),
        home: with_home.then_some(home),
        made_by: Some(command.range()),
    });
}

/// The number of the next user that is not a system user: the first free one from 1000 on. None if other users may have it.
fn next_id(state: &State) -> Option<u32> {
    let accounts = state.accounts();
    let is_known = !state.base_is_unknown() && accounts.iter().all(|account| account.is_certain);
    let numbers = accounts.iter().filter(|account| !account.is_system).map(|account| account.uid);
    let mut next = 1000;
    for number in numbers {
        next = next.max(number?.checked_add(1).filter(|next| *next < 60_000)?);
    }
    is_known.then_some(next)
}

fn flag(command: &Command<'_>, letter: char) -> bool {
    command.argv().iter().skip(1).any(|word| {
        word.text.strip_prefix('-').is_some_and(|rest| {
            !rest.starts_with('-') && rest.chars().all(|char| char.is_ascii_alphabetic()) && rest.contains(letter)
        })
    })
}

fn modify(state: &mut State, command: &Command<'_>) {
    let with_value =
        ["-l", "-d", "-u", "-g", "-G", "-s", "-c", "--login", "--home", "--uid", "--gid", "--groups", "--shell"];
    let Some(mut account) = operands(command, &with_value).last().and_then(|name| state.account(name)).cloned() else {
        return;
    };
    let old = account.name.clone();
    if let Some(name) = command.value('l', &["--login"]) {
        account.name = name;
    }
    if let Some(uid) = command.value('u', &["--uid"]) {
        account.uid = state.expand(&uid).and_then(|uid| uid.parse().ok());
        account.is_system = false;
    }
    if let Some(home) = command.value('d', &["--home"]) {
        account.home = Some(home);
    }
    account.is_certain &= !command.is_conditional();
    state.remove_account(&old);
    state.add_account(account);
}
