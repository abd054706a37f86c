//! The page about the platforms, and the table of the README.

use crate::advise::{Wishes, first_picks};
use crate::facts::platforms::{
    BUDGETS, Budget, Choice, Fact, GPUS, Gpu, KINDS, Kind, Needs, PLATFORMS, PURPOSES, Platform, Suit,
};

/// The way of one app through the platforms, which a test runs.
const PATH: &str = "
## From a prototype to production

The usual way of an app of Gradio with one function, in the folder `my-app`: a Space to show it, Replicate as soon as other programs call
it, BentoML and Northflank when it has to grow. Each command adds files, and changes none that is there.

```sh
spaces-new advise my-app --for demo --budget monthly
spaces-new init my-app --yes
spaces-new check my-app
spaces-new advise my-app --for api --budget per-use
spaces-new add replicate my-app --yes
spaces-new advise my-app --for scale
spaces-new add bentoml my-app --yes
spaces-new add northflank my-app --yes
spaces-new check my-app
```

Accounts, real clouds and the tools that publish there are not part of the tests.
";

/// The page about the platforms, in Markdown.
#[must_use]
pub fn platforms_page() -> String {
    let mut page = String::from(
        "# Platforms\n\nGenerated from `src/facts/platforms/`: `UPDATE=1 cargo test --test integration the_page_of_platforms`.\n\n\
         `spaces-new advise` reads an app, asks what it is for, how it may be paid and whether it needs a GPU, and chooses by these\n\
         rows. Prices and limits change: each has the date of its source, or of the day on which a page without a date was read.\n\
         A check fails when one is older than nine months.\n",
    );
    for platform in PLATFORMS {
        page.push_str(&format!("- [{}](#{}): {}\n", platform.name, platform.id, platform.summary));
    }
    page = page.replacen("months.\n- ", "months.\n\n- ", 1);
    page.push_str("\n## Which one\n\n");
    page.push_str(&platforms_table());
    page.push_str(&with_answers());
    page.push_str(PATH);
    for platform in PLATFORMS {
        page.push_str(&section(platform));
    }
    page
}

/// What comes first for each purpose and kind of app, in Markdown.
#[must_use]
pub fn platforms_table() -> String {
    let mut table = String::from("| for |");
    for kind in KINDS {
        table.push_str(&format!(" {} |", kind.meaning));
    }
    table.push_str(&format!("\n|---|{}\n", "---|".repeat(KINDS.len())));
    for purpose in PURPOSES {
        table.push_str(&format!("| {} (`--for {}`) |", purpose.meaning, purpose.name));
        for kind in KINDS {
            let wishes = Wishes { purpose: Some(purpose.value), ..Wishes::default() };
            table.push_str(&format!(" {} |", names(wishes, kind.value)));
        }
        table.push('\n');
    }
    table
}

/// The first pick, and the one after it.
fn names(wishes: Wishes, kind: Kind) -> String {
    let picks: Vec<&str> = first_picks(wishes, kind).into_iter().map(|platform| platform.name).collect();
    picks.join(", then ")
}

/// How the budget and a GPU change the choice.
fn with_answers() -> String {
    let mut text = String::from(
        "\nThe budget and a GPU change that. For an app of Gradio whose function can be called:\n\n| for |",
    );
    let columns: [(Option<Budget>, Option<Gpu>); 5] = [
        (Some(Budget::Free), None),
        (Some(Budget::PerUse), None),
        (Some(Budget::Monthly), None),
        (None, Some(Gpu::Burst)),
        (None, Some(Gpu::Steady)),
    ];
    for (budget, gpu) in columns {
        let flags = flag("budget", BUDGETS, budget).or_else(|| flag("gpu", GPUS, gpu));
        text.push_str(&format!(" `{}` |", flags.unwrap_or_default()));
    }
    text.push_str(&format!("\n|---|{}\n", "---|".repeat(columns.len())));
    for purpose in PURPOSES {
        text.push_str(&format!("| {} |", purpose.meaning));
        for (budget, gpu) in columns {
            let wishes = Wishes { purpose: Some(purpose.value), budget, gpu };
            text.push_str(&format!(" {} |", names(wishes, Kind::Gradio)));
        }
        text.push('\n');
    }
    text
}

fn flag<T: PartialEq + Copy>(name: &str, choices: &[Choice<T>], value: Option<T>) -> Option<String> {
    let choice = choices.iter().find(|choice| Some(&choice.value) == value.as_ref())?;
    Some(format!("--{name} {}", choice.name))
}

fn section(platform: &Platform) -> String {
    let mut text = format!(
        "\n<a id=\"{id}\"></a>\n\n## {name}\n\n`{id}`: {summary}.\n\n### What it is for\n\n",
        id = platform.id,
        name = platform.name,
        summary = platform.summary
    );
    for (purpose, suit) in PURPOSES.iter().zip(platform.suits) {
        let why = match suit {
            Suit::Fits(why) => why.to_owned(),
            Suit::Not(why) => format!("never chosen, since {why}"),
        };
        text.push_str(&format!("- {} (`--for {}`): {why}\n", purpose.meaning, purpose.name));
    }
    text.push_str(&format!("\nIt takes {}.\n", needs(platform.needs)));
    text.push_str("\n### What it costs, and what is known about it\n\n| what | | source | date |\n|---|---|---|---|\n");
    text.extend(platform.facts.iter().map(row));
    text.push_str(&format!("\n### What is written\n\n{}\n\n### How to publish\n\n", platform.writes));
    for (number, step) in platform.publish.iter().enumerate() {
        text.push_str(&format!("{}. {step}\n", number + 1));
    }
    text.push_str("\n### What cannot be done\n\n");
    for line in platform.cannot {
        text.push_str(&format!("- {line}\n"));
    }
    text
}

/// Which apps a platform takes, in words.
fn needs(needs: Needs) -> &'static str {
    match needs {
        Needs::Any => "every app around which `spaces-new init` can put a Space",
        Needs::Server => {
            "every app with a server: a Dockerfile, or one that `spaces-new init` can make a Dockerfile for"
        }
        Needs::Gradio => "apps with a page of Gradio",
        Needs::Streamlit => "apps of Streamlit",
        Needs::Function => "apps of Gradio or FastAPI with a function that can be called from outside",
        Needs::FunctionOrFastApi => {
            "apps of FastAPI, and apps of Gradio with a function that can be called from outside"
        }
    }
}

fn row(fact: &Fact) -> String {
    let cell = |text: &str| text.replace('|', "\\|");
    format!("| {} | {} | <{}> | {} |\n", cell(fact.text), cell(fact.value), fact.source, fact.date)
}
