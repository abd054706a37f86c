//! Replicate.

use super::row::{ALL_GPUS, PYTHON, READ, fact, offer};
use super::{Budget, Needs, Platform, Suit, Topic};
use Suit::{Fits, Not};
use Topic::{Background, Price};

const REPLICATE_PRICING: &str = "https://replicate.com/pricing";

/// Its row.
pub(super) const ROW: Platform = Platform {
    id: "replicate",
    name: "Replicate",
    summary: "a production API for one function, paid by the second",
    needs: Needs::Function,
    suits: [
        Fits("a page with a form for the function; each call is paid"),
        Not("it takes an account, a build and a push, and shows a form in place of the app"),
        Not("it runs one function in an image, and no notebook"),
        Not("it calls one function, and shows no dashboard"),
        Fits("an API for one function, which costs nothing while nobody calls it"),
        Fits("it starts more copies of the function when there are more calls"),
    ],
    suits_any: Fits("an API for one function, which costs nothing while nobody calls it"),
    offers: &[offer(&[Budget::PerUse], ALL_GPUS, PYTHON, "it is paid by the second")],
    no_gpu: "",
    beyond: [
        "it is paid by the second, and has no free plan",
        "",
        "it is paid by the second, so no month costs the same",
    ],
    facts: &[
        fact(Price, "a CPU", "$0.0001 a second, $0.36 an hour (undated)", REPLICATE_PRICING, READ),
        fact(
            Price,
            "waiting for calls",
            "free for a public model; a private one is billed while it is idle (undated)",
            "https://replicate.com/docs/billing",
            READ,
        ),
        fact(
            Topic::Gpu,
            "a GPU by the second: T4, L40S, A100 (80 GB), H100",
            "$0.000225, $0.000975, $0.0014, $0.001525 (undated)",
            REPLICATE_PRICING,
            READ,
        ),
        fact(
            Background,
            "its owner",
            "Cloudflare, as announced in November 2025 (undated)",
            "https://blog.cloudflare.com/why-replicate-joining-cloudflare/",
            READ,
        ),
    ],
    writes: "`cog.yaml` and `run.py`, which calls one function of the app.",
    publish: &["`cog login`", "Make the model on <https://replicate.com/create>.", "`cog push r8.im/OWNER/NAME`"],
    cannot: &[
        "It shows no page of the app: Streamlit apps, and Gradio apps without a function that can be called, are refused.",
        "A function with `gr.State`, `gr.Request`, `*args` or a sound as an array has no form there.",
        "`cog push` needs Docker.",
    ],
};
