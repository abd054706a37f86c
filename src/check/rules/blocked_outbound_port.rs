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

use super::{Finding, Group, Place, Rule, Space};
use crate::check::space::SpaceSdk;

pub(super) const RULE: Rule =
    Rule { id: "blocked-outbound-port", group: Group::Risky, source: include_str!("blocked_outbound_port.rs"), check };

const PORTS: [&str; 3] = ["25", "465", "587"];

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    if space.sdk() == SpaceSdk::Static {
        return;
    }
    for (file, text) in space.app_files("py") {
        if !text.contains("smtplib") {
            continue;
        }
        for call in ["SMTP(", "SMTP_SSL("] {
            for (at, _) in text.match_indices(call) {
                let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
                let arguments = &text[at + call.len()..];
                let arguments = &arguments[..arguments.find([')', '\n']).unwrap_or(arguments.len())];
                let port = arguments.split([',', '=']).map(str::trim).find(|word| PORTS.contains(word));
                let Some(port) = port.filter(|_| !text[line..at].contains('#')) else { continue };
                let finding =
                    Finding::new(Place::bytes(file, at..at + call.len() - 1), format!("the Hub closes port {port}"))
                        .label("cannot be reached from a Space")
                        .help("send mail through a service that takes HTTPS");
                found.push(finding);
            }
        }
    }
}
