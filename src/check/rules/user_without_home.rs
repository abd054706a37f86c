//! A user with UID 1000 and no home folder.
//!
//! ## What it does
//! Looks at how the user of the image was created: `useradd` without `-m`, `adduser` with `--no-create-home` or `-H`,
//! or not at all and `USER 1000` alone, which leaves `/` as the home. A home folder created by hand, or `HOME` set to
//! another place, is accepted.
//!
//! ## Why it matters
//! Libraries keep caches and settings under the home: `PermissionError: [Errno 13] Permission denied: '/home/user'`, or
//! `'/.cache'`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd -u 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd -m -u 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>

use super::{Check, Finding, Group, Rule, Scope, in_dockerfile};
use crate::check::users::{changes_accounts_by_other_means, user_advice};
use crate::facts::base_images::Distribution;
use crate::formats::dockerfile::{Dockerfile, Instruction, Stage, Who};

pub(super) const RULE: Rule = Rule::new("user-without-home", Group::Risky, Check::Dockerfile(check)).of(Scope::SPACES);

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let Some(stage) = dockerfile.last_stage() else { return };
    let Some(account) = stage.end.account_of(1000) else {
        found.extend(number_alone(dockerfile, stage));
        return;
    };
    let (Some(made), None, true) = (account.made_by.clone(), &account.home, account.is_certain) else { return };
    // Its useradd creates homes by default
    if dockerfile.base_image().is_some_and(|image| image.distribution() == Distribution::Fedora) {
        return;
    }
    let home = format!("/home/{}", account.name);
    let names_home = dockerfile.image_steps().any(|step| match &step.instruction {
        Instruction::Run(run) => run.commands.iter().any(|command| {
            command
                .argv()
                .iter()
                .skip(1)
                .any(|word| word.text.trim_end_matches('/').starts_with(&home) || word.text.contains('$'))
                && matches!(command.program(), Some("mkdir" | "install" | "chown" | "mkhomedir_helper" | "cp"))
        }),
        Instruction::Workdir(word) => step.before.absolute(&word.text).is_none_or(|path| path.starts_with(&home)),
        Instruction::Copy(copy) => copy.destination.text.starts_with(&home),
        _ => false,
    });
    if stage.end.sets_env("HOME") || names_home {
        return;
    }
    let finding = Finding::new(in_dockerfile(made), format!("the user `{}` has no home folder", account.name))
        .label("without `--create-home`")
        .help("add `--create-home` (`-m`)");
    found.push(finding);
}

/// `USER 1000` in an image without such a user.
fn number_alone(dockerfile: &Dockerfile<'_>, stage: &Stage<'_>) -> Option<Finding> {
    let range = stage.end.user_range().filter(|_| stage.end.who() == Who::Uid(1000))?;
    let is_certain = dockerfile.base_image().is_some_and(|image| image.all_users_known() && image.account().is_none());
    let may_exist = !is_certain || changes_accounts_by_other_means(dockerfile);
    if may_exist || stage.end.accounts().iter().any(|account| account.uid.is_none()) || stage.end.sets_env("HOME") {
        return None;
    }
    let finding = Finding::new(in_dockerfile(range), "no user in this image has UID 1000")
        .label("its home is `/`, which belongs to root")
        .help(user_advice(dockerfile, &stage.end, "user"));
    Some(finding)
}
