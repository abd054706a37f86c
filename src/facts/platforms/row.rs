//! What the rows have in common.

use super::{Budget, Fact, Gpu, Kind, Offer, Topic};

/// The day on which pages without a date were read.
pub(super) const READ: &str = "2026-11-26";

pub(super) const ALL_BUDGETS: &[Budget] = &[Budget::Free, Budget::PerUse, Budget::Monthly];
pub(super) const PAID: &[Budget] = &[Budget::PerUse, Budget::Monthly];
pub(super) const ALL_GPUS: &[Gpu] = &[Gpu::None, Gpu::Burst, Gpu::Steady];
pub(super) const ANY_GPU: &[Gpu] = &[Gpu::Burst, Gpu::Steady];
pub(super) const SERVERS: &[Kind] = &[Kind::Gradio, Kind::Streamlit, Kind::FastApi, Kind::Server];
/// The kinds of app in which a function can be called.
pub(super) const PYTHON: &[Kind] = &[Kind::Gradio, Kind::FastApi, Kind::Server];

pub(super) const fn fact(
    topic: Topic,
    text: &'static str,
    value: &'static str,
    source: &'static str,
    date: &'static str,
) -> Fact {
    Fact { topic, kinds: &[], text, value, source, date }
}

/// A fact that only matters to some kinds of app.
#[expect(clippy::needless_pass_by_value, reason = "it is moved into a constant")]
pub(super) const fn only(kinds: &'static [Kind], fact: Fact) -> Fact {
    Fact { kinds, ..fact }
}

pub(super) const fn offer(
    budgets: &'static [Budget],
    gpus: &'static [Gpu],
    kinds: &'static [Kind],
    price: &'static str,
) -> Offer {
    Offer { budgets, gpus, kinds, sdk: None, not_for: &[], price }
}
