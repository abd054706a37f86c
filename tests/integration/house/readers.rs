//! One reader for each kind of file.

use super::rust::code;
use super::sources::sources;

/// The signs of a second reader, and the files that may contain them.
const SIGNS: [(&[&str], &[&str]); 4] = [
    (&["pep440_rs"], &["values/pep440.rs"]),
    (&["toml_edit"], &["merge/answers.rs", "merge/settings.rs", "merge/toml_text.rs"]),
    // Besides the files of the templates, and Cargo's manifest
    (
        &["DeTable", "toml::Table", "toml::{Table", "toml::from_str"],
        &["formats/", "catalog.rs", "template.rs", "manifest.rs", "pins.rs", "cargo.rs", "template_toml.rs"],
    ),
    (&["split_once(\"==\")", "split(\"==\")", "contains(\"==\")", "find(\"==\")"], &[]),
];

#[test]
fn no_kind_of_file_has_a_second_reader() {
    for (signs, places) in SIGNS {
        let mut found = 0;
        for (file, text) in sources("src") {
            let code = code(&text);
            let Some(sign) = signs.iter().find(|sign| code.contains(**sign)) else { continue };
            let is_allowed = places.iter().any(|place| file.starts_with(place) || file.ends_with(place));
            assert!(is_allowed, "src/{file} has `{sign}`: ask the reader in src/formats/ or src/values/pep440.rs");
            found += 1;
        }
        assert_eq!(found > 0, !places.is_empty(), "the check finds nothing any more: {signs:?}");
    }
}
