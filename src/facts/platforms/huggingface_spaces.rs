//! Hugging Face Spaces.

use super::row::{ALL_BUDGETS, ALL_GPUS, ANY_GPU, PAID, SERVERS, fact, offer, only};
use super::{Budget, Gpu, Kind, Needs, Offer, Platform, Purpose, Suit, Topic};
use Suit::Fits;
use Topic::{Limit, Price};

/// The date of the Hub's documentation: commit 242f4a1 of <https://github.com/huggingface/hub-docs>.
const HUB: &str = "2026-08-22";
const SPACES_OVERVIEW: &str = "https://huggingface.co/docs/hub/spaces-overview";
const SPACES_GPUS: &str = "https://huggingface.co/docs/hub/spaces-gpus";
const SPACES_ZEROGPU: &str = "https://huggingface.co/docs/hub/spaces-zerogpu";

/// Its row.
pub(super) const ROW: Platform = Platform {
    id: "huggingface-spaces",
    name: "Hugging Face Spaces",
    summary: "permanent public demos of Gradio, of any container, and static pages",
    needs: Needs::Any,
    suits: [
        Fits("a permanent public page, where people look for demos"),
        Fits("a link that stays, once the Space is pushed and built"),
        Fits("no notebook: a page of the app, which others can duplicate with its code"),
        Fits("a container of its own: any framework, 16 GB of memory"),
        Fits("it runs the app as it is, and a Gradio app there can be called by programs too"),
        Fits("one container for each Space: it does not grow with its visitors"),
    ],
    suits_any: Fits("a permanent public page, where people look for demos"),
    offers: &[
        Offer {
            sdk: Some("static"),
            ..offer(ALL_BUDGETS, ALL_GPUS, &[Kind::Page], "a static Space is free for everyone")
        },
        offer(
            &[Budget::Monthly],
            &[Gpu::None],
            SERVERS,
            "its CPU has no hourly price, but creating the Space needs a PRO, Team or Enterprise plan",
        ),
        Offer {
            sdk: Some("gradio"),
            not_for: &[Purpose::Scale],
            ..offer(
                ALL_BUDGETS,
                &[Gpu::None, Gpu::Burst],
                &[Kind::Gradio],
                "a free account may have two Gradio Spaces on ZeroGPU, which needs a function with `@spaces.GPU`",
            )
        },
        offer(
            PAID,
            ANY_GPU,
            SERVERS,
            "its GPUs are paid by the hour while they run, in a Space that a PRO, Team or Enterprise plan creates",
        ),
    ],
    no_gpu: "a static page runs in the browser",
    beyond: [
        "creating a Space with a container needs a PRO, Team or Enterprise plan; free are static pages, and Gradio on ZeroGPU",
        "creating a Space with a container needs a plan that is paid each month",
        "",
    ],
    facts: &[
        only(&[Kind::Page], fact(Price, "a static Space", "free for everyone", SPACES_OVERVIEW, HUB)),
        only(
            SERVERS,
            fact(
                Price,
                "creating a Gradio or Docker Space",
                "needs a PRO, Team or Enterprise plan",
                SPACES_OVERVIEW,
                HUB,
            ),
        ),
        only(
            &[Kind::Gradio],
            fact(
                Price,
                "a free account",
                "may have two Gradio Spaces on ZeroGPU, with a verified e-mail and after 30 days",
                SPACES_ZEROGPU,
                HUB,
            ),
        ),
        only(
            SERVERS,
            fact(
                Limit,
                "hardware without an hourly price (`cpu-basic`)",
                "2 vCPU, 16 GB of memory, 50 GB of disk; sleeps after 48 hours without visits",
                SPACES_GPUS,
                HUB,
            ),
        ),
        only(
            SERVERS,
            fact(Topic::Gpu, "a GPU by the hour: T4, L4, A100", "$0.40, $0.80, $2.50 while it runs", SPACES_GPUS, HUB),
        ),
        only(
            &[Kind::Gradio],
            fact(
                Topic::Gpu,
                "ZeroGPU",
                "a shared GPU while a function with `@spaces.GPU` runs; Gradio SDK only, with a daily quota",
                SPACES_ZEROGPU,
                HUB,
            ),
        ),
    ],
    writes: "Not `add` but `spaces-new init`: front matter in `README.md`, a `Dockerfile` for UID 1000, `.dockerignore`, \
             `.gitattributes`, `.gitignore`, `.spaces-new.base`, `.spaces-new.toml`. `spaces-new DIR` makes a new Space.",
    publish: &[
        "`hf auth login`",
        "`hf repos create NAME --type space --space-sdk docker`, or `gradio`, or `static`",
        "`hf upload NAME . --repo-type space --exclude \".env*\"`",
    ],
    cannot: &[
        "A free account cannot create a Docker Space.",
        "ZeroGPU runs nothing but the Gradio SDK.",
        "A Space reaches other servers on ports 80, 443 and 8080 only.",
        "What it writes to its disk is lost when it restarts.",
    ],
};
