//! Chooses by the rows of the platforms: which ones can be had, and in which order they come.

use super::Wishes;
use super::way::{Way, Ways};
use crate::facts::platforms::{BUDGETS, Fact, Gpu, Kind, Offer, PURPOSES, Platform, Purpose, RANKINGS, Suit, Topic};
use crate::order::Order;

/// How many are chosen: the first, and one after it.
const PICKS: usize = 2;

/// What is chosen, and why the others are not.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) picks: Vec<Picked>,
    pub(super) ruled_out: Vec<(&'static Platform, String)>,
}

/// A platform that is chosen.
#[derive(Debug)]
pub(super) struct Picked {
    pub(super) platform: &'static Platform,
    pub(super) way: Way,
    pub(super) because: Vec<String>,
}

/// Why an app of pages is only shown.
const NO_API: &str = "such an app has pages and no API: it can only be shown";

/// Which wishes give way if nothing satisfies all of them, the most important last.
const GIVING_WAY: [(Leniency, &str); 3] = [
    (Leniency { budget: false, gpu: false }, ""),
    (Leniency { budget: true, gpu: false }, "no platform takes this app within the budget: this comes nearest"),
    (Leniency { budget: true, gpu: true }, "no platform has such a GPU for this app: this comes nearest"),
];

/// Which wishes are left out of account.
#[derive(Debug, Clone, Copy)]
struct Leniency {
    budget: bool,
    gpu: bool,
}

/// Chooses for a kind of app, from the ways that it has on each platform.
pub(super) fn choose(wishes: Wishes, kind: Option<Kind>, ways: Vec<(&'static Platform, Ways)>) -> Chosen {
    let mut ranked: Vec<(&'static Platform, Ways)> = ways;
    ranked.order_by_key(|(platform, _)| rank(wishes, kind, platform.id));
    for (leniency, nearest) in GIVING_WAY {
        let chosen = attempt(wishes, leniency, nearest, &ranked);
        if !chosen.picks.is_empty() {
            return chosen;
        }
    }
    attempt(wishes, GIVING_WAY[0].0, "", &ranked)
}

fn attempt(wishes: Wishes, leniency: Leniency, nearest: &str, ranked: &[(&'static Platform, Ways)]) -> Chosen {
    let mut chosen = Chosen { picks: Vec::new(), ruled_out: Vec::new() };
    for (platform, ways) in ranked {
        match judge(wishes, leniency, platform, ways) {
            Err(because) => chosen.ruled_out.push((platform, because)),
            Ok((suit, _, _)) if chosen.picks.len() == PICKS => {
                let first: Vec<&str> = chosen.picks.iter().map(|pick| pick.platform.name).collect();
                chosen.ruled_out.push((platform, format!("it fits, after {}: {suit}", first.join(" and "))));
            }
            Ok((suit, way, offer)) => {
                let nearest = (!nearest.is_empty()).then(|| nearest.to_owned());
                let own = way.because.iter().cloned();
                // What has only pages has no API anywhere
                let no_api = wishes.purpose == Some(Purpose::Api) && matches!(way.kind, Kind::Streamlit | Kind::Page);
                let suit = if no_api { NO_API } else { suit };
                let because = nearest.into_iter().chain([suit.to_owned()]).chain(own);
                let because = because.chain([offer.price.to_owned()]).collect();
                chosen.picks.push(Picked { platform, way: way.clone(), because });
            }
        }
    }
    chosen
}

/// The place of a platform in the order for some wishes.
fn rank(wishes: Wishes, kind: Option<Kind>, id: &str) -> usize {
    fn fits<T: PartialEq + Copy>(row: Option<T>, wish: Option<T>) -> bool {
        row.is_none() || row == wish
    }
    let row = RANKINGS
        .iter()
        .find(|row| fits(row.purpose, wishes.purpose) && fits(row.budget, wishes.budget) && fits(row.kind, kind));
    row.and_then(|row| row.order.iter().position(|known| *known == id)).unwrap_or(usize::MAX)
}

/// Why a platform suits, the way and the offer; or why it is ruled out.
fn judge<'w>(
    wishes: Wishes,
    leniency: Leniency,
    platform: &'static Platform,
    ways: &'w Ways,
) -> Result<(&'static str, &'w Way, &'static Offer), String> {
    let ways = ways.as_ref().map_err(Clone::clone)?;
    let suit = match suit(platform, wishes.purpose) {
        Suit::Fits(why) => why,
        Suit::Not(why) => return Err(why.to_owned()),
    };
    let of = |gpu: bool, budget: bool, purpose: bool| {
        let fits = move |offer: &&Offer, way: &Way| {
            (!gpu || wishes.gpu.is_none_or(|gpu| offer.gpus.contains(&gpu)))
                && (!budget || wishes.budget.is_none_or(|budget| offer.budgets.contains(&budget)))
                && (!purpose || wishes.purpose.is_none_or(|purpose| !offer.not_for.contains(&purpose)))
                && offer.kinds.contains(&way.kind)
                && offer.sdk.is_none_or(|sdk| Some(sdk) == way.sdk.as_deref())
        };
        platform.offers.iter().find_map(|offer| Some((offer, ways.iter().find(|way| fits(&offer, way))?)))
    };
    if let Some((offer, way)) = of(!leniency.gpu, !leniency.budget, true) {
        return Ok((suit, way, offer));
    }
    Err(if of(true, false, false).is_none() && !platform.no_gpu.is_empty() {
        platform.no_gpu.to_owned()
    } else {
        beyond(platform, wishes).unwrap_or(suit).to_owned()
    })
}

/// Whether a platform suits a purpose.
pub(super) fn suit(platform: &Platform, purpose: Option<Purpose>) -> Suit {
    let index = PURPOSES.iter().position(|choice| Some(choice.value) == purpose);
    index.and_then(|index| platform.suits.get(index)).copied().unwrap_or(platform.suits_any)
}

/// Why a platform is beyond the budget.
fn beyond(platform: &Platform, wishes: Wishes) -> Option<&'static str> {
    let index = BUDGETS.iter().position(|choice| Some(choice.value) == wishes.budget)?;
    platform.beyond.get(index).copied().filter(|why| !why.is_empty())
}

/// The facts that matter to a kind of app.
pub(super) fn facts(platform: &'static Platform, kind: Kind, gpu: Option<Gpu>) -> impl Iterator<Item = &'static Fact> {
    platform.facts.iter().filter(move |fact| {
        let is_asked = match fact.topic {
            Topic::Price | Topic::Limit => true,
            Topic::Gpu => matches!(gpu, Some(Gpu::Burst | Gpu::Steady)),
            Topic::Background => false,
        };
        is_asked && (fact.kinds.is_empty() || fact.kinds.contains(&kind))
    })
}
