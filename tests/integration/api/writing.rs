//! Writing a plan that somebody looks at meanwhile.

use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use spaces_new::{Answers, Assets, Plan, WriteErrorKind};

use crate::support::{Workspace, plan, template};

fn gradio() -> Plan {
    plan("gradio", &Answers::for_folder("demo")).1
}

/// A folder that does not exist, and one that is empty: they are written in different ways.
fn places() -> Workspace {
    let workspace = Workspace::new();
    fs_err::create_dir(workspace.path().join("empty")).unwrap();
    workspace
}

#[test]
fn nothing_is_written_without_approval() {
    for place in ["new", "empty"] {
        let workspace = places();
        let approval = Arc::new(OnceLock::from(false));
        let error =
            gradio().write_to(&workspace.path().join(place), &workspace.options().approval(approval)).unwrap_err();
        assert_eq!(error.kind(), WriteErrorKind::Cancelled, "{place}");
        assert_eq!(workspace.names(), places().names(), "{place}");
        assert!(workspace.files("empty").is_empty());
    }
}

#[test]
fn files_are_in_place_only_after_approval() {
    for place in ["new", "empty"] {
        let workspace = places();
        let folder = &workspace.path().join(place);
        let approval = Arc::new(OnceLock::new());
        thread::scope(|scope| {
            let options = workspace.options().approval(Arc::clone(&approval));
            let writing = scope.spawn(move || gradio().write_to(folder, &options).map(|_| ()));
            thread::sleep(Duration::from_millis(100));
            assert!(!folder.join("Dockerfile").exists(), "{place}");
            approval.set(true).unwrap();
            writing.join().unwrap().unwrap();
        });
        assert!(folder.join("Dockerfile").exists(), "{place}");
    }
}

#[test]
fn a_plan_is_its_draft_completed() {
    let (spec, whole) = plan("gradio", &Answers::for_folder("demo"));
    let draft = template("gradio").draft(&spec, &Assets::default()).unwrap();
    let base = ".spaces-new.base".parse().unwrap();
    assert!(draft.get(&base).is_none() && whole.get(&base).is_some());
    assert_eq!(draft.files().count() + 1, whole.files().count());
    assert_eq!(template("gradio").complete(draft), whole);
    assert_eq!(template("gradio").complete(whole.clone()), whole);
}
