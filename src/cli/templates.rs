//! `spaces-new templates`: lists the templates.

use super::failure::Failure;
use super::printer::Printer;
use crate::render::Catalog;
use crate::report;

pub(super) fn run(printer: &Printer) -> Result<(), Failure> {
    let catalog = Catalog::builtin();
    let text = if printer.json { report::templates_json(catalog) } else { report::templates_text(catalog) };
    printer.result(&text)
}
