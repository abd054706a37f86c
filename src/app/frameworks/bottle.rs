//! Bottle. Source: <https://bottlepy.org/docs/dev/api.html#bottle.run>.

use super::row::{Hooks, PythonHooks, Row, default_port};
use crate::app::candidate::Candidate;
use crate::app::framework::About;

pub(super) static ROW: Row = Row {
    about: About { id: "bottle", name: "Bottle", package: Some("bottle"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks {
        find: Some(|_, file| Candidate::calling(ROW.framework(), file, &RUNS)),
        usual_port: |file| file.source.calls.iter().find_map(|call| default_port(file, call)),
        ..PythonHooks::SCRIPT
    }),
};

const RUNS: [&str; 2] = ["bottle.run", "bottle.Bottle().run"];
