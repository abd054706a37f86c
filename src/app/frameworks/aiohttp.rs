//! `aiohttp`. Source: <https://docs.aiohttp.org/en/stable/web_reference.html#aiohttp.web.run_app>.

use super::row::{Hooks, PythonHooks, Row, default_port};
use crate::app::candidate::Candidate;
use crate::app::framework::About;

pub(super) static ROW: Row = Row {
    about: About { id: "aiohttp", name: "aiohttp", package: Some("aiohttp"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks {
        find: Some(|_, file| Candidate::calling(ROW.framework(), file, &RUNS)),
        usual_port: |file| file.source.calls.iter().find_map(|call| default_port(file, call)),
        ..PythonHooks::SCRIPT
    }),
};

const RUNS: [&str; 1] = ["aiohttp.web.run_app"];
