//! The page of all messages.

use crate::facts::messages::{Message, TOPICS, messages};

/// The page of the messages that `diagnose` knows, in Markdown.
#[must_use]
pub fn messages_page() -> String {
    let mut page = format!(
        "# Messages\n\nGenerated from `src/facts/messages/`: `UPDATE=1 cargo test --test integration the_page_of_messages`.\n\n\
         The {} messages that `spaces-new diagnose` knows, each with what it means and what to do.\n\
         A name in braces stands for what the message names there.\n",
        messages().count()
    );
    for topic in TOPICS {
        page.push_str(&format!("\n## {}\n", topic.title));
        topic.rows.iter().for_each(|row| page.push_str(&section(row)));
    }
    page
}

fn section(row: &Message) -> String {
    let rules: Vec<String> = row.all_rules().map(|rule| format!("[{rule}](rules.md#{rule})")).collect();
    let rules = if rules.is_empty() { String::new() } else { format!("; {}", rules.join(", ")) };
    let source = if row.source.starts_with("https://") { format!("<{}>", row.source) } else { row.source.to_owned() };
    format!(
        "\n### {}\n\n```text\n{}\n```\n\n{} {}\n\nStage: {}{rules}. Source: {source}\n",
        row.id,
        row.example.trim(),
        row.cause,
        row.fix,
        row.stage.as_str(),
    )
}
