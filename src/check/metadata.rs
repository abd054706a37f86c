//! Shared parts of the rules about the front matter.

use std::ops::Range;

use super::diagnostic::{Finding, Fix};
use super::space::{README, in_readme};
use crate::formats::front_matter::{Node, Readme, YamlType, later_block};

/// Why the Hub finds no block in a README.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoBlock {
    /// There is nothing like a block.
    Absent,
    /// A byte order mark precedes it.
    ByteOrderMark,
    /// It begins further down, with the line of dashes here.
    Later(Range<usize>),
    /// It opens with this line and is unclosed, or the line is not exactly three dashes.
    Malformed(Range<usize>),
}

/// Why there is no block; none if there is one.
pub(super) fn no_block(readme: &Readme<'_>) -> Option<NoBlock> {
    if readme.block().is_some() {
        return None;
    }
    let text = readme.text();
    if let Some(rest) = text.strip_prefix('\u{feff}') {
        return Some(if rest.trim_start().starts_with("---") { NoBlock::ByteOrderMark } else { NoBlock::Absent });
    }
    let above: usize = text.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum();
    if text[above..].lines().next().is_some_and(|first| first.trim_end() == "---") {
        return Some(NoBlock::Malformed(above..above + "---".len()));
    }
    Some(later_block(text).map_or(NoBlock::Absent, NoBlock::Later))
}

/// The value of a key, if it is a single text that is not empty.
pub(super) fn text_of<'s>(readme: &'s Readme<'_>, key: &str) -> Option<(&'s str, &'s Node)> {
    let node = readme.value(key)?;
    Some((node.as_str()?, node))
}

/// The value of a key, if it is a list.
pub(super) fn list_of<'s>(readme: &'s Readme<'_>, key: &str) -> Option<&'s [Node]> {
    readme.value(key)?.items()
}

/// A list of this length is shown completely; of a longer one only the beginning, which has the usual values.
const LISTED: usize = 24;
const SHOWN: usize = 8;

/// The finding for a value that is not one of the allowed ones, with a fix if the intended value is certain.
pub(super) fn not_in_list(key: &str, text: &str, node: &Node, list: &[&str], meant: Option<&str>) -> Finding {
    let shown: String = text.chars().take(60).collect();
    let finding = Finding::new(in_readme(node.range.clone()), format!("`{key}` cannot be `{shown}`"))
        .label("not in the Hub's list");
    let help = match list.get(LISTED..) {
        None | Some([]) => format!("one of: {}", list.join(", ")),
        Some(more) => format!("one of: {} and {} more", list[..SHOWN].join(", "), more.len() + LISTED - SHOWN),
    };
    let lower = text.trim().to_lowercase();
    let same = list.iter().copied().find(|known| known.to_lowercase() == lower);
    match same.or(meant) {
        Some(known) => {
            let help = if list.len() <= LISTED { help } else { format!("write `{known}`") };
            let fix = Fix::safe(format!("write `{known}`"));
            finding.help(help).fix(fix.replace(README, node.range.clone(), quoted_like(node, known)))
        }
        None => match crate::values::nearest(&lower, list.iter().copied()) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help(help),
        },
    }
}

/// A replacement for a value, quoted if the value is.
pub(super) fn quoted_like(node: &Node, text: &str) -> String {
    if node.is_plain() { text.to_owned() } else { format!("\"{text}\"") }
}

/// Whether a node is a single value, and not a collection or an alias.
pub(super) fn is_scalar(node: &Node) -> bool {
    !matches!(node.yaml_type(), YamlType::Sequence | YamlType::Mapping | YamlType::Alias)
}

/// The whole lines of an entry, to remove it. None if they contain something else, as in `{a: 1, b: 2}`.
pub(super) fn whole_lines(readme: &Readme<'_>, entry: &Range<usize>) -> Option<Range<usize>> {
    let text = readme.text();
    let block = readme.block()?;
    let start = text[..entry.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[entry.end..].find('\n').map(|at| entry.end + at + 1)?;
    let rest = text[entry.end..end].trim();
    let alone = text[start..entry.start].is_empty() && (rest.is_empty() || rest.starts_with('#'));
    (alone && start >= block.yaml.start && end <= block.closing.start).then_some(start..end)
}
