//! A `.spaces-new.base` that comes with a clone: read, and followed by an update. No file outside of the Space is named, and a
//! second update changes nothing.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use spaces_new::{Adoption, Answers, Assets, Catalog, Plan, Repo, Spec};

static PLAN: LazyLock<Plan> = LazyLock::new(|| {
    let template = Catalog::builtin().get("gradio").unwrap();
    let spec = Spec::resolve(template, &Answers::for_folder("demo")).unwrap();
    template.plan(&spec, &Assets::inspect(&[]).unwrap()).unwrap()
});

const BASE: &str = ".spaces-new.base";

fuzz_target!(|input: &[u8]| {
    let files = PLAN.files().filter_map(|(path, file)| Some((path.clone(), file.as_text()?.as_bytes().to_vec())));
    let files = files.map(|(path, bytes)| if path.as_str() == BASE { (path, input.to_vec()) } else { (path, bytes) });
    let repo = Repo::from_files(files);
    let update = |repo: &Repo| Adoption::begin(repo).update().and_then(|decided| decided.adopt());
    let Ok(adoption) = update(&repo) else { return };
    // The files of the Space are those of the newest template, whatever the base says
    for (path, file) in PLAN.files().filter(|(path, _)| path.as_str() != BASE) {
        assert_eq!(adoption.after.text(path.as_str()), file.as_text(), "{path}");
    }
    if adoption.merge.conflicts().next().is_none() {
        assert!(update(&adoption.after).unwrap().merge.is_nothing(), "twice is once");
    }
});
