//! The text of a README below its front matter, in an update.

use super::MergeOptions;
use super::clash;
use super::metadata::README;
use super::three_way::{self, Merged};
use crate::formats::base::Base;
use crate::formats::front_matter::Readme;
use crate::plan::Plan;
use crate::repo::Repo;
use crate::target::Extension;

/// Brings what the template has changed in the text into a README, if nobody has changed the same lines.
pub(super) fn with_text(mut merged: Extension, wanted: &str, options: &MergeOptions) -> Extension {
    let Some(base) = options.base.as_ref().filter(|_| options.updates) else { return merged };
    if let Some((start, Merged::Clean(lines))) = merge(base, &merged.text, wanted) {
        let has_crlf = three_way::has_crlf(&merged.text[start..]);
        let lines = if has_crlf { lines.replace('\n', "\r\n") } else { lines };
        if merged.text[start..] != lines {
            merged.text.replace_range(start.., &lines);
            merged.added.push("its text".to_owned());
        }
    }
    merged
}

/// The line of a README from which on somebody has changed what the template changes too, so that it stays.
pub(crate) fn clashing_line(base: &Base, repo: &Repo, plan: &Plan) -> Option<usize> {
    let there = repo.text(README)?;
    let wanted = plan.get(&README.parse().ok()?)?.as_text()?;
    let (start, Merged::Clashing(clashing)) = merge(base, there, wanted)? else { return None };
    let above = there[..start].matches('\n').count();
    clashing.clashes().first().map(|clash| above + clash.line)
}

/// Where the text begins, and what becomes of it; none if the template has not changed it, or if nothing is known.
fn merge(base: &Base, there: &str, wanted: &str) -> Option<(usize, Merged)> {
    let base = base.get(&README.parse().ok()?)?.text.as_deref()?;
    let (was, is, planned) = (start_of_text(base)?, start_of_text(there)?, start_of_text(wanted)?);
    let text = &there[is..];
    if base[was..] == wanted[planned..] || clash::has_markers(text) {
        return None;
    }
    let lines = if three_way::has_crlf(text) { text.replace("\r\n", "\n") } else { text.to_owned() };
    Some((is, three_way::merge(&base[was..], &lines, &wanted[planned..])))
}

fn start_of_text(text: &str) -> Option<usize> {
    Some(Readme::read(text).block()?.closing.end)
}
