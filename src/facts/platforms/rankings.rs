//! Which platform comes first when.
//!
//! The first row that fits counts. Platforms that cannot take the app, that have no GPU for it or that are beyond the budget are
//! left out afterwards, by the rows of the platforms.

use super::{
    Budget, Kind, Purpose, bentoml, colab, gradio_share, huggingface_spaces, northflank, replicate, streamlit_cloud,
};

/// An order of all platforms.
#[derive(Debug)]
#[non_exhaustive]
pub struct Ranking {
    /// The purpose, or none for any.
    pub purpose: Option<Purpose>,
    /// The budget, or none for any.
    pub budget: Option<Budget>,
    /// The kind of app, or none for any.
    pub kind: Option<Kind>,
    /// The platforms, the best first.
    pub order: [&'static str; 7],
}

const SPACES: &str = huggingface_spaces::ROW.id;
const SHARE: &str = gradio_share::ROW.id;
const STREAMLIT: &str = streamlit_cloud::ROW.id;
const REPLICATE: &str = replicate::ROW.id;
const BENTOML: &str = bentoml::ROW.id;
const NORTHFLANK: &str = northflank::ROW.id;
const COLAB: &str = colab::ROW.id;

const fn row(
    purpose: Option<Purpose>,
    budget: Option<Budget>,
    kind: Option<Kind>,
    order: [&'static str; 7],
) -> Ranking {
    Ranking { purpose, budget, kind, order }
}

/// The rows, the most special first.
pub const RANKINGS: &[Ranking] = &[
    row(Some(Purpose::Link), None, None, [SHARE, STREAMLIT, SPACES, NORTHFLANK, BENTOML, REPLICATE, COLAB]),
    row(Some(Purpose::Notebook), None, None, [COLAB, SPACES, STREAMLIT, NORTHFLANK, SHARE, BENTOML, REPLICATE]),
    row(Some(Purpose::Dashboard), None, None, [STREAMLIT, SPACES, NORTHFLANK, SHARE, BENTOML, REPLICATE, COLAB]),
    row(
        Some(Purpose::Api),
        Some(Budget::Free),
        Some(Kind::FastApi),
        [NORTHFLANK, BENTOML, SPACES, REPLICATE, STREAMLIT, SHARE, COLAB],
    ),
    row(
        Some(Purpose::Api),
        Some(Budget::Free),
        None,
        [SPACES, BENTOML, NORTHFLANK, REPLICATE, STREAMLIT, SHARE, COLAB],
    ),
    row(
        Some(Purpose::Api),
        Some(Budget::PerUse),
        None,
        [REPLICATE, BENTOML, SPACES, NORTHFLANK, STREAMLIT, SHARE, COLAB],
    ),
    row(
        Some(Purpose::Api),
        Some(Budget::Monthly),
        None,
        [NORTHFLANK, BENTOML, SPACES, REPLICATE, STREAMLIT, SHARE, COLAB],
    ),
    // It is an API already
    row(
        Some(Purpose::Api),
        None,
        Some(Kind::FastApi),
        [NORTHFLANK, BENTOML, REPLICATE, SPACES, STREAMLIT, SHARE, COLAB],
    ),
    row(Some(Purpose::Api), None, None, [REPLICATE, BENTOML, SPACES, NORTHFLANK, STREAMLIT, SHARE, COLAB]),
    row(Some(Purpose::Scale), None, None, [NORTHFLANK, BENTOML, REPLICATE, SPACES, STREAMLIT, SHARE, COLAB]),
    row(Some(Purpose::Demo), None, None, [SPACES, STREAMLIT, NORTHFLANK, REPLICATE, SHARE, BENTOML, COLAB]),
    // Free, and made for it
    row(None, None, Some(Kind::Streamlit), [STREAMLIT, SPACES, NORTHFLANK, REPLICATE, BENTOML, SHARE, COLAB]),
    row(None, None, None, [SPACES, STREAMLIT, NORTHFLANK, REPLICATE, SHARE, BENTOML, COLAB]),
];
