//! `spaces-new templates`: lists the templates.

use super::failure::Failure;
use super::printer::Printer;
use spaces_new::Catalog;
use spaces_new::report;

pub(super) fn run(printer: &Printer) -> Result<(), Failure> {
    let catalog = Catalog::builtin();
    let text = if printer.json { report::templates_json(catalog) } else { report::templates_text(catalog) };
    printer.result(&text)
}
