//! Mail sent through a port that the Hub blocks.
//!
//! ## What it does
//! Looks for `smtplib.SMTP` and `smtplib.SMTP_SSL` with port 25, 465 or 587 in the Python files of the app.
//!
//! ## Why it matters
//! A Space can connect to ports 80, 443 and 8080 only: `OSError: [Errno 101] Network is unreachable`, or the call waits
//! until it times out.
//!
//! ## Example
//! ```app.py
//! import smtplib
//!
//! server = smtplib.SMTP("mail.example.com", 587)
//! ```
//!
//! ## Use instead
//! ```app.py
//! import urllib.request
//!
//! urllib.request.urlopen("https://mail.example.com/api/send", data=b"...")
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-overview#networking>

use super::{Check, Finding, Group, Place, Rule, Scope, SpaceSdk};
use crate::check::space::PythonFile;
use crate::formats::python::Value;

pub(super) const RULE: Rule = Rule::new("blocked-outbound-port", Group::Risky, Check::Python(check))
    .only_in(&[SpaceSdk::Docker, SpaceSdk::Gradio, SpaceSdk::Streamlit, SpaceSdk::Unknown])
    .of(Scope::SPACES);

const PORTS: [&str; 3] = ["25", "465", "587"];

fn check(file: &PythonFile<'_>, found: &mut Vec<Finding>) {
    if !file.has("smtplib") {
        return;
    }
    for call in &file.source().calls {
        let Some(("smtplib" | "aiosmtplib", "SMTP" | "SMTP_SSL")) = call.path.split_once('.') else { continue };
        let port = call.keyword("port").or_else(|| call.positional(1));
        let Some(Value::Number(port)) = port.filter(|port| matches!(port, Value::Number(port) if PORTS.contains(port)))
        else {
            continue;
        };
        let place = Place::bytes(file.path, call.method_range());
        let finding = Finding::new(place, format!("the Hub blocks outbound port {port}"))
            .label("cannot be reached from a Space")
            .help("send mail through a service that accepts HTTPS");
        found.push(finding);
    }
}
