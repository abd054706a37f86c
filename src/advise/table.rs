//! The same choice without an app: for the tables of the documentation.

use super::Wishes;
use super::choose::choose;
use super::next::Next;
use super::way::{Way, Ways};
use crate::facts::platforms::{Kind, Needs, PLATFORMS, Platform};

/// The platforms that come first and second for a kind of app whose functions can be called.
pub(crate) fn first_picks(wishes: Wishes, kind: Kind) -> Vec<&'static Platform> {
    let ways = PLATFORMS.iter().map(|platform| (platform, ways(platform, kind))).collect();
    choose(wishes, Some(kind), ways).picks.into_iter().map(|pick| pick.platform).collect()
}

/// The ways of an ordinary app of a kind.
pub(super) fn ways(platform: &Platform, kind: Kind) -> Ways {
    let is_taken = match platform.needs {
        Needs::Any => true,
        Needs::Server => kind != Kind::Page,
        Needs::Gradio => kind == Kind::Gradio,
        Needs::Streamlit => kind == Kind::Streamlit,
        Needs::Function | Needs::FunctionOrFastApi => matches!(kind, Kind::Gradio | Kind::FastApi),
    };
    if !is_taken {
        return Err("it does not take such an app".to_owned());
    }
    let sdks: &[Option<&str>] = match (platform.needs, kind) {
        (Needs::Any, Kind::Page) => &[Some("static")],
        (Needs::Any, Kind::Gradio) => &[Some("docker"), Some("gradio")],
        (Needs::Any, _) => &[Some("docker")],
        _ => &[None],
    };
    let way = |sdk: Option<&str>| Way { kind, sdk: sdk.map(str::to_owned), next: Next::Check, because: Vec::new() };
    Ok(sdks.iter().copied().map(way).collect())
}
