//! Streamlit Community Cloud.

use super::row::{ALL_BUDGETS, fact, offer};
use super::{Gpu, Kind, Needs, Platform, Suit, Topic};
use Suit::Fits;
use Topic::{Background, Limit, Price};

/// The date of Streamlit's documentation: commit 7b26d93 of <https://github.com/streamlit/docs>.
const STREAMLIT: &str = "2026-08-22";
const COMMUNITY_CLOUD: &str = "https://docs.streamlit.io/deploy/streamlit-community-cloud";
const MANAGE_APP: &str = "https://docs.streamlit.io/deploy/streamlit-community-cloud/manage-your-app";
const SHARE_APP: &str = "https://docs.streamlit.io/deploy/streamlit-community-cloud/share-your-app";

/// Its row.
pub(super) const ROW: Platform = Platform {
    id: "streamlit-cloud",
    name: "Streamlit Community Cloud",
    summary: "dashboards in Streamlit, from a repository on GitHub",
    needs: Needs::Streamlit,
    suits: [
        Fits("a permanent page for a Streamlit app, free, from a repository on GitHub"),
        Fits("a free link that stays, once the repository is on GitHub"),
        Fits("no notebook: a page of the app, whose code is on GitHub"),
        Fits("made for dashboards in Streamlit, and free"),
        Fits("a Streamlit app has pages and no API: it can only be shown"),
        Fits("it does not grow: 2.7 GB of memory at most"),
    ],
    suits_any: Fits("made for Streamlit apps, and free"),
    offers: &[offer(ALL_BUDGETS, &[Gpu::None], &[Kind::Streamlit], "it costs nothing")],
    no_gpu: "its machines have no GPU",
    beyond: ["", "", ""],
    facts: &[
        fact(Price, "hosting", "free; no paid plan was found", COMMUNITY_CLOUD, STREAMLIT),
        fact(Limit, "memory", "690 MB to 2.7 GB", MANAGE_APP, STREAMLIT),
        fact(Limit, "an app without visits", "sleeps after 12 hours", MANAGE_APP, STREAMLIT),
        fact(Limit, "the code", "on GitHub; one app may be private", SHARE_APP, STREAMLIT),
        fact(
            Background,
            "Python",
            "3.12, unless another version is chosen when the app is deployed",
            "https://docs.streamlit.io/deploy/streamlit-community-cloud/deploy-your-app/deploy",
            STREAMLIT,
        ),
        fact(
            Background,
            "settings that it overrides",
            "`server.enableXsrfProtection`, `server.runOnSave`, `browser.gatherUsageStats`, and not the port or the address",
            "https://docs.streamlit.io/deploy/streamlit-community-cloud/status",
            STREAMLIT,
        ),
    ],
    writes: "`requirements.txt` with all that is imported, where there is none, `packages.txt` for Debian packages, `.streamlit/config.toml` without port \
             and address, `.streamlit/secrets.toml.example`.",
    publish: &[
        "Push the repository to GitHub.",
        "Choose it on <https://share.streamlit.io>, with the entry file and the version of Python.",
        "Enter the secrets under \"Advanced settings\".",
    ],
    cannot: &[
        "It runs nothing but Streamlit.",
        "It has no GPU, and no other region than the United States.",
        "It takes code from GitHub only.",
    ],
};
