//! Whatever an app or an engine prints is read within limits, and without a panic.

use std::io::Read;

use proptest::prelude::*;

use super::blame::{Blame, failed_line};
use super::denied::Denied;
use super::frame::Frame;
use super::http::Answer;
use super::log::Log;
use super::lost::lost;
use super::tar::Headers;
use super::{engine, listening};
use crate::repo::Repo;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_an_archive_that_ends(mut bytes in proptest::collection::vec(any::<u8>(), 0..4096), size in 0u32..9) {
        if let Some(field) = bytes.get_mut(124..136) {
            field.copy_from_slice(format!("{:011o}\0", 1u64 << size).as_bytes());
        }
        let mut headers = Headers::new(bytes.as_slice().chain(std::io::repeat(0).take(8192)));
        for _ in 0..64 {
            if !matches!(headers.next(), Ok(Some(_))) {
                break;
            }
        }
    }

    #[test]
    fn any_text_is_a_log(text in "(?s).{0,300}|(PermissionError|EACCES|> \\[2/3\\] |Dockerfile:|File \"|  at |A |C |sl |['\":/\\n ]|é|\u{1b}){0,40}") {
        let files = [("app.py", text.as_str()), ("Dockerfile", "FROM a\nRUN x\n")];
        let repo = Repo::from_files(files.map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec())));
        let denied = Denied::of(&text);
        prop_assert!(denied.paths.len() <= 20);
        let _ = (failed_line(&text, "FROM a\nRUN x\n"), listening::addresses(&text), lost(&text, &repo));
        let _ = (Blame::of(&repo).trace(&text), engine::document(&text));
        let mut log = Log::default();
        log.add(text.as_bytes());
        prop_assert_eq!(log.text(), text);
    }

    #[test]
    fn any_header_is_judged(name in "set-cookie|x-frame-options|content-security-policy", value in ".{0,80}|(frame-ancestors|[;=, '*]|none|https:){0,12}") {
        let frame = Frame::of(&[Answer { status: 200, headers: vec![(name, value)] }], str::to_owned);
        let _ = (frame.refusal(), frame.withheld_cookies());
    }
}
