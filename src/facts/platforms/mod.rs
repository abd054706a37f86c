//! The platforms that run apps: what each is for, what it takes and costs, and which one comes first when.
//!
//! `spaces-new advise`, `docs/platforms.md` and the table in the README are made from these rows. Each fact has a source and the
//! date of that source; where a source has no date, it is the day on which it was read, and the fact says `undated`.

mod bentoml;
mod colab;
mod gradio_share;
mod huggingface_spaces;
mod northflank;
mod rankings;
mod replicate;
mod row;
mod streamlit_cloud;

pub use rankings::{RANKINGS, Ranking};

/// The platforms, a file each.
pub const PLATFORMS: &[Platform] = &[
    huggingface_spaces::ROW,
    gradio_share::ROW,
    streamlit_cloud::ROW,
    replicate::ROW,
    bentoml::ROW,
    northflank::ROW,
    colab::ROW,
];

/// What an app is published for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// A permanent public page.
    Demo,
    /// A link for a few days.
    Link,
    /// Code that others read and run.
    Notebook,
    /// A page of data.
    Dashboard,
    /// Calls from other programs.
    Api,
    /// Many visitors or calls.
    Scale,
}

/// How it may be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Budget {
    /// Not at all.
    Free,
    /// For what is used.
    PerUse,
    /// An amount each month.
    Monthly,
}

/// When it needs a GPU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gpu {
    /// Never.
    None,
    /// While it answers.
    Burst,
    /// All the time.
    Steady,
}

/// A kind of app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A page of Gradio.
    Gradio,
    /// A page of Streamlit.
    Streamlit,
    /// An app of `FastAPI`.
    FastApi,
    /// Any other server, or a Dockerfile.
    Server,
    /// Files that a browser runs.
    Page,
}

/// One answer to a question.
#[derive(Debug)]
#[non_exhaustive]
pub struct Choice<T: 'static> {
    /// The answer.
    pub value: T,
    /// Its name on the command line.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

const fn choice<T>(value: T, name: &'static str, meaning: &'static str) -> Choice<T> {
    Choice { value, name, meaning }
}

/// What it can be for.
pub const PURPOSES: &[Choice<Purpose>] = &[
    choice(Purpose::Demo, "demo", "a permanent public demo"),
    choice(Purpose::Link, "link", "a quick link to show it, for some days"),
    choice(Purpose::Notebook, "notebook", "a notebook that others run and change"),
    choice(Purpose::Dashboard, "dashboard", "a dashboard"),
    choice(Purpose::Api, "api", "an API that other programs call"),
    choice(Purpose::Scale, "scale", "production, at scale or on machines of your own"),
];

/// The template of a new app for each purpose, in the order of [`PURPOSES`].
pub const STARTERS: [&str; 6] = ["gradio", "gradio", "gradio", "streamlit", "fastapi", "fastapi"];

/// How it can be paid.
pub const BUDGETS: &[Choice<Budget>] = &[
    choice(Budget::Free, "free", "nothing"),
    choice(Budget::PerUse, "per-use", "pay for what is used"),
    choice(Budget::Monthly, "monthly", "an amount each month"),
];

/// When it can need a GPU.
pub const GPUS: &[Choice<Gpu>] = &[
    choice(Gpu::None, "none", "no GPU"),
    choice(Gpu::Burst, "burst", "a GPU while it answers"),
    choice(Gpu::Steady, "steady", "a GPU all the time"),
];

/// Every kind of app, with its name in a table.
pub const KINDS: &[Choice<Kind>] = &[
    choice(Kind::Gradio, "gradio", "Gradio"),
    choice(Kind::Streamlit, "streamlit", "Streamlit"),
    choice(Kind::FastApi, "fastapi", "FastAPI"),
    choice(Kind::Server, "server", "another server, a Dockerfile"),
    choice(Kind::Page, "page", "a static page"),
];

/// A platform.
#[derive(Debug)]
#[non_exhaustive]
pub struct Platform {
    /// Its name in commands.
    pub id: &'static str,
    /// Its name, as its makers write it.
    pub name: &'static str,
    /// What it is for.
    pub summary: &'static str,
    /// What it can run.
    pub needs: Needs,
    /// Whether it suits each purpose, in the order of [`PURPOSES`].
    pub suits: [Suit; 6],
    /// The same if no purpose is named.
    pub suits_any: Suit,
    /// What can be had for which price, the best first.
    pub offers: &'static [Offer],
    /// Why it has no GPU, if it has none for some apps.
    pub no_gpu: &'static str,
    /// Why it is beyond each budget, in the order of [`BUDGETS`]; empty where it never is.
    pub beyond: [&'static str; 3],
    /// What is known about it.
    pub facts: &'static [Fact],
    /// What `add` writes, or `init` for a Space.
    pub writes: &'static str,
    /// How to publish what was written.
    pub publish: &'static [&'static str],
    /// What cannot be done.
    pub cannot: &'static [&'static str],
}

/// Which apps a platform can run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Any app around which a Space can be put.
    Any,
    /// Any app with a server, in a container.
    Server,
    /// A page of Gradio.
    Gradio,
    /// A page of Streamlit.
    Streamlit,
    /// A function that can be called from outside.
    Function,
    /// The same, or an app of `FastAPI`.
    FunctionOrFastApi,
}

/// Whether a platform suits a purpose, and why.
#[derive(Debug, Clone, Copy)]
pub enum Suit {
    /// It can be chosen for it.
    Fits(&'static str),
    /// It is never chosen for it.
    Not(&'static str),
}

/// What can be had for which price.
#[derive(Debug)]
#[non_exhaustive]
pub struct Offer {
    /// The budgets that it is within.
    pub budgets: &'static [Budget],
    /// What it has.
    pub gpus: &'static [Gpu],
    /// The kinds of app that it is for.
    pub kinds: &'static [Kind],
    /// The SDK of the Space that it is for; none for all, and on other platforms.
    pub sdk: Option<&'static str>,
    /// What it is too small for.
    pub not_for: &'static [Purpose],
    /// The price, in a sentence without its end.
    pub price: &'static str,
}

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// What it costs.
    Price,
    /// What it is limited to.
    Limit,
    /// Its GPUs.
    Gpu,
    /// What is only in the documentation.
    Background,
}

/// A fact.
#[derive(Debug)]
#[non_exhaustive]
pub struct Fact {
    /// What it is about.
    pub topic: Topic,
    /// The kinds of app that it matters to; empty for all.
    pub kinds: &'static [Kind],
    /// What is known.
    pub text: &'static str,
    /// What is known of it.
    pub value: &'static str,
    /// The page that says so.
    pub source: &'static str,
    /// The date of the page, as `YYYY-MM` or `YYYY-MM-DD`.
    pub date: &'static str,
}
