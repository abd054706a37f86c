//! Google Colab.

use super::row::{ALL_BUDGETS, READ, fact, offer};
use super::{Gpu, Kind, Needs, Platform, Suit, Topic};
use Suit::{Fits, Not};
use Topic::{Background, Limit, Price};

const COLAB_FAQ: &str = "https://research.google.com/colaboratory/faq.html";

/// Its row.
pub(super) const ROW: Platform = Platform {
    id: "colab",
    name: "Google Colab",
    summary: "notebooks that others run and change",
    needs: Needs::Gradio,
    suits: [
        Not("it is for notebooks: its free tier does not allow use mainly through a web UI, so it is not for hosting"),
        Not("it is for notebooks: its free tier does not allow use mainly through a web UI, so it is not for hosting"),
        Fits("a notebook of the app, which others open, run and change"),
        Not("it is for notebooks: its free tier does not allow use mainly through a web UI, so it is not for hosting"),
        Not("it is for notebooks: a runtime ends after 12 hours, so it cannot serve an API"),
        Not("it is for notebooks: a runtime ends after 12 hours, so it is not for hosting"),
    ],
    suits_any: Not(
        "it is for notebooks alone: its free tier does not allow use mainly through a web UI, so it is not for hosting",
    ),
    offers: &[offer(ALL_BUDGETS, &[Gpu::None, Gpu::Burst], &[Kind::Gradio], "a runtime costs nothing")],
    no_gpu: "its free runtime ends after 12 hours, and a GPU is not guaranteed",
    beyond: ["", "", ""],
    facts: &[
        fact(Price, "a runtime", "free (undated)", COLAB_FAQ, READ),
        fact(Limit, "how long it runs", "12 hours at most, and nothing is guaranteed (undated)", COLAB_FAQ, READ),
        fact(
            Limit,
            "its free tier",
            "does not allow use mainly through a web UI, so it is not for hosting (undated)",
            COLAB_FAQ,
            READ,
        ),
        fact(Topic::Gpu, "a GPU", "free when one is available (undated)", COLAB_FAQ, READ),
        fact(
            Background,
            "what is installed",
            "Python 3.13, Gradio 6.24",
            "https://github.com/googlecolab/backend-info",
            "2026-08-19",
        ),
    ],
    writes: "`notebook.ipynb`: the app without its main block, a call of its function if that can be called, and a cell that shows the page.",
    publish: &[
        "Push the repository to GitHub.",
        "Open <https://colab.research.google.com/github/OWNER/REPO/blob/main/notebook.ipynb>.",
    ],
    cannot: &[
        "It shows pages of Gradio only.",
        "It is not for hosting: the page ends with the runtime.",
        "A GPU is not guaranteed.",
    ],
};
