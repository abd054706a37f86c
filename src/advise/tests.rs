use std::collections::BTreeSet;

use super::choose::{Chosen, choose, suit};
use super::table::ways;
use super::*;
use crate::facts::platforms::{BUDGETS, GPUS, KINDS, Kind, PLATFORMS, PURPOSES, RANKINGS, Suit, Topic};

/// Every answer, and none.
fn answers<T: Copy>(choices: &[crate::facts::platforms::Choice<T>]) -> Vec<Option<T>> {
    choices.iter().map(|choice| Some(choice.value)).chain([None]).collect()
}

fn every_wish() -> Vec<Wishes> {
    let mut wishes = Vec::new();
    for purpose in answers(PURPOSES) {
        for budget in answers(BUDGETS) {
            wishes.extend(answers(GPUS).into_iter().map(|gpu| Wishes { purpose, budget, gpu }));
        }
    }
    wishes
}

fn chosen(wishes: Wishes, kind: Kind) -> Chosen {
    choose(wishes, Some(kind), PLATFORMS.iter().map(|platform| (platform, ways(platform, kind))).collect())
}

/// Whether a platform can be had as it is wished for.
fn satisfies(wishes: Wishes, platform: &Platform, kind: Kind) -> bool {
    let Ok(ways) = ways(platform, kind) else { return false };
    let is_offered = platform.offers.iter().any(|offer| {
        wishes.gpu.is_none_or(|gpu| offer.gpus.contains(&gpu))
            && wishes.budget.is_none_or(|budget| offer.budgets.contains(&budget))
            && wishes.purpose.is_none_or(|purpose| !offer.not_for.contains(&purpose))
            && offer.kinds.contains(&kind)
            && offer.sdk.is_none_or(|sdk| ways.iter().any(|way| way.sdk.as_deref() == Some(sdk)))
    });
    is_offered && matches!(suit(platform, wishes.purpose), Suit::Fits(_))
}

#[test]
fn every_combination_has_one_first_pick_which_breaks_no_condition() {
    let mut seen = 0;
    for wishes in every_wish() {
        for kind in KINDS.iter().map(|choice| choice.value) {
            let chosen = chosen(wishes, kind);
            let picks: Vec<&str> = chosen.picks.iter().map(|pick| pick.platform.id).collect();
            assert!((1..=2).contains(&picks.len()), "{wishes:?} {kind:?}: {picks:?}");
            let can: Vec<&str> =
                PLATFORMS.iter().filter(|one| satisfies(wishes, one, kind)).map(|one| one.id).collect();
            if can.is_empty() {
                let first = &chosen.picks[0].because[0];
                assert!(first.ends_with("this comes nearest"), "{wishes:?} {kind:?}: {first}");
            } else {
                assert!(picks.iter().all(|pick| can.contains(pick)), "{wishes:?} {kind:?}: {picks:?} of {can:?}");
                assert_eq!(picks.len(), can.len().min(2), "{wishes:?} {kind:?}: {picks:?} of {can:?}");
            }
            let out = chosen.ruled_out.iter().map(|(platform, why)| {
                assert!(!why.is_empty(), "{wishes:?} {kind:?}: {}", platform.id);
                platform.id
            });
            let all: BTreeSet<&str> = picks.iter().copied().chain(out).collect();
            assert_eq!(all.len(), PLATFORMS.len(), "{wishes:?} {kind:?}: each platform is picked or ruled out once");
            seen += 1;
        }
    }
    assert_eq!(seen, 7 * 4 * 4 * 5);
}

/// Otherwise a platform would be ruled out with a reason why it suits.
#[test]
fn what_is_beyond_the_budget_says_so() {
    for wishes in every_wish() {
        for kind in KINDS.iter().map(|choice| choice.value) {
            for (platform, why) in chosen(wishes, kind).ruled_out {
                let Suit::Fits(suits) = suit(platform, wishes.purpose) else { continue };
                assert!(why != suits, "{wishes:?} {kind:?}: `{}` is ruled out, since {why}", platform.id);
            }
        }
    }
}

#[test]
fn what_is_too_small_is_not_picked_for_scale() {
    let wishes = Wishes { purpose: Some(Purpose::Scale), budget: Some(Budget::Free), gpu: Some(Gpu::None) };
    let picks = |kind| chosen(wishes, kind).picks.into_iter().map(|pick| pick.platform.id).collect::<Vec<_>>();
    assert_eq!(picks(Kind::Gradio), ["bentoml"]);
    assert_eq!(picks(Kind::Streamlit), ["streamlit-cloud"]);
}

#[test]
fn colab_is_only_picked_for_notebooks() {
    for wishes in every_wish().into_iter().filter(|wishes| wishes.purpose != Some(Purpose::Notebook)) {
        for kind in KINDS {
            assert!(chosen(wishes, kind.value).picks.iter().all(|pick| pick.platform.id != "colab"), "{wishes:?}");
        }
    }
}

#[test]
fn every_order_names_each_platform_once_and_every_row_can_count() {
    let ids: BTreeSet<&str> = PLATFORMS.iter().map(|platform| platform.id).collect();
    assert_eq!(ids.len(), PLATFORMS.len());
    for (index, row) in RANKINGS.iter().enumerate() {
        assert_eq!(row.order.iter().copied().collect::<BTreeSet<_>>(), ids, "{row:?}");
        let covers = |before: &&crate::facts::platforms::Ranking| {
            (before.purpose.is_none() || before.purpose == row.purpose)
                && (before.budget.is_none() || before.budget == row.budget)
                && (before.kind.is_none() || before.kind == row.kind)
        };
        assert!(!RANKINGS[..index].iter().any(|before| covers(&before)), "an earlier row hides {row:?}");
    }
    let last = RANKINGS.last().unwrap();
    assert!(last.purpose.is_none() && last.budget.is_none() && last.kind.is_none(), "a combination has no order");
}

#[test]
fn each_platform_says_what_it_costs_in_every_kind_of_app_that_it_takes() {
    for platform in PLATFORMS {
        for kind in KINDS.iter().map(|choice| choice.value).filter(|kind| ways(platform, *kind).is_ok()) {
            let mut facts = choose::facts(platform, kind, None);
            assert!(facts.any(|fact| fact.topic == Topic::Price), "{} {kind:?}", platform.id);
            assert!(platform.offers.iter().any(|offer| offer.kinds.contains(&kind)), "{} {kind:?}", platform.id);
        }
        let asks_for_gpu = |fact: &&&Fact| fact.topic == Topic::Gpu;
        let has_gpu = platform.offers.iter().any(|offer| offer.gpus.len() > 1);
        assert_eq!(platform.facts.iter().any(|fact| asks_for_gpu(&&fact)), has_gpu, "{}", platform.id);
    }
}

#[test]
fn folders_are_words_of_the_command_line() {
    let typed = Typed { dir: Some("my app".to_owned()), new: "./check".to_owned() };
    let add = next::Next::Add { target: "bentoml", flags: vec!["--function".to_owned(), "a.py:f".to_owned()] };
    assert_eq!(add.line(&typed), "spaces-new add bentoml 'my app' --function a.py:f");
    assert_eq!(next::Next::Check.line(&Typed { dir: None, new: String::new() }), "spaces-new check");
    let new = next::Next::New { template: "gradio", flags: &["--sdk", "gradio"] };
    assert_eq!(new.line(&typed), "spaces-new ./check -t gradio --sdk gradio");
}
