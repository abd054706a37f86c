//! Every answer about every app.

use std::collections::BTreeSet;

use spaces_new::Addition;
use spaces_new::advice::{Advice, Advisor, Choice, Typed, Wishes, budgets, gpus, purposes};

use super::{cases, repository};
use crate::check::repository::files;
use crate::snapshots::settings;
use crate::support::Workspace;

/// Every answer, and none, each with its name.
fn answers<T: Copy>(choices: &[Choice<T>]) -> Vec<(&'static str, Option<T>)> {
    choices.iter().map(|choice| (choice.name, Some(choice.value))).chain([("open", None)]).collect()
}

/// Every combination of answers, with its name.
fn every_wish() -> Vec<(String, Wishes)> {
    let mut wishes = Vec::new();
    for (of_purpose, purpose) in answers(purposes()) {
        for (of_budget, budget) in answers(budgets()) {
            for (of_gpu, gpu) in answers(gpus()) {
                let name = format!("{of_purpose:9}  {of_budget:7}  {of_gpu:6}");
                wishes.push((name, Wishes { purpose, budget, gpu }));
            }
        }
    }
    wishes
}

fn typed() -> Typed {
    Typed { dir: Some("app".to_owned()), new: "new".to_owned() }
}

/// The picks of a combination in one line.
fn line(name: &str, advice: &Advice) -> String {
    let picks: Vec<&str> = advice.picks.iter().map(|pick| pick.platform.id).collect();
    let nearest = advice.picks.first().is_some_and(|pick| pick.because[0].ends_with("this comes nearest"));
    format!("{name}  {}{}\n", picks.join(", "), if nearest { "  (nearest)" } else { "" })
}

#[test]
fn every_combination_is_answered_and_its_commands_are_taken() {
    assert_eq!(every_wish().len(), 7 * 4 * 4);
    for (case, text) in cases() {
        let repo = repository(&text);
        let advisor = Advisor::of(&repo);
        let mut shown = String::from("for        budget   gpu     picks\n");
        let mut commands = BTreeSet::new();
        for (name, wishes) in every_wish() {
            let advice = advisor.advise(wishes, &typed());
            shown.push_str(&line(&name, &advice));
            assert!((1..=2).contains(&advice.picks.len()), "{case}, {name}");
            for pick in &advice.picks {
                assert!(!pick.because.is_empty() && !pick.facts.is_empty(), "{case}, {name}: {}", pick.platform.id);
                commands.insert((pick.platform.id, pick.next.clone()));
            }
            let out = advice.ruled_out.iter().map(|out| out.platform.id);
            let all: BTreeSet<&str> = advice.picks.iter().map(|pick| pick.platform.id).chain(out).collect();
            assert_eq!(all.len(), 7, "{case}, {name}: each platform is picked or ruled out");
        }
        settings("advise").bind(|| insta::assert_snapshot!(case.as_str(), shown));
        let workspace = Workspace::new();
        for (path, bytes) in files(&text) {
            workspace.write(&format!("app/{path}"), bytes.unwrap_or_default());
        }
        for (platform, command) in commands {
            assert_taken(&workspace, &case, platform, &command);
        }
    }
}

/// A command that comes next works in the folder; what it would write is not written.
fn assert_taken(workspace: &Workspace, case: &str, platform: &str, command: &str) {
    let words = shlex::split(command).unwrap();
    let (program, mut words) = (words[0].clone(), words[1..].to_vec());
    assert_eq!(program, "spaces-new", "{case}: {command}");
    match words[0].as_str() {
        "add" if !Addition::targets().contains(&platform) => return,
        "add" => assert_eq!(words[1], platform, "{case}: {command}"),
        "init" | "check" => assert_eq!(platform, "huggingface-spaces", "{case}: {command}"),
        _ => words.push("--yes".to_owned()),
    }
    let is_check = words[0] == "check";
    if !is_check {
        words.push("--dry-run".to_owned());
    }
    let ran = workspace.run_words(&words.iter().map(String::as_str).collect::<Vec<_>>());
    let is_taken = ran.code() == 0 || is_check && ran.code() == 1;
    assert!(is_taken, "{case}: {command}\n{}{}", ran.stdout(), ran.stderr());
}

/// A new Space for each platform that was advised without an app: it is one that the platform takes.
#[test]
fn the_new_app_of_each_platform_is_one_that_it_takes() {
    let text = super::case("nothing");
    let repo = repository(&text);
    let advisor = Advisor::of(&repo);
    let mut seen = BTreeSet::new();
    for (name, wishes) in every_wish() {
        for pick in advisor.advise(wishes, &typed()).picks {
            if !seen.insert((pick.platform.id, pick.next.clone())) {
                continue;
            }
            let workspace = Workspace::new();
            let mut words = shlex::split(&pick.next).unwrap()[1..].to_vec();
            words.push("--yes".to_owned());
            workspace.run_words(&words.iter().map(String::as_str).collect::<Vec<_>>()).ok();
            let made = spaces_new::Repo::open(&workspace.path().join("new")).unwrap();
            // The other wishes may rule it out for a reason of their own
            let advice = Advisor::of(&made).advise(wishes, &typed());
            let is_picked = advice.picks.iter().any(|again| again.platform.id == pick.platform.id);
            assert!(is_picked, "{name}: {} does not take what `{}` makes: {advice:#?}", pick.platform.id, pick.next);
            if Addition::targets().contains(&pick.platform.id) {
                let then =
                    pick.because.iter().find_map(|line| line.strip_prefix("then: `spaces-new ")?.strip_suffix('`'));
                workspace.run(&format!("{} --dry-run", then.unwrap())).ok();
            }
        }
    }
    assert!(seen.len() >= 8, "{seen:?}");
}
