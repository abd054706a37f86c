//! Reports: values as text, for people and for programs. Nothing here prints; all output is a [`Printable`].
//!
//! Each report is a function of one value: of [`Made`], [`Adopted`], [`Refused`], of folders that were [`Checked`] in a
//! [`Format`], of a catalogue, a rule, a plan or a merge. Its wording may change with every release; the fields of documents are
//! stable within a major one.

mod added;
mod adopted;
mod adopted_json;
mod advised;
mod check_json;
mod check_text;
mod checked;
mod diagnosed;
mod diff;
mod format;
mod github;
mod json;
mod log_end;
mod made;
mod masked;
mod messages;
mod next;
mod platforms;
mod printable;
#[cfg(feature = "online")]
mod published;
mod refused;
mod rules;
mod sarif;
mod schema;
mod skipped;
mod style;
mod summary;
mod text;
mod tree;
mod tried;
mod tried_schema;
mod wrap;

pub use crate::escape::shown;
pub use added::{AddedTo, added_json, added_text};
pub use adopted::{Adopted, additions, adopted_text, merge_table, proposal_text};
pub use adopted_json::adopted_json;
pub use advised::{advice_json, advice_text};
pub use check_json::{explain_json, rules_json};
pub use checked::Checked;
pub use diagnosed::{diagnosed_json, diagnosed_text};
pub use diff::{diff, fixed_diff, merge_diff, merged_file_diff, text_diff};
pub use format::Format;
pub use json::{made_json, templates_json};
pub use made::Made;
pub use messages::messages_page;
pub use platforms::{platforms_page, platforms_table};
pub use printable::Printable;
#[cfg(feature = "online")]
pub use published::{publish_findings_json, publish_plan_json, publish_plan_text, published_json, published_text};
pub use refused::{Refused, refused_json};
pub use rules::{explain_text, rules_page, rules_text};
pub use schema::schema;
pub use summary::summary_text;
pub use text::{made_text, templates_text};
use tree::tree;
pub use tried::{tried_json, tried_text};
pub use tried_schema::tried_schema;
