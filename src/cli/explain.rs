//! `spaces-new explain RULE` and `spaces-new rules`.

use clap::ArgMatches;

use super::failure::Failure;
use super::printer::Printer;
use spaces_new::report;
use spaces_new::{nearest_rule, rule};

pub(super) fn run(matches: &ArgMatches, printer: &Printer) -> Result<(), Failure> {
    let id = matches.get_one::<String>("rule").map_or("", String::as_str);
    super::check::renamed_note(id, printer);
    match rule(id) {
        Some(rule) => printer.result(&report::explain_text(rule)),
        None => {
            let hint = match nearest_rule(id) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`spaces-new rules` lists every rule".to_owned(),
            };
            Err(Failure::other(format_args!("there is no rule `{id}`"), hint))
        }
    }
}

pub(super) fn list(printer: &Printer) -> Result<(), Failure> {
    printer.result(&if printer.json { report::rules_json() } else { report::rules_text() })
}
