//! Every case under `tests/cases/new` as a generated repository, one snapshot for each file.
//!
//! The folders of the snapshots mirror the repositories. To add a case, add a file.

use std::path::Path;

use insta::Settings;
use spaces_new::{Answers, Plan};

use crate::support::{self, plan, root};

fn settings(folder: &Path) -> Settings {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.remove_input_file();
    settings.remove_snapshot_suffix();
    settings
}

fn tree(plan: &Plan) -> String {
    let lines = plan.files().map(|(path, file)| format!("{:o} {path}\n", file.mode().bits()));
    lines.collect()
}

#[test]
fn cases_give_these_repositories() {
    insta::glob!("../cases/new", "*/*.toml", |case| {
        let text = fs_err::read_to_string(case).unwrap();
        let name = case.file_stem().unwrap().to_str().unwrap();
        let answers = Answers::from_toml(&text, case.parent().unwrap()).unwrap_or_else(|errors| panic!("{errors:?}"));
        let template = answers.template().unwrap().to_owned();
        let (spec, plan) = plan(&template, &answers.in_folder(name));
        let folder = root().join("snapshots/new").join(&template).join(name);
        let cautions: String = spec.cautions().iter().map(|caution| format!("warning: {caution}\n")).collect();
        settings(&folder).bind(|| insta::assert_snapshot!("_tree", format!("{}{cautions}", tree(&plan))));
        for (path, file) in plan.files() {
            let Some(text) = file.as_text() else { continue };
            let (within, file_name) = path.as_str().rsplit_once('/').unwrap_or(("", path.as_str()));
            settings(&folder.join(within)).bind(|| insta::assert_snapshot!(file_name, text));
        }
    });
}

/// A snapshot of a file that is no longer made would look as if it were.
#[test]
fn every_snapshot_is_of_a_file_that_a_case_makes() {
    let mut known = Vec::new();
    for (template, name, answers) in support::cases() {
        let (_, plan) = plan(&template, &answers.in_folder(&name));
        let paths = plan.files().map(|(path, _)| path.as_str().to_owned()).chain(["_tree".to_owned()]);
        known.extend(paths.map(|path| format!("{template}/{name}/{path}.snap")));
    }
    let stale: Vec<_> = support::files_under(&root().join("snapshots/new"))
        .into_iter()
        .filter(|file| !known.contains(file) && !file.ends_with("new"))
        .collect();
    assert!(stale.is_empty(), "remove these snapshots: {stale:#?}");
}
