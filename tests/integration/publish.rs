//! Publishing a Space: the test server of `tests/hub/`, which `tests/publish/run` drives with the real clients, does what it should.

mod client;
mod faults;
mod page;
mod recorded;
mod refusals;
mod server;
