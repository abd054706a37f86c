//! A `.spaces-new.toml` and Streamlit's settings, with a zero byte between them: read, and merged with a plan.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use spaces_new::{Answers, Assets, Catalog, Checker, Merge, MergeOptions, Plan, Repo, Spec};

static PLAN: LazyLock<Plan> = LazyLock::new(|| {
    let template = Catalog::builtin().get("streamlit").unwrap();
    let spec = Spec::resolve(template, &Answers::for_folder("demo")).unwrap();
    template.plan(&spec, &Assets::inspect(&[]).unwrap()).unwrap()
});

const OWN: &str = ".spaces-new.toml";
const SETTINGS: &str = ".streamlit/config.toml";

fuzz_target!(|input: &[u8]| {
    let mut parts = input.splitn(2, |byte| *byte == 0);
    let files = [OWN, SETTINGS].map(|path| (path.parse().unwrap(), parts.next().unwrap_or_default().to_vec()));
    let repo = Repo::from_files(files);
    let _ = Checker::new().check(&repo);
    let merge = Merge::of(&PLAN, &repo, &MergeOptions::new());
    let merged = merge.over(&repo);
    for path in [OWN, SETTINGS] {
        let is_toml = |repo: &Repo| repo.text(path).is_some_and(|text| Answers::from_toml(text, Path::new("")).is_ok());
        assert!(is_toml(&merged) || !is_toml(&repo), "`{path}` is TOML still");
    }
    let again = Merge::of(&PLAN, &merged, &MergeOptions::new());
    let same = |path: &str| {
        again.over(&merged).get(path).and_then(|file| file.bytes()) == merged.get(path).and_then(|file| file.bytes())
    };
    assert!([OWN, SETTINGS].into_iter().all(same), "twice is once");
});
