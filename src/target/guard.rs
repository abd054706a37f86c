//! Puts the launch of a page under `if __name__ == "__main__":`, so that its file can be imported.

use super::{Edit, Refusal, place};
use crate::app::callable::Launch;
use crate::order::Order;
use crate::repo::Repo;

/// The line that guards a launch.
const GUARD: &str = "if __name__ == \"__main__\":";

/// How far the guarded statement is indented.
const INDENT: &str = "    ";

/// The edits of the files that launch.
///
/// # Errors
/// If a statement cannot be moved without changing what it does.
pub(super) fn edits(repo: &Repo, launches: &[Launch]) -> Result<Vec<Edit>, Refusal> {
    let mut edits: Vec<Edit> = Vec::new();
    // From the last to the first, so that the places of the others stay
    let mut launches: Vec<&Launch> = launches.iter().collect();
    launches.order_by_key(|launch| std::cmp::Reverse(launch.statement.start));
    launches.dedup_by_key(|launch| (launch.evidence.path.clone(), launch.statement.clone()));
    for launch in launches {
        let path = &launch.evidence.path;
        let fail = |why: &str| {
            let reason = format!("`{}` ({}) cannot be guarded: {why}", launch.written, place(&launch.evidence));
            Refusal::new(reason, format!("put it under `{GUARD}` by hand"))
        };
        let known = edits.iter().position(|edit| edit.path.as_str() == path.as_str());
        let there = match known {
            Some(index) => edits[index].text.clone(),
            None => repo.text(path).ok_or_else(|| fail("its file cannot be read"))?.to_owned(),
        };
        let text = guarded(&there, &launch.statement).map_err(fail)?;
        match known {
            Some(index) => edits[index].text = text,
            None => edits.push(Edit {
                path: path.parse().map_err(|_| fail("its file has an unusual name"))?,
                text,
                what: "a guard around `launch()`".to_owned(),
                is_asked_for: true,
            }),
        }
    }
    Ok(edits)
}

/// The text with a statement under the guard.
fn guarded(text: &str, statement: &std::ops::Range<usize>) -> Result<String, &'static str> {
    let written = text.get(statement.clone()).ok_or("its place is unknown")?;
    let line_start = text[..statement.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[statement.end..].find('\n').map_or(text.len(), |at| statement.end + at + 1);
    let margin = &text[line_start..statement.start];
    if !margin.chars().all(|char| matches!(char, ' ' | '\t')) {
        return Err("another statement stands on its line");
    }
    // `if __name__ != "__main__":`: under both conditions it would never run
    let is_outer = |line: &&str| !line.trim().is_empty() && line.len() - line.trim_start().len() < margin.len();
    if text[..line_start].lines().rev().find(is_outer).is_some_and(|line| line.contains("__name__")) {
        return Err("it is under another condition on `__name__`");
    }
    let after = text[statement.end..line_end].trim();
    if !(after.is_empty() || after.starts_with('#')) {
        return Err("another statement stands on its line");
    }
    if written.contains("\"\"\"") || written.contains("'''") || written.contains("\\\n") {
        return Err("it has a text over several lines");
    }
    // `demo = gr.Interface(..).launch()` gives a name that others may use
    let first = written.split(['(', '"', '\'']).next().unwrap_or_default();
    if first.contains('=') || first.starts_with("if ") || first.starts_with("with ") || first.starts_with("for ") {
        return Err("it is part of another statement");
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut guarded = String::with_capacity(text.len() + 64);
    guarded.push_str(&text[..line_start]);
    let is_after_blank = text[..line_start].trim_end_matches([' ', '\t']).ends_with("\n\n") || line_start == 0;
    if margin.is_empty() && !is_after_blank {
        guarded.push_str(end);
    }
    guarded.push_str(margin);
    guarded.push_str(GUARD);
    guarded.push_str(end);
    for line in text[line_start..line_end].split_inclusive('\n') {
        let is_blank = line.trim().is_empty();
        guarded.push_str(if is_blank { "" } else { INDENT });
        guarded.push_str(line);
    }
    guarded.push_str(&text[line_end..]);
    Ok(guarded)
}

#[cfg(test)]
mod tests {
    use super::guarded;

    fn of(text: &str, statement: &str) -> Result<String, &'static str> {
        let start = text.find(statement).unwrap();
        guarded(text, &(start..start + statement.len()))
    }

    #[test]
    fn a_statement_is_moved_whole() {
        assert_eq!(
            of("x = 1\ndemo.launch(  # now\n    share=False,\n)\n", "demo.launch(  # now\n    share=False,\n)"),
            Ok("x = 1\n\nif __name__ == \"__main__\":\n    demo.launch(  # now\n        share=False,\n    )\n"
                .to_owned())
        );
        assert_eq!(
            of("with b as d:\r\n  t()\r\n  d.launch() # end\r\n", "d.launch()"),
            Ok("with b as d:\r\n  t()\r\n  if __name__ == \"__main__\":\r\n      d.launch() # end\r\n".to_owned())
        );
    }

    #[test]
    fn what_would_change_is_refused() {
        for (text, statement) in [
            ("x = 1; d.launch()\n", "d.launch()"),
            ("d.launch(); x = 1\n", "d.launch()"),
            ("a = d.launch()\n", "a = d.launch()"),
            ("if a: d.launch()\n", "d.launch()"),
            ("if __name__ != '__main__':\n  # x\n\n  d.launch()\n", "d.launch()"),
            ("d.launch(css=\"\"\"\n a\n\"\"\")\n", "d.launch(css=\"\"\"\n a\n\"\"\")"),
        ] {
            assert!(of(text, statement).is_err(), "{text}");
        }
    }
}
