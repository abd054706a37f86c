//! Changes as a unified diff: the contents are the files' own, [`Printable::source`] makes them safe to print.

use crate::check::{Fixed, FixedFile};
use crate::escape::shown;
use crate::formats::base::BASE_FILE;
use crate::merge::{Change, Merge, MergedFile};
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
    let mut options = diffy::DiffOptions::new();
    options.set_original_filename(format!("a/{path}")).set_modified_filename(format!("b/{path}"));
    let hunks = options.create_patch(before, after).to_string();
    format!("diff --git a/{path} b/{path}\n{hunks}")
}

/// The diff of a merge.
#[must_use]
pub fn merge_diff(merge: &Merge) -> String {
    merge.files().iter().map(merged_file_diff).collect()
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
        (None, _) => return String::new(),
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
