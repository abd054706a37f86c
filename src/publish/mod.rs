//! Publishes a Space: creates it, sets what it declares, brings the files that git would push, and waits until it runs.
//!
//! Everything can be done again after a failure: what the Hub has already is not sent twice, and nothing is committed when
//! nothing has changed. What decides is compared by the names of contents, which the Hub lists. No byte of a file leaves this computer
//! before it is known that git would push it, and the token only goes to the Hub.

mod address;
mod commit;
mod content;
mod error;
mod git;
mod http;
mod large;
mod leaks;
mod pause;
mod planned;
mod publication;
mod published;
mod remote;
mod request;
mod running;
mod settings;
mod space;
mod token;
mod upload;
mod waiting;

pub use error::{HubRefusal, PublishError, RemoteCommit};
pub use pause::{Pause, PauseSeen};
pub use publication::Publication;
pub use published::{FailedSpace, PlannedRequest, Progress, PublishPlan, PublishStep, Published, SentFile, Watcher};
pub use token::Token;
