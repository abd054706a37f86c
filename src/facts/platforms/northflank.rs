//! Northflank.

use super::row::{ANY_GPU, PAID, SERVERS, fact, offer};
use super::{Budget, Gpu, Needs, Offer, Platform, Purpose, Suit, Topic};
use Suit::Fits;
use Topic::Price;

/// The date of Northflank's documentation and prices: commit c0da467 of <https://github.com/northflank/skills>.
const NORTHFLANK: &str = "2026-06-25";
const NORTHFLANK_PLANS: &str = "https://github.com/northflank/skills/blob/main/skills/northflank/references/plans.md";

/// Its row.
pub(super) const ROW: Platform = Platform {
    id: "northflank",
    name: "Northflank",
    summary: "containers at scale, with a fixed price for each size",
    needs: Needs::Server,
    suits: [
        Fits("a permanent page in a container, with a price for each size"),
        Fits("a link that stays, once the repository is connected and built"),
        Fits("no notebook: a page of the app in a container"),
        Fits("a container of its own, with a price for each size"),
        Fits("it runs the app as it is, with the API that it has"),
        Fits("as many containers as are needed, with a price for each size"),
    ],
    suits_any: Fits("a container that grows with its visitors, with a price for each size"),
    offers: &[
        offer(
            PAID,
            &[Gpu::None],
            SERVERS,
            "a container costs $2.70 a month or more, by its size, and is billed by the second",
        ),
        Offer {
            not_for: &[Purpose::Scale],
            ..offer(
                &[Budget::Free],
                &[Gpu::None],
                SERVERS,
                "its Developer Sandbox has two free services, not for production; a payment method is needed",
            )
        },
        offer(PAID, ANY_GPU, SERVERS, "a GPU is paid by the hour, after $50 of credit were bought"),
    ],
    no_gpu: "",
    beyond: ["its free Developer Sandbox has no GPU and is not for production", "", ""],
    facts: &[
        fact(Price, "the smallest container", "$2.70 a month (0.1 vCPU, 256 MB)", NORTHFLANK_PLANS, NORTHFLANK),
        fact(
            Price,
            "2 vCPU and 16 GB, as a Space has (`nf-compute-200-16`)",
            "$120 a month",
            NORTHFLANK_PLANS,
            NORTHFLANK,
        ),
        fact(
            Price,
            "the Developer Sandbox",
            "free: 2 services, 2 jobs, 1 addon, not for production; a payment method is needed",
            "https://northflank.com/docs/v1/application/billing/pricing-on-northflank",
            NORTHFLANK,
        ),
        fact(Topic::Gpu, "an L4", "$0.80 an hour, and $50 of credit first", NORTHFLANK_PLANS, NORTHFLANK),
    ],
    writes: "`northflank.json`, a template of the service; in an app without a `Dockerfile`, also what `init` writes for one.",
    publish: &[
        "Push the repository to GitHub, GitLab or Bitbucket, and connect it to Northflank.",
        "Make a template from `northflank.json` in Northflank, and run it.",
    ],
    cannot: &[
        "It does not build a static page: that needs no container.",
        "The free Developer Sandbox is not for production.",
    ],
};
