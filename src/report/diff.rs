//! Changes as a unified diff: the contents are the files' own, [`Printable::source`] makes them safe to print.

use std::ops::Range;

use crate::check::{Fixed, FixedFile};
use crate::escape::shown;
use crate::formats::base::BASE_FILE;
use crate::merge::{Change, Clash, Merge, MergedFile};
use crate::plan::{Content, Plan};

/// In place of the compressed lines of `.spaces-new.base`.
const RECORD: &str = "What was generated, compressed\n";

/// The diff of a plan against an empty folder, in git's form. A file that would be copied is named, not shown.
#[must_use]
pub fn diff(plan: &Plan) -> String {
    let mut diff = String::new();
    for (path, file) in plan.files() {
        let path = shown(path.as_str());
        let mode = file.mode().bits();
        diff.push_str(&format!("diff --git a/{path} b/{path}\nnew file mode 100{mode:o}\n"));
        if path == BASE_FILE {
            diff.push_str(RECORD);
            continue;
        }
        match (file.content(), file.as_text()) {
            (Content::Copy { from, .. }, _) => {
                diff.push_str(&format!("Copied from {}\n", shown(&from.to_string_lossy())));
            }
            (_, Some("")) => {}
            (_, Some(text)) => added(&path, text, &mut diff),
            (_, None) => diff.push_str("Binary file\n"),
        }
    }
    diff
}

fn added(path: &str, text: &str, diff: &mut String) {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    diff.push_str(&format!("--- /dev/null\n+++ b/{path}\n@@ -0,0 +1,{} @@\n", lines.len()));
    for line in lines {
        diff.push('+');
        diff.push_str(line);
    }
    if !text.ends_with('\n') {
        diff.push_str("\n\\ No newline at end of file\n");
    }
}

/// The diff of fixes.
#[must_use]
pub fn fixed_diff(fixed: &Fixed) -> String {
    fixed.files.iter().map(changed).collect()
}

fn changed(file: &FixedFile) -> String {
    match &file.before {
        Some(before) => between(file.path.as_str(), before, &file.after),
        None => made(file.path.as_str(), 0o644, &file.after),
    }
}

fn removed(path: &str, mode: u32, text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut diff = format!("diff --git a/{path} b/{path}\ndeleted file mode 100{mode:o}\n");
    if !lines.is_empty() {
        diff.push_str(&format!("--- a/{path}\n+++ /dev/null\n@@ -1,{} +0,0 @@\n", lines.len()));
    }
    for line in lines {
        diff.push_str(&format!("-{line}\n"));
    }
    diff
}

fn made(path: &str, mode: u32, text: &str) -> String {
    let path = &*shown(path);
    let mut diff = format!("diff --git a/{path} b/{path}\nnew file mode 100{mode:o}\n");
    if !text.is_empty() {
        added(path, text, &mut diff);
    }
    diff
}

/// The diff of a text that changes.
#[must_use]
pub fn text_diff(path: &str, before: &str, after: &str) -> String {
    between(path, before, after)
}

fn between(path: &str, before: &str, after: &str) -> String {
    let path = shown(path);
    format!("diff --git a/{path} b/{path}\n{}", hunks(&path, before, after))
}

fn hunks(path: &str, before: &str, after: &str) -> String {
    let mut options = diffy::DiffOptions::new();
    options.set_original_filename(format!("a/{path}")).set_modified_filename(format!("b/{path}"));
    options.create_patch(before, after).to_string()
}

/// The diff of a merge.
#[must_use]
pub fn merge_diff(merge: &Merge) -> String {
    merge.files().iter().map(merged_file_diff).collect()
}

/// The diff of a file that is in the way, against the same with the lines of the template; empty if it is not in the way. A marked hunk
/// has lines that both sides changed; another one is what the template alone changes.
fn conflict_diff(file: &MergedFile) -> String {
    let Change::Conflict(why) = &file.change else { return String::new() };
    let name = shown(file.path.as_str());
    let begin = format!("diff --git a/{name} b/{name}\nconflict: {}", shown(why));
    let before = file.before.as_deref().and_then(|before| std::str::from_utf8(before).ok());
    let Some((before, after)) = before.zip(file.of_template.as_deref()) else { return begin + "\n" };
    let mut diff = format!("{begin} (- yours, + the template)\n");
    for line in hunks(&name, before, after).split_inclusive('\n') {
        if old_lines(line).is_some_and(|old| file.clashes.iter().any(|clash| is_in(clash, &old))) {
            diff.push_str(&format!("{} conflict\n", line.trim_end()));
        } else {
            diff.push_str(line);
        }
    }
    diff
}

/// The lines of the old text in a hunk that begins with this line.
fn old_lines(line: &str) -> Option<Range<usize>> {
    let (old, _) = line.strip_prefix("@@ -")?.split_once(' ')?;
    let (start, count) = old.split_once(',').unwrap_or((old, "1"));
    let start: usize = start.parse().ok()?;
    Some(start..start + count.parse::<usize>().ok()?)
}

/// Whether lines of a conflict are among these. Where none is left, it may be at the end of the file.
fn is_in(clash: &Clash, lines: &Range<usize>) -> bool {
    match clash.yours.lines().count() {
        0 => lines.start <= clash.line && clash.line <= lines.end,
        count => clash.line < lines.end && lines.start < clash.line + count,
    }
}

/// The diff of one file of a merge; empty if it does not change.
#[must_use]
pub fn merged_file_diff(file: &MergedFile) -> String {
    let (path, name) = (file.path.as_str(), shown(file.path.as_str()));
    let mode = file.mode.bits();
    let kept = match (&file.change, &file.before) {
        (Change::Replace(spare), Some(_)) => {
            format!("diff --git a/{name} b/{spare}\ncopy from {name}\ncopy to {spare}\n", spare = shown(spare.as_str()))
        }
        _ => String::new(),
    };
    if path == BASE_FILE {
        let new = if file.before.is_none() { format!("new file mode 100{mode:o}\n") } else { String::new() };
        return if file.content.is_some() {
            format!("diff --git a/{name} b/{name}\n{new}{RECORD}")
        } else {
            String::new()
        };
    }
    let text = |bytes: &[u8]| std::str::from_utf8(bytes).map(str::to_owned);
    let shown = match (&file.content, &file.before) {
        (None, Some(before)) if file.change == Change::Remove => match text(before) {
            Ok(before) => removed(&name, mode, &before),
            Err(_) => format!("diff --git a/{name} b/{name}\ndeleted file mode 100{mode:o}\nBinary file\n"),
        },
        (None, _) => return conflict_diff(file),
        (Some(Content::Copy { from, .. }), _) => {
            format!(
                "diff --git a/{name} b/{name}\nnew file mode 100{mode:o}\nCopied from {}\n",
                shown(&from.to_string_lossy())
            )
        }
        (Some(Content::Bytes(after)), before) => match (before.as_deref().map(text), text(after)) {
            (None, Ok(after)) => made(path, mode, &after),
            (Some(Ok(before)), Ok(after)) => between(path, &before, &after),
            _ => format!("diff --git a/{name} b/{name}\nBinary file\n"),
        },
    };
    kept + &shown
}
