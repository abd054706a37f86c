//! Gradio's share link.

use super::row::{ALL_BUDGETS, ALL_GPUS, READ, fact, offer};
use super::{Kind, Needs, Platform, Suit, Topic};
use Suit::{Fits, Not};
use Topic::{Background, Limit, Price};

const SHARING: &str = "https://www.gradio.app/guides/sharing-your-app";

/// Its row.
pub(super) const ROW: Platform = Platform {
    id: "gradio-share",
    name: "Gradio's share link",
    summary: "a quick public link to a Gradio app on your own computer",
    needs: Needs::Gradio,
    suits: [
        Fits("a link that ends after a week, so no permanent demo"),
        Fits("a public link in seconds, without an account"),
        Fits("no notebook: a link to the page, which cannot be changed there"),
        Not("its link ends with the process on your computer, and a dashboard has to stay"),
        Not("its link ends with the process on your computer, and an API has to stay"),
        Not("its link ends with the process on your computer, which answers every call alone"),
    ],
    suits_any: Fits("a public link in seconds, without an account"),
    offers: &[offer(ALL_BUDGETS, ALL_GPUS, &[Kind::Gradio], "it costs nothing: the app runs on your computer")],
    no_gpu: "",
    beyond: ["", "", ""],
    facts: &[
        fact(Price, "the link", "free; the app runs on your computer (undated)", SHARING, READ),
        fact(
            Limit,
            "how long the link lasts",
            "up to one week, without a guarantee, and no longer than the process (undated)",
            SHARING,
            READ,
        ),
        fact(
            Limit,
            "`GRADIO_SHARE=True`",
            "makes the link if `launch()` passes no `share` (Gradio 6.31)",
            "https://github.com/gradio-app/gradio/blob/main/gradio/blocks.py",
            READ,
        ),
        fact(Topic::Gpu, "a GPU", "the one in your computer", SHARING, READ),
        fact(
            Background,
            "the tunnel",
            "a program that Gradio downloads the first time",
            "https://github.com/gradio-app/gradio/blob/main/gradio/tunneling.py",
            READ,
        ),
    ],
    writes: "No file: it prints the one command that makes the link.",
    publish: &["Run the command. Ctrl-C ends the link."],
    cannot: &[
        "The link does not outlive the process, and ends after a week at the latest.",
        "It is not a page for production: anyone who has the link uses your computer.",
    ],
};
