//! `BentoML`.

use super::row::{ALL_BUDGETS, ALL_GPUS, PYTHON, READ, fact, offer};
use super::{Needs, Platform, Suit, Topic};
use Suit::{Fits, Not};
use Topic::{Background, Limit, Price};

const BENTOML: &str = "https://github.com/bentoml/BentoML";

/// Its row.
pub(super) const ROW: Platform = Platform {
    id: "bentoml",
    name: "BentoML",
    summary: "an API on machines of your own",
    needs: Needs::FunctionOrFastApi,
    suits: [
        Not("it serves an API, and no page"),
        Not("it serves an API, and needs a machine of your own"),
        Not("it serves an API, and no notebook"),
        Not("it serves an API, and no dashboard"),
        Fits("an API with checked inputs, on a machine of your own"),
        Fits("an image of the API, for as many machines of your own as there are"),
    ],
    suits_any: Fits("an API with checked inputs, on a machine of your own"),
    offers: &[offer(
        ALL_BUDGETS,
        ALL_GPUS,
        PYTHON,
        "the software costs nothing, and runs on a machine that you have or rent",
    )],
    no_gpu: "",
    beyond: ["", "", ""],
    facts: &[
        fact(Price, "the software", "free and open source, Apache-2.0 (BentoML 1.4; undated)", BENTOML, READ),
        fact(
            Limit,
            "where it runs",
            "on your machines, as a process or as an image of `bentoml containerize` (undated)",
            "https://docs.bentoml.com/en/latest/guides/containerization.html",
            READ,
        ),
        fact(Topic::Gpu, "a GPU", "the one in your machine", BENTOML, READ),
        fact(
            Background,
            "BentoCloud, which runs it for you",
            "paid; what a trial includes is only known from third parties (undated)",
            "https://www.bentoml.com/pricing",
            READ,
        ),
    ],
    writes: "`service.py`, which serves one function of the app, or the FastAPI app, and `bentofile.yaml`.",
    publish: &["`bentoml build`", "`bentoml serve`, or `bentoml containerize` for an image that runs anywhere"],
    cannot: &[
        "It shows no page: Streamlit apps, and Gradio apps without a function that can be called, are refused.",
        "`@bentoml.gradio.mount_gradio_app` answers 500 with Gradio 6.31, so the page of a Gradio app is left out.",
    ],
};
