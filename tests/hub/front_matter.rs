//! The few faults of front matter for which this server refuses a README, in the words of the Hub's validator.

use serde_json::json;

use super::http::Answer;

const COLORS: [&str; 8] = ["red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"];
/// The most characters of a `short_description`.
const DESCRIPTION: usize = 60;

/// What is wrong with a README.
pub fn errors(readme: &str) -> Vec<String> {
    let mut errors = Vec::new();
    for line in block(readme).unwrap_or_default().lines() {
        let Some((key, value)) = line.split_once(": ") else { continue };
        let value = value.trim().trim_matches(['"', '\'']);
        match key {
            "colorFrom" | "colorTo" if !COLORS.contains(&value) => {
                errors.push(format!("\"{key}\" must be one of [{}]", COLORS.join(", ")));
            }
            "short_description" if value.chars().count() > DESCRIPTION => {
                let rule = format!("length must be less than or equal to {DESCRIPTION} characters long");
                errors.push(format!("\"{key}\" {rule}"));
            }
            _ => {}
        }
    }
    errors
}

/// The lines between the two lines of dashes.
fn block(readme: &str) -> Option<&str> {
    let rest = readme.strip_prefix("---\n")?;
    rest.find("\n---").map(|end| &rest[..end])
}

/// What the validator and a commit answer about a README.
/// Source: issue 1114 of `huggingface/huggingface_hub` has such an answer.
pub fn answer(readme: &str) -> Answer {
    let errors = errors(readme);
    let said = |messages: &[String], kind: &str| {
        messages.iter().map(|message| json!({"message": message, "type": kind})).collect::<Vec<_>>()
    };
    let missing = ["empty or missing yaml metadata in repo card".to_owned()];
    let warnings: &[String] = if block(readme).is_some() { &[] } else { &missing };
    let status = if errors.is_empty() { 200 } else { 400 };
    let body =
        json!({"httpStatusCode": status, "errors": said(&errors, "error"), "warnings": said(warnings, "warning")});
    Answer::json(status, &body)
}
