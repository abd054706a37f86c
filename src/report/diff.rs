//! What would change, as a unified diff.

use crate::check::{Fixed, FixedFile};
use crate::plan::{Content, Plan};

/// The diff of a plan against an empty folder, in git's form. A file that would be copied is named, not shown.
#[must_use]
pub fn diff(plan: &Plan) -> String {
    let mut diff = String::new();
    for (path, file) in plan.files() {
        let mode = file.mode().bits();
        diff.push_str(&format!("diff --git a/{path} b/{path}\nnew file mode 100{mode:o}\n"));
        match (file.content(), file.as_text()) {
            (Content::Copy { from, .. }, _) => diff.push_str(&format!("Copied from {}\n", from.display())),
            (_, Some("")) => {}
            (_, Some(text)) => added(path.as_str(), text, &mut diff),
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

/// The diff of what fixes change.
#[must_use]
pub fn fixed_diff(fixed: &Fixed) -> String {
    fixed.files.iter().map(changed).collect()
}

fn changed(file: &FixedFile) -> String {
    let path = &file.path;
    let Some(before) = &file.before else {
        let mut diff = format!("diff --git a/{path} b/{path}\nnew file mode 100644\n");
        added(path.as_str(), &file.after, &mut diff);
        return diff;
    };
    let mut options = diffy::DiffOptions::new();
    options.set_original_filename(format!("a/{path}")).set_modified_filename(format!("b/{path}"));
    let hunks = options.create_patch(before, &file.after).to_string();
    format!("diff --git a/{path} b/{path}\n{hunks}")
}
