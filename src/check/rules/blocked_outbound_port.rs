//! Finds mail that is sent through a port which is closed on the Hub.
//!
//! ## What it does
//! Looks for calls of Python's `smtplib` with port 25, 465 or 587 in the files that the app begins with.
//!
//! ## Why it matters
//! A Space reaches the ports 80, 443 and 8080 of others, and no more: `OSError: [Errno 101] Network is unreachable`, or the
//! call waits until it times out.
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
    if !file.text.contains("smtplib") {
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
